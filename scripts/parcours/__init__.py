"""Parcours: text about meetings in, a site, calendars and feeds out."""

__version__ = "0.1.0"

"""The revision of the feeds' format."""

FORMAT_REVISION = 0
"""Unix seconds of the last change to the generator that alters what subscribers see.

Raise it in the commit that makes such a change: every event then counts as changed then, and
calendar clients take the new form of entries they already hold.
"""

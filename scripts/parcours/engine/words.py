"""Words and addresses that the overrides of the theme print: these are no compiled pages."""

from __future__ import annotations

from html import escape

from ..i18n import translator
from ..model.settings import Settings
from ..pages.sharing import DEFAULT
from ..problems import N_

LOCALES = {"fr": "fr_FR", "en": "en_GB"}
"""Open Graph wants a territory with the language."""


def template_words(settings: Settings) -> dict[str, object]:
    """What goes into the engine's ``extra``, where templates find it; a site may say otherwise."""
    tr = translator(settings.language)
    ways = [
        ("", N_("Home")),
        (settings.agenda, N_("Agenda")),
        (settings.all_meetings, N_("All meetings")),
        *((f"{one.address}/", one.name) for one in settings.collections),
        (settings.subscribe, N_("Subscribe")),
    ]
    lost = {
        "title": tr.gettext(N_("This page does not exist")),
        "text": tr.gettext(
            N_("The address may be mistyped, or come from another site. Here is where to go on.")
        ),
        "label": tr.gettext(N_("What are you looking for?")),
        "search": tr.gettext(N_("Search")),
        # The engine resolves « . » to the site's root on a page without an address.
        "ways": [
            {"href": href or ".", "name": escape(tr.gettext(name), quote=True)}
            for href, name in ways
        ],
    }
    words: dict[str, object] = {
        "parcours_edit": tr.gettext(N_("Edit this page")),
        "parcours_locale": LOCALES[settings.language],
        "parcours_lost": lost,
    }
    if settings.cards:
        image = settings.site_url + DEFAULT
        words["parcours_share"] = {"image": image, "alt": settings.site_name}
    return words

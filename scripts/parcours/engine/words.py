"""Words and addresses that the overrides of the theme print: these are no compiled pages."""

from __future__ import annotations

from html import escape

from babel.core import get_global

from ..i18n import Translator, translator
from ..model.settings import Settings
from ..pages.sharing import DEFAULT
from ..pages.thumbs import band
from ..problems import N_

LOCALES = {"fr": "fr_FR", "en": "en_GB"}


def open_graph(tag: str) -> str:
    """A language as Open Graph wants it, with a territory: the tag's own, else the likeliest."""
    language, *more = tag.replace("_", "-").split("-")
    likely = str(get_global("likely_subtags").get(language.lower(), language)).split("_")
    territory = next((one.upper() for one in [*more, *reversed(likely)] if len(one) == 2), "")
    return LOCALES.get(tag) or f"{language.lower()}_{territory}".rstrip("_")


def _of_the_theme(tr: Translator) -> dict[str, str]:
    """Words that the theme shows, said as we say them; « # » stands for a number there."""
    found = N_("{n} result"), N_("{n} results")
    return {
        "search.result.initializer": tr.gettext(N_("The search is getting ready…")),
        "search.result.placeholder": tr.gettext(N_("Write what you are looking for")),
        "search.result.none": tr.gettext(N_("Nothing found")),
        "search.result.one": tr.gettext(found[0]).format(n=1),
        "search.result.other": tr.gettext(found[1]).format(n="#"),
        "toc": tr.gettext(N_("On this page")),
    }


LOST = 5
"""Stops on the path of the page that says that there is no page."""


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
    own = {one.name for one in settings.collections}
    lost = {
        "band": str(band("404", LOST)),
        "title": tr.gettext(N_("This page does not exist")),
        "text": tr.gettext(
            N_("The address may be mistyped, or come from another site. Here is where to go on.")
        ),
        "label": tr.gettext(N_("What are you looking for?")),
        "search": tr.gettext(N_("Search")),
        # The engine resolves « . » to the site's root on a page without an address.
        "ways": [
            {"href": href or ".", "name": escape(tr.gettext(name), quote=True), "own": name in own}
            for href, name in ways
        ],
    }
    words: dict[str, object] = {
        "parcours_edit": tr.gettext(N_("Edit this page")),
        "parcours_locale": open_graph(settings.tongue),
        "parcours_words": tr.language if settings.foreign else "",
        "parcours_tongue": escape(settings.tongue, quote=True),
        "parcours_lost": lost,
    }
    if not settings.foreign:
        words["parcours_theme"] = _of_the_theme(tr)
    if settings.cards:
        image = settings.site_url + DEFAULT
        words["parcours_share"] = {"image": image, "alt": settings.site_name}
    return words

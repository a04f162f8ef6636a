"""What the browser loads beside a page: one style sheet and one script, put together from parts."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence

import rcssmin
import rjsmin

from ..i18n import Translator, translator
from ..model.settings import Settings
from ..packaged import OWN
from ..problems import N_
from ..search.index import WAY
from ..wording import MODES
from .colors import hues
from .mine import TEXTS
from .tongues import own_names

STYLESHEET = "assets/parcours.css"
SCRIPT = "assets/parcours.js"

SEARCHER = f"{WAY}worker.js"
"""What searches: the theme starts it in the place of its own."""

WORKER = "sw.js"
"""At the root of the site: a worker sees only what lies below it."""

FAVICON = "assets/favicon.svg"

FILES = (
    "favicon.svg",
    "favicon-32.png",
    "apple-touch-icon.png",
    "fonts/bricolage-grotesque-700.woff2",
    "fonts/OFL.txt",
    "qr/lean-qr.js",
    "qr/LICENSE",
)
"""Published as they are, below assets/."""

OWN_STYLES = (
    "dates",
    "deadlines",
    "exchange",
    "feeds",
    "find",
    "home",
    "journey",
    "lost",
    "map",
    "mine-page",
    "player",
    "programme",
    "relay",
    "report",
    "table",
)
"""Of the pages that link to them alone: every other one is that much lighter."""

STYLES = (
    "type",
    "base",
    "icons",
    "lists",
    "next",
    "pages",
    "subscribe",
    "agenda",
    "mine",
    "territories",
    "replay",
    "strip",
    "notices",
    "theme",
    "modes",
)
"""Parts of the style sheet, in the order in which they overrule each other."""

SHARED_BY_ALL = "site"
"""Part of the script whose names all other scripts use, as they use `words`."""

SCRIPTS = (
    "feeds",
    "search",
    "stages",
    "strip",
    "hours",
    "day",
    "stars",
    "copy",
    "device",
    "watched",
    "offline",
)
"""Parts of the script; each minds its own elements and leaves pages without them alone."""


_MEETINGS = tuple(f"agenda/{part}" for part in ("today", "days", "elements", "data", "list"))
"""What reads the data of the meetings, and draws their rows."""

OWN_SCRIPTS: Mapping[str, Sequence[str]] = {
    "agenda": (
        "nearest",
        *_MEETINGS,
        *(f"agenda/{part}" for part in ("store", "choice", "month", "follow", "presets", "page")),
    ),
    "replay": ("video", "transcript"),
    "subscribe": ("nearest", "code", "picker"),
    "gallery": ("seen", "agenda/today", "agenda/choice", "gallery/page"),
    "mine": (
        "kept",
        "code",
        *_MEETINGS,
        *(f"mine/{part}" for part in ("store", "changes", "notice", "joined", "passing", "page")),
    ),
    "finding": (
        *(f"agenda/{part}" for part in ("today", "days", "elements", "choice")),
        *(f"finding/{part}" for part in ("worker", "result", "page")),
    ),
}
"""Scripts that few pages ask for, beside the others: each is joined from parts in one block, in an
order in which each part uses only those before it."""

SHARED: Mapping[str, Sequence[str]] = {
    "watched": ("seen",),
    "stars": ("kept",),
}
"""What a script has in its block besides, since another uses it too."""

WORDS = {
    "today": N_("Today"),
    "tomorrow": N_("Tomorrow"),
    "thisDay": N_("This {weekday}"),
    "nextDay": N_("Next {weekday}"),
    "nextMeeting": N_("Next meeting"),
    "yourTime": N_("{time} where you are"),
    "startsNow": N_("it begins"),
    "inHours": N_("in {hours} h {minutes}"),
    "liveNow": N_("Live now"),
    "join": N_("Join live"),
    "hide": N_("Hide"),
    "copied": N_("Copied"),
    "selected": N_("Selected: copy it"),
    "watched": N_("Watched"),
    "now": N_("Now"),
    "wholeMonth": N_("The whole month"),
    "followApple": N_("Subscribe in Calendar"),
    "followGoogle": N_("Subscribe in Google Calendar"),
    "followOutlook": N_("Subscribe in Outlook.com"),
    "mine": N_("My agenda"),
    "keep": N_("Keep"),
    "isKept": N_("Kept"),
    "named": N_("{word}: {title}"),
    "kept": N_("Kept on this device."),
    "keptSeries": N_("Kept on this device, with all its dates."),
    "unkept": N_("No longer kept."),
    "many": N_("My agenda is full: it can hold 500 meetings."),
    "full": N_("Not kept: your browser has no room left for this site."),
    "refused": N_("Not kept: your browser lets this site keep nothing on this device."),
    "damaged": N_(
        "What was kept on this device can no longer be read. In “My agenda” you can start afresh."
    ),
    "newer": N_(
        "What is kept on this device was written by a newer page of this site. Reload this one."
    ),
}
"""Texts of the script of every page."""


def bundles(settings: Settings, algorithm: str | None = None) -> Mapping[str, bytes]:
    """The content of each asset, by its address, without what only people read in it."""
    return {name: _tight(name, data) for name, data in joined(settings, algorithm).items()}


def _tight(name: str, data: bytes) -> bytes:
    if name.endswith(".js"):
        return str(rjsmin.jsmin(data.decode())).encode()
    return str(rcssmin.cssmin(data.decode())).encode() if name.endswith(".css") else data


def joined(settings: Settings, algorithm: str | None = None) -> Mapping[str, bytes]:
    """The same as they are written, for whoever reads them.

    Args:
        algorithm: of the stems of the search, "" for none; None for a site without a search.
    """
    tr = translator(settings.language)
    said: dict[str, object] = {key: tr.gettext(text) for key, text in WORDS.items()}
    said["language"] = tr.language if settings.foreign else settings.tongue
    said["foreign"] = tr.language if settings.foreign else ""
    if settings.foreign:
        modes = {tr.gettext(mode) for mode in MODES.values()}
        said["own"] = sorted(own_names(settings) | modes)
    if algorithm is not None:
        # Where the dialog of the search leads on: the page's address, its key and the words for it.
        key = settings.addresses.queries["words"]
        said["find"] = [settings.search, key, tr.gettext(N_("Search with filters"))]
    said["mineAddress"] = settings.mine
    words = json.dumps(said, ensure_ascii=False)
    styles = "\n".join((*(_part("styles", f"{name}.css") for name in STYLES), hues(settings)))
    scripts = "\n".join(_script(*SHARED.get(name, ()), name) for name in SCRIPTS)
    assets = {f"assets/{name}": _asset(*name.split("/")) for name in FILES}
    assets[STYLESHEET] = styles.encode()
    assets |= {f"assets/{name}.css": _part("styles", f"{name}.css").encode() for name in OWN_STYLES}
    shared = _parts(SHARED_BY_ALL)
    assets[SCRIPT] = f'"use strict";\nconst words = {words};\n{shared}\n{scripts}\n'.encode()
    known = {"mine": _known_of_mine(settings, tr)}
    for name, parts in _own_scripts(algorithm is not None).items():
        script = f"{{\n{known.get(name, '')}{_parts(*parts)}}}"
        assets[f"assets/{name}.js"] = f'"use strict";\n{script}\n'.encode()
    assets[WORKER] = _worker(settings, algorithm is not None).encode()
    if algorithm is not None:
        assets |= _searcher(algorithm)
    return assets


def _own_scripts(searches: bool) -> Mapping[str, Sequence[str]]:
    return {name: parts for name, parts in OWN_SCRIPTS.items() if searches or name != "finding"}


def _searcher(algorithm: str) -> Mapping[str, bytes]:
    """What searches, with the stemmer of the site's language and its licence."""
    names = [f"{one}-stemmer.js" for one in ("base", algorithm)] if algorithm else []
    stemmer = f"new {algorithm.title()}Stemmer()" if algorithm else "null"
    parts = [
        *(_part("search/snowball", name).strip() for name in names),
        f"const STEMMER = {stemmer};",
        _part("search", "worker.js"),
    ]
    licence = {f"{WAY}COPYING": _asset("search", "snowball", "COPYING")} if algorithm else {}
    return {SEARCHER: "\n".join(parts).encode(), **licence}


def _worker(settings: Settings, searches: bool) -> str:
    agenda = [
        settings.agenda,
        settings.mine,
        *(f"assets/{name}.js" for name in _own_scripts(searches)),
        *([settings.search] if searches else []),
        settings.agenda + settings.addresses.meetings,
    ]
    known = _constants(
        AGENDA=agenda,
        FEEDS=f"{settings.addresses.feeds}/",
        OFFLINE=settings.offline,
        SEARCH=WAY if searches else "",
    )
    return f'"use strict";\n{known}{_asset(WORKER).decode()}'


def _known_of_mine(settings: Settings, tr: Translator) -> str:
    """What the script of the meetings that a reader keeps says, and where it finds all meetings."""
    names = settings.addresses
    return _constants(
        TEXTS={key: tr.gettext(text) for key, text in TEXTS.items()},
        PLACES={
            "recent": settings.agenda + names.meetings,
            "earlier": settings.agenda + names.earlier,
        },
    )


def _constants(**values: object) -> str:
    return "".join(
        f"const {name} = {json.dumps(value, ensure_ascii=False)};\n"
        for name, value in values.items()
    )


def _script(*names: str) -> str:
    """Parts of a script in a block of their own: its names do not meet those of another."""
    return f"{{\n{_parts(*names)}}}"


def _parts(*names: str) -> str:
    return "\n".join(_part("scripts", f"{name}.js") for name in names)


def _part(folder: str, name: str) -> str:
    return _asset(*folder.split("/"), *name.split("/")).decode()


def _asset(*names: str) -> bytes:
    return OWN.joinpath("pages", "assets", *names).read_bytes()

"""``parcours why``: what a page or a feed depends on, and why it is made again."""

from __future__ import annotations

import tempfile
from argparse import ArgumentParser, Namespace
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from ..engine.environment import Surroundings
from ..i18n import Translator
from ..problems import N_, SourceErrors
from .check import READING
from .command import MISUSE, OK, Command, config_file, fail, say
from .data import add_json, write
from .waiting import Waiting as Progress

if TYPE_CHECKING:
    from ..engine.reasons import Reasons

_PARTS = {
    "blocks": N_("which parts it has"),
    "configuration": N_("the configuration, which all pages share"),
    "feeds": N_("the feeds that its head names"),
    "head": N_("its title, its description or its front matter"),
    "menu": N_("the menu, which all pages share"),
    "package": N_("Parcours, or what is installed with it"),
    "pictures": N_("the pictures of the site"),
    "place": N_("its address, its place in the menu, or when its source changed"),
}
_STATES = {
    "kept": N_("kept: the next build takes it as it is"),
    "changed": N_("made again: it is made from something else than the last time"),
    "lost": N_("made again: it is kept no more, or there is something to tell of it each time"),
    "new": N_("made: no build has made it yet"),
    "always": N_("made by each build"),
}


def _add(parser: ArgumentParser, tr: Translator) -> None:
    parser.add_argument(
        "page",
        metavar="PAGE",
        help=tr.gettext(N_("an address of the site, or the file of a source")),
    )
    add_json(parser, tr)


def _run(options: Namespace, around: Surroundings) -> int:
    from ..engine.opening import EngineError, open_config
    from ..engine.reasons import reasons
    from ..engine.waiting import Waiting

    file, tr = config_file(options), around.messages()
    try:
        opened = open_config(file, replace(around, processes=1))
        tr = opened.messages
        with tempfile.TemporaryDirectory() as folder, Progress(tr, READING) as progress:
            opened.plugin.phase = progress.done
            waiting = Waiting(opened, Path(folder), around.instant(), "build")
            found = reasons(waiting, options.page)
            is_ours = Waiting.can_show(opened)
    except (EngineError, SourceErrors) as error:
        return fail(error, file, tr)
    if found is None:
        say(tr.format(N_("the site has nothing at « {address} »"), address=options.page))
        return MISUSE
    if not is_ours:
        found = replace(found, state="always", changed=())
    configuration = _configuration(opened.config.theme.custom_dir, file)
    if options.json:
        write(tr, _data(found, configuration))
    else:
        print("\n".join(_lines(found, configuration, tr)))
    return OK


def _configuration(templates: str | None, file: Path) -> list[str]:
    root = file.resolve().parent
    own = [Path(templates)] if templates else []
    return [file.name, *(f"{one.relative_to(root)}/" for one in own if one.is_relative_to(root))]


def _data(found: Reasons, configuration: Sequence[str]) -> dict[str, object]:
    return {
        "address": found.address,
        "title": found.title,
        "source": found.source,
        "shows": list(found.shows),
        "templates": list(found.templates),
        "configuration": list(configuration),
        "until": found.until.isoformat() if found.until else None,
        "planned_until": found.planned_until.isoformat() if found.planned_until else None,
        "state": found.state,
        "changed": list(found.changed),
    }


def _lines(found: Reasons, configuration: Sequence[str], tr: Translator) -> Iterator[str]:
    _ = tr.gettext
    yield f"/{found.address}" + (f"  {found.title}" if found.title else "")
    if found.source:
        yield "  " + tr.format(N_("written in: {files}"), files=found.source)
    if found.shows:
        yield "  " + tr.format(N_("shows something of: {files}"), files=", ".join(found.shows))
    if found.templates:
        yield "  " + tr.format(N_("drawn by: {files}"), files=", ".join(found.templates))
    yield "  " + tr.format(N_("under: {files}"), files=", ".join(configuration))
    until, planned = (_moment(one, tr) for one in (found.until, found.planned_until))
    yield "  " + tr.format(N_("changes by itself: {moment}"), moment=until)
    text = N_("what the site holds may change by itself: {moment}")
    yield "  " + tr.format(text, moment=planned)
    yield f"  {_(_STATES[found.state])}"
    for one in found.changed:
        template, _name, name = one.partition(" ")
        text = _(_PARTS[one]) if one in _PARTS else f"{template}: {name}"
        yield f"  - {text}"


def _moment(moment: datetime | None, tr: Translator) -> str:
    return f"{moment:%Y-%m-%d %H:%M} UTC" if moment else tr.gettext(N_("never"))


WHY = Command(
    "why",
    N_("tell what a page or a feed depends on, and why it is made again"),
    "parcours why /agenda/",
    _add,
    _run,
)

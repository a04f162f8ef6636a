"""``parcours build``: the whole site."""

from __future__ import annotations

import time
from argparse import ArgumentParser, Namespace
from pathlib import Path
from typing import TYPE_CHECKING

from ..engine.environment import Surroundings
from ..i18n import Translator
from ..problems import N_, SourceErrors
from .answered import add_cache, heard, keep, keeping, repeat, stamps_of
from .command import OK, Command, Voice, config_file, fail, say
from .waiting import Waiting

if TYPE_CHECKING:
    from ..engine.build import Built


def _add(parser: ArgumentParser, tr: Translator) -> None:
    _ = tr.gettext
    parser.add_argument(
        "-d", "--site-dir", metavar="DIR", type=Path, help=_(N_("where to put the site"))
    )
    parser.add_argument(
        "--strict", action="store_true", help=_(N_("build nothing where there are warnings"))
    )
    parser.add_argument(
        "--phases", action="store_true", help=_(N_("print how long each phase took"))
    )
    add_cache(parser, tr)


BUILDING = N_("building the site")


def _run(options: Namespace, around: Surroundings) -> int:
    around = keeping(options, around)
    file, tr = config_file(options), around.messages()
    last = time.monotonic()
    voice = Voice()
    stamps = stamps_of(options, around, options.site_dir, options.strict)
    answer = stamps.find() if stamps else None
    if answer is not None:
        if options.phases:
            say(_phase("kept", time.monotonic() - last))
        return repeat(answer, voice)
    from ..engine.build import build
    from ..engine.opening import EngineError, open_config
    from ..engine.target import TargetRefused

    spent: dict[str, float] = {}

    def phase(name: str) -> None:
        nonlocal last
        now = time.monotonic()
        spent[name] = now - last
        last = now
        waiting.done(name)

    try:
        opened = open_config(file, around)
        tr = opened.messages
        with Waiting(tr, BUILDING) as waiting, heard(voice):
            built = build(opened, options.site_dir, phase, strict=options.strict)
    except (EngineError, SourceErrors, TargetRefused) as error:
        return fail(error, file, tr)
    spent["render"] = time.monotonic() - last
    if options.phases:
        for name, seconds in spent.items():
            say(_phase(name, seconds))
        say(f"pages {built.pages}, of which {built.taken} are kept ones")
    counts, folder = _counts(built, tr), _short(built.folder)
    took = _decimal(built.seconds, tr)
    text = N_("{counts} in {seconds} s: {folder}")
    say(tr.format(text, counts=counts, seconds=took, folder=folder))
    if stamps is not None:
        from ..engine.stamp import Answer

        text = N_("{counts}, and nothing has changed: {folder} stays as it is")
        voice.hear(tr.format(text, counts=counts, folder=folder))
        keep(stamps, Answer(voice.said, OK), opened, built.compiled, built.folder)
    return OK


def _phase(name: str, seconds: float) -> str:
    return f"phase {name} {seconds * 1000:.1f} ms"


def _counts(built: Built, tr: Translator) -> str:
    feeds = built.compiled.feeds
    return ", ".join(
        (
            tr.ngettext("{n} event", "{n} events", len(built.compiled.community.events)),
            tr.ngettext("{n} page", "{n} pages", built.pages),
            tr.ngettext("{n} feed", "{n} feeds", feeds.count if feeds else 0),
        )
    )


def _decimal(seconds: float, tr: Translator) -> str:
    text = f"{seconds:.1f}"
    return text.replace(".", ",") if tr.language == "fr" else text


def _short(folder: Path) -> str:
    here = Path.cwd()
    return str(folder.relative_to(here)) if folder.is_relative_to(here) else str(folder)


BUILD = Command("build", N_("build the site"), "parcours build -d public", _add, _run)

"""``parcours build``: the whole site."""

from __future__ import annotations

import time
from argparse import ArgumentParser, Namespace
from pathlib import Path

from ..engine.environment import Surroundings
from ..i18n import Translator
from ..problems import N_, SourceErrors
from .command import OK, Command, config_file, fail, say
from .waiting import Waiting


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


BUILDING = N_("building the site")


def _run(options: Namespace, around: Surroundings) -> int:
    from ..engine.build import EngineError, build, open_config
    from ..engine.target import TargetRefused

    file, tr = config_file(options), around.messages()
    last = time.monotonic()
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
        with Waiting(tr, BUILDING) as waiting:
            built = build(opened, options.site_dir, phase, strict=options.strict)
    except (EngineError, SourceErrors, TargetRefused) as error:
        return fail(error, file, tr)
    spent["render"] = time.monotonic() - last
    if options.phases:
        for name, seconds in spent.items():
            say(f"phase {name} {seconds * 1000:.1f} ms")
    feeds = built.compiled.feeds
    counts = (
        tr.ngettext("{n} event", "{n} events", len(built.compiled.community.events)),
        tr.ngettext("{n} page", "{n} pages", built.pages),
        tr.ngettext("{n} feed", "{n} feeds", feeds.count if feeds else 0),
    )
    say(
        tr.format(
            N_("{counts} in {seconds} s: {folder}"),
            counts=", ".join(counts),
            seconds=_decimal(built.seconds, tr),
            folder=_short(built.folder),
        )
    )
    return OK


def _decimal(seconds: float, tr: Translator) -> str:
    text = f"{seconds:.1f}"
    return text.replace(".", ",") if tr.language == "fr" else text


def _short(folder: Path) -> str:
    here = Path.cwd()
    return str(folder.relative_to(here)) if folder.is_relative_to(here) else str(folder)


BUILD = Command("build", N_("build the site"), "parcours build -d public", _add, _run)

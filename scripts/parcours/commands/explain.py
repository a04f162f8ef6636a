"""``parcours explain``: a kind of file, a key, the code of a problem, a word, in a few lines."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from dataclasses import asdict

from ..engine.environment import Surroundings
from ..i18n import Translator
from ..problems import N_
from .command import MISUSE, OK, Command, say
from .data import add_json, write


def _add(parser: ArgumentParser, tr: Translator) -> None:
    parser.add_argument(
        "what",
        nargs="*",
        metavar="WHAT",
        help=tr.gettext(N_("a kind, a key, the code of a problem or a word; nothing lists them")),
    )
    add_json(parser, tr)


def _run(options: Namespace, around: Surroundings) -> int:
    from ..guide.asking import explain, near
    from ..guide.printed import printed

    tr = around.messages()
    asked = " ".join(options.what)
    articles = explain(asked, tr, around.instant().date())
    if options.json:
        write(tr, {"articles": [asdict(one) for one in articles]})
    else:
        print("\n".join(map(printed, articles)), end="")
    if articles:
        return OK
    like = near(asked, tr)
    if like is None:
        say(
            tr.format(
                N_("nothing explains « {word} »; « parcours explain » lists what can be asked for"),
                word=asked,
            )
        )
    else:
        say(
            tr.format(
                N_("nothing explains « {word} »; did you mean « {other} »?"), word=asked, other=like
            )
        )
    return MISUSE


EXPLAIN = Command(
    "explain",
    N_("explain a key, a problem or a word"),
    "parcours explain registration.state",
    _add,
    _run,
)

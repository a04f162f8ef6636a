"""The words of argparse in our languages: it looks each up, by its English, where it is shown.

The standard library has no catalogues of its own. It asks two names of its module for a text, which
are lent while a parser is made and used; a version that has another text shows it in English, and a
test names it.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from contextlib import contextmanager

from ..i18n import Translator
from ..problems import N_

WORDS = (
    N_("usage: "),
    N_("positional arguments"),
    N_("options"),
    N_("%(heading)s:"),
    N_("show this help message and exit"),
    N_("show program's version number and exit"),
    N_("%(prog)s: error: %(message)s\n"),
    N_("%(prog)s: warning: %(message)s\n"),
    N_("argument %(argument_name)s: %(message)s"),
    N_("unrecognized arguments: %s"),
    N_("the following arguments are required: %s"),
    N_("one of the arguments %s is required"),
    N_("not allowed with argument %s"),
    N_("ambiguous option: %(option)s could match %(matches)s"),
    N_("unexpected option string: %s"),
    N_("ignored explicit argument %r"),
    N_("invalid choice: %(value)r (choose from %(choices)s)"),
    N_("invalid choice: %(value)r, maybe you meant %(suggestion)r? (choose from %(choices)s)"),
    N_("unknown parser %(parser_name)r (choices: %(choices)s)"),
    N_("invalid %(type)s value: %(value)r"),
    N_("expected one argument"),
    N_("expected at most one argument"),
    N_("expected at least one argument"),
    N_("expected %s argument"),
    N_("expected %s arguments"),
)
"""All that a person can meet; the rest tells us of a wrong parser."""


@contextmanager
def in_our_words(tr: Translator) -> Iterator[None]:
    """A parser made or used within says everything in the language of *tr*."""
    lent = {
        "_": tr.gettext,
        "ngettext": lambda one, many, n: tr.gettext(one if n == 1 else many),
    }
    before = {name: getattr(argparse, name) for name in lent}
    vars(argparse).update(lent)
    try:
        yield
    finally:
        vars(argparse).update(before)

"""What argparse says is said in both languages, on whatever Python."""

from __future__ import annotations

import argparse
import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from parcours.cli import main
from parcours.commands.argued import WORDS

OF_PARSERS = frozenset(
    {
        *(".__call__() not defined", "'required' is an invalid argument for positionals"),
        *("mutually exclusive arguments must be optional", "%r is not callable"),
        *("can't open '%(filename)s': %(error)s", 'argument "-" with mode %r'),
        *(
            "cannot merge actions - two groups are named %r",
            "dest= is required for options like %r",
        ),
        "invalid option string %(option)r: must start with a character %(prefix_chars)r",
        *("invalid conflict_resolution value: %r", "cannot have multiple subparser arguments"),
        *("conflicting subparser: %s", "conflicting subparser alias: %s"),
        *("conflicting option string: %s", "conflicting option strings: %s"),
        *("invalid nargs value", "unknown action %r", "nested groups are not supported"),
    }
)
"""What tells of a wrong parser, which ours are not."""

SENTENCES = (" is deprecated",)
"""What goes with what ours do not use."""


def texts() -> Iterator[str]:
    """Every text that argparse looks up here."""
    tree = ast.parse(Path(argparse.__file__).read_text("utf-8"))
    calls = (node for node in ast.walk(tree) if isinstance(node, ast.Call))
    named = (one for one in calls if isinstance(one.func, ast.Name))
    for call in named:
        if ast.unparse(call.func) in ("_", "ngettext"):
            constants = (one.value for one in call.args if isinstance(one, ast.Constant))
            yield from (one for one in constants if isinstance(one, str))


def test_all_that_a_person_can_meet_is_translated() -> None:
    found = {one for one in texts() if one not in OF_PARSERS}
    assert found
    assert {one for one in found - set(WORDS) if not one.endswith(SENTENCES)} == set()


CALLS = [
    (["chek"], "n’est pas un choix possible", "invalid choice: 'chek'"),
    (
        ["check", "--formt"],
        "arguments inconnus : --formt ; vouliez-vous « --format » ?",
        "unrecognized arguments: --formt; did you mean « --format »?",
    ),
    (
        ["new", "webinar", "--titel", "x"],
        "new webinar : erreur : arguments inconnus : --titel x ; vouliez-vous « --title » ?",
        "new webinar: error: unrecognized arguments: --titel x; did you mean « --title »?",
    ),
    (
        ["new", "webinar", "--zzz"],
        "arguments inconnus : --zzz\n",
        "unrecognized arguments: --zzz\n",
    ),
    (["new", "wbinar"], "vouliez-vous « webinar » ?", "did you mean « webinar »?"),
    (["check", "--format", "x"], "n’est pas un choix possible", "invalid choice: 'x'"),
    (["check", "--now"], "il faut une valeur", "expected one argument"),
    (["compile"], "il manque : -o/--output", "are required: -o/--output"),
    ([], "il manque : COMMAND", "are required: COMMAND"),
]


@pytest.mark.parametrize(("arguments", "french", "english"), CALLS)
def test_misuse_is_told_in_the_language_of_messages(
    arguments: list[str],
    french: str,
    english: str,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for language, says in (("fr", french), ("en", english)):
        monkeypatch.setenv("PARCOURS_LANG", language)
        with pytest.raises(SystemExit) as stopped:
            main(arguments)
        assert stopped.value.code == 2
        told = capsys.readouterr().err.replace("\u00a0", " ")
        assert says in told
        assert ("erreur" in told, "error" in told) == (language == "fr", language == "en")
        assert told.startswith("usage : " if language == "fr" else "usage: ")


def test_the_help_is_in_one_language(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["check", "--help", "--lang", "fr"])
    shown = capsys.readouterr().out
    assert "positional" not in shown
    assert "show this" not in shown
    assert "montre cette aide" in shown


def test_nothing_stays_lent() -> None:
    before = vars(argparse)["_"]
    with pytest.raises(SystemExit):
        main(["--version"])
    assert vars(argparse)["_"] is before

"""No test reads at once what comes later: an assertion reads no page, `expect` and `until` do."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

pytestmark = pytest.mark.large
"""Whoever writes such a test runs it, and with it `make test`."""

HERE = Path(__file__).parent
FILES = sorted(HERE.glob("*.py"))

READS = frozenset(
    {
        "all_inner_texts",
        "all_text_contents",
        "bounding_box",
        "get_attribute",
        "inner_html",
        "inner_text",
        "input_value",
        "is_checked",
        "is_disabled",
        "is_editable",
        "is_enabled",
        "is_hidden",
        "is_visible",
        "text_content",
    }
)
"""What Playwright answers with as a page is now, which may be before it is as it will be."""

SLEEPING = frozenset({"reading.py", "vitals.py"})
"""Where one may wait for a time: in between two looks, and for what is measured."""

FUNCTION = re.compile(r"\s*(?:\([^)]*\)|\w+)\s*=>")


def calls(tree: ast.AST) -> Iterator[tuple[str, ast.Call]]:
    """The methods that are called, by name."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            yield node.func.attr, node


def hasty(text: str) -> list[int]:
    """The lines of the assertions that read a page."""
    return [
        node.lineno
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.Assert)
        for name, call in calls(node.test)
        # A locator counts what it finds, a text counts something.
        if name in READS or (name == "count" and not call.args and not call.keywords)
    ]


def timed(text: str) -> list[int]:
    """The lines that wait for a time in place of what it is to bring."""
    return [call.lineno for name, call in calls(ast.parse(text)) if name == "wait_for_timeout"]


def unlawful(text: str) -> list[int]:
    """The lines that wait for an expression, which a policy forbids to evaluate a second time, or
    for a function that answers later: what it promises is taken for true at once."""
    tree = ast.parse(text)
    known = {
        target.id: _beginning(node.value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Assign)
        for target in node.targets
        if isinstance(target, ast.Name)
    }
    asked = [
        (call.lineno, known.get(given.id) if isinstance(given, ast.Name) else _beginning(given))
        for name, call in calls(tree)
        if name == "wait_for_function"
        for given in call.args[:1]
    ]
    return [line for line, said in asked if said is not None and not FUNCTION.match(said)]


def _beginning(node: ast.expr) -> str | None:
    """How a text begins; None for what is none."""
    if isinstance(node, ast.JoinedStr):
        return _beginning(node.values[0]) if node.values else None
    return str(node.value) if isinstance(node, ast.Constant) else None


@pytest.mark.parametrize("file", FILES, ids=lambda file: str(file.name))
def test_what_comes_later_is_waited_for(file: Path) -> None:
    text = file.read_text("utf-8")
    assert "playwright" not in text or hasty(text) == []
    assert file.name in SLEEPING or timed(text) == []
    assert unlawful(text) == []


def test_haste_is_seen() -> None:
    assert hasty("assert page.locator('h1').inner_text() == 'x'") == [1]
    assert hasty("assert all(one.is_visible() for one in rows.all())") == [1]
    assert hasty("assert rows.count() == 2 == text.count('x')") == [1]
    assert hasty("until(page, lambda: rows.count(), 2)\nassert text.count('x') == 2") == []
    assert timed("page.wait_for_timeout(400)") == [1]
    assert unlawful("page.wait_for_function('window.done')") == [1]
    assert unlawful("page.wait_for_function('() => window.done')") == []
    assert unlawful("page.wait_for_function('async () => await done()')") == [1]
    assert unlawful("KEPT = 'async () => 1'\npage.wait_for_function(KEPT)") == [2]

"""Every pattern of the package, against texts that make a careless one take the square of them."""

from __future__ import annotations

import ast
import importlib
import re
import time
from collections.abc import Callable, Iterable, Iterator
from functools import cache, partial
from pathlib import Path
from re import _constants as sre  # type: ignore[attr-defined] # what a pattern is made of
from re import _parser  # type: ignore[attr-defined] # what reads one; neither is in its stubs
from typing import Any

import pytest

import parcours

pytestmark = pytest.mark.large

LONG, SHORT = 24_000, 6_000
"""Characters."""

NOTICED = 0.02
"""Seconds of processor from which growth is looked at: what is linear takes a tenth."""

SEARCHING = frozenset({"search", "sub", "subn", "finditer", "findall", "split"})
ANCHORED = frozenset({"match", "fullmatch"})


def modules() -> Iterator[str]:
    """Each module of the package."""
    (top,) = map(Path, parcours.__path__)
    for file in sorted(top.rglob("*.py")):
        parts = file.relative_to(top.parent).with_suffix("").parts
        yield ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


@cache
def patterns(module: str) -> tuple[tuple[str, re.Pattern[str], str], ...]:
    """Where a pattern stands, the pattern, and how it is used: ``search`` or ``match``."""
    return tuple(_patterns(module))


def _patterns(module: str) -> Iterator[tuple[str, re.Pattern[str], str]]:
    made = importlib.import_module(module)
    source = Path(made.__file__ or "").read_text("utf-8")
    for name, value in list(vars(made).items()):
        for nth, one in enumerate(_compiled(value)):
            if isinstance(one.pattern, str) and re.search(rf"^{name}\b.*=", source, re.M):
                ways = set(re.findall(rf"\b{name}\.(\w+)", source)) & (SEARCHING | ANCHORED)
                # By what name shapes in tables are used is not seen: as those of whole values.
                listed = (
                    bool(value)
                    and not isinstance(value, re.Pattern | dict)
                    and not _are_bare(value)
                )
                way = "search" if ways & SEARCHING or (listed and not ways) else "match"
                yield f"{module}.{name}.{nth}", one, way
    for node in ast.walk(ast.parse(source if "re." in source else "")):
        if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Attribute):
            continue
        of_re = isinstance(node.func.value, ast.Name) and node.func.value.id == "re"
        known = of_re and node.func.attr in SEARCHING | ANCHORED and bool(node.args)
        said = node.args[0].value if known and isinstance(node.args[0], ast.Constant) else None
        if isinstance(said, str):
            way = "search" if node.func.attr in SEARCHING else "match"
            yield f"{module}:{node.lineno}", re.compile(said), way


def _compiled(value: object) -> Iterator[re.Pattern[str]]:
    if isinstance(value, re.Pattern):
        yield value
    elif isinstance(value, dict):
        for one in value.values():
            yield from _compiled(one)
    elif isinstance(value, tuple | list):
        for one in value:
            yield from _compiled(
                one if isinstance(one, re.Pattern) else getattr(one, "pattern", one)
            )


def _are_bare(values: Iterable[object]) -> bool:
    """Whether these are patterns, and not what holds some: those go by the name of each in turn."""
    return all(isinstance(one, re.Pattern) for one in values)


def example(parsed: Any, more: int = 1) -> str:
    """A text that begins as one that the pattern finds: each thing in it *more* times at least."""
    out: list[str] = []
    for kind, said in parsed:
        if kind is sre.LITERAL:
            out.append(chr(said))
        elif kind is sre.NOT_LITERAL:
            out.append("a" if said != ord("a") else "b")
        elif kind is sre.ANY:
            out.append("a")
        elif kind is sre.IN:
            out.append(_member(said))
        elif kind in {sre.MAX_REPEAT, sre.MIN_REPEAT, sre.POSSESSIVE_REPEAT}:
            out.append(example(said[2]) * min(max(said[0], more), 5, said[1]))
        elif kind is sre.SUBPATTERN:
            out.append(example(said[3], more))
        elif kind is sre.BRANCH:
            out.append(example(said[1][0], more))
        elif kind is sre.ATOMIC_GROUP:
            out.append(example(said, more))
    return "".join(out)


_CLASSES = {"DIGIT": "1", "SPACE": " ", "WORD": "a"}


def _member(items: list[tuple[Any, Any]]) -> str:
    if items[0][0] is sre.NEGATE:
        refused = re.compile("[" + "".join(_written(one) for one in items[1:]) + "]")
        return next(char for char in "a1 -<\"'x\n" if not refused.match(char))
    kind, said = items[0]
    if kind is sre.RANGE:
        return chr(said[0])
    if kind is sre.CATEGORY:
        return next(
            (char for name, char in _CLASSES.items() if str(said).endswith(f"_{name}")), "é"
        )
    return chr(said)


def _written(item: tuple[Any, Any]) -> str:
    kind, said = item
    if kind is sre.RANGE:
        return f"{re.escape(chr(said[0]))}-{re.escape(chr(said[1]))}"
    if kind is sre.CATEGORY:
        name = str(said).removeprefix("CATEGORY_")
        short = {"DIGIT": r"\d", "SPACE": r"\s", "WORD": r"\w"}
        return short.get(name) or short[name.removeprefix("NOT_")].upper()
    return re.escape(chr(said))


def pumped(pattern: re.Pattern[str]) -> Iterator[Callable[[int], str]]:
    """Texts that begin as what is looked for, over and over, and never end as it."""
    parsed = _parser.parse(pattern.pattern, pattern.flags & ~re.DEBUG)
    units = {""}
    for more in (0, 1, 3):
        whole = example(parsed, more)[:40]
        units |= {whole[:end] for end in range(1, len(whole) + 1)}
    for unit in sorted(units - {""}):
        yield partial(_over_and_over, unit)
        yield partial(_without_end, unit)


def _over_and_over(unit: str, size: int) -> str:
    return unit * (size // len(unit)) + "\ufdd3"


def _without_end(unit: str, size: int) -> str:
    return unit + unit[-1] * size + "\ufdd3"


def spent(pattern: re.Pattern[str], way: str, text: str) -> float:
    start = time.process_time()
    if way == "search":
        for _ in pattern.finditer(text):
            pass
    else:
        pattern.match(text)
        pattern.fullmatch(text)
    return time.process_time() - start


MODULES = list(modules())


def test_patterns_are_found() -> None:
    assert sum(len(patterns(module)) for module in MODULES) > 450


def grown(pattern: re.Pattern[str], way: str, long: int = LONG, short: int = SHORT) -> str | None:
    """The beginning of a text that takes more than its share; None where there is none."""
    for text in pumped(pattern):
        much = spent(pattern, way, text(long))
        if much > NOTICED:
            # Of several runs the quickest: what else a machine does makes others longer.
            much = min(much, *(spent(pattern, way, text(long)) for _ in range(2)))
            little = min(spent(pattern, way, text(short)) for _ in range(3))
            if much > 9 * little:
                return text(20)
    return None


@pytest.mark.sampled
@pytest.mark.parametrize("module", MODULES)
def test_a_pattern_takes_no_square(module: str) -> None:
    told = {name: grown(pattern, way) for name, pattern, way in patterns(module)}
    assert {name: text for name, text in told.items() if text is not None} == {}


@pytest.mark.deep
@pytest.mark.parametrize("careless", [r"<a\b[^>]*>", r"\s+$", r"<!--.*?-->"])
def test_a_pattern_that_takes_the_square_is_seen(careless: str) -> None:
    pattern = re.compile(careless, re.DOTALL)
    assert grown(pattern, "search", 32_000, 8_000) is not None

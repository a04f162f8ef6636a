"""Values as YAML that our own reader reads back to the same: in quotes wherever YAML needs them."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence

from ..sources.yaml import NULLS
from .keys import Value

_STEP = "  "
_PLAIN = re.compile(
    r"[^\W_](?:[^\x00-\x1f\x7f-\xa0\u2000-\u200f\u2028-\u202f\u2060-\u206f\ufeff]*)"
)
"""What may stand without quotes: it begins with a letter or digit, and each of its characters is
seen. A space that is not one, or a mark of direction, stands in quotes as what it is."""

_MEANT = re.compile(r":(?:\s|$)|\s#|\s$|[;,]$|[\ud800-\udfff]")
"""What YAML takes for a key or a comment, or drops; and an end that is told as a slip."""

_IN_LINE = re.compile(r"[\w./-]+")
"""What may stand without quotes in a list within brackets."""

_ESCAPED = re.compile(r"[\x00-\x1f\x7f-\xa0\u2028\u2029\ufeff\ud800-\udfff\ufffe\uffff]")


def scalar(text: str, *, within: bool = False) -> str:
    """A text as a scalar on one line.

    Args:
        within: whether it stands in brackets, where a comma ends it.
    """
    shape = _IN_LINE if within else _PLAIN
    if shape.fullmatch(text) and not _MEANT.search(text) and text not in NULLS:
        return text
    if not _ESCAPED.search(text):
        return "'" + text.replace("'", "''") + "'" if '"' in text or "\\" in text else f'"{text}"'
    quoted = json.dumps(text, ensure_ascii=False)
    return _ESCAPED.sub(lambda found: f"\\u{ord(found[0]):04x}", quoted)


def lines(values: Mapping[str, Value], depth: int = 0) -> Iterator[str]:
    """The lines of a group of keys."""
    indent = _STEP * depth
    for key, value in values.items():
        if isinstance(value, str):
            yield f"{indent}{key}: {scalar(value)}"
        elif isinstance(value, dict):
            yield f"{indent}{key}:"
            yield from lines(value, depth + 1)
        elif all(isinstance(one, str) for one in value):
            yield f"{indent}{key}: {_bracketed(value)}"
        else:
            yield f"{indent}{key}:"
            for one in value:
                yield from _item(one, depth + 1)


def _bracketed(values: Sequence[Value]) -> str:
    return "[" + ", ".join(scalar(str(one), within=True) for one in values) + "]"


def _item(value: Value, depth: int) -> Iterator[str]:
    """An item of a list: its first key stands behind the dash."""
    indent = _STEP * depth
    if isinstance(value, dict) and value:
        for number, line in enumerate(lines(value, depth + 1)):
            yield line if number else f"{indent}- {line[len(indent) + 2 :]}"
    elif isinstance(value, list):
        yield f"{indent}- {_bracketed(value)}"
    else:
        yield f"{indent}- {scalar(value) if isinstance(value, str) else '{}'}"

"""What there is to know of an event, a course or an entity, as labels and values."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from .meeting import Value

Facts = tuple[tuple[str, tuple[Value, ...]], ...]
"""Labels, and the values of each."""


def facts(found: Iterable[tuple[str, Sequence[Value]]]) -> Facts:
    """Those that have a value."""
    return tuple((label, tuple(values)) for label, values in found if values)

"""What every meeting of a collection shares, unless it says otherwise. Pure."""

from __future__ import annotations

from typing import Any, TypeVar

from .schema import EITHER, ELSEWHERE, DefaultsRecord, EventRecord, Registration

R = TypeVar("R", bound=EventRecord)


def with_defaults(record: R, defaults: DefaultsRecord | None) -> R:
    """What a source says, and what its collection says for all where it says nothing.

    Of `registration:` each key is one to say or to leave.
    """
    if defaults is None:
        return record
    found: dict[str, Any] = {}
    for key in sorted(defaults.model_fields_set):
        shared, own = getattr(defaults, key), getattr(record, key)
        if key in record.model_fields_set:
            if isinstance(shared, Registration) and isinstance(own, Registration):
                found[key] = own.over(shared)
        elif _is_free(record, key):
            found[key] = shared
    return record.model_copy(update=found) if found else record


def _is_free(record: EventRecord, key: str) -> bool:
    """Whether what a source says leaves room for what is shared under *key*."""
    if record.mode is not None and record.mode == ELSEWHERE.get(key):
        return False
    return not any(key in alike and alike & record.model_fields_set for alike in EITHER)

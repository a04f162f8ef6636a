"""Where costly octets may be kept between builds, by a name made from what they depend on."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol


class Store(Protocol):
    """Keeps octets; it may forget any of them at any time."""

    def get(self, key: str) -> bytes | None:
        """What was kept under *key*, whole, or None."""

    def has(self, key: str) -> bool:
        """Whether something is kept under *key*; it may be damaged."""

    def put(self, key: str, data: bytes) -> None:
        """Keep *data* under *key*."""


class NoStore:
    """Forgets everything."""

    def get(self, key: str) -> bytes | None:
        return None

    def has(self, key: str) -> bool:
        return False

    def put(self, key: str, data: bytes) -> None:
        pass


class MemoryStore:
    """Keeps what it is given for as long as it is there itself, beside what another has.

    Args:
        under: is asked for the rest, and given nothing.
    """

    def __init__(self, under: Store) -> None:
        self._under = under
        self._own: dict[str, bytes] = {}

    def get(self, key: str) -> bytes | None:
        return self._own.get(key) or self._under.get(key)

    def has(self, key: str) -> bool:
        return key in self._own or self._under.has(key)

    def put(self, key: str, data: bytes) -> None:
        self._own[key] = data


def kept(store: Store, key: str, make: Callable[[], bytes]) -> bytes:
    """What the store has under *key*, else what *make* gives, which it then keeps."""
    data = store.get(key)
    if data is None:
        data = make()
        store.put(key, data)
    return data

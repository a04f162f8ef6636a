"""Where costly octets may be kept between builds, by a name made from what they depend on."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping
from functools import cached_property
from typing import Any, Protocol


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


class Piece:
    """What is known of a site's files, kept in one piece for the next process.

    Attributes:
        before: what was kept of each file, by its name; nothing where it is damaged.
    """

    def __init__(self, store: Store | None, name: str, edition: str) -> None:
        """Look for what was kept.

        Args:
            edition: a name for the code that made it; "" where nobody knows one, and nothing is
                kept.
        """
        self._store = store if store is not None and edition else NoStore()
        self._key = digest_of(f"{name} {edition}")

    @cached_property
    def before(self) -> Mapping[str, Any]:
        try:
            found = json.loads(self._store.get(self._key) or "{}")
        except ValueError:
            return {}
        return found if isinstance(found, dict) else {}

    def keep(self, said: Mapping[str, object]) -> None:
        """Have it kept, unless it is what was."""
        if said != self.before:
            self._store.put(self._key, json.dumps(said, ensure_ascii=False).encode())


def digest_of(text: str) -> str:
    """The digest of a text, in hexadecimal digits."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def kept(store: Store, key: str, make: Callable[[], bytes]) -> bytes:
    """What the store has under *key*, else what *make* gives, which it then keeps."""
    data = store.get(key)
    if data is None:
        data = make()
        store.put(key, data)
    return data

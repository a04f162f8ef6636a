"""What makes this package another one: what it holds, what it is installed with, and Python."""

from __future__ import annotations

import hashlib
import os
import sys
from collections.abc import Iterator, Mapping
from contextlib import suppress
from functools import cache
from pathlib import Path

from .inputs import digest, look

PACKAGE = str(Path(__file__).parent.parent)

_INSTALLED = (".dist-info", ".egg-info", ".egg-link", ".pth")


def installed() -> Iterator[str]:
    """The names and versions of what can be imported, as installers write them down."""
    for folder in sys.path:
        with suppress(OSError):
            names = os.listdir(folder or ".")  # noqa: PTH208 (names alone)
            yield from sorted(name for name in names if name.endswith(_INSTALLED))


@cache
def edition() -> str:
    """A name for this package as it stands, which is another one as soon as a file of it is."""
    whole = hashlib.sha256(
        "\0".join([sys.version, *installed()]).encode("utf-8", "surrogateescape")
    )
    for path in sorted(look([PACKAGE]).stats):
        whole.update(f"{path.removeprefix(PACKAGE)}\0{digest(path)}\0".encode())
    return whole.hexdigest()


def plain(value: object) -> str:
    """A value of the configuration as text, the same in each process."""
    if isinstance(value, Mapping):
        return str({str(key): plain(one) for key, one in value.items()})
    if isinstance(value, list | tuple):
        return str([plain(one) for one in value])
    if callable(value):
        return f"{value.__module__}.{getattr(value, '__qualname__', type(value).__qualname__)}"
    return repr(value)

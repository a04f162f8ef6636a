"""The theme's templates, compiled once by a process: a preview builds the site at each save."""

from __future__ import annotations

from functools import cache
from types import CodeType

import jinja2
from jinja2.bccache import Bucket


class Bytecode(jinja2.BytecodeCache):
    """Keeps compiled templates in memory; on a disk, code that anyone may write would be run."""

    def __init__(self) -> None:
        self._kept: dict[str, tuple[str, CodeType]] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        checksum, code = self._kept.get(bucket.key, ("", None))
        if checksum == bucket.checksum:
            bucket.code = code

    def dump_bytecode(self, bucket: Bucket) -> None:
        if bucket.code is not None:
            self._kept[bucket.key] = (bucket.checksum, bucket.code)


@cache
def bytecode() -> Bytecode:
    """The one of this process."""
    return Bytecode()

"""A store in a folder beside the configuration; it can be deleted at any time."""

from __future__ import annotations

import hashlib
import logging
import os
import tempfile
from pathlib import Path

from ..sources.files import is_file

FOLDER = Path(".cache", "parcours")

log = logging.getLogger("mkdocs.plugins.parcours")

_DIGEST = hashlib.sha256().digest_size


class FolderStore:
    """One file for each key: the SHA-256 of the octets, then the octets."""

    def __init__(self, root: Path) -> None:
        self.folder = root / FOLDER
        # A link may lead elsewhere, where nothing is ours.
        self.writable = Path(os.path.realpath(self.folder)).is_relative_to(root.resolve())

    def get(self, key: str) -> bytes | None:
        """What was kept; None if it is missing or damaged."""
        if not self.writable:
            return None
        try:
            found = self._path(key).read_bytes()
        except OSError:
            return None
        digest, data = found[:_DIGEST], found[_DIGEST:]
        return data if hashlib.sha256(data).digest() == digest else None

    def has(self, key: str) -> bool:
        """Whether there is a file; it may be damaged."""
        return self.writable and is_file(self._path(key))

    def put(self, key: str, data: bytes) -> None:
        """Keep it: written beside, then renamed, so that nobody reads half of it."""
        if not self.writable:
            return
        path = self._path(key)
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            handle, beside = tempfile.mkstemp(dir=path.parent)
            with os.fdopen(handle, "wb") as file:
                file.write(hashlib.sha256(data).digest() + data)
            Path(beside).replace(path)
        except OSError as error:
            # A site on a read-only disk is built all the same, only not as fast the next time.
            self.writable = False
            log.info("%s: %s", self.folder, error.strerror)

    def _path(self, key: str) -> Path:
        return self.folder / key[:2] / key

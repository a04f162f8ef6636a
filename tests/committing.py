"""The first commit of a throw-away site, as git writes it: asking git took a sixth of a check.

`tests/test_committing.py` holds that git makes the same, and finds nothing amiss in it.
"""

from __future__ import annotations

import os
import stat
import struct
import zlib
from contextlib import suppress
from datetime import datetime
from hashlib import sha1
from pathlib import Path

CONFIG = """\
[core]
\trepositoryformatversion = 0
\tfilemode = true
\tbare = false
\tlogallrefupdates = true
"""
OTHERWISE = {".git", ".gitignore", ".gitattributes", ".gitmodules"}
"""Names by which git passes something over, or keeps it as another thing than its octets."""
WHO = b"A <a@mail.example>"

Entry = tuple[bytes, int, bytes]
"""A path, its mode, and the name of its content."""


def begin(root: Path) -> None:
    """A repository as `git init` makes it, without templates."""
    for name in ("objects", "refs/heads"):
        (root / ".git" / name).mkdir(parents=True)
    (root / ".git/HEAD").write_text("ref: refs/heads/main\n")
    (root / ".git/config").write_text(CONFIG)


def first_commit(root: Path, date: str) -> bool:
    """Commit all files to a repository that has just begun; whether nothing needs git for it."""
    if not date.endswith("Z") or not _is_plain(root, top=True):
        return False
    entries: list[Entry] = []
    tree = _tree(root, root / ".git/objects", b"", entries)
    when = b"%s %d +0000" % (WHO, datetime.fromisoformat(date).timestamp())
    said = b"tree %s\nauthor %s\ncommitter %s\n\nx\n" % (tree.hex().encode(), when, when)
    name = _keep(root / ".git/objects", b"commit", said)
    (root / ".git/refs/heads/main").write_text(f"{name.hex()}\n")
    (root / ".git/index").write_bytes(_index(entries))
    return True


def _is_plain(folder: Path, *, top: bool = False) -> bool:
    """Whether there are only folders and files, of which git leaves none out."""
    with os.scandir(folder) as found:
        for one in found:
            if top and one.name == ".git":
                continue
            if one.name in OTHERWISE or one.is_symlink():
                return False
            if one.is_dir():
                if not _is_plain(Path(one.path)):
                    return False
            elif not one.is_file() or not os.access(one.path, os.R_OK):
                return False
    return True


def _tree(folder: Path, objects: Path, above: bytes, entries: list[Entry]) -> bytes:
    """Keep a folder's contents; the name of its tree, b"" for one without files."""
    said: list[tuple[bytes, bytes]] = []
    with os.scandir(os.fsencode(folder)) as found:
        for one in found:
            if one.name == b".git":
                continue
            if one.is_dir():
                below = above + one.name + b"/"
                tree = _tree(Path(os.fsdecode(one.path)), objects, below, entries)
                if tree:
                    said.append((one.name + b"/", b"40000 %s\0%s" % (one.name, tree)))
                continue
            mode = 0o100755 if one.stat().st_mode & stat.S_IXUSR else 0o100644
            blob = _keep(objects, b"blob", Path(os.fsdecode(one.path)).read_bytes())
            said.append((one.name, b"%o %s\0%s" % (mode, one.name, blob)))
            entries.append((above + one.name, mode, blob))
    if not said and above:
        return b""
    return _keep(objects, b"tree", b"".join(line for _, line in sorted(said)))


def _keep(objects: Path, kind: bytes, data: bytes) -> bytes:
    whole = b"%s %d\0%s" % (kind, len(data), data)
    name = sha1(whole, usedforsecurity=False)
    folder, file = f"{objects}/{name.hexdigest()[:2]}", name.hexdigest()[2:]
    with suppress(FileExistsError):
        os.mkdir(folder)  # noqa: PTH102 (thousands of them: each call counts)
    with open(f"{folder}/{file}", "wb") as out:  # noqa: PTH123 (thousands too)
        out.write(zlib.compress(whole, 1))
    return name.digest()


def _index(entries: list[Entry]) -> bytes:
    """What git compares files with; it has looked at none of them, as after `git read-tree`."""
    out = [struct.pack(">4sII", b"DIRC", 2, len(entries))]
    for path, mode, blob in sorted(entries):
        line = struct.pack(">6I", 0, 0, 0, 0, 0, 0) + struct.pack(">4I", mode, 0, 0, 0)
        line += blob + struct.pack(">H", min(len(path), 0xFFF)) + path
        out.append(line + b"\0" * (8 - len(line) % 8))
    whole = b"".join(out)
    return whole + sha1(whole, usedforsecurity=False).digest()

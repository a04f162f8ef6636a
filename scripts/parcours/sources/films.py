"""Films and sounds that tell where they were taken: told, since they are published as they are.

Of a file, only what stands beside its pictures and sounds is read. MP4, MOV and M4A are boxes
(ISO/IEC 14496-12, 4.2): the place stands in ``moov``, as ``©xyz`` (QuickTime File Format) or
``loci`` (3GPP TS 26.244, 8.3), as a key of Apple's, as XMP, or as a track of its own (``gpmd``).
WebM is elements (RFC 9559): the place is a tag.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from pathlib import Path, PurePosixPath
from typing import BinaryIO

from ..problems import Mark, Problems
from .files import is_file

_BOXES = frozenset({".mp4", ".m4v", ".mov", ".m4a", ".3gp"})
_ELEMENTS = frozenset({".webm", ".mkv", ".weba", ".mka"})

_MOST = 8_000_000
"""Octets that are read of a part that tells of a film: its tables, for many hours, are fewer."""

_PARTS = 10_000
"""Parts of a file that are looked at: one of a live film each second or two, for hours."""

_DEPTH = 8


def tell_placed(root: Path, files: Iterable[str], problems: Problems) -> None:
    """Tell of the published films and sounds that say where they were taken.

    Args:
        files: relative to *root*.
    """
    for file in sorted(set(files)):
        path = PurePosixPath(file)
        suffix = path.suffix.lower()
        look = _is_box_placed if suffix in _BOXES else _is_element_placed
        if suffix in _BOXES | _ELEMENTS and _is_placed(root / file, look):
            problems.add(
                "placed-film", Mark(file), severity="warning", name=path.name, suffix=path.suffix
            )


def _is_placed(path: Path, look: Callable[[BinaryIO], bool]) -> bool:
    try:
        if not is_file(path):
            return False  # whoever reads it tells why
        with path.open("rb") as opened:
            return look(opened)
    except OSError:
        return False


# Boxes: how long each is, what it is called, and what it holds.

_HOLDERS = frozenset({b"moov", b"trak", b"mdia", b"minf", b"stbl", b"udta", b"meta"})


def _is_box_placed(file: BinaryIO) -> bool:
    at = 0
    for _ in range(_PARTS):
        file.seek(at)
        head = file.read(16)
        size, start = _extent(head)
        name = head[4:8]
        if name in {b"moov", b"meta", b"uuid", b"udta"}:
            file.seek(at + start)
            body = file.read(min(size - start, _MOST) if size else _MOST)
            if _says_place(name, body) or (name in _HOLDERS and _holds_place(name, body, 0)):
                return True
        if size < start:
            return False  # the last one, or damaged
        at += size
    return False


def _extent(head: bytes) -> tuple[int, int]:
    """How many octets a box has, 0 where it lasts to the end, and how many of them are its head."""
    size = int.from_bytes(head[:4], "big")
    if len(head) < 8:
        return 0, 8
    return (int.from_bytes(head[8:16], "big"), 16) if size == 1 else (size, 8)


def _holds_place(name: bytes, body: bytes, depth: int) -> bool:
    """Whether one of the boxes within a box says where."""
    # In MP4, not in MOV, version and flags come first.
    at = 4 if name == b"meta" and body[:4] == bytes(4) else 0
    for _ in range(_PARTS):
        size, start = _extent(body[at : at + 16])
        inner, held = body[at + 4 : at + 8], body[at + start : at + size if size else len(body)]
        if _says_place(inner, held):
            return True
        if inner in _HOLDERS and depth < _DEPTH and _holds_place(inner, held, depth + 1):
            return True
        at += size
        if size < start or at + 8 > len(body):
            break
    return False


def _says_place(name: bytes, body: bytes) -> bool:
    if name in {b"\xa9xyz", b"loci"}:
        return True
    if name == b"keys":
        return b"location" in body.lower()
    if name == b"stsd":
        return b"gpmd" in body[:64] or b".location." in body
    return name in {b"XMP_", b"uuid"} and b"GPSLatitude" in body


# Elements: which one, how long it is, and what it holds.

_SEGMENT, _TAGS = 0x18538067, 0x1254C367
_NAME = re.compile(rb"\x45\xa3([\x81-\xbf])")


def _is_element_placed(file: BinaryIO) -> bool:
    at = 0
    for _ in range(_PARTS):
        file.seek(at)
        head = file.read(16)
        known, length = _number(head, kept=True)
        size, more = _number(head[length:])
        if not length or not more:
            return False
        at += length + more
        is_endless = size == (1 << 7 * more) - 1
        if known == _SEGMENT:
            continue  # what it holds comes next
        if known == _TAGS and _tags_say_place(_read_at(file, at, size)):
            return True
        if is_endless:
            return False  # a live film, whose clusters nobody has counted
        at += size
    return False


def _read_at(file: BinaryIO, at: int, size: int) -> bytes:
    file.seek(at)
    return file.read(min(size, _MOST))


def _number(data: bytes, *, kept: bool = False) -> tuple[int, int]:
    """A number whose first bits tell how many octets it has (RFC 8794, 4); 0 octets for none.

    Args:
        kept: as the name of an element, with these bits.
    """
    first = data[0] if data else 0
    length = 9 - first.bit_length()
    if not first or len(data) < length:
        return 0, 0
    whole = int.from_bytes(data[:length], "big")
    return (whole if kept else whole & ((1 << 7 * length) - 1)), length


def _tags_say_place(body: bytes) -> bool:
    names = (body[one.end() : one.end() + one[1][0] - 0x80] for one in _NAME.finditer(body))
    return any(b"LOCATION" in name.upper() or b"GPS" in name.upper() for name in names)

"""Pictures without what their files tell beside the picture: place, camera, software, comments.

The octets that draw the picture stay as they are, so nothing is lost and a moving picture moves.
A list says what is kept, in each format; all else is left out, and what follows the end as well:
telephones put second pictures there, with places of their own.
"""

from __future__ import annotations

import base64
import re
import zlib
from collections.abc import Callable, Iterator, Mapping


class Broken(Exception):
    """The file ends too early, or is not what it says."""


def bare(kind: str, data: bytes) -> bytes | None:
    """The file with the picture and its colours alone; None for a kind that is not known.

    Raises:
        Broken: it is damaged.
    """
    strip = _KINDS.get(kind)
    if strip is None:
        return None
    try:
        return b"".join(strip(data))
    except IndexError as error:
        raise Broken from error


_DATA = re.compile(r"(src=\"data:image/[a-z]{3,4};base64,)([A-Za-z0-9+/=]*)(?=\")", re.IGNORECASE)
_SIGNATURES = ((b"\xff\xd8", "JPEG"), (b"\x89PNG", "PNG"), (b"RIFF", "WEBP"), (b"GIF8", "GIF"))


def bare_data(markup: str) -> str:
    """HTML with the pictures that stand in it as data bare, or empty where that cannot be."""
    return _DATA.sub(lambda found: found[1] + _bare_base64(found[2]), markup)


def _bare_base64(text: str) -> str:
    try:
        data = base64.b64decode(text)
        kind = next((kind for start, kind in _SIGNATURES if data.startswith(start)), "")
        return base64.b64encode(bare(kind, data) or b"").decode()
    except (Broken, ValueError):
        return ""


def _take(data: bytes, start: int, length: int) -> bytes:
    found = data[start : start + length]
    if len(found) != length:
        raise Broken
    return found


# JPEG (ITU-T T.81, annex B): segments, then data in which a marker stands after each scan.

_MARKER = re.compile(rb"\xff+([^\x00\xff\xd0-\xd7])")
_PLAIN_JFIF = b"\xff\xe0\x00\x10JFIF\0\x01\x01\0\0\x01\0\x01\0\0"
_START, _END, _SCAN = 0xD8, 0xD9, 0xDA
_APPLICATION, _COMMENT = range(0xE0, 0xF0), 0xFE


def _jpeg(data: bytes) -> Iterator[bytes]:
    if _take(data, 0, 2) != b"\xff\xd8":
        raise Broken
    yield b"\xff\xd8"
    at = 2
    # Browsers skip what stands between two segments, too.
    while (found := _MARKER.search(data, at)) and found[1][0] != _END:
        at, marker = found.end(), found[1][0]
        segment = _take(data, at, int.from_bytes(_take(data, at, 2), "big"))
        if len(segment) < 2 or marker == _START:
            raise Broken
        at += len(segment)
        yield _segment(marker, segment)
        if marker == _SCAN:
            end = _MARKER.search(data, at)
            if end is None:
                raise Broken
            yield data[at : end.start()]
            at = end.start()
    if found is None:
        raise Broken
    yield b"\xff\xd9"


def _segment(marker: int, segment: bytes) -> bytes:
    whole = bytes([0xFF, marker]) + segment
    said = segment[2:]
    if marker == 0xE0 and said.startswith(b"JFIF\0"):
        return _PLAIN_JFIF  # the colours are those of JFIF; without a thumbnail
    if marker == 0xE2 and said.startswith(b"ICC_PROFILE\0"):
        return whole
    if marker == 0xEE and said.startswith(b"Adobe"):
        return b"\xff\xee\x00\x0e" + _take(said, 0, 12)  # how its colours are written
    return b"" if marker in _APPLICATION or marker == _COMMENT else whole


# PNG (W3C PNG, third edition, 5): chunks.

_SIGNATURE = b"\x89PNG\r\n\x1a\n"
_CHUNKS = frozenset(
    b"IHDR PLTE IDAT IEND tRNS gAMA cHRM sRGB iCCP sBIT cICP acTL fcTL fdAT".split()
)


def _png(data: bytes) -> Iterator[bytes]:
    if not data.startswith(_SIGNATURE):
        raise Broken
    yield _SIGNATURE
    at, name = len(_SIGNATURE), b""
    while name != b"IEND":
        length, name = int.from_bytes(_take(data, at, 4), "big"), _take(data, at + 4, 4)
        chunk = _take(data, at, length + 12)
        at += len(chunk)
        if name in _CHUNKS:
            if zlib.crc32(chunk[4:-4]) != int.from_bytes(chunk[-4:], "big"):
                raise Broken
            yield chunk


# WebP (RFC 9649, 2): chunks of RIFF, in frames once more.

_IMAGE = frozenset({b"VP8 ", b"VP8L", b"ALPH"})
_EXTENDED = frozenset({b"VP8X", b"ICCP", b"ANIM", b"ANMF"}) | _IMAGE
_FRAME_HEAD = 16
_TELLS = 0b1100
"""Flags that say that Exif and XMP follow."""


def _webp(data: bytes) -> Iterator[bytes]:
    size = int.from_bytes(_take(data, 4, 4), "little")
    if data[:4] != b"RIFF" or data[8:12] != b"WEBP":
        raise Broken
    body = b"".join(_riff(_take(data, 12, size - 4), _EXTENDED))
    yield b"RIFF" + (len(body) + 4).to_bytes(4, "little") + b"WEBP" + body


def _riff(data: bytes, kept: frozenset[bytes]) -> Iterator[bytes]:
    at = 0
    while at < len(data):
        name, size = _take(data, at, 4), int.from_bytes(_take(data, at + 4, 4), "little")
        payload = _take(data, at + 8, size)
        at += 8 + size + size % 2
        if name not in kept:
            continue
        if name == b"VP8X":
            payload = bytes([payload[0] & ~_TELLS]) + payload[1:]
        if name == b"ANMF":
            frame = b"".join(_riff(payload[_FRAME_HEAD:], _IMAGE))
            payload = payload[:_FRAME_HEAD] + frame
        yield name + len(payload).to_bytes(4, "little") + payload + b"\0" * (len(payload) % 2)


# GIF (GIF89a, 15 to 26): blocks, whose data come in pieces of at most 255 octets.

_CONTROL, _PROGRAM = 0xF9, 0xFF
_LOOPS = (b"NETSCAPE2.0", b"ANIMEXTS1.0")


def _gif(data: bytes) -> Iterator[bytes]:
    if data[:6] not in (b"GIF87a", b"GIF89a"):
        raise Broken
    at = 13 + _colors(data[10])
    yield _take(data, 0, at)
    images = 0
    while at < len(data) and data[at] != 0x3B:
        start = at
        if data[at] == 0x21:
            at = _pieces(data, at + 2)
            label = data[start + 1]
            loops = label == _PROGRAM and data[start + 3 : start + 14] in _LOOPS
            if label == _CONTROL or loops:
                yield data[start:at]
        elif data[at] == 0x2C:
            at = _pieces(data, at + 11 + _colors(data[at + 9]))
            images += 1
            yield data[start:at]
        else:
            raise Broken
    if not images:
        raise Broken
    yield b"\x3b"


def _colors(flags: int) -> int:
    """Octets of the table of colours that may follow."""
    return 3 * 2 ** ((flags & 7) + 1) if flags & 0x80 else 0


def _pieces(data: bytes, at: int) -> int:
    """Where the pieces end that begin at *at*."""
    while data[at]:
        at += 1 + data[at]
    return at + 1


_KINDS: Mapping[str, Callable[[bytes], Iterator[bytes]]] = {
    "JPEG": _jpeg,
    "PNG": _png,
    "WEBP": _webp,
    "GIF": _gif,
}

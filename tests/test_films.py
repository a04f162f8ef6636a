"""Films and sounds that say where they were taken are told; what says nothing of it is not."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from parcours.problems import Problems
from parcours.sources.films import tell_placed

from .conftest import Site
from .effort import at_most

PLACE = b"\x00\x12\x15\xc7+48.8577+002.295/"


def box(name: bytes, *held: bytes) -> bytes:
    """A box of an MP4 (ISO/IEC 14496-12, 4.2)."""
    data = b"".join(held)
    return (len(data) + 8).to_bytes(4, "big") + name + data


def long_box(name: bytes, *held: bytes) -> bytes:
    data = b"".join(held)
    return b"\0\0\0\1" + name + (len(data) + 16).to_bytes(8, "big") + data


def film(*more: bytes) -> bytes:
    """An MP4 as a telephone writes it: its tables come last."""
    head = box(b"ftyp", b"isom\0\0\2\0isommp42")
    track = box(b"trak", box(b"tkhd", bytes(84)), box(b"mdia", box(b"mdhd", bytes(24))))
    return (
        head
        + box(b"mdat", PLACE, b"\xa9xyz")
        + box(b"moov", box(b"mvhd", bytes(100)), track, *more)
    )


def element(name: bytes, held: bytes) -> bytes:
    """An element of a WebM (RFC 8794)."""
    return name + (0x0800000000 | len(held)).to_bytes(5, "big") + held


def webm(*parts: bytes) -> bytes:
    return element(b"\x1a\x45\xdf\xa3", b"x") + element(b"\x18\x53\x80\x67", b"".join(parts))


def tag(name: bytes) -> bytes:
    said = b"\x45\xa3" + bytes([0x80 | len(name)]) + name + element(b"\x44\x87", b"+48/")
    return element(b"\x12\x54\xc3\x67", element(b"\x73\x73", element(b"\x67\xc8", said)))


CLUSTER = element(b"\x1f\x43\xb6\x75", b"\x45\xa3\x88LOCATION")
APPLE = b"com.apple.quicktime.location.ISO6709"
KEYS = box(b"keys", bytes(8), box(b"mdta", APPLE))

PLACED: dict[str, bytes] = {
    "android.mp4": film(box(b"udta", box(b"\xa9xyz", PLACE))),
    "camera.MP4": film(box(b"trak", box(b"udta", box(b"loci", bytes(20))))),
    "iphone.mov": film(box(b"meta", box(b"hdlr", bytes(25)), KEYS)),
    "iphone.m4v": film(box(b"meta", bytes(4), box(b"hdlr", bytes(25)), KEYS)),
    "sport.mp4": film(
        box(b"trak", box(b"mdia", box(b"minf", box(b"stbl", box(b"stsd", bytes(8), box(b"gpmd"))))))
    ),
    "edited.mp4": film() + box(b"uuid", bytes(16), b"<x exif:GPSLatitude='48,51'/>"),
    "voice.m4a": film(box(b"udta", box(b"\xa9xyz", PLACE))),
    "large.mov": long_box(b"mdat", bytes(99)) + box(b"moov", box(b"udta", box(b"\xa9xyz", PLACE))),
    "made.webm": webm(CLUSTER, tag(b"LOCATION")),
    "english.mkv": webm(tag(b"RECORDING_LOCATION"), CLUSTER),
}
SILENT: dict[str, bytes] = {
    "plain.mp4": film(),
    "titled.mp4": film(box(b"udta", box(b"\xa9nam", b"Un titre"))),
    "keyed.mov": film(
        box(b"meta", box(b"keys", bytes(8), box(b"mdta", b"com.apple.quicktime.make")))
    ),
    "plain.webm": webm(CLUSTER, tag(b"ENCODER")),
    "live.webm": element(b"\x1a\x45\xdf\xa3", b"x")
    + b"\x18\x53\x80\x67\x01\xff\xff\xff\xff\xff\xff\xff"
    + b"\x1f\x43\xb6\x75\x01\xff\xff\xff\xff\xff\xff\xff"
    + PLACE,
    "empty.mp4": b"",
    "cut.mp4": film(box(b"udta", box(b"\xa9xyz", PLACE)))[:60],
    "other.txt": film(box(b"udta", box(b"\xa9xyz", PLACE))),
}


def told(folder: Path, files: dict[str, bytes]) -> list[str]:
    for name, data in files.items():
        (folder / name).write_bytes(data)
    problems = Problems()
    tell_placed(folder, files, problems)
    assert {one.code for one in problems.sorted()} <= {"placed-film"}
    return [one.mark.file for one in problems.sorted()]


@pytest.mark.parametrize("name", PLACED)
def test_a_place_is_told(tmp_path: Path, name: str) -> None:
    assert told(tmp_path, {name: PLACED[name]}) == [name]


@pytest.mark.parametrize("name", SILENT)
def test_what_says_no_place_is_not_told(tmp_path: Path, name: str) -> None:
    assert told(tmp_path, {name: SILENT[name]}) == []


@pytest.mark.parametrize(
    "whole",
    [
        film(box(b"udta", box(b"\xa9xyz", PLACE))),
        webm(CLUSTER, tag(b"LOCATION")),
        film() + box(b"moov", *[box(b"trak") for _ in range(3000)]),
    ],
)
@pytest.mark.parametrize("suffix", [".mp4", ".webm"])
def test_damage_is_no_fault(tmp_path: Path, whole: bytes, suffix: str) -> None:
    for at in range(0, min(len(whole), 400), 3):
        for data in (whole[:at], whole[:at] + b"\xff" * 9 + whole[at:], b"\0" * at + whole):
            told(tmp_path, {f"a{suffix}": data})


def test_many_boxes_take_no_time(tmp_path: Path) -> None:
    inner = box(b"free") * 200_000
    for _ in range(20):
        inner = box(b"trak", inner)
    with at_most(5):
        assert told(tmp_path, {"a.mp4": box(b"moov", inner), "b.mp4": box(b"free") * 100_000}) == []


def test_the_way_out_is_told(site: Site, lines: Callable[[], list[str]]) -> None:
    text = "---\ntitle: Un\nstart: 2026-12-03 12:30\n---\n[Le film](film.mp4)\n"
    site.write("webinars/un.md", text)
    site.write("webinars/film.mp4", PLACED["android.mp4"])
    site.commit()
    assert site.run("check", "--lang", "en") == 0
    (line,) = (one for one in lines() if "[" in one)
    assert line.startswith("webinars/film.mp4:1:1: warning[placed-film]: this film or sound tells")
    assert "ffmpeg -i film.mp4" in line
    site.write("webinars/film.mp4", SILENT["plain.mp4"])
    assert site.run("check") == 0
    assert [one for one in lines() if "[" in one] == []

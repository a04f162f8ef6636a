"""What a slip, a disk or another program leaves: told with its place, never a traceback."""

from __future__ import annotations

import errno
import io
import os
import random
import re
import socket
import struct
import subprocess
import sys
import unicodedata
import zlib
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from PIL import Image

import parcours
from parcours.cli import main
from parcours.i18n import translator
from parcours.letters import JOINER, MOST_MARKS, normal
from parcours.model.authored import Authored
from parcours.model.geography import Lambert
from parcours.problems import LONGEST, Mark, Problem, Problems
from parcours.prose import typography
from parcours.scaling import draw
from parcours.sources import excerpts
from parcours.sources.bare import Broken
from parcours.sources.images import drawing_size, read_raster
from parcours.sources.transcripts import read_captions
from parcours.tree import Tree

from .conftest import FRENCH, Site
from .effort import at_most

Lines = Callable[[], list[str]]
EVENT = "---\ntitle: Un\nstart: 2026-12-03 12:30\n{front}---\n{body}\n"


def event(front: str = "", body: str = "Texte.") -> str:
    return EVENT.format(front=front, body=body)


def told(site: Site, lines: Lines, *expected: str) -> None:
    """The check ends with errors, and says each of *expected* in one line."""
    assert site.run("check") == 1
    printed = lines()
    for one in expected:
        place, code = one.split(" ")
        assert [x for x in printed if x.startswith(place) and f"error[{code}]" in x], printed


def png(size: tuple[int, int] = (30, 20)) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", size).save(out, "PNG")
    return out.getvalue()


# Texts of other people take as much time as they are long.

BODIES = {
    "cells": "| a | b |\n|---|---|\n" + "| `a` | b |\n" * 10_000,
    "spaces": f"# a{' ' * 20_000}b\n",
    "digits": "1" * 49_000,
    "long": "mot " * 1_250_000,
    "backticks": "`a" * 20_000,
    "stars": "*a " * 20_000,
    "underscores": "_a" * 20_000,
    "tildes": "~a" * 20_000,
    "quotes": "> " * 5_000,
    "lists": "".join("    " * n + "- a\n" for n in range(400)),
    "bangs": "![" * 2_000,
    "fewer bangs": "![" * 999,
    "colons": ":a" * 20_000,
    "braces": "{:" * 20_000,
    "carets": "^a" * 20_000,
    "definitions": "".join(f"[a{n}]: x\n" for n in range(10_000)),
    "notes": "".join(f"[^{n}]: x\n\n" for n in range(2_000)),
    "abbreviations": "".join(f"*[a{n}]: x\n" for n in range(5_000)) + "a1 " * 5_000,
    "comments": "<!--" * 1_900,
    "tags": "<a '" * 1_900,
    "ampersands": "&a" * 20_000,
    "snippets": '--8<-- "x"\n' * 5_000,
    "rules": "-" * 40_000,
    "fences": "```\n" * 10_000,
    "divs": "<div>" * 1_500,
    "words": "<b>" * 1_500,
    "emphasis": "*a **b " * 3_000,
    "images": "![a](b)" * 1_500,
    "entities": "&#x41;" * 20_000,
    "attributes": "a {: #b .c d=e }\n\n" * 3_000,
    "addresses": "http://" + "." * 40_000,
    "bare addresses": "http://a.b " * 4_000,
    "closed addresses": "www.a.b" + ")" * 40_000 + ";" * 40_000,
    "escaped breaks": "a\\\n" * 40_000,
    "numbers": "1. a\n" * 8_000,
    "empty items": "*\n" * 8_000,
    "underlined": "a\n=\n" * 10_000,
    "headings in items": "- # a\n" * 10_000,
    "items on a line": ("- " * 60 + "a\n") * 80,
    "steps": "".join(f"{'  ' * (n % 90)}- a\n" for n in range(3_000)),
    "lists apart": "- a\n\n+ b\n\n" * 2_000,
    "open html": "<div>\n\n" * 5_000,
    "lazy quotations": "> a\nb\n\n" * 2_000,
}


@pytest.mark.deep
@pytest.mark.large
@pytest.mark.parametrize("name", BODIES)
@pytest.mark.parametrize("where", ["webinars/essai.md", "content/essai.md"])
def test_a_hostile_body_takes_no_time(site: Site, name: str, where: str) -> None:
    body = BODIES[name]
    site.write(where, event("", body) if where.startswith("webinars") else body)
    with at_most(8):
        assert site.run("check") in {0, 1}


PATTERNS: dict[str, Callable[[], object]] = {
    "digits": lambda: typography.typeset("1" * 400_000),
    "comments": lambda: typography.typeset_html("<!--" * 50_000 + ":"),
    "quotes": lambda: typography.typeset_html("<a '" * 50_000 + ":"),
    "instructions": lambda: typography.typeset_html("<?" * 50_000 + ":"),
    "codes": lambda: typography.typeset_html("<code>" * 3_000 + ":"),
    "dots": lambda: typography.typeset("http://" + "." * 200_000),
    "colons": lambda: typography.typeset(":" + "a" * 200_000),
    "schemes": lambda: typography.typeset("http://" * 50_000),
    "heading": lambda: _title("# a" + " " * 200_000 + "b"),
    "marks": lambda: _title("# a" + " #" * 100_000 + "b"),
    "brackets": lambda: _title("# " + "[" * 200_000),
    "braces": lambda: _title("# " + "{" * 200_000),
    "links": lambda: _title("# " + "[](" * 100_000),
}


def _title(body: str) -> str:
    return Authored(path="a.md", source="a.md", body=body, body_line=1, changed=0).title


@pytest.mark.parametrize("name", PATTERNS)
def test_a_pattern_is_linear(name: str) -> None:
    with at_most(2):
        PATTERNS[name]()


CAPTIONS = {
    "classes": "<v" + ".a" * 20_000,
    "voices": "<v a" * 20_000,
    "tags": "<" * 200_000,
    "spaces": "<v" + " " * 200_000,
}


@pytest.mark.parametrize("name", CAPTIONS)
def test_hostile_captions_take_no_time(site: Site, name: str) -> None:
    text = f"WEBVTT\n\n00:00:01.000 --> 00:00:02.000\n{CAPTIONS[name]}\n"
    site.write("a.vtt", text)
    with at_most(3):
        read_captions(site.root, "a.vtt", Problems())


DEEP = {
    "lists": "- " * 25_000,
    "flow": "[" * 25_000,
    "maps": "{a: " * 25_000,
    "lines": "".join(" " * n + "a:\n" for n in range(1_000)),
    "questions": "? " * 25_000,
    "closed": "a: " + "[" * 20_000 + "]" * 20_000,
}


@pytest.mark.parametrize("name", DEEP)
def test_yaml_however_deep_is_told(site: Site, lines: Lines, name: str) -> None:
    site.write("webinars/a.yml", DEEP[name])
    site.write("webinars/b.md", f"---\n{DEEP[name]}\n---\nb\n")
    site.write("content/c.md", f"---\n{DEEP[name]}\n---\nb\n")
    site.write("content/data/themes/d.yml", DEEP[name])
    assert site.run("check") == 1
    files = {line.partition(":")[0] for line in lines() if ": error[yaml-" in line}
    expected = {"webinars/a.yml", "webinars/b.md", "content/c.md", "content/data/themes/d.yml"}
    assert files == expected


def test_a_deep_configuration_is_told(site: Site, lines: Lines) -> None:
    with (site.root / "mkdocs.yml").open("a") as file:
        file.write("extra: " + "[" * 25_000 + "]" * 25_000)
    told(site, lines, "mkdocs.yml:1:1: yaml-too-large")


@pytest.mark.parametrize(
    "value",
    [
        "2026-13-40",
        "2026-02-30 25:00:00",
        "2026-01-01T00:00:00+99:99",
        "0x_",
        "0b_",
        "!!int douze",
        "!!int ''",
        "!!int +",
        "!!float _",
        "!!float x",
        "!!bool peut-être",
        "!!timestamp hier",
    ],
)
@pytest.mark.parametrize("where", ["extra: {since: %s}", "extra: {%s: x}", "extra: [a, %s]"])
def test_a_value_that_yaml_s_reader_falls_over_is_told(
    site: Site, lines: Lines, value: str, where: str
) -> None:
    text = (site.root / "mkdocs.yml").read_text("utf-8")
    site.write("mkdocs.yml", f"{where % value}\n{text}")
    told(site, lines, f"mkdocs.yml:1:{where.index('%') + 1}: yaml-value")


def test_a_quoted_value_is_text(site: Site) -> None:
    text = (site.root / "mkdocs.yml").read_text("utf-8")
    site.write("mkdocs.yml", f"extra: {{since: '2026-13-40', day: 2026-12-03, n: 0x1F}}\n{text}")
    assert site.run("check") == 0


@pytest.mark.large
def test_aliases_cannot_multiply_a_text(site: Site, lines: Lines) -> None:
    items = ", ".join(["*a"] * 1_000)
    site.write("webinars/a.md", event(f"summary: &a {'é ' * 20_000}\nthemes: [{items}]\n"))
    with at_most(5):
        told(site, lines, "webinars/a.md yaml-too-large")


def test_a_text_too_large_is_told(site: Site, lines: Lines) -> None:
    site.write("webinars/a.md", event("", "mot " * 1_500_000))
    site.write("content/b.md", "mot " * 1_500_000)
    site.write("content/data/themes/c.yml", "name: a\n" + "#\n" * 2_000_000)
    site.write("content/d.svg", '<svg xmlns="http://www.w3.org/2000/svg">' + " " * 9_000_000)
    told(
        site,
        lines,
        *(
            f"{one} too-large-file"
            for one in ("webinars/a.md", "content/b.md", "content/data/themes/c.yml")
        ),
        "content/d.svg too-large-file",
    )


# Numbers, addresses and names.


@pytest.mark.large
def test_a_link_that_is_no_address_is_told(site: Site, lines: Lines) -> None:
    for link in ("//[x/", "//[::1", "x%00y", "a" * 400, "é" * 200 + ".png"):
        (site.root / "webinars/a.md").unlink(missing_ok=True)
        site.write("content/b.md", f"[a]({link})\n\n![a]({link})\n")
        assert site.run("check") == 1
        printed = lines()
        assert all(": error[" in line or ": warning[" in line for line in printed)
        assert any(line.startswith("content/b.md") for line in printed), (link, printed)
        (site.root / "content/b.md").unlink()
        site.write("webinars/a.md", event("", f"[a]({link})"))
        assert site.run("check") == 1
        assert any(line.startswith("webinars/a.md:5") for line in lines())
        for front in (f"online: 'https://[x/{link}'\n", f"image: {{src: '{link}', alt: a}}\n"):
            site.write("webinars/a.md", event(front))
            assert site.run("check") == 1
            assert any(line.startswith("webinars/a.md") for line in lines())


def test_a_name_too_long_is_told(site: Site, lines: Lines) -> None:
    long = "a" * 300
    site.write("webinars/a.md", event(f"id: {long}\n"))
    told(site, lines, "webinars/a.md bad-id")
    site.write("webinars/a.md", event(f"aliases: [{long}]\n"))
    told(site, lines, "webinars/a.md bad-address")
    site.write("webinars/a.md", event(f"image: {{src: {long}.png, alt: a}}\n"))
    told(site, lines, "webinars/a.md missing-file")
    site.write("webinars/a.md", event())
    site.write("content/b.md", f"---\ntemplate: {long}.html\nicon: {long}\n---\nb\n")
    told(site, lines, "content/b.md missing-file")
    site.write("content/b.md", "b")
    site.write(f"content/data/themes/{'t' * 250}.yml", "name: T\n")
    told(site, lines, f"content/data/themes/{'t' * 250}.yml bad-id")


HEADS = {
    "icon: nope": "missing-file",
    "template: nope.html": "missing-file",
    "search: 3": "bad-type",
    "hide: 3": "bad-value",
    "tags: {a: b}": "bad-type",
    "title: [a]": "bad-type",
    "status: 3": "bad-value",
    "frames: 3": "bad-value",
}


@pytest.mark.parametrize("head", HEADS)
def test_a_head_that_no_theme_understands_is_told(site: Site, lines: Lines, head: str) -> None:
    site.write("content/a.md", f"---\n{head}\n---\na\n")
    told(site, lines, f"content/a.md:2: {HEADS[head]}".replace(":2:", ":2"))


def test_an_hour_of_5000_digits_is_told(site: Site, lines: Lines) -> None:
    hour = "1" * 5_000
    site.write("webinars/a/a.vtt", f"WEBVTT\n\n{hour}:00:01.000 --> {hour}:00:02.000\na\n")
    site.write("webinars/a/index.md", event("replay: {video: https://a.example, captions: a.vtt}"))
    with at_most(5):
        site.write(
            "webinars/a/index.md",
            event("replay: {video: 'https://youtu.be/abcdefghijk', captions: a.vtt}\n").replace(
                "2026-12-03", "2026-10-01"
            ),
        )
        told(site, lines, "webinars/a/a.vtt captions-time")


# Pictures.


@pytest.mark.large
def test_a_damaged_picture_is_told_or_shown(site: Site, lines: Lines) -> None:
    chance = random.Random(7)
    noise = bytes(chance.randrange(256) for _ in range(3 * 60 * 40))
    picture = Image.frombytes("RGB", (60, 40), noise)
    for suffix, kind in ((".png", "PNG"), (".jpg", "JPEG"), (".gif", "GIF"), (".webp", "WEBP")):
        out = io.BytesIO()
        picture.save(out, kind)
        whole = out.getvalue()
        for n in range(400):
            data = bytearray(whole[: chance.randrange(len(whole))] if n % 2 else whole)
            for _ in range(chance.randrange(8)):
                if data:
                    data[chance.randrange(min(len(data), 120))] = chance.randrange(256)
            site.write(f"x{suffix}", bytes(data))
            problems = Problems()
            found = read_raster(site.root, f"x{suffix}", Mark("x.md"), problems)
            codes = {one.code for one in problems.sorted()}
            assert (found is None) == bool(codes & {"broken-picture", "too-many-pixels"})
            if found is not None and found.width * found.height < 10**5:
                with suppress(Broken):
                    assert draw(found, bytes(data), 0)


def test_a_picture_that_is_none_is_told(site: Site, lines: Lines) -> None:
    site.write("webinars/x/photo.png", png()[:30])
    front = "image: {src: photo.png, alt: Une image}\n"
    site.write("webinars/x/index.md", event(front))
    assert site.run("check") == 0
    (line,) = [one for one in lines() if "broken-picture" in one]
    assert line.startswith("webinars/x/index.md")
    assert ": warning[" in line


def test_a_size_that_is_none_leaves_no_room(site: Site) -> None:
    for width in ("9" * 400, "1e400", "0", "-3", "", "9" * 7, "١٢", "٣"):
        path = site.write(
            "a.svg", f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="20"/>'
        )
        assert drawing_size(path) is None
    huge = struct.pack(">IIBBBBB", 2**31 - 1, 2**31 - 1, 8, 2, 0, 0, 0)
    chunk = b"IHDR" + huge
    data = b"\x89PNG\r\n\x1a\n" + struct.pack(">I", 13) + chunk
    site.write("a.png", data + struct.pack(">I", zlib.crc32(chunk)))
    assert read_raster(site.root, "a.png", Mark("x.md"), Problems()) is None


# What a disk may hold where a file is expected.

PLACES = (
    "webinars/a.md",
    "webinars/a.yml",
    "content/b.md",
    "content/b.png",
    "content/data/themes/c.yml",
)


def put(path: Path, kind: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    if kind == "fifo":
        os.mkfifo(path)
    elif kind == "socket":
        short = Path(os.path.relpath(path))
        listener = socket.socket(socket.AF_UNIX)
        listener.bind(str(short))
        listener.close()
    elif kind == "dangling":
        path.symlink_to("nowhere.md")
    elif kind == "loop":
        path.symlink_to(path.name)
    elif kind == "device":
        path.symlink_to("/dev/zero")


@pytest.mark.large
@pytest.mark.parametrize("kind", ["fifo", "socket", "dangling", "loop", "device"])
def test_what_is_no_file_is_told(
    site: Site, lines: Lines, kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(site.root)
    for place in PLACES:
        put(site.root / place, kind)
    assert site.run("check") == 1
    printed = lines()
    for place in PLACES:
        assert any(line.startswith(f"{place}:") for line in printed), (place, printed)
    assert site.run("build", "-d", str(site.root / "site")) == 1


def test_a_loop_at_the_root_is_passed_over(site: Site) -> None:
    (site.root / "site").symlink_to("site")
    (site.root / "content/data").mkdir()
    (site.root / "content/data/loop").symlink_to("loop")
    assert site.run("check") in {0, 1}


@pytest.mark.parametrize("kind", ["fifo", "dangling", "loop"])
def test_what_is_no_file_is_told_where_it_is_named(
    site: Site, lines: Lines, kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(site.root)
    put(site.root / "webinars/x/photo.png", kind)
    put(site.root / "webinars/x/film.vtt", kind)
    front = "image: {src: photo.png, alt: Une image}\n"
    site.write("webinars/x/index.md", event(front, "[a](photo.png)"))
    told(site, lines, "webinars/x/index.md missing-file")


@pytest.mark.parametrize("place", PLACES)
def test_a_file_that_cannot_be_read_is_told(
    site: Site, lines: Lines, place: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    site.write(place, png() if place.endswith(".png") else event())
    target = site.root / place
    real = io.open

    def refuse(file: object, *args: object, **kwargs: object) -> object:
        if str(file) == str(target):
            raise PermissionError(13, "Permission denied", str(file))
        return real(file, *args, **kwargs)  # type: ignore[call-overload] # passed on as it is

    monkeypatch.setattr(io, "open", refuse)
    told(site, lines, f"{place} unreadable-file")


def test_a_folder_that_cannot_be_read_is_told(
    site: Site, lines: Lines, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = os.scandir
    closed = [site.root / "webinars/x", site.root / "content/x", site.root / "content/data/themes"]
    for folder in closed:
        folder.mkdir(parents=True)

    def refuse(path: object = ".") -> object:
        if Path(str(path)) in closed:
            raise PermissionError(13, "Permission denied", str(path))
        return real(path)  # type: ignore[call-overload] # passed on as it is

    monkeypatch.setattr(os, "scandir", refuse)
    names = ("webinars/x", "content/x", "content/data/themes")
    told(site, lines, *(f"{one} unreadable-file" for one in names))


def test_names_that_are_not_utf8_are_told(site: Site, lines: Lines) -> None:
    for folder in ("webinars", "content", "content/data/themes"):
        (site.root / folder).mkdir(parents=True, exist_ok=True)
        name = (
            os.fsencode(site.root / folder)
            + b"/caf\xe9"
            + (b".yml" if "data" in folder else b".md")
        )
        Path(os.fsdecode(name)).write_text(event())
        inner = os.fsencode(site.root / folder) + b"/d\xe9"
        Path(os.fsdecode(inner)).mkdir()
        Path(os.fsdecode(inner), "a.md").write_text(event())
    site.commit()
    assert site.run("check") == 1
    printed = lines()
    for folder in ("webinars", "content", "content/data/themes"):
        assert any(x.startswith(f"{folder}/caf") and "bad-file-name" in x for x in printed), printed
        assert any(x.startswith(f"{folder}/d") and "bad-file-name" in x for x in printed), printed
    assert site.run("check", "--format", "github") == 1


# Two things at one place.


def test_a_file_where_a_folder_is_needed_is_told(site: Site, lines: Lines) -> None:
    site.write("webinars/a.md", event())
    (site.root / "content/flux").write_text("x")
    told(site, lines, "content/flux active-file")
    (site.root / "content/flux").unlink()
    site.write("content/x.md", "x")
    site.write("content/x", "x")
    told(site, lines, "content/x active-file")
    (site.root / "content/x").unlink()
    site.write("content/x.png.md", "x")
    site.write("content/x.png", png())
    assert site.run("check") == 1
    assert "duplicate-address" in "".join(lines())


@pytest.mark.parametrize(
    "alias",
    [
        "sitemap.xml",
        "404.html",
        "search",
        "assets/javascripts/a",
        "sw.js",
        "index.html",
        "assets/parcours.css",
        "/assets/",
        "flux",
        "flux/agenda",
        "robots.txt",
        "favicon.ico",
    ],
)
def test_an_old_address_is_not_the_engines(site: Site, lines: Lines, alias: str) -> None:
    site.write("webinars/a.md", event(f"aliases: [ancien, {alias}]\n"))
    assert site.run("check") == 1
    (line,) = [one for one in lines() if "git-missing" not in one]
    assert line.startswith("webinars/a.md:4:19: error[reserved-address]")
    assert line.replace("\u00a0", " ").endswith(
        "; choisissez une autre adresse, ou supprimez celle-ci"
    )


@pytest.mark.parametrize(("alias", "file"), [("a.pdf", "a.pdf"), ("b/a.png", "b/a.png")])
def test_an_old_address_is_no_file(site: Site, lines: Lines, alias: str, file: str) -> None:
    """What is told is the old address, and not the file that is in its place."""
    site.write(f"content/{file}", png() if file.endswith("png") else "%PDF-1.4\n")
    site.write("webinars/a.md", event(f"aliases: [{alias}]\n"))
    assert site.run("check") == 1
    (line,) = [one for one in lines() if "git-missing" not in one]
    assert line.startswith("webinars/a.md:4:11: error[duplicate-address]")
    assert f"content/{file}" in line
    assert "choisissez une autre adresse" in line


# Folders that are written to.


@pytest.mark.large
def test_a_folder_of_another_is_not_replaced(
    site: Site, capsys: pytest.CaptureFixture[str]
) -> None:
    site.write("webinars/a.md", event())
    out = site.root / "public"
    for name in ("404.html", "sitemap.xml", "index.html"):
        site.write(f"public/{name}", "x")
    for command, option in (("build", "-d"), ("compile", "-o")):
        assert site.run(command, option, str(out)) == 2
        assert "public" in capsys.readouterr().err
        assert site.run(command, option, str(site.root / "webinars")) == 2
        assert site.run(command, option, str(site.root / "webinars/x")) == 2
    assert (out / "index.html").read_text() == "x"
    assert (site.root / "webinars/a.md").is_file()
    built = site.build()
    assert site.run("compile", "-o", str(built)) == 2
    assert (built / "index.html").is_file()
    assert site.run("compile", "-o", str(site.root / "tree")) == 0
    assert site.run("build", "-d", str(site.root / "tree")) == 2


@pytest.mark.parametrize("command", ["compile", "build"])
def test_a_folder_that_nobody_may_look_into_is_told(
    site: Site, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, command: str
) -> None:
    (site.root / "made").mkdir()
    iterdir = Path.iterdir

    def refused(folder: Path) -> Iterator[Path]:
        if folder.name == "made":
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(folder))
        return iterdir(folder)

    monkeypatch.setattr(Path, "iterdir", refused)
    option = "-o" if command == "compile" else "-d"
    assert site.run(command, option, str(site.root / "made")) == 1
    said = capsys.readouterr().err
    assert "made" in said
    assert "PermissionError" not in said


@pytest.mark.parametrize("command", ["compile", "build"])
def test_what_git_keeps_is_no_place_for_a_site(
    site: Site, capsys: pytest.CaptureFixture[str], command: str
) -> None:
    site.commit()
    option = "-o" if command == "compile" else "-d"
    for name in (".git", ".git/site"):
        assert site.run(command, option, str(site.root / name)) == 2
        assert ".git" in capsys.readouterr().err
    assert not (site.root / ".git/site").exists()


@pytest.mark.large
def test_what_a_host_added_is_kept(site: Site) -> None:
    site.write("webinars/a.md", event())
    built, tree = site.root / "site", site.root / "tree"
    for command, option, folder in (("build", "-d", built), ("compile", "-o", tree)):
        assert site.run(command, option, str(folder)) == 0
        (folder / "CNAME").write_text("petit.example")
        (folder / ".git").write_text("gitdir: elsewhere")
        (folder / "gone.txt").write_text("x")
        assert site.run(command, option, str(folder)) == 0
        assert (folder / "CNAME").read_text() == "petit.example"
        assert (folder / ".git").is_file()
        assert not (folder / "gone.txt").exists()
    site.write("content/CNAME", "autre.example")
    assert (site.build() / "CNAME").read_text() == "autre.example"


@pytest.mark.large
def test_a_build_that_was_killed_is_put_right(site: Site) -> None:
    from parcours.engine import target

    site.write("webinars/a.md", event())
    out = site.build()
    kept = {path.name for path in site.root.iterdir()}
    with target.beside(site.root, out) as new:
        works = new.parent
    works.mkdir(parents=True)
    (works / "999999999-x").mkdir()
    (works / "999999999-x/index.html").write_text("half")
    out.rename(works / "before")
    site.write("webinars/b.md", event("duration: 0\n"))
    assert site.run("build", "-d", str(out)) == 1
    assert (out / "comptoirs/a/index.html").is_file()
    assert not works.exists()
    assert {path.name for path in site.root.iterdir()} == kept
    assert works.is_relative_to(site.root / ".cache/parcours")


def test_a_full_disk_is_told(
    site: Site, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(self: Tree, name: str, folder: Path) -> None:
        raise OSError(28, "No space left on device", str(folder / name))

    monkeypatch.setattr(Tree, "put", full)
    assert site.run("compile", "-o", str(site.root / "tree")) == 1
    assert "le disque est plein" in capsys.readouterr().err


@pytest.mark.large
def test_a_cache_that_leads_elsewhere_is_left_alone(site: Site, tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (site.root / ".cache").symlink_to(elsewhere)
    site.write("webinars/a.md", event())
    site.build()
    assert list(elsewhere.iterdir()) == []


# The preview, and what nothing has words for.


@pytest.mark.parametrize("port", ["99999", "busy"])
def test_a_port_that_cannot_be_had_is_told(
    site: Site, capsys: pytest.CaptureFixture[str], port: str
) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        number = taken.getsockname()[1] if port == "busy" else port
        assert site.run("serve", "-a", f"127.0.0.1:{number}") == 1
    said = capsys.readouterr().err
    assert f"127.0.0.1:{number}" in said
    # Another one is proposed, which is free.
    (proposed,) = re.findall(r"-a 127\.0\.0\.1:(\d+)", said)
    assert proposed != str(number)
    assert "Traceback" not in said


def test_a_rebuild_that_fails_is_told_in_words(site: Site) -> None:
    from mkdocs.exceptions import Abort, ConfigurationError

    from parcours.engine.opening import open_config

    opened = open_config(site.root / "mkdocs.yml")
    for error in (ConfigurationError("mkdocs.yml is broken"), ValueError("x")):

        def broken(error: Exception = error) -> None:
            raise error

        with pytest.raises(Abort, match=str(error)):
            opened.plugin._rebuild(broken, opened.config)


def test_what_is_left_becomes_one_line(
    site: Site, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    from parcours.sources import readings

    def broken(*arguments: object, **named: object) -> None:
        raise ZeroDivisionError("by nothing")

    # What was read before, in this process, is not read again.
    site.write("webinars/a.md", event() + "\nLu une seule fois.\n")
    monkeypatch.setattr(readings, "split_source", broken)
    assert site.run("check") == 1
    said = capsys.readouterr().err.strip()
    assert said.startswith("webinars/a.md")
    assert "ZeroDivisionError" in said
    assert "\n" not in said
    monkeypatch.setenv("PARCOURS_DEBUG", "1")
    assert site.run("check") == 1
    assert "Traceback" in capsys.readouterr().err


@pytest.mark.large
@pytest.mark.parametrize(
    ("name", "text", "line"),
    [
        ("own/main.html", '{% extends "base.html" %}\n{% block x %}\n', 2),
        ("own/main.html", '{% extends "base.html" %}\n\n{% block x %}{{ a.b.c }}{% endblock %}', 3),
        ("own/partials/header.html", "\n{{ nobody.knows.it }}", 2),
        ("hook.py", "import nobody_knows_it\n", 1),
        ("hook.py", "\ndef on_page_markdown(text, **named):\n    return 1 / 0\n", 3),
    ],
)
def test_what_stops_in_a_file_of_the_site_s_own_is_told_there(
    smallest: Site, capsys: pytest.CaptureFixture[str], name: str, text: str, line: int
) -> None:
    config = (smallest.root / "mkdocs.yml").read_text("utf-8")
    config = config.replace("{name: material", "{name: material, custom_dir: own")
    smallest.write("own/.gitkeep", "")
    smallest.write("hook.py", "")
    smallest.write("mkdocs.yml", f"{config}hooks: [hook.py]\n")
    if "block x" in text:
        text = text.replace("block x", "block content")
    smallest.write(name, text)
    assert smallest.run("build") == 1
    said = capsys.readouterr().err.strip().splitlines()[-1]
    assert re.match(rf"{re.escape(name)}:{line}\s*:", said)
    assert "fault of Parcours" not in said


@pytest.mark.parametrize(
    ("line", "place"),
    [
        ("markdown_extensions: [nobody_knows_it]", 22),
        ("markdown_extensions: [{}]", 22),
        ("nav: ''", 6),
        ("extra_css: 3", 12),
        ("watch: {a: 1}", 8),
        ("use_directory_urls: perhaps", 21),
        ("dev_addr: a:b:c", 11),
        ("theme: {name: [[]]}", 8),
        ("theme: {name: material, custom_dir: nowhere}", 8),
        ("plugins: [parcours, nobody_knows_it]", 10),
    ],
)
def test_what_the_engine_refuses_is_told_where_it_stands(
    smallest: Site, lines: Lines, line: str, place: int
) -> None:
    config = (smallest.root / "mkdocs.yml").read_text("utf-8")
    key = line.partition(":")[0]
    kept = re.sub(rf"(?m)^{key}:.*\n(?:[ -].*\n)*", "", config)
    smallest.write("mkdocs.yml", f"{kept}{line}\n")
    told = kept.count("\n") + 1
    assert smallest.run("check") == 1
    found = [one for one in lines() if "error[" in one]
    assert [one.partition(" error")[0] for one in found] == [f"mkdocs.yml:{told}:{place}:"]
    assert re.search(rf" {key}\s: MkDocs", found[0])


# What a source may name.


@pytest.mark.parametrize(
    "name",
    ["../../README.md", "../../.github/x.md", "../../notes/x.md", "../b/index.md",
     "../../content/data/people/x.md", "../../voyages/x.md", "../../content/index.md"],
)  # fmt: skip
def test_a_source_publishes_its_own_files(site: Site, lines: Lines, name: str) -> None:
    replay = f"replay: {{video: 'https://youtu.be/abcdefghijk', transcript: {name}}}\n"
    past = event(replay).replace("2026-12-03", "2026-10-01")
    site.write("webinars/b/index.md", event())
    if not (site.root / "webinars/a" / name).exists():
        site.write(f"webinars/a/{name}", "Secret.\n")
    site.write("webinars/a/index.md", past)
    assert site.run("check") == 1
    assert [x for x in lines() if x.startswith("webinars/a/index.md") and "error[" in x]


def test_a_source_names_what_lies_beside_it_and_assets(site: Site) -> None:
    site.write("content/assets/photo.png", png())
    site.write("webinars/a/plan/photo.png", png())
    front = "image: {src: ../../content/assets/photo.png, alt: Une image}\n"
    site.write("webinars/a/index.md", event(front, "![b](plan/photo.png)"))
    assert site.run("check") == 0


def test_links_are_refused_by_where_they_lead(site: Site, lines: Lines, tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "a.md").write_text(event())
    (site.root / "webinars").rmdir()
    (site.root / "webinars").symlink_to(outside)
    (site.root / "content/b").symlink_to(outside)
    (site.root / "content/data").mkdir()
    (site.root / "content/data/themes").symlink_to(outside)
    (site.root / "voyages/c.md").symlink_to(outside / "a.md")
    names = ("webinars", "content/b", "content/data/themes", "voyages/c.md")
    told(site, lines, *(f"{name}: outside-path".replace(": ", ": ") for name in names))


def test_a_source_lends_nothing_of_another_folder(site: Site, lines: Lines) -> None:
    site.write("voyages/sous-titres.vtt", "WEBVTT\n\n00:01.000 --> 00:02.000\nUn\n")
    replay = "replay: {video: https://v.example/a, captions: ../voyages/sous-titres.vtt}\n"
    site.write("webinars/a.md", f"---\ntitle: A\nstart: 2026-11-05 12:30\n{replay}---\n")
    told(site, lines, "webinars/a.md:4 foreign-file")


def test_a_text_that_takes_too_long_to_render_is_told(site: Site, lines: Lines) -> None:
    site.write("content/p.md", "# P\n\n" + "Des mots. " * 31_000)
    told(site, lines, "content/p.md: too-long-text")


# Other plugins of an existing site.

BLOG = """\
site_name: Small site
site_url: https://small.example/x/
docs_dir: docs
theme: {name: material}
plugins: [search, tags, blog, parcours: {timezone: Europe/Lisbon, uid_domain: small.example}]
"""


@pytest.mark.large
def test_a_site_with_a_blog_is_built(smallest: Site, lines: Lines) -> None:
    smallest.write("mkdocs.yml", BLOG)
    smallest.write("docs/index.md", "# Hello\n")
    smallest.write("docs/blog/index.md", "# Blog\n")
    head = "title: A </title><script>alert(1)</script>\ndate: 2026-01-02\ncategories: [a]\n"
    body = "# Post\n\nText\n\n<!-- more -->\n\nMore.\n"
    smallest.write("docs/blog/posts/one.md", f"---\n{head}tags: [b]\npin: true\n---\n{body}")
    smallest.commit()
    out = smallest.build()
    (post,) = (out / "blog/2026").rglob("index.html")
    for page in (post, out / "blog/index.html"):
        text = page.read_text("utf-8")
        assert "Text" in text
        assert "<script>alert" not in text
    assert (out / "blog/category/a/index.html").is_file()
    smallest.run("check")
    assert [line for line in lines() if "docs/blog" in line] == []


@pytest.mark.sampled
@pytest.mark.large
@pytest.mark.parametrize(
    ("command", "more"),
    [(("check", "--no-cache"), ""), (("why", "blog/"), ""), (("check",), "extra: 3\n")],
    ids=["checked", "asked about", "refused"],
)
def test_a_blog_leaves_no_folder_behind(
    smallest: Site, tmp_path: Path, command: tuple[str, ...], more: str
) -> None:
    smallest.write("mkdocs.yml", BLOG + more)
    smallest.write("docs/index.md", "# Hello\n")
    smallest.write("docs/blog/index.md", "# Blog\n")
    made = tmp_path / "made"
    made.mkdir()
    subprocess.run(
        [sys.executable, "-m", "parcours.cli", *command, "-f", str(smallest.root / "mkdocs.yml")],
        env={**os.environ, "TMPDIR": str(made)},
        capture_output=True,
        check=False,
    )
    assert list(made.iterdir()) == []


@pytest.mark.large
def test_a_blog_may_be_the_home_page(smallest: Site) -> None:
    smallest.write("mkdocs.yml", BLOG.replace("blog,", "blog: {blog_dir: .},"))
    smallest.write("docs/index.md", "# Hello\n")
    smallest.write("docs/posts/one.md", "---\ndate: 2026-01-02\n---\n# One\n\nText\n")
    head = "---\ntitle: Meeting\nstart: 2026-12-03 12:30\nend: 2026-12-03 13:00\n---\n"
    smallest.write("webinars/one.md", head)
    home = (smallest.build() / "index.html").read_text("utf-8")
    assert "2026/01/02/one/" in home
    assert "pc-home-next" in home


@pytest.mark.parametrize(
    ("options", "there", "gone"),
    [
        (
            "",
            ["2026/01/02/one", "archive/2026", "category/a", "page/2", "archive/2026/page/2"],
            "2026/b",
        ),
        ("post_url_format: 'p/{slug}', ", ["p/one"], "2026/01/02/one"),
        ("post_url_date_format: yyyy/MMMM, ", ["2026/january/one"], "yyyy/january/one"),
        ("post_url_format: '{categories}/{file}', ", ["a/one"], "one"),
        ("archive_url_format: 'all/{date}', ", ["all/2026"], "archive/2026"),
        ("blog_dir: news, ", ["news/2026/01/02/one", "news"], "new/one"),
    ],
)
def test_links_to_what_a_blog_makes_are_known(
    smallest: Site, lines: Lines, options: str, there: list[str], gone: str
) -> None:
    said = options if "blog_dir" in options else f"{options}blog_dir: ., "
    smallest.write("mkdocs.yml", BLOG.replace("blog,", f"blog: {{{said.strip(', ')}}},"))
    smallest.write("docs/index.md", "# Hello\n")
    text = "\n\n".join(f"[a](https://small.example/x/{one}/)" for one in [*there, gone])
    head = "---\ntitle: Meeting\nstart: 2026-12-03 12:30\nend: 2026-12-03 13:00\n---\n"
    last = 2 * len(there)
    for name, before in (("docs/page.md", "# Page\n\n"), ("webinars/one.md", head)):
        file = smallest.write(name, f"{before}{text}\n")
        assert smallest.run("check") == 1
        dead = [line.split(":", 2)[:2] for line in lines() if "[dead-link]" in line]
        assert dead == [[name, str(before.count("\n") + 1 + last)]]
        file.unlink()
        smallest.write("webinars/one.md", head)


@pytest.mark.large
def test_what_a_blog_shows_of_posts_is_passive_too(smallest: Site) -> None:
    smallest.write("mkdocs.yml", BLOG)
    smallest.write("docs/index.md", "# Hello\n")
    smallest.write("docs/blog/index.md", "# Blog\n")
    Image.new("RGB", (30, 20)).save(smallest.write("docs/a.png", b""), "PNG")
    body = '![far](https://else.example/a.png) <img src="../../a.png" alt="near">\n'
    smallest.write("docs/blog/posts/one.md", f"---\ndate: 2026-01-02\n---\n# One\n\n{body}")
    out = smallest.build()
    text = (out / "blog/index.html").read_text("utf-8")
    assert "else.example" not in text
    assert '<img src="../a.png" alt="near"' in text


@pytest.mark.large
def test_posts_of_a_blog_are_found_where_they_went_and_drafts_are_not(smallest: Site) -> None:
    smallest.write("mkdocs.yml", BLOG)
    smallest.write("docs/index.md", "# Hello\n")
    smallest.write("docs/blog/index.md", "# Blog\n")
    smallest.write("docs/blog/posts/one.md", "---\ndate: 2026-01-02\n---\n# One\n\nFindable.\n")
    draft = "---\ndate: 2026-01-03\ndraft: true\nsearch: {boost: 2}\n---\n# Two\n\nUnheard.\n"
    smallest.write("docs/blog/posts/two.md", draft)
    head = "---\ntitle: T\nstart: 2026-12-03 12:30\nend: 2026-12-03 13:00\n---\n"
    smallest.write("webinars/one.md", f"{head}[post](../docs/blog/posts/one.md)\n")
    out = smallest.build()
    index = "".join(one.read_text("utf-8") for one in (out / "assets/search").glob("*.json"))
    assert "blog/posts/one/" in index
    assert "Unheard" not in index
    assert "blog/posts/two" not in index
    way = (out / "blog/posts/one/index.html").read_text("utf-8")
    assert 'url=../../../blog/2026/01/02/one/"' in way
    assert not (out / "blog/posts/two").exists()
    assert "blog/posts/one" not in (out / "sitemap.xml").read_text("utf-8")


def test_a_plugin_that_cannot_go_along_is_told(smallest: Site, lines: Lines) -> None:
    from mkdocs.plugins import BasePlugin

    from parcours.engine.config import read_config
    from parcours.engine.opening import open_config

    opened = open_config(smallest.root / "mkdocs.yml")
    opened.config.plugins["i18n"] = BasePlugin()
    problems = Problems()
    read_config(opened.config, opened.plugin.options, problems)
    assert [one.code for one in problems.sorted() if one.severity == "error"] == ["config"]


# Found by pumping what each pattern, parser and loop begins to read.

PAGES = {
    "controls": "\x01" * 400_000,
    "references": f"# &#{'1' * 5_000}; a\n",
    "marks": "a" + "\u0315\u0300" * 50_000,
    "headings of lines": "---\na: b\n" * 20_000,
    "open tags": "".join(f"<b id=a{n}>\n\n" for n in range(6_000)) + "<p>\n\n" * 6_000,
    "attributes of a tag": f"<a {' '.join(f'a{n:x}' for n in range(45_000))}>x</a>",
    "footnotes": "".join(f"[^{n}]\n\n[^{n}]: a\n\n" for n in range(9_000)),
    "braces of a heading": "# a " + "{: " * 40_000,
    "spaces of a heading": f"# a{' ' * 200_000}b",
    "escapes": "\\" * 200_000,
    "emphasis": "**a*" * 60_000,
    "unclosed tags": "<a\n\n" * 40_000,
    "alignment": f'<table><tr><td style="text-align: left{" " * 200_000}x">a</td></tr></table>',
    "items": "1. a\n" * 10_000,
    "empty elements": "x<div></div>\n\n" + "<div></div>\n\n" * 5_000,
    "dead links": "".join(f"[a](b{n})\n\n" for n in range(3_000)),
    "comment in a flow": f"---\ntags: [{'🙂,' * 9_000}]{' ' * 800_000}\n---\n",
    "comment of an alias": f"---\ntitle: &a x # {'🙂' * 100_000}\ntags: [{'*a,' * 9_000}]\n---\n",
    "key of an alias": f"---\ntitle: &a {{'{'é' * 400_000}': x}}\ntags: [{'*a,' * 4_000}]\n---\n",
}
BODY_ALONE = {"comment in a flow", "comment of an alias", "key of an alias"}


@pytest.mark.sampled
@pytest.mark.large
@pytest.mark.parametrize("name", PAGES)
def test_what_was_slow_is_told_or_shown(site: Site, name: str) -> None:
    site.write("content/a.md", PAGES[name])
    if name not in BODY_ALONE:
        site.write("webinars/a.md", event("", PAGES[name]))
    with at_most(10):
        assert site.run("check") in {0, 1}


@pytest.mark.large
@pytest.mark.parametrize("key", ["status", "hosts", "language", "duration"])
def test_a_message_repeats_little_of_whatever_stands_where_a_value_should(
    site: Site, lines: Lines, key: str
) -> None:
    for value in (f"[{'a, ' * 1_000}]", f"{{{', '.join(f'a{n}: b' for n in range(1_000))}}}"):
        site.write(
            "webinars/a.md", f"---\ntitle: T\nstart: 2026-12-03 12:30\n{key}: {value}\n---\n"
        )
        assert site.run("check") == 1
        assert max(map(len, lines())) < 3 * LONGEST


def test_of_a_long_line_only_what_is_shown_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each of very many problems of one line would read the whole of it again."""
    read: list[str] = []

    def printable(text: str) -> str:
        read.append(text)
        return text

    monkeypatch.setattr(excerpts, "printable", printable)
    (tmp_path / "a.md").write_text("a" * 1_000 + "\t\x01" + "b" * 400_000 + "   \n", "utf-8")
    found = Problem(code="empty", mark=Mark("a.md", 1, 1_002), params={"field": "x"})
    told = excerpts.Excerpts(tmp_path).told(found, translator("fr")).splitlines()
    assert told[1].startswith("    1 | …aaa")
    assert told[1].index("\x01") == told[2].index("^")
    assert [len(one) for one in read] == [excerpts.WIDTH]


@pytest.mark.large
def test_marks_beyond_number_are_parted() -> None:
    marks = "\u0315\u0300"
    for form in ("NFC", "NFD", "NFKC", "NFKD"):
        assert normal(form, "Évre\u0301 \u0f73") == unicodedata.normalize(form, "Évre\u0301 \u0f73")
    for long in ("a" + marks * 100_000, "\u0f73" * 100_000, "\uff9e\u0301" * 100_000):
        with at_most(3):
            made = normal("NFD", long)
            assert normal("NFC", made)
        assert len(re.sub(JOINER, "", made)) >= len(long)


def test_only_one_module_asks_for_normal_forms() -> None:
    files = Path(parcours.__file__).parent.rglob("*.py")
    asking = [path.name for path in files if "unicodedata.normalize(" in path.read_text("utf-8")]
    assert asking == ["letters.py"]


DISK = re.compile(r"\.(?:is_dir|is_file|exists|iterdir|rglob)\(")


def test_sources_ask_the_disk_by_the_ways_that_tell() -> None:
    """A name too long, or a folder that is closed, raises from most of what Path can do."""
    folder = Path(parcours.__file__).parent / "sources"
    for path in sorted(folder.rglob("*.py")):
        if path.name not in {"files.py", "walk.py"}:
            assert not DISK.findall(path.read_text("utf-8")), path


MORE_CAPTIONS = {
    "tags before a voice": "<" * 200_000 + "<v a>x",
    "open tags": "<v a>x" + "<i " * 100_000,
    "voices": "<v a>b" * 100_000,
    "references": f"&#{'1' * 5_000};",
}


@pytest.mark.large
@pytest.mark.parametrize("name", MORE_CAPTIONS)
def test_captions_are_read_once(site: Site, name: str) -> None:
    text = f"WEBVTT\n\n00:00:01.000 --> 00:00:02.000\n{MORE_CAPTIONS[name]}\n"
    site.write("a.vtt", text)
    with at_most(3):
        read_captions(site.root, "a.vtt", Problems())


def test_a_tag_of_captions_is_that_of_browsers(site: Site) -> None:
    said = "a < b <v.x Ana>un <i>deux</i> <v <b> trois <v Zoé> quatre <v"
    site.write("a.vtt", f"WEBVTT\n\n00:01.000 --> 00:02.000\n{said}\n")
    found = read_captions(site.root, "a.vtt", Problems())
    assert found is not None
    told = [(one.voice, one.text) for one in found.paragraphs]
    assert told == [("", "a un deux"), ("<b", "trois"), ("Zoé", "quatre <v")]


LAUGHS = "".join(
    f"x{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]\n" if n else "x0: &a0 [1, 1]\n"
    for n in range(10)
)


@pytest.mark.parametrize(
    "extra", [f"extra:\n  {LAUGHS.replace(chr(10), chr(10) + '  ')}\n", "extra: &a [*a]\n",
              "nav: &a {b: *a}\n"]
)  # fmt: skip
def test_aliases_of_a_configuration_are_not_followed(site: Site, lines: Lines, extra: str) -> None:
    with (site.root / "mkdocs.yml").open("a") as file:
        file.write(extra)
    with at_most(3):
        told(site, lines, "mkdocs.yml:1:1: yaml-too-large")


def test_options_that_multiply_are_not_written_out(site: Site, lines: Lines) -> None:
    options = "".join(f"      {line}\n" for line in LAUGHS.splitlines())
    with (site.root / "mkdocs.yml").open("a") as file:
        file.write(options)
    with at_most(3):
        told(site, lines, "mkdocs.yml:1:1: yaml-too-large")


DRAWINGS = {
    "instructions": "<?a?>" * 100_000,
    "attributes": "<g " + "".join(f"a{n}='1' " for n in range(100_000)) + "/>",
    "styles": "<style>" * 20 + "a<?b?>" * 100_000 + "</style>" * 20,
}


@pytest.mark.parametrize("name", DRAWINGS)
def test_a_drawing_is_read_once(site: Site, lines: Lines, name: str) -> None:
    text = f'<svg xmlns="http://www.w3.org/2000/svg">{DRAWINGS[name]}</svg>'
    site.write("content/a.svg", text)
    with at_most(6):
        assert site.run("check") == 1
    assert [line for line in lines() if line.startswith("content/a.svg:1:")]


def test_what_stands_before_and_after_a_drawing_is_looked_at(site: Site, lines: Lines) -> None:
    site.write("content/a.svg", '<?a?><svg xmlns="http://www.w3.org/2000/svg"/><?b?>')
    assert site.run("check") == 1
    said = [line for line in lines() if "[active-svg]" in line]
    assert len(said) == 2


@pytest.mark.large
def test_of_many_faults_alike_the_first_are_told(site: Site, lines: Lines) -> None:
    site.write("webinars/a.md", event("".join(f"k{n}: x\n" for n in range(500))))
    told(site, lines, "webinars/a.md:1:1: more-alike")
    assert site.run("check") == 1
    assert len([line for line in lines() if "error[unknown-key]" in line]) == 100


def test_a_message_repeats_no_long_text(site: Site, lines: Lines) -> None:
    long = "1" * 49_000
    front = f"duration: {long}\nthemes: [{long}]\n{'k' * 900}: x\nonline: http://{long}\n"
    site.write("webinars/a.md", event(front))
    assert site.run("check") == 1
    printed = lines()
    assert len([line for line in printed if line.startswith("webinars/a.md")]) >= 4
    assert all(len(line) < 1_500 for line in printed)


def test_a_list_that_begins_with_no_number_is_read(site: Site) -> None:
    for start in ("x", "9" * 5_000, "-2", "٣", ""):
        site.write("webinars/a.md", event("", f'<ol start="{start}"><li>a</li><li>b</li></ol>'))
        assert site.run("check") == 0


@pytest.mark.regions
def test_parallels_that_make_no_cone_are_told(site: Site, lines: Lines) -> None:
    config = (site.root / "mkdocs.yml").read_text("utf-8")
    site.write("mkdocs.yml", config.replace("territories: france", "map: map.json"))
    region = '{"code": "A", "x": 1, "y": 2, "d": "M0 0L9 9L0 9Z"}'
    for first, second in (("89.95", "89.99"), ("-45", "45.0000001"), ("90", "1")):
        projection = f'"type": "lcc", "lat1": {first}, "lat2": {second}, "lat0": 4, "lon0": 2'
        site.write(
            "content/data/map.json",
            f'{{"width": 9, "height": 9, "projection": {{{projection}, "scale": 1}}, '
            f'"regions": [{region}]}}',
        )
        told(site, lines, "content/data/map.json:1 bad-value")
    assert Lambert(45.0, 45.000000000001, 45.0, 0.0).project(45.0, 0.0) == (0.0, 0.0)


def test_a_site_that_is_a_file_is_told(site: Site, capsys: pytest.CaptureFixture[str]) -> None:
    site.write("site", "x")
    from mkdocs.commands.build import build
    from mkdocs.config import load_config
    from mkdocs.exceptions import Abort

    with pytest.raises(Abort, match="site"):
        build(load_config(str(site.root / "mkdocs.yml")))
    assert (site.root / "site").read_text() == "x"


def _write(tree: Tree, folder: Path) -> None:
    tree.clear(folder)
    for name, _ in tree:
        tree.put(name, folder)


def test_what_was_a_folder_becomes_a_file(tmp_path: Path) -> None:

    out, elsewhere = tmp_path / "out", tmp_path / "elsewhere"
    elsewhere.mkdir()
    first, second = Tree(), Tree()
    first.add("a/b", b"1")
    second.add("a", b"2")
    second.add("c/d", b"3")
    _write(first, out)
    (out / "c").symlink_to(elsewhere)
    _write(second, out)
    assert (out / "a").read_bytes() == b"2"
    assert (out / "c/d").read_bytes() == b"3"
    assert list(elsewhere.iterdir()) == []


def test_names_too_long_are_told_on_the_command_line(
    site: Site, capsys: pytest.CaptureFixture[str]
) -> None:
    long = "a" * 300
    for arguments in (
        ["check", long],
        ["check", "-f", long],
        ["check", "-f", f"{long}/mkdocs.yml"],
    ):
        assert main(arguments) == 2
        said = capsys.readouterr()
        assert long in said.err + said.out
        assert "PARCOURS_DEBUG" not in said.err


def test_a_disk_that_is_full_is_told_by_what_is_written(site: Site) -> None:
    from parcours.engine.opening import Unwritable

    error = OSError(28, "No space left on device", "theme/a.js", None, str(site.root / "site/a.js"))
    assert Unwritable(error, site.root).place.endswith("site/a.js")


def test_marks_are_parted_for_those_who_sort_them_in_a_browser(site: Site) -> None:
    site.write("webinars/a.md", event("", f"a{'&#x315;&#x300;' * 500}"))
    out = site.compile()
    page = (out / "comptoirs/a.md").read_text("utf-8")
    longest = max(len(run) for run in re.findall("[\u0300\u0315]+", page))
    assert longest <= MOST_MARKS


@pytest.mark.parametrize(
    "text",
    [
        "registration: {a: 1, b  c}",
        "registration: {state: open, 'b\tc'}",
        "image: http://[x/a.png",
        "image: https://[::1/a.png",
        "replay: {captions: 'https://[x/a.vtt'}",
        "registration: {url: '//[x/a'}",
        "online: http://[x",
        "url: http://[x/",
        "links: [http://[x/y.pdf, 'https://[x/y.pdf']",
        "hosts: ['http://[x/y']",
        "replay: http://[x/y.mp4",
    ],
)
def test_an_odd_word_is_told_at_its_line(smallest: Site, lines: Lines, text: str) -> None:
    head = "title: Meeting\nstart: 2026-12-03 12:30\nend: 2026-12-03 13:00\n"
    smallest.write("webinars/one.md", f"---\n{head}{text}\n---\n")
    assert smallest.run("check") == 1
    assert any(line.startswith("webinars/one.md:5:") for line in lines())


THEMED = BLOG.replace("{name: material}", "{name: material, custom_dir: own}")


@pytest.mark.parametrize("there", ["/", "..", "../beside"])
def test_templates_outside_of_the_site_are_told_and_not_walked(
    smallest: Site, lines: Lines, monkeypatch: pytest.MonkeyPatch, there: str
) -> None:
    smallest.write("mkdocs.yml", THEMED.replace("blog, ", ""))
    smallest.write("docs/index.md", "# Hello\n")
    (smallest.root.parent / "beside").mkdir()
    (smallest.root / "own").symlink_to(there)
    walked: list[Path] = []

    def rglob(path: Path, pattern: str) -> list[Path]:
        walked.append(path)
        return []

    monkeypatch.setattr(Path, "rglob", rglob)
    assert smallest.run("check") == 1
    (told,) = [line for line in lines() if "[outside-path]" in line]
    assert told.startswith("mkdocs.yml:4:")
    assert "theme.custom_dir" in told
    assert walked == []


def test_templates_that_cannot_be_opened_are_told(
    smallest: Site, lines: Lines, monkeypatch: pytest.MonkeyPatch
) -> None:
    smallest.write("mkdocs.yml", THEMED.replace("blog, ", ""))
    smallest.write("docs/index.md", "# Hello\n")
    own = smallest.write("own/main.html", "{% extends 'base.html' %}").parent

    def stat(path: Path, *, follow_symlinks: bool = True) -> os.stat_result:
        if path.is_relative_to(own) and path != own:
            raise PermissionError(errno.EACCES, "closed", str(path))
        return stated(path, follow_symlinks=follow_symlinks)

    # Whoever runs the tests may be root, to whom nothing is closed.
    stated, allowed = Path.stat, os.access
    monkeypatch.setattr(Path, "stat", stat)
    monkeypatch.setattr(os, "access", lambda path, mode: Path(path) != own and allowed(path, mode))
    assert smallest.run("check") == 1
    (told,) = [line for line in lines() if "[unreadable-file]" in line]
    assert told.startswith("mkdocs.yml:4:")


@pytest.mark.parametrize("command", ["check", "compile"])
def test_a_site_without_an_address_is_told_of_that_alone(
    site: Site, capsys: pytest.CaptureFixture[str], command: str
) -> None:
    """Its subscriptions have no address either: what draws them goes on."""
    text = FRENCH.replace("site_url: https://petit.example/x/\n", "")
    site.write("mkdocs.yml", text + "        reunions: {kind: meeting, folder: reunions}\n")
    site.write("reunions/a.md", "---\ntitle: A\nstart: 2026-12-03 12:30\n---\nTexte.\n")
    out = ["-o", str(site.root / "out")] if command == "compile" else []
    assert site.run(command, *out) == 1
    told = "".join(capsys.readouterr())
    assert "error[site-url]" in told
    assert "PARCOURS_DEBUG" not in told

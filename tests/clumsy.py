"""Damage what a site reads, and hear what is said of it: words, never a traceback.

``python -m tests.clumsy N SEED`` tries N damaged things of every kind, each command in a process
of its own, and prints what fell over, how many there were of each kind, and the slowest answer.
``python -m tests.clumsy N SEED KIND…`` tries those kinds alone.
"""

from __future__ import annotations

import contextlib
import hashlib
import io
import os
import re
import resource
import shutil
import signal
import sys
import tempfile
import traceback
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from random import Random
from typing import TextIO

from PIL import Image

from .conftest import NOW, REGIONS, ROOT, Site

TOGETHER = 40
"""Damaged files in one site."""

SECONDS = 10
"""Of processor, for an answer; as many again for each build that goes before it."""

MEMORY = 4 << 30
"""Octets that an answer may take."""

LONGEST = 3_000
"""Characters of a line that somebody reads."""

EVENT = (
    "---\ntitle: Un\nstart: 2026-10-01 12:30\nimage: {{src: i{n}.{image}, alt: a}}\n"
    "themes: [t{n}]\nreplay: {{video: 'https://youtu.be/abcdefghijk', captions: f{n}.vtt, "
    "transcript: w{n}.txt, slides: p{n}.pdf, chapters: [{{at: '0:00', title: A}}]}}\n"
    "---\n# A\n\n- [a](i{n}.png) <b>x</b>\n\n| a | b |\n|---|---|\n| `c` | d |\n"
)
VTT = (
    "WEBVTT\n\nNOTE x\n\n1\n00:00:01.000 --> 00:00:02.000 line:0\n<v.a B>Bonjour</v> <i>&amp;</i>\n"
)
SRT = "1\n00:00:01,000 --> 00:00:02,000\nBonjour\n"
SVG = (
    '<?xml version="1.0"?>\n<svg xmlns="http://www.w3.org/2000/svg" width="30" height="20">'
    '<!-- a --><style>.a{fill:red}</style><path d="M0 0L9 9" style="fill:red"/></svg>'
)
MAP = (
    '{"width": 600, "height": 600, "projection": {"type": "lcc", "lat1": 44, "lat2": 49, '
    '"lat0": 46, "lon0": 2, "scale": 1}, "regions": [{"code": "FR-BRE", "x": 1, "y": 2, '
    '"d": "M0 0L9 9L0 9Z", "inset": [1, 2, 3, 4], "lat0": 1, "lon0": 2, "km_par_px": 1}]}'
)
POST = "---\ntitle: P\ndate: 2026-10-01\nauthors: [a]\n---\nUn.\n\n<!-- more -->\n\nDeux.\n"
TEMPLATE = (
    '{% extends "main.html" %}{% block content %}{{ page.content }}{% for a in page.toc %}'
    "{{ a.title | e }}{% endfor %}{{ super() }}{% endblock %}\n"
)
CONFIG = REGIONS.replace("font: false}", "font: false, custom_dir: overrides}")

BITS = (
    b"[", b"{", b": ", b"- ", b"&a ", b"*a", b"<", b'"', b"'", b"\t", b"\0", b"9" * 400, b"#",
    b"!!x ", b"<<: *a\n", b"\xff\xfe", b"\xef\xbb\xbf", b"\r", b"\r\n", b"---\n", b"...\n",
    b"\xe2\x80\xa8", "\u202e\u0301\u0315".encode(), b"{{ x }}", b"{% x %}", b"&#99999999999;",
    b"]", b"}", b"|\n", b"? ", b"<!--", b"-->", b"<![CDATA[", b"$", b"..", b"/", b"\\", b"%", b"~",
    b"null", b"true", b"-1", b"1e999", b"nan", b"2026-02-30", b"25:99", b"\x1b[31m",
    "\ufdd0\uffff".encode(), b"\xed\xa0\x80",
)  # fmt: skip
VALUES = (
    "", "~", "[]", "{}", "[[[[]]]]", "3", "-1", "0", "1e999", "." * 300, "9" * 5_000, "yes",
    "[1, [2, {a: b}]]", "{a: {b: {c: d}}}", "&a [*a]", "*a", "!!python/object:os.system x",
    "!ENV X", "!!binary aGk=", "2026-13-45", "0000-00-00 00:00", "9999-12-31 23:59", "99:99",
    "-1h", "P9999999D", "🙂" * 400, "//[x/", "http://[::1", "../../x", "/etc/passwd", "a/" * 200,
    "nul\\0l", '"\\0"', '"\\ud800"', '"\\uFFFF"', "javascript:a", "data:x", "<script>", "{{ x }}",
    "| \n a", "'", '"', "x #y", "{<<: {a: b}}", "a" * 3_000, "[" * 300, "٣", "²", "\\", "{x}",
    "{0}", "%s", "%", "mailto:a", "Europe/Nowhere", "../Paris", "france", "webinar",
    "e\u0301" * 200, "a" + "\u0301\u0315" * 2_000, "[" + "a, " * 2_000 + "]", "1.5", "1,5", "-0",
)  # fmt: skip
NAMES = (
    b"caf\xe9.md", b"a\nb.md", b"\x1b[31m.md", b"a:b.md", b"-rf.md", b" .md", b".md", b"a.md.md",
    b"..md", b"%2e%2e.md", b"a'b\".md", b"<b>.md", b"{{ x }}.md", b"{x}.md", b"con.md",
    b"a" * 250 + b".md", "é".encode() * 125 + b".md", "e\u0301.md".encode(),
    "\u202egpj.md".encode(), b"a?b#c.md", b"a\\b.md", b"index.md", b"README.md", b"a.MD", b"A.md",
    b"a", b"a.yaml", b"a.yml", b"a.png", b"a.markdown", b"a.md~", "🙂.md".encode(), b"\xff\xfe.png",
    b"a\tb.svg", b"\x7f.vtt", b"a\rb.pdf", b"sitemap.xml", b"404.md", b"assets", b"search",
    b"*.md", b"[a].md", b"$(x).md", b"`x`.md", b"a&b;c.md", b"a.b.c.d.md", b"data",
    "\ufdd0.md".encode(), "\ufeffa.md".encode(), "a\u0301\u0315".encode() * 40 + b".md", b"CNAME",
    b"tags.md",
)  # fmt: skip


@dataclass
class Trial:
    """One site with something damaged in it.

    Attributes:
        n: which of the damaged things this is.
        around: what the environment holds while the command runs.
        user: whose process it is; 0 for our own.
    """

    chance: Random
    site: Site
    n: int = 0
    around: dict[str, str] = field(default_factory=dict)
    user: int = 0

    def write(self, name: str, data: bytes | str) -> Path:
        return self.site.write(name, data)


@cache
def picture(kind: str, size: tuple[int, int] = (30, 20)) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", size, "red").save(out, kind)
    return out.getvalue()


@cache
def examples(*folders: str) -> tuple[bytes, ...]:
    """Real sources: those of the flagship."""
    found = [path for one in folders for path in sorted((ROOT / one).rglob("*"))]
    return tuple(one.read_bytes() for one in found if one.suffix in {".md", ".yml"})


def damage(chance: Random, data: bytes) -> bytes:
    """Cut, repeat, overwrite or mix some of it; or all of it, as another program would save it."""
    way = chance.randrange(12)
    if way == 0:
        return chance.choice(WHOLE)(data)
    if way < 4:
        return revalued(chance, data)
    for _ in range(chance.randrange(1, 5)):
        at, length = chance.randrange(len(data) + 1), chance.randrange(1, 30)
        way = chance.randrange(6)
        if way == 0:
            data = data[:at]
        elif way == 1:
            data = data[:at] + data[at + length :]
        elif way == 2:
            data = data[:at] + chance.randbytes(length) + data[at:]
        elif way == 3:
            data = data[:at] + data[at : at + length] * chance.randrange(2, 40) + data[at:]
        elif way == 4:
            lines = data.split(b"\n")
            lines.insert(chance.randrange(len(lines)), chance.choice(lines))
            data = b"\n".join(lines)
        else:
            data = data[:at] + chance.choice(BITS) + data[at + 1 :]
    return data


WHOLE: tuple[Callable[[bytes], bytes], ...] = (
    lambda data: b"",
    lambda data: b"\xef\xbb\xbf" + data,
    lambda data: data.decode("utf-8", "replace").encode("utf-16"),
    lambda data: data.decode("utf-8", "replace").encode("cp1252", "replace"),
    lambda data: b"\0" * len(data),
    lambda data: data.replace(b"\n", b"\r\n"),
    lambda data: data.replace(b"\n", b"\r"),
    lambda data: b"\n" * 5_000 + data,
    lambda data: data * 50,
    lambda data: data[: len(data) // 2],
    lambda data: data.replace(b"\n", b"\n\n"),
    lambda data: data.replace(b" ", "\u00a0".encode()),
    lambda data: b"\x1f\x8b\x08" + data,
    lambda data: b"[" * 3_000,
    lambda data: b"- " * 25_000,
    lambda data: bytes(reversed(data)),
)

_VALUE = re.compile(rb"((?:^|[{,] *)(?:- )?([\w-]+): ?)([^\n,}]*)", re.MULTILINE)


def revalued(chance: Random, data: bytes) -> bytes:
    """Give keys of YAML values that they do not take, or give them twice, or elsewhere."""
    for _ in range(chance.randrange(1, 4)):
        found = list(_VALUE.finditer(data))
        if not found:
            return data
        one = chance.choice(found)
        value = chance.choice([*VALUES, chance.choice(found)[3].decode("utf-8", "replace")])
        made = one[1] + value.encode("utf-8", "surrogatepass")
        if chance.randrange(6) == 0:
            made = one[0] + b"\n" + one[2] + b": " + value.encode("utf-8", "surrogatepass")
        data = data[: one.start()] + made + data[one.end() :]
    return data


def whole(trial: Trial) -> dict[str, dict[str, bytes]]:
    """Files of each kind that stand together, and are whole: kind → name → content."""
    chance, n = trial.chance, trial.n
    image = chance.choice(("png", "jpg", "webp", "gif", "svg"))
    kinds = {"png": "PNG", "jpg": "JPEG", "webp": "WEBP", "gif": "GIF"}
    drawn = SVG.encode() if image == "svg" else picture(kinds[image])
    data = {
        folder: examples(f"content/data/{folder}")
        for folder in ("themes", "places", "organisations", "people")
    }
    return {
        "event": {f"webinars/e{n}.md": EVENT.format(n=n, image=image).encode()},
        "real event": {f"webinars/r{n}.md": chance.choice(examples("webinars"))},
        "trip": {f"voyages/v{n}.md": chance.choice(examples("voyages"))},
        "session": {
            f"content/mooc/m{n}/index.md": examples("content/mooc")[1],
            f"content/mooc/m{n}/s.md": chance.choice(examples("content/mooc")[2:]),
        },
        "event in YAML": {f"webinars/y{n}.yml": b"title: Y\nstart: 2026-12-03 12:30\n"},
        "captions": {f"webinars/f{n}.vtt": VTT.encode()},
        "transcript": {f"webinars/w{n}.txt": b"0:00 - Un\n\nDeux.\n[1:05] Trois\n"},
        "subtitles": {f"webinars/x{n}.srt": SRT.encode()},
        "picture": {f"webinars/i{n}.{image}": drawn},
        "PDF": {f"webinars/p{n}.pdf": examples_pdf()},
        "page": {f"content/a{n}.md": b"---\ntitle: A\nhide: [toc]\n---\n# A\n\n![a](j.jpg)\n"},
        "real page": {f"content/b{n}.md": chance.choice(examples("content"))},
        "post": {f"content/actualites/p{n}.md": POST.encode()},
        "picture of a page": {f"content/j{n}.jpg": picture("JPEG")},
        "drawing of a page": {f"content/s{n}.svg": SVG.encode()},
        "entity": {
            f"content/data/{folder}/t{n}.yml": chance.choice(data[folder]) for folder in data
        },
        "notice": {
            f"content/data/{name}.yml": (ROOT / f"content/data/{name}.yml").read_bytes()
            for name in ("publisher", "accessibility")
        },
    }


@cache
def examples_pdf() -> bytes:
    return b"".join(path.read_bytes() for path in sorted((ROOT / "webinars").rglob("*.pdf")))


def break_file(kind: str, trial: Trial) -> None:
    """Write the files that stand together, one of them damaged."""
    files = whole(trial)
    for one, named in files.items():
        broken = trial.chance.choice(list(named)) if one == kind else None
        # What one kind refers to is there; other kinds would only take time.
        if one == kind or (kind == "event" or (one in {"captions", "picture"} and kind in _NAMED)):
            for name, data in named.items():
                trial.write(name, damage(trial.chance, data) if name == broken else data)
    if kind in _NAMED and kind != "event":
        for name, data in files["event"].items():
            trial.write(name, data)


_NAMED = frozenset({"event", "captions", "transcript", "picture", "PDF"})


def break_config(trial: Trial) -> None:
    trial.write("mkdocs.yml", damage(trial.chance, CONFIG.encode()))
    if trial.chance.randrange(4) == 0:
        trial.write("mkdocs.yml", damage(trial.chance, (ROOT / "mkdocs.yml").read_bytes()))


def break_map(trial: Trial) -> None:
    trial.write("mkdocs.yml", CONFIG.replace("territories: france", "map: map.json"))
    trial.write("content/data/territories/bre.yml", "name: B\ncode: FR-BRE\n")
    real = sorted((ROOT / "scripts/parcours/data").rglob("*.json"))
    data = trial.chance.choice([MAP.encode(), *(one.read_bytes() for one in real)])
    trial.write("content/data/map.json", damage(trial.chance, data))


HOMES = (
    ".", "webinars", "webinars/d", "voyages", "content", "content/mooc", "content/assets",
    "content/actualites", "content/data", "content/data/themes",
)  # fmt: skip


def break_name(trial: Trial) -> None:
    """A file or folder of a name that few programs write."""
    chance = trial.chance
    folder = chance.choice(HOMES)
    name = chance.choice(NAMES)
    if chance.randrange(4) == 0:
        at = chance.randrange(len(name) + 1)
        name = (
            (name[:at] + chance.choice(BITS)[:20] + name[at:])
            .replace(b"/", b"")
            .replace(b"\0", b"")
        )
    parent = trial.site.root / folder
    if chance.randrange(3) == 0:
        parent /= os.fsdecode(name[:250])
        name = chance.choice((b"index.md", b"a.md", name))
    with contextlib.suppress(OSError):
        parent.mkdir(parents=True, exist_ok=True)
        said = (EVENT.format(n=0, image="png").encode(), b"# A\n", b"name: A\n")
        (parent / os.fsdecode(name)).write_bytes(chance.choice(said))


PLACES = (
    "mkdocs.yml", "webinars", "webinars/e.md", "webinars/d", "webinars/d/index.md", "content",
    "content/a.md", "content/index.md", "content/a.png", "content/assets", "content/data",
    "content/data/themes", "content/data/themes/t.yml", "content/data/publisher.yml",
    "content/actualites", "content/mooc/m", "content/mooc/m/index.md", "voyages", "overrides",
    "overrides/main.html", ".cache", ".cache/parcours", ".cache/parcours/site", "site", "compiled",
    ".git", "content/flux", "content/404.md", "content/agenda.md", "content/comptoirs",
    "content/sitemap.xml", "webinars/i.vtt",
)  # fmt: skip


def break_place(trial: Trial) -> None:
    """Something else where a file or folder is looked for."""
    chance = trial.chance
    path = trial.site.root / chance.choice(PLACES)
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    path.unlink(missing_ok=True)
    path.parent.mkdir(parents=True, exist_ok=True)
    outside = trial.site.root.parent / "outside"
    outside.mkdir(exist_ok=True)
    (outside / "a.md").write_text(EVENT.format(n=0, image="png"))
    way = chance.randrange(10)
    if way == 0:
        os.mkfifo(path)
    elif way == 1:
        path.mkdir()
    elif way == 2:
        path.write_bytes(chance.choice((b"", b"\0", b"x", b"built\n")))
    elif way == 9:
        with contextlib.suppress(OSError):
            deep = path
            for _ in range(30):
                deep = deep / ("d" * 200)
                deep.mkdir(parents=True)
    else:
        root = trial.site.root
        inside = (root, root / ".git", root / "webinars", root / "content/a.md")
        odd = (path.name, "nowhere", "/dev/zero", "/", "..", outside, outside / "a.md")
        targets = [*map(str, odd), *map(str, inside)]
        path.symlink_to(chance.choice(targets))


def close(trial: Trial) -> None:
    """Files and folders that whoever builds may not read, or not write."""
    for path in [trial.site.root, *trial.site.root.rglob("*")]:
        if not path.is_symlink():
            os.chown(path, 65534, 65534)
    path = trial.site.root / trial.chance.choice(PLACES)
    if path.exists():
        path.chmod(trial.chance.choice((0o000, 0o400, 0o500, 0o200, 0o100, 0o300)))
        if trial.chance.randrange(3) == 0:
            os.chown(path, 0, 0)
    trial.user = 65534


GIT_CONFIG = b"[core]\n\tworktree = /\n\tbare = true\n[diff]\n\trenames = x\n[log]\n\tdate = x\n"
DATES = ("1970-01-02T00:00:00Z", "2099-01-01T00:00:00Z", "2026-01-01T00:00:00 +9999")


def break_git(trial: Trial) -> None:
    """Damage one file of the repository, or what it says of itself."""
    chance, git = trial.chance, trial.site.root / ".git"
    way = chance.randrange(10)
    files = [path for path in sorted(git.rglob("*")) if path.is_file()]
    if way == 0:
        shutil.rmtree(git)
        git.write_bytes(damage(chance, b"gitdir: /nowhere/x\n"))
    elif way == 1:
        trial.write(".git/shallow", damage(chance, files[0].read_bytes()[:41]))
    elif way == 2:
        trial.write(".git/objects/info/alternates", damage(chance, b"/nowhere/objects\n../x\n"))
    elif way == 3:
        packed = b"# pack-refs with: peeled\n" + b"a" * 40 + b" refs/heads/main\n"
        trial.write(".git/packed-refs", damage(chance, packed))
    elif way == 4:
        path = git / chance.choice(("HEAD", "config", "index", "refs/heads/main"))
        path.write_bytes(damage(chance, path.read_bytes()))
    elif way == 5:
        shutil.rmtree(git / chance.choice(("objects", "refs", "refs/heads")))
    elif way == 6:
        trial.write(".git/info/grafts", damage(chance, b"a" * 40 + b" " + b"b" * 40 + b"\n"))
        trial.write(".git/config", damage(chance, GIT_CONFIG))
    elif way == 7:
        name = chance.choice((b"\xff.md", b"a\nb.md", b"a\tb.md", "é".encode() * 60 + b".md"))
        with contextlib.suppress(OSError):
            Path(os.fsdecode(os.fsencode(trial.site.root / "webinars") + b"/" + name)).write_text(
                "---\ntitle: A\nstart: 2027-01-07 12:30\n---\n"
            )
        trial.site.git("add", "-A")
        trial.site.git("commit", "-q", "-m", "\udcff", date=chance.choice(DATES))
    else:
        path = chance.choice(files)
        path.chmod(0o644)
        path.write_bytes(damage(chance, path.read_bytes()))


def break_store(trial: Trial) -> None:
    """Damage what is kept between builds."""
    chance = trial.chance
    files = [path for path in sorted((trial.site.root / ".cache").rglob("*")) if path.is_file()]
    other = chance.choice(files).read_bytes()
    for path in chance.sample(files, min(len(files), chance.choice((1, 5, 1_000)))):
        way = chance.randrange(5)
        if way == 0:
            path.unlink()
            path.mkdir()
        elif way == 1:
            path.unlink()
        elif way == 2:
            path.write_bytes(other)
        elif way == 3:
            data = damage(chance, path.read_bytes()[32:])
            path.write_bytes(hashlib.sha256(data).digest() + data)  # of another version
        else:
            path.write_bytes(damage(chance, path.read_bytes()))


def break_output(trial: Trial) -> None:
    """What stands where the site is written to is not as it was left."""
    chance, out = trial.chance, trial.site.root / "site"
    way = chance.randrange(7)
    if way == 0:
        (out / ".parcours").write_bytes(chance.choice((b"", b"compiled\n", b"\xff", b"built")))
    elif way == 1:
        (out / ".parcours").unlink()
        (out / "index.html").unlink()
    elif way == 2:
        (out / ".parcours").unlink()
        (out / ".parcours").mkdir()
    elif way == 3:
        (out / "CNAME").mkdir()
        os.mkfifo(out / "pipe")
    elif way == 4:
        shutil.rmtree(out)
        out.write_bytes(b"x")
    elif way == 5:
        (out / "root").symlink_to("/")
        (out / "loop").symlink_to("loop")
    else:
        works = trial.site.root / ".cache/parcours/site"
        shutil.rmtree(works, ignore_errors=True)
        works.parent.mkdir(parents=True, exist_ok=True)
        works.write_bytes(b"x")


def break_template(trial: Trial) -> None:
    chance = trial.chance
    name = chance.choice(("main.html", "base.html", "partials/header.html", "404.html", "own.html",
                          "partials/javascripts/base.html", ".icons/a/b.svg"))  # fmt: skip
    trial.write(f"overrides/{name}", damage(chance, TEMPLATE.encode()))
    trial.write("content/a.md", f"---\ntemplate: {name}\nicon: a/b\n---\n# A\n")


ODD = (
    "", "C", "xx", "fr_FR.UTF-8", "../x", "\udcff", "a" * 5_000, "POSIX", "tr_TR", "-1", "1e9", "٣",
    "en_US.ISO-8859-1", "9" * 5_000,
)  # fmt: skip
VARIABLES = (
    "LANG", "LC_ALL", "LANGUAGE", "PARCOURS_LANG", "SOURCE_DATE_EPOCH", "SITE_URL", "TZ", "CI",
    "GIT_DIR", "GIT_WORK_TREE", "PYTHONIOENCODING", "HOME", "TMPDIR", "GIT_CONFIG_COUNT", "PATH",
    "GIT_CEILING_DIRECTORIES", "NO_COLOR", "COLUMNS",
)  # fmt: skip


def break_surroundings(trial: Trial) -> None:
    chance = trial.chance
    address = '!ENV [SITE_URL, "https://petit.example/"]'
    trial.write("mkdocs.yml", CONFIG.replace("https://petit.example/x/", address))
    for name in chance.sample(VARIABLES, chance.randrange(1, 4)):
        trial.around[name] = chance.choice(ODD)


FILES = (
    "event", "real event", "trip", "session", "event in YAML", "captions", "transcript",
    "subtitles", "picture", "PDF", "page", "real page", "post", "picture of a page",
    "drawing of a page", "entity", "notice",
)  # fmt: skip
"""Kinds that leave the rest of a site alone: many stand in one."""

ALONE: Mapping[str, Callable[[Trial], None]] = {
    "configuration": break_config,
    "map": break_map,
    "name": break_name,
    "place": break_place,
    "closed": close,
    "repository": break_git,
    "store": break_store,
    "output": break_output,
    "template": break_template,
    "surroundings": break_surroundings,
}


@cache
def model() -> Path:
    """A whole site with a repository, a store and what was built of it."""
    site = Site(Path(tempfile.mkdtemp(prefix="clumsy-")) / "model")
    site.write("mkdocs.yml", CONFIG)
    site.write("overrides/main.html", '{% extends "base.html" %}')
    site.write("content/index.md", "# Accueil\n")
    site.write("content/a.md", "# A\n")
    site.write("webinars/e.md", EVENT.format(n=0, image="png"))
    site.write("webinars/f0.vtt", VTT)
    site.write("webinars/w0.txt", "Un.\n")
    site.write("webinars/i0.png", picture("PNG"))
    site.write("webinars/p0.pdf", examples_pdf())
    site.write("webinars/gone.md", EVENT.format(n=0, image="png").replace("2026-10", "2027-10"))
    site.write("content/data/themes/t0.yml", "name: T\n")
    for name in ("voyages", "content/mooc", "content/actualites", "content/data/places"):
        (site.root / name).mkdir(parents=True)
    site.write(".gitignore", ".cache\nsite\n")
    site.commit()
    (site.root / "webinars/gone.md").unlink()
    site.commit("2026-02-01T00:00:00Z")
    with contextlib.redirect_stderr(io.StringIO()) as said:
        code = site.run("build", "-d", str(site.root / "site"))
    assert code == 0, said.getvalue()
    return site.root


@dataclass(frozen=True)
class Answer:
    """What a command said.

    Attributes:
        code: its exit code; negative for a signal.
        seconds: of processor.
    """

    code: int
    said: str
    told: str
    seconds: float


def ask(trial: Trial, arguments: Sequence[str], limit: int) -> Answer:
    """Run a command in a process of its own, which may crash or hang."""
    said, told = trial.site.root.parent / "said", trial.site.root.parent / "told"
    for path in (said, told):
        path.write_bytes(b"")
        path.chmod(0o666)
    sys.stdout.flush()
    child = os.fork()
    if child == 0:
        code = 99
        try:
            for number, path in ((1, told), (2, said)):
                os.dup2(os.open(path, os.O_WRONLY), number)
            resource.setrlimit(resource.RLIMIT_CPU, (limit + 5, limit + 6))
            resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
            sys.stdout, sys.stderr = map(_writer, (1, 2))
            os.chdir(trial.site.root)
            os.environ["PARCOURS_DEBUG"] = "1"
            for name, value in trial.around.items():
                os.environ[name] = value
            if trial.user:
                os.setgroups([])
                os.setresgid(*(trial.user,) * 3)
                os.setresuid(*(trial.user,) * 3)
            signal.alarm(limit * 8)
            code = _command(arguments)
        except BaseException:
            traceback.print_exc()
        finally:
            with contextlib.suppress(Exception):
                sys.stdout.flush()
                sys.stderr.flush()
            os._exit(code)
    _, status, used = os.wait4(child, 0)
    texts = [path.read_bytes().decode("utf-8", "surrogateescape") for path in (said, told)]
    return Answer(
        os.waitstatus_to_exitcode(status), texts[0], texts[1], used.ru_utime + used.ru_stime
    )


def _writer(number: int) -> TextIO:
    return io.TextIOWrapper(
        io.FileIO(number, "w", closefd=False), "utf-8", errors="surrogateescape", write_through=True
    )


def _command(arguments: Sequence[str]) -> int:
    from parcours.cli import main

    try:
        if arguments[0] != "mkdocs":
            return main(list(arguments))
        from mkdocs.__main__ import cli

        cli.main(args=list(arguments[1:]), prog_name="mkdocs")
    except SystemExit as error:
        return error.code if isinstance(error.code, int) else int(error.code is not None)
    return 0


_PLACED = re.compile(r".+:\d+:\d+: (?:error|warning)\[[a-z-]+\]: \S")


def complaints(arguments: Sequence[str], answer: Answer, limit: int) -> list[str]:
    """What is wrong with an answer."""
    found = []
    lines = [*answer.said.splitlines(), *answer.told.splitlines()]
    if answer.code not in {0, 1, 2} or "Traceback" in answer.said + answer.told:
        found.append(f"ended with {answer.code}: {(answer.said + answer.told)[-1500:]}")
    found += [f"long: {line[:200]}" for line in lines if len(line) > LONGEST][:1]
    if answer.seconds > limit:
        found.append(f"{answer.seconds:.0f} s")
    if answer.code and not any(line.strip() for line in lines):
        found.append("not a word")
    if arguments[0] == "check" and answer.code in {0, 1}:
        found += [
            f"no place: {one}"
            for one in answer.told.split("\n")
            # Below a problem stand the line of the source and a caret.
            if one.strip() and not one.startswith("    ") and not _PLACED.match(one)
        ][:1]
    return found


def _state(folder: Path) -> dict[str, int]:
    return (
        {str(path): path.lstat().st_size for path in folder.rglob("*")} if folder.is_dir() else {}
    )


BUILT = frozenset({"output", "store", "place", "closed"})
"""Kinds for which a site was built before."""


def asked(chance: Random, kinds: Sequence[str]) -> list[str]:
    """The command that is tried: a check, more seldom what takes longer."""
    odds = 4 if {*BUILT, "template", "surroundings"} & set(kinds) else 40
    found = ["check"]
    if chance.randrange(odds) == 0:
        found = chance.choice((["build"], ["compile", "-o", "compiled"], ["mkdocs", "build", "-q"]))
    return found if found[0] == "mkdocs" else [*found, "-f", "mkdocs.yml", "--now", NOW]


def attack(
    chance: Random, kinds: Sequence[str], slowest: dict[str, float] | None = None
) -> list[str]:
    """Damage one thing of each of *kinds* in one site; what fell over, or took too long."""
    with tempfile.TemporaryDirectory(prefix="clumsy-") as folder:
        Path(folder).chmod(0o755)
        site = Site(Path(folder) / "site-sources")
        arguments = asked(chance, kinds)
        built = BUILT & set(kinds) or arguments[0] == "build"
        aside = None if built else shutil.ignore_patterns("site", ".cache")
        shutil.copytree(model(), site.root, symlinks=True, ignore=aside)
        trial = Trial(chance, site)
        for trial.n, kind in enumerate(kinds, 1):
            if kind in ALONE:
                ALONE[kind](trial)
            else:
                break_file(kind, trial)
        before = _state(site.root / "site")
        answer = ask(trial, arguments, SECONDS)
        found = complaints(arguments, answer, SECONDS)
        if arguments[0] == "build" and answer.code and _state(site.root / "site") != before:
            found.append("the site that was there is not as it was")
        left = [one.name for one in site.root.iterdir() if one.name.startswith(".site")]
        found += [f"left behind: {one}" for one in left]
        if slowest is not None:
            for kind in set(kinds):
                slowest[kind] = max(slowest.get(kind, 0), answer.seconds)
        if found and (keep := os.environ.get("CLUMSY_KEEP")):
            kept = tempfile.mkdtemp(prefix="case-", dir=keep)
            shutil.copytree(
                site.root, Path(kept) / "site", symlinks=True, ignore_dangling_symlinks=True
            )
            found = [f"{kept}: {line}" for line in found]
        return [f"{' '.join(arguments[:1])} {sorted(set(kinds))}: {line}" for line in found]


def drawn(chance: Random, count: int, wanted: Sequence[str] = ()) -> list[list[str]]:
    """Which kinds are damaged in which site, *count* things in all."""
    rows: list[list[str]] = []
    while count > 0:
        some = list(ALONE) if chance.randrange(2) else list(FILES)
        kind = chance.choice(wanted or some)
        row = [kind]
        if kind in FILES:
            row += [
                chance.choice([one for one in wanted if one in FILES] or FILES)
                for _ in range(min(TOGETHER, count) - 1)
            ]
        rows.append(row)
        count -= len(row)
    return rows


def main() -> None:
    count, seed = int(sys.argv[1]), int(sys.argv[2])
    chance = Random(seed)
    tried: Counter[str] = Counter()
    slowest: dict[str, float] = {}
    for number, kinds in enumerate(drawn(chance, count, sys.argv[3:])):
        for line in attack(Random(f"{seed}-{number}"), kinds, slowest):
            print(f"{seed}-{number}: {line}", flush=True)
        tried.update(kinds)
    for kind, times in sorted(tried.items()):
        print(f"{times:6} {kind}, slowest {slowest[kind]:.1f} s")
    print(f"{count} damaged things, seed {seed}")
    shutil.rmtree(model().parent)


if __name__ == "__main__":
    main()

"""Damage files of every kind that a site reads, and build nothing on it but words.

``python -m tests.clumsy N SEED`` checks N damaged files, some at a time, and prints what fell over.
"""

from __future__ import annotations

import contextlib
import io
import sys
import tempfile
import time
from pathlib import Path
from random import Random

from PIL import Image

from .conftest import FRENCH, Site

TOGETHER = 20
"""Damaged files in one site."""

EVENT = (
    "---\ntitle: Un\nstart: 2026-10-01 12:30\nimage: {{src: i{n}.png, alt: a}}\n"
    "replay: {{video: 'https://youtu.be/abcdefghijk', captions: f{n}.vtt, slides: p{n}.pdf}}\n"
    "---\n# A\n\n- [a](i{n}.png) <b>x</b>\n\n| a | b |\n|---|---|\n| `c` | d |\n"
)
VTT = "WEBVTT\n\n00:00:01.000 --> 00:00:02.000\n<v.a B>Bonjour</v>\n"
SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="30" height="20">'
    '<path d="M0 0L9 9" style="fill:red"/></svg>'
)


def pictures() -> dict[str, bytes]:
    found = {}
    for kind, suffix in (("PNG", "png"), ("JPEG", "jpg")):
        out = io.BytesIO()
        Image.new("RGB", (30, 20), "red").save(out, kind)
        found[suffix] = out.getvalue()
    return found


def sources(n: int) -> dict[str, bytes]:
    """One file of each kind, whole."""
    found = pictures()
    return {
        f"webinars/e{n}.md": EVENT.format(n=n).encode(),
        f"webinars/f{n}.vtt": VTT.encode(),
        f"webinars/i{n}.png": found["png"],
        f"webinars/p{n}.pdf": b"%PDF-1.7\n1 0 obj <<>> endobj\n",
        f"content/a{n}.md": b"---\ntitle: A\nhide: [toc]\n---\n# A\n\n![a](j.jpg)\n",
        f"content/j{n}.jpg": found["jpg"],
        f"content/s{n}.svg": SVG.encode(),
        f"content/data/themes/t{n}.yml": b"name: T\ndescription: 'x'\naliases: [a, b]\n",
        "mkdocs.yml": FRENCH.encode(),
    }


def damage(chance: Random, data: bytes) -> bytes:
    """Cut, repeat, overwrite or mix some of it."""
    for _ in range(chance.randrange(1, 5)):
        at, length = chance.randrange(len(data) + 1), chance.randrange(1, 30)
        way = chance.randrange(5)
        if way == 0:
            data = data[:at]
        elif way == 1:
            data = data[:at] + data[at + length :]
        elif way == 2:
            data = data[:at] + chance.randbytes(length) + data[at:]
        elif way == 3:
            data = data[:at] + data[at : at + length] * chance.randrange(2, 40) + data[at:]
        else:
            bits = (b"[", b"{", b": ", b"- ", b"&a ", b"*a", b"<", b'"', b"\t", b"\0", b"9" * 400)
            data = data[:at] + chance.choice(bits) + data[at + 1 :]
    return data


def attack(chance: Random, count: int) -> list[str]:
    """Check a site with *count* damaged files; what fell over, or took too long."""
    with tempfile.TemporaryDirectory() as folder:
        site = Site(Path(folder))
        site.write("content/index.md", "# Accueil\n")
        for name in ("voyages", "content/mooc"):
            (site.root / name).mkdir(parents=True)
        chosen = []
        for n in range(count):
            whole = sources(n)
            # A configuration that cannot be read hides all else: seldom.
            names = list(whole) if n == 0 else [one for one in whole if one != "mkdocs.yml"]
            broken = chance.choice(names)
            chosen.append(broken)
            for name, data in whole.items():
                if name == broken or name != "mkdocs.yml" or n == 0:
                    site.write(name, damage(chance, data) if name == broken else data)
        said = io.StringIO()
        start = time.process_time()
        with contextlib.redirect_stderr(said), contextlib.redirect_stdout(said):
            code = site.run("check")
        spent = time.process_time() - start
        text = said.getvalue()
        found = [line for line in text.splitlines() if "PARCOURS_DEBUG" in line]
        if code not in {0, 1, 2} or "Traceback" in text:
            found.append(f"{code}: {text[-300:]}")
        if spent > 10:
            found.append(f"{spent:.0f} s for {chosen}")
        return found


def main() -> None:
    count, seed = int(sys.argv[1]), int(sys.argv[2])
    chance = Random(seed)
    for done in range(0, count, TOGETHER):
        for line in attack(chance, TOGETHER):
            print(f"{done}: {line}", flush=True)
    print(f"{count} damaged files, seed {seed}")


if __name__ == "__main__":
    main()

"""Sources damaged at random: located problems or right output, never a traceback."""

from __future__ import annotations

import random
import re
from collections.abc import Callable

import feedparser
import pytest
import vobject

from .clumsy import attack, drawn
from .conftest import ROOT, Site

BITS = [
    "\t", ": ",
    "- ", "[", "]", "{", "}", "'", '"', "&a ", "*a ", "!!x ", "|\n", "\n", "é", "\u200b",
    "\x07", "#", "---\n", "...\n", "0", "-1", "9" * 20, "null", "true", "2026-02-30", "25:99",
    "javascript:alert(1)", "<script>", "](", "![](x.png)", "\ufeff", "\u2028", "{{ x }}", "{% x %}",
    "</div>", "```\n", '--8<-- "x"\n', "\r", "\0", "&#7;", "\u202e", "👩‍🏫",
]  # fmt: skip


def damage(chance: random.Random, text: str) -> str:
    for _ in range(chance.randrange(1, 6)):
        at = chance.randrange(len(text) + 1)
        kind = chance.random()
        if kind < 0.5:
            text = text[:at] + chance.choice(BITS) + text[at:]
        elif kind < 0.75:
            text = text[:at] + text[at + chance.randrange(1, 12) :]
        else:
            lines = text.split("\n")
            lines.insert(chance.randrange(len(lines)), chance.choice(lines))
            text = "\n".join(lines)
    return text


@pytest.mark.deep
@pytest.mark.regions
@pytest.mark.large
def test_damaged_sources(site: Site, lines: Callable[[], list[str]]) -> None:
    chance = random.Random(1001)
    for path in (ROOT / "content" / "data").rglob("*.yml"):
        site.write(path.relative_to(ROOT).as_posix(), path.read_bytes())
    sources = [*(ROOT / "webinars").glob("*.md"), *(ROOT / "voyages").glob("*.md")]
    texts = [path.read_text("utf-8") for path in sorted(sources)]
    for n in range(400):
        text = damage(chance, chance.choice(texts))
        folder = "voyages" if "stops:" in text else "webinars"
        site.write(f"{folder}/f{n}.md", text)
    site.commit()
    for _ in range(4):
        code = site.run("check")
        printed = lines()
        assert all(re.match(r"[\w./-]+:\d+:\d+: (error|warning)\[[a-z-]+\]: ", x) for x in printed)
        wrong = {line.split(":")[0] for line in printed if ": error[" in line}
        assert (code == 1) == bool(wrong)
        if not wrong:
            break
        for name in wrong:
            (site.root / name).unlink()
    out = site.build()
    found = list(out.rglob("*.ics"))
    assert len(found) > 30
    for path in found:
        text = path.read_bytes().decode()
        assert vobject.readOne(text)
        assert not re.search(r"[\x00-\x08\x0b\x0c\x0e-\x1f]", text)
    for path in out.rglob("*.rss.xml"):
        assert feedparser.parse(path.read_bytes()).bozo == 0


@pytest.mark.deep
@pytest.mark.large
def test_damaged_files_of_every_kind() -> None:
    """More of them: ``python -m tests.clumsy 20000 SEED``."""
    chance = random.Random(11)
    assert [line for kinds in drawn(chance, 120) for line in attack(chance, kinds)] == []

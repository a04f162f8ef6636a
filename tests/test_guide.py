"""What the guide says of problems holds: examples that are wrong are told, right ones are not."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from parcours.guide.problems import ProblemGuide, Side, problem_guide
from parcours.guide.texts import example_in, names
from parcours.i18n import LANGUAGES, translator
from parcours.prose.typography import typeset_html

from .conftest import ROOT, Site

Told = Callable[[], list[str]]
BASE = ROOT / "scripts" / "parcours" / "guide" / "site"
CODES = names("problems")
GUIDES = {code: problem_guide(code) for code in CODES}
LINE = re.compile(r"(.*?:\d+:\d+): (?:error|warning)\[([a-z-]+)\]")


def example_site(folder: Path, language: str = "fr") -> Site:
    """The site of the guide's examples."""
    made = Site(folder)
    for file in sorted(BASE.rglob("*")):
        if file.is_file():
            name = str(file.relative_to(BASE))
            made.write(example_in(language, name), example_in(language, file.read_text("utf-8")))
    for name in ("webinars", "voyages", "meetings", "content/news"):
        made.write(example_in(language, f"{name}/.gitkeep"), "")  # a clone has no empty folder
    return made


@pytest.fixture(scope="module")
def fresh(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of the guide's examples, before its first commit."""
    site = example_site(tmp_path_factory.mktemp("guide") / "site")
    site.git("init", "-q", "-b", "main", "--template=")
    return site.root


@pytest.fixture
def site(fresh: Path, tmp_path: Path) -> Site:
    """The site of the guide's examples, to be changed and committed."""
    return Site(Path(shutil.copytree(fresh, tmp_path / "site")))


@pytest.fixture
def told(site: Site, capsys: pytest.CaptureFixture[str]) -> Told:
    """The places and codes of what `check` says of the site."""

    def read() -> list[str]:
        site.run("check")
        out, err = capsys.readouterr()
        found = map(LINE.match, (out + err).splitlines())
        return [f"{one[1]}: {one[2]}".removeprefix(f"{site.root}/") for one in found if one]

    return read


def _shallow(site: Site) -> None:
    site.commit()
    site.commit()
    whole = site.root.with_name("whole")
    shutil.move(site.root, whole)
    Site(whole).git("clone", "-q", "--depth", "1", f"file://{whole}", str(site.root))


MEETING = "---\ntitle: Lire dehors\nstart: 2026-12-03 12:30\n---\n"
FILE = "webinars/lire-dehors.md"


def _encoded(encoding: str) -> Callable[[Site], None]:
    def write(site: Site) -> None:
        site.write(FILE, f"{MEETING}Un été dehors.\n".encode(encoding))
        site.commit()

    return write


def _published(site: Site) -> None:
    os.environ["CI"] = "true"  # put back after the test
    site.commit()


def _addressed(site: Site) -> None:
    config = (site.root / "mkdocs.yml").read_text("utf-8")
    site.write("mkdocs.yml", config.replace("petit.example/", "compte.github.io/petit-site/"))
    site.commit()


MADE: dict[str, Callable[[Site], None]] = {
    "placeholder-address": _published,
    "encoding": _encoded("cp1252"),
    "git-shallow": _shallow,
}
"""What no text shows: how the tests bring it about."""

MENDED: dict[str, Callable[[Site], object]] = {
    "placeholder-address": _addressed,
    "encoding": _encoded("utf-8"),
    "git-shallow": lambda site: site.git("fetch", "-q", "--unshallow"),
}
"""What is done about it then."""


def put(site: Site, guide: ProblemGuide, side: Side, language: str = "fr") -> None:
    """Write an example into its site, after what was published before."""
    before = guide.written(guide.before, language)
    if before:
        _write(site, before)
        site.commit("2026-11-02T00:00:00Z")
        for name in before:
            (site.root / name).unlink()
    _write(site, guide.written(side.files, language))
    site.commit("2026-11-03T00:00:00Z")


def _write(site: Site, files: Mapping[str, str]) -> None:
    for name, text in files.items():
        site.write(name, text)


@pytest.mark.parametrize("code", CODES)
def test_a_wrong_example_is_told_where_it_says(site: Site, told: Told, code: str) -> None:
    guide = GUIDES[code]
    if guide.wrong.files:
        put(site, guide, guide.wrong)
    else:
        MADE[code](site)
    assert told() == [f"{guide.place}: {code}"]


@pytest.mark.parametrize("code", [code for code in CODES if GUIDES[code].right.files])
def test_a_right_example_is_not_told(site: Site, told: Told, code: str) -> None:
    put(site, GUIDES[code], GUIDES[code].right)
    assert told() == []


@pytest.mark.parametrize("code", sorted(MENDED))
def test_what_is_mended_is_not_told(site: Site, told: Told, code: str) -> None:
    MADE[code](site)
    MENDED[code](site)
    assert told() == []


@pytest.mark.parametrize("code", CODES)
def test_the_examples_of_english_hold_no_french(code: str) -> None:
    guide = GUIDES[code]
    for side in (Side(guide.before), guide.wrong, guide.right):
        said = guide.side(side, "en")
        text = "\n".join([*said.files, *said.files.values(), said.command])
        assert re.findall(r"(?i)\b\w*[àâçéèêëîïôùûœ]\w*", text) == []


@pytest.mark.parametrize("code", CODES)
def test_french_texts_have_their_typography(code: str) -> None:
    guide = GUIDES[code]
    for said in (guide.cause, guide.mend, guide.wrong.told, guide.right.told):
        if said is not None:
            text = re.sub("`([^`]*)`", r"<code>\1</code>", said.to(translator("fr")))
            assert typeset_html(text, superscript=False) == text


def test_the_site_of_the_examples_is_right(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for language in LANGUAGES:
        site = example_site(tmp_path / language, language)
        site.commit()
        assert site.run("check") == 0
        assert capsys.readouterr().out.strip() == ""

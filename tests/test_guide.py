"""What the guide says of problems holds: examples that are wrong are told, right ones are not."""

from __future__ import annotations

import contextlib
import io
import json
import re
import shutil
import struct
import zlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import pytest

from parcours.guide.problems import ProblemGuide, Side, problem_guide
from parcours.guide.texts import example_in, names
from parcours.i18n import LANGUAGES, translator
from parcours.problems import MESSAGES, MOST_ALIKE
from parcours.prose.typography import typeset_html
from parcours.sources.images import NEEDED

from .conftest import ROOT, Site, once
from .test_films import PLACED, SILENT
from .test_mistakes import ALIKE
from .test_pictures import chunk, quarters, saved

Told = Callable[..., list[str]]
BASE = ROOT / "scripts" / "parcours" / "guide" / "site"
CODES = names("problems")
GUIDES = {code: problem_guide(code) for code in CODES}
LINE = re.compile(r"(\S+:\d+:\d+): (?:error|warning)\[([a-z-]+)\]")


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
    return example_site(tmp_path_factory.mktemp("guide") / "site").root


@pytest.fixture
def site(fresh: Path, tmp_path: Path) -> Site:
    """The site of the guide's examples, to be changed and committed."""
    return Site(Path(shutil.copytree(fresh, tmp_path / "site")))


def lines_of(said: str, root: Path) -> list[str]:
    """The places and codes that a command names, each once."""
    found = map(LINE.search, said.splitlines())
    lines = (f"{one[1]}: {one[2]}".removeprefix(f"{root}/") for one in found if one)
    return list(dict.fromkeys(lines))


@pytest.fixture
def told(site: Site, capsys: pytest.CaptureFixture[str]) -> Told:
    """The places and codes of what a command says of the site, each once."""

    def read(command: str = "check") -> list[str]:
        arguments = ("-d", str(site.root / "built")) if command == "build" else ()
        site.run(command, *arguments)
        return lines_of("\n".join(capsys.readouterr()), site.root)

    return read


BUILT = {
    "inline-script",
    "inline-style",
    "feed-gone",
    "feed-lacks",
    "feed-otherwise",
    "feed-strange",
    "page-gone",
}
"""What only a whole build can tell."""

COMPANIONS = {"more-alike": "unknown-key"}
"""What goes with a problem, and is the reason for it."""

FEW_ELSEWHERE = 60

AROUND: dict[str, Callable[[pytest.MonkeyPatch], None]] = {
    "feed-full": lambda patch: patch.setattr("parcours.model.feeds.COUNT_LIMIT", 2),
    "recordings-full": lambda patch: patch.setattr("parcours.model.feeds.NEWS_SIZE_LIMIT", 500),
    "git-untracked": lambda patch: patch.setenv("CI", "true"),
    "history-rewritten": lambda patch: _pushed(patch),
    "unseen-files": lambda patch: patch.setattr(
        "parcours.sources.stray.MOST_ELSEWHERE", FEW_ELSEWHERE
    ),
    "placeholder-address": lambda patch: patch.setenv("CI", "true"),
    "macro-in-body": lambda patch: patch.setattr(
        "parcours.engine.config._macros", lambda config: (("{{", "}}"),)
    ),
}
"""What surrounds a site: its forge, another plugin, a bound that a test would take long to meet."""

MEETING = "---\ntitle: Lire dehors\nstart: 2026-12-03 12:30\n{more}---\n{body}\n"
FILE = "webinars/lire-dehors.md"
PHOTO = "content/images/photo.jpg"
DAY = "T12:00:00Z"


def _pushed(patch: pytest.MonkeyPatch) -> None:
    for name, value in {
        "CI_COMMIT_BRANCH": "main",
        "CI_DEFAULT_BRANCH": "main",
        "CI_COMMIT_BEFORE_SHA": "a" * 40,
    }.items():
        patch.setenv(name, value)


def _meeting(body: str, more: str = "", encoding: str = "utf-8") -> Callable[[Site], None]:
    """A meeting with a text that no example can hold."""
    return _file(FILE, lambda: MEETING.format(more=more, body=body).encode(encoding))


def _file(name: str, data: Callable[[], bytes]) -> Callable[[Site], None]:
    def write(site: Site) -> None:
        site.write(name, data())
        site.commit()

    return write


def _photo(side: int = 0) -> bytes:
    """A picture; of *side* pixels each way by its head alone, if that is given."""
    if not side:
        return saved(quarters(), "JPEG")
    head = chunk(b"IHDR", struct.pack(">IIBBBBB", side, side, 1, 0, 0, 0, 0))
    data = chunk(b"IDAT", zlib.compress(bytes(100))) + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + head + data


def _filmed(data: bytes) -> Callable[[Site], None]:
    """A film that a meeting leads to."""

    def write(site: Site) -> None:
        site.write("webinars/film.mp4", data)
        _meeting("[Le film](film.mp4)")(site)

    return write


def _shown(data: Callable[[], bytes]) -> Callable[[Site], None]:
    """A picture that a meeting shows."""

    def write(site: Site) -> None:
        site.write("webinars/photo.jpg", data())
        _meeting("", "image: {src: photo.jpg, alt: Deux collines}\n")(site)

    return write


def _stilled() -> bytes:
    frames = [quarters(), quarters().rotate(180)]
    return saved(frames[0], "AVIF", save_all=True, append_images=frames[1:])


def _linked(site: Site, name: str, target: str) -> None:
    (site.root / name).symlink_to(target)
    site.commit()


def _replaced(site: Site, name: str) -> None:
    """A file in the place of a link."""
    path = site.root / name
    path.unlink()
    site.write(
        name if path.suffix else f"{name}/{Path(FILE).name}", MEETING.format(more="", body="")
    )
    site.commit()


def _stops(site: Site) -> None:
    stops = "".join(f"  - {{id: e{n}, title: E, jour: 1}}\n" for n in range(MOST_ALIKE + 5))
    site.write("voyages/lire-dehors.md", f"---\ntitle: V\nstart: 2027-05-18\nstops:\n{stops}---\n")
    site.commit()


def _mended_stops(site: Site) -> None:
    path = site.root / "voyages/lire-dehors.md"
    path.write_text(path.read_text("utf-8").replace("jour", "day"), "utf-8")


def _full(site: Site) -> None:
    for day in range(10, 30, 7):
        text = MEETING.replace("2026-12-03", f"2026-12-{day}")
        site.write(f"webinars/lire-{day}.md", text.format(more="", body=""))
    site.commit()


def _recorded(site: Site) -> None:
    for day in (5, 12):
        text = MEETING.replace("2026-12-03", f"2026-11-{day:02d}")
        more = f"replay: {{video: 'https://video.example/{day}'}}\n"
        site.write(f"webinars/lire-{day}.md", text.format(more=more, body=""))
    site.commit()


def _dated(*days: str) -> Callable[[Site], None]:
    def commit(site: Site) -> None:
        for day in days:
            site.commit(day + DAY)

    return commit


def _amended(day: str, *options: str) -> Callable[[Site], None]:
    """Dates of the last commit that are made anew, as `git commit --amend` does."""

    def amend(site: Site) -> None:
        amended = ("commit", "-q", "--amend", "--allow-empty", "--no-edit", *options)
        site.git(*amended, date=day + DAY)

    return amend


def _clocked_behind(site: Site) -> None:
    _dated("2026-01-01", "2026-03-01")(site)
    _amended("2026-02-01")(site)


def _shallow(site: Site) -> None:
    _dated("2026-01-01", "2026-01-02")(site)
    whole = site.root.with_name("whole")
    shutil.move(site.root, whole)
    Site(whole).git("clone", "-q", "--depth", "1", f"file://{whole}", str(site.root))


def _refused(site: Site) -> None:
    site.commit()
    (site.root / ".git/HEAD").write_text("?\n")


def _incomplete(site: Site) -> None:
    """The first content of a meeting is taken out of the repository's store."""
    _meeting("Un.")(site)
    _meeting("Deux.")(site)
    blob = site.git("rev-parse", f"HEAD~1:{FILE}").strip()
    shutil.move(site.root / ".git/objects" / blob[:2] / blob[2:], site.root.with_name(blob))


def _completed(site: Site) -> None:
    (kept,) = (one for one in site.root.parent.iterdir() if len(one.name) == 40)
    shutil.move(kept, site.root / ".git/objects" / kept.name[:2] / kept.name[2:])


def _addressed(site: Site) -> None:
    config = (site.root / "mkdocs.yml").read_text("utf-8")
    site.write("mkdocs.yml", config.replace("petit.example/", "compte.github.io/petit-site/"))
    site.commit()


def _untracked(site: Site) -> None:
    _addressed(site)
    site.write(FILE, MEETING.format(more="", body=""))


def _unconfigured(site: Site) -> None:
    site.commit()
    (site.root / "mkdocs.yml").unlink()


def _many(site: Site, folder: str) -> None:
    site.commit()
    (site.root / folder).mkdir(parents=True)
    for number in range(FEW_ELSEWHERE):
        (site.root / folder / f"{number}.jpg").touch()


MADE: dict[str, Callable[[Site], object]] = {
    "broken-picture": _shown(lambda: _photo()[:100]),
    "clock-ahead": _dated("2026-01-01", "2079-06-01"),
    "clock-back": _dated("2026-06-01", "2026-01-01"),
    "clock-old": _clocked_behind,
    "config-missing": _unconfigured,
    "encoding": _meeting("Un été dehors.", encoding="cp1252"),
    "feed-full": _full,
    "git-incomplete": _incomplete,
    "git-missing": lambda site: None,
    "git-refused": _refused,
    "git-shallow": _shallow,
    "git-untracked": _untracked,
    "heavy-picture": _file(PHOTO, lambda: _photo() + bytes(NEEDED)),
    "history-rewritten": _dated("2026-01-01"),
    "linked-folder": lambda site: _linked(site, "webinars/archives", "../voyages"),
    "more-alike": _stops,
    "placed-film": _filmed(PLACED["android.mp4"]),
    "placeholder-address": lambda site: site.commit(),
    "recordings-full": _recorded,
    "stilled-picture": _file("content/images/atelier.avif", _stilled),
    "too-complex": _meeting("## Un\n" * 600),
    "too-large-file": _meeting("mot " * 300_000),
    "too-long-text": _meeting("mot " * 80_000),
    "too-many-pixels": _file("content/images/plan.png", lambda: _photo(20_000)),
    "unseen-files": lambda site: _many(site, "photos/2026"),
    "unreadable-file": lambda site: _linked(site, FILE, "lire-ailleurs.md"),
    "word-document": _file(FILE, lambda: b"PK\x03\x04\0\0word/document.xml"),
}
"""What no text shows: how the tests bring it about."""

MENDED: dict[str, Callable[[Site], object]] = {
    "broken-picture": _shown(_photo),
    "clock-ahead": _amended("2026-01-02", "--reset-author"),
    "config-missing": lambda site: site.git("checkout", "-q", "mkdocs.yml"),
    "encoding": _meeting("Un été dehors."),
    "git-incomplete": _completed,
    "git-missing": lambda site: site.commit(),
    "git-refused": lambda site: (site.root / ".git/HEAD").write_text("ref: refs/heads/main\n"),
    "git-shallow": lambda site: site.git("fetch", "-q", "--unshallow"),
    "git-untracked": lambda site: site.commit(),
    "heavy-picture": _file(PHOTO, _photo),
    "linked-folder": lambda site: _replaced(site, "webinars/archives"),
    "more-alike": _mended_stops,
    "word-document": _meeting("Un été dehors."),
    "placed-film": _filmed(SILENT["plain.mp4"]),
    "placeholder-address": _addressed,
    "stilled-picture": lambda site: (site.root / "content/images/atelier.avif").unlink(),
    "too-complex": _meeting("## Un\n" * 6),
    "too-large-file": _meeting("mot " * 300),
    "too-long-text": _meeting("mot " * 300),
    "too-many-pixels": lambda site: (site.root / "content/images/plan.png").unlink(),
    "unseen-files": lambda site: (site.root / "photos").rename(site.root / "_photos"),
    "unreadable-file": lambda site: _replaced(site, FILE),
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


@pytest.fixture
def around(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """What surrounds the site of an example."""
    surround = AROUND.get(request.getfixturevalue("code"))
    if surround is not None:
        surround(monkeypatch)


@dataclass(frozen=True)
class Example:
    """An example as it is laid in a site with others.

    Attributes:
        before: what was published before, by name.
        files: by name.
        wanted: the lines that are told of it.
    """

    before: Mapping[str, str]
    files: Mapping[str, str]
    wanted: Sequence[str] = ()

    @property
    def names(self) -> dict[str, str]:
        return {**self.before, **self.files}

    @cached_property
    def stems(self) -> set[str]:
        return {Path(name).stem for name in self.names}

    def goes_with(self, other: Example) -> bool:
        """Whether neither takes the place of a file that the other has, or names it."""
        return not (
            self.names.keys() & other.names.keys()
            or self._names(other.stems)
            or other._names(self.stems)
        )

    def _names(self, stems: set[str]) -> bool:
        text = "\n".join([*self.before.values(), *self.files.values()])
        return any(stem in text for stem in stems)


def example_of(code: str, side: Side, wanted: Sequence[str]) -> Example:
    """An example, whose meeting bears the name of its code where nothing names it otherwise."""
    guide = GUIDES[code]
    texts = [*guide.before.values(), *side.files.values()]
    usual = Path(FILE).stem
    names = {*guide.before, *side.files}
    is_bare = not any(usual in text for text in texts)
    if is_bare and sum(usual in name for name in names) == 1:

        def named(text: str) -> str:
            return text.replace(usual, code)
    else:

        def named(text: str) -> str:
            return text

    before, files = (
        {named(name): text for name, text in one.items()} for one in (guide.before, side.files)
    )
    return Example(before, files, [named(one) for one in wanted])


WHOLE = {"mkdocs.yml", *(str(one.relative_to(BASE)) for one in BASE.rglob("index.md"))}
"""What the examples of a site share: one that writes it anew has a site of its own."""


def in_sites(examples: Mapping[str, Example]) -> Iterator[Mapping[str, Example]]:
    """Examples in as few sites as hold them, without one in the way of another."""
    sites: list[dict[str, Example]] = []
    for code, one in examples.items():
        found = (site for site in sites if all(map(one.goes_with, site.values())))
        site = next(found, None)
        if site is None:
            sites.append({code: one})
        else:
            site[code] = one
    yield from sites


def told_together(fresh: Path, folder: Path, examples: Mapping[str, Example]) -> list[str]:
    """What is told of a site that holds examples: places, severities and codes."""
    site = Site(Path(shutil.copytree(fresh, folder)))
    before = {name: text for one in examples.values() for name, text in one.before.items()}
    if before:
        _write(site, before)
        site.commit("2026-11-02T00:00:00Z")
        for name in before:
            (site.root / name).unlink()
    for one in examples.values():
        _write(site, one.files)
    site.commit("2026-11-03T00:00:00Z")
    said = io.StringIO()
    with contextlib.redirect_stdout(said), contextlib.redirect_stderr(said):
        site.run("check")
    return [line for line in said.getvalue().splitlines() if LINE.search(line)]


def settled(found: Sequence[str], examples: Mapping[str, Example]) -> tuple[set[str], set[str]]:
    """Those of the examples of a site of which is told what would be if each had one of its own,
    and those of which something else is told, among others.

    An error keeps what comes after it from being looked at: where there is one, errors alone are
    sure. A line at no example is nobody's, and leaves nothing sure.
    """
    names = {name: code for code, one in examples.items() for name in one.names}
    told: dict[str, list[str]] = {code: [] for code in examples}
    errors = set[str]()
    for line in found:
        file = line.partition(":")[0]
        of = {code for name, code in names.items() if name == file or name.startswith(f"{file}/")}
        code = of.pop() if len(of) == 1 else None
        (said,) = lines_of(line, Path())
        if said.rpartition(": ")[2] in ALIKE - {code}:
            continue
        if code is None:
            return set(), set()
        told[code].append(said)
        if ": error[" in line:
            errors.add(code)
    right = {code for code, one in examples.items() if told[code] == list(one.wanted)}
    odd = {code for code, one in examples.items() if not set(told[code]) <= set(one.wanted)}
    return right & errors if errors else right, odd


def sure(fresh: Path, above: Path, examples: Mapping[str, Example]) -> set[str]:
    """Those of the examples of which a site with others tells what it has to; the rest is unsure.

    Those of which it does make room for the rest, which is then looked at once more.

    Args:
        above: the folder of these sites, which is made.
    """
    rest, found = dict(examples), set[str]()
    for turn in range(4):
        now, aside = set[str](), set[str]()
        for number, group in enumerate(in_sites(rest)):
            if len(group) > 1:
                lines = told_together(fresh, above / f"{turn}-{number}" / "site", group)
                right, odd = settled(lines, group)
                now, aside = now | right, aside | odd
        found |= now
        rest = {code: one for code, one in rest.items() if code not in now | aside}
    return found


def together(side: str) -> dict[str, Example]:
    """The examples of a side that a site can hold with others."""
    found = {}
    for code, guide in GUIDES.items():
        said: Side = getattr(guide, side)
        names = {*guide.before, *said.files}
        own = {*BUILT, *AROUND, *COMPANIONS, *(ALIKE if side == "right" else ())}
        if said.files and guide.wrong.files and not names & WHOLE and code not in own:
            wanted = [f"{guide.place}: {code}"] if side == "wrong" else []
            found[code] = example_of(code, said, wanted)
    return found


def sure_once(temporary: pytest.TempPathFactory, fresh: Path, side: str) -> set[str]:
    """Those of a side, which one worker looks for."""

    def make(folder: Path) -> None:
        found = sure(fresh, folder, together(side))
        (folder / "sure.json").write_text(json.dumps(sorted(found)), "utf-8")

    return set(
        json.loads((once(temporary, f"guide-{side}", make) / "sure.json").read_text("utf-8"))
    )


@pytest.fixture(scope="module")
def sure_wrong(fresh: Path, tmp_path_factory: pytest.TempPathFactory) -> set[str]:
    """The codes whose wrong examples are told as they say, in a site with others."""
    return sure_once(tmp_path_factory, fresh, "wrong")


@pytest.fixture(scope="module")
def sure_right(fresh: Path, tmp_path_factory: pytest.TempPathFactory) -> set[str]:
    """The codes whose right examples are not told, in a site with others."""
    return sure_once(tmp_path_factory, fresh, "right")


@pytest.mark.sampled
@pytest.mark.usefixtures("around")
@pytest.mark.parametrize(
    "code", [pytest.param(code, marks=[pytest.mark.large] * (code in BUILT)) for code in CODES]
)
def test_a_wrong_example_is_told_where_it_says(
    request: pytest.FixtureRequest, code: str, sure_wrong: set[str]
) -> None:
    if code in sure_wrong:
        return
    guide = GUIDES[code]
    site: Site = request.getfixturevalue("site")
    told: Told = request.getfixturevalue("told")
    if guide.wrong.files:
        put(site, guide, guide.wrong)
    else:
        MADE[code](site)
    found = told("build" if code in BUILT else "check")
    with_it = COMPANIONS.get(code, code)
    assert [one for one in found if one.rpartition(": ")[2] != with_it or with_it == code] == [
        f"{guide.place}: {code}"
    ]


UNMENDED = {"feed-full", "recordings-full"}
"""What is done about it, subscribers do."""


@pytest.mark.sampled
@pytest.mark.usefixtures("around")
@pytest.mark.parametrize("code", [code for code in CODES if code not in UNMENDED])
def test_a_right_example_is_not_told(
    request: pytest.FixtureRequest, code: str, sure_right: set[str]
) -> None:
    if code in sure_right:
        return
    guide = GUIDES[code]
    site: Site = request.getfixturevalue("site")
    told: Told = request.getfixturevalue("told")
    if not guide.wrong.files:
        MADE[code](site)
    if guide.right.files:
        put(site, guide, guide.right)
    else:
        MENDED[code](site)
    assert told() == []


def test_every_problem_is_explained() -> None:
    assert set(CODES) == set(MESSAGES)


@pytest.mark.large
def test_the_examples_of_english_hold_no_french() -> None:
    for code, guide in GUIDES.items():
        for side in (Side(guide.before), guide.wrong, guide.right):
            said = guide.side(side, "en")
            text = "\n".join([*said.files, *said.files.values(), said.command])
            assert re.findall(r"(?i)\b\w*[àâçéèêëîïôùûœ]\w*", text) == [], code


def test_french_texts_have_their_typography() -> None:
    for code, guide in GUIDES.items():
        for said in (guide.cause, guide.mend, guide.wrong.told, guide.right.told):
            if said is not None:
                text = re.sub("`([^`]*)`", r"<code>\1</code>", said.to(translator("fr")))
                assert typeset_html(text, superscript=False) == text, code


def test_the_site_of_the_examples_is_right(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for language in LANGUAGES:
        site = example_site(tmp_path / language, language)
        site.commit()
        assert site.run("check") == 0
        assert capsys.readouterr().out.strip() == ""

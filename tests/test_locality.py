"""What a change touches: the feeds an event is in, its own entry in them, and nothing else.

One site of some thirty events is compiled after each of a series of commits, each with one change.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest
from lxml import etree

from .conftest import REGIONS, Site
from .test_selections import entries, value

pytestmark = pytest.mark.regions


DATA = "content/data"
FILES = {
    f"{DATA}/themes/ia.yml": "name: IA\n",
    f"{DATA}/themes/sol.yml": "name: Sol\n",
    f"{DATA}/places/quai.yml": "name: Quai\naddress: 1 quai Vieux\nterritory: bretagne\n",
    f"{DATA}/places/gare.yml": "name: Gare\nterritory: normandie\n",
    f"{DATA}/organisations/cci.yml": "name: CCI\nurl: https://cci.example/\n",
    f"{DATA}/organisations/port.yml": "name: Port\n",
    f"{DATA}/organisations/ecole.yml": "name: École\n",
    f"{DATA}/organisations/seule.yml": "name: Seule\n",
    f"{DATA}/people/p1.yml": "name: Rôle un\norganisation: ecole\nconsent: oui, 2026\n",
    f"{DATA}/people/p2.yml": "name: Rôle deux\nconsent: oui, 2026\n",
    "content/mooc/c/index.md": "---\ntitle: Cours\nthemes: [sol]\n---\n",
}


def corpus() -> dict[str, str]:
    """Thirty events over several selections, by file."""
    found = dict(FILES)
    for n in range(18):
        front = f"title: Rencontre {n}\nstart: 2027-{n % 6 + 1:02d}-{n + 1:02d} 12:30\n"
        front += "themes: [ia]\n" if n % 3 == 0 else ""
        front += "place: quai\n" if n % 6 == 1 else "place: gare\n" if n % 6 == 2 else ""
        front += "hosts: [cci]\n" if n % 6 == 3 else ""
        front += "organisers: [port]\n" if n % 6 == 4 else ""
        front += "speakers: [p1]\n" if n == 5 else "speakers: [p2, p1]\n" if n == 11 else ""
        found[f"webinars/w{n}.md"] = f"---\n{front}---\nTexte {n}.\n"
    for n in range(6):
        stop = "place: quai" if n == 0 else "host: port" if n == 1 else "place: gare"
        front = f"title: Voyage {n}\nstart: 2027-05-1{n}\nend: 2027-05-2{n}\n"
        front += f"stops:\n- {{id: a, title: Étape, day: 1, {stop}}}\n"
        found[f"voyages/v{n}.md"] = f"---\n{front}---\nTexte {n}.\n"
    for n in range(6):
        front = f"title: Séance {n}\nstart: 2027-03-0{n + 1} 9:00\nspeakers: [p2]\n"
        found[f"content/mooc/c/s{n}.md"] = f"---\n{front}---\nTexte {n}.\n"
    return found


Feeds = Mapping[str, bytes]


@dataclass
class Compiled:
    """A site, and what its feeds were after the last commit."""

    site: Site
    day: int = 1
    last: Feeds | None = None

    def commit(self) -> str:
        self.site.commit(date := f"2026-06-{self.day:02d}T08:00:00Z")
        self.day += 1
        return date

    def compile(self) -> Feeds:
        out = self.site.feeds()
        found = [path for path in sorted(out.rglob("*")) if is_published(path)]
        return {path.relative_to(out).as_posix(): path.read_bytes() for path in found}

    def change(self, file: str, old: str, new: str) -> tuple[Feeds, Feeds, str]:
        """Both sides of one change, committed, and its instant as calendars write it."""
        before = self.last or self.compile()
        path = self.site.root / file
        text = path.read_text()
        assert text.count(old) == 1
        path.write_text(text.replace(old, new))
        date = self.commit()
        self.last = self.compile()
        return before, self.last, date.replace("-", "").replace(":", "")


@pytest.fixture(scope="module")
def compiled(tmp_path_factory: pytest.TempPathFactory) -> Compiled:
    made = Site(tmp_path_factory.mktemp("locality") / "site")
    made.write("mkdocs.yml", REGIONS.replace(", weekday: thursday", ""))
    made.write("content/index.md", "# Accueil\n")
    for file, text in corpus().items():
        made.write(file, text)
    found = Compiled(made)
    found.commit()
    return found


ATOM = "{http://www.w3.org/2005/Atom}"
DATES = {"pubDate", "lastBuildDate", f"{ATOM}updated"}


def parts(name: str, data: bytes, folder: Path) -> tuple[object, dict[str, object]]:
    """A feed but its own date, and its entries by identity."""
    if name.endswith(".ics"):
        path = folder / "one.ics"
        path.write_bytes(data)
        head, found = entries(path)
        return head, {uid.removeprefix("UID:"): lines for uid, lines in found.items()}
    if name.endswith(".json"):
        feed = json.loads(data)
        return feed, {one["id"]: one for one in feed.pop("items", [])}
    root = etree.fromstring(data)
    items = {}
    for one in [*root.iter("item"), *root.iter(f"{ATOM}entry")]:
        guid = one.findtext("guid") or one.findtext(f"{ATOM}id").removeprefix("mid:")
        items[guid] = etree.tostring(one, with_tail=False)
        one.getparent().remove(one)
    for one in list(root.iter(*DATES)):
        one.getparent().remove(one)
    return etree.tostring(root), items


def is_published(path: Path) -> bool:
    """Whether a file is a feed or the list of them; the agenda's and the search list all."""
    return path.suffix in {".ics", ".xml"} or (
        path.suffix == ".json" and path.parts[-2] not in {"agenda", "search"}
    )


def touched(before: Feeds, after: Feeds, folder: Path) -> dict[str, set[str]]:
    """The entries that changed, appeared or went, by feed that differs; no feed's head does."""
    assert before.keys() == after.keys()
    found = {}
    for name in before:
        if before[name] == after[name]:
            continue
        (head, old), (other, new) = (parts(name, one[name], folder) for one in (before, after))
        if name != "flux/feeds.json":
            assert head == other, name
        found[name] = {id for id in old.keys() | new.keys() if old.get(id) != new.get(id)}
    return found


def holding(feeds: Feeds, uids: set[str]) -> set[str]:
    """The feeds that hold an entry of one of the events."""
    pattern = re.compile(
        rf"(?<![\w-])(?:{'|'.join(map(re.escape, sorted(uids)))})(?![\w.-])".encode()
    )
    return {name for name, data in feeds.items() if pattern.search(data)}


def uid(name: str) -> str:
    return f"{name}.{ {'w': 'comptoirs', 'v': 'voyages', 'c': 'mooc'}[name[0]] }@petit.example"


def check_local(
    before: Feeds, after: Feeds, instant: str, names: set[str], folder: Path
) -> dict[str, set[str]]:
    """Only the entries of the events named changed, in every calendar that holds them."""
    uids = {uid(name) for name in names}
    found = touched(before, after, folder)
    calendars = {name: ids for name, ids in found.items() if name.endswith(".ics")}
    assert set().union(*calendars.values()) == uids
    assert set(calendars) == {n for n in holding(after, uids) if n.endswith(".ics")}
    for name, ids in calendars.items():
        old, new = (parts(name, one[name], folder)[1] for one in (before, after))
        assert ids == uids & new.keys(), name
        for one in ids:
            was, now = old[one], new[one]
            assert isinstance(was, list)
            assert isinstance(now, list)
            assert int(value(now, "SEQUENCE")) > int(value(was, "SEQUENCE"))
            assert value(now, "LAST-MODIFIED") == value(now, "DTSTAMP") == instant
            assert value(now, "CREATED") == value(was, "CREATED")
    for name, ids in found.items():
        assert {id.partition("#")[0] for id in ids} <= uids, name
        assert name == "flux/feeds.json" or name in holding(after, uids)
    return found


@pytest.mark.large
def test_an_edit_touches_one_entry_in_the_feeds_it_is_in(
    compiled: Compiled, tmp_path: Path
) -> None:
    before, after, instant = compiled.change("webinars/w9.md", "Texte 9", "Un autre texte")
    found = check_local(before, after, instant, {"w9"}, tmp_path)
    assert len(before) > 150
    # Everything that tells of it: by collection, theme, host, their crossings, and its own file.
    assert {
        *("comptoirs/w9.ics", "flux/agenda.ics", "flux/comptoirs.ics", "flux/themes/ia.ics"),
        *("flux/organisations/cci.ics", "flux/modes/en-ligne.ics", "flux/comptoirs/themes/ia.ics"),
        *("flux/agenda.json", "flux/agenda.rss.xml", "flux/agenda.atom.xml"),
    } <= set(found)
    for name in ("voyages", "mooc", "themes/sol", "territoires/bretagne", "organisations/port"):
        assert not [feed for feed in found if feed.startswith(f"flux/{name}.")]


@pytest.mark.large
def test_a_text_that_changes_is_no_news(compiled: Compiled, tmp_path: Path) -> None:
    before, after, _ = compiled.change("webinars/w10.md", "Texte 10", "Un autre texte")
    (_, old), (_, new) = (
        parts("x.json", one["flux/agenda.json"], tmp_path) for one in (before, after)
    )
    assert list(old) == list(new)


@pytest.mark.large
def test_an_hour_that_moves_is_news_once(compiled: Compiled, tmp_path: Path) -> None:
    before, after, instant = compiled.change("webinars/w15.md", "12:30", "14:00")
    found = check_local(before, after, instant, {"w15"}, tmp_path)
    moved = f"{uid('w15')}#moved-1"
    told = {"agenda", "comptoirs", "themes/ia", "organisations/cci", "modes/en-ligne"}
    for name in told:
        for suffix in ("rss.xml", "atom.xml", "json"):
            assert moved in found[f"flux/{name}.{suffix}"]
    # What comes after tells it no second time.
    _, last, _ = compiled.change("webinars/w15.md", "Texte 15", "Encore un texte")
    for name in told:
        _, items = parts("x.json", last[f"flux/{name}.json"], tmp_path)
        assert [id for id in items if id.startswith(uid("w15"))] == [moved, uid("w15")]


WITH_GARE = {"w2", "w8", "w14", "v2", "v3", "v4", "v5"}
SPOKEN = {"w11", *(f"c-s{n}" for n in range(6))}


@pytest.mark.large
@pytest.mark.parametrize(
    ("file", "old", "new", "names"),
    [
        # Held there, or with a stop there.
        ("places/quai", "1 quai Vieux", "2 quai Neuf", {"w1", "w7", "w13", "v0"}),
        (
            "places/gare",
            "name: Gare",
            "name: Vieille gare",
            WITH_GARE,
        ),
        # Run by it; organised by it, or received by it at a stop.
        ("organisations/cci", "name: CCI", "name: Chambre", {"w3", "w9", "w15"}),
        ("organisations/port", "name: Port", "name: Grand port", {"w4", "w10", "w16", "v1"}),
        ("people/p1", "name: Rôle un", "name: Rôle premier", {"w5", "w11"}),
        (
            "people/p2",
            "consent: oui",
            "role: guide\nconsent: oui",
            SPOKEN,
        ),
        # Through the persons who speak.
        ("organisations/ecole", "name: École", "name: Grande école", {"w5", "w11"}),
    ],
    ids=lambda value: value if isinstance(value, str) and "/" in value else "",
)
def test_a_correction_raises_exactly_what_draws_on_it(
    compiled: Compiled, tmp_path: Path, file: str, old: str, new: str, names: set[str]
) -> None:
    before, after, instant = compiled.change(f"{DATA}/{file}.yml", old, new)
    uids = {uid(name) for name in names}
    raised = {}
    for name in after:
        # That of a stop lies below its trip's, which holds it too.
        if name.endswith(".ics") and not name.startswith("flux/") and name.count("/") == 1:
            (_, was), (_, now) = (parts(name, one[name], tmp_path) for one in (before, after))
            id, lines = next(iter(now.items()))
            assert len({one != was[other] for other, one in now.items()}) == 1, name
            if lines != was[id]:
                raised[id] = lines
    assert set(raised) == uids
    for id, lines in raised.items():
        assert isinstance(lines, list)
        assert value(lines, "LAST-MODIFIED") == value(lines, "DTSTAMP") == instant, id


@pytest.mark.large
def test_what_nothing_draws_on_changes_no_entry(compiled: Compiled, tmp_path: Path) -> None:
    before, after, _ = compiled.change(
        f"{DATA}/organisations/seule.yml", "name: Seule", "name: Toute seule"
    )
    for name in before:
        if name.endswith(".ics"):
            (_, old), (_, new) = (parts(name, one[name], tmp_path) for one in (before, after))
            assert old == new, name

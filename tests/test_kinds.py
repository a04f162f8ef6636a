"""Every kind of events is whole: its record, its names, its addresses, its places in a site."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import datetime

import pytest

from parcours.assembly import Compiled
from parcours.i18n import LANGUAGES, translator
from parcours.model import kinds
from parcours.model.community import Community
from parcours.model.kinds import KINDS, MEETING, Kind
from parcours.model.schema import EventRecord, Record
from parcours.model.stage import Stage, stages_ahead
from parcours.tree import content
from parcours.wording import stage_name

from .conftest import NOW, ROOT, Site
from .corpora import compiled

PACKAGE = ROOT / "scripts/parcours"
each_kind = pytest.mark.parametrize("kind", KINDS.values(), ids=KINDS)

CONFIG = """\
site_name: Site
site_url: https://site.example/
docs_dir: content
theme: {{name: material, language: {language}}}
plugins: [search, parcours: {{uid_domain: site.example, territories: france{options}}}]
"""
EVENT = "---\ntitle: Quelque chose\nstart: 2026-12-03 12:30\nend: 2026-12-03 14:00\n---\nTexte.\n"
COURSE = "---\ntitle: Un cours\n---\nTexte.\n"


def below(record: type[Record]) -> Iterator[type[Record]]:
    for one in record.__subclasses__():
        yield one
        yield from below(one)


def test_every_kind_is_in_the_table() -> None:
    declared = [one for one in vars(kinds).values() if isinstance(one, Kind)]
    assert declared == list(KINDS.values())
    assert list(KINDS) == [one.id for one in declared]


def test_every_record_of_events_is_that_of_one_kind() -> None:
    ours = [one for one in below(EventRecord) if one.__module__.startswith("parcours.")]
    # What kinds have in common is that of none.
    ours = [one for one in ours if not one.__subclasses__()]
    assert sorted(one.__name__ for one in ours) == sorted(k.record.__name__ for k in KINDS.values())


@each_kind
def test_the_past_need_not_know_what_a_kind_adds(kind: Kind) -> None:
    """A deleted meeting is cancelled from an old version, read without the fields of its own."""
    needed = {name for name, field in kind.record.model_fields.items() if field.is_required()}
    assert needed == {"title"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_kind_has_a_name_and_an_address_in_every_language(language: str) -> None:
    tr = translator(language)
    names, addresses, ids = set(), set(), set()
    for kind in KINDS.values():
        assert set(kind.addresses) == set(LANGUAGES)
        assert re.fullmatch(r"[a-z0-9-]+", kind.addresses[language])
        names |= {tr.gettext(kind.name), tr.gettext(kind.singular)}
        addresses.add(kind.addresses[language])
        ids.add(kind.usual_id)
    assert len(names) == 2 * len(KINDS)
    assert len(addresses) == len(ids) == len(KINDS)


def write(site: Site, language: str, options: str, folders: dict[str, Kind]) -> Compiled:
    """A compiled site in which each of the folders holds one event."""
    site.write("mkdocs.yml", CONFIG.format(language=language, options=options))
    for folder, kind in folders.items():
        if kind.in_courses:
            site.write(f"{folder}/cours-{kind.id}/index.md", COURSE)
            site.write(f"{folder}/cours-{kind.id}/une.md", EVENT)
        else:
            site.write(f"{folder}/une.md", EVENT)
    return compiled(site.root / "mkdocs.yml", datetime.fromisoformat(NOW))


def check(made: Compiled, number: int) -> Community:
    files = {name: content(leaf) for name, leaf in made.tree}
    events = made.community.events
    assert len(events) == number
    for event in events:
        for address in (event.address, f"{event.collection.address}/"):
            assert {f"{address}index.md", f"{address.rstrip('/')}.md"} & files.keys()
        calendar = files[f"{event.address.rstrip('/')}.ics"].decode()
        assert f"UID:{event.uid}" in calendar
        assert isinstance(event.record, event.collection.kind.record)
    return made.community


@pytest.mark.large
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_usual_folder_is_a_collection_of_its_kind(site: Site, language: str) -> None:
    folders = {kind.usual_folder("content"): kind for kind in KINDS.values()}
    community = check(write(site, language, "", folders), len(KINDS))
    tr = translator(language)
    found = [
        (one.kind, one.name, one.singular, one.address) for one in community.settings.collections
    ]
    assert found == [
        (kind, tr.gettext(kind.name), tr.gettext(kind.singular), kind.addresses[language])
        for kind in KINDS.values()
    ]


@pytest.mark.large
def test_a_collection_may_be_of_any_kind(site: Site) -> None:
    folders = {f"des-{kind.id}": kind for kind in KINDS.values()}
    declared = ", ".join(f"{id}: {{kind: {kind.id}}}" for id, kind in folders.items())
    community = check(write(site, "fr", f", collections: {{{declared}}}", folders), len(KINDS))
    assert [one.address for one in community.settings.collections] == list(folders)


def test_a_word_that_is_no_kind_is_told_with_the_nearest(
    site: Site, lines: Callable[[], list[str]]
) -> None:
    options = ", collections: {a: {kind: webinaire}, b: {kind: [trip]}}"
    site.write("mkdocs.yml", CONFIG.format(language="en", options=options))
    assert site.run("check") == 1
    wrong = lines()
    assert len(wrong) == 2
    assert "mkdocs.yml:5:" in wrong[0]
    assert "collections.a.kind: « webinaire » is not a possible value" in wrong[0]
    assert "webinar" in wrong[0]
    assert "collections.b.kind" in wrong[1]


def test_no_template_asks_for_a_kind_by_name() -> None:
    """In Python, the type checker refuses to compare a kind with a text."""
    asked = re.compile(rf"kind(\.id)? *(==|!=|in) *[(\[]?[\"']({'|'.join(KINDS)})")
    for path in (PACKAGE / "pages/templates").glob("*.html"):
        assert not asked.search(path.read_text(encoding="utf-8")), path.name


HOUR = "start: 2026-12-03 18:30"
ONLINE = "online: https://visio.example/a"


@pytest.mark.parametrize(
    ("said", "mode", "location", "word"),
    [
        (f"{HOUR}\nplace: salle", "on-site", "Salle\\, 1 rue du Port\\, Brest", "Sur place"),
        (f"{HOUR}\n{ONLINE}", "online", "https://visio.example/a", "En ligne"),
        (f"{HOUR}\nplace: salle\n{ONLINE}", "hybrid", "Salle\\, 1 rue du Port\\, Brest",
         "Sur place et en ligne"),
        (f"{HOUR}\nmode: on-site", "on-site", None, "Sur place"),
        # Nothing says where, so nobody is told.
        (HOUR, None, None, None),
        ("start: 2026-12-03", None, None, None),
        ("start: 2026-12-03\nend: 2026-12-05", None, None, None),
    ],
)  # fmt: skip
def test_a_meeting_is_on_the_spot_online_or_both(
    site: Site,
    capsys: pytest.CaptureFixture[str],
    said: str,
    mode: str | None,
    location: str | None,
    word: str | None,
) -> None:
    address = "1 rue du Port, Brest"
    place = f"name: Salle\naddress: {address}\nterritory: bretagne\n"
    site.write("content/data/places/salle.yml", place)
    site.write("mkdocs.yml", CONFIG.format(language="fr", options=""))
    site.write("meetings/a.md", f"---\ntitle: Une\n{said}\n---\nTexte.\n")
    site.commit()
    assert site.run("check") == 0
    assert "meetings/" not in capsys.readouterr().out
    made = compiled(site.root / "mkdocs.yml", datetime.fromisoformat(NOW))
    (event,) = made.community.events
    assert (event.kind, event.mode) == (MEETING, mode)
    files = {name: content(leaf).decode() for name, leaf in made.tree if name.startswith("renc")}
    words = ("Sur place et en ligne", "Sur place", "En ligne")
    assert [one for one in words if f"<dd>{one}</dd>" in files["rencontres/a.md"]] == (
        [word] if word else []
    )
    assert '"@type":"Event"' in files["rencontres/a.md"]
    entry = files["rencontres/a.ics"].replace("\r\n ", "").splitlines()
    assert "UID:a.meetings@site.example" in entry
    assert next((one for one in entry if one.startswith("LOCATION")), None) == (
        None if location is None else f"LOCATION:{location}"
    )
    assert ("DTSTART;VALUE=DATE:20261203" in entry) == (HOUR not in said)


@pytest.mark.parametrize(("said", "due"), [("", False), ("recorded: true\n", True)])
def test_a_meeting_is_filmed_only_if_said(site: Site, said: str, due: bool) -> None:
    site.write("mkdocs.yml", CONFIG.format(language="fr", options=""))
    site.write("meetings/a.md", f"---\ntitle: Une\n{HOUR}\n{ONLINE}\n{said}---\nTexte.\n")
    (event,) = compiled(site.root / "mkdocs.yml", datetime.fromisoformat(NOW)).community.events
    after = Stage.REPLAY_DUE if due else Stage.PAST
    assert stages_ahead(event, datetime.fromisoformat(NOW)) == (Stage.UPCOMING, Stage.LIVE, after)
    assert stage_name(event, Stage.LIVE, translator("fr")) == "En cours"

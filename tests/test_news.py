"""News in RSS, Atom and JSON Feed: the same items, in forms that others read."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from pathlib import Path

import feedparser
import pytest
from lxml import etree

from parcours.cli import main

from .conftest import FRENCH, Site, compiled_page
from .test_feeds import vevents

EVENT = (
    "---\ntitle: Un\nstart: 2026-10-01 12:30\n---\n"
    "Texte <b>gras</b> & [lien](../content/index.md).\n"
)
UID = "un.comptoirs@petit.example"
ATOM = "{http://www.w3.org/2005/Atom}"


def read_json(path: Path) -> dict[str, object]:
    found: dict[str, object] = json.loads(path.read_text())
    return found


def items(path: Path) -> list[dict[str, object]]:
    found = read_json(path)["items"]
    assert isinstance(found, list)
    return found


@pytest.mark.large
def test_three_formats_tell_the_same(flagship_compiled: Path) -> None:
    found = sorted(flagship_compiled.rglob("*.rss.xml"))
    assert len(found) > 50
    for path in found:
        rss = feedparser.parse(path.read_bytes())
        atom = feedparser.parse(path.with_name(path.name.replace(".rss.", ".atom.")).read_bytes())
        feed = read_json(path.with_name(path.name.replace(".rss.xml", ".json")))
        assert (rss.bozo, atom.bozo) == (0, 0), path
        assert (rss.version, atom.version) == ("rss20", "atom10")
        assert feed["version"] == "https://jsonfeed.org/version/1.1"
        mine = items(path.with_name(path.name.replace(".rss.xml", ".json")))
        ids = [one["id"] for one in mine]
        assert len(ids) == len(set(ids))
        assert [one.id for one in rss.entries] == ids
        assert [one.id for one in atom.entries] == [f"mid:{id}" for id in ids]
        for one, other, third in zip(rss.entries, atom.entries, mine, strict=True):
            assert one.title == other.title == third["title"]
            assert one.link == other.link == third["url"]
            assert one.published_parsed == other.published_parsed == other.updated_parsed
            assert one.content[0].value == other.content[0].value
            content = str(third["content_html"])
            assert "<script" not in content
            assert 'href="/' not in content
            assert "parcours.invalid" not in content


@pytest.mark.large
def test_every_feed_names_itself_and_its_page(flagship_compiled: Path) -> None:
    base = "https://1001-parcours.example/"
    for path in sorted((flagship_compiled / "flux").rglob("*.xml")):
        feed = feedparser.parse(path.read_bytes()).feed
        links = {link["rel"]: link["href"] for link in feed.links}
        assert links["self"] == base + path.relative_to(flagship_compiled).as_posix()
        page = links["alternate"].removeprefix(base).removesuffix("/")
        assert compiled_page(flagship_compiled, page).is_file(), page
    for path in sorted((flagship_compiled / "flux").rglob("*.json")):
        if path.name != "feeds.json":
            assert (
                read_json(path)["feed_url"] == base + path.relative_to(flagship_compiled).as_posix()
            )


def test_atom_has_what_the_standard_asks(flagship_compiled: Path) -> None:
    """RFC 4287, sections 4.1.1 and 4.1.2."""
    for path in sorted(flagship_compiled.rglob("*.atom.xml")):
        root = etree.parse(path).getroot()
        assert root.tag == f"{ATOM}feed"
        for element in (root, *root.findall(f"{ATOM}entry")):
            for name in ("id", "title", "updated"):
                (found,) = element.findall(f"{ATOM}{name}")
                assert found.text, (path, name)
            # An IRI, with its scheme.
            assert element.find(f"{ATOM}id").text.split(":")[0] in {"https", "mid"}
            assert root.find(f"{ATOM}author") is not None


def test_a_reader_would_see_a_broken_feed(flagship_compiled: Path) -> None:
    path = flagship_compiled / "flux" / "agenda.atom.xml"
    assert feedparser.parse(path.read_bytes()[:-30]).bozo


def test_a_person_who_opens_a_feed_reads_a_page(flagship_compiled: Path) -> None:
    for name in ("flux/agenda.rss.xml", "flux/comptoirs/territoires/hauts-de-france.atom.xml"):
        path = flagship_compiled / name
        text = path.read_text()
        found = text.partition('<?xml-stylesheet type="text/css" href="')[2].partition('"')[0]
        assert (path.parent / found).resolve() == flagship_compiled / "assets" / "parcours-feed.css"
        assert "Comment s’abonner" in text
        assert "<script" not in text.lower()
        assert "xsl" not in text


@pytest.mark.large
def test_replays_are_playable(site: Site) -> None:
    site.write("webinars/un/index.md", EVENT.replace("../content/index.md", "https://a.example/"))
    site.commit("2026-10-02T00:00:00Z")
    replay = (
        "replay: {video: 'https://v.example/un.mp4', audio: son.mp3, duration: 50 min}\n"
        "image: {src: dessin.png, alt: Un dessin}\n"
    )
    text = EVENT.replace("../content/index.md", "https://a.example/").replace(
        "title", f"{replay}title"
    )
    site.write("webinars/un/index.md", text)
    site.write("webinars/un/son.mp3", b"ID3" + bytes(1200))
    site.write("webinars/un/dessin.png", b"\x89PNG")
    page = EVENT.replace("Un", "Deux").replace("../content/index.md", "https://a.example/")
    site.write(
        "webinars/deux.md", page.replace("title", "replay: {video: https://v.example/2}\ntitle")
    )
    site.commit("2026-10-05T00:00:00Z")
    out = site.compile()
    sound = "https://petit.example/x/comptoirs/un/son.mp3"
    feed = feedparser.parse((out / "flux" / "replays.rss.xml").read_bytes())
    assert [one.id for one in feed.entries] == [
        f"{UID}#replay",
        "deux.comptoirs@petit.example#replay",
    ]
    # What came with its replay is one news, not two.
    assert "deux.comptoirs@petit.example" not in (
        out / "flux" / "agenda.rss.xml"
    ).read_text().split("<guid")
    (enclosure,) = feed.entries[0].enclosures
    assert (enclosure.href, enclosure.type) == ("https://v.example/un.mp4", "video/mp4")
    assert feed.entries[1].enclosures == []
    atom = feedparser.parse((out / "flux" / "replays.atom.xml").read_bytes())
    assert [(one.href, one.length) for one in atom.entries[0].enclosures] == [
        ("https://v.example/un.mp4", "0"),
        (sound, "1203"),
    ]
    (first, second) = items(out / "flux" / "replays.json")
    assert first["attachments"] == [
        {
            "url": "https://v.example/un.mp4",
            "mime_type": "video/mp4",
            "duration_in_seconds": 3000,
        },
        {
            "url": sound,
            "mime_type": "audio/mpeg",
            "size_in_bytes": 1203,
            "duration_in_seconds": 3000,
        },
    ]
    assert "attachments" not in second
    lines = (out / "comptoirs" / "un.ics").read_bytes().decode().replace("\r\n ", "")
    assert "\r\nATTACH;FMTTYPE=video/mp4:https://v.example/un.mp4\r\n" in lines
    assert f"\r\nATTACH;FMTTYPE=audio/mpeg:{sound}\r\n" in lines
    assert (
        "\r\nIMAGE;VALUE=URI;DISPLAY=BADGE;FMTTYPE=image/png:"
        "https://petit.example/x/comptoirs/un/dessin.png\r\n" in lines
    )
    assert "CONFERENCE" not in lines


POST = "---\ntitle: Du neuf\ndate: 2026-11-02 09:00\nthemes: [t]\n---\n[Un](../../webinars/un.md)\n"


def with_posts(site: Site) -> Site:
    site.write("content/data/themes/t.yml", "name: Thème\n")
    site.write("webinars/un.md", EVENT)
    site.write("content/actualites/du-neuf.md", POST)
    site.commit("2026-11-20T00:00:00Z")
    return site


@pytest.mark.large
def test_a_post_has_a_page_an_index_and_a_place_in_the_news(site: Site) -> None:
    out = with_posts(site).compile()
    page = compiled_page(out, "actualites/du-neuf").read_text()
    assert 'href="../../comptoirs/un/"' in page
    assert 'datetime="2026-11-02"' in page
    assert "Du neuf" in compiled_page(out, "actualites").read_text()
    assert "Du neuf" in compiled_page(out, "").read_text()
    guid = "du-neuf.actualites@petit.example"
    for name in ("agenda", "themes/t", "actualites"):
        feed = feedparser.parse((out / "flux" / f"{name}.rss.xml").read_bytes())
        found = {one.id: one for one in feed.entries}
        # Its date is its own, not its commit's.
        assert found[guid].published == "Mon, 02 Nov 2026 08:00:00 +0000", name
    assert guid not in (out / "flux" / "comptoirs.rss.xml").read_text()
    assert not (out / "flux" / "actualites.ics").exists()


def test_a_post_of_tomorrow_waits(site: Site, capsys: pytest.CaptureFixture[str]) -> None:
    with_posts(site).write(
        "content/actualites/demain.md", "---\ntitle: Demain\ndate: 2026-11-25\n---\n"
    )
    assert not site.page("actualites/demain").exists()
    assert site.run("check") == 0
    assert "content/actualites/demain.md:3:7: warning[future-post]" in capsys.readouterr().out
    assert site.page("actualites/demain", now="2026-11-25T01:00:00Z").exists()


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("---\ntitle: Sans date\n---\n", "missing-key"),
        ("---\ntitle: A\ndate: hier\n---\n", "bad-moment"),
        ("---\ntitle: A\ndate: 2026-03-29 02:30\n---\n", "skipped-hour"),
        ("---\ntitle: A\ndate: 2026-03-28\nthemes: [rien]\n---\n", "unknown-reference"),
        ("---\ntitle: A\ndate: 2026-03-28\nid: du-neuf\n---\n", "duplicate-id"),
        ("---\ntitle: A\ndate: 2026-03-28\n---\n<script>1</script>\n", "unsafe-html"),
    ],
)
def test_a_wrong_post_is_told(
    site: Site, capsys: pytest.CaptureFixture[str], text: str, code: str
) -> None:
    with_posts(site).write("content/actualites/faux.md", text)
    site.run("check")
    assert f"[{code}]" in capsys.readouterr().out


@pytest.mark.deep
@pytest.mark.large
def test_long_texts_leave_room(site: Site) -> None:
    for n in range(24):
        text = EVENT.replace("Un", f"Un {n}") + "mot & <b>mot</b> " * 2500
        site.write(f"webinars/n{n}.md", text)
    site.commit("2026-09-20T00:00:00Z")
    out = site.compile()
    sizes = {path.name: path.stat().st_size for path in (out / "flux").glob("agenda.*")}
    assert max(sizes.values()) < 1_000_000, sizes
    assert len(items(out / "flux" / "agenda.json")) > 5


def test_news_come_in_order_of_time(site: Site) -> None:
    for n, day in enumerate(("2026-05-01", "2026-03-01", "2026-04-01")):
        site.write(f"webinars/n{n}.md", EVENT.replace("Un", f"Un {n}"))
        site.commit(f"{day}T00:00:00Z")
    found = [str(one["date_published"]) for one in items(site.feeds() / "flux" / "agenda.json")]
    assert found == sorted(found, reverse=True)
    # Commit dates that go backwards are made to increase.
    assert found[-1].startswith("2026-05-01")


@pytest.mark.large
@pytest.mark.regions
def test_another_day_changes_no_feed(site: Site) -> None:
    with_posts(site)
    for now in ("2026-11-24T09:00:00Z", "2026-11-27T21:00:00Z"):
        folder = site.root / now[:10]
        file = str(site.root / "mkdocs.yml")
        assert main(["compile", "-f", file, "--now", now, "-o", str(folder)]) == 0
    one, other = (site.root / day / "flux" for day in ("2026-11-24", "2026-11-27"))
    names = [path.relative_to(one) for path in sorted(one.rglob("*")) if path.is_file()]
    assert len(names) > 100
    for name in names:
        assert (one / name).read_bytes() == (other / name).read_bytes(), name


HELD = "start: 2026-03-05 12:30\n"
OFF = "status: cancelled\n"
PUT_OFF = "status: postponed\n"
REPLAY = "replay: {video: https://v.example/}\n"
DAYS = "start: 2026-03-05\nend: 2026-03-08\n"
GUADELOUPE = "timezone: America/Guadeloupe\n"

AFTER: dict[str, tuple[Sequence[tuple[str, str]], Sequence[tuple[str, str]]]] = {
    # name: (what the source says from when on, what is told and since when)
    "a past one that comes": ([("06-01", HELD)], []),
    "with its replay": ([("06-01", HELD + REPLAY)], [("#replay", "06-01")]),
    "already called off": ([("06-01", HELD + OFF)], []),
    "at a date that is not told": ([("06-01", "undated: past\n")], []),
    "its replay later": ([("06-01", HELD), ("07-01", HELD + REPLAY)], [("#replay", "07-01")]),
    "a correction of the hour": (
        [("01-01", HELD), ("04-01", HELD.replace("12:30", "14:00"))],
        [("", "01-01")],
    ),
    "of the zone": ([("01-01", HELD), ("04-01", HELD + GUADELOUPE)], [("", "01-01")]),
    "of the end": ([("01-01", HELD), ("04-01", HELD + "duration: 3h\n")], [("", "01-01")]),
    "of one whole day": (
        [("01-01", DAYS), ("04-01", DAYS.replace("03-08", "03-09"))],
        [("", "01-01")],
    ),
    "from past to past": ([("06-01", HELD), ("07-01", HELD.replace("05", "12", 1))], []),
    "a move keeps its number": (
        [
            ("01-01", HELD),
            ("02-01", "start: 2026-03-12 12:30\n"),
            ("04-01", "start: 2026-03-13 12:30\n"),
            ("05-01", "start: 2027-01-14 12:30\n"),
        ],
        [("#moved-3", "05-01"), ("#moved-1", "02-01"), ("", "01-01")],
    ),
    "a year mended": (
        [("01-10", "start: 2025-03-05 12:30\n"), ("01-11", HELD)],
        [("", "01-11")],
    ),
    "to a past date, when it was to come": (
        [("01-01", HELD), ("02-10", "start: 2026-02-05 12:30\n")],
        [("#moved-1", "02-10"), ("", "01-01")],
    ),
    "called off after": ([("01-01", HELD), ("04-01", HELD + OFF)], [("", "01-01")]),
    "put off after": ([("01-01", HELD), ("04-01", HELD + PUT_OFF)], [("", "01-01")]),
    "its date taken back after": ([("01-01", HELD), ("04-01", PUT_OFF)], [("", "01-01")]),
    "called off before": (
        [("01-01", HELD), ("02-01", HELD + OFF), ("04-01", HELD + OFF + "summary: Autre\n")],
        [("#cancelled", "02-01"), ("", "01-01")],
    ),
    "called off after, and given a date to come": (
        [("01-01", HELD), ("04-01", HELD + OFF), ("05-01", OFF + "start: 2027-01-14 12:30\n")],
        [("#cancelled", "05-01"), ("", "01-01")],
    ),
    "given another date while it is called off": (
        [("01-01", HELD), ("02-01", HELD + OFF), ("02-02", OFF + "start: 2026-03-12 12:30\n")],
        [("#cancelled", "02-01"), ("", "01-01")],
    ),
    "made longer": ([("01-01", HELD), ("02-01", HELD + "duration: 3h\n")], [("", "01-01")]),
    "put off, then called off": (
        [("01-01", HELD), ("02-01", PUT_OFF), ("04-01", OFF + "undated: future\n")],
        [("#cancelled", "04-01"), ("", "01-01")],
    ),
    "put off, and told once it was held": (
        [("01-01", HELD), ("02-01", PUT_OFF), ("06-01", "start: 2026-05-07 12:30\n")],
        [("", "01-01")],
    ),
    "postponed from the first, and given a date": (
        [("01-01", PUT_OFF), ("02-01", HELD)],
        [("", "02-01")],
    ),
    "called off from the first, and on again": (
        [("01-01", HELD + OFF), ("02-01", HELD), ("02-02", HELD + "summary: Autre\n")],
        [("", "02-01")],
    ),
    "called off from the first, and on again once it is over": (
        [("01-01", HELD + OFF), ("04-01", HELD)],
        [],
    ),
    "a replay that was none": (
        [("01-01", HELD + REPLAY), ("02-01", HELD)],
        [("", "02-01")],
    ),
    "a draft until it was over": (
        [("01-01", HELD + "draft: true\n"), ("04-01", HELD), ("05-01", HELD + REPLAY)],
        [("#replay", "05-01")],
    ),
    "while it goes on": (
        [("01-01", DAYS), ("03-07", DAYS.replace("03-08", "03-09"))],
        [("#moved-1", "03-07"), ("", "01-01")],
    ),
    "at the end of its last day": (
        [("01-01", DAYS), ("03-08T22:30", DAYS.replace("03-08", "03-09"))],
        [("#moved-1", "03-08"), ("", "01-01")],
    ),
    "after the end of its last day": (
        [("01-01", DAYS), ("03-08T23:00", DAYS.replace("03-05", "03-06"))],
        [("", "01-01")],
    ),
    "late in its own zone": (
        [
            ("01-01", "start: 2026-03-05 22:00\n" + GUADELOUPE),
            ("03-06T02:59", "start: 2026-03-05 23:00\n" + GUADELOUPE),
        ],
        [("#moved-1", "03-06"), ("", "01-01")],
    ),
}


@pytest.mark.sampled
@pytest.mark.large
@pytest.mark.parametrize("name", AFTER)
def test_what_changes_after_the_end_is_no_news_but_the_replay(site: Site, name: str) -> None:
    site.write("mkdocs.yml", FRENCH.replace(", weekday: thursday", ""))
    steps, expected = AFTER[name]
    for at, front in steps:
        site.write("webinars/un.md", f"---\ntitle: Un\n{front}---\nTexte.\n")
        site.commit(f"2026-{at}{'' if 'T' in at else 'T00:00'}:00Z")
    assert told(site) == [(f"{UID}{what}", f"2026-{day}") for what, day in expected]


PARIS = "name: Lieu\nterritory: ici\n"
REUNION = "name: Lieu\nterritory: la-bas\n"
IN_PLACE = f"{HELD.replace('2026-03', '2026-09')}place: lieu\n"
TERRITORIES = {
    "content/data/territories/ici.yml": "name: Ici\ntimezone: Europe/Paris\n",
    "content/data/territories/la-bas.yml": "name: Là-bas\ntimezone: Indian/Reunion\n",
}
PLACE, OTHER = "content/data/places/lieu.yml", "content/data/places/autre.yml"
CONFIGURED = FRENCH.replace(", weekday: thursday", "")
EASTERN = CONFIGURED.replace("uid_domain:", "timezone: Indian/Reunion\n      uid_domain:")

ELSEWHERE: dict[str, tuple[Mapping[str, str], Mapping[str, str | None], str, bool]] = {
    # name: (what is there beside the place, what changes, when, whether it is told as moved)
    "its place": ({"": IN_PLACE}, {PLACE: REUNION}, "02-01", True),
    "its place's own zone": (
        {"": IN_PLACE}, {PLACE: PARIS + "timezone: Indian/Reunion\n"}, "02-01", True,
    ),
    "its place's territory": (
        {"": IN_PLACE},
        {"content/data/territories/ici.yml": "name: Ici\ntimezone: Indian/Reunion\n"},
        "02-01",
        True,
    ),
    "the community": ({"": HELD.replace("03", "09", 1)}, {"mkdocs.yml": EASTERN}, "02-01", True),
    "another place of its own": (
        {"": IN_PLACE, OTHER: REUNION},
        {"": IN_PLACE.replace("lieu", "autre")},
        "02-01",
        True,
    ),
    "its place renamed": (
        {"": IN_PLACE},
        {"": IN_PLACE.replace("lieu", "autre"), PLACE: None, OTHER: PARIS},
        "02-01",
        False,
    ),
    "its place described": ({"": IN_PLACE}, {PLACE: PARIS + "address: Rue\n"}, "02-01", False),
    "its place broken, and mended": (
        {"": IN_PLACE}, {PLACE: "name: [\n", "later": PARIS}, "02-01", False,
    ),
    "once it is over": ({"": IN_PLACE}, {PLACE: REUNION}, "10-01", False),
    "while it is called off": ({"": IN_PLACE + OFF}, {PLACE: REUNION}, "02-01", False),
    "a meeting that says its zone": (
        {"": IN_PLACE + "timezone: Europe/Paris\n"}, {PLACE: REUNION}, "02-01", False,
    ),
    "whole days": (
        {"": DAYS.replace("-03", "-09") + "place: lieu\n"}, {PLACE: REUNION}, "02-01", False,
    ),
    "the community, of a meeting in a place": (
        {"": IN_PLACE}, {"mkdocs.yml": EASTERN}, "02-01", False,
    ),
    "the hour with the zone": (
        {"": IN_PLACE},
        {"": IN_PLACE.replace("12:30", "14:30"), PLACE: REUNION},  # two hours, in summer
        "02-01",
        False,
    ),
}  # fmt: skip


@pytest.mark.large
@pytest.mark.parametrize("name", ELSEWHERE)
def test_an_hour_moves_with_what_it_is_told_in(site: Site, name: str) -> None:
    """A zone may change while nobody touches the meeting; who subscribed comes at the old hour."""
    there, changed, day, moved = ELSEWHERE[name]
    later = changed.get("later")

    def put(files: Mapping[str, str | None]) -> None:
        for file, text in files.items():
            if file == "":
                site.write("webinars/un.md", f"---\ntitle: Un\n{text}---\nTexte.\n")
            elif text is None:
                (site.root / file).unlink()
            elif file != "later":
                site.write(file, text)

    put({"mkdocs.yml": CONFIGURED, **TERRITORIES, PLACE: PARIS, **there})
    site.commit("2026-01-01T00:00:00Z")
    before = told(site)
    put(changed)
    site.commit(f"2026-{day}T00:00:00Z")
    if later is not None:
        put({PLACE: later})
        site.commit("2026-10-02T00:00:00Z")
    expected = [(f"{UID}#moved-1", f"2026-{day}")] if moved else []
    assert told(site) == [*expected, *before]
    text = (site.root.parent / "feeds/flux/agenda.rss.xml").read_text()
    # What has moved says whose both hours are.
    said = re.findall(r"Déplacé\s:.*?devient.*?»", text)
    assert any("heure de La Réunion" in one for one in said) == moved


@pytest.mark.large
@pytest.mark.parametrize("gone", ["deleted", "undated"])
def test_the_hour_that_is_cancelled_is_the_one_that_was_told(site: Site, gone: str) -> None:
    source = f"---\ntitle: Un\n{IN_PLACE.replace('2026', '2027')}---\nTexte.\n"
    for name, text in {"mkdocs.yml": CONFIGURED, **TERRITORIES, PLACE: PARIS}.items():
        site.write(name, text)
    site.write("webinars/un.md", source)
    site.commit("2026-01-01T00:00:00Z")
    (before,) = vevents(site.feeds() / "flux/agenda.ics").values()
    for day, place in (("02", PARIS), ("03", REUNION), ("04", None)):
        site.write("webinars/.keep", "")
        if gone == "undated":
            site.write("webinars/un.md", "---\ntitle: Un\nstatus: postponed\n---\nTexte.\n")
        else:
            (site.root / "webinars/un.md").unlink(missing_ok=True)
        if place:
            site.write(PLACE, place)
        else:
            (site.root / PLACE).unlink()
        site.commit(f"2026-{day}-01T00:00:00Z")
        (after,) = vevents(site.feeds() / "flux/agenda.ics").values()
        assert after["STATUS"] == "CANCELLED"
        assert after.decoded("DTSTART") == before.decoded("DTSTART")


def told(site: Site) -> list[tuple[str, str]]:
    """The guids of all news and their days, the newest first."""
    found = items(site.feeds() / "flux" / "agenda.json")
    return [(str(one["id"]), str(one["date_published"])[:10]) for one in found]


def test_what_was_hidden_is_announced_when_it_comes_out(site: Site) -> None:
    site.write("webinars/_un.md", EVENT)
    site.commit("2026-01-01T00:00:00Z")
    site.git("mv", "webinars/_un.md", "webinars/un.md")
    site.commit("2026-02-01T00:00:00Z")
    assert told(site) == [(UID, "2026-02-01")]


def test_a_session_is_announced_when_its_course_comes_out(site: Site) -> None:
    course = "---\ntitle: Cours\ndraft: true\n---\nT.\n"
    site.write("content/mooc/c/index.md", course)
    site.write("content/mooc/c/s.md", EVENT.replace("../content/index.md", "https://a.example/"))
    site.commit("2026-01-01T00:00:00Z")
    site.write("content/mooc/c/index.md", course.replace("draft: true\n", ""))
    site.commit("2026-02-01T00:00:00Z")
    assert told(site) == [("c-s.mooc@petit.example", "2026-02-01")]


@pytest.mark.large
def test_a_session_of_a_draft_was_never_seen_wherever_it_goes(site: Site) -> None:
    """Of its course of then, not of the one in whose folder it lies today."""
    text = EVENT.replace("../content/index.md", "https://a.example/").replace("2026", "2027")
    for name, draft in (("a", "draft: true\n"), ("b", "")):
        site.write(f"content/mooc/{name}/index.md", f"---\ntitle: {name}\n{draft}---\nT.\n")
    site.write("content/mooc/a/s.md", text)
    site.write("content/mooc/a/r.md", text + "Autre.\n")
    site.commit("2026-01-01T00:00:00Z")
    # The course is renamed, then a session.
    site.git("mv", "content/mooc/a", "content/mooc/c")
    site.commit("2026-02-01T00:00:00Z")
    site.git("mv", "content/mooc/c/s.md", "content/mooc/c/t.md")
    site.commit("2026-03-01T00:00:00Z")
    assert told(site) == []
    assert vevents(site.root.parent / "feeds/flux/agenda.ics") == {}
    # It goes to a course that everybody sees.
    site.git("mv", "content/mooc/c/r.md", "content/mooc/b/r.md")
    site.commit("2026-04-01T00:00:00Z")
    assert told(site) == [("b-r.mooc@petit.example", "2026-04-01")]
    assert set(vevents(site.root.parent / "feeds/flux/agenda.ics")) == {"b-r.mooc@petit.example"}


@pytest.mark.large
def test_an_item_keeps_its_guid_when_its_file_is_renamed(site: Site) -> None:
    site.write("webinars/un.md", EVENT)
    site.commit("2026-01-01T00:00:00Z")
    site.git("mv", "webinars/un.md", "webinars/autre.md")
    site.commit("2026-02-01T00:00:00Z")
    # To calendars it is another: nobody is told that it does not take place.
    assert told(site) == [(UID, "2026-01-01")]
    site.write("webinars/autre.md", EVENT.replace("10-01", "10-08"))
    site.commit("2026-03-01T00:00:00Z")
    moved = f"{UID.replace('un', 'autre', 1)}#moved-1"
    assert told(site) == [(moved, "2026-03-01"), (UID, "2026-01-01")]
    # Another that takes the old name takes its identity too.
    site.write("webinars/un.md", EVENT.replace("Un", "Deux"))
    site.commit("2026-04-01T00:00:00Z")
    ids = [id for id, _ in told(site)]
    assert ids == [UID, moved, UID.replace("un", "autre", 1)]


def test_a_number_of_a_move_is_given_once_in_a_life(site: Site) -> None:
    for month, day in enumerate(("01", "08", None, "15"), 1):
        if day:
            site.write("webinars/un.md", EVENT.replace("10-01", f"10-{day}"))
        else:
            (site.root / "webinars" / "un.md").unlink()
        site.commit(f"2026-0{month}-01T00:00:00Z")
    assert told(site) == [
        (f"{UID}#moved-2", "2026-04-01"),
        (f"{UID}#moved-1", "2026-02-01"),
        (UID, "2026-01-01"),
    ]


def test_a_cancellation_keeps_its_date_when_the_file_goes(site: Site) -> None:
    for month, status in enumerate(("", "", "status: cancelled\n", "status: cancelled\n"), 1):
        site.write("webinars/un.md", EVENT.replace("title", f"{status}title") + f"{month}\n")
        site.commit(f"2026-0{month}-01T00:00:00Z")
    (site.root / "webinars" / "un.md").unlink()
    site.write("webinars/.keep", "")
    site.commit("2026-05-01T00:00:00Z")
    assert told(site) == [(f"{UID}#cancelled", "2026-03-01")]


def test_a_cancellation_keeps_its_date_whatever_counts_as_revised(site: Site) -> None:
    site.write("webinars/un.md", EVENT)
    site.commit("2026-01-01T00:00:00Z")
    (site.root / "webinars" / "un.md").unlink()
    revised = "uid_domain: petit.example\n      feeds: {revised: 2026-11-20}"
    site.write("mkdocs.yml", FRENCH.replace("uid_domain: petit.example", revised))
    site.commit("2026-02-01T00:00:00Z")
    (site.root / "webinars").mkdir(exist_ok=True)
    assert told(site) == [(f"{UID}#cancelled", "2026-02-01")]

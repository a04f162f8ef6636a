"""What happens within a meeting: placed in time, shown, found, followed; what is wrong in it."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime
from pathlib import Path

import pytest
from lxml import etree, html

from parcours.model.community import Community, Event
from parcours.model.programme import by_day, chapters_of, ids_of, items_of, recordings
from parcours.model.schema import ItemRecord

from .conftest import FRENCH, NOW, ROOT, Site, compiled_page
from .corpora import compiled

MEETINGS = "        rencontres: {kind: meeting, folder: meetings}\n"
PERSON = "name: {}\nconsent: rôle sans nom\n"
SHORT = """\
replay: {video: "https://video.example/un", duration: "48:00"}
programme:
  - {at: "12:30", title: Mot d'accueil}
  - at: 12h40
    duration: 20 min
    title: Évaluer sans noter
    speakers: [formateur, apprentie]
    track: Salle A
    language: en
    video: https://video.example/evaluer
    slides: evaluer.pdf
    chapter: "10:00"
  - {title: Questions, chapter: "30:00"}
"""
TWO_DAYS = """\
---
title: Deux jours
start: 2026-10-01 9:00
end: 2026-10-02 17:00
programme:
  - {at: "9:00", duration: 30 min, title: Accueil}
  - {at: "9:30", duration: 1h, title: Long, track: Salle A, speakers: formateur}
  - {at: "9:30", end: "10:00", title: Court, track: Salle B}
  - {at: "10:00", end: "10:30", title: Second, track: Salle B, speakers: apprentie}
  - {at: "10:30", duration: 15 min, title: Pause}
  - {day: 2, at: "9:00", title: Suite, speakers: formateur}
  - {title: Suite}
---
"""

OUTSIDE, NO_DAY = "item-outside", "item-day"


@pytest.fixture
def held(site: Site) -> Site:
    """A site with meetings and two persons."""
    site.write("mkdocs.yml", FRENCH + MEETINGS)
    site.write("content/data/people/formateur.yml", PERSON.format("Formateur"))
    site.write("content/data/people/apprentie.yml", PERSON.format("Apprentie"))
    (site.root / "meetings").mkdir()
    return site


def webinar(front: str, start: str = "start: 2026-10-01 12:30\nduration: 1h") -> str:
    return f"---\ntitle: Un\n{start}\n{front}---\nTexte.\n"


def written(site: Site, front: str, start: str = "start: 2026-10-01 12:30\nduration: 1h") -> Site:
    site.write("webinars/un.md", webinar(front, start))
    if "evaluer.pdf" in front:
        site.write("webinars/evaluer.pdf", b"%PDF-1.7")
    site.commit()
    return site


def loaded(site: Site) -> Community:
    return compiled(site.root / "mkdocs.yml", datetime.fromisoformat(NOW), draws=False).community


def only(site: Site, id: str = "un") -> Event:
    return next(one for one in loaded(site).events if one.id == id)


def faults(site: Site, capsys: pytest.CaptureFixture[str]) -> list[str]:
    """Code and place of all that is told."""
    site.run("check", "--lang", "en")
    said = "".join(capsys.readouterr())
    return [f"{code} {place}" for place, code in re.findall(r"(\S+:\d+:\d+): \w+\[(.*?)\]", said)]


def items(*lines: str) -> str:
    return "programme:\n" + "".join(f"  - {{{line}}}\n" for line in lines)


# Read, and placed in time.


def test_items_have_their_time_in_the_zone_of_the_meeting(held: Site) -> None:
    event = only(
        written(held, SHORT, "start: 2026-10-01 12:30\nduration: 1h\ntimezone: Indian/Reunion")
    )
    welcome, talk, questions = items_of(event)
    assert talk.begins == datetime(2026, 10, 1, 8, 40, tzinfo=UTC)
    assert talk.ends == datetime(2026, 10, 1, 9, 0, tzinfo=UTC)
    assert [one.id for one in talk.speakers] == ["formateur", "apprentie"]
    assert (welcome.ends, questions.begins) == (None, None)
    assert [one.anchor for one in (welcome, talk)] == [
        "programme-mot-d-accueil",
        "programme-evaluer-sans-noter",
    ]
    assert [one.id for one in event.everybody] == ["formateur", "apprentie"]


def test_an_item_stays_on_the_day_of_the_one_above_until_another_is_said(held: Site) -> None:
    held.write("meetings/deux.md", TWO_DAYS)
    held.commit()
    event = only(held, "deux")
    days = by_day(items_of(event))
    assert [(day, [one.title for one in its]) for day, its in days] == [
        (1, ["Accueil", "Long", "Court", "Second", "Pause"]),
        (2, ["Suite", "Suite"]),
    ]
    assert [one.id for one in items_of(event)[-2:]] == ["suite", "suite-2"]


def test_an_hour_before_the_beginning_is_one_of_the_morning_after(held: Site) -> None:
    night = "start: 2026-10-01 22:00\nend: 2026-10-02 02:00"
    text = items('at: "23:30", end: "0:30", title: A', 'at: "1:00", duration: 30 min, title: B')
    first, second = items_of(only(written(held, text, night)))
    assert str(first.ends) == "2026-10-02 00:30:00+02:00"
    assert str(second.begins) == "2026-10-02 01:00:00+02:00"


def test_a_length_goes_through_a_change_of_clocks(held: Site) -> None:
    night = "start: 2026-10-25 01:00\nend: 2026-10-25 06:00\nexception: une nuit"
    text = items('at: "2:00", duration: 2h, title: A')
    (item,) = items_of(only(written(held, text, night)))
    assert str(item.ends) == "2026-10-25 03:00:00+01:00"


def test_what_has_no_date_has_its_programme_all_the_same(held: Site) -> None:
    site = written(held, items('at: "9:00", title: A', "title: B"), "undated: future")
    assert [one.begins for one in items_of(only(site))] == [None, None]
    talk = tree(site.page("comptoirs/un")).get_element_by_id("programme-a")
    assert talk.text_content().split() == ["9", "hA"]


def test_identities_are_made_of_titles_and_given_ones_stay() -> None:
    records = [ItemRecord(title=one) for one in ("Pause", "Pause", "…", "Évaluer")]
    given = ItemRecord.model_validate({"title": "Autre", "id": "pause"})
    assert ids_of(records) == ["pause", "pause-2", "item", "evaluer"]
    assert ids_of([*records, given]) == ["pause-2", "pause-3", "item", "evaluer", "pause"]


def test_a_programme_of_a_series_moves_along_with_its_dates(held: Site) -> None:
    text = "repeat: {every: week, count: 4}\nalso: [2026-10-16 14:00]\n"
    text += 'dates:\n  2026-10-08: {start: "15:00"}\n  2026-10-15:\n    programme:\n'
    text += '      - {at: "12:35", title: Autre, speakers: apprentie, '
    text += 'video: "https://video.example/autre"}\n'
    text += items('at: "12:40", title: Exposé')
    site = written(held, text)
    event = only(site)
    begins = [str(items_of(one)[0].begins)[:16] for one in event.dates]
    assert begins == [
        *("2026-10-01 12:40", "2026-10-08 15:10", "2026-10-15 12:35"),
        *("2026-10-16 14:10", "2026-10-22 12:40"),
    ]
    own = event.dates[2]
    assert own.has_page
    (film,) = recordings(loaded(site))
    assert film.address == f"{own.address}#programme-autre"
    page = site.page("personnes/apprentie").read_text()
    assert "comptoirs/un/2026-10-15/#programme-autre" in page


def test_a_trip_has_its_programme_by_days(held: Site) -> None:
    text = items('day: 2, at: "9:00", title: Atelier')
    held.write(
        "voyages/v.md", f"---\ntitle: V\nstart: 2026-10-01\nend: 2026-10-02\n{text}---\nTexte.\n"
    )
    held.commit()
    (item,) = items_of(only(held, "v"))
    assert str(item.begins) == "2026-10-02 09:00:00+02:00"


@pytest.mark.parametrize(("day", "better"), [("", "day: 1"), (", day: 2", "day: 2")])
def test_the_programme_of_a_stop_is_led_to_that_of_its_trip(
    held: Site, capsys: pytest.CaptureFixture[str], day: str, better: str
) -> None:
    stop = f"{{id: a, title: Le campus{day}, programme: [{{at: '10:00', title: B}}]}}"
    front = f"title: V\nstart: 2026-10-01\nend: 2026-10-02\nstops:\n  - {stop}\n"
    held.write("voyages/v.md", f"---\n{front}---\nTexte.\n")
    held.run("check", "--lang", "en")
    (line,) = [one for one in capsys.readouterr().out.splitlines() if "unknown-key" in one]
    assert f"move these items to its « programme: », each with « {better} »" in line


# What is wrong.

WRONG = [
    ('at: "12:00", title: A', "item-outside webinars/un.md:6:11"),
    ('at: "13:30", title: A', "item-outside webinars/un.md:6:11"),
    ('at: "13:00", duration: 1h, title: A', "item-outside webinars/un.md:6:20"),
    ('at: "13:00", end: "12:45", title: A', "end-before-start webinars/un.md:6:20"),
    ('end: "12:45", title: A', "missing-key webinars/un.md:6:6"),
    ('at: "12:45", end: "13:00", duration: 15, title: A', "end-and-duration webinars/un.md:6:34"),
    ("day: 2, title: A", f"{NO_DAY} webinars/un.md:6:11"),
    ("day: 0, title: A", "item-day webinars/un.md:6:11"),
    ("title: A, speakers: personne", "unknown-reference webinars/un.md:6:16"),
    ('title: A, chapter: "5:00"', "idle-chapters webinars/un.md:6:16"),
    ("title: A, video: video.example", "bad-url webinars/un.md:6:16"),
]


@pytest.mark.parametrize(("line", "told"), WRONG)
def test_what_is_wrong_in_an_item_is_told_where_it_stands(
    held: Site, capsys: pytest.CaptureFixture[str], line: str, told: str
) -> None:
    found = faults(written(held, items(line)), capsys)
    assert len(found) == 1
    code, _, place = told.partition(" ")
    assert found[0].startswith(f"{code} {place.rpartition(':')[0]}:")


def test_where_an_item_with_a_video_begins_in_another_recording(
    held: Site, capsys: pytest.CaptureFixture[str]
) -> None:
    """There is none: nobody is asked for a replay, which would be a second one."""
    line = 'title: A, video: "https://video.example/a", chapter: "5:00"'
    written(held, items(line), "start: 2026-10-01 12:30").run("check", "--lang", "en")
    (told,) = [one for one in capsys.readouterr()[0].splitlines() if "idle-chapters" in one]
    assert told.endswith(
        "remove « chapter: »: this item has a video of its own; or write the recording of the "
        "whole under « replay: »"
    )


TOGETHER = [
    (
        (
            'at: "12:30", duration: 30, title: A, speakers: formateur, track: S',
            'at: "12:45", title: B, speakers: formateur, track: T',
        ),
        ["speaker-twice"],
    ),
    (
        (
            'at: "12:30", duration: 30, title: A, track: Salle',
            'at: "12:45", title: B, track: salle',
        ),
        ["track-twice"],
    ),
    (('at: "12:30", duration: 30, title: A', 'at: "12:45", title: B'), ["items-at-once"]),
    (('at: "13:00", title: A', 'at: "12:45", title: B'), ["item-order"]),
    (("id: a, title: A", "id: a, title: B"), ["duplicate-item"]),
    # Nothing is told by the name of what has none.
    (('at: "12:30", title: A', 'at: "12:30", title: ""'), ["empty"]),
    (('at: "12:30", title: "", track: S', 'at: "12:30", title: B, track: S'), ["empty"]),
    (('at: "13:00", title: A', 'at: "12:45", title: ""'), ["empty"]),
    # One that goes on meets all that begins meanwhile, whatever is between.
    (
        (
            'at: "12:30", duration: 50, title: A, track: S',
            'at: "12:30", title: B, track: T',
            'at: "13:00", title: C, track: S',
        ),
        ["track-twice"],
    ),
    # How long one lasts that does not say so is not known.
    (
        (
            'at: "12:30", title: A, speakers: formateur, track: S',
            'at: "12:45", title: B, speakers: formateur, track: T',
        ),
        [],
    ),
    (
        (
            'at: "12:30", duration: 15, title: A, speakers: formateur, track: S',
            'at: "12:45", title: B, speakers: formateur, track: S',
        ),
        [],
    ),
    (
        (
            'at: "12:45", title: A, track: S',
            'at: "13:00", title: B, track: S',
            'at: "12:45", title: C, track: T',
        ),
        [],
    ),
]


@pytest.mark.parametrize(("lines", "codes"), TOGETHER)
def test_what_contradicts_itself_is_told_once(
    held: Site, capsys: pytest.CaptureFixture[str], lines: tuple[str, ...], codes: list[str]
) -> None:
    found = faults(written(held, items(*lines)), capsys)
    assert [one.partition(" ")[0] for one in found] == codes


def test_a_chapter_beyond_the_recording_and_a_video_of_the_future_are_told(
    held: Site, capsys: pytest.CaptureFixture[str]
) -> None:
    film = 'replay: {video: "https://video.example/un", duration: "48:00"}\n'
    found = faults(written(held, film + items('title: A, chapter: "50:00"')), capsys)
    assert [one.partition(" ")[0] for one in found] == ["chapter-beyond"]
    video = items('title: A, video: "https://video.example/un"')
    later = "start: 2026-12-03 12:30\nduration: 1h"
    found = faults(written(held, video, later), capsys)
    assert [one.partition(" ")[0] for one in found] == ["replay-of-future"]


def test_of_an_item_that_ends_before_it_begins_its_own_keys_are_named(
    held: Site, capsys: pytest.CaptureFixture[str]
) -> None:
    written(held, items('at: "12:40", end: "12:35", title: A'))
    held.run("check", "--lang", "en")
    assert "correct « end: » or « at: »" in "".join(capsys.readouterr())


@pytest.mark.parametrize(
    ("when", "told"),
    [("printemps 2027", ["replay-of-future"]), ("2026", []), ("mars 2024", [])],
)
@pytest.mark.parametrize(
    "film",
    [
        items('title: A, video: "https://video.example/a"'),
        'replay: {video: "https://video.example/a"}\n',
    ],
)
def test_what_is_held_in_some_days_to_come_was_not_recorded(
    held: Site, capsys: pytest.CaptureFixture[str], film: str, when: str, told: list[str]
) -> None:
    found = faults(written(held, film, f"when: {when}"), capsys)
    assert [one.partition(" ")[0] for one in found] == told


@pytest.mark.parametrize(
    ("lines", "places"),
    [
        (
            (
                'title: A, chapter: "10:00"',
                'title: B, chapter: "5:00"',
                'title: C, chapter: "5:00"',
            ),
            ["webinars/un.md:8", "webinars/un.md:9"],
        ),
        (
            ('title: A, chapter: "5:00", track: S', 'title: B, chapter: "5:00", track: T'),
            ["webinars/un.md:8"],
        ),
        (
            ('title: A, chapter: "10:00", track: S', 'title: B, chapter: "5:00", track: T'),
            [],
        ),
    ],
)
def test_no_chapter_is_lost_among_those_of_the_programme(
    held: Site, capsys: pytest.CaptureFixture[str], lines: tuple[str, ...], places: list[str]
) -> None:
    film = 'replay: {video: "https://video.example/un"}\n'
    found = faults(written(held, film + items(*lines)), capsys)
    assert [one.rpartition(":")[0] for one in found] == [f"chapter-order {one}" for one in places]
    columns = [int(one.rpartition(":")[2]) for one in found]
    assert columns == [items(lines[1]).splitlines()[-1].index("chapter:") + 10 for _ in places]


THREE_DAYS = """\
---
title: Trois jours
start: 2026-10-01 9:00
end: 2026-10-03 02:00
programme:
  - {at: "9:00", duration: 30 min, title: Accueil}
  - {title: Sans heure, track: Salle A}
  - {at: "9:30", duration: 2h, title: Long, track: Salle A}
  - {title: Libre}
  - {at: "9:30", end: "10:00", title: Court, track: Salle B}
  - {at: "10:00", duration: 15 min, title: Pause}
  - {day: 2, title: Ouvert}
  - {at: "22:00", end: "1:00", title: Nuit}
---
"""


def test_page_calendar_and_machines_agree_on_several_days(held: Site) -> None:
    held.write("meetings/trois.md", THREE_DAYS)
    held.commit()
    out = held.compile()
    page = tree(compiled_page(out, "rencontres/trois"))
    (table,) = page.get_element_by_id("pc-programme").xpath(".//table")
    rows = [
        (row.xpath("string(th)").replace("\u00a0", " "), row.xpath("td//a/text()"))
        for row in table.xpath(".//tbody/tr")
    ]
    assert rows == [
        ("9 h", ["Accueil"]),
        ("", ["Sans heure"]),
        ("9 h 30", ["Long", "Court"]),
        ("", ["Libre"]),
        ("10 h", ["Pause"]),
    ]
    scripts = page.xpath("//script[@type='application/ld+json']/text()")
    (parts,) = (one["subEvent"] for one in map(json.loads, scripts) if "subEvent" in one)
    said = {one["name"]: (one["startDate"], one.get("endDate")) for one in parts}
    assert said["Nuit"] == ("2026-10-02T22:00:00+02:00", "2026-10-03T01:00:00+02:00")
    assert said["Ouvert"] == ("2026-10-02", None)
    assert said["Libre"] == ("2026-10-01", None)
    calendar = (out / "rencontres/trois.ics").read_text().replace("\n ", "")
    assert "vendredi 2 octobre\\, 22 h Nuit" in " ".join(calendar.split())


@pytest.mark.parametrize(
    ("lines", "start", "told"),
    [
        # An evening of the last day may go on past midnight, and no day and night.
        (('at: "22:00", end: "1:00", title: A, day: 2',), "start: 2026-10-01\nend: 2026-10-02", ""),
        (
            ('at: "22:00", duration: 3h, title: A, day: 2',),
            "start: 2026-10-01\nend: 2026-10-02",
            "",
        ),
        (
            ('at: "14:00", duration: 30h, title: A, day: 2',),
            *("start: 2026-10-01\nend: 2026-10-02", OUTSIDE),
        ),
        (
            ('at: "14:00", end: "13:00", title: A',),
            *("start: 2026-10-01 9:00\nend: 2026-10-03 17:00", "end-before-start"),
        ),
        (
            ('at: "22:00", end: "3:00", title: A, day: 2',),
            *("start: 2026-10-01 9:00\nend: 2026-10-03 02:00", "end-before-start"),
        ),
    ],
)
def test_an_item_of_several_days_may_run_past_midnight(
    held: Site, capsys: pytest.CaptureFixture[str], lines: tuple[str, ...], start: str, told: str
) -> None:
    text = f"---\ntitle: Un\n{start}\n{items(*lines)}---\nTexte.\n"
    held.write("meetings/un.md", text)
    held.commit()
    assert [one.partition(" ")[0] for one in faults(held, capsys)] == [told] * bool(told)


@pytest.mark.parametrize(
    ("said", "code", "named"),
    [
        ('programme: [{title: A, at: "12:30"}, {at: "9:00"}]', OUTSIDE, "programme[2]"),
        ('programme: [{title: "", at: "9:00"}]', OUTSIDE, "programme[1]"),
        ("programme: [{day: 3}]", NO_DAY, "programme[1]"),
        ('programme: [{title: "", day: 2026-12-05}]', "day-outside", "programme[1]"),
        (
            'replay: {duration: "4:00", chapters: [{at: "5:00", title: ""}]}',
            *("chapter-beyond", "replay.chapters[1]"),
        ),
        (
            'replay: {video: "https://video.example/a", duration: "4:00"}\n'
            'programme: [{chapter: "5:00"}]',
            *("chapter-beyond", "programme[1]"),
        ),
        ('deadlines: [{what: "", until: 2028-12-01}]', "deadline-far", "deadlines[1]"),
    ],
)
def test_what_says_no_title_is_named_by_its_place(
    held: Site, capsys: pytest.CaptureFixture[str], said: str, code: str, named: str
) -> None:
    written(held, f"{said}\n").run("check", "--lang", "en")
    told = capsys.readouterr().out
    (line,) = [one for one in told.splitlines() if f"[{code}]" in one]
    assert f"« {named} »" in line
    assert "« x" not in told


def test_chapters_of_a_recording_and_of_the_programme_are_one_list(
    held: Site, capsys: pytest.CaptureFixture[str]
) -> None:
    said = "chapters: [{at: '0:00', title: Début}, {at: '10:00', title: Sans noter}]"
    front = SHORT.replace('duration: "48:00"', f'duration: "48:00", {said}')
    site = written(held, front)
    assert [(one.at, one.title) for one in chapters_of(only(site))] == [
        *((0, "Début"), (600, "Sans noter"), (1800, "Questions")),
    ]
    assert faults(site, capsys) == []
    page = tree(held.page("comptoirs/un"))
    for id, at in (("evaluer-sans-noter", "10:00"), ("questions", "30:00")):
        assert at in page.get_element_by_id(f"programme-{id}").text_content()
    scripts = page.xpath("//script[@type='application/ld+json']/text()")
    (clips,) = (one["hasPart"] for one in map(json.loads, scripts) if "hasPart" in one)
    assert [(one["startOffset"], one.get("endOffset")) for one in clips] == [
        *((0, 600), (600, 1800), (1800, 2880)),
    ]


@pytest.mark.large
def test_more_than_four_hundred_items_are_told(
    held: Site, capsys: pytest.CaptureFixture[str]
) -> None:
    text = items(*(f"title: Point {n}" for n in range(401)))
    assert [one.partition(" ")[0] for one in faults(written(held, text), capsys)] == ["too-many"]
    text = items(*(f"title: Point {n}" for n in range(400)))
    assert faults(written(held, text), capsys) == []


@pytest.mark.parametrize(
    "word", ["déroulé", "ordre du jour", "agenda", "schedule", "sessions", "exposés", "talks"]
)
def test_the_words_of_people_lead_to_the_key(
    held: Site, capsys: pytest.CaptureFixture[str], word: str
) -> None:
    written(held, f"{word}:\n  - {{titre: A, intervenants: formateur}}\n")
    held.run("check")
    assert "programme" in "".join(capsys.readouterr())


def test_what_is_wrong_on_one_date_is_told_there(
    held: Site, capsys: pytest.CaptureFixture[str]
) -> None:
    text = "repeat: {every: week, count: 3}\ndates:\n  2026-10-08:\n    programme:\n"
    text += '      - {at: "20:00", title: A}\n'
    assert faults(written(held, text), capsys) == [f"{OUTSIDE} webinars/un.md:9:14"]


# Shown, found, followed.


def tree(page: Path) -> html.HtmlElement:
    return html.fromstring(page.read_text())


def test_an_hour_past_the_end_of_a_night_is_told_as_one_of_that_night(
    held: Site, capsys: pytest.CaptureFixture[str]
) -> None:
    said = items('at: "23:30", title: A', 'at: "02:30", title: B')
    site = written(held, said, "start: 2026-10-01 23:00\nduration: 3h")
    assert faults(site, capsys) == [f"{OUTSIDE} webinars/un.md:7:10"]
    site.run("check", "--lang", "en")
    assert "« B » (2026-10-02 02:30)" in capsys.readouterr().out.replace("\u00a0", " ")


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ('at: "12:40", title: Pause, break: true', "shown as a break"),
        ('at: "12:40", title: A, description: Un texte', "in the text of the meeting"),
        ('at: "12:40", title: A, url: "https://x.example"', "« video: » and its « slides: »"),
        ('at: "12:40", title: A, links: [{url: "https://x.example"}]', "« slides: »"),
        ('day: 1, sessions: [{at: "12:40", title: A}]', "« - day: …, at: …, title: … »"),
    ],
)
def test_what_an_item_does_not_say_is_told(
    held: Site, capsys: pytest.CaptureFixture[str], said: str, told: str
) -> None:
    site = written(held, items(said))
    assert site.run("check", "--lang", "en") == 1
    (line,) = [one for one in capsys.readouterr().out.splitlines() if "unknown-key" in one]
    assert told in line


@pytest.mark.parametrize(
    ("own", "lang", "badge"),
    [
        ("", "de", None),
        ("language: de, ", "de", "Allemand"),
        ("language: en, ", "en", "Anglais"),
        ("language: fr, ", None, "Français"),
    ],
)
def test_an_item_is_told_in_the_language_of_its_meeting(
    held: Site, own: str, lang: str | None, badge: str | None
) -> None:
    """As the text of the meeting is, wherever its title stands."""
    said = f"language: de\nprogramme: [{{{own}title: Lesen, speakers: formateur}}]\n"
    site = written(held, said)
    page = tree(site.page("comptoirs/un"))
    talk = page.get_element_by_id("programme-lesen")
    (title,) = talk.xpath(".//a[@href='#programme-lesen']")
    assert title.get("lang") == lang
    told = [one.text_content() for one in talk.find_class("pc-badge")]
    assert told == ([badge] if badge else [])
    (link,) = tree(site.page("personnes/formateur")).xpath("//a[text()='Lesen']")
    assert link.get("lang") == lang


def test_the_page_has_a_list_with_an_address_for_each_item(held: Site) -> None:
    site = written(held, SHORT)
    out = site.compile()
    page = tree(compiled_page(out, "comptoirs/un"))
    part = page.get_element_by_id("pc-programme")
    assert [one.get("id") for one in part.xpath(".//ol/li/div")] == [
        *("programme-mot-d-accueil", "programme-evaluer-sans-noter", "programme-questions"),
    ]
    talk = page.get_element_by_id("programme-evaluer-sans-noter")
    assert talk.xpath(".//time/@datetime") == ["2026-10-01T12:40:00+02:00"]
    (title,) = talk.xpath(".//a[@href='#programme-evaluer-sans-noter']")
    assert (title.get("lang"), title.text) == ("en", "Évaluer sans noter")
    links = talk.xpath(".//a/@href")
    assert {"https://video.example/evaluer", "../../personnes/formateur/"} <= set(links)
    assert (out / "comptoirs/un/evaluer.pdf").is_file()
    assert "Anglais" in talk.text_content()
    # The parts of the recording are where the items begin.
    chapters = page.find_class("pc-chapters")[0]
    assert [" ".join(one.text_content().split()) for one in chapters] == [
        *("10:00 Évaluer sans noter", "30:00 Questions"),
    ]


def test_several_rooms_are_a_table_in_which_all_stand_once(held: Site) -> None:
    held.write("meetings/deux.md", TWO_DAYS)
    held.commit()
    page = tree(held.page("rencontres/deux"))
    part = page.get_element_by_id("pc-programme")
    (table,) = part.xpath(".//table")
    heads = [one.text_content() for one in table.xpath(".//thead//th")]
    assert heads == ["Heure", "Salle A", "Salle B"]
    rows = [
        (
            row.xpath("string(th)"),
            [
                (cell.get("colspan"), cell.get("rowspan"), cell.xpath("string(.//a)"))
                for cell in row.xpath("td")
            ],
        )
        for row in table.xpath(".//tbody/tr")
    ]
    assert [(hour.replace("\u00a0", " "), cells) for hour, cells in rows] == [
        ("9 h", [("2", None, "Accueil")]),
        ("9 h 30", [(None, "2", "Long"), (None, None, "Court")]),
        ("10 h", [(None, None, "Second")]),
        ("10 h 30", [("2", None, "Pause")]),
    ]
    ids = part.xpath(".//*[@id]/@id")
    assert len(ids) == len(set(ids)) == 7 + 2
    days = part.xpath(".//nav//a/@href")
    assert days == [f"#{one.get('id')}" for one in part.xpath("h3[@id] | details/div")]


def test_what_goes_on_below_a_break_is_told_there_again(held: Site) -> None:
    said = items(
        'at: "9:00", duration: 3h, title: Long, track: Salle A',
        'at: "9:00", duration: 1h, title: Court, track: Salle B',
        'at: "10:00", duration: 15 min, title: Pause',
        'at: "10:15", duration: 30 min, title: Second, track: Salle B',
        'at: "11:00", duration: 1h, title: Dernier, track: Salle B',
        'at: "12:00", duration: 30 min, title: Repas',
        'at: "12:30", duration: 30 min, title: Fin, track: Salle B',
    )
    site = written(held, said, "start: 2026-10-01 9:00\nduration: 5h")
    page = tree(compiled_page(site.compile(), "comptoirs/un"))
    rows = [
        [(cell.get("rowspan"), cell.xpath("string(.//a)")) for cell in row.xpath("td")]
        for row in page.xpath("//table[contains(@class, 'pc-schedule')]//tbody/tr")
    ]
    assert rows == [
        [(None, "Long"), (None, "Court")],
        [(None, "Pause")],
        [("2", "Long"), (None, "Second")],
        [(None, "Dernier")],
        [(None, "Repas")],
        [(None, ""), (None, "Fin")],
    ]
    (still,) = page.find_class("pc-still")
    assert " ".join(still.text_content().split()) == "Long (suite)"
    ids = page.xpath("//*[@id='pc-programme']//*[@id]/@id")
    assert len(ids) == len(set(ids)) == 7


@pytest.mark.large
def test_one_room_in_two_spellings_is_shown_under_the_first(held: Site) -> None:
    said = items(
        'at: "12:30", duration: 15, title: A, track: Salle A',
        'at: "12:30", duration: 15, title: B, track: Salle B',
        'at: "12:45", title: C, track: salle a',
        'at: "12:45", title: D, track: 会議室',
        'at: "12:45", title: E, track: 講堂',
    )
    page = tree(compiled_page(written(held, said).compile(), "comptoirs/un"))
    part = page.get_element_by_id("pc-programme")
    heads = [one.text_content() for one in part.xpath(".//thead//th")]
    assert heads == ["Heure", "Salle A", "Salle B", "会議室", "講堂"]
    assert "salle a" not in part.text_content()
    places = {one.track for one in items_of(only(held))}
    assert places == {"Salle A", "Salle B", "会議室", "講堂"}


def test_who_speaks_finds_it_on_a_page_and_search_finds_it_by_them(held: Site) -> None:
    out = written(held, SHORT).compile()
    page = compiled_page(out, "personnes/formateur").read_text()
    assert "comptoirs/un/#programme-evaluer-sans-noter" in page
    assert ">Interventions<" in page
    words = "".join(one.read_text() for one in (out / "assets/search").glob("*.json"))
    assert "programme-evaluer-sans-noter" in words


def test_search_engines_are_told_of_items_as_events_within(held: Site) -> None:
    page = written(held, SHORT).page("comptoirs/un").read_text()
    found = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page, re.DOTALL)
    its = [json.loads(one) for one in found]
    within = next(one["subEvent"] for one in its if "subEvent" in one)
    assert within[1] == {
        "@type": "Event",
        "name": "Évaluer sans noter",
        "url": "https://petit.example/x/comptoirs/un/#programme-evaluer-sans-noter",
        "startDate": "2026-10-01T12:40:00+02:00",
        "endDate": "2026-10-01T13:00:00+02:00",
        "location": {"@type": "Place", "name": "Salle A"},
        "inLanguage": "en",
        "performer": [
            {
                "@type": "Person",
                "name": name,
                "url": f"https://petit.example/x/personnes/{name.lower()}/",
            }
            for name in ("Formateur", "Apprentie")
        ],
        "recordedIn": {
            "@type": "VideoObject",
            "name": "Évaluer sans noter",
            "url": "https://video.example/evaluer",
        },
    }
    (video,) = [one for one in its if one["@type"] == "VideoObject"]
    assert [one["name"] for one in video["hasPart"]] == ["Évaluer sans noter", "Questions"]


def test_calendars_tell_the_programme_in_short(held: Site) -> None:
    lines = [f'at: "12:{30 + n}", title: Point {n}' for n in range(15)]
    out = written(held, items(*lines)).feeds()
    text = (out / "comptoirs/un.ics").read_text().replace("\n ", "").replace("\u00a0", " ")
    assert "Programme :\\n- 12 h 30 Point 0\\n- 12 h 31 Point 1" in text
    assert "- 12 h 41 Point 11\\net 3 de plus" in text
    assert "Point 12" not in text


@pytest.mark.parametrize(
    ("status", "told"),
    [
        ("confirmed", None),
        ("tentative", None),
        ("cancelled", "EventCancelled"),
        ("postponed", "EventPostponed"),
        ("moved-online", "EventMovedOnline"),
    ],
)
def test_search_engines_are_told_that_items_of_what_is_called_off_are_too(
    held: Site, status: str, told: str | None
) -> None:
    text = webinar(items('at: "12:40", title: Un'))
    held.write("webinars/un.md", text.replace("title:", f"status: {status}\ntitle:", 1))
    held.commit()
    page = held.page("comptoirs/un").read_text()
    found = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page, re.DOTALL)
    (item,) = next(one["subEvent"] for one in map(json.loads, found) if "subEvent" in one)
    assert item.get("eventStatus") == (told and f"https://schema.org/{told}")


@pytest.mark.parametrize(
    "film",
    [
        items(
            'title: A, video: "https://video.example/a"', 'title: B, video: "https://b.example/"'
        ),
        'replay: {video: "https://video.example/a"}\n',
    ],
)
def test_what_was_called_off_has_no_replay_and_that_is_told(
    held: Site, capsys: pytest.CaptureFixture[str], film: str
) -> None:
    found = faults(written(held, f"status: cancelled\n{film}"), capsys)
    assert [one.partition(" ")[0] for one in found] == ["replay-of-cancelled"]
    assert json.loads((held.feeds() / "flux/replays.json").read_text())["items"] == []


def test_an_item_with_a_video_is_a_replay_of_its_own(held: Site) -> None:
    out = written(held, SHORT).compile()
    feed = json.loads((out / "flux/replays.json").read_text())
    found = {one["id"]: one for one in feed["items"]}
    guid = "programme-evaluer-sans-noter.un.comptoirs@petit.example#replay"
    assert set(found) == {guid, "un.comptoirs@petit.example#replay"}
    where = "https://petit.example/x/comptoirs/un/#programme-evaluer-sans-noter"
    assert found[guid]["url"] == where
    assert "https://video.example/evaluer" in found[guid]["content_html"]
    # It is held in a language of its own.
    assert found[guid]["language"] == "en"
    gallery = compiled_page(out, "replays").read_text()
    assert "comptoirs/un/#programme-evaluer-sans-noter" in gallery
    assert "#replay" in gallery
    assert "#programme-evaluer-sans-noter#replay" not in gallery
    # Other feeds tell of meetings, not of each talk.
    others = json.loads((out / "flux/comptoirs.json").read_text())
    assert guid not in {one["id"] for one in others["items"]}


def test_what_a_feed_tells_of_an_item_is_its_own(held: Site) -> None:
    """Not what its meeting costs, nor until when one could call; its title alone is in German."""
    deadlines = "deadlines: [{what: Appel, until: 2026-10-01}]\n"
    links = "links: [{label: Billets, url: https://billets.example/a}]\n"
    said = f"price: 77 €\n{deadlines}{links}url: https://elsewhere.example/a\n"
    item = 'title: Lesen, language: de, video: "https://video.example/a"'
    out = written(held, f"{said}{items(item)}").feeds()
    (told,) = json.loads((out / "flux/replays.json").read_text())["items"]
    assert not {"77", "Appel", "billets", "elsewhere"} & set(re.findall(r"\w+", f"{told}"))
    entry = etree.parse(out / "flux/replays.atom.xml").find("{*}entry")
    lang = "{http://www.w3.org/XML/1998/namespace}lang"
    assert entry.find("{*}title").get(lang) == "de"
    assert entry.find("{*}content").get(lang) is None


def test_the_news_of_an_item_is_dated_by_its_video(held: Site) -> None:
    line = 'at: "12:40", title: Évaluer'
    written(held, items(line))
    held.write("webinars/un.md", webinar(items(f'{line}, video: "https://video.example/a"')))
    held.commit("2026-10-09T10:00:00Z")
    held.write("webinars/un.md", webinar(items(f'{line}, video: "https://video.example/b"')))
    held.commit("2026-10-20T10:00:00Z")
    feed = json.loads((held.feeds() / "flux/replays.json").read_text())
    (item,) = feed["items"]
    assert item["date_published"] == "2026-10-09T10:00:00+00:00"


@pytest.mark.large
def test_a_whole_build_holds_what_its_feeds_are_due(held: Site) -> None:
    written(held, SHORT)
    held.write("meetings/deux.md", TWO_DAYS)
    held.commit()
    out = held.build()
    page = html.fromstring((out / "rencontres/deux/index.html").read_bytes())
    assert page.xpath("//table[@class='pc-schedule']")


def test_a_meeting_without_a_programme_has_nothing_of_it(held: Site) -> None:
    page = written(held, "").page("comptoirs/un").read_text()
    assert "pc-programme" not in page
    assert "programme.css" not in page


@pytest.mark.large
def test_the_conference_of_the_flagship_is_whole() -> None:
    found = compiled(ROOT / "mkdocs.yml", datetime.fromisoformat(NOW), draws=False)
    (event,) = (one for one in found.community.events if len(one.plan.items) > 30)
    its = items_of(event)
    assert event.record.example
    assert len([one for one in its if one.speakers]) == 40
    assert {one.record.track for one in its if one.record.track} == {"Amphithéâtre", "Atelier"}
    assert {one.number for one in its} == {1, 2}


TALK = "---\ntitle: Un\nstart: 2026-12-03 12:30\nduration: 2h\nprogramme:\n"
SPOKEN = '  - {at: "12:40", title: Évaluer, speakers: [formateur]}\n'


@pytest.mark.parametrize("is_committed", [True, False])
@pytest.mark.parametrize(
    ("said", "place"),
    [
        (SPOKEN.replace("Évaluer", "Évaluer sans noter"), "6:26"),
        (SPOKEN.replace("Évaluer", "Évaluer sans noter, id: evaluer"), ""),
        (SPOKEN.replace("Évaluer", "Autre").replace("12:40", "13:40"), ""),
        (SPOKEN + '  - {at: "12:50", title: Autre, speakers: [formateur]}\n', ""),
    ],
)
def test_an_item_under_another_title_is_told(
    site: Site, capsys: pytest.CaptureFixture[str], said: str, place: str, is_committed: bool
) -> None:
    site.write(
        "content/data/people/formateur.yml",
        "name: Une formatrice\nconsent: à l’oral, le 3 mars 2026\n",
    )
    site.write("webinars/un.md", f"{TALK}{SPOKEN}---\nTexte.\n")
    site.commit("2026-09-01T00:00:00Z")
    site.write("webinars/un.md", f"{TALK}{said}---\nTexte.\n")
    if is_committed:
        site.commit("2026-11-05T00:00:00Z")
    site.run("check", "--lang", "en")
    out = capsys.readouterr().out
    found = [one for one in out.splitlines() if "[lost-item]" in one]
    assert [one.partition("un.md:")[2].partition(": ")[0] for one in found] == [place] * bool(place)
    assert all("add « id: evaluer »" in one.replace("\u00a0", " ") for one in found)

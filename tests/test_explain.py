"""What the guide says of fields holds, and is found: by the command, and in the reference."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml
from pydantic import BaseModel

from parcours.cli import main
from parcours.guide.asking import explain
from parcours.guide.fields import A_DATE, FieldGuide, field_guides
from parcours.guide.texts import example_in, names, read
from parcours.i18n import LANGUAGES, translator
from parcours.model.settings import ADDRESSES, date_style
from parcours.model.shape import model_in
from parcours.model.subjects import Subject, subjects
from parcours.problems import Problems
from parcours.sources.around import Around
from parcours.sources.records import validate
from parcours.sources.yaml import read_yaml

from .conftest import ROOT, Site, compiled_page
from .test_guide import example_site

SUBJECTS = subjects()
FIELDS = [one for subject in SUBJECTS.values() for one in field_guides(subject)]
FRENCH = re.compile(r"(?i)[àâçéèêëîïôùûœ]|\b(?:les|des|une|sur)\b")


@cache
def guides_of(subject: Subject) -> dict[str, FieldGuide]:
    return {guide.name: guide for guide in field_guides(subject)}


def needed(record: type[BaseModel], guides: dict[str, FieldGuide], above: str) -> dict[str, Any]:
    """The keys that a part of a source cannot do without, as the guide writes them."""
    found = {}
    for key, field in record.model_fields.items():
        if field.is_required():
            found[key] = yaml.load(guides[f"{above}{key}"].example, Loader=yaml.BaseLoader)
    return found


def faults(one: FieldGuide, value: Any, language: str, **beside: str) -> list[str]:
    """What is wrong with a source that holds a value at a field, and all that it needs.

    Args:
        beside: what else stands beside the field, in place of an example.
    """
    guides = guides_of(one.subject)

    def part(record: type[BaseModel], depth: int) -> dict[str, Any]:
        above = "".join(f"{key}." for key in one.path[:depth])
        found = needed(record, guides, above)
        key = one.path[depth]
        if depth == len(one.path) - 1:
            return {**found, **beside, key: value}
        field = record.model_fields[key]
        inner = model_in(field.annotation)
        assert inner is not None
        below = part(inner, depth + 1)
        kinds = repr(field.annotation)
        found[key] = [below] if "tuple" in kinds else {A_DATE: below} if "dict" in kinds else below
        return found

    text = yaml.safe_dump(part(one.subject.record, 0), allow_unicode=True)
    problems = Problems()
    document = read_yaml(text, "x.yml", problems)
    assert document is not None
    validate(one.subject.record, document, problems, Around(style=date_style(language)))
    return [problem.line(translator(language)) for problem in problems.sorted()]


def refused(one: FieldGuide) -> Iterator[str]:
    """What is wrong with the example of a field, and with each form of it."""
    for language in LANGUAGES:
        tr = translator(language)
        own = yaml.load(example_in(language, one.example), Loader=yaml.BaseLoader)
        written = [yaml.load(form, Loader=yaml.BaseLoader) for form in one.examples(tr)]
        for value in (own, *written, *one.choices):
            if one.name.endswith("repeat.on"):
                # Days go with the time from one date to the next.
                steps = ("week", "month", "year")
                told = [faults(one, value, language, every=step) for step in steps]
                yield from min(told, key=len)
            else:
                yield from faults(one, value, language)


@pytest.mark.sampled
@pytest.mark.large
@pytest.mark.parametrize("subject", SUBJECTS.values(), ids=lambda one: one.id)
def test_the_example_and_every_form_of_a_field_is_accepted(subject: Subject) -> None:
    told = {one.name: list(refused(one)) for one in field_guides(subject)}
    assert told
    assert {name: lines for name, lines in told.items() if lines} == {}


@pytest.mark.large
def test_the_lines_of_an_example_are_yaml_that_holds_it() -> None:
    for one in FIELDS:
        found: Any = yaml.load(one.lines("fr"), Loader=yaml.BaseLoader)
        for key in one.path:
            found = found[0] if isinstance(found, list) else found
            found = next(iter(found.values())) if key not in found else found
            found = found[key]
        example = yaml.load(one.example, Loader=yaml.BaseLoader)
        assert found == example or found.strip() == one.example, f"{one.subject.id}.{one.name}"


def test_the_guide_knows_no_field_that_the_schema_does_not() -> None:
    known = {one.origin for one in FIELDS}
    said = {f"{name}.{key}" for name in names("fields") for key in read(f"fields/{name}.yml")}
    assert said == known
    assert set(names("subjects")) == set(SUBJECTS)


def texts(one: FieldGuide, language: str) -> Iterator[str]:
    tr = translator(language)
    yield from (tr.gettext(one.what), one.lines(language), one.accepted(tr))
    yield from (said.to(tr) for said in (one.page, one.calendar) if said)


@pytest.mark.large
def test_the_guide_of_english_holds_no_french() -> None:
    for one in FIELDS:
        assert not FRENCH.search("\n".join(texts(one, "en"))), one.name
    for name in SUBJECTS:
        said = read(f"subjects/{name}.yml")
        english = example_in("en", said["example"].replace("La Réunion", ""))
        assert not FRENCH.search(said["what"]["en"] + english), name


@pytest.mark.large
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("subject", SUBJECTS.values(), ids=lambda one: one.id)
def test_the_example_of_a_subject_passes(
    tmp_path: Path, lines: Callable[[], list[str]], subject: Subject, language: str
) -> None:
    site = example_site(tmp_path / "site", language)
    said = read(f"subjects/{subject.id}.yml")
    file = site.write(example_in(language, said["file"]), example_in(language, said["example"]))
    if subject.id == "map":
        config = (site.root / "mkdocs.yml").read_text("utf-8")
        site.write(
            "mkdocs.yml",
            config.replace("territories: f", f"map: {file.name}\n      territories: f"),
        )
    site.commit()
    assert site.run("check") == 0
    assert lines() == []


@pytest.mark.parametrize(
    ("language", "asked", "topics", "said"),
    [
        ("fr", "webinar", ["webinar"], "Exemple"),
        ("fr", "stops", ["trip.stops"], "étapes"),
        ("fr", "stops.day", ["trip.stops.day"], "Jour du voyage"),
        ("fr", "trip.stops.day", ["trip.stops.day"], "Jour du voyage"),
        ("fr", "stops.day", ["trip.stops.day"], "jeudi 3 décembre 2026"),
        ("fr", "day", ["webinar.programme.day"], "Jour de la rencontre"),
        ("fr", "replay.captions", ["webinar.replay.captions"], "WebVTT"),
        ("fr", "registration.state", ["webinar.registration.state"], "closed"),
        ("fr", "wrong-weekday", ["wrong-weekday"], "2026-12-04"),
        ("fr", "annulé", ["webinar.status"], "status: cancelled"),
        ("fr", "Complet", ["webinar.registration.state"], "registration.state: full"),
        ("fr", "lieu", ["place", "webinar.place"], "place:"),
        ("fr", "photo", ["webinar.image"], "image:"),
        ("fr", "consentement", ["person.consent"], "consent:"),
        ("fr", "voyage", ["trip"], "Exemple"),
        ("fr", "mooc", ["course"], "Exemple"),
        ("fr", "Comptoir", ["webinar"], "Exemple"),
        ("fr", "visio", ["webinar.online"], "online:"),
        ("fr", "host", ["webinar.hosts"], "hosts:"),
        ("en", "host", ["webinar.hosts"], "hosts:"),
        ("fr", "date limite", ["webinar.registration.deadline"], "registration.deadline:"),
        ("en", "cancelled", ["webinar.status"], "status: cancelled"),
        ("en", "venue", ["webinar.place"], "place:"),
        ("en", "moved-online", ["webinar.status"], "status: moved-online"),
    ],
)
def test_a_word_is_explained(language: str, asked: str, topics: list[str], said: str) -> None:
    found = explain(asked, translator(language))
    assert [one.topic for one in found][: len(topics)] == topics
    assert said in repr(found)


@pytest.mark.parametrize(
    ("language", "asked", "topics"),
    [
        ("fr", "repeat", ["webinar.repeat"]),
        ("fr", "récurrence", ["webinar.repeat"]),
        ("fr", "répétition", ["webinar.repeat"]),
        ("fr", "tous les", ["webinar.repeat"]),
        ("fr", "sauf", ["webinar.except"]),
        ("fr", "exceptions", ["webinar.except"]),
        ("en", "rrule", ["webinar.repeat"]),
        ("en", "exdate", ["webinar.except"]),
        ("en", "rdate", ["webinar.also"]),
        ("en", "recurrence", ["webinar.repeat"]),
    ],
)
def test_a_word_of_series_is_explained(language: str, asked: str, topics: list[str]) -> None:
    found = explain(asked, translator(language))
    assert [one.topic for one in found][: len(topics)] == topics


def test_how_often_is_explained_with_the_next_dates(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["explain", "--lang", "fr", "repeat"]) == 0
    text = " ".join(capsys.readouterr().out.replace("\u00a0", " ").split())
    assert "chaque 2e jeudi du mois, à 12 h 30, jusqu’au 30 juin 2027" in text
    assert "jeudi 10 décembre 2026, 12 h 30 jeudi 14 janvier 2027, 12 h 30" in text
    assert main(["explain", "--lang", "en", "every", "last", "weekday", "of", "the", "month"]) == 0
    assert "every last weekday of the month\n" in capsys.readouterr().out
    assert main(["explain", "--lang", "en", "every", "blue", "moon"]) == 2


def test_a_sentence_is_told_with_the_dates_as_they_are_held(
    capsys: pytest.CaptureFixture[str],
) -> None:
    said = "chaque 1er et 3e jeudi à 12 h 30, sauf le 21 mai ; le 4 juin passe au 11"
    now = ["--now", "2026-04-20T09:00:00Z", "--lang", "fr"]
    assert main(["explain", said, *now]) == 0
    told = [" ".join(line.split()) for line in capsys.readouterr().out.splitlines()]
    held = [line for line in told if line.startswith("jeudi")]
    assert held[:3] == [
        "jeudi 7 mai 2026, 12 h 30",
        "jeudi 11 juin 2026, 12 h 30, au lieu du 4 juin 2026",
        "jeudi 18 juin 2026, 12 h 30",
    ]
    # A day that is none of the series is told, and what is right is shown.
    assert main(["explain", "chaque jeudi à 12 h 30, sauf le 8 mai", *now]) == 0
    told = capsys.readouterr().out.splitlines()
    assert any("8 mai" in line and "2026-05-07" in line for line in told)
    # What is said of others than the next six.
    far = "chaque jeudi à 12 h 30, sauf le 12 novembre ; le 17 décembre passe au 18"
    assert main(["explain", far, *now]) == 0
    told = [" ".join(line.split()) for line in capsys.readouterr().out.splitlines()]
    assert told[-2:] == [
        "vendredi 18 décembre 2026, 12 h 30, au lieu du 17 décembre 2026",
        "pas le jeudi 12 novembre 2026",
    ]


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("every third Thursday", "«\u00a0every 3 weeks on Thursday\u00a0»"),
        ("tous les 15 jours", "«\u00a0toutes les 2 semaines\u00a0»"),
        ("chaque jeudi, sauf les jours fériés", "«\u00a0sauf les jours fériés\u00a0»"),
        ("chaque 30 février", "aucune date"),
        ("une fois par mois", "«\u00a0repeat: chaque mois\u00a0»"),
        ("premier jeudi de chaque mois de septembre à juin", "sauf en juillet et août\u00a0»"),
        ("first Monday of every quarter", "of January, April, July and October\u00a0»"),
        ("FREQ=WEEKLY;COUNT=0", "au moins une fois"),
        ("FREQ=WEEKLY;BYDAY=XX", "«\u00a0BYDAY=XX\u00a0»"),
    ],
)
def test_why_a_sentence_is_no_rhythm_is_told(
    said: str, told: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """As a check tells it, rather than that nothing explains it."""
    now = ["--now", "2026-11-25T09:00:00Z", "--lang", "fr"]
    assert main(["explain", said, *now]) == 0
    assert told in " ".join(capsys.readouterr().out.replace("\n", " ").split(" "))


@pytest.mark.parametrize("said", ["tous les bénévoles", "every blue moon", "chaque fois"])
def test_what_only_begins_like_a_rhythm_is_none(said: str) -> None:
    assert main(["explain", said, "--now", "2026-11-25T09:00:00Z", "--lang", "fr"]) == 2


def test_a_word_that_nothing_knows_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["explain", "--lang", "fr", "registation"]) == 2
    assert "registration\u00a0»\u202f?" in capsys.readouterr().err
    assert main(["explain", "--lang", "fr", "qwxz"]) == 2
    out, err = capsys.readouterr()
    assert (out, "parcours explain" in err) == ("", True)


@pytest.mark.large
def test_articles_are_printed_within_a_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    for asked in ("", *SUBJECTS, "annulé", "stops", *names("problems")):
        assert main(["explain", "--lang", "fr", *asked.split()]) == 0
        text = capsys.readouterr().out
        wide = [line for line in text.splitlines() if len(line) > 80 and line[:4] != "    "]
        assert wide == []
        assert "`" not in text.replace("```", "")


def test_a_program_reads_what_is_explained(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["explain", "--json", "status"]) == 0
    (article,) = json.loads(capsys.readouterr().out)["articles"]
    assert article["topic"] == "webinar.status"
    assert article["parts"]


@pytest.mark.large
@pytest.mark.parametrize(("asked", "more"), [("status", set()), ("wrong-weekday", {"pydantic"})])
def test_what_explains_waits_for_nothing_heavy(asked: str, more: set[str]) -> None:
    heavy = {"mkdocs", "jinja2", "PIL", "lxml", "markdown", "icalendar", "nh3", "babel"} | more
    heavy |= {"parcours.model.community", "parcours.sources.records", "importlib.resources"}
    code = (
        f"import sys; from parcours.cli import main; main(['explain', '{asked}']);"
        f"print(sorted({heavy} & set(sys.modules)), file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stderr.strip() == "[]"


@pytest.mark.sampled
@pytest.mark.large
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_reference_holds_every_field_and_problem(tmp_path: Path, language: str) -> None:
    site = example_site(tmp_path / "site", language)
    above = ADDRESSES[language].contribute
    site.write(f"content/{above}.md", "# A\n")
    site.commit()
    folder = site.compile()
    for subject in SUBJECTS.values():
        page = compiled_page(folder, f"{above}/reference/{subject.id}").read_text("utf-8")
        anchors = re.findall(r'<section id="([^"]+)"', page)
        wanted = [one.name for one in field_guides(subject)]
        assert anchors == [re.sub(r"[._]", "-", name) for name in wanted]
        targets = set(re.findall(r'href="[./]*#([^"]+)"', page))
        assert targets <= set(anchors)
    for code in names("problems"):
        page = compiled_page(folder, f"{above}/reference/messages/{code}").read_text("utf-8")
        assert "<pre" in page or "<dd>" in page


def test_a_site_without_contributors_page_has_no_reference(site: Site) -> None:
    site.commit()
    assert not list(site.compile().rglob("reference"))


def test_the_reference_is_not_searched(flagship: Path) -> None:
    found = [path for path in (flagship / "recherche").rglob("*") if path.is_file()]
    text = "".join(path.read_text("utf-8", "ignore") for path in found)
    assert "contribuer/reference/" not in text
    assert (flagship / "contribuer" / "reference" / "index.html").exists()


def test_the_readme_says_of_kinds_what_the_guide_says() -> None:
    """One text: README.md shows it to whoever has not installed anything."""
    readme = (ROOT / "README.md").read_text("utf-8")
    for subject in SUBJECTS.values():
        what = read(f"subjects/{subject.id}.yml")["what"]["en"]
        file = subject.file.format(docs="content", data="content/data")
        assert f"| `{subject.id}` | `{file}` | {what} |\n" in readme

"""What takes a day takes no hour: that is said, and the line to write instead is taken."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

import pytest
from pydantic import BaseModel

from parcours.i18n import translator
from parcours.model.forms import DAYS
from parcours.model.shape import Names, fields, forms_of, holds_list
from parcours.model.subjects import subjects
from parcours.problems import Problem, Problems
from parcours.sources.around import Around
from parcours.sources.records import read_record
from parcours.sources.yaml import read_yaml

KINDS = {id: one.record for id, one in subjects().items() if not one.within}
AROUND = Around(today=date(2026, 11, 26), home="Europe/Paris")
WITH_HOURS = (
    *("2026-12-10 12:30", "2026-12-10T12:30", "2026-12-10T12:30:00", "10/12/2026 12h30"),
    *("jeudi 10 décembre 2026 à 12 h 30", "2026-12-10 9h", "10 December 2026 at 2:00 pm"),
)
OTHERS = (
    *("10-12-2026 12:30", "10/12/26 12:30", "2026/12/10 12h30", "10 décembre 2026, midi et demi"),
    *("10 décembre 2026 12h30 - 13h30", "2026-12", "bientôt", "à définir", "10 décembre", "demain"),
    *(
        "du 10 au 12 décembre 2026",
        "10 et 17 décembre 2026",
        "tous les jeudis",
        "12h30",
        "9h",
        "14",
    ),
    *("10 décembre au matin", "10 décembre 2026 au matin", "mars 2027", "12/24/2026 12:30", "oui"),
    *("9 décembre 2026 à 24:00", "10 décembre 2026 (heure de Tahiti)", "2026-12-10 25:00"),
    *("10 décembre à 12h30", "2026-31-12 12:30", "10 décembre 12h30 - 13h30", "2 jours", "un an"),
)
WRITTEN = re.compile(r"« ([a-z_]+: .+?) »")


def days() -> Iterator[tuple[str, Names]]:
    """Every field that takes a day, by the subject in whose files it stands."""
    for id, kind in KINDS.items():
        for path, field in fields(kind):
            if forms_of(field) in DAYS:
                yield id, path


FIELDS = list(days())


def source(kind: type[BaseModel], path: Names, line: str) -> str:
    """A source of one line, which stands where the path leads."""
    text, known = line, dict(fields(kind))
    for depth in range(len(path) - 1, 0, -1):
        field = known[path[:depth]]
        text = f"{{{text}}}"
        if "dict[" in str(field.annotation):
            text = f"{{2026-12-03: {text}}}"
        text = f"{path[depth - 1]}: {f'[{text}]' if holds_list(field) else text}"
    return f"{text}\n"


def told(kind: type[BaseModel], text: str) -> list[Problem]:
    """What is told of a source, but for what is missing beside its line."""
    problems = Problems()
    document = read_yaml(text, "a.yml", problems)
    assert document is not None
    read_record(kind, document, problems, AROUND)
    return [one for one in problems.sorted() if one.code != "missing-key"]


@pytest.mark.sampled
@pytest.mark.large
@pytest.mark.parametrize(("id", "path"), FIELDS, ids=[".".join((id, *path)) for id, path in FIELDS])
def test_what_takes_a_day_is_never_led_to_an_hour(id: str, path: Names) -> None:
    kind = KINDS[id]
    for value in (*WITH_HOURS, *OTHERS):
        for found in told(kind, source(kind, path, f'{path[-1]}: "{value}"')):
            if value in WITH_HOURS:
                assert found.code == "day-with-hour", value
            line = found.line(translator("fr"))
            mend = line.replace("\u00a0", " ").rpartition(" ; ")[2]
            assert "2026-12-03 12:30" not in mend, line
            written = WRITTEN.findall(mend)
            assert written or value not in WITH_HOURS, line
            for one in written:
                assert told(kind, source(kind, path, one)) == [], line


def test_the_day_of_a_course_is_told_without_its_hour() -> None:
    for value in WITH_HOURS[:4]:
        (found,) = told(KINDS["course"], f"title: Un\nstart: {value}\n")
        line = found.line(translator("fr")).replace("\u00a0", " ")
        assert line.startswith("a.yml:2:8: error[day-with-hour]: start : ")
        assert line.endswith("on attend ici un jour ; écrivez « start: 2026-12-10 »")

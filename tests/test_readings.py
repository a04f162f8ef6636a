"""Sources that are kept as they were read, between two processes: `sources/readings.py`."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from parcours.memo import Memo
from parcours.model.schema import OrganisationRecord, PersonRecord, WebinarRecord
from parcours.model.values import DAY_FIRST, PAST, DateStyle
from parcours.problems import Problems
from parcours.sources import readings
from parcours.sources.around import ANYWHERE
from parcours.sources.readings import Readings
from parcours.sources.text import split_source
from parcours.store import NoStore

WEBINAR = b"""\
---
title: Lire un plan
start: 3/12/2026 12:30
tags: [plan, atelier]
stops:
---

Un texte, et sa suite.
"""
RIGHT = WEBINAR.replace(b"stops:\n", b"")


class Box(NoStore):
    """A store in memory."""

    def __init__(self) -> None:
        self.held: dict[str, bytes] = {}

    def get(self, key: str) -> bytes | None:
        return self.held.get(key)

    def put(self, key: str, data: bytes) -> None:
        self.held[key] = data


@pytest.fixture(autouse=True)
def _another_process(monkeypatch: pytest.MonkeyPatch) -> None:
    forget(monkeypatch)


def forget(monkeypatch: pytest.MonkeyPatch) -> None:
    """Begin as another process does, that has read nothing yet."""
    monkeypatch.setattr(readings, "_READ", Memo(100))


def kept() -> Box:
    """A store in which one process has kept a source."""
    store = Box()
    one = Readings(store, "1")
    one.read(WebinarRecord, RIGHT, "webinars/plan.md", Problems(), ANYWHERE)
    one.keep()
    return store


class Calls:
    """Counts how often a text is taken apart."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.count = 0

        def counted(*arguments: Any, **options: Any) -> object:
            self.count += 1
            return split_source(*arguments, **options)

        monkeypatch.setattr(readings, "split_source", counted)


@pytest.fixture
def calls(monkeypatch: pytest.MonkeyPatch) -> Calls:
    return Calls(monkeypatch)


def test_the_next_process_has_the_same_source(
    calls: Calls, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = Box()
    first = Readings(store, "1")
    before = first.read(WebinarRecord, RIGHT, "webinars/plan.md", Problems(), ANYWHERE)
    first.keep()
    forget(monkeypatch)
    again = Readings(store, "1").read(
        WebinarRecord, RIGHT, "webinars/plan.md", Problems(), ANYWHERE
    )
    assert before is not None
    assert again is not None
    assert calls.count == 1
    assert again[1] == before[1]
    source, its = before[0], again[0]
    assert (its.file, its.body, its.body_line) == (source.file, source.body, source.body_line)
    assert its.document.data == source.document.data
    assert dict(its.document.marks) == dict(source.document.marks)
    assert dict(its.document.keys) == dict(source.document.keys)
    assert its.document.key_mark(("start",)) == source.document.key_mark(("start",))


def test_signs_in_what_is_plain_are_told_each_time(
    calls: Calls, monkeypatch: pytest.MonkeyPatch
) -> None:
    store, told = Box(), []
    data = RIGHT.replace(b"Lire un plan", b"Lire <b>un</b> plan")
    for process in range(3):
        one = Readings(store, "1")
        for _ in range(2):
            problems = Problems()
            one.read(WebinarRecord, data, "webinars/plan.md", problems, ANYWHERE)
            told.append(problems.sorted())
        one.keep()
        if process:
            forget(monkeypatch)
    assert [(one.code, one.mark.line, one.mark.column) for one in told[0]] == [
        ("shown-as-written", 2, 8)
    ]
    assert told == told[:1] * 6
    assert calls.count == 1


@pytest.mark.parametrize("sign", [3, [], [2, 8, "<b>", None], [2, 8]])
def test_signs_of_another_version_are_looked_for_anew(
    sign: object, monkeypatch: pytest.MonkeyPatch, calls: Calls
) -> None:
    store = kept()
    (key,) = store.held
    said = json.loads(store.held[key])
    said["webinars/plan.md"][6] = [sign]
    store.held[key] = json.dumps(said).encode()
    forget(monkeypatch)
    problems = Problems()
    Readings(store, "1").read(WebinarRecord, RIGHT, "webinars/plan.md", problems, ANYWHERE)
    assert problems.sorted() == ()
    assert calls.count == 2


def test_what_is_noted_of_one_is_not_known_of_the_next() -> None:
    reads = Readings()
    for _ in range(2):
        found = reads.read(WebinarRecord, RIGHT, "webinars/plan.md", Problems(), ANYWHERE)
        assert found is not None
        assert not found[0].document.broken
        found[0].document.broken.add(("title",))


def test_what_is_wrong_is_told_each_time(monkeypatch: pytest.MonkeyPatch, calls: Calls) -> None:
    store = Box()
    for count in (1, 2):
        forget(monkeypatch)
        one, problems = Readings(store, "1"), Problems()
        one.read(WebinarRecord, WEBINAR, "webinars/plan.md", problems, ANYWHERE)
        one.keep()
        assert problems.errors
        assert calls.count == count


@pytest.mark.parametrize(
    ("kind", "data", "edition", "style"),
    [
        (WebinarRecord, RIGHT + b".", "1", DAY_FIRST),
        (OrganisationRecord, RIGHT, "1", DAY_FIRST),
        (WebinarRecord, RIGHT, "2", DAY_FIRST),
        (WebinarRecord, RIGHT, "1", PAST),
    ],
    ids=["octets", "kind", "edition", "dates"],
)
def test_what_depends_on_something_else_is_read_anew(
    kind: type[WebinarRecord],
    data: bytes,
    edition: str,
    style: DateStyle,
    monkeypatch: pytest.MonkeyPatch,
    calls: Calls,
) -> None:
    store = kept()
    forget(monkeypatch)
    around = replace(ANYWHERE, style=style)
    Readings(store, edition).read(kind, data, "webinars/plan.md", Problems(), around)
    assert calls.count == 2


@pytest.mark.parametrize(
    "said",
    [b"", b"[", b"[]", b"null", b'{"webinars/plan.md": 3}', b'{"webinars/plan.md": []}'],
    ids=["empty", "half", "list", "null", "number", "nothing"],
)
def test_a_store_with_something_else_in_it_is_passed_over(
    said: bytes, monkeypatch: pytest.MonkeyPatch, calls: Calls
) -> None:
    store = kept()
    (key,) = store.held
    store.held[key] = said
    forget(monkeypatch)
    found = Readings(store, "1").read(
        WebinarRecord, RIGHT, "webinars/plan.md", Problems(), ANYWHERE
    )
    assert found is not None
    assert found[1] is not None
    assert calls.count == 2


@pytest.mark.parametrize("at", range(1, 7))
def test_a_form_of_another_version_is_read_anew(
    at: int, monkeypatch: pytest.MonkeyPatch, calls: Calls
) -> None:
    store = kept()
    (key,) = store.held
    said = json.loads(store.held[key])
    said["webinars/plan.md"][at] = None
    store.held[key] = json.dumps(said).encode()
    forget(monkeypatch)
    found = Readings(store, "1").read(
        WebinarRecord, RIGHT, "webinars/plan.md", Problems(), ANYWHERE
    )
    assert found is not None
    assert found[0].body == "Un texte, et sa suite.\n"
    assert found[0].document.mark(("title",)).line == 2
    assert calls.count == 2


def test_nothing_is_written_where_all_is_as_it_was(monkeypatch: pytest.MonkeyPatch) -> None:
    store = kept()
    monkeypatch.setattr(store, "put", lambda key, data: pytest.fail(key))
    for _ in range(2):
        again = Readings(store, "1")
        again.read(WebinarRecord, RIGHT, "webinars/plan.md", Problems(), ANYWHERE)
        again.keep()
        forget(monkeypatch)


def test_what_is_no_more_is_forgotten() -> None:
    store = Box()
    one = Readings(store, "1")
    for file in ("webinars/plan.md", "webinars/autre.md"):
        one.read(WebinarRecord, RIGHT, file, Problems(), ANYWHERE)
    one.keep()
    later = Readings(store, "1")
    later.read(WebinarRecord, RIGHT + b"\nPlus.\n", "webinars/plan.md", Problems(), ANYWHERE)
    later.keep()
    (said,) = map(json.loads, store.held.values())
    assert list(said) == ["webinars/plan.md"]


def test_entities_are_kept_too(monkeypatch: pytest.MonkeyPatch, calls: Calls) -> None:
    store = Box()
    data = "name: Animatrice, centre d’exemple\nconsent: par écrit, le 3 mars 2026\n".encode()
    for _ in range(2):
        forget(monkeypatch)
        one, problems = Readings(store, "1"), Problems()
        found = one.read(PersonRecord, data, "data/people/a.yml", problems, ANYWHERE)
        one.keep()
        assert found is not None
        assert isinstance(found[1], PersonRecord)
        assert not problems.sorted()
    assert calls.count == 1


def test_a_disk_keeps_them(tmp_path: Path, calls: Calls, monkeypatch: pytest.MonkeyPatch) -> None:
    from parcours.engine.store import FolderStore

    for _ in range(2):
        forget(monkeypatch)
        one = Readings(FolderStore(tmp_path), "1")
        one.read(WebinarRecord, RIGHT, "webinars/plan.md", Problems(), ANYWHERE)
        one.keep()
    assert calls.count == 1

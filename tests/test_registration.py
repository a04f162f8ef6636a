"""Whether one can still register: the same rule for events and courses, in pages and calendars."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from parcours.model.community import Course, Event
from parcours.model.registration import closes, registration_state
from parcours.tree import content

from .conftest import Site
from .corpora import compiled

URL = "https://inscriptions.example/un"
SOURCES = {
    "event": ("webinars/un.md", "start: 2026-12-03 12:30\n"),
    "course": ("content/mooc/un/index.md", "start: 2026-11-05\nend: 2026-12-03\n"),
}
each_thing = pytest.mark.parametrize("thing", SOURCES)


def page(site: Site, thing: str, said: str, now: str) -> tuple[str | None, str]:
    """The state of the registration at an instant, and the page that tells it."""
    path, front = SOURCES[thing]
    registration = f"registration: {{url: '{URL}', {said}}}\n"
    site.write(path, f"---\ntitle: Un\n{front}{registration}---\nTexte.\n")
    instant = datetime.fromisoformat(now)
    made = compiled(site.root / "mkdocs.yml", instant)
    things: list[Event | Course] = [*made.community.events, *made.community.courses]
    (found,) = things
    files = {name: content(leaf).decode() for name, leaf in made.tree if name.endswith(".md")}
    base = found.address.rstrip("/")
    return registration_state(found, instant), files.get(f"{base}.md") or files[f"{base}/index.md"]


@each_thing
@pytest.mark.parametrize(
    ("said", "now", "state"),
    [
        ("state: open", "2026-11-25T20:00Z", "open"),
        ("state: full", "2026-11-25T20:00Z", "full"),
        ("state: closed", "2026-11-25T20:00Z", "closed"),
        # A day lasts to its end, where the meeting takes place: an hour before midnight in UTC.
        ("deadline: 2026-11-30", "2026-11-30T22:59:59Z", "open"),
        ("deadline: 2026-11-30", "2026-11-30T23:00Z", "closed"),
        ("deadline: 2026-11-30 18:00", "2026-11-30T16:59Z", "open"),
        ("deadline: 2026-11-30 18:00", "2026-11-30T17:00Z", "closed"),
        # What is over takes nobody any more.
        ("state: open", "2026-12-03T23:00Z", "closed"),
        ("state: full", "2026-12-03T23:00Z", "closed"),
    ],
)
def test_one_registers_until_it_closes(
    site: Site, thing: str, said: str, now: str, state: str
) -> None:
    found, text = page(site, thing, said, now)
    assert found == state
    assert (">S’inscrire<" in text) == (state == "open")


@each_thing
def test_a_page_that_stays_open_hides_what_closes(site: Site, thing: str) -> None:
    _, text = page(site, thing, "deadline: 2026-11-30 18:00", "2026-11-25T20:00Z")
    assert f'href="{URL}" rel="noopener" data-until="2026-11-30T17:00:00Z">S’inscrire<' in text


def test_a_cancelled_meeting_takes_nobody(site: Site) -> None:
    front = f"start: 2026-12-03 12:30\nstatus: cancelled\nregistration: {{url: '{URL}'}}\n"
    site.write("webinars/un.md", f"---\ntitle: Un\n{front}---\nTexte.\n")
    now = datetime(2026, 11, 25, tzinfo=UTC)
    (event,) = compiled(site.root / "mkdocs.yml", now).community.events
    assert registration_state(event, now) == "closed"
    assert closes(event) is None


@each_thing
def test_where_nobody_has_to_register_it_is_said_as_long_as_it_matters(
    site: Site, thing: str
) -> None:
    path, front = SOURCES[thing]
    for instant, state in (("2026-11-25T20:00Z", "none"), ("2026-12-03T23:00Z", None)):
        site.write(path, f"---\ntitle: Un\n{front}registration: {{state: none}}\n---\nTexte.\n")
        made = compiled(site.root / "mkdocs.yml", datetime.fromisoformat(instant))
        things: list[Event | Course] = [*made.community.events, *made.community.courses]
        assert registration_state(things[0], datetime.fromisoformat(instant)) == state
        files = {name: content(leaf).decode() for name, leaf in made.tree if name.endswith(".md")}
        base = things[0].address.rstrip("/")
        text = files.get(f"{base}.md") or files[f"{base}/index.md"]
        assert ("<dt>Inscriptions</dt><dd>Pas nécessaires</dd>" in text) == (state is not None)
        assert ">S’inscrire<" not in text
        assert "Inscriptions closes" not in text


@each_thing
@pytest.mark.parametrize("said", [f"url: '{URL}'", "deadline: 2026-11-30"])
def test_how_one_registers_is_not_said_where_nobody_has_to(
    site: Site, lines: Callable[[], list[str]], thing: str, said: str
) -> None:
    path, front = SOURCES[thing]
    registration = f"registration:\n  state: none\n  {said}\n"
    site.write(path, f"---\ntitle: Un\n{front}{registration}---\nTexte.\n")
    assert site.run("check") == 1
    (told,) = [line for line in lines() if "error[" in line]
    key = said.partition(":")[0]
    line = 5 + front.count("\n")
    assert told.startswith(f"{path}:{line}:{len(key) + 5}: error[state-against]")
    assert f"«\u00a0{key}:\u00a0»" in told


@pytest.mark.parametrize(
    ("state", "word"), [("full", "complet"), ("closed", "closes"), ("none", "pas nécessaires")]
)
def test_a_state_has_one_word(site: Site, state: str, word: str) -> None:
    front = f"start: 2026-12-03 12:30\nregistration: {{state: {state}}}\n"
    site.write("webinars/un.md", f"---\ntitle: Un\n{front}---\nTexte.\n")
    made = compiled(site.root / "mkdocs.yml", datetime(2026, 11, 25, tzinfo=UTC))
    text = content(dict(made.tree)["comptoirs/un.md"]).decode()
    assert f"<dt>Inscriptions</dt><dd>{word.capitalize()}</dd>" in text
    calendar = content(dict(made.tree)["comptoirs/un.ics"]).decode().replace("\r\n ", "")
    assert f"Inscriptions\u00a0: {word}" in calendar


@pytest.mark.parametrize(
    ("state", "told"),
    [
        ("state: open", "Inscriptions : 20 places"),
        ("deadline: 2026-11-30", "Inscriptions : jusqu’au lundi 30 novembre 2026, 20 places"),
        ("state: full", "Inscriptions : complet, 20 places"),
        ("state: closed", "Inscriptions : closes"),
    ],
)
def test_how_many_can_come_stands_beside_the_button(site: Site, state: str, told: str) -> None:
    front = f"start: 2026-12-03 12:30\nseats: 20\nregistration: {{url: '{URL}', {state}}}\n"
    site.write("webinars/un.md", f"---\ntitle: Un\n{front}---\nTexte.\n")
    text = site.page("comptoirs/un", now="2026-11-25T20:00Z").read_text("utf-8")
    said = text.partition('class="pc-actions__said"')[2].partition(">")[2].partition("</p>")[0]
    found = re.findall(r"<span([^>]*)>(.*?)</span>", " ".join(said.split()))
    assert found[0][1] == told
    assert "hidden" not in found[0][0]
    # Once the deadline is over, the reader's clock tells so.
    assert [(text, "hidden" in how) for how, text in found[1:]] == (
        [("Inscriptions : closes", True)] if "deadline" in state else []
    )

"""Work that other processes do ahead: never anything but sooner."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeVar

import pytest

from parcours.ahead import Ahead
from parcours.engine import shares
from parcours.engine.plugin import ParcoursPlugin
from parcours.engine.shares import meanwhile
from parcours.prose import kept

from .conftest import Site

T = TypeVar("T")
Named = Sequence[tuple[str, int]]


def doubled(some: Named) -> Mapping[str, int]:
    return {name: 2 * weight for name, weight in some}


class Others:
    """Does at once what it is given, and notes it."""

    def __init__(self) -> None:
        self.given: list[Any] = []  # of whatever work it is given

    def __call__(self, work: Callable[[], T], /) -> Callable[[], T | None]:
        found = work()
        self.given.append(found)
        return lambda: found


@pytest.mark.parametrize("others", [1, 2, 3, 7])
def test_the_first_share_is_left_and_the_rest_is_divided(others: int) -> None:
    processes = Others()
    new = [(f"{n}", n % 7 + 1) for n in range(200)]
    made = Ahead(processes, others).made(doubled, new, lambda weight: weight, 1)
    whole = [2 * weight for _, weight in new]
    parts: list[list[int]] = [list(one.values()) for one in processes.given]
    assert len(parts) == others
    told = [made(name) for name, _ in new]
    here = told.index(parts[0][0]) if None not in told else told.count(None)
    assert told == [*[None] * here, *whole[here:]]
    assert [one for part in parts for one in part] == whole[here:]
    shares = [sum(whole[:here]), *map(sum, parts)]
    assert max(shares) - min(shares) <= 2 * 14


@pytest.mark.parametrize(("others", "worth"), [(0, 0), (2, 1000)])
def test_what_is_little_is_done_here(others: int, worth: int) -> None:
    processes = Others()
    made = Ahead(processes, others).made(doubled, [("a", 3), ("b", 4)], lambda one: one, worth)
    assert (made("a"), made("b"), processes.given) == (None, None, [])


def test_fewer_things_than_processes_are_each_made_once() -> None:
    processes = Others()
    made = Ahead(processes, 5).made(doubled, [("a", 3), ("b", 4)], lambda one: one, 0)
    assert (made("a"), made("b"), made("c")) == (None, 8, None)


def raise_something() -> int:
    raise ValueError("not here")


def end_without_a_word() -> int:
    os.kill(os.getpid(), signal.SIGKILL)
    return 1


def test_another_process_finds_it_or_nothing_comes_of_it() -> None:
    before = os.getpid()
    found = meanwhile(os.getpid)
    assert found() not in (None, before)
    assert found() == found()
    assert meanwhile(raise_something)() is None
    assert meanwhile(end_without_a_word)() is None
    assert meanwhile(lambda: raise_something)() is raise_something
    assert meanwhile(lambda: lambda: 1)() is None  # what no process can hand on


def test_where_no_process_can_begin_it_is_done_here(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*arguments: object) -> None:
        raise BlockingIOError

    monkeypatch.setattr(shares, "_begun", refuse)
    assert meanwhile(os.getpid)() is None


def write_texts(site: Site) -> None:
    """Texts with links, and with something to tell among them."""
    for n in range(40):
        wrong = f"\n\nEt [rien](rien-{n}.md)." if n % 9 == 8 else ""
        site.write(
            f"webinars/w{n}.md",
            f"---\ntitle: Un {n}\nstart: 2026-12-03 12:30\nduration: 1h\n"
            f"online: https://visio.example/{n}\n---\n"
            f"Voir [l’autre](w{(n + 1) % 40}.md) et **{n}**." + wrong + "\n",
        )


@pytest.mark.parametrize("lost", [False, True])
def test_a_site_is_the_same_whoever_renders_its_texts(
    lost: bool, site: Site, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    write_texts(site)
    said = []
    for processes, worth in (("1", 10**9), ("2", 0), ("3", 0)):
        monkeypatch.setenv("PARCOURS_PROCESSES", processes)
        monkeypatch.setattr(kept, "WORTH", worth)
        if lost and not worth:
            monkeypatch.setattr(kept.KeptRenderer, "_made", lambda self, new: end_without_a_word())
        site.run("check")
        said.append(capsys.readouterr())
    assert "rien-8.md" in said[0].out
    assert said[1:] == said[:1] * 2


def test_what_others_render_is_kept(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    write_texts(site)
    site.keeps = True
    rendered: list[str] = []
    render = kept.KeptRenderer._render

    def note(self: kept.KeptRenderer, body: kept.Body) -> object:
        rendered.append(body.file)
        return render(self, body)

    monkeypatch.setattr(kept.KeptRenderer, "_render", note)
    monkeypatch.setattr(kept, "WORTH", 0)
    monkeypatch.setenv("PARCOURS_PROCESSES", "2")
    site.run("check")
    here = len(rendered)
    assert 15 < here < 30  # half of them, and those of which there is something to tell
    site.write("webinars/w40.md", (site.root / "webinars/w0.md").read_text() + "\nAutre.\n")
    rendered.clear()
    monkeypatch.setenv("PARCOURS_PROCESSES", "1")
    site.run("check")
    assert sorted(rendered) == sorted(f"webinars/w{n}.md" for n in (8, 17, 26, 35, 40))


def test_beside_the_threads_of_the_engine_no_process_starts(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("PARCOURS_PROCESSES", "3")
    assert ParcoursPlugin()._around.processes == 1

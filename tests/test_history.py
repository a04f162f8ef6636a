"""What git tells: strictly increasing instants, identical moves, refusals."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from parcours.sources.history import HistoryError, read_history

from .conftest import Site

EVENT = "---\ntitle: Un\nstart: 2026-12-03 12:30\n---\n"


def test_dates_are_made_strictly_increasing(site: Site) -> None:
    for n, date in enumerate(["2026-03-01", "2026-01-01", "2026-01-01"]):
        site.write(f"webinars/{n}.md", EVENT)
        site.commit(f"{date}T00:00:00Z")
    history = read_history(site.root)
    instants = [found.changed for n in range(3) if (found := history.get(f"webinars/{n}.md"))]
    assert instants == [1772323200, 1772323201, 1772323202]
    assert history.head == 1772323202


def test_a_move_with_the_same_content_keeps_its_beginning(site: Site) -> None:
    site.write("webinars/a.md", EVENT)
    site.commit("2026-01-01T00:00:00Z")
    site.git("mv", "webinars/a.md", "webinars/é.md")
    site.commit("2026-02-01T00:00:00Z")
    change = read_history(site.root).get("webinars/e\u0301.md")
    assert change is not None
    assert change.created == 1767225600
    assert change.changed == 1769904000
    assert read_history(site.root).get("webinars/a.md") is None


def test_a_merge_counts_as_one_change(site: Site) -> None:
    site.commit("2026-01-01T00:00:00Z")
    site.git("checkout", "-q", "-b", "other")
    site.write("webinars/a.md", EVENT)
    site.commit("2026-01-05T00:00:00Z")
    site.git("checkout", "-q", "main")
    site.write("webinars/b.md", EVENT)
    site.commit("2026-01-06T00:00:00Z")
    site.git("merge", "-q", "--no-ff", "-m", "m", "other", date="2026-01-10T00:00:00Z")
    change = read_history(site.root).get("webinars/a.md")
    assert change is not None
    assert change.changed == 1768003200


def test_a_site_in_a_folder_of_the_repository(site: Site) -> None:
    site.write("sub/webinars/a.md", EVENT)
    site.commit()
    assert read_history(site.root / "sub").get("webinars/a.md") is not None


def test_a_new_file_takes_the_last_commit(site: Site) -> None:
    site.commit("2026-01-01T00:00:00Z")
    site.write("webinars/a.md", EVENT)
    text = (site.build() / "comptoirs" / "a.ics").read_text()
    assert "DTSTAMP:20260101T000000Z" in text


def test_a_shallow_clone_is_an_error_in_ci(
    site: Site,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    lines: Callable[[], list[str]],
) -> None:
    site.commit()
    site.commit("2026-01-02T00:00:00Z")
    copy = Site(tmp_path / "copy")
    clone = ["git", "clone", "-q", "--depth", "1", f"file://{site.root}", str(copy.root)]
    subprocess.run(clone, check=True)
    monkeypatch.setenv("CI", "true")
    for folder in ("webinars", "voyages", "content/mooc"):
        (copy.root / folder).mkdir(parents=True, exist_ok=True)
    assert copy.run("check") == 1
    assert "git-shallow" in lines()[0]
    monkeypatch.setenv("CI", "")
    assert copy.run("check") == 0


def test_git_refusing_is_an_error(site: Site, lines: Callable[[], list[str]]) -> None:
    site.commit()
    (site.root / ".git" / "HEAD").write_text("broken\n")
    with pytest.raises(HistoryError):
        read_history(site.root)
    assert site.run("check") == 1
    assert "git-refused" in lines()[0]


def test_no_repository_is_one_warning(site: Site, lines: Callable[[], list[str]]) -> None:
    site.write("webinars/a.md", EVENT + "\n")
    site.write("webinars/b.md", EVENT.replace("title", "updated: 2026-05-01\ntitle"))
    assert site.run("check") == 0
    assert [line.split("[")[1].split("]")[0] for line in lines()] == ["git-missing"]
    out = site.build()
    assert "SEQUENCE:0" in (out / "comptoirs" / "a.ics").read_text()
    assert "DTSTAMP:20260501T000000Z" in (out / "comptoirs" / "b.ics").read_text()


def test_the_repository_of_a_hook_is_not_another_s(
    site: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    site.write("webinars/a.md", EVENT)
    site.commit()
    other = Site(tmp_path / "other")
    other.write("b.md", EVENT)
    other.commit()
    monkeypatch.setenv("GIT_DIR", str(other.root / ".git"))
    assert set(read_history(site.root).changes) >= {"webinars/a.md"}
    assert read_history(site.root).get("b.md") is None

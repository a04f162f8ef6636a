"""What is kept between builds: whole, of use, and not too much."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from parcours.engine.store import DAY, FOLDER, FolderStore

from .conftest import Site


def key(n: int) -> str:
    return f"{n:064x}"


@pytest.fixture
def full(tmp_path: Path) -> FolderStore:
    """Ten things of 132 octets each, the first of which was of use longest ago."""
    store = FolderStore(tmp_path)
    for n in range(10):
        store.put(key(n), b"x" * 100)
        path = next((tmp_path / FOLDER).rglob(key(n)))
        moment = 1_000_000_000 + n * DAY
        os.utime(path, (moment, moment))
    return store


def test_what_was_of_use_last_stays(full: FolderStore) -> None:
    assert full.get(key(1)) == b"x" * 100
    full.prune(800)
    left = [n for n in range(10) if full.has(key(n))]
    assert left == [1, 7, 8, 9]


def test_nothing_goes_where_there_is_room(full: FolderStore) -> None:
    full.prune(1_320)
    assert all(full.has(key(n)) for n in range(10))


def test_what_is_none_of_its_own_stays(full: FolderStore, tmp_path: Path) -> None:
    site = tmp_path / FOLDER / "site" / "x"
    site.mkdir(parents=True)
    (site / "a").write_bytes(b"x" * 10_000)
    full.prune(0)
    assert (site / "a").exists()
    assert not any(full.has(key(n)) for n in range(10))


def test_a_link_out_of_the_site_is_left_alone(tmp_path: Path) -> None:
    """Nothing there is ours."""
    other = tmp_path / "other"
    (other / "parcours/ab").mkdir(parents=True)
    (other / "parcours/ab/x").write_bytes(b"x")
    root = tmp_path / "root"
    root.mkdir()
    (root / ".cache").symlink_to(other)
    FolderStore(root).prune(0)
    assert (other / "parcours/ab/x").exists()


def test_git_passes_over_what_is_kept(site: Site) -> None:
    site.keeps = True
    site.commit()
    site.run("check")
    site.write("webinars/un.md", "---\ntitle: Un\nstart: 2026-12-03 12:30\n---\nTexte.\n")
    site.run("check")
    assert list((site.root / FOLDER).glob("??/*"))
    assert site.git("status", "--porcelain", "-uall").split() == ["??", "webinars/un.md"]

"""What is kept between builds: whole, of use, and not too much."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from functools import partial
from pathlib import Path
from typing import IO, Any

import pytest

from parcours.engine.environment import read_instant
from parcours.engine.store import DAY, FOLDER, FolderStore
from parcours.memo import Memo
from parcours.store import MemoryStore

from .conftest import FRENCH, NOW, Site
from .test_rendering import files_of


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


def test_what_is_only_read_is_left_as_it_is(full: FolderStore, tmp_path: Path) -> None:
    beside = MemoryStore(FolderStore(tmp_path, notes=False))
    before = seen(full.folder)
    beside.put(key(3), b"another")
    beside.put(key(11), b"new")
    assert [beside.get(key(n)) for n in (2, 3, 11, 12)] == [b"x" * 100, b"another", b"new", None]
    assert [beside.has(key(n)) for n in (2, 3, 11, 12)] == [True, True, True, False]
    assert seen(full.folder) == before


@pytest.mark.large
def test_a_comparison_reads_what_is_kept_and_leaves_it_as_it_is(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("webinars", "voyages", "content/mooc"):
        site.write(f"{name}/.gitkeep", "")
    site.write("webinars/un.md", "---\ntitle: Un\nstart: 2026-12-03 12:30\n---\nUn texte.\n")
    site.commit()
    site.keeps = True
    site.run("check")
    before = seen(site.root / FOLDER)
    read: list[bool] = []
    get = MemoryStore.get

    def noted(store: MemoryStore, wanted: str) -> bytes | None:
        found = get(store, wanted)
        read.append(found is not None)
        return found

    monkeypatch.setattr(MemoryStore, "get", noted)
    assert site.run("diff", "HEAD") == 0
    assert any(read)
    assert before
    assert seen(site.root / FOLDER) == before


def seen(folder: Path) -> dict[str, int]:
    """The files below a folder, and when each was written."""
    return {str(one): one.stat().st_mtime_ns for one in folder.rglob("*") if one.is_file()}


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


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="a disk that is always full")
@pytest.mark.parametrize("there", [b"", b"damaged"], ids=["new", "damaged"])
def test_a_full_disk_keeps_nothing_and_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, there: bytes
) -> None:
    store = FolderStore(tmp_path)
    place = tmp_path / FOLDER / key(1)[:2] / key(1)
    if there:
        place.parent.mkdir(parents=True)
        place.write_bytes(there)
    before = Path.open

    def full(self: Path, mode: str = "r", **options: Any) -> IO[Any]:
        found: IO[Any] = before(self, mode, **options)
        if mode == "xb":
            found.close()
            return before(Path("/dev/full"), "wb")
        return found

    def full_beside(*, dir: Path) -> tuple[int, str]:
        (dir / "beside").touch()
        return os.open("/dev/full", os.O_WRONLY), str(dir / "beside")

    monkeypatch.setattr(Path, "open", full)
    monkeypatch.setattr(tempfile, "mkstemp", full_beside)
    store.put(key(1), b"x")
    monkeypatch.undo()
    assert store.refused == "the disk is full"
    assert list((tmp_path / FOLDER).glob("??/*")) == ([place] if there else [])
    assert store.get(key(1)) is None
    other = FolderStore(tmp_path)  # there is room again
    other.put(key(1), b"x")
    assert (other.get(key(1)), other.refused) == (b"x", "")


def test_what_is_kept_is_not_written_through_a_link(tmp_path: Path) -> None:
    """Not even by whoever puts one where something is to be kept."""
    place = tmp_path / FOLDER / key(1)[:2] / key(1)
    place.parent.mkdir(parents=True)
    place.symlink_to(tmp_path / "elsewhere")
    store = FolderStore(tmp_path)
    store.put(key(1), b"x")
    assert store.get(key(1)) == b"x"
    assert not (tmp_path / "elsewhere").exists()
    assert not place.is_symlink()


@pytest.mark.large
@pytest.mark.parametrize("command", ["check", "build"])
def test_where_nothing_can_be_kept_a_line_says_so(
    site: Site, command: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """The folder's name is taken by a file, which the disk refuses as a read-only one does."""
    site.write("webinars/un.md", "---\ntitle: Un\nstart: 2026-12-03 12:30\n---\nTexte.\n")
    site.write(".cache", "x")
    site.keeps = True
    options = ["-d", str(site.root / "out")] if command == "build" else []
    for _ in range(2):
        capsys.readouterr()
        assert site.run(command, *options, "--lang", "en") == 0
        said = capsys.readouterr().err
        assert said.count("nothing is kept for the next time: « .cache/parcours »") == 1


PREVIEW = """
import sys
import tempfile
from functools import partial
from pathlib import Path
from typing import IO, Any
from parcours.engine.opening import (open_config)
from parcours.engine.environment import surroundings
from parcours.engine.waiting import Waiting

around = surroundings()
opened = open_config(Path(sys.argv[1]), around)
for _ in Waiting(opened, Path(sys.argv[2]), around.instant()).rest():
    pass
"""


@pytest.mark.deep
@pytest.mark.large
def test_two_previews_and_a_build_at_once(site: Site, tmp_path: Path) -> None:
    site.write("mkdocs.yml", FRENCH.replace("weekday: thursday", "color: teal"))
    for n in range(6):
        text = f"---\ntitle: Un {n}\nstart: 2026-12-{n + 1:02} 12:30\n---\nTexte {n}.\n"
        site.write(f"webinars/n{n}.md", text)
    assert site.run("build", "-d", str(tmp_path / "cold"), "--no-cache") == 0
    config = str(site.root / "mkdocs.yml")
    environment = {**os.environ, "SOURCE_DATE_EPOCH": str(int(read_instant(NOW).timestamp()))}
    for n in range(2):  # with nothing that is kept, then with all of it
        rooms = [tmp_path / f"{name}{n}" for name in "ab"]
        commands = [[sys.executable, "-c", PREVIEW, config, str(room)] for room in rooms]
        build = [sys.executable, "-m", "parcours.cli", "build", "-f", config]
        commands.append([*build, "-d", str(tmp_path / "built")])
        running = [subprocess.Popen(one, env=environment) for one in commands]
        assert [one.wait(600) for one in running] == [0, 0, 0]
        assert files_of(rooms[0]) == files_of(rooms[1]) != {}
        assert files_of(tmp_path / "built") == files_of(tmp_path / "cold")


def _made(made: list[int], n: int) -> str:
    made.append(n)
    return f"a{n}"


def test_what_was_made_from_the_same_is_made_once() -> None:
    memo: Memo[int, str] = Memo(2)
    made: list[int] = []
    for n in (1, 1, 2, 1):
        assert memo.once("a", n, partial(_made, made, n)) == f"a{n}"
    assert made == [1, 2, 1]
    memo.put("b", 1, "b1")
    memo.put("c", 1, "c1")
    assert (memo.get("a", 1), memo.get("b", 1), memo.get("b", 2)) == (None, "b1", None)


def test_git_passes_over_what_is_kept(site: Site) -> None:
    site.keeps = True
    site.commit()
    site.run("check")
    site.write("webinars/un.md", "---\ntitle: Un\nstart: 2026-12-03 12:30\n---\nTexte.\n")
    site.run("check")
    assert list((site.root / FOLDER).glob("??/*"))
    assert site.git("status", "--porcelain", "-uall").split() == ["??", "webinars/un.md"]

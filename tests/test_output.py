"""The folder that a site is made in, and the one that it takes turns with: `engine/output.py`."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from parcours.engine import target
from parcours.engine.output import Output

from .conftest import Site


def event(front: str = "", title: str = "Lire") -> str:
    return f"---\ntitle: {title}\nstart: 2026-12-03 12:30\nonline: https://a.example/\n{front}---\nTexte.\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder in which another site was made."""
    made = tmp_path / "site"
    (made / "a/b").mkdir(parents=True)
    (made / "index.html").write_text("home")
    (made / "a/b/index.html").write_text("page")
    return made


def inode(path: Path) -> int:
    return path.stat().st_ino


def test_what_is_right_is_left_alone(folder: Path, tmp_path: Path) -> None:
    source = tmp_path / "source"
    source.write_text("page")
    paths = (folder / "index.html", folder / "a/b/index.html")
    before = [(inode(path), path.stat().st_mtime_ns) for path in paths]
    output = Output(folder)
    output.write(paths[0], b"home")
    output.copy(source, paths[1])
    output.sweep()
    assert [(inode(path), path.stat().st_mtime_ns) for path in paths] == before


@pytest.mark.parametrize("new", ["more", "another length"])
def test_what_differs_is_made_anew(folder: Path, tmp_path: Path, new: str) -> None:
    """Another name of the same file, as in a copy by links, keeps what it says."""
    source = tmp_path / "source"
    source.write_text(new)
    paths = (folder / "index.html", folder / "a/b/index.html")
    others = [tmp_path / "one", tmp_path / "two"]
    for path, other in zip(paths, others, strict=True):
        other.hardlink_to(path)
    output = Output(folder)
    output.write(paths[0], new.encode())
    output.copy(source, paths[1])
    output.sweep()
    assert [path.read_text() for path in paths] == [new, new]
    assert [other.read_text() for other in others] == ["home", "page"]


def test_what_nobody_writes_is_removed(folder: Path) -> None:
    output = Output(folder)
    output.write(folder / "c/index.html", b"other")
    output.sweep()
    assert sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*")) == [
        "c",
        "c/index.html",
    ]


def test_what_another_writes_stays(folder: Path) -> None:
    output = Output(folder)
    (folder / "index.html").write_text("HOME")
    (folder / "new.txt").write_text("new")
    output.sweep()
    assert (folder / "index.html").read_text() == "HOME"
    assert (folder / "new.txt").read_text() == "new"
    assert not (folder / "a").exists()


def test_nothing_is_written_through_a_link(folder: Path, tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / "index.html").write_text("mine")
    (folder / "file.html").symlink_to(elsewhere / "index.html")
    (folder / "d").symlink_to(elsewhere)
    (folder / "loop").symlink_to("loop")
    source = tmp_path / "source"
    source.write_text("mine")
    (folder / "same.html").symlink_to(source)
    output = Output(folder)
    output.write(folder / "file.html", b"mine")
    output.write(folder / "d/index.html", b"mine")
    output.write(folder / "loop", b"mine")
    output.copy(source, folder / "same.html")
    output.sweep()
    for name in ("file.html", "d", "loop", "same.html"):
        assert not (folder / name).is_symlink(), name
    assert (folder / "d/index.html").read_text() == "mine"
    assert inode(folder / "d/index.html") != inode(elsewhere / "index.html")
    assert [path.name for path in elsewhere.iterdir()] == ["index.html"]


def test_a_file_and_a_folder_change_places(folder: Path) -> None:
    output = Output(folder)
    output.write(folder / "index.html/index.html", b"below")
    output.write(folder / "a", b"file")
    output.sweep()
    assert (folder / "index.html/index.html").read_text() == "below"
    assert (folder / "a").read_text() == "file"


def test_two_that_want_one_place_are_an_error(tmp_path: Path) -> None:
    """As it always was: which of them came last would stand there."""
    output = Output(tmp_path / "site")
    output.write(tmp_path / "site/a/index.html", b"below")
    with pytest.raises(IsADirectoryError):
        output.write(tmp_path / "site/a", b"file")
    with pytest.raises((FileExistsError, NotADirectoryError)):
        output.write(tmp_path / "site/a/index.html/b", b"below")


def test_two_who_write_at_once_make_the_same_folders(tmp_path: Path) -> None:
    """What one has made since, the other does not take for an obstacle."""
    mine, theirs = Output(tmp_path / "site"), Output(tmp_path / "site")
    is_dir = Path.is_dir

    def late(path: Path) -> bool:
        found = is_dir(path)
        if not found and path.name == "a":
            theirs.write(tmp_path / "site/a/b", b"theirs")
        return found

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(Path, "is_dir", late)
        mine.write(tmp_path / "site/a/c", b"mine")
    theirs.write(tmp_path / "site/a/b", b"theirs")
    assert sorted(path.name for path in (tmp_path / "site/a").iterdir()) == ["b", "c"]


@pytest.mark.parametrize("way", ["file", "link"])
def test_an_obstacle_that_another_has_removed_is_none(tmp_path: Path, way: str) -> None:
    site = tmp_path / "site"
    site.mkdir()
    if way == "file":
        (site / "a").write_text("old")
    else:
        (site / "a").symlink_to(tmp_path)
    mine, theirs = Output(site), Output(site)
    theirs.write(site / "a/b", b"theirs")
    mine.write(site / "a/c", b"mine")
    assert sorted(path.name for path in (site / "a").iterdir()) == ["b", "c"]


def test_a_pipe_keeps_nobody_waiting(folder: Path) -> None:
    os.mkfifo(folder / "pipe")
    os.mkfifo(folder / "other")
    output = Output(folder)
    output.write(folder / "pipe", b"")
    output.sweep()
    assert (folder / "pipe").read_text() == ""
    assert not (folder / "other").exists()


def test_a_file_that_lies_there_already_is_its_own_source(folder: Path) -> None:
    output = Output(folder)
    (folder / "new.txt").write_text("new")
    output.copy(folder / "new.txt", folder / "new.txt")
    output.copy(folder / "index.html", folder / "index.html")
    output.sweep()
    assert (folder / "new.txt").read_text() == "new"
    assert (folder / "index.html").read_text() == "home"


def test_there_may_be_no_folder_yet(tmp_path: Path) -> None:
    output = Output(tmp_path / "no/site")
    output.write(tmp_path / "no/site/index.html", b"home")
    output.sweep()
    assert (tmp_path / "no/site/index.html").read_text() == "home"


@pytest.mark.parametrize("old", [None, "other", "pages", "folder", "link"])
def test_what_the_twin_has_is_a_name_of_it(folder: Path, tmp_path: Path, old: str | None) -> None:
    """Whatever stood in its place; what is written later is written anew."""
    new = tmp_path / "new"
    path, its = new / "a/b/index.html", folder / "a/b/index.html"
    path.parent.mkdir(parents=True)
    if old == "folder":
        (path / "within").mkdir(parents=True)
    elif old == "link":
        path.symlink_to(its)
    elif old is not None:
        path.write_text(old)
    output = Output(new, folder)
    output.write(path, b"page")
    output.copy(its, new / "index.html")
    output.sweep()
    assert not path.is_symlink()
    assert path.samefile(its)
    assert (new / "index.html").read_text() == "page"
    assert not (new / "index.html").samefile(folder / "index.html")
    Output(new, folder).write(path, b"else")
    assert (path.read_text(), its.read_text()) == ("else", "page")


@pytest.mark.parametrize("way", ["no links", "a link", "a folder that is a link", "a folder"])
def test_what_cannot_be_shared_is_written(
    folder: Path, tmp_path: Path, way: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    its, path = folder / "a/b/index.html", tmp_path / "new/a/b/index.html"
    if way == "no links":

        def refuse(*of: object) -> None:
            raise OSError

        monkeypatch.setattr(Path, "hardlink_to", refuse)
    elif way == "a link":
        its.rename(tmp_path / "elsewhere")
        its.symlink_to(tmp_path / "elsewhere")
    elif way == "a folder that is a link":
        its.parent.rename(tmp_path / "elsewhere")
        its.parent.symlink_to(tmp_path / "elsewhere")
    else:
        its.unlink()
        its.mkdir()
    Output(tmp_path / "new", folder).write(path, b"page")
    assert path.read_bytes() == b"page"
    assert path.stat().st_nlink == 1


@pytest.mark.large
def test_two_folders_take_turns(site: Site) -> None:
    """A file that is the same in three sites is written once for all of them."""
    site.write("content/fixe.md", "# Une page\n\nToujours la même.\n")
    site.write("webinars/gone.md", event(title="Qui part"))
    seen, changed = [], []
    for n in range(3):
        site.write("webinars/b.md", event(title=f"Numéro {n}"))
        out = site.build()
        seen.append(inode(out / "fixe/index.html"))
        changed.append(inode(out / "comptoirs/b/index.html"))
        assert f"Numéro {n}" in (out / "comptoirs/b/index.html").read_text("utf-8")
        (site.root / "webinars/gone.md").unlink(missing_ok=True)
    assert seen[0] == seen[1] == seen[2]
    assert changed[0] != changed[1] != changed[2]
    assert not (out / "comptoirs/qui-part").exists()
    spare = next((site.root / ".cache/parcours/site").glob("*/spare"))
    assert "Numéro 1" in (spare / "comptoirs/b/index.html").read_text("utf-8")


@pytest.mark.large
def test_a_build_that_fails_leaves_the_next_its_folder(site: Site) -> None:
    site.write("webinars/a.md", event())
    site.build()
    site.write("webinars/a.md", event(title="Autre"))
    site.build()
    spare = next((site.root / ".cache/parcours/site").glob("*/spare"))
    before = inode(spare / "index.html")
    site.write("webinars/b.md", event("duration: 0\n"))
    assert site.run("build") == 1
    assert inode(spare / "index.html") == before


@pytest.mark.large
def test_without_a_cache_nothing_is_left(site: Site) -> None:
    site.write("webinars/a.md", event())
    for _ in range(2):
        assert site.run("build", "--no-cache") == 0
    assert not list((site.root / ".cache").rglob("spare"))


@pytest.mark.large
def test_one_who_leaves_is_in_no_folder_that_is_published(site: Site) -> None:
    """The folder that waits is never what a host is given: it lies where git passes over."""
    site.write("webinars/a.md", event())
    out = site.build()
    with target.beside(site.root, out, takes_turns=True) as new:
        assert new.is_relative_to(site.root / ".cache/parcours")
        assert not new.is_relative_to(out)

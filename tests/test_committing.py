"""The first commit that tests write without git is the one that git makes."""

from __future__ import annotations

from pathlib import Path

import pytest

from .committing import begin, first_commit
from .conftest import Site

DATE = "2026-03-01T07:08:09Z"


def laid(root: Path) -> Site:
    """A site with names that git puts in another order than a folder's, and more than one mode."""
    site = Site(root)
    for name in (
        "a.md",
        "a/b.md",
        "a-b.md",
        "a0",
        "é/n° 1.md",
        f"{'l' * 90}/{'m' * 90}.md",
        "vide",
    ):
        site.write(name, "" if name == "vide" else f"{name}\n")
    site.write("a/même.md", b"a.md\n")
    site.write("x.sh", "exit\n").chmod(0o755)
    (root / "rien/du/tout").mkdir(parents=True)
    return site


def test_git_makes_the_same_commit(tmp_path: Path) -> None:
    ours, theirs = laid(tmp_path / "ours"), laid(tmp_path / "theirs")
    begin(ours.root)
    assert first_commit(ours.root, DATE)
    theirs.git("init", "-q", "-b", "main")
    theirs.git("add", "-A")
    theirs.git("commit", "-q", "-m", "x", date=DATE)
    assert ours.git("rev-parse", "HEAD") == theirs.git("rev-parse", "HEAD")
    assert ours.git("ls-files", "--stage") == theirs.git("ls-files", "--stage")
    assert ours.git("status", "--porcelain") == ""
    assert ours.git("fsck", "--full", "--strict") == ""
    ours.write("a.md", "b.md\n")
    assert ours.git("status", "--porcelain") == " M a.md\n"


@pytest.mark.parametrize("name", [".gitignore", "a/.gitattributes", "a/.git"])
def test_what_git_reads_otherwise_is_left_to_it(tmp_path: Path, name: str) -> None:
    site = laid(tmp_path / "site")
    site.write(name, "b.md\n")
    begin(site.root)
    assert not first_commit(site.root, DATE)


def test_links_and_other_zones_are_left_to_git(tmp_path: Path) -> None:
    site = laid(tmp_path / "site")
    begin(site.root)
    assert not first_commit(site.root, "2026-03-01T07:08:09+02:00")
    (site.root / "lien").symlink_to("a.md")
    assert not first_commit(site.root, DATE)

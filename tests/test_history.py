"""What git tells: strictly increasing instants, identical moves, refusals."""

from __future__ import annotations

import json
import os
import re
import subprocess
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from parcours.memo import Memo
from parcours.sources import history as history_module
from parcours.sources.history import History, HistoryError, ask_git, read_blobs, read_history

from .conftest import Site
from .test_feeds import vevents

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


PULLS = [
    ("Merge branch 'main' of https://forge.example/a/site", True),
    ("Merge remote-tracking branch 'origin/main'", True),
    ("Merge branch 'main' into feature", True),
    ("Merge branch 'trunk' of forge.example:a/site into trunk", True),
    ("Merge branch 'feature'", False),
    ("Merge branch 'feature/main'", False),
    ("Merge branch 'feature' into main", False),
    ("Merge remote-tracking branch 'origin/feature'", False),
    ("Merge pull request #12 from a/main", False),
    ("Merge branches 'main' and 'other'", False),
    ("Met ensemble", False),
]


@pytest.mark.parametrize(("message", "pulled"), PULLS)
def test_a_pull_does_not_hide_what_was_published(site: Site, message: str, pulled: bool) -> None:
    """What was published is the side that was pulled; the other was on one machine until then."""
    site.write("webinars/a.md", EVENT)
    site.commit("2026-01-01T00:00:00Z")
    site.git("checkout", "-q", "-b", "published")
    site.write("webinars/a.md", EVENT.replace("12:30", "14:00"))
    site.commit("2026-01-05T00:00:00Z")
    site.write("webinars/b.md", EVENT.replace("Un", "Deux"))
    site.commit("2026-01-06T00:00:00Z")
    before = read_history(site.root)
    site.git("checkout", "-q", "main")
    # The same change, made earlier, and one of its own.
    site.write("webinars/a.md", EVENT.replace("12:30", "14:00"))
    site.commit("2026-01-02T00:00:00Z")
    site.write("webinars/c.md", EVENT.replace("Un", "Trois"))
    site.commit("2026-01-03T00:00:00Z")
    site.git("merge", "-q", "--no-ff", "-m", message, "published", date="2026-01-10T00:00:00Z")
    after = read_history(site.root)
    kept = [after.get(name) == before.get(name) for name in ("webinars/a.md", "webinars/b.md")]
    assert kept == [pulled, pulled]
    came = after.get("webinars/c.md")
    assert came is not None
    assert (came.created == after.head) == pulled
    assert (before.commits[-1] in after.commits) == pulled


def test_dates_of_any_form_are_read(site: Site) -> None:
    """Zones that nobody keeps, times before 1970 and after all calendars, the same one twice."""
    dates = [
        *("-86400 +0000", "946684800 +9999", "1767225600 -9999", "1767225600 +0000"),
        *("99999999999 +0000", "1767225602 +1400"),
    ]
    site.commit()
    parent, tree = "", site.git("rev-parse", "HEAD^{tree}").strip()
    for n, date in enumerate(dates):
        lines = [f"tree {tree}", *([f"parent {parent}"] if parent else [])]
        lines += [f"{who} A <a@mail.example> {date}" for who in ("author", "committer")]
        made = site.write("../commit", "\n".join([*lines, "", f"{n}", ""]))
        parent = site.git("hash-object", "-t", "commit", "-w", "--literally", str(made)).strip()
    site.git("update-ref", "HEAD", parent)
    instants = [one.instant for one in read_history(site.root).commits]
    assert instants[1:] == [946684800, 1767225600, 1767225601, 1767225602, 1767225603]
    assert instants[0] < instants[1]
    site.write("webinars/a.md", EVENT)
    (event,) = vevents(site.feeds() / "comptoirs/a.ics").values()
    assert int(str(event["SEQUENCE"])) > 0


def test_a_site_in_a_folder_of_the_repository(site: Site) -> None:
    site.write("sub/webinars/a.md", EVENT)
    site.commit()
    assert read_history(site.root / "sub").get("webinars/a.md") is not None


@pytest.mark.large
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


def test_sources_that_no_history_holds_are_told(
    site: Site, lines: Callable[[], list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    site.write("webinars/a.md", EVENT)
    site.write("content/data/themes/t.yml", "name: T\n")
    site.write(".gitignore", "places\n")
    site.write("content/data/places/ici.yml", "name: Ici\n")
    site.commit()
    site.write("webinars/b.md", EVENT.replace("Un", "Deux"))
    assert site.run("check") == 0
    assert not [line for line in lines() if "git-" in line]  # a preview
    monkeypatch.setenv("CI", "true")
    assert site.run("check") == 0
    (text,) = [line for line in lines() if "warning[git-untracked]" in line]
    assert text.startswith("mkdocs.yml:1:1: ")
    assert "content/data/places/ici.yml, webinars/b.md" in text
    monkeypatch.setenv("CI", "")
    within = Site(site.root / "voyages")
    within.write("c.md", EVENT.replace("12:30", "12:30\nend: 2026-12-03 14:00"))
    within.commit()
    assert site.run("check") == 0
    (text,) = [line for line in lines() if "warning[git-untracked]" in line]
    assert "voyages/c.md" in text
    assert "webinars" not in text


def test_a_repository_of_another_person_is_read(
    site: Site, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """As in a container: git has no say in whose sources are built."""
    site.write("webinars/a.md", EVENT)
    site.commit()
    expected = read_history(site.root)
    monkeypatch.setenv("GIT_TEST_ASSUME_DIFFERENT_OWNER", "1")
    monkeypatch.setenv("HOME", str(tmp_path / "nowhere"))
    monkeypatch.setitem(history_module._GIT, "GIT_TEST_ASSUME_DIFFERENT_OWNER", "1")
    assert read_history(site.root) == expected


def test_git_refusing_is_an_error(site: Site, lines: Callable[[], list[str]]) -> None:
    site.commit()
    (site.root / ".git" / "HEAD").write_text("broken\n")
    with pytest.raises(HistoryError):
        read_history(site.root)
    assert site.run("check") == 1
    assert "git-refused" in lines()[0]


@pytest.mark.large
def test_no_repository_is_one_warning(site: Site, lines: Callable[[], list[str]]) -> None:
    site.write("webinars/a.md", EVENT + "\n")
    site.write("webinars/b.md", EVENT.replace("title: ", "updated: 2026-05-01\ntitle: Le second "))
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


NAMES = [
    *(b"webinars/\x01.md", b"webinars/a\nb.md", b"webinars/a\tb.md", b'webinars/"a".md'),
    *(b"webinars/\xff\xfe.md", b"-x.md", b":100644 100644 a b A.md", b"webinars/a\\b.md"),
    *(b"a" * 40, b"commit " + b"b" * 40, b"\x01\x01" * 20, " \u2028.md".encode()),
]


def test_a_name_changes_no_date(site: Site) -> None:
    """A name of other octets than git prints in lines, or that looks like its answers."""
    site.write("webinars/un.md", EVENT)
    site.commit("2026-01-01T00:00:00Z")
    for name in NAMES:
        path = Path(os.fsdecode(os.fsencode(site.root) + b"/" + name))
        path.write_text(EVENT)
    site.commit("2026-02-01T00:00:00Z")
    site.write("webinars/deux.md", EVENT)
    site.commit("2026-03-01T00:00:00Z")
    history = read_history(site.root)
    assert {os.fsencode(name) for name in history.changes} >= set(NAMES)
    for name in NAMES:
        change = history.get(os.fsdecode(name))
        assert change is not None, name
        assert change.changed == 1769904000, name
    assert history.head == 1772323200
    assert history.commits[-1].date == history.commits[-1].instant


def test_a_configuration_or_an_environment_changes_nothing(
    site: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    site.write("webinars/é.md", EVENT)
    site.commit("2026-01-01T00:00:00Z")
    site.git("checkout", "-q", "-b", "other")
    site.write("webinars/a.md", EVENT + "Autre.\n")
    site.commit("2026-01-05T00:00:00Z")
    site.git("checkout", "-q", "main")
    site.git("mv", "webinars/é.md", "webinars/b.md")
    site.write(".gitattributes", "*.md diff=loud -text\n")
    site.write(".mailmap", "B <b@mail.example> A <a@mail.example>\n")
    site.commit("2026-01-06T00:00:00Z")
    site.git("merge", "-q", "--no-ff", "-m", "x\n\n:100644", "other", date="2026-01-10T00:00:00Z")
    site.git("revert", "-m", "1", "--no-edit", "HEAD", date="2026-01-11T00:00:00Z")
    expected = read_history(site.root)
    assert set(expected.changes) >= {"webinars/b.md"}
    assert "webinars/a.md" in expected.removed
    order = site.write("order", "webinars/b.md\n")
    for name, value in {
        "log.showSignature": "true",
        "log.follow": "true",
        "log.diffMerges": "off",
        "log.date": "raw",
        "diff.renames": "copies",
        "diff.noprefix": "true",
        "diff.orderFile": str(order),
        "diff.external": "false",
        "diff.loud.textconv": "false",
        "core.quotePath": "true",
        "core.abbrev": "4",
        "color.ui": "always",
        "format.pretty": "oneline",
        "i18n.logOutputEncoding": "UTF-16",
    }.items():
        site.git("config", name, value)
    other = Site(tmp_path / "other")
    other.write("x.md", EVENT)
    other.commit()
    for name in ("GIT_DIR", "GIT_COMMON_DIR", "GIT_INDEX_FILE", "GIT_OBJECT_DIRECTORY"):
        monkeypatch.setenv(name, str(other.root / ".git"))
    monkeypatch.setenv("GIT_WORK_TREE", str(other.root))
    monkeypatch.setenv("GIT_EXTERNAL_DIFF", "false")
    monkeypatch.setenv("GIT_TRACE", "1")
    monkeypatch.setenv("LC_ALL", "fr_FR.UTF-8")
    assert read_history(site.root) == expected


def test_what_only_this_clone_replaces_counts_for_nothing(site: Site) -> None:
    for n in range(3):
        site.write(f"webinars/{n}.md", EVENT)
        site.commit(f"2026-0{n + 1}-01T00:00:00Z")
    expected = read_history(site.root)
    first, head = (site.git("rev-parse", name).strip() for name in ("HEAD~2", "HEAD"))
    site.git("replace", "--graft", head, first)
    site.write(".git/info/grafts", f"{head} {first}\n")
    assert read_history(site.root) == expected


def test_what_is_no_file_is_none(site: Site) -> None:
    """Another repository's commit, a link, and a file that becomes one or the other."""
    site.write("webinars/a.md", EVENT)
    site.write("webinars/b.md", EVENT + "Autre.\n")
    site.write("webinars/c.md", EVENT + "Encore.\n")
    site.commit("2026-01-01T00:00:00Z")
    head = site.git("rev-parse", "HEAD").strip()
    (site.root / "webinars/a.md").unlink()
    site.git("update-index", "--force-remove", "webinars/a.md")
    site.git("update-index", "--add", "--cacheinfo", f"160000,{head},webinars/a.md")
    (site.root / "webinars/b.md").unlink()
    (site.root / "webinars/b.md").symlink_to("c.md")
    site.git("update-index", "--chmod=+x", "webinars/c.md")
    site.git("update-index", "webinars/b.md")
    site.git("commit", "-q", "-m", "x", date="2026-02-01T00:00:00Z")
    history = read_history(site.root)
    assert history.get("webinars/a.md") is None
    assert history.removed["webinars/a.md"].removed == 1769904000
    for name in ("b", "c"):
        change = history.get(f"webinars/{name}.md")
        assert change is not None
        assert change.changed == 1769904000
    blobs = {v.blob for change in history.changes.values() for v in change.versions}
    assert len(read_blobs(site.root, blobs)) == len(blobs)


def another_process(monkeypatch: pytest.MonkeyPatch) -> None:
    """Begin as another process does, that has asked for no content yet."""
    monkeypatch.setattr(history_module, "_BLOBS", Memo(1_000_000, len))


def test_a_content_is_asked_for_once(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    another_process(monkeypatch)
    site.write("webinars/a.md", EVENT)
    site.write("webinars/b.md", EVENT.replace("title", "# "))
    site.commit("2026-01-01T00:00:00Z")
    changes = read_history(site.root).changes
    blobs = {path: change.versions[0].blob for path, change in changes.items()}
    found = read_blobs(site.root, [blobs["webinars/b.md"]])
    asked: list[tuple[str, ...]] = []

    def ask(folder: Path, *arguments: str, given: bytes = b"") -> bytes:
        asked.append((*arguments, given.decode()))
        return ask_git(folder, *arguments, given=given)

    monkeypatch.setattr(history_module, "ask_git", ask)
    wanted = [blobs["webinars/a.md"], blobs["webinars/b.md"]]
    for _ in range(2):
        both = read_blobs(site.root, wanted)
        assert list(both) == sorted(wanted)
        assert both[wanted[0]] == EVENT.encode()
        assert both[wanted[1]] == found[wanted[1]]
    assert asked == [("cat-file", "--batch", f"{wanted[0]}\n")]


def test_a_file_that_comes_back_keeps_its_past(site: Site) -> None:
    site.write("webinars/a.md", EVENT)
    site.commit("2026-01-01T00:00:00Z")
    (site.root / "webinars/a.md").unlink()
    site.commit("2026-02-01T00:00:00Z")
    site.write("webinars/a.md", EVENT + "Autre.\n")
    site.commit("2026-03-01T00:00:00Z")
    history = read_history(site.root)
    change = history.get("webinars/a.md")
    assert change is not None
    assert (change.created, change.since) == (1767225600, 1772323200)
    assert history.removed == {}


def without(site: Site, file: str, revision: str = "HEAD") -> None:
    """Take the content of a file out of the repository's store."""
    blob = site.git("rev-parse", f"{revision}:{file}").strip()
    path = site.root / ".git" / "objects" / blob[:2] / blob[2:]
    path.chmod(0o644)
    path.unlink()


@pytest.mark.parametrize("kept", [False, True], ids=["deleted", "moved"])
def test_a_content_that_is_missing_is_an_error(
    site: Site, lines: Callable[[], list[str]], kept: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A cancellation, or news, would be passed over."""
    site.write("webinars/un.md", EVENT)
    site.commit("2026-01-01T00:00:00Z")
    (site.root / "webinars" / "un.md").unlink()
    if kept:
        site.write("webinars/un.md", EVENT.replace("12:30", "14:00"))
    site.commit("2026-02-01T00:00:00Z")
    assert site.run("check") == 0
    without(site, "webinars/un.md", "HEAD~1")
    lines()
    another_process(monkeypatch)
    assert site.run("check", "--no-cache") == 1
    assert [line for line in lines() if "mkdocs.yml:1:1: error[git-incomplete]" in line]


def test_a_partial_clone_answers_and_asks_no_server(
    site: Site, tmp_path: Path, lines: Callable[[], list[str]]
) -> None:
    site.write("webinars/un.md", EVENT)
    site.commit("2026-01-01T00:00:00Z")
    site.write("webinars/un.md", EVENT.replace("12:30", "14:00"))
    for folder in ("voyages", "content/mooc"):
        site.write(f"{folder}/.keep", "")
    site.commit("2026-02-01T00:00:00Z")
    site.git("config", "uploadpack.allowFilter", "true")
    copy = Site(tmp_path / "copy")
    clone = ["git", "clone", "-q", "--filter=blob:none", f"file://{site.root}", str(copy.root)]
    subprocess.run(clone, check=True)
    objects = sorted((copy.root / ".git" / "objects").rglob("*"))
    assert copy.run("check") == 1
    (text,) = [line for line in lines() if "git-incomplete" in line]
    assert text.startswith("mkdocs.yml:1:1: error[git-incomplete]")
    assert sorted((copy.root / ".git" / "objects").rglob("*")) == objects


def test_a_broken_branch_is_not_an_empty_one(site: Site) -> None:
    site.commit()
    (site.root / ".git" / "refs" / "heads" / "main").write_text("")
    with pytest.raises(HistoryError):
        read_history(site.root)
    fresh = Site(site.root / "fresh")
    fresh.root.mkdir()
    fresh.git("init", "-q", "-b", "main")
    assert read_history(fresh.root) == History()


def test_a_linked_worktree_has_the_same_history(site: Site, tmp_path: Path) -> None:
    site.write("webinars/a.md", EVENT)
    site.commit("2026-01-01T00:00:00Z")
    site.git("worktree", "add", "-q", str(tmp_path / "linked"))
    assert read_history(tmp_path / "linked") == read_history(site.root)


def told(lines: list[str]) -> dict[str, str]:
    """What is told of the configuration, by code."""
    found = (re.match(r"mkdocs.yml:1:1: (\w+\[[\w-]+\]): (.*)", line) for line in lines)
    return {one[1]: one[2] for one in found if one}


@pytest.mark.large
def test_a_date_to_come_counts_once_it_has_come(site: Site, lines: Callable[[], list[str]]) -> None:
    for n, date in enumerate(("2026-01-01", "2079-06-01", "2026-03-01", "2026-11-25")):
        site.write(f"webinars/{n}.md", EVENT.replace("Un", str(n)))
        site.commit(f"{date}T06:00:00Z")
    ids = site.git("log", "--reverse", "--format=%h").split()
    now = datetime(2026, 11, 24, 9, tzinfo=UTC)
    instants = [one.instant for one in read_history(site.root, now).commits]
    # The last is a few hours ahead, as clocks may be.
    dates = [datetime.fromtimestamp(one, UTC).isoformat()[:19] for one in instants]
    assert dates == [
        *("2026-01-01T06:00:00", "2026-01-01T06:00:01"),
        *("2026-03-01T06:00:00", "2026-11-25T06:00:00"),
    ]
    # Time that passes never lets an instant fall.
    for year in (2027, 2078, 2080, 2100):
        later = [one.instant for one in read_history(site.root, now.replace(year=year)).commits]
        assert all(old <= new for old, new in zip(instants, later, strict=True)), year
        instants = later
    assert site.run("check") == 0
    found = told(lines())
    assert set(found) == {"warning[clock-ahead]"}
    assert ids[1] in found["warning[clock-ahead]"]
    assert "2079-06-01" in found["warning[clock-ahead]"]


def test_dates_that_go_back_are_told_until_they_are_mended(
    site: Site, lines: Callable[[], list[str]]
) -> None:
    for date in ("2026-03-01", "2026-02-28", "2026-01-01", "2026-01-02", "2026-04-01"):
        site.commit(f"{date}T12:00:00Z")
    ids = site.git("log", "--reverse", "--format=%h").split()
    assert site.run("check") == 0
    (text,) = told(lines()).values()
    # A day is no wrong clock.
    assert [id in text for id in ids] == [True, False, True, False, False]
    revised = "uid_domain: petit.example\n      feeds: {revised: 2026-04-02}"
    config = (site.root / "mkdocs.yml").read_text().replace("uid_domain: petit.example", revised)
    site.write("mkdocs.yml", config)
    assert site.run("check") == 0
    assert told(lines()) == {}


def test_a_history_rewritten_by_a_clock_behind_is_told(
    site: Site, lines: Callable[[], list[str]]
) -> None:
    site.commit("2026-01-01T00:00:00Z")
    site.commit("2026-03-01T00:00:00Z")
    site.git("commit", "-q", "--amend", "--allow-empty", "-m", "x", date="2026-02-01T00:00:00Z")
    assert site.run("check") == 0
    (text,) = told(lines()).values()
    assert site.git("log", "-1", "--format=%h").strip() in text
    assert "2026-03-01" in text


@pytest.mark.large
def test_a_history_that_left_what_was_published_is_told(
    site: Site, lines: Callable[[], list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Within a day, and with both dates made anew, only who received the push can know."""
    site.commit("2026-03-01T08:00:00Z")
    site.commit("2026-03-01T12:00:00Z")
    before = site.git("rev-parse", "HEAD").strip()
    site.commit("2026-03-01T13:00:00Z")
    monkeypatch.setenv("GITHUB_EVENT_NAME", "push")
    monkeypatch.setenv("GITHUB_EVENT_PATH", str(site.root / "event.json"))
    repository = {"default_branch": "main"}
    event = {"ref": "refs/heads/main", "before": before, "repository": repository}

    def check(**said: object) -> dict[str, str]:
        site.write("event.json", json.dumps(event | said))
        assert site.run("check") == 0
        return told(lines())

    assert check() == {}
    site.git("reset", "-q", "--hard", "HEAD~2")
    site.commit("2026-03-01T10:00:00Z")
    (text,) = check().values()
    assert before[:10] in text
    assert check(ref="refs/heads/other") == {}
    assert check(before="0" * 40) == {}
    assert check(before="x", repository=None) == {}
    monkeypatch.setenv("GITHUB_EVENT_NAME", "schedule")
    assert check() == {}
    for name, value in {
        "CI_COMMIT_BRANCH": "main",
        "CI_DEFAULT_BRANCH": "main",
        "CI_COMMIT_BEFORE_SHA": before,
    }.items():
        monkeypatch.setenv(name, value)
    assert set(check()) == {"warning[history-rewritten]"}
    mended = text[text.index("feeds: {revised") :].partition("}")[0]
    config = (site.root / "mkdocs.yml").read_text()
    revised = f"uid_domain: petit.example\n      {mended}}}"
    site.write("mkdocs.yml", config.replace("uid_domain: petit.example", revised))
    assert check() == {}


@pytest.mark.large
def test_an_old_identity_keeps_the_date_at_which_it_came(site: Site) -> None:
    """A meeting that is renamed keeps it; so does what stays of a name that it gives up again."""
    site.write("webinars/un.md", EVENT)
    site.commit("2026-01-01T00:00:00Z")
    found = []
    for month, (old, new) in enumerate((("un", "deux"), ("deux", "un")), 2):
        site.git("mv", f"webinars/{old}.md", f"webinars/{new}.md")
        site.commit(f"2026-0{month}-01T00:00:00Z")
        entries = vevents(site.feeds() / "flux/agenda.ics")
        found.append({uid: entry.decoded("CREATED") for uid, entry in entries.items()})
    assert found[0] == found[1]
    assert {f"{date:%Y-%m-%d}" for date in found[0].values()} == {"2026-01-01"}


@pytest.mark.large
def test_what_the_configuration_changes_in_entries_raises_their_sequence(site: Site) -> None:
    site.write("webinars/un.md", EVENT)
    config = (site.root / "mkdocs.yml").read_text()
    found = []
    for month, text in enumerate(
        (
            config,
            config + "nav: [index.md]\n",  # no entry shows it
            config.replace("weekday: thursday", "duration: 3h"),
            config.replace("weekday: thursday", "duration: 3h")
            + "      feeds: {revised: 2026-07-01}\n",
            config.replace("weekday: thursday", "duration: 3h"),  # taken back: nothing falls
        ),
        1,
    ):
        site.write("mkdocs.yml", text)
        site.commit(f"2026-0{month}-01T00:00:00Z")
        (event,) = vevents(site.feeds() / "comptoirs/un.ics").values()
        found.append(int(str(event["SEQUENCE"])))
    first, second, third, fourth, fifth = found
    assert first == second < third < fourth == fifth


def test_identities_that_the_configuration_takes_away_are_told(
    site: Site, lines: Callable[[], list[str]]
) -> None:
    site.write("webinars/un.md", EVENT)
    site.commit("2026-01-01T00:00:00Z")
    config = (site.root / "mkdocs.yml").read_text()
    site.write(
        "mkdocs.yml",
        config.replace("comptoirs:\n", "ateliers:\n").replace("petit.example\n", "grand.example\n"),
    )
    site.commit("2026-02-01T00:00:00Z")
    assert site.run("check") == 0
    found = lines()
    assert [line for line in found if "warning[collection-gone]" in line and "comptoirs" in line]
    assert [line for line in found if "warning[domain-changed]" in line and "petit.example" in line]

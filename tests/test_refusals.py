"""What the operating system refuses is told in the words of the site's language, wherever."""

from __future__ import annotations

import errno
import os
import socket
from pathlib import Path

import pytest

from parcours.engine import diff, preview, unforeseen
from parcours.engine.environment import Surroundings
from parcours.engine.opening import NoAddress
from parcours.i18n import translator
from parcours.refusals import reason_of

from .conftest import Site
from .test_check import page

FRENCH = translator("fr")
USUAL = (
    *("EPERM", "EACCES", "ENOENT", "EEXIST", "ENOTDIR", "EISDIR", "ENOTEMPTY", "ENAMETOOLONG"),
    *("ELOOP", "ENOSPC", "EDQUOT", "EFBIG", "EROFS", "EIO", "EBUSY", "EMFILE", "ENFILE", "ENOMEM"),
    *("EXDEV", "EINVAL", "ENODEV", "ESTALE", "EADDRINUSE", "EADDRNOTAVAIL", "ETIMEDOUT", "EPIPE"),
)


def refusal(number: int, *of: str) -> OSError:
    return OSError(number, os.strerror(number), *of)


@pytest.fixture(autouse=True)
def _in_french(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PARCOURS_LANG", "fr")


@pytest.mark.parametrize("name", USUAL)
def test_what_is_usual_has_words_in_french(name: str) -> None:
    number = getattr(errno, name)
    reason = reason_of(refusal(number))
    assert reason not in {name, os.strerror(number)}
    assert FRENCH.gettext(reason) != reason


def test_what_is_rare_is_named_as_standards_name_it() -> None:
    assert reason_of(refusal(errno.ENOTTY)) == "ENOTTY"
    assert reason_of(OSError("rien")) == "OSError"


def test_a_link_that_leads_nowhere_is_told_from_nothing(tmp_path: Path) -> None:
    (tmp_path / "a").symlink_to("rien")
    told = [reason_of(refusal(errno.ENOENT, str(tmp_path / name))) for name in "ab"]
    assert told == ["it is a link that leads to nothing", "nothing of that name is there"]


def full(*_: object, **__: object) -> None:
    raise refusal(errno.ENOSPC, "plein")


@pytest.mark.parametrize(
    ("command", "what"),
    [
        (("check", "--fix"), "os.fsync"),
        (("compile",), "parcours.tree.Tree.put"),
        pytest.param(("build",), "parcours.engine.plugin.mark", marks=pytest.mark.large),
        (
            ("new", "webinar", "--title", "A", "--start", "2026-12-10 12:30"),
            "parcours.scaffold.placing.place",
        ),
    ],
    ids=["check --fix", "compile", "build", "new"],
)
def test_a_full_disk_is_told_in_french(
    site: Site,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    command: tuple[str, ...],
    what: str,
) -> None:
    slip = "duraton: 1h\n" if "--fix" in command else ""
    site.write("webinars/un.md", page(f"title: Un\nstart: 2026-12-03 12:30\n{slip}"))
    site.commit()
    monkeypatch.setattr(what, full)
    into = {"compile": ("-o", str(site.root / "made"))}.get(command[0], ())
    site.run(*command, *into)
    said = capsys.readouterr()
    assert "le disque est plein" in said.err + said.out
    assert os.strerror(errno.ENOSPC) not in said.err + said.out


def test_two_commits_that_have_no_room_are_told_in_french(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(diff, "_Comparison", full)
    with pytest.raises(diff.NotCompared) as caught:
        diff.compare(site.root / "mkdocs.yml", "HEAD", None, Surroundings())
    assert caught.value.message(FRENCH).endswith("le disque est plein")


@pytest.mark.parametrize(
    ("raised", "words"),
    [
        (refusal(errno.EADDRINUSE), "un autre programme l’utilise"),
        (refusal(errno.EADDRNOTAVAIL), "cet ordinateur n’en dispose pas"),
        (refusal(errno.EACCES), "réservés aux administrateurs"),
        (socket.gaierror(socket.EAI_NONAME, "Name or service not known"), "aucun ordinateur"),
    ],
    ids=["taken", "of another", "below 1024", "no name"],
)
def test_an_address_that_cannot_be_had_is_told_in_french(
    site: Site, monkeypatch: pytest.MonkeyPatch, raised: OSError, words: str
) -> None:
    def refuse(*_: object) -> None:
        raise raised

    monkeypatch.setattr(preview, "Preview", refuse)
    with pytest.raises(NoAddress) as caught:
        preview.serve(site.root / "mkdocs.yml", "127.0.0.1:8000", Surroundings(), print)
    assert words in FRENCH.gettext(caught.value.reason)


def test_what_nothing_has_words_for_says_why_in_french(
    tmp_path: Path,
) -> None:
    line = unforeseen.tell_unforeseen(refusal(errno.EACCES, "a"), FRENCH, tmp_path / "mkdocs.yml")
    assert FRENCH.gettext("its permissions forbid it") in line
    assert os.strerror(errno.EACCES) not in line

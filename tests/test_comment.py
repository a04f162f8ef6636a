"""The one comment of a pull request, by a workflow that may write: what it is handed is text.

GitHub is played by a server on this machine, which writes down what it is asked.
"""

from __future__ import annotations

import contextlib
import io
import json
import os
import subprocess
import sys
import zipfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any
from unittest import mock
from urllib.parse import parse_qs, urlsplit

import comment
import pytest
from lxml import etree

from parcours.diffing.report import LIMIT, write_report

from .conftest import ROOT
from .test_diff_shown import ALLOWED, HOSTILE, rendered, report

pytestmark = pytest.mark.large

MARKER = "<!-- parcours diff -->"
BOT = "github-actions[bot]"
TOKEN = "secret-of-the-test"
RUN = 77


def archive(data: bytes, name: str = "diff.json") -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as files:
        files.writestr(name, data)
    return made.getvalue()


@dataclass
class GitHub:
    """What the server knows, and what it was asked to change.

    Attributes:
        size: what it says of the artifact; by default the truth.
        leaked: Authorization headers that came where an answer led on to.
    """

    artifact: bytes | None
    pulls: list[dict[str, Any]]
    comments: list[dict[str, Any]] = field(default_factory=list)
    size: int | None = None
    changes: list[tuple[str, str, str]] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)
    leaked: list[str] = field(default_factory=list)

    def answer(self, method: str, path: str, body: dict[str, Any]) -> object:
        """What the API answers; octets for a file."""
        address = urlsplit(path)
        query = parse_qs(address.query)
        within = address.path.removeprefix("/repos/a/site/")
        self.asked.append(path)
        if method != "GET":
            self.changes.append((method, within, body["body"]))
            return {"id": 1}
        if within == "pulls":
            return [one for one in self.pulls if one["label"] == query["head"][0]]
        if within == f"actions/runs/{RUN}/artifacts":
            size = len(self.artifact or b"") if self.size is None else self.size
            return {"artifacts": [{"id": 5, "size_in_bytes": size}] if self.artifact else []}
        if within.endswith("/comments"):
            page = int(query["page"][0])
            return self.comments[100 * (page - 1) : 100 * page]
        raise AssertionError(path)


@contextmanager
def served(github: GitHub) -> Iterator[str]:
    class Handler(BaseHTTPRequestHandler):
        def answer(self) -> None:
            if self.path == "/blob":
                github.leaked += self.headers.get_all("Authorization") or []
                self.reply(github.artifact or b"")
                return
            assert self.headers["Authorization"] == f"Bearer {TOKEN}"
            if self.path.endswith("/actions/artifacts/5/zip"):
                self.send_response(302)
                self.send_header("Location", "/blob")
                self.end_headers()
                return
            length = int(self.headers.get("Content-Length") or 0)
            body = json.loads(self.rfile.read(length)) if length else {}
            found = github.answer(self.command, self.path, body)
            self.reply(json.dumps(found).encode())

        def reply(self, data: bytes) -> None:
            self.send_response(200)
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            self.wfile.write(data)

        do_GET = do_POST = do_PATCH = answer

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()


def pull(number: int = 3, sha: str = "f" * 40, label: str = "b:main") -> dict[str, Any]:
    return {"number": number, "head": {"sha": sha}, "label": label}


def run(
    github: GitHub, folder: Path, branch: str = "main", owner: str = "b", *, apart: bool = False
) -> str:
    """Run the script with what the workflow gives it; returns what it printed.

    Args:
        owner: of the fork; "" for one that was deleted.
        apart: as the workflow does, by another process.
    """
    event = {
        "workflow_run": {
            "id": RUN,
            "head_branch": branch,
            "head_sha": "f" * 40,
            "head_repository": {"owner": {"login": owner}} if owner else None,
        }
    }
    file = folder / "event.json"
    file.write_text(json.dumps(event))
    with served(github) as address:
        variables = {
            "GITHUB_EVENT_PATH": str(file),
            "GITHUB_API_URL": address,
            "GITHUB_REPOSITORY": "a/site",
            "GITHUB_TOKEN": TOKEN,
            "NO_PROXY": "*",
        }
        code, out, err = (_apart if apart else _here)(variables, folder)
    assert code == 0, err
    assert TOKEN not in out + err
    assert github.leaked == []
    assert [one.name for one in folder.iterdir()] == ["event.json"]
    return out


def _here(variables: Mapping[str, str], folder: Path) -> tuple[int, str, str]:
    """The script's exit code and what it says, by this process: another takes long to begin."""
    out, err = io.StringIO(), io.StringIO()
    with (
        mock.patch.dict(os.environ, variables),
        contextlib.chdir(folder),
        contextlib.redirect_stdout(out),
        contextlib.redirect_stderr(err),
    ):
        code = comment.main()
    return code, out.getvalue(), err.getvalue()


def _apart(variables: Mapping[str, str], folder: Path) -> tuple[int, str, str]:
    done = subprocess.run(
        [sys.executable, ROOT / "scripts" / "comment.py"],
        env={**os.environ, **variables},
        cwd=folder,
        capture_output=True,
        text=True,
        timeout=120,
    )
    return done.returncode, done.stdout, done.stderr


def data(word: str = "x") -> bytes:
    return write_report(report(word)).encode()


QUIET = write_report(report("x").model_copy(update={"dangers": (), "meetings": ()})).encode()


def test_it_comments_once_and_then_keeps_it_true(tmp_path: Path) -> None:
    github = GitHub(archive(data("Un")), [pull(4, "0" * 40), pull()])
    assert run(github, tmp_path, apart=True) == "commented\n"
    ((method, path, body),) = github.changes
    assert (method, path) == ("POST", "issues/3/comments")
    assert body.startswith(f"{MARKER}\n## ")
    others = [
        {"id": n, "user": {"login": "someone"}, "body": f"{MARKER}\nforged"} for n in range(150)
    ]
    ours = {"id": 500, "user": {"login": BOT}, "body": body.replace("\n", "\r\n")}
    github = GitHub(archive(data("Un")), [pull()], [*others, ours])
    assert run(github, tmp_path) == "as it was\n"
    assert github.changes == []
    github.artifact = archive(data("Deux"))
    assert run(github, tmp_path) == "kept up to date\n"
    ((method, path, body),) = github.changes
    assert (method, path) == ("PATCH", "issues/comments/500")
    assert "Deux" in body


def test_it_begins_no_comment_where_nothing_changes(tmp_path: Path) -> None:
    github = GitHub(archive(QUIET), [pull()])
    assert run(github, tmp_path) == "nothing to say\n"
    assert github.changes == []
    github.comments = [{"id": 9, "user": {"login": BOT}, "body": f"{MARKER}\nold"}]
    assert run(github, tmp_path) == "kept up to date\n"


@pytest.mark.parametrize("pulls", [[], [pull(sha="0" * 40)], [pull(label="c:main")]])
def test_it_comments_on_no_other_pull_request(pulls: list[dict[str, Any]], tmp_path: Path) -> None:
    github = GitHub(archive(data()), pulls)
    assert run(github, tmp_path) == "the pull request has gone on since\n"
    assert github.changes == []


def test_a_fork_that_was_deleted_is_no_fault(tmp_path: Path) -> None:
    github = GitHub(archive(data()), [pull()])
    assert run(github, tmp_path, owner="") == "the pull request has gone on since\n"


@pytest.mark.parametrize("branch", ["a&state=all", "../../x", "a b#c", "é\n", "x" * 200])
def test_the_name_of_a_branch_is_a_name(branch: str, tmp_path: Path) -> None:
    github = GitHub(archive(data()), [pull(label=f"b:{branch}")])
    assert run(github, tmp_path, branch) == "commented\n"
    assert all(one.startswith("/repos/a/site/") for one in github.asked)


def bomb() -> bytes:
    return archive(b" " * (20 * LIMIT))


def lying() -> bytes:
    """An archive that says its file is short."""
    made = bytearray(archive(b" " * (2 * LIMIT)))
    at = made.rindex(b"PK\x01\x02")
    made[at + 24 : at + 28] = (10).to_bytes(4, "little")
    return bytes(made)


# Made where they are read: whoever collects the tests need not press megabytes.
UNREADABLE: Mapping[str, Callable[[], bytes | None]] = {
    "none": lambda: None,
    "no archive": lambda: b"<html>",
    "empty": lambda: archive(b""),
    "other name": lambda: archive(data(), "../../diff.json"),
    "markdown": lambda: archive(b"# @all\n<script>", "diff.md"),
    "no json": lambda: archive(b"@all <b>"),
    "other form": lambda: archive(b'{"version": 1, "body": "@all"}'),
    "bomb": bomb,
    "lying": lying,
    "deep": lambda: archive(b"[" * 500_000),
}


@pytest.mark.parametrize("name", UNREADABLE)
def test_what_cannot_be_read_says_nothing_of_its_own(name: str, tmp_path: Path) -> None:
    old = {"id": 9, "user": {"login": BOT}, "body": f"{MARKER}\nold"}
    handed = UNREADABLE[name]()
    github = GitHub(handed, [pull()], [old])
    # What could end a process is read by one of its own.
    assert run(github, tmp_path, apart=name == "deep") == "kept up to date\n"
    ((_, _, body),) = github.changes
    assert "could not be read" in body
    assert "@" not in body
    github = GitHub(handed, [pull()])
    assert run(github, tmp_path) == "nothing to say\n"


def test_a_large_artifact_is_not_even_fetched(tmp_path: Path) -> None:
    github = GitHub(archive(data()), [pull()], size=LIMIT + 1)
    assert run(github, tmp_path) == "nothing to say\n"
    assert not any(one.endswith("/zip") for one in github.asked)


def test_hostile_words_stay_words(tmp_path: Path) -> None:
    """What a comment makes of them is held by `test_diff_shown`; here, all of them at once."""
    words = " ".join(word for word in HOSTILE if len(word) < 100)
    github = GitHub(archive(data(words[:900])), [pull()])
    assert run(github, tmp_path) == "commented\n"
    ((_, _, body),) = github.changes
    tree = rendered(body)
    assert len([one for one in tree.iter() if one.tag is etree.Comment]) == 1
    assert {one.tag for one in tree.iter() if one.tag is not etree.Comment} <= ALLOWED
    assert len(body) < 65_536

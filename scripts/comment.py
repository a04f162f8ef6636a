"""Keep one comment of a pull request true to what `parcours diff` found of it: `make comment`.

GitHub runs this on the main branch, with the right to write, after a workflow that ran the code of
whoever proposes a change (.github/workflows/comment.yml). So nothing that it handed over is
trusted: one file of a bounded size is read in memory as a report of a known form, and shown as text
by the main branch's own code. Which pull request it is of is asked of GitHub, not of the file.
"""

from __future__ import annotations

import io
import json
import os
import sys
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode
from urllib.request import Request, urlopen

from parcours.diffing.report import LIMIT, NoReport, read_report
from parcours.diffing.show import shown

NAME = "diff"
"""Of the artifact; its one file is called so, and ends in `.json`."""

MARKER = "<!-- parcours diff -->\n"
"""How our comment begins: by this and its author it is found again."""

AUTHOR = "github-actions[bot]"
SECONDS = 30
PAGES = 20
"""Of a hundred comments each, that are looked through."""

UNREADABLE = (
    "## `parcours diff`\n\nWhat the comparison handed over could not be read. "
    "Its own log tells what it found.\n"
)


@dataclass(frozen=True)
class Api:
    """GitHub's REST API (https://docs.github.com/en/rest), for one repository."""

    base: str
    repository: str
    token: str

    def call(self, path: str, method: str = "GET", body: object = None) -> Any:
        """What an address below the repository's answers, from JSON."""
        return json.loads(self.octets(path, method, body, limit=10 * LIMIT))

    def octets(
        self, path: str, method: str = "GET", body: object = None, *, limit: int = LIMIT
    ) -> bytes:
        """The octets that it answers, as far as *limit* and one more."""
        data = None if body is None else json.dumps(body).encode()
        asked = Request(f"{self.base}/repos/{self.repository}/{path}", data, method=method)
        asked.add_header("Accept", "application/vnd.github+json")
        asked.add_header("X-GitHub-Api-Version", "2022-11-28")
        # Not for the host that an answer leads on to.
        asked.add_unredirected_header("Authorization", f"Bearer {self.token}")
        with urlopen(asked, timeout=SECONDS) as answer:
            found: bytes = answer.read(limit + 1)
            return found


def pull_request(api: Api, run: dict[str, Any]) -> int | None:
    """The number of the open pull request that a run was of; None if it has gone on since."""
    if run["head_repository"] is None:
        return None  # the fork is gone
    owner = run["head_repository"]["owner"]["login"]
    asked = urlencode({"state": "open", "head": f"{owner}:{run['head_branch']}", "per_page": 100})
    found = [one for one in api.call(f"pulls?{asked}") if one["head"]["sha"] == run["head_sha"]]
    return int(found[0]["number"]) if found else None


def handed(api: Api, run: int) -> bytes | None:
    """The file that a run handed over; None where there is none that can be read."""
    listed = api.call(f"actions/runs/{run}/artifacts?{urlencode({'name': NAME, 'per_page': 1})}")
    artifacts = listed["artifacts"]
    if not artifacts or int(artifacts[0]["size_in_bytes"]) > LIMIT:
        return None
    archive = api.octets(f"actions/artifacts/{int(artifacts[0]['id'])}/zip")
    if len(archive) > LIMIT:
        return None
    try:
        with zipfile.ZipFile(io.BytesIO(archive)) as files, files.open(f"{NAME}.json") as file:
            # What an archive says of its sizes may be a lie.
            return file.read(LIMIT + 1)
    # Whatever is wrong in an archive that code of the pull request made: there is no report then.
    except (zipfile.BadZipFile, KeyError, RuntimeError, NotImplementedError, EOFError, zlib.error):
        return None


def said(data: bytes | None) -> tuple[str, bool]:
    """The comment that a file makes, and whether it is worth a first comment."""
    if data is None:
        return MARKER + UNREADABLE, False
    try:
        report = read_report(data)
    except NoReport as error:
        print(f"no report: {error}", file=sys.stderr)
        return MARKER + UNREADABLE, False
    return MARKER + shown(report, "markdown"), bool(report.meetings) or report.is_dangerous


def comments(api: Api, number: int) -> Iterator[dict[str, Any]]:
    """The comments of a pull request, the oldest first."""
    for page in range(1, PAGES + 1):
        asked = urlencode({"per_page": 100, "page": page})
        found = api.call(f"issues/{number}/comments?{asked}")
        yield from found
        if len(found) < 100:
            return


def keep(api: Api, number: int, body: str, *, first: bool) -> str:
    """Make our comment say *body*.

    Args:
        first: whether to write one where there is none.

    Returns:
        What was done.
    """
    ours = (
        one
        for one in comments(api, number)
        if one["user"]["login"] == AUTHOR and str(one["body"]).startswith(MARKER.strip())
    )
    there = next(ours, None)
    if there is None:
        if not first:
            return "nothing to say"
        api.call(f"issues/{number}/comments", "POST", {"body": body})
        return "commented"
    if str(there["body"]).replace("\r\n", "\n").strip() == body.strip():
        return "as it was"
    api.call(f"issues/comments/{int(there['id'])}", "PATCH", {"body": body})
    return "kept up to date"


def main() -> int:
    """Comment on the pull request of the run that GitHub tells of."""
    said_by = os.environ
    event = json.loads(Path(said_by["GITHUB_EVENT_PATH"]).read_bytes())
    run = event["workflow_run"]
    api = Api(
        said_by["GITHUB_API_URL"].rstrip("/"),
        quote(said_by["GITHUB_REPOSITORY"]),
        said_by["GITHUB_TOKEN"],
    )
    number = pull_request(api, run)
    if number is None:
        print("the pull request has gone on since")
        return 0
    body, first = said(handed(api, int(run["id"])))
    print(keep(api, number, body, first=first))
    return 0


if __name__ == "__main__":
    sys.exit(main())

"""What commands print for programs: one object, as docs/json.md describes it."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any

import pytest

from parcours.cli import main

from .conftest import NOW, ROOT, Site
from .test_check import page

Capture = pytest.CaptureFixture[str]
ALL = {"version", "language"}


def documented(name: str) -> set[str]:
    """The keys of an object, by the page that describes it."""
    _, _, rest = (ROOT / "docs" / "json.md").read_text().partition(f"## {name}\n")
    return set(re.findall(r"^\| `([a-z_]+)` \|", rest.partition("\n## ")[0], re.MULTILINE))


def said(capsys: Capture) -> Mapping[str, Any]:
    found = json.loads(capsys.readouterr().out)
    assert isinstance(found, dict)
    assert found["version"] == 1
    return found


def test_a_check_tells_each_problem(site: Site, capsys: Capture) -> None:
    site.write("content/contribuer.md", "# Contribuer\n")
    site.write("webinars/un.md", page("title: Un\nduree: 1h\nstart: 2026-12-04 12:30\n"))
    site.commit()
    assert site.run("check", "--json", "--lang", "en") == 1
    found = said(capsys)
    assert set(found) == ALL | documented("check")
    assert (found["language"], found["is_read"], found["errors"]) == ("en", False, 2)
    for one in found["problems"]:
        assert set(one) == documented("problem")
    first, second = found["problems"]
    assert (first["code"], first["severity"]) == ("unknown-key", "error")
    assert (first["file"], first["line"], first["column"]) == ("webinars/un.md", 3, 1)
    assert first["message"] == "unknown key « duree »"
    assert "duration:" in first["hint"]
    assert first["page"] == "https://petit.example/x/contribuer/reference/messages/unknown-key/"
    assert second["code"] == "wrong-weekday"


def test_a_check_of_what_is_right(site: Site, capsys: Capture) -> None:
    site.write("webinars/un.md", page("title: Un\nstart: 2026-10-01 12:30\n"))
    site.commit()
    assert site.run("check", "--json") == 0
    found = said(capsys)
    assert (found["is_read"], found["events"], found["problems"]) == (True, 1, [])
    assert found["owed"] == [{"file": "webinars/un.md", "last": "2026-10-01"}]
    assert site.run("check", "--json", str(site.root / "mkdocs.yml")) == 0


def test_a_check_that_cannot_begin(site: Site, capsys: Capture) -> None:
    site.write("mkdocs.yml", "site_name: [\n")
    assert site.run("check", "--json") == 1
    found = said(capsys)
    assert set(found) == ALL | documented("check")
    assert (found["is_read"], bool(found["failure"] or found["problems"])) == (False, True)
    (site.root / "mkdocs.yml").unlink()
    assert site.run("check", "--json") == 2
    assert said(capsys)["failure"]


def test_what_is_set_right_is_shown_beside_the_data(site: Site, capsys: Capture) -> None:
    site.write("webinars/un.md", page("titel: Un\nstart: 2026-12-03 12:30\n"))
    site.commit()
    assert site.run("check", "--fix", "--json") == 0
    told = capsys.readouterr()
    assert json.loads(told.out)["problems"] == []
    assert "+title: Un" in told.err


def test_a_new_file_is_told(site: Site, capsys: Capture) -> None:
    file, start = str(site.root / "mkdocs.yml"), "2026-12-03 12:30"
    arguments = ["-f", file, "--now", NOW, "--title", "Un", "--start", start, "--json"]
    assert main(["new", "webinar", *arguments, "--dry-run"]) == 0
    planned = said(capsys)
    assert set(planned) == ALL | documented("new")
    assert (planned["is_written"], planned["addresses"]) == (False, [])
    assert not (site.root / "webinars/un.md").exists()
    assert main(["new", "webinar", *arguments]) == 0
    made = said(capsys)
    assert made["is_written"]
    assert made["files"] == planned["files"]
    assert made["addresses"] == ["https://petit.example/x/comptoirs/un/"]
    assert made["problems"] == []
    assert (site.root / made["files"][0]["file"]).read_text() == made["files"][0]["text"]


def test_an_explanation_is_told(capsys: Capture) -> None:
    assert main(["explain", "wrong-weekday", "--json", "--lang", "en"]) == 0
    found = said(capsys)
    assert set(found) == ALL | documented("explain")
    (article,) = found["articles"]
    assert set(article) == documented("article")
    assert main(["explain", "zzzz", "--json"]) == 2
    assert said(capsys)["articles"] == []


@pytest.mark.large
def test_what_a_page_depends_on_is_told(site: Site, capsys: Capture) -> None:
    site.write("webinars/un.md", page("title: Un\nstart: 2026-12-03 12:30\n"))
    assert site.run("why", "webinars/un.md", "--json") == 0
    assert set(said(capsys)) == ALL | documented("why")

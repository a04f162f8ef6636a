"""Pictures of the pages that a change changes, for who reviews it."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from PIL import Image

from .conftest import ROOT, Site
from .test_check import page

SCRIPT = ROOT / "scripts" / "screens.py"


def screens(site: Site) -> subprocess.CompletedProcess[str]:
    arguments = [site.root / "site", site.root / "diff.json", site.root / "screenshots"]
    return subprocess.run(
        [sys.executable, SCRIPT, *arguments],
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )


@pytest.mark.deep
@pytest.mark.browser
@pytest.mark.large
def test_what_a_change_changes_is_shown_at_two_widths(
    site: Site, capsys: pytest.CaptureFixture[str]
) -> None:
    for folder in ("voyages", "content/mooc"):
        site.write(f"{folder}/.gitkeep", "")
    for name in ("un", "deux"):
        site.write(f"webinars/{name}.md", page(f"title: {name}\nstart: 2026-12-10 12:30\n"))
    site.commit()
    site.write("webinars/un.md", page("title: un\nstart: 2026-12-17 12:30\n"))
    site.commit("2026-01-02T00:00:00Z")
    site.build()
    capsys.readouterr()
    file = str(site.root / "mkdocs.yml")
    told = subprocess.run(
        [sys.executable, "-m", "parcours.cli", "diff", "HEAD^", "HEAD", "-f", file, "--json"],
        capture_output=True,
        check=False,
        cwd=site.root,
        timeout=300,
    )
    site.write("diff.json", told.stdout)
    done = screens(site)
    assert done.returncode == 0, done.stderr
    found = sorted((site.root / "screenshots").iterdir())
    names = ("agenda", "comptoirs-un")
    assert [one.name for one in found] == [f"{a}-{w}.png" for a in names for w in (1280, 360)]
    for one in found:
        with Image.open(one) as image:
            assert image.size[0] in (360, 1280)
            assert image.size[1] > 400


@pytest.mark.large
@pytest.mark.parametrize("text", ["", "[]", json.dumps({"version": 2})])
def test_what_is_no_report_is_told(site: Site, text: str) -> None:
    site.write("diff.json", text)
    done = screens(site)
    assert done.returncode == 1
    assert "diff.json" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.large
def test_without_a_report_nothing_is_shown(site: Site) -> None:
    assert screens(site).returncode == 1
    assert not Path(site.root / "screenshots").exists()

"""What `check` tells of a site, as tests compare it."""

from __future__ import annotations

import pytest

from .conftest import Site

Capture = pytest.CaptureFixture[str]


def told(site: Site, capsys: Capture) -> list[str]:
    """What is told, without the words: « file:line:column: error[code] »."""
    site.commit()
    capsys.readouterr()
    site.run("check")
    said = "\n".join(capsys.readouterr())
    lines = [line for line in said.splitlines() if "error[" in line or "warning[" in line]
    return [line.partition("]")[0].rpartition("/")[2] + "]" for line in lines]

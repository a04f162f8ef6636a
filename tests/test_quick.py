"""What `make quick` runs stays quick: nothing in it builds a site or starts another Python."""

from __future__ import annotations

import re
import subprocess
import sys

import pytest

from .conftest import NOT_QUICK, ROOT, Site


def test_a_build_in_a_test_that_is_not_marked_fails_it(site: Site) -> None:
    with pytest.raises(pytest.fail.Exception, match="builds a site"):
        site.build()


@pytest.mark.parametrize("module", ["json", "parcours.cli"])
def test_another_python_fails_it_too(module: str) -> None:
    with pytest.raises(pytest.fail.Exception, match="starts Python"):
        subprocess.run([sys.executable, "-m", module], check=False)


@pytest.mark.large
def test_a_test_that_is_marked_may(site: Site) -> None:
    assert (site.build() / "index.html").is_file()
    subprocess.run([sys.executable, "-c", ""], check=True)


def test_make_quick_leaves_out_what_is_marked() -> None:
    (said,) = re.findall(r"^QUICK = (.+)$", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE)
    assert sorted(said.removeprefix("not ").split(" and not ")) == sorted(NOT_QUICK)

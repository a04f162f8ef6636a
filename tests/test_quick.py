"""What `make quick` runs stays quick: nothing in it builds a site or starts another Python."""

from __future__ import annotations

import re
import subprocess
import sys
from typing import cast

import pytest

from .conftest import NOT_QUICK, ROOT, SAMPLE, Site, at_night, pytest_collection_modifyitems


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


@pytest.mark.parametrize("count", range(1, 3 * SAMPLE))
@pytest.mark.parametrize("name", ["tests/a.py::one", "tests/a.py::two", "tests/b.py::one"])
def test_of_each_family_some_are_tried_by_day(name: str, count: int) -> None:
    night = at_night(name, range(count))
    assert len(night) < count
    assert count - len(night) <= -(-count // SAMPLE)
    assert at_night(name, range(count)) == night


class Item:
    """What the collection asks of a test."""

    def __init__(self, name: str, *marks: pytest.MarkDecorator) -> None:
        self.nodeid = name
        self.marks = [one.mark for one in marks]

    def iter_markers(self) -> list[pytest.Mark]:
        return self.marks

    def add_marker(self, marker: pytest.MarkDecorator) -> None:
        self.marks.append(marker.mark)


@pytest.mark.parametrize(
    ("marks", "by_day"),
    [
        ((pytest.mark.browser,), 2),
        ((pytest.mark.sampled, pytest.mark.large), 2),
        ((pytest.mark.large,), 2),
        ((), 8),
        ((pytest.mark.large, pytest.mark.sampled(1)), 8),
        ((pytest.mark.browser, pytest.mark.sampled(2)), 4),
        ((pytest.mark.browser, pytest.mark.deep), 0),
    ],
)
def test_what_is_tried_in_a_browser_or_sampled_is_tried_once_in_a_while(
    marks: tuple[pytest.MarkDecorator, ...], by_day: int
) -> None:
    items = [Item(f"tests/test_a.py::test[{number}]", *marks) for number in range(8)]
    pytest_collection_modifyitems(cast("list[pytest.Item]", items))
    left = [one for one in items if "deep" not in {mark.name for mark in one.iter_markers()}]
    assert len(left) == by_day

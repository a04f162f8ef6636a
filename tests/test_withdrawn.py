"""A withdrawal is a person's right: it is refused until no trace is left."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from .conftest import FRENCH, Site

EVENT = "---\ntitle: Mon nom en titre\nstart: 2026-12-03 12:30\n---\nTexte.\n"
LINE = re.compile(r"mkdocs.yml:(\d+):(\d+): (\w+)\[(withdrawn-\w+)\]: (.*)")


@pytest.fixture
def told(site: Site, lines: Callable[[], list[str]]) -> Callable[..., list[tuple[str, str]]]:
    """What is told of the items of a list, in its order, each at its very place."""

    def check(*items: str) -> list[tuple[str, str]]:
        rows = "".join(f"        - {item}\n" for item in items)
        config = FRENCH.replace("      collections:", f"      withdrawn:\n{rows}      collections:")
        site.write("mkdocs.yml", config)
        for folder in ("webinars", "voyages", "content/mooc"):
            (site.root / folder).mkdir(parents=True, exist_ok=True)
        lines()
        code = site.run("check")
        printed = lines()
        found = [one for line in printed if (one := LINE.match(line))]
        assert code == (1 if any("error[" in line for line in printed) else 0)
        assert all(one[3] == "error" for one in found)
        source = config.splitlines()
        for one in found:
            row, column = int(one[1]) - 1, int(one[2]) - 1
            assert source[row][column:] in items
        return [(one[4], one[5]) for one in found]

    return check


@pytest.mark.large
def test_a_file_that_is_there_is_not_withdrawn(
    site: Site, told: Callable[..., list[tuple[str, str]]]
) -> None:
    site.write("webinars/un.md", EVENT)
    site.write("webinars/avec.md", EVENT.replace("title", "id: nomme\ntitle"))
    site.write("webinars/brouillon.md", EVENT.replace("title", "draft: true\ntitle"))
    site.write("webinars/faux.md", "---\ntitle: [\n---\n")
    site.write("content/mooc/c/index.md", "---\ntitle: Cours\n---\nT.\n")
    site.write("content/mooc/c/s.md", EVENT)
    site.write("content/actualites/neuf.md", "---\ntitle: Neuf\ndate: 2026-11-02\n---\nT.\n")
    items = ["comptoirs/un", "comptoirs/nomme", "comptoirs/brouillon", "mooc/c", "mooc/c-s"]
    items += ["actualites/neuf", "comptoirs/faux"]
    files = ["webinars/un.md", "webinars/avec.md", "webinars/brouillon.md"]
    files += ["content/mooc/c/index.md", "content/mooc/c/s.md", "content/actualites/neuf.md"]
    files += ["webinars/faux.md"]
    for committed in (False, True):
        if committed:
            site.commit("2026-01-01T00:00:00Z")
        found = told(*items)
        assert [code for code, _ in found] == ["withdrawn-published"] * len(items)
        for file, (_, text) in zip(files, found, strict=True):
            assert file in text
    for file in files:
        (site.root / file).unlink()
    assert told(*items) == []
    site.commit("2026-02-01T00:00:00Z")
    assert told(*items) == []


@pytest.mark.large
@pytest.mark.parametrize("changed", ["", "Autre texte.\n"], ids=["moved", "changed"])
def test_a_file_that_was_renamed_is_not_withdrawn(
    site: Site, told: Callable[..., list[tuple[str, str]]], changed: str
) -> None:
    site.write("webinars/un.md", EVENT)
    site.commit("2026-01-01T00:00:00Z")
    (site.root / "webinars/un.md").unlink()
    site.write("webinars/deux.md", EVENT + changed)
    ((code, text),) = told("comptoirs/un")  # not committed yet
    assert (code, "webinars/deux.md" in text) == ("withdrawn-renamed", True)
    site.commit("2026-02-01T00:00:00Z")
    ((code, text),) = told("comptoirs/un")
    assert code == "withdrawn-renamed"
    assert "webinars/deux.md" in text
    assert "comptoirs/deux" in text
    site.git("mv", "webinars/deux.md", "webinars/trois.md")
    site.commit("2026-03-01T00:00:00Z")
    found = told("comptoirs/un", "comptoirs/deux")
    assert [code for code, _ in found] == ["withdrawn-renamed", "withdrawn-renamed"]
    assert all("webinars/trois.md" in text for _, text in found)
    (site.root / "webinars/trois.md").unlink()
    site.commit("2026-04-01T00:00:00Z")
    # Calendars still tell of it under its last name.
    found = told("comptoirs/deux")
    assert {code for code, _ in found} == {"withdrawn-renamed"}
    assert told("comptoirs/un", "comptoirs/deux", "comptoirs/trois") == []
    out = site.root.parent / "out"
    assert site.run("compile", "-o", str(out)) == 0
    assert not [p for p in out.rglob("*") if p.is_file() and b"Mon nom" in p.read_bytes()]


def test_a_former_id_is_not_withdrawn(
    site: Site, told: Callable[..., list[tuple[str, str]]]
) -> None:
    site.write("webinars/un.md", EVENT)
    site.commit("2026-01-01T00:00:00Z")
    site.write("webinars/un.md", EVENT.replace("title", "id: premier\ntitle"))
    site.commit("2026-02-01T00:00:00Z")
    ((code, text),) = told("comptoirs/un")
    assert (code, "comptoirs/premier" in text) == ("withdrawn-renamed", True)
    (site.root / "webinars/un.md").unlink()
    site.commit("2026-03-01T00:00:00Z")
    ((code, text),) = told("comptoirs/un")
    assert (code, "comptoirs/premier" in text) == ("withdrawn-renamed", True)
    assert told("comptoirs/un", "comptoirs/premier") == []


def test_what_never_was_is_not_withdrawn(
    site: Site, told: Callable[..., list[tuple[str, str]]]
) -> None:
    site.write("webinars/mon-sujet.md", EVENT)
    items = ("comptoirs/mon-sujt", "comptoir/mon-sujet", "rien/du-tout")
    # Without a history, only the collection is known.
    assert [code for code, _ in told(*items)] == ["withdrawn-unknown", "withdrawn-unknown"]
    site.commit("2026-01-01T00:00:00Z")
    (site.root / "webinars/mon-sujet.md").unlink()
    site.commit("2026-02-01T00:00:00Z")
    found = told(*items)
    assert [code for code, _ in found] == ["withdrawn-unknown"] * 3
    assert ["« comptoirs/mon-sujet »" in text for _, text in found] == [True, True, False]
    assert told("comptoirs/mon-sujet") == []


def test_no_page_keeps_the_address_of_what_is_withdrawn(
    site: Site, told: Callable[..., list[tuple[str, str]]]
) -> None:
    site.write("webinars/un.md", EVENT)
    site.commit("2026-01-01T00:00:00Z")
    (site.root / "webinars/un.md").unlink()
    alias = EVENT.replace("title: Mon nom en titre", "title: Autre\naliases: /comptoirs/un/")
    site.write("webinars/deux.md", alias)
    site.commit("2026-02-01T00:00:00Z")
    ((code, text),) = told("comptoirs/un")
    assert code == "withdrawn-alias"
    assert "webinars/deux.md" in text


def test_a_list_of_one_may_be_a_word(site: Site, lines: Callable[[], list[str]]) -> None:
    site.write("webinars/un.md", EVENT)
    site.write(
        "mkdocs.yml", FRENCH.replace("      coll", "      withdrawn: comptoirs/un\n      coll")
    )
    assert site.run("check") == 1
    assert [line for line in lines() if "mkdocs.yml:9:18: error[withdrawn-published]" in line]

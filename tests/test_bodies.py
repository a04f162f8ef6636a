"""Bodies that are kept are what they would be rendered as, and what there is to tell is told."""

from __future__ import annotations

import hashlib
from collections.abc import Callable

import pytest

from parcours.prose.render import Renderer

from .conftest import FRENCH, Site

EVENT = "---\ntitle: {title}\nstart: 2026-12-03 12:30\n---\n{body}\n"


@pytest.fixture
def rendered(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The files of the bodies that were rendered because they were not kept."""
    found: list[str] = []
    render = Renderer.render

    def counting(self: Renderer, source: str, file: str, *more: object) -> object:
        found.append(file)
        return render(self, source, file, *more)  # type: ignore[arg-type]

    monkeypatch.setattr(Renderer, "render", counting)
    return found


def again(site: Site, rendered: list[str]) -> list[str]:
    """Those that a check renders now, which has answered nothing like it yet."""
    rendered.clear()
    site.run("check", "--json")
    return sorted(rendered)


@pytest.fixture
def two(site: Site) -> Site:
    site.keeps = True
    site.write("webinars/un.md", EVENT.format(title="Un", body="Voir [deux](deux.md), [x](x.pdf)."))
    site.write("webinars/deux.md", EVENT.format(title="Deux", body="## Titre\n\nTexte. <br>"))
    site.write("webinars/x.pdf", b"%PDF-1.4\n")
    return site


@pytest.mark.large
def test_a_body_is_rendered_once(two: Site, rendered: list[str]) -> None:
    two.run("check")
    assert sorted(rendered) == ["webinars/deux.md", "webinars/un.md"]
    two.write("webinars/un.md", EVENT.format(title="Un autre", body="Autre chose."))
    assert again(two, rendered) == ["webinars/un.md"]


EDITS: dict[str, tuple[Callable[[Site], object], list[str]]] = {
    "nothing": (lambda site: site.write("webinars/y.pdf", b"%PDF-1.4\n"), []),
    "a line above": (
        lambda site: site.write(
            "webinars/un.md",
            (site.root / "webinars/un.md").read_text().replace("title", "# Ici\ntitle"),
        ),
        [],
    ),
    "the place it leads to": (
        lambda site: site.write(
            "mkdocs.yml", FRENCH.replace("address: comptoirs", "address: rencontres")
        ),
        ["webinars/un.md"],
    ),
    "a file gone": (lambda site: (site.root / "webinars/x.pdf").unlink(), ["webinars/un.md"]),
    "an extension": (
        lambda site: site.write("mkdocs.yml", FRENCH + "markdown_extensions: [abbr]\n"),
        ["webinars/deux.md", "webinars/un.md"],
    ),
    "an extension that reads files": (
        lambda site: site.write(
            "mkdocs.yml", FRENCH + "markdown_extensions: [pymdownx.snippets]\n"
        ),
        ["webinars/deux.md", "webinars/un.md"],
    ),
}


@pytest.mark.large
@pytest.mark.parametrize("edit", EDITS)
def test_what_it_depends_on_is_seen(two: Site, rendered: list[str], edit: str) -> None:
    first = two.compile()
    assert first.is_dir()
    change, expected = EDITS[edit]
    change(two)
    assert again(two, rendered) == expected
    if edit == "a file gone":
        return
    kept = {one: one.read_bytes() for one in two.compile().rglob("*") if one.is_file()}
    cold = {one: one.read_bytes() for one in two.compile("--no-cache").rglob("*") if one.is_file()}
    assert kept == cold


def test_what_there_is_to_tell_is_told_each_time(
    two: Site, rendered: list[str], lines: Callable[[], list[str]]
) -> None:
    two.write("webinars/trois.md", EVENT.format(title="Trois", body="[mort](nulle-part.md)"))
    told = []
    for _ in range(2):
        lines()
        two.run("check")
        told.append(lines())
    assert told[0] == told[1]
    assert [one for one in told[0] if "trois.md:5" in one and "dead-link" in one]
    two.write("webinars/nulle-part.md", EVENT.format(title="Ici", body="Texte."))
    lines()
    assert two.run("check") == 0
    assert [one for one in lines() if "webinars" in one] == []
    assert rendered[-2:] == ["webinars/nulle-part.md", "webinars/trois.md"]


@pytest.mark.large
@pytest.mark.parametrize("data", [b"\x89PNG", b"[1, 2]", b'{"a": 1}', b"7"])
def test_what_stands_in_place_of_a_body_is_passed_over(two: Site, data: bytes) -> None:
    """Whole, by its digest, and another thing."""
    first = {one: one.read_bytes() for one in two.compile().rglob("*.md")}
    for path in (two.root / ".cache/parcours").rglob("*"):
        if path.is_file():
            path.chmod(0o644)
            path.write_bytes(hashlib.sha256(data).digest() + data)
    assert {one: one.read_bytes() for one in two.compile().rglob("*.md")} == first

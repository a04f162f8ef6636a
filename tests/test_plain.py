"""Plain text, for calendars: the meaning without the marks; anchors that one page can hold."""

from __future__ import annotations

import re

import pytest

from parcours.problems import Problems
from parcours.prose.render import Prose, Renderer

from .conftest import Site

EXTENSIONS = [
    *("footnotes", "def_list", "abbr", "tables", "attr_list", "admonition"),
    *("pymdownx.tasklist", "pymdownx.tilde", "pymdownx.caret", "pymdownx.keys"),
]


def render(text: str, language: str = "fr", part: str = "") -> Prose:
    renderer = Renderer(EXTENSIONS, {}, lambda link, mark: link, Problems(), language)
    return renderer.render(text, "a.md", 1, part)


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("10<sup>3</sup> m<sup>2</sup>", "10³ m²"),
        ("10^-6^ et x<sup>n+1</sup>", "10⁻⁶ et xⁿ⁺¹"),
        ("x<sup>q</sup> y<sup>a, b</sup>", "x^q y^(a, b)"),
        ("H<sub>2</sub>O, x~i~", "H₂O, xᵢ"),
        ("CO<sub>2eq</sub>", "CO_2eq"),
        ("1<sup>er</sup>, XIX<sup>e</sup>, 2<sup>nd</sup>", "1er, XIXe, 2nd"),
        ("M<sup>me</sup>, D<sup>r</sup>", "Mme, Dr"),
        ("x<sup></sup>y", "xy"),
        ("Un <q>mot <q>cité</q></q>", "Un «\u00a0mot «\u00a0cité\u00a0»\u00a0»"),
        ("Venez à ~~12 h~~ 14 h", "Venez à 14\u00a0h"),
        ("<s>Complet</s> Il reste des places", "Il reste des places"),
        ("<del>Non</del>", ""),
        ("<ins>14 h</ins>", "14\u00a0h"),
        ("++ctrl+c++", "Ctrl+C"),
        ("a  \nb", "a\nb"),
        ("![Une carte](x.png)", "[Une carte]"),
        ("HTML, HTML\n\n*[HTML]: HyperText", "HTML (HyperText), HTML"),
        ("- [ ] à faire\n- [x] fait", "- ☐ à faire\n- ☑ fait"),
        ("- a\n    1. b\n    2. c\n- d", "- a\n  1. b\n  2. c\n- d"),
        ("| a | b |\n|---|---|\n| 1 | 2 |", "a ; b\n1 ; 2"),
        ("mot\n:   déf", "mot\ndéf"),
        ("<details><summary>Plus</summary>Texte</details>", "Plus\n\nTexte"),
        ("a <span> b</span>", "a b"),
        ('!!! note "À noter"\n    a\n\n    b', "À noter\u00a0: a\n\nb"),
        ('!!! note "Où ?"\n    a', "Où\u202f? a"),
        ('!!! note "Qui"\n    - a', "Qui\u00a0:\n\n- a"),
        ('- a\n\n    !!! note "Qui"\n        b', "- a\nQui\u00a0: b"),
        ('!!! note "Rien"', "Rien"),
    ],
)
def test_plain_text_keeps_the_meaning(source: str, text: str) -> None:
    assert render(source).text == text


def test_quotes_are_those_of_the_language() -> None:
    assert render("A <q>b</q>", "en").text == "A “b”"


def test_footnotes_stand_at_the_end_and_their_marks_apart() -> None:
    source = "Un mot[^a], puis (deux[^b]).\n\n[^a]: Note *une*.\n[^b]: Deux\n\n    suite\n"
    found = render(source)
    assert found.text == "Un mot [1], puis (deux [2]).\n\n[1] Note une.\n[2] Deux\nsuite"
    assert found.summary == "Un mot, puis (deux)."


@pytest.mark.large
def test_each_text_of_a_page_has_its_own_anchors(site: Site) -> None:
    note = "Mot[^a].\n\n    [^a]: Note.\n"
    config = (site.root / "mkdocs.yml").read_text()
    site.write("mkdocs.yml", f"{config}markdown_extensions: [footnotes]\n")
    stops = "".join(
        f"- id: {id}\n  title: Étape\n  description: |\n    {note}" for id in ("a", "b")
    )
    front = (
        "title: V\nstart: 2026-03-10\nend: 2026-03-12\naccount: |\n  Mot[^a].\n\n  [^a]: Note.\n"
    )
    site.write("voyages/v.md", f"---\n{front}stops:\n{stops}---\nMot[^a].\n\n[^a]: Note.\n")
    site.commit()
    page = (site.build() / "voyages" / "v" / "index.html").read_text()
    ids = re.findall(r'\bid="([^"]+)"', page)
    assert sorted(ids) == sorted(set(ids))
    for part in ("", "account-", "stop-a-", "stop-b-"):
        assert f"texte-{part}fn:a" in ids
        assert f'href="#texte-{part}fn:a"' in page
        assert f'href="#texte-{part}fnref:a"' in page

"""Empty forms: what the contributors' page hands out, and where it opens."""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest

from parcours.commands.new import _open
from parcours.engine.environment import Surroundings
from parcours.model.blanks import UNFILLED, Blank, form_name
from parcours.model.forges import LONGEST, Editor
from parcours.model.kinds import KINDS, MEETING
from parcours.scaffold.blanks import blanks
from parcours.scaffold.subjects import subjects

from .conftest import FRENCH, SMALLEST, Site, compiled_page
from .test_new import WorkshopRecord

Lines = Callable[[], list[str]]
FORGE = "edit_uri_template: https://github.com/one/two/edit/main/content/{path}\n"
FILLED = {
    "start": "2026-12-10",
    "date": "2026-11-20",
    "consent": "accord écrit du 3 mars 2026",
    "given": "2026-09-01",
    "until": "2027-11-30",
    "opened": "2026-11-20",
    "skills": "un-nom-a-soi",
}
ENGLISH = SMALLEST.replace("plugins:", FORGE + "plugins:")


def forms(site: Site) -> list[Blank]:
    return list(blanks(_open(site.root / "mkdocs.yml", Surroundings())))


@pytest.fixture
def whole(site: Site) -> Site:
    """A site that everything can be added to."""
    config = FRENCH.replace("theme:", FORGE + "theme:")
    site.write("mkdocs.yml", config + "        autres: {kind: meeting}\n")
    site.write("content/mooc/un/index.md", "---\ntitle: Un parcours\n---\n")
    site.write("content/contribuer.md", "# Contribuer\n\nBonjour.\n")
    site.write("autres/.gitkeep", "")
    return site


def links(page: str) -> Iterator[tuple[str, dict[str, list[str]]]]:
    for found in re.finditer(r'<a class="pc-forms__open" href="([^"]+)"', page):
        address = html.unescape(found[1])
        yield address, parse_qs(urlsplit(address).query)


def shown(site: Site, address: str = "contribuer") -> str:
    return site.page(address).read_text()


def test_there_is_a_form_for_all_that_can_be_new(whole: Site) -> None:
    assert list(dict.fromkeys(one.word for one in forms(whole))) == list(subjects())


def test_a_kind_that_is_added_has_a_form(whole: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    kind = replace(MEETING, id="workshop", record=WorkshopRecord, folder="workshops")
    monkeypatch.setitem(KINDS, "workshop", kind)
    config = (whole.root / "mkdocs.yml").read_text()
    whole.write("mkdocs.yml", config + "        ateliers: {kind: workshop, singular: Atelier}\n")
    whole.write("ateliers/.gitkeep", "")
    (form,) = (one for one in forms(whole) if one.word == "workshop")
    assert (form.name, form.folder) == ("Atelier", "ateliers")
    assert "# level:" in form.text


@pytest.mark.large
def test_each_link_opens_its_form_in_the_right_folder(whole: Site) -> None:
    found = list(links(shown(whole)))
    wanted = forms(whole)
    assert [query["value"] for _, query in found] == [[one.text] for one in wanted]
    assert [query["filename"] for _, query in found] == [[one.file] for one in wanted]
    paths = [urlsplit(address).path for address, _ in found]
    assert paths == [f"/one/two/new/main/{one.folder}" for one in wanted]
    assert max(len(address) for address, _ in found) < LONGEST


def test_what_is_filled_in_passes(whole: Site, lines: Lines) -> None:
    for one in forms(whole):
        text = one.text
        for key, value in FILLED.items():
            text = re.sub(rf'\n( *){key}: "{UNFILLED}"', rf'\n\1{key}: "{value}"', text)
        head, sign, rest = text.partition("\n## Autres clés")
        text = head.replace(f'"{UNFILLED}"', '"Un nom à soi"') + sign + rest
        name = one.file.replace("nom-du-fichier", "un-nom-a-soi")
        if one.word == "organisation":
            text = text.replace("un-nom-a-soi", "un-autre")
            text += "contact: https://cci.example/contact\n"
        if one.word in ("facilitator", "need"):
            text += "organisation: un-nom-a-soi\n"
        whole.write(f"{one.folder}/{name}", text)
    whole.commit()
    assert whole.run("check") == 0
    told = [line for line in lines() if "no-time" not in line]
    assert told == []


@pytest.mark.parametrize("word", subjects())
def test_what_is_not_filled_in_is_told_kindly(word: str, whole: Site, lines: Lines) -> None:
    (form,) = (one for one in forms(whole) if one.word == word)
    path = f"{form.folder}/{form.file}"
    whole.write(path, form.text)
    whole.commit()
    assert whole.run("check", "--lang", "fr") == 1
    told = lines()
    codes = {line.split("[")[1].split("]")[0] for line in told}
    assert codes == {"unfilled", "form-name"}
    assert all(line.startswith(f"{path}:") for line in told)
    at = [
        n
        for n, line in enumerate(form.text.splitlines(), 1)
        if re.match(rf' *\w+: "{UNFILLED}"', line)
    ]
    assert [int(line.split(":")[1]) for line in told if "[unfilled]" in line] == at


def test_an_unfilled_form_says_what_to_write(whole: Site, lines: Lines) -> None:
    whole.write("webinars/un.md", '---\ntitle: A\nstart: "…"\nstatus: …\nthemes: [a, …]\n---\n')
    whole.write("content/data/themes/a.yml", "name: A\n")
    whole.commit()
    assert whole.run("check", "--lang", "en") == 1
    told = lines()
    assert [line.split(": ")[0] for line in told] == [
        f"webinars/un.md:{place}" for place in ("3:8", "4:9", "5:13")
    ]
    assert "« 2026-12-03 12:30 », for example" in told[0]
    assert "postponed" in told[1]


def test_an_unknown_key_that_is_not_filled_in_is_told_as_both(whole: Site, lines: Lines) -> None:
    whole.write("webinars/un.md", "---\ntitle: A\nstart: 2026-12-10 12:30\nlieu: …\n---\n")
    whole.commit()
    assert whole.run("check") == 1
    told = [line.split("]")[0] for line in lines()]
    assert told == [
        f"webinars/un.md:4:{place}" for place in ("1: error[unknown-key", "7: error[unfilled")
    ]


@pytest.mark.parametrize(
    ("editor", "address", "filled"),
    [
        (
            Editor("docs", "https://github.com/o/r", "edit/main/docs/"),
            "https://github.com/o/r/new/main/webinars?filename=a.md&value=a+%C3%A9%0A",
            True,
        ),
        (
            Editor("sub/docs", "https://github.com/o/r/", "blob/v2/x/sub/docs/"),
            "https://github.com/o/r/new/v2/x/webinars?filename=a.md&value=a+%C3%A9%0A",
            True,
        ),
        (
            Editor("docs", "", "", "https://codeberg.org/o/r/_edit/main/docs/{path}"),
            "https://codeberg.org/o/r/_new/main/webinars?filename=a.md&value=a+%C3%A9%0A",
            True,
        ),
        (
            Editor("docs", "https://git.example/x/o/r", "src/branch/main/docs/"),
            "https://git.example/x/o/r/_new/main/webinars?filename=a.md&value=a+%C3%A9%0A",
            True,
        ),
        (
            Editor("docs", "https://forge.example/a/b/r", "-/edit/main/docs/"),
            "https://forge.example/a/b/r/-/new/main/webinars?file_name=a.md",
            False,
        ),
        (
            Editor("docs", "https://gitlab.com/o/r", "edit/master/docs/"),
            "https://gitlab.com/o/r/-/new/master/webinars?file_name=a.md",
            False,
        ),
    ],
)
def test_each_forge_has_its_addresses(editor: Editor, address: str, filled: bool) -> None:
    opening = editor.begin("webinars", "a.md", "a é\n")
    assert opening is not None
    assert (opening.address, opening.is_filled) == (address, filled)


@pytest.mark.parametrize(
    "editor",
    [
        Editor("docs"),
        Editor("docs", "https://github.com/o/r"),
        Editor("docs", "https://bitbucket.org/o/r", "src/default/docs/"),
        Editor("docs", "", "edit/main/docs/"),
        Editor("docs", "", "", "https://cms.example/?file={path}"),
        Editor("docs", "", "", "javascript:edit/{path}"),
    ],
)
def test_what_no_forge_is_known_for_has_no_link(editor: Editor) -> None:
    assert editor.begin("webinars", "a.md", "a") is None


def test_a_text_too_long_for_an_address_is_pasted() -> None:
    editor = Editor("docs", "https://github.com/o/r", "edit/main/docs/")
    opening = editor.begin("webinars", "a.md", "é" * LONGEST)
    assert opening is not None
    assert (opening.address, opening.is_filled) == (
        "https://github.com/o/r/new/main/webinars?filename=a.md",
        False,
    )


def test_without_a_forge_there_is_a_text_to_copy(whole: Site) -> None:
    config = (whole.root / "mkdocs.yml").read_text()
    whole.write("mkdocs.yml", config.replace(FORGE, ""))
    page = shown(whole)
    assert not list(links(page))
    found = [html.unescape(one) for one in re.findall(r"<code>([^<]{100,})</code></pre>", page)]
    assert found == [one.text for one in forms(whole)]


def test_another_community_has_it_in_its_language(smallest: Site) -> None:
    smallest.write("mkdocs.yml", ENGLISH)
    smallest.write("content/contribute.md", "# Contribute\n\n<!-- parcours:new -->\n\nYes.\n")
    page = shown(smallest, "contribute")
    assert page.index("in five minutes") < page.index("Yes.")
    texts = [query["value"][0] for _, query in links(page)]
    assert texts
    assert all(text.splitlines()[text.startswith("---")].startswith("## Write") for text in texts)
    assert {query["filename"][0] for _, query in links(page)} == {
        "name-of-the-file.md",
        "name-of-the-file.yml",
    }


@pytest.mark.large
def test_the_reference_leads_to_the_forms(whole: Site) -> None:
    out = whole.compile()
    found = {
        word: "contribuer/#new" in compiled_page(out, f"contribuer/reference/{word}").read_text()
        for word in (*subjects(), "configuration")
    }
    assert {word for word, leads in found.items() if leads} == set(subjects())


def test_a_file_has_the_name_of_a_form_by_itself_or_by_its_folder() -> None:
    assert form_name("webinars/nom-du-fichier.md") == "nom-du-fichier"
    assert form_name("content/mooc/name-of-the-file/index.md") == "name-of-the-file"
    assert form_name("webinars/nom-du-fichier/un.md") == ""


def test_the_flagship_begins_with_the_browser(flagship_compiled: Path) -> None:
    page = compiled_page(flagship_compiled, "contribuer").read_text()
    start = "https://forge.example/1001-parcours/site/new/main/"
    assert {one.startswith(start) for one, _ in links(page)} == {True}
    assert page.index('id="new"') < page.index("webinars/former-dehors.md")

"""The look: images of shared links, the head, the font, the page that is not there, paper."""

from __future__ import annotations

import io
import json
import re
import struct
from collections.abc import Iterator
from pathlib import Path
from random import Random

import pytest
import webcolors
from PIL import Image, ImageDraw, ImageFont
from playwright.sync_api import Browser, expect

from parcours.engine.store import FOLDER, FolderStore
from parcours.pages import cards
from parcours.pages.cards import HEIGHT, WIDTH, Card, draw, drawable, fit
from parcours.pages.colors import CONTRAST, DARK, INK, LIGHT, contrast, readable
from parcours.store import NoStore, kept

from .axe import faults
from .conftest import ROOT, WIDTHS, Site
from .reading import SHIFT
from .serving import serving
from .test_build import HOSTILE, Tags

FONTS = ROOT / "scripts" / "parcours" / "pages" / "assets" / "fonts"
SUBJECT = Card(
    "Former avec l’IA générative, sans s’y perdre",
    "jeudi 26 novembre 2026, 12 h 30 – 13 h 30",
    "Comptoirs du Jeudi",
    (70, 130, 180),
    "1001 Parcours",
)
ODD = {
    "emoji": "🎉🎉🎉",
    "empty": "",
    "arabic": "مرحبا بالعالم",
    "one long word": "Anticonstitutionnellement" * 20,
    "many words": "apprendre ensemble " * 60,
    "no-break spaces only": "a\u00a0" * 200,
    "controls": "a\u0000b\u202ec\u2028d\ne",
    "markup": HOSTILE,
}


@pytest.mark.parametrize("size", [88, 74, 60, 40, 34, 28])
def test_letters_stand_where_pillow_puts_them(size: int) -> None:
    """One beside the other, also where they reach over each other."""
    letters = [chr(code) for code in range(32, 256) if cards.drawable(chr(code))]
    texts = ["Œuvre jfi fjÀ à l’été 2026, To Va AV ‹fj› œ…", "", " ", "[j] /\\ (\\ V™ ïY ¸j"]
    chance = Random(size)
    texts += ["".join(chance.choices(letters, k=30)) for _ in range(30)]
    font, ours = cards._font(size), cards._letters(size)
    for text in texts:
        whole, put = Image.new("L", (2800, 200)), Image.new("L", (2800, 200))
        ImageDraw.Draw(whole).text((80, 40), text, 255, font)
        ours.write(put, 80, 40, text)
        assert put.tobytes() == whole.tobytes(), text
        assert ours.length(text) == font.getlength(text)


@pytest.mark.parametrize("title", ODD.values(), ids=ODD)
def test_any_title_is_drawn(title: str) -> None:
    for card in (
        Card(title, "", "", (0, 0, 0), "Site"),
        Card(title, title, title, (255, 255, 255), title),
    ):
        data = draw(card)
        assert len(data) <= 40_000
        with Image.open(io.BytesIO(data)) as image:
            assert (image.format, image.size) == ("PNG", (WIDTH, HEIGHT))


def test_the_same_texts_give_the_same_octets() -> None:
    first = draw(SUBJECT)
    cards._frame.cache_clear()
    cards._font.cache_clear()
    cards._letters.cache_clear()
    assert draw(SUBJECT) == first
    assert struct.unpack(">II", first[16:24]) == (WIDTH, HEIGHT)


def test_a_title_is_seen_and_another_one_is_another_image() -> None:
    other = Card("Autre", SUBJECT.when, SUBJECT.label, SUBJECT.color, SUBJECT.site)
    assert draw(other) != draw(SUBJECT)
    assert other.key != SUBJECT.key
    with Image.open(io.BytesIO(draw(SUBJECT))) as image:
        used = {color for _, color in image.convert("RGB").getcolors() or []}
    assert {cards.PAPER, INK, SUBJECT.color} <= used


def test_every_colour_of_a_collection_reads_on_every_ground() -> None:
    for name in webcolors.names("css3"):
        color = webcolors.name_to_rgb(name)
        for grounds in (LIGHT, DARK):
            shade = readable((color.red, color.green, color.blue), grounds)
            assert min(contrast(shade, one) for one in grounds) >= CONTRAST, name
    assert readable((0, 0, 0x80), LIGHT) == (0, 0, 0x80)  # what reads already stays


def test_a_collection_shows_its_colour_in_both_schemes(flagship: Path) -> None:
    style = (flagship / "assets/parcours.css").read_text()
    assert style.count(".pc-hue-voyages{") == 2
    agenda = (flagship / "agenda/index.html").read_text()
    assert "pc-hue-voyages" in agenda
    assert "pc-hue-comptoirs" in agenda


def test_what_the_font_has_is_what_we_draw() -> None:
    font = ImageFont.truetype(FONTS / cards.FONT, 40)
    missing = bytes(font.getmask("\U0010ffff"))
    known = [chr(point) for point in range(0x20, 0x2200) if cards._known(chr(point))]
    assert {"é", "œ", "€", "’", "«"} <= set(known)
    assert [char for char in known if bytes(font.getmask(char)) == missing] == []


def test_letters_that_the_font_lacks_lose_their_accents_or_go() -> None:
    assert drawable("Łódź 🎉 d’été") == "ódz d’été"
    assert drawable("porte\u2011à\u2011porte") == "porte-à-porte"
    assert drawable(" 12\u202fh ") == "12\u00a0h"


def test_a_title_is_cut_with_an_ellipsis_past_its_lines() -> None:
    size, lines = fit("apprendre " * 60, 1040)
    assert len(lines) == 4
    assert lines[-1].endswith("e…")
    font = ImageFont.truetype(FONTS / cards.FONT, size, layout_engine=ImageFont.Layout.BASIC)
    assert all(font.getlength(line) <= 1040 for line in lines)
    assert fit("Noël", 1040) == (cards.SIZES[0][0], ["Noël"])


def test_the_store_keeps_and_repairs(tmp_path: Path) -> None:
    store = FolderStore(tmp_path)
    made: list[int] = []

    def make() -> bytes:
        made.append(1)
        return b"octets"

    assert [kept(store, "abc", make) for _ in range(2)] == [b"octets"] * 2
    assert len(made) == 1
    (file,) = (tmp_path / FOLDER).rglob("abc")
    for damage in (b"", b"short", file.read_bytes()[:-1] + b"X"):
        file.write_bytes(damage)
        assert kept(store, "abc", make) == b"octets"
        assert store.get("abc") == b"octets"
    assert len(made) == 4
    assert [kept(NoStore(), "abc", make) for _ in range(2)] == [b"octets"] * 2
    assert len(made) == 6


def test_a_store_that_cannot_be_written_stops_nothing(tmp_path: Path) -> None:
    (tmp_path / FOLDER.parts[0]).write_text("a file where the folder should be")
    store = FolderStore(tmp_path)
    store.put("abc", b"octets")
    assert store.get("abc") is None


@pytest.mark.large
def test_a_second_build_draws_nothing(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    site.write("webinars/un.md", "---\ntitle: Un\nstart: 2026-12-03 12:30\n---\nTexte.\n")
    site.commit()
    image = site.build() / "assets" / "cards" / "comptoirs" / "un.png"
    first = image.read_bytes()

    def never(card: Card) -> bytes:
        raise AssertionError(f"{card} was drawn again")

    monkeypatch.setattr("parcours.pages.cards.draw", never)
    site.build()
    assert image.read_bytes() == first
    monkeypatch.undo()
    for path in (site.root / FOLDER).rglob("*"):
        if path.is_file():
            path.write_bytes(b"damaged")
    site.build()
    assert image.read_bytes() == first


def metas(page: Path) -> dict[str, str]:
    """What the head says of a page, by name or property."""
    found = {}
    for tag, attributes in Tags(page.read_text("utf-8")).found:
        if tag == "meta":
            name = attributes.get("property") or attributes.get("name")
            if name:
                assert name not in found, name
                found[name] = attributes.get("content") or ""
    return found


def test_the_head_of_an_event(flagship: Path) -> None:
    address = "comptoirs/former-avec-l-ia-sans-s-y-perdre/"
    said = metas(flagship / address / "index.html")
    site = "https://1001-parcours.example/"
    assert said["og:title"] == SUBJECT.title
    assert said["og:type"] == "article"
    assert said["og:url"] == site + address
    assert said["og:site_name"] == "1001 Parcours"
    assert said["og:locale"] == "fr_FR"
    assert said["og:description"] == said["description"]
    image, _, version = said["og:image"].partition("?v=")
    assert image == f"{site}assets/cards/{address.rstrip('/')}.png"
    assert re.fullmatch(r"[0-9a-f]{8}", version)
    assert (said["og:image:width"], said["og:image:height"]) == ("1200", "630")
    assert said["og:image:alt"].startswith(f"{SUBJECT.title} · jeudi 26")
    assert said["twitter:card"] == "summary_large_image"


def test_every_page_names_an_image_that_is_there(flagship: Path) -> None:
    images = set()
    for page in flagship.rglob("index.html"):
        if 'http-equiv="refresh"' in page.read_text("utf-8"):
            continue  # a redirect
        address = metas(page)["og:image"].partition("?")[0]
        image = flagship / address.removeprefix("https://1001-parcours.example/")
        assert image.stat().st_size <= 40_000
        images.add(image)
    assert images == set((flagship / "assets" / "cards").rglob("*.png"))


@pytest.mark.large
def test_hostile_texts_stay_text_in_the_head(site: Site) -> None:
    title = json.dumps(HOSTILE)
    site.write("webinars/un.md", f"---\ntitle: {title}\nstart: 2026-12-03 12:30\n---\nTexte.\n")
    share = json.dumps({"image": '"><script>alert(1)</script>', "alt": '"><img src=x>'})
    site.write("content/page.md", f"---\ntitle: Page\nshare: {share}\n---\n# Page\n")
    site.commit()
    out = site.build()
    said = metas(out / "comptoirs" / "un" / "index.html")
    assert said["og:title"] == HOSTILE
    assert said["og:image:alt"].startswith(HOSTILE)
    # An authored page has no say in it: its « share: » is told, and goes no further.
    assert metas(out / "page" / "index.html")["og:image:alt"] == "Petit site"


@pytest.mark.large
def test_images_can_be_left_out(site: Site) -> None:
    config = (site.root / "mkdocs.yml").read_text()
    site.write("mkdocs.yml", config.replace("uid_domain", "cards: false\n      uid_domain"))
    site.write("webinars/un.md", "---\ntitle: Un\nstart: 2026-12-03 12:30\n---\nTexte.\n")
    site.commit()
    out = site.build()
    said = metas(out / "comptoirs" / "un" / "index.html")
    assert "og:image" not in said
    assert said["twitter:card"] == "summary"
    assert not (out / "assets" / "cards").exists()


def test_the_font_comes_with_its_licence_and_is_light(flagship: Path) -> None:
    published = flagship / "assets" / "fonts"
    assert "SIL OPEN FONT LICENSE Version 1.1" in (published / "OFL.txt").read_text()
    assert (FONTS / "SOURCE.md").is_file()
    assert sum(file.stat().st_size for file in published.glob("*.woff2")) <= 60_000
    page = (flagship / "comptoirs" / "index.html").read_text("utf-8")
    links = [attributes for tag, attributes in Tags(page).found if tag == "link"]
    preloads = [link["href"] for link in links if link.get("rel") == "preload"]
    assert preloads == ["../assets/fonts/bricolage-grotesque-700.woff2"]
    icons = [link["href"] for link in links if "icon" in (link.get("rel") or "")]
    assert len(icons) == 3
    for address in (*preloads, *icons):
        assert (flagship / "comptoirs" / (address or "")).is_file()


@pytest.mark.large
def test_a_site_keeps_its_own_icon(site: Site) -> None:
    config = (site.root / "mkdocs.yml").read_text()
    site.write("mkdocs.yml", config.replace("font: false", "font: false, favicon: images/own.svg"))
    site.write("content/images/own.svg", '<svg xmlns="http://www.w3.org/2000/svg"/>')
    site.commit()
    page = (site.build() / "index.html").read_text("utf-8")
    icons = [a["href"] for tag, a in Tags(page).found if "icon" in (a.get("rel") or "")]
    assert icons == ["images/own.svg"]


@pytest.mark.large
def test_the_missing_page_leads_on_from_any_depth(site: Site) -> None:
    site.commit()
    text = (site.build() / "404.html").read_text("utf-8")
    found = Tags(text).found
    addresses = [
        str(value)
        for tag, attributes in found
        if tag in {"a", "link", "script", "form"}
        for name in ("href", "src", "action")
        if (value := attributes.get(name)) and not value.startswith(("#", "https://"))
    ]
    assert [address for address in addresses if not address.startswith("/x/")] == []
    assert {"/x/agenda/", "/x/comptoirs/", "/x/s-abonner/"} <= set(addresses)
    assert {"name": "robots", "content": "noindex"} in [a for tag, a in found if tag == "meta"]
    assert "<title>Cette page n’existe pas - Petit site</title>" in text
    assert "404.html" not in (site.root / "site" / "sitemap.xml").read_text()


@pytest.fixture(scope="module")
def base(flagship: Path) -> Iterator[str]:
    with serving(flagship) as address:
        yield address


@pytest.mark.browser
def test_the_missing_page_passes_axe(browser: Browser, base: str) -> None:
    for width in WIDTHS:
        page = browser.new_page(viewport={"width": width, "height": 900})
        page.goto(f"{base}404.html", wait_until="networkidle")
        assert faults(page, "article") == []
        expect(page.locator("h1")).to_have_count(1)
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        page.close()


@pytest.mark.browser
def test_the_missing_page_searches(browser: Browser, base: str) -> None:
    page = browser.new_page()
    page.goto(f"{base}404.html")
    page.get_by_label("Que cherchez-vous").fill("évaluer")
    page.get_by_label("Que cherchez-vous").press("Enter")
    page.locator(".md-search-result__item a", has_text="Évaluer sans noter").first.wait_for()
    page.close()
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{base}404.html")
    expect(page.get_by_label("Que cherchez-vous")).to_be_hidden()
    page.locator(".pc-lost__ways").get_by_role("link", name="Agenda").click()
    expect(page).to_have_url(f"{base}agenda/")
    context.close()


def events(folder: Path) -> list[str]:
    """The addresses of all pages of events."""
    found = []
    for page in sorted(folder.rglob("index.html")):
        if 'class="pc-page pc-event ' in page.read_text("utf-8"):
            found.append(page.parent.relative_to(folder).as_posix() + "/")
    return found


@pytest.mark.deep
@pytest.mark.browser
def test_every_event_prints_on_one_sheet_with_its_address(
    browser: Browser, base: str, flagship: Path
) -> None:
    context = browser.new_context(color_scheme="dark", service_workers="block")
    page = context.new_page()
    addresses = events(flagship)
    assert len(addresses) > 20
    sheets = {}
    for address in addresses:
        page.goto(base + address)
        pdf = page.pdf(prefer_css_page_size=True)
        sheets[address] = len(re.findall(rb"/Type\s*/Page\b", pdf))
        assert b"/MediaBox [0 0 594" in pdf or b"/MediaBox [0 0 595" in pdf
    # What was said is printed too, and takes a sheet more.
    said = {
        address
        for address in addresses
        if "pc-passage" in (flagship / address / "index.html").read_text("utf-8")
    }
    # The way of a trip is read from stop to stop; to take along, it has a notebook.
    ways = {
        address
        for address in addresses
        if "assets/journey.css" in (flagship / address / "index.html").read_text("utf-8")
    }
    # So is a programme, talk by talk, in whatever letters.
    talks = {
        address
        for address in addresses
        if "assets/programme.css" in (flagship / address / "index.html").read_text("utf-8")
    }
    most = {
        address: 1 + (address in said) + 2 * (address in ways) + 3 * (address in talks)
        for address in addresses
    }
    assert {address: n for address, n in sheets.items() if n > most[address]} == {}
    expect(page.locator(".pc-paper")).to_be_hidden()
    page.emulate_media(media="print")
    expect(page.locator(".pc-paper svg")).to_be_visible()
    expect(page.locator(".pc-paper figcaption")).to_have_text(re.compile(f"{addresses[-1]}$"))
    for hidden in (".md-header", ".md-tabs", ".md-footer", ".pc-actions"):
        expect(page.locator(hidden).filter(visible=True)).to_have_count(0)
    expect(page.locator(".pc-facts").first).to_have_css("color", "rgb(0, 0, 0)")
    context.close()


@pytest.mark.browser
def test_badges_speak_by_word_and_icon(browser: Browser, base: str) -> None:
    page = browser.new_page()
    for address in ("comptoirs/", "agenda/", "comptoirs/premiers-pas-ia/", "voyages/bretagne/"):
        page.goto(base + address)
        found = page.eval_on_selector_all(
            ".pc-badge:not(.pc-badge--example)",
            """all => all.map(one => [one.textContent.trim(),
                getComputedStyle(one, "::before").maskImage.slice(0, 8)])""",
        )
        assert found
        assert [word for word, icon in found if not word or icon != 'url("dat'] == []
    page.close()


@pytest.mark.browser
def test_nothing_moves_while_a_page_loads(browser: Browser, base: str) -> None:
    watch = """window.moved = 0; new PerformanceObserver(list => {
        for (const shift of list.getEntries()) window.moved += shift.value;
    }).observe({type: "layout-shift", buffered: true});"""
    for width in (1280, 360):
        context = browser.new_context(viewport={"width": width, "height": 800})
        context.add_init_script(watch)
        for address in ("", "comptoirs/premiers-pas-ia/", "agenda/", "s-abonner/", "404.html"):
            page = context.new_page()
            page.goto(base + address, wait_until="networkidle")
            assert page.evaluate("window.moved") <= SHIFT, (width, address)
            page.close()
        context.close()


def test_a_closed_folder_of_the_store_keeps_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = FolderStore(tmp_path)
    store.put("abc", b"octets")

    def closed(self: Path, **_: object) -> None:
        raise PermissionError(13, "Permission denied", str(self))

    monkeypatch.setattr(Path, "stat", closed)
    assert not store.has("abc")

"""What readers of the screen meet: colours under the mouse, hours and stages in every list."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path

import pytest
from playwright.sync_api import Browser, FloatRect, Locator, Page, expect

from .conftest import ROOT, Site
from .reading import until
from .serving import serving

STYLES = ROOT / "scripts" / "parcours" / "pages" / "assets" / "styles"
AGENDA = "agenda/?genre=comptoirs"
JANUARY = "agenda/2027-01/"
LIVE = "2026-11-26T11:40:00Z"

# The contrast of what is written in an element, and of its edge where it is told by that alone
# (WCAG 2.1, 1.4.3): colours are mixed over what lies below them.
CONTRAST = """
(element) => {
  const parts = (color) => {
    const found = color.match(/[\\d.]+/g).map(Number);
    return color.startsWith("color(") ? [...found.slice(0, 3).map((n) => n * 255), found[3] ?? 1]
      : [...found.slice(0, 3), found[3] ?? 1];
  };
  const over = ([r, g, b, a], [x, y, z]) =>
    [r * a + x * (1 - a), g * a + y * (1 - a), b * a + z * (1 - a), 1];
  const ground = (one) => {
    if (!one) return [255, 255, 255, 1];
    const color = parts(getComputedStyle(one).backgroundColor);
    return color[3] === 1 ? color : over(color, ground(one.parentElement));
  };
  const light = ([r, g, b]) => [r, g, b].map((n) => n / 255)
    .map((n) => (n <= 0.03928 ? n / 12.92 : ((n + 0.055) / 1.055) ** 2.4))
    .reduce((sum, n, index) => sum + n * [0.2126, 0.7152, 0.0722][index], 0);
  const below = ground(element);
  const [one, other] = [over(parts(getComputedStyle(element).color), below), below].map(light);
  return (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05);
}
"""
LETTERS = """
(contrast) => [...document.querySelectorAll("article :is(a, button, summary, select, input)")]
  .filter((one) => one.checkVisibility() && one.textContent.trim())
  .map((one) => [one.className, one.textContent.trim().slice(0, 40), eval(contrast)(one)])
  .filter(([, , found]) => found < 4.5)
"""
# Of links and buttons that only their words and addresses tell apart, one is looked at.
ONE_OF_EACH = """
() => {
  const told = new Set(["href", "id", "for", "value", "title", "datetime", "aria-label",
    "data-title", "data-at", "data-ends", "data-begins", "data-day"]);
  const start = (one) => [one.localName, ...[...one.attributes]
    .filter(({ name }) => !told.has(name)).map(({ name, value }) => `${name}=${value}`)].join(" ");
  const kind = (one) => one.localName === "article" ? ""
    : `${kind(one.parentElement)} > ${start(one)}`;
  const seen = new Set();
  for (const one of document.querySelectorAll("article :is(a, button, summary)")) {
    const found = kind(one);
    if (seen.has(found)) continue;
    seen.add(found);
    one.dataset.oneOfEach = "";
  }
  return seen.size;
}
"""
# A mouse that has pressed something leaves it the focus, without a ring.
STATES = (["hover"], ["focus"], ["focus", "focus-visible"], ["active", "hover"])
PAGES = (
    "",
    "agenda/",
    "comptoirs/",
    "comptoirs/former-avec-l-ia-sans-s-y-perdre/",
    "comptoirs/premiers-pas-ia/",
    "mooc/renverser-la-formation/",
    "replays/",
    "s-abonner/",
    "territoires/",
)


@contextmanager
def opened(
    browser: Browser,
    url: str,
    *,
    now: str | None = LIVE,
    zone: str = "Europe/Paris",
    scheme: str = "light",
    width: int = 1280,
) -> Iterator[Page]:
    """A page read at an instant, in a zone; the theme's own timers want a clock that goes on."""
    context = browser.new_context(
        locale="fr-FR",
        timezone_id=zone,
        color_scheme="dark" if scheme == "dark" else "light",
        viewport={"width": width, "height": 900},
        bypass_csp=True,
        reduced_motion="reduce",  # colours change at once
        service_workers="block",
    )
    page = context.new_page()
    failed: list[str] = []
    page.on("pageerror", lambda error: failed.append(str(error)))
    if now is not None:
        page.clock.set_fixed_time(now)
    page.goto(url)
    yield page
    context.close()
    assert failed == []


@pytest.mark.browser
@pytest.mark.parametrize(
    ("scheme", "paths"),
    [
        pytest.param("light", PAGES[::4], id="light"),
        pytest.param("dark", PAGES[2::4], id="dark"),
        pytest.param("light", PAGES, id="light-all", marks=pytest.mark.deep),
        pytest.param("dark", PAGES, id="dark-all", marks=pytest.mark.deep),
    ],
)
def test_nothing_vanishes_under_the_mouse_or_the_keyboard(
    browser: Browser, base: str, scheme: str, paths: Sequence[str]
) -> None:
    faults = []
    with opened(browser, base, scheme=scheme, now="2026-11-24T09:00:00Z") as page:
        tools = page.context.new_cdp_session(page)
        for path in paths:
            page.goto(base + path)
            page.evaluate(ONE_OF_EACH)
            tools.send("DOM.enable")
            tools.send("CSS.enable")
            root = tools.send("DOM.getDocument")["root"]["nodeId"]
            asked = {"nodeId": root, "selector": "[data-one-of-each]"}
            nodes = tools.send("DOM.querySelectorAll", asked)["nodeIds"]
            for state in STATES:
                for node in nodes:
                    forced = {"nodeId": node, "forcedPseudoClasses": state}
                    tools.send("CSS.forcePseudoState", forced)
                faults += [(path, state, *one) for one in page.evaluate(LETTERS, CONTRAST)]
    assert faults == []


# Where the focus is: what it is, and whether anything of it, or of its label, is on the screen.
FOCUSED = """
() => {
  const one = document.activeElement;
  if (!one || one === document.body) return null;
  const seen = (element) => {
    const asked = { opacityProperty: true, visibilityProperty: true };
    if (!element?.checkVisibility(asked)) return false;
    const box = element.getBoundingClientRect();
    return box.width > 1 && box.height > 1 && box.right > 0 && box.left < innerWidth;
  };
  // The theme's switch of colours is drawn by the label beside its control.
  const labels = [...(one.labels ?? []), one.nextElementSibling?.closest("label")];
  return [`${one.tagName} ${one.className} ${one.textContent.trim().slice(0, 30)}`,
    seen(one) || labels.some(seen)];
}
"""


@pytest.mark.browser
@pytest.mark.parametrize("width", [1280, 360])
@pytest.mark.parametrize(
    "path", ["comptoirs/premiers-pas-ia/", "agenda/", "programme/", "404.html"]
)
def test_every_stop_of_the_keyboard_is_seen_and_the_first_leads_to_the_text(
    browser: Browser, base: str, path: str, width: int
) -> None:
    with opened(browser, base + path, width=width, now=None) as page:
        stops = []
        for _ in range(40):
            page.keyboard.press("Tab")
            found = page.evaluate(FOCUSED)
            if found is None:
                break
            # A dialog that opens with the focus takes a moment.
            until(page, partial(page.evaluate, FOCUSED), [found[0], True])
            stops.append(found[0])
        assert len(stops) > 5
        page.goto(base + path)
        page.keyboard.press("Tab")
        page.keyboard.press("Enter")
        expect(page).to_have_url(re.compile("#"))
        page.keyboard.press("Tab")
        inside = "document.activeElement.closest('article') !== null"
        until(page, lambda: page.evaluate(inside))


@pytest.mark.browser
@pytest.mark.parametrize("path", [JANUARY, "agenda/?vue=mois&mois=2027-01"])
@pytest.mark.parametrize(
    ("zone", "own"),
    [
        ("Europe/Paris", ""),  # told already
        ("Indian/Reunion", ""),  # its own
        ("America/Martinique", "(5 h chez vous)"),
        ("Asia/Tokyo", "(18 h chez vous)"),
    ],
)
def test_a_month_says_whose_hour_it_tells(
    browser: Browser, base: str, path: str, zone: str, own: str
) -> None:
    with opened(browser, base + path, zone=zone) as page:
        entry = page.locator(".pc-entry", has_text="Former loin de la métropole")
        said = "13 h (heure de La Réunion ; 10 h à Paris)"
        expect(entry).to_contain_text(said, use_inner_text=True)
        told = entry.locator(".pc-own:visible")
        expect(told).to_have_text([own] if own else [], use_inner_text=True)


@pytest.mark.browser
def test_a_filtered_list_says_what_the_page_says(browser: Browser, base: str) -> None:
    """Stages by the reader's clock, badges, zones and the reader's own hour: the same rows."""
    rows: list[list[str]] = []
    for path in ("agenda/", AGENDA):
        with opened(browser, base + path, zone="America/Martinique") as page:
            shown = page.locator(".pc-item:visible", has=page.locator("a[href*='comptoirs/']"))
            expect(shown.first).to_be_visible()
            live = page.locator(".pc-item:visible .pc-badge--live:visible")
            expect(live).to_have_count(1)
            rows.append([re.sub(r"\s+", " ", text) for text in shown.all_inner_texts()])
    assert len(rows[0]) > 5
    assert set(rows[0]) <= set(rows[1])


@pytest.mark.browser
def test_a_filtered_list_knows_of_a_replay_to_come(browser: Browser, base: str) -> None:
    url = f"{base}agenda/?genre=comptoirs&passees=1"
    with opened(browser, url, now="2026-11-26T13:00:00Z") as page:
        item = page.locator(".pc-agenda__results .pc-item", has_text="Former avec l’IA")
        expect(item.locator(".pc-badge--replay-due")).to_be_visible()
        expect(item.locator(".pc-badge--live")).to_be_hidden()


@pytest.mark.browser
@pytest.mark.parametrize(
    ("now", "zone", "words"),
    [
        ("2027-03-29T01:00:00Z", "America/Martinique", "après-demain"),  # there, the 28th
        ("2027-03-29T12:00:00Z", "America/Martinique", "demain"),
        ("2027-03-29T12:00:00Z", "Europe/Paris", "demain"),
        ("2027-03-29T23:30:00Z", "Europe/Paris", "aujourd’hui"),
        ("2027-03-28T12:00:00Z", "Pacific/Auckland", "demain"),  # there, the 29th
    ],
)
def test_whole_days_begin_with_the_readers_own(
    browser: Browser, base: str, now: str, zone: str, words: str
) -> None:
    with opened(browser, f"{base}voyages/hauts-de-france/", now=now, zone=zone) as page:
        counted = page.locator(".pc-header .pc-countdown")
        wanted = re.compile(f"^{words.replace('’', '.')}$", re.IGNORECASE)
        expect(counted).to_have_text(wanted)


REPLAYED = """\
---
title: Un
start: 2025-12-04 12:30
replay:
  video: https://tube.example/w/abcd1
  chapters: [{at: "0:00", title: Début}, {at: "1:30", title: Suite}]
---
Texte.
"""


@pytest.mark.browser
def test_a_time_opens_the_player_here(browser: Browser, site: Site) -> None:
    """It does not leave for the other host, under words that say that nothing is asked of it."""
    site.write("webinars/un.md", REPLAYED)
    with serving(site.build()) as address:
        page = browser.new_page(locale="fr-FR")
        page.route(
            re.compile(r"^https://tube\.example/"),
            lambda route: route.fulfill(body="<title>x</title>", content_type="text/html"),
        )
        page.goto(f"{address}comptoirs/un/")
        expect(page.locator("iframe")).to_have_count(0)
        page.get_by_role("link", name="1:30").click()
        page.locator("iframe[src$='start=90s']").wait_for()
        expect(page).to_have_url(re.compile(f"^{address}"))
        page.close()


@pytest.mark.regions
@pytest.mark.large
def test_what_moved_online_has_no_place(site: Site) -> None:
    site.write("content/data/places/halle.yml", "name: La Halle\nterritory: occitanie\n")
    front = "title: Un\nstart: 2026-12-03 12:30\nplace: halle\n"
    site.write("webinars/un.md", f"---\n{front}status: moved-online\n---\nTexte.\n")
    site.write("webinars/deux.md", f"---\n{front}---\nTexte.\n".replace("2026-12-03", "2026-12-10"))
    out = site.build()
    moved, there = (html(out, f"comptoirs/{name}") for name in ("un", "deux"))
    assert "<dt>Lieu</dt>" not in moved
    assert '<dt>Lieu</dt><dd><a href="../../lieux/halle/">La Halle</a></dd>' in there


@pytest.mark.large
def test_sessions_without_a_number_stand_in_the_order_of_time(site: Site) -> None:
    site.write("content/mooc/cours/index.md", "---\ntitle: Cours\n---\n")
    for name, day, rest in (
        ("a", "2026-12-10", ""),
        ("b", "2026-12-03", ""),
        ("c", "2026-12-17", "number: 1\n"),
        ("d", "", "status: postponed\n"),
    ):
        start = f"start: {day} 12:30\n" if day else ""
        site.write(f"content/mooc/cours/{name}.md", f"---\ntitle: T{name}\n{start}{rest}---\n")
    page = html(site.build(), "mooc/cours")
    shown = re.findall(r'</span> <a href="[./]*mooc/cours-(\w)/">', page)
    assert shown == ["b", "a", "c", "d"]


@pytest.mark.browser
def test_the_next_meeting_is_known_for_a_month_after_the_build(
    browser: Browser, site: Site
) -> None:
    for day in ("2026-11-26", "2026-12-03", "2026-12-10", "2026-12-17", "2026-12-24", "2026-12-31"):
        text = f"---\ntitle: Le {day}\nstart: {day} 12:30\n---\nTexte.\n"
        site.write(f"webinars/d-{day}.md", text)
    with serving(site.build(now="2026-11-24T09:00:00Z")) as address:
        for now, title in (
            ("2026-12-05T09:00:00Z", "Le 2026-12-10"),
            ("2026-12-24T20:00:00Z", "Le 2026-12-31"),
        ):
            with opened(browser, address, now=now) as page:
                expect(page.locator(".pc-next:visible h3")).to_have_text(title)


# Where the things begin that the eye takes for the edge of a page, those that are seen.
EDGES = """
() => {
  const asked = [".md-header .md-logo svg", ".md-tabs__link", "article h1", ".md-copyright",
    "article .pc-edit a", ".pc-event .pc-actions :is(a, button, summary)"];
  const edges = {};
  for (const one of asked) {
    const seen = [...document.querySelectorAll(one)].filter((each) =>
      each.checkVisibility() && getComputedStyle(each).position !== "fixed");
    // A style sheet may have set them in another order.
    const lefts = seen.map((each) => Math.round(each.getBoundingClientRect().left));
    if (seen.length) edges[one] = Math.min(...lefts);
  }
  return edges;
}
"""


@pytest.mark.browser
@pytest.mark.parametrize(
    "width",
    [
        320,
        pytest.param(768, marks=pytest.mark.deep),
        1280,
        pytest.param(1920, marks=pytest.mark.deep),
    ],
)
def test_all_pages_have_one_left_edge(browser: Browser, base: str, width: int) -> None:
    kinds = ("programme/", "contribuer/", "actualites/", "comptoirs/noel-des-formateurs/")
    edges = set()
    with opened(browser, base, width=width) as page:
        for path in (*PAGES, *kinds, "404.html"):
            page.goto(base + path)
            edges |= {(edge, one) for one, edge in page.evaluate(EDGES).items()}
            assert page.evaluate("document.documentElement.scrollWidth") == width, path
    assert len({edge for edge, _ in edges}) == 1, edges


ROWS = """
rows => rows.map((row) => {
  const title = row.querySelector(".pc-item__title").getBoundingClientRect();
  const day = row.querySelector(".pc-tile").getBoundingClientRect();
  return { text: row.textContent.trim(), width: Math.round(title.width), apart: day.y - title.y };
})
"""


@pytest.mark.browser
@pytest.mark.parametrize("width", [768, 1024, 1280])
def test_a_row_gives_its_title_room_and_stands_on_its_first_line(
    browser: Browser, base: str, width: int
) -> None:
    with opened(browser, base, width=width) as page:
        page.goto(base + "agenda/toutes/")
        rows = page.locator(".pc-rows .pc-item")
        expect(rows.first).to_be_visible()
        found = rows.evaluate_all(ROWS)
        assert len(found) > 20
        assert [one for one in found if one["width"] < width // 4 or abs(one["apart"]) >= 8] == []


SIDES = re.compile(
    r"""(?:padding|margin|border)-(?:left|right):|[{;] *(?:left|right):|: (?:left|right);|ltr|rtl"""
)


def test_styles_know_a_beginning_and_an_end_but_no_left_and_right() -> None:
    for file in sorted(STYLES.glob("*.css")):
        # Sheets of paper do have a left and a right one.
        text = re.sub(r"@page [^}]*\}", "", file.read_text("utf-8"))
        assert SIDES.findall(text) == [], file.name


@pytest.mark.browser
def test_a_title_reads_in_its_own_direction_where_titles_begin(
    browser: Browser, site: Site
) -> None:
    title = "\u05e9\u05dc\u05d5\u05dd!"
    site.write("webinars/un.md", f"---\ntitle: {title}\nstart: 2026-12-03 12:30\n---\nTexte.\n")
    with serving(site.build()) as address, opened(browser, address) as page:
        page.goto(address + "comptoirs/un/")
        heading = page.locator("h1")
        assert box(heading)["x"] == box(page.locator(".pc-header__when"))["x"]
        last = """(h1) => {
          const range = document.createRange();
          range.setStart(h1.firstChild, h1.firstChild.length - 1);
          range.setEnd(h1.firstChild, h1.firstChild.length);
          return range.getBoundingClientRect().left;
        }"""
        assert heading.evaluate(last) == box(heading)["x"]


@pytest.mark.browser
def test_paper_shows_the_days_and_what_was_said_and_nothing_to_press(
    browser: Browser, base: str
) -> None:
    sheet = 680  # an A4 less its margins, in CSS pixels
    with opened(browser, base, width=sheet) as page:
        page.emulate_media(media="print")
        page.goto(base + "agenda/2026-12/")
        expect(page.locator(".pc-entry:visible")).to_have_count(3)
        expect(page.locator(".pc-day__count:visible")).to_have_count(0)
        page.goto(base + "comptoirs/premiers-pas-ia/")
        expect(page.locator(".pc-chapters li:visible")).to_have_count(4)
        expect(page.locator("article :is(button, input, .pc-player):visible")).to_have_count(0)
        expect(page.locator("article")).not_to_contain_text("Son seul", use_inner_text=True)
        page.goto(base + "agenda/")
        expect(page.locator("article nav:visible")).to_have_count(0)


@pytest.mark.browser
@pytest.mark.parametrize(
    "path",
    [
        *("voyages/bretagne/", "voyages/bretagne/carnet/", "comptoirs/premiers-pas-ia/"),
        *("mooc/renverser-la-formation/", "mooc/renverser-la-formation-session-5/kit/"),
        *("boite-a-transfo/besoins/evaluer-sans-decourager/", "boite-a-transfo/propositions/"),
    ],
)
def test_what_is_invented_says_so_on_paper_too(browser: Browser, base: str, path: str) -> None:
    with opened(browser, base, width=680) as page:
        page.emulate_media(media="print")
        page.goto(base + path)
        expect(page.locator("article").get_by_text("Exemple").first).to_be_visible()
        expect(page.locator(".pc-deadlines__add:visible")).to_have_count(0)


@pytest.mark.browser
def test_colours_of_the_readers_own_keep_what_ours_tell(browser: Browser, base: str) -> None:
    ground = """(one) => {
      const all = [...document.querySelectorAll(one.selector)].filter((x) => x.checkVisibility());
      return all.map((x) => getComputedStyle(x, one.part).backgroundColor);
    }"""
    with opened(browser, base) as page:
        page.emulate_media(forced_colors="active")
        for path, chosen in (("agenda/", ".pc-views [aria-current]"), ("agenda/", ".pc-chip")):
            page.goto(base + path)
            page.locator(".pc-chip").first.click()
            canvas = page.evaluate("getComputedStyle(document.body).backgroundColor")
            assert page.evaluate(ground, {"selector": chosen, "part": None})[0] != canvas
        page.locator(".pc-chip").first.click()
        for selector in (".pc-badge--full", ".pc-badge--moved-online"):
            icons = page.evaluate(ground, {"selector": selector, "part": "::before"})
            assert icons
            assert canvas not in icons
        page.goto(base + "replays/")
        marks = page.evaluate(ground, {"selector": ".pc-thumb__play", "part": "::before"})
        assert marks
        assert canvas not in marks


@pytest.mark.browser
def test_who_hears_a_card_hears_words_only(browser: Browser, base: str) -> None:
    with opened(browser, base) as page:
        page.goto(base + "replays/")
        offers = page.get_by_role("list", name="Ce qui l’accompagne")
        expect(offers).to_have_count(1)
        expect(offers.get_by_role("listitem")).to_have_text(
            ["Sous-titres", "Transcription", "Support"]
        )
        page.goto(base + "agenda/")
        line = page.locator(".pc-agenda__list .pc-item__when").first.aria_snapshot()
        assert "2026, 12 h 30" in line.replace("\u00a0", " ").replace("\u202f", " ")
        assert "·" not in line


@pytest.mark.browser
def test_nothing_stands_over_a_page_that_is_read_large(browser: Browser, base: str) -> None:
    fixed = """[...document.querySelectorAll("article *")]
      .filter((one) => one.checkVisibility()
        && ["fixed", "sticky"].includes(getComputedStyle(one).position))
      .map((one) => one.className)"""
    with opened(browser, base, width=320, now="2026-11-24T09:00:00Z") as page:
        for path in ("comptoirs/former-avec-l-ia-sans-s-y-perdre/", "agenda/"):
            page.set_viewport_size({"width": 320, "height": 256})  # 1280 by 1024, 400 % (1.4.10)
            page.goto(base + path)
            until(page, lambda: page.evaluate(fixed), [])
            page.set_viewport_size({"width": 360, "height": 740})
            until(page, lambda: page.evaluate(fixed) != [])


def box(one: Locator) -> FloatRect:
    found = one.bounding_box()
    assert found is not None
    return found


def html(out: Path, address: str) -> str:
    return (out / address / "index.html").read_text("utf-8")

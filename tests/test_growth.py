"""Order and growth: lists that are divided, and feeds that are full."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta
from pathlib import Path, PurePosixPath
from urllib.parse import urlsplit

import pytest
from lxml import html
from playwright.sync_api import Browser, expect

from parcours.assembly import Compiled
from parcours.i18n import translator
from parcours.model import feeds
from parcours.model.names import initials, order
from parcours.pages import division
from parcours.pages.division import ROOM, Division, Order, by_letter, by_time, divide
from parcours.tree import content

from .axe import by_width, faults
from .conftest import FRENCH, NOW, Site
from .corpora import compiled
from .growing import Sizes, grown
from .reading import reading, still
from .serving import serving
from .test_feeds import vevents

TR = translator("fr")
THURSDAYS = [date(2026, 12, 3) + timedelta(weeks=n) for n in range(120)]
NAMES = [
    "Ève",
    "Œdipe",
    "Östlund",
    "Łukasz",
    "3D",
    "日本",
    "Élan",
    "zébu",
    "Ωμέγα",
    "eau",
    "« Été »",
]


def test_names_stand_as_in_dictionaries() -> None:
    assert sorted(NAMES, key=order) == [
        *("3D", "eau", "Élan", "« Été »", "Ève", "Łukasz", "Œdipe", "Östlund", "zébu"),
        *("Ωμέγα", "日本"),
    ]


@pytest.mark.parametrize(
    ("name", "keys"),
    [
        ("Élan", ("e", "el", "ela")),
        ("Œdipe", ("o", "oe", "oed")),
        ("Łukasz", ("l", "lu", "luk")),
        ("Ǿ", ("o", "", "")),
        ("M. Untel", ("m", "mu", "mun")),
        ("3D", ("0-9", "3", "3d")),
        ("日本", ("a-z-etc", "u65e5", "")),
        ("Ωμέγα", ("a-z-etc", "u3c9", "")),
        ("Etcheverry", ("e", "et", "etc")),
        ("…", ("", "", "")),
    ],
)
def test_a_name_has_initials(name: str, keys: tuple[str, ...]) -> None:
    assert tuple(initials(name, n) for n in (1, 2, 3)) == keys


BY_NAME: Order[str] = by_letter(str)
BY_DAY: Order[date] = by_time(lambda day: day)


def divided(names: Sequence[str], most: int) -> Division[str]:
    return Division(
        whole=divide(sorted(names, key=order), BY_NAME, most),
        order=BY_NAME,
        address="noms/",
        folder="noms/liste/",
        title="Noms",
        said=lambda n: f"{n} noms",
        tr=TR,
    )


def shown(of: Division[str]) -> dict[str, tuple[str, ...]]:
    """What stands on each page itself, by its address."""
    return {one.address.removeprefix("noms/"): one.part.own for one in of.places()}


def test_a_list_that_has_room_is_whole() -> None:
    of = divided(NAMES, len(NAMES))
    assert shown(of) == {"": tuple(sorted(NAMES, key=order))}
    assert of.ways_of_whole == ()


def test_a_list_that_has_no_room_is_divided_as_finely_as_need_be() -> None:
    of = divided([*NAMES, "e", "…"], 2)
    assert shown(of) == {
        "": ("…",),
        "liste/0-9/": ("3D",),
        "liste/e/": ("e",),
        "liste/ea/": ("eau",),
        "liste/el/": ("Élan",),
        "liste/et/": ("« Été »",),
        "liste/ev/": ("Ève",),
        "liste/l/": ("Łukasz",),
        "liste/o/": ("Œdipe", "Östlund"),
        "liste/z/": ("zébu",),
        "liste/a-z-etc/": ("Ωμέγα", "日本"),
    }
    (letters,) = of.ways_of_whole
    assert [one.name for one in letters.all] == ["0-9", "E", "L", "O", "Z", "Autres écritures"]
    assert [one.count for one in letters.all] == [1, 5, 1, 2, 1, 2]
    assert letters.label == "Noms, par lettre"
    placed = next(one for one in of.places() if one.address.endswith("/el/"))
    above, within = of.ways(placed)
    assert [(one.name, one.here) for one in above.all if one.here] == [("E", "true")]
    assert [(one.name, one.here) for one in within.all if one.here] == [("El", "page")]
    assert (placed.title, placed.parent) == ("Noms\u00a0: El", "noms/liste/e/")
    assert len({above.label, within.label}) == 2


@pytest.mark.large
def test_each_thing_stands_once_and_no_address_goes_away_as_a_list_grows() -> None:
    chance = random.Random(16)
    letters = "abcdeéœłz 3'日Ω"
    names: list[str] = []
    known: set[str] = set()
    for _ in range(40):
        names += ["".join(chance.choices(letters, k=chance.randrange(1, 6))) for _ in range(25)]
        of = divided(names, 30)
        assert sorted(one for own in shown(of).values() for one in own) == sorted(names)
        addresses = [one.address for one in of.places()]
        assert len(set(addresses)) == len(addresses)
        assert known <= set(addresses)
        assert all(re.fullmatch(r"noms/(liste/[a-z0-9-]+/)?", one) for one in addresses)
        known = set(addresses)


def test_time_is_divided_by_year_then_by_month() -> None:
    days = [date(2024, 1, 1) + timedelta(days=20 * n) for n in range(30)][::-1]
    whole = divide(days, BY_DAY, 18, first=10)
    assert [part.key for part in whole.parts] == ["2025", "2024"]
    late, early = whole.parts
    assert (late.parts, late.own) == ((), late.things)
    assert [part.key for part in early.parts][:2] == ["2024-12", "2024-11"]
    assert early.own == ()
    assert [BY_DAY.name(one, TR) for one in ("2024", "2024-12")] == ["2024", "décembre 2024"]


# On a site

SMALL = Sizes(
    meetings=60,
    people=40,
    organisations=30,
    places=30,
    tags=40,
    themes=4,
    posts=20,
    trips=4,
    courses=30,
    sessions=20,
    needs=20,
    facilitators=20,
    skills=3,
    series=1,
)
"""Of every sort enough to be divided, where a page has little room."""


class Grown:
    """A site as it was compiled; what a failing test shows of it is short."""

    def __init__(self, made: Compiled) -> None:
        self.plan, self.tree, self.community = made.plan, made.tree, made.community


def files(made: Grown) -> Mapping[str, str]:
    return {name: content(leaf).decode() for name, leaf in made.tree if name.endswith(".md")}


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Grown]:
    """A small site whose pages have little room."""
    root = tmp_path_factory.mktemp("grown")
    grown(root, SMALL)
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(division, "ROOM", LITTLE)
        for module, name, few in LIMITS:
            patched.setattr(f"parcours.pages.{module}.{name}", few)
        yield Grown(compiled(root / "mkdocs.yml", datetime.fromisoformat(NOW), draws=False))


LITTLE = 2_500
"""Octets that a list may take there."""

LIMITS = (
    *(("entities", name, 5) for name in ("COMING", "PAST", "NAMES", "TALKS", "AT_ONCE")),
    *(("tags", name, 5) for name in ("COMING", "PAST")),
    *(("collections", name, 5) for name in ("COMING", "PAST")),
    ("gallery", "ON_ONE_PAGE", 8),
    ("subscribing", "GROUP", 5),
    ("report", "COUNTED", 5),
    ("report", "PARTS", 5),
)
"""What a page shows at most of many things, made few."""


DIVIDED = {
    "personnes": ("liste/a", "liste/o"),
    "organisations": ("liste/o", "liste/or", "liste/org"),
    "lieux": ("liste/l",),
    "mots-cles": ("liste/a", "liste/c"),
    "mots-cles/souvent": ("liste/2018", "liste/2026"),
    "themes/theme-0": ("liste/2018",),
    "personnes/p0": ("liste/2018",),
    "organisations/org-0": ("liste/2018",),
    "territoires/bretagne": (
        "liste/2018",
        "lieux",
        "organisations",
        "personnes",
        "personnes/liste/a",
    ),
    "rencontres": ("liste/2018",),
    "mooc": ("liste/c", "liste/co"),
    "mooc/c0": ("liste/2018",),
    "actualites": ("liste/2018",),
    "replays": ("2018", "2019"),
    "boite/besoins": ("liste/2026",),
    "boite/facilitateurs": ("liste/f",),
}


@pytest.mark.large
@pytest.mark.parametrize(("address", "parts"), DIVIDED.items())
def test_every_sort_of_list_is_divided(small: Grown, address: str, parts: tuple[str, ...]) -> None:
    found = {page.address: (page.parent, page.searchable) for page in small.plan}
    for part in parts:
        assert f"{address}/{part}/" in found
        parent, is_searchable = found[f"{address}/{part}/"]
        assert not is_searchable
        assert parent
        assert parent.startswith(f"{address}/")


@pytest.mark.large
def test_all_that_leads_to_a_part_or_from_it_leads_somewhere(small: Grown) -> None:
    known = {page.address for page in small.plan} | {f"{name}" for name in small.tree.files}
    for page in small.plan:
        text = content(small.tree.files[page.path]).decode()
        body = text.partition("\n---\n")[2]
        if page.authored is not None or not body.strip():
            continue
        drawn = html.fragment_fromstring(body, create_parent=True)
        for href in drawn.xpath(".//a/@href"):
            parts = urlsplit(href)
            if parts.scheme or not parts.path:
                continue
            there = resolved(page.address, parts.path)
            assert there in known, (page.address, href)


def resolved(address: str, path: str) -> str:
    """Where a relative link of a page leads."""
    found: list[str] = []
    for part in PurePosixPath(address, path).parts:
        if part == "..":
            found.pop()
        elif part != ".":
            found.append(part)
    whole = "/".join(found)
    return f"{whole}/" if whole and path.endswith("/") else whole


def joined(text: Mapping[str, str], pattern: str) -> str:
    return "".join(one for name, one in text.items() if re.fullmatch(pattern, name))


@pytest.mark.large
def test_nobody_and_nothing_is_lost_between_the_parts(small: Grown) -> None:
    text = files(small)
    people = "".join(
        one for name, one in text.items() if re.match(r"personnes(/liste/.*)?\.md", name)
    )
    assert set(re.findall(r'href="[./]*personnes/(p\d+)/"', people)) == {f"p{n}" for n in range(40)}
    years = "".join(
        one for name, one in text.items() if name.startswith("mots-cles/souvent/liste/")
    )
    found = re.findall(r'href="[./]*rencontres/(r\d+)/"', years)
    assert sorted(found) == sorted(f"r{n}" for n in range(60))
    replays = joined(text, "replays/.*")
    filmed = [one for one in small.community.events if one.record.replay]
    assert {one.id for one in filmed} == set(re.findall(r"rencontres/(r\d+)/#replay", replays))


@pytest.mark.large
def test_a_part_says_where_it_is(small: Grown) -> None:
    text = files(small)["organisations/liste/or.md"]
    drawn = html.fragment_fromstring(text.partition("\n---\n")[2], create_parent=True)
    assert drawn.xpath("string(.//h1)") == "Organisations\u00a0: Or"
    assert drawn.xpath(".//*[@aria-current='page']/text()")[-1].strip() == "Or"
    assert drawn.xpath("string(.//a[@aria-current='true'])").startswith("O")
    labels = drawn.xpath(".//nav/@aria-label")
    assert len(set(labels)) == len(labels)


@pytest.mark.large
def test_the_agenda_leads_to_years_and_months(small: Grown) -> None:
    text = files(small)
    assert "sur une page" not in text["recherche.md"]
    every = text["agenda/toutes.md"]
    assert 'href="../../agenda/2018/"' in every
    assert "pc-rows" not in every
    year = text["agenda/2019.md"]
    assert re.search(r'<li id="m-2019-01"><a class="pc-chip" href="../../agenda/2019-01/">', year)
    assert "pc-rows" not in year


SEEN = Sizes(meetings=12, people=16, organisations=8, themes=1)
ADDRESSES = ("personnes/", "organisations/liste/or/", "themes/theme-0/liste/2019/")


@pytest.mark.deep
@pytest.mark.large
@pytest.mark.browser
def test_divided_lists_pass_axe(
    site: Site, monkeypatch: pytest.MonkeyPatch, browser: Browser
) -> None:
    grown(site.root, SEEN)
    monkeypatch.setattr(division, "ROOM", LITTLE)
    for module, name, few in LIMITS:
        monkeypatch.setattr(f"parcours.pages.{module}.{name}", few)
    with serving(site.build()) as local:
        for width in (1280, 320):
            with reading(browser, width=width) as page:
                for address in ADDRESSES:
                    page.goto(local + address)
                    still(page)
                    assert faults(page, scheme=by_width(page)) == []
                    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
                    expect(page.locator("[aria-current='page'].pc-chip")).not_to_have_count(0)


MANY = Sizes(
    meetings=700,
    people=1500,
    organisations=700,
    places=700,
    tags=1500,
    themes=3,
    posts=500,
    needs=500,
    facilitators=600,
    skills=3,
)
HEAVIEST = ROOM * 1.25
"""Octets of a list that is as heavy as one may be, since what it weighs is known about."""


@pytest.mark.deep
@pytest.mark.large
def test_no_list_is_heavier_than_a_page_may_be(site: Site) -> None:
    grown(site.root, MANY)
    made = compiled(site.root / "mkdocs.yml", datetime.fromisoformat(NOW), draws=False)
    alike = {"entity.html", "tag.html"}
    lists = [
        page
        for page in made.plan
        if page.source is None and alike.isdisjoint(one.template for one in page.blocks.values())
    ]
    busiest = (
        "personnes/p0/",
        "organisations/org-0/",
        "territoires/bretagne/",
        "mots-cles/souvent/",
    )
    lists += map(made.plan.page, busiest)
    heavy = {
        page.address: size
        for page in lists
        if (size := len(content(made.tree.files[page.path]))) > HEAVIEST
    }
    assert heavy == {}


# Sessions to take over


def with_open(site: Site, count: int) -> Site:
    """A course of which sessions are open, one a week; the last has no date yet."""
    relay = "      relay: {name: Suite, address: suite}\n      collections:"
    site.write("mkdocs.yml", FRENCH.replace("      collections:", relay))
    site.write("content/mooc/c/index.md", "---\ntitle: Un cours\nrelay: {asks: [Un cas]}\n---\n")
    for n, day in enumerate(THURSDAYS[: count - 1], 1):
        when = f"start: {day} 12:30\nduration: 1h\n"
        site.write(f"content/mooc/c/s{n}.md", f"---\ntitle: S{n}\n{when}state: open\n---\nx\n")
    last = f"---\ntitle: S{count}\nundated: future\nstate: open\n---\nx\n"
    site.write(f"content/mooc/c/s{count}.md", last)
    site.commit()
    return site


@pytest.mark.large
def test_few_sessions_to_take_over_are_one_page(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(division, "ROOM", ROOM)
    made = compiled(
        with_open(site, 9).root / "mkdocs.yml", datetime.fromisoformat(NOW), draws=False
    )
    assert [one.address for one in made.plan if one.address.startswith("suite/")] == ["suite/"]
    drawn = html.fromstring(content(made.tree.files["suite.md"]).decode())
    assert drawn.xpath("//article/@id") == [f"c-s{n}" for n in range(1, 10)]


def test_many_sessions_to_take_over_are_divided(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(division, "ROOM", 6 * 2_000)
    monkeypatch.setattr("parcours.pages.relay.NEAR", 3)
    made = compiled(
        with_open(site, 20).root / "mkdocs.yml", datetime.fromisoformat(NOW), draws=False
    )
    drawn = {
        one.address: html.fromstring(content(made.tree.files[one.path]).decode())
        for one in made.plan
        if one.address.startswith("suite/")
    }
    parts = ("2026", "2027", "2027-01", "2027-02", "2027-03", "2027-04")
    assert list(drawn) == ["suite/", *(f"suite/liste/{part}/" for part in parts)]
    whole, year, month = drawn["suite/"], drawn["suite/liste/2027/"], drawn["suite/liste/2027-02/"]
    # The nearest, and what has no day, are told there; all others keep their place, and lead on.
    assert whole.xpath("//article/@id") == ["c-s1", "c-s2", "c-s3", "c-s20"]
    assert whole.xpath("//li/@id") == [f"c-s{n}" for n in range(4, 20)]
    assert whole.xpath("//li[@id='c-s11']/a/@href") == ["../suite/liste/2027-02/#c-s11"]
    assert month.xpath("//article/@id") == ["c-s10", "c-s11", "c-s12", "c-s13"]
    assert [one.strip() for one in month.xpath("//h1//text()")] == ["Suite\u00a0: février 2027"]
    assert (year.xpath("//article"), year.xpath("//*[@class='pc-note']")) == ([], [])
    told = [
        id for name, one in drawn.items() if name != "suite/" for id in one.xpath("//article/@id")
    ]
    assert told == [f"c-s{n}" for n in range(1, 20)]


# The dates of a series


OTHER = "dates:\n  2018-03-15: {title: Une autre}\n"


def series(site: Site, rule: str, start: str = "2017-01-05 12:30") -> html.HtmlElement:
    """The page of a series."""
    front = f"title: Serie\nstart: {start}\nduration: 1h\nrepeat: {rule}\n"
    front += "exception: chaque jour\n" if "day" in rule else ""
    dates = "" if "count: 60" in rule or "day" in rule else OTHER
    site.write("webinars/serie.md", f"---\n{front}{dates}---\nx\n")
    site.commit()
    made = compiled(site.root / "mkdocs.yml", datetime.fromisoformat(NOW), draws=False)
    (event,) = made.community.events
    drawn = html.fromstring(content(made.tree.files["comptoirs/serie.md"]).decode())
    # Whatever is folded, each date has its place on the one page of its series, once.
    keys = [one.date.key for one in event.dates if one.date]
    assert sorted(drawn.xpath("//li[contains(@class, 'pc-date')]/@id")) == sorted(keys)
    return drawn


def folds(drawn: html.HtmlElement, path: str) -> list[str]:
    return [" ".join(one.text_content().split()) for one in drawn.xpath(f"{path}/summary")]


PAST_DATES = "//details[contains(@class, 'pc-dates-past')]"


def test_few_dates_of_a_series_are_one_list(site: Site) -> None:
    drawn = series(site, "{every: week, count: 60}")
    assert folds(drawn, "//details[contains(@class, 'pc-dates')]") == ["60 dates passées"]
    assert len(drawn.xpath(f"{PAST_DATES}/ol/li")) == 60


def test_dates_of_many_years_are_folded_by_year(site: Site) -> None:
    drawn = series(site, "{every: week, until: 2030-12-31}")
    assert folds(drawn, f"{PAST_DATES}/details")[:2] == ["2026 47 dates", "2025 52 dates"]
    coming = "//section/details[contains(@class, 'pc-dates-year')]"
    assert folds(drawn, coming) == ["2028 50 dates", "2029 52 dates", "2030 52 dates"]
    nearest = drawn.xpath("//section/ol[@class='pc-dates']/li/@id")
    assert (len(nearest), nearest[0], nearest[-1]) == (60, "2026-11-26", "2028-01-13")
    (other,) = drawn.xpath("//li[@id='2018-03-15']/span[@class='pc-date__title']")
    assert other.text == "Une autre"


def test_a_year_of_many_dates_is_folded_by_month(site: Site) -> None:
    drawn = series(site, "{every: day, count: 400}", "2025-01-01 9:00")
    assert folds(drawn, f"{PAST_DATES}/details") == ["2026 35 dates", "2025 365 dates"]
    months = folds(drawn, f"{PAST_DATES}/details/details")
    assert (months[0], months[-1], len(months)) == (
        *("décembre 2025 31 dates", "janvier 2025 31 dates", 12),
    )


@pytest.mark.large
def test_dates_that_have_no_room_are_their_days_alone(site: Site) -> None:
    drawn = series(site, "{every: week, count: 1990}", "2009-01-08 12:30")
    page = html.tostring(drawn, encoding="unicode")
    assert len(page) < ROOM
    assert drawn.xpath("//li[@id='2009-01-08']/*/text()") == ["jeudi 8\xa0janvier"]
    # What says something of its own says it here too.
    assert len(drawn.xpath("//li[@id='2018-03-15']/span[@class='pc-date__title']")) == 1


@pytest.mark.large
@pytest.mark.browser
def test_a_date_in_a_folded_year_is_found_at_its_address(site: Site, browser: Browser) -> None:
    series(site, "{every: week, until: 2030-12-31}")
    with serving(site.build()) as local, reading(browser, width=320) as page:
        for key in ("2018-03-15", "2029-03-15", "2026-12-03"):
            page.goto(f"{local}comptoirs/serie/")
            page.goto(f"{local}comptoirs/serie/#{key}")
            expect(page.locator(f"[id='{key}']")).to_be_in_viewport()
        page.locator("details").evaluate_all("all => all.forEach((one) => (one.open = true))")
        still(page)
        assert faults(page, scheme=by_width(page)) == []
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


# Feeds


def meeting(site: Site, name: str, day: str, more: str = "") -> None:
    site.write(f"webinars/{name}.md", f"---\ntitle: {name}\nstart: {day} 12:30\n{more}---\nx\n")


def entries(calendar: Path) -> list[bytes]:
    return re.findall(rb"BEGIN:VEVENT.*?END:VEVENT\r\n", calendar.read_bytes(), re.DOTALL)


def ids(calendar: Path) -> set[str]:
    return {uid.partition(".")[0] for uid in vevents(calendar)}


@pytest.mark.large
@pytest.mark.parametrize("by", ["number", "size"])
def test_what_a_full_calendar_has_no_room_for_is_in_those_of_its_years(
    site: Site, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], by: str
) -> None:
    meeting(site, "passe", "2026-11-19")
    for n in (0, 1, 2, 3, 8, 60):
        meeting(site, f"n{n}", str(THURSDAYS[n]))
    site.commit()
    folder = site.feeds() / "flux/comptoirs"
    each = len(entries(folder.with_suffix(".ics"))[0])
    monkeypatch.setattr(feeds, "FEW", 1)
    limits = {"number": ("COUNT_LIMIT", 3), "size": ("SIZE_LIMIT", 3 * each + each // 2)}
    monkeypatch.setattr(feeds, *limits[by])
    out = site.feeds()
    assert ids(folder.with_suffix(".ics")) == {"n0", "n1", "n2"}
    assert {one.name: ids(one) for one in sorted(folder.glob("*.ics"))} == {
        "2026.ics": {"passe", "n0", "n1"},
        "2026-2.ics": {"n2", "n3"},
        "2027.ics": {"n8"},
        "2028.ics": {"n60"},
    }
    # None of them is said to be cancelled, and each says the same wherever it stands.
    own = (out / "comptoirs/n60.ics").read_text()
    assert "STATUS:CONFIRMED" in own
    entry = own[own.index("BEGIN:VEVENT") : own.index("END:VEVENT")]
    assert entry in (out / "flux/comptoirs/2028.ics").read_text()
    site.run("check", "--lang", "en")
    told = [line for line in capsys.readouterr().out.splitlines() if "flux/comptoirs.ics" in line]
    assert len(told) == 1
    assert "warning[feed-full]" in told[0]
    size = sum(len(one) for one in entries(out / "flux/comptoirs.ics"))
    assert f"with 3 entries and {-(-size // 1000)} kB" in told[0]
    assert "the 3 meetings furthest ahead" in told[0]
    years = ("2026-2", "2027", "2028")
    assert ", ".join(f"flux/comptoirs/{year}.ics" for year in years) in told[0]


def test_recordings_that_have_no_room_are_told(
    site: Site, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Of the feed of replays and of each podcast, the oldest are left out."""
    for number, day in enumerate(("2026-10-01", "2026-10-08", "2026-10-15")):
        sound = f"https://video.example/{number}.mp3"
        meeting(site, f"r{number}", day, f"replay: {{audio: '{sound}', size: 9000000}}\n")

    def told() -> dict[str, str]:
        site.run("check", "--lang", "en")
        lines = [line for line in capsys.readouterr().out.splitlines() if "recordings" in line]
        return {line.split("the feed ")[1].split(" ")[0]: line for line in lines}

    assert told() == {}
    monkeypatch.setattr(feeds, "NEWS_SIZE_LIMIT", 3_000)
    found = told()
    assert {"flux/replays.rss.xml", "flux/comptoirs.podcast.xml"} <= found.keys()
    for line in found.values():
        assert "warning[recordings-full]" in line
        held = re.search(
            r"with (\d) recordings and \d+ kB: it has no room for the (\d) oldest", line
        )
        assert held is not None
        assert int(held[1]) + int(held[2]) == 3
        assert "replays/ has all" in line


def test_a_calendar_that_is_not_full_has_no_year_to_come(site: Site) -> None:
    meeting(site, "passe", "2026-11-19")
    meeting(site, "n60", str(THURSDAYS[60]))
    out = site.feeds()
    assert ids(out / "flux/comptoirs.ics") == {"passe", "n60"}
    assert [one.name for one in (out / "flux/comptoirs").glob("*.ics")] == ["2026.ics"]


def test_a_full_calendar_says_the_same_of_what_comes_nearer(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(feeds, "COUNT_LIMIT", 2)
    for n in range(4):
        meeting(site, f"n{n}", str(THURSDAYS[n]))
    site.commit()
    before = entries(site.feeds() / "flux/comptoirs/2026-2.ics")
    later = site.feeds(now="2026-12-11T09:00:00Z")
    assert ids(later / "flux/comptoirs.ics") == {"n2", "n3"}
    assert entries(later / "flux/comptoirs.ics") == before


def test_a_series_is_as_near_as_its_next_date(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(feeds, "COUNT_LIMIT", 2)
    meeting(site, "serie", "2024-06-06", "repeat: chaque année\n")
    for n in range(3):
        meeting(site, f"n{n}", str(THURSDAYS[n]))
    out = site.feeds()
    assert ids(out / "flux/comptoirs.ics") == {"n0", "n1"}


def test_a_narrow_calendar_that_is_full_has_its_years_too(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also one whose past is kept in wider ones alone."""
    monkeypatch.setattr(feeds, "COUNT_LIMIT", 2)
    site.write("content/data/themes/sol.yml", "name: Sol\n")
    for n in (0, 1, 60):
        meeting(site, f"n{n}", str(THURSDAYS[n]), "themes: [sol]\n")
    meeting(site, "passe", "2026-11-19", "themes: [sol]\n")
    folder = site.feeds() / "flux/comptoirs/themes/sol"
    assert ids(folder.with_suffix(".ics")) == {"n0", "n1"}
    assert [(one.name, ids(one)) for one in folder.glob("*.ics")] == [("2028.ics", {"n60"})]


def test_of_a_whole_programme_that_is_added_the_nearest_are_news(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(feeds, "NEWS_LIMIT", 3)
    for n in range(6):
        meeting(site, f"n{n}", str(THURSDAYS[n]))
    site.commit("2026-11-20T09:00:00Z")
    rss = (site.feeds() / "flux/comptoirs.rss.xml").read_text()
    told = re.findall(r"<link>[^<]*/comptoirs/(n\d)/</link>", rss)
    assert told == ["n2", "n1", "n0"]
    # What is told later is newer, however far ahead it is.
    meeting(site, "n9", str(THURSDAYS[9]))
    site.commit("2026-11-21T09:00:00Z")
    rss = (site.feeds() / "flux/comptoirs.rss.xml").read_text()
    assert re.findall(r"<link>[^<]*/comptoirs/(n\d)/</link>", rss) == ["n9", "n1", "n0"]

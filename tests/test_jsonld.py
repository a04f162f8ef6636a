"""What search engines are told of events, recordings, courses and posts: only what is so."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from .conftest import Site

pytestmark = pytest.mark.regions


Json = dict[str, object]

FRENCH_ADDRESS = "12 quai de la Fosse, 44000 Nantes"
CONFIG = "        rencontres: {kind: meeting, folder: meetings}\n"


def told(out: Path, page: str) -> list[Json]:
    """The descriptions that stand in a compiled page."""
    text = (out / f"{page}.md").read_text()
    found = re.findall(r'<script type="application/ld\+json">(.*?)</script>', text, re.DOTALL)
    assert found
    return [json.loads(one) for one in found]


def compiled(site: Site) -> Path:
    config = (site.root / "mkdocs.yml").read_text()
    site.write("mkdocs.yml", config if CONFIG in config else config + CONFIG)
    (site.root / "meetings").mkdir(exist_ok=True)
    site.commit()
    out = site.root.parent / "out"
    assert site.run("compile", "-o", str(out)) == 0
    return out


def event(site: Site, front: str, folder: str = "webinars") -> Json:
    """What is told of one event."""
    start = "" if "start:" in front else "start: 2026-12-03 12:30\n"
    site.write(f"{folder}/un.md", f"---\ntitle: Un\n{start}{front}---\nTexte.\n")
    address = {"webinars": "comptoirs", "meetings": "rencontres"}.get(folder, folder)
    return told(compiled(site), f"{address}/un")[-1]


def virtual(url: str) -> Json:
    return {"@type": "VirtualLocation", "url": url}


PAGE = "https://petit.example/x/comptoirs/un/"


@pytest.mark.large
def test_an_event_says_no_more_than_its_source(site: Site) -> None:
    data = event(site, "")
    assert set(data) == {
        *("@context", "@type", "name", "url", "eventStatus", "eventAttendanceMode"),
        *("description", "image", "startDate", "location"),
    }
    assert "endDate" in event(site, "duration: 2h\n")


@pytest.mark.large
@pytest.mark.parametrize(
    ("front", "locations"),
    [
        ("", [virtual(PAGE)]),
        ("online: https://v.example/a\n", [virtual("https://v.example/a")]),
        ("status: cancelled\n", [virtual(PAGE)]),
        ("status: moved-online\nplace: quai\n", [virtual(PAGE)]),
        ("place: quai\nmode: hybrid\n", ["Quai", virtual(PAGE)]),
        ("place: quai\nonline: https://v.example/a\n", ["Quai", virtual("https://v.example/a")]),
        ("place: quai\n", ["Quai"]),
        ("mode: on-site\nterritories: [bretagne]\n", ["Bretagne"]),
    ],
)
def test_where_an_event_takes_place(site: Site, front: str, locations: list[object]) -> None:
    site.write("content/data/places/quai.yml", "name: Quai\nterritory: bretagne\n")
    found = event(site, front)["location"]
    assert isinstance(found, list)
    assert [one if one["@type"] == "VirtualLocation" else one["name"] for one in found] == locations


@pytest.mark.large
def test_nobody_knows_where_a_dinner_takes_place(site: Site) -> None:
    data = event(site, "", "meetings")
    assert "location" not in data
    assert "eventAttendanceMode" not in data
    out = site.root.parent / "out"
    page = (out / "rencontres" / "un.md").read_text()
    assert "En ligne" not in page
    assert "Sur place" not in page
    assert not (out / "flux" / "modes").exists() or not any(
        "rencontres/un" in path.read_text() for path in (out / "flux" / "modes").rglob("*.ics")
    )
    ics = (out / "rencontres" / "un.ics").read_text()
    assert "LOCATION" not in ics
    rows = json.loads((out / "agenda" / "rencontres.json").read_text())
    assert rows["modes"] == [["", ""]]


@pytest.mark.large
@pytest.mark.parametrize(
    ("address", "found"),
    [
        (
            FRENCH_ADDRESS,
            {
                "@type": "PostalAddress",
                "streetAddress": "12 quai de la Fosse",
                "postalCode": "44000",
                "addressLocality": "Nantes",
                "addressRegion": "Bretagne",
            },
        ),
        (
            "97400 Saint-Denis, Bretagne",
            {
                "@type": "PostalAddress",
                "postalCode": "97400",
                "addressLocality": "Saint-Denis",
                "addressRegion": "Bretagne",
            },
        ),
        ("Rennes", "Rennes"),
        ("Halle 3, 44000 Nantes, cedex 2", "Halle 3, 44000 Nantes, cedex 2"),
        (None, {"@type": "PostalAddress", "addressRegion": "Bretagne"}),
    ],
)
def test_an_address_is_parted_where_that_is_sure(
    site: Site, address: str | None, found: object
) -> None:
    line = f"address: {address}\n" if address else ""
    site.write("content/data/places/quai.yml", f"name: Quai\n{line}territory: bretagne\n")
    places = event(site, "place: quai\n")["location"]
    assert isinstance(places, list)
    assert [place["address"] for place in places] == [found]


OPEN = {"@type": "Offer", "url": "https://i.example/", "availability": "https://schema.org/InStock"}


@pytest.mark.large
@pytest.mark.parametrize(
    ("registration", "offer"),
    [
        ("{url: 'https://i.example/'}", {**OPEN, "validThrough": "2026-12-03T12:30:00+00:00"}),
        (
            "{url: 'https://i.example/', deadline: 2026-12-01}",
            {**OPEN, "validThrough": "2026-12-02T00:00:00+01:00"},
        ),
        (
            "{url: 'https://i.example/', state: full}",
            {**OPEN, "availability": "https://schema.org/SoldOut"},
        ),
        ("{url: 'https://i.example/', state: closed}", None),
        ("{deadline: 2026-12-01}", None),
        ("{url: 'https://i.example/'}\nstatus: cancelled", None),
    ],
)
def test_registration_is_an_offer_without_a_price(
    site: Site, registration: str, offer: Json | None
) -> None:
    assert event(site, f"registration: {registration}\n").get("offers") == offer


@pytest.mark.large
def test_a_picture_goes_before_the_image_of_shared_links(site: Site) -> None:
    images = event(site, "")["image"]
    assert isinstance(images, list)
    (image,) = images
    assert image.startswith("https://petit.example/x/assets/cards/comptoirs/un.png?v=")
    site.write("webinars/a.png", b"\x89PNG\r\n\x1a\n")
    data = event(site, "image: {src: a.png, alt: A}\n")
    assert data["image"] == [f"{PAGE}a.png"]


@pytest.mark.large
def test_a_recording_has_what_a_result_needs(site: Site) -> None:
    front = "start: 2026-11-05 12:30\nreplay:\n  video: https://v.example/un.mp4\n"
    front += (
        '  duration: 52:10\n  chapters:\n  - {at: "0:00", title: A}\n  - {at: 5:30, title: B}\n'
    )
    site.write("webinars/un.md", f"---\ntitle: Un\n{front}---\nTexte.\n")
    video = next(one for one in told(compiled(site), "comptoirs/un") if one["@type"] != "Event")
    assert "uploadDate" not in video  # nobody knows
    site.write("webinars/un.md", "---\ntitle: Un\nstart: 2026-11-05 12:30\n---\nTexte.\n")
    site.commit("2026-11-06T00:00:00Z")
    site.write("webinars/un.md", f"---\ntitle: Un\n{front}---\nTexte.\n")
    site.commit("2026-11-10T00:00:00Z")
    video = next(one for one in told(compiled(site), "comptoirs/un") if one["@type"] != "Event")
    assert video["uploadDate"] == "2026-11-10T00:00:00+00:00"
    assert video["thumbnailUrl"]
    assert video["duration"] == "PT3130S"
    clips = video["hasPart"]
    assert isinstance(clips, list)
    assert [(one["startOffset"], one["endOffset"]) for one in clips] == [(0, 330), (330, 3130)]
    assert "inLanguage" not in video
    assert "isAccessibleForFree" not in video


@pytest.mark.large
def test_sessions_say_how_they_are_held(site: Site) -> None:
    site.write("content/data/places/quai.yml", "name: Quai\nterritory: bretagne\n")
    site.write("content/mooc/c/index.md", "---\ntitle: C\n---\nTexte.\n")
    site.write(
        "content/mooc/c/a.md", "---\ntitle: A\nstart: 2027-01-05 9:00\nplace: quai\n---\nT\n"
    )
    site.write("content/mooc/c/b.md", "---\ntitle: B\nstart: 2027-01-06\n---\nT\n")
    out = compiled(site)
    course = told(out, "mooc/c")[-1]
    instances = course["hasCourseInstance"]
    assert isinstance(instances, list)
    assert [one["courseMode"] for one in instances] == ["Onsite", "Online"]
    assert [one.get("courseWorkload") for one in instances] == ["PT1H0M", None]
    assert all("location" in one for one in instances)
    session = told(out, "mooc/c-a")[-1]
    assert session["@type"] == "CourseInstance"
    assert "superEvent" not in session


@pytest.mark.large
def test_a_post_names_its_authors_by_their_pages(site: Site) -> None:
    site.write("content/data/people/p.yml", "name: Rôle\nconsent: oui, 2026\n")
    front = "title: P\ndate: 2026-01-02\nauthors: [p]\nupdated: 2026-01-03 10:00\n"
    site.write("content/actualites/p.md", f"---\n{front}---\nTexte.\n")
    data = told(compiled(site), "actualites/p")[-1]
    assert data["image"]
    assert data["dateModified"] == "2026-01-03T10:00:00+00:00"
    assert data["author"] == [
        {"@type": "Person", "name": "Rôle", "url": "https://petit.example/x/personnes/p/"}
    ]
    assert "inLanguage" not in data

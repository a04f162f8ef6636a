"""Podcasts, as two independent parsers and the applications that use them understand them."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any

import feedparser
import podcastparser
import pytest
from lxml import etree
from PIL import Image

from parcours.feeds.podcast import show_guid

from .conftest import NOW, Site
from .corpora import Corpus

SPACES = {
    "itunes": "http://www.itunes.com/dtds/podcast-1.0.dtd",
    "podcast": "https://podcastindex.org/namespace/1.0",
    "atom": "http://www.w3.org/2005/Atom",
}
BASE = "https://petit.example/x/"
SOUND = b"ID3" + bytes(1200)
PERSON = "name: A. B.\nrole: formatrice\nconsent: accord écrit du 3 mars 2026\n"
UN = """---
title: "Un & deux"
start: 2026-10-01 12:30
speakers: [a]
replay:
  video: https://video.example/un.mp4
  audio: son.mp3
  captions: un.vtt
  duration: 52:10
  chapters:
    - {at: "0:00", title: Bienvenue}
    - {at: "6:40", title: "L’essentiel"}
---
Ce que l’on a dit.
"""
DEUX = """---
title: Deux
start: 2025-10-02 12:30
replay:
  video: https://video.example/deux.mp4
  size: 48 213 504 octets
---
"""
PAGE = """---
title: Trois
start: 2025-10-09 12:30
replay: {video: https://video.example/trois}
---
"""
CAPTIONS = "WEBVTT\n\n00:00:00.000 --> 00:00:05.000\nBonjour.\n"


def fill(site: Site) -> None:
    site.write("content/data/people/a.yml", PERSON)
    site.write("webinars/un/index.md", UN)
    site.write("webinars/un/son.mp3", SOUND)
    site.write("webinars/un/un.vtt", CAPTIONS)
    site.write("webinars/deux.md", DEUX)
    site.write("webinars/trois.md", PAGE)


@pytest.fixture
def filled(site: Site) -> Site:
    fill(site)
    return site


def feed(out: Path, name: str = "comptoirs") -> Path:
    return out / "flux" / f"{name}.podcast.xml"


def read(data: bytes) -> dict[str, Any]:
    """What podcastparser understands, which gPodder reads podcasts with."""
    found: dict[str, Any] = podcastparser.parse("https://petit.example/", io.BytesIO(data))
    return found


def lacks(data: bytes) -> list[str]:
    """What Apple requires of a feed, and is not in it."""
    root = etree.fromstring(data)
    show = ["title", "description", "language", "link", "itunes:image/@href", "itunes:explicit"]
    show += ["itunes:category/@text", "itunes:author", "atom:link[@rel='self']", "podcast:guid"]
    item = ("title", "enclosure/@url", "enclosure/@type", "enclosure/@length", "guid", "pubDate")
    channel = root.find("channel")
    found = [path for path in show if not channel.xpath(path, namespaces=SPACES)]
    for one in channel.findall("item"):
        found += [path for path in item if not one.xpath(path, namespaces=SPACES)]
        found += [path for path in item if len(one.xpath(path, namespaces=SPACES)) > 1]
    return found


def said(data: bytes, path: str) -> list[str]:
    found: list[str] = etree.fromstring(data).xpath(path, namespaces=SPACES)
    return found


@pytest.mark.large
def test_two_parsers_read_the_same_episodes(filled: Site) -> None:
    data = feed(filled.compile()).read_bytes()
    ours = [
        (f"{BASE}comptoirs/un/son.mp3", "audio/mpeg", len(SOUND), 3130),
        ("https://video.example/deux.mp4", "video/mp4", 48213504, 0),
    ]
    titles = ["Un & deux", "Deux"]
    parsed = read(data)
    assert parsed["title"] == "Comptoirs – Petit site"
    assert parsed["cover_url"] == f"{BASE}assets/covers/flux/comptoirs.png"
    assert parsed["itunes_author"] == "Petit site"
    assert parsed["type"] == "episodic"
    assert [one["title"] for one in parsed["episodes"]] == titles
    assert [
        (file["url"], file["mime_type"], file["file_size"], one["total_time"])
        for one in parsed["episodes"]
        for file in one["enclosures"]
    ] == ours
    other = feedparser.parse(data)
    assert not other.bozo
    assert other.version == "rss20"
    assert [one.title for one in other.entries] == titles
    assert [
        (file.href, file.type, int(file.length), int(one.get("itunes_duration", 0)))
        for one in other.entries
        for file in one.enclosures
    ] == ours
    assert [one["guid"] for one in parsed["episodes"]] == [one.id for one in other.entries]


@pytest.mark.large
def test_feeds_of_news_say_the_size_that_is_told_too(filled: Site) -> None:
    out = filled.compile()
    items = json.loads((out / "flux" / "replays.json").read_text())["items"]
    sizes = {
        file["url"]: file.get("size_in_bytes")
        for one in items
        for file in one.get("attachments", ())
    }
    assert sizes == {
        "https://video.example/un.mp4": None,
        f"{BASE}comptoirs/un/son.mp3": len(SOUND),
        "https://video.example/deux.mp4": 48213504,
    }


def test_it_has_what_applications_require(filled: Site, flagship_compiled: Path) -> None:
    found = sorted(flagship_compiled.rglob("*.podcast.xml"))
    assert [one.name for one in found] == ["comptoirs.podcast.xml", "replays.podcast.xml"]
    for data in (one.read_bytes() for one in (*found, feed(filled.compile()))):
        assert lacks(data) == []
        assert b"itunes:owner" not in data
        assert said(data, "//channel/itunes:explicit/text()") == ["false"]
        assert said(data, "//podcast:locked/text()") == ["yes"]
        assert said(data, "//podcast:locked/@owner") == []
        (cover,) = said(data, "//channel/itunes:image/@href")
        assert cover.endswith(".png")


def test_a_local_file_gives_its_own_size_to_the_octet(flagship_compiled: Path) -> None:
    data = feed(flagship_compiled).read_bytes()
    site = "https://1001-parcours.example/"
    sizes = {
        file["url"]: file["file_size"]
        for one in read(data)["episodes"]
        for file in one["enclosures"]
    }
    local = [url for url in sizes if url.startswith(site)]
    assert local
    for url in local:
        assert (flagship_compiled / url.removeprefix(site)).stat().st_size == sizes[url]


@pytest.mark.large
def test_chapters_transcript_season_and_the_other_file_are_told(filled: Site) -> None:
    out = filled.compile()
    data = feed(out).read_bytes()
    page = f"{BASE}comptoirs/un"
    assert said(data, "//podcast:transcript/@url") == [f"{page}/un.vtt"]
    assert said(data, "//podcast:transcript/@type") == ["text/vtt"]
    assert (out / "comptoirs" / "un" / "un.vtt").read_text() == CAPTIONS
    assert said(data, "//podcast:chapters/@url") == [f"{page}.chapters.json"]
    assert said(data, "//podcast:chapters/@type") == ["application/json+chapters"]
    assert json.loads((out / "comptoirs" / "un.chapters.json").read_text()) == {
        "version": "1.2.0",
        "title": "Un & deux",
        "chapters": [
            {"startTime": 0, "title": "Bienvenue"},
            {"startTime": 400, "title": "L’essentiel"},
        ],
    }
    assert said(data, "//podcast:season/text()") == ["2026", "2025"]
    assert said(data, "//itunes:episode") == []
    assert said(data, "//podcast:alternateEnclosure/podcast:source/@uri") == [
        "https://video.example/un.mp4"
    ]


@pytest.mark.large
def test_its_identities_are_those_of_the_news_and_stay(filled: Site) -> None:
    out = filled.compile()
    before = feed(out).read_bytes()
    (guid,) = said(before, "//podcast:guid/text()")
    assert guid == show_guid(f"{BASE}flux/comptoirs.podcast.xml")
    # The example of the name space.
    known = show_guid("https://mp3s.nashownotes.com/pc20rss.xml")
    assert known == "917393e3-1b1e-5cef-ace4-edaa54e1f810"
    news = feedparser.parse((out / "flux" / "comptoirs.rss.xml").read_bytes())
    assert {one["guid"] for one in read(before)["episodes"]} <= {one.id for one in news.entries}
    config = filled.root / "mkdocs.yml"
    text = config.read_text().replace(
        "address: comptoirs,", "address: jeudis, aliases: [comptoirs],"
    )
    config.write_text(text)
    out = filled.compile()
    moved, old = feed(out, "jeudis").read_bytes(), feed(out).read_bytes()
    for data in (moved, old):
        assert said(data, "//podcast:guid/text()") == [guid]
        assert [one["guid"] for one in read(data)["episodes"]] == [
            one["guid"] for one in read(before)["episodes"]
        ]
    assert said(moved, "//itunes:new-feed-url") == []
    assert said(old, "//itunes:new-feed-url/text()") == [f"{BASE}flux/jeudis.podcast.xml"]


@pytest.mark.large
def test_who_speaks_is_named_and_leaves_no_trace(filled: Site) -> None:
    out = filled.compile()
    data = feed(out).read_bytes()
    assert said(data, "//podcast:person/text()") == ["A. B."]
    assert said(data, "//podcast:person/@role") == ["guest"]
    assert said(data, "//podcast:person/@href") == [f"{BASE}personnes/a/"]
    (filled.root / "content/data/people/a.yml").unlink()
    filled.write("webinars/un/index.md", UN.replace("speakers: [a]\n", ""))
    out = filled.compile()
    data = feed(out).read_bytes()
    assert said(data, "//podcast:person") == []
    assert b"A. B." not in data
    assert b"personnes/a" not in data


@pytest.mark.large
def test_a_size_is_asked_for_at_its_place(filled: Site, capsys: pytest.CaptureFixture[str]) -> None:
    filled.write("webinars/deux.md", DEUX.replace("  size: 48 213 504 octets\n", ""))
    filled.write("webinars/trois.md", PAGE.replace("trois}", "trois, size: 5}"))
    filled.write("webinars/un/index.md", UN.replace("son.mp3\n", "son.mp3\n  size: 1203\n"))
    out = filled.compile()
    told = capsys.readouterr().err
    assert "webinars/deux.md:5:10: warning[no-size]" in told
    assert "webinars/trois.md:4:52: warning[idle-size]" in told
    assert "webinars/un/index.md:8:9: warning[idle-size]" in told
    lengths = said(feed(out).read_bytes(), "//enclosure/@length")
    assert lengths == [str(len(SOUND))]  # what says no size is no episode
    stream = PAGE.replace(
        "video: https://video.example/trois", "audio: https://s.example/s?id=4, size: 5"
    )
    filled.write("webinars/trois.md", stream)
    filled.compile()
    assert "écrivez l’adresse du fichier lui-même" in capsys.readouterr().err
    filled.write("webinars/deux.md", DEUX.replace("48 213 504 octets", "48 Mo"))
    assert filled.run("check") == 1
    assert "webinars/deux.md:6:9: error[bad-value]" in capsys.readouterr().out


@pytest.mark.large
def test_only_what_every_application_plays_is_offered(
    filled: Site, capsys: pytest.CaptureFixture[str]
) -> None:
    both = "{video: https://v.example/a.mp4, audio: https://v.example/a.opus, size: 7}"
    alone = "{audio: https://v.example/b.ogg, video: https://v.example/b.webm, size: 8}"
    for name, replay in (("quatre", both), ("cinq", alone)):
        front = f"title: {name}\nstart: 2026-10-0{1 if name == 'cinq' else 8} 12:30\n"
        filled.write(f"webinars/{name}.md", f"---\n{front}replay: {replay}\n---\n")
    filled.commit("2026-10-09T00:00:00Z")
    data = feed(filled.compile()).read_bytes()
    urls = said(data, "//enclosure/@url")
    assert "https://v.example/a.mp4" in urls
    assert b"a.opus" not in data
    # There is nothing else: it is offered, and told.
    assert "https://v.example/b.ogg" in urls
    assert b"b.webm" in data
    told = capsys.readouterr().err
    assert "webinars/cinq.md:4:17: warning[unplayed-file]" in told
    assert "webinars/quatre.md" not in told


@pytest.mark.large
def test_a_podcast_comes_with_its_first_episode_and_then_stays(site: Site) -> None:
    site.write("webinars/trois.md", PAGE)
    site.commit("2026-09-01T00:00:00Z")
    out = site.compile()
    assert list(out.rglob("*.podcast.xml")) == []
    assert not (out / "assets" / "covers").exists()
    assert "odcast" not in (out / "flux" / "feeds.json").read_text()
    site.write("webinars/deux.md", DEUX)
    site.commit("2026-09-02T00:00:00Z")
    assert {one.name for one in site.compile().rglob("*.podcast.xml")} == {
        "comptoirs.podcast.xml",
        "replays.podcast.xml",
    }
    site.write("webinars/deux.md", DEUX.replace("deux.mp4\n  size: 48 213 504 octets", "deux"))
    site.commit("2026-09-03T00:00:00Z")
    data = feed(site.compile()).read_bytes()
    assert read(data)["episodes"] == []
    assert not feedparser.parse(data).bozo
    (site.root / "webinars/deux.md").unlink()
    site.commit("2026-09-04T00:00:00Z")
    assert feed(site.compile()).exists()


@pytest.mark.large
def test_lists_pages_and_heads_lead_to_it(filled: Site) -> None:
    out = filled.compile()
    listed = json.loads((out / "flux" / "feeds.json").read_text())["selections"]
    found = {
        one["selection"]: (its["url"], its["type"], its["count"])
        for one in listed
        for its in one["feeds"]
        if its["format"] == "podcast"
    }
    address = f"{BASE}flux/comptoirs.podcast.xml"
    assert found == {
        "collection": (address, "application/rss+xml", 2),
        "replays": (f"{BASE}flux/replays.podcast.xml", "application/rss+xml", 2),
    }
    opml = etree.parse(out / "flux" / "feeds.opml")
    (outline,) = opml.xpath(f"//outline[@xmlUrl='{address}']")
    assert outline.get("text") == "Podcast\u00a0: Comptoirs – Petit site"
    gallery, subscribe = ((out / name).read_text() for name in ("replays.md", "s-abonner.md"))
    for page, name in ((gallery, "replays"), (subscribe, "replays")):
        assert f'flux/{name}.podcast.xml">S’abonner au podcast</a>' in page
    assert "flux/comptoirs.podcast.xml" in subscribe
    assert (
        'flux/comptoirs.podcast.xml">S’abonner au podcast</a>' in (out / "comptoirs.md").read_text()
    )
    assert "flux/comptoirs.podcast.xml" in (out / "s-abonner" / "tous.md").read_text()


@pytest.mark.large
def test_a_cover_is_square_and_opaque(filled: Site) -> None:
    with Image.open(filled.compile() / "assets/covers/flux/comptoirs.png") as cover:
        assert (cover.format, cover.size) == ("PNG", (1400, 1400))
        assert "transparency" not in cover.info


@pytest.mark.large
def test_a_site_without_feeds_or_images_for_links(filled: Site) -> None:
    config = filled.root / "mkdocs.yml"
    text = config.read_text()
    config.write_text(text.replace("uid_domain:", "cards: false\n      uid_domain:"))
    assert (filled.compile() / "assets/covers/flux/comptoirs.png").exists()
    config.write_text(text.replace("uid_domain:", "feeds: {enabled: false}\n      uid_domain:"))
    out = filled.compile()
    assert not (out / "assets/covers").exists()
    assert list(out.rglob("*.chapters.json")) == []
    assert "odcast" not in (out / "replays.md").read_text()


@pytest.mark.large
def test_sessions_of_the_only_course_of_a_year_are_numbered(site: Site) -> None:
    session = """---
title: Séance
number: 2
start: 2026-03-10 12:30
replay: {video: https://video.example/s.mp4, size: 7}
---
"""
    course = "---\ntitle: %s\nstart: 2026-03-01\nend: 2026-05-01\n---\n"
    site.write("content/mooc/un/index.md", course % "Premier Mooc")
    site.write("content/mooc/un/deux.md", session)
    data = feed(site.compile(), "mooc").read_bytes()
    assert said(data, "//podcast:season/@name") == ["Premier Mooc"]
    assert said(data, "//podcast:episode/text() | //itunes:episode/text()") == ["2", "2"]
    # Two of one year would count from one twice.
    site.write("content/mooc/autre/index.md", course % "Autre Mooc")
    data = feed(site.compile(), "mooc").read_bytes()
    assert said(data, "//podcast:season/text()") == ["2026"]
    assert said(data, "//podcast:episode") == []


@pytest.mark.large
def test_the_same_sources_give_the_same_octets(filled: Site) -> None:
    first = feed(filled.compile()).read_bytes()
    fill(filled)
    assert feed(filled.compile(now=NOW)).read_bytes() == first


@pytest.mark.deep
def test_many_meetings_make_no_more_podcasts(large_corpus: Corpus) -> None:
    """A recording is in that of its collection, and in that of all: in no crossing."""
    found = {name: data for name, data in large_corpus.files.items() if ".podcast." in name}
    collections = large_corpus.community.settings.collections
    assert len(found) == len(large_corpus.community.heard) + 1 <= len(collections) + 1
    for data in found.values():
        assert lacks(data) == []
        assert len(data) < 1_000_000


@pytest.mark.parametrize(
    ("key", "file"),
    [("audio", "a.mp3"), ("audio", "a.m4a"), ("slides", "s.pdf"), ("transcript", "t.txt")],
)
def test_an_empty_file_is_told_where_it_is_named(
    site: Site, capsys: pytest.CaptureFixture[str], key: str, file: str
) -> None:
    """A copy that broke off: its episode would have a length of nought."""
    site.write(f"webinars/{file}", b"")
    replay = f"replay:\n  video: https://video.example/un\n  {key}: {file}\n"
    text = f"---\ntitle: Un\nstart: 2026-10-01 12:30\n{replay}---\nTexte.\n"
    site.write("webinars/un.md", text)
    assert site.run("check") == 1
    column = len(f"  {key}: ") + 1
    assert f"webinars/un.md:6:{column}: error[empty-file]" in capsys.readouterr().out


def test_a_link_to_an_empty_file_is_told(site: Site, capsys: pytest.CaptureFixture[str]) -> None:
    site.write("webinars/s.pdf", b"")
    site.write("webinars/un.md", "---\ntitle: Un\nstart: 2026-10-01 12:30\n---\n[Le](s.pdf).\n")
    assert site.run("check") == 1
    assert "webinars/un.md:5:6: error[empty-file]" in capsys.readouterr().out

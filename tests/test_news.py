"""News in RSS, Atom and JSON Feed: the same items, in forms that others read."""

from __future__ import annotations

import json
from pathlib import Path

import feedparser
import pytest
from lxml import etree

from parcours.cli import main

from .conftest import Site, compiled_page

EVENT = (
    "---\ntitle: Un\nstart: 2026-10-01 12:30\n---\n"
    "Texte <b>gras</b> & [lien](../content/index.md).\n"
)
UID = "un.comptoirs@petit.example"
ATOM = "{http://www.w3.org/2005/Atom}"


def read_json(path: Path) -> dict[str, object]:
    found: dict[str, object] = json.loads(path.read_text())
    return found


def items(path: Path) -> list[dict[str, object]]:
    found = read_json(path)["items"]
    assert isinstance(found, list)
    return found


def test_three_formats_tell_the_same(flagship_compiled: Path) -> None:
    found = sorted(flagship_compiled.rglob("*.rss.xml"))
    assert len(found) > 90
    for path in found:
        rss = feedparser.parse(path.read_bytes())
        atom = feedparser.parse(path.with_name(path.name.replace(".rss.", ".atom.")).read_bytes())
        feed = read_json(path.with_name(path.name.replace(".rss.xml", ".json")))
        assert (rss.bozo, atom.bozo) == (0, 0), path
        assert (rss.version, atom.version) == ("rss20", "atom10")
        assert feed["version"] == "https://jsonfeed.org/version/1.1"
        mine = items(path.with_name(path.name.replace(".rss.xml", ".json")))
        ids = [one["id"] for one in mine]
        assert len(ids) == len(set(ids))
        assert [one.id for one in rss.entries] == ids
        assert [one.id for one in atom.entries] == [f"mid:{id}" for id in ids]
        for one, other, third in zip(rss.entries, atom.entries, mine, strict=True):
            assert one.title == other.title == third["title"]
            assert one.link == other.link == third["url"]
            assert one.published_parsed == other.published_parsed == other.updated_parsed
            assert one.content[0].value == other.content[0].value
            content = str(third["content_html"])
            assert "<script" not in content
            assert 'href="/' not in content
            assert "parcours.invalid" not in content


def test_every_feed_names_itself_and_its_page(flagship_compiled: Path) -> None:
    base = "https://1001-parcours.example/"
    for path in sorted((flagship_compiled / "flux").rglob("*.xml")):
        feed = feedparser.parse(path.read_bytes()).feed
        links = {link["rel"]: link["href"] for link in feed.links}
        assert links["self"] == base + path.relative_to(flagship_compiled).as_posix()
        page = links["alternate"].removeprefix(base).removesuffix("/")
        assert compiled_page(flagship_compiled, page).is_file(), page
    for path in sorted((flagship_compiled / "flux").rglob("*.json")):
        if path.name != "feeds.json":
            assert (
                read_json(path)["feed_url"] == base + path.relative_to(flagship_compiled).as_posix()
            )


def test_atom_has_what_the_standard_asks(flagship_compiled: Path) -> None:
    """RFC 4287, sections 4.1.1 and 4.1.2."""
    for path in sorted(flagship_compiled.rglob("*.atom.xml")):
        root = etree.parse(path).getroot()
        assert root.tag == f"{ATOM}feed"
        for element in (root, *root.findall(f"{ATOM}entry")):
            for name in ("id", "title", "updated"):
                (found,) = element.findall(f"{ATOM}{name}")
                assert found.text, (path, name)
            # An IRI, with its scheme.
            assert element.find(f"{ATOM}id").text.split(":")[0] in {"https", "mid"}
            assert root.find(f"{ATOM}author") is not None


def test_a_reader_would_see_a_broken_feed(flagship_compiled: Path) -> None:
    path = flagship_compiled / "flux" / "agenda.atom.xml"
    assert feedparser.parse(path.read_bytes()[:-30]).bozo


def test_a_person_who_opens_a_feed_reads_a_page(flagship_compiled: Path) -> None:
    for name in ("flux/agenda.rss.xml", "flux/comptoirs/territoires/bretagne.atom.xml"):
        path = flagship_compiled / name
        text = path.read_text()
        found = text.partition('<?xml-stylesheet type="text/css" href="')[2].partition('"')[0]
        assert (path.parent / found).resolve() == flagship_compiled / "assets" / "parcours-feed.css"
        assert "Comment s’abonner" in text
        assert "<script" not in text.lower()
        assert "xsl" not in text


def test_replays_are_playable(site: Site) -> None:
    site.write("webinars/un/index.md", EVENT.replace("../content/index.md", "https://a.example/"))
    site.commit("2026-10-02T00:00:00Z")
    replay = (
        "replay: {video: 'https://v.example/un.mp4', audio: son.mp3, duration: 50 min}\n"
        "image: {src: dessin.png, alt: Un dessin}\n"
    )
    text = EVENT.replace("../content/index.md", "https://a.example/").replace(
        "title", f"{replay}title"
    )
    site.write("webinars/un/index.md", text)
    site.write("webinars/un/son.mp3", b"ID3" + bytes(1200))
    site.write("webinars/un/dessin.png", b"\x89PNG")
    page = EVENT.replace("Un", "Deux").replace("../content/index.md", "https://a.example/")
    site.write(
        "webinars/deux.md", page.replace("title", "replay: {video: https://v.example/2}\ntitle")
    )
    site.commit("2026-10-05T00:00:00Z")
    out = site.compile()
    sound = "https://petit.example/x/comptoirs/un/son.mp3"
    feed = feedparser.parse((out / "flux" / "replays.rss.xml").read_bytes())
    assert [one.id for one in feed.entries] == [
        f"{UID}#replay",
        "deux.comptoirs@petit.example#replay",
    ]
    # What came with its replay is one news, not two.
    assert "deux.comptoirs@petit.example" not in (
        out / "flux" / "agenda.rss.xml"
    ).read_text().split("<guid")
    (enclosure,) = feed.entries[0].enclosures
    assert (enclosure.href, enclosure.type) == ("https://v.example/un.mp4", "video/mp4")
    assert feed.entries[1].enclosures == []
    atom = feedparser.parse((out / "flux" / "replays.atom.xml").read_bytes())
    assert [(one.href, one.length) for one in atom.entries[0].enclosures] == [
        ("https://v.example/un.mp4", "0"),
        (sound, "1203"),
    ]
    (first, second) = items(out / "flux" / "replays.json")
    assert first["attachments"] == [
        {
            "url": "https://v.example/un.mp4",
            "mime_type": "video/mp4",
            "duration_in_seconds": 3000,
        },
        {
            "url": sound,
            "mime_type": "audio/mpeg",
            "size_in_bytes": 1203,
            "duration_in_seconds": 3000,
        },
    ]
    assert "attachments" not in second
    lines = (out / "comptoirs" / "un.ics").read_bytes().decode().replace("\r\n ", "")
    assert "\r\nATTACH;FMTTYPE=video/mp4:https://v.example/un.mp4\r\n" in lines
    assert f"\r\nATTACH;FMTTYPE=audio/mpeg:{sound}\r\n" in lines
    assert (
        "\r\nIMAGE;VALUE=URI;DISPLAY=BADGE;FMTTYPE=image/png:"
        "https://petit.example/x/comptoirs/un/dessin.png\r\n" in lines
    )
    assert "CONFERENCE" not in lines


POST = "---\ntitle: Du neuf\ndate: 2026-11-02 09:00\nthemes: [t]\n---\n[Un](../../webinars/un.md)\n"


def with_posts(site: Site) -> Site:
    site.write("content/data/themes/t.yml", "name: Thème\n")
    site.write("webinars/un.md", EVENT)
    site.write("content/actualites/du-neuf.md", POST)
    site.commit("2026-11-20T00:00:00Z")
    return site


def test_a_post_has_a_page_an_index_and_a_place_in_the_news(site: Site) -> None:
    out = with_posts(site).compile()
    page = compiled_page(out, "actualites/du-neuf").read_text()
    assert 'href="../../comptoirs/un/"' in page
    assert 'datetime="2026-11-02"' in page
    assert "Du neuf" in compiled_page(out, "actualites").read_text()
    assert "Du neuf" in compiled_page(out, "").read_text()
    guid = "du-neuf.actualites@petit.example"
    for name in ("agenda", "themes/t", "actualites"):
        feed = feedparser.parse((out / "flux" / f"{name}.rss.xml").read_bytes())
        found = {one.id: one for one in feed.entries}
        # Its date is its own, not its commit's.
        assert found[guid].published == "Mon, 02 Nov 2026 08:00:00 +0000", name
    assert guid not in (out / "flux" / "comptoirs.rss.xml").read_text()
    assert not (out / "flux" / "actualites.ics").exists()


def test_a_post_of_tomorrow_waits(site: Site, capsys: pytest.CaptureFixture[str]) -> None:
    with_posts(site).write(
        "content/actualites/demain.md", "---\ntitle: Demain\ndate: 2026-11-25\n---\n"
    )
    assert not compiled_page(site.compile(), "actualites/demain").exists()
    assert "content/actualites/demain.md:3:7: warning[future-post]" in capsys.readouterr().err
    assert compiled_page(site.compile(now="2026-11-25T01:00:00Z"), "actualites/demain").exists()


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("---\ntitle: Sans date\n---\n", "missing-key"),
        ("---\ntitle: A\ndate: hier\n---\n", "bad-moment"),
        ("---\ntitle: A\ndate: 2026-03-29 02:30\n---\n", "skipped-hour"),
        ("---\ntitle: A\ndate: 2026-03-28\nthemes: [rien]\n---\n", "unknown-reference"),
        ("---\ntitle: A\ndate: 2026-03-28\nid: du-neuf\n---\n", "duplicate-id"),
        ("---\ntitle: A\ndate: 2026-03-28\n---\n<script>1</script>\n", "unsafe-html"),
    ],
)
def test_a_wrong_post_is_told(
    site: Site, capsys: pytest.CaptureFixture[str], text: str, code: str
) -> None:
    with_posts(site).write("content/actualites/faux.md", text)
    site.run("check")
    assert f"[{code}]" in capsys.readouterr().out


@pytest.mark.large
def test_long_texts_leave_room(site: Site) -> None:
    for n in range(40):
        text = EVENT.replace("Un", f"Un {n}") + "mot & <b>mot</b> " * 2500
        site.write(f"webinars/n{n}.md", text)
    site.commit("2026-11-20T00:00:00Z")
    out = site.compile()
    sizes = {path.name: path.stat().st_size for path in (out / "flux").glob("agenda.*")}
    assert max(sizes.values()) < 1_000_000, sizes
    assert len(items(out / "flux" / "agenda.json")) > 5


def test_news_come_in_order_of_time(site: Site) -> None:
    for n, day in enumerate(("2026-05-01", "2026-03-01", "2026-04-01")):
        site.write(f"webinars/n{n}.md", EVENT.replace("Un", f"Un {n}"))
        site.commit(f"{day}T00:00:00Z")
    found = [str(one["date_published"]) for one in items(site.compile() / "flux" / "agenda.json")]
    assert found == sorted(found, reverse=True)
    # Commit dates that go backwards are made to increase.
    assert found[-1].startswith("2026-05-01")


def test_another_day_changes_no_feed(site: Site) -> None:
    with_posts(site)
    for now in ("2026-11-24T09:00:00Z", "2026-11-27T21:00:00Z"):
        folder = site.root / now[:10]
        file = str(site.root / "mkdocs.yml")
        assert main(["compile", "-f", file, "--now", now, "-o", str(folder)]) == 0
    one, other = (site.root / day / "flux" for day in ("2026-11-24", "2026-11-27"))
    names = [path.relative_to(one) for path in sorted(one.rglob("*")) if path.is_file()]
    assert len(names) > 300
    for name in names:
        assert (one / name).read_bytes() == (other / name).read_bytes(), name

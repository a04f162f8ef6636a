"""Every news feed against a schema of its format, and as a reader of feeds understands it."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Callable, Mapping
from pathlib import Path

import feedparser
import pytest
from check_jsonschema import main as check_jsonschema
from click.testing import CliRunner
from lxml import etree

from parcours.model.community import Event
from parcours.model.feeds import SUFFIX, Format, Selection, selections
from parcours.model.series import called_off_uids
from parcours.model.stage import has_replay

from .corpora import Corpus

SCHEMAS = Path(__file__).parent / "schemas"
XML: Mapping[Format, etree.RelaxNG] = {
    "atom": etree.RelaxNG(etree.parse(SCHEMAS / "atom.rng")),
    "rss": etree.RelaxNG(etree.parse(SCHEMAS / "rss.rng")),
}
VERSIONS = {"atom": "atom10", "rss": "rss20"}
FORMATS: tuple[Format, ...] = ("rss", "atom", "json")


def twice(ids: list[str]) -> list[str]:
    return [f"twice: {id}" for id, count in Counter(ids).items() if count > 1]


def xml_faults(data: bytes, format: Format) -> list[str]:
    """What is wrong with a feed in RSS or Atom."""
    feed = feedparser.parse(data)
    if feed.bozo or feed.version != VERSIONS[format]:
        return [f"feedparser: {feed.version} {feed.get('bozo_exception')}"]
    schema = XML[format]
    schema.validate(etree.fromstring(data))
    errors = [f"{error.line}: {error.message}" for error in schema.error_log]
    return errors + twice([entry.get("id", "") for entry in feed.entries])


def json_faults(files: list[Path]) -> list[str]:
    """What is wrong with feeds in JSON, all checked in one run."""
    asked = ["--schemafile", str(SCHEMAS / "jsonfeed.json"), *map(str, files)]
    done = CliRunner().invoke(check_jsonschema, asked)
    if done.exit_code:
        return [done.output]
    items = [json.loads(file.read_bytes())["items"] for file in files]
    return [fault for found in items for fault in twice([item["id"] for item in found])]


def written(of: Corpus, format: Format) -> dict[str, bytes]:
    return {name: data for name, data in of.files.items() if name.endswith(SUFFIX[format])}


def wide(name: str) -> bool:
    """Whether a feed is one of the widest: of all, of a collection, of replays."""
    return name.count("/") == 1


@pytest.mark.parametrize("format", ["rss", "atom"])
def test_every_feed_keeps_to_its_schema(
    flagship_corpus: Corpus, large_corpus: Corpus, format: Format
) -> None:
    for of in (flagship_corpus, large_corpus):
        feeds = written(of, format)
        assert len(feeds) > 40
        # The other large ones hold the same items.
        main = {data for name, data in feeds.items() if of is flagship_corpus or wide(name)}
        for data in main:
            assert xml_faults(data, format) == []


def test_every_json_feed_keeps_to_its_schema(
    flagship_corpus: Corpus, large_corpus: Corpus, tmp_path: Path
) -> None:
    files: list[Path] = []
    for of in (flagship_corpus, large_corpus):
        for data in set(written(of, "json").values()):
            files.append(tmp_path / f"{len(files)}.json")
            files[-1].write_bytes(data)
    assert len(files) > 90
    assert json_faults(files) == []


def ids(data: bytes, format: Format) -> list[str]:
    """The identities in a feed, as a reader finds them."""
    if format == "json":
        return [item["id"] for item in json.loads(data)["items"]]
    return [entry.id.removeprefix("mid:") for entry in feedparser.parse(data).entries]


def was_over(event: Event) -> bool:
    """Whether it had taken place before its file came."""
    if event.first is None:
        return event.record.undated == "past"
    last = event.last if event.parts else event.first
    return last is not None and last.ends.timestamp() <= event.stamps.created


def told_of(selection: Selection) -> set[str]:
    """Of what a selection may give news: of what was over when it came, only the replay."""
    # Of a series that came at once, only what can be watched of its dates.
    dates = {date.uid for event in selection.events for date in event.dates if has_replay(date)}
    if selection.kind == "replays":
        return {*(event.uid for event in selection.events if has_replay(event)), *dates}
    events = [
        event
        for event in (*selection.events, *selection.tombstones)
        if has_replay(event) or not was_over(event)
    ]
    needs = {one.guid for one in selection.needs if one.record.state != "withdrawn"}
    posts = (post.guid for post in selection.posts)
    return {*(event.uid for event in events), *dates, *posts, *needs}


@pytest.mark.large
@pytest.mark.parametrize("format", FORMATS)
def test_a_feed_tells_of_all_that_its_selection_holds(
    flagship_corpus: Corpus, format: Format
) -> None:
    """The flagship has fewer news than a feed holds: none may be missing, none may be strange."""
    table = selections(flagship_corpus.community).table
    feeds = written(flagship_corpus, format)
    held = [one for one in table if format in one.formats]
    assert {name for one in held for name in one.addresses(format)} == feeds.keys()
    for selection in held:
        found = ids(feeds[selection.feed(format)], format)
        # What was left out once it had been told, only the history knows.
        off = {f"{uid}#cancelled" for one in selection.events for uid in called_off_uids(one)}
        told = {id.partition("#")[0] for id in found if id not in off}
        assert told == told_of(selection), selection.address
        for id in found if selection.kind == "replays" else ():
            assert id.endswith("#replay")


@pytest.mark.parametrize("format", FORMATS)
def test_titles_arrive_as_they_were_written(large_corpus: Corpus, format: Format) -> None:
    titles = {event.uid: event.title for event in large_corpus.events}
    data = large_corpus.files[f"flux/agenda{SUFFIX[format]}"]
    if format == "json":
        found = {item["id"]: item["title"] for item in json.loads(data)["items"]}
    else:
        # Without sanitising, which takes a « < » in a title for markup.
        entries = feedparser.parse(data, sanitize_html=False).entries
        found = {entry.id.removeprefix("mid:"): entry.title for entry in entries}
    assert len(found) > 50
    for id, title in found.items():
        assert title.endswith(titles[id.partition("#")[0]]), id
    assert any("<" in title for title in found.values())
    assert any("👩🏽‍🏫" in title for title in found.values())


# Each check would see a broken feed.


def sub(pattern: bytes, by: bytes = b"") -> Callable[[bytes], bytes]:
    """What changes one place of a feed."""

    def change(data: bytes) -> bytes:
        found, count = re.subn(pattern, by, data, count=1, flags=re.DOTALL)
        assert count == 1
        return found

    return change


ATOM: Mapping[str, Callable[[bytes], bytes]] = {
    "no identity": sub(rb"<id>.*?</id>"),
    "an entry without identity": sub(rb"(<entry>.*?)<id>.*?</id>", rb"\1"),
    "an entry without title": sub(rb"(<entry>.*?)<title>.*?</title>", rb"\1"),
    "an entry without date": sub(rb"(<entry>.*?)<updated>.*?</updated>", rb"\1"),
    "an entry twice": sub(rb"(<entry>.*?</entry>)", rb"\1\1"),
    "an identity that is no IRI": sub(rb"<id>mid:", b"<id>"),
    "two titles": sub(rb"(<title>.*?</title>)", rb"\1\1"),
    "no author": sub(rb"<author>.*?</author>"),
    "a date of another format": sub(rb"<updated>[^<]*", b"<updated>24 Nov 2026 09:00"),
    "an address that is missing": sub(rb'<link href="[^"]*"', b"<link"),
    "an element that Atom has not": sub(rb"<entry>", b"<entry><guid>a</guid>"),
    "markup within a title": sub(rb"<title>", b"<title><b>a</b>"),
}
RSS: Mapping[str, Callable[[bytes], bytes]] = {
    "no title": sub(rb"<title>.*?</title>"),
    "no address": sub(rb"<link>.*?</link>"),
    "no description": sub(rb"<description>.*?</description>"),
    "an item without identity": sub(rb"<guid.*?</guid>"),
    "an item without title": sub(rb"(<item>.*?)<title>.*?</title>", rb"\1"),
    "an item twice": sub(rb"(<item>.*?</item>)", rb"\1\1"),
    "an identity said to be an address": sub(rb' isPermaLink="false"'),
    "a date of another format": sub(rb"<pubDate>[^<]*", b"<pubDate>2026-11-24T09:00:00Z"),
    "an element that RSS has not": sub(rb"<item>", b"<item><updated>a</updated>"),
}
BYTES: Mapping[str, Callable[[bytes], bytes]] = {
    "cut in the middle": lambda data: data[: len(data) // 2],
    "half a character": sub(rb"\xc3\xa9", b"\xc3"),
    "a control character": sub(rb"<title>", b"<title>\x0b"),
}
BROKEN: Mapping[Format, Mapping[str, Callable[[bytes], bytes]]] = {
    "atom": {**ATOM, **BYTES},
    "rss": {**RSS, **BYTES},
}


@pytest.mark.large
@pytest.mark.sampled
@pytest.mark.parametrize(
    ("format", "damage"), [(format, damage) for format in BROKEN for damage in BROKEN[format]]
)
def test_a_broken_feed_is_seen(flagship_corpus: Corpus, format: Format, damage: str) -> None:
    good = flagship_corpus.files[f"flux/agenda{SUFFIX[format]}"]
    assert xml_faults(good, format) == []
    assert xml_faults(BROKEN[format][damage](good), format) != []


JSON: Mapping[str, Callable[[bytes], bytes]] = {
    "no version": sub(rb'"version": "[^"]*",'),
    "another version": sub(rb'/version/1.1"', b'/version/2"'),
    "no title": sub(rb'"title": "[^"]*",'),
    "an item without identity": sub(rb'"id": "[^"]*",'),
    "an item without content": sub(rb'"content_html": "(?:[^"\\]|\\.)*",'),
    "an item twice": sub(rb'("items": \[)(.*?\n  \})', rb"\1\2,\2"),
    "one identity twice": sub(rb'("id": "[^"]*")(.*?)"id": "[^"]*"', rb"\1\2\1"),
    "a date of another format": sub(rb'"date_published": "[^"]*"', b'"date_published": "hier"'),
    "cut in the middle": lambda data: data[: len(data) // 2],
    "half a character": sub(rb"\xc3\xa9", b"\xc3"),
}


@pytest.mark.parametrize("damage", JSON)
def test_a_broken_json_feed_is_seen(flagship_corpus: Corpus, tmp_path: Path, damage: str) -> None:
    file = tmp_path / "feed.json"
    good = flagship_corpus.files["flux/agenda.json"]
    file.write_bytes(JSON[damage](good))
    assert json_faults([file]) != []

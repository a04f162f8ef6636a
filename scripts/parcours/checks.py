"""Addresses and links, checked against the plan of pages and the files beside them."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path, PurePosixPath
from textwrap import shorten
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote, urlsplit

from lxml import html

from .letters import normal
from .model.authored import Authored
from .model.community import Text
from .model.settings import EngineFacts, Settings
from .pages.authored import Marker, markers
from .pages.page import Page, Plan
from .pages.redirects import Redirect
from .problems import Mark, Problems, closest
from .prose.kept import KeptRenderer
from .prose.passive import ground_of
from .prose.render import Places, inspect
from .prose.signs import tell_signs
from .sources.links import Asked, within
from .sources.old_addresses import ANOTHER, check_old_address, mark_of_alias
from .tree import AddressTaken, Tree, page_path

if TYPE_CHECKING:
    from .feeds.site import Cut, Feeds, Full

ENGINE = frozenset({"404.html", "sitemap.xml", "sitemap.xml.gz"})
"""Files that the engine adds to those of the tree."""

_SCHEME = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]*:")


_PLACEHOLDERS = re.compile(
    r"(?:.*\.)?(?:example(?:\.(?:com|net|org))?|invalid|test|localhost)", re.IGNORECASE
)
"""Hosts that nobody has (RFC 2606, sections 2 and 3; RFC 6761, section 6)."""


def check_site_url(settings: Settings, problems: Problems) -> None:
    """What is published stands under an address that somebody can open."""
    host = urlsplit(settings.site_url).hostname or ""
    if _PLACEHOLDERS.fullmatch(host):
        mark = Mark(settings.source)
        url = settings.site_url
        problems.add("placeholder-address", mark, severity="warning", value=url)


def check_addresses(
    plan: Plan, redirects: Iterable[Redirect], settings: Settings, root: Path, problems: Problems
) -> None:
    """No two pages have one address, nor does an old address lead away from a page of today."""
    # Of two things with one id, that was told already.
    told = {
        file
        for problem in problems.sorted()
        if problem.code == "duplicate-id"
        for file in (problem.mark.file, problem.params["other"])
    }
    for page, other in plan.doubles:
        file, beside = _source(page, settings), _source(other, settings)
        if file == settings.source:
            file, beside = beside, file
        if file not in told:
            _taken(problems, file, page.address, beside)
    ways: dict[str, Redirect] = {}
    for way in redirects:
        first = ways.setdefault(way.old, way)
        check_old_address(way.old, root, way.source, settings, problems)
        if way.old in plan:
            page = plan.page(way.old)
            _way_taken(problems, root, way, page.source or page.title)
        elif first.new != way.new:
            _way_taken(problems, root, way, first.source)


def _source(page: Page, settings: Settings) -> str:
    return page.source or settings.source


def _taken(problems: Problems, file: str, address: str, other: str) -> None:
    problems.add("duplicate-address", Mark(file), address=address.strip("/"), other=other)


def _way_taken(problems: Problems, root: Path, way: Redirect, other: str) -> None:
    """What is wrong is the old address, whatever is there now."""
    mark = mark_of_alias(root, way.source, way.old)
    address = way.old.strip("/")
    problems.add("duplicate-address", mark, mend=ANOTHER, address=address, other=other)


def tell_taken(
    error: AddressTaken,
    plan: Plan,
    assets: Mapping[str, str],
    redirects: Iterable[Redirect],
    settings: Settings,
    root: Path,
    problems: Problems,
) -> None:
    """Tell which sources want one path of the tree.

    Args:
        assets: address of a published file → its source.
    """
    sources = {page.path: page.source for page in plan} | dict(assets)
    ways = {way.path: way for way in redirects}
    for path, beside in ((error.path, error.other), (error.other, error.path)):
        if path in ways:
            other = ways[beside].source if beside in ways else sources.get(beside)
            _way_taken(problems, root, ways[path], other or beside)
            return
    found = [sources.get(path) for path in (error.path, error.other)]
    file = found[0] or found[1] or settings.source
    _taken(problems, file, error.path, (found[1] if found[0] else None) or error.other)


def check_authored(
    pages: Iterable[Authored], texts: KeptRenderer, settings: Settings, problems: Problems
) -> None:
    """Authored pages go to the engine as they are: what would run in them is refused."""
    for page in pages:
        if not texts.renderer.is_feasible(page.body, page.source, page.body_line):
            continue
        raw = texts.glance(page.body)
        ground = ground_of(settings, page.meta)
        inspect(raw, page.body, page.source, page.body_line, problems, ground)


def check_markers(plan: Plan, bodies: Iterable[Text], problems: Problems) -> None:
    """Markers stand where they bring a block: the others would vanish without a word."""
    for page in plan:
        written = page.authored
        if written is None:
            continue
        known = sorted({*page.blocks, *page.waiting} - {"heading"})
        seen: set[str] = set()
        places = Places(written.body, written.source, written.body_line)
        for marker in markers(written.body):
            mark = places.mark(marker.at)
            if marker.name in seen:
                problems.add("second-marker", mark, severity="warning", value=marker.said)
            elif marker.name not in known:
                _tell_marker(marker, known, mark, problems)
            seen.add(marker.name or marker.said)
    for body in bodies:
        places = Places(body.markdown, body.file, body.line)
        for marker in markers(body.markdown):
            _tell_marker(marker, (), places.mark(marker.at), problems)


def check_macros(bodies: Iterable[Text], engine: EngineFacts, problems: Problems) -> None:
    """Tell each text of a meeting that takes itself for a template of another plugin."""
    for body in bodies:
        at, said = _macro(body.markdown, engine)
        if said:
            mark = Places(body.markdown, body.file, body.line).mark(at)
            problems.add("macro-in-body", mark, severity="warning", value=said)


def _macro(text: str, engine: EngineFacts) -> tuple[int, str]:
    """The first macro of a text, and where it begins; "" for none."""
    found = [(text.find(start), start, end) for start, end in engine.macros]
    for at, start, end in sorted(one for one in found if one[0] >= 0):
        close = text.find(end, at + len(start))
        if close >= 0:
            return at, shorten(text[at : close + len(end)], 60)
    return 0, ""


def _tell_marker(marker: Marker, known: Sequence[str], mark: Mark, problems: Problems) -> None:
    if not known:
        problems.add("idle-marker", mark, severity="warning", value=marker.said)
        return
    said = marker.name or marker.said.partition(":")[2].strip()
    guess = said if said in known else closest(said, known)
    problems.add(
        "unknown-marker",
        mark,
        severity="warning",
        suggestion=f"<!-- parcours:{guess} -->" if guess else None,
        value=marker.said,
        known=", ".join(f"<!-- parcours:{name} -->" for name in known),
    )


def check_ways(plan: Plan, settings: Settings, problems: Problems) -> None:
    """What the home page names as a way to take part is a page that somebody wrote."""
    for address, mark in settings.ways.items():
        page = plan.pages.get(f"{address}/")
        if page is None or page.authored is None:
            problems.add("dead-link", mark, value=address)


def check_pages(asked: Iterable[Asked], plan: Plan, settings: Settings, problems: Problems) -> None:
    """Links of bodies to an address of the site lead to one of its pages."""
    for one in asked:
        made = settings.engine.makes(one.address)
        if one.is_page and one.path not in plan and not made:
            problems.add("dead-link", one.mark, value=one.link)


def check_files(
    asked: Iterable[Asked],
    pages: Iterable[Authored],
    texts: KeptRenderer,
    tree: Tree,
    settings: Settings,
    problems: Problems,
) -> None:
    """Other links of bodies, and those of authored pages, lead to something of the site."""
    engine = settings.engine
    for one in asked:
        if not one.is_page and one.path not in tree.files and one.path not in ENGINE:
            problems.add("dead-link", one.mark, value=one.link)
    for page in pages:
        places = Places(page.body, page.source, page.body_line)
        for link in _relative_links(texts.glance(page.body)):
            path = unquote(_path(link))
            if _macro(unquote(link), engine)[1]:
                continue  # what it leads to is known once the other plugin has read it
            if not path or path.startswith("/"):
                continue
            target = os.path.normpath(str(PurePosixPath(page.path).parent / path))
            target = normal("NFC", target)
            known = {target, f"{target}.md", f"{target}/index.md", page_path(target)}
            if known.isdisjoint(tree.files):
                mark = places.find(link)
                problems.add("dead-link", mark, value=link)
        tell_signs(page.body, page.source, page.body_line, problems)
        places = Places(page.body, page.source, page.body_line)
        for link, path in _own_links(texts.glance(page.body), settings):
            if not _macro(unquote(link), engine)[1] and not _is_there(path, tree, settings):
                problems.add("dead-link", places.find(link), value=link)


def _own_links(raw: str, settings: Settings) -> Iterator[tuple[str, str]]:
    """Links of a page that name the site's own host, and what they name there."""
    if "//" not in raw:
        return
    for element in html.fragment_fromstring(raw, create_parent="div").iter("a"):
        link = element.get("href") or ""
        named = within(link, settings.site_url)
        if named is not None:
            yield link, unquote(urlsplit(named).path).strip("/")


def _is_there(path: str, tree: Tree, settings: Settings) -> bool:
    """Whether there is something at a path of the site, as far as is known before it is built."""
    known = {path, f"{path}.md", page_path(f"{path}/" if path else ""), f"{path}/index.html"}
    return settings.engine.makes(path) or path in ENGINE or not known.isdisjoint(tree.files)


def _relative_links(raw: str) -> list[str]:
    if "<" not in raw:
        return []
    tree = html.fragment_fromstring(raw, create_parent="div")
    found = [element.get("href") or "" for element in tree.iter("a")]
    media = tree.iter("img", "video", "audio", "source", "track")
    found += [one.get(name) or "" for one in media for name in ("src", "poster")]
    return [link for link in found if link and not _SCHEME.match(link) and link[0] != "#"]


def _path(link: str) -> str:
    """The path of a relative link; the whole of one that is no address, which leads nowhere."""
    try:
        return urlsplit(link).path
    except ValueError:
        return link.lstrip("/")


def tell_full(feeds: Feeds, settings: Settings, replays: str, problems: Problems) -> None:
    """Tell the feeds that have no room for all they are about, and where the rest stands.

    Args:
        replays: the address of the page that shows every recording.
    """
    found: list[tuple[str, Full | Cut, Mapping[str, Any]]] = [
        *(("feed-full", one, {"years": ", ".join(one.years)}) for one in feeds.full()),
        *(("recordings-full", one, {"page": replays}) for one in feeds.cut()),
    ]
    for code, one, rest in found:
        problems.add(
            code,
            Mark(settings.source),
            severity="warning",
            address=one.address,
            entries=one.entries,
            size=-(-one.octets // 1000),
            n=one.left,
            **rest,
        )

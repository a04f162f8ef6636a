"""Withdrawn meetings: a person's right, which is refused until it is true.

Each item of the configuration's list must be a meeting that was there and is gone, under every
name that it had.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath

from ..model.community import Course, Event, Post
from ..model.schema import EventRecord
from ..model.settings import Collection, NewsFolder
from ..problems import Mark, Problems, closest
from .events import Context
from .files import is_file, read_bytes
from .history import Change, History, HistoryError, Version, read_blobs
from .past import past_body, past_id, past_record
from .suffixes import SOURCES
from .walk import is_source, source_files

Thing = Event | Course | Post

TELLING = 20
"""Characters from which on a body that stands elsewhere is no chance."""


@dataclass(frozen=True, kw_only=True)
class _Life:
    """A file of a meeting, a course or a post, and what it was.

    Attributes:
        file: where it lies, or lay last.
        there: whether it still lies there, even as a draft.
        identities: every one that it had, as the configuration names it.
        last: the latest of them.
        text: its last content.
        gone: when it went, in Unix seconds; None if that is not committed.
    """

    file: str
    there: bool
    identities: frozenset[str]
    last: str
    text: bytes
    gone: int | None = None


def check_withdrawn(
    context: Context, history: History, things: Sequence[Thing], tombstones: Sequence[Event]
) -> None:
    """Refuse what is said to be withdrawn, and is not.

    Args:
        things: all that has a page.
        tombstones: what calendars still tell as cancelled.
    """
    settings, problems = context.settings, context.problems
    if not settings.withdrawn:
        return
    published = {_identity(thing, context): thing for thing in things}
    try:
        lives = list(_lives(context, history, published.values()))
    except HistoryError as error:
        problems.add(error.code, Mark(settings.source), reason=error.reason)
        return
    known = {*published, *(one for life in lives for one in life.identities)}
    told = {_identity(one, context) for one in tombstones}
    for item, mark in settings.withdrawn.items():
        if _is_person(context, item, mark):
            continue
        _check_aliases(context, item, mark, things)
        thing = published.get(item)
        if thing is not None:
            problems.add("withdrawn-published", mark, id=item, file=thing.source)
            continue
        own = [life for life in lives if item in life.identities]
        found = {life.file: life.last for life in own if life.there}
        found |= {life.file: one for life in own for one in told.intersection(life.identities)}
        found |= {one.source: _identity(one, context) for one in _successors(own, things, history)}
        for file, now in sorted(found.items()):
            if now == item:
                problems.add("withdrawn-published", mark, id=item, file=file)
            else:
                problems.add("withdrawn-renamed", mark, id=item, now=now, file=file)
        ignorant = history.head is None or history.shallow
        if item not in known and not (ignorant and _home(context, item)):
            problems.add("withdrawn-unknown", mark, suggestion=closest(item, known), id=item)


def _is_person(context: Context, item: str, mark: Mark) -> bool:
    """Whether somebody is said to be withdrawn, who leaves by a file of the data alone."""
    folder, _, id = item.partition("/")
    people, address = context.entities.people, context.settings.addresses.people
    if folder not in {"people", address.strip("/")}:
        return False
    if id in people.found:
        context.problems.add("withdrawn-published", mark, id=item, file=people.found[id].source)
    return id in people.found or id in people.left


def _identity(thing: Thing, context: Context) -> str:
    if isinstance(thing, Post):
        news = context.settings.news
        return f"{news.address if news else ''}/{thing.id}"
    return f"{thing.collection.id}/{thing.id}"


def _homes(context: Context) -> Mapping[str, Collection | NewsFolder]:
    """The folders of what can be withdrawn, by the first part of an identity."""
    settings = context.settings
    found: dict[str, Collection | NewsFolder] = {}
    if settings.news:
        found[settings.news.address] = settings.news
    return found | {one.id: one for one in settings.collections}


def _home(context: Context, item: str) -> Collection | NewsFolder | None:
    return _homes(context).get(item.partition("/")[0])


def _check_aliases(context: Context, item: str, mark: Mark, things: Iterable[Thing]) -> None:
    """No page may keep the address of what is withdrawn."""
    home = _home(context, item)
    if home is None:
        return
    id = item.partition("/")[2]
    bases = (home.address, *(home.aliases if isinstance(home, Collection) else ()))
    addresses = {f"{base}/{id}" for base in bases}
    for thing in things:
        for address in addresses.intersection(thing.record.aliases):
            context.problems.add(
                "withdrawn-alias", mark, id=item, file=thing.source, address=address
            )


def _lives(context: Context, history: History, things: Iterable[Thing]) -> Iterator[_Life]:
    """All that ever was in the folders of meetings and posts, the files that are there first."""
    ends: list[tuple[str, Change, int | None]] = [
        *((path, change, None) for path, change in sorted(history.changes.items())),
        *((path, one.past, one.removed) for path, one in sorted(history.removed.items())),
    ]
    homes = _homes(context)
    ends = [
        (path, change, gone)
        for path, change, gone in ends
        if any(_placed(version.path, homes) for version in change.versions)
    ]
    blobs = read_blobs(context.root, {v.blob for _, change, _ in ends for v in change.versions})
    sources = {thing.source for thing in things}
    for path, change, gone in ends:
        names = [
            name
            for version in change.versions
            if (name := _named(version, blobs[version.blob], homes)) is not None
        ]
        if names:
            there = gone is None and (path in sources or _may_come_back(context, path))
            text = blobs[change.versions[-1].blob]
            yield _Life(
                file=path,
                there=there,
                identities=frozenset(names),
                last=names[-1],
                text=text,
                gone=gone,
            )
    for path in _uncommitted(context, history):
        data = read_bytes(context.root / path, path, Problems())
        if data is None:
            continue  # told where it is read as a source
        name = _named(Version(0, "", path), data, homes)
        if name is not None and _may_come_back(context, path):
            yield _Life(file=path, there=True, identities=frozenset({name}), last=name, text=data)


def _uncommitted(context: Context, history: History) -> Iterator[str]:
    """The files that no commit holds, drafts among them."""
    for home in _homes(context).values():
        for _, name in source_files(context.root, home.folder, Problems(), suffixes=SOURCES):
            if history.get(name) is None:
                yield name


def _placed(path: str, homes: Mapping[str, Collection | NewsFolder]) -> str | None:
    """The first part of the identity of what lay at a path; None for what is no source."""
    for key, home in homes.items():
        if path.startswith(f"{home.folder}/") and path.lower().endswith(SOURCES):
            name = PurePosixPath(path).relative_to(home.folder)
            return key if is_source(name) and name.with_suffix("").parts != ("index",) else None
    return None


def _named(
    version: Version, data: bytes, homes: Mapping[str, Collection | NewsFolder]
) -> str | None:
    """What a content was, as the configuration would name it."""
    key = _placed(version.path, homes)
    if key is None:
        return None
    record = past_record(data, EventRecord, ("title", "id"))
    if record is None:  # an identity that nobody can read is that of its path
        record = EventRecord.model_construct(title="", id=None)
    return f"{key}/{past_id(record, version.path, homes[key])}"


def _may_come_back(context: Context, path: str) -> bool:
    """Whether a file is there, and no part of what an index beside it tells."""
    if not is_file(context.root / path):
        return False
    key = _placed(path, _homes(context))
    if key is None:
        return False
    home = _homes(context)[key]
    name = PurePosixPath(path).relative_to(home.folder)
    folders = [one for one in name.parents if one != PurePosixPath(".")]
    if name.stem == "index":
        del folders[0]
    if isinstance(home, Collection) and home.kind.in_courses:
        del folders[-1:]
    base = context.root / home.folder
    return not any(is_file(base / one / f"index{s}") for one in folders for s in SOURCES)


def _successors(
    lives: Iterable[_Life], things: Sequence[Thing], history: History
) -> Iterator[Thing]:
    """What is one of them that went: it says the same, or has its title and came as it went."""
    for life in lives:
        record = past_record(life.text, EventRecord, ("title", "description"))
        if record is None or life.there:
            continue
        said = " ".join((past_body(life.text, life.file) or record.description or "").split())
        for thing in things:
            change = history.get(thing.source)
            came = change.since if change else None
            same = len(said) >= TELLING and said == " ".join(thing.body.markdown.split())
            if same or (came == life.gone and thing.title == record.title):
                yield thing

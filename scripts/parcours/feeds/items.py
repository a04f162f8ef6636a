"""News items as they are read, written once for every feed that holds them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import PurePosixPath
from urllib.parse import urlsplit

from markupsafe import escape

from .. import wording
from ..i18n import Translator
from ..model.changes import NewsKind
from ..model.community import Post
from ..model.media import episode_file, media, media_type
from ..model.names import asset_name
from ..model.news import Dropped, News
from ..model.schema import Replay
from ..model.tags import tags_of
from ..problems import N_
from ..prose.render import Prose
from .text import Texts

_IMAGE_TYPES = {
    ".png": "image/png",
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".webp": "image/webp",
    ".avif": "image/avif",
    ".svg": "image/svg+xml",
}

_TITLES: dict[NewsKind, str] = {
    "announced": "{title}",
    "moved": N_("Moved: {title}"),
    "postponed": N_("Postponed: {title}"),
    "cancelled": N_("Cancelled: {title}"),
    "dropped": N_("Dates called off: {title}"),
    "replay": N_("Replay: {title}"),
    "sought": N_("To take over: {title}"),
}


@dataclass(frozen=True)
class Enclosure:
    """A video or sound file that a reader of feeds can play.

    Attributes:
        size: in octets; 0 when another host keeps it and nobody says it.
        seconds: its length; 0 when it is not known.
    """

    url: str
    type: str
    size: int = 0
    seconds: int = 0


@dataclass(frozen=True, kw_only=True)
class Item:
    """One entry of a news feed.

    Attributes:
        guid: its identity for ever.
        instant: Unix seconds at which it became true.
        changed: Unix seconds of the last change of what it tells.
        summary: one line of plain text.
        brief: the facts, in sanitised HTML.
        content: the facts and the body, in sanitised HTML.
        is_foreign: whether its language is not the site's.
        has_body: whether its content holds what people wrote of it; all else is the site's.
    """

    guid: str
    title: str
    link: str
    instant: int
    changed: int
    summary: str
    brief: str
    content: str
    language: str
    tags: tuple[str, ...] = ()
    creators: tuple[str, ...] = ()
    image: str | None = None
    enclosures: tuple[Enclosure, ...] = ()
    is_foreign: bool = False
    has_body: bool = True

    @property
    def published(self) -> datetime:
        return datetime.fromtimestamp(self.instant, UTC)

    @property
    def size(self) -> int:
        """About the octets it takes, when escaped."""
        texts = (self.title, self.title, self.summary, self.content)
        return 1000 + sum(len(escape(text).encode()) for text in texts)


def write_item(
    news: News, texts: Texts, tr: Translator, sizes: Mapping[str, int], language: str
) -> Item:
    """What a reader of feeds shows of the news of an event.

    Args:
        sizes: octets of the published files, by source.
        language: of what people wrote of it, as a tag.
    """
    event = news.event
    when = wording.told_when(event, tr)
    if event.first and event.first.start:
        when = texts.whose(when)
    summary = f"{event.collection.singular}, {when}"
    # From its first date to its last, a series would read as one long meeting.
    if news.kind == "moved" and news.before and news.after and not event.parts:
        # The same hour elsewhere is another.
        alike = news.before.zone == news.after.zone and not texts.names_zones
        said = wording.when if alike else wording.when_and_there
        text = N_("Moved from “{before}” to “{after}”.")
        if event.date is not None and event.date.turns:
            text = N_("Moved from “{before}” to “{after}”, and so are the dates after it.")
        summary = tr.format(text, before=said(news.before, tr), after=said(news.after, tr))
    if news.dropped is not None:
        summary = f"{event.collection.singular}, {_dropped(news.dropped, tr)}"
    facts = "".join(f"<p>{_lines(part)}</p>" for part in (summary, *texts.facts()))
    brief = facts + (_paragraph(event.record.summary) if event.record.summary else "")
    links, body = _listed(texts.links()), _markup(texts.body, texts.site_url)
    replay = event.record.replay if news.kind == "replay" else None
    return Item(
        guid=news.guid,
        title=tr.format(_TITLES[news.kind], title=event.title),
        link=texts.url,
        instant=news.instant,
        changed=max(news.instant, event.stamps.changed),
        summary=summary,
        brief=brief,
        content=facts + body + links,
        has_body=bool(body),
        language=language,
        tags=(*(theme.name for theme in event.refs.themes), *tags_of(event)),
        creators=tuple(one.name for one in event.refs.hosts or event.refs.organisers),
        image=texts.image,
        enclosures=_enclosures(replay, texts, sizes) if replay else (),
    )


def _dropped(dropped: Dropped, tr: Translator) -> str:
    """Which dates a series has no more."""
    said = tr.ngettext(
        "{n} date that was announced is called off",
        "{n} dates that were announced are called off, the first of them",
        dropped.count,
    )
    first = wording.when(dropped.next, tr)
    if dropped.last is None:
        return tr.format(N_("{said}: {first}."), said=said, first=first)
    text = N_("the last date is now “{last}”; {said}: {first}.")
    return tr.format(text, said=said, first=first, last=wording.when(dropped.last, tr))


def write_post(post: Post, body: Prose, site_url: str, tr: Translator, language: str) -> Item:
    """A post of the programme as a news item; its date is its own."""
    summary = post.record.summary or body.summary
    marked = [tr.gettext(N_("Example: this news is invented."))] if post.record.example else []
    lead = "".join(_paragraph(text) for text in (*marked, post.record.summary) if text)
    address = site_url + post.address
    image = post.record.image
    return Item(
        guid=post.guid,
        title=post.title,
        link=address,
        instant=post.instant,
        changed=max(post.instant, post.stamps.changed),
        summary=summary,
        brief=lead,
        content=lead + _markup(body, site_url) + _listed(_post_links(post, address, tr)),
        language=language,
        tags=(*(theme.name for theme in post.themes), *tags_of(post)),
        creators=tuple(one.name for one in post.authors),
        image=address + asset_name(image.src) if image else None,
    )


def _markup(body: Prose, site_url: str) -> str:
    return body.html(site_url).replace("&#10;", "\n")


def _post_links(post: Post, address: str, tr: Translator) -> list[tuple[str, str]]:
    """What goes with a post: what each is called, and its whole address."""
    return [
        (wording.link_name(one, tr), one.url if "://" in one.url else address + asset_name(one.url))
        for one in post.record.links
    ]


def _listed(links: Iterable[tuple[str, str]]) -> str:
    """What goes with a meeting or a post, as a list; "" for nothing."""
    items = (f'<li><a href="{escape(url)}">{escape(name)}</a></li>' for name, url in links)
    listed = "".join(items)
    return f"<ul>{listed}</ul>" if listed else ""


def _paragraph(text: str) -> str:
    return f"<p>{escape(text)}</p>"


def _lines(text: str) -> str:
    return "<br>".join(str(escape(line)) for line in text.split("\n"))


def _enclosures(replay: Replay, texts: Texts, sizes: Mapping[str, int]) -> tuple[Enclosure, ...]:
    """The video, then the sound, where they are files."""
    seconds = int(replay.duration.total_seconds()) if replay.duration else 0
    found = []
    for value in media(replay):
        type = media_type(value)
        # What is said of its size is said of what an episode plays.
        said = replay.size if value == episode_file(replay) else None
        own = texts.event.files.get(value)
        size = sizes.get(own, 0) if own else said or 0
        assert type is not None  # that it is a file is what *media* asks
        found.append(Enclosure(texts.file(value), type, size, seconds))
    return tuple(found)


def image_type(reference: str) -> str:
    """The media type of a picture, whose suffix was checked."""
    return _IMAGE_TYPES[PurePosixPath(urlsplit(reference).path).suffix.lower()]

"""The replay of an event as its page shows it: player, chapters, files, transcript."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

from markupsafe import Markup

from ..model.community import Event, Text
from ..model.programme import chapters_of
from ..model.schema import Replay
from ..model.transcript import Transcript
from ..problems import N_
from ..prose.render import passage_id
from ..wording import length
from .drawing import Links
from .jsonld import to_script, video_json
from .lengths import timecode
from .library import Library
from .pictures import described, file_link
from .players import Player, player
from .sharing import shared_image

FILES = (("slides", N_("Slides")), ("transcript", N_("Transcript")), ("captions", N_("Captions")))


@dataclass(frozen=True, kw_only=True)
class Passage:
    """A chapter or a paragraph: a time, where one plays it from then on, and words.

    Attributes:
        id: of a paragraph; "" for a chapter.
    """

    id: str
    at: int | None
    label: str
    href: str
    voice: str
    text: str


@dataclass(frozen=True)
class FileLine:
    """A file to take away, with its kind and size, or the host that keeps it."""

    label: str
    href: str
    note: str
    outside: bool


@dataclass(frozen=True)
class Sound:
    """The sound alone: played here if the site keeps it, else by its host's player."""

    href: str
    note: str
    player: Player | None


@dataclass(frozen=True, kw_only=True)
class ReplayView:
    """What the template shows of a replay."""

    player: Player | None
    track: str
    length: str
    sound: Sound | None
    files: tuple[FileLine, ...]
    chapters: tuple[Passage, ...]
    passages: tuple[Passage, ...]
    prose: Markup
    derived: bool
    jsonld: Markup

    @property
    def origins(self) -> list[str]:
        """The origins whose players the page may load, when its reader asks for them."""
        players = [self.player, self.sound.player if self.sound else None]
        return sorted({one.origin for one in players if one is not None and one.origin})


def replay_view(event: Event, library: Library) -> ReplayView | None:
    """The replay of an event; None when there is none to show."""
    replay = event.record.replay
    if replay is None or event.record.status == "cancelled":
        return None
    video = player(replay.video) if replay.video else None
    sound = _sound(event, replay, library)
    played = video or (sound.player if sound else None)
    spoken = event.transcript
    passages = tuple(
        _passage(passage_id(n), one.at, one.voice, one.text, played)
        for n, one in enumerate(spoken.paragraphs if isinstance(spoken, Transcript) else (), 1)
    )
    data = video_json(
        event,
        library.settings,
        library.summary(event),
        released(event, library),
        shared_image(event, library),
    )
    return ReplayView(
        player=video,
        track=file_link(event, replay.captions) if replay.captions else "",
        length=length(replay.duration) if replay.duration else "",
        sound=sound,
        files=tuple(_files(event, replay, library)),
        chapters=tuple(_passage("", one.at, "", one.title, played) for one in chapters_of(event)),
        passages=passages,
        prose=_spoken_prose(event, library) if isinstance(spoken, Text) else Markup(),
        derived=bool(passages) and not _text_given(replay),
        jsonld=Markup(to_script(data)) if data else Markup(),
    )


def plays_here(event: Event) -> bool:
    """Whether a link to a moment of an event's replay leads to what plays it on its page."""
    replay = event.record.replay
    if replay is None:
        return False
    if replay.video and player(replay.video).kind != "link":
        return True
    sound = replay.audio or ""
    return bool(sound) and ("://" not in sound or player(sound).kind != "link")


def _spoken_prose(event: Event, library: Library) -> Markup:
    """A transcript that was written in Markdown."""
    text = event.transcript if isinstance(event.transcript, Text) else None
    return Markup(library.prose(text).page_html(Links(event.address).link("")))


def released(event: Event, library: Library) -> datetime | None:
    """When the replay came out; None where history does not know it, or tells what cannot be."""
    last = event.last
    instant = library.released.get(event.uid)
    if instant is None or (last is not None and instant < last.ends.timestamp()):
        return None
    return datetime.fromtimestamp(instant, UTC)


def _text_given(replay: Replay) -> bool:
    return bool(replay.transcript) and not str(replay.transcript).lower().endswith(".pdf")


def _sound(event: Event, replay: Replay, library: Library) -> Sound | None:
    if not replay.audio:
        return None
    elsewhere = player(replay.audio) if "://" in replay.audio else None
    known = elsewhere if elsewhere is not None and elsewhere.kind != "link" else None
    return Sound(file_link(event, replay.audio), described(event, replay.audio, library), known)


def _files(event: Event, replay: Replay, library: Library) -> Iterator[FileLine]:
    for key, label in FILES:
        value: str | None = getattr(replay, key)
        # A transcript in Markdown is on the page, and nowhere else.
        if value and not value.lower().endswith(".md"):
            yield FileLine(
                library.tr.gettext(label),
                file_link(event, value),
                described(event, value, library),
                "://" in value,
            )


def _passage(id: str, at: int | None, voice: str, text: str, played: Player | None) -> Passage:
    href = played.at(at) if played is not None and at is not None else ""
    label = "" if at is None else timecode(at)
    return Passage(id=id, at=at, label=label, href=href, voice=voice, text=text)

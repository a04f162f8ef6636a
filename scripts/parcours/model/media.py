"""Recordings that are files, which programs play without a page."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import PurePosixPath
from urllib.parse import urlsplit

from .schema import Replay
from .times import Fault

MEDIA_TYPES = {
    ".mp4": "video/mp4",
    ".webm": "video/webm",
    ".mp3": "audio/mpeg",
    ".m4a": "audio/mp4",
    ".ogg": "audio/ogg",
    ".opus": "audio/ogg",
}
"""By the suffix of a file; what has another is a page, and no enclosure."""


PLAYED = frozenset({".mp4", ".mp3", ".m4a"})
"""Suffixes of what every application for podcasts plays; that of Apple plays no others."""


def media_type(reference: str) -> str | None:
    """The media type of a file, by its suffix; None for a page."""
    return MEDIA_TYPES.get(PurePosixPath(urlsplit(reference).path).suffix.lower())


def media(replay: Replay) -> tuple[str, ...]:
    """The files of a recording: the video, then the sound."""
    return tuple(one for one in (replay.video, replay.audio) if one and media_type(one))


def episode_file(replay: Replay | None) -> str | None:
    """What an episode of a podcast plays first; None where no file has a known size."""
    file = _first(replay) if replay is not None else None
    is_sized = file is not None and ("://" not in file or (replay and replay.size is not None))
    return file if is_sized else None


def _first(replay: Replay) -> str | None:
    return next(iter(played(replay)), None)


def played(replay: Replay) -> tuple[str, ...]:
    """What an episode of a podcast offers: the sound, then the video.

    Where there is a choice, only what all applications play.
    """
    files = media(replay)[::-1]
    everywhere = tuple(one for one in files if is_played(one))
    return everywhere or files


def is_played(file: str) -> bool:
    """Whether all applications for podcasts play a file."""
    return PurePosixPath(urlsplit(file).path).suffix.lower() in PLAYED


def episode_faults(replay: Replay | None) -> Iterator[Fault]:
    """What an episode plays, though not everywhere; a size that it lacks, or is said of nothing."""
    if replay is None:
        return
    file = _first(replay)
    key = "audio" if file == replay.audio else "video"
    if file is not None and not is_played(file):
        yield Fault("unplayed-file", ("replay", key), {"value": file}, "warning")
    elsewhere = file is not None and "://" in file
    if elsewhere and replay.size is None:
        missing = (("replay", "size"),)
        yield Fault("no-size", ("replay", key), {"value": file}, "warning", missing)
    elif replay.size is not None and not elsewhere:
        yield Fault("idle-size", ("replay", "size"), {}, "warning")

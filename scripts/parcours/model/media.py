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


def media_type(reference: str) -> str | None:
    """The media type of a file, by its suffix; None for a page."""
    return MEDIA_TYPES.get(PurePosixPath(urlsplit(reference).path).suffix.lower())


def media(replay: Replay) -> tuple[str, ...]:
    """The files of a recording: the video, then the sound."""
    return tuple(one for one in (replay.video, replay.audio) if one and media_type(one))


def episode_file(replay: Replay | None) -> str | None:
    """What an episode of a podcast plays: the sound, else the video; None where neither is one."""
    files = media(replay) if replay is not None else ()
    return files[-1] if files else None


def size_faults(replay: Replay | None) -> Iterator[Fault]:
    """A size that an episode lacks, or that is said of nothing."""
    if replay is None:
        return
    file = episode_file(replay)
    elsewhere = file is not None and "://" in file
    if elsewhere and replay.size is None:
        key = "audio" if file == replay.audio else "video"
        missing = (("replay", "size"),)
        yield Fault("no-size", ("replay", key), {"value": file}, "warning", missing)
    elif replay.size is not None and not elsewhere:
        yield Fault("idle-size", ("replay", "size"), {}, "warning")

"""How a recording elsewhere is played in a page: known kinds of hosts and files."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Literal
from urllib.parse import parse_qs, urlsplit

from ..model.schema import AUDIO_TYPES, VIDEO_TYPES

Kind = Literal["frame", "video", "audio", "link"]
AT = "{t}"
"""Stands for seconds in the addresses of a player."""


def host(url: str) -> str:
    """The host a link leads to, for the reader to know before the click."""
    return (urlsplit(url).hostname or "").removeprefix("www.")


@dataclass(frozen=True)
class Player:
    """A recording and its player.

    Attributes:
        kind: what plays it; « link » when nothing here can.
        page: where one reads about it or plays it without us.
        source: what the player loads.
        seek: the same from a time on, which `AT` stands for.
        moment: *page* from a time on, or nothing where its host knows no such address.
    """

    kind: Kind
    page: str
    source: str = ""
    seek: str = ""
    moment: str = ""

    @property
    def origin(self) -> str:
        """The origin that a page must allow for its player (CSP); empty for a link."""
        parts = urlsplit(self.source)
        return f"{parts.scheme}://{parts.netloc}" if self.source else ""

    @property
    def host(self) -> str:
        """The host of the page on which one plays it without us."""
        return host(self.page)

    @property
    def asked(self) -> str:
        """The host that its player asks."""
        return host(self.source or self.page)

    def at(self, seconds: int) -> str:
        """Where one plays it from a time on, without us; nothing where that is not known."""
        return self.moment.replace(AT, str(seconds))


def player(url: str) -> Player:
    """The player of a recording, by its address alone: nobody is asked.

    PeerTube is told by its paths, since anyone runs it; the others by their hosts.
    """
    parts = urlsplit(url)
    suffix = PurePosixPath(parts.path).suffix.lower()
    if suffix in VIDEO_TYPES | AUDIO_TYPES:
        moment = f"{url.partition('#')[0]}#t={AT}"
        return Player("video" if suffix in VIDEO_TYPES else "audio", url, url, moment, moment)
    host = (parts.hostname or "").removeprefix("www.").removeprefix("m.")
    path = parts.path.rstrip("/")
    for known in (_youtube, _vimeo, _dailymotion, _peertube):
        found = known(url, host, path)
        if found is not None:
            return found
    return Player("link", url)


def _youtube(url: str, host: str, path: str) -> Player | None:
    id = None
    if host == "youtu.be":
        id = re.fullmatch(r"/([\w-]{6,20})", path)
    elif host in {"youtube.com", "youtube-nocookie.com"}:
        id = re.fullmatch(r"/(?:embed|live|shorts)/([\w-]{6,20})", path)
        if id is None and path == "/watch":
            id = re.fullmatch(r"([\w-]{6,20})", parse_qs(urlsplit(url).query).get("v", [""])[0])
    if id is None:
        return None
    source = f"https://www.youtube-nocookie.com/embed/{id[1]}?rel=0"
    moment = f"https://www.youtube.com/watch?v={id[1]}&t={AT}s"
    return Player("frame", url, source, f"{source}&start={AT}", moment)


def _vimeo(url: str, host: str, path: str) -> Player | None:
    # A video that is not listed does not play without its key, in the path or the query.
    parts = urlsplit(url)
    found = re.fullmatch(r"(?:/video)?/(\d{4,15})(?:/([0-9a-f]{6,20}))?", path)
    if host not in {"vimeo.com", "player.vimeo.com"} or found is None:
        return None
    key = found[2] or parse_qs(parts.query).get("h", [""])[0]
    hidden = f"&h={key}" if re.fullmatch(r"[0-9a-f]{6,20}", key) else ""
    source = f"https://player.vimeo.com/video/{found[1]}?dnt=1{hidden}"
    return Player("frame", url, source, f"{source}#t={AT}s", f"{url.partition('#')[0]}#t={AT}s")


def _dailymotion(url: str, host: str, path: str) -> Player | None:
    pattern = {"dai.ly": r"/(\w{5,20})", "dailymotion.com": r"(?:/embed)?/video/(\w{5,20})"}
    found = re.fullmatch(pattern[host], path) if host in pattern else None
    if found is None:
        return None
    source = f"https://geo.dailymotion.com/player.html?video={found[1]}"
    moment = f"https://www.dailymotion.com/video/{found[1]}?start={AT}"
    return Player("frame", url, source, f"{source}&startTime={AT}", moment)


def _peertube(url: str, host: str, path: str) -> Player | None:
    found = re.fullmatch(r"/(?:w|videos/watch|videos/embed)/([A-Za-z0-9-]{4,40})", path)
    if found is None:
        return None
    # Without p2p=0, readers would send parts of the video to each other, and so their addresses.
    parts = urlsplit(url)
    site = f"{parts.scheme}://{parts.netloc}"
    source = f"{site}/videos/embed/{found[1]}?p2p=0"
    return Player("frame", url, source, f"{source}&start={AT}s", f"{site}/w/{found[1]}?start={AT}s")

"""newsboat subscribes to news, and keeps them in a database."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from . import run

PROGRAMS = ("newsboat",)


@dataclass(frozen=True)
class Newsboat:
    """News in newsboat, which shows an identity once, however many feeds hold it."""

    home: Path

    def reload(self) -> None:
        names = {"-u": "urls", "-C": "config", "-c": "cache.db"}
        files = [part for key, name in names.items() for part in (key, str(self.home / name))]
        run(self.home, ["newsboat", *files, "-x", "reload"])

    def _query(self, query: str) -> list[tuple[str, ...]]:
        with closing(sqlite3.connect(self.home / "cache.db")) as database:
            return database.execute(query).fetchall()

    def feeds(self) -> dict[str, str]:
        """Title by address; empty where the feed could not be read."""
        return {row[0]: row[1] for row in self._query("SELECT rssurl, title FROM rss_feed")}

    def items(self) -> list[tuple[str, str, str]]:
        """Address of the feed, identity and title of each."""
        query = "SELECT feedurl, guid, title FROM rss_item"
        return [(url, guid, title) for url, guid, title in self._query(query)]


def subscribe(home: Path, urls: Sequence[str]) -> Newsboat:
    (home / "urls").write_text("".join(f"{url}\n" for url in urls))
    (home / "config").write_text("reload-threads 4\n")
    client = Newsboat(home)
    client.reload()
    return client

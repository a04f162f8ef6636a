"""Pages that somebody wrote in docs_dir."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

_FENCE = re.compile(r"^ {0,3}(`{3,}|~{3,})", re.MULTILINE)
_HEADING = re.compile(r"^# ++([^ \n].*)$", re.MULTILINE)
_LONGEST = 500
"""Characters of a heading that make a title."""
_CODE = re.compile(r"(?<!`)(`{1,4})(?!`)[^\n`]{1,500}\1(?!`)")


def without_code(text: str) -> str:
    """A text in which code is made blank, and everything keeps its place."""
    lines = text.split("\n")
    fence = ""
    for number, line in enumerate(lines):
        found = _FENCE.match(line)
        if fence or found:
            lines[number] = " " * len(line)
        if found and not fence:
            fence = found[1]
        elif found and found[1].startswith(fence) and not line.strip().strip(fence[0]):
            fence = ""
    return _CODE.sub(lambda code: " " * len(code[0]), "\n".join(lines))


@dataclass(frozen=True, kw_only=True)
class Authored:
    """A Markdown page that somebody wrote.

    Attributes:
        path: in docs_dir, which is also its path in the tree.
        source: relative to the site's folder.
        body_line: the line on which the body begins.
        meta: its front matter.
        changed: Unix seconds of its last change.
        held: whether it is kept back from readers: it is checked, and not published.
    """

    path: str
    source: str
    body: str
    body_line: int
    changed: int
    held: bool = False
    meta: Mapping[str, object] = field(default_factory=dict)

    @property
    def address(self) -> str:
        """Where it stands, "" for the home page: ``a/index.md`` and ``a.md`` are ``a/``."""
        folder, slash, name = self.path.removesuffix(".md").rpartition("/")
        return f"{folder}{slash}{'' if name in {'index', 'README'} else f'{name}/'}"

    @property
    def has_heading(self) -> bool:
        return self._heading is not None

    @property
    def _heading(self) -> str | None:
        fence = _FENCE.search(self.body)
        found = _HEADING.search(self.body[: fence.start()] if fence else self.body)
        return _without_closing(found[1])[:_LONGEST] if found else None

    @property
    def title(self) -> str:
        """What its front matter says, else its heading, else its file's name."""
        said = self.meta.get("title")
        if isinstance(said, str) and said.strip():
            return said
        if self._heading:
            return re.sub(r"[*_`]|\{[^}]*\}|\[([^\]]*)\]\([^)]*\)", r"\1", self._heading)
        return self.path.removesuffix(".md").removesuffix("/index").rpartition("/")[2]

    @property
    def description(self) -> str:
        said = self.meta.get("description")
        return said if isinstance(said, str) else ""


def _without_closing(heading: str) -> str:
    """A heading without the « # » that may close it (CommonMark, section 4.2)."""
    text = heading.rstrip(" ")
    bare = text.rstrip("#")
    return bare.rstrip(" ") if bare.endswith(" ") else text

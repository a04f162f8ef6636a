"""Links of bodies and files that sources name: found, checked, given their address."""

from __future__ import annotations

import os
import posixpath
import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import Literal
from urllib.parse import SplitResult, quote, unquote, urlsplit

from ..letters import normal
from ..model.names import asset_name, fold, slug
from ..model.schema import (
    AUDIO_TYPES,
    CAPTION_TYPES,
    IMAGE_TYPES,
    SLIDE_TYPES,
    TRANSCRIPT_TYPES,
    VIDEO_TYPES,
)
from ..model.settings import SITE, Settings
from ..problems import N_, SUGGESTION, Edit, Mark, Mend, Problems, closest
from .files import can_be_read, first_bytes, is_file, is_text, is_there
from .suffixes import ADDED, CONVERSIONS
from .svg import check_svg
from .text import read_source
from .walk import entries_of, is_inside

LINKED_TYPES = (
    AUDIO_TYPES | CAPTION_TYPES | IMAGE_TYPES | SLIDE_TYPES | VIDEO_TYPES | TRANSCRIPT_TYPES
) - {".md"} | {".ics", ".odt", ".docx", ".ods", ".xlsx", ".csv", ".zip"}
"""Kinds of files that a body may link to."""

_SCHEME = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]*:")
LEAD_TO = N_("write « {better} »")
SAME_NAME = N_("the file is called « {better} »: write its name just so, capitals included")
NAME_IT = N_("write the name of the file, which lies beside this one, or delete this line")
_ANSWERS = frozenset(
    {"oui", "non", "yes", "no", "true", "false", "automatiques", "auto", "a-venir"}
)
RENAME = N_("a program has added to its name: rename the file « {file} » to « {better} »")
RENAME_HERE = N_(
    "a program has added to its name: rename the file « {file} » to « {better} », here too"
)
HTTPS = N_("write the whole address: « {better} »")
_HOST = re.compile(
    r"(?:https?/+)?(?:www\.[\w-]{1,63}(?:\.[\w-]{1,63}){1,5}|[\w-]{1,63}(?:\.[\w-]{1,63}){0,5}"
    r"\.(?:fr|com|org|net|eu|info|be|ch|ca|re|nc|gouv|edu|io|coop|example))(?:/.*)?",
    re.IGNORECASE,
)
"""An address of the web whose beginning is missing."""

CONVERT = N_("convert it to {better}, put that file in its place, and write its name here")
_FORMS: tuple[Literal["NFC", "NFD"], ...] = ("NFC", "NFD")
_ALLOWED_SCHEMES = frozenset({"http", "https", "mailto", "tel"})


def find_file(
    root: Path,
    settings: Settings | None,
    file: str,
    reference: str,
    allowed: Collection[str],
    name: str,
    mark: Mark,
    problems: Problems,
) -> str | None:
    """The file a source names, relative to *root*; None, and a problem, when it cannot be used.

    Args:
        settings: which files the source may name; None for the configuration itself.
        file: the source that names it.
        reference: the path as written, relative to that source's folder.
        allowed: suffixes, with their dot.
        name: the field, for messages.
    """
    joined = os.path.normpath(str(PurePosixPath(file).parent / reference))
    if joined.startswith("..") or joined.startswith("/"):
        problems.add("outside-path", mark, field=name, value=reference)
        return None
    if settings is not None and not settings.lends(normal("NFC", joined), file):
        problems.add("foreign-file", mark, field=name, value=reference)
        return None
    path = _on_disk(root, joined)
    if path is None:
        mend = _alike(root, joined, reference, file, mark)
        problems.add("missing-file", mark, mend=mend, field=name, value=reference)
        suffix = PurePosixPath(reference).suffix.lower()
        if mend is None and suffix in CONVERSIONS and suffix not in allowed:
            _tell_type(reference, PurePosixPath(reference).name, allowed, name, mark, problems)
        return None
    if not is_inside(root, path):
        problems.add("outside-path", mark, field=name, value=reference)
        return None
    if path.suffix.lower() not in allowed:
        _tell_type(reference, path.name, allowed, name, mark, problems)
        return None
    found = path.relative_to(root).as_posix()
    if not can_be_read(path, found, problems):
        return None
    if path.suffix.lower() in _NEVER_EMPTY and not first_bytes(path, 1):
        problems.add("empty-file", mark, field=name, value=reference)
        return None
    if path.suffix.lower() == ".svg" and not check_svg(path, found, problems):
        return None
    return found


def _tell_type(
    reference: str,
    file: str,
    allowed: Collection[str],
    name: str,
    mark: Mark,
    problems: Problems,
) -> None:
    known = ", ".join(sorted(allowed))
    better = CONVERSIONS.get(PurePosixPath(file).suffix.lower(), "")
    fits = f".{better.lower()}" in allowed
    mend = Mend(CONVERT, {"better": better}) if fits else None
    inner = meant_file(file)
    if inner is not None and PurePosixPath(inner).suffix.lower() in allowed:
        mend = Mend(RENAME_HERE, {"file": file, "better": inner})
    problems.add("bad-file-type", mark, mend=mend, field=name, value=reference, known=known)


_NEVER_EMPTY = AUDIO_TYPES | VIDEO_TYPES | SLIDE_TYPES | TRANSCRIPT_TYPES - CAPTION_TYPES
"""Suffixes of what is offered to be played or read; of pictures and captions more is told."""


def _on_disk(root: Path, name: str) -> Path | None:
    """The file, whichever form its accents have on this disk."""
    for form in _FORMS:
        path = root / normal(form, name)
        if is_file(path):
            return path
    return None


def _alike(root: Path, name: str, reference: str, file: str, mark: Mark) -> Mend | None:
    """The file that was meant by a name that no file has: by its capitals, or by a letter or two.

    Where one is meant for certain, it has the same letters.
    """
    folder = root / PurePosixPath(name).parent
    said = PurePosixPath(name).name
    from_root = os.path.normpath(reference.lstrip("/"))
    if is_text(from_root) and not from_root.startswith("..") and is_file(root / from_root):
        better = os.path.relpath(from_root, PurePosixPath(file).parent)
        return Mend(LEAD_TO, {"better": better}, (Edit(mark.line, mark.column, reference, better),))
    if slug(reference) in _ANSWERS:
        return Mend(NAME_IT)
    beside = PurePosixPath(file).parent / said
    if beside != PurePosixPath(name) and is_file(root / beside):
        return Mend(LEAD_TO, {"better": said}, (Edit(mark.line, mark.column, reference, said),))
    names = [entry.name for entry in entries_of(folder) if not entry.name.startswith(".")]
    longer = next((one for one in names if fold(meant_file(one) or "") == fold(said)), None)
    if longer is not None:
        return Mend(RENAME, {"file": longer, "better": said})
    same = [one for one in names if fold(one) == fold(said)]
    same = same or [one for one in names if _plain(one) == _plain(said)]
    near = same[0] if same else closest(said, names)
    if near is None or not is_file(folder / near):
        return None
    better = reference.removesuffix(PurePosixPath(reference).name) + near
    edit = Edit(mark.line, mark.column, reference, better)
    if len(same) == 1:
        return Mend(SAME_NAME, {"better": better}, (edit,))
    return Mend(SUGGESTION, {"suggestion": better})


def meant_file(name: str) -> str | None:
    """What a file is called without what a program added: ``x.vtt`` for ``x.vtt.txt``."""
    path = PurePosixPath(name)
    inner, last = PurePosixPath(path.stem).suffix.lower(), path.suffix.lower()
    return path.stem if inner in LINKED_TYPES and (last in ADDED or last == inner) else None


def _plain(name: str) -> str:
    """A name as it is written in an address: spaces, accents and « .jpeg » make no difference."""
    return asset_name(name).replace(".jpeg", ".jpg")


def _leads_to(source: str, reference: str, file: str) -> bool:
    joined = os.path.normpath(str(PurePosixPath(source).parent / reference))
    return normal("NFC", joined) == normal("NFC", file)


_PORTS = {"http": 80, "https": 443}
_INDEX = re.compile(r"(?:^|(?<=/))index\.html$")
"""The file of a page, which is not part of its address."""


def within(link: str, site_url: str) -> str | None:
    """What an address of a host names in the site, relative to its root; None elsewhere.

    Hosts are compared as browsers do (WHATWG URL, 4.5): without regard to case, the port that goes
    without saying, and the dot of a name that is whole. Either scheme leads to the site.
    """
    try:
        said, site = urlsplit(link.strip()), urlsplit(site_url)
        is_own = bool(said.netloc) and _host(said) == _host(site) and not said.username
    except ValueError:
        return None
    if not is_own or said.scheme not in {"", *_PORTS}:
        return None
    base = site.path if site.path.endswith("/") else f"{site.path}/"
    path = said.path or "/"
    if f"{path}/" == base:
        path = base
    if not path.startswith(base):
        return None  # another site of that host
    return _INDEX.sub("", path[len(base) :].lstrip("/")) + _tail(said)


def _host(parts: SplitResult) -> str:
    """A host with its port, unless that goes without saying."""
    usual = (_PORTS[parts.scheme],) if parts.scheme in _PORTS else _PORTS.values()
    port = "" if parts.port is None or parts.port in usual else f":{parts.port}"
    return (parts.hostname or "").rstrip(".") + port


def _tail(parts: SplitResult) -> str:
    """What stands behind the path of an address."""
    query = f"?{parts.query}" if parts.query else ""
    return query + (f"#{parts.fragment}" if parts.fragment else "")


@dataclass(frozen=True)
class Asked:
    """A link to an address of the site.

    Attributes:
        link: as it was written.
        path: without slashes at its ends; "" for the home page.
    """

    link: str
    path: str
    mark: Mark

    @property
    def is_page(self) -> bool:
        """Whether it leads to a page: the addresses of pages have no suffix."""
        return not PurePosixPath(self.path).suffix

    @property
    def address(self) -> str:
        """The address as the site has it: a page's ends with a slash."""
        return f"{self.path}/" if self.path and self.is_page else self.path


@dataclass(kw_only=True)
class Links:
    """Resolves the links of bodies, and remembers which files they publish.

    Attributes:
        addresses: source file → address of its page.
        assets: address of a published file → its source, both relative.
        named: source of a published file → where it is named first.
        asked: links to an address of the site, to be checked once all addresses are known.
    """

    root: Path
    settings: Settings
    addresses: Mapping[str, str]
    problems: Problems
    assets: dict[str, str] = field(default_factory=dict)
    named: dict[str, Mark] = field(default_factory=dict)
    asked: list[Asked] = field(default_factory=list)
    _known: dict[str, str] = field(default_factory=dict)

    def place_of(self, file: str) -> Mark:
        """Where a published file is named first, to the line of the key that does."""
        mark = self.named[file]
        suffix = PurePosixPath(mark.file).suffix
        if mark.line > 1 or suffix not in {".md", ".yml", ".yaml"}:
            return mark
        source = read_source(self.root / mark.file, mark.file, Problems())
        for path, where in source.document.marks.items() if source else ():
            value = source.document.said(path) if source else None
            if isinstance(value, str) and _leads_to(mark.file, value, file):
                return where
        return mark

    def resolve(self, link: str, mark: Mark) -> str | None:
        """The address of a link as written in the body of ``mark.file``; None when it is dead."""
        named = within(link, self.settings.site_url)
        if named is not None:
            return self._at_root(link, f"/{named}", mark)
        scheme = _SCHEME.match(link)
        if scheme:
            if scheme.group().lower().rstrip(":") in _ALLOWED_SCHEMES:
                return link
            self.problems.add("unsafe-link", mark, value=link)
            return None
        try:
            parts = urlsplit(link)
        except ValueError:  # « //[x/ » begins like the address of a host, and is none
            self.problems.add("dead-link", mark, value=link)
            return None
        if parts.netloc:
            self.problems.add("unsafe-link", mark, value=link)
            return None
        path, tail = unquote(parts.path), _tail(parts)
        if path.startswith("/"):
            return self._at_root(link, link, mark)
        beside = self.root / PurePosixPath(mark.file).parent / path
        if _HOST.fullmatch(path) and not is_there(beside):
            whole = re.sub(r"^https?/+", "", link, flags=re.IGNORECASE)
            mend = Mend(HTTPS, {"better": f"https://{whole}"})
            self.problems.add("dead-link", mark, mend=mend, value=link)
            return None
        if not path.endswith((".md", ".yml", ".yaml")):
            return self._asset(path, mark, tail)
        joined = os.path.normpath(str(PurePosixPath(mark.file).parent / path))
        address = self.addresses.get(normal("NFC", joined))
        if address is None:
            self.problems.add("dead-link", mark, mend=self._meant(joined, tail, mark), value=link)
            return None
        return SITE + address + tail

    def _meant(self, path: str, tail: str, mark: Mark) -> Mend | None:
        """The only source of that name, as a path from the file that links to it."""
        name = fold(PurePosixPath(path).name)
        found = [file for file in self.addresses if fold(PurePosixPath(file).name) == name]
        if len(found) != 1 or name.startswith("index."):
            return None
        start = str(PurePosixPath(mark.file).parent)
        return Mend(LEAD_TO, {"better": posixpath.relpath(found[0], start) + tail})

    def _at_root(self, link: str, path: str, mark: Mark) -> str:
        """A link as written that leads to a path from the root of the site."""
        parts = urlsplit(path)
        asked = Asked(link, unquote(parts.path).strip("/"), mark)
        self.asked.append(asked)
        return SITE + quote(asked.address) + _tail(parts)

    def _asset(self, path: str, mark: Mark, tail: str) -> str | None:
        found = find_file(
            self.root, self.settings, mark.file, path, LINKED_TYPES, N_("link"), mark, self.problems
        )
        if found is None:
            return None
        address = self.addresses[mark.file] + asset_name(path)
        self.publish(address, found, mark)
        return SITE + quote(address) + tail

    def publish(self, address: str, file: str, mark: Mark) -> None:
        """Publish a file at an address of its own; a problem where it has none.

        Addresses that differ in capitals alone are one on some disks.
        """
        name = PurePosixPath(address).name
        if name.startswith(".") and name != PurePosixPath(file).name:
            self.problems.add("nameless-file", mark, value=file)
            return
        self.named.setdefault(file, mark)
        known = self._known.setdefault(fold(address), address)
        other = self.assets.setdefault(known, file)
        if other != file:
            self.problems.add("shared-address", mark, value=file, address=known, other=other)

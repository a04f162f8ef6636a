"""Files and folders that somebody may have meant as content, and that nothing reads: all are told.

Names that are hidden or begin with « _ », and README files, are set aside on purpose.
"""

from __future__ import annotations

import difflib
import os
import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from pathlib import Path, PurePosixPath
from urllib.parse import unquote

from ..letters import normal
from ..model.kinds import KINDS
from ..model.names import slug
from ..model.settings import Settings
from ..problems import N_, Mark, Mend, Problems, closest
from .around import sections_of
from .astray import mend_dated, words_of
from .entities import ENTITY_FOLDERS
from .files import TEXT_LIMIT, first_bytes, is_file, is_folder, is_link, is_text, is_there
from .links import RENAME, meant_file
from .misplaced import folder_of
from .notices import ACCESSIBILITY, PUBLISHER
from .suffixes import DATA, PAGE_SUFFIXES, SOURCES, is_leftover, is_secret, meant_name, words
from .text import read_page, read_source
from .walk import (
    by_bundle,
    entries_of,
    is_source,
    nearest_files,
    relative_name,
    source_entries,
    tell_nowhere,
)

_TEXTS = PAGE_SUFFIXES | words("""
    .adoc .csv .desktop .doc .docx .eml .htm .html .ics .json .lnk .msg .numbers .ods .odt .org
    .pages .rst .rtf .tex .text .toml .tsv .txt .url .webloc .xls .xlsx .yaml .yml
    """)
"""What people write of a meeting, or pass on of it."""

_OPENING = re.compile(rb"(?:\xef\xbb\xbf)?\s*(?:---|\+\+\+)[ \t]*\r?\n")
_CLOSING = re.compile(rb"^(?:---|\+\+\+)[ \t]*\r?$", re.MULTILINE)
_DATED = re.compile(rb"^(?:start|undated)[ \t]*:", re.MULTILINE)
_SAYS = [
    re.compile(rb"^%s[ \t]*:[ \t]+[^\s#]" % key, re.MULTILINE)
    for key in (rb"(?:start|undated)", rb"(?:title|titre|name)")
]
_TOLD = re.compile(rb"^(?:title|name|date|start)[ \t]*:", re.MULTILINE)
_VALUED = re.compile(rb"^(?:title|name|date|start)[ \t]*:[ \t]+[^\s#]", re.MULTILINE)
_KEYS = re.compile(rb"^([A-Za-z_]{1,40})[ \t]*:", re.MULTILINE)
_HEAD = 4096
_WORD = re.compile(r"[^\s/()\[\]<>\"'|,;{}]+")
_LIKE = 0.75


def tell_stray(root: Path, settings: Settings, problems: Problems) -> None:
    """Tell what lies in the site's folder and is not read.

    Args:
        root: the site's folder, resolved.
    """
    _tell_sections(root, settings, problems)
    _tell_data(root, settings, problems)
    _tell_elsewhere(root, settings, problems)


def is_set_aside(root: Path, settings: Settings, path: Path) -> bool:
    """Whether a file or folder is neither read nor looked at, so that nothing can be said of it.

    Args:
        path: resolved.
    """
    if not path.is_relative_to(root):
        return True
    file = PurePosixPath(relative_name(root, path))
    if str(file) == settings.source:
        return False
    folders = [settings.docs_dir, settings.data, *_sections(settings)]
    if any(PurePosixPath(one).is_relative_to(file) for one in folders):
        return False
    within = [one for one in folders if file.is_relative_to(one)]
    return not within or not all(is_source(file.relative_to(one)) for one in within)


def _sections(settings: Settings) -> dict[str, bool]:
    """The folders of meetings and posts, and whether theirs hold courses."""
    found = {one.folder: one.kind.in_courses for one in settings.collections}
    if settings.news is not None:
        found[settings.news.folder] = False
    return found


def _walk(root: Path, folder: str) -> Iterator[tuple[Path, PurePosixPath]]:
    """The regular files of a folder, whatever their suffix."""
    for one in source_entries(root, folder, Problems(), suffixes=("",)):
        if one.is_file:
            yield one.path, PurePosixPath(one.file)


def _tell_sections(root: Path, settings: Settings, problems: Problems) -> None:
    beside: list[tuple[Path, PurePosixPath, bool]] = []
    texts: list[Path] = []
    for folder, in_courses in _sections(settings).items():
        base = PurePosixPath(folder)
        files = {file: path for path, file in _walk(root, folder)}
        sources = [file for file in files if file.name.lower().endswith(SOURCES)]
        read, bundles = by_bundle(sources, base, in_courses=in_courses)
        texts += [files[file] for file in sources]
        known = {file for file in sources if file.parent == base and file.stem == "index"}
        known.update(read)
        for file, path in files.items():
            if file not in known and not tell_unfit(file, problems):
                inside = not bundles.isdisjoint(file.parents)
                beside.append((path, file, inside))
    if beside:
        # A page may take in a file by an extension of the engine's.
        pages = (path for path, file in _walk(root, settings.docs_dir) if file.suffix == ".md")
        # Capitals that are wrong there are told there.
        named = {word.casefold() for word in _words([*texts, *pages])}
        for path, file, inside in beside:
            meant = meant_file(file.name)
            # What lacks its right name is told where it is named.
            is_told = meant is not None and not is_there(path.with_name(meant))
            words = [file.name, *([meant] if meant and is_told else [])]
            if not any(_last_word(one).casefold() in named for one in words):
                _tell_beside(path, file, inside, problems)


def tell_unfit(file: PurePosixPath, problems: Problems) -> bool:
    """Tell a file that never belongs here; whether it is one."""
    mark = Mark(str(file))
    if is_leftover(file.name):
        problems.add("leftover-file", mark, severity="warning", value=file.name)
        return True
    if is_secret(file.name):
        problems.add("secret-file", mark, value=file.name)
        return True
    return False


def _words(texts: Iterable[Path]) -> set[str]:
    """Every word of the sources, as a path or an address may end."""
    found: set[str] = set()
    for path in texts:
        text = first_bytes(path, TEXT_LIMIT).decode("utf-8", "replace")
        written = set(_WORD.findall(normal("NFC", text)))
        found |= written
        for word in written:
            if "%" in word:
                found |= set(_WORD.findall(normal("NFC", unquote(word))))
    return found


def _last_word(name: str) -> str:
    found = _WORD.findall(name)
    return found[-1] if found else name


def _tell_beside(path: Path, file: PurePosixPath, inside: bool, problems: Problems) -> None:
    """Tell a file that no source of its folder names."""
    name, suffix, mark = file.name, file.suffix.lower(), Mark(str(file))
    meant = meant_name(name)
    head = _head(path)
    likely = suffix in _TEXTS and not inside
    longer = meant_file(name)
    if longer is not None:
        mend = Mend(RENAME, {"file": name, "better": longer})
        problems.add("unnamed-file", mark, severity="warning", mend=mend, value=name)
        return
    opens = _OPENING.match(head) and _TOLD.search(head)
    if meant or likely or opens or _date_in(head, suffix):
        example = f"{file.stem}.md" if suffix not in SOURCES else f"{file.stem}/index.md"
        problems.add("unread-file", mark, suggestion=meant, value=name, example=example)
    elif suffix == ".srt":
        problems.add("captions-srt", mark, severity="warning", value=name)
    else:
        problems.add("unnamed-file", mark, severity="warning", value=name)


def _head(path: Path) -> bytes:
    return first_bytes(path, _HEAD)


def _date_in(head: bytes, suffix: str) -> re.Match[bytes] | None:
    """Where a file that opens as the source of a meeting says its date; None for another."""
    if suffix in DATA:
        # Such a file may have that key for anything.
        return _DATED.search(head) if all(one.search(head) for one in _SAYS) else None
    opening = _OPENING.match(head)
    if opening is None:
        return None
    closing = _CLOSING.search(head, opening.end())
    return _DATED.search(head, opening.end(), closing.start() if closing else len(head))


def _tell_data(root: Path, settings: Settings, problems: Problems) -> None:
    base = PurePosixPath(settings.data)
    tops = (ACCESSIBILITY, PUBLISHER)
    for entry in entries_of(root / base):
        is_read = entry.name in (*ENTITY_FOLDERS, *tops) or f"{base}/{entry.name}" == settings.map
        if not is_read and is_source(PurePosixPath(entry.name)):
            tell_nowhere(root, Path(entry.path), problems)
    for path, file in _walk(root, settings.data):
        parts = file.relative_to(base).parts
        if str(file) == settings.map or (parts[0] in ENTITY_FOLDERS and _is_read(parts)):
            continue
        if len(parts) > 1 and parts[0] not in ENTITY_FOLDERS:
            continue  # its folder is told
        if parts[0] in tops or tell_unfit(file, problems):
            continue
        suffix = file.suffix.lower()
        mark = Mark(str(file))
        if suffix not in _TEXTS and not _OPENING.match(_head(path)):
            problems.add("unnamed-file", mark, severity="warning", value=file.name)
        elif suffix in PAGE_SUFFIXES and _tell_dated(root, path, settings, problems):
            continue
        elif len(parts) == 1:
            guess = closest(file.name, tops)
            where = ", ".join(f"{base}/{one}/" for one in ENTITY_FOLDERS)
            folder = None if guess else _data_folder(path, str(file), settings)
            mend = Mend(PUT, {"folder": folder}) if folder else None
            problems.add(
                "unplaced-data", mark, suggestion=guess, mend=mend, value=file.name, known=where
            )
        else:
            stem = PurePosixPath(meant_name(file.name) or file.name).stem
            folder = _data_folder(path, str(file), settings) or str(file.parent)
            there = "" if folder == str(file.parent) else f"{folder}/"
            problems.add("unread-data", mark, value=file.name, better=f"{there}{stem}.yml")


PUT = N_("put it into {folder}/")


def _data_folder(path: Path, file: str, settings: Settings) -> str | None:
    """The folder of data that a file was meant for, by what it says; None where nobody knows."""
    if path.suffix.lower() in DATA:
        source = read_source(path, file, Problems(), has_text=True)
    elif path.suffix.lower() in PAGE_SUFFIXES:
        source = read_page(path, file, Problems())
    else:
        return None
    sections = [one for one in sections_of(settings) if one.is_data]
    return folder_of(source.document.data, sections) if source is not None else None


def _is_read(parts: tuple[str, ...]) -> bool:
    return len(parts) > 1 and parts[-1].lower().endswith(DATA)


MOST_ELSEWHERE = 10_000
"""Files and folders outside those of sources that are looked at, the nearest first."""


def _tell_elsewhere(root: Path, settings: Settings, problems: Problems) -> None:
    """Tell meetings that lie outside, and folders whose names are nearly those of sources."""
    wanted = {settings.data, *_sections(settings)}
    usual = {one.usual_folder(settings.docs_dir) for one in KINDS.values()}
    own = {*wanted, settings.docs_dir}
    kinds = [frozenset(one.record.model_fields) for one in sections_of(settings) if one.is_data]
    found: dict[str, list[Path]] = {}

    def beyond(folder: Path) -> None:
        mark = Mark(relative_name(root, folder))
        problems.add("unseen-files", mark, severity="warning", limit=MOST_ELSEWHERE)

    for path in nearest_files(root, own, settings.source, MOST_ELSEWHERE, beyond):
        if path.name != settings.source or path.parent != root:
            found.setdefault(path.parts[len(root.parts)], []).append(path)
    for top, paths in sorted(found.items()):
        name, path = normal("NFC", top), root / top
        is_around = any(one == name or one.startswith(f"{name}/") for one in own)
        guess = None if is_around else _guess(name, wanted | usual, settings)
        may_be = guess or is_around or _has_fit_name(name)
        if may_be and tell_nowhere(root, path, problems):
            continue
        if guess and is_folder(path) and _holds_sources(path, paths, guess, settings):
            known = ", ".join(sorted(wanted))
            mark = Mark(name)
            problems.add("unknown-folder", mark, suggestion=guess, value=name, known=known)
            continue
        for one in paths:
            if one != path and not _may_tell(one.name):
                continue
            if not _tell_lost(root, one, kinds, settings, problems) and one == path:
                _tell_table(one, settings, problems)
    _tell_capitals(root, wanted, settings, problems)


def _tell_capitals(root: Path, wanted: set[str], settings: Settings, problems: Problems) -> None:
    """Folders of docs_dir that differ from one of sources in capitals or accents alone."""
    folder = root / settings.docs_dir
    inner = [one for one in wanted if str(PurePosixPath(one).parent) == settings.docs_dir]
    _, names, _ = next(os.walk(folder), ("", [], []))
    for path in (folder / name for name in sorted(names) if is_text(name)):
        file = relative_name(root, path)
        for one in inner:
            alike = file != one and file.casefold() == one.casefold()
            if alike and not _is_same(path, root / one):
                known = ", ".join(sorted(inner))
                problems.add(
                    "unknown-folder", Mark(file), suggestion=one, value=path.name, known=known
                )


def _is_same(path: Path, other: Path) -> bool:
    return is_there(path) and is_there(other) and path.samefile(other)


def _guess(name: str, wanted: Iterable[str], settings: Settings) -> str | None:
    """The folder of sources that one at the root was meant to be."""
    folded = name.casefold()
    tops = {PurePosixPath(one).name: one for one in sorted(wanted)}
    if folded == PurePosixPath(settings.data).name.casefold():
        return settings.data
    for top, folder in tops.items():
        if top.casefold() == folded:
            return folder
    if folded in ENTITY_FOLDERS:
        return f"{settings.data}/{folded}"
    found = difflib.get_close_matches(folded, [top.casefold() for top in tops], 1, _LIKE)
    return next((tops[top] for top in tops if found and top.casefold() == found[0]), None)


def _holds_sources(folder: Path, paths: Sequence[Path], guess: str, settings: Settings) -> bool:
    """Whether a folder holds what is read of the one that was meant.

    Args:
        paths: its files; what is there, where it is a link.
    """
    if guess == settings.data:
        return any(is_there(folder / one) for one in (*ENTITY_FOLDERS, ACCESSIBILITY, PUBLISHER))
    if is_link(folder):
        paths = list(nearest_files(folder, (), settings.source, MOST_ELSEWHERE))
    suffixes = DATA if guess.startswith(f"{settings.data}/") else SOURCES
    return any(
        _TOLD.search(_head(path))
        for path in paths
        if path.name.lower().endswith(suffixes) and is_file(path)
    )


_MEETINGS = words("""
    agenda calendar calendrier evenements events inscriptions meetings programme rencontres
    schedule seances
    """)
_TABLES = words(".csv .doc .docx .ics .numbers .ods .odt .tsv .xls .xlsx")
ONE_EACH = N_(
    "write each of them into a file of its own, in {folder}/; a name that begins with « _ » is "
    "set aside"
)


def _tell_table(path: Path, settings: Settings, problems: Problems) -> None:
    """Tell a table or a text at the root that is called after what the site is made of."""
    if path.suffix.lower() not in _TABLES or not is_file(path):
        return
    folders = {word: one.folder for one in settings.collections for word in words_of(one)}
    folders |= {one: f"{settings.data}/{one}" for one in ENTITY_FOLDERS}
    usual = next(iter(settings.folders), None)
    folders = {**(dict.fromkeys(_MEETINGS, usual) if usual else {}), **folders}
    said = slug(path.stem)
    folder = folders.get(said) or folders.get(said.rstrip("-0123456789"))
    if folder is not None:
        mend = Mend(ONE_EACH, {"folder": folder})
        mark = Mark(normal("NFC", path.name))
        problems.add("unread-file", mark, severity="warning", mend=mend, value=path.name)


def _may_tell(name: str) -> bool:
    """Whether a file may be told by what it holds: most may not, and are not looked at."""
    return name.lower().endswith(DATA) or _has_fit_name(name)


def _tell_lost(
    root: Path,
    path: Path,
    kinds: Iterable[Collection[str]],
    settings: Settings,
    problems: Problems,
) -> bool:
    """Tell a meeting, or a file of data, that lies where nothing is read; whether it is one.

    Args:
        kinds: what each sort of data says.
    """
    if _tell_dated(root, path, settings, problems):
        return True
    if path.suffix.lower() not in DATA or not is_file(path):
        return False
    if not _may_be_data(_head(path), kinds):
        return False
    file = relative_name(root, path)
    folder = _data_folder(path, file, settings)
    if folder is not None:
        mend = Mend(PUT, {"folder": folder})
        problems.add("unplaced-data", Mark(file), mend=mend, value=path.name, known=folder)
    return folder is not None


def _may_be_data(head: bytes, kinds: Iterable[Collection[str]]) -> bool:
    """Whether all that a file begins with is said of one sort of what meetings refer to.

    Args:
        kinds: what each sort says.
    """
    if not _VALUED.search(head):
        return False
    said = {key.decode() for key in _KEYS.findall(head)}
    return any(said.issubset(one) for one in kinds)


def _has_fit_name(name: str) -> bool:
    """Whether a file is called as the source of a meeting, or was meant to be."""
    return name.lower().endswith(SOURCES) or meant_name(name) is not None


def _tell_dated(root: Path, path: Path, settings: Settings, problems: Problems) -> bool:
    """Tell a file that is a meeting by what it begins with; whether it is one."""
    suffix = path.suffix.lower()
    if not _has_fit_name(path.name) or not is_file(path):
        return False
    head = _head(path)
    found = _date_in(head, suffix)
    if found is not None:
        line = head.count(b"\n", 0, found.start()) + 1
        keys = [key.decode("utf-8", "replace") for key in _KEYS.findall(head)]
        tell_dated(Mark(relative_name(root, path), line), keys, "", settings, problems)
        return True
    return False


def tell_dated(
    mark: Mark, keys: Collection[str], title: str, settings: Settings, problems: Problems
) -> None:
    """Tell a page that has the date of a meeting, and lies where no meeting is read.

    Args:
        keys: those it begins with.
    """
    known = ", ".join(settings.folders) or "webinars"
    mend = mend_dated(PurePosixPath(mark.file), keys, title, settings)
    problems.add("dated-page", mark, mend=mend, known=known)

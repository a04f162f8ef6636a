"""What the name of a file says of it, whatever folder it lies in."""

from __future__ import annotations

import re
from pathlib import PurePosixPath


def words(text: str) -> frozenset[str]:
    """The words of a text, for a table that is easier to read as one."""
    return frozenset(text.split())


SOURCES = (".md", ".yml", ".yaml")
"""Suffixes of the sources of meetings and posts."""

DATA = (".yml", ".yaml")
"""Suffixes of the sources of what meetings refer to."""

CONVERSIONS = {
    **dict.fromkeys(words(".heic .heif .tif .tiff .bmp .jp2 .jxl .raw .cr2 .nef .dng .psd"), "JPG"),
    **dict.fromkeys(words(".gif .ico .eps .ai .xcf"), "PNG"),
    **dict.fromkeys(words(".doc .docx .odt .rtf .ppt .key .pages .numbers .ods .xls .xlsx"), "PDF"),
    **dict.fromkeys(words(".wav .aiff .flac .aac .wma .m4b .amr"), "MP3"),
    **dict.fromkeys(words(".mov .avi .mkv .wmv .m4v .mpg .mpeg .3gp .flv"), "MP4"),
    **dict.fromkeys(words(".sbv .ass .ssa .ttml .dfxp .sub"), "VTT"),
}
"""Suffixes of files that are not published → what programs save them as instead."""

PAGE = ".md"
PAGE_SUFFIXES = frozenset({".md", ".markdown", ".mdown", ".mkdn", ".mkd"})
"""What the engine takes for Markdown; one of them is enough."""

_MADE_FOR = PAGE_SUFFIXES | frozenset(DATA)
ADDED = frozenset({".txt", ".text", ".doc", ".docx", ".rtf", ".html", ".htm"})
"""What editors and browsers add to the name of a text that they save."""

_LEFT = words("""
    .bak .old .orig .save .swp .swo .tmp .temp .rej .part .crdownload .autosave
    """)
_LEFT_NAMES = frozenset({"thumbs.db", "ehthumbs.db", "desktop.ini", ".ds_store"})
_SECRET = words(".key .pem .p12 .pfx .ppk .jks .kdbx .keystore .env .htpasswd")
_SECRET_NAMES = re.compile(r"id_(?:rsa|dsa|ecdsa|ed25519)")


def is_leftover(name: str) -> bool:
    """Whether an editor, a browser or a system left it there."""
    folded = name.casefold()
    marked = folded.endswith("~") or folded.startswith("~$") or re.fullmatch(r"#.+#", folded)
    return bool(marked) or folded in _LEFT_NAMES or PurePosixPath(folded).suffix in _LEFT


def is_secret(name: str) -> bool:
    """Whether it is usually a key or holds passwords."""
    folded = name.casefold()
    has_name = folded in _SECRET or bool(_SECRET_NAMES.fullmatch(folded))
    return has_name or PurePosixPath(folded).suffix in _SECRET


def meant_name(name: str) -> str | None:
    """The name of the source that it was meant to be: ``x.md`` for ``x.md.txt``, ``x.markdown``."""
    path = PurePosixPath(name)
    suffix = path.suffix.lower()
    inner = PurePosixPath(path.stem)
    if suffix in ADDED and inner.suffix.lower() in _MADE_FOR:
        path, suffix = inner, inner.suffix.lower()
        if suffix in SOURCES:
            return str(path)
    if suffix in PAGE_SUFFIXES and path.suffix != PAGE:
        return str(path.with_suffix(PAGE))
    return None

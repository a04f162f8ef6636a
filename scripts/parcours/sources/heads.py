"""The front matter of authored pages: what of it reaches the engine, each key in its shape.

Themes print front matter raw, whatever its key: so a page says only what the engine and its theme
document (MkDocs, « Meta-Data »; Material, « Reference »), and texts are escaped by who writes the
page.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from pathlib import Path

from ..model.settings import EngineFacts
from ..model.values import ORIGIN
from ..problems import N_, Mark, Problems, closest
from .astray import keys_of_post
from .files import is_file
from .yaml import Document

_WORD = re.compile(r"[a-z][a-z0-9-]{0,40}")
_ICON = re.compile(r"[a-z0-9-]+(?:/[a-z0-9-]+)*", re.IGNORECASE)
_TEMPLATE = re.compile(r"[\w-]+(?:/[\w-]+)*\.html")
_NUMBER = re.compile(r"\d{1,4}(?:\.\d{1,4})?")
_TRUTH: Mapping[str, bool] = {"true": True, "yes": True, "false": False, "no": False}
_LONGEST = 500


def read_head(
    document: Document, engine: EngineFacts, problems: Problems, posts: str
) -> dict[str, object]:
    """What the engine may know of a page; a key it does not know is a warning, and is left out.

    Args:
        posts: the folder in which posts are read.
    """
    found: dict[str, object] = {}
    head = _Head(document, engine, problems)
    known = {*head.readers, *engine.keys} - {"title", "description"}
    of_post = keys_of_post(document.data, known)
    if of_post:
        mark = document.key_mark(("date",))
        named = ", ".join(key for key in of_post if key not in head.readers)
        problems.add("stray-post", mark, severity="warning", folder=posts, known=named)
    for key, value in document.data.items():
        read = head.readers.get(key)
        if read is None and (key in engine.keys or key in of_post):
            continue
        if read is None:
            problems.add(
                "unknown-key",
                document.key_mark((key,)),
                severity="warning",
                suggestion=closest(key, head.readers),
                key=key,
                known=", ".join(sorted(head.readers)),
            )
        elif value is not None and (value := read(key, value)) is not None:
            found[key] = value
    return found


class _Head:
    def __init__(self, document: Document, engine: EngineFacts, problems: Problems) -> None:
        self._document = document
        self._engine = engine
        self._problems = problems
        self.readers: Mapping[str, Callable[[str, object], object]] = {
            "author": self._text,
            "description": self._text,
            "frames": self._frames,
            "hide": self._hide,
            "icon": self._icon,
            "search": self._search,
            "status": self._status,
            "subtitle": self._text,
            "tags": self._tags,
            "template": self._template,
            "title": self._text,
        }

    def _mark(self, key: str) -> Mark:
        return self._document.mark((key,))

    def _is_type(self, fits: bool, key: str, expected: str, example: str) -> bool:
        if not fits:
            mark = self._mark(key)
            self._problems.add("bad-type", mark, field=key, expected=expected, example=example)
        return fits

    def _text(self, key: str, value: object) -> str | None:
        fits = isinstance(value, str)
        if not self._is_type(fits, key, N_("a text"), "…") or not isinstance(value, str):
            return None
        return value

    def _texts(self, key: str, value: object, example: str) -> list[str] | None:
        listed = value if isinstance(value, list) else [value]
        texts = [one for one in listed if isinstance(one, str) and len(one) <= _LONGEST]
        fits = len(texts) == len(listed)
        return texts if self._is_type(fits, key, N_("a list of texts"), example) else None

    def _words(
        self, key: str, value: object, shape: re.Pattern[str], example: str, reason: str
    ) -> list[str] | None:
        texts = self._texts(key, value, example)
        for one in texts or ():
            if not shape.fullmatch(one):
                mark = self._mark(key)
                self._problems.add("bad-value", mark, field=key, value=one, reason=reason)
                return None
        return texts

    def _hide(self, key: str, value: object) -> object:
        return self._words(key, value, _WORD, "[navigation, toc]", N_("it is no part of a page"))

    def _tags(self, key: str, value: object) -> object:
        return self._texts(key, value, "[pédagogie, formation]")

    def _frames(self, key: str, value: object) -> object:
        reason = N_("it is no origin such as https://video.example")
        return self._words(key, value, ORIGIN, "[https://video.example]", reason)

    def _status(self, key: str, value: object) -> object:
        texts = self._words(key, value, _WORD, "new", N_("it is no name of a status"))
        return texts[0] if texts else None

    def _icon(self, key: str, value: object) -> object:
        return self._existing(key, value, _ICON, ".icons/{}.svg", self._engine.theme)

    def _template(self, key: str, value: object) -> object:
        """Only a template of the site's own: the theme's are not made for a page to choose."""
        own = (self._engine.templates,) if self._engine.templates else ()
        return self._existing(key, value, _TEMPLATE, "{}", own)

    def _existing(
        self, key: str, value: object, shape: re.Pattern[str], name: str, folders: tuple[Path, ...]
    ) -> str | None:
        text = self._text(key, value)
        if text is None:
            return None
        known = shape.fullmatch(text) is not None
        if not known or not any(is_file(one / name.format(text)) for one in folders):
            self._problems.add("missing-file", self._mark(key), field=key, value=text)
            return None
        return text

    def _search(self, key: str, value: object) -> object:
        if not isinstance(value, dict):
            self._is_type(False, key, N_("a list of « key: value » lines"), "{exclude: true}")
            return None
        found: dict[str, object] = {}
        for name, one in value.items():
            text = one.lower() if isinstance(one, str) else ""
            if name == "exclude" and text in _TRUTH:
                found[name] = _TRUTH[text]
            elif name == "boost" and _NUMBER.fullmatch(text):
                found[name] = float(text)
            else:
                mark = self._document.key_mark((key, name))
                known = "boost, exclude"
                self._problems.add("bad-choice", mark, field=key, value=name, known=known)
        return found

"""The Content-Security-Policy of each page (W3C CSP Level 3), in a ``meta`` element.

Nothing runs that the site does not serve: no inline code, no handlers, no ``style`` attributes.
The theme's few inline scripts are allowed by their hashes, which are drawn from the theme's own
templates: an upgrade of the theme brings its own, and a script in a page gets none.
"""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import jinja2
from mkdocs.config.defaults import MkDocsConfig

SCRIPTS = "partials/javascripts"
"""Folder of the theme's inline scripts, a template each."""

REFERRER = "same-origin"
"""Other hosts do not learn which page was read."""

_SCRIPT = re.compile(r"<script\b((?:[^>\"]|\"[^\"]*\")*)>(.*?)</script\s*>", re.DOTALL | re.I)
_SOURCE = re.compile(r"\bsrc\s*=", re.I)
_TYPE = re.compile(r"\btype\s*=\s*[\"']?([\w/+.-]+)", re.I)
_CODE = frozenset({"module", "text/javascript", "application/javascript"})
_CHARSET = re.compile(r"<meta charset=[^>]*>|<head[^>]*>", re.I)
_ORIGIN = re.compile(r"https://[a-z0-9-]+(?:\.[a-z0-9-]+)+(?::\d{1,5})?")


class PolicyRefused(Exception):
    """A page holds what its policy would forbid.

    Attributes:
        what: the fault, the key of a message.
        value: the text at fault.
    """

    def __init__(self, what: str, value: str) -> None:
        super().__init__(what)
        self.what = what
        self.value = value


@dataclass(frozen=True)
class Policy:
    """What the pages of a site may do.

    Attributes:
        scripts: hashes of the inline scripts of the theme, as CSP writes them.
    """

    scripts: frozenset[str]

    def apply(self, page: str, frames: Sequence[object] = ()) -> str:
        """A page with its policy in its head.

        Args:
            frames: origins of which the reader may open players in this page.

        Raises:
            PolicyRefused: the page holds an inline script that is not the theme's, or one of the
                origins is none.
        """
        used = []
        for code in inline_scripts(page):
            found = script_hash(code)
            if found not in self.scripts:
                raise PolicyRefused("script", code.strip()[:60])
            used.append(found)
        for origin in frames:
            if not isinstance(origin, str) or not _ORIGIN.fullmatch(origin):
                raise PolicyRefused("frame", str(origin))
        said = directives(sorted(set(used)), [str(one) for one in frames])
        meta = (
            f'<meta http-equiv="Content-Security-Policy" content="{said}">'
            f'<meta name="referrer" content="{REFERRER}">'
        )
        return _CHARSET.sub(lambda found: found[0] + meta, page, count=1)


def directives(scripts: Sequence[str] = (), frames: Sequence[str] = ()) -> str:
    """The policy as text; nothing is allowed that is not named."""
    allowed: Mapping[str, Sequence[str]] = {
        "default-src": ["'none'"],
        "script-src": ["'self'", *(f"'{one}'" for one in scripts)],
        "style-src": ["'self'"],
        # The theme's style sheet draws its icons from data: addresses.
        "img-src": ["'self'", "data:"],
        "font-src": ["'self'"],
        "connect-src": ["'self'"],
        "worker-src": ["'self'"],
        "media-src": ["'self'", *frames],
        "frame-src": list(frames) or ["'none'"],
        "base-uri": ["'none'"],
        "form-action": ["'self'"],
    }
    return "; ".join(f"{name} {' '.join(sources)}" for name, sources in allowed.items())


def inline_scripts(page: str) -> Iterator[str]:
    """The code in a page; blocks of data (JSON, JSON-LD) are not code."""
    for found in _SCRIPT.finditer(page):
        kind = _TYPE.search(found[1])
        if not _SOURCE.search(found[1]) and (kind is None or kind[1].lower() in _CODE):
            yield found[2]


def script_hash(code: str) -> str:
    """``sha256-…`` of a script (CSP Level 3, section 6.7.2.3)."""
    return "sha256-" + base64.b64encode(hashlib.sha256(code.encode()).digest()).decode()


def theme_policy(env: jinja2.Environment, config: MkDocsConfig) -> Policy:
    """The policy for a theme: its templates of inline scripts, rendered for this site.

    The scripts must be the same on every page: ``extra.scope`` must be set.
    """
    folders = [Path(folder, SCRIPTS) for folder in config.theme.dirs]
    names = {path.name for folder in folders if folder.is_dir() for path in folder.glob("*.html")}
    features = config.theme.get("features") or []
    found: set[str] = set()
    for name in sorted(names):
        rendered = env.get_template(f"{SCRIPTS}/{name}").render(config=config, features=features)
        found |= {script_hash(code) for code in inline_scripts(rendered)}
    return Policy(frozenset(found))

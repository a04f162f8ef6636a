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
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

import jinja2
from mkdocs.config.defaults import MkDocsConfig

from ..model.settings import Allowed
from ..model.values import ORIGIN
from ..sources.files import is_file, is_folder

SCRIPTS = "partials/javascripts"
"""Folder of the theme's inline scripts, a template each."""

REFERRER = "same-origin"
"""Other hosts do not learn which page was read."""

# To the end of the text, where a tag has none: what failed is never read again.
_SCRIPT = re.compile(r"<script\b((?:[^>\"]|\"[^\"]*+(?:\"|\Z))*+)(?:>|\Z)", re.I)
_SCRIPT_END = re.compile(r"</script(?:\s*+>|(?=[\s/>]))", re.I)
_SOURCE = re.compile(r"\bsrc\s*=", re.I)
_TYPE = re.compile(r"\btype\s*=\s*[\"']?([\w/+.-]+)", re.I)
_CODE = frozenset({"module", "text/javascript", "application/javascript"})
_CHARSET = re.compile(r"<meta charset=[^<>]*+>|<head[^<>]*+>", re.I)
_FROM = re.compile(r"(?<![\w-])src\s*=\s*[\"']?((?:https?:)?//[^\s\"'>]+)", re.I)
ANALYTICS = "partials/integrations/analytics"
"""Templates of the theme for who counts readers, and the one that takes one of them in."""

HOST = re.compile(r"https://[a-z0-9.-]+(?::\d{1,5})?")


class PolicyRefused(Exception):
    """A page holds what its policy would forbid.

    Attributes:
        code: of a problem.
        value: the text at fault.
    """

    def __init__(self, code: str, value: str) -> None:
        super().__init__(code)
        self.code = code
        self.value = value


@dataclass(frozen=True)
class Policy:
    """What the pages of a site may do.

    Attributes:
        scripts: hashes of the inline scripts of the theme, as CSP writes them.
        allowed: what the owner of the site allows beside that.
    """

    scripts: frozenset[str]
    allowed: Allowed = field(default_factory=dict)

    def apply(self, page: str, frames: Sequence[object] = ()) -> str:
        """A page with its policy in its head.

        Args:
            frames: origins of which the reader may open players in this page.

        Raises:
            PolicyRefused: the page holds an inline script that is neither the theme's nor allowed,
                or one of the origins is none.
        """
        used = []
        for code in inline_scripts(page):
            found = script_hash(code)
            if found in self.scripts:
                used.append(found)
            elif found not in self.allowed.get("script", ()):
                raise PolicyRefused("inline-script", code)
        for origin in frames:
            if not isinstance(origin, str) or not ORIGIN.fullmatch(origin):
                raise PolicyRefused("bad-origin", str(origin))
        said = directives(sorted(set(used)), [str(one) for one in frames], self.allowed)
        meta = (
            f'<meta http-equiv="Content-Security-Policy" content="{said}">'
            f'<meta name="referrer" content="{REFERRER}">'
        )
        return _CHARSET.sub(lambda found: found[0] + meta, page, count=1)

    def foreign_scripts(self, page: str, site_url: str) -> Iterator[str]:
        """The hosts of scripts of a finished page that its policy does not let run."""
        known = {host_of(site_url), *self.allowed.get("script", ())}
        for found in _SCRIPT.finditer(page):
            source = _FROM.search(found[1])
            if source is not None:
                host = host_of(source[1])
                if host not in known:
                    yield host


def host_of(address: str) -> str:
    """The scheme and host of an address elsewhere; without a scheme, it takes the page's."""
    scheme = "http" if address.lower().startswith("http:") else "https"
    return f"{scheme}://{urlsplit(address).netloc.lower()}"


def origin_of(address: str) -> str:
    """Its origin, as the policy would name it."""
    return f"https://{urlsplit(address).netloc.lower()}"


def directives(
    scripts: Sequence[str] = (), frames: Sequence[str] = (), allowed: Allowed | None = None
) -> str:
    """The policy as text; nothing is allowed that is not named."""
    by_name: dict[str, list[str]] = {
        "default-src": ["'none'"],
        "script-src": ["'self'", *(f"'{one}'" for one in scripts)],
        "style-src": ["'self'"],
        # The theme's style sheet draws its icons from data: addresses.
        "img-src": ["'self'", "data:"],
        "font-src": ["'self'"],
        "connect-src": ["'self'"],
        "worker-src": ["'self'"],
        "media-src": ["'self'", *frames],
        "frame-src": list(frames),
        "base-uri": ["'none'"],
        "form-action": ["'self'"],
    }
    for name, sources in (allowed or {}).items():
        quoted = (f"'{one}'" if one.startswith("sha256-") else one for one in sources)
        said = by_name["form-action" if name == "form" else f"{name}-src"]
        said += [one for one in quoted if one not in said]
    return "; ".join(f"{name} {' '.join(said or [NOTHING])}" for name, said in by_name.items())


NOTHING = "'none'"


def inline_scripts(page: str) -> Iterator[str]:
    """The code in a page; blocks of data (JSON, JSON-LD) are not code."""
    at = 0
    while (found := _SCRIPT.search(page, at)) and found[0].endswith(">"):
        end = _SCRIPT_END.search(page, found.end())
        kind = _TYPE.search(found[1])
        if not _SOURCE.search(found[1]) and (kind is None or kind[1].lower() in _CODE):
            yield page[found.end() : end.start() if end else len(page)]
        at = end.end() if end else len(page)


def script_hash(code: str) -> str:
    """``sha256-…`` of a script (CSP Level 3, section 6.7.2.3)."""
    return "sha256-" + base64.b64encode(hashlib.sha256(code.encode()).digest()).decode()


def theme_policy(env: jinja2.Environment, config: MkDocsConfig, allowed: Allowed) -> Policy:
    """The policy for a theme: its templates of inline scripts, rendered for this site.

    The scripts must be the same on every page: ``extra.scope`` must be set.
    """
    folders = [Path(folder, SCRIPTS) for folder in config.theme.dirs]
    names = {path.name for folder in folders if is_folder(folder) for path in folder.glob("*.html")}
    features = config.theme.get("features") or []

    def drawn(name: str) -> set[str]:
        rendered = env.get_template(name).render(config=config, features=features)
        return {script_hash(code) for code in inline_scripts(rendered)}

    found = set[str]().union(*(drawn(f"{SCRIPTS}/{name}") for name in sorted(names)))
    counting = analytics(config)
    if counting is not None:
        counted = drawn(f"{ANALYTICS}.html")
        # A template of the site's own is held to what holds for the others.
        trusted = counting.is_theirs and counting.hosts <= set(allowed.get("script", ()))
        found |= counted if trusted else counted - drawn(f"{ANALYTICS}/{counting.provider}.html")
    return Policy(frozenset(found), allowed)


@dataclass(frozen=True)
class Analytics:
    """The theme's option for who counts readers, ``extra.analytics``.

    Attributes:
        template: what it brings into every page.
        is_theirs: whether the template is the theme's, not the site's own.
        hosts: whose scripts it runs.
    """

    provider: str
    template: Path
    is_theirs: bool
    hosts: frozenset[str]


def analytics(config: MkDocsConfig) -> Analytics | None:
    """What counts the readers of a site; None for nothing, or a template that is not there."""
    said = config.extra.get("analytics")
    provider = str(said.get("provider") or "") if isinstance(said, Mapping) else ""
    if not provider or "/" in provider:
        return None
    folders = (Path(folder) for folder in config.theme.dirs)
    paths = (folder / ANALYTICS / f"{provider}.html" for folder in folders)
    template = next((path for path in paths if is_file(path)), None)
    if template is None:
        return None
    own = config.theme.custom_dir
    theirs = not (own and template.is_relative_to(own))
    hosts = frozenset(HOST.findall(template.read_text("utf-8", "replace")))
    return Analytics(provider, template, theirs, hosts)

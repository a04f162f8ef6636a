"""Where a forge lets people edit a source, and begin a new one, by the addresses it is known by.

What a forge is, the form of its addresses tells, whatever its host is called.
"""

from __future__ import annotations

import posixpath
import re
from dataclasses import dataclass
from string import Formatter
from urllib.parse import quote, urlencode, urlsplit

LONGEST = 8_000
"""Characters of an address that forges and what stands before them take."""


@dataclass(frozen=True)
class Opening:
    """The address of a forge's editor, on a new file.

    Attributes:
        is_filled: whether the text stands in it; else it has to be pasted.
    """

    address: str
    is_filled: bool


@dataclass(frozen=True, slots=True)
class _Forge:
    """How a sort of forge writes its addresses.

    Attributes:
        edits: what its addresses of files begin with, up to the branch; the repository is ``repo``.
        new: what parts the repository from the branch where a file is new.
        name: the parameter for the name of the file.
        text: that for its text; "" where it takes none.
    """

    edits: re.Pattern[str]
    new: str
    name: str
    text: str


_REPOSITORY = r"(?P<repo>https?://[^?#]{1,1000}?)"
_FORGES = (
    # GitLab reads the name alone (https://gitlab.com/gitlab-org/gitlab/-/work_items/594214).
    _Forge(re.compile(rf"{_REPOSITORY}/-/(?:edit|blob)/"), "-/new", "file_name", ""),
    _Forge(
        re.compile(r"(?P<repo>https?://gitlab\.[^/?#]{1,250}/[^?#]{1,1000}?)/(?:edit|blob)/"),
        "-/new",
        "file_name",
        "",
    ),
    # Gitea and Forgejo (https://docs.gitea.com/development/integrations).
    _Forge(re.compile(rf"{_REPOSITORY}/(?:_edit|src/branch)/"), "_new", "filename", "value"),
    # GitHub (https://github.com/isaacs/github/issues/1527), whose paths begin with the repository.
    _Forge(
        re.compile(r"(?P<repo>https?://[^/?#]{1,250}/[^/?#]{1,200}/[^/?#]{1,200})/(?:edit|blob)/"),
        "new",
        "filename",
        "value",
    ),
)


@dataclass(frozen=True)
class Editor:
    """What the engine's configuration says of where sources are edited.

    Attributes:
        docs_dir: relative to the site's folder: the engine thinks that all lie there.
        repo: `repo_url`.
        uri: `edit_uri`, which the engine knows for some forges.
        template: `edit_uri_template`.
    """

    docs_dir: str = ""
    repo: str = ""
    uri: str = ""
    template: str = ""

    def edit(self, source: str) -> str:
        """Where a source is edited, its name quoted (RFC 3986, 2.1); "" where nothing tells.

        Args:
            source: relative to the site's folder.
        """
        if not (self.uri or self.template):
            return ""
        path = posixpath.relpath(source, self.docs_dir)
        if self.template:
            noext = posixpath.splitext(path)[0]
            url = _Template().format(self.template, path=path, path_noext=noext)
        else:
            url = self.uri + quote(path)
        if "://" not in url and self.repo:
            url = self.repo.rstrip("/") + "/" + url
        head, separator, tail = url.partition("://")
        host, slash, place = tail.partition("/")
        return f"{head}{separator}{host}{slash}{posixpath.normpath(place)}" if slash else url

    def begin(self, folder: str, name: str, text: str) -> Opening | None:
        """Where a file is begun; None where no forge is known that can.

        Args:
            folder: relative to the site's folder.
            name: of the file, within the folder.
        """
        stands = self.edit(f"{folder}/x")
        for forge in _FORGES:
            found = forge.edits.match(stands)
            if found and stands.endswith("/x") and not urlsplit(stands).query:
                there = f"{found['repo']}/{forge.new}/{stands[found.end() : -2]}"
                return _opening(forge, there, name, text)
        return None


def _opening(forge: _Forge, there: str, name: str, text: str) -> Opening:
    """The editor with the text, where the forge takes it and its address stays short enough."""
    named = f"{there}?{urlencode({forge.name: name})}"
    filled = f"{named}&{urlencode({forge.text: text})}"
    is_filled = bool(forge.text) and len(filled) <= LONGEST
    return Opening(filled if is_filled else named, is_filled)


class _Template(Formatter):
    """The template of MkDocs, whose ``{path!q}`` also quotes the slashes."""

    def convert_field(self, value: object, conversion: str | None) -> object:
        return quote(str(value), safe="") if conversion == "q" else quote(str(value))

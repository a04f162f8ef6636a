"""What a first visit of a rendered page makes a browser fetch from the site."""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

from lxml import html

from ..i18n import translator
from ..model.community import Community
from ..pages.strip import LIVE
from ..pages.weights import Sample, Weight, placeholder, samples, table

_HOST = "https://site.invalid/"
_FETCHED = {"stylesheet", "icon", "manifest", "preload"}


def weigh_pages(folder: Path, community: Community) -> None:
    """Say on the page about ecodesign of a finished site what its pages weigh."""
    page = folder / community.settings.addresses.ecodesign / "index.html"
    tr = translator(community.settings.language)
    pending = placeholder(tr)
    if not page.is_file() or pending not in (text := page.read_text("utf-8")):
        return
    weights = [weigh(folder, sample) for sample in samples(community, tr)]
    page.write_text(text.replace(pending, table(weights, tr)), "utf-8")


def weigh(folder: Path, sample: Sample) -> Weight:
    """Sum the sizes of a page and of all that it asks for, as counted from its HTML.

    Compressed sizes are those of gzip at its usual level; a server may do better. Pictures count
    as requests and have a sum of their own, without compression; one that is there in several
    widths counts as the widest, which no visit exceeds.
    """
    raw = compressed = images = 0
    found = assets(folder, sample.address)
    for path in found:
        size, packed = sizes(folder / path)
        if path.endswith((".png", ".jpg", ".jpeg", ".webp", ".avif", ".gif", ".svg")):
            images += size
        else:
            raw += size
            compressed += packed
    return Weight(sample, len(found), raw, compressed, images)


def assets(folder: Path, address: str) -> list[str]:
    """The files of a first visit, the page itself first, each once.

    What is live is asked for by our script once the page is at rest; the search is none of them: it
    is held back until somebody turns to it.
    """
    page = f"{address}index.html"
    found = [page]
    root = html.document_fromstring((folder / page).read_bytes())
    for reference in _references(root):
        parts = urlsplit(urljoin(_HOST + address, reference))
        path = unquote(parts.path.lstrip("/"))
        if f"{parts.scheme}://{parts.netloc}/" == _HOST and (folder / path).is_file():
            found.append(path)
    found += [LIVE] if (folder / LIVE).is_file() else []
    return list(dict.fromkeys(found))


def _references(root: html.HtmlElement) -> Iterator[str]:
    for link in root.iter("link"):
        if _FETCHED & set((link.get("rel") or "").lower().split()):
            yield link.get("href") or ""
    for element in root.iter("script", "img", "source"):
        yield _widest(element) or element.get("src") or ""


def _widest(image: html.HtmlElement) -> str:
    """What a browser takes at most in the place of an image of several widths."""
    for picture in image.iterancestors("picture"):
        for source in picture.iter("source"):
            return (source.get("srcset") or "").rpartition(", ")[2].partition(" ")[0]
    return ""


@cache
def _sizes(path: Path, changed: int) -> tuple[int, int]:
    data = path.read_bytes()
    return len(data), len(gzip.compress(data, mtime=0))


def sizes(path: Path) -> tuple[int, int]:
    """The size of a file and its size compressed, in octets."""
    return _sizes(path, path.stat().st_mtime_ns)

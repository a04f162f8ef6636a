"""What the page of a place says beside its meetings: where it is, how one gets there, and in.

Maps of others are links that the reader chooses, each with the name of its host: nothing is loaded.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal
from urllib.parse import quote, urlencode

from ..i18n import Translator
from ..model.community import Place
from ..problems import N_
from .facts import Facts, Value, facts

DEGREES: Mapping[Literal["yes", "partly", "no"], str] = {
    "yes": N_("yes"),
    "partly": N_("in part"),
    "no": N_("no"),
}

MAP = "https://www.openstreetmap.org/"
ZOOM = 17
"""Of the map that opens: a few streets."""


@dataclass(frozen=True, kw_only=True)
class PlacePart:
    """A place as its template shows it.

    Attributes:
        lines: of its address.
        ways: links to maps, each with its host in its words.
        directions: paragraphs on how one gets there.
        access: what it offers, as its file says.
        notes: paragraphs of what else one should know.
    """

    lines: tuple[str, ...]
    ways: tuple[Value, ...]
    directions: tuple[str, ...]
    access: Facts
    notes: tuple[str, ...]


def place_part(place: Place, tr: Translator) -> PlacePart:
    """What its file says, drawn up for its page."""
    access = place.access
    degrees = (
        (N_("Wheelchair"), access.wheelchair),
        (N_("Toilets for wheelchair users"), access.toilets),
        (N_("Hearing loop"), access.hearing_loop),
    )
    said = [(tr.gettext(label), [Value(tr.gettext(DEGREES[one]))]) for label, one in degrees if one]
    if access.parking:
        said.append((tr.gettext(N_("Parking")), [Value(access.parking)]))
    return PlacePart(
        lines=place.lines,
        ways=tuple(_ways(place, tr)),
        directions=paragraphs(access.directions),
        access=facts(said),
        notes=paragraphs(access.notes),
    )


def paragraphs(text: str | None) -> tuple[str, ...]:
    """Those of a text that has no marks."""
    return tuple(part for part in (text or "").split("\n\n") if part.strip())


def _ways(place: Place, tr: Translator) -> Iterator[Value]:
    if place.latitude is None or place.longitude is None:
        if place.address:
            query = urlencode({"query": place.address}, quote_via=quote)
            words = tr.gettext(N_("Look up the address (openstreetmap.org)"))
            yield Value(words, url=f"{MAP}search?{query}")
        return
    north, east = _plain(place.latitude), _plain(place.longitude)
    yield Value(
        tr.gettext(N_("Directions (openstreetmap.org)")),
        url=f"{MAP}directions?to={north}%2C{east}",
    )
    yield Value(
        tr.gettext(N_("Map (openstreetmap.org)")),
        url=f"{MAP}?mlat={north}&mlon={east}#map={ZOOM}/{north}/{east}",
    )
    # RFC 5870; the label after it is how telephones mark the point.
    label = quote(place.name, safe="")
    url = f"geo:{north},{east}?q={north},{east}({label})"
    yield Value(tr.gettext(N_("My phone’s map")), url=url)


def _plain(degrees: float) -> str:
    """Decimals without an exponent, to a tenth of a metre."""
    text = f"{degrees:.6f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text

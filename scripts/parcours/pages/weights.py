"""What pages weigh: which are measured, and the table of the measures.

A page is measured once it is rendered, by the engine; until then a sentence stands in its place.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape

from ..i18n import Translator
from ..model.community import Community, event_order
from ..model.stage import has_replay
from ..problems import N_

BUDGET = 120_000
"""What an event's page may weigh on a first visit, compressed and without image, in octets."""

REQUESTS = 25
"""How many files it may ask for."""

PENDING = N_("The weights are measured when the site is built.")


@dataclass(frozen=True)
class Sample:
    """A page that stands for its kind."""

    title: str
    address: str


@dataclass(frozen=True)
class Weight:
    """A first visit of a page, in octets; *images* are part of neither size."""

    sample: Sample
    requests: int
    raw: int
    compressed: int
    images: int


def samples(community: Community, tr: Translator) -> Iterator[Sample]:
    """A page of each kind that the site has."""
    settings = community.settings
    yield Sample(tr.gettext(N_("Home")), "")
    yield Sample(tr.gettext(N_("Agenda")), settings.agenda)
    for collection in settings.collections[:1]:
        yield Sample(collection.name, f"{collection.address}/")
    paged = (event for event in community.paged if event.first)  # a date may have none
    dated = sorted(paged, key=event_order)
    with_replay = [event for event in dated if has_replay(event)]
    for event in dated[-1:]:
        yield Sample(tr.gettext(N_("A meeting")), event.address)
    for event in with_replay[-1:]:
        yield Sample(tr.gettext(N_("A meeting with a replay")), event.address)
    yield Sample(tr.gettext(N_("Subscribe")), settings.subscribe)


def pending(tr: Translator) -> str:
    """What the page says until it is measured."""
    return tr.gettext(PENDING)


def placeholder(tr: Translator) -> str:
    """What stands in the page until it is measured; the engine looks for exactly this."""
    return f'<p class="pc-weights">{escape(pending(tr))}</p>'


def table(weights: Sequence[Weight], tr: Translator) -> str:
    """The measures, as a table that can be scrolled by keyboard where it is too wide."""
    heads = (N_("Page"), N_("Requests"), N_("Size"), N_("Compressed"), N_("Images"))
    title = escape(tr.gettext(N_("Weight of a first visit")))
    head = "".join(f'<th scope="col">{escape(tr.gettext(text))}</th>' for text in heads)
    rows = "".join(_row(one, tr) for one in weights)
    return (
        f'<div class="pc-weights" role="region" aria-label="{title}" tabindex="0">'
        f'<table class="pc-weights__table">'
        f"<caption>{title}</caption><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table></div>"
    )


def _row(one: Weight, tr: Translator) -> str:
    sizes = "".join(f"<td>{kilobytes(n, tr)}</td>" for n in (one.raw, one.compressed, one.images))
    name = f'<th scope="row">{escape(one.sample.title)}</th>'
    return f"<tr>{name}<td>{one.requests}</td>{sizes}</tr>"


def kilobytes(octets: int, tr: Translator) -> str:
    """A size in kilobytes of 1,000 octets, rounded up."""
    return escape(tr.format(N_("{n} kB"), n=-(-octets // 1000)))

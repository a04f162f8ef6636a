"""The programme of a meeting: its items with their identities, and the persons whom they name."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import time

from ..model.community import Plan, Planned
from ..model.programme import ids_of
from ..model.schema import ItemRecord
from ..problems import Problems
from .entities import Entities
from .yaml import Document


def read_plan(
    items: Sequence[ItemRecord],
    document: Document,
    entities: Entities,
    problems: Problems,
    since: time | None = None,
    *,
    shared: bool = False,
) -> Plan:
    """The programme that a record says; unknown persons are left out and reported.

    Args:
        since: the local hour at which what its hours are said of begins; None for that of the
            meeting itself.
        shared: whether it is that of several dates of a series.
    """
    if not items:
        return Plan()
    found = tuple(
        Planned(
            record=one,
            id=id,
            speakers=entities.people.find_below(
                one.speakers, ("programme", index, "speakers"), document, problems
            ),
        )
        for index, (one, id) in enumerate(zip(items, ids_of(items), strict=True))
    )
    return Plan(found, since, shared)

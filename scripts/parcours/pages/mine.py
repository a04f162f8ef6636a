"""The meetings that a reader keeps: a page that the browser fills in, and what its script says.

What is kept stands in the browser alone (``scripts/kept.js``); the page is the same for everybody.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial

from ..problems import N_
from . import agenda
from .drawing import Block
from .library import Library
from .meeting import BLANK, BLANK_UNDATED, Meeting
from .page import Page


@dataclass(frozen=True, kw_only=True)
class MinePage:
    """Input of ``mine.html``.

    Attributes:
        heading: "" where somebody wrote one.
        subscribe: address of the page of feeds; "" on a site without feeds, whose meetings have no
            calendars to join.
        blank: what the script draws rows from.
    """

    heading: str
    agenda: str
    subscribe: str
    blank: Meeting = BLANK
    blank_undated: Meeting = BLANK_UNDATED


def pages(library: Library) -> Iterator[Page]:
    """The page of what a reader keeps."""
    settings, tr = library.settings, library.tr
    yield Page(
        address=settings.mine,
        title=tr.gettext(N_("My agenda")),
        description=tr.gettext(N_("The meetings that you keep, on this device.")),
        parent=settings.agenda,
        changed=library.community.revision,
        blocks={"mine": Block("mine.html", partial(_mine, library))},
        searchable=False,
    )


def _mine(library: Library) -> MinePage:
    settings = library.settings
    own = library.has_heading(settings.mine)
    return MinePage(
        heading="" if own else library.tr.gettext(N_("My agenda")),
        agenda=settings.agenda,
        subscribe=settings.subscribe if settings.feeds else "",
    )


_LIST = (
    *(f"{scope}-{number}" for scope in ("coming", "all") for number in ("none", "one", "many")),
    *("past", "undated", "more-one", "more-many"),
)
"""What a list of meetings says, here and in the agenda."""

TEXTS = {
    **{key: agenda.TEXTS[key] for key in _LIST},
    "changes": N_("Changes in my agenda"),
    "changed-one": N_("1 meeting of your agenda has changed."),
    "changed-many": N_("{n} meetings of your agenda have changed."),
    "change-start": N_("Moved: it was on {before}, it is now on {after}."),
    "change-where": N_("Another place: it was {before}, it is now {after}."),
    "change-cancelled": N_("Cancelled."),
    "change-postponed": N_("Postponed: its new date will be announced here."),
    "change-back": N_("It takes place after all."),
    "change-replay": N_("Its replay is out."),
    "change-gone": N_("It is no longer on the site."),
    "noted": N_("Noted"),
    "lost": N_("No longer on the site"),
    "unlisted": N_("What you keep"),
    "unread": N_("The meetings could not be loaded: are you offline?"),
    "remove": N_("Remove"),
    "remove-this": N_("Remove: {title}"),
    "exporting": N_("Preparing the file…"),
    "exported-none": N_("None of them has a calendar file that could be loaded."),
    "exported-one": N_("1 meeting is in the file."),
    "exported-many": N_("{n} meetings are in the file."),
    "missing-one": N_("1 is missing: it has no date, or could not be loaded."),
    "missing-many": N_("{n} are missing: they have no date, or could not be loaded."),
    "code-full": N_("A code holds {n} meetings at most: copy the address instead."),
    "code-failed": N_("The code could not be drawn: copy the address instead."),
    "offered-none": N_("This address holds no meeting to add."),
    "offered-one": N_("This address holds 1 meeting to add."),
    "offered-many": N_("This address holds {n} meetings to add."),
    "already-one": N_("You keep 1 other already."),
    "already-many": N_("You keep {n} others already."),
    "unknown-one": N_("1 is not known to this site."),
    "unknown-many": N_("{n} are not known to this site."),
}
"""Texts of the script by key."""

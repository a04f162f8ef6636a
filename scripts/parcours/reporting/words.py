"""What figures, their parts and their values are called."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from itertools import chain

from .. import wording
from ..i18n import Translator
from ..model.report import Figure, Key, Part, Period, Report, Subject, Tally
from ..problems import N_

SUBJECTS: Mapping[Subject, str] = {
    "meetings": N_("Meetings"),
    "territories": N_("Territories"),
    "participants": N_("Who took part"),
    "replays": N_("Replays"),
    "relay": N_("Sessions in relay"),
    "trips": N_("Learning trips"),
    "needs": N_("Needs"),
    "called-off": N_("Called off"),
}
FIGURES: Mapping[Key, str] = {
    "meetings": N_("Meetings held"),
    "months": N_("Months with a meeting"),
    "minutes": N_("Time of meetings"),
    "days": N_("Days of meetings without hours"),
    "territories": N_("Territories reached"),
    "organisations": N_("Organisations taking part"),
    "facilitators": N_("Facilitators taking part"),
    "replays": N_("Replays delivered"),
    "replay-delay": N_("Median time to a replay, where it is known"),
    "replays-awaited": N_("Replays awaited for two weeks at most"),
    "replays-late": N_("Replays owed for longer"),
    "replay-wait": N_("Median wait for the replays owed"),
    "sessions-taken": N_("Sessions taken over"),
    "sessions-open": N_("Sessions still open"),
    "trips": N_("Trips made"),
    "stops": N_("Stops of these trips"),
    "needs": N_("Needs said"),
    "needs-answered": N_("Needs answered"),
    "needs-open": N_("Needs said then, and not answered yet"),
    "answer-days": N_("Median time to an answer"),
    "cancelled": N_("Meetings cancelled"),
    "postponed": N_("Meetings postponed"),
}
_ONE: Mapping[Key, str] = {
    "meetings": N_("Meeting held"),
    "territories": N_("Territory reached"),
    "organisations": N_("Organisation taking part"),
    "trips": N_("Trip made"),
    "replays": N_("Replay delivered"),
    "sessions-taken": N_("Session taken over"),
    "needs-answered": N_("Need answered"),
    "facilitators": N_("Facilitator taking part"),
}
"""What is said of one, below its number."""

MEDIANS: frozenset[Key] = frozenset({"replay-delay", "replay-wait", "answer-days"})
"""Figures that say of how many they are."""

IN_DAYS: frozenset[Key] = MEDIANS | {"days"}


def figure_name(figure: Figure, tr: Translator) -> str:
    """What a figure is called."""
    return tr.gettext(FIGURES[figure.key])


def counted_name(figure: Figure, tr: Translator) -> str:
    """What a figure is called that stands below its value."""
    is_one = figure.now.value == 1 and figure.key in _ONE
    return tr.gettext(_ONE[figure.key]) if is_one else figure_name(figure, tr)


def part_name(part: Part, tr: Translator) -> str:
    """What a part of a figure is called: a month by its name."""
    return part.name or tr.own(tr.month(date.fromisoformat(f"{part.id}-01")))


def value(key: Key, tally: Tally | None, tr: Translator) -> str:
    """A value in words: « 12 », « 3 h 30 », « 2 jours », « 16,5 jours, sur 2 »; "" for none."""
    if tally is None or tally.value is None:
        return ""
    found = tally.value
    if key == "minutes" and found:
        return wording.length(timedelta(minutes=found))
    if key not in IN_DAYS or (key == "days" and not found):
        return number(found, tr)
    said = _days(found, tr)
    if key not in MEDIANS:
        return said
    return tr.format(N_("{value}, of {n}"), value=said, n=len(tally.counts))


def _days(found: float, tr: Translator) -> str:
    if isinstance(found, int):
        return tr.ngettext("{n} day", "{n} days", found)
    return tr.format(N_("{number} days"), number=number(found, tr))


def number(found: float, tr: Translator) -> str:
    """A number as the language writes it."""
    if isinstance(found, int):
        return str(found)
    from babel.numbers import format_decimal  # where there is a half, which is seldom

    return tr.own(format_decimal(found, locale=tr.language))


def change(key: Key, one: Figure | Part, tr: Translator) -> str:
    """What is different from the period before: « +2 », « −1 »; "" where nothing is compared."""
    if one.before is None or one.before.value is None or one.now.value is None:
        return ""
    more = one.now.value - one.before.value
    if not more:
        return "="
    sign = "+" if more > 0 else "\N{MINUS SIGN}"
    if key == "minutes":
        return sign + wording.length(timedelta(minutes=abs(more)))
    return sign + number(abs(more), tr)


def part_key(figure: Figure) -> Key:
    """What the values of its parts are: meetings, but for time and days."""
    return figure.key if figure.key in ("minutes", "days") else "meetings"


def is_year(period: Period) -> bool:
    """Whether it is a whole year."""
    return period.year is not None and (period.last.month, period.last.day) == (12, 31)


def title(period: Period, tr: Translator) -> str:
    """« Bilan 2026 », « Bilan du 1er mars au 31 mai 2026 »."""
    if is_year(period):
        return tr.format(N_("Report of {year}"), year=period.year)
    return tr.format(N_("Report {days}"), days=span(period, tr))


def span(period: Period, tr: Translator) -> str:
    """« du 1er mars au 31 mai 2026 »."""
    return wording.days(period.first, period.last, tr)


def brief(period: Period, tr: Translator) -> str:
    """What stands above a column: « 2025 », else its days."""
    return str(period.year) if is_year(period) else span(period, tr)


def notes(report: Report, tr: Translator) -> tuple[str, ...]:
    """What one must know to read the figures, where it holds."""
    return tuple(chain(_examples(report, tr), _others(report, tr)))


def _examples(report: Report, tr: Translator) -> list[str]:
    """How much of what is counted was invented."""
    kinds: tuple[tuple[str, tuple[Key, ...]], ...] = (
        (N_("meetings held"), ("meetings",)),
        (N_("sessions in relay"), ("sessions-taken", "sessions-open")),
        (N_("needs"), ("needs", "needs-answered")),
        (N_("facilitators"), ("facilitators",)),
    )
    said = []
    for name, keys in kinds:
        figures = [one for one in map(report.figure, keys) if one]
        things = {id(thing): thing for one in figures for thing in one.now.counts}
        invented = sum(thing.record.example for thing in things.values())
        if invented:
            text = N_("{n} of {all} {things}")
            said.append(tr.format(text, n=invented, all=len(things), things=tr.gettext(name)))
    return [tr.format(N_("Invented, as examples: {list}."), list=", ".join(said))] if said else []


def _others(report: Report, tr: Translator) -> list[str]:
    if not report.undated:
        return []
    return [
        tr.ngettext(
            "{n} meeting took place on a day that is not public: it is in no report.",
            "{n} meetings took place on days that are not public: they are in no report.",
            len(report.undated),
        )
    ]


RULES = (
    N_(
        "A meeting counts once it is over, in the period in which it begins. Cancelled and "
        "postponed meetings were not held, nor were sessions that nobody took over."
    ),
    N_(
        "Whole days have no hours: they are counted in days, as is what goes on over a night and "
        "longer than 12 hours."
    ),
    N_(
        "Territories are those that a meeting names or takes place in; organisations those that "
        "organise, run or receive it. Facilitators are those who consent to be named today."
    ),
    N_(
        "How long a replay took is known, by the history of its file, where the meeting was "
        "announced here before it took place."
    ),
    N_("States, such as those of replays and sessions, are those of the day of the report."),
)
"""How it is reckoned."""

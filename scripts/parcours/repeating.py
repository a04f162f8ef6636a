"""How often something is held, in words: « chaque 2e jeudi du mois, à 12 h 30 ».

What is told is read again, by `model/repeat_words.py`, as the same rule.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from .i18n import Translator
from .model.recurrence import Rule
from .model.repeats import WORKING_DAYS
from .model.values import Moment
from .problems import N_

_HALF_A_YEAR = 6


def repeats(rule: Rule, start: Moment, tr: Translator) -> str:
    """How often, on which days, at which hours and until when: all of a rule, on one line.

    Args:
        start: its first date, which says what the rule leaves open.
    """
    return _Telling(rule.anchored(start), tr).told(start)


class _Telling:
    """A rule and a language."""

    def __init__(self, rule: Rule, tr: Translator) -> None:
        self.rule = rule
        self.tr = tr

    def told(self, start: Moment) -> str:
        parts = (self.days(), self.limits(), self.hours(start), self.end())
        return ", ".join(part for part in parts if part)

    def days(self) -> str:
        """« chaque jeudi », « tous les 2 mois, le 15 »."""
        rule, tr = self.rule, self.tr
        if rule.every == "week" and rule.interval == 1:
            return tr.format(N_("every {days}"), days=self.weekdays(article=False))
        if rule.every == "month" and rule.interval == 1 and not self.is_numbered:
            return tr.format(N_("every {days} of the month"), days=self.counted(article=False))
        if rule.every == "month" and rule.interval == 1:
            return tr.format(N_("{days} of each month"), days=self.counted()) + self.if_weekday()
        step = self.step()
        if rule.every in ("day", "week"):
            days = self.weekdays()
        elif rule.every == "month":
            days = self.counted() + self.if_weekday()
        else:
            days = self.of_months() + self.if_weekday()
        return tr.format(N_("{step} on {days}"), step=step, days=days) if days else step

    @property
    def is_numbered(self) -> bool:
        """Whether days of the month are told by their numbers, or as some of several."""
        rule = self.rule
        of_several = rule.positions and not self.is_working_days
        return bool(rule.days) or bool(of_several)

    @property
    def is_working_days(self) -> bool:
        return tuple(day for day, nth in self.rule.weekdays if not nth) == WORKING_DAYS

    def step(self) -> str:
        n, tr = self.rule.interval, self.tr
        if self.rule.every == "day":
            return tr.ngettext("every day", "every {n} days", n)
        if self.rule.every == "week":
            return tr.ngettext("every week", "every {n} weeks", n)
        if self.rule.every == "month":
            return tr.ngettext("every month", "every {n} months", n)
        return tr.ngettext("every year", "every {n} years", n)

    def weekdays(self, *, article: bool = True) -> str:
        """« mardi et jeudi », « le mardi et le jeudi », « jour ouvré »."""
        if not self.rule.weekdays:
            return ""
        tr, weekdays = self.tr, self.rule.weekdays
        if self.is_working_days:
            noun = tr.gettext(N_("weekday"))
            return tr.the(noun) if article else noun
        return self.all_of([tr.on_weekday(n) if article else tr.weekday(n) for n, _ in weekdays])

    def counted(self, *, article: bool = True) -> str:
        """« 1er et 3e jeudi », « le 15 et le dernier jour »."""
        rule = self.rule
        if rule.positions:
            return self.positions(article)
        if rule.days:
            return self.numbers(article)
        groups: dict[int, list[int]] = {}
        for day, nth in rule.weekdays:
            groups.setdefault(day, []).append(nth)
        return self.all_of(
            told
            for day, nths in groups.items()
            for told in self.nouns(nths, self.tr.weekday(day), article)
        )

    def positions(self, article: bool) -> str:
        tr, told = self.tr, []
        if self.is_working_days:
            noun = tr.gettext(N_("weekday"))
            return self.all_of(self.nouns(self.rule.positions, noun, article))
        for one in self.rule.positions:
            text = tr.format(N_("{nth} from the end"), nth=tr.ordinal(-one)) if _is_far(one) else ""
            told.append(self.the(text or self.nth(one), article))
        days = [f"{tr.weekday(n)}s" for n, _ in self.rule.weekdays]
        return tr.format(N_("{nth} of the {days}"), nth=self.all_of(told), days=self.all_of(days))

    def numbers(self, article: bool) -> str:
        """Days of the month: « le 1er et le 15 », « le dernier jour »."""
        days = self.rule.days
        told = [self.the(self.tr.month_day(one), article) for one in days if one > 0]
        last = [one for one in days if one < 0]
        # Numbers come last: « le 15 et le 3e jour en partant de la fin » could be the 15th from it.
        return self.all_of([*self.nouns(last, self.tr.gettext(N_("day")), article), *told])

    def nouns(self, nths: Sequence[int], noun: str, article: bool) -> Iterator[str]:
        """« 1er et 3e jeudi », « 3e jeudi en partant de la fin »."""
        near = [one for one in nths if not _is_far(one)]
        if near:
            told = self.all_of([self.the(self.nth(one), article) for one in near])
            yield f"{told} {noun}"
        for one in nths:
            if _is_far(one):
                nth = self.the(self.tr.ordinal(-one), article)
                yield self.tr.format(N_("{nth} {noun} from the end"), nth=nth, noun=noun)

    def nth(self, n: int) -> str:
        if n == -1:
            return self.tr.gettext(N_("last"))
        return self.tr.gettext(N_("second to last")) if n == -2 else self.tr.ordinal(n)

    def the(self, text: str, article: bool) -> str:
        return self.tr.the(text) if article else text

    def of_months(self) -> str:
        """« le 25 décembre », « le dernier vendredi de novembre »."""
        rule, tr = self.rule, self.tr
        months = self.all_of([tr.month_name(one) for one in rule.months])
        if rule.days and all(one > 0 for one in rule.days):
            return tr.format(N_("{numbers} of {months}"), numbers=self.numbers(True), months=months)
        return f"{self.counted()} {tr.of(months)}"

    def if_weekday(self) -> str:
        """« , quand c’est un vendredi »."""
        rule, tr = self.rule, self.tr
        if not (rule.days and rule.weekdays):
            return ""
        days = [tr.format(N_("a {weekday}"), weekday=tr.weekday(day)) for day, _ in rule.weekdays]
        either = days[0]
        for one in days[1:]:
            either = tr.format(N_("{one} or {other}"), one=either, other=one)
        return ", " + tr.format(N_("when it is {weekday}"), weekday=either)

    def limits(self) -> str:
        """« en mars », « sauf en août »."""
        rule, tr = self.rule, self.tr
        if rule.every == "year" or not rule.months:
            return ""
        others = [one for one in range(1, 13) if one not in rule.months]
        if others and len(others) < _HALF_A_YEAR:
            months = self.all_of([tr.month_name(one) for one in others])
            return tr.format(N_("except in {months}"), months=months)
        months = self.all_of([tr.month_name(one) for one in rule.months])
        return tr.format(N_("in {months}"), months=months)

    def hours(self, start: Moment) -> str:
        hours = self.rule.hours or ((start.at,) if start.at else ())
        told = self.all_of([self.tr.time(at) for at in hours])
        return self.tr.format(N_("at {hours}"), hours=told) if told else ""

    def end(self) -> str:
        """« jusqu’au 31 décembre 2026 », « 10 fois »."""
        tr, told = self.tr, []
        if self.rule.until is not None:
            day = tr.day(self.rule.until, weekday=False)
            told.append(tr.format(N_("until {day}"), day=day))
        if self.rule.count is not None:
            told.append(tr.ngettext("{n} time", "{n} times", self.rule.count))
        return ", ".join(told)

    def all_of(self, words: Iterable[str]) -> str:
        """« a, b et c »."""
        *before, last = [*words] or [""]
        if not before:
            return last
        return self.tr.format(N_("{first} and {last}"), first=", ".join(before), last=last)


def _is_far(nth: int) -> bool:
    """Whether it is counted from the end, and no word says it."""
    return nth < -2

"""What a person reads of an event in a calendar or feed reader."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from .. import wording
from ..i18n import Translator
from ..model.community import Event, Place, Stop
from ..model.deadlines import deadlines_of
from ..model.names import asset_name
from ..model.programme import Item, by_day, items_of
from ..model.registration import registration_state
from ..model.schema import TripRecord
from ..model.values import Moment
from ..problems import N_
from ..prose.render import Prose

DESCRIPTION_LIMIT = 4000
"""Characters of a body in a calendar; the page has the rest."""

PROGRAMME_LINES = 12
"""Items of a programme that a calendar tells."""

_PREFIXES = {
    "cancelled": N_("Cancelled: {title}"),
    "postponed": N_("Postponed: {title}"),
    "tentative": N_("To be confirmed: {title}"),
    "moved-online": N_("Online: {title}"),
}


def title(event: Event, tr: Translator) -> str:
    """The title, led by what matters most: that it is called off, moved online, not yet sure."""
    prefix = _PREFIXES.get(event.record.status)
    return tr.format(prefix, title=event.title) if prefix else event.title


def _together(names: Iterable[str]) -> str:
    """Several names on one line; a comma within one (« Camille, CFA ») parts it from no other."""
    said = tuple(names)
    return (" · " if any("," in one for one in said) else ", ").join(said)


@dataclass(frozen=True, kw_only=True)
class Texts:
    """The texts of one event, in one language, with whole addresses.

    Attributes:
        names_zones: whether hours say whose they are (`Community.names_zones`).
    """

    event: Event
    body: Prose
    account: Prose
    site_url: str
    tr: Translator
    names_zones: bool = False

    @property
    def url(self) -> str:
        """The address of its page; of its collection's when its own is gone."""
        if self.event.deleted:
            return f"{self.site_url}{self.event.collection.address}/"
        within = self.event.within
        return f"{self.site_url}{self.event.address}{f'#{within.stop}' if within else ''}"

    def file(self, reference: str) -> str:
        """The whole address of a file that the source names, or its address elsewhere."""
        page = self.url.partition("#")[0]
        return reference if "://" in reference else page + asset_name(reference)

    @property
    def image(self) -> str | None:
        """The whole address of its picture."""
        image = self.event.record.image
        return self.file(image.src) if image and not self.event.deleted else None

    def description(self) -> str:
        """Plain text that reads well in a calendar, and ends with the page's address."""
        practical = "\n".join([*self._practical(), *self._organisers()])
        within = (self._stops(), *self._programme(), self._links())
        parts = [self._state(), practical, self._body(), *within, self.url]
        return "\n\n".join(part for part in parts if part)

    def links(self) -> list[tuple[str, str]]:
        """What goes with it, its own page elsewhere first: what each is called, and its address."""
        if self.event.deleted:
            return []
        record, tr = self.event.record, self.tr
        own = [(tr.gettext(N_("Its own page")), record.url)] if record.url else []
        return own + [(wording.link_name(one, tr), self.file(one.url)) for one in record.links]

    def _links(self) -> str:
        return "\n".join(
            self.tr.format(N_("{label}: {url}"), label=name, url=url) for name, url in self.links()
        )

    def live_label(self) -> str:
        """What a calendar writes on the button that joins the live meeting."""
        return self.tr.format(N_("Join: {title}"), title=self.event.title)

    def facts(self) -> list[str]:
        """What matters in practice, without the body: for a reader of feeds."""
        return [part for part in (self._state(), "\n".join(self._practical())) if part]

    def _state(self) -> str:
        record, tr = self.event.record, self.tr
        lines = {
            "cancelled": N_("This meeting is cancelled."),
            "postponed": N_("This meeting is postponed: its new date will be announced."),
            "tentative": N_("This date is still to be confirmed."),
            "moved-online": N_("This meeting now takes place online."),
        }
        parts = [tr.gettext(lines[record.status])] if record.status in lines else []
        if record.example:
            parts.append(tr.gettext(N_("Example: this meeting is invented.")))
        session = self.event.session
        if self.event.open_to_hosts and session and session.claim_before:
            day = tr.day(session.claim_before)
            said = N_("This session is waiting for somebody to run it, until {day}.")
            parts.append(tr.format(said, day=day))
        elif self.event.open_to_hosts:
            parts.append(tr.gettext(N_("This session is waiting for somebody to run it.")))
        elif self.event.is_claimed:
            parts.append(tr.gettext(N_("Somebody has taken this session on, to be confirmed.")))
        return "\n".join(parts)

    def _practical(self) -> list[str]:
        event, tr = self.event, self.tr
        record = event.record
        lines = []
        if record.online and record.status != "cancelled":
            lines.append(tr.format(N_("Live: {url}"), url=record.online))
        registration = self._registration()
        if registration:
            lines.append(registration)
        lines += self._deadlines()
        if record.price:
            lines.append(tr.format(N_("Price: {price}"), price=record.price))
        recording = record.replay and (record.replay.video or record.replay.audio)
        if recording:
            lines.append(tr.format(N_("Replay: {url}"), url=self.file(recording)))
        if event.departure and isinstance(record, TripRecord) and record.departure:
            at = record.departure.at
            words = [event.departure.line]
            if at:
                words.append(self._hours(tr.time(at), event.departure))
            lines.append(tr.format(N_("Departure: {details}"), details=", ".join(words)))
        for place in event.sites if event.mode != "online" else ():
            line = wording.place_and_hour(event, place, tr)
            lines.append(tr.format(N_("Place: {place}"), place=line))
        if event.refs.hosts:
            names = _together(one.name for one in event.refs.hosts)
            if event.within is not None:
                lines.append(tr.format(N_("Host: {host}"), host=names))
            else:
                lines.append(tr.format(N_("Run by: {names}"), names=names))
        if event.speakers:
            names = _together(one.line for one in event.speakers)
            lines.append(tr.format(N_("With: {names}"), names=names))
        return lines

    def _organisers(self) -> Iterator[str]:
        names = [
            f"{one.name} ({one.url})" if one.url else one.name for one in self.event.refs.organisers
        ]
        if names:
            yield self.tr.format(N_("Organised by: {names}"), names=_together(names))

    def _registration(self) -> str:
        registration, tr = self.event.record.registration, self.tr
        state = registration_state(self.event)
        if registration is None or state is None or self.event.record.status == "cancelled":
            return ""
        words = []
        if state != "open":
            return tr.format(
                N_("Registration: {details}"),
                details=tr.gettext(wording.REGISTRATIONS[state]).lower(),
            )
        if registration.deadline:
            day = self._until(registration.deadline)
            words.append(tr.format(N_("until {day}"), day=day))
        if registration.url:
            words.append(registration.url)
        return tr.format(N_("Registration: {details}"), details=", ".join(words)) if words else ""

    def _deadlines(self) -> Iterator[str]:
        """What else has to be done before some day, as long as it can be."""
        tr = self.tr
        for one in deadlines_of(self.event) if self.event.record.deadlines else ():
            if one.what and not one.off:
                said = [tr.format(N_("until {day}"), day=self._until(one.until)), one.url]
                details = ", ".join(part for part in said if part)
                yield tr.format(N_("{what}: {details}"), what=one.what, details=details)

    def _body(self) -> str:
        text = self.body.plain(self.site_url)
        text = text or (self.event.record.summary or "")
        if len(text) > DESCRIPTION_LIMIT:
            return text[:DESCRIPTION_LIMIT].rsplit(" ", 1)[0] + "…"
        return text

    def _stops(self) -> str:
        if not self.event.stops:
            return ""
        lines = [self.tr.gettext(N_("Stops:"))]
        lines += [f"- {self._stop(stop)}" for stop in self.event.stops]
        return "\n".join(lines)

    def _programme(self) -> Iterator[str]:
        """What happens within it, in short: the page has the rest."""
        items, tr = [one for _, its in by_day(items_of(self.event)) for one in its], self.tr
        if not items or self.event.record.status == "cancelled":
            return
        several = len({one.number for one in items}) > 1
        lines = [tr.gettext(N_("Programme:"))]
        if self.names_zones and self.event.plan.has_hours:
            whose = wording.whose_time(self.event.zone, tr)
            lines = [tr.format(N_("Programme ({whose}):"), whose=whose)]
        lines += [f"- {self._line(one, several)}" for one in items[:PROGRAMME_LINES]]
        left = len(items) - PROGRAMME_LINES
        if left > 0:
            lines.append(tr.ngettext("and {n} more", "and {n} more", left))
        yield "\n".join(lines)

    def _line(self, item: Item, several: bool) -> str:
        hour = item.record.at and self.tr.time(item.begins or item.record.at)
        day = self.tr.day(item.day, year=False) if item.day and several else ""
        when = ", ".join(part for part in (day, hour) if part)
        return f"{when} {item.title}".strip()

    def _until(self, moment: Moment) -> str:
        """A last moment, and whose time that is."""
        said = wording.deadline(moment, self.tr)
        return self.whose(said) if moment.at else said

    def whose(self, said: str) -> str:
        """What names hours, and whose they are where hours are told in several zones: a program
        shows a meeting in its reader's zone, and these as they stand."""
        if not self.names_zones:
            return said
        return f"{said} ({wording.whose_time(self.event.zone, self.tr)})"

    def _hours(self, hours: str, place: Place | None) -> str:
        """Hours of a trip; whose time each is in where they are not all in one, since a program
        shows its own beside them."""
        event = self.event
        points = [(stop.place, stop.day) for stop in event.stops if stop.record.start]
        points += [(event.departure, None)]
        mixed = any(one and wording.is_elsewhere(event, one, day) for one, day in points)
        return wording.hours_there(hours, event, place, self.tr) if mixed else hours

    def _stop(self, stop: Stop) -> str:
        when = self.tr.day(stop.day, year=False) if stop.day else ""
        if stop.record.start:
            hours = self._hours(self.tr.time(stop.record.start), stop.place)
            when = f"{when}, {hours}".lstrip(", ")
        where = stop.place.line if stop.place else ""
        return " ; ".join(part for part in (when, stop.record.title, where) if part)

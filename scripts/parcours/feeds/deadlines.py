"""Deadlines: entries of a calendar that take nobody's time, and news of those that are near."""

from __future__ import annotations

from markupsafe import escape

from .. import wording
from ..i18n import Translator
from ..model.community import Deadline, Event
from ..model.news import News
from ..model.stage import calendar_status
from ..model.tags import tags_of
from ..model.values import Moment
from ..problems import N_
from .ics import Entry, Years, ends
from .items import Item
from .lines import instant, property_line, text, vevent


def deadline_title(one: Deadline, tr: Translator) -> str:
    """What it is, and of what."""
    return f"{wording.what_is_due(one, tr)} ({one.title})"


def _deadline(event: Event) -> Deadline:
    assert event.deadline is not None  # only asked of a deadline
    return event.deadline


def write_deadline(event: Event, site_url: str, tr: Translator) -> Entry:
    """A deadline as a VEVENT: its whole day, or its last hour, TRANSPARENT."""
    one, stamps = _deadline(event), event.stamps
    said = N_("Cancelled: {title}") if one.off or event.deleted else N_("Deadline: {title}")
    named = [tr.gettext(N_("Deadlines")), event.collection.singular]
    named += [*(theme.name for theme in event.refs.themes), *tags_of(event)]
    address = site_url + _page(event)
    zones: dict[str, Years] = {}
    start, end = ends(event.occurrences[0], zones)
    properties = {
        "SUMMARY": f"SUMMARY:{text(tr.format(said, title=deadline_title(one, tr)))}",
        "DTSTART": start,
        "DTEND": end,
        "DTSTAMP": instant("DTSTAMP", stamps.changed),
        "UID": f"UID:{text(event.uid)}",
        "SEQUENCE": f"SEQUENCE:{stamps.sequence}",
        "CREATED": instant("CREATED", stamps.created),
        "LAST-MODIFIED": instant("LAST-MODIFIED", stamps.changed),
        "DESCRIPTION": f"DESCRIPTION:{text(_description(event, address, tr))}",
        "URL": f"URL:{address}",
        "CATEGORIES": f"CATEGORIES:{','.join(map(text, named))}",
        "STATUS": f"STATUS:{calendar_status(event)}",
        "TRANSP": "TRANSP:TRANSPARENT",
    }
    related = property_line("RELATED-TO", {"RELTYPE": "PARENT"}, one.of)
    return Entry(event, vevent(properties, [related]).encode(), zones, stamps.changed)


def _page(event: Event) -> str:
    return f"{event.collection.address}/" if event.deleted else event.address


def _until(until: Moment, zone: str, tr: Translator) -> str:
    """« Jusqu’au lundi 1er mars 2027, 18 h (heure de Paris) »: a calendar shows its reader's."""
    said = tr.format(N_("Until {day}"), day=wording.deadline(until, tr))
    return said if until.at is None else f"{said} ({wording.whose_time(zone, tr)})"


def _description(event: Event, address: str, tr: Translator) -> str:
    one = _deadline(event)
    marked = [tr.gettext(N_("Example: this meeting is invented."))] if event.record.example else []
    lines = [] if one.off or event.deleted else [_until(one.until, one.zone, tr), one.url]
    return "\n\n".join(line for line in (*marked, *lines, address) if line)


def write_due(news: News, site_url: str, tr: Translator, language: str) -> Item:
    """What a reader of feeds shows of a deadline: that it is near, or that it has moved."""
    event = news.event
    one = _deadline(event)
    until = _until(one.until, one.zone, tr)
    title = deadline_title(one, tr)
    if news.kind == "moved" and news.before is not None:
        said = tr.format(N_("New deadline: {title}"), title=title)
        over = news.before.end
        before = Moment(over.date(), over.time()) if over else Moment(news.before.last)
        was = tr.format(N_("instead of {day}"), day=wording.deadline(before, tr))
        summary = f"{until}, {was}"
    else:
        said = tr.format(N_("Deadline: {title}"), title=title)
        summary = until
    address = site_url + _page(event)
    marked = tr.gettext(N_("Example: this meeting is invented."))
    parts = [f"<p>{escape(summary)}</p>"]
    parts += [f"<p>{escape(marked)}</p>"] if event.record.example else []
    parts += [f'<p><a href="{escape(one.url)}">{escape(one.url)}</a></p>'] if one.url else []
    content = "".join(parts)
    return Item(
        guid=news.guid,
        title=said,
        link=address,
        instant=news.instant,
        changed=news.instant,
        summary=summary,
        brief=content,
        content=content,
        language=language,
        tags=(*(theme.name for theme in event.refs.themes), *tags_of(event)),
    )

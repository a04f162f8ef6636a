"""Ways into people's calendars: what each program opens, asks for, and how late it is.

Addresses of other sites are links that a reader may follow; no page asks them for anything.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, timedelta
from urllib.parse import quote, urlencode

from ..model.community import Event, Part
from ..problems import N_


@dataclass(frozen=True, kw_only=True)
class Program:
    """A calendar program, or a kind of them.

    Attributes:
        key: its name in pages' class names and links.
        action: on its button; "" when the address has to be pasted.
        steps: what to do, in a sentence.
        delay: how late a change arrives.
        leave: how one stops.
    """

    key: str
    name: str
    action: str
    steps: str
    delay: str
    leave: str


PROGRAMS = (
    Program(
        key="apple",
        name=N_("Apple: iPhone, iPad, Mac"),
        action=N_("Open in Calendar"),
        steps=N_("Calendar opens and asks for a confirmation."),
        delay=N_("From an hour to a day, by your settings."),
        leave=N_(
            "In Calendar, “Calendars”, then the button “Information” (an i in a "
            "circle) beside its name, at the bottom: unsubscribe. On "
            "a Mac, a right click on its name."
        ),
    ),
    Program(
        key="google",
        name=N_("Google Calendar"),
        action=N_("Add to Google Calendar"),
        steps=N_(
            "Google asks for a confirmation. On a phone, the calendar then has to be ticked in the "
            "application’s settings."
        ),
        delay=N_(
            "Twelve to twenty-four hours, and nothing hastens it. A cancelled meeting disappears "
            "without a word."
        ),
        leave=N_(
            "On a computer, the settings of Google Calendar: its name, then “Unsubscribe” at the "
            "bottom."
        ),
    ),
    Program(
        key="outlook",
        name="Outlook.com",
        action=N_("Add to Outlook.com"),
        steps=N_("Outlook asks for a name, then “Import” subscribes."),
        delay=N_("From three hours to a day."),
        leave=N_("In the list of calendars, the three dots beside its name, then “Remove”."),
    ),
    Program(
        key="office",
        name=N_("Outlook on the web, at work"),
        action=N_("Add to Outlook at work"),
        steps=N_("As for Outlook.com; some organisations forbid it."),
        delay=N_("From three hours to a day."),
        leave=N_("In the list of calendars, the three dots beside its name, then “Remove”."),
    ),
    Program(
        key="desktop",
        name=N_("Outlook, the program"),
        action="",
        steps=N_("“Add calendar”, “From Internet”, then paste the address."),
        delay=N_("At each sending and receiving; the new Outlook follows the web one."),
        leave=N_("A right click on its name, then “Delete calendar”."),
    ),
    Program(
        key="thunderbird",
        name="Thunderbird",
        action="",
        steps=N_("“New calendar”, “On the network”, then paste the address."),
        delay=N_("Half an hour, while Thunderbird is open."),
        leave=N_("A right click on its name, then “Unsubscribe”."),
    ),
    Program(
        key="nextcloud",
        name="Nextcloud",
        action="",
        steps=N_("“New calendar”, “New subscription from link”, then paste the address."),
        delay=N_("From an hour to a week, by the server’s settings."),
        leave=N_("The menu beside its name, then “Unsubscribe” or “Delete”."),
    ),
    Program(
        key="android",
        name=N_("Android, with ICSx⁵"),
        action=N_("Open in ICSx⁵"),
        steps=N_("The free application ICSx⁵ opens and asks for a name."),
        delay=N_("A day, or what you set."),
        leave=N_("In ICSx⁵, touch the subscription, then the bin."),
    ),
    Program(
        key="other",
        name=N_("Any other program"),
        action="",
        steps=N_("Look for “subscribe to a calendar” or “from a web address”, then paste it."),
        delay=N_("By its settings."),
        leave=N_("Remove the calendar from the program: nothing else remembers you."),
    ),
)


def webcal_of(url: str) -> str:
    """The address that programs subscribe to; of a site without one, which is told, none that is
    whole."""
    return "webcal://" + url.split("://", 1)[-1]


def subscription_links(url: str, name: str) -> Mapping[str, str]:
    """What each program's button opens, by its key; none for those in which one pastes.

    Args:
        url: the whole address of a calendar.
    """
    webcal = webcal_of(url)
    # The new Outlook spoils webcal://, Google wants it.
    outlook = urlencode({"url": url, "name": name}, quote_via=quote)
    return {
        "apple": webcal,
        "android": webcal,
        "google": f"https://calendar.google.com/calendar/r?cid={quote(webcal, safe='')}",
        "outlook": f"https://outlook.live.com/calendar/0/addfromweb?{outlook}",
        "office": f"https://outlook.office.com/calendar/0/addfromweb?{outlook}",
    }


def copy_links(
    event: Event, url: str, where: str, text: str, parts: Sequence[Part] = ()
) -> Mapping[str, str]:
    """What puts a copy of one event into a web calendar, which later changes do not reach.

    Args:
        url: the whole address of its page.
        where: its place, on one line.
        parts: of the series of which it is a date: where one rule gives them all, it goes along.
    """
    first = event.first
    if first is None:
        return {}
    details = f"{text}\n\n{url}" if text else url
    if first.start is not None and first.end is not None:
        begins, ends = (moment.astimezone(UTC) for moment in (first.start, first.end))
        dates = f"{begins:%Y%m%dT%H%M%SZ}/{ends:%Y%m%dT%H%M%SZ}"
        outlook = {"startdt": f"{begins:%Y-%m-%dT%H:%M:%SZ}", "enddt": f"{ends:%Y-%m-%dT%H:%M:%SZ}"}
    else:
        after = first.last + timedelta(days=1)
        dates = f"{first.first:%Y%m%d}/{after:%Y%m%d}"
        outlook = {"startdt": f"{first.first}", "enddt": f"{after}", "allday": "true"}
    google = {
        "action": "TEMPLATE",
        "text": event.title,
        "dates": dates,
        "details": details,
        "location": where,
    }
    part = parts[0] if len(parts) == 1 else None
    if part is not None and part.rule is not None:
        # Google alone takes it; the others copy the next date.
        until = f"{part.last.day:%Y%m%d}T235959Z" if part.last else ""
        google["recur"] = f"RRULE:{part.rule.value(until)}"
    outlook |= {"subject": event.title, "body": details, "location": where}
    compose = "calendar/0/action/compose?rru=addevent&" + urlencode(outlook, quote_via=quote)
    return {
        "google": "https://calendar.google.com/calendar/render?"
        + urlencode(google, quote_via=quote),
        "outlook": f"https://outlook.live.com/{compose}",
        "office": f"https://outlook.office.com/{compose}",
    }

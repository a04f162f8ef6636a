"""Thunderbird subscribes to a calendar, or opens the file of one.

It runs without a window, in a profile of its own, and is told what to do through Marionette, the
remote control of Mozilla's programs: JSON over loopback, each message led by its length. It is told
what its own windows tell it when a person uses them, and asked what they ask for to draw a day.
"""

from __future__ import annotations

import json
import socket
import subprocess
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from os import environ
from pathlib import Path
from typing import Any

from ..occurrences import Held, held, within
from ..readers import Read, event, in_order

PROGRAMS = ("thunderbird",)
SECONDS = 120

# A proxy that is not there: only loopback, which needs none, is reached.
_PREFERENCES = {
    "app.update.enabled": False,
    "calendar.timezone.local": "Europe/Paris",
    "calendar.timezone.useSystemTimezone": False,
    "datareporting.policy.dataSubmissionEnabled": False,
    "mail.provider.suppress_dialog_on_startup": True,
    "marionette.port": 0,
    "network.proxy.http": "127.0.0.1",
    "network.proxy.http_port": 9,
    "network.proxy.ssl": "127.0.0.1",
    "network.proxy.ssl_port": 9,
    "network.proxy.type": 1,
}

# What the scripts below share; each is the body of an asynchronous function of the program, whose
# arguments are in `given`.
_SHARED = """
const { cal } = ChromeUtils.importESModule("resource:///modules/calendar/calUtils.sys.mjs");
const { ITEM_FILTER_TYPE_EVENT: EVENTS, ITEM_FILTER_CLASS_OCCURRENCES: EACH } = Ci.calICalendar;
const moment = time => time.isDate ? { day: time.icalString } : { seconds: time.nativeTime / 1e6 };
const told = item => ({
  uid: item.id,
  title: item.title,
  start: moment(item.startDate),
  end: moment(item.endDate),
  location: item.getProperty("LOCATION"),
  status: item.status,
  sequence: item.getProperty("SEQUENCE"),
});
const between = (id, zone, ...days) => {
  const ends = days.map(([year, month, day]) => {
    const time = cal.createDateTime();
    time.resetTo(year, month - 1, day, 0, 0, 0, zone);
    return time;
  });
  return cal.manager.getCalendarById(id).getItemsAsArray(EVENTS | EACH, 0, ...ends);
};
const loaded = async calendar => {
  let observer;
  await new Promise((resolve, reject) => {
    observer = {
      QueryInterface: ChromeUtils.generateQI(["calIObserver"]),
      onLoad: resolve,
      onError: (_, number, message) => reject(new Error(`${number}: ${message}`)),
      onStartBatch() {}, onEndBatch() {}, onAddItem() {}, onModifyItem() {}, onDeleteItem() {},
      onPropertyChanged() {}, onPropertyDeleting() {},
    };
    calendar.addObserver(observer);
  });
  calendar.removeObserver(observer);
  // It says so before its database has all that was loaded.
  const count = async one => (await one.getItemsAsArray(EVENTS, 0, null, null)).length;
  const wanted = await count(calendar.wrappedJSObject.mUncachedCalendar);
  while (await count(calendar) !== wanted) await new Promise(Services.tm.dispatchToMainThread);
};
"""
# « New calendar », « On the network », an address, and a box that is ticked: « Offline support ».
# With it, what is shown has been through a database.
_SUBSCRIBE = """
const found = await cal.provider.detection.detect("", "", given[0], false, [], {});
const [[calendar]] = found.values();
calendar.setProperty("cache.enabled", true);
cal.manager.registerCalendar(calendar);
await loaded(cal.manager.getCalendarById(calendar.id));
return calendar.id;
"""
# « Synchronise », or the half hour that is over.
_REFRESH = """
const calendar = cal.manager.getCalendarById(given[0]);
const done = loaded(calendar);
calendar.refresh();
await done;
"""
# The calendar that everybody has who has none.
_HOME = """
const uri = Services.io.newURI("moz-storage-calendar://");
const calendar = cal.manager.createCalendar("storage", uri);
calendar.name = "Home";
cal.manager.registerCalendar(calendar);
return calendar.id;
"""
# « Import », « Import from a file », « Calendar ».
_OPEN = """
const { CalendarFileImporter } = ChromeUtils.importESModule(
  "resource:///modules/CalendarFileImporter.sys.mjs"
);
const importer = new CalendarFileImporter();
const file = Cc["@mozilla.org/file/local;1"].createInstance(Ci.nsIFile);
file.initWithPath(given[1]);
await importer.startImport(
  await importer.parseIcsFile(file), cal.manager.getCalendarById(given[0])
);
"""
_REMOVE = "cal.manager.removeCalendar(cal.manager.getCalendarById(given[0]));"
# A series, and the dates of it that differ.
_EVENTS = """
const calendar = cal.manager.getCalendarById(given[0]);
const items = await calendar.getItemsAsArray(EVENTS, 0, null, null);
const apart = ({ recurrenceInfo: rules }) =>
  rules ? rules.getExceptionIds().map(id => rules.getExceptionFor(id)) : [];
return items.flatMap(item => [item, ...apart(item)]).map(told);
"""
_BETWEEN = """
const [id, first, last] = given;
return (await between(id, cal.dtz.UTC, first, last)).map(told);
"""
_DAY = """
const [id, name, first, last] = given;
const zone = cal.timezoneService.getTimezone(name);
const clock = time => {
  const local = time.getInTimezone(zone);
  return [local.hour, local.minute].map(part => String(part).padStart(2, "0")).join(":");
};
return (await between(id, zone, first, last)).map(item => [
  item.startDate.isDate ? "" : `${clock(item.startDate)}-${clock(item.endDate)}`, item.title
]);
"""


class Remote:
    """A connection to the program."""

    def __init__(self, connection: socket.socket) -> None:
        self.socket = connection
        self.buffer = b""
        self.number = 0
        self._receive()
        self.command("WebDriver:NewSession", capabilities={})
        self.command("Marionette:SetContext", value="chrome")
        self.command("WebDriver:SetTimeouts", script=SECONDS * 1000)

    def _read(self) -> None:
        part = self.socket.recv(1 << 16)
        if not part:
            raise RuntimeError("Thunderbird hung up")
        self.buffer += part

    def _receive(self) -> Any:
        while b":" not in self.buffer:
            self._read()
        length, _, self.buffer = self.buffer.partition(b":")
        while len(self.buffer) < int(length):
            self._read()
        message, self.buffer = self.buffer[: int(length)], self.buffer[int(length) :]
        return json.loads(message)

    def command(self, name: str, **parameters: object) -> Any:
        """The answer to a command."""
        self.number += 1
        message = json.dumps([0, self.number, name, parameters]).encode()
        self.socket.sendall(b"%d:%s" % (len(message), message))
        _, _, error, answer = self._receive()
        if error:
            raise RuntimeError(f"{name}: {error}")
        return answer

    def script(self, body: str, *arguments: object) -> Any:
        """What a script gives back, or the error it ended with."""
        text = (
            f"const given = [...arguments]; const done = given.pop(); {_SHARED}"
            f"(async () => {{ {body} }})()"
            ".then(value => done({ value }), error => done({ error: `${error}` }));"
        )
        answer = self.command("WebDriver:ExecuteAsyncScript", script=text, args=arguments)["value"]
        if "error" in answer:
            raise RuntimeError(answer["error"])
        return answer.get("value")


@dataclass(frozen=True)
class Thunderbird:
    """A calendar in Thunderbird."""

    remote: Remote
    id: str

    def events(self) -> list[Read]:
        """Every event, and every date of a series that differs, as the program understood it."""
        return in_order(_event(item) for item in self.remote.script(_EVENTS, self.id))

    def day(self, zone: str, day: date) -> list[tuple[str, str]]:
        found = self._between(_DAY, zone, first=day, last=day + timedelta(days=1))
        return [(hours, title) for hours, title in found]

    def held(self, first: date, last: date) -> Mapping[str, list[Held]]:
        """What happens from one day to another, which is excluded, by its identifier."""
        day = timedelta(days=1)
        found: dict[str, list[Held]] = {}
        for item in self._between(_BETWEEN, first=first - day, last=last + day):
            one = _event(item)
            found.setdefault(one.uid, []).append(held(one.start, one.end, one.title, one.status))
        return {uid: within(some, first, last) for uid, some in found.items()}

    def _between(self, script: str, *given: str, first: date, last: date) -> list[Any]:
        days = ([one.year, one.month, one.day] for one in (first, last))
        found: list[Any] = self.remote.script(script, self.id, *given, *days)
        return found

    def refresh(self) -> None:
        """What has been published since is shown."""
        self.remote.script(_REFRESH, self.id)

    def open(self, file: Path) -> None:
        """Add what a file holds; what is there already is refused."""
        self.remote.script(_OPEN, self.id, str(file))

    def remove(self) -> None:
        """It is shown no longer."""
        self.remote.script(_REMOVE, self.id)


def _event(item: Mapping[str, Any]) -> Read:
    told = (item[name] for name in ("location", "status", "sequence"))
    return event(item["uid"], item["title"], _moment(item["start"]), _moment(item["end"]), *told)


def _moment(value: Mapping[str, Any]) -> datetime | date:
    if "day" in value:
        return date.fromisoformat(value["day"])
    return datetime.fromtimestamp(value["seconds"], UTC)


@contextmanager
def running(home: Path) -> Iterator[Remote]:
    """Thunderbird, until it is no longer needed; it keeps its calendars in *home*."""
    profile = home / "profile"
    profile.mkdir(exist_ok=True)
    (profile / "MarionetteActivePort").unlink(missing_ok=True)
    lines = (f'user_pref("{k}", {json.dumps(v)});\n' for k, v in _PREFERENCES.items())
    (profile / "user.js").write_text("".join(lines))
    command = ["thunderbird", "--headless", "--no-remote", "--profile", str(profile)]
    command += ["--marionette", "--remote-allow-system-access"]
    with (home / "log").open("wb") as log:
        process = subprocess.Popen(
            command, env={**environ, "HOME": str(home)}, stdout=log, stderr=subprocess.STDOUT
        )
    try:
        port = _port(profile / "MarionetteActivePort", process, home / "log")
        with socket.create_connection(("127.0.0.1", port), timeout=SECONDS) as connection:
            remote = Remote(connection)
            yield remote
            remote.command("Marionette:Quit", flags=["eForceQuit"])
        process.wait(SECONDS)
    finally:
        if process.poll() is None:
            process.kill()
            process.wait()


def _port(file: Path, process: subprocess.Popen[bytes], log: Path) -> int:
    """The port that the program chose, once it listens there."""
    deadline = time.monotonic() + SECONDS
    while not (file.is_file() and file.read_text().strip()):
        if process.poll() is not None or time.monotonic() > deadline:
            raise RuntimeError(f"Thunderbird does not answer:\n{log.read_text()}")
        time.sleep(0.1)
    return int(file.read_text())


def subscribe(remote: Remote, url: str) -> Thunderbird:
    return Thunderbird(remote, remote.script(_SUBSCRIBE, url))


def at_home(remote: Remote) -> Thunderbird:
    """An empty calendar of one's own."""
    return Thunderbird(remote, remote.script(_HOME))

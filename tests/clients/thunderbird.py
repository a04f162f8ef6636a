"""Thunderbird subscribes to a calendar.

It runs without a window, in a profile of its own, and is told what to do through Marionette, the
remote control of Mozilla's programs: JSON over loopback, each message led by its length.
"""

from __future__ import annotations

import json
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from os import environ
from pathlib import Path
from typing import Any

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

# Each is the body of an asynchronous function of the program, whose arguments are in `given`.
_CAL = (
    'const { cal } = ChromeUtils.importESModule("resource:///modules/calendar/calUtils.sys.mjs");'
)
_SUBSCRIBE = """
const calendar = cal.manager.createCalendar("ics", Services.io.newURI(given[0]));
const loaded = new Promise((resolve, reject) => calendar.addObserver({
  QueryInterface: ChromeUtils.generateQI(["calIObserver"]),
  onLoad: resolve,
  onError: (_, number, message) => reject(new Error(`${number}: ${message}`)),
  onStartBatch() {}, onEndBatch() {}, onAddItem() {}, onModifyItem() {}, onDeleteItem() {},
  onPropertyChanged() {}, onPropertyDeleting() {},
}));
cal.manager.registerCalendar(calendar);
calendar.refresh();
await loaded;
return calendar.id;
"""
_EVENTS = """
const moment = time => time.isDate ? { day: time.icalString } : { seconds: time.nativeTime / 1e6 };
const calendar = cal.manager.getCalendarById(given[0]);
const items = await calendar.getItemsAsArray(Ci.calICalendar.ITEM_FILTER_TYPE_EVENT, 0, null, null);
return items.map(item => ({
  uid: item.id,
  title: item.title,
  start: moment(item.startDate),
  end: moment(item.endDate),
  location: item.getProperty("LOCATION"),
  status: item.status,
  sequence: item.getProperty("SEQUENCE"),
}));
"""
_DAY = """
const [id, name, year, month, day] = given;
const zone = cal.timezoneService.getTimezone(name);
const [start, end] = [cal.createDateTime(), cal.createDateTime()];
start.resetTo(year, month - 1, day, 0, 0, 0, zone);
end.resetTo(year, month - 1, day + 1, 0, 0, 0, zone);
const clock = time => {
  const local = time.getInTimezone(zone);
  return [local.hour, local.minute].map(part => String(part).padStart(2, "0")).join(":");
};
const items = await cal.manager.getCalendarById(id).getItemsAsArray(
  Ci.calICalendar.ITEM_FILTER_TYPE_EVENT, 0, start, end
);
return items.map(item => [
  item.startDate.isDate ? "" : `${clock(item.startDate)}-${clock(item.endDate)}`, item.title
]);
"""


class Remote:
    """A connection to the program."""

    def __init__(self, port: int) -> None:
        self.socket = socket.create_connection(("127.0.0.1", port), timeout=SECONDS)
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
            f"const given = [...arguments]; const done = given.pop(); {_CAL}"
            f"(async () => {{ {body} }})()"
            ".then(value => done({ value }), error => done({ error: `${error}` }));"
        )
        answer = self.command("WebDriver:ExecuteAsyncScript", script=text, args=arguments)["value"]
        if "error" in answer:
            raise RuntimeError(answer["error"])
        return answer["value"]


@dataclass(frozen=True)
class Subscription:
    """A calendar in Thunderbird."""

    remote: Remote
    id: str

    def events(self) -> list[Read]:
        """Every event, as the program understood it."""
        return in_order(_event(item) for item in self.remote.script(_EVENTS, self.id))

    def day(self, zone: str, day: date) -> list[tuple[str, str]]:
        found = self.remote.script(_DAY, self.id, zone, day.year, day.month, day.day)
        return [(hours, title) for hours, title in found]


def _event(item: dict[str, Any]) -> Read:
    told = (item[name] for name in ("location", "status", "sequence"))
    return event(item["uid"], item["title"], _moment(item["start"]), _moment(item["end"]), *told)


def _moment(value: dict[str, Any]) -> datetime | date:
    if "day" in value:
        return date.fromisoformat(value["day"])
    return datetime.fromtimestamp(value["seconds"], UTC)


@contextmanager
def running(home: Path) -> Iterator[Remote]:
    """Thunderbird, until it is no longer needed."""
    profile = home / "profile"
    profile.mkdir()
    lines = (f'user_pref("{k}", {json.dumps(v)});\n' for k, v in _PREFERENCES.items())
    (profile / "user.js").write_text("".join(lines))
    command = ["thunderbird", "--headless", "--no-remote", "--profile", str(profile)]
    command += ["--marionette", "--remote-allow-system-access"]
    with (home / "log").open("wb") as log:
        process = subprocess.Popen(
            command, env={**environ, "HOME": str(home)}, stdout=log, stderr=subprocess.STDOUT
        )
    try:
        remote = Remote(_port(profile / "MarionetteActivePort", process, home / "log"))
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


def subscribe(remote: Remote, url: str) -> Subscription:
    return Subscription(remote, remote.script(_SUBSCRIBE, url))

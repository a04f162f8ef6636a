"""Calendars as ical.js reads them, in Node."""

from __future__ import annotations

import json
import shutil
import subprocess
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from . import Read, ReaderError, event, in_order, text

HERE = Path(__file__).parent
SCRIPT = HERE / "icaljs.mjs"
RECUR = HERE / "recur.mjs"
LIBRARY = HERE / "node_modules" / "ical.js"


def missing() -> str | None:
    """What has to be installed before this reader works."""
    if shutil.which("node") is None:
        return "node"
    # `make test` installs it, where there is npm.
    return None if LIBRARY.is_dir() else "ical.js for Node"


def _moment(value: dict[str, Any]) -> datetime | date:
    if "day" in value:
        return date.fromisoformat(value["day"])
    return datetime.fromtimestamp(value["seconds"], UTC)


def _event(value: dict[str, Any]) -> Read:
    start, end = _moment(value["start"]), _moment(value["end"])
    told = (value[name] for name in ("location", "status", "sequence"))
    return event(value["uid"], value["title"], start, end, *told)


def _events(answer: dict[str, Any]) -> list[Read]:
    if "error" in answer:
        raise ReaderError(answer["error"])
    return in_order(_event(value) for value in answer["events"])


def expanded(rules: list[tuple[str, datetime]], most: int) -> list[list[datetime]]:
    """The first local dates of each value of RRULE, from its start on."""
    asked = [{"rule": rule, "start": f"{start:%Y-%m-%dT%H:%M:%S}"} for rule, start in rules]
    answers = _answers(RECUR, {"most": most, "rules": asked})
    return [[datetime.fromisoformat(one) for one in answer] for answer in answers]


def read_many(files: list[bytes]) -> list[list[Read]]:
    """The events of each file, by one run of Node."""
    return [_events(answer) for answer in _answers(SCRIPT, [text(data) for data in files])]


def _answers(script: Path, question: object) -> list[Any]:
    asked = json.dumps(question)
    done = subprocess.run(["node", str(script)], input=asked, capture_output=True, encoding="utf-8")
    if done.returncode:
        raise RuntimeError(done.stderr)
    answers: list[Any] = json.loads(done.stdout)
    return answers


def read(data: bytes) -> list[Read]:
    """The events of one file."""
    return read_many([data])[0]

"""A report as data (docs/json.md): figures by ids, and what each id stands for."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ..i18n import Translator
from ..model.community import Event
from ..model.exchange import Facilitator, Need, facilitator_address, need_address
from ..model.report import Figure, Period, Report, Tally, Thing, days, minutes, waited
from ..model.settings import Settings
from ..model.stage import Stage, stage
from .words import IN_DAYS, figure_name, part_name

Data = Mapping[str, Any]


def reference(thing: Thing) -> str:
    """What names a thing in the data: a meeting by its collection and its id in it."""
    return f"{thing.collection.id}/{thing.id}" if isinstance(thing, Event) else thing.id


def report_data(report: Report, settings: Settings, tr: Translator) -> Data:
    """All of it; names in the language of *tr*."""
    needs, offers = report.counted(Need), report.counted(Facilitator)
    return {
        "period": _period(report.period),
        "before": _period(report.before),
        "now": report.now.isoformat(),
        "figures": [
            _figure(one, block.subject, tr) for block in report.blocks for one in block.figures
        ],
        "meetings": [_meeting(one, report, settings) for one in report.meetings],
        "needs": [_need(one, settings) for one in sorted(needs, key=reference)],
        "facilitators": [_facilitator(one, settings) for one in sorted(offers, key=reference)],
        "undated": [reference(one) for one in report.undated],
    }


def _period(period: Period) -> Data:
    return {"first": period.first.isoformat(), "last": period.last.isoformat()}


def unit(figure: Figure) -> str:
    """In what its value is reckoned; "" for a number of things."""
    if figure.key == "minutes":
        return "minutes"
    return "days" if figure.key in IN_DAYS else ""


def _figure(figure: Figure, subject: str, tr: Translator) -> Data:
    return {
        "key": figure.key,
        "name": figure_name(figure, tr),
        "subject": subject,
        "unit": unit(figure),
        "of": figure.of,
        **_tally(figure.now),
        "before": _tally(figure.before) if figure.before else None,
        "parts": [
            {
                "id": part.id,
                "name": part_name(part, tr),
                **_tally(part.now),
                "before": _tally(part.before) if part.before else None,
            }
            for part in figure.parts
        ],
    }


def _tally(tally: Tally) -> Data:
    return {"value": tally.value, "counts": [reference(one) for one in tally.counts]}


def _meeting(event: Event, report: Report, settings: Settings) -> Data:
    at = stage(event, report.now)
    late = at is Stage.REPLAY_DUE
    return {
        "id": reference(event),
        "title": event.title,
        "collection": event.collection.id,
        "kind": event.kind.id,
        "first": event.first.first.isoformat() if event.first else None,
        "last": event.last.last.isoformat() if event.last else None,
        "minutes": minutes(event),
        "days": days(event),
        "territories": [one.id for one in event.territories],
        "organisations": [one.id for one in event.organisations],
        "stage": str(at),
        "waited": waited(event, report.now) if late else None,
        "delivered": report.delays.get(event.uid),
        "example": event.record.example,
        "file": event.source,
        "page": settings.site_url + event.address,
    }


def _need(need: Need, settings: Settings) -> Data:
    assert settings.market is not None  # what has needs has a market
    record = need.record
    return {
        "id": need.id,
        "title": need.title,
        "opened": record.opened.isoformat(),
        "answered": record.answered.isoformat() if record.answered else None,
        "state": record.state,
        "example": record.example,
        "file": need.source,
        "page": settings.site_url + need_address(need, settings.market, settings.addresses),
    }


def _facilitator(one: Facilitator, settings: Settings) -> Data:
    assert settings.market is not None  # nor are there facilitators without
    address = facilitator_address(one, settings.market, settings.addresses)
    return {
        "id": one.id,
        "name": one.name,
        "example": one.example,
        "page": settings.site_url + address,
    }

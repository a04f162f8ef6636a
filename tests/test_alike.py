"""Rows that are drawn by their form: the same as each drawn by itself."""

from dataclasses import dataclass, replace

from jinja2 import Environment
from markupsafe import Markup

from parcours.pages.alike import Alike, Rows
from parcours.pages.meeting import BLANK, BLANK_UNDATED, Clock, Meeting, Tile
from parcours.pages.quoted import Quoted


@dataclass(frozen=True)
class Row(Alike):
    title: str
    stage: str
    meeting: Meeting

    decides = frozenset({"stage"})


TEMPLATE = Environment(autoescape=True).from_string(
    """{%- macro row(one, level) -%}
<li class="{{ one.stage }}"{% if one.stage == "live" %} data-now{% endif %}>
{#- -#}
<h{{ level }}>{{ one.title or "–" }}</h{{ level }}>
{%- if one.meeting.zone %} ({{ one.meeting.zone }}){% endif -%}
{%- if one.meeting.tile %}{{ one.meeting.tile.day }}{{ one.meeting.tile.year }}{% endif -%}
{%- for key, word in one.meeting.labels %}<b class="{{ key }}">{{ word }}</b>{% endfor %}</li>
{%- endmacro -%}"""
)
ROW = TEMPLATE.module.row  # type: ignore[attr-defined] # its macro

MEETING = replace(BLANK, tile=Tile("jeu.", "3", "déc.", ""))
ROWS = (
    Row("Une", "past", MEETING),
    Row("Deux & <trois>", "past", replace(MEETING, zone="heure de « Paris »")),
    Row("", "live", replace(MEETING, tile=Tile("ven.", "4", "déc.", "2027"))),
    Row(
        Quoted("Drei", "de"),
        "live",
        replace(MEETING, labels=(("full", "Complet"), ("draft", "<i>"))),
    ),
    Row(Markup("<em>Quatre</em>"), "past", BLANK_UNDATED),
    Row("\\1 {0} %s", "past", replace(MEETING, zone="Z", clock=Clock("a", "b", ""))),
)


def test_rows_are_as_each_by_itself() -> None:
    rows = Rows()
    for again in range(2):
        assert rows.each(ROW, ROWS, 3) == "".join(ROW(one, 3) for one in ROWS), again
    assert rows.each(ROW, ROWS, 2) == "".join(ROW(one, 2) for one in ROWS)


def test_a_form_is_drawn_once() -> None:
    drawn: list[Row] = []

    def note(one: Row) -> str:
        drawn.append(one)
        return f"{one.title};{one.meeting.zone};"

    many = [Row(f"{n}", "past", replace(MEETING, zone="x" * (n % 2))) for n in range(50)]
    found = Rows().each(note, many)
    assert found == "".join(f"{one.title};{one.meeting.zone};" for one in many)
    assert len(drawn) == 2

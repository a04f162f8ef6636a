"""Rows that are drawn by their form: the same as each drawn by itself."""

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import pytest
from jinja2 import Environment
from markupsafe import Markup

from parcours.pages.alike import MOST_FORMS, Alike, Forms, Rows
from parcours.pages.frontmatter import block
from parcours.pages.meeting import BLANK, BLANK_UNDATED, Meeting, Tile
from parcours.pages.quoted import Quoted
from parcours.prose.typography import typeset_html


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
    Row("\\1 {0} %s", "past", replace(MEETING, zone="Z", begins="a", ends="b")),
)


def test_rows_are_as_each_by_itself() -> None:
    forms = Forms({"row": ROW})
    for again in range(2):
        assert Rows(forms).each("row", ROWS, 3) == "".join(ROW(one, 3) for one in ROWS), again
    assert Rows(forms).each("row", ROWS, 2) == "".join(ROW(one, 2) for one in ROWS)


def test_a_form_is_drawn_once() -> None:
    drawn: list[Row] = []

    def note(one: Row) -> str:
        drawn.append(one)
        return f"{one.title};{one.meeting.zone};"

    many = [Row(f"{n}", "past", replace(MEETING, zone="x" * (n % 2))) for n in range(50)]
    forms = Forms({"note": note})
    for _ in range(2):
        found = Rows(forms).each("note", many)
        assert found == "".join(f"{one.title};{one.meeting.zone};" for one in many)
    assert len(drawn) == 2


def test_what_is_kept_of_forms_is_bounded() -> None:
    forms = Forms({"row": ROW})
    for n in range(MOST_FORMS + 10):
        Rows(forms).each("row", [replace(ROWS[0], stage=f"{n}")], 3)
    assert len(vars(forms)["_drawn"]) <= MOST_FORMS


TYPESET = Environment(autoescape=True).from_string(
    """{%- macro line(one, sign) -%}
<li title="{{ one.title }} : {{ sign }}">
<b>{{ one.title }}</b>{{ sign }} <i>{{ one.meeting.when }}</i>
{% if one.meeting.zone %} ({{ one.meeting.zone }}){% endif %}
<p>{{ one.meeting.where }} <span lang="de">{{ one.title }} !</span></p>
<svg><title>{{ one.title }} ?</title></svg></li>
{%- endmacro -%}"""
)
WORDS = (
    "Une", "l'été", "à 12h30", "«", "»", "12", "1er", "1", "er", "Paris : Lyon", "oui ?", "",
    "http://a.example/x ;", "me@a.example :", "50 %", "<b>", "& l'", '"', "lundi", "le lundi 3 mai",
    "3 mai", "www.a.example", "n° 5", "...", "\u00a0–\u00a0",
)  # fmt: skip


@pytest.mark.parametrize("sign", ["", "!", ":", " ;", "%", "er", "mai", "\u00a0–", "»"])
def test_rows_are_typeset_as_in_the_page(sign: str) -> None:
    """What stands beside a hole decides with the words in it: « 1 » and « er »."""
    line = TYPESET.module.line  # type: ignore[attr-defined] # its macro
    rows = Rows(Forms({"line": line}, typeset_html))
    chance = random.Random(7)

    def said() -> Meeting:
        when, zone, where = chance.choices(WORDS, k=3)
        return replace(MEETING, when=when, zone=zone, where=where)

    many = [Row(chance.choice(WORDS), "past", said()) for _ in range(400)]
    page = "<ol>{}</ol><p>après ; l'un</p>"
    found = rows.whole(typeset_html(page.format(rows.each("line", many, sign))))
    assert found == typeset_html(block(page.format("".join(line(one, sign) for one in many))))


def drawn_as_each(
    row: str, lines: Sequence[Alike], sets: Callable[[str], str] = typeset_html
) -> str:
    """Lines as they are drawn by their form, which are the same as each by itself."""
    template = Environment(autoescape=True).from_string(
        f"{{%- macro line(one) -%}}{row}{{%- endmacro -%}}"
    )
    line = template.module.line  # type: ignore[attr-defined] # its macro
    rows = Rows(Forms({"line": line}, sets))
    found = rows.whole(rows.each("line", lines))
    assert found == "".join(typeset_html(line(one)) for one in lines)
    return found


def test_a_text_is_typeset_once_whatever_its_address() -> None:
    told: list[str] = []

    def sets(markup: str) -> str:
        told.append(markup)
        return typeset_html(markup)

    @dataclass(frozen=True)
    class Line(Alike):
        address: str
        day: str
        text: str

    lines = [Line(f"../{n}/?a=1&b='", f"2026-01-{n:02}", "3 mai : 12h30 ?") for n in range(1, 20)]
    drawn_as_each(
        "<li><a href='{{ one.address }}'><time datetime='{{ one.day }}'>le {{ one.text }}"
        "</time></a></li>",
        lines,
        sets,
    )
    assert len([one for one in told if "3 mai" in one]) == 1


def test_a_language_that_a_word_says_is_seen() -> None:
    @dataclass(frozen=True)
    class Line(Alike):
        tongue: str
        text: str

    lines = [Line(tongue, "Vraiment ?") for tongue in ("fr", "en", "fr", "de")]
    found = drawn_as_each("<li><b lang='{{ one.tongue }}'>{{ one.text }}</b></li>", lines)
    assert found.count("\u202f") == 2

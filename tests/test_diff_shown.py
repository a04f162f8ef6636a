"""A report as it is shown: whatever stands in it is text, of a bounded size."""

from __future__ import annotations

import json
import random
import re
from itertools import chain
from pathlib import Path

import pytest
from lxml import html
from markdown_it import MarkdownIt

from parcours.diffing.markdown import MOST, code, fenced, markdown, text
from parcours.diffing.report import LIMIT, NoReport, Report, read_report, write_report
from parcours.diffing.terminal import WIDTH, terminal
from parcours.shown import one_line, width

HOSTILE = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<!-- parcours diff -->",
    "![x](https://evil.example/x.png)",
    "[x](javascript:alert(1))",
    "[x]: https://evil.example",
    "[^1]",
    "https://evil.example/?a=b&c",
    "www.evil.example",
    "mailto:a@mail.example",
    "a@mail.example",
    "@everyone @org/team",
    "#12 GH-34 gh-5 org/repo#6",
    "deadbeefcafe1234567890deadbeefcafe123456",
    ":+1: :tada:",
    "`code` ``more`` ```fence",
    "```\n# out",
    "~~~\n# out",
    "| a | b |\n| - | - |",
    "a | b || c \\| d",
    "# title",
    "- item",
    "1. item",
    "2) item",
    "> quote",
    "> [!WARNING]",
    "=====",
    "---",
    "***bold*** __bold__ ~~gone~~ _x_",
    "&lt;b&gt; &#64;all &commat;all",
    "\\",
    "\\`\\*\\",
    "$x^2$ $$y$$ $`z`$",
    "\u202eeno\u202c \u2066two\u2069 \u200b\u200e\ufeff",
    "\x1b[31mred\x1b[0m\x07\x00",
    "line\nbreak\r\n\r\nparagraph\u2028other",
    "    indented",
    "{{ 7 * 7 }} {% raw %}",
    "${{ github.token }}",
    "::error::x",
    "- [ ] task",
    "<details><summary>x",
    "</code></pre>",
    "a" * 400,
    "",
    " ",
]
HERE = ["p", "h2", "h3", "h4", "ul", "li", "strong", "code", "pre", "table", "thead", "tbody"]
ALLOWED = frozenset([*HERE, "tr", "th", "td", "div"])
FOUND = re.compile(
    r"(?i)@\w|#\d|\bgh-\d|https?://|www\.\w|mailto:\w|\w@\w|:[\w+]+:|\b[0-9a-f]{7,40}\b|\$\w"
)
"""What a forge makes a link, an image or a formula of in plain text."""


def report(*words: str, count: int = 1) -> Report:
    """A report in which every text is what somebody else wrote."""
    first, second, third = (*words, *words, *words)[:3]
    line = {"uid": first, "when": second, "title": third, "changed": True}
    change = {
        "kind": "renamed",
        "text": first,
        "before": second,
        "after": third,
        "was": None,
        "now": None,
    }
    meeting = {
        "uid": first,
        "sort": "meeting",
        "title": second,
        "collection": third,
        "file": first,
        "page": second,
        "changes": [change] * 3,
        "feeds": [first, second],
        "late": third,
        "message": first,
    }
    danger = {
        "code": "address",
        "text": first,
        "mend": second,
        "file": third,
        "uid": first,
        "addresses": [second],
    }
    data = {
        "version": 1,
        "language": "fr",
        "site": first,
        "base": {"revision": first, "id": second},
        "head": {"revision": second, "id": third},
        "now": third,
        "notes": [{"code": "lacking", "text": first}],
        "dangers": [danger] * count,
        "meetings": [meeting] * count,
        "months": [{"month": first, "name": second, "before": [line] * 2, "after": [line]}],
        "feeds": {first: second, second: third},
        "delivery": third,
        "failure": None,
    }
    return read_report(json.dumps(data).encode())


def failed(word: str) -> Report:
    failure = {"side": "head", "text": word, "errors": [word] * 50, "instead": word}
    data = json.loads(write_report(report(word)))
    return read_report(json.dumps({**data, "failure": failure}).encode())


def rendered(source: str) -> html.HtmlElement:
    """The HTML that a reader of Markdown makes of it, raw HTML let through."""
    gfm = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
    return html.fromstring(f"<div>{gfm.render(source)}</div>")


@pytest.mark.parametrize("word", HOSTILE, ids=range(len(HOSTILE)))
def test_markdown_shows_what_others_wrote_as_text(word: str) -> None:
    sources = [markdown(one) for one in (report(word), report(f"a {word} b"), failed(word))]
    for source in sources:
        tree = rendered(source)
        tags = {one.tag for one in tree.iter()}
        assert tags <= ALLOWED, (word, tags - ALLOWED)
        texts = chain.from_iterable(
            (one.text if one.tag != "code" else "", one.tail) for one in tree.iter()
        )
        for shown in filter(None, texts):
            assert not FOUND.search(shown), (word, shown)
            assert shown == shown.replace("\x1b", "").replace("\u202e", "")
        # A table keeps its two columns, and a meeting its heading.
        assert all(len(row.findall("td")) in (0, 2) for row in tree.iter("tr")), word
        assert len(tree.findall("h2")) == 1


@pytest.mark.parametrize("word", HOSTILE, ids=range(len(HOSTILE)))
def test_what_is_copied_is_what_was_written(word: str) -> None:
    line = one_line(word)
    for source, path in ((code(word), ".//code"), (fenced(word), ".//pre/code")):
        tree = rendered(source)
        if line or "pre" in path:
            assert tree.find(path).text.strip() == line, word
    shown = rendered(f"x {text(word)}").text_content().strip()
    assert shown.replace("\u2060", "")[2:].strip() == (line or "—")


@pytest.mark.large
def test_hostile_words_in_any_order_are_text() -> None:
    drawn = random.Random(7)
    for _ in range(150):
        words = ["".join(drawn.sample(HOSTILE, 3)) for _ in range(3)]
        tree = rendered(markdown(report(*words)))
        assert {one.tag for one in tree.iter()} <= ALLOWED, words


@pytest.mark.large
def test_a_comment_has_a_bound() -> None:
    source = markdown(report("x" * 480, count=400))
    assert len(source) <= MOST
    assert source.count("```") % 2 == 0
    assert "parcours diff" in source.splitlines()[-1]


@pytest.mark.parametrize("word", HOSTILE, ids=range(len(HOSTILE)))
def test_a_terminal_shows_lines_of_text(word: str) -> None:
    for one in (report(word), failed(word)):
        lines = terminal(one).split("\n")
        assert all(line.replace("\u00a0", "").isprintable() for line in lines), word
        assert all(width(line) <= WIDTH or len(word) > WIDTH for line in lines), word


def month_of(title: str, mark: str) -> Report:
    """A report of a month in which one meeting of that title stands on both sides."""
    said = f"{title} ({mark})" if mark else title
    line = {"uid": "u", "when": "jeu. 25, 12 h 30", "title": said, "mark": mark, "changed": True}
    month = {"month": "2027-03", "name": "mars 2027", "before": [line], "after": [line]}
    data = json.loads(write_report(report("x")))
    return read_report(json.dumps({**data, "months": [month]}).encode())


@pytest.mark.parametrize("mark", ["", "reporté", "à confirmer", "désormais en ligne", "日本語" * 3])
@pytest.mark.parametrize(
    "title", ["Un titre", "Recevoir un groupe chez soi, et " * 3, "日本語 " * 20]
)
def test_a_long_title_is_cut_and_its_mark_is_not(title: str, mark: str) -> None:
    lines = terminal(month_of(title, mark)).split("\n")
    assert all(width(line) <= 80 for line in lines)
    rows = [[cell.strip() for cell in line.split("│")] for line in lines if "│" in line][1:]
    for cells in zip(*rows, strict=True):
        # The mark stands under its title, where there is no room beside it.
        said = " ".join(cells)
        assert said.startswith(f"* jeu. 25, 12 h 30  {title[:3]}")
        assert said.endswith(f"({mark})" if mark else ("…", title.strip()))


def test_a_danger_never_stands_beside_the_word_that_nothing_changes() -> None:
    data = json.loads(write_report(report("x")))
    alone = {**data, "meetings": [], "months": []}
    for form in (terminal, markdown):
        assert "Rien ne change" not in form(read_report(json.dumps(alone).encode()))
        quiet = {**alone, "dangers": []}
        assert "Rien ne change" in form(read_report(json.dumps(quiet).encode()))


def test_a_report_of_before_there_were_marks_is_read() -> None:
    data = json.loads(write_report(month_of("Un titre", "reporté")))
    for line in (*data["months"][0]["before"], *data["months"][0]["after"]):
        del line["mark"]
    assert "Un titre (r" in terminal(read_report(json.dumps(data).encode()))


BROKEN = [
    b"",
    b"null",
    b"[]",
    b"{",
    b"\xff\xfe",
    b'{"version": 1}',
    b"[" * 100_000,
    b'{"a":' * 100_000,
]


@pytest.mark.parametrize("data", BROKEN, ids=range(len(BROKEN)))
def test_what_is_no_report_is_refused(data: bytes) -> None:
    with pytest.raises(NoReport):
        read_report(data)


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("version", 2),
        ("version", "1"),
        ("language", "xx"),
        ("language", "../fr"),
        ("site", 7),
        ("site", "x" * 6000),
        ("site", "\ud800"),
        ("site", None),
        ("notes", [{"code": "<b>", "text": ""}]),
        ("notes", [{"code": "shallow", "text": ""}] * 11),
        ("feeds", {"a": 1}),
        ("feeds", ["a"]),
        ("dangers", [{"code": "other"}]),
        ("meetings", {}),
        ("unknown", 1),
        ("__class__", "x"),
    ],
)
def test_a_report_of_another_form_is_refused(key: str, value: object) -> None:
    data = json.loads(write_report(report("x")))
    with pytest.raises(NoReport) as refused:
        read_report(json.dumps({**data, key: value}).encode())
    # What it says of it is ours.
    assert re.fullmatch(r"[a-z_]+, and \d+ more", str(refused.value))


def test_a_report_that_is_too_large_is_refused() -> None:
    with pytest.raises(NoReport):
        read_report(b" " * (LIMIT + 1))


def test_a_report_is_read_as_it_was_written() -> None:
    one = report("x", "y", "z")
    assert read_report(write_report(one).encode()) == one


def test_the_form_is_documented() -> None:
    """Every object and key of the data stands in its description."""
    page = (Path(__file__).parents[1] / "docs" / "diff.md").read_text()
    schema = Report.model_json_schema()
    forms = {"Report": schema, **schema["$defs"]}
    for name, form in forms.items():
        _, _, rest = page.partition(f"## {name}\n")
        part, _, _ = rest.partition("\n## ")
        assert part, name
        told = set(re.findall(r"^\| `([a-z]+)` \|", part, re.MULTILINE))
        assert told == set(form["properties"]), name

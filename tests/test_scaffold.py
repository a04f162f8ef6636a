"""New sources: what is asked, what is written, and that our own reader reads it back."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parcours.problems import Problems
from parcours.scaffold.keys import Value
from parcours.scaffold.writing import lines
from parcours.sources.yaml import read_yaml

SPECIALS = ["---", "...", "- a", "? b", ": c", "#", " #", "a: b", "a #b", "'", '"', "\\", "|", ">"]
SPECIALS += ["null", "~", "yes", "12:30", "&a", "*a", "!b", "%", "@", "`", "{}", "[]", "\u00a0: x"]
SPECIALS += ["\u202egauche", "é\u0301", "😀", "a\nb", "a\tb", "\u2028", "a:", ",", "x, y"]

texts = st.one_of(
    st.text(st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufeff")),
    st.lists(st.sampled_from(SPECIALS), max_size=4).map("".join),
    st.text("-:#'\"\\[]{}, \n\t&*!|>%@`~?;“”«»…a1é", max_size=12),
)
names = st.one_of(
    st.from_regex(r"[a-z][a-z_]{0,6}", fullmatch=True),
    st.sampled_from(["title", "consent", "summary", "start", "place", "themes", "online"]),
)
values: st.SearchStrategy[Value] = st.recursive(
    st.one_of(texts, st.lists(texts, max_size=3)),
    lambda inner: st.one_of(
        st.dictionaries(names, inner, min_size=1, max_size=3),
        st.lists(st.dictionaries(names, inner, min_size=1, max_size=3), min_size=1, max_size=3),
    ),
    max_leaves=6,
)


@pytest.mark.large
@given(st.dictionaries(names, values, max_size=4))
def test_what_is_written_is_read_back(said: dict[str, Value]) -> None:
    problems = Problems()
    document = read_yaml("\n".join(lines(said)) + "\n", "x.yml", problems)
    assert problems.sorted() == ()
    assert document is not None
    assert document.data == said
    assert document.cuts == {}


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("Former dehors, par tous les temps", "title: Former dehors, par tous les temps"),
        ("Former dehors ;", 'title: "Former dehors ;"'),
        ("Former dehors,", 'title: "Former dehors,"'),
        ("L’école d’après", "title: L’école d’après"),
        ("Comptoir #12 : dehors", 'title: "Comptoir #12 : dehors"'),
        ("2027-05-20 12:30", "title: 2027-05-20 12:30"),
        ('« Oui », dit-elle, "sauf #1"', "title: '« Oui », dit-elle, \"sauf #1\"'"),
        ("null", 'title: "null"'),
        ("https://visio.example/a", "title: https://visio.example/a"),
    ],
)
def test_quotes_stand_where_they_are_needed(text: str, line: str) -> None:
    assert list(lines({"title": text})) == [line]

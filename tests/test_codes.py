"""Templates as they were compiled, kept by a process: `engine/codes.py`."""

from __future__ import annotations

from typing import Any

import jinja2
import pytest

from parcours.engine import codes
from parcours.engine.codes import keep_codes
from parcours.memo import Memo


@pytest.fixture
def compiled(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of the templates that are compiled."""
    found: list[str] = []
    compile_ = jinja2.Environment.compile

    def note(self: jinja2.Environment, source: Any, name: Any = None, *more: Any) -> Any:
        found.append(str(name))
        return compile_(self, source, name, *more)

    monkeypatch.setattr(jinja2.Environment, "compile", note)
    monkeypatch.setattr(codes, "_CODES", Memo(100))
    return found


def rendered(text: str, **said: Any) -> str:
    env = keep_codes(jinja2.Environment(loader=jinja2.DictLoader({"a.html": text}), **said))
    return env.get_template("a.html").render(n="<1>")


def test_a_template_is_compiled_once(compiled: list[str]) -> None:
    assert rendered("{{ n }}") == rendered("{{ n }}") == "<1>"
    assert compiled == ["a.html"]


def test_another_text_or_another_way_to_read_it_is_compiled_anew(compiled: list[str]) -> None:
    assert [rendered("{{ n }}"), rendered("{{ n }}!"), rendered("{{ n }}")] == [
        "<1>",
        "<1>!",
        "<1>",
    ]
    assert rendered("{{ n }}", autoescape=True) == "&lt;1&gt;"
    assert rendered("[[ n ]]", variable_start_string="[[", variable_end_string="]]") == "<1>"
    assert rendered("[[ n ]]") == "[[ n ]]"
    assert len(compiled) == 6  # the text before is not kept beside the next


def test_a_filter_that_is_another_one_is_asked(compiled: list[str]) -> None:
    for word in ("une", "autre"):
        env = jinja2.Environment(loader=jinja2.DictLoader({"a.html": "{{ 'x'|said }}"}))
        env.filters["said"] = lambda text, word=word: word
        assert keep_codes(env).get_template("a.html").render() == word
    assert len(compiled) == 2

"""A walk through changes finds nothing, and would find what is kept wrongly."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from parcours.engine.inputs import Files
from parcours.engine.leaves import Leaves
from parcours.memo import Memo
from parcours.model.instants import Witness
from parcours.prose.kept import KeptRenderer

from . import soundness

pytestmark = pytest.mark.large


@pytest.mark.parametrize("seed", [11])
def test_what_is_kept_never_shows(seed: int, tmp_path: Path) -> None:
    walk = soundness.begin(tmp_path, seed)
    for n in range(8):
        assert not walk.step(), n


def test_every_sort_of_change_is_made(tmp_path: Path) -> None:
    walk = soundness.begin(tmp_path, 1)
    for name in dict.fromkeys(soundness.CHANGES):
        getattr(walk, name)()
    assert len(set(soundness.CHANGES)) > 15


def forget_the_instant(self: Witness, find: Callable[[], object]) -> None:
    """Nothing ever turns by itself."""


def any_page(self: Leaves, page: Any, file: Any) -> str:
    return str(page.url.encode().hex()).ljust(64, "0")


def any_body(self: KeptRenderer, said: Any, body: Any) -> Any:
    from parcours.prose.parts import Part
    from parcours.prose.render import Prose

    _, markup, text, anchored, parts = said
    return Prose(markup, text, anchored, tuple(Part(*one) for one in parts))


def any_source(self: Memo[Any, Any], name: Any, given: Any) -> Any:
    found = self._made.get(name)
    return found[1] if found else None


WRONG: dict[str, tuple[type, str, object, tuple[str, ...]]] = {
    "an instant that turns nothing": (Witness, "turns", forget_the_instant, ("later",)),
    "files that are not looked at": (Files, "are_there", lambda self, now: True, ("page", "text")),
    "a page under its address": (Leaves, "key", any_page, ("text",)),
    "a source under its name": (Memo, "get", any_source, ("text",)),
    "a body whose links are not looked up": (KeptRenderer, "_again", any_body, ("link", "file")),
}


SEEDS = {"a page under its address": 4, "a body whose links are not looked up": 8}
"""Of the walks that come upon it soonest; of the others, the third does."""


@pytest.mark.sampled
@pytest.mark.parametrize("wrong", WRONG)
def test_what_is_kept_wrongly_is_found(
    wrong: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    where, name, instead, changes = WRONG[wrong]
    walk = soundness.begin(tmp_path, SEEDS.get(wrong, 3))
    walk.changes = changes
    assert not walk.compare()
    monkeypatch.setattr(where, name, instead)
    assert soundness.walked(walk, 30)

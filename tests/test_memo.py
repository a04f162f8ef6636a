"""What a process keeps of what it made: `memo.py`."""

from __future__ import annotations

from parcours.memo import Memo


def test_what_was_made_from_something_else_is_made_anew() -> None:
    memo: Memo[int, str] = Memo(10)
    assert memo.once("a", 1, lambda: "one") == "one"
    assert memo.once("a", 1, lambda: "another") == "one"
    assert memo.once("a", 2, lambda: "two") == "two"
    assert memo.get("a", 1) is None


def test_what_has_been_there_for_longest_goes() -> None:
    memo: Memo[None, str] = Memo(2)
    for name in "abac":
        memo.put(name, None, name)
    assert [memo.get(name, None) for name in "abc"] == ["a", None, "c"]


def test_what_is_kept_may_be_weighed() -> None:
    memo: Memo[None, bytes] = Memo(10, len)
    memo.put("a", None, bytes(6))
    memo.put("a", None, bytes(5))
    memo.put("b", None, bytes(5))
    assert memo.get("a", None) is not None
    memo.put("c", None, bytes(1))
    assert [memo.get(name, None) is None for name in "abc"] == [True, False, False]
    memo.put("d", None, bytes(11))
    assert [memo.get(name, None) is None for name in "bcd"] == [True, True, True]

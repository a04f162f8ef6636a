"""Templates as they were compiled, for the next site that this process makes.

A preview opens the theme anew each time; its templates are as they were, and compiling those of one
page takes a tenth of what a save does. They are kept by this process alone: what is kept on a disk
is never run.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from types import CodeType

import jinja2
from jinja2.bccache import Bucket, BytecodeCache

from ..memo import Memo

_CODES: Memo[Hashable, CodeType] = Memo(1_000)


class Codes(BytecodeCache):
    """What environments ask that read the same templates in the same way."""

    def load_bytecode(self, bucket: Bucket) -> None:
        """Give a template its code, if it was compiled from the same text."""
        bucket.code = _CODES.get(bucket.key, _given(bucket))

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep the code of a template."""
        if bucket.code is not None:
            _CODES.put(bucket.key, _given(bucket), bucket.code)


def _given(bucket: Bucket) -> Hashable:
    """What code depends on: the text of its template, and how that is read."""
    env = bucket.environment
    return (
        bucket.checksum,
        *(getattr(env, name) for name in _READ_BY),
        type(env),
        tuple(env.extensions),
        _functions(env.filters),
        _functions(env.tests),
        repr(env.policies),
    )


_READ_BY = (
    *("block_start_string", "block_end_string", "variable_start_string", "variable_end_string"),
    *("comment_start_string", "comment_end_string", "line_statement_prefix"),
    *("line_comment_prefix", "trim_blocks", "lstrip_blocks", "newline_sequence"),
    *("keep_trailing_newline", "optimized", "undefined", "finalize", "autoescape", "is_async"),
)


def _functions(named: Mapping[str, object]) -> Hashable:
    """Each by its name: what they make of constants is worked out as a template is compiled."""
    return frozenset(named.items())


def keep_codes(env: jinja2.Environment) -> jinja2.Environment:
    """Have an environment compile no template that another one has."""
    env.bytecode_cache = Codes()
    return env

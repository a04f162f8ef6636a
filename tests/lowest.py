"""`python -m tests.lowest`: the lowest versions that pyproject.toml allows, as constraints for pip.

What they depend on in turn is free: their own lower bounds are theirs to keep.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[1] / "pyproject.toml"
BOUND = re.compile(r"([\w.-]+)>=([\w.]+)(?:,<[\w.]+)?")


def constraints() -> Iterator[str]:
    """Each dependency at its lower bound.

    Raises:
        ValueError: a dependency has none.
    """
    project = tomllib.loads(PROJECT.read_text(encoding="utf-8"))["project"]
    for wanted in (*project["dependencies"], *project["optional-dependencies"]["dev"]):
        bound = BOUND.fullmatch(wanted)
        if bound is None:
            raise ValueError(f"{wanted} has no lower bound")
        yield f"{bound[1]}=={bound[2]}"


if __name__ == "__main__":
    print("\n".join(constraints()))

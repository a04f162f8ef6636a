"""`python -m tests.linters FOLDER`: the scripts as a browser gets them, for the linter to read."""

from __future__ import annotations

import sys
from pathlib import Path

from parcours.engine.config import read_config
from parcours.engine.opening import open_config
from parcours.pages.bundle import joined
from parcours.problems import Problems

ROOT = Path(__file__).resolve().parents[2]


def main() -> None:
    """Write the scripts of the flagship."""
    folder = Path(sys.argv[1])
    opened = open_config(ROOT / "mkdocs.yml")
    _, settings = read_config(opened.config, opened.plugin.options, Problems())
    assert settings is not None
    # Without an algorithm: what stems the words is another's.
    for name, data in joined(settings, algorithm="").items():
        if name.endswith(".js"):
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)


if __name__ == "__main__":
    main()

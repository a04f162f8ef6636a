"""What nothing has words for: a fault of ours, told in one line with what was being read."""

from __future__ import annotations

import traceback
from functools import cache
from pathlib import Path

from ..i18n import Translator
from ..problems import N_, Mark
from ..refusals import reason_of
from .environment import DEBUG, debugging

_EVENTS = str(Path("mkdocs", "plugins.py"))
"""Where the engine calls its plugins."""

_PACKAGE = Path(__file__).resolve().parents[1]


def tell_unforeseen(error: Exception, tr: Translator, config: Path, *, named: str = "") -> str:
    """The line; with `DEBUG` in the environment, the traceback before it.

    Args:
        config: the configuration file, which is named where no other was being read.
        named: what it is called instead of its path.
    """
    text = N_(
        "{file}: this is a fault of Parcours ({error}); please report it, with this file; "
        "{variable}=1 shows where"
    )
    said = in_a_line(error, tr)
    other = other_plugin(error)
    if other is not None:
        text = N_(
            "{file}: « {other} », a plugin or hook that is named here, stopped ({error}): ask its "
            "documentation, or go without it; {variable}=1 shows where"
        )
    file = (None if other else _being_read(error)) or named or str(config)
    own = of_the_site(error, config.resolve().parent)
    if own is not None:
        text = N_(
            "{file}: this file of the site's own stopped ({error}): mend it, or go without it; "
            "{variable}=1 shows where"
        )
        file = own
    line = tr.format(text, file=file, error=said, variable=DEBUG, other=other)
    if debugging():
        line = "".join(traceback.format_exception(error)) + line
    return line.encode("utf-8", "replace").decode()


def in_a_line(error: Exception, tr: Translator | None = None) -> str:
    """What an error says, and of what class it is, in one line that is not too long.

    Args:
        tr: of what the system says, which has words of ours.
    """
    said = str(error)
    if tr is not None and isinstance(error, OSError) and error.errno:
        place = f" « {error.filename} »" if error.filename else ""
        said = f"{tr.gettext(reason_of(error))}{place}"
    return " ".join(f"{type(error).__name__}: {said}".split())[:200]


def other_plugin(error: BaseException) -> str | None:
    """The package of another plugin, or the hook, from whose event an error came."""
    found = None
    called = False
    for frame, _ in traceback.walk_tb(error.__traceback__):
        code = frame.f_code
        if called and not code.co_filename.endswith(_EVENTS):
            path = Path(code.co_filename)
            name = str(frame.f_globals.get("__name__", path.stem)).partition(".")[0]
            found = None if path.is_relative_to(_PACKAGE) else name
        called = code.co_filename.endswith(_EVENTS)
    return found


def of_the_site(error: BaseException, root: Path) -> str | None:
    """The template or hook of the site's own that an error came from, and the line in it.

    It is the innermost that is not ours, wherever the engine or a library went from there.
    """
    found = None
    for frame, line in traceback.walk_tb(error.__traceback__):
        name = frame.f_code.co_filename
        if name.startswith("<"):  # what is made of nothing on the disk
            continue
        path = Path(name).resolve()
        is_code = _libraries().isdisjoint(path.parents)
        if is_code and path.is_relative_to(root):
            found = f"{path.relative_to(root)}:{line}"
    return found


@cache
def _libraries() -> frozenset[Path]:
    """Where Python, what is installed, and our own code lie: perhaps within the site's folder."""
    import sysconfig  # no command that goes well needs it

    return frozenset(
        Path(one).resolve() for one in (*sysconfig.get_paths().values(), str(_PACKAGE))
    )


def _being_read(error: Exception) -> str | None:
    """The file that the innermost of our functions was about, as its arguments name it."""
    found = None
    for frame, _ in traceback.walk_tb(error.__traceback__):
        if not Path(frame.f_code.co_filename).is_relative_to(_PACKAGE):
            continue
        for name in ("mark", "file", "source", "page", "event"):
            value = frame.f_locals.get(name)
            file = value.file if isinstance(value, Mark) else getattr(value, "source", value)
            if isinstance(file, str) and file and len(file) < 300:
                found = file
                break
    return found

"""The preview: the last good site, with what is wrong in the sources over it.

The engine's own server is the library: it waits and answers. What differs is what a change does: a
site of its own is compiled beside the one that is shown, and takes its place at once; else it is
said over the old one what keeps it from being there. Of a site, the page that somebody looks at is
made first, and the rest when nobody asks for anything.
"""

from __future__ import annotations

import errno
import logging
import posixpath
import shutil
import socket
import tempfile
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import partial
from html import escape
from pathlib import Path, PurePosixPath
from typing import Any
from urllib.parse import urlsplit

from mkdocs.livereload import LiveReloadServer
from watchdog.events import FileSystemEvent, FileSystemEventHandler
from watchdog.observers import Observer

from ..compile import let_go
from ..i18n import Translator, translator
from ..model.settings import Settings
from ..pages.reference import problem_address
from ..problems import N_, Problem, SourceErrors
from ..refusals import reason_of
from ..sources.files import is_file
from .build import render
from .environment import ENGINE, Surroundings
from .inputs import Stat, TooMany, look
from .opening import EngineError, NoAddress, Opened, open_config, source_folders
from .page import rendered
from .unforeseen import tell_unforeseen
from .waiting import Waiting

HOST, PORT = "127.0.0.1", 8000
LAST_PORT = 65535
_NO_ADDRESS = frozenset({errno.EADDRINUSE, errno.EADDRNOTAVAIL, errno.EACCES})
_READ = frozenset({"opened", "closed_no_write"})
"""What happens to a file that nobody has changed."""

NAMED = 3
"""Pages that one line names; the rest is counted."""


PAUSE, CALM, GLANCE = 0.03, 0.3, 2.0
"""Seconds: without a change before one is read, so that what belongs together is read together;
without a question before work is done that nobody waits for; between two looks at all files, for
changes of which the system tells nothing, as on a disk that another machine writes to."""


@dataclass(frozen=True)
class Site:
    """A site, for the preview.

    Attributes:
        sources: the file that a page is written in, by address; "." is the home page.
        settings: of the site.
        waiting: makes its files; None where all are there.
    """

    folder: Path
    sources: Mapping[str, str]
    settings: Settings
    waiting: Waiting | None

    @classmethod
    def of(cls, opened: Opened, folder: Path, waiting: Waiting | None) -> Site:
        """The site that was compiled."""
        assert opened.plugin.compiled is not None
        compiled = opened.plugin.compiled
        sources = {
            PurePosixPath(rendered(path)).parent.as_posix(): info.source or ""
            for path, info in compiled.tree.pages.items()
        }
        return cls(folder, sources, compiled.community.settings, waiting)

    def make(self, *names: str) -> None:
        """Make files, where they are still to be made.

        Raises:
            EngineError: with a message, when the engine stopped.
        """
        if self.waiting is not None:
            for name in names:
                self.waiting.make(name)

    def rest(self) -> Iterator[None]:
        """Make all that is still to be made, a file at each step.

        Raises:
            EngineError: with a message, when the engine stopped.
        """
        return self.waiting.rest() if self.waiting else iter(())


@dataclass(frozen=True, kw_only=True)
class Attempt:
    """What came of a build.

    Attributes:
        site: None where nothing was built.
        problems: what was found in the sources, warnings too.
        said: why the engine stopped, where that is no problem of a source.
        logged: whether the engine's log has told the problems.
        watched: what the site is made from.
        messages: the language of messages about the site.
    """

    site: Site | None = None
    problems: tuple[Problem, ...] = ()
    said: str = ""
    logged: bool = True
    watched: tuple[Path, ...] = ()
    messages: Translator

    @property
    def errors(self) -> tuple[Problem, ...]:
        return tuple(one for one in self.problems if one.severity == "error")


def attempt(file: Path, address: str, around: Surroundings, folder: Path) -> Attempt:
    """Have the site of a configuration made, in an empty folder; drafts are shown.

    Args:
        address: where it is served, which its own links name.
    """
    opened = None
    try:
        with ENGINE:
            opened = open_config(file, around)
        path = urlsplit(opened.config.site_url or "").path.strip("/")
        opened.config.site_url = f"{address}{path}/" if path else address
        # Threads serve what is there meanwhile: no process starts as this one stands.
        opened = replace(opened, around=replace(around, processes=1))
        waiting = None
        if Waiting.can_show(opened):
            waiting = Waiting(opened, folder, around.instant())
        else:
            with ENGINE:
                render(opened, folder, around.instant(), command="serve")
    except (EngineError, SourceErrors) as error:
        problems = error.problems if isinstance(error, SourceErrors) else ()
        if opened is not None:
            problems = problems or opened.plugin.problems.sorted()
        told = any(one.severity == "error" for one in problems)
        return Attempt(
            problems=problems,
            said="" if told else str(error),
            logged=opened is not None,
            watched=_watched(file, opened),
            messages=opened.messages if opened else around.messages(),
        )
    except Exception as error:  # whatever the sources have led to: the preview lives on
        messages = opened.messages if opened else around.messages()
        said = tell_unforeseen(error, messages, file, named=file.name)
        return Attempt(said=said, watched=_watched(file, opened), messages=messages)
    return Attempt(
        site=Site.of(opened, folder, waiting),
        problems=opened.plugin.problems.sorted(),
        watched=_watched(file, opened),
        messages=opened.messages,
    )


def _watched(file: Path, opened: Opened | None) -> tuple[Path, ...]:
    """The files and folders that a site is made from, as far as its configuration tells."""
    if opened is None:
        return (file,)
    compiled = opened.plugin.compiled
    settings = compiled.community.settings if compiled is not None else None
    folders = source_folders(opened, settings)
    return (file, *folders, *(Path(one).resolve() for one in opened.config.watch))


class Preview(LiveReloadServer):
    """A server of the last good site.

    Attributes:
        last: the attempt that was made last.
        shown: the site that is shown; None before there was one.
        whole: whether nothing of it is still to be made.
        outlived: whether there is memory of a site that is shown no more.
    """

    def __init__(
        self,
        file: Path,
        host: str,
        port: int,
        around: Surroundings,
        say: Callable[[str], None],
    ) -> None:
        self._file = file.resolve()
        self._around = around
        self._say = say
        self._rooms = Path(tempfile.mkdtemp(prefix="parcours-preview-"))
        self._changed: dict[Path, None] = {}
        self._seen: Mapping[str, Stat] = {}
        self._looked = self._asked = 0.0
        self._rest: Iterator[None] = iter(())
        self._began = threading.local()
        self.whole = self.outlived = False
        self.last: Attempt | None = None
        self.shown: Site | None = None
        super().__init__(self._renew, host, port, str(self._rooms))
        self._origin = self.url
        self.build_delay = PAUSE
        # Told by the system, while the engine would look at all files again and again; it declares
        # the one that does, and asks of either only what both have.
        self.observer = Observer()  # type: ignore[assignment]

    def start(self) -> None:
        """Serve until it is shut down; the first build begins once a browser can be answered."""
        self.error_handler = self._instead
        self.server_bind()
        self.server_activate()
        self.serve_thread.start()
        self._say(self._tr.format(N_("Preview: {address} (Ctrl+C ends it)"), address=self._origin))
        # Before it says that a site is there: what is changed from then on is seen.
        with suppress(OSError):  # where the system tells nobody, or no more, files are looked at
            self.observer.start()
        self._renew()
        self._build_loop()

    def close(self) -> None:
        """End it, and delete what was built for it."""
        self.shutdown()
        shutil.rmtree(self._rooms, ignore_errors=True)

    @property
    def _tr(self) -> Translator:
        return self.last.messages if self.last else self._around.messages()

    # What changes.

    def watch(self, path: str, func: None = None, *, recursive: bool = True) -> None:
        """Watch a file or folder; what changes in it is named when it is read."""
        if path in self._watched_paths:
            return
        self._watched_paths[path] = 1
        is_folder = Path(path).is_dir()
        handler = FileSystemEventHandler()
        # A handler of watchdog is a class of its own or, as the engine does it, this one method.
        handler.on_any_event = (  # type: ignore[method-assign]
            self._on_change if is_folder else partial(self._on_change, only=Path(path))
        )
        # A file that another takes the place of is no longer watched, but its folder is.
        where = path if is_folder else str(Path(path).parent)
        with suppress(OSError):  # as above
            self._watch_refs[path] = self.observer.schedule(
                handler, where, recursive=recursive and is_folder
            )

    def _on_change(self, event: FileSystemEvent, only: Path | None = None) -> None:
        if event.is_directory or event.event_type in _READ:
            return
        names = (Path(str(name)) for name in (event.src_path, event.dest_path) if name)
        self._want(name for name in names if only in (None, name))

    def _want(self, changed: Iterable[Path]) -> None:
        """Have it seen that files have changed."""
        with self._rebuild_cond:
            names = dict.fromkeys(changed)
            self._changed |= names
            self._want_rebuild = self._want_rebuild or bool(names)
            self._rebuild_cond.notify_all()

    def _build_loop(self) -> None:
        """Show each change, once the changes pause; meanwhile, make what is still to be made."""
        while not self._shutdown:
            if self._is_wanted():
                self._renew()
            elif self._calm_in() <= 0 and self.outlived:
                let_go()
                self.outlived = False
            elif self._calm_in() <= 0 and not self.whole:
                self._go_on()
            elif time.monotonic() > self._looked + GLANCE:
                self._look()

    def _is_wanted(self) -> bool:
        """Wait for a change, but not for long; whether there is one."""
        is_done = self.whole and not self.outlived
        patience = self.shutdown_delay if is_done else self._calm_in()
        with self._rebuild_cond:
            # An interrupt is noticed between two waits.
            self._rebuild_cond.wait_for(
                lambda: self._want_rebuild or self._shutdown,
                timeout=min(max(patience, 0.0), self.shutdown_delay),
            )
            if not self._want_rebuild:
                return False
            while not self._shutdown and self._rebuild_cond.wait(timeout=self.build_delay):
                pass
            self._want_rebuild = False
        return not self._shutdown

    def _calm_in(self) -> float:
        """In how many seconds nobody has asked for anything for a while."""
        return self._asked + CALM - time.monotonic()

    def _go_on(self) -> None:
        """Make one more file of the site that is shown."""
        try:
            next(self._rest)
        except StopIteration:
            self.whole = True
        except Exception as error:  # whatever a page has led to: the preview lives on
            self.whole = True
            self._fail(error)

    def _look(self) -> None:
        """Look at all that is watched: the system may have told nothing of a change."""
        with suppress(TooMany):
            seen, before = look(self._watched_paths).stats, self._seen
            names = seen.keys() | before.keys()
            self._want(Path(one) for one in names if seen.get(one) != before.get(one))
        self._looked = time.monotonic()

    def _fail(self, error: Exception) -> None:
        """Say over the site that is shown what keeps a page of it from being made."""
        if self.last is None:
            return
        is_told = isinstance(error, EngineError)
        file = self._file
        said = str(error) if is_told else tell_unforeseen(error, self._tr, file, named=file.name)
        self.last = replace(self.last, site=None, said=said)
        self._say(said)
        self._show()

    def _show(self) -> None:
        """Have browsers ask again."""
        with self._epoch_cond:
            now = round(time.monotonic() * 1000)
            self._wanted_epoch = self._visible_epoch = max(now, self._visible_epoch + 1)
            self._epoch_cond.notify_all()

    def _renew(self) -> None:
        """Read what changed, show what came of it, and say it in one line."""
        with self._rebuild_cond:
            changed, self._changed = tuple(self._changed), {}
        start = time.monotonic()
        with suppress(TooMany):
            self._seen = look(self._watched_paths).stats
        room = Path(tempfile.mkdtemp(dir=self._rooms))
        found = attempt(self._file, self._origin, self._around, room)
        before, was_watched = self.shown, len(self._watched_paths)
        for path in found.watched:
            if path.exists():
                self.watch(str(path), recursive=path.is_dir())
        if len(self._watched_paths) > was_watched:
            with suppress(TooMany):
                self._seen = look(self._watched_paths).stats
        if found.site is not None:
            self._rest, self.whole = found.site.rest(), False
            self.root = str(room)
            self.mount_path = urlsplit(found.site.settings.site_url).path
            self.shown = found.site
        self.last, self.outlived = found, True
        self._asked = self._looked = time.monotonic()
        self._show()
        stale = room if found.site is None else before.folder if before else None
        self._tell(changed, before, found, time.monotonic() - start)
        if stale is not None:
            shutil.rmtree(stale, ignore_errors=True)

    def _tell(
        self, changed: tuple[Path, ...], before: Site | None, found: Attempt, seconds: float
    ) -> None:
        """What is wrong, then one line: what changed, what came of it, and how long it took."""
        tr = self._tr
        for problem in () if found.logged else found.problems:
            self._say(problem.line(tr))
        if found.said:
            self._say(found.said)
        names = [self._name(one) for one in changed] or [self._file.name]
        took = f"{seconds:.1f}".replace(".", "," if tr.language == "fr" else ".")
        text = N_("{names}: {done} ({seconds} s)")
        done = _done(before, found, names, tr)
        self._say(tr.format(text, names=", ".join(names), done=done, seconds=took))

    def _name(self, path: Path) -> str:
        root = self._file.parent
        return path.relative_to(root).as_posix() if path.is_relative_to(root) else path.name

    # What a browser gets.

    def _serve_request(self, environ: Any, start_response: Any) -> Any:
        """Answer a browser; the page that it asks for is made, if it is not."""
        path = environ["PATH_INFO"].encode("latin-1").decode("utf-8", "ignore")
        is_waiting = path.startswith("/livereload/")
        while True:
            self._began.epoch = self._visible_epoch
            site = self.shown
            if site is not None and not is_waiting:
                self._asked = time.monotonic()
                self._make(site, path)
            answer = super()._serve_request(environ, start_response)
            if answer is not None or is_waiting or self.shown is site:
                return answer

    def _make(self, site: Site, path: str) -> None:
        """Make what stands at an address."""
        name = posixpath.normpath("/" + path.removeprefix(self.mount_path)).lstrip("/")
        try:
            site.make(name, posixpath.join(name, "index.html"))
        except Exception as error:  # whatever a page has led to: the preview lives on
            if site is self.shown:
                self._fail(error)

    def _inject_js_into_html(self, content: bytes, epoch: int) -> bytes:
        """A page with what reloads it, and what is wrong over it."""
        # The engine's method has no types.
        since = min(epoch, self._began.epoch)  # what was shown meanwhile, it asks for again
        page: bytes = super()._inject_js_into_html(content, since)  # type: ignore[no-untyped-call]
        head, end, rest = page.rpartition(b"</body>")
        return head + self._panel() + end + rest if end else page + self._panel()

    def _instead(self, code: int) -> bytes | None:
        """What is shown where there is no page: the site's own page for it, or what is wrong."""
        if self.shown is not None:
            self._make(self.shown, f"{self.mount_path}{code}.html")
        missing = Path(self.root, f"{code}.html")
        if self.shown is not None and missing.is_file():
            return self._inject_js_into_html(missing.read_bytes(), self._visible_epoch)
        language = self._tr.language
        text = escape(self._tr.gettext(N_("The site is being built.")))
        waiting = "" if self.last else f"<p>{text}</p>"
        page = (
            f'<!doctype html><html lang="{language}"><head><meta charset="utf-8">'
            f"<title>Parcours</title></head><body>{waiting}</body></html>"
        )
        return self._inject_js_into_html(page.encode(), self._visible_epoch)

    def _panel(self) -> bytes:
        """What keeps the site from being what its sources say; nothing where nothing does."""
        if self.last is None or self.last.site is not None:
            return b""
        language = self.shown.settings.language if self.shown else self._tr.language
        return panel(self.last, translator(language), self._explained).encode()

    def _explained(self, code: str) -> str:
        """The address of the page that explains a problem; "" where the site has none."""
        if self.shown is None:
            return ""
        address = problem_address(code, self.shown.settings)
        is_there = address.rstrip("/") in self.shown.sources
        return f"{self.mount_path}{address}" if is_there else ""


def panel(found: Attempt, tr: Translator, explained: Callable[[str], str]) -> str:
    """What is wrong, as a part of a page: each problem with its place and its mend.

    Args:
        explained: the address of the page that explains a code; "" for none.
    """
    rows = []
    for one in found.errors:
        place = f"{one.mark.file}:{one.mark.line}:{one.mark.column}"
        more = explained(one.code)
        code = escape(one.code)
        link = f'<a href="{escape(more)}" style="color:inherit">{code}</a>' if more else code
        rows.append(
            f"<li><strong>{escape(place)}</strong><br>{escape(one.sentence(tr))} ({link})</li>"
        )
    if found.said:
        rows.append(f"<li>{escape(found.said)}</li>")
    title = tr.ngettext("{n} error", "{n} errors", len(rows))
    stays = tr.gettext(N_("What you see is the last version without errors."))
    return (
        f'<aside id="parcours-problems" lang="{tr.language}" role="region" '
        f'aria-label="{escape(title)}" style="{_PANEL}"><p style="margin:0"><strong>'
        f"{escape(title)}</strong>. {escape(stays)}</p><ul>{''.join(rows)}</ul></aside>"
    )


_PANEL = (
    "position:fixed;inset:auto 0 0;z-index:100;max-height:60vh;overflow:auto;padding:1rem 1.5rem;"
    "font:1rem/1.5 system-ui,sans-serif;color:#fff;background:#7a1220;border-top:4px solid #fff"
)


def _done(before: Site | None, found: Attempt, changed: Sequence[str], tr: Translator) -> str:
    """What came of a change, in a few words: the pages of the files that changed."""
    if found.site is None:
        count = tr.ngettext("{n} error", "{n} errors", len(found.errors) or 1)
        none, stays = N_("nothing to show yet"), N_("the last version without errors stays")
        return f"{count}, {tr.gettext(stays if before else none)}"
    if before is None:
        return tr.ngettext("{n} page", "{n} pages", len(found.site.sources))
    pages = sorted(page for page, source in found.site.sources.items() if source in changed)
    if not pages:
        return tr.gettext(N_("ready"))
    named = [f"/{name}/" if name != "." else "/" for name in pages[:NAMED]]
    more = len(pages) - len(named)
    return ", ".join([*named, *([tr.ngettext("{n} other", "{n} others", more)] if more else [])])


def serve(
    file: Path, address: str | None, around: Surroundings, say: Callable[[str], None]
) -> None:
    """Preview a site until somebody interrupts it.

    Args:
        address: host and port; by default those of the configuration.
        around: without an instant in it, each build has the clock's.
        say: tells a line.

    Raises:
        EngineError: there is no configuration file.
        NoAddress: the address cannot be had.
    """
    if not is_file(file):
        raise EngineError(f"{file}")
    # It logs what browsers ask for, in English.
    logging.getLogger("mkdocs.livereload").setLevel(logging.ERROR)
    host, port = _address(address or _configured(file, around))
    preview = None
    try:
        preview = Preview(file, host, port, around, say)
        preview.start()
    except KeyboardInterrupt:
        return
    except OSError as error:
        if error.errno not in _NO_ADDRESS and not isinstance(error, socket.gaierror):
            raise
        free = _free_port(host, port) if error.errno == errno.EADDRINUSE else None
        raise NoAddress(f"{host}:{port}", _no_address(error), free) from error
    except OverflowError as error:
        raise NoAddress(f"{host}:{port}", N_("ports go from 1 to 65535")) from error
    finally:
        if preview is not None:
            preview.close()


def _no_address(error: OSError) -> str:
    if isinstance(error, socket.gaierror):
        return N_("no computer of that name is known")
    if error.errno == errno.EACCES:
        return N_("ports below 1024 are kept for administrators")
    return reason_of(error)


def _configured(file: Path, around: Surroundings) -> str:
    try:
        return str(open_config(file, around).config.dev_addr)
    except (EngineError, SourceErrors):
        return f"{HOST}:{PORT}"  # what is wrong is told by the first build


def _address(text: str) -> tuple[str, int]:
    host, _, port = text.rpartition(":")
    if not port.isdecimal() or not host:
        raise NoAddress(text, N_("write HOST:PORT, such as 127.0.0.1:8001"))
    return host.strip("[]"), int(port)


def _free_port(host: str, port: int) -> int | None:
    """The next port that nobody listens at."""
    for other in range(port + 1, min(port + 100, LAST_PORT)):
        with socket.socket() as tried:
            try:
                tried.bind((host, other))
            except OSError:
                continue
            return other
    return None

"""Two commits of a site, compiled beside its working tree and compared."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from ..assembly import Compiled
from ..compile import compile_site
from ..diffing.compare import difference
from ..diffing.report import Commit, Failure, Note, Report, cut
from ..diffing.side import Side
from ..diffing.words import Words, note
from ..i18n import Translator
from ..model.settings import Settings
from ..problems import N_, Problems, SourceErrors
from ..refusals import reason_of
from ..sources.files import is_folder
from ..sources.history import HistoryError
from ..sources.laid import (
    NoCommit,
    NoRepository,
    commit_of,
    earlier,
    is_shallow,
    laid_out,
    line_of,
)
from ..store import MemoryStore
from .config import read_config, request
from .environment import Surroundings
from .opening import EngineError, open_config
from .store import FolderStore

TRIED = 5
"""How many commits before one that does not compile are tried."""

REASONS = {
    "repository": N_("there is no git history here, and so nothing to compare with"),
    "commit": N_("« {revision} » names no commit here: « git log --oneline » lists them"),
    "cut": N_(
        "« {revision} » is not in this clone, which is shallow: git fetch --unshallow "
        "(in GitHub Actions, fetch-depth: 0)"
    ),
    "git": N_("git does not answer: {reason}"),
    "disk": N_("the commits cannot be laid out: {reason}"),
}


class NotCompared(Exception):
    """There are no two sides; the message says why, and what to do."""

    def __init__(self, code: str, **params: str) -> None:
        super().__init__(code)
        self.code = code
        self.params = params

    def message(self, tr: Translator) -> str:
        """The sentence, for people."""
        params = self.params
        if self.code == "disk":  # what git says is its own
            params = {name: tr.gettext(text) for name, text in params.items()}
        return tr.format(REASONS[self.code], **params)


@dataclass(frozen=True)
class _Broken(Exception):
    """A side that does not compile, and the lines that tell why."""

    errors: tuple[str, ...]


def compare(file: Path, base: str, head: str | None, around: Surroundings) -> Report:
    """What changes between two commits of the site that a configuration file is of.

    Args:
        base: what names the first.
        head: what names the second; None for the working tree, as it would be committed.
        around: the instant at which both are compiled, and the language of the report.

    Raises:
        NotCompared: there is no repository, or no such commit.
    """
    try:
        return _Comparison(file.resolve(), base, head, around).report()
    except NoRepository as error:
        raise NotCompared("repository") from error
    except NoCommit as error:
        raise NotCompared("cut" if error.shallow else "commit", revision=error.revision) from error
    except HistoryError as error:
        raise NotCompared("git", reason=str(error)) from error
    except OSError as error:
        raise NotCompared("disk", reason=reason_of(error)) from error


class _Comparison:
    """One comparison: both sides lie side by side until it is written down."""

    def __init__(self, file: Path, base: str, head: str | None, around: Surroundings) -> None:
        self.file = file
        self.root = file.parent
        # Both at one instant. A clone that is cut short is no error here: it is told.
        self.around = replace(around, now=around.instant(), ci=False, before="")
        self.base = Commit(revision=base, id=commit_of(self.root, base))
        found = commit_of(self.root, head) if head is not None else None
        self.head_id = found
        self.revision = head or ""
        # Of what both sides hold, one reads what the other has. Nothing is written beside what is
        # compared, nor into a folder that is gone then.
        self.store = MemoryStore(FolderStore(self.root, notes=False))

    @property
    def now(self) -> datetime:
        return self.around.instant()

    def report(self) -> Report:
        with (
            laid_out(self.root, self.base.id, self.now) as (old, _),
            laid_out(self.root, self.head_id, self.now) as (new, id),
        ):
            head = Commit(revision=self.revision, id=id)
            try:
                after = self._compiled(new)
            except _Broken as error:
                return self._failed(head, "head", error)
            try:
                before = self._compiled(old)
            except _Broken as error:
                return self._failed(head, "base", error)
            tr = self._messages(after)
            sides = (Side(old, before), Side(new, after))
            found = difference(*sides, self.now)
            notes = tuple(self._notes(head, tr, *sides))
            return Words(found=found, tr=tr).report(self.base, head, notes)

    def _messages(self, compiled: Compiled) -> Translator:
        return self.around.messages(compiled.community.settings.language)

    def _compiled(self, folder: Path) -> Compiled:
        """The site in a folder, its feeds written and nothing drawn.

        Raises:
            _Broken: it does not compile.
        """
        problems = Problems()
        tr = self.around.messages()
        try:
            opened = open_config(folder / self.file.name, self.around)
            tr = opened.messages
            facts, settings = read_config(opened.config, opened.plugin.options, problems)
            if settings is not None:
                self._make_empty(folder, settings)
                asked = request(opened.config, facts, settings, self.around, drafts=False)
                wanted = replace(asked, draws=False, search=None, store=self.store)
                compiled = compile_site(wanted, problems)
                if compiled is not None:
                    return compiled
        except SourceErrors as error:
            raise _Broken(tuple(one.line(tr) for one in error.problems)) from error
        except EngineError as error:
            missing = tr.format(N_("« {file} » is missing"), file=self.file.name)
            there = (folder / self.file.name).is_file()
            raise _Broken((str(error) if there else missing,)) from error
        found = [one for one in problems.sorted() if one.severity == "error"]
        raise _Broken(tuple(one.line(tr) for one in found))

    def _make_empty(self, folder: Path, settings: Settings) -> None:
        """Make those folders of collections that the working tree has: git holds no empty one."""
        root = self.file.parent
        beside = folder.resolve()
        news = (settings.news.folder,) if settings.news else ()
        for name in (*(one.folder for one in settings.collections), *news):
            made = folder / name
            if is_folder(root / name) and made.resolve().is_relative_to(beside):
                made.mkdir(parents=True, exist_ok=True)

    def _failed(self, head: Commit, side: str, error: _Broken) -> Report:
        """A report that says which side does not compile, and what can be compared."""
        commit = self.base if side == "base" else head
        tr = self.around.messages(self._language())
        instead = self._instead(commit) if commit.revision else self._instead(head)
        name = commit.revision or tr.gettext(N_("the working tree"))
        texts = [tr.format(N_("« {name} » does not compile, so nothing is compared."), name=name)]
        if instead:
            base, other = (
                (instead, self.revision) if side == "base" else (self.base.revision, instead)
            )
            command = f"parcours diff {base} {other}".strip()
            texts.append(
                tr.format(
                    N_("{commit}, before it, does: {command}"), commit=instead, command=command
                )
            )
        return Report(
            language="fr" if tr.language == "fr" else "en",
            site="",
            base=self.base,
            head=head,
            now=self.now.isoformat(),
            failure=Failure(
                side="base" if side == "base" else "head",
                text=" ".join(texts),
                errors=tuple(map(cut, error.errors[:1000])),
                instead=instead,
            ),
        )

    def _language(self) -> str | None:
        """The language of the site as its configuration file says it here and now."""
        try:
            opened = open_config(self.file, self.around)
        except (EngineError, SourceErrors):
            return None
        return opened.messages.language

    def _instead(self, commit: Commit) -> str:
        """The last commit before one that compiles, or before the working tree; "" for none."""
        before = earlier(self.root, commit.id, TRIED) if commit.revision else []
        if not commit.revision:
            last = commit_of(self.root, "HEAD")
            before = [last, *earlier(self.root, last, TRIED - 1)]
        for one in before:
            with laid_out(self.root, one, self.now) as (folder, _):
                if self._compiles(folder):
                    return one[:10]
        return ""

    def _compiles(self, folder: Path) -> bool:
        try:
            self._compiled(folder)
        except _Broken:
            return False
        return True

    def _notes(self, head: Commit, tr: Translator, old: Side, new: Side) -> Iterator[Note]:
        if is_shallow(self.root):
            yield note("shallow", tr)
        line = line_of(self.root, self.base.id, self.head_id or commit_of(self.root, "HEAD"))
        if not line.parted:
            yield note("unrelated", tr)
        elif line.lacking:
            text = tr.ngettext(
                "The second side lacks {n} commit of the first: what it changed is told as taken "
                "back.",
                "The second side lacks {n} commits of the first: what they changed is told as "
                "taken back.",
                line.lacking,
            )
            hint = N_("They parted at {commit}: parcours diff {commit} {head}")
            parted = line.parted[:10]
            said = tr.format(hint, commit=parted, head=head.revision).strip()
            yield Note(code="lacking", text=f"{text} {said}")
        if not (old.written.feeds or new.written.feeds):
            yield note("silent", tr)

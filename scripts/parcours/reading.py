"""The first half of the way: sources → model; what is wrong in a source is told from here."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import partial

from .model.community import Community
from .model.instants import Witness, moment_of
from .model.news import News
from .problems import Mark, Problems
from .request import Request
from .sources.clocks import check_clocks, check_rewritten
from .sources.configured import read_configured
from .sources.dating import Dating
from .sources.following import follow
from .sources.history import History, HistoryError, read_history
from .sources.history import forget as forget_blobs
from .sources.load import load
from .sources.news import read_news
from .sources.pages import Docs, read_docs
from .sources.readings import Readings
from .sources.readings import forget as forget_sources
from .sources.untracked import tell_untracked


@dataclass(frozen=True, kw_only=True)
class Read:
    """What the sources of a site say.

    Attributes:
        request: its instant is that of the witness.
        docs: the pages that somebody wrote, and the files beside them.
        witness: hears of every instant at which something changes by itself.
    """

    request: Request
    community: Community
    docs: Docs
    news: Sequence[News]
    witness: Witness


def read_site(request: Request, problems: Problems) -> Read:
    """Read all that a site is made from; what is wrong goes to *problems*."""
    settings = request.settings
    witness = Witness(request.now)
    request = replace(request, now=witness.instant())
    history = _history(request, problems)
    request.phase("history")
    if settings.revised and moment_of(settings.revised) > request.now:
        moment = f"{datetime.fromtimestamp(settings.revised, UTC):%Y-%m-%d %H:%M}"
        problems.add("future-update", Mark(settings.source), value=moment)
    past = read_configured(request.root, history, settings, problems)
    revised = max(settings.revised or 0, past.since) or None
    settings = replace(settings, revised=revised, homes=past.homes)
    dating = Dating(history, settings.revised)
    is_held = partial(_is_held, request)
    docs = read_docs(request.root, settings, dating, problems, is_held)
    community = load(
        request.root,
        settings,
        history,
        request.now,
        problems,
        drafts=request.drafts,
        readings=Readings(request.store, request.edition),
        phase=request.phase,
    )
    places = community.places.values()
    exchanged = community.exchange.published if community.exchange else ()
    files = [one.source for one in (*community.things, *community.entities, *places, *exchanged)]
    strict = request.strict_history
    tell_untracked(request.root, history, files, settings, problems, published=strict)
    news: tuple[News, ...] = ()
    if settings.feeds:
        news = read_news(request.root, history, community, problems)
    request.phase("news")
    return Read(request=request, community=community, docs=docs, news=news, witness=witness)


def forget() -> None:
    """Let go of the sources that this process keeps to read them again: a site that is made once,
    and whole, needs room for its pages instead."""
    forget_sources()
    forget_blobs()


def _is_held(request: Request, path: str, meta: Mapping[str, object]) -> bool:
    return request.holds(path, meta, request.now)


def _history(request: Request, problems: Problems) -> History:
    mark = Mark(request.settings.source)
    try:
        history = follow(request.root, request.settings, read_history(request.root, request.now))
    except HistoryError as error:
        problems.add(error.code, mark, reason=error.reason)
        return History()
    check_clocks(history, request.settings, request.now, problems)
    check_rewritten(history, request.before, request.settings, request.now, problems)
    if history.head is None:
        problems.add("git-missing", mark, severity="warning")
    if history.shallow:
        problems.add("git-shallow", mark, severity="error" if request.strict_history else "warning")
    return history

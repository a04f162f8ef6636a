"""The reference below the contributors' page: what may be written, and what is told of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial

from ..guide.article import Article, Row
from ..guide.articles import contents, field_article, subject_article
from ..guide.fields import field_guides
from ..guide.texts import names
from ..guide.told import problem_article, problem_rows
from ..model.settings import Settings
from ..model.subjects import Subject, subjects
from ..problems import MESSAGES, N_
from .drawing import Block
from .library import Library
from .page import Page


@dataclass(frozen=True)
class ShownRow:
    """A row; the address of what explains its word is relative to the site's root, "" for none."""

    word: str
    text: str
    address: str


@dataclass(frozen=True)
class ShownPart:
    heading: str
    rows: tuple[ShownRow, ...]
    code: str
    file: str


@dataclass(frozen=True)
class Section:
    """An article within a page.

    Attributes:
        anchor: its id.
    """

    anchor: str
    title: str
    lead: str
    parts: tuple[ShownPart, ...]


@dataclass(frozen=True, kw_only=True)
class Reference:
    """Input of ``reference.html``.

    Attributes:
        topic: what one asks `parcours explain` for; "" for all of it.
        up: address and title of the page above.
        begin: where one begins such a file in a browser; "" for none.
    """

    topic: str
    title: str
    lead: str
    parts: tuple[ShownPart, ...]
    sections: tuple[Section, ...]
    up: tuple[str, str]
    begin: str = ""


def base(settings: Settings) -> str:
    """The address of the reference, on a site that has a page for contributors."""
    return f"{settings.addresses.contribute}/{settings.addresses.reference}/"


def problem_address(code: str, settings: Settings) -> str:
    """The address of the page that explains the code of a problem."""
    return f"{base(settings)}{settings.addresses.problems}/{code}/"


def pages(library: Library) -> Iterator[Page]:
    """The reference, for a site that has a page for contributors."""
    if not library.contribute:
        return
    above = base(library.settings)
    tr = library.tr
    yield _page(library, above, library.contribute, tr.gettext(N_("Reference")), _index)
    for subject in subjects().values():
        address = f"{above}{subject.id}/"
        yield _page(library, address, above, tr.gettext(subject.name), partial(_subject, subject))
    problems = f"{above}{library.settings.addresses.problems}/"
    yield _page(library, problems, above, tr.gettext(N_("Messages")), _problems)
    for code in _explained():
        address = problem_address(code, library.settings)
        yield _page(library, address, problems, code, partial(_problem, code))


def _explained() -> Sequence[str]:
    return sorted(set(names("problems")) & set(MESSAGES))


def _page(
    library: Library, address: str, above: str, title: str, make: Callable[[Library], Reference]
) -> Page:
    return Page(
        address=address,
        title=title,
        parent=above,
        changed=library.community.revision,
        blocks={"reference": Block("reference.html", partial(make, library))},
        searchable=False,
    )


def _index(library: Library) -> Reference:
    tr, settings = library.tr, library.settings
    title = tr.gettext(N_("Messages"))
    address = f"{base(settings)}{settings.addresses.problems}/"
    text = tr.gettext(N_("What the check tells: why, and how to mend it."))
    part = ShownPart("", (ShownRow(title, text, address),), "", "")
    up = (library.contribute, _written_title(library))
    found = _reference(contents(tr), library, up)
    begin = f"{library.contribute}#new" if library.blanks else ""
    return replace(found, parts=(*found.parts, part), begin=begin)


def _written_title(library: Library) -> str:
    return library.authored[library.contribute].title


def _subject(subject: Subject, library: Library) -> Reference:
    found = _reference(subject_article(subject, library.tr), library, _above(library))
    sections = tuple(
        Section(
            _anchor(one.name),
            article.title,
            article.lead,
            _parts(article, library),
        )
        for one in field_guides(subject)
        for article in (field_article(one, library.tr),)
    )
    is_new = subject.id in {one.word for one in library.blanks}
    return replace(found, sections=sections, begin=f"{library.contribute}#new" if is_new else "")


def _problems(library: Library) -> Reference:
    tr = library.tr
    return Reference(
        topic="",
        title=tr.gettext(N_("Messages")),
        lead=tr.gettext(N_("What the check tells: why, and how to mend it.")),
        parts=(ShownPart("", _rows(problem_rows(_explained(), tr), library), "", ""),),
        sections=(),
        up=_above(library),
    )


def _problem(code: str, library: Library) -> Reference:
    settings = library.settings
    address = f"{base(settings)}{settings.addresses.problems}/"
    up = (address, library.tr.gettext(N_("Messages")))
    return _reference(problem_article(code, library.tr), library, up)


def _above(library: Library) -> tuple[str, str]:
    return base(library.settings), library.tr.gettext(N_("Reference"))


def _reference(article: Article, library: Library, up: tuple[str, str]) -> Reference:
    return Reference(
        topic=article.topic,
        title=article.title,
        lead=article.lead,
        parts=_parts(article, library),
        sections=(),
        up=up,
    )


def _parts(article: Article, library: Library) -> tuple[ShownPart, ...]:
    return tuple(
        ShownPart(one.heading, _rows(one.rows, library), one.code, one.file)
        for one in article.parts
    )


def _rows(rows: Iterable[Row], library: Library) -> tuple[ShownRow, ...]:
    settings = library.settings
    return tuple(ShownRow(row.word, row.text, _address(row.topic, settings)) for row in rows)


def _address(topic: str, settings: Settings) -> str:
    subject, _, field = topic.partition(".")
    if topic in MESSAGES:
        return problem_address(topic, settings)
    if field:
        return f"{base(settings)}{subject}/#{_anchor(field)}"
    return f"{base(settings)}{subject}/" if subject else ""


def _anchor(name: str) -> str:
    return name.replace(".", "-").replace("_", "-")

"""What is known around a source by whoever tells what is wrong in it, and what to write instead."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import PurePosixPath

from pydantic import BaseModel

from ..i18n import LANGUAGES
from ..model.schema import PostRecord
from ..model.settings import Settings
from ..model.subjects import subjects
from ..model.values import DAY_FIRST, DateStyle
from ..problems import N_


@dataclass(frozen=True, slots=True)
class Section:
    """Where the sources of one sort lie.

    Attributes:
        record: what they may say.
        name: of one of them; a message of the catalogues.
        is_data: whether they are entities, which others name.
    """

    record: type[BaseModel]
    name: str
    folder: str
    is_data: bool = False


@dataclass(frozen=True, kw_only=True)
class Around:
    """How the sources of a site are read, and what else it holds.

    Attributes:
        style: how dates are read.
        language: the words of which go before others, where one means two things.
        home: the community's zone, an IANA name; "" where nobody knows it.
        today: the day of the build; None where nobody knows it.
        data: the folder of entities.
        ids: folder of data → the ids of what is declared there.
        sections: the folders of the site.
        pages: the addresses of meetings, without slashes at their ends.
        meant: finds the id that is meant in a folder of data, by an id or a name; None for none.
        asks_consent: whether nobody is named without a file that says what he or she agreed to.
    """

    style: DateStyle = DAY_FIRST
    language: str = LANGUAGES[0]
    home: str = ""
    today: date | None = None
    data: str = "data"
    ids: Mapping[str, Collection[str]] = field(default_factory=dict)
    sections: tuple[Section, ...] = ()
    pages: tuple[str, ...] = ()
    meant: Callable[[str, str], str | None] | None = None
    asks_consent: bool = True

    def section_of(self, folder: str) -> Section | None:
        """Where the entities of a folder of data lie, and what their files may say."""
        sections = (one for one in self.sections if one.is_data)
        return next((one for one in sections if PurePosixPath(one.folder).name == folder), None)


ANYWHERE = Around()


def around(
    settings: Settings,
    today: date | None = None,
    ids: Mapping[str, Collection[str]] | None = None,
    pages: Collection[str] = (),
    meant: Callable[[str, str], str | None] | None = None,
) -> Around:
    """What is known around every source of a site.

    Args:
        today: the day of the build; None where nobody knows it.
        ids: folder of data → the ids of what is declared there.
        pages: the addresses of meetings.
        meant: finds the id that is meant in a folder of data, by an id or a name.
    """
    return Around(
        style=settings.date_style,
        language=settings.language,
        home=settings.timezone,
        today=today,
        data=settings.data,
        ids=ids or {},
        sections=tuple(sections_of(settings)),
        pages=tuple(pages),
        meant=meant,
        asks_consent=settings.asks_consent,
    )


def sections_of(settings: Settings) -> Iterator[Section]:
    """The folders of meetings, courses and posts, then those of entities."""
    for one in settings.collections:
        if one.kind.course is not None:
            yield Section(one.kind.course, N_("Course"), one.folder)
        yield Section(one.kind.record, one.kind.singular, one.folder)
    if settings.news is not None:
        yield Section(PostRecord, N_("Post"), settings.news.folder)
    for subject in subjects().values():
        folder = PurePosixPath(subject.file.replace("{data}", settings.data)).parent
        if subject.file.startswith("{data}/") and subject.file.count("/") > 1:
            yield Section(subject.record, subject.name, str(folder), is_data=True)

"""What a source file may say: the one description of every field, its type and its limits.

Validation, messages and every other door (editors, scaffolds, forms) are drawn from these
classes. How a field is read stands in `fields`; what the configuration may say, in `options`.
There are no unions of types: a union turns one fault into two, at places that do not exist in
the file.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, time
from functools import partial
from typing import TYPE_CHECKING, Annotated, Any, ClassVar, Literal, Optional, Self, TypeVar, cast

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    GetCoreSchemaHandler,
    PrivateAttr,
    ValidationInfo,
    create_model,
    field_validator,
)
from pydantic.fields import FieldInfo
from pydantic_core import CoreSchema
from pydantic_core.core_schema import with_info_plain_validator_function

from ..problems import N_
from . import forms
from .fields import (
    MOST_DEADLINES,
    MOST_ITEMS,
    MOST_LINKS,
    MOST_PHOTOGRAPHS,
    Addresses,
    Around,
    Asset,
    ByStop,
    Consent,
    ContactLine,
    Contacts,
    Count,
    DatesOf,
    Day,
    Degree,
    Duration,
    Every,
    Few,
    FilePath,
    Flag,
    HttpUrl,
    Id,
    Ids,
    Kilometres,
    Languages,
    LanguageTag,
    LastDay,
    Latitude,
    Length,
    Line,
    Lines,
    LinkUrl,
    Longitude,
    LongText,
    Moments,
    Number,
    Numbers,
    Octets,
    Ons,
    Outline,
    Percent,
    Period,
    Periods,
    Positive,
    Price,
    Questions,
    Seats,
    Seconds,
    Starts,
    Tags,
    TimeOfDay,
    Times,
    TimesOfDay,
    Title,
    Towns,
    Until,
    When,
    WhichDay,
    ZoneName,
    bare_link,
    link_list,
    listed,
    name_list,
    one_or_more,
    place_list,
    read_id,
    refuse,
    spoken,
)
from .recurrence import Rule
from .repeat_words import parse_repeat
from .repeats import On, YearDay, agree, agree_on_hours, last_day, rule_of
from .synonyms import (
    FORMAT,
    LINK,
    MODE,
    NEED,
    PROJECTION,
    REGISTRATION,
    SESSION,
    STATUS,
    TRAVEL,
    UNDATED,
    URGENCY,
)
from .values import DAY_FIRST, DateStyle, End, Moment, ValueRefused

T = TypeVar("T")

Status = Annotated[
    Literal["confirmed", "tentative", "postponed", "cancelled", "moved-online"], STATUS
]
OFF: tuple[Literal["postponed", "cancelled"], ...] = ("postponed", "cancelled")
"""The statuses of what does not take place at its date."""

Mode = Annotated[Literal["online", "on-site", "hybrid"], MODE]
RegistrationState = Annotated[Literal["open", "full", "closed", "none"], REGISTRATION]
Undated = Annotated[Literal["past", "future"], UNDATED]
SessionState = Annotated[Literal["confirmed", "claimed", "open"], SESSION]
Format = Annotated[Literal["on-site", "online"], spoken(FORMAT), FORMAT]
Formats = Annotated[tuple[Format, ...], BeforeValidator(listed)]
Urgency = Annotated[
    Literal["now", "this-month", "this-quarter", "this-year"], spoken(URGENCY), URGENCY
]
NeedState = Annotated[Literal["open", "in contact", "answered", "withdrawn"], spoken(NEED), NEED]
LinkKind = Annotated[
    Literal[
        "tickets", "notes", "minutes", "slides", "recording", "photographs", "code", "document",
        "article", "discussion", "survey",
    ],
    spoken(LINK),
    LINK,
]  # fmt: skip
Travel = Annotated[
    Literal[
        "tgv", "intercites", "ter", "rer", "train", "tram", "coach", "car", "electric-car",
        "plane", "boat", "bike", "walk",
    ],
    TRAVEL,
]  # fmt: skip

CAPTION_TYPES = frozenset({".vtt"})
TRANSCRIPT_TYPES = frozenset({".vtt", ".md", ".txt", ".pdf"})
AUDIO_TYPES = frozenset({".mp3", ".m4a", ".ogg", ".opus"})
SLIDE_TYPES = frozenset({".pdf", ".odp", ".pptx"})
IMAGE_TYPES = frozenset({".png", ".jpg", ".jpeg", ".webp", ".avif", ".svg"})
VIDEO_TYPES = frozenset({".mp4", ".webm"})
REPLAY_FILES = {
    "captions": CAPTION_TYPES,
    "transcript": TRANSCRIPT_TYPES,
    "audio": AUDIO_TYPES,
    "slides": SLIDE_TYPES,
}
"""Keys of a replay that may name a file, and the kinds of files they accept."""
LINK_TYPES = (
    SLIDE_TYPES
    | (TRANSCRIPT_TYPES - {".md"})
    | AUDIO_TYPES
    | VIDEO_TYPES
    | (IMAGE_TYPES - {".svg"})
    | {".odt", ".docx", ".ods", ".xlsx", ".csv", ".zip"}
)
"""Kinds of files that a link of a meeting may name."""


class Record(BaseModel):
    """A mapping of a source file; an unknown key is an error.

    Attributes:
        ASKED: keys that whoever writes a new one is asked for beside those it must have, in the
            order of the questions; a dot parts a key from the one within.
        QUIET: keys that a new file does not even propose: few need them, or they come much later.
    """

    model_config = ConfigDict(
        extra="forbid", frozen=True, arbitrary_types_allowed=True, defer_build=True
    )

    ASKED: ClassVar[tuple[str, ...]] = ()
    QUIET: ClassVar[frozenset[str]] = frozenset({"example"})

    @classmethod
    def __get_pydantic_core_schema__(
        cls, source: Any, handler: GetCoreSchemaHandler, /
    ) -> CoreSchema:
        """What reads it: within another record, its own, made when there is something to read.

        Else what reads a meeting would hold all that may stand in one, three times over for the
        dates of a series, and be made for each kind of meetings anew.
        """
        return handler(source) if handler.field_name is None else _apart(cls)


def _apart(record: type[Record]) -> CoreSchema:
    return with_info_plain_validator_function(
        lambda value, info: record.model_validate(value, context=info.context)
    )


class NameRecord(Record):
    """What is named where it stands, without a file of its own; or, by its id, what has one."""

    name: Title = Field(description=N_("Name, as people write it."))
    url: HttpUrl | None = Field(None, description=N_("Its page elsewhere."))

    _id: str = PrivateAttr("")

    @classmethod
    def by_id(cls, id: str) -> Self:
        """What is named by the id of its file."""
        found = cls.model_construct(name="")
        found._id = id
        return cast("Self", found)

    @property
    def id(self) -> str:
        """The id of its file; "" for what has none."""
        return self._id


N = TypeVar("N", bound=NameRecord)


def _named(kind: type[N]) -> BeforeValidator:
    """What reads an id where a name may stand: no union, hence one fault at one place."""

    def read(value: Any) -> Any:
        return kind.by_id(read_id(value)) if isinstance(value, str) else value

    return BeforeValidator(read)


class WhoRecord(NameRecord):
    """A person, or a role, without a file."""

    of: Line | None = Field(
        None, description=N_("Whom the person is of: the id of an organisation, or its name.")
    )


class BodyRecord(NameRecord):
    """An organisation without a file."""


class WhereRecord(NameRecord):
    """A place without a file."""

    address: Line | None = Field(None, description=N_("Street, post code and town."))
    territory: Id | None = Field(None, description=N_("Id of its territory, which gives the zone."))
    latitude: Latitude | None = Field(None, description=N_("Degrees north (WGS 84)."))
    longitude: Longitude | None = Field(None, description=N_("Degrees east (WGS 84)."))
    timezone: ZoneName | None = Field(None, description=N_("IANA zone, if not its territory's."))


Who = Annotated[WhoRecord, _named(WhoRecord), forms.WHO]
Whom = Annotated[tuple[Who, ...], BeforeValidator(name_list), forms.WHOM]
Body = Annotated[BodyRecord, _named(BodyRecord), forms.BODY]
Bodies = Annotated[tuple[Body, ...], BeforeValidator(name_list), forms.BODIES]
Where = Annotated[WhereRecord, _named(WhereRecord), forms.WHERE]
Wheres = Annotated[tuple[Where, ...], BeforeValidator(place_list), forms.WHERES]
"""Persons, organisations and places, by the ids of their files, or named where they stand."""


class Image(Record):
    """A picture, with what it shows in words, or said to be decorative."""

    src: Annotated[FilePath, forms.PICTURE] = Field(
        description=N_("File of the picture, beside the text.")
    )
    alt: Line | None = Field(None, description=N_("What the picture shows, for who cannot see it."))
    decorative: Flag = Field(False, description=N_("The picture says nothing the text does not."))
    credit: Line | None = Field(None, description=N_("Who made it, and under which licence."))


class Registration(Record):
    """How one registers."""

    ASKED = ("url", "deadline")

    url: HttpUrl | None = Field(None, description=N_("Page of the registration form."))
    deadline: When | None = Field(None, description=N_("Last day or moment, in the event's zone."))
    state: RegistrationState = Field("open", description=N_("Whether one still can."))

    def over(self, shared: Registration | None) -> Registration:
        """What is said here, and for each key that is not what is shared.

        Where nobody registers, nothing of that is left.
        """
        if shared is None or self.state == "none":
            return self
        return shared.model_copy(
            update={name: getattr(self, name) for name in self.model_fields_set}
        )


class Chapter(Record):
    """A part of a recording."""

    at: Seconds = Field(description=N_("Where it begins, in minutes and seconds from the start."))
    title: Title = Field(description=N_("What it is about."))


class Replay(Record):
    """The recording of an event."""

    video: Annotated[HttpUrl, forms.VIDEO] | None = Field(
        None, description=N_("Page of the video.")
    )
    captions: FilePath | None = Field(None, description=N_("WebVTT file, beside the text."))
    transcript: Annotated[FilePath, forms.TRANSCRIPT] | None = Field(
        None, description=N_("Transcript file, beside the text.")
    )
    audio: Annotated[Asset, forms.SOUND] | None = Field(
        None, description=N_("Sound file or its address.")
    )
    size: Octets | None = Field(
        None, description=N_("Octets of the sound, else of the video, that another host keeps.")
    )
    slides: Asset | None = Field(None, description=N_("Slides: a file or an address."))
    duration: Length | None = Field(None, description=N_("Length, as players show it: 52:10."))
    chapters: tuple[Chapter, ...] = Field((), description=N_("Its parts, in order."))


class LinkRecord(Record):
    """Something that goes with a meeting, elsewhere or in a file beside its text."""

    ASKED = ("url", "label", "kind")

    url: LinkUrl = Field(description=N_("Its address, or a file beside the text."))
    label: Title | None = Field(None, description=N_("What it is called; by default, its kind."))
    kind: LinkKind | None = Field(None, description=N_("What one finds there."))


Link = Annotated[LinkRecord, BeforeValidator(bare_link), forms.LINK]
Links = Annotated[tuple[Link, ...], MOST_LINKS, BeforeValidator(link_list), forms.LINKS]


class DeadlineRecord(Record):
    """What has to be done before some moment: a call for contributions, a reduced price."""

    ASKED = ("what", "until", "url")
    QUIET = frozenset({"id"})

    what: Title = Field(description=N_("What one can do until then."))
    until: When = Field(description=N_("Last day or moment, in the event's zone."))
    url: HttpUrl | None = Field(None, description=N_("Where one does it."))
    id: Id | None = Field(
        None, description=N_("Identity within the meeting; derived from what it is.")
    )


Deadlines = Annotated[
    tuple[DeadlineRecord, ...], MOST_DEADLINES, BeforeValidator(one_or_more), forms.DEADLINES
]


class ItemRecord(Record):
    """What happens within a meeting: a talk, a workshop, a break."""

    ASKED = ("at", "duration", "title", "speakers")
    QUIET = frozenset({"id"})

    day: WhichDay | None = Field(
        None,
        description=N_(
            "Day of the meeting, from 1, or its date; that of the item above by default."
        ),
    )
    at: TimeOfDay | None = Field(None, description=N_("Local hour at which it begins."))
    end: TimeOfDay | None = Field(None, description=N_("Local hour at which it is over."))
    duration: Duration | None = Field(None, description=N_("Instead of the end."))
    title: Title = Field(description=N_("What it is about."))
    speakers: Whom = Field((), description=N_("Ids of persons, or their names; none for a break."))
    track: Title | None = Field(
        None, description=N_("The room or the track, where several things take place at once.")
    )
    language: LanguageTag | None = Field(
        None, description=N_("In which language, where that is not the site’s.")
    )
    video: Annotated[HttpUrl, forms.VIDEO] | None = Field(
        None, description=N_("Page of its own recording.")
    )
    slides: Asset | None = Field(None, description=N_("Slides: a file or an address."))
    chapter: Seconds | None = Field(
        None, description=N_("Where it begins in the recording of the meeting.")
    )
    id: Id | None = Field(
        None, description=N_("Identity within the meeting; derived from the title.")
    )


Programme = Annotated[tuple[ItemRecord, ...], MOST_ITEMS]


class SourceRecord(Record):
    """What every source with a page of its own may say."""

    QUIET = frozenset({"example", "id", "aliases", "updated", "tags", "language", "links"})

    title: Title = Field(description=N_("Title, as people read it."))
    description: LongText | None = Field(
        None, description=N_("Body of a .yml source, in Markdown.")
    )
    summary: Line | None = Field(None, description=N_("One sentence for lists and search engines."))
    themes: Ids = Field((), description=N_("Ids of themes."))
    territories: Ids = Field((), description=N_("Ids of territories."))
    tags: Tags = Field((), description=N_("Free words, beside the themes."))
    language: LanguageTag | None = Field(
        None, description=N_("Its language; the site’s by default.")
    )
    links: Links = Field((), description=N_("What goes with it: tickets, notes, code, files."))
    image: Image | None = Field(None, description=N_("A picture for the page."))
    draft: Flag = Field(False, description=N_("Seen by nobody but in a preview."))
    updated: When | None = Field(
        None, description=N_("A change that history does not know, in UTC.")
    )
    id: Id | None = Field(None, description=N_("Identity for ever; derived from the file's path."))
    aliases: Addresses = Field((), description=N_("Old addresses of the page."))
    example: Flag = Field(False, description=N_("Sample content, marked as such on its page."))


class EventRecord(SourceRecord):
    """What the sources of every kind of event may say."""

    ASKED: ClassVar[tuple[str, ...]] = (
        *("title", "start", "end", "place", "online", "hosts", "themes"),
        *("registration.url", "registration.deadline", "summary", "description"),
    )
    QUIET = frozenset(
        {
            *SourceRecord.QUIET,
            *("undated", "when", "timezone", "mode", "recorded", "exception", "duration"),
            *("url", "price", "programme", "places", "deadlines"),
        }
    )

    start: When | None = Field(None, description=N_("Local date, or date and time."))
    end: Until | None = Field(None, description=N_("Local end: a date (inclusive), or a time."))
    duration: Duration | None = Field(None, description=N_("Instead of the end."))
    undated: Undated | None = Field(
        None, description=N_("The date is not public: a page, and no place in calendars.")
    )
    when: Around | None = Field(
        None, description=N_("Instead of a date that is not known yet: some days, in words.")
    )
    timezone: ZoneName | None = Field(None, description=N_("IANA zone of the times given."))
    status: Status = Field("confirmed", description=N_("Whether it takes place."))
    mode: Mode | None = Field(None, description=N_("Derived from « online » and « place »."))
    online: Annotated[HttpUrl, forms.ROOM] | None = Field(
        None, description=N_("Address of the live meeting.")
    )
    place: Where | None = Field(None, description=N_("Id of a place, or its name and address."))
    places: Wheres = Field(
        (), description=N_("Several places at once, in place of one; hours are those of the first.")
    )
    organisers: Bodies = Field(
        (), description=N_("Ids, or names, of the organisations that organise it.")
    )
    hosts: Bodies = Field((), description=N_("Ids, or names, of the organisations that run it."))
    speakers: Whom = Field((), description=N_("Ids of persons, or their names."))
    programme: Programme = Field((), description=N_("What happens within it, item by item."))
    registration: Registration | None = Field(None, description=N_("How one registers."))
    deadlines: Deadlines = Field(
        (), description=N_("What has to be done before some day, beside registering.")
    )
    seats: Seats | None = Field(None, description=N_("How many people can take part."))
    price: Price | None = Field(None, description=N_("What it costs, in a few words."))
    url: HttpUrl | None = Field(None, description=N_("Its own page elsewhere."))
    replay: Replay | None = Field(None, description=N_("The recording, afterwards."))
    recorded: Flag | None = Field(
        None, description=N_("Whether a replay is to come; by default, of what is held online.")
    )
    exception: Line | None = Field(
        None, description=N_("Why a rule of the collection is not kept.")
    )

    @property
    def held_at(self) -> tuple[WhereRecord, ...]:
        """Where people meet, those of all places at the same time."""
        return self.places or tuple(filter(None, (self.place,)))

    @property
    def named_places(self) -> tuple[WhereRecord, ...]:
        """The same, and where it comes by."""
        return self.held_at

    @property
    def run_by(self) -> tuple[str, ...]:
        """Ids of the organisations that run it, whatever key names them."""
        return tuple(one.id for one in self.hosts if one.id)

    @property
    def seeks_host(self) -> bool:
        """Whether somebody is still sought to run it."""
        return False


class RepeatRecord(Record):
    """How often something is held."""

    ASKED = ("every", "on", "until")

    every: Every = Field(description=N_("The time from one to the next."))
    on: Ons = Field((), description=N_("Which days; by default, that of the first."))
    at: TimesOfDay = Field((), description=N_("Local hours, where there are several in a day."))
    until: LastDay | None = Field(None, description=N_("The last day, inclusive."))
    count: Times | None = Field(None, description=N_("How many times, instead of a last day."))

    # What a sentence says beside the rule: it has no key of its own.
    _left_out: tuple[YearDay, ...] = PrivateAttr(())
    _moved: tuple[tuple[YearDay, YearDay], ...] = PrivateAttr(())

    @field_validator("on")
    @classmethod
    def _days_agree(cls, ons: tuple[On, ...], info: ValidationInfo) -> tuple[On, ...]:
        if "every" in info.data:
            _refusing(agree, info.data["every"], ons)
        return ons

    @field_validator("at")
    @classmethod
    def _hours_agree(cls, at: tuple[time, ...], info: ValidationInfo) -> tuple[time, ...]:
        _refusing(agree_on_hours, info.data.get("on", ()), at)
        return at

    @property
    def rule(self) -> Rule:
        """What it says, as a rule."""
        return rule_of(self.every, self.on, self.at, self.until, self.count)

    @property
    def left_out(self) -> tuple[YearDay, ...]:
        """Days that a sentence leaves out, to be found by `repeats.meant_by`."""
        return self._left_out

    @property
    def moved(self) -> tuple[tuple[YearDay, YearDay], ...]:
        """Days that a sentence moves, each with the one instead (`repeats.moved_to`)."""
        return self._moved


def _refusing(check: Callable[..., T], *values: Any) -> T:
    try:
        return check(*values)
    except ValueRefused as error:
        raise refuse(error.code, **error.params) from error


def _begin(info: ValidationInfo) -> Moment | End | None:
    """When that begins of which is said how often it is held, as far as it is known."""
    data = info.data or {}  # nothing stands beside what is read alone
    start: Moment | End | None = data.get("start")
    day: date | None = data.get("from")
    if day is not None and (start is None or start.day is None):
        return End(day, start.at if start else None)
    return start


def _read_repeat(value: Any, info: ValidationInfo) -> Any:
    """A sentence, or a value of RRULE, stands for what its keys say."""
    if not isinstance(value, str):
        return value
    style = info.context if isinstance(info.context, DateStyle) else DAY_FIRST
    said = _refusing(partial(parse_repeat, style=style), value)
    begin = _begin(info)
    # Without a beginning, which is told, a year that goes without saying is not known.
    is_known = said.until is not None and (said.until.year or (begin and begin.day))
    until = _refusing(last_day, said.until, begin.day if begin else None) if is_known else None
    record = RepeatRecord.model_validate(
        {
            **{"every": said.step, "on": said.ons, "at": said.hours},
            **{"until": until, "count": said.count},
        }
    )
    record._left_out, record._moved = said.left_out, said.moved
    return record


def _with_its_hour(record: RepeatRecord, info: ValidationInfo) -> RepeatRecord:
    """Refuse hours of which none is that of the beginning."""
    begin = _begin(info)
    is_later = "from" in (info.data or {}) and (begin is None or begin.at is None)
    if record.at and begin is not None and begin.day and not is_later and begin.at not in record.at:
        hours = ", ".join(f"{at:%H:%M}" for at in record.at)
        better = f"{begin.day} {record.at[0]:%H:%M}"
        raise refuse("repeat-hour", value=hours, start=str(begin), better=better)
    return record


Repeat = Annotated[
    RepeatRecord, BeforeValidator(_read_repeat), AfterValidator(_with_its_hour), forms.REPEAT
]
"""How often something is held: a sentence, a value of RRULE, or its keys."""


# A class body cannot hold a word of the language: `except` stands in those that are made below.
_NOT_OF_A_DATE = frozenset(
    {"id", "aliases", "draft", "updated", "undated", "timezone", "example", "when"}
)


def _optional(field: FieldInfo) -> tuple[object, object]:
    """A field that may be missing: what then holds is what the series says."""
    # What the annotation is, only running tells: « | None » asks for a type that is known before.
    annotation = Optional[field.annotation] if field.is_required() else field.annotation  # noqa: UP045
    default = None if field.is_required() else field.default
    return annotation, FieldInfo.merge_field_infos(field, annotation=annotation, default=default)


if TYPE_CHECKING:

    class DateRecord(EventRecord):
        """What is another for one date of a series."""

    class LaterRecord(DateRecord):
        """What is another from a day on."""

        repeat: RepeatRecord | None

    class SeriesRecord(EventRecord):
        """What may be held again and again."""

        repeat: RepeatRecord | None
        also: tuple[Moment, ...]
        dates: dict[str, DateRecord]
        later: tuple[LaterRecord, ...]

else:
    DateRecord = create_model(
        "DateRecord",
        __base__=Record,
        __module__=__name__,
        __doc__="""What is another for one date of a series.""",
        **{
            name: _optional(field)
            for name, field in EventRecord.model_fields.items()
            if name not in _NOT_OF_A_DATE and name != "start"
        },
        start=(
            Until | None,
            Field(None, description=N_("The hour, or the day and the hour, instead.")),
        ),
    )
    LaterRecord = create_model(
        "LaterRecord",
        __base__=DateRecord,
        __module__=__name__,
        __doc__="""What is another from a day on.""",
        **{"from": (Day, Field(description=N_("The day from which on it is another.")))},
        repeat=(
            Repeat | None,
            Field(None, description=N_("How often, from that day on.")),
        ),
    )
    SeriesRecord = create_model(
        "SeriesRecord",
        __base__=EventRecord,
        __module__=__name__,
        __doc__="""What may be held again and again.""",
        repeat=(
            Repeat | None,
            Field(None, description=N_("How often it is held, from « start » on.")),
        ),
        also=(
            Moments,
            Field((), description=N_("Dates that the rule does not give.")),
        ),
        dates=(
            DatesOf[DateRecord],
            Field(default_factory=dict, description=N_("What is another for one of the dates.")),
        ),
        later=(
            tuple[LaterRecord, ...],
            Field((), description=N_("What is another from a day on.")),
        ),
        **{"except": (Moments, Field((), description=N_("Dates of the rule that are left out.")))},
    )


def left_out(record: SeriesRecord) -> tuple[Moment, ...]:
    """What stands under ``except``."""
    found: tuple[Moment, ...] = getattr(record, "except")
    return found


def from_day(record: LaterRecord) -> date:
    """What stands under ``from``."""
    found: date = getattr(record, "from")
    return found


EITHER = (frozenset({"end", "duration"}), frozenset({"place", "places"}))
"""Keys of which one stands for all: what says one of them again says another no more."""

ELSEWHERE: Mapping[str, str] = {"place": "online", "places": "online", "online": "on-site"}
"""What does not hold for what says to be held the other way: key → its mode."""

_SHARED = (
    *(
        "online",
        "place",
        "places",
        "mode",
        "organisers",
        "hosts",
        "speakers",
        "themes",
        "territories",
    ),
    *("language", "tags", "price", "seats", "recorded", "registration"),
)
"""What all meetings of a collection can share: nothing of when, or of which of them it is."""

if TYPE_CHECKING:

    class DefaultsRecord(EventRecord):
        """What every meeting of a collection shares."""

else:
    DefaultsRecord = create_model(
        "DefaultsRecord",
        __base__=Record,
        __module__=__name__,
        __doc__="""What every meeting of a collection shares.""",
        **{name: _optional(EventRecord.model_fields[name]) for name in _SHARED},
    )


def is_of_the_whole(record: type[BaseModel], key: str) -> bool:
    """Whether a key of a date, or of a collection, says what the same key of a meeting does."""
    is_part = issubclass(record, (DateRecord, DefaultsRecord))
    return is_part and key in EventRecord.model_fields and key != "start"


SERIES_KEYS = frozenset({"repeat", "also", "except", "dates", "later"})
"""Keys of a series, which few meetings are."""


class WebinarRecord(SeriesRecord):
    """The source of a webinar."""

    QUIET = EventRecord.QUIET | SERIES_KEYS - {"repeat"}


class LegRecord(Record):
    """How one gets from one place of a trip to the next."""

    ASKED = ("mode", "takes", "km")

    mode: Travel = Field(description=N_("What one travels by."))
    takes: Duration | None = Field(None, description=N_("How long it takes."))
    km: Kilometres | None = Field(
        None, description=N_("How far it is; estimated from the places where it is not said.")
    )


class DepartureRecord(Record):
    """Where a trip leaves from."""

    ASKED = ("place", "at")

    place: Where = Field(description=N_("The place from which all leave."))
    at: TimeOfDay | None = Field(None, description=N_("Local hour at which all leave."))


class ReturnRecord(Record):
    """Where a trip comes back to."""

    ASKED = ("place", "at", "by.mode", "by.takes", "by.km")

    place: Where = Field(description=N_("The place to which all come back."))
    at: TimeOfDay | None = Field(None, description=N_("Local hour at which all are back."))
    by: LegRecord | None = Field(None, description=N_("How one comes back from the last stop."))


class CriterionRecord(Record):
    """A line of the table that compares the stops of a trip."""

    ASKED = ("criterion", "source")

    criterion: Title = Field(description=N_("What is compared."))
    values: ByStop = Field(description=N_("What holds at each stop, by its id."))
    source: Line = Field(description=N_("Where these facts come from."))


class PhotographRecord(Record):
    """A photograph of a trip, shown with its account."""

    src: Annotated[FilePath, forms.PICTURE] = Field(
        description=N_("File of the photograph, beside the text.")
    )
    alt: Line = Field(description=N_("What the picture shows, for who cannot see it."))
    credit: Line | None = Field(None, description=N_("Who made it, and under which licence."))
    consent: Consent | None = Field(
        None, description=N_("How and when those whom one recognises agreed.")
    )
    nobody: Flag = Field(False, description=N_("Nobody can be recognised in it."))


class StopRecord(Record):
    """A stop of a trip."""

    ASKED = (
        *("title", "place", "start", "end", "host"),
        *("by.mode", "by.takes", "by.km", "questions"),
    )

    id: Id = Field(description=N_("Identity within the trip."))
    title: Title = Field(description=N_("What one sees there."))
    place: Where | None = Field(None, description=N_("Id of a place, or its name and address."))
    day: WhichDay | None = Field(None, description=N_("Day of the trip, from 1, or its date."))
    start: TimeOfDay | None = Field(None, description=N_("Local time of arrival."))
    end: TimeOfDay | None = Field(None, description=N_("Local time of leaving."))
    host: Body | None = Field(None, description=N_("The organisation that receives."))
    by: LegRecord | None = Field(None, description=N_("How one gets there from the one before."))
    questions: Questions = Field((), description=N_("What one goes there to find out."))
    description: LongText | None = Field(None, description=N_("What happens there, in Markdown."))


if TYPE_CHECKING:

    class _Leaving(Record):
        """What stands under ``from``."""

else:
    # A class body cannot hold a word of the language.
    _Leaving = create_model(
        "TripRecord",
        __base__=Record,
        __module__=__name__,
        **{
            "from": (
                DepartureRecord | None,
                Field(None, description=N_("Where, and at what hour, all leave.")),
            )
        },
    )


class TripRecord(_Leaving, EventRecord):
    """The source of a learning trip."""

    ASKED = (
        *("title", "start", "end", "from.place", "from.at", "stops"),
        *("back.place", "back.at", "back.by.mode", "back.by.takes", "back.by.km", "nights"),
        *("place", "organisers", "themes", "seats"),
        *("registration.url", "registration.deadline", "summary", "description"),
    )

    QUIET = frozenset({*EventRecord.QUIET, "nights", "compare", "photographs"})

    stops: tuple[StopRecord, ...] = Field((), description=N_("The stops, in order."))
    back: ReturnRecord | None = Field(None, description=N_("Where, and how, all come back."))
    nights: Towns = Field((), description=N_("The town of each night, and no more than that."))
    compare: tuple[CriterionRecord, ...] = Field(
        (), description=N_("What the stops are compared by, each with its source.")
    )
    account: LongText | None = Field(
        None, description=N_("What came of it, in Markdown, afterwards.")
    )
    photographs: Annotated[tuple[PhotographRecord, ...], MOST_PHOTOGRAPHS] = Field(
        (), description=N_("What was seen there, afterwards.")
    )

    @property
    def named_places(self) -> tuple[WhereRecord, ...]:
        """Where people meet, then the places of its stops."""
        return (*self.held_at, *(stop.place for stop in self.stops if stop.place))

    @property
    def departure(self) -> DepartureRecord | None:
        """What stands under ``from``."""
        found: DepartureRecord | None = getattr(self, "from")
        return found

    @property
    def is_journey(self) -> bool:
        """Whether it tells how one travels, where one sleeps or what one goes to find out."""
        told = any(stop.by or stop.questions for stop in self.stops)
        return bool(told or self.departure or self.back or self.nights)


del _Leaving


class ClaimRecord(Record):
    """Who takes a session on, and from whom."""

    ASKED = ("lead", "backup", "on", "handed_by")

    lead: Id = Field(description=N_("Id of the organisation that leads it."))
    backup: Id | None = Field(
        None, description=N_("Id of the organisation that stands in, if need be.")
    )
    on: Day = Field(description=N_("The day on which it was taken on."))
    handed_by: Id | None = Field(
        None, description=N_("The earlier session whose leaders hand over: the name of its file.")
    )


class SessionRecord(EventRecord):
    """The source of a session of a course."""

    ASKED = ("number", *EventRecord.ASKED)
    QUIET = EventRecord.QUIET | {"claim", "claim_before"}

    number: Count | None = Field(None, description=N_("Its number in the course."))
    state: SessionState = Field(
        "confirmed",
        description=N_("« open »: nobody runs it yet. « claimed »: taken on, not sure yet."),
    )
    claim_before: Day | None = Field(
        None, description=N_("The last day on which it can be taken on.")
    )
    claim: ClaimRecord | None = Field(None, description=N_("Who takes it on, and from whom."))

    @property
    def run_by(self) -> tuple[str, ...]:
        """Who leads it first."""
        lead = (self.claim.lead,) if self.claim else ()
        return tuple(dict.fromkeys((*lead, *super().run_by)))

    @property
    def seeks_host(self) -> bool:
        """Whether somebody is still sought to run it."""
        return self.state == "open"

    @property
    def in_relay(self) -> bool:
        """Whether it says who runs it, or that nobody does yet: as what is handed on does."""
        return not self.model_fields_set.isdisjoint({"state", "claim", "claim_before"})


class MeetingRecord(SeriesRecord):
    """The source of a meeting: on the spot, online or both."""

    QUIET = EventRecord.QUIET | SERIES_KEYS - {"repeat"}


class RelayRecord(Record):
    """What running a session of a course asks of whoever takes it on."""

    asks: Lines = Field((), description=N_("What is asked of a host."))
    takes: Duration | None = Field(None, description=N_("How long it takes to prepare a session."))
    helpers: Ids = Field((), description=N_("Ids of the organisations that can help."))


class CourseRecord(SourceRecord):
    """The source of a course: the index.md of its folder."""

    ASKED = (
        *("title", "start", "end", "hosts", "themes", "registration.url"),
        *("registration.deadline", "summary", "description"),
    )
    QUIET = SourceRecord.QUIET | {"deadlines"}

    start: Day | None = Field(None, description=N_("First day."))
    end: Day | None = Field(None, description=N_("Last day, inclusive."))
    organisers: Bodies = Field(
        (), description=N_("Ids, or names, of the organisations that organise it.")
    )
    hosts: Bodies = Field((), description=N_("Ids, or names, of the organisations that run it."))
    registration: Registration | None = Field(None, description=N_("How one registers."))
    deadlines: Deadlines = Field(
        (), description=N_("What has to be done before some day, beside registering.")
    )
    url: HttpUrl | None = Field(None, description=N_("Page of the course elsewhere."))
    relay: RelayRecord | None = Field(
        None, description=N_("What is asked of whoever takes a session on.")
    )


class PostRecord(SourceRecord):
    """The source of a post: news of the programme."""

    ASKED = ("title", "date", "authors", "themes", "summary", "description")

    date: When = Field(description=N_("Local date, or date and time, of its publication."))
    authors: Whom = Field((), description=N_("Ids of persons, or their names."))


class OrganisationRecord(Record):
    """An organisation: data/organisations/ID.yml."""

    ASKED = ("name", "url", "territory", "description")
    QUIET = frozenset({"example", "aliases"})

    name: Title = Field(description=N_("Name, as people write it."))
    url: HttpUrl | None = Field(None, description=N_("Its site."))
    territory: Id | None = Field(None, description=N_("Id of its territory."))
    place: Id | None = Field(None, description=N_("Id of its place."))
    contact: Contacts = Field(
        (), description=N_("A page to write to, the e-mail address of a service, a switchboard.")
    )
    description: LongText | None = Field(None, description=N_("A sentence or two."))
    aliases: Ids = Field((), description=N_("Earlier ids."))
    example: Flag = Field(False, description=N_("Sample content."))


class PersonRecord(Record):
    """A person, or a role without a name: data/people/ID.yml."""

    ASKED = ("name", "role", "organisation", "consent")

    name: Title = Field(description=N_("Name or role, as published."))
    role: Line | None = Field(None, description=N_("What the person does."))
    organisation: Body | None = Field(None, description=N_("Id of an organisation, or its name."))
    consent: Consent = Field(description=N_("How and when the person agreed to be published."))
    example: Flag = Field(False, description=N_("Sample content."))


class AccessRecord(Record):
    """How one gets to a place, and what it offers; what is not said is not known.

    Where OpenStreetMap has a key for it, ours has its name and its values.
    """

    directions: LongText | None = Field(None, description=N_("How one gets there, and in."))
    parking: Line | None = Field(None, description=N_("Where one parks, reserved spaces included."))
    wheelchair: Degree | None = Field(
        None, description=N_("Whether one gets around in a wheelchair: yes, partly, no.")
    )
    toilets: Degree | None = Field(
        None, description=N_("Whether there are toilets for wheelchair users: yes, partly, no.")
    )
    hearing_loop: Degree | None = Field(
        None, description=N_("Whether there is a hearing loop: yes, partly, no.")
    )
    notes: LongText | None = Field(None, description=N_("What else one should know beforehand."))


class PlaceRecord(Record):
    """A place: data/places/ID.yml."""

    ASKED = ("name", "address", "territory")
    QUIET = frozenset({"example", "timezone", "public"})

    name: Title = Field(description=N_("Name, as people write it."))
    address: Line | None = Field(None, description=N_("Street, post code and town."))
    territory: Id | None = Field(None, description=N_("Id of its territory, which gives the zone."))
    latitude: Latitude | None = Field(None, description=N_("Degrees north (WGS 84)."))
    longitude: Longitude | None = Field(None, description=N_("Degrees east (WGS 84)."))
    timezone: ZoneName | None = Field(None, description=N_("IANA zone, if not its territory's."))
    url: HttpUrl | None = Field(None, description=N_("Its site."))
    description: LongText | None = Field(None, description=N_("A sentence or two."))
    access: AccessRecord | None = Field(None, description=N_("How one gets there, what it offers."))
    public: Flag = Field(False, description=N_("It has a page before anything names it."))
    example: Flag = Field(False, description=N_("Sample content."))


class TerritoryRecord(Record):
    """A territory: data/territories/ID.yml, or the package's default."""

    ASKED = ("name", "timezone", "code")
    QUIET = frozenset({"example", "aliases"})

    name: Title = Field(description=N_("Name, as people write it."))
    timezone: ZoneName | None = Field(None, description=N_("IANA zone, if not the community's."))
    code: Line | None = Field(None, description=N_("Official code, such as INSEE's."))
    description: LongText | None = Field(None, description=N_("A sentence or two."))
    aliases: Ids = Field((), description=N_("Earlier ids."))
    example: Flag = Field(False, description=N_("Sample content."))


class ThemeRecord(Record):
    """A theme: data/themes/ID.yml."""

    ASKED = ("name", "description")
    QUIET = frozenset({"example", "aliases", "start_here"})

    name: Title = Field(description=N_("Name, as people write it."))
    description: LongText | None = Field(None, description=N_("A sentence or two."))
    start_here: Starts = Field(
        (),
        description=N_("Addresses of the meetings whose replays one begins with, the best first."),
    )
    aliases: Ids = Field((), description=N_("Earlier ids."))
    example: Flag = Field(False, description=N_("Sample content."))


class SkillRecord(Record):
    """A skill: data/skills/ID.yml, a word of a small vocabulary."""

    ASKED = ("name", "broader", "description")
    QUIET = frozenset({"example", "aliases", "exact"})

    name: Title = Field(description=N_("Name, as people write it."))
    description: LongText | None = Field(None, description=N_("A sentence or two."))
    broader: Ids = Field((), description=N_("Ids of the skills that it is a part of."))
    exact: HttpUrl | None = Field(
        None, description=N_("The same skill in another vocabulary, by its address there.")
    )
    aliases: Ids = Field((), description=N_("Earlier ids."))
    example: Flag = Field(False, description=N_("Sample content."))


class ConsentRecord(Record):
    """From when until when somebody agrees to be published."""

    ASKED = ("given", "until")

    given: Day = Field(description=N_("The day on which the person agreed."))
    until: Day = Field(description=N_("The last day on which the person is published."))
    withdrawn: Day | None = Field(
        None, description=N_("The day from which the person agrees no more.")
    )


class FacilitatorRecord(Record):
    """Somebody who helps others, by a role and never by a name: data/facilitators/ID.yml."""

    ASKED = (
        *("name", "organisation", "consent.given", "consent.until", "skills", "territories"),
        *("formats", "languages", "available", "capacity", "description"),
    )

    name: Title = Field(description=N_("What the person does, and not who it is."))
    organisation: Id | None = Field(None, description=N_("Id of the organisation to reach."))
    consent: ConsentRecord = Field(description=N_("From when until when the person is published."))
    skills: Ids = Field(description=N_("Ids of skills."))
    territories: Ids = Field((), description=N_("Ids of the territories to which the person goes."))
    formats: Formats = Field((), description=N_("How the person helps."))
    languages: Languages = Field((), description=N_("In which languages; the site’s by default."))
    available: Periods = Field((), description=N_("The months in which the person has time."))
    capacity: Few = Field(1, description=N_("How many needs the person follows at once."))
    description: LongText | None = Field(None, description=N_("A sentence or two."))
    example: Flag = Field(False, description=N_("Sample content."))


class _Contact(Record):
    ASKED = ("with", "since")

    @property
    def whom(self) -> tuple[str, ...]:
        """Ids of facilitators."""
        found: tuple[str, ...] = getattr(self, "with")  # a word that Python keeps for itself
        return found

    if TYPE_CHECKING:

        @property
        def since(self) -> date: ...


if TYPE_CHECKING:
    ContactRecord = _Contact
else:
    ContactRecord = create_model(
        "ContactRecord",
        __base__=_Contact,
        __module__=__name__,
        __doc__="""Who speaks with whom about a need.""",
        **{
            "with": (Ids, Field(description=N_("Ids of facilitators."))),
            "since": (Day, Field(description=N_("The day on which they got in contact."))),
        },
    )


class NeedRecord(Record):
    """What somebody looks for help with: data/needs/ID.yml."""

    ASKED = (
        *("title", "organisation", "skills", "territory", "format", "period", "urgency", "opened"),
        *("description",),
    )
    QUIET = frozenset({"example", "answered", "learned", "led_to", "declined", "contact"})

    title: Title = Field(description=N_("Title, as people read it."))
    organisation: Id | None = Field(None, description=N_("Id of the organisation to reach."))
    skills: Ids = Field(description=N_("Ids of skills."))
    territory: Id | None = Field(None, description=N_("Id of its territory."))
    format: Format | None = Field(None, description=N_("How one wishes to be helped."))
    languages: Languages = Field((), description=N_("In which languages; the site’s by default."))
    period: Period | None = Field(None, description=N_("The months in which help is wished for."))
    people: Few = Field(1, description=N_("How many facilitators it takes."))
    urgency: Urgency = Field("this-year", description=N_("How soon."))
    opened: Day = Field(description=N_("The day on which it was said."))
    state: NeedState = Field("open", description=N_("What became of it."))
    contact: ContactRecord | None = Field(None, description=N_("Who speaks with whom about it."))
    declined: Ids = Field((), description=N_("Ids of facilitators who are not to be proposed."))
    answered: Day | None = Field(None, description=N_("The day on which it was answered."))
    learned: LongText | None = Field(None, description=N_("What was learned by it."))
    led_to: Starts = Field((), description=N_("Addresses of the meetings that came of it."))
    description: LongText | None = Field(
        None, description=N_("What happens, what was tried, what is looked for.")
    )
    example: Flag = Field(False, description=N_("Sample content."))


REFERENCES: Mapping[str, str] = {
    "place": "places",
    "places": "places",
    "territory": "territories",
    "territories": "territories",
    "themes": "themes",
    "organisation": "organisations",
    "organisers": "organisations",
    "hosts": "organisations",
    "host": "organisations",
    "speakers": "people",
    "authors": "people",
    "skills": "skills",
    "broader": "skills",
    "with": "facilitators",
    "declined": "facilitators",
    "lead": "organisations",
    "backup": "organisations",
    "helpers": "organisations",
}
"""Keys that hold ids, in whatever record → the folder of data that declares them."""


class ProjectionRecord(Record):
    """How the globe becomes the plane of a map."""

    type: Annotated[Literal["lcc", "equirectangular"], PROJECTION] = Field(
        description=N_("Lambert's conic, or a grid.")
    )
    lat1: Latitude | None = Field(None, description=N_("Lambert: first standard parallel."))
    lat2: Latitude | None = Field(None, description=N_("Lambert: second standard parallel."))
    lat0: Latitude = Field(description=N_("Latitude of the origin."))
    lon0: Longitude = Field(description=N_("Longitude of the origin."))
    scale: Positive = Field(description=N_("px per km."))
    ox: Number = Field(
        0.0, description=N_("km east of the origin at the left edge, before « pad ».")
    )
    oy: Number = Field(0.0, description=N_("km north of the origin at the top, before « pad »."))
    pad: Number = Field(0.0, description=N_("px of margin."))


class ShapeRecord(Record):
    """A territory on the map."""

    code: Line | None = Field(None, description=N_("Code of its territory; none for other land."))
    nom: Line | None = Field(None, description=N_("Its name, for whoever reads the file."))
    x: Number = Field(description=N_("px from the left to the point of its label."))
    y: Number = Field(description=N_("px from the top to the point of its label."))
    d: Outline = Field(description=N_("Outline: an SVG path of straight lines."))
    inset: Numbers | None = Field(
        None, description=N_("Frame of what is drawn apart: x, y, width, height in px.")
    )
    lat0: Latitude | None = Field(None, description=N_("Inset: latitude of its centre."))
    lon0: Longitude | None = Field(None, description=N_("Inset: longitude of its centre."))
    km_par_px: Positive | None = Field(None, description=N_("Inset: its scale, in km per px."))


class MapRecord(Record):
    """A map of the territories: a JSON file that the option « map » names."""

    width: Positive = Field(description=N_("Width of the drawing in px."))
    height: Positive = Field(description=N_("Height of the drawing in px."))
    projection: ProjectionRecord = Field(description=N_("How degrees become px."))
    source: Line | None = Field(
        None, description=N_("Where the outlines come from, printed below.")
    )
    regions: tuple[ShapeRecord, ...] = Field(description=N_("The shapes, in drawing order."))


class AuditRecord(Record):
    """An audit of accessibility by people: without one, nothing may be claimed."""

    date: Day = Field(description=N_("The day on which it was finished."))
    rate: Percent = Field(description=N_("Share of the criteria that are met, in per cent."))
    auditor: Line = Field(description=N_("Who did it."))


class AccessibilityRecord(Record):
    """The statement of accessibility: data/accessibility.yml."""

    entity: Title = Field(description=N_("Who answers for the site."))
    drawn_up: Day = Field(description=N_("The day on which the statement was drawn up."))
    audit: AuditRecord | None = Field(None, description=N_("The last audit by people."))
    new_referential: Day | None = Field(
        None, description=N_("When a version of the RGAA newer than the audit's was published.")
    )
    nonconformities: Lines = Field((), description=N_("What is not accessible yet."))
    derogations: Lines = Field((), description=N_("What would be out of proportion."))
    exemptions: Lines = Field((), description=N_("What the law does not ask for."))
    technologies: Lines = Field(description=N_("What the site is made with."))
    environments: Lines = Field((), description=N_("Browsers and assistive technologies."))
    tools: Lines = Field((), description=N_("What was used to test."))
    pages: Lines = Field((), description=N_("Pages that were tested."))
    contact: ContactLine | None = Field(
        None, description=N_("How one tells of an obstacle, in words.")
    )
    contact_url: HttpUrl | None = Field(None, description=N_("The page or form to write to."))
    plan_url: HttpUrl | None = Field(None, description=N_("The plan over several years."))
    actions_url: HttpUrl | None = Field(None, description=N_("What is done this year."))


class HostRecord(Record):
    """Who serves the site."""

    name: Title | None = Field(None, description=N_("Name of the company or body."))
    address: ContactLine | None = Field(None, description=N_("Postal address."))
    phone: ContactLine | None = Field(None, description=N_("Phone number of its switchboard."))


class PublisherRecord(Record):
    """Who publishes the site: data/publisher.yml. What is missing is shown as missing."""

    name: Title | None = Field(None, description=N_("Name of the publisher."))
    address: ContactLine | None = Field(None, description=N_("Postal address."))
    phone: ContactLine | None = Field(None, description=N_("Phone number of its switchboard."))
    director: Line | None = Field(None, description=N_("Director of publication, with consent."))
    host: HostRecord = Field(
        default_factory=HostRecord.model_construct, description=N_("Who serves the site.")
    )

"""All compiled pages of a community: home, agenda, collections, courses, events, subscribing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from ..i18n import Translator
from ..model.authored import Authored
from ..model.community import Community, Course, Event
from ..model.selections import Format, Selection, selections
from ..model.settings import Collection
from ..model.stage import Stage, has_replay, stage, to_come
from ..problems import N_
from ..tree import AddressTaken, PageInfo, Tree, page_path
from .authored import authored_page, merge
from .events import course_page, course_span, event_page, neighbours_of
from .frontmatter import FeedLink, write_page
from .view import Library, View, first_of_month

NEXT_ON_HOME = 4
REPLAYS_ON_HOME = 3
PAST_ON_INDEX = 24

_TYPES: Mapping[Format, str] = {"ics": "text/calendar", "rss": "application/rss+xml"}


def selection_title(selection: Selection, community: Community, tr: Translator) -> str:
    """The name of a selection, as people read it."""
    if selection.course is not None:
        return selection.course.title
    if selection.collection is not None:
        return selection.collection.name
    return tr.format(N_("All meetings of {site}"), site=community.settings.site_name)


@dataclass(frozen=True)
class _Month:
    name: str
    events: Sequence[Event]


class Pages:
    """Writes the pages of one library into a tree."""

    def __init__(self, library: Library, authored: Mapping[str, Authored], tree: Tree) -> None:
        self.library = library
        self.authored = dict(authored)
        self.tree = tree
        self.community = library.community
        self.settings = library.community.settings
        self.tr = library.tr
        self.selections = selections(self.community)
        self.paths: dict[str, str] = {}

    def write(self) -> None:
        """Write every page, the authored ones included."""
        self._home()
        self._agenda()
        for collection in self.settings.collections:
            self._collection(collection)
        for course in self.community.courses:
            self._course(course)
        self._events()
        self._subscribe()
        for address, page in sorted(self.authored.items()):
            info = PageInfo(page.source, page.changed, None, generated=False)
            self._add(address, authored_page(page), info, page.path)

    def _selection(self, page: str) -> Selection:
        return next(one for one in self.selections if one.page == page)

    def _feed_links(self, *found: Selection) -> list[FeedLink]:
        if not self.settings.feeds:
            return []
        return [
            FeedLink(selection_title(one, self.community, self.tr), kind, one.feed(format))
            for one in found
            for format, kind in _TYPES.items()
        ]

    @property
    def _all(self) -> Selection:
        return self.selections[0]

    def _upcoming(self, events: Sequence[Event]) -> list[Event]:
        return [event for event in events if to_come(event, self.library.now)]

    def _add(self, address: str, text: str, info: PageInfo, path: str = "") -> None:
        path = path or page_path(address)
        if address in self.paths:
            raise AddressTaken(path)
        self.paths[address] = path
        self.tree.add_page(path, text, info)

    def _place(
        self,
        address: str,
        blocks: Mapping[str, str],
        *,
        title: str,
        description: str,
        feeds: Sequence[FeedLink],
        changed: int,
        searchable: bool = True,
    ) -> None:
        """Write compiled blocks, into the authored page of that address if there is one."""
        page = self.authored.pop(address, None)
        if page is None:
            body = "\n\n".join(blocks.values())
            text = write_page(
                body, title=title, description=description, feeds=feeds, searchable=searchable
            )
            self._add(address, text, PageInfo(None, changed))
        else:
            text = merge(page, blocks, feeds)
            info = PageInfo(page.source, max(changed, page.changed))
            self._add(address, text, info, page.path)

    def _has_heading(self, address: str) -> bool:
        return address in self.authored and self.authored[address].has_heading

    def _home(self) -> None:
        view = View(self.library, "")
        events = self.community.events
        live = {Stage.UPCOMING, Stage.LIVE}
        coming = [e for e in events if e.first and stage(e, self.library.now) in live]
        replays = [e for e in reversed(events) if e.first and self._watchable(e)]
        blocks = {
            "next": view.render(
                "home_next.html",
                next=coming[0] if coming else None,
                upcoming=coming[1:NEXT_ON_HOME],
            ),
            "replays": view.render("home_replays.html", replays=replays[:REPLAYS_ON_HOME]),
            "ways": view.render("home_ways.html", ways=self._ways()),
        }
        if "" not in self.authored:
            heading = f"<h1>{view.render('title.html', text=self.settings.site_name)}</h1>"
            blocks = {"heading": heading, **blocks}
        self._place(
            "",
            {name: text for name, text in blocks.items() if text},
            title=self.settings.site_name,
            description="",
            feeds=self._feed_links(self._all),
            changed=self.community.revision,
        )

    def _watchable(self, event: Event) -> bool:
        return has_replay(event) and stage(event, self.library.now) is Stage.REPLAY

    def _ways(self) -> list[dict[str, str]]:
        ways = []
        for collection in self.settings.collections:
            page = self.authored.get(f"{collection.address}/")
            ways.append(
                {
                    "address": f"{collection.address}/",
                    "title": collection.name,
                    "text": page.description if page else "",
                }
            )
        return ways

    def _months(self, events: Sequence[Event]) -> list[_Month]:
        dated = [event for event in events if event.first]
        found = [
            _Month(self.tr.month(month), list(group))
            for month, group in groupby(dated, key=_month_of)
        ]
        rest = [event for event in events if not event.first]
        return [*found, _Month(self.tr.gettext(N_("Without a date")), rest)] if rest else found

    def _years(self) -> list[tuple[int, int]]:
        past = [e for e in self.community.events if e.first and not to_come(e, self.library.now)]
        return [
            (year, len(list(group)))
            for year, group in groupby(reversed(past), key=lambda e: _month_of(e).year)
        ]

    def _agenda(self) -> None:
        address = self.settings.agenda
        view = View(self.library, address)
        years = self._years()
        title = self.tr.gettext(N_("Agenda"))
        markup = view.render(
            "agenda.html",
            heading="" if self._has_heading(address) else title,
            months=self._months(self._upcoming(self.community.events)),
            years=years,
            selection=self._all,
        )
        self._place(
            address,
            {"agenda": markup},
            title=title,
            description=self.tr.format(
                N_("The meetings to come of {site}, and all past ones by year."),
                site=self.settings.site_name,
            ),
            feeds=self._feed_links(self._all),
            changed=self.community.revision,
        )
        for year, _count in years:
            self._year(year, years)

    def _year(self, year: int, years: Sequence[tuple[int, int]]) -> None:
        address = f"{self.settings.agenda}{year}/"
        view = View(self.library, address)
        events = [
            event
            for event in self.community.events
            if event.first
            and event.first.first.year == year
            and not to_come(event, self.library.now)
        ]
        markup = view.render("year.html", year=year, months=self._months(events), years=years)
        title = self.tr.format(N_("Meetings of {year}"), year=year)
        text = write_page(markup, title=title, description=title, searchable=False)
        parent = self.paths[self.settings.agenda]
        self._add(address, text, PageInfo(None, _latest(events), parent, block=True))

    def _collection(self, collection: Collection) -> None:
        address = f"{collection.address}/"
        view = View(self.library, address)
        events = list(self.community.in_collection(collection))
        upcoming = self._upcoming(events)
        coming = {event.address for event in upcoming}
        past = [event for event in reversed(events) if event.address not in coming]
        courses = [c for c in self.community.courses if c.collection is collection]
        markup = view.render(
            "collection.html",
            collection=collection,
            heading=not self._has_heading(address),
            courses=[self._course_card(course, view) for course in courses],
            upcoming=upcoming,
            past=past[:PAST_ON_INDEX],
            years=[year for year, _ in self._years()] if len(past) > PAST_ON_INDEX else [],
            selection=self._selection(address),
        )
        self._place(
            address,
            {"events": markup},
            title=collection.name,
            description=collection.name,
            feeds=self._feed_links(self._selection(address), self._all),
            changed=_latest(events),
        )

    def _course_card(self, course: Course, view: View) -> dict[str, object]:
        sessions = self.community.sessions(course)
        return {
            "course": course,
            "span": course_span(course, view),
            "lead": self.library.summary(course),
            "open": sum(one.open_to_hosts and to_come(one, self.library.now) for one in sessions),
        }

    def _parent(self, collection: Collection) -> str:
        return self.paths[f"{collection.address}/"]

    def _course(self, course: Course) -> None:
        selection = self._selection(course.address)
        text = course_page(course, self.library, self._feed_links(selection, self._all), selection)
        changed = max(course.stamps.changed, _latest(selection.events))
        parent = self._parent(course.collection)
        self._add(course.address, text, PageInfo(course.source, changed, parent, block=True))

    def _events(self) -> None:
        for collection in self.settings.collections:
            events = list(self.community.in_collection(collection))
            feeds = self._feed_links(self._selection(f"{collection.address}/"))
            neighbours = neighbours_of([event for event in events if event.first])
            for event in events:
                text = event_page(
                    event, self.library, feeds, neighbours.get(event.address, (None, None))
                )
                parent = self._parent(collection)
                if event.course is not None:
                    parent = self.paths[event.course.address]
                info = PageInfo(event.source, event.stamps.changed, parent, block=True)
                self._add(event.address, text, info)

    def _subscribe(self) -> None:
        address = self.settings.subscribe
        view = View(self.library, address)
        title = self.tr.gettext(N_("Subscribe"))
        markup = view.render(
            "subscribe.html",
            heading="" if self._has_heading(address) else title,
            feeds=[
                {
                    "title": selection_title(one, self.community, self.tr),
                    "selection": one,
                    "count": len(one.events),
                }
                for one in self.selections
            ],
            clients=[(name, self.tr.gettext(steps)) for name, steps in CLIENTS],
        )
        self._place(
            address,
            {"feeds": markup},
            title=title,
            description=self.tr.gettext(N_("The meetings in your own calendar or feed reader.")),
            feeds=self._feed_links(*self.selections),
            changed=self.community.revision,
        )


CLIENTS = (
    ("iPhone, iPad, Mac", N_("Touch « Subscribe »: Calendar opens and asks for a confirmation.")),
    (
        "Google Agenda",
        N_("On a computer: « Other calendars », « + », « From URL », then paste the address."),
    ),
    (
        "Outlook",
        N_("« Add calendar », « Subscribe from web », then paste the address."),
    ),
    (
        "Thunderbird",
        N_("« New calendar », « On the network », then paste the address."),
    ),
    ("Android", N_("With the application ICSx5: « + », then paste the address.")),
)


def _month_of(event: Event) -> date:
    # Only events with a date are grouped.
    return first_of_month(event.occurrences[0].first)


def _latest(events: Sequence[Event]) -> int:
    return max((event.stamps.changed for event in events), default=0)

"""All compiled pages of a community: home, agenda, collections, courses, events, subscribing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import timedelta
from itertools import groupby

from .. import wording
from ..model.authored import Authored
from ..model.community import Course, Event
from ..model.names import slug
from ..model.selections import MEDIA_TYPES, Kind, Selection, Selections
from ..model.settings import Collection
from ..model.stage import Stage, has_replay, owed, stage, to_come
from ..problems import N_
from ..tree import AddressTaken, PageInfo, Tree, page_path
from .agenda import Agenda
from .authored import authored_page, merge
from .entities import EntityPages
from .events import course_page, event_page, neighbours_of
from .feeds_list import feed_sections
from .frontmatter import FeedLink, write_page
from .gallery import ON_ONE_PAGE, by_year, card, replays_of
from .notices import legal_notice, statement
from .posts import post_page
from .view import Library, View
from .weights import placeholder

NEXT_ON_HOME = 4
REPLAYS_ON_HOME = 3
POSTS_ON_HOME = 3
PAST_ON_INDEX = 24
COMING_ON_INDEX = 60

UNBUILT = timedelta(days=3)
"""How long a site may stand without being built again, and still name the next meeting."""

SUCCESSORS = 5


class Pages:
    """Writes the pages of one library into a tree."""

    def __init__(
        self, library: Library, table: Selections, authored: Mapping[str, Authored], tree: Tree
    ) -> None:
        self.library = library
        self.table = table
        self.authored = {
            address: replace(page, meta={**page.meta, **self._head(page)})
            for address, page in authored.items()
        }
        self.tree = tree
        self.community = library.community
        self.settings = library.community.settings
        self.tr = library.tr
        self.agenda = Agenda(library, table)
        self.paths: dict[str, str] = {}

    def _head(self, page: Authored) -> dict[str, str]:
        """The title and description of an authored page, in the language's typography."""
        found = {"title": page.title, "description": page.description}
        return {key: self.library.words(text) for key, text in found.items() if text}

    def write(self) -> None:
        """Write every page, the authored ones included."""
        self._home()
        self._agenda()
        for collection in self.settings.collections:
            self._collection(collection)
        for course in self.community.courses:
            self._course(course)
        self._events()
        self._gallery()
        self._posts()
        self._entities()
        self._subscribe()
        self._contribute()
        self._notices()
        for address, page in sorted(self.authored.items()):
            info = PageInfo(page.source, page.changed, None, generated=False)
            self._add(address, authored_page(page), info, page.path)

    def _feed_links(self, *found: Selection) -> list[FeedLink]:
        if not self.settings.feeds:
            return []
        return [
            FeedLink(
                wording.selection_name(one, self.settings.site_name, self.tr),
                MEDIA_TYPES[format],
                one.feed(format),
            )
            for one in found
            for format in one.formats
        ]

    @property
    def _all(self) -> Selection:
        return self.table.everything

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
        parent: str | None = None,
    ) -> None:
        """Write compiled blocks, into the authored page of that address if there is one."""
        page = self.authored.pop(address, None)
        if page is None:
            body = "\n\n".join(blocks.values())
            text = write_page(body, title=title, description=description, feeds=feeds)
            info = PageInfo(None, changed, parent, block=len(blocks) == 1)
            self._add(address, text, info)
        else:
            text = merge(page, blocks, feeds)
            when = max(changed, page.changed)
            info = PageInfo(page.source, when, parent, blocks=tuple(blocks.values()))
            self._add(address, text, info, page.path)

    def _has_heading(self, address: str) -> bool:
        return address in self.authored and self.authored[address].has_heading

    def _home(self) -> None:
        view = View(self.library, "")
        events = self.community.events
        coming = self._meeting(events)
        replays = [e for e in reversed(events) if e.first and self._watchable(e)]
        blocks = {
            "next": view.render(
                "home_next.html",
                next=self._successors(coming),
                upcoming=coming[1:NEXT_ON_HOME],
            ),
            "replays": view.render("home_replays.html", replays=replays[:REPLAYS_ON_HOME]),
            "news": view.render("home_news.html", posts=self.community.posts[:POSTS_ON_HOME]),
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

    def _meeting(self, events: Sequence[Event]) -> list[Event]:
        """The events at which people will meet or are meeting, the next first."""
        live = {Stage.UPCOMING, Stage.LIVE}
        return [e for e in events if e.first and stage(e, self.library.now) in live]

    def _successors(self, coming: Sequence[Event]) -> list[Event]:
        """The next meeting, and those that may have to take its place before the next build."""
        until = self.library.now + UNBUILT
        found: list[Event] = []
        for event in coming[:SUCCESSORS]:
            found.append(event)
            if event.last is not None and event.last.ends > until:
                break
        return found

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

    def _agenda(self) -> None:
        address = self.settings.agenda
        agenda = self.agenda
        self._place(
            address,
            {"agenda": agenda.main(heading=not self._has_heading(address))},
            title=self.tr.gettext(N_("Agenda")),
            description=self.tr.format(
                N_("The meetings to come of {site}, and all past ones by year."),
                site=self.settings.site_name,
            ),
            feeds=self._feed_links(self._all),
            changed=self.community.revision,
        )
        parent = self.paths[address]
        for page in agenda.pages():
            self._add(page.address, page.text, PageInfo(None, page.changed, parent, block=True))
        for path, data in agenda.files():
            self.tree.add(path, data)

    def _collection(self, collection: Collection) -> None:
        address = f"{collection.address}/"
        view = View(self.library, address)
        events = list(self.community.in_collection(collection))
        upcoming = self._upcoming(events)
        coming = {event.address for event in upcoming}
        meeting = self._meeting(events)
        then = [event for event in upcoming if event not in meeting[:1]]
        kind = self.settings.addresses.queries["kind"]
        past = [event for event in reversed(events) if event.address not in coming]
        courses = [c for c in self.community.courses if c.collection is collection]
        markup = view.render(
            "collection.html",
            collection=collection,
            courses=[self._course_card(course) for course in courses],
            next=bool(meeting),
            upcoming=then[:COMING_ON_INDEX],
            later=len(then[COMING_ON_INDEX:]),
            filtered=f"{self.settings.agenda}?{kind}={collection.address}",
            past=past[:PAST_ON_INDEX],
            years=[year for year, _ in self.agenda.years] if len(past) > PAST_ON_INDEX else [],
            selection=self.table.of_collection(collection),
        )
        first = view.render("collection_next.html", next=self._successors(meeting))
        blocks = {"next": first, "events": markup}
        if not self._has_heading(address):
            heading = f"<h1>{view.render('title.html', text=collection.name)}</h1>"
            blocks = {"heading": heading, **blocks}
        self._place(
            address,
            {name: text for name, text in blocks.items() if text},
            title=collection.name,
            description=collection.name,
            feeds=self._feed_links(self.table.of_collection(collection), self._all),
            changed=_latest(events),
        )

    def _course_card(self, course: Course) -> dict[str, object]:
        sessions = self.community.sessions(course)
        return {
            "course": course,
            "span": wording.course_days(course, self.tr),
            "lead": self.library.summary(course),
            "open": sum(one.open_to_hosts and to_come(one, self.library.now) for one in sessions),
        }

    def _parent(self, collection: Collection) -> str:
        return self.paths[f"{collection.address}/"]

    def _course(self, course: Course) -> None:
        selection = self.table.of_course(course)
        text = course_page(course, self.library, self._feed_links(selection, self._all), selection)
        changed = max(course.stamps.changed, _latest(selection.events))
        parent = self._parent(course.collection)
        self._add(course.address, text, PageInfo(course.source, changed, parent, block=True))

    def _events(self) -> None:
        for collection in self.settings.collections:
            events = list(self.community.in_collection(collection))
            feeds = self._feed_links(self.table.of_collection(collection))
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

    def _gallery(self) -> None:
        """All replays, the newest first; once they are many, each year on a page of its own."""
        address = f"{self.settings.addresses.replays}/"
        view = View(self.library, address)
        replays = replays_of(self.community.events, self.library.now)
        years = by_year(replays)
        paged = len(replays) > ON_ONE_PAGE
        shown = by_year(replays[:ON_ONE_PAGE]) if paged else years
        (selection,) = self.table.of_kind("replays")
        title = self.tr.gettext(N_("Replays"))
        counts = [(year, len(events)) for year, events in years if year] if paged else []
        markup = view.render(
            "replays.html",
            heading="" if self._has_heading(address) else title,
            groups=[(year, [card(one, view) for one in events]) for year, events in shown],
            years=counts,
            year=None,
            selection=selection,
        )
        self._place(
            address,
            {"replays": markup},
            title=title,
            description=self.tr.format(
                N_("The recorded meetings of {site}, to watch, to hear or to read."),
                site=self.settings.site_name,
            ),
            feeds=self._feed_links(selection),
            changed=_latest(replays),
        )
        for year, events in years if paged else ():
            if year is not None:
                self._gallery_year(year, events, counts)

    def _gallery_year(
        self, year: int, events: Sequence[Event], years: Sequence[tuple[int, int]]
    ) -> None:
        top = f"{self.settings.addresses.replays}/"
        view = View(self.library, f"{top}{year}/")
        title = self.tr.format(N_("Replays of {year}"), year=year)
        markup = view.render(
            "replays.html",
            heading=title,
            groups=[(None, [card(one, view) for one in events])],
            years=years,
            year=year,
            selection=None,
        )
        text = write_page(markup, title=title, description=title, searchable=False)
        info = PageInfo(None, _latest(events), self.paths[top], block=True)
        self._add(view.address, text, info)

    def _contribute(self) -> None:
        """The replays that are owed, on the contributors' page if somebody wrote one."""
        address = f"{self.settings.addresses.contribute}/"
        waiting = owed(self.community.events, self.library.now)
        if not waiting or address not in self.authored:
            return
        view = View(self.library, address)
        since = [(event, (self.library.now - event.occurrences[-1].ends).days) for event in waiting]
        self._place(
            address,
            {"owed": view.render("owed.html", waiting=since)},
            title="",
            description="",
            feeds=(),
            changed=self.community.revision,
        )

    def _posts(self) -> None:
        news = self.settings.news
        if news is None:
            return
        posts = self.community.posts
        (selection,) = self.table.of_kind("posts")
        feeds = self._feed_links(selection, self._all)
        address = f"{news.address}/"
        view = View(self.library, address)
        by_year = groupby(posts, key=lambda post: post.day.year)
        markup = view.render(
            "news.html",
            heading="" if self._has_heading(address) else news.name,
            years=[(year, list(group)) for year, group in by_year],
            selection=selection,
        )
        self._place(
            address,
            {"news": markup},
            title=news.name,
            description=self.tr.format(N_("News of {site}."), site=self.settings.site_name),
            feeds=feeds,
            changed=max((post.stamps.changed for post in posts), default=0),
        )
        padded = [None, *posts, None]
        for index, post in enumerate(posts):
            text = post_page(post, self.library, feeds, (padded[index + 2], padded[index]))
            parent = self.paths[address]
            info = PageInfo(post.source, post.stamps.changed, parent, block=True)
            self._add(post.address, text, info)

    def _entities(self) -> None:
        for page in EntityPages(self.library, self.table, self._has_heading):
            self._place(
                page.address,
                {"entity": page.markup},
                title=page.title,
                description=page.description,
                feeds=self._feed_links(*page.selections),
                changed=page.changed,
                parent=None if page.parent is None else self.paths[page.parent],
            )

    def _notices(self) -> None:
        """What the law asks for; and where weights are measured, if somebody wrote that page."""
        names, notices = self.settings.addresses, self.community.notices
        address = f"{names.accessibility}/"
        if notices.accessibility:
            view, heading = View(self.library, address), not self._has_heading(address)
            markup = statement(notices.accessibility, view, heading=heading)
            self._notice(address, N_("Statement of accessibility"), {"statement": markup})
        address = f"{names.legal}/"
        if notices.publisher:
            view, heading = View(self.library, address), not self._has_heading(address)
            markup = legal_notice(notices.publisher, view, heading=heading)
            self._notice(address, N_("Legal notice"), {"publisher": markup})
        address = f"{names.ecodesign}/"
        if address in self.authored:
            self._notice(address, N_("Ecodesign"), {"weights": placeholder(self.tr)})

    def _notice(self, address: str, title: str, blocks: Mapping[str, str]) -> None:
        said, changed = self.tr.gettext(title), self.community.notices.changed
        self._place(address, blocks, title=said, description=said, feeds=(), changed=changed)

    def _subscribe(self) -> None:
        address = self.settings.subscribe
        view = View(self.library, address)
        title = self.tr.gettext(N_("Subscribe"))
        feeds = self.settings.addresses.feeds
        markup = view.render(
            "subscribe.html",
            heading="" if self._has_heading(address) else title,
            selection=self._all,
            axes=self._axes(),
            groups=list(self._groups()),
            list_address=f"{feeds}/feeds.json",
            opml=f"{feeds}/feeds.opml",
        )
        wide = self.table.of_kind("all", "collection", "replays", "posts")
        self._place(
            address,
            {"feeds": markup},
            title=title,
            description=self.tr.gettext(N_("The meetings in your own calendar or feed reader.")),
            feeds=self._feed_links(*wide),
            changed=self.community.revision,
        )
        if self.settings.feeds:
            self._feeds_list()

    def _feeds_list(self) -> None:
        """Every feed, below the page of feeds: what its picker composes, without a script."""
        view = View(self.library, self.settings.all_feeds)
        title = self.tr.gettext(N_("All calendars, crossing by crossing"))
        sections = list(feed_sections(self.table, self.tr))
        markup = view.render("feeds_list.html", heading=title, sections=sections)
        text = write_page(markup, title=title, description=title, searchable=False)
        above = self.paths[self.settings.subscribe]
        self._add(view.address, text, PageInfo(None, self.community.revision, above, block=True))

    def _groups(self) -> Iterator[tuple[str, list[Selection]]]:
        """The selections by what they are; a crossing that holds nothing is not listed."""
        main: tuple[Kind, ...] = ("all", "collection", "replays", "posts")
        yield self.tr.gettext(N_("The main ones")), list(self.table.of_kind(*main))
        for kind, title in wording.KINDS.items():
            if kind in main:
                continue
            found = [
                one
                for one in self.table.of_kind(kind)
                if kind != "crossing" or (one.theme is None and one.events)
            ]
            if found:
                yield self.tr.gettext(title), found

    def _axes(self) -> list[dict[str, object]]:
        """What a subscription can be composed of: value in the address, and name."""
        names = self.settings.addresses
        community, tr = self.community, self.tr
        collections = [(one.address, one.name) for one in self.settings.collections]
        territories = [
            (f"{names.territories}/{one.id}", one.name) for one in community.territories.values()
        ]
        themes = [(f"{names.themes}/{one.id}", one.name) for one in community.themes.values()]
        every = (
            ("kind", N_("Kind of meeting"), N_("All kinds"), collections),
            ("territory", N_("Territory"), N_("All territories"), territories),
            ("theme", N_("Theme"), N_("All themes"), themes),
        )
        return [
            {
                "key": key,
                "label": tr.gettext(label),
                "choices": [("", tr.gettext(none)), *sorted(choices, key=lambda one: slug(one[1]))],
            }
            for key, label, none, choices in every
        ]


def _latest(events: Sequence[Event]) -> int:
    return max((event.stamps.changed for event in events), default=0)

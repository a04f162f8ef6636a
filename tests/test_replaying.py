"""Subscribers are told nothing that is not so, through a whole history made up by chance."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from .conftest import Site
from .replaying import Report, replay

CONFIG = """\
site_name: Petit site
site_url: https://petit.example/x/
docs_dir: content
theme: {{name: material, language: fr, font: false}}
plugins:
  - parcours:
      uid_domain: petit.example
      timezone: {home}
      withdrawn: [{withdrawn}]
      cards: false
      collections:
        comptoirs: {{kind: webinar, folder: {folder}, address: comptoirs}}
        voyages: {{kind: trip, folder: voyages}}
        mooc: {{kind: course, folder: content/mooc}}
"""
BEGINNING = datetime(2025, 9, 1, 8, tzinfo=UTC)


@dataclass(frozen=True)
class Meeting:
    """What a source says, and where it lies."""

    path: str
    title: str
    start: datetime | None
    hours: int = 1
    lines: tuple[str, ...] = ()
    text: str = "Texte."
    whole: bool = False

    def source(self) -> str:
        lines = [f"title: {self.title}", *self.lines]
        if self.start is not None:
            end = self.start + timedelta(hours=self.hours)
            form = "%Y-%m-%d" if self.whole else "%Y-%m-%d %H:%M"
            lines += [f"start: {self.start:{form}}", f"end: {end:{form}}"]
        body = "\n".join(lines)
        if self.path.endswith(".yml"):
            return f"{body}\ndescription: {self.text}\n"
        return f"---\n{body}\n---\n{self.text}\n"

    def without(self, *keys: str) -> Meeting:
        kept = tuple(line for line in self.lines if not line.startswith(keys))
        return replace(self, lines=kept)


@dataclass
class Life:
    """A community's repository, and what its people do to it, one commit at a time."""

    site: Site
    chance: random.Random
    now: datetime = BEGINNING
    line: list[tuple[str, datetime]] = field(default_factory=list)
    meetings: dict[str, Meeting] = field(default_factory=dict)
    deleted: list[Meeting] = field(default_factory=list)
    folder: str = "webinars"
    course: str = "content/mooc/c"
    places: tuple[str, str] = ("ici", "la-bas")
    home: str = "Europe/Paris"
    withdrawn: tuple[str, ...] = ()
    count: int = 0

    def configure(self) -> None:
        withdrawn = ", ".join(self.withdrawn)
        text = CONFIG.format(folder=self.folder, home=self.home, withdrawn=withdrawn)
        self.site.write("mkdocs.yml", text)

    def begin(self) -> None:
        site = self.site
        self.configure()
        site.write("content/index.md", "# Accueil\n")
        for name in ("webinars", "voyages", "content/mooc"):
            site.write(f"{name}/.keep", "")
        for id, place in (("ici", "bretagne"), ("la-bas", "la-reunion")):
            site.write(f"content/data/places/{id}.yml", f"name: {id}\nterritory: {place}\n")
        for id in ("bretagne", "la-reunion"):
            zone = "Indian/Reunion" if id == "la-reunion" else "Europe/Paris"
            site.write(f"content/data/territories/{id}.yml", f"name: {id}\ntimezone: {zone}\n")
        site.write("content/data/people/p.yml", "name: Rôle\nconsent: oui, 2025\n")
        site.write("content/mooc/c/index.md", "---\ntitle: Cours\n---\nTexte.\n")
        self.commit()

    def commit(self, clock: timedelta = timedelta(0)) -> None:
        self.site.commit(f"{self.now + clock:%Y-%m-%dT%H:%M:%SZ}")
        self.published()
        self.now += timedelta(hours=self.chance.randint(5, 240))

    def published(self) -> None:
        """The branch holds this from now on, for those who build it."""
        self.line.append((self.site.git("rev-parse", "HEAD").strip(), self.now))

    def put(self, one: Meeting) -> None:
        self.meetings[one.path] = one
        self.site.write(one.path, one.source())

    def drop(self, one: Meeting) -> None:
        del self.meetings[one.path]
        (self.site.root / one.path).unlink()
        self.site.write(f"{Path(one.path).parent}/.keep", "")

    def pick(self, when: str = "") -> Meeting | None:
        """One that is to come, past, or any."""
        found = [
            one
            for one in self.meetings.values()
            if not when or (one.start is not None and (one.start > self.now) == (when == "ahead"))
        ]
        return self.chance.choice(found) if found else None

    def make(self, days: int) -> Meeting:
        self.count += 1
        name = f"r{self.count}"
        folder = self.chance.choice([self.folder, self.folder, "voyages", self.course])
        start = (self.now + timedelta(days=days)).replace(minute=30)
        place = self.chance.choice([(), *((f"place: {one}",) for one in self.places)])
        speaker = self.chance.choice([(), ("speakers: [p]",)])
        path = f"{folder}/{name}.md"
        # Lines of its own: what git takes for a copy would be one.
        whole = self.chance.random() < 0.15
        lines = (*place, *speaker)
        return Meeting(path, f"Rencontre {self.count}", start, 2, lines, f"N. {name}", whole)

    def announce(self) -> None:
        self.put(self.make(self.chance.randint(3, 90)))

    def bring_in(self) -> None:
        self.put(self.make(-self.chance.randint(5, 300)))

    def mistype(self) -> None:
        """The year before, mended soon."""
        one = self.make(self.chance.randint(3, 60))
        assert one.start is not None
        self.put(replace(one, start=one.start - timedelta(days=364)))
        self.commit()
        self.put(one)

    def draft(self) -> None:
        one = self.make(self.chance.randint(3, 60))
        self.put(replace(one, lines=(*one.lines, "draft: true")))

    def draft_again(self) -> None:
        if (one := self.pick()) is not None and "draft: true" not in one.lines:
            self.put(replace(one, lines=(*one.lines, "draft: true")))

    def publish(self) -> None:
        for one in list(self.meetings.values()):
            if "draft: true" in one.lines:
                self.put(one.without("draft"))
                return

    def correct(self) -> None:
        """After the fact."""
        if (one := self.pick("past")) is not None and one.start is not None:
            start = one.start + timedelta(minutes=self.chance.choice([15, 60, -1440]))
            self.put(replace(one, start=start))

    def move(self) -> None:
        if (one := self.pick("ahead")) is not None and one.start is not None:
            self.put(replace(one, start=one.start + timedelta(days=self.chance.randint(1, 30))))

    def call_again(self) -> None:
        if (one := self.pick("past")) is not None:
            self.put(replace(one.without("replay"), start=self.now + timedelta(days=20)))

    def state(self) -> None:
        """Cancelled or postponed, before or after, with its date or without; or on again."""
        if (one := self.pick()) is not None:
            words = ["cancelled", "postponed", "postponed", "confirmed", "tentative"]
            word = self.chance.choice([*words, "moved-online"])
            start = None if word == "postponed" and self.chance.random() < 0.5 else one.start
            one = replace(one.without("status"), start=start)
            if start is not None or word == "postponed":
                self.put(replace(one, lines=(*one.lines, f"status: {word}")))

    def date_again(self) -> None:
        for one in list(self.meetings.values()):
            if one.start is None:
                start = self.now + timedelta(days=self.chance.randint(-20, 40))
                self.put(replace(one.without("status", "undated"), start=start))
                return

    def announce_undated(self) -> None:
        one = self.make(30)
        word = self.chance.choice(["undated: future", "undated: past", "status: postponed"])
        self.put(replace(one, start=None, lines=(*one.lines, word)))

    def take_date_back(self) -> None:
        if (one := self.pick("ahead")) is not None:
            lines = (*one.without("status").lines, "undated: future")
            self.put(replace(one, start=None, lines=lines))

    def update(self) -> None:
        if (one := self.pick()) is not None:
            lines = (*one.without("updated").lines, f"updated: {self.now:%Y-%m-%d}")
            self.put(replace(one, lines=lines))

    def withdraw(self) -> None:
        """A deleted one, of which no trace may stay."""
        there = self.meetings.keys()
        gone = [one for one in self.deleted if one.path.startswith("voyages/")]
        gone = [one for one in gone if one.path not in there]
        if gone and not any(one.startswith("id:") for one in gone[-1].lines):
            self.deleted.remove(gone[-1])
            self.withdrawn += (f"voyages/{self.id(gone[-1])}",)
            self.configure()

    def film(self) -> None:
        if (one := self.pick("past")) is not None and not one.path.startswith("voyages"):
            line = f"replay: {{video: 'https://v.example/{self.count}'}}"
            self.put(replace(one.without("replay"), lines=(*one.without("replay").lines, line)))

    def rename(self) -> None:
        """With its id or without, as it is or changed."""
        if (one := self.pick()) is None:
            return
        self.drop(one)
        self.count += 1
        suffix = self.chance.choice([f"n{self.count}.md", f"n{self.count}/index.md"])
        if one.path.startswith(self.course):
            suffix = f"n{self.count}.md"
        path = f"{self.base(one)}/{suffix}"
        if self.chance.random() < 0.5 and not any(line.startswith("id:") for line in one.lines):
            one = replace(one, lines=(*one.lines, f"id: {self.id(one)}"))
        if self.chance.random() < 0.5:
            one = replace(one, text=f"{one.text}\nAutre texte {self.count}.")
        self.put(replace(one, path=path))

    def base(self, one: Meeting) -> str:
        homes = (self.folder, "voyages", self.course)
        return next(home for home in homes if one.path.startswith(f"{home}/"))

    def id(self, one: Meeting) -> str:
        name = one.path.removeprefix(f"{self.base(one)}/").removesuffix("/index.md")
        name = name.removesuffix(".md").removesuffix(".yml")
        return f"{Path(self.course).name}-{name}" if one.path.startswith(self.course) else name

    def write_id(self) -> None:
        """An id of its own, or none any more."""
        if (one := self.pick()) is not None:
            self.count += 1
            lines = one.without("id").lines
            if lines == one.lines:
                lines = (*lines, f"id: i{self.count}")
            self.put(replace(one, lines=lines))

    def enfold(self) -> None:
        """Into a folder of its own, or to another suffix."""
        one = self.pick()
        if one is None or "/index." in one.path or one.path.startswith("content/mooc"):
            return
        self.drop(one)
        suffix = Path(one.path).suffix
        stem = one.path.removesuffix(suffix)
        other = ".yml" if suffix == ".md" else ".md"
        self.put(replace(one, path=self.chance.choice([f"{stem}/index{suffix}", stem + other])))

    def move_folder(self) -> None:
        self.count += 1
        old, self.folder = self.folder, f"rencontres{self.count}"
        self.site.git("mv", old, self.folder)
        self.configure()
        self.carry(old, self.folder)

    def carry(self, old: str, new: str) -> None:
        """The meetings of a folder lie in another."""
        for one in list(self.meetings.values()):
            if one.path.startswith(f"{old}/"):
                del self.meetings[one.path]
                self.put(replace(one, path=new + one.path.removeprefix(old)))

    def rename_course(self) -> None:
        self.count += 1
        old, self.course = self.course, f"content/mooc/c{self.count}"
        self.site.git("mv", old, self.course)
        self.carry(old, self.course)

    def delete(self) -> None:
        if (one := self.pick()) is not None:
            self.drop(one)
            self.deleted.append(one)

    def bring_back(self) -> None:
        if self.deleted:
            one = self.deleted.pop()
            homes = (self.folder, "voyages", self.course)
            known = (f"place: {place}" in one.lines for place in self.places)
            said = any(line.startswith("place:") for line in one.lines)
            if not any(one.path.startswith(f"{home}/") for home in homes) or said > any(known):
                return
            self.put(one)

    def hide(self) -> None:
        one = self.pick()
        if one is not None and one.path.endswith(".md") and "/index." not in one.path:
            parent, _, name = one.path.rpartition("/")
            self.site.git("mv", "-k", one.path, f"{parent}/_{name}")
            if not (self.site.root / one.path).exists():
                del self.meetings[one.path]

    def edit_entity(self) -> None:
        self.count += 1
        path = self.chance.choice([*(f"places/{one}" for one in self.places), "people/p"])
        file = self.site.root / f"content/data/{path}.yml"
        text = file.read_text().splitlines()
        text[0] = f"name: Nom {self.count}"
        file.write_text("\n".join(text) + "\n")

    def correct_zone(self) -> None:
        """Of a place, of its territory, or of all that say none."""
        kind = self.chance.choice(["place", "place", "territory", "community"])
        zones = ["Europe/Paris", "Indian/Reunion", "America/Guadeloupe"]
        zone = self.chance.choice(zones)
        if kind == "community":
            self.home = zone
            self.configure()
            return
        place = self.chance.choice(self.places)
        file = f"places/{place}" if kind == "place" else "territories/bretagne"
        path = self.site.root / f"content/data/{file}.yml"
        kept = [line for line in path.read_text().splitlines() if not line.startswith("timezone")]
        path.write_text("\n".join([*kept, f"timezone: {zone}", ""]))

    def rename_place(self) -> None:
        self.count += 1
        old, kept = self.places
        self.places = (kept, f"lieu{self.count}")
        folder = "content/data/places"
        self.site.git("mv", f"{folder}/{old}.yml", f"{folder}/lieu{self.count}.yml")
        self.say_place(old, f"place: lieu{self.count}")

    def delete_place(self) -> None:
        """One that nobody meets in any more, and another comes."""
        self.count += 1
        old, kept = self.places
        self.places = (kept, f"lieu{self.count}")
        folder = "content/data/places"
        (self.site.root / f"{folder}/{old}.yml").unlink()
        territory = self.chance.choice(["bretagne", "la-reunion"])
        self.site.write(
            f"{folder}/lieu{self.count}.yml", f"name: Autre {self.count}\nterritory: {territory}\n"
        )
        self.say_place(old, "")

    def say_place(self, old: str, line: str) -> None:
        for one in list(self.meetings.values()):
            if f"place: {old}" in one.lines:
                kept = [said for said in one.lines if said != f"place: {old}"]
                self.put(replace(one, lines=tuple(filter(None, (*kept, line)))))

    def hide_course(self) -> None:
        path = self.site.root / f"{self.course}/index.md"
        text = path.read_text()
        draft = "draft: true\n"
        path.write_text(
            text.replace(draft, "") if draft in text else text.replace("title", f"{draft}title")
        )

    def merge(self) -> None:
        """What was made on a branch comes in one commit, however many it was."""
        git = self.site.git
        git("checkout", "-q", "-b", f"b{self.count}")
        branch = f"b{self.count}"
        for _ in range(2):
            self.announce()
            self.move()
            self.site.commit(f"{self.now:%Y-%m-%dT%H:%M:%SZ}")
            self.now += timedelta(hours=3)
        git("checkout", "-q", "main")
        git("merge", "-q", "--no-ff", "-m", "m", branch, date=f"{self.now:%Y-%m-%dT%H:%M:%SZ}")
        self.published()
        self.now += timedelta(hours=7)

    def pull(self) -> None:
        """Somebody worked elsewhere, on what was published a while ago, and takes in the rest."""
        self.commit()
        git, before = self.site.git, self.line[-2][1] + timedelta(hours=1)
        git("checkout", "-q", "-b", f"b{self.count}", "HEAD~1")
        if self.chance.random() < 0.5:
            # The same change, made there before.
            git("cherry-pick", "--allow-empty", "main", date=f"{before:%Y-%m-%dT%H:%M:%SZ}")
        self.announce()
        self.site.commit(f"{before + timedelta(hours=1):%Y-%m-%dT%H:%M:%SZ}")
        name = "Merge branch 'main' of https://forge.example/a/site"
        git("merge", "-q", "--no-ff", "-m", name, "main", date=f"{self.now:%Y-%m-%dT%H:%M:%SZ}")
        git("branch", "-q", "-f", "main", "HEAD")
        git("checkout", "-q", "main")
        self.published()
        self.now += timedelta(hours=7)

    def break_it(self) -> None:
        """A build that fails publishes nothing; it is mended in the next commit."""
        if (one := self.pick()) is not None:
            self.site.write(one.path, "---\ntitle: [\n---\n")
            self.commit()
            self.put(one)

    def revert(self) -> None:
        self.commit()
        held, texts = dict(self.meetings), self.files()
        self.chance.choice([self.move, self.delete, self.state, self.rename])()
        self.commit()
        for path in self.files().keys() - texts.keys():
            (self.site.root / path).unlink()
        for path, data in texts.items():
            self.site.write(path, data)
        self.meetings = held

    def files(self) -> dict[str, bytes]:
        root = self.site.root
        found = [p for p in root.rglob("*") if p.is_file() and ".git" not in p.parts]
        return {path.relative_to(root).as_posix(): path.read_bytes() for path in found}

    def live(self, commits: int) -> None:
        self.begin()
        often: list[Callable[[], None]] = [self.announce, self.move, self.film, self.correct]
        rare: list[Callable[[], None]] = [
            *(self.bring_in, self.mistype, self.draft, self.draft_again, self.publish),
            *(self.call_again, self.state, self.state, self.date_again, self.rename, self.rename),
            *(self.write_id, self.enfold, self.move_folder, self.delete, self.delete),
            *(self.bring_back, self.hide, self.edit_entity, self.edit_entity, self.hide_course),
            *(self.merge, self.break_it, self.revert, self.pull, self.correct_zone),
            *(self.correct_zone, self.rename_place, self.delete_place, self.rename_course),
            *(self.announce_undated, self.take_date_back, self.update, self.withdraw),
        ]
        for _ in range(3):
            self.announce()
            self.commit()
        clocks = [timedelta(0)] * 12 + [timedelta(days=900), timedelta(days=-30)]
        while len(self.line) < commits:
            self.chance.choice(often if self.chance.random() < 0.35 else rare)()
            self.commit(self.chance.choice(clocks))


def lived(root: Path, seed: int, commits: int) -> Report:
    life = Life(Site(root), random.Random(seed))
    life.live(commits)
    return replay(root, line=life.line)


@pytest.mark.deep
@pytest.mark.large
@pytest.mark.parametrize("seed", [1])
def test_a_life_tells_nothing_that_is_not_so(tmp_path: Path, seed: int) -> None:
    report = lived(tmp_path / "life", seed, 50)
    assert report.lies == []
    assert report.published > report.commits * 0.8
    assert report.entries > 5
    assert report.items > 10

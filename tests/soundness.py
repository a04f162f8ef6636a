"""Change a site at random, again and again: what is kept must never show.

``python -m tests.soundness N SEED`` makes N changes of every sort, checks and builds the site after
each with what is kept, on the disk and in memory, then without, and stops at the first difference.
From time to time a preview makes the site file by file, and is compared with one made at once.
"""

from __future__ import annotations

import contextlib
import io
import os
import shutil
import signal
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from functools import lru_cache
from pathlib import Path
from random import Random
from subprocess import CalledProcessError
from unittest import mock

from parcours.cli import main
from parcours.engine import edition, stamp
from parcours.engine.build import render
from parcours.engine.environment import Surroundings
from parcours.engine.opening import EngineError, open_config
from parcours.engine.waiting import Waiting
from parcours.memo import Memo
from parcours.model import contacts
from parcours.problems import SourceErrors
from parcours.sources import history, past

from .conftest import FRENCH, Site, french

BEGIN = datetime.fromisoformat("2026-11-24T09:00:00+00:00")
DATES = ("2026-11-26 12:30", "2026-12-03 12:30", "2026-12-10 18:00", "2026-10-01 12:30")
WORDS = (
    "été",
    "geste",
    "parcours",
    "<br>",
    "[un](n1.md)",
    "[deux](n2.md#a)",
    "*fort*",
    "[x](x.pdf)",
)
BASE = '{% extends "base.html" %}{% block content %}'
TEMPLATES = (
    BASE + "A {{ super() }}{% endblock %}",
    BASE + "B {{ super() }}{% endblock %}",
    BASE + "{% for one in pages %}{{ one.page.title }}{% endfor %}{{ super() }}{% endblock %}",
    BASE + "{{ build_date_utc }}{{ super() }}{% endblock %}",
)


CHANGES = (
    "text", "text", "text", "link", "wrong", "rename", "delete", "touch", "entity", "page", "file",
    "config", "template", "later", "later", "earlier", "commit", "branch", "damage", "clear",
    "output", "upgrade", "kill",
)  # fmt: skip
"""The changes, some more often than others."""


@dataclass
class Walk:
    """A site on its way through changes.

    Attributes:
        now: of the next commands.
        version: of what renders.
        changes: what may change.
    """

    site: Site
    chance: Random
    now: datetime = BEGIN
    commits: int = 0
    version: int = 0
    changes: Sequence[str] = CHANGES
    done: Counter[str] = field(default_factory=Counter)

    def meeting(self, n: int) -> str:
        """A meeting that may have anything, and is right."""
        chance = self.chance
        words = " ".join(chance.choices(WORDS[:4] + WORDS[6:7], k=chance.randint(1, 9)))
        more = chance.choice(
            (
                "",
                "themes: [t]\n",
                "online: https://visio.example/x\n",
                "hosts: [o]\nplace: p\n",
                "status: cancelled\n",
                "draft: true\n",
                "registration: {url: https://a.example/, deadline: 2026-11-25}\n",
                "replay: {video: https://video.example/x.mp4, duration: 50 min}\n",
            )
        )
        start = chance.choice(DATES)
        return f"---\ntitle: Rencontre {n}\nstart: {start}\nduration: 1h\n{more}---\n{words}\n"

    def files(self) -> list[Path]:
        return sorted((self.site.root / "webinars").glob("*.md"))

    def one(self) -> Path | None:
        files = self.files()
        return self.chance.choice(files) if files else None

    # What may change.

    def text(self) -> None:
        n = self.chance.randint(0, 9)
        self.site.write(f"webinars/n{n}.md", self.meeting(n))

    def wrong(self) -> None:
        file = self.one()
        if file is not None:
            file.write_text(file.read_text("utf-8") + self.chance.choice(WORDS) + "\n", "utf-8")

    def link(self) -> None:
        """A link to a file that may be there."""
        head = "---\ntitle: Lien\nstart: 2026-12-03 12:30\n---\n"
        self.site.write("webinars/lien.md", f"{head}[x](x.pdf)\n")

    def rename(self) -> None:
        file = self.one()
        if file is not None:
            file.rename(file.with_name(f"n{self.chance.randint(0, 9)}.md"))

    def delete(self) -> None:
        file = self.one()
        if file is not None:
            file.unlink()

    def touch(self) -> None:
        file = self.one()
        if file is not None:
            os.utime(file)

    def entity(self) -> None:
        name = self.chance.choice(("A", "B", "C, l’autre"))
        self.site.write("content/data/themes/t.yml", f"name: {name}\n")
        place = f"name: Lieu {name}\nterritory: r\n"
        self.site.write("content/data/places/p.yml", place)
        zone = self.chance.choice(("Europe/Paris", "Indian/Reunion"))
        self.site.write("content/data/territories/r.yml", f"name: R {name}\ntimezone: {zone}\n")
        self.site.write("content/data/organisations/o.yml", f"name: O {name}\nterritory: r\n")

    def page(self) -> None:
        title = self.chance.choice(("Accueil", "Bienvenue"))
        words = " ".join(self.chance.choices(WORDS[:4], k=3))
        self.site.write("content/index.md", f"# {title}\n\n{words}\n")

    def file(self) -> None:
        path = self.site.root / "webinars/x.pdf"
        if path.exists():
            path.unlink()
        else:
            path.write_bytes(b"%PDF-1.4\n" + self.chance.randbytes(9))

    def config(self) -> None:
        text = FRENCH.replace("weekday: thursday", self.chance.choice(("", "color: teal")))
        text = text.replace("Petit site", self.chance.choice(("Petit site", "Grand site")))
        text = text.replace(
            "address: comptoirs", self.chance.choice(("address: comptoirs", "address: jeudis"))
        )
        own = "font: false, custom_dir: own" if self.chance.random() < 0.3 else "font: false"
        self.site.write("mkdocs.yml", text.replace("font: false", own))

    def template(self) -> None:
        self.site.write("own/main.html", self.chance.choice(TEMPLATES))

    def later(self) -> None:
        steps = (1, 60, 3_600, 20_000, 86_400, 7 * 86_400)
        self.now += timedelta(seconds=self.chance.choice(steps))

    def earlier(self) -> None:
        self.now -= timedelta(seconds=self.chance.choice((1, 3_600, 86_400)))

    def commit(self) -> None:
        self.commits += 1
        self.site.commit(f"2026-11-{1 + self.commits % 20:02}T00:00:{self.commits % 60:02}Z")

    def branch(self) -> None:
        """Leave what is here on one branch, and go to another; or bring one in."""
        self.commit()
        name = self.chance.choice("ab")
        if name != self.site.git("branch", "--show-current").strip():
            self.site.git("branch", "-f", name)
        known = self.site.git("branch", "--format=%(refname:short)").split()
        other = self.chance.choice(known)
        if self.chance.random() < 0.5:
            self.site.git("checkout", "-q", other)
        else:
            try:
                self.site.git("merge", "-q", "-X", "ours", other)
            except CalledProcessError:  # one has deleted what the other has changed
                self.site.git("merge", "--abort")

    def damage(self) -> None:
        """A store that another hand has been at."""
        kept = [one for one in (self.site.root / ".cache").rglob("*") if one.is_file()]
        for one in self.chance.sample(kept, k=len(kept) // 3):
            data = one.read_bytes()
            cut = self.chance.randint(0, len(data))
            one.write_bytes(self.chance.choice((data[:cut], b"", data[:cut] + b"x" + data[cut:])))

    def clear(self) -> None:
        shutil.rmtree(self.site.root / ".cache", ignore_errors=True)

    def output(self) -> None:
        """A site in which somebody has written."""
        made = sorted((self.site.root / "site").rglob("*.html"))
        if made:
            self.chance.choice(made).write_text("x")

    def upgrade(self) -> None:
        self.version += 1

    def kill(self) -> None:
        """A build that ends in its midst."""
        child = os.fork()
        if child == 0:
            signal.setitimer(signal.ITIMER_REAL, self.chance.random() / 2)
            signal.signal(signal.SIGALRM, lambda *_: os.kill(os.getpid(), signal.SIGKILL))
            with contextlib.redirect_stderr(io.StringIO()):
                self.run("build", "-d", str(self.site.root / "site"))
            os._exit(0)
        os.waitpid(child, 0)

    # What must not differ.

    @contextlib.contextmanager
    def versions(self) -> Iterator[None]:
        """While it lasts, what renders is of the version of the walk."""
        name = f"{edition.edition()} {self.version}"
        with (
            mock.patch("parcours.engine.config.edition", return_value=name),
            mock.patch("parcours.engine.leaves.edition", return_value=name),
            mock.patch.object(stamp, "installed", return_value=[name]),
        ):
            yield

    def run(self, *words: str) -> tuple[int, str, str]:
        """Run a command at the instant of the walk: its exit code, and what it said."""
        out, err = io.StringIO(), io.StringIO()
        with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err), self.versions():
            file = str(self.site.root / "mkdocs.yml")
            code = main([words[0], "-f", file, "--now", self.now.isoformat(), *words[1:]])
        said = [one for one in err.getvalue().splitlines() if "pages" not in one]
        return code, out.getvalue(), "\n".join(said)

    def cold(self, *words: str) -> tuple[int, str, str]:
        """Run a command that takes nothing that was made before."""
        with forgetful():
            return self.run(*words, "--no-cache")

    def compare(self) -> str:
        """What differs between what is kept and what is not; "" for nothing."""
        kept, cold = self.run("check"), self.cold("check")
        if kept != cold:
            return f"check: {kept} {cold}"
        here, there = self.site.root / "site", self.site.root.parent / "cold"
        kept = self.run("build", "-d", str(here))
        cold = self.cold("build", "-d", str(there))
        if kept != cold:
            return f"build: {kept} {cold}"
        if kept[0]:
            return ""  # neither is written
        differ = _differ(here, there)
        return f"files: {differ[:5]}" if differ else ""

    def preview(self) -> str:
        """What differs between a preview, file by file, and one that is made at once."""
        whole = Surroundings(now=self.now, language="fr", keeps=False)
        rooms = [Path(tempfile.mkdtemp(dir=self.site.root.parent)) for _ in range(2)]
        said = []
        for room, around in zip(rooms, (replace(whole, keeps=True), whole), strict=True):
            try:
                opened = open_config(self.site.root / "mkdocs.yml", around)
                if around.keeps and Waiting.can_show(opened):
                    for _ in Waiting(opened, room, self.now).rest():
                        pass
                else:
                    with forgetful():
                        render(opened, room, self.now, command="serve")
                said.append("")
            except (EngineError, SourceErrors) as error:
                said.append(str(error))
        differ = [] if any(said) else _differ(*rooms)
        for room in rooms:
            shutil.rmtree(room)
        return f"preview: {said} {differ[:5]}" if differ or said[0] != said[1] else ""

    def step(self) -> str:
        """Change one thing or a few, and compare."""
        for _ in range(self.chance.choice((1, 1, 1, 2, 4))):
            name = self.chance.choice(self.changes)
            self.done[name] += 1
            getattr(self, name)()
        with self.versions():
            found = self.compare()
            return found or (self.preview() if self.chance.random() < PREVIEWED else "")


MEMORY = (
    (contacts, "_contacts"),
    (history, "_line"),
    (past, "_past_record"),
    (past, "_values"),
)
"""What keeps in memory what it made, beside `Memo`."""

PREVIEWED = 0.2
"""How often a preview is compared too."""


@contextlib.contextmanager
def forgetful() -> Iterator[None]:
    """While it lasts, nothing is taken that this process has made before."""
    with contextlib.ExitStack() as stack:
        for module, name in MEMORY:
            function = getattr(module, name).__wrapped__
            stack.enter_context(mock.patch.object(module, name, lru_cache(maxsize=0)(function)))
        stack.enter_context(mock.patch.object(Memo, "get", return_value=None))
        yield


def _differ(here: Path, there: Path) -> list[str]:
    """The files of two folders that are not the same."""
    one, other = _files(here), _files(there)
    return sorted(name for name in one.keys() | other.keys() if one.get(name) != other.get(name))


def _files(folder: Path) -> dict[str, bytes]:
    return {
        str(one.relative_to(folder)): one.read_bytes() for one in folder.rglob("*") if one.is_file()
    }


def begin(root: Path, seed: int) -> Walk:
    """A site of a few meetings, with a history."""
    walk = Walk(french(root / "site-sources"), Random(seed))
    walk.site.write(".gitignore", ".cache/\nsite/\n")
    walk.config()
    walk.template()
    walk.entity()
    for _ in range(4):
        walk.text()
    walk.commit()
    return walk


def walked(walk: Walk, steps: int) -> str:
    """Walk; the first difference, "" for none."""
    for n in range(steps):
        found = walk.step()
        if found:
            return f"step {n}: {found}"
        if n % 100 == 99:
            print(f"{n + 1} steps, {walk.done.total()} changes", flush=True)
    return ""


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        sys.exit(walked(begin(Path(folder), int(sys.argv[2])), int(sys.argv[1])) or None)

"""What a command answered is said again until something changes, and never after."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from parcours.engine import inputs, stamp
from parcours.engine import opening as engine
from parcours.engine.store import FOLDER

from .conftest import FRENCH, Site

pytestmark = pytest.mark.usefixtures("_hundred_years")

EVENT = "---\ntitle: Un\nstart: 2026-12-03 12:30\nduration: 1h\n---\nTexte.\n"
CONFIG = FRENCH.replace("font: false}", "font: false, custom_dir: overrides}")
TEMPLATE = '{% extends "main.html" %}{% block content %}<p>A</p>{{ super() }}{% endblock %}\n'


@pytest.fixture
def _hundred_years(monkeypatch: pytest.MonkeyPatch) -> None:
    """Files are old enough at once: nobody waits for the tick of a clock."""
    monkeypatch.setattr(inputs, "_FINE", 0)


class Begun(BaseException):
    """A command began with its work: that it would end is known."""


class Works:
    """Counts how often a command does its work rather than say what it has said."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.count = 0
        self._goes_on = True
        opened = engine.open_config

        def open_config(*arguments: object, **options: object) -> object:
            self.count += 1
            if not self._goes_on:
                raise Begun
            return opened(*arguments, **options)  # type: ignore[arg-type]

        monkeypatch.setattr(engine, "open_config", open_config)

    def again(self, run: Callable[[], object], *, whole: bool = False) -> bool:
        """Whether a command does its work.

        Args:
            whole: it does it to its end; else it is stopped as soon as it has begun.
        """
        before, self._goes_on = self.count, whole
        try:
            run()
        except Begun:
            pass
        finally:
            self._goes_on = True
        return self.count > before


@pytest.fixture
def works(monkeypatch: pytest.MonkeyPatch) -> Works:
    return Works(monkeypatch)


@pytest.fixture
def checked(site: Site) -> Site:
    """A site that was checked."""
    site.keeps = True
    site.write("webinars/un.md", EVENT)
    site.commit("2026-11-01T00:00:00Z")
    site.run("check")
    return site


@pytest.fixture
def kept(checked: Site) -> Site:
    """A site that was checked and built."""
    checked.build()
    return checked


@pytest.fixture
def templated(site: Site) -> Site:
    """A site with a template of its own, that was checked."""
    site.keeps = True
    site.write("mkdocs.yml", CONFIG)
    site.write("overrides/main.html", TEMPLATE.replace("main.html", "base.html"))
    site.write("webinars/un.md", EVENT)
    site.commit("2026-11-01T00:00:00Z")
    site.run("check")
    return site


@pytest.mark.large
def test_nothing_is_done_again_that_was_done(
    kept: Site, works: Works, capsys: pytest.CaptureFixture[str]
) -> None:
    capsys.readouterr()
    assert not works.again(lambda: kept.run("check"))
    assert capsys.readouterr().err == "1 rencontre vérifiée : aucune erreur.\n"
    assert not works.again(kept.build)
    assert "rien n’a changé" in capsys.readouterr().err


@pytest.mark.large
def test_warnings_are_told_again(
    site: Site, works: Works, capsys: pytest.CaptureFixture[str]
) -> None:
    site.keeps = True
    site.write("webinars/un.md", EVENT + "\n<blink>x</blink>\n")
    for command in ("check", "build"):
        options = ("-d", str(site.root / "site")) if command == "build" else ()
        told = []
        for _ in range(2):
            capsys.readouterr()
            assert site.run(command, *options) == 0
            said = capsys.readouterr()
            told.append([one for one in (said.out + said.err).splitlines() if "webinars" in one])
        assert told[0] == told[1] != []
    assert works.count == 2


def add_override(site: Site) -> None:
    site.write("overrides/main.html", TEMPLATE.replace("main.html", "base.html") + "x")


def touch(site: Site) -> None:
    os.utime(site.root / "webinars/un.md")


def same_text(site: Site) -> None:
    site.write("webinars/un.md", EVENT)


EDITS: dict[str, Callable[[Site], object]] = {
    "a text": lambda site: site.write("webinars/un.md", EVENT + "Plus.\n"),
    "a text of the same length": lambda site: site.write(
        "webinars/un.md", EVENT.replace("Texte", "Taxte")
    ),
    "a new file": lambda site: site.write("webinars/deux.md", EVENT.replace("Un", "Deux")),
    "a file gone": lambda site: (site.root / "webinars/un.md").unlink(),
    "a file renamed": lambda site: (site.root / "webinars/un.md").rename(
        site.root / "webinars/deux.md"
    ),
    "an entity": lambda site: site.write("content/data/themes/a.yml", "name: A\n"),
    "a stray folder": lambda site: (site.root / "webinars/vide").mkdir(),
    "the configuration": lambda site: site.write("mkdocs.yml", FRENCH.replace("Petit", "Grand")),
    "a commit": lambda site: site.commit("2026-11-02T00:00:00Z"),
    "no repository": lambda site: shutil.rmtree(site.root / ".git"),
    "permissions": lambda site: (site.root / "webinars/un.md").chmod(0o640),
}


@pytest.mark.parametrize("edit", EDITS)
def test_what_changes_is_seen(checked: Site, works: Works, edit: str) -> None:
    EDITS[edit](checked)
    assert works.again(lambda: checked.run("check"))


@pytest.mark.sampled
@pytest.mark.large
@pytest.mark.parametrize("edit", EDITS)
def test_what_changes_is_seen_by_a_build(kept: Site, works: Works, edit: str) -> None:
    EDITS[edit](kept)
    assert works.again(kept.build)


@pytest.mark.large
def test_a_template_that_changes_is_seen(templated: Site, works: Works) -> None:
    templated.build()
    assert not works.again(templated.build)
    add_override(templated)
    assert works.again(lambda: templated.run("check"))
    assert works.again(templated.build)


@pytest.mark.large
@pytest.mark.parametrize("edit", [touch, same_text])
def test_another_date_is_no_change(kept: Site, works: Works, edit: Callable[[Site], None]) -> None:
    edit(kept)
    assert not works.again(lambda: kept.run("check"))
    assert not works.again(kept.build)


@pytest.mark.large
@pytest.mark.parametrize(
    ("now", "is_again"),
    [
        ("2026-11-24T09:00:01Z", False),
        ("2026-11-24T08:59:59Z", True),  # a clock that goes back
        ("2026-11-25T09:00:00Z", True),
        ("2026-12-03T11:30:00Z", True),
    ],
)
def test_an_instant_at_which_something_changes(
    kept: Site, works: Works, now: str, *, is_again: bool
) -> None:
    assert works.again(lambda: kept.run("check", now=now)) is is_again
    assert works.again(lambda: kept.build(now=now)) is is_again


@pytest.mark.large
@pytest.mark.parametrize("name", ["index.html", "comptoirs/un/index.html", "comptoirs/un.ics"])
def test_a_site_that_was_changed_is_built_again(kept: Site, works: Works, name: str) -> None:
    file = next((kept.root / "site").rglob(Path(name).name))
    for change in (lambda: file.write_text("x"), file.unlink):
        change()
        assert works.again(kept.build)
    kept.build()
    assert file.read_text("utf-8") != "x"
    (kept.root / "site/de-trop.html").write_text("x")
    assert works.again(kept.build)
    shutil.rmtree(kept.root / "site")
    assert works.again(kept.build)


@pytest.mark.large
@pytest.mark.parametrize(
    "damage",
    [
        lambda file: file.write_bytes(file.read_bytes()[:-1]),
        lambda file: file.write_bytes(b""),
        lambda file: file.write_bytes(b"x" * 400),
        lambda file: (file.unlink(), file.mkdir()),
    ],
)
def test_a_store_that_is_damaged_is_passed_over(
    kept: Site, works: Works, damage: Callable[[Path], object]
) -> None:
    files = [file for file in (kept.root / FOLDER).rglob("*") if file.is_file()]
    for file in files:
        damage(file)
    assert works.again(lambda: kept.run("check"), whole=True)
    assert works.again(kept.build, whole=True)


@pytest.mark.large
def test_what_the_options_and_the_environment_say_counts(
    kept: Site, works: Works, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    assert works.again(lambda: kept.run("check", "--json"))
    assert works.again(lambda: kept.run("check", str(kept.root / "webinars")))
    assert works.again(lambda: kept.run("check", "--lang", "en"))
    assert works.again(lambda: kept.run("build", "-d", str(tmp_path / "other")))
    assert works.again(lambda: kept.build("--strict"))
    assert works.again(lambda: kept.build("--no-cache"))
    assert works.again(lambda: kept.run("check", "--no-cache"))
    assert not works.again(lambda: kept.run("check"))
    monkeypatch.setenv("CI", "true")
    assert works.again(lambda: kept.run("check"))


def test_a_variable_that_the_configuration_names_counts(
    checked: Site, works: Works, monkeypatch: pytest.MonkeyPatch
) -> None:
    checked.write("mkdocs.yml", FRENCH.replace("Petit site", "!ENV [NOM_DU_SITE, Un site]"))
    checked.run("check")
    assert not works.again(lambda: checked.run("check"))
    monkeypatch.setenv("NOM_DU_SITE", "Un autre")
    assert works.again(lambda: checked.run("check"), whole=True)
    monkeypatch.setenv("AUTRE", "x")
    assert not works.again(lambda: checked.run("check"))


def test_what_is_inherited_counts(checked: Site, works: Works) -> None:
    base = checked.root.parent / "base.yml"
    base.write_text("site_description: A\n")
    checked.write("mkdocs.yml", f"INHERIT: ../base.yml\n{FRENCH}")
    checked.run("check")
    assert not works.again(lambda: checked.run("check"))
    base.write_text("site_description: B\n")
    assert works.again(lambda: checked.run("check"))


@pytest.mark.parametrize(
    "more",
    [
        "hooks: [hook.py]\n",
        "markdown_extensions: [pymdownx.snippets]\n",
        "markdown_extensions: [hook]\n",
    ],
)
def test_nothing_is_kept_where_something_unknown_takes_part(
    checked: Site, works: Works, more: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.syspath_prepend(str(checked.root))
    checked.write(
        "hook.py",
        "def makeExtension(**options):\n    import markdown\n    return markdown.Extension()\n",
    )
    checked.write("mkdocs.yml", FRENCH + more)
    for _ in range(2):
        assert works.again(lambda: checked.run("check"), whole=True)


@pytest.mark.large
def test_a_template_that_asks_the_clock_is_never_kept(templated: Site, works: Works) -> None:
    template = TEMPLATE.replace("main.html", "base.html").replace("A", "{{ build_date_utc }}")
    templated.write("overrides/main.html", template)
    for _ in range(2):
        assert works.again(templated.build, whole=True)


MEANWHILE: dict[str, Callable[[Site], object]] = {
    "a change": lambda site: site.write("webinars/un.md", EVENT + "Encore.\n"),
    "a commit": lambda site: site.commit("2026-11-03T00:00:00Z"),
}


@pytest.mark.parametrize("what", MEANWHILE)
def test_what_happens_meanwhile_is_seen(
    checked: Site, works: Works, monkeypatch: pytest.MonkeyPatch, what: str
) -> None:
    checked.write("webinars/un.md", EVENT + "Plus.\n")
    made: Callable[..., object] = engine.compile_only

    def slow(*arguments: object, **options: object) -> object:
        done = made(*arguments, **options)
        MEANWHILE[what](checked)
        return done

    with monkeypatch.context() as patched:
        patched.setattr(engine, "compile_only", slow)
        checked.run("check")
    assert works.again(lambda: checked.run("check"))


@pytest.mark.large
def test_a_site_of_more_files_than_are_looked_at_is_built_all_the_same(
    kept: Site, works: Works, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What lies beside its sources is few; what is made of them is not."""
    count = len(inputs.look([str(kept.root)]).stats)
    monkeypatch.setattr(inputs, "MOST", count + 5)
    monkeypatch.setattr(stamp, "PACKAGE", str(kept.root / "content"))
    kept.write("webinars/un.md", EVENT + "Plus.\n")
    for _ in range(2):
        assert works.again(kept.build, whole=True)


def test_what_changes_twice_within_a_tick_is_read_again(
    checked: Site, works: Works, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(inputs, "_FINE", 60_000_000_000)
    seen = (checked.root / "webinars/un.md").stat()
    checked.run("check", "--json")
    checked.write("webinars/un.md", EVENT.replace("Texte", "Taxte"))
    os.utime(checked.root / "webinars/un.md", ns=(seen.st_atime_ns, seen.st_mtime_ns))
    stat = inputs._stat

    def same(path: str) -> object:
        """The disk's clock did not go on."""
        found = stat(path)
        return (*found[:3], seen.st_ctime_ns, *found[4:]) if path.endswith("un.md") else found

    monkeypatch.setattr(inputs, "_stat", same)
    assert works.again(lambda: checked.run("check", "--json"))


def test_a_folder_that_is_no_site_is_not_walked_through(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(inputs, "MOST", 3)
    for n in range(5):
        (tmp_path / f"{n}").mkdir()
    with pytest.raises(inputs.TooMany):
        inputs.look([str(tmp_path)])


def test_a_site_with_too_many_files_is_checked_all_the_same(
    checked: Site, works: Works, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(inputs, "MOST", 3)
    assert works.again(lambda: checked.run("check"))
    assert checked.run("check") == 0


def test_where_a_link_leads_counts(checked: Site, works: Works) -> None:
    checked.write("content/a.txt", "A\n")
    (checked.root / "content/lien.txt").symlink_to("a.txt")
    checked.run("check")
    assert not works.again(lambda: checked.run("check"))
    (checked.root / "content/lien.txt").unlink()
    checked.write("content/b.txt", "A\n")
    (checked.root / "content/lien.txt").symlink_to("b.txt")
    assert works.again(lambda: checked.run("check"))


def test_a_read_only_disk_is_told_once(checked: Site, works: Works) -> None:
    if os.geteuid() == 0:
        pytest.skip("nothing is read-only to root")
    shutil.rmtree(checked.root / FOLDER)
    (checked.root / ".cache").chmod(0o500)
    try:
        for _ in range(2):
            assert works.again(lambda: checked.run("check"), whole=True)
    finally:
        (checked.root / ".cache").chmod(0o700)

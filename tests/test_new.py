"""``parcours new``: in a terminal, by options, and what it refuses."""

from __future__ import annotations

import contextlib
import json
import re
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from pydantic import Field

from parcours.cli import main
from parcours.commands.new import _fill, _open
from parcours.commands.parser import parser
from parcours.engine.environment import Surroundings
from parcours.i18n import translator
from parcours.model.fields import Line
from parcours.model.kinds import KINDS, MEETING
from parcours.model.schema import EventRecord, Record
from parcours.model.values import DAY_FIRST, End, Moment
from parcours.problems import Problems
from parcours.scaffold.answers import Refused
from parcours.scaffold.keys import Key, keys_of, refusal
from parcours.scaffold.placing import place
from parcours.scaffold.subjects import Subject, subjects
from parcours.sources.records import validate
from parcours.sources.text import split_source

from .conftest import FRENCH, NOW, REGIONS, ROOT, Site
from .test_scaffold import texts
from .typing_in import typing_in


@pytest.mark.regions
@pytest.mark.large
def test_a_trip_with_four_stops_and_a_new_place(site: Site) -> None:
    """The recorded session: what it writes passes at once."""
    with typing_in(["new", "trip", "--now", NOW, "--lang", "fr"], site.root) as person:
        person.answer("(title)", "Apprendre dans l’océan Indien : l’aller")
        person.answer("(start)", "lundi 13 septembre 2027")
        person.answer("(end)", "2027-09-14")
        person.answer("(from.place)", "")
        person.until("lundi 13\u00a0septembre\u00a02027")
        person.answer("(title)", "Un campus qui forme à distance")
        person.answer("(place)", "new")
        person.answer("(name)", "Campus du Chaudron")
        person.answer("(address)", "Saint-Denis, La Réunion")
        person.answer("(territory)", "La Réunion")
        person.answer("(start)", "9h")
        person.answer("(end)", "8h")
        person.until("(09:00)")
        person.until("\n>")
        person.until("8h")
        person.type("\x15" + "12:00\r")
        person.answer("(host)", "")
        person.answer("(by.mode)", "en train")
        person.until("vouliez-vous")
        person.until("\n>")
        person.until("en train")
        person.type("\x15" + "ter\r")
        person.answer("(by.takes)", "50 min")
        person.answer("(by.km)", "")
        person.answer("(questions)", "Que devient une erreur ?")
        for title, hours in (("Marché", ("14:00", "15h30")), ("Bilan", ("", ""))):
            person.answer("(title)", title)
            person.answer("(place)", "campus-du-chaudron")
            person.answer("(start)", hours[0])
            person.answer("(end)", hours[1])
            for key in ("host", "by.mode", "questions"):
                person.answer(f"({key})", "")
        person.answer("(title)", "")
        person.until("mardi 14\u00a0septembre\u00a02027")
        person.answer("(title)", "Bilan")
        for key in ("place", "start", "end", "host", "by.mode", "questions"):
            person.answer(f"({key})", "")
        person.answer("(title)", "")
        person.answer("(back.place)", "")
        person.answer("(nights)", "Saint-Denis")
        for key in ("place", "organisers", "seats", "registration.url", "summary", "description"):
            person.answer(f"({key})", "")
        shown = person.until("git commit")
        assert person.end() == 0
    assert "https://petit.example/x/voyages/apprendre-dans-l-ocean-indien-l-aller/" in shown
    assert site.run("check") == 0
    text = (site.root / "voyages/apprendre-dans-l-ocean-indien-l-aller.md").read_text()
    assert text.startswith('---\ntitle: "Apprendre dans l’océan Indien : l’aller"\n')
    stops = [line.removeprefix("  - id: ") for line in text.splitlines() if "- id: " in line]
    assert stops == ["un-campus-qui-forme-a-distance", "marche", "bilan", "bilan-2"]
    place = (site.root / "content/data/places/campus-du-chaudron.yml").read_text()
    assert place.startswith("name: Campus du Chaudron\n")
    assert "territory: la-reunion\n" in place


@pytest.mark.large
def test_who_stops_leaves_nothing(site: Site) -> None:
    before = files(site)
    with typing_in(["new", "place", "--lang", "en"], site.root) as person:
        person.answer("(name)", "Là")
        person.until("(address)")
        person.until("\n>")
        person.type("\x03")
        assert person.end() == 130
    assert files(site) == before


def files(site: Site) -> dict[str, str]:
    """Every source of a site, by its name; not what is kept, which git ignores."""
    found = (path for path in site.root.rglob("*") if path.is_file())
    paths = (path for path in found if ".cache" not in path.relative_to(site.root).parts)
    return {str(path.relative_to(site.root)): path.read_text() for path in paths}


def new(site: Site, word: str, *arguments: str) -> int:
    return main(["new", word, "-f", str(site.root / "mkdocs.yml"), "--now", NOW, *arguments])


Capture = pytest.CaptureFixture[str]


def test_options_ask_nothing(site: Site, capsys: Capture) -> None:
    arguments = ["--title", "Former dehors", "--start", "jeudi 20 mai 2027 à 12 h 30"]
    assert new(site, "webinar", *arguments, "--lang", "fr") == 0
    said = capsys.readouterr().err
    text = (site.root / "webinars/former-dehors.md").read_text()
    assert text.startswith("---\ntitle: Former dehors\nstart: 2027-05-20 12:30\n")
    assert "https://petit.example/x/comptoirs/former-dehors/" in said
    assert "(2027-05-20 10:30–11:30 UTC)" in said
    assert "git add" in said


def test_nothing_is_overwritten(site: Site, capsys: Capture) -> None:
    site.write("webinars/Un.yml", "title: Là\nstart: 2026-12-03 12:30\n")
    before = files(site)
    arguments = ["--title", "Un", "--start", "2026-12-10 12:30"]
    assert new(site, "webinar", *arguments) == 2
    assert "« un »".replace(" ", "\u00a0") in capsys.readouterr().err
    assert files(site) == before
    assert new(site, "webinar", *arguments, "--file", "un-autre") == 0
    assert (site.root / "webinars/un-autre.md").exists()


@pytest.mark.regions
def test_a_dry_run_prints(site: Site, capsys: Capture) -> None:
    before = files(site)
    assert new(site, "place", "--name", "Là", "--territory", "Bretagne", "--dry-run") == 0
    told = capsys.readouterr()
    assert told.out.startswith("name: Là\nterritory: bretagne\n")
    assert told.err == "content/data/places/la.yml\n"
    assert files(site) == before


def test_without_a_terminal_and_answers(site: Site, capsys: Capture) -> None:
    assert new(site, "webinar", "--lang", "en") == 2
    assert "no terminal" in capsys.readouterr().err


HOSTILE = {
    "../../x": "x.md",
    "x" * 300: None,
    "😀😀": "comptoir-du-jeudi-2026-12-10.md",
    "مرحبا": "comptoir-du-jeudi-2026-12-10.md",
    "\u202eabc\u202c": "abc.md",
    "---": "comptoir-du-jeudi-2026-12-10.md",
    '"L\'art" : #1 & *x* !y %z @w `v` {u} [t] | >': "l-art-1-x-y-z-w-v-u-t.md",
    "un\ndeux\r\ntrois\u2028quatre": "un-deux-trois-quatre.md",
    "a\0b": None,
    "a\x85b": None,
    "\udcff": None,
    "   ": None,
    "null": "null.md",
    "README": "comptoir-du-jeudi-readme.md",
    "index": "comptoir-du-jeudi-index.md",
    "CON": "comptoir-du-jeudi-con.md",
    "a" * 150: f"{'a' * 100}.md",
}


@pytest.mark.parametrize("title", HOSTILE, ids=lambda title: ascii(title)[:20])
def test_hostile_titles(title: str, site: Site, capsys: Capture) -> None:
    config = FRENCH.replace("name: Comptoirs,", "name: Comptoirs, singular: Comptoir du jeudi,")
    site.write("mkdocs.yml", config)
    before = set(files(site))
    arguments = [f"--title={title}", "--start", "2026-12-10 12:30"]
    code = new(site, "webinar", *arguments)
    made = set(files(site)) - before - {one for one in files(site) if one.startswith(".cache")}
    name = HOSTILE[title]
    assert (code, made) == ((2, set()) if name is None else (0, {f"webinars/{name}"}))
    told = capsys.readouterr()
    assert "Traceback" not in told.err
    if name is None:
        assert re.match("--title[ \u00a0]?: ", told.err)
        assert told.err.count("title") == 1
    else:
        text = (site.root / "webinars" / name).read_text()
        source = split_source(text, name, Problems())
        assert source is not None
        assert source.document.data["title"] == " ".join(title.split())


@pytest.mark.regions
@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["webinar", "--start", "2026-12-10 12:30"], "title"),
        (["webinar", "--title", "T"], "start: 2026-12-03 12:30"),
        (["webinar", "--title", "T", "--start", "2026-12-11 12:30"], "vendredi"),
        (["webinar", "--title", "T", "--start", "2026-12-10 12:30", "--end", "11:00"], "11:00"),
        (["webinar", "--title", "T", "--start", "2026-12-10", "--themes", "x"], "themes/x.yml"),
        (["webinar", "--title", "T", "--start", "2026-12-10", "--file", "../x"], "--file"),
        (["webinar", "--title", "T", "--start", "2026-12-10", "--collection", "x"], "comptoirs"),
        (["meeting", "--title", "T", "--start", "2026-12-10"], "« meeting »"),
        (["session", "--title", "T", "--start", "2026-12-10"], "parcours new course"),
        (["territory", "--name", "T"], "territories: france"),
        (["person", "--name", "N", "--consent", "non"], "consent"),
        (["person", "--name", "N"], "consent"),
        (["post", "--title", "T"], "date"),
        (["trip", "--title", "T", "--start", "2027-05-20 9:00"], "end"),
        (["trip", "--title", "T", "--start", "2027-05-20", "--stops", "[{id: a}]"], "title"),
        (["trip", "--title", "T", "--start", "2027-05-20", "--stops", "a: b"], "--stops"),
        (["trip", "--title", "T", "--start", "2027-05-20", "--stops", "[["], "--stops"),
    ],
)
def test_what_is_refused_is_not_written(
    arguments: list[str], says: str, site: Site, capsys: Capture
) -> None:
    before = files(site)
    assert new(site, arguments[0], *arguments[1:], "--lang", "fr") == 2
    told = capsys.readouterr().err.replace("\u00a0", " ")
    assert says in told
    assert files(site) == before


@pytest.mark.parametrize("said", ["a@b.example", "06 12 34 56 78", "@atelier", "a [at] b point fr"])
@pytest.mark.parametrize(
    ("word", "arguments"),
    [
        ("need", ("--title", "--skills=accueil", "--opened=2026-11-20")),
        ("skill", ("--name",)),
        ("skill", ("--name=Accueil", "--description")),
    ],
)
def test_a_contact_is_refused_where_none_may_stand(
    word: str, arguments: tuple[str, ...], said: str, site: Site, capsys: Capture
) -> None:
    """What `check` would tell of the file at once is told before there is one."""
    site.write("content/data/skills/accueil.yml", "name: Accueil\n")
    before = files(site)
    key = next(one for one in arguments if "=" not in one)
    others = [one for one in arguments if one != key]
    assert new(site, word, *others, f"{key}={said}") == 2
    assert files(site) == before
    assert "ce texte" in capsys.readouterr().err


def test_an_unknown_key_is_no_option(site: Site, capsys: Capture) -> None:
    before = files(site)
    with pytest.raises(SystemExit) as stopped:
        new(site, "webinar", "--title=T", "--start=2026-12-10 12:30", "--stops=[]")
    assert stopped.value.code == 2
    assert "--stops" in capsys.readouterr().err
    assert files(site) == before


def test_stops_are_a_list_in_an_option(site: Site) -> None:
    stops = "[{id: a, title: 'A, b', day: 1, start: 9h}, {id: c, title: C}]"
    arguments = ["--title", "V", "--start", "2027-05-20", "--stops", stops]
    assert new(site, "trip", *arguments) == 0
    text = (site.root / "voyages/v.md").read_text()
    assert "stops:\n  - id: a\n    title: A, b\n    day: 1\n" in text


def test_a_site_that_declares_nothing_has_the_usual_folders(smallest: Site) -> None:
    assert new(smallest, "trip", "--title", "V", "--start", "2027-05-20") == 0
    assert new(smallest, "post", "--title", "P", "--date", "2026-11-20") == 0
    assert new(smallest, "territory", "--name", "Alentejo", "--timezone", "Europe/Lisbon") == 0
    assert (smallest.root / "voyages/v.md").exists()
    assert (smallest.root / "content/news/p.md").exists()


@pytest.mark.parametrize(
    "config",
    [
        "INHERIT: other.yml\n",
        "site_name: !ENV [NAME_OF_IT, Petit site]\ntheme: {name: material, language: fr}\n",
    ],
)
def test_what_only_the_engine_knows(config: str, site: Site) -> None:
    site.write("other.yml", FRENCH)
    rest = FRENCH.partition("theme:")[0].partition("site_url")
    whole = config if "INHERIT" in config else config + rest[1] + rest[2]
    site.write("mkdocs.yml", whole + ("" if "INHERIT" in config else PLUGINS))
    assert new(site, "trip", "--title", "V", "--start", "2027-05-20") == 0


PLUGINS = FRENCH[FRENCH.index("plugins:") :]


class ItemRecord(Record):
    """What one brings."""

    title: Line = Field(description="What it is.")


class WorkshopRecord(EventRecord):
    """A kind that a test adds."""

    level: Line | None = Field(None, description="For whom it is.")
    material: tuple[ItemRecord, ...] = Field((), description="What one brings.")


def test_a_kind_that_is_added_appears(
    smallest: Site, monkeypatch: pytest.MonkeyPatch, capsys: Capture
) -> None:
    kind = replace(
        MEETING,
        id="workshop",
        record=WorkshopRecord,
        folder="workshops",
        name="Workshops",
        singular="Workshop",
        addresses={"fr": "ateliers", "en": "workshops"},
    )
    monkeypatch.setitem(KINDS, "workshop", kind)
    arguments = ["--title", "W", "--start", "2027-05-20 12:30", "--level", "Tous"]
    assert new(smallest, "workshop", *arguments) == 0
    text = (smallest.root / "workshops/w.md").read_text()
    assert "level: Tous\n" in text
    assert '# material:\n#   - title: "…"\n' in text
    assert "/workshops/w/" in capsys.readouterr().err


@pytest.mark.parametrize("word", subjects())
def test_what_is_proposed_is_right(word: str, site: Site, capsys: Capture) -> None:
    """Each key of a comment is taken by the schema, once its « # » is gone."""
    subject = subjects()[word]
    told = {subject.titled_by: "Nom"}
    keys = [k for k in keys_of(subject.record) if k.shape != "group"]
    told |= {k.name: EXAMPLES[k.name] for k in keys if k.name in EXAMPLES}
    if word == "facilitator":
        told["organisation"] = "cfa"
        site.write("content/data/organisations/cfa.yml", "name: CFA\ncontact: cfa@cci.example\n")
    site.write("content/data/skills/animer.yml", "name: Animer\n")
    if word in ("session", "territory"):
        site.write("mkdocs.yml", FRENCH)
        assert new(site, "course", "--title", "Nom") == 0
        capsys.readouterr()
    options = [part for key, value in told.items() for part in (f"--{key}", value)]
    config = site.root / "mkdocs.yml"
    if subject.kind is MEETING:
        site.write("mkdocs.yml", config.read_text() + "        autres: {kind: meeting}\n")
    assert new(site, word, *options, "--dry-run") == 0
    text = capsys.readouterr().out
    if text.startswith("---\n"):
        text = text[4:].partition("\n---\n")[0] + "\n"
    open_lines = [line.removeprefix("# ") for line in text.splitlines()]
    assert len(open_lines) > 3
    source = split_source("\n".join(open_lines), "x.yml", problems := Problems())
    assert source is not None
    validate(subject.record, source.document, problems)
    assert {one.code for one in problems.sorted()} <= {"unfilled"}


EXAMPLES = {
    "start": "2026-12-10",
    "date": "2026-11-20",
    "consent": "accord écrit du 3 mars 2026",
    "consent.given": "2026-09-01",
    "consent.until": "2027-08-31",
    "opened": "2026-11-20",
    "skills": "animer",
}


AROUND = {
    "content/data/places/ici.yml": "name: Ici\nterritory: bretagne\n",
    "content/data/places/la-bas.yml": "name: Là-bas\nterritory: la-reunion\n",
    "content/data/organisations/cfa.yml": "name: CFA\nterritory: bretagne\n"
    "contact: https://cfa.example/contact\n",
    "content/data/skills/animer.yml": "name: Animer\n",
    "content/data/people/role.yml": "name: Formatrice\nconsent: rôle sans nom\n",
    "content/data/themes/theme.yml": "name: Thème\n",
    "content/mooc/cours/index.md": "---\ntitle: Cours\n---\n",
}
IDS = {"places": ["ici", "la-bas"], "organisations": ["cfa"], "people": ["role"]}
IDS |= {"skills": ["animer"]}
IDS |= {"themes": ["theme"], "territories": ["bretagne", "la-reunion"]}
MARKDOWN = {"description", "account", "directions", "notes"}
"""Keys whose text is rendered: what they may hold is another test's business."""

ELSEWHERE = {"src", "captions", "transcript", "audio", "slides", "start_here", "id", "aliases"}
ELSEWHERE |= {"latitude", "longitude", "timezone"} | {"repeat", "except", "also", "when"}
ELSEWHERE |= {"with", "since", "declined", "led_to", "withdrawn"}
"""Keys whose values must fit other files, or each other across them."""

plain = st.text("abcdefghij é,;.’", min_size=1, max_size=60)
titled = st.tuples(plain, texts).map(" ".join)
days = st.sampled_from(["2026-12-10", "2027-02-04", "2027-05-20"])
moments = st.one_of(days, days.map("{} 12:30".format), days.map("{} à 9 h".format))
BY_TYPE: Mapping[type, st.SearchStrategy[str]] = {
    Moment: moments,
    End: st.one_of(days, st.sampled_from(["14:00", "8h"])),
    bool: st.sampled_from(["oui", "non", "true"]),
}


def drawn(subject: Subject, key: Key) -> st.SearchStrategy[str]:
    """Answers that somebody may give to a key."""
    if key.refers:
        return st.sampled_from(IDS[key.refers])
    if key.choices and key.holds is not bool:
        return st.sampled_from(list(key.choices))
    if key.path[-1] in MARKDOWN:
        return plain
    if key.holds is not None and key.holds in BY_TYPE:
        return BY_TYPE[key.holds]
    samples = ["https://site.example/a?b=c#d", "12", "1h30", "52:10", "2027-02-04", "9:30"]
    samples += ["accord écrit du 3 mars 2026", "48.1", "accueil@cfa.example", "fr"]
    samples += ["2027-01..2027-03", "2"]
    fitting = [one for one in samples if refusal(subject.record, key.path, one, STYLE) is None]
    hostile = refusal(subject.record, key.path, "a: b #c", STYLE) is None
    return st.one_of(titled, texts) if hostile else st.sampled_from(fitting or ["1"])


STYLE = DAY_FIRST


@st.composite
def calls(draw: st.DrawFn, subject: Subject) -> list[str]:
    """Options that somebody may give: those that it needs, and some others."""
    keys = [k for k in keys_of(subject.record) if k.shape in ("text", "list")]
    keys = [k for k in keys if k.path[-1] not in ELSEWHERE]
    needed = {subject.titled_by, "start", "date", "consent"}
    others = draw(st.lists(st.sampled_from(keys), max_size=6, unique_by=lambda key: key.name))
    chosen = {k.name: k for k in keys if k.required or k.name in needed} | {
        k.name: k for k in others
    }
    told = {name: draw(drawn(subject, key)) for name, key in chosen.items() if len(key.path) < 3}
    return [f"--{name.replace('_', '-')}={value}" for name, value in told.items()]


@pytest.mark.large
@settings(max_examples=4, phases=[Phase.generate])
@given(st.data())
def test_what_is_written_passes(data: st.DataObject) -> None:
    """Of every kind and entity: random answers are refused, or what they make passes."""
    with tempfile.TemporaryDirectory() as folder:
        site = Site(Path(folder).resolve())
        declared = "        autres: {kind: meeting}\n"
        site.write("mkdocs.yml", REGIONS + declared)
        site.write("content/index.md", "# Accueil\n")
        for name, text in AROUND.items():
            site.write(name, text)
        for one in ("webinars", "voyages", "autres", "content/actualites"):
            (site.root / one).mkdir()
        there = _open(site.root / "mkdocs.yml", Surroundings(now=datetime.fromisoformat(NOW)))
        for subject in subjects().values():
            for number in range(2):
                given_options = data.draw(calls(subject))
                words = ["new", subject.word, f"--file=n-{number}", *given_options]
                options = parser(translator("fr"), words).parse_args(words)
                with contextlib.suppress(Refused):
                    _fill(there, options, translator("fr"))
        place(there.facts.root, there.drafts)
        assert site.run("check") == 0


LIGHT = """
import json, sys
from parcours.cli import main
try:
    main(sys.argv[1:])
except SystemExit:
    pass
print(json.dumps(sorted(sys.modules)), file=sys.__stdout__)
"""
ENGINE = {"mkdocs", "jinja2", "lxml", "icalendar", "PIL", "markdown_it", "selectolax", "nh3"}
DATES = {"babel", "pytz"}


def loaded(*arguments: str, folder: Path = ROOT) -> set[str]:
    """The packages and rooms that a call loads."""
    command = [sys.executable, "-c", LIGHT, *arguments]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=True)
    names = json.loads(done.stdout.splitlines()[-1])
    return {name for name in names if "." not in name} | {
        name.removeprefix("parcours.") for name in names if name.startswith("parcours.")
    }


@pytest.mark.large
@pytest.mark.parametrize("arguments", [["--help"], ["--version"], ["check", "--help"]])
def test_help_loads_next_to_nothing(arguments: list[str]) -> None:
    found = loaded(*arguments)
    assert not found & {*ENGINE, *DATES, "pydantic", "yaml", "prompt_toolkit", "shtab"}
    assert not found & {"model.schema", "model.community", "sources.settings"}


@pytest.mark.large
def test_new_waits_for_no_engine() -> None:
    """Of the flagship, whose configuration is read as it is."""
    options = ["--title", "T", "--start", "2027-05-20 12:30", "--dry-run"]
    found = loaded("new", "webinar", *options)
    assert "model.schema" in found
    # What reads history and folders of data, and what explains a mistake, is waited for by nobody.
    assert not found & {"sources.history", "sources.entities", "sources.mistakes", "reading"}
    assert not found & {*ENGINE, *DATES, "prompt_toolkit", "shtab", "engine.plugin", "pages"}
    found = loaded("new", "webinar", "--help")
    assert not found & {*ENGINE, *DATES, "prompt_toolkit", "shtab", "model.community"}


def test_the_keys_that_are_left_out_show_what_could_stand_there(
    site: Site, capsys: Capture
) -> None:
    options = ["--title", "T", "--start", "2027-05-20", "--end", "2027-05-21", "--dry-run"]
    assert new(site, "trip", *options) == 0
    said = capsys.readouterr().out
    for key, example in (
        ("src", "dehors.jpg"),
        ("online", "https://visio.example/dehors"),
        ("video", "https://video.example/dehors"),
        ("captions", "dehors.vtt"),
        ("transcript", "dehors.txt"),
        ("audio", "dehors.mp3"),
        ("slides", "dehors.pdf"),
    ):
        assert re.search(rf"^# *{key}: {re.escape(example)}$", said, re.MULTILINE), key

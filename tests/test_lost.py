"""Nothing is lost in silence: what may be content is read or told."""

from __future__ import annotations

import json
import os
import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from parcours.engine.environment import surroundings
from parcours.engine.opening import open_config, site_settings
from parcours.problems import Problems
from parcours.sources import stray
from parcours.sources.stray import tell_stray
from parcours.sources.suffixes import meant_name
from parcours.sources.transcripts import read_captions
from parcours.sources.walk import nearest_files

from .conftest import Site
from .effort import at_most

Lines = Callable[[], list[str]]
OK = "title: Un\nstart: 2026-12-03 12:30\n"


def page(front: str = OK, body: str = "Texte.\n") -> str:
    return f"---\n{front}---\n{body}"


def told(found: list[str]) -> list[str]:
    """The places and codes of problem lines."""
    return [line.split("]")[0] + "]" for line in found if "git-missing" not in line]


STRAY = [
    # name, place and code, a part of the mend
    ("webinars/x.md.txt", "error[unread-file]", "« x.md »"),
    ("webinars/x.yml.txt", "error[unread-file]", "« x.yml »"),
    ("webinars/x.markdown", "error[unread-file]", "« x.md »"),
    ("webinars/x.MKD", "error[unread-file]", "« x.md »"),
    ("webinars/x.docx", "error[unread-file]", "« x.md »"),
    ("webinars/x.odt", "error[unread-file]", "« x.md »"),
    ("webinars/x.csv", "error[unread-file]", "« x.md »"),
    ("webinars/x.txt", "error[unread-file]", "« x.md »"),
    ("webinars/x.html", "error[unread-file]", "« x.md »"),
    ("webinars/x.json", "error[unread-file]", "« x.md »"),
    ("webinars/x.pages", "error[unread-file]", "« x.md »"),
    ("webinars/x.url", "error[unread-file]", "« x.md »"),
    ("webinars/x", "error[unread-file]", "« x.md »"),
    ("webinars/2026/x.docx", "error[unread-file]", "« x.md »"),
    ("voyages/x.md.txt", "error[unread-file]", "« x.md »"),
    ("content/mooc/c/s1.md.txt", "error[unread-file]", "« s1.md »"),
    ("content/actualites/x.docx", "error[unread-file]", "« x.md »"),
    ("webinars/un/x.md.txt", "error[unread-file]", "« x.md »"),
    ("webinars/un/autre.md", "error[unread-file]", "« autre/index.md »"),
    ("webinars/un/photo.png", "warning[unnamed-file]", "supprimez"),
    ("webinars/un/document.docx", "warning[unnamed-file]", "supprimez"),
    ("webinars/photo.jpg", "warning[unnamed-file]", "supprimez"),
    ("webinars/un/sous-titres.srt", "warning[captions-srt]", "WEBVTT"),
    ("webinars/x.md~", "warning[leftover-file]", "supprimez"),
    ("webinars/x.md.bak", "warning[leftover-file]", "supprimez"),
    ("webinars/cle.pem", "error[secret-file]", "remplacez"),
    ("content/data/people/marie.md", "error[unread-data]", "« marie.yml »"),
    ("content/data/people/marie.yml.txt", "error[unread-data]", "« marie.yml »"),
    ("content/data/places/lieux.csv", "error[unread-data]", "« lieux.yml »"),
    ("content/data/people/marie.jpg", "warning[unnamed-file]", "supprimez"),
    ("content/data/people/marie.yml.orig", "warning[leftover-file]", "supprimez"),
    ("content/data/marie.yml", "error[unplaced-data]", "content/data/people/"),
    ("content/data/accesibility.yml", "error[unplaced-data]", "« accessibility.yml »"),
    ("content/x.md~", "warning[leftover-file]", "supprimez"),
    ("content/x.bak", "warning[leftover-file]", "supprimez"),
    ("content/x.md.orig", "warning[leftover-file]", "supprimez"),
    ("content/x.swp", "warning[leftover-file]", "supprimez"),
    ("content/Thumbs.db", "warning[leftover-file]", "supprimez"),
    ("content/~$x.docx", "warning[leftover-file]", "supprimez"),
    ("content/x.key", "error[secret-file]", "remplacez"),
    ("content/x.pem", "error[secret-file]", "remplacez"),
    ("content/prod.env", "error[secret-file]", "remplacez"),
    ("content/id_ed25519", "error[secret-file]", "remplacez"),
    ("content/x.yml", "error[data-in-pages]", ".md"),
    ("content/x.md.txt", "error[page-suffix]", "« x.md »"),
]


@pytest.mark.parametrize(("name", "start", "part"), STRAY, ids=[one[0] for one in STRAY])
def test_a_file_that_nothing_reads_is_told(
    site: Site, capsys: pytest.CaptureFixture[str], name: str, start: str, part: str
) -> None:
    site.write("webinars/un/index.md", page())
    site.write("content/mooc/c/index.md", "---\ntitle: C\n---\n")
    site.write("content/actualites/index.md", "# Actualités\n")
    inside = name.startswith("webinars/un/") and not name.endswith((".md", ".md.txt"))
    binary = inside or name.endswith(".jpg")
    told_by = page("name: Marie\n") if name.startswith("content/data/") else page()
    site.write(name, b"\0" if binary else told_by)
    code = 1 if start.startswith("error") else 0
    assert site.run("check", str(site.root / name)) == code
    out, err = capsys.readouterr()
    assert told(out.splitlines()) == [f"{name}:1:1: {start}"]
    assert part in out
    assert "aucune erreur" not in err


@pytest.mark.large
@pytest.mark.parametrize(
    "name", ["x.md~", "x.bak", "Thumbs.db", "desktop.ini", ".x.md.swp", ".env"]
)
def test_a_leftover_is_not_published(site: Site, name: str) -> None:
    site.write(f"content/{name}", "x")
    site.write("content/.DS_Store", "x")
    out = site.build()
    assert not [path for path in out.rglob("*") if path.name in {name, ".DS_Store"}]


HIDDEN = [".well-known/security.txt", ".nojekyll", ".domains", ".htaccess", ".notes/x.txt"]
LEFT = [".DS_Store", ".gitkeep", ".x.md.swp", ".x.md", ".obsidian/app.json", ".env", "a/.nojekyll"]


@pytest.mark.large
def test_hidden_files_that_are_meant_are_published(site: Site) -> None:
    for name in (*HIDDEN, *LEFT):
        site.write(f"content/{name}", "x")
    out = site.build()
    there = [name for name in (*HIDDEN, *LEFT) if (out / name).is_file()]
    assert there == HIDDEN[:3]
    config = site.root / "mkdocs.yml"
    config.write_text(f'{config.read_text()}exclude_docs: "!.htaccess\\n!.notes\\n.domains"\n')
    out = site.build()
    there = [name for name in (*HIDDEN, *LEFT) if (out / name).is_file()]
    assert there == [".well-known/security.txt", ".nojekyll", ".htaccess", ".notes/x.txt"]


@pytest.mark.parametrize(
    ("excluded", "told_of"),
    [
        ("", ["content/.htaccess:1:1: warning[hidden-file]"]),
        ("!.htaccess", []),
        ("!.*", ["content/.env:1:1: error[secret-file]"]),
    ],
)
def test_hidden_files_are_told_where_a_server_would_read_them(
    site: Site, lines: Lines, excluded: str, told_of: list[str]
) -> None:
    names = [*HIDDEN, *([".env"] if excluded == "!.*" else LEFT)]
    for name in names:
        site.write(f"content/{name}", "x")
    config = site.root / "mkdocs.yml"
    config.write_text(f'{config.read_text()}exclude_docs: "{excluded}"\n')
    assert site.run("check") == any("error" in one for one in told_of)
    assert told(lines()) == told_of


def test_a_hidden_file_that_could_run_is_not_published(site: Site, lines: Lines) -> None:
    site.write("content/.well-known/x.html", "x")
    assert site.run("check") == 1
    assert told(lines()) == ["content/.well-known/x.html:1:1: error[active-file]"]


@pytest.mark.parametrize(
    "mention",
    [
        "[support](support.docx)",
        "[support](<support.docx>)",
        "[a]: support.docx\n",
        '<a href="./support.docx">a</a>',
    ],
)
def test_a_file_that_a_source_names_is_not_told(site: Site, lines: Lines, mention: str) -> None:
    site.write("webinars/un.md", page(body=f"{mention}\n"))
    site.write(
        "webinars/deux.md", page(OK.replace("Un", "Deux") + "draft: true\n", "![a](é%20b.png)")
    )
    site.write("webinars/support.docx", "x")
    site.write("webinars/é b.png", "x")
    assert site.run("check") == 0
    assert told(lines()) == []


def test_a_file_that_a_page_takes_in_is_not_told(site: Site, lines: Lines) -> None:
    site.write("webinars/note.txt", "Texte.\n")
    site.write("content/p.md", '# P\n\n--8<-- "webinars/note.txt"\n')
    assert site.run("check") == 0
    assert told(lines()) == []


def test_names_that_are_set_aside_are_not_told(
    site: Site, lines: Lines, capsys: pytest.CaptureFixture[str]
) -> None:
    names = ["_x.docx", "README.txt", ".x.md.swp", "_vieux/x.md.txt", ".cache/x.csv"]
    for name in names:
        site.write(f"webinars/{name}", page())
        site.write(f"content/data/people/{name}", page())
    assert site.run("check") == 0
    assert told(lines()) == []
    capsys.readouterr()
    assert site.run("check", str(site.root / "webinars/_x.docx")) == 2
    said = capsys.readouterr().err
    assert "aucune erreur" not in said
    assert "_x.docx » n’est pas une source" in said


ASIDE = ["archives", "archives/2023", "archives/2023/a.docx", "webinars/_vieux", "content/.cachés"]


@pytest.mark.parametrize("wrong", ["", "error", "warning"])
@pytest.mark.parametrize("name", ASIDE)
def test_what_is_named_and_no_source_is_always_told(
    site: Site, capsys: pytest.CaptureFixture[str], name: str, wrong: str
) -> None:
    site.write("webinars/un.md", page())
    for one in ("archives/2023/a.docx", "webinars/_vieux/x.md", "content/.cachés/x.md"):
        site.write(one, "x")
    if wrong:
        site.write("webinars/x.docx" if wrong == "error" else "content/Thumbs.db", "x")
    assert site.run("check", str(site.root / name)) == 2
    said = capsys.readouterr().err
    assert f"{name} » n’est pas une source" in said
    assert "erreur" not in said
    assert site.run("check", str(site.root / "webinars/un.md"), str(site.root / name)) == 2
    assert f"{name} » n’est pas une source" in capsys.readouterr().err
    assert site.run("check", "--json", str(site.root / name)) == 2
    assert json.loads(capsys.readouterr().out)["aside"] == [str(site.root / name)]


@pytest.mark.parametrize("name", [".", "content", "content/data", "webinars", "webinars/2026"])
def test_a_folder_that_is_read_is_not_set_aside(site: Site, name: str) -> None:
    site.write("webinars/2026/un.md", page())
    site.write("content/data/people/marie.yml", "name: Marie\nconsent: accord du 3 mars 2026\n")
    assert site.run("check", str(site.root / name)) == 0


def test_what_is_checked_is_counted(site: Site, capsys: pytest.CaptureFixture[str]) -> None:
    for name in ("un", "deux"):
        site.write(f"webinars/{name}.md", page())
    assert site.run("check", str(site.root / "webinars/un.md")) == 0
    assert "1 rencontre vérifiée : aucune erreur" in capsys.readouterr().err


ELSEWHERE = [
    ("content/rencontre.md", page(), "3:1: error[dated-page]"),
    (
        "content/dossier/rencontre.md",
        page("title: Un\nundated: future\n"),
        "3:1: error[dated-page]",
    ),
    ("rencontre.md", page(), "3:1: error[dated-page]"),
    ("rencontre.yml", OK, "2:1: error[dated-page]"),
    ("rencontre.md.txt", page(), "3:1: error[dated-page]"),
    ("ateliers/rencontre.md", page(), "3:1: error[dated-page]"),
    ("rencontres/2026/a.md", page(), "3:1: error[dated-page]"),
    ("archives/vieux/2023/a.md.txt", page(), "3:1: error[dated-page]"),
    ("archives/vieux/2023/a.yml", OK, "2:1: error[dated-page]"),
    ("courses/m/index.md", page("title: M\nstart: 2026-12-10\n"), "3:1: error[dated-page]"),
    ("content-2/x/y/z/a/b/c.md", page(), "3:1: error[dated-page]"),
]


@pytest.mark.parametrize(("name", "text", "start"), ELSEWHERE, ids=[one[0] for one in ELSEWHERE])
def test_a_meeting_outside_the_collections_is_told(
    site: Site, lines: Lines, name: str, text: str, start: str
) -> None:
    site.write(name, text)
    assert site.run("check") == 1
    (line,) = [line for line in lines() if "git-missing" not in line]
    assert line.startswith(f"{name}:{start}")
    assert "content/mooc/" in line if "courses" in name else "webinars" in line


KINDS_UNREAD = [
    ("trips/t/index.md", "title: T\nstart: 2026-12-10\nend: 2026-12-12\n", "to voyages/,"),
    ("courses/m/s1.md", OK, "to content/mooc/,"),
    ("archives/a.md", OK, "to webinars/,"),
]


@pytest.mark.parametrize(("name", "front", "part"), KINDS_UNREAD)
def test_where_a_kind_would_be_read_is_told(
    smallest: Site, lines: Lines, name: str, front: str, part: str
) -> None:
    smallest.write("webinars/un.md", page())
    smallest.write(name, page(front))
    assert smallest.run("check") == 1
    (line,) = [line for line in lines() if "dated-page" in line]
    assert line.startswith(f"{name}:3:1: error[dated-page]")
    assert part in line


FOLDERS = [
    ("data/people/marie.yml", "name: Marie\n", "data", "content/data"),
    ("Webinars/un.md", page(), "Webinars", "webinars"),
    ("webinar/un.md", page(), "webinar", "webinars"),
    ("webinaires/2026/un.md", page(), "webinaires", "webinars"),
    ("voyage/un.yml", OK, "voyage", "voyages"),
    ("content/data/People/marie.yml", "name: Marie\n", "content/data/People", "people"),
    ("people/q.yml", "name: Q\n", "people", "content/data/people"),
    ("Places/x.yml", "name: X\n", "Places", "content/data/places"),
]


@pytest.mark.parametrize(
    ("name", "text", "folder", "meant"), FOLDERS, ids=[one[0] for one in FOLDERS]
)
def test_a_folder_beside_the_right_one_is_told(
    site: Site, lines: Lines, name: str, text: str, folder: str, meant: str
) -> None:
    site.write(name, text)
    assert site.run("check") == 1
    (line,) = [line for line in lines() if "git-missing" not in line]
    assert line.startswith(f"{folder}:1:1: error[unknown-folder]")
    assert f"« {meant} »" in line


NOT_OURS = [
    ".github/x.md",
    ".venv/lib/x.md",
    "env/lib/x.md",
    "node_modules/paquet/x.md",
    ".cache/x.md",
    ".cachés/x.md",
    "_brouillons/2026/x.md",
    "autre-site/webinars/x.md",
    "dossier/sorti/x.md",
]
"""With a date, but nobody means it for this site."""


def test_what_is_no_part_of_the_site_is_not_told(site: Site, lines: Lines) -> None:
    for name in NOT_OURS:
        site.write(name, page())
    site.write("env/pyvenv.cfg", "")
    site.write("autre-site/mkdocs.yml", "site_name: Autre\n")
    site.write("dossier/sorti/.parcours", "built\n")
    site.write("docs/guide/a.md", "---\ntitle: Démarrer\ndate: 2026-01-02\n---\n\nstart: là\n")
    site.write("docs/guide/b.md", "# Start\n\nstart: là\n")
    site.write("conf/envs/test.yml", "name: essai\nchannels: [a]\n")
    site.write("conf/champs/dates.yml", "start:\n  fr: Début\ntitle:\n  fr: Titre\n")
    site.write("conf/service.yml", "start: npm run serve\nstop: kill\n")
    site.write("people/q.md", "# Nous\n")
    site.write("places.csv/x.txt", "x")
    site.write("_rencontres.csv", "a;b\n")
    site.write("releves.csv", "a;b\n")
    assert site.run("check") == 0
    assert told(lines()) == []


def test_the_nearest_files_are_looked_at_first(tmp_path: Path) -> None:
    for name in ("a/b/c/loin.md", "a/pres.md", "z/pres.md", "ici.md"):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("x")
    every = nearest_files(tmp_path, (), "mkdocs.yml", 100)
    found = ["ici.md", "a/pres.md", "z/pres.md", "a/b/c/loin.md"]
    assert [path.relative_to(tmp_path).as_posix() for path in every] == found
    assert len(list(nearest_files(tmp_path, (), "mkdocs.yml", 6))) == 3


@pytest.mark.parametrize(("limit", "is_told"), [(2, True), (4, False)])
def test_where_nobody_looks_any_more_is_told(
    site: Site, lines: Lines, monkeypatch: pytest.MonkeyPatch, limit: int, is_told: bool
) -> None:
    shutil.rmtree(site.root / ".git", ignore_errors=True)
    top = len([path for path in site.root.iterdir() if path.name != "photos"])
    monkeypatch.setattr(stray, "MOST_ELSEWHERE", top + limit)
    for name in ("a", "b"):
        site.write(f"photos/2026/{name}.jpg", "x")
    assert site.run("check") == 0
    assert told(lines()) == ["photos/2026:1:1: warning[unseen-files]"] * is_told


@pytest.mark.parametrize("name", ["rencontres.csv", "Comptoirs 2026.xlsx", "people.ods"])
def test_a_table_at_the_root_is_told(site: Site, lines: Lines, name: str) -> None:
    site.write("webinars/un.md", page())
    site.write(name, "titre;date\n")
    assert site.run("check") == 0
    (line,) = [line for line in lines() if "git-missing" not in line]
    assert line.startswith(f"{name}:1:1: warning[unread-file]")
    folder = "content/data/people" if name == "people.ods" else "webinars"
    assert f" {folder}/" in line


def test_a_folder_in_capitals_within_the_pages_is_told(site: Site, lines: Lines) -> None:
    site.write("content/Mooc/c/index.md", "---\ntitle: C\n---\n")
    assert site.run("check") == 1
    assert told(lines()) == ["content/Mooc:1:1: error[unknown-folder]"]


@pytest.mark.parametrize("name", ["webinars/2026", "content/dossier", "content/data/people/eux"])
def test_a_folder_that_is_a_link_is_told(site: Site, lines: Lines, name: str) -> None:
    site.write("_ailleurs/un.md", page())
    path = site.root / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.symlink_to(site.root / "_ailleurs")
    assert site.run("check") == 1
    assert told(lines()) == [f"{name}:1:1: error[linked-folder]"]


NOWHERE = [
    # name of a link, where it leads
    ("voyages/x", "nope"),
    ("voyages/x.docx", "nope"),
    ("voyages/x.md", "nope"),
    ("webinars/2026/x", "x"),
    ("content/mooc/c", "nope"),
    ("content/actualites/x", "nope"),
    ("content/data/places", "places"),
    ("content/data/places", "nope"),
    ("content/data/lieux", "nope"),
    ("content/data/accessibility.yml", "nope"),
    ("content/data/people/x", "nope"),
    ("content/data/people/x.yml", "x.yml"),
    ("content/data", "nope"),
    ("content/dossier", "nope"),
    ("content/dossier/x.md", "nope"),
    ("voyage", "nope"),
    ("data", "data"),
    ("people", "nope"),
    ("rencontre.md", "nope"),
]


@pytest.mark.parametrize(("name", "target"), NOWHERE)
def test_a_link_that_leads_nowhere_is_told(
    site: Site, lines: Lines, name: str, target: str
) -> None:
    site.write("voyages/un.md", page(TRIP))
    site.write("content/actualites/index.md", "# Actualités\n")
    path = site.root / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.symlink_to(target)
    assert site.run("check") == 1
    assert told(lines()) == [f"{name}:1:1: error[unreadable-file]"]


@pytest.mark.parametrize("name", ["webinars", "voyages", "content/mooc"])
def test_a_folder_of_meetings_that_leads_nowhere_is_told(
    site: Site, lines: Lines, name: str
) -> None:
    (site.root / name).rmdir()
    (site.root / name).symlink_to("nope")
    assert site.run("check") == 1
    assert f"{name}:1:1: error[unreadable-file]" in told(lines())


def test_a_link_that_nobody_means_as_content_is_not_told(site: Site, lines: Lines) -> None:
    for name in ("venv", "outils/x", "webinars/_x", "webinars/.#x.md"):
        path = site.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.symlink_to("nope")
    assert site.run("check") == 0
    assert told(lines()) == []


def test_what_cannot_be_opened_neither_hangs_nor_fails(site: Site, lines: Lines) -> None:
    site.write("webinars/un.md", page())
    (site.root / "webinars/lien.docx").symlink_to(site.root / "absent")
    os.mkfifo(site.root / "webinars/tube.docx")
    os.mkfifo(site.root / "tube.md")
    (site.root / "fermé").mkdir(mode=0)
    site.write("webinars/secret.docx", "x").chmod(0)
    assert site.run("check", str(site.root / "webinars/un.md")) == 0
    assert told(lines()) == []


PAST = "title: Un\nstart: 2026-11-05 12:30\n"
TRIP = "title: V\nstart: 2027-05-18\nend: 2027-05-19\n"
UNLIKE = [
    # name, source, place and code, a part of the sentence
    (
        "voyages/v.md",
        TRIP + "stops:\n- {id: a, title: A, day: 1}\n- {id: b, title: B, start: 9h}\n",
        "7:28: warning[stop-without-day]",
        "« b »",
    ),
    (
        "voyages/v.md",
        TRIP + "stops:\n- {id: b, title: B, end: 9h}\n",
        "6:26: warning[stop-without-day]",
        "2 jours",
    ),
    (
        "webinars/un.md",
        PAST + 'replay: {chapters: [{at: "0:10", title: A}]}\n',
        "4:20: warning[idle-chapters]",
        "video",
    ),
    ("webinars/un.md", "title: Un\nstart: 2072-12-01 12:30\n", "3:8: warning[far-date]", "2072"),
    ("webinars/un.md", "title: Un\nstart: 1996-12-05 12:30\n", "3:8: warning[far-date]", "1996"),
    ("voyages/v.md", "title: V\nstart: 2062-05-18\n", "3:8: warning[far-date]", "2062"),
    ("content/mooc/c/index.md", "title: C\nend: 2072-01-01\n", "3:6: warning[far-date]", "2072"),
    ("content/actualites/p.md", "title: P\ndate: 1984-01-01\n", "3:7: warning[far-date]", "1984"),
]


@pytest.mark.parametrize(
    ("name", "front", "start", "part"), UNLIKE, ids=[one[2].split("[")[1] for one in UNLIKE]
)
def test_what_is_hardly_meant_is_told(
    site: Site, lines: Lines, name: str, front: str, start: str, part: str
) -> None:
    site.write("content/mooc/c/index.md", "---\ntitle: C\n---\n")
    site.write(name, page(front))
    assert site.run("check") == 0
    (line,) = [line for line in lines() if "git-missing" not in line]
    assert line.startswith(f"{name}:{start}")
    assert part in line


def test_a_session_that_somebody_runs_is_not_told(site: Site, lines: Lines) -> None:
    site.write("content/data/organisations/cci.yml", "name: CCI\n")
    site.write("content/mooc/c/index.md", "---\ntitle: C\nhosts: [cci]\n---\n")
    site.write("content/mooc/c/s.md", page(OK + "state: confirmed\n"))
    site.write("content/mooc/d/index.md", "---\ntitle: D\n---\n")
    site.write("content/mooc/d/s.md", page(OK + "state: confirmed\nhosts: [cci]\n"))
    site.write("content/mooc/d/t.md", page(OK))
    site.write(
        "voyages/v.md",
        page("title: V\nstart: 2027-05-18 9h\nend: 18h\nstops:\n- {id: a, title: A, start: 9h}\n"),
    )
    assert site.run("check") == 0
    assert told(lines()) == []


PLACES = [
    # more of the place, degrees north and east, what is proposed
    ("", 4.83, 45.76, "latitude: 45.76 » et « longitude: 4.83"),
    ("territory: bretagne\n", -4.49, 48.39, "latitude: 48.39 » et « longitude: -4.49"),
    ("territory: la-reunion\n", 55.45, -20.88, "latitude: -20.88 » et « longitude: 55.45"),
    ("territory: la-reunion\n", 20.88, 55.45, "latitude: -20.88 » et « longitude: 55.45"),
    ("territory: guadeloupe\n", 16.24, 61.53, "latitude: 16.24 » et « longitude: -61.53"),
    ("timezone: America/Toronto\n", -79.4, 43.7, "latitude: 43.7 » et « longitude: -79.4"),
    ("", 55.45, -20.88, "latitude: -20.88 » et « longitude: 55.45"),
    ("", -61.53, 16.24, "latitude: 16.24 » et « longitude: -61.53"),
    ("", -61.07, 14.6, "latitude: 14.6 » et « longitude: -61.07"),
    ("", -54.03, 5.5, "latitude: 5.5 » et « longitude: -54.03"),
    ("", 45.23, -12.78, "latitude: -12.78 » et « longitude: 45.23"),
    ("", 45.76, 4.83, ""),
    ("", -20.88, 55.45, ""),
    ("", -22.27, 166.45, ""),
    ("", 43.36, -8.41, ""),
    ("", 41.39, 2.17, ""),
    ("", 35.68, 139.69, ""),
    ("territory: la-reunion\n", -20.88, 55.45, ""),
    ("territory: corse\n", 41.92, 8.74, ""),
    ("timezone: America/New_York\n", 25.8, -80.2, ""),
    ("timezone: Africa/Nairobi\n", -1.29, 36.82, ""),
    ("timezone: UTC\n", 1.0, 50.0, ""),
]


@pytest.mark.regions
@pytest.mark.parametrize(("more", "north", "east", "right"), PLACES)
def test_coordinates_that_are_swapped_are_told(
    site: Site, lines: Lines, more: str, north: float, east: float, right: str
) -> None:
    text = f"name: Lieu\nlatitude: {north}\nlongitude: {east}\n{more}"
    site.write("content/data/places/l.yml", text)
    assert site.run("check") == 0
    found = [line for line in lines() if "git-missing" not in line]
    assert len(found) == bool(right), found
    for line in found:
        assert line.startswith("content/data/places/l.yml:2:11: warning[far-place]")
        assert right in line


@pytest.mark.parametrize(
    ("consent", "bare"),
    [
        *((one, True) for one in ("oui", "Yes.", "OK pour moi", "d’accord", "J’accepte", "x")),
        *((one, False) for one in ("accord écrit du 3 mars 2026", "rôle sans nom", "by e-mail")),
    ],
)
def test_a_consent_says_how_and_when(site: Site, lines: Lines, consent: str, bare: bool) -> None:
    site.write("content/data/people/p.yml", f"name: Formatrice\nconsent: {consent}\n")
    assert site.run("check") == 0
    start = "content/data/people/p.yml:2:10: warning[bare-consent]"
    assert told(lines()) == [start] * bare


FIRST = "00:01.000 --> 00:02.000\nUn\n"
BARE, SILENT = "00:00.000 --> 00:01.000\n", "warning[captions-silent"
CAPTIONS = [
    # name, text, places and codes
    ("right", f"WEBVTT\n\n{FIRST}", []),
    ("metadata", f"WEBVTT - fr\nKind: captions\nLanguage: fr\n\n{FIRST}", []),
    ("names and remarks", f"WEBVTT\n\nNOTE a\nb\n\nSTYLE\n::cue {{}}\n\n1\n{FIRST}\n", []),
    ("times below the header", f"WEBVTT\n{FIRST}", []),
    ("a line after", "WEBVTT\n\n00:01.000 --> 00:02.000\n\nUn\n", ["5:error[captions-stray"]),
    ("no text", f"WEBVTT\n\n{BARE}\n{FIRST}", [f"3:{SILENT}"]),
    ("no text before a remark", f"WEBVTT\n\n{BARE}\nNOTE a\n", [f"3:{SILENT}"]),
    ("spaces alone", f"WEBVTT\n\n1\n{BARE} \n", [f"4:{SILENT}"]),
    ("marks alone", f"WEBVTT\n\n{BARE}<v Léa></v>\n", [f"3:{SILENT}"]),
    ("times upon times", f"WEBVTT\n\n{BARE}{FIRST}", [f"3:{SILENT}"]),
    ("nothing but times", f"WEBVTT\n\n{BARE}", [f"3:{SILENT}"]),
    ("an empty line in a caption", f"WEBVTT\n\n{FIRST}\nDeux\n", ["6:error[captions-stray"]),
    ("text below the header", f"WEBVTT\nBonjour\n\n{FIRST}", ["2:error[captions-stray"]),
    ("two lines before the times", f"WEBVTT\n\na\nb\n{FIRST}", ["3:error[captions-stray"]),
    ("back", f"WEBVTT\n\n00:05.000 --> 00:06.000\nA\n\n{FIRST}", ["6:warning[captions-backwards"]),
    ("end first", "WEBVTT\n\n00:05.000 --> 00:04.000\nA\n", ["3:error[captions-order"]),
    ("no header", FIRST, ["1:error[captions-header"]),
    ("commas", "WEBVTT\n\n00:00:01,000 --> 00:00:02,000\nA\n", ["3:error[captions-time"]),
    ("SubRip", "1\n00:00:01,000 --> 00:00:02,000\nA\n\n2\n", ["1:error[captions-srt"]),
]  # fmt: skip


@pytest.mark.parametrize(("name", "text", "places"), CAPTIONS, ids=[one[0] for one in CAPTIONS])
def test_captions_that_browsers_pass_over_are_told(
    site: Site, lines: Lines, name: str, text: str, places: list[str]
) -> None:
    replay = "replay: {video: https://v.example/a, captions: a.vtt}\n"
    site.write("webinars/un.md", page(PAST + replay))
    site.write("webinars/a.vtt", text)
    assert site.run("check") == int(any("error" in one for one in places))
    found = [one.replace(":1: ", ":") for one in told(lines())]
    assert found == [f"webinars/a.vtt:{one}]" for one in places]


def test_captions_that_run_backwards_are_read_as_browsers_show_them(site: Site) -> None:
    site.write("a.vtt", f"WEBVTT\n\n00:05.000 --> 00:06.000\nDeux\n\n{FIRST}")
    spoken = read_captions(site.root, "a.vtt", Problems())
    assert spoken is not None
    assert spoken.text.split() == ["Un", "Deux"]


@pytest.mark.parametrize("key", ["captions", "transcript"])
def test_subrip_is_told_with_how_to_convert_it(site: Site, lines: Lines, key: str) -> None:
    site.write(
        "webinars/un.md", page(PAST + f"replay: {{video: https://v.example/, {key}: a.srt}}\n")
    )
    site.write("webinars/a.srt", "1\n00:00:01,000 --> 00:00:02,000\nA\n")
    assert site.run("check") == 1
    (line,) = [line for line in lines() if "git-missing" not in line]
    assert "un.md:4:" in line
    assert "error[captions-srt]" in line
    assert "WEBVTT" in line


HEAD = "---\ntitle: Deux\nthemes:\n  - a\n---\n"
HEADS = [
    # name, file, text, the line
    ("at once", "webinars/un.md", page(body=HEAD + "Texte.\n"), 5),
    ("after an empty line", "webinars/un.md", page(body="\n" + HEAD), 6),
    ("of a site elsewhere", "webinars/un.md", page(body="+++\ndraft = true\n+++\n"), 5),
    ("of two joined files", "webinars/un.md", page(body="Texte.\n\n" + page()), 7),
    ("of a page", "content/p.md", page("title: P\n", HEAD), 4),
    ("below an empty line", "content/p.md", "\n" + HEAD, 2),
    ("below a comment", "content/p.md", "<!-- a -->\n" + HEAD, 2),
    ("of a post", "content/actualites/p.md", page("title: P\ndate: 2026-01-01\n", HEAD), 5),
    ("rules", "content/p.md", "# P\n\n---\n\nNote : a\n\n---\n\n- a\n\n---\n", 0),
    ("a remark between rules", "content/p.md", "# P\n\n---\nnote: a\n\n---\n", 0),
    ("an example", "content/p.md", f"# P\n\n```yaml\n{HEAD}```\n", 0),
]


@pytest.mark.parametrize(("name", "file", "text", "line"), HEADS, ids=[one[0] for one in HEADS])
def test_a_second_front_matter_is_told(
    site: Site, lines: Lines, name: str, file: str, text: str, line: int
) -> None:
    site.write("content/actualites/index.md", "# Actualités\n")
    site.write(file, text)
    site.run("check")
    sort = "error" if name == "of two joined files" else "warning"
    expected = [f"{file}:{line}:1: {sort}[second-front-matter]"] if line else []
    assert [one for one in told(lines()) if "unknown-key" not in one] == expected


OPEN, CLOSED = "front-matter-missing", "front-matter-open"


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("title: P\ndescription: Deux.\n---\n\n# P\n", f"1:1: error[{OPEN}]"),
        ("description: Deux.\n---\n\n# P\n", f"1:1: error[{OPEN}]"),
        ("--- title: P\n---\n\n# P\n", f"1:1: error[{OPEN}]"),
        ("----\ntitle: P\n---\n\n# P\n", f"1:1: error[{OPEN}]"),
        ("---\n---\ntitle: P\n---\n\n# P\n", f"2:1: error[{OPEN}]"),
        ("---\ntitle: P\n\n# P\n", f"1:1: error[{CLOSED}]"),
        ("P\n\n---\ntitle: P\n---\n\nTexte.\n", "3:1: warning[second-front-matter]"),
        ("Note: un mot\n---\n\nTexte.\n", ""),
        ("Un texte.\n\n---\n\ndescription : rien.\n", ""),
    ],
)
def test_a_page_that_lacks_a_fence_is_told(site: Site, lines: Lines, text: str, place: str) -> None:
    site.write("content/p.md", text)
    site.run("check")
    expected = [f"content/p.md:{place}"] if place else []
    assert [one for one in told(lines()) if "content/p.md" in one] == expected


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("# P\n\nAvant.\n\n<!-- remarque\n\nSecret.\n", "5:1: error[unclosed-html]"),
        ("# P\n\nAvant. ‹!-- remarque -->\n", "3:8: error[unclosed-html]"),
        ("# P\n\n#mot\n", "3:1: warning[shown-as-written]"),
        ("# P\n\nAvant. <!-- une remarque -->\n", ""),
    ],
)
def test_a_page_shows_what_its_author_meant(
    site: Site, lines: Lines, text: str, place: str
) -> None:
    site.write("content/p.md", text)
    site.run("check")
    expected = [f"content/p.md:{place}"] if place else []
    assert [one for one in told(lines()) if "content/p.md" in one] == expected


HOME = "content/index.md"
NEXT = "parcours:next -->"
MARKERS = [
    # name, file, body, place and code, the mend
    ("misspelt", HOME, "<!-- parcours:nxt -->\n", "unknown-marker", NEXT),
    ("in capitals", HOME, "<!-- Parcours:Next -->\n", "unknown-marker", NEXT),
    ("another word", HOME, "<!-- parcour:next -->\n", "unknown-marker", NEXT),
    ("a space", HOME, "<!-- parcours: next -->\n", "unknown-marker", NEXT),
    ("in a line", HOME, "A <!-- parcours:next -->\n", "unknown-marker", NEXT),
    ("of another page", HOME, "<!-- parcours:feeds -->\n", "unknown-marker", "ways"),
    ("twice", HOME, "<!-- parcours:ways -->\n" * 2, "second-marker", "supprimez"),
    ("of no page", "content/p.md", "# P\n\n<!-- parcours:next -->\n", "idle-marker", "supprimez"),
    ("in a body", "webinars/un.md", page(body="<!-- parcours:x -->\n"), "idle-marker", "supprimez"),
    ("right", HOME, "<!-- parcours:next -->\n\n<!--parcours:ways-->\n", "", ""),
    ("to come", HOME, "<!-- parcours:news -->\n<!-- parcours:replays -->\n", "", ""),
    ("in code", "content/p.md", "`<!-- parcours:x -->`\n\n```\n<!-- parcours:y -->\n```\n", "", ""),
    ("a comment", "content/p.md", "<!-- le parcours de la page -->\n", "", ""),
]  # fmt: skip


@pytest.mark.parametrize(
    ("name", "file", "body", "code", "mend"), MARKERS, ids=[one[0] for one in MARKERS]
)
def test_a_marker_that_brings_nothing_is_told(
    site: Site, lines: Lines, name: str, file: str, body: str, code: str, mend: str
) -> None:
    site.write(file, body)
    assert site.run("check") == 0
    found = [line for line in lines() if "git-missing" not in line]
    assert len(found) == bool(code), found
    at = next((i for i, line in enumerate(body.split("\n"), 1) if "parcour" in line), 1)
    at += code == "second-marker"
    for line in found:
        column = 3 if name == "in a line" else 1
        assert line.startswith(f"{file}:{at}:{column}: warning[{code}]")
        assert mend in line


TAKEN = [
    # body, places and codes
    ('Un\n\n<video src="https://v.example/a.mp4" controls></video>\n', ["7:1: warning[left-out"]),
    ('<audio controls><source src="https://v.example/a.mp3"></audio>\n', ["5:1: warning[left-out"]),
    ("Un <samp>mot</samp>, <samp>deux</samp>\n", ["5:4: warning[left-out"]),
    ("<center>Un</center>\n", ["5:1: warning[left-out"]),
    ("<section>\nUn\n</section>\n", ["5:1: warning[left-out"]),
    ("Un <svg viewBox='0 0 1 1'><path d='M0 0'/></svg>\n", ["5:4: warning[left-out"]),
    ("Un <blink>mot</blink>\n", ["5:4: warning[unsafe-html"]),
    ('<iframe src="https://v.example/"></iframe>\n', ["5:1: warning[unsafe-html"]),
    ("<form><label>Nom <input name=a></label></form>\n", ["5:1: warning[unsafe-html"]),
    ('Un <span style="color:red">mot</span>\n', ["5:10: warning[unsafe-html"]),
    ('Un <span class="rouge">mot</span>\n', ["5:10: warning[left-out"]),
    ('Un <span id="la">mot</span>\n', ["5:10: warning[left-out"]),
    ("Un mot\n{.rouge #la}\n", ["6:1: warning[left-out", "6:1: warning[left-out"]),
    ('<p lang="en" align="center">Un</p>\n', ["5:14: warning[left-out"]),
    ("<details open hidden><summary>Un</summary>deux</details>\n", ["5:1: warning[left-out"]),
    ("[Un](webcal://v.example/a.ics)\n", ["5:6: warning[unsafe-link"]),
    ("[Un](javascript:a)\n", ["5:6: warning[unsafe-link"]),
    ("| a |\n| :-: |\n| b |\n\n```python\nclass = id = 1\n```\n\n!!! note\n    Un\n", []),
    ('<div class="note" markdown>\nUn `<video>` <kbd>a</kbd> [^1]\n</div>\n', []),
    ("- [ ] Un\n- [x] Deux <https://a.example/> <!-- à faire -->\n", []),
]  # fmt: skip


@pytest.mark.parametrize(("body", "places"), TAKEN)
def test_what_is_taken_out_of_a_body_is_told(
    site: Site, lines: Lines, body: str, places: list[str]
) -> None:
    config = site.root.joinpath("mkdocs.yml").read_text("utf-8")
    extensions = "[attr_list, md_in_html, tables, admonition, footnotes, pymdownx.superfences]"
    site.write("mkdocs.yml", f"{config}markdown_extensions: {extensions}\n")
    site.write("webinars/un.md", page(body=body))
    assert site.run("check") == 0
    assert told(lines()) == [f"webinars/un.md:{one}]" for one in places]


@pytest.mark.parametrize(
    "body",
    [
        "![](data:image/png;base64,iVBORw0KGgo=)\n",
        "![Un plan][1]\n\n[1]: <data:image/png;base64,iVBORw0KGgo=>\n",
        '<img alt="" src="data:image/jpeg;base64,iVBORw0KGgo=">\n',
        "![](cid:image001.png@01DC5F)\n",
        "![](blob:https://a.example/6c9f)\n",
    ],
)
def test_a_picture_that_was_pasted_is_told_how_to_be_kept(
    site: Site, lines: Lines, body: str
) -> None:
    site.write("webinars/un.md", page(body=body))
    assert site.run("check") == 0
    (line,) = [one for one in lines() if "unsafe-link" in one]
    assert "son-nom.png" in line
    assert re.search("iVBOR|6c9f|01DC5F", line) is None


@pytest.mark.large
def test_a_folder_of_thousands_is_looked_at_once_for_each(site: Site) -> None:
    opened = open_config(site.root / "mkdocs.yml", surroundings())
    settings = site_settings(opened)
    assert settings is not None
    for n in range(6000):
        (site.root / f"webinars/n{n}.md").write_bytes(b"---\ntitle: Un\n---\n")
    problems = Problems()
    with at_most(2):
        tell_stray(site.root, settings, problems)
    assert problems.sorted() == ()


@pytest.mark.parametrize(
    ("name", "meant"),
    [
        ("x.markdown", "x.md"),
        ("x.md.txt", "x.md"),
        (".markdown", None),  # a hidden file has no suffix
        (".txt", None),
        ("markdown", None),
        ("x.md", None),
    ],
)
def test_what_a_name_was_meant_to_be(name: str, meant: str | None) -> None:
    assert meant_name(name) == meant

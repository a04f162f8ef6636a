"""`check --fix`: what is certain is set right, and nothing else of the file changes."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from parcours.model import schema
from parcours.model.values import DAY_FIRST
from parcours.problems import Edit
from parcours.sources.tidying import apply, mended

from .conftest import Site
from .test_check import page

Lines = Callable[[], list[str]]
EVENT = "title: Un\nstart: 2026-12-03 12:30\n"

CERTAIN = [
    # what is written, what it becomes
    ("lieu: x\n", "place: x\n"),
    ("intervenant: x\n", "speakers: x\n"),
    ("annulé: oui\n", "status: cancelled\n"),
    ("duraton: 1h\n", "duration: 1h\n"),
    ("status: annulé\n", "status: cancelled\n"),
    ("status: canceled # dommage\n", "status: cancelled # dommage\n"),
    ('status: "annulé"\n', 'status: "cancelled"\n'),
    ("summary: “Un résumé”\n", "summary: Un résumé\n"),
    ("summary: “Un: résumé”\n", 'summary: "Un: résumé"\n'),
    ("place: «\u00a0x\u00a0»\n", "place: x\n"),
    ("registration:\n\turl: https://a.example/\n", "registration:\n  url: https://a.example/\n"),
    ("hosts:\n  -x\n", "hosts:\n  - x\n"),
    ("hosts:\n  - x\n  -y\n", "hosts:\n  - x\n  - y\n"),
    ("place:x\n", "place: x\n"),
    ("place x\n", "place: x\n"),
    (" place: x\n", "place: x\n"),
    ("summary: Un: deux\n", 'summary: "Un: deux"\n'),
    ('summary: "Lire" un plan\n', "summary: '\"Lire\" un plan'\n"),
    ('summary: "Lire\nplace: x\n', 'summary: "Lire"\nplace: x\n'),
    ("summary: @tous\n", 'summary: "@tous"\n'),
    ("replay: https://v.example/a\n", "replay: {video: https://v.example/a}\n"),
    (
        "repeat: chaque jeudi\ndates:\n  2026-12-17: {déplacée au: 2026-12-18}\n",
        "repeat: chaque jeudi\ndates:\n  2026-12-17: {start: 2026-12-18}\n",
    ),
    (
        "replay: https://v.example/a\ncaptions: a.vtt\n",
        "replay:\n  video: https://v.example/a\n  captions: a.vtt\n",
    ),
    (
        "image: a.jpg\nalt: Un arbre\nplace: x\n",
        "image:\n  src: a.jpg\n  alt: Un arbre\nplace: x\n",
    ),
    ("annulé: oui\nlieu: x\nend: 14h\n", "status: cancelled\nplace: x\nend: 14h\n"),
    # The one hour that an item says is when it begins; beside that, when it ends.
    (
        "programme:\n  - à: 12:30\n    titre: Un\n  - {à: '12:40', title: Deux}\n",
        "programme:\n  - at: 12:30\n    title: Un\n  - {at: '12:40', title: Deux}\n",
    ),
    (
        "programme:\n  - {at: '12:30', à: '12:40', title: Un}\n",
        "programme:\n  - {at: '12:30', end: '12:40', title: Un}\n",
    ),
    (
        "deadlines:\n  - what: Appel\n    deadline: 2026-11-30\n",
        "deadlines:\n  - what: Appel\n    until: 2026-11-30\n",
    ),
    # A slip elsewhere makes nothing of an item between braces, which is as it should be.
    (
        "speakers:\n  - {name: Une, of: x}\n  - {name: Deux, of: y}\nhosts:\n  -x\n",
        "speakers:\n  - {name: Une, of: x}\n  - {name: Deux, of: y}\nhosts:\n  - x\n",
    ),
    (
        "programme:\n  - {at: 12h30, title: Un, track: A}\nlinks:\n  - [B](https://b.example)\n",
        "programme:\n  - {at: 12h30, title: Un, track: A}\nlinks:\n  - {label: B, url: https://b.example}\n",
    ),
    ("online: [Salle](https://a.example/)\n", "online: https://a.example/\n"),
    # Items whose keys are in two languages are as many items, and none is half of another.
    (
        "programme:\n  - at: 12h30\n    title: Un\n  - heure: 12h40\n    titre: Deux\n",
        "programme:\n  - at: 12h30\n    title: Un\n  - at: 12h40\n    title: Deux\n",
    ),
    (
        "speakers:\n  - name: Une\n    of: x\n  - nom: Deux\n",
        "speakers:\n  - name: Une\n    of: x\n  - name: Deux\n",
    ),
    (
        "links:\n  - url: https://a.example\n  - lien: https://b.example\n    nom: B\n",
        "links:\n  - url: https://a.example\n  - url: https://b.example\n    label: B\n",
    ),
    (
        "deadlines:\n  - what: A\n    until: 2026-11-01\n  - quoi: B\n    avant: 2026-11-02\n",
        "deadlines:\n  - what: A\n    until: 2026-11-01\n  - what: B\n    until: 2026-11-02\n",
    ),
    (
        "deadlines:\n  - quoi: A\n  - until: 2026-11-01\n",
        "deadlines:\n  - what: A\n    until: 2026-11-01\n",
    ),
]
ACCEPTED = [
    "end: 14h00\n",
    "end: jeudi 3 décembre 2026 à 14 h\n",
    'end: "14 h 30"   # tard\n',
    "registration: {deadline: 1/12/2026}\n",
    "hosts: a, b\n",
    "hosts: a,b # deux\n",
    "summary: Un résumé   \n",
]
UNSURE = [
    "programme:\n  - {à: Salle 3, title: Un}\n",
    # Each would leave the other without its place.
    "registration: https://a.example/\nrecorded: true\ndeadline: 2026-12-01\n",
    "replay: https://v.example/a\nchapters:\n  - {at: '0:00', title: Un}\n",
    "image: a.jpg\ncredit: Une photographe\n",
    "foo: bar\n",
    "lien: https://a.example/\nonline: https://b.example/\n",
    "status: non\n",
    "duration: 2\n",
    "lieu: x\nplace: y\n",
    "summary: « Un titre »\n",
    "summary: >-\n  Deux espaces  \n  de suite\n",
    "description: |\n  themes: a, b  \n  -x\n  —\n",
    "themes: [a, b]\nend: 14:00\nhosts: x\n",
    "summary: Un, deux, trois\n",
    "programme:\n  - at: 12h30\n    title: Un\n  - 12h40 : Deux\n",
    "speakers:\n  - name: Une\n  - inconnu: Deux\n",
    "start_at: 12h30\n",
    "décalé: oui\n",
    "status: moved\n",
    "reporté: 2026-12-18\n",
    # A date that is moved is not put off, nor is it one that ends then.
    "repeat: chaque jeudi\ndates:\n  2026-12-17: {status: moved, to: 2026-12-18}\n",
    "repeat: chaque jeudi\ndates:\n  2026-12-17: {status: reporté, au: 2026-12-18}\n",
    "repeat: chaque jeudi\ndates:\n  2026-12-17: {status: reporté, start: 2026-12-18}\n",
    "repeat: chaque jeudi\ndates:\n  2026-12-17: {to: 2026-12-18 12:30}\n",
    "repeat: chaque jeudi\ndates:\n  2026-12-17: {reporté: 2026-12-18}\n",
    "repeat: chaque jeudi\nlater:\n  - {from: 2026-12-17, to: '14:00'}\n",
]


def fixed(front: str) -> str:
    text = mended(page(EVENT + front), "webinars/a.md", schema.WebinarRecord, DAY_FIRST, "fr")
    assert mended(text, "webinars/a.md", schema.WebinarRecord, DAY_FIRST, "fr") == text
    assert text.startswith("---\n" + EVENT)
    assert text.endswith("---\nTexte.\n")
    return text[len("---\n" + EVENT) : -len("---\nTexte.\n")]


@pytest.mark.parametrize(("written", "right"), CERTAIN, ids=[one[0] for one in CERTAIN])
def test_what_is_certain_is_set_right(written: str, right: str) -> None:
    assert fixed(written) == right


@pytest.mark.parametrize("written", ACCEPTED)
def test_what_is_read_is_left_whatever_else_is_wrong(written: str) -> None:
    assert fixed(written) == written
    assert fixed(f"lieu: x\n{written}") == f"place: x\n{written}"


@pytest.mark.parametrize("written", UNSURE)
def test_what_is_not_is_left(written: str) -> None:
    assert fixed(written) == written


def test_edits_are_made_where_they_fit() -> None:
    edits = [Edit(1, 1, "a", "bb"), Edit(1, 3, "x", "y"), Edit(9, 1, "", "z"), Edit(2, 1, "", "-")]
    assert apply("a b\nc", edits) == "bb b\n-c"


@pytest.mark.parametrize(
    ("written", "right"),
    [
        ("—\n" + EVENT + "—\nA  \n", "---\n" + EVENT + "---\nA  \n"),
        ("\n\n" + page(EVENT), page(EVENT)),
        (EVENT + "---\nA\n", "---\n" + EVENT + "---\nA\n"),
        (page(EVENT, "A  \nB\t\n"), page(EVENT, "A  \nB\t\n")),
    ],
)
def test_fences_are_set_right_and_bodies_left(written: str, right: str) -> None:
    assert mended(written, "a.md", schema.WebinarRecord, DAY_FIRST, "fr") == right


WRITTEN = (
    b"\xef\xbb\xbf---\r\n# un mot\r\ntitle:   Un\r\ndate: 3/12/2026 \xc3\xa0 12h30\r\n"
    b"lieu: x # ici\r\n---\r\nTexte.  \r\n\r\nFin"
)
RIGHT = (
    b"---\n# un mot\ntitle:   Un\nstart: 3/12/2026 \xc3\xa0 12h30\nplace: x # ici\n---\nTexte.  "
    b"\n\nFin"
)


@pytest.mark.large
def test_a_source_is_set_right_octet_for_octet(
    site: Site, capsys: pytest.CaptureFixture[str]
) -> None:
    site.write("content/data/places/x.yml", "nom: X\n")
    file = site.write("webinars/un.md", WRITTEN)
    file.chmod(0o640)
    site.commit()
    assert site.run("check", "--fix") == 0
    assert file.read_bytes() == RIGHT
    assert file.stat().st_mode & 0o777 == 0o640
    assert (site.root / "content/data/places/x.yml").read_text() == "name: X\n"
    told = capsys.readouterr()
    assert "\n-lieu: x # ici\n" in told.out
    assert "\n+place: x # ici\n" in told.out
    assert "+++ b/webinars/un.md" in told.out
    assert "2 fichiers corrigés" in told.err
    site.commit()
    assert site.run("check", "--fix") == 0
    assert capsys.readouterr().out == ""
    assert file.read_bytes() == RIGHT
    assert [one.name for one in file.parent.iterdir()] == ["un.md"]


SORTS = {
    "voyages/v.md": "titre: V\nstart: 2026-12-03\nend: 2026-12-04\n",
    "content/mooc/a/index.md": "titre: A\n",
    "content/mooc/a/s.md": "titre: S\nstart: 2026-12-03 12:30\n",
    "content/actualites/p.md": "titre: P\ndate: 2026-01-05\n",
    "content/data/organisations/o.yml": "nom: O\n",
    "content/data/people/p.yml": "nom: P\nconsent: par écrit, en mars\n",
    "content/data/themes/t.yml": "nom: T\n",
    "content/data/publisher.yml": "nom: P\n",
}


@pytest.mark.large
def test_every_sort_of_source_is_set_right(site: Site) -> None:
    for name, text in SORTS.items():
        site.write(name, page(text) if name.endswith(".md") else text)
    site.commit()
    assert site.run("check") == 1
    assert site.run("check", "--fix") == 0
    for name in SORTS:
        text = (site.root / name).read_text()
        assert "titre:" not in text
        assert "nom:" not in text


def test_a_tab_is_shown_as_one(site: Site, capsys: pytest.CaptureFixture[str]) -> None:
    site.write("webinars/un.md", page(EVENT + "\tsummary: Deux\n"))
    site.commit()
    assert site.run("check", "--fix") == 0
    told = capsys.readouterr().out
    assert "\n-\tsummary: Deux\n+summary: Deux\n" in told
    assert "\N{REPLACEMENT CHARACTER}" not in told


def test_the_name_of_a_file_is_written_as_it_is(site: Site) -> None:
    site.write("content/Dessin.svg", '<svg xmlns="http://www.w3.org/2000/svg"/>')
    file = site.write(
        "webinars/un.md", page(EVENT + "image: {src: ../content/dessin.svg, alt: A}\n")
    )
    site.commit()
    assert site.run("check", "--fix") == 0
    assert file.read_text() == page(EVENT + "image: {src: ../content/Dessin.svg, alt: A}\n")


def test_what_is_in_no_commit_is_left_unless_one_asks(
    site: Site, capsys: pytest.CaptureFixture[str]
) -> None:
    site.write("webinars/un.md", page(EVENT))
    site.commit()
    changed = site.write("webinars/un.md", page(EVENT + "duraton: 1h\n"))
    new = site.write("webinars/deux.md", page(EVENT + "duraton: 2h\n"))
    assert site.run("check", "--fix") == 1
    assert "duraton" in changed.read_text()
    assert "duraton" in new.read_text()
    told = capsys.readouterr().err
    assert told.count("--uncommitted") == 2
    assert site.run("check", "--fix", "--uncommitted", str(changed)) == 0
    assert "duration" in changed.read_text()
    assert "duraton" in new.read_text()


@pytest.mark.large
def test_what_nothing_is_wrong_in_is_left_to_whom_it_is_of(site: Site) -> None:
    """A file whose hour is understood is not rewritten, whether another one is wrong or not."""
    spoken = page("title: Un\nstart: 3 décembre 2026 à 12h30\n")
    theirs = site.write("webinars/un.md", spoken)
    site.commit()
    mine = site.write("webinars/deux.md", page("titre: Deux\nstart: 10 décembre 2026 à 12h30\n"))
    assert site.run("check", "--fix", "--uncommitted") == 0
    assert mine.read_text() == page("title: Deux\nstart: 10 décembre 2026 à 12h30\n")
    assert site.run("check", "--fix", "--uncommitted", str(theirs)) == 0
    assert theirs.read_text() == spoken


def test_what_is_left_is_counted(site: Site, capsys: pytest.CaptureFixture[str]) -> None:
    site.write("webinars/un.md", page("titre: Un\nstart:\n"))
    site.commit()
    assert site.run("check", "--fix") == 1
    said = capsys.readouterr().err
    assert "1 fichier corrigé" in said
    assert "Il reste 1 erreur." in said.replace("\u00a0", " ")


def test_without_a_history_all_is_in_no_commit(site: Site) -> None:
    file = site.write("webinars/un.md", page(EVENT + "duraton: 1h\n"))
    assert site.run("check", "--fix") == 1
    assert "duraton" in file.read_text()
    assert site.run("check", "--fix", "--uncommitted") == 0
    assert "duration" in file.read_text()


def test_a_full_disk_leaves_the_file_as_it_was(
    site: Site, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    file = site.write("webinars/un.md", page(EVENT + "duraton: 1h\n"))
    site.commit()

    def full(handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    assert site.run("check", "--fix") == 1
    assert file.read_text() == page(EVENT + "duraton: 1h\n")
    assert [one.name for one in file.parent.iterdir()] == ["un.md"]
    assert "le disque est plein" in capsys.readouterr().err


def test_a_file_of_other_letters_is_left(site: Site) -> None:
    file = site.write("webinars/un.md", page(EVENT + "duraton: 1h\n").encode() + b"\xe9t\xe9")
    site.commit()
    before = file.read_bytes()
    assert site.run("check", "--fix") == 1
    assert file.read_bytes() == before

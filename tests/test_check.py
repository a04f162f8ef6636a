"""`parcours check`: one right line per fault, and nothing else."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from parcours.cli import main

from .conftest import Site

pytestmark = pytest.mark.regions


Lines = Callable[[], list[str]]
OK = "title: Un\nstart: 2026-12-03 12:30\n"
PAST = "title: Un\nstart: 2026-11-05 12:30\n"


def page(front: str, body: str = "Texte.\n") -> str:
    return f"---\n{front}---\n{body}"


FAULTS: list[tuple[str, str | bytes, str, str]] = [
    # name, source, place and code, a part of the sentence
    ("unknown key", page(OK + "theme: pedagogie\n"), "4:1: error[unknown-key]", "themes:"),
    ("misspelt title", page("titel: Un\nstart: 2026-12-03 12:30\n"), "2:1: error[unk", "title"),
    ("no title", page("start: 2026-12-03 12:30\n"), "2:1: error[missing-key]", "title"),
    ("empty title", page("title:\nstart: 2026-12-03 12:30\n"), "2:1: error[empty]", "title"),
    ("no date", page("title: Un\n"), "2:8: error[no-date]", "start"),
    ("duplicate key", page(OK + "title: Deux\n"), "4:1: error[duplicate-key]", "ligne 2"),
    ("tag", page(OK + "seats: !!python/name:os.system 3\n"), "4:8: error[yaml-tag]", "python"),
    ("tab", page(OK + "registration:\n\tstate: full\n"), "5:1: error[yaml-tab]", "tabulation"),
    ("colon", page("title: Un: deux\nstart: 2026-12-03 12:30\n"), "2:10: error[yaml-syntax]", ":"),
    (
        "only a comment",
        page("title: #12\nstart: 2026-12-03 12:30\n"),
        "2:8: error[lost-to-c",
        "« #12 »",
    ),
    (
        "a comment in a value of two lines",
        page(OK + "summary: Un #2\n  et la suite\n"),
        "4:13: error[cut-by-comment]",
        "« Un » seul",
    ),
    (
        "a comment takes a brace",
        page(PAST + 'replay: {chapters: [{at: "0:00", title: Un #2}]}\n'),
        "4:44: error[cut-by-comment]",
        "guillemets",
    ),
    ("open quote", page(OK + "summary: 'ouvert\n"), "4:10: error[yaml-syntax]", "guillemet"),
    ("offset", page("title: Un\nstart: 2026-12-03T12:30+01:00\n"), "3:8: error[utc-offset]", ""),
    ("no such day", page("title: Un\nstart: 2026-02-30 12:30\n"), "3:8: error[bad-date]", "30"),
    ("year 1900", page("title: Un\nstart: 1900-01-04\n"), "3:8: error[year-range]", "1900"),
    ("year 9999", page("title: Un\nstart: 9999-12-30\n"), "3:8: error[year-range]", "9999"),
    ("time", page("title: Un\nstart: 2026-12-03 25:30\n"), "3:8: error[bad-time]", "25:30"),
    ("skipped", page("title: Un\nstart: 2027-03-28 02:30\nexception: x\n"), "3:8: error[skip", ""),
    ("end", page(OK + "end: 2026-12-03 11:00\n"), "4:6: error[end-before-start]", "11:00"),
    (
        "end and duration",
        page(OK + "end: 13:30\nduration: 1h\n"),
        "5:11: error[end-and-duration]",
        "",
    ),
    (
        "end form",
        page("title: Un\nstart: 2026-12-03\nend: 13:30\n"),
        "4:6: error[end-unlike-start]",
        "",
    ),
    ("duration", page(OK + "duration: longtemps\n"), "4:11: error[bad-duration]", "longtemps"),
    ("script link", page(OK + "online: javascript:alert(1)\n"), "4:9: error[bad-url]", "https"),
    ("password", page(OK + "online: https://a:b@c.example/\n"), "4:9: error[bad-url]", "passe"),
    ("theme", page(OK + "themes: [pedagogi]\n"), "4:10: error[unknown-reference]", "pedagogie"),
    ("person", page(OK + "speakers: [x]\n"), "4:12: error[unknown-reference]", "people/x.yml"),
    ("place", page(OK + "place: nulle-part\n"), "4:8: error[unknown-reference]", "places"),
    ("region", page(OK + "territories: [bretagn]\n"), "4:15: error[unknown-ref", "bretagne"),
    ("host", page(OK + "hosts: [x]\n"), "4:9: error[unknown-reference]", "organisations"),
    ("status", page(OK + "status: cancled\n"), "4:9: error[bad-choice]", "cancelled"),
    ("list", page(OK + "registration: non\n"), "4:15: error[bad-type]", "registration"),
    ("zone", page(OK + "timezone: Europe/Pari\n"), "4:11: error[unknown-timezone]", "Pari"),
    (
        "weekday",
        page("title: Un\nstart: 2026-12-04 12:30\n"),
        "3:8: error[wrong-weekday]",
        "vendredi",
    ),
    ("exception", page(OK + "exception: non\n"), "4:12: error[useless-exception]", ""),
    (
        "weekday unlike its date",
        page("title: Un\nstart: mercredi 17 décembre 2026 à 12h30\n"),
        "3:8: error[weekday-unlike-date]",
        "2026-12-17 est un jeudi",
    ),
    (
        "weekday of an end",
        page(OK + "end: ven. 3/12/2026 14:00\n"),
        "4:6: error[weekday-unlike-date]",
        "jeudi",
    ),
    (
        "weekday of a deadline",
        page(OK + "registration: {deadline: lundi 1er décembre 2026}\n"),
        "4:26: error[weekday-unlike-date]",
        "mardi",
    ),
    (
        "chapters out of order",
        page(PAST + 'replay: {chapters: [{at: "5:00", title: A}, {at: "2:00", title: B}]}\n'),
        "4:50: error[chapter-order]",
        "« B » commence à 0:02:00",
    ),
    (
        "a chapter twice",
        page(PAST + 'replay: {chapters: [{at: "5:00", title: A}, {at: "5:00", title: B}]}\n'),
        "4:50: error[chapter-order]",
        "« B »",
    ),
    (
        "a chapter beyond the end",
        page(PAST + "replay: {duration: 52:10, chapters: [{at: 52:10, title: A}]}\n"),
        "4:43: error[chapter-beyond]",
        "0:52:10",
    ),
    (
        "no length",
        page(PAST + "replay: {duration: 3130}\n"),
        "4:20: error[bad-length]",
        "52:10",
    ),
    (
        "early replay",
        page(OK + "replay: {duration: 1h}\n"),
        "4:9: error[replay-of-future]",
        "venir",
    ),
    ("no file", page(OK + "image: {src: a.png, alt: A}\n"), "4:14: error[missing-file]", "a.png"),
    ("no alt", page(OK + "image: {src: ../content/l.svg}\n"), "4:8: error[image-alt]", "alt"),
    ("outside", page(OK + "image: {src: ../../x.png, alt: A}\n"), "4:14: error[outside", ""),
    ("absolute", page(OK + "image: {src: /etc/passwd, alt: A}\n"), "4:14: error[outside", ""),
    ("kind", page(OK + "image: {src: essai.md, alt: A}\n"), "4:14: error[bad-file-t", ""),
    ("dead link", page(OK, "Un [lien](rien.md).\n"), "5:11: error[dead-link]", "rien.md"),
    ("dead image", page(OK, "![a](rien.png)\n"), "5:6: error[missing-file]", "rien.png"),
    ("id", page(OK + "id: Été 2026\n"), "4:5: error[bad-id]", "ete-2026"),
    ("no front matter", "Rien.\n", "1:1: error[front-matter-missing]", "---"),
    ("open front matter", "---\ntitle: Un\n", "1:1: error[front-matter-open]", "---"),
    ("cp1252", page(OK).encode("cp1252") + "été".encode("cp1252"), "6:1: error[encoding]", "1252"),
    ("NUL", page(OK, "a\0b\n"), "5:2: error[control-character]", "U+0000"),
    ("vertical tab", page(OK, "ab\n\nc\vd\n"), "7:2: error[control-character]", "U+000B"),
    ("C1", page(OK + "summary: a\x9fb\n"), "4:11: error[control-character]", "U+009F"),
    ("bell", page(OK + 'summary: "a\\ab"\n'), "4:10: error[control-character]", "U+0007"),
    (
        "deadline",
        page(OK + "registration: {deadline: 2026-12-04}\n"),
        "4:26: error[deadline-after-start]",
        "",
    ),
    (
        "mode",
        page(OK + "mode: on-site\nonline: https://a.example/\n"),
        "4:7: error[mode-contradiction]",
        "",
    ),
    ("undated", page(OK + "undated: past\n"), "4:10: error[dated-and-undated]", ""),
    ("seats", page(OK + "seats: douze\n"), "4:8: error[bad-value]", "douze"),
    ("long", page(OK + f"summary: {'x' * 501}\n"), "4:10: error[too-long]", "500"),
    ("too deep", page(OK + f"summary: {'[' * 40}{']' * 40}\n"), "error[yaml-too-large]", ""),
]


def test_no_page_no_image_no_feed_and_no_index_is_made(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    site.write("webinars/un.md", "---\ntitle: Un\nstart: 2026-12-03 12:30\n---\nTexte.\n")

    def never(*given: object) -> str:
        raise AssertionError(f"{given} was drawn")

    feeds = [f"parcours.feeds.site.{one}" for one in ("write_entry", "write_item", "write_json")]
    for name in (
        "parcours.pages.site.draw_given",
        "parcours.pages.cards.draw",
        *feeds,
        "parcours.assembly.index",
    ):
        monkeypatch.setattr(name, never)
    assert site.run("check") == 0
    assert site.run("compile", "-o", str(site.root / "compiled")) == 1


@pytest.mark.parametrize(("name", "source", "start", "part"), FAULTS, ids=[f[0] for f in FAULTS])
def test_one_line_per_fault(
    site: Site, lines: Lines, name: str, source: str | bytes, start: str, part: str
) -> None:
    site.write("content/data/themes/pedagogie.yml", "name: Pédagogie\n")
    site.write("content/l.svg", '<svg xmlns="http://www.w3.org/2000/svg"/>')
    site.write("webinars/essai.md", source)
    site.commit()
    assert site.run("check") == 1
    found = lines()
    assert len(found) == 1, found
    assert found[0].startswith("webinars/essai.md:")
    assert start in found[0]
    assert part in found[0]


def test_an_alias_bomb_is_refused(site: Site, lines: Lines) -> None:
    bomb = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n" + "".join(
        f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]\n" for n in range(1, 9)
    )
    site.write("webinars/bombe.yml", OK + bomb)
    site.commit()
    assert site.run("check") == 1
    assert any("yaml-too-large" in line for line in lines())


def test_sessions_and_identities(site: Site, lines: Lines) -> None:
    site.write("content/mooc/seule.md", page(OK))
    site.write(
        "content/mooc/a/index.md", "---\ntitle: A\nstart: 2027-01-01\nend: 2027-01-31\n---\n"
    )
    site.write("content/mooc/a/s1.md", page("title: S\nnumber: 1\nstart: 2027-02-02 12:30\n"))
    site.write("content/mooc/a/s2.md", page("title: S\nnumber: 1\nstart: 2027-01-05 12:30\n"))
    site.write("webinars/un.md", page(OK))
    site.write("webinars/deux.md", page(OK + "id: un\n"))
    site.commit()
    assert site.run("check") == 1
    found = lines()
    codes = sorted(line.split("[")[1].split("]")[0] for line in found)
    assert codes == [
        "duplicate-id",
        "session-number",
        "session-outside-course",
        "session-without-course",
    ]


def test_courses_of_two_collections_may_not_share_an_id(site: Site, lines: Lines) -> None:
    config = (site.root / "mkdocs.yml").read_text()
    mooc = next(line for line in config.splitlines() if "content/mooc" in line)
    other = mooc.replace("content/mooc", "content/ateliers").replace("mooc", "ateliers")
    site.write("mkdocs.yml", config.replace(mooc, f"{mooc}\n{other}"))
    for folder in ("mooc", "ateliers"):
        site.write(f"content/{folder}/c/index.md", "---\ntitle: C\n---\n")
        site.write(f"content/{folder}/c/s.md", page(OK))
    site.commit()
    assert site.run("check") == 1
    (found,) = lines()
    assert "error[duplicate-id]" in found
    assert found.startswith("content/")
    assert "content/mooc/c/index.md" in found
    assert "content/ateliers/c/index.md" in found


def test_trips(site: Site, lines: Lines) -> None:
    stops = (
        "stops:\n- {id: a, title: A, day: 3}\n- {id: b, title: B, day: 2}\n- {id: b, title: C}\n"
    )
    site.write("voyages/v.md", page(f"title: V\nstart: 2027-05-18\nend: 2027-05-19\n{stops}"))
    site.commit()
    assert site.run("check") == 1
    codes = sorted(line.split("[")[1].split("]")[0] for line in lines())
    assert codes == ["duplicate-stop", "stop-order", "stop-outside-trip"]


def test_an_overseas_territory_without_a_place_is_a_warning(site: Site, lines: Lines) -> None:
    site.write("webinars/r.md", page(OK + "territories: [la-reunion]\n"))
    site.commit()
    assert site.run("check") == 0
    assert "warning[placeless-territory]" in lines()[0]


def test_authored_pages_may_not_run_anything(site: Site, lines: Lines) -> None:
    site.write("content/p.md", "# P\n\n<script>x</script>\n\n[a](javascript:x) [b](rien.md)\n")
    site.commit()
    assert site.run("check") == 1
    assert any("unsafe-html" in line for line in lines())


def test_entities(site: Site, lines: Lines) -> None:
    site.write("content/data/themes/Été.yml", "name: Été\n")
    site.write("content/data/theme/a.yml", "name: A\n")
    site.write("content/data/people/p.yml", "name: P\n")
    site.write("content/data/places/l.yml", "name: L\nterritory: bretagne\nlatitude: 91\n")
    site.commit()
    assert site.run("check") == 1
    codes = sorted(line.split("[")[1].split("]")[0] for line in lines())
    assert codes == ["bad-id", "missing-key", "out-of-range", "unknown-folder"]


def test_all_problems_of_all_files_come_at_once(site: Site, lines: Lines) -> None:
    for n in range(5):
        site.write(f"webinars/e{n}.md", page("title: Un\nseats: x\nstatus: y\n"))
    site.commit()
    assert site.run("check") == 1
    assert len(lines()) == 10


@pytest.mark.large
def test_windows_and_mac_files_are_read(site: Site, lines: Lines) -> None:
    text = "---\r\ntitle: Été\r\nstart:\u00a02026-12-03\u00a012\u202fh\u202f30\r\n...\r\nCorps.\r\n"
    site.write("webinars/e\u0301te\u0301.md", b"\xef\xbb\xbf" + text.encode())
    site.commit()
    assert site.run("check") == 0
    assert lines() == []
    assert (site.build() / "comptoirs" / "ete" / "index.html").is_file()


def test_paths_narrow_what_is_told(site: Site, lines: Lines) -> None:
    site.write("webinars/a.md", page("title: A\n"))
    site.write("webinars/b.md", page("title: B\n"))
    site.commit()
    assert site.run("check", str(site.root / "webinars" / "a.md")) == 1
    assert [line.split(":")[0] for line in lines()] == ["webinars/a.md"]


def test_annotations_for_a_pull_request(site: Site, lines: Lines) -> None:
    site.write("webinars/a,b.md", page(OK + "themes: ['a%0A::error::b']\n"))
    site.commit()
    assert site.run("check", "--format", "github") == 1
    (line,) = lines()
    assert line.startswith("::error file=webinars/a%2Cb.md,line=4,col=10,title=bad-id::")
    assert "%250A" in line


def test_messages_in_english(site: Site, lines: Lines) -> None:
    site.write("webinars/a.md", page("title: A\n"))
    site.commit()
    assert site.run("check", "--lang", "en") == 1
    assert "error[no-date]: the event has no date" in lines()[0]


CONFIG_FAULTS = [
    ("  bad: [", "uid_domain: petit.example", "error[yaml-syntax]"),
    ("timezon: Europe/Paris", "uid_domain: petit.example", "« timezone »"),
    ("folder: ../webinars,", "folder: webinars,", "error[outside-path]"),
    ("folder: absent,", "folder: webinars,", "error[missing-folder]"),
    ("kind: webinaire,", "kind: webinar,", "error[bad-choice]"),
    ("weekday: jeudi", "weekday: thursday", "error[bad-choice]"),
    ("docs_dir: content\nuse_directory_urls: false", "docs_dir: content", "error[config]"),
    ("  - tags", "  - parcours:", "parcours"),
]


@pytest.mark.parametrize(("wrong", "right", "part"), CONFIG_FAULTS)
def test_the_configuration_is_checked(
    site: Site, capsys: pytest.CaptureFixture[str], wrong: str, right: str, part: str
) -> None:
    config = (site.root / "mkdocs.yml").read_text()
    text = config.split("  - parcours:")[0] if "tags" in wrong else config.replace(right, wrong)
    site.write("mkdocs.yml", text)
    site.commit()
    assert site.run("check") == 1
    captured = capsys.readouterr()
    assert part in captured.out
    assert captured.out.startswith("mkdocs.yml:")
    assert "Traceback" not in captured.err


def test_suffixes_in_capitals_and_links_outside(site: Site, lines: Lines, tmp_path: Path) -> None:
    site.write("webinars/UN.MD", page(OK))
    secret = tmp_path / "secret.md"
    secret.write_text(page(OK))
    (site.root / "webinars" / "lien.md").symlink_to(secret)
    site.commit()
    assert site.run("check") == 1
    (line,) = lines()
    assert line.startswith("webinars/lien.md:1:1: error[outside-path]")


def test_misuse_has_its_own_exit_code(site: Site, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as refused:
        main(["chek"])
    assert refused.value.code == 2
    assert main(["check", "-f", str(site.root / "absent.yml")]) == 2
    assert site.run("check", str(site.root / "absent")) == 2
    assert "Traceback" not in capsys.readouterr().err


@pytest.mark.sampled(1)
@pytest.mark.large
@pytest.mark.parametrize("consent", ["non", "No", "false", "en attente", "refus."])
def test_a_refusal_publishes_nobody(
    site: Site, lines: Callable[[], list[str]], consent: str
) -> None:
    site.write("content/data/people/p.yml", f"name: Formatrice\nconsent: {consent}\n")
    site.commit()
    assert site.run("check") == 0
    assert lines()[0].startswith("content/data/people/p.yml:2:10: warning[no-consent]")
    assert not (site.compile() / "personnes/p").exists()


def test_a_date_whose_order_depends_on_the_reader(smallest: Site, lines: Lines) -> None:
    smallest.write("webinars/one.md", page("title: One\nstart: 12/3/2026 12:30\n"))
    smallest.write("webinars/two.md", page("title: Two\nstart: 13/3/2026 12:30\nend: 3/14/2026\n"))
    smallest.write("content/news/p.md", page("title: P\ndate: 3.12.2025\n"))
    smallest.write("webinars/three.md", page("title: Three\nstart: Friday 4/12/2026 12:30\n"))
    smallest.commit()
    assert smallest.run("check", "--lang", "en") == 1
    found = [line for line in lines() if ": error" in line]
    assert [line.split("]")[0] for line in found] == [
        "content/news/p.md:3:7: error[ambiguous-date",
        "webinars/one.md:3:8: error[ambiguous-date",
        "webinars/two.md:4:6: error[end-unlike-start",
    ]
    assert "2026-03-12 to some readers, and 2026-12-03 to others" in found[1]


def test_day_first_dates_are_sure_in_french(site: Site, lines: Lines) -> None:
    site.write("webinars/un.md", page("title: Un\nstart: 3/12/2026 12:30\n"))
    site.commit()
    assert site.run("check") == 0
    assert lines() == []


OK_START = OK.split("\n", 1)[1]
CUTS = [
    # name, front matter, places
    ("text after a title", "title: Comptoir #12 - former dehors\n" + OK_START, ["2:17"]),
    ("a comment after a title", "title: Un # deux\n" + OK_START, ["2:11"]),
    ("text after a date", "title: Un\nstart: 2026-12-03 12:30 #13:00\n", ["3:25"]),
    ("a comment after a date", "title: Un\nstart: 2026-12-03 12:30 # à confirmer\n", []),
    ("a list", OK + "themes:\n- pedagogie #12\n- pedagogie # note\n", ["5:13"]),
    ("a list in brackets", OK + "themes: [pedagogie, pedagogie #12\n]\n", ["4:31"]),
    ("several lines", OK + "summary: Un\n  deux #3\n", ["5:8"]),
    ("the last line", OK + "summary: Un\n  #2 et la suite\n", ["5:3"]),
    ("a line that was taken out", OK + "summary: Un\n  #seats: 12\n#seats: 13\n", []),
    ("braces", OK + "registration: {state: full #12\n}\n", ["4:28"]),
    ("an empty line of a template", OK + "summary: # une phrase\nseats:\n", []),
    ("nothing left", OK + "summary: #12\n", ["4:10"]),
    ("quotes", OK + 'summary: "Un #12" # note\n', []),
    ("no space before", OK + "summary: Un C# ; F#2\n", []),
    ("lines as they are", OK + "description: |\n  Un #12\n  # Deux\n", []),
    ("an address", OK + "online: https://a.example/#salle\n", []),
]


@pytest.mark.parametrize(("name", "front", "places"), CUTS, ids=[one[0] for one in CUTS])
def test_what_a_comment_cuts_is_told(
    site: Site, lines: Lines, name: str, front: str, places: list[str]
) -> None:
    site.write("content/data/themes/pedagogie.yml", "name: Pédagogie\n")
    site.write("webinars/essai.yml", f"# En tête\n{front}")
    site.commit()
    assert site.run("check") == 0
    found = [line.split("-comment]")[0] for line in lines()]
    codes = {f"webinars/essai.yml:{place}: warning[" for place in places}
    assert {line.removesuffix("cut-by").removesuffix("lost-to") for line in found} == codes


def test_cuts_of_entities_options_posts_and_pages_are_told(site: Site, lines: Lines) -> None:
    site.write("content/data/themes/a.yml", "name: Thème #1\n")
    site.write("content/actualites/p.md", page("title: Un #2\ndate: 2026-01-01\n"))
    site.write("content/page.md", page("title: Page #3\ntags: [a] # note\n"))
    config = site.root.joinpath("mkdocs.yml").read_text()
    site.write("mkdocs.yml", config + ESSAYS)
    site.write("webinars/un.md", page(OK))
    (site.root / "essais").mkdir()
    site.commit()
    assert site.run("check") == 0
    found = lines()
    assert [line.split(": warning[cut-by-comment]")[0] for line in found] == [
        "content/actualites/p.md:2:11",
        "content/data/themes/a.yml:1:13",
        "content/page.md:2:13",
        "mkdocs.yml:17:24",
    ]


ESSAYS = """\
        essais:
          kind: webinar
          name: Essais #4
"""


ERROR = "content/data/places/salle.yml:1:7: error[place-zone"
WARNING = ERROR.replace("error", "warning")
ROOM = "content/data/places/salle.yml"
SALLE = "name: Salle\naddress: 97400 Saint-Denis, La Réunion\n"


@pytest.mark.parametrize(
    ("sources", "found"),
    [
        # Nobody names a territory that keeps another time: there is one time for all.
        ({"webinars/un.md": page(OK + "place: salle\n")}, []),
        (
            {
                "webinars/un.md": page(OK + "place: salle\n"),
                "webinars/deux.md": page(OK + "territories: [bretagne]\n"),
            },
            [],
        ),
        # An event, a place, an organisation or another event elsewhere.
        ({"webinars/un.md": page(OK + "place: salle\nterritories: [la-reunion]\n")}, [ERROR]),
        (
            {
                "webinars/un.md": page(OK + "place: salle\n"),
                "content/data/places/b.yml": "name: B\nterritory: la-reunion\n",
            },
            [ERROR],
        ),
        (
            {
                "webinars/un.md": page(OK + "place: salle\n"),
                "content/data/organisations/o.yml": "name: O\nterritory: guyane\n",
            },
            [ERROR],
        ),
        (
            {
                "webinars/un.md": page(OK + "place: salle\n"),
                "webinars/deux.md": page(OK + "timezone: Indian/Reunion\n"),
            },
            [ERROR],
        ),
        (
            {
                "voyages/un.md": page(
                    "title: V\nstart: 2027-01-05 9:00\nend: 18:00\n"
                    "stops: [{id: a, title: A, place: salle}, {id: b, title: B, place: b}]\n"
                ),
                "content/data/places/b.yml": "name: B\nterritory: la-reunion\n",
            },
            [ERROR],
        ),
        # Hours that another field places, whole days, and places that are not in use.
        (
            {"webinars/un.md": page(OK + "place: salle\ntimezone: Indian/Reunion\n")},
            [WARNING],
        ),
        (
            {
                "voyages/un.md": page(
                    "title: V\nstart: 2027-01-05\nend: 2027-01-06\nplace: salle\n"
                    "territories: [la-reunion]\n"
                )
            },
            [WARNING],
        ),
        ({"content/data/places/b.yml": "name: B\ntimezone: America/Cayenne\n"}, [WARNING]),
        # The community's own is meant, or the place is located.
        (
            {
                ROOM: SALLE + "timezone: Europe/Paris\n",
                "webinars/un.md": page(OK + "place: salle\nterritories: [la-reunion]\n"),
            },
            [],
        ),
        (
            {
                ROOM: SALLE + "territory: la-reunion\n",
                "webinars/un.md": page(OK + "place: salle\n"),
            },
            [],
        ),
    ],
)
def test_a_place_says_what_time_it_keeps(
    site: Site, lines: Lines, sources: dict[str, str], found: list[str]
) -> None:
    site.write(ROOM, SALLE)
    for name, text in sources.items():
        site.write(name, text)
    site.commit()
    site.run("check")
    told = [line for line in lines() if "future" not in line]
    assert [line.split("]")[0] for line in told] == found
    assert all("territory" in line and "Europe/Paris" in line for line in told)


def test_a_trip_through_two_zones_says_whose_hours_it_tells(site: Site, lines: Lines) -> None:
    site.write("content/data/places/a.yml", "name: Lieu A\nterritory: bretagne\n")
    site.write("content/data/places/b.yml", "name: Lieu B\nterritory: la-reunion\n")
    front = "title: V\nstart: 2027-01-05 9:00\nend: 2027-01-06 18:00\n"
    stops = "stops:\n- {id: a, title: A, place: a}\n- {id: b, title: B, place: b}\n"
    site.write("voyages/un.md", page(front + stops))
    site.write("voyages/deux.md", page(f"{front}timezone: Europe/Paris\n{stops}"))
    site.write("voyages/trois.md", page(front.replace(" 9:00", "").replace(" 18:00", "") + stops))
    site.commit()
    assert site.run("check") == 0
    (line,) = lines()
    assert line.startswith("voyages/un.md:7:28: warning[two-zones]")
    assert "« Lieu B »" in line


def test_what_a_comment_takes_from_the_name_of_the_site_is_told(site: Site, lines: Lines) -> None:
    text = (site.root / "mkdocs.yml").read_text().replace("Petit site", "Réseau #12 - dehors")
    site.write("mkdocs.yml", text + "nav: [index.md]  # Accueil\n")
    site.commit()
    assert site.run("check") == 0
    (line,) = lines()
    assert line.startswith("mkdocs.yml:1:19: warning[cut-by-comment]")


@pytest.mark.parametrize("name", ["avant", "zebre"])
def test_two_files_that_want_the_same_are_told_once(site: Site, lines: Lines, name: str) -> None:
    """Whichever name comes first, and at the file that can be changed."""
    site.write("webinars/lire.md", page(OK))
    site.write(
        f"webinars/{name}.md",
        page("title: B\nstart: 2026-12-10 12:30\naliases: [/comptoirs/lire/]\n"),
    )
    site.commit()
    assert site.run("check") == 1
    (line,) = lines()
    assert line.startswith(f"webinars/{name}.md:4:11: error[duplicate-address]")
    site.write(f"webinars/{name}.md", page("title: B\nstart: 2026-12-10 12:30\nid: lire\n"))
    assert site.run("check") == 1
    (line,) = lines()
    assert "error[duplicate-id]" in line


@pytest.mark.large
def test_what_is_wrong_in_a_source_waits_for_nothing_that_draws() -> None:
    code = "import sys, json, parcours.engine.opening; print(json.dumps(sorted(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    found = {name.removeprefix("parcours.") for name in json.loads(done.stdout)}
    assert "reading" in found
    drawing = {"assembly", "checks", "feeds", "pages.page", "search", "engine.rendering"}
    assert not found & {*drawing, "PIL", "icalendar", "segno", "feedgen", "mkdocs.livereload"}

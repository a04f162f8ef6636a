"""Building: whole, safe, the same every time."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import time
from datetime import datetime
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote

import pytest
from PIL import Image

from parcours.sources.walk import MARK
from parcours.tree import content

from .conftest import NOW, ROOT, Site, compiled_names
from .corpora import compiled

HOSTILE = 'A </title><script>alert(1)</script> & <img src=x onerror=alert(1)> "q" {{ 1 }}'


class Tags(HTMLParser):
    """The tags of a page with their attributes."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))

    handle_startendtag = handle_starttag


def contents(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


@pytest.mark.large
def test_the_smallest_configuration(smallest: Site) -> None:
    out = smallest.build()
    page = (out / "webinars" / "one" / "index.html").read_text()
    assert "Thursday, 3 December 2026, 12:30\u00a0–\u00a013:30" in page
    assert "TZID=Europe/Lisbon:20261203T123000" in (out / "feeds" / "agenda.ics").read_text()
    assert (out / "subscribe" / "index.html").is_file()


@pytest.mark.large
def test_plain_mkdocs_builds_the_same(site: Site) -> None:
    site.write("webinars/un.md", "---\ntitle: Un\nstart: 2026-12-03 12:30\n---\nTexte.\n")
    site.commit()
    ours = contents(site.build())
    env = {**os.environ, "SOURCE_DATE_EPOCH": "1795510800", "NO_MKDOCS_2_WARNING": "1"}
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "-d", "plain"]
    done = subprocess.run(command, cwd=site.root, env=env, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert contents(site.root / "plain") == ours


@pytest.mark.large
@pytest.mark.parametrize(
    ("command", "known"),
    [
        ("compile -o", "flagship_compiled"),
        pytest.param("build -d", "flagship", marks=pytest.mark.deep),
    ],
    ids=["compiled", "built"],
)
def test_builds_are_identical(
    command: str, known: str, request: pytest.FixtureRequest, tmp_path: Path
) -> None:
    """In another folder, another zone, with other hashes, and by several processes."""
    copy = tmp_path / "elsewhere" / "copy"
    copy.mkdir(parents=True)
    for name in ("content", "webinars", "voyages", "mkdocs.yml"):
        source = ROOT / name
        (shutil.copytree if source.is_dir() else shutil.copy)(source, copy / name)
    if (ROOT / ".git").exists():
        repository = Site(ROOT).git("rev-parse", "--absolute-git-dir").strip()
        (copy / ".git").write_text(f"gitdir: {repository}\n")
    seed = "1" if os.environ.get("PYTHONHASHSEED") != "1" else "2"
    env = {**os.environ, "PYTHONHASHSEED": seed, "PARCOURS_PROCESSES": "2"}
    started = [sys.executable, "-m", "parcours.cli", *command.split(), "out", "--now", NOW]
    zone = "Asia/Tokyo" if time.timezone >= 0 else "America/Lima"
    done = subprocess.run(started, cwd=copy, env={**env, "TZ": zone}, capture_output=True)
    assert done.returncode == 0, done.stderr
    made, expected = contents(copy / "out"), contents(request.getfixturevalue(known))
    assert made.keys() == expected.keys()
    assert [name for name in made if made[name] != expected[name]] == []


@pytest.mark.large
def test_a_failing_build_leaves_the_site_as_it_was(site: Site) -> None:
    site.commit()
    out = site.build()
    before = contents(out)
    site.write("webinars/faux.md", "---\ntitle: X\n---\n")
    assert site.run("build", "-d", str(out)) == 1
    assert contents(out) == before
    # An error of the engine, after compilation, leaves it too.
    (site.root / "webinars" / "faux.md").unlink()
    site.write("mkdocs.yml", (site.root / "mkdocs.yml").read_text() + "strict: true\nnav: [x.md]\n")
    assert site.run("build", "-d", str(out)) == 1
    assert contents(out) == before
    assert sorted(p.name for p in site.root.iterdir() if p.name.startswith(".site")) == []


@pytest.mark.large
def test_a_folder_with_other_things_is_not_replaced(site: Site, tmp_path: Path) -> None:
    site.commit()
    other = tmp_path / "documents"
    other.mkdir()
    (other / "letter.txt").write_text("precious")
    assert site.run("build", "-d", str(other)) == 2
    assert site.run("build", "-d", str(site.root)) == 2
    assert site.run("compile", "-o", str(other)) == 2
    assert (other / "letter.txt").read_text() == "precious"


@pytest.mark.large
def test_hostile_texts_stay_text(site: Site) -> None:
    title = json.dumps(HOSTILE)
    site.write(
        "webinars/un.md",
        f"---\ntitle: {title}\nstart: 2026-12-03 12:30\nsummary: {title}\n---\n"
        "Un\n\n<div><script>alert(2)</script><p onclick=alert(3)>x\n\n[y](javascript:alert(4))\n\n"
        '```\n</div></pc-quiet>\n```\n\n</div></div></article></main>\n--8<-- "mkdocs.yml"\n',
    )
    site.write("content/p.md", f"---\ntitle: {title}\ndescription: {title}\n---\nTexte.\n")
    site.write("content/q.md", "# Un &lt;/title&gt;&lt;script&gt;alert(1)&lt;/script&gt;\n")
    site.commit()
    out = site.build()
    clean = {"script": 0, "img": 0}
    for name in ("404.html", "agenda/index.html"):
        tags = Tags((out / name).read_text()).found
        clean["script"] = max(clean["script"], sum(tag == "script" for tag, _ in tags))
    for page in out.rglob("*.html"):
        text = page.read_text()
        tags = Tags(text).found
        assert not [a for _, attrs in tags for a in attrs if a.startswith("on")], page
        assert not [a for _, at in tags for a in at.values() if a and "javascript:" in a.lower()]
        assert not [t for t, a in tags if t == "img" and a.get("src") == "x"], page
        data = sum(t == "script" and a.get("type") == "application/ld+json" for t, a in tags)
        assert sum(t == "script" for t, _ in tags) - data <= clean["script"] + 1, page
        for body in re.findall(r"<script[^>]*ld\+json[^>]*>(.*?)</script>", text, re.S):
            thing = json.loads(body)
            territory = thing["@type"] == "AdministrativeArea"
            assert territory or thing["name"] == " ".join(HOSTILE.split())
    event = (out / "comptoirs" / "un" / "index.html").read_text()
    assert event.count("</main>") == 1
    assert event.count("</article>") == 1
    assert "uid_domain" not in event
    assert "pc-facts" in event.split("</article>")[0]


def test_sources_are_not_published(flagship: Path) -> None:
    names = [path.relative_to(flagship).as_posix() for path in flagship.rglob("*")]
    assert not [name for name in names if name.endswith((".md", ".yml", ".yaml", ".po", ".py"))]
    assert not [name for name in names if name.startswith(("data/", "webinars/"))]


def test_a_build_publishes_what_is_compiled(flagship: Path, flagship_compiled: Path) -> None:
    """What the tests of feeds compile is what a build publishes."""
    built, compiled = contents(flagship), contents(flagship_compiled)
    ours = {name: data for name, data in compiled.items() if name != MARK}
    files = {name: data for name, data in ours.items() if not name.endswith(".md")}
    assert len(files) > 300
    assert [name for name, data in files.items() if built.get(name) != data] == []


def test_drafts_appear_nowhere(flagship: Path) -> None:
    draft = b"facilitateurs"
    title = "L’école des facilitateurs".encode()
    assert draft in (ROOT / "webinars" / "l-ecole-des-facilitateurs.md").read_bytes()
    assert not [
        path for path in flagship.rglob("*") if path.is_file() and title in path.read_bytes()
    ]


def test_pages_lead_to_their_real_source(flagship: Path) -> None:
    edit = "https://forge.example/1001-parcours/site/edit/main/"
    expected = {
        "index.html": "content/index.md",
        "agenda/index.html": "content/agenda.md",
        "comptoirs/index.html": "content/comptoirs/index.md",
        "comptoirs/premiers-pas-ia/index.html": "webinars/premiers-pas-ia/index.md",
        "comptoirs/retour-d-experience/index.html": "webinars/retour-d-experience.yml",
        "voyages/bretagne/index.html": "voyages/bretagne.md",
        "mooc/renverser-la-formation/index.html": "content/mooc/renverser-la-formation/index.md",
    }
    for page, source in expected.items():
        tags = Tags((flagship / page).read_text()).found
        found = [a["href"] for t, a in tags if t == "a" and "edit" in (a.get("rel") or "").split()]
        assert found == [edit + source], page
        assert (ROOT / source).is_file()


def test_head_of_an_event(flagship: Path) -> None:
    text = (flagship / "comptoirs" / "premiers-pas-ia" / "index.html").read_text()
    tags = Tags(text).found
    links = [a for t, a in tags if t == "link"]
    base = "https://1001-parcours.example/"
    assert [a["href"] for a in links if a.get("rel") == "canonical"] == [
        base + "comptoirs/premiers-pas-ia/"
    ]
    feeds = {a["type"] for a in links if a.get("rel") == "alternate"}
    assert feeds == {
        "text/calendar",
        "application/rss+xml",
        "application/atom+xml",
        "application/feed+json",
    }
    (description,) = [a["content"] for t, a in tags if a.get("name") == "description"]
    assert description is not None
    assert description.startswith("Comptoir du Jeudi, jeudi 11\u00a0janvier\u00a02024")
    video, data = re.findall(r"<script[^>]*ld\+json[^>]*>(.*?)</script>", text, re.S)
    event = json.loads(data)
    assert event["@type"] == "Event"
    assert event["startDate"] == "2024-01-11T12:30:00+01:00"
    assert json.loads(video)["@id"] == event["recordedIn"]["@id"]


def test_every_link_and_asset_of_the_site_exists(flagship: Path) -> None:
    missing = []
    for page in flagship.rglob("*.html"):
        if page.name == "404.html":
            continue
        for _, attrs in Tags(page.read_text()).found:
            for key in ("href", "src"):
                link = (attrs.get(key) or "").split("#")[0].split("?")[0]
                schemes = ("webcal:", "mailto:", "data:", "geo:")
                if not link or "://" in link or link.startswith(schemes):
                    continue
                target = Path(os.path.normpath(page.parent / link))
                if not (target.is_file() or (target / "index.html").is_file()):
                    missing.append((page.relative_to(flagship).as_posix(), link))
    assert missing == []


@pytest.mark.large
def test_the_sitemap_has_true_dates(site: Site) -> None:
    site.write("webinars/un.md", "---\ntitle: Un\nstart: 2026-12-03 12:30\n---\n")
    site.commit("2026-02-03T00:00:00Z")
    text = (site.build() / "sitemap.xml").read_text()
    assert re.search(r"comptoirs/un/</loc>\s*<lastmod>2026-02-03<", text)


@pytest.mark.large
def test_a_renamed_page_leaves_a_redirect(site: Site) -> None:
    front = "title: Un\nstart: 2026-12-03 12:30\naliases: [/ancien/nom/]\n"
    site.write("webinars/un.md", f"---\n{front}---\n")
    site.commit()
    text = (site.build() / "ancien" / "nom" / "index.html").read_text()
    assert 'content="0; url=../../comptoirs/un/"' in text


@pytest.mark.large
def test_another_community_builds_in_its_own_words(tmp_path: Path) -> None:
    other = Site(tmp_path / "other")
    other.write(
        "mkdocs.yml",
        "site_name: Rust meets\nsite_url: https://rust.example/a/b/\ndocs_dir: docs\n"
        "theme: {name: material, language: en}\n"
        "plugins:\n- parcours:\n    uid_domain: rust.example\n    timezone: America/New_York\n"
        "    collections:\n"
        "      talks: {kind: webinar, folder: talks, name: Talks, weekday: monday}\n",
    )
    other.write("docs/index.md", "# Rust meets\n")
    other.write("docs/data/territories/east.yml", "name: East coast\n")
    other.write(
        "talks/one.md",
        "---\ntitle: One\nstart: 2026-12-07 18:00\nterritories: [east]\n---\nText.\n",
    )
    other.commit()
    out = other.build()
    text = "".join(path.read_text() for path in out.rglob("*.html"))
    assert "Talks" in text
    assert "Comptoir" not in text
    assert "CCI" not in text
    ics = (out / "feeds" / "talks.ics").read_text()
    assert "UID:one.talks@rust.example" in ics
    assert "SOURCE;VALUE=URI:https://rust.example/a/b/feeds/talks.ics" in ics.replace("\r\n ", "")


def test_a_way_to_take_part_that_nobody_described_says_what_there_is(smallest: Site) -> None:
    home = smallest.page("").read_text("utf-8")
    ways = home.partition("pc-home-ways")[2].partition("</section>")[0]
    assert ways.count("<li") == ways.count("<p") > 1
    assert "1\u00a0meeting to come" in ways or "1 meeting to come" in ways


@pytest.mark.large
def test_the_deployment_names_the_address(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SITE_URL", "https://pages.example/sous/chemin")
    made = compiled(ROOT / "mkdocs.yml", datetime.fromisoformat(NOW), draws=False).tree.files
    (page,) = (made[one] for one in compiled_names("s-abonner") if one in made)
    assert b"https://pages.example/sous/chemin/flux/agenda.ics" in content(page)
    uid = b"UID:premiers-pas-ia.comptoirs@1001-parcours.example"
    assert uid in content(made["comptoirs/premiers-pas-ia.ics"])


@pytest.mark.large
def test_the_engine_may_leave_authored_pages_out(site: Site) -> None:
    config = (site.root / "mkdocs.yml").read_text()
    site.write("mkdocs.yml", config + "exclude_docs: brouillons/\n")
    site.write("content/brouillons/note.md", "# Note\n")
    site.commit()
    assert not (site.build() / "brouillons").exists()


@pytest.mark.large
def test_compile_writes_the_tree(site: Site, tmp_path: Path) -> None:
    site.write("webinars/un.md", "---\ntitle: Un\nstart: 2026-12-03 12:30\n---\nTexte.\n")
    site.commit()
    out = tmp_path / "tree"
    assert site.run("compile", "-o", str(out)) == 0
    assert {"index.md", "comptoirs/un.md", "comptoirs/un.ics", "flux/agenda.ics"} <= set(
        contents(out)
    )
    (out / "stale.md").write_text("x")
    assert site.run("compile", "-o", str(out)) == 0
    assert not (out / "stale.md").exists()


def article(page: Path) -> str:
    """The content of a page, without what only our theme adds."""
    text = page.read_text().split("<article")[1].split("</article>")[0]
    text = text.replace(' id="pc-content" tabindex="-1"', "")
    return re.sub(r"\s+", "", text.split('<p class="pc-edit"')[0])


@pytest.mark.large
def test_the_tree_renders_the_same_without_the_plugin(site: Site, tmp_path: Path) -> None:
    body = "Un *texte*.\n\n```\n# pas un titre\n\n    code\n```\n\n- a\n\n<div>ouvert\n"
    for name, title in (("un", "Un & <deux>"), ("trois", "# Trois ![x](y) `z`")):
        front = (
            f"title: {json.dumps(title)}\nstart: 2026-12-03 12:30\nsummary: '*a* _b_ {{% x %}}'\n"
        )
        site.write(f"webinars/{name}.md", f"---\n{front}---\n{body}")
    site.commit()
    ours = site.build()
    plain = tmp_path / "plain"
    assert site.run("compile", "-o", str(plain / "content")) == 0
    (plain / "mkdocs.yml").write_text(
        "site_name: Petit site\nsite_url: https://petit.example/x/\ndocs_dir: content\n"
        "theme: {name: material, language: fr, font: false}\nplugins: []\n"
    )
    command = [sys.executable, "-m", "mkdocs", "build", "-q"]
    subprocess.run(command, cwd=plain, check=True, env={**os.environ, "NO_MKDOCS_2_WARNING": "1"})
    for page in ("comptoirs/un", "comptoirs/trois", "agenda", ""):
        index = Path(page) / "index.html"
        assert article(ours / index) == article(plain / "site" / index), page


@pytest.mark.large
def test_tags_in_a_page_lead_where_the_forge_leads(smallest: Site) -> None:
    """Markdown or HTML, a path starts from the file that holds it."""
    for name in ("content/img/a b.png", "content/sub/a.png"):
        Image.new("RGB", (30, 20)).save(smallest.write(name, b""), "PNG")
    smallest.write("content/q.md", "# Q\n")
    tags = (
        '<img src="../img/a%20b.png" alt="one" width="5">',
        '<picture><source srcset="../img/a%20b.png 2x"><img src="a.png" alt="two"></picture>',
        '<a href="../q.md#q">q</a> [q](../q.md)',
    )
    smallest.write("content/sub/p.md", "# P\n\n" + "\n\n".join(tags) + "\n")
    smallest.write(
        "content/sub/index.md", '# S\n\n<img src="a.png" alt="s"> <a href="p.md">p</a>\n'
    )
    out = smallest.build()
    for page, links in (
        ("sub/p", {"../../img/a%20b.png", "../a.png", "../../q/", "../../q/#q"}),
        ("sub", {"a.png", "p/"}),
    ):
        text = (out / page / "index.html").read_text("utf-8")
        article = text.partition("<article")[2].partition("</article")[0]
        said = ", ".join(re.findall(r'(?:src|href|srcset)="([^"]*)"', article))
        found = {one.split()[0] for one in said.split(", ")}
        assert links <= found, found
        for link in found:
            path = unquote(link.partition("#")[0])
            assert (out / page / path).exists(), link

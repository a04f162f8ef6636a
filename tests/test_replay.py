"""Replays: captions read, players known, what is owed; and the page in a real browser."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from playwright.sync_api import Browser, Page, Route, expect

from parcours.model.transcript import Cue, paragraphs
from parcours.pages.players import player
from parcours.problems import Problems
from parcours.sources.transcripts import read_captions

from .axe import by_width, faults
from .conftest import Site, french, once
from .reading import still, stopped, until
from .serving import serving

VTT = "WEBVTT\n\n00:01.000 --> 00:03.000\n{text}\n"
EVENT = "---\ntitle: Un\nstart: 2026-11-05 12:30\nreplay: {%s}\n---\nTexte.\n"
HOST = "https://tube.example"


def captions(tmp_path: Path, text: str | bytes) -> tuple[list[str], list[tuple[str, int]]]:
    """The paragraphs of captions, and the codes and lines of their problems."""
    data = text if isinstance(text, bytes) else text.encode()
    (tmp_path / "a.vtt").write_bytes(data)
    problems = Problems()
    read = read_captions(tmp_path, "a.vtt", problems)
    found = [(one.code, one.mark.line) for one in problems.sorted()]
    return [f"{p.voice}|{p.text}" for p in read.paragraphs] if read else [], found


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("Bonjour <b>à</b> <c.jaune>tous</c> &amp; toutes", "|Bonjour à tous & toutes"),
        ("<v Ana>Bonjour.</v>", "Ana|Bonjour."),
        ("<v.fort Ana Ba>Bon\njour.", "Ana Ba|Bon jour."),
        ("a <00:00:02.000>b", "|a b"),
        ("1 &lt; 2 <i", "|1 < 2 <i"),
    ],
)
def test_captions_become_text(tmp_path: Path, text: str, read: str) -> None:
    assert captions(tmp_path, VTT.format(text=text)) == ([read], [])


def test_two_voices_of_a_caption_are_told_apart(tmp_path: Path) -> None:
    read, _ = captions(tmp_path, VTT.format(text="<v Ana>Oui.\n<v Bo>Non."))
    assert read == ["Ana|Oui.", "Bo|Non."]


def test_marks_of_windows_notes_and_styles_do_no_harm(tmp_path: Path) -> None:
    text = "\ufeffWEBVTT - titre\n\nSTYLE\n::cue {}\n\nNOTE a --> b\n\nNOTE\ndeux\n\nid\n"
    text += "00:01.000 --> 00:02.000 line:0\nUn.\n"
    assert captions(tmp_path, text.replace("\n", "\r\n")) == (["|Un."], [])


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("00:01.000 --> 00:02.000\nUn.\n", ("captions-header", 1)),
        ("WEBVTTX\n", ("captions-header", 1)),
        ("WEBVTT\n\n00:01,000 --> 00:02,000\nUn.\n", ("captions-time", 3)),
        ("WEBVTT\n\n1\n00:71:00.000 --> 00:72:00.000\nUn.\n", ("captions-time", 4)),
        ("WEBVTT\n\n00:03.000 --> 00:02.000\nUn.\n", ("captions-order", 3)),
        ("WEBVTT\n", ("captions-empty", 1)),
        ("WEBVTT\n\nété".encode("cp1252"), ("encoding", 3)),
    ],
)
def test_wrong_captions_are_told(
    tmp_path: Path, text: str | bytes, problem: tuple[str, int]
) -> None:
    assert problem in captions(tmp_path, text)[1]


@given(st.text(alphabet="WEBVT\n-> 0:.1NOTE<v a&;\r\x00é", max_size=120))
def test_no_captions_end_in_a_traceback(
    tmp_path_factory: pytest.TempPathFactory, text: str
) -> None:
    captions(tmp_path_factory.getbasetemp(), "WEBVTT\n\n" + text)


def test_captions_are_joined_to_paragraphs() -> None:
    cues = [Cue(n, n + 1, "", f"Phrase numéro {n}.") for n in range(40)]
    cues += [Cue(60, 61, "", "Après un silence."), Cue(61, 62, "", "Après un silence.")]
    cues += [Cue(62, 63, "Ana", "Une autre voix."), Cue(63, 64, "", "Toujours elle.")]
    made = list(paragraphs(reversed(cues)))
    assert [p.at for p in made if p.at is not None and p.at >= 60] == [60, 62]
    assert made[-2].text == "Après un silence."
    assert made[-1].text == "Une autre voix. Toujours elle."
    assert 2 <= len(made) - 2 <= 4
    assert all(p.text.endswith(".") for p in made)


@pytest.mark.parametrize(
    ("url", "kind", "source", "at"),
    [
        (f"{HOST}/w/abcd-1", "frame", f"{HOST}/videos/embed/abcd-1?p2p=0", "/w/abcd-1?start=90s"),
        (
            "https://www.youtube.com/watch?v=abcdefghijk&t=3",
            "frame",
            "https://www.youtube-nocookie.com/embed/abcdefghijk?rel=0",
            "watch?v=abcdefghijk&t=90s",
        ),
        (
            "https://youtu.be/abcdefghijk",
            "frame",
            "https://www.youtube-nocookie.com/embed/abcdefghijk?rel=0",
            "&t=90s",
        ),
        (
            "https://vimeo.com/123456/abcdef0123",
            "frame",
            "https://player.vimeo.com/video/123456?dnt=1&h=abcdef0123",
            "#t=90s",
        ),
        (
            "https://vimeo.com/123456?h=abcdef0123&share=copy",
            "frame",
            "https://player.vimeo.com/video/123456?dnt=1&h=abcdef0123",
            "#t=90s",
        ),
        (
            "https://player.vimeo.com/video/123456?h=%22onload",
            "frame",
            "https://player.vimeo.com/video/123456?dnt=1",
            "#t=90s",
        ),
        (
            "https://dai.ly/x7abcd",
            "frame",
            "https://geo.dailymotion.com/player.html?video=x7abcd",
            "?start=90",
        ),
        (f"{HOST}/a.MP4?x=1", "video", f"{HOST}/a.MP4?x=1", "?x=1#t=90"),
        (f"{HOST}/a.mp3", "audio", f"{HOST}/a.mp3", "#t=90"),
        (f"{HOST}/elsewhere", "link", "", ""),
        ("https://youtube.com.evil.example/watch?v=abcdefghijk", "link", "", ""),
        ("https://www.youtube.com/watch?v=%22onload=", "link", "", ""),
    ],
)
def test_players(url: str, kind: str, source: str, at: str) -> None:
    found = player(url)
    assert (found.kind, found.source) == (kind, source)
    assert found.at(90).endswith(at)
    assert bool(found.at(90)) == (kind != "link")


def replays(site: Site) -> Site:
    """Replays of each kind: a frame, a file with captions, a transcript in Markdown."""
    replay = f"video: {HOST}/w/abcd1, captions: a.vtt, duration: 50 min, "
    replay += "chapters: [{at: '0:00', title: Début}, {at: '1:30', title: Suite}]"
    theme = "themes: [paix]\n---\nTexte.\n"
    site.write("content/data/themes/paix.yml", "name: Paix\n")
    site.write("webinars/cadre.md", EVENT.replace("---\nTexte.\n", theme) % replay)
    site.write("webinars/a.vtt", VTT.format(text="Élan <b>vital</b> l'<script>alert(1)</script>"))
    site.write("webinars/fichier.md", EVENT % f"video: {HOST}/a.mp4, captions: a.vtt")
    site.write(
        "webinars/dit/index.md", EVENT % f"video: {HOST}/x, transcript: dit.md, audio: a.mp3"
    )
    site.write("webinars/dit/dit.md", "## Début\n\nParole [lien](a.mp3) `a ? b`.\n")
    site.write("webinars/dit/a.mp3", b"x" * 2_500_000)
    site.write("webinars/lie.md", (EVENT.replace("---\nTexte.\n", theme) % f"video: {HOST}/z"))
    site.write("webinars/son.md", EVENT % f"video: {HOST}/w/abcd1, audio: {HOST}/w/son")
    site.write("webinars/du.md", "---\ntitle: Dû\nstart: 2026-10-01 12:30\n---\nTexte.\n")
    site.write("webinars/tot.md", "---\ntitle: Tôt\nstart: 2026-11-12 12:30\n---\nTexte.\n")
    site.write("content/contribuer.md", "# Contribuer\n\nTexte.\n")
    return site


@pytest.fixture
def recorded(site: Site) -> Site:
    """Replays of each kind, to be changed or built."""
    return replays(site)


@pytest.fixture(scope="session")
def recordings(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same, built."""
    return once(tmp_path_factory, "recordings", lambda folder: replays(french(folder)).build())


def html(out: Path, name: str) -> str:
    return (out / name / "index.html").read_text()


@pytest.mark.large
def test_replay_pages(recorded: Site) -> None:
    out = recorded.build()
    frame = html(out, "comptoirs/cadre")
    assert "<iframe" not in frame
    assert f'href="{HOST}/w/abcd1?start=90s" rel="noopener" data-at="90">1:30</a> Suite' in frame
    assert frame.count("Rien n’est chargé depuis tube.example") == 1
    # Film and sound come from one host, which is told of once.
    assert html(out, "comptoirs/son").count("Rien n’est chargé depuis tube.example") == 1
    assert "Élan vital l’alert(1)" in frame
    assert "<script>alert" not in frame
    assert "comptoirs/lie/" in frame[frame.index("Sur les mêmes thèmes") :]
    said = html(out, "comptoirs/dit")
    assert '<audio controls preload="none" src="../../comptoirs/dit/a.mp3"' in said
    assert "MP3, 2,5\u00a0Mo" in said
    assert "<code>a ? b</code>" in said
    assert f'href="{HOST}/x" rel="noopener">Regarder sur tube.example' in said
    assert not (out / "comptoirs" / "dit" / "dit").exists()
    gallery = html(out, "replays")
    assert [name in gallery for name in ("cadre", "fichier", "dit", "lie", "comptoirs/du/")] == [
        True,
        True,
        True,
        True,
        False,
    ]
    assert "../flux/replays.rss.xml" in gallery


@pytest.mark.large
def test_the_origin_of_a_player_is_in_the_front_matter(recorded: Site, tmp_path: Path) -> None:
    assert recorded.run("compile", "-o", str(tmp_path / "tree")) == 0
    for name, origins in (("cadre", [HOST]), ("fichier", [HOST]), ("dit", None)):
        text = (tmp_path / "tree" / "comptoirs" / f"{name}.md").read_text()
        found = re.search(r"^frames: (.*)$", text, re.MULTILINE)
        assert (json.loads(found[1]) if found else None) == origins


@pytest.mark.large
def test_search_engines_are_told_of_the_video(recorded: Site) -> None:
    recorded.commit("2026-11-10T00:00:00Z")
    found = html(recorded.build(), "comptoirs/cadre")
    scripts = re.findall(r'<script type="application/ld\+json">(.*?)</script>', found)
    (video,) = [data for one in scripts if (data := json.loads(one))["@type"] == "VideoObject"]
    assert video["embedUrl"] == f"{HOST}/videos/embed/abcd1?p2p=0"
    assert video["duration"] == "PT3000S"
    assert video["uploadDate"] == "2026-11-10T00:00:00+00:00"
    assert video["transcript"].startswith("Élan vital")
    clips = [(c["startOffset"], c.get("endOffset")) for c in video["hasPart"]]
    assert clips == [(0, 90), (90, 3000)]
    (thumbnail,) = video["thumbnailUrl"]
    assert thumbnail.startswith("https://petit.example/x/assets/cards/comptoirs/cadre.png?v=")


@pytest.mark.large
def test_replays_that_are_owed(recorded: Site, capsys: pytest.CaptureFixture[str]) -> None:
    page = html(recorded.build(), "contribuer")
    owed = page[page.index("Replays attendus") :]
    assert '<time class="pc-line__day" datetime="2026-10-01">' in owed
    assert "jours" not in owed[: owed.index("</section>")]  # a page stands for weeks
    assert "comptoirs/tot/" not in page
    capsys.readouterr()
    assert recorded.run("check", "--lang", "fr") == 0
    assert "webinars/du.md (1er octobre 2026)" in capsys.readouterr().err.replace("\u00a0", " ")
    later = html(recorded.build(now="2026-11-27T00:00:00Z"), "contribuer")
    assert "comptoirs/tot/" in later


def test_of_many_replays_that_are_owed_the_latest_are_named(
    site: Site, capsys: pytest.CaptureFixture[str]
) -> None:
    days = [date(2026, 7, 2) + timedelta(weeks=week) for week in range(12)]
    for day in days:
        front = f"---\ntitle: Le {day}\nstart: {day} 12:30\n---\n"
        site.write(f"webinars/n{day}.md", front)
    assert site.run("check", "--lang", "fr") == 0
    said = capsys.readouterr().err.splitlines()
    named = [line.split()[0] for line in said if line.startswith("  webinars/")]
    assert named == [f"webinars/n{day}.md" for day in days[2:]]
    assert "  2 attendus depuis plus longtemps sont nommés avec --verbose" in said
    assert site.run("check", "--lang", "fr", "--verbose") == 0
    assert capsys.readouterr().err.count("  webinars/n") == 12


@pytest.mark.large
def test_many_replays_are_paged_by_year(site: Site) -> None:
    for n in range(70):
        day = date(2023, 6, 1) + timedelta(weeks=n)
        text = EVENT.replace("2026-11-05", str(day))
        site.write(f"webinars/e{n}.md", text % f"video: {HOST}/{n}")
    out = site.build()
    first = html(out, "replays")
    assert first.count("pc-thumb__play") == 60
    years = [html(out, f"replays/{year}") for year in (2023, 2024)]
    assert sum(one.count("pc-thumb__play") for one in years) == 70
    assert '<strong class="pc-chip" aria-current="page">2024 ' in years[1]


@pytest.fixture(scope="module")
def local(recordings: Path) -> Iterator[str]:
    with serving(recordings / "site") as address:
        yield address


def stub(asked: list[str]) -> Callable[[Route], None]:
    def answer(route: Route) -> None:
        asked.append(route.request.url)
        route.fulfill(body="<!doctype html><title>x</title>", content_type="text/html")

    return answer


@pytest.mark.browser
def test_nothing_is_asked_before_the_click(browser: Browser, local: str) -> None:
    asked: list[str] = []
    page = browser.new_page()
    page.route(re.compile(r"^https://tube\.example/"), stub(asked))
    page.goto(f"{local}comptoirs/cadre/#t=12", wait_until="networkidle")
    assert asked == []
    page.get_by_role("button", name="Afficher la vidéo ici").press("Enter")
    frame = page.locator("iframe[title='Vidéo\u00a0: Un']")
    expect(frame).to_have_attribute("sandbox", re.compile("allow-scripts"))
    expect(frame).to_have_attribute("referrerpolicy", "strict-origin")
    expect(frame).to_have_attribute("src", f"{HOST}/videos/embed/abcd1?p2p=0&start=12s")
    page.get_by_role("link", name="1:30").click()
    page.locator("iframe[src$='start=90s']").wait_for()
    until(page, lambda: bool(asked))
    expect(page.locator("iframe")).to_have_count(1)
    expect(page).to_have_url(re.compile(f"^{local}"))
    page.close()


@pytest.mark.browser
def test_a_file_is_played_with_its_captions(browser: Browser, local: str) -> None:
    page = browser.new_page()
    page.route(re.compile(r"^https://tube\.example/"), stub([]))
    page.goto(f"{local}comptoirs/fichier/")
    expect(page.locator("video")).to_have_count(0)
    page.get_by_role("button", name="Afficher la vidéo ici").click()
    video = page.locator("video[controls]")
    expect(video).to_be_attached()
    expect(video).not_to_have_attribute("autoplay", re.compile(""))
    track = video.locator("track").get_attribute("src")
    assert track
    assert page.request.get(f"{local}comptoirs/fichier/{track}").ok
    page.close()


@pytest.mark.browser
@pytest.mark.parametrize(("moment", "start"), [("6m40s", 400), ("400", 400), ("1h2m", 3720)])
def test_a_link_to_a_moment_opens_there(
    browser: Browser, local: str, moment: str, start: int
) -> None:
    context = browser.new_context(permissions=["clipboard-read", "clipboard-write"])
    page = context.new_page()
    page.route(re.compile(r"^https://tube\.example/"), stub([]))
    page.goto(f"{local}comptoirs/cadre/#t={moment}")
    expect(page.get_by_role("button", name="Copier le lien vers ce moment")).to_be_hidden()
    page.get_by_role("button", name="Afficher la vidéo ici").click()
    page.locator(f"iframe[src$='start={start}s']").wait_for()
    stopped(page)
    page.get_by_role("button", name="Copier le lien vers ce moment").click()
    expect(page.get_by_role("button", name="Copié")).to_be_visible()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied == f"{local}comptoirs/cadre/#t={start // 60}m{start % 60}s"
    context.close()


@pytest.mark.browser
def test_the_transcript_follows_the_player(browser: Browser, local: str) -> None:
    page = browser.new_page()
    page.route(re.compile(r"^https://tube\.example/"), stub([]))
    page.goto(f"{local}comptoirs/fichier/")
    follow = page.get_by_label("Suivre la lecture")
    expect(follow).to_be_hidden()
    page.get_by_role("button", name="Afficher la vidéo ici").click()
    expect(follow).to_be_checked()
    tell = """at => {
        const video = document.querySelector("video");
        Object.defineProperty(video, "currentTime", { value: at, configurable: true });
        video.dispatchEvent(new Event("timeupdate"));
        return [...document.querySelectorAll(".pc-passage[aria-current]")].map(one => one.id);
    }"""
    first = page.locator(".pc-passage").first
    at = float(first.locator("[data-at]").get_attribute("data-at") or 0)
    said = first.get_attribute("id")
    assert page.evaluate(tell, at + 0.5) == [said]
    follow.uncheck()
    assert page.evaluate(tell, at + 0.5) == []
    page.close()


@pytest.mark.browser
def test_a_transcript_is_searched_by_keyboard(browser: Browser, flagship: Path) -> None:
    with serving(flagship) as base:
        page = browser.new_page()
        page.goto(f"{base}comptoirs/premiers-pas-ia/")
        page.get_by_label("Chercher dans la transcription").last.focus()
        page.keyboard.type("ECRIVENT")
        expect(page.get_by_role("status").filter(has_text="Un passage")).to_be_visible()
        expect(page.locator("mark")).to_have_text(["écrivent"])
        # The time above what was found stays, the rest goes.
        expect(page.locator(".pc-passage:visible")).to_have_count(2)
        page.keyboard.press("Escape")
        expect(page.locator("mark")).to_have_count(0)
        expect(page.locator(".pc-passage:visible").nth(5)).to_be_attached()
        page.close()


@pytest.mark.browser
def test_all_is_there_without_javascript(browser: Browser, flagship: Path) -> None:
    with serving(flagship) as base:
        context = browser.new_context(java_script_enabled=False)
        page = context.new_page()
        page.goto(f"{base}comptoirs/premiers-pas-ia/")
        expect(page.get_by_role("button", name="Afficher la vidéo ici")).to_be_hidden()
        link = page.get_by_role("link", name="Regarder sur video.example")
        expect(link).to_have_attribute("href", "https://video.example/w/premiers-pas-ia")
        page.get_by_text("Lire ce qui s’est dit").click()
        expect(page.get_by_text("Deuxième usage")).to_be_visible()
        expect(page.locator("#pc-heard")).to_be_hidden()
        context.close()


@pytest.mark.browser
@pytest.mark.parametrize("name", ["comptoirs/cadre/", "comptoirs/dit/", "replays/", "contribuer/"])
def test_replays_pass_axe(page: Page, local: str, name: str) -> None:
    page.route(re.compile(r"^https://tube\.example/"), stub([]))
    page.goto(local + name, wait_until="networkidle")
    for details in page.locator(".pc-transcript__body").all():
        details.locator("summary").click()
    still(page)
    assert faults(page, "article", scheme=by_width(page)) == []
    small = page.eval_on_selector_all(
        ".pc-replay :is(a, button, input, summary):not(.pc-transcript__text > p:not([class]) a)",
        "all => all.filter(e => e.offsetParent && e.getBoundingClientRect().height < 24)"
        ".map(e => e.outerHTML)",
    )
    assert small == []
    width = page.evaluate("document.documentElement.scrollWidth")
    assert width <= page.evaluate("window.innerWidth")


@pytest.mark.large
def test_related_meetings_share_themes_and_time(site: Site) -> None:
    for theme in ("a", "b"):
        site.write(f"content/data/themes/{theme}.yml", f"name: {theme}\n")
    made = {
        "soi": ("2026-11-05", "[a, b]"),
        "deux-themes": ("2025-01-02", "[a, b]"),
        "proche": ("2026-10-29", "[a]"),
        "loin": ("2024-01-04", "[a]"),
        "bientot": ("2026-12-03", "[b]"),
        "ensuite": ("2026-12-10", "[b]"),
        "tard": ("2027-01-07", "[b]"),
        "autre": ("2026-11-12", "[]"),
    }
    for name, (day, themes) in made.items():
        front = f"title: {name}\nstart: {day} 12:30\nthemes: {themes}\n"
        site.write(f"webinars/{name}.md", f"---\n{front}---\nTexte.\n")
    part = html(site.build(), "comptoirs/soi").partition('class="pc-related"')[2]
    found = re.findall(r'href="../../comptoirs/([\w-]+)/"', part.partition("</section>")[0])
    assert found == ["bientot", "ensuite", "proche", "deux-themes"]

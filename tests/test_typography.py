"""French typography: what it does, and all that it must leave alone."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from parcours.prose.typography import typeset, typeset_html

from .conftest import Site

N, W = "\u202f", "\u00a0"


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("Quoi? Oui! Non; enfin.", f"Quoi{N}? Oui{N}! Non{N}; enfin."),
        ("Quoi ? Oui ! Non ; enfin.", f"Quoi{N}? Oui{N}! Non{N}; enfin."),
        ("Ainsi: ceci. Ainsi : cela.", f"Ainsi{W}: ceci. Ainsi{W}: cela."),
        ("«un» « deux »", f"«{W}un{W}» «{W}deux{W}»"),
        ("(Vraiment ?!)", f"(Vraiment{N}?!)"),
        ("l'été d'ici, aujourd'hui", "l’été d’ici, aujourd’hui"),
        ("Attendez... oui", "Attendez… oui"),
        ("à 12h30, à 12 h 30, à 9h", f"à 12{W}h{W}30, à 12{W}h{W}30, à 9{W}h"),
        ("50% ou 50 %", f"50{W}% ou 50{W}%"),
        ("le 9 janvier, le Jeudi 3 Décembre", f"le 9{W}janvier, le jeudi 3{W}décembre"),
        ("n°5 et n° 6", f"n°{W}5 et n°{W}6"),
    ],
)
def test_rules(written: str, read: str) -> None:
    assert typeset(written) == read
    assert typeset_html(written) == read


@pytest.mark.parametrize(
    "text",
    [
        "12:30, 16:9, a::b :: c",
        "https://a.example/x?a=1;b=c!:d et HTTPS",
        "ecrire a.b@c.example ou :sourire: ou ;-) ou :-)",
        "../.. et 99h99 et 'citation' et rock 'n' roll",
        "Comptoirs du Jeudi",
        "(?) et [!]",
        "rgb(50%20) et x1er",
    ],
)
def test_what_is_left_alone(text: str) -> None:
    assert typeset(text) == text
    assert typeset_html(text) == text


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("<em>mot</em> ! <em>mot</em>!", f"<em>mot</em>{N}! <em>mot</em>{N}!"),
        ("«<em>mot</em>»", f"«{W}<em>mot</em>{W}»"),
        ("l&#39;<code>x</code>: y", f"l’<code>x</code>{W}: y"),
        ("a &amp; b; &lt;c&gt;;", f"a &amp; b{N}; &lt;c&gt;;"),
        ("mot&nbsp;! 1er mai", f"mot{N}! 1<sup>er</sup>{W}mai"),
        ('<p lang="en">Why? Isn\'t it!</p><p>Oui?</p>', None),
        ("<pre>a ? <b>b !</b></pre> <kbd>a ?</kbd> <samp>b ?</samp>", None),
        ("<script>a ? b : 'c';</script><style>a : b ;</style>", None),
        ("<a href=\"x?a;b : c\" title='1 > 2 ?'>mot</a><!-- a ? -->", None),
    ],
)
def test_markup(written: str, read: str | None) -> None:
    expected = written.replace("Oui?", f"Oui{N}?") if read is None else read
    assert typeset_html(written) == expected


TEXT = st.text(alphabet="abé N19hHer%;:!?.'’«»()[]/-°\n\u00a0\u202f&<>\ufdd0\ufdd2€", max_size=60)
MARKUP = st.lists(
    st.one_of(
        TEXT.map(lambda text: text.replace("<", "").replace("&", "")),
        st.sampled_from(
            [
                "<p>",
                "</p>",
                "<em>",
                "</em>",
                "<br>",
                "&amp;",
                "&#39;",
                "&nbsp;",
                "&#10;",
                "<code>a ? b: 'c'</code>",
                "<pre>x ! <b>y ;</b></pre>",
                "<script>if (a ? b : c) { d; }</script>",
                '<a href="https://x.example/?a=b;c : d" title="l\'x ?">',
                "</a>",
                "1er ",
                " 3 Mai ",
                " https://x.example/?q=a;b ",
            ]
        ),
    ),
    max_size=14,
).map("".join)


@given(TEXT)
def test_text_twice_is_text_once(text: str) -> None:
    once = typeset(text)
    assert typeset(once) == once


@pytest.mark.large
@given(MARKUP)
@settings(max_examples=300)
def test_markup_twice_is_markup_once(markup: str) -> None:
    once = typeset_html(markup)
    assert typeset_html(once) == once


@pytest.mark.large
@given(MARKUP)
def test_tags_and_code_come_out_as_they_went_in(markup: str) -> None:
    kept = re.compile(r"<(code|pre|script).*?</\1>|<[^>]*>", re.DOTALL)
    after = re.sub(r"<sup>(er|re)</sup>", r"\1", typeset_html(markup))
    assert [m[0] for m in kept.finditer(after)] == [m[0] for m in kept.finditer(markup)]


@given(TEXT)
def test_only_spaces_and_marks_change(text: str) -> None:
    def bare(words: str) -> str:
        words = words.replace("...", "…").replace("'", "’").lower()
        return re.sub("[ \u00a0\u202f]", "", words)

    assert bare(typeset(text)) == bare(text)


@given(st.text(alphabet="abcdéèçàœABC", max_size=40))
def test_a_word_stays_a_word(word: str) -> None:
    assert typeset(word) == word
    assert typeset_html(word) == word


def test_long_hostile_markup_ends(site: Site) -> None:
    for text in ("<" * 20_000, "<a '" * 5_000, "&" * 20_000, "a@" * 20_000, "«" * 20_000):
        assert typeset_html(text) is not None


BODY = "Quoi? `a ? b` l'heure: 12h30.\n"


@pytest.mark.large
def test_pages_written_and_compiled_and_feeds_have_it(site: Site) -> None:
    site.write("content/index.md", f"# Accueil: bonjour!\n\n{BODY}")
    site.write("webinars/un.md", f"---\ntitle: Pourquoi?\nstart: 2026-12-03 12:30\n---\n{BODY}")
    out = site.build()
    for name in ("index.html", "comptoirs/un/index.html"):
        page = (out / name).read_text()
        assert f"Quoi{N}? <code>a ? b</code> l’heure{W}: 12{W}h{W}30." in page
    assert f"<title>Pourquoi{N}? - " in (out / "comptoirs/un/index.html").read_text()
    calendar = (out / "flux" / "agenda.ics").read_text()
    assert "SUMMARY:Pourquoi?\n" in calendar.replace("\r\n", "\n")
    assert f"Quoi{N}?" in (out / "flux" / "agenda.rss.xml").read_text()


@pytest.mark.large
def test_another_language_is_left_alone(smallest: Site) -> None:
    smallest.write("webinars/one.md", "---\ntitle: Why?\nstart: 2026-12-03 12:30\n---\nIt's: so!\n")
    page = (smallest.build() / "webinars" / "one" / "index.html").read_text()
    assert "<h1>Why?</h1>" in page
    assert "It's: so!" in page

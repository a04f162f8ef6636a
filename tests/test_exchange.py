"""Facilitators and needs: what their files may say, and what is told of those that are wrong."""

from __future__ import annotations

import gzip
import re
from pathlib import Path

import feedparser
import pytest

from parcours.model.relay import relays_of
from parcours.model.report import years
from parcours.model.schema import TripRecord
from parcours.model.stage import to_come

from .conftest import REGIONS, Site
from .corpora import Corpus
from .telling import Capture, told

pytestmark = pytest.mark.regions


FACILITATOR = """\
name: Facilitatrice en évaluation
organisation: cfa-lille
consent: {given: 2026-09-01, until: 2027-08-31}
skills: [evaluation, animation]
territories: [hauts-de-france]
formats: [sur place, à distance]
languages: [fr]
available: [2027-01..2027-03, 2027-05]
capacity: 2
"""
NEED = """\
title: Accueillir les apprentis de première année
organisation: cfa-lille
skills: [accueil]
territory: bretagne
format: sur place
period: 2027-01..2027-04
urgency: ce trimestre
opened: 2026-11-20
"""
CONTACT = "state: in contact\ncontact: {with: atelier-lille, since: 2026-11-23}\n"

FILES = {
    "content/index.md": "# Accueil\n",
    "content/data/organisations/cfa-lille.yml": "name: CFA de Lille\ncontact: cfa@cci.example\n",
    "content/data/organisations/muette.yml": "name: Muette\n",
    "content/data/skills/animation.yml": "name: Animation\n",
    "content/data/skills/accueil.yml": "name: Accueil\nbroader: animation\n",
    "content/data/skills/evaluation.yml": "name: Évaluation\n",
    "content/data/facilitators/atelier-lille.yml": FACILITATOR,
    "content/data/needs/accueillir.yml": NEED,
    "webinars/accueil.md": "---\ntitle: Accueil\nstart: 2026-11-19 12:30\n---\nTexte.\n",
}
WHO = "content/data/facilitators/atelier-lille.yml"
WHAT = "content/data/needs/accueillir.yml"


@pytest.fixture
def market(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """A site with one facilitator and one need, both right."""
    made = Site(tmp_path_factory.mktemp("exchange"))
    made.write("mkdocs.yml", REGIONS)
    for folder in ("voyages", "content/mooc"):
        made.write(f"{folder}/.gitkeep", "")
    for name, text in FILES.items():
        made.write(name, text)
    return made


def test_right_files_are_right(market: Site, capsys: Capture) -> None:
    assert told(market, capsys) == []


def without(text: str, key: str) -> str:
    return "".join(line for line in text.splitlines(True) if not line.startswith(f"{key}:"))


def changed(text: str, key: str, value: str) -> str:
    return without(text, key) + f"{key}: {value}\n"


WRONG: list[tuple[str, str, str, str]] = [
    # name, file, text, what is told
    (
        "no consent",
        WHO,
        without(FACILITATOR, "consent"),
        "1:1: error[missing-key]",
    ),
    (
        "the consent ends before it begins",
        WHO,
        changed(FACILITATOR, "consent", "{given: 2026-09-01, until: 2026-08-31}"),
        "9:37: error[consent-order]",
    ),
    (
        "the consent ends soon",
        WHO,
        changed(FACILITATOR, "consent", "{given: 2026-09-01, until: 2026-12-23}"),
        "9:37: warning[consent-ending]",
    ),
    (
        "the consent is over",
        WHO,
        changed(FACILITATOR, "consent", "{given: 2026-09-01, until: 2026-11-23}"),
        "9:37: warning[consent-over]",
    ),
    (
        "the consent was withdrawn",
        WHO,
        changed(
            FACILITATOR, "consent", "{given: 2026-09-01, until: 2027-08-31, withdrawn: 2026-11-24}"
        ),
        "9:60: warning[consent-over]",
    ),
    (
        "the consent is still to come",
        WHO,
        changed(FACILITATOR, "consent", "{given: 2026-12-01, until: 2027-08-31}"),
        "9:18: warning[future-file]",
    ),
    ("no place at all", WHO, changed(FACILITATOR, "capacity", "0"), "9:11: error[out-of-range]"),
    ("ten places", WHO, changed(FACILITATOR, "capacity", "10"), "9:11: error[out-of-range]"),
    (
        "an unknown skill",
        WHO,
        changed(FACILITATOR, "skills", "[evaluation, inconnue]"),
        "9:22: error[unknown-reference]",
    ),
    ("no skill", WHO, changed(FACILITATOR, "skills", "[]"), "9:9: error[empty]"),
    ("an address", WHO, FACILITATOR + "description: a@b.example\n", "10:14: error[email-address]"),
    (
        "the address of its organisation",
        WHO,
        FACILITATOR + "description: cfa@cci.example\n",
        "10:14: error[email-address]",
    ),
    ("a number", WHO, FACILITATOR + "description: 06 12 34 56 78\n", "10:14: error[phone-number]"),
    (
        "an address in a skill",
        "content/data/skills/accueil.yml",
        "name: Accueil\ndescription: Écrire à a@b.example\n",
        "2:23: error[email-address]",
    ),
    (
        "a number in a skill",
        "content/data/skills/accueil.yml",
        "name: Accueil, 06 12 34 56 78\n",
        "1:16: error[phone-number]",
    ),
    (
        "a handle in a skill",
        "content/data/skills/accueil.yml",
        "name: Accueil de @atelier\n",
        "1:18: error[at-sign]",
    ),
    ("a handle", WHO, FACILITATOR + "description: Sur @atelier\n", "10:18: error[at-sign]"),
    (
        "nobody to reach",
        WHO,
        changed(FACILITATOR, "organisation", "muette"),
        "9:15: error[unreachable]",
    ),
    ("no organisation", WHO, without(FACILITATOR, "organisation"), "1:1: error[unreachable]"),
    (
        "no such months",
        WHO,
        changed(FACILITATOR, "available", "2027-13"),
        "9:12: error[bad-months]",
    ),
    ("months back", WHAT, changed(NEED, "period", "2027-04..2027-01"), "8:9: error[bad-months]"),
    ("many months", WHAT, changed(NEED, "period", "2027-01..2037-01"), "8:9: error[bad-months]"),
    ("a language", WHO, changed(FACILITATOR, "languages", "[français]"), "9:13: error[bad-value]"),
    ("a format", WHO, changed(FACILITATOR, "formats", "[au café]"), "9:11: error[bad-choice]"),
    ("an urgency", WHAT, changed(NEED, "urgency", "un jour"), "8:10: error[bad-choice]"),
    (
        "an unknown contact",
        WHAT,
        NEED + CONTACT.replace("atelier-lille", "atelier-lens"),
        "10:17: error[unknown-reference]",
    ),
    (
        "declined and in contact",
        WHAT,
        NEED + CONTACT + "declined: [atelier-lille]\n",
        "11:12: error[declined-contact]",
    ),
    ("no contact", WHAT, NEED + "state: in contact\n", "9:8: error[state-unsaid]"),
    ("no answer", WHAT, NEED + "state: answered\n", "9:8: error[state-unsaid]"),
    ("a contact", WHAT, NEED + CONTACT.partition("\n")[2], "9:10: error[state-against]"),
    ("an answer", WHAT, NEED + "answered: 2026-11-22\n", "9:11: error[state-against]"),
    ("learned", WHAT, NEED + "learned: Rien.\n", "9:10: error[state-against]"),
    (
        "in contact before it was said",
        WHAT,
        NEED + CONTACT.replace("2026-11-23", "2026-11-19"),
        "10:39: error[day-order]",
    ),
    (
        "answered before it was said",
        WHAT,
        NEED + "state: answered\nanswered: 2026-11-19\n",
        "10:11: error[day-order]",
    ),
    (
        "led to nothing that there is",
        WHAT,
        NEED + "state: answered\nanswered: 2026-11-23\nled_to: [comptoirs/acueil]\n",
        "11:10: error[start-unknown]",
    ),
    ("still to come", WHAT, changed(NEED, "opened", "2026-12-01"), "8:9: warning[future-file]"),
    (
        "answered on a day to come",
        WHAT,
        NEED + "state: answered\nanswered: 2026-12-01\n",
        "10:11: warning[future-day]",
    ),
    (
        "in contact from a day to come",
        WHAT,
        NEED + CONTACT.replace("2026-11-23", "2026-12-02"),
        "10:39: warning[future-day]",
    ),
    ("long ago", WHAT, changed(NEED, "opened", "1999-12-01"), "8:9: warning[far-date]"),
    (
        "a skill that is a part of itself",
        "content/data/skills/animation.yml",
        "name: Animation\nbroader: accueil\n",
        "2:10: error[skill-cycle]",
    ),
]


@pytest.mark.parametrize(
    ("file", "text", "place"), [one[1:] for one in WRONG], ids=[one[0] for one in WRONG]
)
def test_what_is_wrong_is_told_at_its_place(
    market: Site, capsys: Capture, file: str, text: str, place: str
) -> None:
    market.write(file, text)
    lines = told(market, capsys)
    name = file.rpartition("/")[2]
    assert f"{name}:{place}" in lines
    # A cycle is told in each of its files; nothing else goes with a fault.
    assert len(lines) == (2 if "cycle" in place else 1), lines


def test_a_form_reaches_everybody(market: Site, capsys: Capture) -> None:
    form = "      exchange: {form: 'https://formulaire.example/besoin'}\n"
    market.write("mkdocs.yml", REGIONS + form)
    market.write(WHO, changed(FACILITATOR, "organisation", "muette"))
    market.write(WHAT, without(NEED, "organisation"))
    assert told(market, capsys) == []


def test_a_need_whose_organisation_says_nothing_is_a_warning(market: Site, capsys: Capture) -> None:
    market.write(WHAT, changed(NEED, "organisation", "muette"))
    assert told(market, capsys) == ["accueillir.yml:8:15: warning[unreachable]"]


def test_a_place_is_taken_once(market: Site, capsys: Capture) -> None:
    market.write(WHO, changed(FACILITATOR, "capacity", "1"))
    market.write(WHAT, NEED + CONTACT)
    later = CONTACT.replace("2026-11-23", "2026-11-24")
    other = NEED.replace("première", "deuxième")
    market.write("content/data/needs/a-autre.yml", other + later)
    assert told(market, capsys) == ["a-autre.yml:10:17: error[no-capacity]"]
    market.write(WHO, FACILITATOR)
    assert told(market, capsys) == []


@pytest.mark.large
def test_whoever_is_named_twice_takes_one_place(market: Site, capsys: Capture) -> None:
    market.write(WHO, changed(FACILITATOR, "capacity", "1"))
    market.write(WHAT, NEED + CONTACT.replace("atelier-lille", "[atelier-lille, atelier-lille]"))
    assert told(market, capsys) == []
    said = told_of(market.compile(), "entraide/besoins/accueillir")
    assert said.count("Facilitatrice en évaluation") == 1


def test_a_contact_who_left_is_told_and_stops_nothing(market: Site, capsys: Capture) -> None:
    """A build of the night must take all traces away, whatever else names the person."""
    market.write(WHAT, NEED + CONTACT)
    over = "{given: 2026-09-01, until: 2026-11-23}"
    market.write(WHO, changed(FACILITATOR, "consent", over))
    assert told(market, capsys) == [
        "atelier-lille.yml:9:37: warning[consent-over]",
        "accueillir.yml:10:17: warning[contact-left]",
    ]
    (market.root / WHO).unlink()
    market.write(WHAT, changed(NEED, "declined", "[atelier-lille]") + CONTACT.partition("\n")[0])
    market.write(WHAT, NEED + CONTACT)
    assert told(market, capsys) == ["accueillir.yml:10:17: warning[contact-left]"]
    market.write(WHAT, changed(NEED, "declined", "[atelier-lille]"))
    assert told(market, capsys) == []


# What is published


def traces(folder: Path, *words: bytes) -> list[str]:
    """The files below a folder, by name or content, that hold one of the words."""
    found = []
    for path in sorted(folder.rglob("*")):
        name = str(path.relative_to(folder))
        data = path.read_bytes() if path.is_file() else b""
        if path.suffix == ".gz":
            data = gzip.decompress(data)
        if any(word in data or word in name.encode() for word in words):
            found.append(name)
    return found


def told_of(compiled: Path, page: str) -> str:
    """The words of a page, without its marks."""
    text = (compiled / f"{page}.md").read_text("utf-8")
    return " ".join(re.sub(r"<[^>]*>", " ", text).split())


ANSWERED = """\
state: answered
contact: {with: atelier-lille, since: 2026-11-21}
answered: 2026-11-23
learned: On apprend en accueillant.
led_to: [comptoirs/accueil]
"""


@pytest.mark.large
def test_a_need_tells_who_may_help_and_why(market: Site) -> None:
    market.commit()
    told = told_of(market.compile(), "entraide/besoins/accueillir")
    assert "Facilitatrice en évaluation 56 points Proposition" in told
    assert "compétences 25/50 territoire 0/15 format 10/10 mois 11/15 langue 10/10" in told
    assert "compétences en partie, format, mois en partie, langue." in told
    assert "CFA de Lille" in told


@pytest.mark.large
def test_weights_change_what_is_told(market: Site) -> None:
    weights = "{name: Troc, address: troc, floor: 20, weights: {skills: 20, format: 30}}"
    market.write("mkdocs.yml", REGIONS + f"      exchange: {weights}\n")
    market.commit()
    compiled = market.compile()
    told = told_of(compiled, "troc/besoins/accueillir")
    assert "compétences 10/20 territoire 0/15 format 30/30" in told
    assert "compétences 20, territoire 15, format 30" in told_of(compiled, "troc/propositions")
    assert not (compiled / "entraide.md").exists()


@pytest.mark.large
def test_what_is_an_example_is_marked_wherever_it_is_proposed(market: Site) -> None:
    """On the page of a real need too, and among all proposals; on one that says so itself, once."""
    market.write(WHO, FACILITATOR + "example: true\n")
    market.commit()
    compiled = market.compile()
    need = (compiled / "entraide/besoins/accueillir.md").read_text("utf-8")
    assert need.count(">Exemple</span>") == 1
    assert (compiled / "entraide/propositions.md").read_text("utf-8").count(">Exemple</span>") == 1
    market.write(WHAT, NEED + "example: true\n")
    market.commit()
    compiled = market.compile()
    need = (compiled / "entraide/besoins/accueillir.md").read_text("utf-8")
    assert need.count("Exemple") == 1
    assert (compiled / "entraide/propositions.md").read_text("utf-8").count(">Exemple</span>") == 1


@pytest.mark.large
def test_one_point_is_one(market: Site) -> None:
    market.write("mkdocs.yml", REGIONS + "      exchange: {floor: 1}\n")
    market.commit()
    told = told_of(market.compile(), "entraide/propositions")
    assert "En dessous de 1 point, personne n’est proposé." in told


@pytest.mark.large
def test_who_is_better_and_not_proposed_is_told_with_who_holds_the_place(market: Site) -> None:
    market.write(WHO, changed(FACILITATOR, "capacity", "1"))
    urgent = changed(NEED, "urgency", "tout de suite").replace("Accueillir", "Vite accueillir")
    market.write("content/data/needs/vite.yml", urgent)
    market.commit()
    compiled = market.compile()
    told = told_of(compiled, "entraide/besoins/accueillir")
    assert "Pas de proposition possible pour l’instant." in told
    assert "place déjà proposée pour « Vite accueillir les apprentis de première année »" in told
    assert "plus urgent" in told


@pytest.mark.large
def test_an_answer_tells_what_was_learned_and_where_it_leads(market: Site) -> None:
    market.write(WHAT, NEED + ANSWERED)
    market.commit()
    page = (market.compile() / "entraide/besoins/accueillir.md").read_text("utf-8")
    assert "On apprend en accueillant." in page
    assert "comptoirs/accueil/" in page
    assert "facilitateurs/atelier-lille/" in page
    assert "pc-proposals" not in page


@pytest.mark.large
@pytest.mark.parametrize(
    ("opened", "is_late"), [("2026-10-25", True), ("2026-10-26", False), ("2026-11-20", False)]
)
def test_coordinators_see_what_has_waited_for_too_long(
    market: Site, opened: str, is_late: bool
) -> None:
    market.write(WHAT, changed(NEED, "opened", opened))
    market.commit()
    told = told_of(market.compile(), "entraide/propositions")
    assert "Besoins sans réponse depuis 30 jours" in told
    assert ("Aucun aujourd’hui." not in told) == is_late


@pytest.mark.large
def test_how_much_a_facilitator_can_take_is_no_place_on_a_map(market: Site) -> None:
    told = told_of(market.compile(), "entraide/facilitateurs/atelier-lille")
    assert "Disponibilité" in told
    assert "Lieux" not in told


@pytest.mark.large
def test_new_needs_are_told_by_territory_and_skill(market: Site) -> None:
    market.write("content/data/needs/retire.yml", NEED + "state: withdrawn\n")
    market.commit()
    compiled = market.compile()
    held = {
        name: [one.title for one in feedparser.parse(str(path)).entries]
        for path in (compiled / "flux/entraide").rglob("*.xml")
        for name in [path.name.partition(".")[0]]
    }
    title = ["Accueillir les apprentis de première année"]
    assert held["bretagne"] == held["accueil"] == held["animation"] == title
    assert held["evaluation"] == held["corse"] == []
    every = feedparser.parse(str(compiled / "flux/entraide.rss.xml"))
    assert [one.id for one in every.entries] == ["accueillir.need@petit.example"]


@pytest.mark.large
def test_a_site_without_needs_shows_nothing_of_them(site: Site) -> None:
    site.commit()
    compiled = site.compile()
    assert traces(compiled, b"entraide", b"Entraide") == []


OVER = "{given: 2026-09-01, until: 2026-11-23}"
WITHDRAWN = "{given: 2026-09-01, until: 2027-08-31, withdrawn: 2026-11-24}"


@pytest.mark.sampled(1)
@pytest.mark.large
@pytest.mark.parametrize("consent", [OVER, WITHDRAWN, ""])
def test_who_does_not_consent_leaves_no_trace(market: Site, consent: str) -> None:
    """Of the page, the contact of two needs, the search, the images: nothing, nowhere."""
    market.write(WHO, FACILITATOR.replace("Facilitatrice en évaluation", "Zythologue hors pair"))
    market.write("content/data/needs/contact.yml", NEED + CONTACT)
    market.write("content/data/needs/repondu.yml", NEED + ANSWERED)
    market.write("content/data/needs/decline.yml", NEED + "declined: [atelier-lille]\n")
    market.commit()
    words = (b"Zythologue", b"zythologue", b"atelier-lille")
    before = traces(market.build(), *words)
    assert any("search" in name or "recherche" in name for name in before)
    assert "sitemap.xml" in before
    assert "organisations/cfa-lille/index.html" in before
    if consent:
        market.write(WHO, changed((market.root / WHO).read_text(), "consent", consent))
    else:
        (market.root / WHO).unlink()
    market.commit("2026-11-24T00:00:00Z")
    built = market.build()
    assert traces(built, *words) == []
    host = (built / "organisations/cfa-lille/index.html").read_text("utf-8")
    assert "Facilitateurs" not in re.sub("<(header|footer|nav).*?</\\1>", "", host, flags=re.S)
    page = (built / "entraide/besoins/contact/index.html").read_text("utf-8")
    assert "En contact depuis le" in page


@pytest.mark.large
def test_the_flagship_shows_each_way_of_learning(
    flagship_corpus: Corpus, flagship_compiled: Path
) -> None:
    """What nobody else has is there to be seen, in each of its states, marked where invented."""
    community, now = flagship_corpus.community, flagship_corpus.now
    exchange = community.exchange
    assert exchange is not None
    assert (len(exchange.facilitators), len(exchange.needs)) == (8, 12)
    assert {one.record.state for one in exchange.needs.values()} == {
        *("open", "in contact", "answered", "withdrawn")
    }
    assert any(one.record.broader for one in exchange.skills.values())
    assert all(one.example for one in exchange.facilitators.values())
    assert all(one.record.example for one in exchange.needs.values())
    trips = [one for one in community.events if one.kind.has_stops]
    assert {to_come(one, now) for one in trips if one.first} == {True, False}
    (compared,) = (one for one in trips if one.id == "nouvelle-aquitaine")
    assert isinstance(compared.record, TripRecord)
    assert {row.criterion for row in compared.record.compare} >= {"Ouverture", "Surface"}
    (relay,) = relays_of(community).values()
    assert {one.state for one in relay.turns} == {"open", "claimed", "confirmed"}
    assert len(years(community, now)) > 2
    home = (flagship_compiled / "index.md").read_text("utf-8")
    ways = home[home.index("Prendre part") :]
    places = [
        ways.index(f'"{one}/"') for one in ("comptoirs", "voyages", "mooc", "boite-a-transfo")
    ]
    assert places == sorted(places)

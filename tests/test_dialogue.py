"""What is asked in a terminal, question by question, without a terminal."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

import pytest

from parcours.commands.new import _open
from parcours.engine.environment import Surroundings
from parcours.i18n import translator
from parcours.scaffold.answers import Refused
from parcours.scaffold.dialogue import Conversation, Question
from parcours.scaffold.near import calendar, free_days, tell_near
from parcours.scaffold.placing import place
from parcours.scaffold.site import Site as Given
from parcours.scaffold.subjects import named_by, subjects
from parcours.scaffold.terminal import fits

from .conftest import NOW, Site


class Script:
    """Answers by key, in turn; an answer that is refused must be followed by another."""

    def __init__(self, answers: Mapping[str, list[str]]) -> None:
        self.answers = {key: list(told) for key, told in answers.items()}
        self.asked: list[str] = []
        self.refused: list[str] = []
        self.told: list[str] = []
        self.questions: dict[str, Question] = {}

    def ask(self, question: Question) -> str:
        key = question.text.rpartition("(")[2].rstrip(")")
        self.asked.append(key)
        self.questions[key] = question
        while True:
            waiting = self.answers.get(key, [])
            text = waiting.pop(0) if waiting else ""
            wrong = question.refusal(text)
            if not wrong:
                return text
            self.refused.append(wrong)
            assert waiting, wrong

    def tell(self, text: str) -> None:
        self.told.append(text)


def given(site: Site, now: str = NOW) -> Given:
    around = Surroundings(now=datetime.fromisoformat(now), language="fr")
    return _open(site.root / "mkdocs.yml", around)


def written(site: Site, word: str, answers: Mapping[str, list[str]]) -> tuple[Script, str]:
    """Hold a conversation and place what came of it; what was asked, and the last file."""
    script, there = Script(answers), given(site)
    subject = named_by(word)
    assert subject is not None
    Conversation(site=there, asker=script, tr=translator("fr")).write(subject)
    place(there.facts.root, there.drafts)
    return script, (site.root / there.drafts[-1].path).read_text()


def test_a_webinar_is_asked_what_webinars_need(site: Site) -> None:
    script, text = written(site, "webinar", {"title": ["T"], "start": ["2026-12-03 12:30"]})
    assert script.asked[:3] == ["title", "start", "end"]
    assert "place" not in script.asked
    assert "themes" not in script.asked  # none is declared, and none is met in passing
    assert "registration.deadline" not in script.asked
    assert text.startswith("---\ntitle: T\nstart: 2026-12-03 12:30\n## ")
    assert "# seats: 12\n" in text
    assert site.run("check") == 0


def test_the_next_free_thursdays_are_proposed(site: Site) -> None:
    taken = "---\ntitle: Pris\nstart: 2026-12-03 12:30\n---\n"
    site.write("webinars/pris.md", taken)
    site.write("voyages/v.md", "---\ntitle: Loin\nstart: 2026-12-08\nend: 2026-12-09\n---\n")
    script, _ = written(site, "webinar", {"title": ["T"], "start": ["2026-12-10 12:30"]})
    offers = {one.value: one.about for one in script.questions["start"].offers}
    assert list(offers)[:3] == ["2026-11-26 12:30", "2026-12-10 12:30", "2026-12-17 12:30"]
    assert offers["2026-12-10 12:30"].endswith("mardi 8\u00a0décembre\u00a02026")
    assert "« Loin »".replace(" ", "\u00a0") in offers["2026-12-10 12:30"]
    assert offers["2026-12-17 12:30"].endswith("rien à côté")


def test_a_day_off_needs_its_reason(site: Site) -> None:
    days = ["2026-12-04 12:30", "2026-12-11 12:30"]
    answers = {"title": ["T"], "start": days, "exception": ["", "Jour férié"]}
    script, text = written(site, "webinar", answers)
    assert any("vendredi" in line for line in script.told)
    assert "start: 2026-12-11 12:30\nexception: Jour férié\n" in text
    assert site.run("check") == 0


def test_without_a_date_it_is_announced_later(site: Site) -> None:
    _, text = written(site, "webinar", {"title": ["T"]})
    assert "undated: future\n" in text
    assert site.run("check") == 0


def test_what_is_refused_says_why(site: Site) -> None:
    answers = {
        "title": ["", "x" * 300, "a\0b", "../../x"],
        "start": ["demain", "2026-12-03 25:00", "2026-12-03 12:30"],
        "end": ["11:00", "13:30"],
        "hosts": ["nulle-part", ""],
        "online": ["visio", "https://visio.example/a"],
    }
    script, text = written(site, "webinar", answers)
    assert len(script.refused) == 8
    assert "title: ../../x\n" in text or 'title: "../../x"\n' in text
    assert (site.root / "webinars/x.md").exists()
    assert site.run("check") == 0


def test_a_taken_name_is_asked_for(site: Site) -> None:
    site.write("webinars/t.yml", "title: Là\nstart: 2026-12-03 12:30\n")
    answers = {"title": ["T"], "start": ["2026-12-10 12:30"], "": ["T", "index", "u"]}
    script = Script(answers)
    there = given(site)
    subject = subjects()["webinar"]
    name = Conversation(site=there, asker=_Names(script), tr=translator("fr")).write(subject)
    assert name == "u"
    assert [one.path for one in there.drafts] == ["webinars/u.md"]


class _Names(Script):
    """Answers the one question that is about no key, too."""

    def __init__(self, script: Script) -> None:
        super().__init__(script.answers)

    def ask(self, question: Question) -> str:
        if question.text.endswith(")"):
            return super().ask(question)
        waiting = self.answers[""]
        while True:
            text = waiting.pop(0)
            if not question.refusal(text):
                return text


@pytest.mark.regions
def test_new_opens_questions_within_questions(site: Site) -> None:
    answers = {
        "title": ["Rencontre"],
        "start": ["2026-12-03 12:30"],
        "hosts": ["new"],
        "name": ["Atelier Ô"],
        "territory": ["Bretagne"],
    }
    _, text = written(site, "webinar", answers)
    assert "hosts: [atelier-o]\n" in text
    made = (site.root / "content/data/organisations/atelier-o.yml").read_text()
    assert made.startswith("name: Atelier Ô\nterritory: bretagne\n")
    assert site.run("check") == 0


def test_a_session_is_of_a_course(site: Site) -> None:
    there = given(site)
    talk = Conversation(site=there, asker=Script({}), tr=translator("fr"))
    with pytest.raises(Refused, match="parcours new course"):
        talk.write(subjects()["session"])
    written(site, "course", {"title": ["Cours d’hiver"]})
    written(site, "session", {"title": ["Un"], "start": ["2027-02-04 12:30"]})
    assert (site.root / "content/mooc/cours-d-hiver/un.md").exists()
    assert site.run("check") == 0


@pytest.mark.regions
def test_a_territory_would_replace_those_of_the_package(site: Site) -> None:
    talk = Conversation(site=given(site), asker=Script({}), tr=translator("fr"))
    with pytest.raises(Refused, match="territories: france"):
        talk.write(subjects()["territory"])


def test_words_people_say() -> None:
    found = {word: named_by(word) for word in ("voyage", "Lieu", "thème", "trip", "séance")}
    words = {word: one.word if one else None for word, one in found.items()}
    assert words == {
        "voyage": "trip",
        "Lieu": "place",
        "thème": "theme",
        "trip": "trip",
        "séance": "session",
    }
    assert named_by("wbinar") is None
    assert named_by("") is None


def test_what_is_new_is_chosen_by_any_of_its_words(site: Site) -> None:
    script = Script({"Qu’est-ce qui est nouveau\u00a0?": ["chose", "voyage"]})
    talk = Conversation(site=given(site), asker=script, tr=translator("fr"))
    assert talk.choose().word == "trip"
    assert len(script.refused) == 1


def test_completion_looks_at_names_too() -> None:
    from parcours.scaffold.dialogue import Offer

    offers = [Offer("lycee-arras", "Lycée d’Arras"), Offer("halle", "Halle"), Offer("new", "Lieu")]
    question = Question(text="", offers=offers, several=True)
    word, found = fits(question, "halle, Lycé")
    assert (word, [one.value for one in found]) == ("Lycé", ["lycee-arras"])


def test_days_are_free_across_the_year(site: Site) -> None:
    there = given(site, "2026-12-31T20:00:00Z")
    collection = there.settings.collections[0]
    days = [str(one) for one in free_days(collection, there.today.date(), calendar(there))]
    assert days[:2] == ["2027-01-07", "2027-01-14"]
    assert tell_near(there.today.date(), calendar(there), translator("en")) == "nothing near"

"""Words that name somebody: by them a text is known for the name of a person. Pure.

Only what is hardly ever anything else: a role or an organisation is never taken for a person.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import pairwise

from .names import slug

OF_ORGANISATIONS = frozenset(
    {"academie", "afpa", "agence", "apprentis", "association", "atelier", "bibliotheque", "bts"}
    | {"campus", "cap", "cci", "centre", "cfa", "chambre", "club", "college", "comite"}
    | {"commune", "conseil", "cooperative", "departement", "ecole", "entreprise", "fablab"}
    | {"faculte", "federation", "ferme", "fondation", "formation", "formations", "france"}
    | {"greta", "groupe", "gip", "hopital", "iae", "institut", "iut", "laboratoire", "ligue"}
    | {"lycee", "mairie", "maison", "mfr", "ministere", "mission", "musee", "office", "opco"}
    | {"organisme", "pole", "region", "reseau", "rectorat", "sarl", "scop", "service", "societe"}
    | {"syndicat", "union", "universite", "ville", "agency", "center", "centre", "city", "company"}
    | {"council", "foundation", "institute", "network", "school", "society", "trust", "university"}
)
"""Words of which the names of organisations are made, and those of persons hardly ever."""

CIVIL = frozenset({"m", "mr", "mme", "mrs", "ms", "mlle", "madame", "monsieur", "dr", "pr"})

_AROUND = frozenset(
    {"rue", "place", "avenue", "boulevard", "quai", "salle", "espace", "prix", "methode", "street"}
    | {"square", "room", "prize", "method", "saint", "sainte", "pedagogie", "gare", "stade"}
)
"""Words beside which a name is that of a street, a room, a prize or a way of working."""

_GIVEN = frozenset(
    """
    abdel abdellah adam adele adrien agathe agnes ahmed aicha aissatou alain alban albert alex
    alexandra alexandre alexis alice alicia alix aline ali amadou amandine ambre amelie amina
    aminata amine amir anais andre andrea anissa anita anna anne annick annie anthony antoine
    antonin antonio arnaud arthur assia astrid audrey aurelie aurelien awa axel axelle bastien
    baptiste beatrice benedicte benjamin benoit bernadette bernard bertrand boubacar brahim brice
    brigitte bruno camille carine carla carlos carole caroline catherine cecile cedric celine
    charlene charles charlotte chantal cheikh chloe christelle christian christiane christine
    christophe claire clara claude claudine clement cloe colette coralie corentin corinne cyril
    damien daniel daniele danielle danny david deborah delphine denis denise didier djamel
    dominique dorothee dylan edith edouard elena eleonore elisa elisabeth elise elodie eloise
    elsa emilie emma emmanuel emmanuelle eric erwan estelle etienne eva evelyne fabien fabienne
    fabrice fanny farid fatima fatou fatoumata faustine felix fernand fernando florent florian
    francine francis francois francoise frank franck fred frederic frederique gabriel gabrielle
    gael gaelle geoffrey georges georgette gerald geraldine gerard germain ghislaine gilbert
    gilles ginette gregoire gregory guillaume gustave guy gwenaelle hakim hamza hassan helene
    henri herve hugo hugues ibrahim ibrahima imane ines ingrid irene isabelle ismael jacqueline
    jacques jamal james jamila jane janine jason jean jeanne jeannine jennifer jeremie jeremy
    jerome jessica joan joanna joel joelle joffrey johanna john jonathan jordan josiane joseph
    josephine josette josselin juan judith jules julia julie julien juliette justine kader karim
    karima karine kamel kelly kevin khadija laetitia laila lamine laura laure laurence laurent
    lauriane lea leila leo leon leonie leslie lilian liliane lina lionel lisa loic lola louis
    louise luc lucas lucette lucie lucien lucienne ludivine ludovic lydie madeleine mael maelle
    magali malika malik mamadou manon manuel marc marcel marcelle margaux margot maria mariam
    marianne marie marielle marina marion marius marjorie martine maryline maryse maryvonne
    mathias mathieu mathilde mathis matthieu maud maurice maxence maxime mehdi melanie melissa
    mickael michel michele micheline michelle mireille mohamed mohammed moussa muriel mustapha
    myriam nabil nadege nadia nadine naima natacha nathalie nathan nicolas nicole noel noelle
    noemie nora odette odile olivier oceane omar ophelie oriane oscar oumar ousmane pascal
    pascale patrice patricia patrick paul paula paule paulette pauline perrine peter philippe
    pierre pierrick quentin rachel rachid rachida raphael raymond raymonde rebecca regine regis
    remi remy rene renee richard robert roger roland romain romane ronan rosalie roxane sabine
    sabrina said salim salima sally salome samir samira samuel sandra sandrine sara sarah
    sebastien segolene serge severine simon simone sofia sofiane solene solange sonia sophie
    stephane stephanie steve steven suzanne sylvain sylvie tanguy tatiana teddy theo theodore
    therese thibault thibaut thierry thomas timothee tiphaine tristan valentin valentine valerie
    vanessa veronique vincent virginie vivien viviane wassim william xavier yacine yann yannick
    yasmina yasmine ynes youssef yves yvette yvonne zoe zohra

    achille alan alicia amanda ambroise andrew angela annabelle barbara blaise brian cameron cindy
    clemence corentine cynthia donald dorothy edouard elias elizabeth emily enzo erwann ethan eugene
    eugenie fiona gabin george gwenael harry heidi helen henry jack janet jessie joachim johan
    jonas judy karen kenneth kim lilou linda loan lou maeva mahe margaret mary matthew michael
    mila morgane nancy nathanael nina noah oliver pamela patrizia philip philippine rayan ryan
    sacha salome samia sarah sharon sheila solenn soren stanislas stephen susan sylvain thais
    timeo tom tony ulysse ursula victor victoria wendy yannis yoann yohan
    """.split()  # noqa: SIM905 — easier to read as words
)
"""Given names, of which hardly any is a word too."""

_WORD = re.compile(r"[^\W\d_]{1,40}(?:[-'’][^\W\d_]{1,40}){0,4}\.?")


def names_person(text: str) -> bool:
    """Whether a text names somebody: a given name and a family name, or « Mme » and a name."""
    words = _WORD.findall(text[:300])
    if text == text.lower() and id_names_person(slug(text)):
        return True
    folded = [slug(one) for one in words]
    if _speaks_of_other(part for one in folded for part in one.split("-")):
        return False
    if len(words) == 1:
        return _is_given(words[0])
    for one, next_ in pairwise(words):
        if slug(one) in CIVIL and one[0].isupper() and next_[0].isupper():
            return True
        both = (one, next_), (next_, one)
        if any(_is_given(given) and _is_family(other) for given, other in both):
            return True
    return False


_ANY = frozenset(
    {"un", "une", "des", "deux", "trois", "plusieurs", "quelques", "a", "an", "two", "three"}
    | {"several", "some"}
)
"""Words before what somebody is, or does, and never before a name."""


def names_nobody(text: str) -> bool:
    """Whether a text tells what somebody is, whoever it may be: « Une apprentie »."""
    first, _, rest = text.strip().partition(" ")
    return slug(first) in _ANY and bool(rest) and not names_person(text)


def id_names_person(id: str) -> bool:
    """Whether an id is made of somebody's names: « marie-dupont »."""
    words = id.split("-")
    if _speaks_of_other(words) or not all(map(str.isalpha, words)):
        return False
    return 2 <= len(words) <= 4 and words[0] in _GIVEN


def _speaks_of_other(words: Iterable[str]) -> bool:
    return not (OF_ORGANISATIONS | _AROUND).isdisjoint(words)


def _is_given(word: str) -> bool:
    return word[0].isupper() and all(part in _GIVEN for part in slug(word).split("-"))


def _is_family(word: str) -> bool:
    """Whether a word beside a given name may be the other one: it begins with a capital."""
    return word[0].isupper()

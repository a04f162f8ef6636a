"""Names that territories of France had, or have besides: what each is a part of today."""

from __future__ import annotations

import re
from collections.abc import Mapping

_FORMER: Mapping[str, str] = {
    "alsace": "grand-est",
    "champagne-ardenne": "grand-est",
    "lorraine": "grand-est",
    "aquitaine": "nouvelle-aquitaine",
    "limousin": "nouvelle-aquitaine",
    "poitou-charentes": "nouvelle-aquitaine",
    "auvergne": "auvergne-rhone-alpes",
    "rhone-alpes": "auvergne-rhone-alpes",
    "bourgogne": "bourgogne-franche-comte",
    "franche-comte": "bourgogne-franche-comte",
    "centre": "centre-val-de-loire",
    "languedoc-roussillon": "occitanie",
    "midi-pyrenees": "occitanie",
    "nord-pas-de-calais": "hauts-de-france",
    "picardie": "hauts-de-france",
    "basse-normandie": "normandie",
    "haute-normandie": "normandie",
    "paca": "provence-alpes-cote-d-azur",
    "reunion": "la-reunion",
    "idf": "ile-de-france",
    "guyane-francaise": "guyane",
}
"""Id → that of a region of 2016 (law 2015-29), as the package has it."""

_DEPARTMENTS: Mapping[str, str] = {
    "auvergne-rhone-alpes": (
        "01 ain 03 allier 07 ardeche 15 cantal 26 drome 38 isere 42 loire 43 "
        "haute-loire 63 puy-de-dome 69 rhone 73 savoie 74 haute-savoie"
    ),
    "hauts-de-france": "02 aisne 59 nord 60 oise 62 pas-de-calais 80 somme",
    "provence-alpes-cote-d-azur": (
        "04 alpes-de-haute-provence 05 hautes-alpes 06 alpes-maritimes 13 "
        "bouches-du-rhone 83 var 84 vaucluse"
    ),
    "grand-est": (
        "08 ardennes 10 aube 51 marne 52 haute-marne 54 meurthe-et-moselle 55 meuse "
        "57 moselle 67 bas-rhin 68 haut-rhin 88 vosges"
    ),
    "occitanie": (
        "09 ariege 11 aude 12 aveyron 30 gard 31 haute-garonne 32 gers 34 herault 46 "
        "lot 48 lozere 65 hautes-pyrenees 66 pyrenees-orientales 81 tarn 82 "
        "tarn-et-garonne"
    ),
    "normandie": "14 calvados 27 eure 50 manche 61 orne 76 seine-maritime",
    "nouvelle-aquitaine": (
        "16 charente 17 charente-maritime 19 correze 23 creuse 24 dordogne 33 gironde "
        "40 landes 47 lot-et-garonne 64 pyrenees-atlantiques 79 deux-sevres 86 vienne "
        "87 haute-vienne"
    ),
    "centre-val-de-loire": (
        "18 cher 28 eure-et-loir 36 indre 37 indre-et-loire 41 loir-et-cher 45 loiret"
    ),
    "bourgogne-franche-comte": (
        "21 cote-d-or 25 doubs 39 jura 58 nievre 70 haute-saone 71 saone-et-loire 89 "
        "yonne 90 territoire-de-belfort"
    ),
    "bretagne": "22 cotes-d-armor 29 finistere 35 ille-et-vilaine 56 morbihan",
    "corse": "2a corse-du-sud 2b haute-corse",
    "pays-de-la-loire": "44 loire-atlantique 49 maine-et-loire 53 mayenne 72 sarthe 85 vendee",
    "ile-de-france": (
        "75 paris 77 seine-et-marne 78 yvelines 91 essonne 92 hauts-de-seine 93 "
        "seine-saint-denis 94 val-de-marne 95 val-d-oise"
    ),
    "guadeloupe": "971",
    "martinique": "972",
    "guyane": "973",
    "la-reunion": "974",
    "mayotte": "976",
}
"""Region → the codes and ids of its departments (INSEE's official geographic code, through the npm
package `@etalab/decoupage-administratif` 6.0.0, MIT): a code is one of them, never of a region."""

_REGIONS = {one: region for region, said in _DEPARTMENTS.items() for one in said.split()}
_CALLED = re.compile(
    r"(?:(?:departement|dept?)-(?:d-|de-la-|de-l-|des-|du-|de-)?)?(?P<name>[a-z0-9-]{2,40}?)"
    r"(?P<code>-\d[\dab]\d?)?"
)


def region_of(id: str) -> str | None:
    """The region that a name of something within France lies in, or is; None for others.

    Args:
        id: a slug: of a former region, or of a department by its name or number, « calvados »,
            « departement-du-calvados », « calvados-14 », « 14 ».
    """
    found = _CALLED.fullmatch(id)
    if found is None:
        return None
    region = _FORMER.get(found["name"]) or _REGIONS.get(found["name"])
    code = (found["code"] or "").strip("-")
    return region if not code or _REGIONS.get(code) == region else None

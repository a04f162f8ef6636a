"""Names that territories of France had, or have besides: what each is a part of today."""

from __future__ import annotations

from collections.abc import Mapping

FORMER: Mapping[str, str] = {
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

"""Tags of languages (BCP 47), and what people write instead of one."""

from __future__ import annotations

import re
from functools import cache

from .names import slug

_TAG = re.compile(
    r"(?P<base>[a-z]{2,3})(?:[-_](?P<script>[a-z]{4}))?(?:[-_](?P<region>[a-z]{2}|\d{3}))?",
    re.IGNORECASE,
)
_CODES = (
    "aa ab ae af ak am an ar as av ay az ba be bg bh bi bm bn bo br bs ca ce ch co cr cs cu "
    "cv cy da de dv dz ee el en eo es et eu fa ff fi fj fo fr fy ga gd gl gn gu gv ha he hi "
    "ho hr ht hu hy hz ia id ie ig ii ik io is it iu ja jv ka kg ki kj kk kl km kn ko kr ks "
    "ku kv kw ky la lb lg li ln lo lt lu lv mg mh mi mk ml mn mr ms mt my na nb nd ne ng nl "
    "nn no nr nv ny oc oj om or os pa pi pl ps pt qu rm rn ro ru rw sa sc sd se sg si sk sl "
    "sm sn so sq sr ss st su sv sw ta te tg th ti tk tl tn to tr ts tt tw ty ug uk ur uz ve "
    "vi vo wa wo xh yi yo za zh zu "
)
"""ISO 639-1."""


@cache
def _known() -> frozenset[str]:
    return frozenset(_CODES.split())


_NAMES = {
    "ar": "arabe, arabic",
    "br": "breton, brezhoneg",
    "ca": "catalan, català",
    "cs": "tchèque, czech, cz",
    "da": "danois, danish, dk, dansk",
    "de": "allemand, german, deutsch",
    "el": "grec, greek, gr",
    "en": "anglais, english, gb, us",
    "es": "espagnol, castillan, spanish, español",
    "eu": "basque, euskara",
    "fi": "finnois, finnish, suomi",
    "fr": "français, french",
    "hu": "hongrois, hungarian",
    "it": "italien, italian, italiano",
    "ja": "japonais, japanese, jp",
    "ko": "coréen, korean",
    "nl": "néerlandais, dutch, nederlands, flamand",
    "no": "norvégien, norwegian, norsk",
    "oc": "occitan",
    "pl": "polonais, polish, polski",
    "pt": "portugais, portuguese, português",
    "ro": "roumain, romanian",
    "ru": "russe, russian",
    "sv": "suédois, swedish, svenska",
    "tr": "turc, turkish",
    "uk": "ukrainien, ukrainian",
    "zh": "chinois, mandarin, chinese, cn",
}
"""What people write instead of a code."""


def tag_of(text: str) -> str | None:
    """A tag in its usual letters: ``pt-BR``, ``zh-Hant``; None for what is none."""
    found = _TAG.fullmatch(text)
    if found is None or (len(found["base"]) == 2 and found["base"].lower() not in _known()):
        return None
    parts = [found["base"].lower()]
    parts += [found["script"].title()] if found["script"] else []
    parts += [found["region"].upper()] if found["region"] else []
    return "-".join(parts)


def code_meant(text: str) -> str | None:
    """The code that people mean by the name of a language; None for another word."""
    folded = slug(text)
    return next(
        (code for code, names in _NAMES.items() if folded in map(slug, names.split(","))), None
    )

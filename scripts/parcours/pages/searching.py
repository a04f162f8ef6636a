"""What the search index holds of long texts, within its budget."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping

ROOM, ROOM_PER_EVENT, LONGEST = 20_000, 45, 4_000
"""Characters of all transcripts in the search index: at least, by event; and of one at most."""

SHORTEST_WORD = 4


def search_words(texts: Mapping[str, str], events: int) -> dict[str, str]:
    """By key, the words of texts that the search index has room for, in order of appearance.

    The index is loaded by every reader who searches, so the room is shared out among the texts:
    each keeps its distinct words, those first that it uses often and the others seldom.

    Args:
        events: how many events the site has, by which its index may grow.
    """
    counts = {key: _counts(text) for key, text in texts.items()}
    holders = Counter(word for words in counts.values() for word in words)
    room = min(LONGEST, max(ROOM, ROOM_PER_EVENT * events) // max(1, len(texts)))
    return {key: _chosen(words, holders, room) for key, words in counts.items()}


def _chosen(words: Counter[str], holders: Counter[str], room: int) -> str:
    chosen: set[str] = set()
    for word in sorted(words, key=lambda one: (-words[one] / holders[one], one)):
        room -= len(word) + 1
        if room < 0:
            break
        chosen.add(word)
    return " ".join(word for word in words if word in chosen)


def _counts(text: str) -> Counter[str]:
    """How often each word is there, in order of appearance; short ones count in capitals: CFA."""
    words = re.findall(r"[^\W_]+", text)
    return Counter(
        word.lower()
        for word in words
        if len(word) >= SHORTEST_WORD or (len(word) > 1 and word.isalpha() and word.isupper())
    )

"""Known-item search: titles, what somebody types to find them again, and how early they come."""

from __future__ import annotations

import random
import string
from collections.abc import Callable
from dataclasses import dataclass

from tui.core.text import split_words
from tui.index.index import Index

MIN_LENGTH = 4
"""Letters of the shortest word that is typed; a word with more gets the typo."""

_FUNCTION_WORDS = frozenset(
    split_words(
        "about above across after against along among around based because been before being "
        "below between beyond both does during each even every from have having however into "
        "itself like made make more most much must near only onto other over same should "
        "since some such than that their them then there these they this those through "
        "throughout toward towards under until upon used using versus very were what when "
        "where whether which while whose will with within without would your"
    )
)
"""Words that say nothing about the subject: nobody types them to find a title again."""


@dataclass(frozen=True)
class KnownItem:
    """The row of a title, and what is typed for it without and with a typo."""

    row: int
    clean: str
    typo: str


def typo(word: str, chance: random.Random) -> str:
    """Return `word` with one letter removed, inserted, replaced or swapped with the next one."""
    at = chance.randrange(len(word) - 1)
    letter = chance.choice(string.ascii_lowercase.replace(word[at], ""))
    return chance.choice(
        (
            word[:at] + word[at + 1 :],
            word[:at] + letter + word[at:],
            word[:at] + letter + word[at + 1 :],
            word[:at] + word[at + 1] + word[at] + word[at + 2 :],
        )
    )


def known_items(index: Index, count: int, chance: random.Random) -> list[KnownItem]:
    """Draw `count` titles at random, each paper with the same chance.

    Two, three or four words of a title are typed, each number as often, in the order of the title.
    The words are drawn from those of MIN_LENGTH letters or more that are not function words; a
    title with fewer than four of them is left out. The typo is one edit in a word of more than
    MIN_LENGTH letters; it may give another real word.
    """
    snapshot = index.snapshot
    docs = snapshot.newest_first.tolist()
    found: list[KnownItem] = []
    while len(found) < count:
        doc = chance.choice(docs)
        words = (w for w in split_words(snapshot.title(doc)) if w not in _FUNCTION_WORDS)
        usable = [word for word in words if len(word) >= MIN_LENGTH and word.isascii()]
        long = [n for n, word in enumerate(usable) if len(word) > MIN_LENGTH and word.isalpha()]
        if len(usable) < 4 or not long:
            continue
        wrong = chance.choice(long)
        others = [place for place in range(len(usable)) if place != wrong]
        picked = sorted([wrong, *chance.sample(others, chance.randint(1, 3))])
        clean = [usable[place] for place in picked]
        bad = [typo(usable[p], chance) if p == wrong else usable[p] for p in picked]
        found.append(KnownItem(int(snapshot.rows[doc]), " ".join(clean), " ".join(bad)))
    return found


def mrr(find: Callable[[str], list[int]], queries: list[tuple[int, str]]) -> float:
    """Return MRR@10: the mean of 1/rank of the row, or 0 if it is not among the first ten."""
    total = 0.0
    for row, text in queries:
        rows = find(text)[:10]
        total += 1 / (rows.index(row) + 1) if row in rows else 0.0
    return total / len(queries)

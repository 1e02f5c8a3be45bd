"""Titles somebody looks for and what they type, to tell how good the order of the answers is."""

from __future__ import annotations

import random
import string
from collections.abc import Callable
from dataclasses import dataclass

from tui.core.text import split_words
from tui.index.index import Index

LETTERS = 4
"""Letters of the shortest word that is typed; one from LETTERS + 1 gets the typo."""

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
"""Words that nobody types to find a title again."""


@dataclass(frozen=True)
class Known:
    """A title somebody looks for, and what they type."""

    row: int
    clean: str
    typo: str


def typo(word: str, chance: random.Random) -> str:
    """`word` with one letter left out, put in, replaced or swapped with the next."""
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


def known_items(index: Index, count: int, chance: random.Random) -> list[Known]:
    """Titles drawn at random, each paper as likely as any other, and what is typed for them.

    That is two, three or four words of the title, each number as often, drawn at random and typed
    in the order of the title: words from LETTERS letters that are not function words, not next to
    each other on purpose. Titles of fewer than four such words are left out. With a typo: one of
    the words from LETTERS + 1 letters has one edit, which a real word may result from.
    """
    rows = index.newest_rows().tolist()
    found: list[Known] = []
    while len(found) < count:
        row = chance.choice(rows)
        told = (w for w in split_words(index.title(row)) if w not in _FUNCTION_WORDS)
        usable = [word for word in told if len(word) >= LETTERS and word.isascii()]
        long = [n for n, word in enumerate(usable) if len(word) > LETTERS and word.isalpha()]
        if len(usable) < 4 or not long:
            continue
        wrong = chance.choice(long)
        others = [place for place in range(len(usable)) if place != wrong]
        picked = sorted([wrong, *chance.sample(others, chance.randint(1, 3))])
        clean = [usable[place] for place in picked]
        bad = [typo(usable[p], chance) if p == wrong else usable[p] for p in picked]
        found.append(Known(row, " ".join(clean), " ".join(bad)))
    return found


def mrr(find: Callable[[str], list[int]], queries: list[tuple[int, str]]) -> float:
    """The mean of 1/rank of the row meant among the first ten."""
    total = 0.0
    for row, text in queries:
        rows = find(text)[:10]
        total += 1 / (rows.index(row) + 1) if row in rows else 0.0
    return total / len(queries)

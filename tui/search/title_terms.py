"""Words and pairs of words in titles that can name a group of papers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from tui.core.text import normalize_with_offsets

Term = tuple[str, ...]
"""One word or two, each as `singular` returns it."""

_FUNCTION_WORDS = """
a about above across after against all almost also although always am among an and any are as at
away be because been before being below better between beyond both but by can cannot could did do
does done due during each either et etc even every few for from full further had has have he her
here his how however i if in into is it its itself just let like made make makes making many may
me more most much must my need needs no non nor not of off on one only or other others our out
over own per same see several she should since so some still such than that the their them then
there these they this those three through thus to together too toward towards two under unless
unlike until up upon us use used uses using various very via was way we well were what when where
whether which while who whose why wide will with within without would yet you your
au aux avec com da dans das de del dem den der des die dos du ein eine el em en est für im la las
le les los mit para par pour que sur um un una une und von zu zur
"""
FUNCTION_WORDS = frozenset(_FUNCTION_WORDS.split())
"""Words of no meaning by themselves, in English, French, German, Spanish and Portuguese."""
_GENERAL_WORDS = """
achieve adaptive advance advanced advancing ai algorithm alternative analysis application applied
approach architecture art article aspect automated automatic autoregressive aware based benchmark
benchmarking best build building capability case challenge characterization class classification
comparative comparison complexity comprehensive conditional content context critical data dataset
deep design detail development different direct discovery distribution driven dynamic early effect
effective efficient empirical enable enabled enabling energy enhance enhanced enhancement
enhancing estimation evaluate evaluating evaluation evidence evolution experiment experimental
exploiting exploration exploring fast feature field fine first form foundation framework free
function general generating generation generative good guide guided hidden high holistic hybrid
idea impact implementation improve improved improvement improving information insight integrated
interactive international intrinsic introducing introduction investigating investigation iterative
joint knowledge language large learn learned learner learning leverage leveraging line little llm
long low machine measurement meet method model modeling modelling multi multiple network neural
new note novel number object observation online open optimal order overcoming overview paper
parameter part performance perspective practical practice pre prediction pretrained pretraining
problem process progress project property prospect provably quantification rapid real recall
recent report representation research rethinking review revisiting robust robustness role scalable
science self sequence sequential set short shot simple single small solution solving source 
specific state step strategy strong structure study supervised synthetic system systematic task
technique test text theory time toolkit train trained training tutorial type understanding unified
unsupervised unveiling value variable view work world zero
"""
GENERAL_WORDS = frozenset(_GENERAL_WORDS.split())
"""Words of titles on any subject; they can name a group as a part of a pair."""


def singular(word: str) -> str:
    """Return a word without the `s` of an English plural, to compare it, never to show it.

    Other words may lose an `s` too, always in the same way.
    """
    return word[:-1] if len(word) > 3 and word[-1] == "s" and word[-2] not in "su" else word


def find_terms(titles: Sequence[str]) -> dict[Term, dict[int, str]]:
    """Return each term in `titles`: the places of the titles that have it, with its spelling."""
    found: dict[Term, dict[int, str]] = {}
    for place, title in enumerate(titles):
        for term, spelling in _terms(title):
            found.setdefault(term, {}).setdefault(place, spelling)
    return found


def usual_spelling(spellings: Iterable[str]) -> str:
    """Return the most frequent spelling; of equally frequent ones the first."""
    return Counter(spellings).most_common(1)[0][0]


def _terms(title: str) -> Iterator[tuple[Term, str]]:
    """Yield each term of a title with its spelling."""
    before, start = "", 0
    end_before = 0
    for word, first, last in _words(title):
        is_number = word.isdigit()
        usable = (len(word) > 1 or is_number) and not _is_among(word, FUNCTION_WORDS)
        general = is_number or _is_among(word, GENERAL_WORDS)
        if usable and not general:
            yield (singular(word),), title[first:last]
        joined = before and title[end_before:first] in (" ", "-")
        if usable and joined and not (general and _is_among(before, GENERAL_WORDS)):
            yield (singular(before), singular(word)), title[start:last]
        before, start, end_before = word if usable else "", first, last


def _words(title: str) -> Iterator[tuple[str, int, int]]:
    """Yield each normalized word of a title, and the start and end of its spelling there."""
    text, starts, ends = normalize_with_offsets(title)
    at = 0
    for word in text.split(" "):
        if word:
            yield word, starts[at], ends[at + len(word) - 1]
        at += len(word) + 1


def _is_among(word: str, words: frozenset[str]) -> bool:
    return word in words or singular(word) in words

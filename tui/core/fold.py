"""Folding: what two spellings of the same words have in common.

Case, accents, ligatures, full-width forms, hyphens and other punctuation disappear, so that
`State-Space`, `state space` and `ＳＴＡＴＥ　ＳＰＡＣＥ` fold to the same text.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_NOT_WORD = re.compile(r"[\W_]+")
# What NFKD leaves whole although everyone types it without the stroke.
_STROKES = str.maketrans({"ø": "o", "đ": "d", "ł": "l", "ı": "i", "æ": "ae", "œ": "oe", "ð": "d"})


def fold(text: str) -> str:
    """`text` as its folded words, one space between them; empty if it has no letter or digit."""
    if text.isascii():
        return " ".join(text.translate(_ASCII).split())
    text = unicodedata.normalize("NFKD", text)
    text = "".join(c for c in text if not unicodedata.combining(c))
    return _NOT_WORD.sub(" ", text.casefold().translate(_STROKES)).strip()


# -- words, as the index and the filter see them -------------------------------------------

WORD_LENGTH = 64
"""Letters of a word that count; what follows them in a longer one is not looked at."""

_ASCII = "".join(chr(i).lower() if chr(i).isalnum() else " " for i in range(128))
_FOREIGN = re.compile(r"[^\x00-\x7f]")
# Scripts written without spaces between words: each character is a word of its own.
_UNSPACED = re.compile(
    r"[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]"
)
_TEX = re.compile(
    r"""\\(?:(?:['"`^~=.]|[uvHckrbdt](?![A-Za-z]))\s*\{?\s*\\?([A-Za-z])"""  # \'e \H{o} \'{\i}
    r"""|(ss|ae|oe|aa|AE|OE|AA|o|O|l|L|i|j)(?![A-Za-z])\s*"""  # \o \ss{}
    r"""|([A-Za-z]+))"""  # \alpha
)
_TEXLIKE = re.compile(r"[\\{}]")
_PLAIN = dict(zip(map(chr, range(128)), _ASCII, strict=True)) | {"{": "", "}": ""}
_NO_BRACES = str.maketrans({"{": None, "}": None})


def words(text: str) -> list[str]:
    """The folded words of `text` in order: what is indexed, and what is looked for."""
    return spaced(text).split()


def spaced(text: str) -> str:
    """`text` with nothing but its folded words, and spaces between them.

    As `fold`, and each character of Chinese and Japanese is a word; TeX accents and braces do not
    part a word (`Poincar\\'e` is `poincare`), a TeX command is one (`$\\alpha$` is `alpha`).
    """
    if "\\" in text:
        text = _TEX.sub(_plain_tex, text)
    if "{" in text or "}" in text:
        text = text.translate(_NO_BRACES)
    if text.isascii():
        return text.translate(_ASCII)
    text = _FOREIGN.sub(_fold_match, text)
    if text.isascii():
        return text.translate(_ASCII)
    return _NOT_WORD.sub(" ", text.casefold())  # as each character above: Cherokee folds upwards


def unspaced(word: str) -> bool:
    """Whether `word` is a character of a script that writes no spaces between words."""
    return len(word) == 1 and _UNSPACED.match(word) is not None


def _plain_tex(found: re.Match[str]) -> str:
    accented, letter, command = found.groups()
    if command:
        return f" {command} "
    return accented or letter or ""


def _fold_match(found: re.Match[str]) -> str:
    return _fold_foreign(found[0])


@lru_cache(maxsize=4096)
def _fold_foreign(char: str) -> str:
    """One character beyond ASCII, folded; set apart where its script writes no spaces."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", char) if not unicodedata.combining(c))
    plain = _NOT_WORD.sub(" ", plain.casefold().translate(_STROKES))
    return f" {plain} " if _UNSPACED.search(plain) else plain


def aligned(text: str) -> tuple[str, list[int], list[int]]:
    """The folded words of `text` with their places: folded text, and for each of its characters
    the start and end of the characters of `text` it comes from.

    The folded text has spaces where `words` parts words, so it splits into `words(text)`.
    """
    if text.isascii() and not _TEXLIKE.search(text):
        places = list(range(len(text) + 1))
        return text.translate(_ASCII), places[:-1], places[1:]
    folded: list[str] = []
    starts: list[int] = []
    ends: list[int] = []

    def put(piece: str, start: int, end: int) -> None:
        for char in piece:
            plain = _fold_foreign(char) if char > "\x7f" else _PLAIN[char]
            folded.append(plain)
            starts.extend([start] * len(plain))
            ends.extend([end] * len(plain))

    at = 0
    for found in _TEX.finditer(text):
        for place in range(at, found.start()):
            put(text[place], place, place + 1)
        at = found.end()
        put(_plain_tex(found), found.start(), at)
    for place in range(at, len(text)):
        put(text[place], place, place + 1)
    return "".join(folded), starts, ends

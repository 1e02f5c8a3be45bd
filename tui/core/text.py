"""Clean text so that a terminal may show it, and normalize text so that it can be compared.

Text from files, services and the user passes one of the `clean_…` functions. They remove control
bytes (C0, DEL, C1), bidi controls, zero-width and other invisible format characters, variation
selectors, lone surrogates and non-characters. An escape sequence without its ESC byte is harmless;
the rest of it, such as `[31m`, stays as text. ZWNJ and ZWJ are kept between letters (Persian and
Indic scripts need them). The result is in NFC.

`normalize` removes what different spellings of the same words differ in: case, accents, ligatures,
full-width forms, hyphens and other punctuation. `State-Space`, `state space` and
`ＳＴＡＴＥ　ＳＰＡＣＥ` give the same text.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

import orjson

# The patterns with many ranges are strings: `re` compiles and caches them when they are first used,
# and a start that shows only plain text does not wait for it.
# Ranges of categories Cc, Cf, Cs and non-characters, without the visible Arabic number signs.
_UNSAFE = (
    "[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f"
    "\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb"
    "\ufdd0-\ufdef\ufffe\uffff\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff]"
)
_PRINTABLE_UNSAFE = re.compile(
    "[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u3164\ufe00-\ufe0f\uffa0\U000e0100-\U000e01ef]"
)
"""The part of _UNSAFE for which `str.isprintable` is true."""
_STRAY_JOINER = r"(?<![^\W\d_])[\u200c\u200d]+|[\u200c\u200d]+(?![^\W\d_])"
_SURROGATE = "[\ud800-\udfff]"
_DOTLESS_I = re.compile("ı(?=[\u0300-\u036f])")
_BLANK_LINE = re.compile(r"\n\s*\n")
_ODD_SPACE = "[\t\v\f\r\x1c-\x1f\x85\u2028\u2029]"


_PRINTABLE_ASCII = bytes(range(32, 127))
_LONG = 100
"""Letters from which on `bytes.translate` is faster than `str.isprintable`."""


def _is_printable(text: str) -> bool:
    if len(text) > _LONG and text.isascii():
        return not text.encode().translate(None, _PRINTABLE_ASCII)
    return text.isprintable()


def _compose(text: str) -> str:
    """Return `text` in NFC. TeX sets accents on a dotless i; Unicode composes them only with i."""
    return unicodedata.normalize("NFC", _DOTLESS_I.sub("i", text) if "ı" in text else text)


def clean_line(text: str) -> str:
    """Return `text` as one harmless line, with single spaces between its words."""
    printable = _is_printable(text)
    if not printable or "  " in text:
        text = " ".join(text.split())
        printable = _is_printable(text)
    else:
        text = text.strip()
    if printable:  # most texts are, and few printable characters are bad
        if text.isascii():
            return text
        text = _compose(text)
        if not _PRINTABLE_UNSAFE.search(text):
            return text
    text = _compose(re.sub(_SURROGATE, "\ufffd", text))
    return " ".join(re.sub(_UNSAFE, "", re.sub(_STRAY_JOINER, "", text)).split())


def clean_paragraphs(text: str) -> str:
    """Return `text` as harmless paragraphs with a blank line between them.

    The lines of a paragraph are joined.
    """
    if "\r" in text or "\u2029" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\u2029", "\n\n")
    text = text.strip()
    if not _BLANK_LINE.search(text):
        return clean_line(text)
    cleaned = map(clean_line, _BLANK_LINE.split(text))
    return "\n\n".join(paragraph for paragraph in cleaned if paragraph)


def clean_typed_line(text: str) -> str:
    """Return a line the user typed without control characters; spaces stay as typed."""
    if text.isascii() and text.isprintable():
        return text
    text = re.sub(_ODD_SPACE, " ", text.replace("\t", "    "))
    return re.sub(_UNSAFE, "", re.sub(_SURROGATE, "\ufffd", text))


def clean_typed_text(text: str) -> str:
    """Return a text of any number of lines, each cleaned by `clean_typed_line`."""
    return "\n".join(clean_typed_line(line) for line in re.split(r"\r\n|\n|\r", text))


# Characters that no output may contain: _UNSAFE and unusual spaces, except tabs and line ends.
_UNSAFE_OUTPUT = f"{_UNSAFE[:-1]}\v\f\x1c-\x1f\x85\u2028\u2029]"
_LONE_RETURN = re.compile(r"\r(?!\n)")


def clean_output(text: str) -> str:
    """Return a text of any number of lines, safe for terminals and files; tabs and layout stay."""
    if text.isascii() and text.replace("\n", "").replace("\t", "").isprintable():
        return text
    text = re.sub(_SURROGATE, "\ufffd", _LONE_RETURN.sub(" ", text))
    return re.sub(_UNSAFE_OUTPUT, "", text)


def dump_json(value: object) -> str:
    """Return a value as JSON on one line, with what `clean_output` would remove escaped."""
    try:
        text = orjson.dumps(value).decode()
    except orjson.JSONEncodeError:  # a file name that is not UTF-8 holds lone surrogates
        text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return escape_json(text)


def escape_json(text: str) -> str:
    """Escape in a JSON text what `clean_output` would remove from it."""
    if text.isascii() and "\x7f" not in text:
        return text
    escaped = re.sub(_UNSAFE_OUTPUT, _escape_match, text)
    return re.sub(_SURROGATE, _escape_match, escaped)


def _escape_match(found: re.Match[str]) -> str:
    return json.dumps(found[0])[1:-1] if found[0] != "\x7f" else "\\u007f"


_NOT_WORD = re.compile(r"[\W_]+")


def split_tags(text: str) -> list[str]:
    """Return the tags in a text, each once: words between blanks and commas, without `#`."""
    words = (word.strip("#") for word in clean_line(text).replace(",", " ").split())
    return list(dict.fromkeys(word for word in words if word))


def shorten(text: str, limit: int) -> str:
    """Return `text` in at most `limit` characters; a cut text ends in an ellipsis.

    The cut is after a word, unless that would lose more than a third.
    """
    if len(text) <= limit:
        return text
    kept = text[: limit - 1]
    space = kept.rfind(" ")
    return (kept[:space] if space > limit * 2 // 3 else kept).rstrip(" ,;:–-") + "…"


def count_items(number: int, plural: str) -> str:
    """Return a number with its noun: `1 star`, `1,200 citations`."""
    return f"{number:,} {plural.removesuffix('s') if number == 1 else plural}"


# Letters that NFKD does not decompose, although people type them without the stroke.
_STROKES = str.maketrans({"ø": "o", "đ": "d", "ł": "l", "ı": "i", "æ": "ae", "œ": "oe", "ð": "d"})


def normalize(text: str) -> str:
    """Return the normalized words of `text`, one space between them; empty if it has none."""
    if text.isascii():
        return " ".join(text.translate(_ASCII).split())
    text = unicodedata.normalize("NFKD", text)
    text = "".join(c for c in text if not unicodedata.combining(c))
    return _NOT_WORD.sub(" ", text.casefold().translate(_STROKES)).strip()


WORD_LENGTH = 64
"""Letters of a word that the index stores; the rest of a longer word is ignored."""

_ASCII = "".join(chr(i).lower() if chr(i).isalnum() else " " for i in range(128))
HYPHEN = "\x1f"
"""Stands for a hyphen in the text of `normalize_words`; like a space, it separates words."""
_FOREIGN = re.compile(r"[^\x00-\x7f]+")
# A Greek letter by itself is a symbol, which people type by its name; in a Greek word it is not.
_GREEK_LETTERS = (
    "αalpha βbeta γgamma δdelta εepsilon ζzeta ηeta θtheta ιiota κkappa λlambda μmu νnu ξxi "
    "οomicron πpi ρrho σsigma τtau υupsilon φphi χchi ψpsi ωomega"
)
GREEK_NAMES = {letter[0]: letter[1:] for letter in _GREEK_LETTERS.split()}
"""Greek letter to its name."""
_GREEK_WORD = "[\u0370-\u03ff\u1f00-\u1fff]{2,}"
# Scripts written without spaces between words: each character counts as a word.
_UNSPACED = r"[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]"
# TeX accents and commands: an abstract from arXiv spells names and symbols so.
_TEX = (
    r"""\\(?:(?:['"`^~=.]|[uvHckrbdt](?![A-Za-z]))\s*\{?\s*\\?([A-Za-z])"""  # \'e \H{o} \'{\i}
    r"""|(ss|ae|oe|aa|AE|OE|AA|o|O|l|L|i|j)(?![A-Za-z])\s*"""  # \o \ss{}
    r"""|([A-Za-z]+))"""  # \alpha
)
_DOT_NET = re.compile(r"\.[Nn][Ee][Tt]")
# Names of programming languages that are more than their letters: C++, C#, F#, .NET, C++17.
_LANGUAGE = r"(?<!\w)([A-Za-z](?:\+\+|\#)|\.[Nn][Ee][Tt](?!\w))(?![A-Za-z+#])"
_SYMBOL = f"{_TEX}|{_LANGUAGE}"
_SYMBOLLIKE = r"[\\{}#]|\+\+|\.[Nn]"
_NOT_WORD_OR_HYPHEN = r"(?:[^\w-]|_)+"
_ASCII_WORDS = _ASCII[: ord("-")] + HYPHEN + _ASCII[ord("-") + 1 :]
_SPELLED = str.maketrans({"+": "p", "#": "sharp", ".": "dot"})
_NORMAL_ASCII = dict(zip(map(chr, range(128)), _ASCII, strict=True)) | {"{": "", "}": ""}
_NO_BRACES = str.maketrans({"{": None, "}": None})


def split_words(text: str) -> list[str]:
    """Return the normalized words of `text` in order, as they are indexed and searched for."""
    return normalize_words(text).split()


def normalize_words(text: str) -> str:
    """Return the normalized words of `text` with one or more spaces or HYPHEN between them.

    As `normalize`, but each Chinese or Japanese character is a word, TeX accents and braces do not
    split a word (`Poincar\\'e` is `poincare`), a TeX command is one (`$\\alpha$` is `alpha`), a
    Greek letter by itself is its name (`α` is `alpha`), and `C++` is `cpp`, `C#` is `csharp`.
    """
    has_plus = "+" in text and "++" in text  # a single letter is found much faster than two
    if has_plus or "#" in text or _DOT_NET.search(text):
        text = re.sub(_SYMBOL, _plain_symbol, text)
    elif "\\" in text:  # this pattern alone is several times as fast
        text = re.sub(_TEX, _plain_symbol, text)
    if not text.isascii():
        text = _FOREIGN.sub(_normalize_match, text)
    if "{" in text or "}" in text:
        text = text.translate(_NO_BRACES)
    if text.isascii():
        return text.translate(_ASCII_WORDS)
    # Again: Cherokee letters fold to capitals.
    return re.sub(_NOT_WORD_OR_HYPHEN, " ", text.casefold()).replace("-", HYPHEN)


def is_unspaced(word: str) -> bool:
    """Return whether `word` is a character of a script without spaces between words."""
    return len(word) == 1 and re.match(_UNSPACED, word) is not None


def _plain_symbol(found: re.Match[str]) -> str:
    accented, letter, command = found.group(1, 2, 3)
    if not (accented or letter or command):
        return f" {found[0].lower().translate(_SPELLED)} "
    if command:
        if command.startswith("var") and command[3:] in GREEK_NAMES.values():
            command = command[3:]  # \varepsilon is another shape of \epsilon
        return f" {command} "
    return accented or letter


def _normalize_match(found: re.Match[str]) -> str:
    if len(found[0]) == 1:
        return _normalize_char(found[0])
    pieces = re.findall(f"{_GREEK_WORD}|.", found[0], re.DOTALL)
    return "".join(map(_normalize_char, pieces))


@lru_cache(maxsize=4096)
def _normalize_char(char: str) -> str:
    """Normalize a non-ASCII character, or a Greek word.

    Add spaces if its script writes none between words, and to the name of a Greek letter.
    """
    if char in "\u2010\u2011":
        return "-"
    plain = "".join(c for c in unicodedata.normalize("NFKD", char) if not unicodedata.combining(c))
    plain = _NOT_WORD.sub(" ", plain.casefold().translate(_STROKES))
    if name := GREEK_NAMES.get(plain):
        return f" {name} "
    return f" {plain} " if re.search(_UNSPACED, plain) else plain


def normalize_with_offsets(text: str) -> tuple[str, list[int], list[int]]:
    """Return the normalized text, and where each of its characters comes from.

    The second and third values are the start and end offsets in `text`, one for each character of
    the normalized text. That text splits into `split_words(text)`.
    """
    if text.isascii() and not re.search(_SYMBOLLIKE, text):
        offsets = list(range(len(text) + 1))
        return text.translate(_ASCII), offsets[:-1], offsets[1:]
    normalized: list[str] = []
    starts: list[int] = []
    ends: list[int] = []

    def put(plain: str, start: int, end: int) -> None:
        normalized.append(plain.replace("-", " "))
        starts.extend([start] * len(plain))
        ends.extend([end] * len(plain))

    def put_chars(start: int, end: int) -> None:
        for place, char in enumerate(text[start:end], start):
            plain = _normalize_char(char) if char > "\x7f" else _NORMAL_ASCII[char]
            put(plain, place, place + 1)

    at = 0
    for found in re.finditer(f"{_SYMBOL}|({_GREEK_WORD})", text):
        put_chars(at, found.start())
        at = found.end()
        put(normalize_words(found[0]), found.start(), at)
    put_chars(at, len(text))
    return "".join(normalized), starts, ends


_CLOSE = 70.0
"""Per cent of the letters that must agree: `stared` is close to `starred`, `foo` to nothing."""


def closest_match(word: str, known: Iterable[str]) -> str | None:
    """Return the known word that begins with `word`, else the most similar one, if one is close."""
    from rapidfuzz import fuzz, process

    names = list(known)
    beginning = next((name for name in names if word and name.startswith(word)), None)
    if beginning:
        return beginning
    found = process.extractOne(word, names, scorer=fuzz.ratio, score_cutoff=_CLOSE)
    return found[0] if found else None

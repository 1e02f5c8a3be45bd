"""The door foreign text comes through: what passes here may be shown on a terminal.

Removed: control bytes (C0, DEL, C1), bidi controls, zero-width and other invisible format
characters, variation selectors, lone surrogates, non-characters. Kept: ZWNJ and ZWJ between
letters (Persian, Indic scripts need them). White space becomes single spaces. The result is NFC.
"""

from __future__ import annotations

import re
import unicodedata

# Ranges of categories Cc, Cf, Cs and non-characters, without the visible Arabic number signs.
_BAD = re.compile(
    "[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f"
    "\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb"
    "\ufdd0-\ufdef\ufffe\uffff\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff]"
)
_PRINTABLE_BAD = re.compile(
    "[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u3164\ufe00-\ufe0f\uffa0\U000e0100-\U000e01ef]"
)
"""The part of _BAD that Python calls printable."""
_JOINER = re.compile(r"(?<![^\W\d_])[\u200c\u200d]+|[\u200c\u200d]+(?![^\W\d_])")
_SURROGATE = re.compile("[\ud800-\udfff]")
_BLANK_LINE = re.compile(r"\n\s*\n")
_ODD_SPACE = re.compile("[\t\v\f\r\x1c-\x1f\x85\u2028\u2029]")


def line(text: str) -> str:
    """`text` as one harmless line, words kept in order."""
    printable = text.isprintable()
    if not printable or "  " in text:
        text = " ".join(text.split())
        printable = text.isprintable()
    else:
        text = text.strip()
    if printable:  # as most texts are; what is printable and bad is a short list
        if text.isascii():
            return text
        text = unicodedata.normalize("NFC", text)
        if not _PRINTABLE_BAD.search(text):
            return text
    text = unicodedata.normalize("NFC", _SURROGATE.sub("\ufffd", text))
    return " ".join(_BAD.sub("", _JOINER.sub("", text)).split())


def block(text: str) -> str:
    """`text` as harmless paragraphs, a blank line between them; hard line breaks are joined."""
    if "\r" in text or "\u2029" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\u2029", "\n\n")
    text = text.strip()
    if not _BLANK_LINE.search(text):
        return line(text)
    cleaned = map(line, _BLANK_LINE.split(text))
    return "\n\n".join(paragraph for paragraph in cleaned if paragraph)


def visible(text: str) -> str:
    """One line of the user's own text, spaces as typed, without what a terminal would obey."""
    text = _ODD_SPACE.sub(" ", text.replace("\t", "    "))
    return _BAD.sub("", _SURROGATE.sub("\ufffd", text))


def lines(text: str) -> str:
    """The user's own text of any number of lines, each as `visible` leaves it."""
    return "\n".join(visible(each) for each in re.split(r"\r\n|\n|\r", text))

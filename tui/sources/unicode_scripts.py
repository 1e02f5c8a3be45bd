"""Superscripts, subscripts and accents as Unicode writes them, where it does."""

from __future__ import annotations

import unicodedata

_RAISED = dict(
    zip(
        "0123456789+-=()−abcdefghijklmnoprstuvwxyzABDEGHIJKLMNOPRTUVWαβγδθφ",
        "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾⁻ᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏˡᵐⁿᵒᵖʳˢᵗᵘᵛʷˣʸᶻᴬᴮᴰᴱᴳᴴᴵᴶᴷᴸᴹᴺᴼᴾᴿᵀᵁⱽᵂᵅᵝᵞᵟᶿᵠ",
        strict=True,
    )
)
_LOWERED = dict(
    zip(
        "0123456789+-=()−aehijklmnoprstuvxβγρφχ",
        "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎₋ₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓᵦᵧᵨᵩᵪ",
        strict=True,
    )
)
_ALREADY_RAISED = frozenset("′*°†‡∘")
"""Signs that stand high by themselves."""

TEX_ACCENTS = {
    "'": "\u0301", "`": "\u0300", "^": "\u0302", '"': "\u0308", "~": "\u0303", "=": "\u0304",
    ".": "\u0307", "u": "\u0306", "v": "\u030c", "H": "\u030b", "c": "\u0327", "k": "\u0328",
    "r": "\u030a", "b": "\u0331", "d": "\u0323", "hat": "\u0302", "widehat": "\u0302",
    "tilde": "\u0303", "widetilde": "\u0303", "bar": "\u0304", "dot": "\u0307",
    "ddot": "\u0308", "vec": "\u20d7", "check": "\u030c", "breve": "\u0306", "acute": "\u0301",
    "grave": "\u0300", "mathring": "\u030a",
}  # fmt: skip
"""The name of a TeX accent to the character that is set over the letter before it."""


def to_superscript(text: str) -> str | None:
    """`text` as superscript; None if Unicode has not all of it."""
    if text and all(char in _ALREADY_RAISED for char in text):
        return text.replace("∘", "°")
    return _all(text, _RAISED)


def to_subscript(text: str) -> str | None:
    """`text` as subscript; None if Unicode has not all of it."""
    return _all(text, _LOWERED)


def _all(text: str, table: dict[str, str]) -> str | None:
    if not text or any(char not in table for char in text):
        return None
    return "".join(table[char] for char in text)


def add_accent(letter: str, accent: str) -> str:
    """A letter with an accent over it; a dotless i or j gets its usual letter first."""
    letter = {"ı": "i", "ȷ": "j"}.get(letter, letter)
    return unicodedata.normalize("NFC", letter + accent)

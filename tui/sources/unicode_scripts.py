"""Superscripts, subscripts, accents and Greek letters in Unicode, as far as it has them."""

from __future__ import annotations

import unicodedata

SUPERSCRIPTS = dict(
    zip(
        "0123456789+-=()−abcdefghijklmnoprstuvwxyzABDEGHIJKLMNOPRTUVWαβγδθφ",
        "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾⁻ᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏˡᵐⁿᵒᵖʳˢᵗᵘᵛʷˣʸᶻᴬᴮᴰᴱᴳᴴᴵᴶᴷᴸᴹᴺᴼᴾᴿᵀᵁⱽᵂᵅᵝᵞᵟᶿᵠ",
        strict=True,
    )
)
"""Characters to their superscripts."""
SUBSCRIPTS = dict(
    zip(
        "0123456789+-=()−aehijklmnoprstuvxβγρφχ",
        "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎₋ₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓᵦᵧᵨᵩᵪ",
        strict=True,
    )
)
_ALREADY_HIGH = frozenset("′*°†‡∘")
"""Characters that already look like superscripts."""

TEX_ACCENTS = {
    "'": "\u0301", "`": "\u0300", "^": "\u0302", '"': "\u0308", "~": "\u0303", "=": "\u0304",
    ".": "\u0307", "u": "\u0306", "v": "\u030c", "H": "\u030b", "c": "\u0327", "k": "\u0328",
    "r": "\u030a", "b": "\u0331", "d": "\u0323", "hat": "\u0302", "widehat": "\u0302",
    "tilde": "\u0303", "widetilde": "\u0303", "bar": "\u0304", "dot": "\u0307",
    "ddot": "\u0308", "vec": "\u20d7", "check": "\u030c", "breve": "\u0306", "acute": "\u0301",
    "grave": "\u0300", "mathring": "\u030a",
    # as MathSciNet writes them
    "ocirc": "\u030a", "polhk": "\u0328", "udot": "\u0323",
}  # fmt: skip
"""The name of a TeX accent to the combining character that follows the letter in Unicode."""


GREEK_LETTERS = {
    "alpha": "α", "beta": "β", "gamma": "γ", "delta": "δ", "varepsilon": "ε", "zeta": "ζ",
    "eta": "η", "theta": "θ", "iota": "ι", "kappa": "κ", "lambda": "λ", "mu": "μ", "nu": "ν",
    "xi": "ξ", "pi": "π", "rho": "ρ", "varsigma": "ς", "sigma": "σ", "tau": "τ", "upsilon": "υ",
    "varphi": "φ", "chi": "χ", "psi": "ψ", "omega": "ω", "vartheta": "ϑ", "phi": "ϕ",
    "Gamma": "Γ", "Delta": "Δ", "Theta": "Θ", "Lambda": "Λ", "Xi": "Ξ", "Pi": "Π", "Sigma": "Σ",
    "Upsilon": "Υ", "Phi": "Φ", "Psi": "Ψ", "Omega": "Ω",
}  # fmt: skip
"""The name of a TeX command to the Greek letter that it prints."""


def to_superscript(text: str) -> str | None:
    """Return `text` as a superscript, None if Unicode does not have all of it."""
    if text and all(char in _ALREADY_HIGH for char in text):
        return text.replace("∘", "°")
    return _convert(text, SUPERSCRIPTS)


def to_subscript(text: str) -> str | None:
    """Return `text` as a subscript, None if Unicode does not have all of it."""
    return _convert(text, SUBSCRIPTS)


def _convert(text: str, table: dict[str, str]) -> str | None:
    if not text or any(char not in table for char in text):
        return None
    return "".join(table[char] for char in text)


def add_accent(letter: str, accent: str) -> str:
    """Return a letter with a combining accent; a dotless i or j becomes the usual letter."""
    letter = {"ı": "i", "ȷ": "j"}.get(letter, letter)
    return unicodedata.normalize("NFC", letter + accent)

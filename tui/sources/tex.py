"""LaTeX in running text to plain text that still says the same.

Accents become letters, symbols characters, `$O(n\\log n)$` becomes `O(n log n)`; what a command
marks (`\\emph{so}`) stays without its mark. A dollar that pays for something is left alone.
The names of the symbols come from pylatexenc; the walk is our own, because formulas must stay
readable and an abstract must not cost a millisecond.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache

from tui.sources.texwalk import MAX_DEPTH, Walk
from tui.sources.unicode_scripts import TEX_ACCENTS

_FORMULA = 1500
"""Characters of one formula; a dollar sign further away belongs to something else."""
_APOSTROPHE = re.compile(r"(?<=[A-Za-z])\\'(?=(?:s|t|re|ve|ll|d|m)\b)")
_AMOUNT = re.compile(r"\d[\d.,]*(?:\s?[KMBTkmb]|\s?(?:m|b|tr)illion|bn)?(?=[\s.,;:)/–—+-]|$)")
_PLAIN_WORD = re.compile(r"(?<![\\A-Za-z])[A-Za-z]{2,}")
_MATHS = re.compile(r"[\\^_{}=<>+*/|]")
_DISPLAY = re.compile(
    r"\\\((.{1,1500}?)\\\)|\\\[(.{1,1500}?)\\\]"
    r"|\\begin\{(equation|align|math|displaymath)\*?\}(.{1,1500}?)\\end\{\3\*?\}",
    re.DOTALL,
)
_HELD_FIRST, _HELD_COUNT = 0xF0000, 0xFFFD
_HELD = re.compile("[\U000f0000-\U000ffffd]")
"""Private characters that hold the place of the formulas while the prose is walked."""


def inline_tex_to_text(text: str) -> str:
    """The text of prose in which LaTeX may occur; braces on their own are left as they are."""
    if "\\" not in text and "$" not in text:
        return text
    if "\\'" in text:
        text = _APOSTROPHE.sub("'", text)
    return _converted(text, tex=False)


def tex_to_text(text: str) -> str:
    """The text of LaTeX source, as in BibTeX: braces group, `--` is a dash, `~` a space."""
    return _converted(text, tex=True)


def _converted(text: str, tex: bool) -> str:
    if _depth(text) > MAX_DEPTH:
        return text
    formulas: dict[str, str] = {}
    prose: list[str] = []
    text = text if text.isascii() else _HELD.sub("", text)
    text = _DISPLAY.sub(lambda m: f"${m[1] or m[2] or m[4]}$", text)
    at = 0
    while (dollar := _next_dollar(text, at)) >= 0:
        width = 2 if text.startswith("$$", dollar) else 1
        start = dollar + width
        end = _closing(text, start, width)
        prose.append(text[at:dollar])
        if end >= 0 and _is_formula(text[start:end], text[end + width : end + width + 1], tex):
            place = chr(_HELD_FIRST + len(formulas) % _HELD_COUNT)
            formulas[place] = formula_to_text(text[start:end])
            prose.append(place)
            at = end + width
        else:
            prose.append("\\$" * width)
            at = start
    prose.append(text[at:])
    text = _prose("".join(prose), tex)
    return _HELD.sub(lambda held: formulas[held[0]], text) if formulas else text


def _next_dollar(text: str, at: int) -> int:
    while (found := text.find("$", at)) > 0 and text[found - 1] == "\\":
        at = found + 1
    return found


def _closing(text: str, start: int, width: int) -> int:
    end = text.find("$" * width, start, start + _FORMULA)
    while end > 0 and text[end - 1] == "\\":
        end = text.find("$" * width, end + 1, start + _FORMULA)
    return end


def _is_formula(inside: str, following: str, tex: bool) -> bool:
    """Whether what stands between two dollars is a formula rather than two amounts of money."""
    if not inside.strip() or "\n\n" in inside:
        return False
    if _AMOUNT.match(inside) and not re.search(r"[\\^_]", inside):
        words = _PLAIN_WORD.search(inside)
        if words or following.isdigit() or inside[-1].isspace() or inside[-1] in "-–—/,(":
            return False
    if "\\" not in inside and len(_PLAIN_WORD.findall(inside)) > 3:
        return False
    if tex or _MATHS.search(inside):
        return True
    if inside[0].isspace() or inside[-1].isspace():
        return len(inside) <= 8 and not _PLAIN_WORD.search(inside)
    return len(_PLAIN_WORD.findall(inside)) <= 1 or len(inside) <= 12


@lru_cache(maxsize=8192)
def formula_to_text(source: str) -> str:
    """A formula as it would be read aloud or typed: `x^2`, `\\sqrt{T}`, `n\\log n` in Unicode."""
    if _depth(source) > MAX_DEPTH:
        return source
    return Walk(source, tex_symbols(), maths=True, tex=True).text().strip()


def _prose(text: str, tex: bool) -> str:
    if "\\" not in text and not (tex and re.search(r"[{}~`'-]", text)):
        return text
    return Walk(text, tex_symbols(), maths=False, tex=tex).text()


def _depth(text: str) -> int:
    """The deepest nesting of braces, counted without going down into them."""
    if text.count("{") <= MAX_DEPTH:
        return 0
    depth = deepest = 0
    for char in re.findall(r"[{}]", text):
        depth = max(0, depth + (1 if char == "{" else -1))
        deepest = max(deepest, depth)
    return deepest


@cache
def tex_symbols() -> dict[str, str]:
    """Commands without arguments to the characters they stand for."""
    from pylatexenc.latex2text import (  # type: ignore[import-untyped]
        get_default_latex_context_db,
    )

    table: dict[str, str] = {}
    for category in (db := get_default_latex_context_db()).categories():
        for spec in db.iter_macro_specs([category]):
            text = spec.simplify_repl
            if isinstance(text, str) and "%" not in text and spec.macroname not in TEX_ACCENTS:
                table.setdefault(spec.macroname, text)
    return table | _OWN


_OWN = {
    "textless": "<", "textgreater": ">", "textbar": "|", "textasciicircum": "^",
    "textbraceleft": "{", "textbraceright": "}",
    "textbackslash": "\\", "lbrace": "{", "rbrace": "}", "textdollar": "$", "dollar": "$",
    "le": "≤", "ge": "≥", "leq": "≤", "geq": "≥", "ne": "≠", "neq": "≠", "to": "→", "lt": "<",
    "gt": ">", "ll": "≪", "gg": "≫", "cdot": "·", "cdots": "⋯", "ldots": "…", "dots": "…",
    "dotsc": "…", "dotsb": "⋯", "prime": "′", "star": "*", "ast": "*", "circ": "∘", "ell": "ℓ",
    "phi": "φ", "varphi": "φ", "epsilon": "ε", "varepsilon": "ε", "langle": "⟨", "rangle": "⟩",
    "lVert": "‖", "rVert": "‖", "Vert": "‖", "lvert": "|", "rvert": "|", "mid": "|", "vert": "|",
    "colon": ":", "i": "ı", "j": "ȷ", "imath": "ı", "jmath": "ȷ", "lesssim": "≲", "gtrsim": "≳",
    "copyright": "©", "textsuperscript": "", "quad": " ", "qquad": " ", "newline": " ",
    "setminus": "∖", "backslash": "∖", "triangleq": "≜", "coloneqq": "≔", "gets": "←", "iff": "⟺",
    "implies": "⟹",
    "land": "∧", "lor": "∨", "lnot": "¬", "neg": "¬", "degree": "°", "textdegree": "°",
    "slash": "/", "hyphen": "-", "emdash": "—", "endash": "–", "thinspace": " ", "MF": "METAFONT",
    "MP": "METAPOST", "PS": "PostScript",
    "sun": "☉", "odot": "⊙", "sqrt": "√", "textmu": "µ", "LaTeX": "LaTeX", "TeX": "TeX",
    "emptyset": "∅", "varnothing": "∅", "complement": "∁", "blacksquare": "■",
    "par": "\n\n", "item": " ", "degC": "°C", "S": "§", "arcmin": "′", "arcsec": "″",
}  # fmt: skip
"""What pylatexenc does not know, or writes in a way that reads worse."""

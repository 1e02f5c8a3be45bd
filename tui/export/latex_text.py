"""Text as LaTeX: special characters escaped, capitals protected, the original LaTeX if it is safe.

UTF-8 stays as it is, but for Greek letters, superscripts, subscripts and signs of formulas, at
which pdfLaTeX stops. Literal braces become commands, because BibTeX counts even escaped braces.

The LaTeX in which a title or abstract was written is used if its braces balance, if it has only
commands of LaTeX and AMS (foreign text must not make TeX read or write files), and if it converts
to the text of the paper.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from tui.core.paper import Paper
from tui.export.latex_allowlist import has_balanced_braces, is_safe_formula, is_safe_prose
from tui.sources.markup import markup_to_text
from tui.sources.plain_text import clean_abstract, clean_title
from tui.sources.tex import BLACKBOARD, tex_to_text
from tui.sources.unicode_scripts import (
    GREEK_LETTERS,
    SUBSCRIPTS,
    SUPERSCRIPTS,
    TEX_ACCENTS,
)

_MATHS = GREEK_LETTERS | {
    "leq": "≤", "geq": "≥", "neq": "≠", "approx": "≈", "sim": "∼", "to": "→", "leftarrow": "←",
    "leftrightarrow": "↔", "Rightarrow": "⇒", "infty": "∞", "in": "∈", "sum": "∑", "prod": "∏",
    "partial": "∂", "nabla": "∇", "propto": "∝", "ll": "≪", "gg": "≫", "subset": "⊂", "cup": "∪",
    "leqslant": "⩽", "geqslant": "⩾", "surd": "√", "natural": "♮", "hbar": "ħ", "cap": "∩",
    "forall": "∀", "exists": "∃", "ell": "ℓ", "prime": "′", "equiv": "≡",
}  # fmt: skip
"""Names of commands to the signs that they print."""
_SIGNS = {
    **{sign: f"{{$\\{name}$}}" for name, sign in _MATHS.items()},
    **{sign: f"{{$^{char}$}}" for char, sign in SUPERSCRIPTS.items() if char.isascii()},
    **{sign: f"{{$_{char}$}}" for char, sign in SUBSCRIPTS.items() if char.isascii()},
    **{sign: f"{{$\\mathbb{{{letter}}}$}}" for letter, sign in BLACKBOARD.items()},
    "−": r"\textminus{}",
}
"""Signs at which pdfLaTeX stops, to formulas that print them."""
_ESCAPES = str.maketrans(
    _SIGNS
    | {char: "\\" + char for char in "#$%&_"}
    | {
        "~": r"\textasciitilde{}",
        "^": r"\textasciicircum{}",
        "\\": r"\textbackslash{}",
        "{": r"\textbraceleft{}",
        "}": r"\textbraceright{}",
        "<": r"\textless{}",
        ">": r"\textgreater{}",
        "|": r"\textbar{}",
        "`": r"\textasciigrave{}",
    }
)
_ACCENTS = {accent: name for name, accent in reversed(TEX_ACCENTS.items())}
_IN_MATHS = {"=": "bar", "^": "hat", "~": "tilde", "'": "acute", '"': "ddot", ".": "dot"}
_ACCENTED = re.compile(f"([A-Za-z0-9ı])([{''.join(_ACCENTS)}])")
"""A character with an accent that Unicode does not have as one."""
_GREEK_WORD = re.compile("([Ͱ-Ͽἀ-῿]{3,})")
"""A word in Greek, which letters of formulas cannot spell: it needs XeLaTeX or LuaLaTeX."""
# TeX sets -- as a dash and '' as a closing quote.
_LIGATURE = re.compile(r"([-'])(?=\1)")
_WORD = re.compile(r"[^\W_]+")
_UNESCAPED = re.compile(rf"(?<!\\)[#%&_^{''.join(_SIGNS)}]")
_IN_FORMULA = str.maketrans({sign: f"\\{name} " for name, sign in _MATHS.items()})
_DOLLAR = re.compile(r"(?<!\\)\$")


def escape_latex(text: str) -> str:
    """Return one line of LaTeX that prints `text`; `\\par` stands for a blank line."""
    parts = _GREEK_WORD.split(text)
    parts[::2] = [part.translate(_ESCAPES) for part in parts[::2]]
    text = _ACCENTED.sub(_accented, _LIGATURE.sub(r"\1{}", "".join(parts)))
    return " ".join(text.replace("\n\n", r" \par ").split())


def _accented(found: re.Match[str]) -> str:
    name = _ACCENTS[found[2]]
    if found[1].isdecimal():
        return f"{{$\\{_IN_MATHS.get(name, 'bar')}{{{found[1]}}}$}}"
    return f"{{\\{name}{{{found[1]}}}}}"


def latex_title(paper: Paper) -> str:
    """Return the title, with formulas and words that must keep their capitals in braces.

    Bibliography styles set titles in lower case; braces protect names and acronyms from that.
    """
    source = _safe_source(paper.tex.get("title", ""), protect=True)
    if source and clean_title(_to_text(source)) == paper.title:
        return source
    return _protect(paper.title, escape_latex, _is_sentence_case(paper.title), at_start=True)


def latex_abstract(paper: Paper) -> str:
    """Return the abstract. Styles do not change its case, so nothing is protected."""
    source = _safe_source(paper.tex.get("abstract", ""), protect=False)
    if source and clean_abstract(_to_text(source)) == paper.abstract:
        return source
    return escape_latex(paper.abstract)


def _to_text(source: str) -> str:
    return tex_to_text(markup_to_text(source))


def _protect(text: str, write: Callable[[str], str], sentence_case: bool, at_start: bool) -> str:
    """Return `text` in LaTeX made by `write`, with words that must keep their capitals in braces.

    `at_start` says that the title begins here: styles keep its first capital anyway.
    """
    pieces: list[str] = []
    end = 0
    for found in _WORD.finditer(text):
        if _needs_braces(found[0], at_start and found.start() == 0, sentence_case):
            pieces += [_keep_spaces(text[end : found.start()], write), "{", write(found[0]), "}"]
            end = found.end()
    return "".join([*pieces, _keep_spaces(text[end:], write)])


def _keep_spaces(text: str, write: Callable[[str], str]) -> str:
    """Return `text` in LaTeX with the space at its ends, which `write` removes."""
    inside = write(text).strip()
    left = " " if text[:1].isspace() else ""
    return left + inside + (" " if inside and text[-1:].isspace() else "")


def _needs_braces(word: str, first: bool, sentence_case: bool) -> bool:
    """Whether lower case would be wrong for the word: `GPU`, `arXiv`; names in sentence case."""
    if any(char.isupper() for char in word[1:]):
        return True
    if not word[0].isupper() or first:
        return False
    return word != "A" and (sentence_case or len(word) == 1)


def _is_sentence_case(title: str) -> bool:
    """Whether most longer words begin with a small letter, so that a capital marks a name."""
    words: list[str] = [
        word for word in _WORD.findall(title)[1:] if len(word) > 3 and word.isalpha()
    ]
    return sum(word.islower() for word in words) * 2 > len(words)


def _safe_source(source: str, *, protect: bool) -> str:
    """Return original LaTeX made ready for a bibliography; empty if it is not safe to use."""
    parts = _DOLLAR.split(source)
    if not source or not has_balanced_braces(source) or len(parts) % 2 == 0:
        return ""
    parts[1::2] = [formula.translate(_IN_FORMULA) for formula in parts[1::2]]
    prose, formulas = parts[::2], parts[1::2]
    if not all(map(is_safe_prose, prose)) or not all(map(is_safe_formula, formulas)):
        return ""
    # With commands in the prose, words and arguments look the same: protect all of it.
    protect_all = protect and any("\\" in part for part in prose)
    protect = protect and not protect_all
    sentence_case = _is_sentence_case(" ".join(prose))
    for place, part in enumerate(parts):
        if place % 2:
            parts[place] = f"{{${part}$}}" if protect else f"${part}$"
            continue
        part = _UNESCAPED.sub(lambda found: escape_latex(found[0]), part)
        parts[place] = _protect(part, str, sentence_case, not place) if protect else part
    text = " ".join("".join(parts).split())
    return f"{{{text}}}" if protect_all else text

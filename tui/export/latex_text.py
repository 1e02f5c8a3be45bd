"""Text as LaTeX: special letters escaped, capitals kept from the style, the source where safe.

UTF-8 stays as it is. Literal braces become commands, because BibTeX counts even escaped ones.
The LaTeX a title or abstract was written in is used where it is balanced, needs no command beyond
LaTeX and AMS (foreign text must not make TeX read or write files) and reads as the text does.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from tui.core.paper import Paper
from tui.export import latex_allowlist
from tui.sources.markup import markup_to_text
from tui.sources.plain_text import clean_abstract, clean_title
from tui.sources.tex import tex_to_text

_ESCAPES = str.maketrans(
    {char: "\\" + char for char in "#$%&_"}
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
_LIGATURE = re.compile(r"([-'])(?=\1)")
_WORD = re.compile(r"[^\W_]+")
_BARE = re.compile(r"(?<!\\)[#%&_^]")
_DOLLAR = re.compile(r"(?<!\\)\$")


def escape_latex(text: str) -> str:
    """Plain text so that LaTeX prints it; one line, a blank line between paragraphs is `\\par`."""
    text = _LIGATURE.sub(r"\1{}", text.translate(_ESCAPES))
    return " ".join(text.replace("\n\n", r" \par ").split())


def latex_title(paper: Paper) -> str:
    """The title: formulas and what must not become small in braces."""
    source = _source(paper.tex.get("title", ""), protect=True)
    if source and clean_title(_read(source)) == paper.title:
        return source
    return _protected(paper.title, escape_latex, _is_sentence(paper.title), starts=True)


def latex_abstract(paper: Paper) -> str:
    """The abstract; nothing changes its case, so nothing is protected."""
    source = _source(paper.tex.get("abstract", ""), protect=False)
    if source and clean_abstract(_read(source)) == paper.abstract:
        return source
    return escape_latex(paper.abstract)


def _read(source: str) -> str:
    return tex_to_text(markup_to_text(source))


def _protected(text: str, write: Callable[[str], str], sentence: bool, starts: bool) -> str:
    """`text` through `write`, in braces the words a style must leave as they are.

    `starts`: the title begins here; its first capital stays anyway.
    """
    out: list[str] = []
    at = 0
    for found in _WORD.finditer(text):
        if _kept(found[0], starts and found.start() == 0, sentence):
            out += [_spaced(text[at : found.start()], write), "{", write(found[0]), "}"]
            at = found.end()
    return "".join([*out, _spaced(text[at:], write)])


def _spaced(text: str, write: Callable[[str], str]) -> str:
    """`write` takes the spaces at the ends away; here they part words."""
    inside = write(text).strip()
    left = " " if text[:1].isspace() else ""
    return left + inside + (" " if inside and text[-1:].isspace() else "")


def _kept(word: str, first: bool, sentence: bool) -> bool:
    if any(char.isupper() for char in word[1:]):
        return True
    if not word[0].isupper() or first:
        return False
    return word != "A" and (sentence or len(word) == 1)


def _is_sentence(title: str) -> bool:
    """Whether the title has small words throughout, so that a capital is a name's."""
    words: list[str] = [
        word for word in _WORD.findall(title)[1:] if len(word) > 3 and word.isalpha()
    ]
    small = sum(word.islower() for word in words)
    return small * 2 > len(words)


def _source(source: str, *, protect: bool) -> str:
    """The LaTeX source made fit to be printed; empty if it is not to be trusted."""
    parts = _DOLLAR.split(source)
    if not source or not latex_allowlist.has_balanced_braces(source) or len(parts) % 2 == 0:
        return ""
    prose, formulas = parts[::2], parts[1::2]
    if not all(map(latex_allowlist.is_safe_prose, prose)) or not all(
        map(latex_allowlist.is_safe_formula, formulas)
    ):
        return ""
    whole = protect and any("\\" in part for part in prose)
    sentence = _is_sentence(" ".join(prose))
    for place, part in enumerate(parts):
        if place % 2:
            parts[place] = f"{{${part}$}}" if protect and not whole else f"${part}$"
            continue
        part = _BARE.sub(lambda bare: escape_latex(bare[0]), part)
        parts[place] = _protected(part, str, sentence, not place) if protect and not whole else part
    text = " ".join("".join(parts).split())
    return f"{{{text}}}" if whole else text

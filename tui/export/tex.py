"""Text as LaTeX: special letters escaped, capitals kept from the style, the source where safe.

UTF-8 stays as it is. Literal braces become commands, because BibTeX counts even escaped ones.
The LaTeX a title or abstract was written in is used where it is balanced, needs no command beyond
LaTeX and AMS (foreign text must not make TeX read or write files) and reads as the text does.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from tui.paper import Paper
from tui.sources import latex, markup, wording

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
_COMMAND = re.compile(r"\\(?:([A-Za-z]+)|(.))", re.DOTALL)
_SIGNS = frozenset("'\"`^~=.#$%&_{},;:! -/|")
"""What may follow a backslash: accents, escaped letters, spaces."""
_BARE = re.compile(r"(?<!\\)[#%&_^]")
_DOLLAR = re.compile(r"(?<!\\)\$")
_COMMANDS = frozenset(
    re.findall(
        r"\w+",
        """
    alpha beta gamma delta epsilon varepsilon zeta eta theta vartheta iota kappa lambda mu nu xi pi
    varpi rho varrho sigma varsigma tau upsilon phi varphi chi psi omega Gamma Delta Theta Lambda
    Xi Pi Sigma Upsilon Phi Psi Omega aleph hbar ell Re Im partial nabla infty emptyset varnothing
    forall exists neg prime angle sum prod coprod int iint oint bigcup bigcap bigoplus bigotimes
    bigvee bigwedge pm mp times div cdot ast star circ bullet cap cup vee wedge oplus ominus otimes
    odot dagger ddagger setminus wr leq geq le ge ll gg neq ne equiv sim simeq cong approx propto
    subset supset subseteq supseteq in ni notin mid parallel perp vdash dashv models leftarrow
    rightarrow to gets leftrightarrow Leftarrow Rightarrow Leftrightarrow uparrow downarrow mapsto
    longrightarrow longleftarrow hookrightarrow rightharpoonup iff implies lesssim gtrsim leqslant
    geqslant prec succ preceq succeq ltimes rtimes triangle square Box Diamond top bot log ln lg exp
    sin cos tan cot sec csc arcsin arccos arctan sinh cosh tanh max min sup inf lim limsup liminf
    det dim ker deg gcd arg Pr hom bmod pmod mod frac tfrac dfrac binom sqrt overline underline hat
    widehat tilde widetilde bar vec dot ddot check breve acute grave mathring mathbb mathbf mathcal
    mathfrak mathit mathrm mathsf mathtt boldsymbol mathscr operatorname text textrm textit textbf
    texttt textsc textsf textsl emph left right big Big bigg Bigg bigl bigr Bigl Bigr langle rangle
    lfloor rfloor lceil rceil lvert rvert lVert rVert vert Vert lbrace rbrace quad qquad dots ldots
    cdots vdots ddots displaystyle textstyle scriptstyle limits nolimits rm it bf sf tt sc em cal
    o O l L i j ae AE oe OE aa AA ss H c k r u v d b t S P copyright textregistered textsuperscript
    textsubscript LaTeX TeX backslash not stackrel overset underset overbrace underbrace colon
    """,
    )
)
"""Commands of LaTeX and of amsmath, amssymb that mark up text, make signs or build formulas."""


def escaped(text: str) -> str:
    """Plain text so that LaTeX prints it; one line, a blank line between paragraphs is `\\par`."""
    text = _LIGATURE.sub(r"\1{}", text.translate(_ESCAPES))
    return " ".join(text.replace("\n\n", r" \par ").split())


def title(paper: Paper) -> str:
    """The title: formulas and what must not become small in braces."""
    source = _source(paper.tex.get("title", ""), protect=True)
    if source and wording.title(_read(source)) == paper.title:
        return source
    return _protected(paper.title, escaped, _is_sentence(paper.title), starts=True)


def abstract(paper: Paper) -> str:
    """The abstract; nothing changes its case, so nothing is protected."""
    source = _source(paper.tex.get("abstract", ""), protect=False)
    if source and wording.abstract(_read(source)) == paper.abstract:
        return source
    return escaped(paper.abstract)


def _read(source: str) -> str:
    return latex.from_tex(markup.plain(source))


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
    if not source or not _balanced(source) or not _harmless(source):
        return ""
    parts = _DOLLAR.split(source)
    if len(parts) % 2 == 0 or not all(part.strip() for part in parts[1::2]):
        return ""
    if not all(_balanced(part) and not re.search(r"(?<!\\)[#%]", part) for part in parts[1::2]):
        return ""
    whole = protect and any("\\" in part for part in parts[::2])
    sentence = _is_sentence(" ".join(parts[::2]))
    for place, part in enumerate(parts):
        if place % 2:
            parts[place] = f"{{${part}$}}" if protect and not whole else f"${part}$"
            continue
        part = _BARE.sub(_escaped_sign, part)
        parts[place] = _protected(part, str, sentence, not place) if protect and not whole else part
    text = " ".join("".join(parts).split())
    return f"{{{text}}}" if whole else text


def _escaped_sign(bare: re.Match[str]) -> str:
    return escaped(bare[0])


def _balanced(source: str) -> bool:
    """Whether braces close in order: for BibTeX, which counts escaped ones too, and for TeX."""
    for counted in (source, _COMMAND.sub("", source)):
        depth = 0
        for char in counted:
            depth += (char == "{") - (char == "}")
            if depth < 0:
                return False
        if depth:
            return False
    return True


def _harmless(source: str) -> bool:
    """Whether it has no command but those known to print."""
    commands: list[tuple[str, str]] = _COMMAND.findall(source)
    known = (name in _COMMANDS if name else sign in _SIGNS for name, sign in commands)
    return all(known) and not source.endswith("\\")

"""Which LaTeX of others may be printed: what pdfLaTeX with AMS sets, and what cannot do harm.

Found by setting forty thousand titles and abstracts of arXiv: what is refused here is written as
plain text, which costs its formulas their looks and nothing else.
"""

from __future__ import annotations

import re

_COMMAND = re.compile(r"\\(?:([A-Za-z]+)|(.))", re.DOTALL)
_COMMENT = re.compile(r"(?<!\\)[#%]")


def _names(text: str) -> frozenset[str]:
    return frozenset(text.split())


_TEXT = _names(
    """
    text textrm textit textbf texttt textsc textsf textsl emph rm it bf sf tt sc em o O l L i j ae
    AE oe OE aa AA ss H c k r u v d b t S P copyright textregistered textsuperscript textsubscript
    LaTeX TeX dots ldots
    """
)
"""Commands that may stand in prose."""
_TEXT_SIGNS = frozenset("'\"`^~=.#$%&_{}, -/")
_TAKING = _names(
    """
    frac tfrac dfrac binom sqrt overline underline hat widehat tilde widetilde bar vec dot ddot
    check breve acute grave mathring mathbb mathbf mathcal mathfrak mathit mathrm mathsf mathtt
    boldsymbol mathscr operatorname text textrm textit textbf texttt textsc textsf textsl stackrel
    overset underset overbrace underbrace pmod
    """
)
"""Commands of formulas that want something after them."""
_MATHS = _TAKING | _names(
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
    det dim ker deg gcd arg Pr hom bmod mod rm it bf sf tt cal big Big bigg Bigg bigl bigr Bigl Bigr
    langle rangle lfloor rfloor lceil rceil lvert rvert lVert rVert vert Vert lbrace rbrace quad
    qquad dots ldots cdots vdots ddots displaystyle textstyle scriptstyle limits nolimits S P
    backslash not colon imath jmath
    """
)
"""Commands of LaTeX, amsmath and amssymb that may stand in a formula."""
_MATHS_SIGNS = frozenset("#$%&_{},;:! |")
_UNDER_OR_OVER = re.compile(r"[_^]\s*(?:[_^}~]|\\(?:rm|it|bf|sf|tt|cal|left|right|not)\b|$)")
"""A script without anything in it, or with what TeX does not take for one thing."""
_WANTING = re.compile(
    r"\\(?:"
    + "|".join(_TAKING)
    + r")(?![A-Za-z])\s*(?:\\(?:"
    + "|".join(_TAKING)
    + r")(?![A-Za-z])|[}&]|$)"
)
"""A command with nothing after it, or with another one that wants something itself."""
_TWICE = re.compile(r"([_^])\s*(?:\w|\\[A-Za-z]+|\{[^{}]*\})\s*\1|'\s*\^")
"""Two scripts at one place."""


def is_safe_prose(source: str) -> bool:
    """Whether what stands outside of formulas has only commands that may."""
    return _known(source, _TEXT, _TEXT_SIGNS)


def is_safe_formula(source: str) -> bool:
    """Whether TeX can set what stands between two dollars."""
    if not source.strip() or not source.isascii() or not has_balanced_braces(source):
        return False
    if _COMMENT.search(source) or _UNDER_OR_OVER.search(source):
        return False
    if _WANTING.search(source) or _TWICE.search(source):
        return False
    return _known(source, _MATHS, _MATHS_SIGNS)


def _known(source: str, names: frozenset[str], signs: frozenset[str]) -> bool:
    commands: list[tuple[str, str]] = _COMMAND.findall(source)
    known = (name in names if name else sign in signs for name, sign in commands)
    return all(known) and not source.endswith("\\")


def has_balanced_braces(source: str) -> bool:
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

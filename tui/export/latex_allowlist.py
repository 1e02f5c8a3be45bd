"""The LaTeX of papers that may be written into a bibliography: harmless commands of LaTeX and AMS.

The lists come from typesetting forty thousand titles and abstracts of arXiv with pdfLaTeX. Text
with another command is exported as plain text, and its formulas lose only their typesetting.
"""

from __future__ import annotations

import re

_COMMAND = re.compile(r"\\(?:([A-Za-z]+)|(.))", re.DOTALL)
_COMMENT = re.compile(r"(?<!\\)[#%]")


def _names(text: str) -> frozenset[str]:
    return frozenset(text.split())


_PROSE_COMMANDS = _names(
    """
    text textrm textit textbf texttt textsc textsf textsl emph rm it bf sf tt sc em o O l L i j ae
    AE oe OE aa AA ss H c k r u v d b t S P copyright textregistered textsuperscript textsubscript
    LaTeX TeX dots ldots
    """
)
"""Commands that are allowed outside of formulas."""
_PROSE_SIGNS = frozenset("'\"`^~=.#$%&_{}, -/")
_WITH_ARGUMENT = _names(
    """
    frac tfrac dfrac binom sqrt overline underline hat widehat tilde widetilde bar vec dot ddot
    check breve acute grave mathring mathbb mathbf mathcal mathfrak mathit mathrm mathsf mathtt
    boldsymbol mathscr operatorname text textrm textit textbf texttt textsc textsf textsl stackrel
    overset underset overbrace underbrace pmod
    """
)
"""Commands of formulas that need an argument."""
_MATH_COMMANDS = _WITH_ARGUMENT | _names(
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
"""Commands of LaTeX, amsmath and amssymb that are allowed in formulas."""
_MATH_SIGNS = frozenset("#$%&_{},;:! |")
_BAD_SCRIPT = re.compile(r"[_^]\s*(?:[_^}~]|\\(?:rm|it|bf|sf|tt|cal|left|right|not)\b|$)")
"""A subscript or superscript that is empty, or begins with something that is not one argument."""
_MISSING_ARGUMENT = re.compile(
    r"\\(?:"
    + "|".join(_WITH_ARGUMENT)
    + r")(?![A-Za-z])\s*(?:\\(?:"
    + "|".join(_WITH_ARGUMENT)
    + r")(?![A-Za-z])|[}&]|$)"
)
"""A command without its argument, or with another one that needs an argument itself."""
_DOUBLE_SCRIPT = re.compile(r"([_^])\s*(?:\w|\\[A-Za-z]+|\{[^{}]*\})\s*\1|'\s*\^")
"""Two subscripts or two superscripts at one place."""


def is_safe_prose(source: str) -> bool:
    """Return whether LaTeX outside of formulas has only allowed commands."""
    return _has_only(source, _PROSE_COMMANDS, _PROSE_SIGNS)


def is_safe_formula(source: str) -> bool:
    """Return whether the text between two dollars is a formula that TeX can set."""
    if not source.strip() or not source.isascii() or not has_balanced_braces(source):
        return False
    errors = (_COMMENT, _BAD_SCRIPT, _MISSING_ARGUMENT, _DOUBLE_SCRIPT)
    if any(error.search(source) for error in errors):
        return False
    return _has_only(source, _MATH_COMMANDS, _MATH_SIGNS)


def _has_only(source: str, names: frozenset[str], signs: frozenset[str]) -> bool:
    commands: list[tuple[str, str]] = _COMMAND.findall(source)
    allowed = (name in names if name else sign in signs for name, sign in commands)
    return all(allowed) and not source.endswith("\\")


def has_balanced_braces(source: str) -> bool:
    """Return whether braces balance for BibTeX, which counts escaped ones too, and for TeX."""
    for counted in (source, _COMMAND.sub("", source)):
        depth = 0
        for char in counted:
            depth += (char == "{") - (char == "}")
            if depth < 0:
                return False
        if depth:
            return False
    return True

"""The walk over LaTeX: one pass from the left, what follows a command decides how much it takes."""

from __future__ import annotations

import re
from collections.abc import Mapping

from tui.sources.unicode_scripts import TEX_ACCENTS, add_accent, to_subscript, to_superscript

MAX_DEPTH = 40
"""Braces within braces; text nested deeper is left as it is."""

_TOKEN = re.compile(
    r"\\(?P<command>[A-Za-z]+)\*?(?P<gap>\s*)|\\(?P<sign>.)|(?P<special>[{}^_~&%'`-])"
    r"|[^\\{}^_~&%'`-]+",
    re.DOTALL,
)

_MEANT = re.compile(r"[\\{}^_~&%'`-]")
"""What is more than the letter it is."""


def _names(text: str) -> frozenset[str]:
    return frozenset(text.split())


_OPERATORS = _names(
    """
    log ln lg exp sin cos tan cot sec csc arcsin arccos arctan sinh cosh tanh max min sup
    inf lim limsup liminf det dim ker deg gcd lcm arg argmax argmin Pr hom mod bmod tr sgn
    sign diag rank span poly polylog polyloglog loglog
    """
)
_DROPPED = _names(
    """
    left right big Big bigg Bigg bigl bigr Bigl Bigr biggl biggr Biggl Biggr middle
    displaystyle textstyle scriptstyle limits nolimits rm it bf sl sc tt em sf cal mathstrut
    protect nonumber noindent centering small large Large footnotesize normalsize selectfont
    scriptsize tiny sffamily ttfamily rmfamily break newline itshape bfseries scshape
    upshape mdseries relax allowbreak linebreak xspace boldmath unboldmath noopsort
    textnormal smallskip medskip bigskip hfill maketitle ensuremath
    """
)
"""Commands that only say how things look."""
_BEFORE_ARGUMENT = _names(
    """
    text textrm textit textbf texttt textsc textsf textsl textup textnormal textmd emph
    mathrm mathbf mathit mathsf mathtt mathcal mathscr mathfrak boldsymbol bm pmb mbox hbox
    fbox operatorname operatornamewithlimits underline overline uline url path nolinkurl
    uppercase lowercase MakeUppercase MakeLowercase enquote ensuremath boxed overbrace
    underbrace mathop mathbin mathrel bibstring mkbibquote mkbibemph ignorespaces mathds
    overset underset stackrel texorpdfstring textquote
    """
)
_SWALLOWED = _names(
    """
    label vspace hspace color vskip hskip begin end textcolor noopsort
    """
)
_BLACKBOARD = dict(zip("ACDEFGHKNPQRTZ1", "𝔸ℂ𝔻𝔼𝔽𝔾ℍ𝕂ℕℙℚℝ𝕋ℤ𝟙", strict=True))
_SPACES = frozenset(",;:> \n\t")
_RELATION = re.compile(r"[=∝←-⇿∈-∌∣-∼≀-⋿⟵-⟿×±∓÷·∧∨∩∪∖⊂-⊘⊢-⋿]\u0338?")
_GROUP = re.compile(r"\{\s*\\[A-Za-z'\"`^~=.]")
_TIGHT = re.compile(r"[\w.]*|\([^()]*\)", re.UNICODE)


class Walk:
    """Converts one source, in prose or in a formula."""

    def __init__(self, source: str, symbols: Mapping[str, str], maths: bool, tex: bool) -> None:
        self._source = source
        self._symbols = symbols
        self._maths = maths
        self._tex = tex
        self._at = 0
        self._out: list[str] = []

    def text(self) -> str:
        """The whole source as text."""
        source, out = self._source, self._out
        while token := _TOKEN.match(source, self._at):
            start, self._at = self._at, token.end()
            kind = token.lastgroup
            if kind is None:
                out.append(token[0])
            elif kind == "gap":
                self._command(token["command"], token["gap"], start)
            elif kind == "sign":
                self._sign(token["sign"])
            else:
                self._special(token["special"], start)
        out.append(source[self._at :])  # a backslash that ends the text
        return "".join(out)

    def _inner(self, source: str, maths: bool | None = None) -> str:
        """What stands in braces; inside them LaTeX groups wherever it is found."""
        maths = self._maths if maths is None else maths
        if not _MEANT.search(source):
            return source
        return Walk(source, self._symbols, maths, self._tex or maths).text()

    def _special(self, char: str, start: int) -> None:
        source = self._source
        if char == "{":
            if self._tex or _GROUP.match(source, start):
                self._at = start
                group = self._argument()
                if group is None:
                    self._at = start + 1
                else:
                    self._out.append(self._inner(group))
                return
            self._out.append(char)
        elif char == "}":
            self._out.append("" if self._tex else char)
        elif char in "^_" and self._maths:
            self._script(char)
        elif (char == "~" and self._tex) or (char == "&" and self._maths):
            self._out.append(" ")
        elif char in "'`-" and self._tex:
            self._punctuation(char)
        else:
            self._out.append(char)

    def _punctuation(self, char: str) -> None:
        run = char
        while self._source.startswith(char, self._at) and len(run) < 3:
            run += char
            self._at += 1
        if self._maths:
            self._out.append("′" * len(run) if char == "'" else run)
        else:
            shown = {"--": "–", "---": "—", "``": "“", "''": "”", "'": "'", "`": "‘"}
            self._out.append(shown.get(run, run))

    def _script(self, char: str) -> None:
        source = self._argument(one_token=True)
        if not source:
            self._out.append(char)
            return
        inside = self._inner(source, maths=True).strip()
        small = (to_superscript if char == "^" else to_subscript)(inside)
        if small is not None and (len(inside) <= 3 or inside.strip("+-−0123456789") == ""):
            self._out.append(small)
        elif len(inside) == 1 or (inside.isalnum() and char == "_"):
            self._out.append(char + inside)
        else:
            self._out.append(f"{char}({inside})")

    def _sign(self, sign: str) -> None:
        if sign in TEX_ACCENTS and not self._maths:
            self._accent(sign, gap="")
        elif sign in _SPACES or sign == "\\":
            self._out.append(" ")
        elif sign in "!-/@":
            self._out.append("" if sign != "@" else sign)
        elif sign == "|":
            self._out.append("‖")
        elif sign in "{}$&%#_^~()[]":
            self._out.append("" if self._maths and sign in "()[]" else sign)
        else:
            self._out.append("\\" + sign)

    def _command(self, name: str, gap: str, start: int) -> None:
        if name in _OPERATORS and self._maths:
            self._operator(name)
        elif name in TEX_ACCENTS and (self._maths or gap or self._next_is("{")):
            self._accent(name, gap)
        elif name == "mathbb":
            letters = self._inner(self._argument(one_token=True) or "")
            self._out.append("".join(_BLACKBOARD.get(c, c) for c in letters))
        elif name in _BEFORE_ARGUMENT:
            self._shown(name)
        elif name == "sqrt":
            self._root()
        elif name in ("frac", "dfrac", "tfrac", "nicefrac", "sfrac", "cfrac"):
            over, under = self._argument(one_token=True), self._argument(one_token=True)
            self._out.append(f"{self._tight(over)}/{self._tight(under)}")
        elif name in ("binom", "tbinom", "dbinom"):
            over, under = self._argument(one_token=True), self._argument(one_token=True)
            self._out.append(f"({self._inner(over or '')} choose {self._inner(under or '')})")
        elif name in ("pmod", "not", "href", "footnote", "cite", "citep", "citet", "ref"):
            self._special_command(name)
        elif name in ("textsuperscript", "textsubscript"):
            self._raise_or_lower(name)
        elif name in _SWALLOWED:
            self._argument()
        elif name in _DROPPED:
            if self._next_is(".") and name in ("left", "right"):
                self._at += 1
        elif name in self._symbols:
            self._symbol(self._symbols[name], gap)
        elif self._maths or name in _OPERATORS:
            self._out.append(name + (" " if gap else ""))
        elif self._tex and not name.islower():
            self._symbol(name, gap)  # of nobody's table but the author's: `\\LuaTeX`, `\\XML`
        elif self._next_is("{") and (argument := self._argument()) is not None:
            self._out.append(self._inner(argument))
        else:
            self._out.append(self._source[start : self._at])

    def _operator(self, name: str) -> None:
        before = self._out[-1][-1:] if self._out else ""
        following = self._source[self._at : self._at + 1]
        space = " " if before and (before.isalnum() or before in ")]}′√") else ""
        after = " " if following and (following.isalnum() or following == "\\") else ""
        self._out.append(space + name.replace("bmod", "mod") + after)

    def _symbol(self, text: str, gap: str) -> None:
        if self._maths and _RELATION.fullmatch(text):
            before = self._out[-1][-1:] if self._out else " "
            following = self._source[self._at : self._at + 1]
            left = "" if before.isspace() or before in "([{" else " "
            right = "" if following in ("", " ", ")", "]", "}", "^", "_", ",") else " "
            self._out.append(f"{left}{text}{right}" if self._out else text + right)
            return
        self._out.append(text)
        if not self._maths and gap:
            # TeX eats the blank after a command, people forget to write `{}`; a letter of a
            # word goes on (`\o re`), a sign of its own does not (`\alpha particles`).
            eaten = self._tex and text.isalpha() and text.lower() in "øłæœåßıȷđðþ"
            self._out.append("" if eaten else " ")
        if self._next_is("{}"):
            self._at += 2

    def _accent(self, name: str, gap: str) -> None:
        start = self._at
        letter = self._argument(one_token=True)
        if letter is None:
            self._out.append(name + gap if len(name) == 1 else "")
            return
        inside = self._inner(letter) if len(letter) > 1 else letter
        if not inside or not (inside[0].isalpha() or self._maths):
            self._at = start
            self._out.append(name + gap)
            return
        made = add_accent(inside[0], TEX_ACCENTS[name]) + inside[1:]
        if not self._maths and len(add_accent(inside[0], TEX_ACCENTS[name])) > 1:
            braced = self._source.startswith("{", start)
            made = made if braced else name + inside  # `can\'t` is no accent
        self._out.append(made)

    def _shown(self, name: str) -> None:
        argument = self._argument(one_token=self._maths)
        if name in ("overset", "underset", "stackrel"):
            argument = self._argument(one_token=True)
        elif name == "texorpdfstring":
            argument = self._argument() or argument
        inside = self._inner(argument or "", maths=self._maths and not name.startswith("text"))
        if name.startswith("operatorname"):
            self._operator(inside.strip())
        else:
            self._out.append(inside)

    def _special_command(self, name: str) -> None:
        argument = self._inner(self._argument(one_token=self._maths) or "")
        if name == "href":
            argument = self._inner(self._argument() or "")
            self._out.append(argument)
        elif name == "pmod":
            self._out.append(f" (mod {argument})")
        elif name == "footnote":
            self._out.append(f" ({argument.strip()})")
        elif name == "not":
            self._symbol(argument.strip()[:1] + "\u0338", "")
        else:
            self._out.append(f"[{argument}]")

    def _raise_or_lower(self, name: str) -> None:
        inside = self._inner(self._argument() or "")
        small = to_superscript if name == "textsuperscript" else to_subscript
        self._out.append(small(inside) or inside)

    def _root(self) -> None:
        degree = ""
        if self._next_is("["):
            end = self._source.find("]", self._at)
            if end > 0:
                degree = to_superscript(self._source[self._at + 1 : end]) or ""
                self._at = end + 1
        self._out.append(f"{degree}√{self._tight(self._argument(one_token=True))}")

    def _tight(self, source: str | None) -> str:
        """What may stand beside a slash or under a root: one word, or brackets around more."""
        inside = self._inner(source or "", maths=True).strip()
        return inside if _TIGHT.fullmatch(inside) else f"({inside})"

    def _next_is(self, text: str) -> bool:
        return self._source.startswith(text, self._at)

    def _argument(self, one_token: bool = False) -> str | None:
        """The source of the braces that follow, or of the next token; None if there is neither."""
        source, at = self._source, self._at
        if one_token:
            while at < len(source) and source[at].isspace():
                at += 1
        if not source.startswith("{", at):
            token = _TOKEN.match(source, at) if one_token else None
            if not token or token["special"] == "}":
                return None
            text = token[0] if token[0].startswith("\\") else token[0][:1]
            if token["command"] in _BEFORE_ARGUMENT or token["command"] in ("mathbb", "frac"):
                self._at = token.end()
                return token[0] + "".join(f"{{{self._argument() or ''}}}" for _ in "x")
            self._at = at + len(text)
            return text
        depth = 0
        for found in _BRACE.finditer(source, at):
            depth += {"{": 1, "}": -1}.get(found[0], 0)
            if depth == 0:
                self._at = found.end()
                return source[at + 1 : found.start()]
        return None


_BRACE = re.compile(r"\\.|[{}]", re.DOTALL)

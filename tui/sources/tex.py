"""LaTeX in a text to plain text that says the same.

Accents become letters, symbols become characters, `$O(n\\log n)$` becomes `O(n log n)`, and what a
command wraps (`\\emph{so}`) stays. `$5 and $10` is money and is left alone.
The characters of the symbols come from pylatexenc. Its converter is not used: it took 43 times as
long, and does not keep formulas readable.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache

from tui.sources.unicode_scripts import TEX_ACCENTS, add_accent, to_subscript, to_superscript
from tui.sources.units import number_to_text, units_to_text

_MAX_FORMULA = 1500
"""Characters of a formula; a dollar sign further away does not end it."""
_APOSTROPHE = re.compile(r"(?<=[A-Za-z])\\'(?=(?:s|t|re|ve|ll|d|m)\b)")
"""`can\\'t`, where a program escaped the apostrophe, is not an accent."""
_AMOUNT = re.compile(r"\d[\d.,]*(?:\s?[KMBTkmb]|\s?(?:m|b|tr)illion|bn)?(?=[\s.,;:)/–—+-]|$)")
"""`5`, `1,000.50`, `3 million`, `10k`: an amount of money after a dollar sign."""
_PLAIN_WORD = re.compile(r"(?<![\\A-Za-z])[A-Za-z]{2,}")
# The sign comes before the condition on what precedes it: a search for a letter is fast.
_DOLLAR = re.compile(r"\$(?<!\\\$)\$?")
_FORMULA_END = {"$": re.compile(r"\$(?<!\\\$)"), "$$": re.compile(r"\$\$(?<!\\\$\$)")}
_MATHS = re.compile(r"[\\^_{}=<>+*/|]")
"""What only formulas have."""
_FORMULA_ENVIRONMENT = re.compile(
    r"\\\((.{1,1500}?)\\\)|\\\[(.{1,1500}?)\\\]"
    r"|\\begin\{(equation|align|math|displaymath)\*?\}(.{1,1500}?)\\end\{\3\*?\}",
    re.DOTALL,
)
_FIRST_PLACEHOLDER, _PLACEHOLDER_COUNT = 0xF0000, 0xFFFD
_PLACEHOLDER = re.compile("[\U000f0000-\U000ffffd]")
"""Private characters that stand for the formulas while the prose around them is converted."""


_VERBATIM_FORMULA = re.compile(r"\$\s*(\\[^$]{1,20}|[<>_~])\s*\$")
_VERBATIM = re.compile(
    r"\\(?:(text[a-z]+|slash|sim)|string|ensuremath)(?![A-Za-z])\s?(?:\{\})?|\\([_%&#~$^<>])|\\-"
)
_VERBATIM_SIGNS = {
    "textless": "<", "textgreater": ">", "textunderscore": "_", "textasciitilde": "~",
    "textendash": "-", "slash": "/", "sim": "~",
}  # fmt: skip
"""How programs write the signs of URLs and old DOIs, which are special in TeX."""


_QUOTED = re.compile(r"``([^`'\"]{1,300})(?:''|\")")
"""A quotation as TeX has it; Markdown ends code with the same backticks, so this is no code."""


def inline_tex_to_text(text: str) -> str:
    """Return the text of prose that may have LaTeX in it; braces without a command are kept."""
    if "``" in text:
        text = _QUOTED.sub("“\\1”", text)
    if "\\" not in text and "$" not in text:
        return text
    if "\\'" in text:
        text = _APOSTROPHE.sub("'", text)
    return _convert_formulas(text, tex=False)


def tex_to_text(text: str) -> str:
    """Return the text of LaTeX source, as in BibTeX: braces group, `--` is a dash, `~` a space."""
    return _convert_formulas(text, tex=True)


def tex_to_verbatim(source: str) -> str:
    r"""Return a URL or identifier as it was before it was written for TeX.

    `\_` is `_` and `{\textless}` is `<`; `~` and `--` mean themselves.
    """
    if not any(sign in source for sign in "\\{}$"):
        return source
    found = re.search(r"\\(?:url|href)\s*\{([^}]*)\}", source)
    text = verbatim_signs(found[1] if found else source)
    return text.replace("{", "").replace("}", "").strip()


def verbatim_signs(source: str) -> str:
    """Return a text with the signs of URLs and identifiers as they were; braces stay."""
    text = _VERBATIM_FORMULA.sub(r"\1", source)
    return _VERBATIM.sub(lambda sign: sign[2] or _VERBATIM_SIGNS.get(sign[1] or "", ""), text)


def _convert_formulas(text: str, tex: bool) -> str:
    if _brace_depth(text) > _MAX_DEPTH:
        return text
    formulas: dict[str, str] = {}
    prose: list[str] = []
    text = text if text.isascii() else _PLACEHOLDER.sub("", text)
    text = _FORMULA_ENVIRONMENT.sub(lambda m: f"${m[1] or m[2] or m[4]}$", text)
    at = 0
    while dollar := _DOLLAR.search(text, at):
        sign, start = dollar[0], dollar.end()
        end = _FORMULA_END[sign].search(text, start, start + _MAX_FORMULA)
        prose.append(text[at : dollar.start()])
        if end and _is_formula(text[start : end.start()], text[end.end() : end.end() + 1], tex):
            place = chr(_FIRST_PLACEHOLDER + len(formulas) % _PLACEHOLDER_COUNT)
            formulas[place] = formula_to_text(text[start : end.start()]) or " "
            prose.append(place)
            at = end.end()
        else:
            prose.append("\\$" * len(sign))
            at = start
    prose.append(text[at:])
    text = _convert_prose("".join(prose), tex)
    return _PLACEHOLDER.sub(lambda found: formulas[found[0]], text) if formulas else text


def _is_formula(inside: str, following: str, tex: bool) -> bool:
    """Whether the text between two dollar signs is a formula, rather than two amounts of money."""
    if not inside.strip() or "\n\n" in inside:
        return False
    # `$5 and $10`: a number that words follow, or that ends where the next amount begins.
    if _AMOUNT.match(inside) and not re.search(r"[\\^_]", inside):
        words = _PLAIN_WORD.search(inside)
        if words or following.isdigit() or inside[-1].isspace() or inside[-1] in "-–—/,(":
            return False
    # A sentence between two amounts has words; a formula has them only in commands.
    if "\\" not in inside and len(_PLAIN_WORD.findall(inside)) > 3:
        return False
    if tex or _MATHS.search(inside):
        return True
    # TeX allows spaces inside the dollar signs (`$ n $`), but two amounts have them too.
    if inside[0].isspace() or inside[-1].isspace():
        return len(inside) <= 8 and not _PLAIN_WORD.search(inside)
    return len(_PLAIN_WORD.findall(inside)) <= 1 or len(inside) <= 12


@lru_cache(maxsize=8192)
def formula_to_text(source: str) -> str:
    """Return a formula in Unicode as it would be typed: `x²`, `√T`, `n log n`."""
    if _brace_depth(source) > _MAX_DEPTH:
        return source
    return _Converter(source, maths=True, tex=True).text().strip()


def _convert_prose(text: str, tex: bool) -> str:
    if "\\" not in text and not (tex and re.search(r"[{}~`'-]", text)):
        return text
    return _Converter(text, maths=False, tex=tex).text()


def _brace_depth(text: str) -> int:
    """The depth of the braces, found without recursion."""
    if text.count("{") <= _MAX_DEPTH:
        return 0
    depth = deepest = 0
    for char in re.findall(r"[{}]", text):
        depth = max(0, depth + (1 if char == "{" else -1))
        deepest = max(deepest, depth)
    return deepest


_MAX_DEPTH = 40
"""Braces inside braces; a text that is nested deeper is left as it is."""

_TOKEN = re.compile(
    r"\\(?P<command>[A-Za-z]+)\*?(?P<gap>\s*)|\\(?P<sign>.)|(?P<special>[{}^_~&%'`-])"
    r"|[^\\{}^_~&%'`-]+",
    re.DOTALL,
)

_SPECIAL = re.compile(r"[\\{}^_~&%'`-]")
"""Characters that may mean more than themselves; a text without any is returned as it is."""


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_OPERATORS = _words(
    "log ln lg exp sin cos tan cot sec csc arcsin arccos arctan sinh cosh tanh max min sup inf lim "
    "limsup liminf det dim ker deg gcd lcm arg argmax argmin Pr hom mod bmod tr sgn sign diag rank "
    "span poly polylog polyloglog loglog"
)
_STYLE_COMMANDS = _words(
    "left right big Big bigg Bigg bigl bigr Bigl Bigr biggl biggr Biggl Biggr middle displaystyle "
    "textstyle scriptstyle limits nolimits rm it bf sl sc tt em sf cal mathstrut protect nonumber "
    "noindent centering small large Large footnotesize normalsize selectfont scriptsize tiny "
    "sffamily ttfamily rmfamily break newline itshape bfseries scshape upshape mdseries relax "
    "allowbreak linebreak xspace boldmath unboldmath textnormal smallskip medskip bigskip "
    "hfill maketitle"
)
"""Commands without an argument that only say how the text looks."""
_WRAPPING_COMMANDS = _words(
    "text textrm textit textbf texttt textsc textsf textsl textup textnormal textmd emph mathrm "
    "mathbf mathit mathsf mathtt mathcal mathscr mathfrak boldsymbol bm pmb mbox hbox fbox "
    "operatorname operatornamewithlimits underline overline uline url path nolinkurl uppercase "
    "lowercase MakeUppercase MakeLowercase ensuremath boxed overbrace underbrace mathop mathbin "
    "mathrel bibstring mkbibemph ignorespaces mathds textsuperscript textsubscript"
)
"""Commands of whose effect only the argument remains."""
_FRACTIONS = _words("frac dfrac tfrac nicefrac sfrac cfrac")
_DROPPED_COMMANDS = _words("label vspace hspace color vskip hskip begin end noopsort")
_TEMPLATES = {
    **dict.fromkeys(_WRAPPING_COMMANDS, "{0}"), **dict.fromkeys(_DROPPED_COMMANDS, ""),
    **dict.fromkeys(_words("enquote mkbibquote textquote"), "“{0}”"),
    **dict.fromkeys(_words("cite citep citet ref"), "[{0}]"),
    **dict.fromkeys(_words("binom tbinom dbinom"), "({0} choose {1})"),
    **dict.fromkeys(
        _words("href textcolor foreignlanguage overset underset stackrel texorpdfstring"), "{1}"
    ),
    "not": "{0}", "pmod": " (mod {0})", "footnote": " ({0})",
}  # fmt: skip
"""What remains of a command with one argument or two."""
_MEASURES = {
    "SI": "nu", "qty": "nu", "si": "u", "unit": "u", "num": "n", "ang": "n°",
    "SIrange": "n-nu", "qtyrange": "n-nu", "numrange": "n-n",
}  # fmt: skip
"""The commands of siunitx, with the kinds of their arguments."""
_TEXT_SCRIPTS = {"textsuperscript": to_superscript, "textsubscript": to_subscript}
BLACKBOARD = dict(zip("ACDEFGHKNPQRTZ1", "𝔸ℂ𝔻𝔼𝔽𝔾ℍ𝕂ℕℙℚℝ𝕋ℤ𝟙", strict=True))
_SPACES = frozenset(",;:> \n\t")
_RELATION = re.compile(r"[=∝←-⇿∈-∌∣-∼≀-⋿⟵-⟿×±∓÷·∧∨∩∪∖⊂-⊘⊢-⋿]\u0338?")
"""Relations and operators, around which formulas have spaces; `\u0338` negates one."""
_COMMAND_IN_BRACES = re.compile(r"\{\s*\\[A-Za-z'\"`^~=.]")
"""Braces in prose that are LaTeX, as in `{\\em so}`; others are braces."""
_ONE_WORD = re.compile(r"[\w.]*|\([^()]*\)")
"""What needs no brackets beside a slash or under a root."""


class _Converter:
    """Converts LaTeX in one pass from the left; each command decides what follows belongs to it.

    In `maths`, `^` and `_` are scripts. In `tex`, braces group and `--` is a dash; in prose that
    only may have LaTeX in it they mean themselves.
    """

    def __init__(self, source: str, maths: bool, tex: bool) -> None:
        self._source = source
        self._maths = maths
        self._tex = tex
        self._at = 0
        self._out: list[str] = []

    def text(self) -> str:
        """Return the whole source as text."""
        source, out = self._source, self._out
        while token := _TOKEN.match(source, self._at):
            start, self._at = self._at, token.end()
            kind = token.lastgroup
            if kind is None:
                out.append(token[0])
            elif kind == "gap":
                self._read_command(token["command"], token["gap"], start)
            elif kind == "sign":
                self._read_sign(token["sign"])
            else:
                self._read_special(token["special"], start)
        out.append(source[self._at :])  # a backslash that ends the text
        return "".join(out)

    def _convert(self, source: str, maths: bool | None = None) -> str:
        """The text of the source in braces."""
        maths = self._maths if maths is None else maths
        if not _SPECIAL.search(source):
            return source
        return _Converter(source, maths, self._tex or maths).text()

    def _read_special(self, char: str, start: int) -> None:
        source = self._source
        if char == "{":
            if self._tex or _COMMAND_IN_BRACES.match(source, start):
                self._at = start
                group = self._read_argument()
                if group is None:
                    self._at = start + 1
                else:
                    self._out.append(self._convert(group))
                return
            self._out.append(char)
        elif char == "}":
            self._out.append("" if self._tex else char)
        elif char in "^_" and self._maths:
            self._read_script(char)
        elif (char == "~" and self._tex) or (char == "&" and self._maths):
            self._out.append(" ")
        elif char in "'`-" and self._tex:
            self._read_punctuation(char)
        else:
            self._out.append(char)

    def _read_punctuation(self, char: str) -> None:
        run = char
        while self._source.startswith(char, self._at) and len(run) < 3:
            run += char
            self._at += 1
        if self._maths:
            self._out.append("′" * len(run) if char == "'" else run)
        else:
            shown = {"--": "–", "---": "—", "``": "“", "''": "”", "'": "'", "`": "‘"}
            self._out.append(shown.get(run, run))

    def _read_script(self, char: str) -> None:
        source = self._read_argument(one_token=True)
        if not source:
            self._out.append(char)
            return
        inside = self._convert(source, maths=True).strip()
        small = (to_superscript if char == "^" else to_subscript)(inside)
        # A long superscript of Unicode is hard to read, except for a number.
        if small is not None and (len(inside) <= 3 or inside.strip("+-−0123456789") == ""):
            self._out.append(small)
        elif len(inside) == 1 or (inside.isalnum() and char == "_"):
            self._out.append(char + inside)
        else:
            self._out.append(f"{char}({inside})")

    def _read_sign(self, sign: str) -> None:
        if sign in TEX_ACCENTS and not self._maths:
            self._read_accent(sign, gap="")
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

    def _read_command(self, name: str, gap: str, start: int) -> None:
        if name in _OPERATORS and self._maths:
            self._put_operator(name)
        elif name in TEX_ACCENTS and (self._maths or gap or self._next_is("{")):
            self._read_accent(name, gap)
        elif name == "mathbb":
            letters = self._convert(self._read_argument(one_token=True) or "")
            self._out.append("".join(BLACKBOARD.get(c, c) for c in letters))
        elif name in _TEMPLATES:
            self._read_template(name)
        elif name in _MEASURES:
            self._read_measure(_MEASURES[name])
        elif name == "sqrt":
            self._read_root()
        elif name in _FRACTIONS:
            over, under = self._read_argument(one_token=True), self._read_argument(one_token=True)
            self._out.append(f"{self._convert_operand(over)}/{self._convert_operand(under)}")
        elif name in _STYLE_COMMANDS:
            if self._next_is(".") and name in ("left", "right"):
                self._at += 1
        elif name == "ce":
            self._out.append(_chemical_formula(self._read_argument() or ""))
        elif symbol := _symbols().get(name) or _symbols().get(name.removeprefix("text")):
            self._put_symbol(symbol, gap)
        elif self._maths or name in _OPERATORS:
            self._out.append(name + (" " if gap else ""))
        elif self._tex and not name.islower():
            self._put_symbol(name, gap)  # an author's own macro: `\\LuaTeX`, `\\XML`
        elif self._next_is("{") and (argument := self._read_argument()) is not None:
            self._out.append(self._convert(argument))
        else:
            self._out.append(self._source[start : self._at])

    def _put_operator(self, name: str) -> None:
        before = self._out[-1][-1:] if self._out else ""
        following = self._source[self._at : self._at + 1]
        space = " " if before and (before.isalnum() or before in ")]}′√") else ""
        after = " " if following and (following.isalnum() or following == "\\") else ""
        self._out.append(space + name.replace("bmod", "mod") + after)

    def _put_symbol(self, text: str, gap: str) -> None:
        if self._maths and _RELATION.fullmatch(text):
            before = self._out[-1][-1:] if self._out else " "
            following = self._source[self._at : self._at + 1]
            left = "" if before.isspace() or before in "([{" else " "
            right = "" if following in ("", " ", ")", "]", "}", "^", "_", ",") else " "
            self._out.append(f"{left}{text}{right}" if self._out else text + right)
            return
        self._out.append(text)
        if not self._maths and gap:
            # TeX drops the space after a command, which people forget. After a letter of a
            # word (`\o re`) it is dropped here too, after a symbol (`\alpha particles`) it is kept.
            dropped = self._tex and text.lower() in "øłæœåßıȷđðþ–—"
            self._out.append("" if dropped or text in "°µ" else " ")
        if self._next_is("{}"):
            self._at += 2

    def _read_accent(self, name: str, gap: str) -> None:
        start = self._at
        letter = self._read_argument(one_token=True)
        if letter is None:
            self._out.append(name + gap if len(name) == 1 else "")
            return
        inside = self._convert(letter) if len(letter) > 1 else letter
        if not inside or not (inside[0].isalpha() or self._maths):
            self._at = start
            self._out.append(name + gap)
            return
        made = add_accent(inside[0], TEX_ACCENTS[name]) + inside[1:]
        if not self._maths and len(add_accent(inside[0], TEX_ACCENTS[name])) > 1:
            braced = self._source.startswith("{", start)
            made = made if braced else name + inside  # `can\'t` has an apostrophe
        self._out.append(made)

    def _read_template(self, name: str) -> None:
        template = _TEMPLATES[name]
        is_prose = name.startswith("text") and name in _WRAPPING_COMMANDS
        sources = [
            self._read_argument(one_token=template != "" and (self._maths or "choose" in template))
            for _ in range(2 if "{1}" in template else 1)
        ]
        if template == "{1}" and sources[1] is None:
            template = "{0}"
        inside = template.format(
            *(self._convert(each or "", maths=self._maths and not is_prose) for each in sources)
        )
        if name == "not":
            self._put_symbol(inside.strip()[:1] + "\u0338", "")
        elif name.startswith("operatorname"):
            self._put_operator(inside.strip())
        elif name == "overline" and len(inside) == 1:
            self._out.append(add_accent(inside, TEX_ACCENTS["bar"]))
        elif name == "overline" and inside.isdecimal():
            self._out.append("".join(f"{letter}\u0305" for letter in inside))
        elif small := _TEXT_SCRIPTS.get(name):
            self._out.append(small(inside) or inside)
        else:
            self._out.append(inside)

    def _read_measure(self, kinds: str) -> None:
        """Write the arguments of siunitx: each is a number `n` or a unit `u`, `-` is a range."""
        self._read_options()
        for kind in kinds:
            if kind in "-°":
                self._out.append("–" if kind == "-" else kind)
                continue
            source = self._read_argument() or ""
            if kind == "n":
                self._out.append(number_to_text(source))
            elif unit := units_to_text(source):
                gap = "" if kinds == "u" or (unit[0] in "°′″%" and unit != "°C") else " "
                self._out.append(gap + unit)

    def _read_options(self) -> str:
        """Return what is in the square brackets that follow; empty without them."""
        if not self._next_is("[") or (end := self._source.find("]", self._at)) < 0:
            return ""
        inside, self._at = self._source[self._at + 1 : end], end + 1
        return inside

    def _read_root(self) -> None:
        degree = to_superscript(self._read_options()) or ""
        self._out.append(f"{degree}√{self._convert_operand(self._read_argument(one_token=True))}")

    def _convert_operand(self, source: str | None) -> str:
        """What may be beside a slash or under a root: one word, or brackets around more."""
        inside = self._convert(source or "", maths=True).strip()
        return inside if _ONE_WORD.fullmatch(inside) else f"({inside})"

    def _next_is(self, text: str) -> bool:
        return self._source.startswith(text, self._at)

    def _read_argument(self, one_token: bool = False) -> str | None:
        """Return the source in the braces that follow or of the next token, None without both."""
        source, at = self._source, self._at
        if one_token:
            while at < len(source) and source[at].isspace():
                at += 1
        if not source.startswith("{", at):
            token = _TOKEN.match(source, at) if one_token else None
            if not token or token["special"] == "}":
                return None
            text = token[0] if token[0].startswith("\\") else token[0][:1]
            command = token["command"]
            if command in _WRAPPING_COMMANDS or command in _FRACTIONS or command == "mathbb":
                self._at = token.end()
                count = 2 if command in _FRACTIONS else 1
                arguments = [self._read_argument() or self._read_digit() for _ in range(count)]
                return token[0] + "".join(f"{{{argument}}}" for argument in arguments)
            self._at = at + len(text)
            return text
        depth = 0
        for found in _BRACE.finditer(source, at):
            depth += {"{": 1, "}": -1}.get(found[0], 0)
            if depth == 0:
                self._at = found.end()
                return source[at + 1 : found.start()]
        return None

    def _read_digit(self) -> str:
        """Read the next character if it is a digit or letter, as in `\\frac12`."""
        char = self._source[self._at : self._at + 1]
        self._at += char.isalnum()
        return char if char.isalnum() else ""


def _chemical_formula(source: str) -> str:
    """Return what `\\ce` of mhchem shows: `SO4^2-` is SO₄²⁻."""
    source = re.sub(r"\^\{?([\d+-]+)\}?", lambda part: to_superscript(part[1]) or "", source)
    source = re.sub(r"(?<=[A-Za-z)\]])\d+", lambda part: to_subscript(part[0]) or "", source)
    return re.sub(r"\s*<?-+>\s*", lambda part: " ⇌ " if "<" in part[0] else " → ", source)


_BRACE = re.compile(r"\\.|[{}]", re.DOTALL)


@cache
def _symbols() -> dict[str, str]:
    """Return the character of each command that takes no argument."""
    from pylatexenc.latex2text import (  # type: ignore[import-untyped]
        get_default_latex_context_db,
    )

    table: dict[str, str] = {}
    for category in (db := get_default_latex_context_db()).categories():
        for spec in db.iter_macro_specs([category]):
            text = spec.simplify_repl
            if isinstance(text, str) and "%" not in text and spec.macroname not in TEX_ACCENTS:
                table.setdefault(spec.macroname, text)
    return table | _MORE_SYMBOLS


_MORE_SYMBOLS = {
    "textless": "<", "textgreater": ">", "textbar": "|", "textasciicircum": "^",
    "cprime": "ʹ", "cdprime": "ʺ", "dbar": "đ", "Dbar": "Đ", "textbraceleft": "{",
    "textbraceright": "}",
    "textminus": "−", "surd": "√", "natural": "♮", "hbar": "ħ", "leqslant": "⩽", "geqslant": "⩾",
    "textbackslash": "\\", "lbrace": "{", "rbrace": "}", "textdollar": "$", "dollar": "$",
    "le": "≤", "ge": "≥", "leq": "≤", "geq": "≥", "ne": "≠", "neq": "≠", "to": "→", "lt": "<",
    "gt": ">", "ll": "≪", "gg": "≫", "cdot": "·", "cdots": "⋯", "ldots": "…", "dots": "…",
    "dotsc": "…", "dotsb": "⋯", "prime": "′", "star": "*", "ast": "*", "circ": "∘", "ell": "ℓ",
    "phi": "φ", "varphi": "φ", "epsilon": "ε", "varepsilon": "ε", "langle": "⟨", "rangle": "⟩",
    "lVert": "‖", "rVert": "‖", "Vert": "‖", "lvert": "|", "rvert": "|", "mid": "|", "vert": "|",
    "colon": ":", "i": "ı", "j": "ȷ", "imath": "ı", "jmath": "ȷ", "lesssim": "≲", "gtrsim": "≳",
    "texttildelow": "~",
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
"""Symbols that pylatexenc does not know, or writes in a way that is harder to read."""

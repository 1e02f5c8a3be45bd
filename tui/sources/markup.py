"""HTML, JATS and MathML in a text to plain text: entities become characters, tags are removed.

`<sub>2</sub>` becomes a subscript of Unicode where there is one. What only looks like a tag
(`a <b and c> d`, `<unk>`) stays: only the names below are tags, most of them only in pairs.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable
from functools import cache

from tui.sources.unicode_scripts import to_subscript, to_superscript

_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
_PAIRED = (
    "i|b|u|em|strong|sub|sup|sc|tt|code|pre|span|font|small|big|s|strike|del|ins|a|q|cite|mark|"
    "abbr|div|p|section|article|h[1-6]|ul|ol|li|table|tr|td|th|tbody|thead|blockquote|title|sec|"
    "formula|inline-formula|disp-formula|tex|label|italic|bold|monospace|inf|center|nobr|style|script|math|dl|dt|dd"
)
"""Names that are tags only if the text has their closing tag too."""
_TAG = re.compile(
    rf"</?(?P<name>(?P<prefix>(?:jats|mml|m|xhtml|html|ali|xlink):)[\w-]+|{_PAIRED}|br|hr|img|wbr)"
    r"(?:\s[^<>]{0,2000})?/?>",
    re.IGNORECASE,
)
_UNPAIRED = frozenset(("br", "hr", "img", "wbr", "p", "li"))
"""Names that are tags even without a closing tag."""
_SCRIPT = re.compile(
    r"<(?:jats:|xhtml:)?(?P<name>sub|sup|inf)(?:\s[^<>]{0,500})?>"
    r"(?P<inside>[^<>]{0,200})</(?:jats:|xhtml:)?(?P=name)\s*>",
    re.IGNORECASE,
)
_MATH = re.compile(r"<((?:mml:|m:)?math)(?=[\s>])", re.IGNORECASE)
_TEX_MATH = re.compile(r"<((?:jats:)?tex-math)(?=[\s>])")
_COMMENT = re.compile(r"<(!--|(?:script|style)\b)", re.IGNORECASE)
_HEADING = re.compile(
    r"<(?P<t>jats:title|title|h[1-6])(?:\s[^<>]{0,500})?>\s*(?:abstract|summary)\.?:?\s*</(?P=t)>",
    re.IGNORECASE,
)
"""A heading that only announces the abstract."""
_BREAKS = re.compile(r"(?:jats:)?(?:p|sec|div|section|article|h[1-6]|li|ul|ol|blockquote|tr|title)")


def markup_to_text(text: str) -> str:
    """Return the text without entities and tags; an HTML paragraph stays a paragraph."""
    if "&" in text:
        text = _unescape(text)
    if "<" not in text or not _TAG.search(text):
        return text
    text = _replace_elements(text, _COMMENT, lambda source: "")
    text = _HEADING.sub("", text)
    text = _replace_elements(text, _TEX_MATH, _tex_formula)
    text = _replace_elements(text, _MATH, _formula)
    text = _SCRIPT.sub(_script, text)
    lowered = text.lower()
    paired = cache(lambda name: f"</{name}" in lowered)

    def replace_tag(found: re.Match[str]) -> str:
        name = found["name"].lower()
        if not found["prefix"] and name not in _UNPAIRED and not paired(name):
            return found[0]
        if _BREAKS.fullmatch(name):
            return "\n\n"
        return " " if name in ("br", "hr", "td", "th") else ""

    return _TAG.sub(replace_tag, text)


def _unescape(text: str) -> str:
    """Replace entities by characters, twice because feeds escape the HTML in them once more."""
    for _ in range(2):
        if not _ENTITY.search(text):
            break
        text = _ENTITY.sub(lambda found: html.unescape(found[0]), text)
    return text


def _replace_elements(text: str, start: re.Pattern[str], replace: Callable[[str], str]) -> str:
    """Replace the source of each comment or element that `start` begins, if it has an end.

    A missing end is looked for once, so that the time grows with the length of the text alone.
    """
    parts: list[str] = []
    at = 0
    missing: set[str] = set()
    for found in start.finditer(text):
        end_tag = "-->" if found[1] == "!--" else f"</{found[1].lower()}>"
        if found.start() < at or end_tag in missing:
            continue
        end = re.compile(end_tag, re.IGNORECASE).search(text, found.end())
        if end is None:
            missing.add(end_tag)
            continue
        parts += [text[at : found.start()], replace(text[found.start() : end.end()])]
        at = end.end()
    return "".join([*parts, text[at:]])


def _tex_formula(source: str) -> str:
    inside = source.partition(">")[2].rpartition("<")[0]
    return f"${inside.strip().strip('$')}$"


def _script(found: re.Match[str]) -> str:
    inside = found["inside"].strip()
    if found["name"].lower() == "sup":
        return _script_text("^", inside, to_superscript(inside))
    return _script_text("_", inside, to_subscript(inside))


def _script_text(sign: str, inside: str, small: str | None) -> str:
    if small is not None:
        return small
    if len(inside) == 1 or (sign == "_" and inside.isalnum()):
        return sign + inside
    return f"{sign}({inside})" if inside else ""


_LEAF = r"<(?:\w+:)?m\w+[^<>]*>([^<>]*)</(?:\w+:)?m\w+>"
_SCRIPTS = re.compile(
    rf"<(?:\w+:)?m(?P<kind>sub|sup|frac)(?:\s[^<>]*)?>\s*{_LEAF}\s*{_LEAF}\s*</(?:\w+:)?m(?P=kind)>"
)


def _formula(source: str) -> str:
    """MathML as text: scripts and fractions of single symbols as such, the rest as its letters."""
    annotated = re.sub(r"<(?:\w+:)?annotation\b.*?</(?:\w+:)?annotation>", "", source, flags=re.S)
    text = re.sub(r">\s+<", "><", annotated)

    def script(found: re.Match[str]) -> str:
        base, second = found[2].strip(), found[3].strip()
        if found["kind"] == "frac":
            return f"{base}/{second}"
        sign, table = ("^", to_superscript) if found["kind"] == "sup" else ("_", to_subscript)
        return base + _script_text(sign, second, table(second))

    text = _SCRIPTS.sub(script, text)
    return re.sub(r"<[^<>]*>", "", text)

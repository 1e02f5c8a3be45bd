"""What a source wrote to what it means: markup and LaTeX to text, then through `tui.core.text`.

A text without `\\`, `$`, `<` or `&` costs one look and passes as `tui.core.text` leaves it.
"""

from __future__ import annotations

import re

from tui.core.text import clean_line, clean_paragraphs
from tui.sources.markup import markup_to_text
from tui.sources.tex import inline_tex_to_text

_RESIDUE = re.compile(
    r"\s*(?:arxiv:\s?\S{4,24}\s+announce\s+type:\s*[\w-]+\s*)?"
    r"(?:abstract\s*[:.–—]\s*|abstract\s*-{1,3}\s+|abstract\s*\n\s*|(?-i:ABSTRACT)\s+)?",
    re.IGNORECASE,
)
_WITHDRAWN = re.compile(
    r"\b(?:paper|article|manuscript|submission|work|preprint|version|note|it)\b[^.]{0,40}"
    r"\b(?:has|have|had|is|was)\b[^.]{0,20}\b(?:been\s+)?(?P<a>withdrawn|retracted)\b"
    r"|^\W*(?P<b>withdrawn|retracted)\b"
    r"|\b(?P<c>withdrawn|retracted)\s+(?:by\s+(?:the\s+)?(?:author|arxiv)|due\s+to|because)",
    re.IGNORECASE,
)
_NONE = re.compile(
    r"\W*(?:no abstract(?: is)?(?: available| provided| found)?"
    r"|abstract (?:is )?(?:not|un) ?available|n/?a)\W*",
    re.IGNORECASE,
)
"""What databases write where a paper has no abstract."""
_PASSES = 4
"""Times a text is read anew while that still changes it: LaTeX within what was half LaTeX."""
_NOTICE = 400
"""Characters from the start of an abstract in which a notice of withdrawal stands."""


def clean_title(text: str) -> str:
    """A title, venue or name on one line."""
    if not text:
        return ""
    return clean_line(_meant(text) if _is_marked(text) else text)


def clean_abstract(text: str) -> str:
    """An abstract in paragraphs, without the words that only announce it."""
    if _is_marked(text):
        text = _meant(text)
    if text[:64].lstrip()[:5].lower() in ("abstr", "arxiv"):
        text = text[_RESIDUE.match(text).end() :]  # type: ignore[union-attr]
    if len(text) < 40 and _NONE.fullmatch(text):
        return ""
    return clean_paragraphs(text)


def withdrawal_notice(title: str, abstract: str, comment: str) -> str:
    """`Withdrawn` or `Retracted` if the paper says that it is, else empty."""
    for text in (comment, title, abstract[:_NOTICE]):
        if ("ithdrawn" in text or "etracted" in text or "WITHDRAWN" in text
                or "RETRACTED" in text) and (found := _WITHDRAWN.search(text)):  # fmt: skip
            return (found["a"] or found["b"] or found["c"]).capitalize()
    return ""


def _is_marked(text: str) -> bool:
    return "\\" in text or "$" in text or "<" in text or "&" in text


def _meant(text: str) -> str:
    """What passes this door passes it unchanged: a text that went out and comes in is the same."""
    for _ in range(_PASSES):
        before, text = text, inline_tex_to_text(markup_to_text(text))
        if text == before or not _is_marked(text):
            break
    return text

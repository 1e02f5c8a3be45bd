"""A work as people write it on a line: its title, and maybe by whom, where and when.

`Title, A. Author, B. Other, NeurIPS 2020`, `[ICML 2019] **Title** (Author et al.)`, the styles of
the APA, the IEEE, the MLA, PubMed and Springer. Titles hold commas, years and capitals too, so a
part is taken from the title only where it shows what it is: names by `et al.`, or several of them
before a year; a venue by its year and its capitals.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from tui.sources.names import RawAuthor, read_initials_last

Fields = dict[str, Any]
"""Some of `title`, `authors`, `venue` and `published`."""

_UPPER = "A-ZÀ-ÖØ-ÞĀĂĄĆĈĊČĎĐĒĔĖĘĚĜĞĠĢĤĦĨĪĬĮİĴĶĹĻĽĿŁŃŅŇŌŎŐŒŔŖŘŚŜŞŠŢŤŦŨŪŬŮŰŲŴŶŸŹŻŽ"
"""Capitals of Latin letters: `re` has no class for them, and in Latin Extended cases alternate."""
_WORD = rf"(?:(?:[{_UPPER}]\.-?){{1,4}}|[{_UPPER}][\w'’-]*)"
_PARTICLE = r"(?:van|von|der|den|de|di|da|del|della|la|le|dos|du|el|al|bin|ter|ten|zu)"
_FULL_NAME = rf"{_WORD}(?:[ ](?:{_PARTICLE}[ ])*{_WORD}){{1,4}}"
"""A given name or an initial, and a family name."""
_ET_AL = r"(?:,?[ ]et\.?[ ]?al\b\.?,?|,?[ ]and[ ]others)"
_YEAR = r"(?:19|20)\d\d"
_NAMES = re.compile(
    rf"(?:(?:by|authors?:)[ ]+)?(?P<names>"
    rf"(?:{_FULL_NAME}(?:,[ ]|;[ ]|,?[ ]and[ ]|[ ]&[ ])){{1,40}}{_FULL_NAME}"
    rf"|(?:{_FULL_NAME}|{_WORD})(?={_ET_AL})"
    rf"|{_WORD}[ ](?:and|&)[ ]{_WORD}(?=,?[ ]\(?{_YEAR})"
    rf"|{_FULL_NAME}(?=[.,]?[ ]))(?P<more>{_ET_AL})?"
)
"""Names after a title: several whole ones, or one before `et al.`; two family names need a year
behind them, else `Pride and Prejudice` is by two authors."""
_VENUE = re.compile(
    rf"(?:in:?[ ]+|at[ ]+)?(?P<venue>[{_UPPER}][\w&/@.:’' -]{{1,80}}?)?[ ,('’]*"
    rf"(?P<year>{_YEAR}|(?<=['’])\d\d)\b(?P<after>.{{0,120}})",
)
"""A venue and its year: `in Proc. CVPR, 2016, pp. 770`, `CVPR'16`."""
_VENUE_WORD = re.compile(
    r"[A-Z]{2,}|arXiv|[A-Z]\w*[a-z][A-Z]|\b(?:Conference|Journal|Proc|Proceedings|Workshop|Nature"
    r"|Science|Cell|Transactions|Trans|Letters|Review|Symposium|Annals|Advances|Interspeech|Oral"
    r"|Spotlight|Findings|Preprint|Thesis|University|Press|Springer|Blog)\b"
)
"""What shows that words before a year are a venue; `The Great Challenge 2012` is a title."""
_TAG = re.compile(
    r"[\s*_~|]*(?:\[(?P<a>[^\[\]]{2,40})\]|【(?P<d>[^【】]{2,40})】|\((?P<b>(?:19|20)\d\d[^()]{0,12})\)"
    r"|`(?P<c>[^`]{2,40})`)[\s*_:~|.,–—-]*"
)
"""What stands before a title in brackets: its venue, its date, its kind."""
_TAG_CONTENT = re.compile(r"\d|[A-Z].*[A-Z]|^paper$")
"""A tag has a number or two capitals; `[Re]` begins the titles of replications."""
_MARKED_TITLE = re.compile(
    r"(?:\*\*\*(?P<a>[^*]{8,300})\*\*\*|\*\*(?P<b>[^*]{8,300})\*\*|\*(?P<c>[^*]{8,300})\*"
    r"|__(?P<d>[^_]{8,300})__|_(?P<e>[^_]{8,300})_|“(?P<f>[^“”]{8,300})”)(?P<rest>.*)",
    re.DOTALL,
)
"""A title set apart from the rest of its line by bold, italics or quotes, and the rest."""
_ENDING_INITIAL = re.compile(r"(?<=\b\w)$")
_INITIALS = re.compile(rf"(?:[{_UPPER}]\.?[ -]?){{1,4}}")
_FAMILY_INITIALS = re.compile(rf"(?:{_PARTICLE} )*{_WORD}(?:[ -]{_WORD})? [{_UPPER}]{{1,3}}")
"""`Jumper JM`, as PubMed writes."""
_FAMILY = re.compile(rf"(?:{_PARTICLE} )*{_WORD}(?:[ -]{_WORD})?")
_GIVEN = re.compile(rf"{_WORD}(?: {_WORD}){{0,3}}")
_FULL = re.compile(_FULL_NAME)
_QUOTED_TITLE = re.compile(r"[\"“](?P<title>[^\"“”]{8,400})[\"”]")
"""The title in the styles of the IEEE and the MLA."""
_DATE_BEFORE_TITLE = re.compile(
    rf"[ ,.]*(?:\((?P<a>{_YEAR})[a-z]?(?:, [^()]{{1,30}})?\)[.,:]?"
    rf"|(?<=[,.] )(?P<b>{_YEAR})[a-z]?\.) "
)
"""The year between the authors and the title, as in the APA's style and Harvard's."""
_AUTHORS_END = re.compile(r"\.?: |\. ")
"""Where the authors may end: after a colon (Springer) or a full stop (PubMed, the ACM)."""
_TITLE = re.compile(r"(?P<title>\S(?:[^.?!]|\.(?! |$)|[?!](?=\S)){6,400}(?:[?!]|(?=\.|$)))")
"""A title in a reference ends with its sentence; the full stop of `GPT-3.5` does not end it."""
_VENUE_AFTER_TITLE = re.compile(
    rf"[\W_]*(?:[Ii]n:? )?(?:Proc\. |Proceedings of )?"
    rf"(?P<venue>[{_UPPER}](?:[^\d,(;.]|\.(?= [{_UPPER}]\w*\. )|\.(?=\S)){{2,120}})"
)
"""A venue up to its volume or a comma; the full stops of `J. Mach. Learn. Res.` do not end it."""
_YEAR_ALONE = re.compile(rf"(?<![\d.:/-]){_YEAR}\b(?![-–.]\d)")
"""A year outside identifiers, page ranges and DOIs."""
_TITLE_END = re.compile(r"[.?!][\"”]?[ ]+|,[ ]+|;[ ]+|[ ]+[-–—|/][ ]+|[ ]+\(|[ ]+by[ ]+|[ ]+\[")
"""Where a title that begins its line may end."""
_OTHERS = re.compile(r"(?:,?\s+et\.?\s?al\b\.?|,?\s*(?:and|&)\s+others|,?\s*…)$")
_NUMBER = re.compile(r"^\s*(?:\[\d{1,4}\]|\(?\d{1,4}[.)])\s+")
"""The number of a reference in its list."""
_SENTENCE_START = re.compile(
    r"(?:fix|add|remove|write|update|check|install|run|make|create|use|call|buy|send|implement|get"
    r"|refactor|test|delete|move|rename|set|clean|open|close|click|please|don't|i|we|you|he|she"
    r"|it|this|that|there|here|dear|hi|hey|hello|best|thanks|see|let|copy|start|stop|go|try"
    r"|then|also|but|so|my|our)\b",
    re.IGNORECASE,
)
"""How a line of a letter, a manual or a list of things to do begins, and few titles."""
_LONGEST = 2000
_SHORTEST = 6
"""Characters that a title has at least; names are looked for behind them."""
_MARKUP = re.compile(r"[*_`]")
_EDGES = " ,.;:|–—-*_([`\t"


def parse_reference(text: str) -> Fields:
    """Split a line into title, authors, venue and year, as far as it shows them.

    The title may be empty.
    """
    text = text[:_LONGEST].strip()
    if found := _parse_author_first(_NUMBER.sub("", text)):
        return found
    tags: Fields = {}
    while (tag := _TAG.match(text)) and tag.end() < len(text):
        content = tag["a"] or tag["b"] or tag["c"] or tag["d"]
        if not _TAG_CONTENT.search(content):
            break
        tags = _parse_venue(content) | tags
        text = text[tag.end() :]
    if marked := _MARKED_TITLE.match(text):
        title = next(marked[name] for name in "abcdef" if marked[name])
        return tags | parse_details(marked["rest"]) | {"title": _trim_title(title)}
    for end in _TITLE_END.finditer(text, _SHORTEST):
        # Behind a comma more of the title may follow; behind a dash or bracket names rather do.
        after_comma = end[0].strip() in (",", ";")
        if found := _parse_tail(text[end.end() :], loose=not after_comma):
            title = text[: end.start() + (end[0][0] in "?!")]
            return tags | found | {"title": _trim_title(title)}
    return tags | {"title": _trim_title(text)}


def parse_details(text: str) -> Fields:
    """Return authors, venue and year of the text that stands beside a title already known."""
    return _parse_tail(text.strip(_EDGES), loose=True)


def has_author_and_year(fields: Fields) -> bool:
    """Whether a parsed line names a paper beyond doubt: other sentences have no author and year."""
    return bool(fields.get("title") and fields.get("authors") and fields.get("published"))


def is_sentence(text: str) -> bool:
    """Whether a text begins as few titles do, and is not capitalized as titles are."""
    if not _SENTENCE_START.match(text):
        return False
    words = [word for word in re.findall(r"[^\W\d_][\w'’-]*", text)[1:] if len(word) > 3]
    return sum(not word.islower() for word in words) * 2 <= len(words)


def is_label(text: str) -> bool:
    """Whether a text consists of a venue and year, or an author and year."""
    text = text.strip(" ,.;:|–—-([)]*_`")
    venue = _VENUE.fullmatch(text)
    if _parse_venue(text) and not (venue and venue["after"].strip(" )]*_`")):
        return True
    names = _NAMES.match(text)
    after = text[names.end() :] if names else ""
    is_dated = re.fullmatch(rf"[\W_]*(?:{_YEAR})?\W*", after) is not None
    return names is not None and is_dated and bool(names["more"] or after.strip())


def _parse_tail(text: str, loose: bool) -> Fields:
    """Return the authors, venue and year that a text begins with; nothing if it may be title.

    With `loose`, several names are enough; else they need `et al.` or a venue behind them.
    """
    text = _MARKUP.sub("", text).strip()
    if names := _NAMES.match(text):
        after = text[names.end() :].strip(" ,.;:|–—-([)]")
        venue = _parse_venue(after)
        are_several = re.search(r",|;| and | & ", names["names"]) is not None
        if names["more"] or venue or (loose and not after and are_several):
            return {"authors": _split_names(names["names"])} | venue
    return _parse_venue(text.strip(" ,.;:|–—-([)]"))


def _split_names(text: str) -> list[str]:
    names = re.split(r",?\s+(?:and|&)\s+|[,;]\s+", text)
    return [name for each in names if (name := each.strip(" .,"))]


def _parse_venue(text: str) -> Fields:
    """Return venue and year if a text is these, the year if it is a date; else nothing."""
    text = text.strip()
    if re.fullmatch(rf"{_YEAR}(?:[-./]\d\d?){{0,2}}", text):
        return {"published": text.replace(".", "-").replace("/", "-")}
    found = _VENUE.fullmatch(text)
    if not found or not found["venue"] or not _VENUE_WORD.search(found["venue"]):
        return {}
    year = found["year"] if len(found["year"]) == 4 else f"20{found['year']}"
    return {"venue": found["venue"].strip(" ,.'’("), "published": year}


def _parse_author_first(text: str) -> Fields:
    """Return the parts of a reference that begins with its authors; nothing if it does not.

    Its title is in quotes, or follows the year, or is the first sentence after the authors.
    """
    if quoted := _QUOTED_TITLE.search(text):
        authors = _parse_authors(text[: quoted.start()])
        return _reference(authors, quoted["title"], text[quoted.end() :], "") if authors else {}
    if date := _DATE_BEFORE_TITLE.search(text):
        authors, title = _parse_authors(text[: date.start()]), _TITLE.match(text, date.end())
        if authors and title:
            year = date["a"] or date["b"]
            return _reference(authors, title["title"], text[title.end() :], year)
    for end in _AUTHORS_END.finditer(text):
        before = text[: end.start()]
        authors = _parse_authors(text[: end.start() + 1])
        title = _TITLE.match(text, end.end())
        # The full stop of `Knuth, D. E. ` does not end the authors, that of `He K, Zhang X. ` does.
        is_initial = end[0] == ". " and re.search(rf"(?:^|[ .-])[{_UPPER}]$", before) is not None
        if authors and title and (not is_initial or _are_family_initials(before)):
            found = _reference(authors, title["title"], text[title.end() :], "")
            return found if found["published"] else {}
    return {}


def _are_family_initials(text: str) -> bool:
    """Whether a text is several names as PubMed writes them, whose last letter is an initial."""
    names = text.split(", ")
    return len(names) > 1 and all(map(_FAMILY_INITIALS.fullmatch, names))


def _reference(authors: Sequence[RawAuthor], title: str, rest: str, year: str) -> Fields:
    """Return the fields of a reference; venue and, if need be, year are in the `rest`."""
    venue = _VENUE_AFTER_TITLE.match(rest)
    years = _YEAR_ALONE.findall(rest)
    return {
        "title": _trim_title(title.rstrip(" ,")),
        "authors": authors,
        "venue": venue["venue"].strip(" ,.:'’([") if venue else "",
        "published": year or (years[-1] if years else ""),
    }


def _parse_authors(text: str) -> Sequence[RawAuthor]:
    """Return the names if a text consists of names in one of the styles; else an empty list."""
    if len(text) > _LONGEST:
        return []
    text, others = _OTHERS.subn("", text.strip(" ,.:;"))
    names = _split_names(text)
    if not names:
        return []
    if all(map(_FAMILY_INITIALS.fullmatch, names)):
        return [read_initials_last(name) for name in names]
    pairs = list(zip(names[::2], names[1::2], strict=False))
    if len(names) % 2 == 0 and all(
        _FAMILY.fullmatch(family) and _INITIALS.fullmatch(given) for family, given in pairs
    ):
        return [f"{family}, {_ENDING_INITIAL.sub('.', given)}" for family, given in pairs]
    if all(map(_FULL.fullmatch, names)) and (others or len(names) > 1 or "." in text):
        return names
    if text.startswith(f"{names[0]}, ") and _is_first_turned(names):
        return [f"{names[0]}, {names[1]}", *names[2:]]
    are_families = all(map(_FAMILY.fullmatch, names))
    return names if are_families and (others or " & " in text or " and " in text) else []


def _is_first_turned(names: list[str]) -> bool:
    """Whether names are `Family, Given, Given Family`: the MLA turns the first one only."""
    return (
        len(names) > 1
        and _FAMILY.fullmatch(names[0]) is not None
        and _GIVEN.fullmatch(names[1]) is not None
        and all(map(_FULL.fullmatch, names[2:]))
    )


def _trim_title(title: str) -> str:
    """Strip what separates a title from its neighbours, and brackets and quotes without a partner.

    A pair around the whole title is removed, a pair within it is kept: `Variational Bayes (VAE)`.
    """
    title = title.strip(" \t*_`|~–—-:;,<>")
    for opening, closing in ("()", "[]", "“”", '""'):
        is_wrapped = title.startswith(opening) and title.endswith(closing) and len(title) > 2
        if is_wrapped and opening not in title[1:-1] and closing not in title[1:-1]:
            title = title[1:-1]
        elif opening != closing and title.count(opening) > title.count(closing):
            title = title.removesuffix(opening).removeprefix(opening)
        elif opening != closing and title.count(opening) < title.count(closing):
            title = title.removesuffix(closing).removeprefix(closing)
    title = title.strip(" \t*_`|~–—-:;,")
    return title[:-1] if title.endswith(".") and not title.endswith("..") else title

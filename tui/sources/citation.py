"""A work as people write it on a line: its title, and maybe by whom, where and when.

`Title, A. Author, B. Other, NeurIPS 2020`, `[ICML 2019] **Title** (Author et al.)`, the styles of
the APA and the IEEE. A part is taken from the title only where it shows what it is: names by
`et al.`, or several of them before a year; a venue by its year and its capitals.
"""

from __future__ import annotations

import re
from typing import Any

from tui.sources import people

_UPPER = "A-ZÀ-ÖØ-ÞĀĂĄĆĈĊČĎĐĒĔĖĘĚĜĞĠĢĤĦĨĪĬĮİĴĶĹĻĽĿŁŃŅŇŌŎŐŒŔŖŘŚŜŞŠŢŤŦŨŪŬŮŰŲŴŶŸŹŻŽ"
_WORD = rf"(?:(?:[{_UPPER}]\.-?){{1,4}}|[{_UPPER}][\w'’-]*)"
_PARTICLE = r"(?:van|von|der|den|de|di|da|del|della|la|le|dos|du|el|al|bin|ter|ten|zu)"
_FULL = rf"{_WORD}(?:[ ](?:{_PARTICLE}[ ])*{_WORD}){{1,4}}"
"""A given name or an initial, and a family name."""
_ET_AL = r"(?:,?[ ]et\.?[ ]?al\b\.?,?|,?[ ]and[ ]others)"
_NAMES = re.compile(
    rf"(?:(?:by|authors?:)[ ]+)?(?P<names>"
    rf"(?:{_FULL}(?:,[ ]|;[ ]|,?[ ]and[ ]|[ ]&[ ])){{1,40}}{_FULL}"
    rf"|(?:{_FULL}|{_WORD})(?={_ET_AL})|{_WORD}[ ](?:and|&)[ ]{_WORD}(?=,?[ ]\(?(?:19|20)\d\d)"
    rf"|{_FULL}(?=[.,]?[ ]))(?P<more>{_ET_AL})?"
)
"""Names that may follow a title."""
_YEAR = r"(?:19|20)\d\d"
_VENUE = re.compile(
    rf"(?:in:?[ ]+|at[ ]+)?(?P<venue>[{_UPPER}][\w&/@.:’' -]{{1,80}}?)?[ ,('’]*"
    rf"(?P<year>{_YEAR}|(?<=['’])\d\d)\b(?P<after>.{{0,120}})",
)
_OF_VENUE = re.compile(
    r"[A-Z]{2,}|arXiv|[A-Z]\w*[a-z][A-Z]|\b(?:Conference|Journal|Proc|Proceedings|Workshop|Nature"
    r"|Science|Cell|Transactions|Trans|Letters|Review|Symposium|Annals|Advances|Interspeech|Oral"
    r"|Spotlight|Findings|Preprint|Thesis|University|Press|Springer|Blog)\b"
)
_TAG = re.compile(
    r"[\s*_~|]*(?:\[(?P<a>[^\[\]]{2,40})\]|【(?P<d>[^【】]{2,40})】|\((?P<b>(?:19|20)\d\d[^()]{0,12})\)"
    r"|`(?P<c>[^`]{2,40})`)[\s*_:~|.,–—-]*"
)
"""What stands before a title in brackets: its venue, its date, its kind."""
_MARKED = re.compile(
    r"(?:\*\*\*(?P<a>[^*]{8,300})\*\*\*|\*\*(?P<b>[^*]{8,300})\*\*|\*(?P<c>[^*]{8,300})\*"
    r"|__(?P<d>[^_]{8,300})__|_(?P<e>[^_]{8,300})_|“(?P<f>[^“”]{8,300})”)(?P<rest>.*)",
    re.DOTALL,
)
"""A title set apart from the rest of its line, and the rest."""
_ENDING_INITIAL = re.compile(r"(?<=\b\w)$")
_INITIALS = re.compile(rf"(?:[{_UPPER}]\.?[ -]?){{1,4}}")
_SHORT = re.compile(rf"(?:{_PARTICLE} )*{_WORD}(?:[ -]{_WORD})? [{_UPPER}]{{1,3}}")
"""`Family GH`"""
_FAMILY = re.compile(rf"(?:{_PARTICLE} )*{_WORD}(?:[ -]{_WORD})?")
_GIVEN = re.compile(rf"{_WORD}(?: {_WORD}){{0,3}}")
_WHOLE = re.compile(_FULL)
_QUOTED = re.compile(r"[\"“](?P<title>[^\"“”]{8,400})[\"”]")
_DATED = re.compile(
    rf"[ ,.]*(?:\((?P<a>{_YEAR})[a-z]?(?:, [^()]{{1,30}})?\)[.,:]?"
    rf"|(?<=[,.] )(?P<b>{_YEAR})[a-z]?\.) "
)
"""The year between the authors and the title."""
_SENTENCE = re.compile(r"\.?: |\. ")
"""Where the authors may end."""
_TITLE = re.compile(r"(?P<title>\S(?:[^.?!]|\.(?! |$)|[?!](?=\S)){6,400}(?:[?!]|(?=\.|$)))")
_VENUE_AFTER = re.compile(
    rf"[\W_]*(?:[Ii]n:? )?(?:Proc\. |Proceedings of )?"
    rf"(?P<venue>[{_UPPER}](?:[^\d,(;.]|\.(?= [{_UPPER}]\w*\. )|\.(?=\S)){{2,120}})"
)
_APART = re.compile(r"[.?!][\"”]?[ ]+|,[ ]+|;[ ]+|[ ]+[-–—|/][ ]+|[ ]+\(|[ ]+by[ ]+|[ ]+\[")
_OTHERS = re.compile(r"(?:,?\s+et\.?\s?al\b\.?|,?\s*(?:and|&)\s+others|,?\s*…)$")
_NUMBER = re.compile(r"^\s*(?:\[\d{1,4}\]|\(?\d{1,4}[.)])\s+")
_ORDER = re.compile(
    r"(?:fix|add|remove|write|update|check|install|run|make|create|use|call|buy|send|implement|get"
    r"|refactor|test|delete|move|rename|set|clean|open|close|click|please|don't|i|we|you|he|she"
    r"|it|this|that|there|here|dear|hi|hey|hello|best|thanks|see|let|copy|start|stop|go|try"
    r"|then|also|but|so|my|our)\b",
    re.IGNORECASE,
)
"""How a line of a letter, a text or a list of things to do begins, and few titles."""
_LONGEST = 2000
_SHORTEST = 6
"""Characters of a title that may stand before what is taken for names."""


def told(text: str) -> dict[str, Any]:
    """Title, and authors, venue and year where they can be told from it; maybe an empty title."""
    text = text[:_LONGEST].strip()
    if found := _reference(_NUMBER.sub("", text)):
        return found
    tags: dict[str, Any] = {}
    while (tag := _TAG.match(text)) and tag.end() < len(text):
        said = tag["a"] or tag["b"] or tag["c"] or tag["d"]
        if not re.search(r"\d|[A-Z].*[A-Z]|^paper$", said):
            break
        tags = _where(said) | tags
        text = text[tag.end() :]
    if marked := _MARKED.match(text):
        title = next(marked[name] for name in "abcdef" if marked[name])
        return tags | parts(marked["rest"]) | {"title": _trimmed(title)}
    for apart in _APART.finditer(text, _SHORTEST):
        tail = text[apart.end() :]
        if found := _tail(tail, loose=apart[0].strip() not in (",", ";")):
            end = apart.start() + (apart[0][0] in "?!")
            return tags | found | {"title": _trimmed(text[:end])}
    return tags | {"title": _trimmed(text)}


def is_sentence(text: str) -> bool:
    """Whether a text begins as few titles do, and has not their capitals."""
    if not _ORDER.match(text):
        return False
    words = [word for word in re.findall(r"[^\W\d_][\w'’-]*", text)[1:] if len(word) > 3]
    return sum(not word.islower() for word in words) * 2 <= len(words)


def is_whole(told: dict[str, Any]) -> bool:
    """Whether what a line tells shows that the line names a paper and is no sentence."""
    return bool(told.get("title") and told.get("authors") and told.get("published"))


def is_label(text: str) -> bool:
    """Whether a text is nothing but a venue and year, or an author and year."""
    text = text.strip(" ,.;:|–—-([)]*_`")
    names = _NAMES.match(text)
    after = text[names.end() :] if names else ""
    where = _VENUE.fullmatch(text)
    if _where(text) and not (where and where["after"].strip(" )]*_`")):
        return True
    dated = re.fullmatch(rf"[\W_]*(?:{_YEAR})?\W*", after)
    return names is not None and dated is not None and bool(names["more"] or after.strip())


def parts(text: str) -> dict[str, Any]:
    """Authors, venue and year of what stands beside a title that is known."""
    return _tail(text.strip(" ,.;:|–—-*_([`\t"), loose=True)


def _tail(text: str, loose: bool) -> dict[str, Any]:
    """The same of what may be the end of a title too; nothing then."""
    text = re.sub(r"[*_`]", "", text).strip()
    names = _NAMES.match(text)
    after = text[names.end() :].strip(" ,.;:|–—-([)]") if names else ""
    where = _where(after)
    if names and (names["more"] or where or (loose and not after and _several(names["names"]))):
        return {"authors": _parted(names["names"])} | where
    return _where(text.strip(" ,.;:|–—-([)]"))


def _several(names: str) -> bool:
    return re.search(r",|;| and | & ", names) is not None


def _parted(names: str) -> list[str]:
    parted = re.split(r",?\s+(?:and|&)\s+|[,;]\s+", names)
    return [name for each in parted if (name := each.strip(" .,"))]


def _where(text: str) -> dict[str, Any]:
    """Venue and year, if a text is these; of a year alone, the year."""
    text = text.strip()
    if re.fullmatch(rf"{_YEAR}(?:[-./]\d\d?){{0,2}}", text):
        return {"published": text.replace(".", "-").replace("/", "-")}
    found = _VENUE.fullmatch(text)
    if not found or not found["venue"] or not _OF_VENUE.search(found["venue"]):
        return {}
    year = found["year"] if len(found["year"]) == 4 else f"20{found['year']}"
    return {"venue": found["venue"].strip(" ,.'’("), "published": year}


def _reference(text: str) -> dict[str, Any]:
    """The parts of a reference that begins with its authors; none if it does not."""
    if quoted := _QUOTED.search(text):
        authors = _people(text[: quoted.start()])
        return _referred(authors, quoted["title"], text[quoted.end() :], "") if authors else {}
    if dated := _DATED.search(text):
        authors, title = _people(text[: dated.start()]), _TITLE.match(text, dated.end())
        if authors and title:
            year = dated["a"] or dated["b"]
            return _referred(authors, title["title"], text[title.end() :], year)
    for end in _SENTENCE.finditer(text):
        authors, title = _people(text[: end.start() + 1]), _TITLE.match(text, end.end())
        is_initial = re.search(rf"(?:^|[ .-])[{_UPPER}]$", text[: end.start()]) is not None
        if (
            authors
            and title
            and (not is_initial or end[0] != ". " or _are_short(text[: end.start()]))
        ):
            found = _referred(authors, title["title"], text[title.end() :], "")
            return found if found["published"] else {}
    return {}


def _are_short(text: str) -> bool:
    """Whether a text is several names as PubMed writes them: it may end in an initial."""
    names = re.split(r", ", text)
    return len(names) > 1 and all(_SHORT.fullmatch(name) for name in names)


def _referred(authors: list[str], title: str, rest: str, year: str) -> dict[str, Any]:
    venue = _VENUE_AFTER.match(rest)
    years = re.findall(rf"(?<![\d.:/-]){_YEAR}\b(?![-–.]\d)", rest)
    return {
        "title": _trimmed(title.rstrip(" ,")),
        "authors": authors,
        "venue": venue["venue"].strip(" ,.:'’([") if venue else "",
        "published": year or (years[-1] if years else ""),
    }


def _people(text: str) -> list[str]:
    """The names, if a text is nothing but names, in any of the styles."""
    if len(text) > _LONGEST:
        return []
    text, others = _OTHERS.subn("", text.strip(" ,.:;"))
    names = _parted(text)
    if not names:
        return []
    if all(_SHORT.fullmatch(name) for name in names):
        return [people.family_first(name) for name in names]
    pairs = list(zip(names[::2], names[1::2], strict=False))
    if len(names) % 2 == 0 and all(
        _FAMILY.fullmatch(family) and _INITIALS.fullmatch(given) for family, given in pairs
    ):
        return [f"{family}, {_ENDING_INITIAL.sub('.', given)}" for family, given in pairs]
    if all(map(_WHOLE.fullmatch, names)) and (others or len(names) > 1 or "." in text):
        return names
    if text.startswith(f"{names[0]}, ") and _is_turned(names):
        return [f"{names[0]}, {names[1]}", *names[2:]]
    are_families = all(map(_FAMILY.fullmatch, names))
    return names if are_families and (others or " & " in text or " and " in text) else []


def _is_turned(names: list[str]) -> bool:
    """`Family, Given, Given Family`: the first name is turned, the others are not."""
    return (
        len(names) > 1
        and _FAMILY.fullmatch(names[0]) is not None
        and _GIVEN.fullmatch(names[1]) is not None
        and all(map(_WHOLE.fullmatch, names[2:]))
    )


def _trimmed(title: str) -> str:
    """Without what parts it from its neighbours; brackets and quotes only if they have no other."""
    title = title.strip(" \t*_`|~–—-:;,<>")
    for opened, closed in ("()", "[]", "“”", '""'):
        if title.startswith(opened) and title.endswith(closed) and len(title) > 2 \
                and opened not in title[1:-1] and closed not in title[1:-1]:  # fmt: skip
            title = title[1:-1]
        elif opened != closed and title.count(opened) > title.count(closed):
            title = title.removesuffix(opened).removeprefix(opened)
        elif opened != closed and title.count(opened) < title.count(closed):
            title = title.removesuffix(closed).removeprefix(closed)
    title = title.strip(" \t*_`|~–—-:;,")
    return title[:-1] if title.endswith(".") and not title.endswith("..") else title

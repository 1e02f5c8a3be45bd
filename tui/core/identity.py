"""Decide whether two records are the same work. Every rule about it is in this module.

There are four levels, for four questions:

`is_same_by_identifier`  Two records share an identifier. They are one work where the titles agree:
                         two chapters may carry the DOI of their book.
`is_same_by_title`       Nothing is shared but the title. Authors and year must agree too, and no
                         identifier may contradict. Papers that are added are joined by it.
`is_same_as_searched`    A service found a record by its title. As before, but a typing error in the
                         title is forgiven, and a record without authors needs a long title,
                         because the wrong record would bring wrong identifiers.
`may_be_same`            Two titles look alike. A person decides; the pair is only listed.

All are symmetric: the order of two records never matters.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache

from tui.core.author import Author
from tui.core.paper import Paper
from tui.core.schemes import SCHEMES
from tui.core.text import GREEK_NAMES, normalize

ONE_TYPO = 95.0
"""Similarity (0 to 100) of two titles that differ by a typing error or two."""
_REWORDED = 60.0
"""Similarity (0 to 100) that the titles of two versions of one posting reach."""
_LONG_TITLE = 4
"""Words of a title that few other papers have by chance."""
_KEY_LETTERS = 24
"""Letters of a match key: enough that few titles of one author share them."""
_KEY_SOURCE = 3 * _KEY_LETTERS
"""Characters of a title that are read for it: with blanks and signs among them, it has enough."""
_MIN_CUT = 15
"""Letters that a title cut at an ellipsis must have left to say which it was."""

_SEPARATOR = re.compile(r"\s*[:;?!]\s+|\s+[-–—]+\s+|(?<=\w{4})\.\s+")
"""Where a subtitle begins. A stop counts behind a whole word only: `St. Louis`, `vs. cats`."""
_SEPARATOR_SIGN = re.compile(r"[:;?!.–—]| -")
"""Any title with a separator has one of these; they are found faster."""
_ELLIPSIS = re.compile(r"\s*(?:…|\.\.\.)$")
_SIGNED_WORD = re.compile(r"(\w+)\(?([+#]+)(?!\w)")
"""Signs that `normalize` drops although they tell titles apart: `C++`, `C#`, `B+ trees`."""
_SERIES = re.compile(
    r"\b(?:parts?|vol(?:ume)?|no|number|chapter|section|book|edition|version)\s+\w+"
    r"|^(?:\d+|[ivx]+|[a-z])$|\b(?:1[6-9]|20)\d\d\b"
    r"|\b(?:erratum|errata|corrigendum|correction|retraction|reply|response|comments?|rejoinder"
    r"|discussion|supplement(?:ary)?|addendum|appendix)\b"
)
"""What a subtitle says of another work than the one without it: `Part II`, `2019`, `Reply`."""
_NUMBER = re.compile(r"\d+[a-z]?|[ivx]+|[a-z]|one|two|three|four|first|second|third")
"""Words in which the titles of a series differ: `GPT-4`, `Part II`, `2019`."""
_GENERIC = re.compile(
    r"(?:the )?(?:(?:guest |from the )?editors?(?:ial)?(?: s)?(?: (?:note|introduction|column"
    r"|letter|message|comments?|overview|board|preface|foreword|page|remarks))?|editorials"
    r"|introductions?|introductory remarks|preface|foreword|afterword|prologue|epilogue"
    r"|annual reports?|report|in this issue|issue information|masthead|about (?:the|this) .{0,30}"
    r"|(?:front|back|inside|outside)? ?(?:front |back )?cover(?: image| picture| art| page)?"
    r"|(?:front|back|end) ?matter|contents?|table of contents|contributors"
    r"|(?:author|subject|keyword|general)? ?index|news(?: and (?:notes|views|comments?))?"
    r"|in brief|book reviews?|reviews?|correspondence|letters?(?: to the editors?)?|obituary"
    r"|in memoriam|(?:publisher s |author s )?(?:erratum|errata|correction|corrigendum|corrigenda)"
    r"|retraction(?: note)?|reply|author s reply|response|comment(?:ary|s)?|discussion|rejoinder"
    r"|summary|abstracts?|conclusions?|overview|background|notes?|acknowledge?ments?"
    r"|list of reviewers|reviewers|announcements?|calendar|meetings?|appendix|bibliography"
    r"|references|glossary|untitled|title page|frontispiece|presentation|perspectives?|viewpoint"
    r"|welcome(?: message)?|message from the .{0,40}|proceedings|program(?:me)?|committees?)"
    r"(?: (?:vol(?:ume)?|issue|no|number|part|for|of|the|jan\w*|feb\w*|mar\w*|apr\w*|may|june?"
    r"|july?|aug\w*|sept\w*|oct\w*|nov\w*|dec\w*|spring|summer|autumn|fall|winter|\d+|[ivx]+))*"
)
"""Normalized titles that every journal has, with the number of the issue."""
_VERSION = re.compile(r"(?:[./_-]|(?<=\d))v\d+$|(?<=\d)\.\d$")
"""The version at the end of a DOI of a preprint server: `.v1` of figshare, `.2` of ESSOAr."""
_PREPRINT_DOI = re.compile(
    r"10\.(?:1101/(?:\d{4}\.|\d{6})|2139/ssrn|21203/|20944/preprints|312(?:19|23|34|35)/|35542/"
    r"|26434/chemrxiv|36227/techrxiv|22541/|7287/peerj\.preprints|48550/|5194/egusphere|64898/"
    r"|6084/m9\.figshare|5194/[a-z]+-?d?-.*discuss|5194/[a-z]+d-|33774/|32388/|14293/|1002/essoar)"
)
"""DOIs of preprint servers: another DOI of the same work may come with its publication."""
_POSTINGS = ("arxiv", "openreview")
"""Schemes that identify one work, whose title may change from version to version."""

_GREEK = str.maketrans(GREEK_NAMES)
_SPELLINGS = (
    ("z", "s"),  # organize, analyze
    ("our", "or"),  # behaviour
    ("ae", "e"),  # anaemia
    ("oe", "e"),  # oestrogen
    ("ll", "l"),  # modelling
    ("ence", "ense"),  # defence
    ("ogue", "og"),  # dialogue
    ("ph", "f"),  # sulphur
    ("grey", "gray"),
)
"""Applied to both titles that are compared, so that a replacement in any other word is harmless."""
_CENTRE = re.compile(r"\b(\w{2,}[bt])re(s?)\b")
"""Centre, fibre."""


def is_same_by_identifier(one: Paper, other: Paper) -> bool:
    """Return whether two records that share an identifier are one work.

    They are where their titles agree, or one has none. A posting of arXiv or OpenReview may be
    renamed, and lists abbreviate its title: there a similar title is enough, if the authors agree
    where both have any. A record without authors, venue and abstract comes from a listing or a
    damaged file; its title may be wrong.
    """
    if one.title == other.title or not normalize(one.title) or not normalize(other.title):
        return True
    if titles_agree(one.title, other.title) or _is_part_of_title(one.title, other.title):
        return True
    if has_doubtful_title(one) != has_doubtful_title(other):
        return True
    return (
        any(one.ids.get(scheme, "") == other.ids.get(scheme) for scheme in _POSTINGS)
        and (not one.authors or not other.authors or authors_agree(one.authors, other.authors))
        and _similarity(normalize(one.title), normalize(other.title)) >= _REWORDED
    )


def is_same_by_title(one: Paper, other: Paper) -> bool:
    """Return whether two records without a shared identifier are one work."""
    if not titles_agree(one.title, other.title) or _signs(one.title) != _signs(other.title):
        return False
    has_same_title = one.title == other.title or normalize(one.title) == normalize(other.title)
    return _agree_beside_title(one, other, has_same_title=has_same_title)


def is_same_as_searched(one: Paper, other: Paper) -> bool:
    """Return whether a record found by its title is the one searched for."""
    a, b = normalize(one.title), normalize(other.title)
    if not a or not b:
        return False
    if not (one.authors and other.authors):
        return a == b and len(a.split()) >= _LONG_TITLE and is_same_by_title(one, other)
    return is_same_by_title(one, other) or (
        is_typo(a, b) and _agree_beside_title(one, other, has_same_title=False)
    )


def may_be_same(one: Paper, other: Paper) -> bool:
    """Return whether two records of similar titles should be shown to a person.

    They share an author, or one has none, and are the same part of a series.
    """
    a, b = normalize(one.title), normalize(other.title)
    if one.authors and other.authors:
        if not _surnames(one) & _surnames(other):
            return False
    elif len(a.split()) < _LONG_TITLE or (not one.authors and a == b):
        return False
    return _numbers(a) == _numbers(b)


def _agree_beside_title(one: Paper, other: Paper, *, has_same_title: bool) -> bool:
    """Return whether everything but the titles, which agree, allows that it is one work."""
    if not _ids_agree(one.ids, other.ids) or not _years_agree(one, other):
        return False
    if is_generic(one.title) or (one.title != other.title and is_generic(other.title)):
        return has_same_title and _is_same_item(one, other)
    if one.authors and other.authors:
        if not has_same_title and fold_title(one.title) != fold_title(other.title):
            # An author may write `Sinks` and `Sinks: A Survey` in one year, for two journals.
            return _venues_agree(one.venue, other.venue) and authors_agree(
                one.authors, other.authors
            )
        return authors_agree(one.authors, other.authors)
    # Every volume of proceedings has a title page. A variant of a title needs authors to confirm.
    has_same_venue = not one.venue or not other.venue or one.venue == other.venue
    return has_same_title and (bool(one.authors or other.authors) or has_same_venue)


def _venues_agree(one: str, other: str) -> bool:
    """Return whether two venues can be one, such as a journal and its abbreviation."""
    a, b = sorted((normalize(one).split(), normalize(other).split()), key=len)
    if not a or any(word.endswith(("rxiv", "preprint", "preprints", "ssrn")) for word in (*a, *b)):
        return True
    found = sum(any(x.startswith(y) or y.startswith(x) for y in b) for x in a)
    return 2 * found > len(a)


def _is_same_item(one: Paper, other: Paper) -> bool:
    """Return whether two records of a generic title are one: venue, year and authors are equal.

    A record without a venue is only the same as itself.
    """
    if one.venue != other.venue or one.issued[:4] != other.issued[:4]:
        return False
    if not one.venue and (one.published, one.abstract) != (other.published, other.abstract):
        return False
    if one.authors and other.authors:
        return authors_agree(one.authors, other.authors)
    return not one.authors and not other.authors


def has_doubtful_title(paper: Paper) -> bool:
    """Return whether a record has nothing but a title, as those of listings and damaged files."""
    return not (paper.authors or paper.venue or paper.abstract)


def is_generic(title: str) -> bool:
    """Return whether many papers have this title or main title: `Editorial`, `Cover Image`."""
    if len(title) > 200:
        return False
    main = _SEPARATOR.split(title, maxsplit=1)[0]
    return any(_GENERIC.fullmatch(normalize(text)) for text in {title, main})


def match_key(paper: Paper) -> str:
    """Return a key that records of one work share although their titles are spelled differently.

    It has the first letters of the main title and the first author. It is empty without authors,
    because then no other spelling of the title joins.
    """
    if not paper.authors:
        return ""
    beginning = paper.title[:_KEY_SOURCE]
    found = _SEPARATOR.search(beginning) if _SEPARATOR_SIGN.search(beginning) else None
    letters = fold_title(beginning[: found.start()] if found else beginning)[:_KEY_LETTERS]
    return f"~{letters} {paper.authors[0].word_in_key}" if letters else ""


def fold_title(title: str) -> str:
    """Return the letters and digits of a title in one spelling.

    `&` is `and`, hyphens and spaces are removed, British spelling is American, Greek letters are
    spelled out. The result is only good for comparing.
    """
    text = normalize(title.replace("&", " and ") if "&" in title else title)
    if "tre" in text or "bre" in text:
        text = _CENTRE.sub(r"\1er\2", text)
    text = text.replace(" ", "")
    if not text.isascii():
        text = text.translate(_GREEK)
    for british, american in _SPELLINGS:
        text = text.replace(british, american)
    return text


def titles_agree(one: str, other: str) -> bool:
    """Return whether two titles are spellings of one, or one is the other cut short."""
    if one == other:
        return True
    a, b = fold_title(one), fold_title(other)
    if not a or not b:
        return False
    return a == b or is_cut_title(one, other) or is_cut_title(other, one)


def is_cut_title(short: str, whole: str) -> bool:
    """Return whether `short` is `whole` without its subtitle, or cut in it or at an ellipsis.

    A subtitle that numbers a part or names a reply belongs to another work.
    """
    letters, all_letters = fold_title(short), fold_title(whole)
    if not all_letters.startswith(letters) or letters == all_letters:
        return False
    if _ELLIPSIS.search(short):
        return len(letters) >= _MIN_CUT
    for found in _SEPARATOR.finditer(whole):
        main = fold_title(whole[: found.start()])
        if main and letters.startswith(main):
            if letters == main:
                return not _SERIES.search(normalize(whole[found.end() :]))
            rest = normalize(whole)[len(normalize(short)) :]
            return len(letters) >= len(main) + 4 and not _SERIES.search(rest.strip())
    return False


def is_typo(one: str, other: str) -> bool:
    """Return whether two normalized titles differ by a typing error, and in no number."""
    return _similarity(one, other, ONE_TYPO) > 0 and _numbers(one) == _numbers(other)


def authors_agree(one: tuple[Author, ...], other: tuple[Author, ...]) -> bool:
    """Return whether two lists of authors can be of one work.

    The first author of one is in the other, and so is at least half of the shorter list, which may
    be cut.
    """
    if one == other:
        return True
    shorter, longer = sorted((one, other), key=len)
    known = {surname for author in longer for surname in _name_words(author)}
    is_found = [
        bool(_name_words(author) & known) and any(is_same_person(author, each) for each in longer)
        for author in shorter
    ]
    if 2 * sum(is_found) < len(shorter):
        return False
    return is_found[0] or any(is_same_person(longer[0], each) for each in shorter)


@lru_cache(maxsize=4096)
def is_same_person(one: Author, other: Author) -> bool:
    """Return whether two names can be of one person.

    Initials agree with the names they stand for; `Wei Zhang` and `Zhang Wei` are one name.
    """
    if one == other:
        return True
    if _name_words(one) == _name_words(other):
        return True
    if one.surname != other.surname:
        return normalize(one.family).replace(" ", "") == normalize(other.family).replace(" ", "")
    return _given_names_agree(_given_names(one), _given_names(other))


def _given_names(author: Author) -> list[str]:
    given = author.given
    if given.isupper() and given.isalpha() and len(given) < 4:
        return list(given.lower())
    return normalize(given).split()


def _given_names_agree(one: list[str], other: list[str]) -> bool:
    """Return whether each name that both have begins as the other: `j a` and `john`."""
    if "".join(one) == "".join(other):  # Jae-Hyun and Jaehyun
        return True
    return all(a.startswith(b) or b.startswith(a) for a, b in zip(one, other, strict=False))


def _name_words(author: Author) -> frozenset[str]:
    return frozenset(normalize(f"{author.family} {author.given}").split())


def _surnames(paper: Paper) -> set[str]:
    return {author.surname for author in paper.authors}


def _years_agree(one: Paper, other: Paper) -> bool:
    """Return whether the years are at most one apart, or one is unknown."""
    years = [paper.issued[:4] for paper in (one, other) if paper.issued[:4].isdecimal()]
    return len(years) < 2 or abs(int(years[0]) - int(years[1])) <= 1


def _ids_agree(one: Mapping[str, str], other: Mapping[str, str]) -> bool:
    """Return whether no scheme says that these are two works."""
    shared = [scheme for scheme in SCHEMES if scheme in one and scheme in other]
    different = [scheme for scheme in shared if one[scheme] != other[scheme]]
    return not different or (different == ["doi"] and _dois_agree(one["doi"], other["doi"]))


def _dois_agree(one: str, other: str) -> bool:
    """Return whether one is a preprint of the other, or both are versions of one posting."""
    if is_preprint_doi(one) != is_preprint_doi(other):
        return True
    # Publishers have registered DOIs with two slashes, and the same with one.
    a, b = one.replace("//", "/"), other.replace("//", "/")
    return a == b or (is_preprint_doi(one) and _VERSION.sub("", a) == _VERSION.sub("", b))


def is_preprint_doi(doi: str) -> bool:
    """Return whether a DOI is of a preprint server."""
    return _PREPRINT_DOI.match(doi) is not None


def _is_part_of_title(one: str, other: str) -> bool:
    """Return whether one title is in the other, between words, or differs by a typing error.

    A listing writes the venue or the authors around a title.
    """
    a, b = sorted((normalize(one), normalize(other)), key=len)
    is_part = len(a.split()) >= _LONG_TITLE and f" {a} " in f" {b} "
    return is_part or is_typo(a, b)


def _similarity(one: str, other: str, cutoff: float = 0.0) -> float:
    from rapidfuzz import fuzz  # an import that adds nothing similar does not wait for it

    if cutoff:
        return fuzz.ratio(one, other, score_cutoff=cutoff)
    return fuzz.token_set_ratio(one, other)


def _numbers(title: str) -> list[str]:
    return sorted(word for word in title.split() if _NUMBER.fullmatch(word))


def _signs(title: str) -> list[tuple[str, str]]:
    if "+" not in title and "#" not in title:
        return []
    return sorted((word.lower(), sign) for word, sign in _SIGNED_WORD.findall(title))

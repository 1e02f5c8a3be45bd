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

All are symmetric: the order of two records never matters. For three it does where the rule cannot
be transitive. Of papers of 2019, 2020 and 2021, or of two papers with other authors and a record
without any, the one in the middle is the same as both others, which differ. It is joined with the
one that comes first. A record made of two has one title, one date and one list of authors: a third
record may be the same as it but not as its parts, or the reverse. And a record that is kept apart
loses its identifier, which may have told it from others. Elsewhere the number of papers does not
depend on the order.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
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
_LONGEST_GENERIC = 50
"""Letters of a title above which no test for a generic one is worth its time."""
_LONG_TITLE = 4
"""Words of a title that few other papers have by chance."""
_KEY_LETTERS = 24
"""Letters of a match key: enough that few titles of one author share them."""
_KEY_SOURCE = 3 * _KEY_LETTERS
"""Characters of a title that are read for it: with blanks and signs among them, it has enough."""
_MIN_CUT = 15
"""Letters that a title cut at an ellipsis must have left to say which it was."""

_SEPARATOR = re.compile(r"\s*[:;?!]\s+|\s+(?:[-–—]+|=)\s+|(?<=\w{4})\.\s+")
"""Where a subtitle begins. A stop counts behind a whole word only: `St. Louis`, `vs. cats`.

Library catalogues put ` = ` between a title and its translation.
"""
_SEPARATOR_SIGN = re.compile(r"[:;?!.–—]| [-=]")
"""Any title with a separator has one of these; they are found faster."""
_ELLIPSIS = re.compile(r"\s*(?:…|\.\.\.)$")
_SIGNED_WORD = re.compile(
    r"(?<=\w)\(?[+⁺＋]+(?!\w)|(?:(?<=\b[A-Z])|(?<=\b[A-Z]{2}))\(?[#♯＃](?!\w)"
    r"|(?:(?<=\b[A-Z])|(?<=\b[A-Z]{3}))\*"
)
"""Signs that `normalize` drops although they tell titles apart: `C++`, `C#`, `B+ trees`, `A*`.

Behind a longer word, `#` and `*` are marks of footnotes.
"""
_NAMES_OF_SIGNS = {"+": "plus", "⁺": "plus", "＋": "plus", "*": "star"}
_NOTICE = (
    r"(?:errat(?:um|a)|corrigend(?:um|a)|corrections?|retraction|repl(?:y|ies)|response|comments?"
    r"|commentary|rejoinder|discussion|supplement(?:ary|al)?|addend(?:um|a)|appendix)"
)
_PART = (
    rf"^(?:(?:an?|the|authors?|s|editors?|publisher|invited|our) )*{_NOTICE}\b"
    r"|\b(?:parts?|vol(?:ume)?|no|number|chapter|section|book|edition|version|teil|band|partie|tome"
    r"|parte|tomo|deel)\s+\w+|^\w+ (?:part|teil|partie|parte|deel)$"
    r"|^(?:\d{1,3}|[ivx]+|[a-z])$|^(?:i{1,3}|iv|vi{1,3}|ix)\b"
)
_PART_BEHIND = re.compile(_PART)
"""What follows the title of a work in the title of another: `Part II`, `A Reply`."""
_SERIES = re.compile(
    rf"{_PART}|\b(?:1[6-9]|20)\d\d\b|^(?:an? )?(?:updated?|continued|revisited|sequel|follow up)\b"
)
"""What a subtitle says of another work than the one without it: `Part II`, `2019`, `Reply`."""
_NOTICE_BEFORE = re.compile(
    rf"{_NOTICE}|re|review(?:ed)?|preface|foreword|introduction|index|withdrawal|concern|data(?:set)?"
    r"|code|notes?|letter|editorial|interview|abstract|recommendation|evaluation|correspondence"
    r"|translation|decision"
)
_LINK_BEFORE = re.compile(
    r"an?|the|our|to|on|of|for|from|by|and|s|authors?|editors?|reviewers?|publisher|invited|peer|book"
    r"|article|paper|work|materials?|information|expression|notice|faculty|opinions"
)
"""Words that precede the title of a work in that of another: `Erratum to: Rivers of Asia`."""
_SMALL_WORDS = frozenset(
    ("the", "a", "an", "and", "or", "of", "for", "in", "on", "with", "within", "from", "to", "by",
     "at", "into", "via", "under", "between", "using")
)  # fmt: skip
"""Words in which no title ends; one that does was cut, although it has no ellipsis."""
_ARTICLES = ("the ", "a ", "an ")
_ARTICLE = re.compile(r"\W*(?:the|an?)\s", re.IGNORECASE)
"""An article has a space behind it: `A-stable` and `A*` have none."""
_RETRACTED = ("RETRACTED", "Retracted", "[RETRACTED", "[Retracted", "WITHDRAWN", "Withdrawn")
_RETRACTION = re.compile(
    r"\[?(?:(?i:retracted|withdrawn) (?i:article|paper|chapter)|RETRACTED|Retracted|WITHDRAWN)"
    r"(?:\]:?|:)\s*"
)
"""What publishers write before the title of a paper that is no longer valid."""
_NOT_A_TITLE = re.compile(
    r"[a-z_-]+\s?[:=].*|\S*\S[A-Z\d]\S*|\S+\.\w{2,4}|.*\.(?:pdf|html?|docx?)|.*\ufffd.*"
    r"|(?i:\W*(?:the )?(?:paper|pdf|link|here|doi|article|html|full text|download|code|project"
    r"|preprint|publication|arxiv|website|github|slides|video|blog|abstract|view|read|demo)"
    r"(?: (?:link|page|pdf|here|post))?\W*)"
)
"""What stands for a title in damaged files and listings: `year: 2019`, `BERT`, `a.pdf`, `[PDF]`."""
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
    r"|(?:graphical|visual|poster|conference|meeting) abstracts?|concluding remarks"
    r"|(?:list of|thanks? (?:you )?to (?:our |the )?)?(?:reviewers|referees)|reviewers list"
    r"|acknowledge?ments? (?:of|to) (?:the )?(?:reviewers|referees)|(?:research )?highlights"
    r"|(?:list of|notes on|about the) (?:contributors|authors?)|(?:new )?books(?: received)?"
    r"|(?:instructions|guidelines|information) (?:to|for) (?:authors|contributors)|notices?"
    r"|advertise?ments?|president s (?:message|page|letter)|dedication|copyright(?: page)?"
    r"|(?:list of|index of) (?:figures|tables|abbreviations|authors|participants)|abbreviations"
    r"|(?:conference|meeting|workshop) reports?|calendar of events|special (?:issue|section)"
    r"|introduction to (?:the|this) (?:special )?(?:issue|section|volume)|case reports?|interview"
    r"|(?:editorial )?expression of concern|addend(?:um|a)|withdrawal|opinion|essay|forum|poem"
    r"|(?:opening|closing|welcome) remarks|session details|keynote(?: address)?|panel discussion"
    r"|invited talk|call for papers|current awareness|questions and answers|to the editors?"
    r"|(?:chapter|section|lecture|appendix|unit|session|book)(?= (?:\d|[ivx]+$))"
    r"|vorwort|einleitung|einfuhrung|inhalt(?:sverzeichnis)?|impressum|nachruf|rezension(?:en)?"
    r"|avant propos|sommaire|comptes? rendus?|introduccion|presentacion|resenas?|prologo"
    r"|introduzione|premessa|recensioni|introducao|apresentacao"
    r"|announcements?|calendar|meetings?|appendix|bibliography"
    r"|references|glossary|untitled|title page|frontispiece|presentation|perspectives?|viewpoint"
    r"|welcome(?: message)?|message from the .{0,40}|proceedings|program(?:me)?"
    r"|(?:(?:technical )?program(?:me)? |organizing |steering )?committees?)"
    r"(?: (?:vol(?:ume)?|issue|no|number|part|for|of|the|jan\w*|feb\w*|mar\w*|apr\w*|may|june?"
    r"|july?|aug\w*|sept\w*|oct\w*|nov\w*|dec\w*|spring|summer|autumn|fall|winter|\d+|[ivx]+))*"
)
"""Normalized titles that every journal has, with the number of the issue."""
_VERSION = re.compile(r"(?:[./_-]|(?<=\d))v\d+$|(?<=\d)\.\d$")
"""The version at the end of a DOI of a preprint server: `.v1` of figshare, `.2` of ESSOAr."""
_PREPRINT_DOI = re.compile(
    r"10\.(?:1101/(?:\d{4}\.|\d{6})|2139/ssrn|21203/|20944/preprints|312(?:19|2\d|3[0-6])/|35542/"
    r"|26434/chemrxiv|36227/techrxiv|22541/|7287/peerj\.preprints|48550/|5194/egusphere|64898/"
    r"|6084/m9\.figshare|5194/[a-z]+-.*discuss|5194/(?!essd-)[a-z]+d-|5194/[a-z]+-20\d\d-\d+$"
    r"|33774/|32388/|14293/|1002/essoar|3386/w\d|1590/scielopreprints|12688/|32942/|31730/"
    r"|2196/preprints|3762/bxiv|31124/advance|1038/npre|33767/|34055/|12074/)"
)
"""DOIs of preprint servers: another DOI of the same work may come with its publication."""
_UMLAUT = re.compile(r"(?<=[aou])e(?=\w\w)|(?<=a)a")
"""The letter behind a vowel that stands for its dots or ring: `Mueller`, `Aagaard`."""
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
    ("gramme", "gram"),  # programme
    ("dgement", "dgment"),  # judgement
    ("ageing", "aging"),
    ("scept", "skept"),  # sceptical
    ("inium", "inum"),  # aluminium
    ("plough", "plow"),
    ("tyre", "tire"),
    ("mould", "mold"),
    ("artefact", "artifact"),
    ("practise", "practice"),
    ("grey", "gray"),
)
"""Applied to both titles that are compared, so that a replacement in any other word is harmless."""
_CENTRE = re.compile(r"\b(\w{2,}[btv])re(s?)\b")
"""Centre, fibre, manoeuvre."""


def is_same_by_identifier(one: Paper, other: Paper) -> bool:
    """Return whether two records that share an identifier are one work.

    They are where their titles agree, or one has none. A posting of arXiv or OpenReview may be
    renamed, and lists abbreviate its title: there a similar title is enough, if the authors agree
    where both have any. A record without authors, venue and abstract comes from a listing or a
    damaged file; its title may be wrong. That of a chapter with the DOI of its book is not, so a
    shared DOI alone is only trusted against what looks like no title. A translated title is known
    by a PMID, which a chapter cannot have from its book, or by another script.
    """
    if min(len(one.title), len(other.title)) < _LONGEST_GENERIC and _are_two_items(one, other):
        return False
    if one.title == other.title or not normalize(one.title) or not normalize(other.title):
        return True
    if titles_agree(one.title, other.title) or _is_part_of_title(one.title, other.title):
        return True
    shared = [name for name, value in one.ids.items() if other.ids.get(name) == value]
    bare = [each for each in (one, other) if has_doubtful_title(each)]
    if len(bare) == 1 and (shared != ["doi"] or _NOT_A_TITLE.fullmatch(bare[0].title)):
        return True
    if "pmid" in shared and one.authors and other.authors and _years_agree(one, other):
        shorter, longer = sorted((_words(one.title), _words(other.title)), key=len)
        return not _is_about(longer, shorter) and authors_agree(one.authors, other.authors)
    if _is_in_latin_script(one.title) != _is_in_latin_script(other.title):
        return 0 < len(one.authors) == len(other.authors) and _years_agree(one, other)
    return (
        not set(_POSTINGS).isdisjoint(shared)
        and (not one.authors or not other.authors or authors_agree(one.authors, other.authors))
        and _similarity(normalize(one.title), normalize(other.title)) >= _REWORDED
    )


def is_same_by_title(one: Paper, other: Paper, *, had_same_title: bool = False) -> bool:
    """Return whether two records without a shared identifier are one work.

    `had_same_title` says that they were spelled alike before one got a fuller title.
    """
    if not titles_agree(one.title, other.title):
        return False
    has_same_title = (
        had_same_title or one.title == other.title or normalize(one.title) == normalize(other.title)
    )
    return _agree_beside_title(one, other, has_same_title=has_same_title)


def is_same_as_searched(one: Paper, other: Paper) -> bool:
    """Return whether a record found by its title is the one searched for."""
    a, b = _words(one.title), _words(other.title)
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


def _are_two_items(one: Paper, other: Paper) -> bool:
    """Return whether two records of generic titles have authors that disagree.

    Proceedings have several discussions, each with the DOI of the volume.
    """
    return (
        bool(one.authors and other.authors)
        and one.authors != other.authors
        and is_generic(one.title)
        and is_generic(other.title)
        and not authors_agree(one.authors, other.authors)
    )


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
    title = paper.title
    if title.startswith(_RETRACTED):
        title = _strip_retraction(title)
    beginning = title[:_KEY_SOURCE]
    found = _SEPARATOR.search(beginning) if _SEPARATOR_SIGN.search(beginning) else None
    letters = fold_title(beginning[: found.start()] if found else beginning)[:_KEY_LETTERS]
    return f"~{letters} {paper.authors[0].word_in_key}" if letters else ""


def fold_title(title: str) -> str:
    """Return the letters and digits of a title in one spelling.

    `&` is `and`, `C++` is `C plus plus`, hyphens, spaces and an article at the beginning are
    removed, British spelling is American, Greek letters are spelled out. The result is only good
    for comparing.
    """
    text = _words(title)
    if "tre" in text or "bre" in text or "vre" in text:
        text = _CENTRE.sub(r"\1er\2", text)
    text = text.replace(" ", "")
    if not text.isascii():
        text = text.translate(_GREEK)
    for british, american in _SPELLINGS:
        text = text.replace(british, american)
    return text


def _words(title: str) -> str:
    """Return the normalized words of a title, with signs as words and without a first article."""
    if "&" in title:
        title = title.replace("&", " and ")
    if title.startswith(_RETRACTED):
        title = _strip_retraction(title)
    spelled = title
    if "+" in title or "#" in title or "*" in title or not title.isascii():
        spelled = _SIGNED_WORD.sub(_name_signs, title)
    words = normalize(spelled)
    if words.startswith(_ARTICLES) and _ARTICLE.match(title):
        words = words.partition(" ")[2]
    return words


def _strip_retraction(title: str) -> str:
    """Return a title without `RETRACTED:` or `WITHDRAWN ARTICLE:` before it."""
    found = _RETRACTION.match(title)
    return title[found.end() :] if found else title


def _name_signs(found: re.Match[str]) -> str:
    return "".join(f" {_NAMES_OF_SIGNS.get(sign, 'sharp')} " for sign in found[0].strip("("))


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
    if _ELLIPSIS.search(short) or normalize(short).rpartition(" ")[2] in _SMALL_WORDS:
        return len(letters) >= _MIN_CUT
    for found in _SEPARATOR.finditer(whole):
        main = fold_title(whole[: found.start()])
        if len(main) > len(letters):
            return False
        if main and letters.startswith(main):
            if letters == main:
                return not _SERIES.search(normalize(whole[found.end() :]))
            rest = _last_words(whole, len(all_letters) - len(letters))
            return len(letters) >= len(main) + 4 and not _SERIES.search(rest)
    return False


def _last_words(title: str, count: int) -> str:
    """Return the words at the end of a title that have as many folded letters, or a few more.

    An `x` before them keeps an article at their beginning.
    """
    words = _words(title).split()
    first = len(words) - 1
    while first > 0 and len(fold_title(" ".join(["x", *words[first:]]))) <= count:
        first -= 1
    return " ".join(words[first:])


def is_typo(one: str, other: str) -> bool:
    """Return whether two normalized titles differ by typing errors, and in no number.

    Words whose beginning differs, as `typical` and `atypical`, are two words.
    """
    if not _similarity(one, other, ONE_TYPO) or _numbers(one) != _numbers(other):
        return False
    a, b = one.split(), other.split()
    if len(a) == len(b):
        return all(x == y or _is_misspelling(x, y) for x, y in zip(a, b, strict=True))
    more, fewer = Counter(a), Counter(b)
    is_joined = "".join(a) == "".join(b)
    return is_joined or _SMALL_WORDS.issuperset([*(more - fewer), *(fewer - more)])


def _is_misspelling(one: str, other: str) -> bool:
    from rapidfuzz.distance import OSA

    is_prefixed = one.endswith(other) or other.endswith(one)
    return not is_prefixed and OSA.distance(one, other, score_cutoff=1) <= 1


def authors_agree(one: tuple[Author, ...], other: tuple[Author, ...]) -> bool:
    """Return whether two lists of authors can be of one work.

    The first author of one is in the other, and so is at least half of the shorter list, which may
    be cut.
    """
    if one == other:
        return True
    shorter, longer = sorted((one, other), key=len)
    by_name: defaultdict[str, list[Author]] = defaultdict(list)  # some lists have 3,000 authors
    for author in longer:
        for name in _name_words(author) | _family_names(author):
            by_name[name].append(author)
    is_found = [
        any(
            is_same_person(author, each)
            for name in _name_words(author) | _family_names(author)
            for each in by_name.get(name, ())
        )
        for author in shorter
    ]
    if 2 * sum(is_found) < len(shorter):
        return False
    return is_found[0] or any(is_same_person(longer[0], each) for each in shorter)


@lru_cache(maxsize=4096)
def is_same_person(one: Author, other: Author) -> bool:
    """Return whether two names can be of one person.

    Initials agree with the names they stand for; `Wei Zhang` and `Zhang Wei` are one name, and so
    are `Müller` and `Mueller`, `van der Meer` and `Vandermeer`.
    """
    if one == other or _name_words(one) == _name_words(other):
        return True
    if one.surname != other.surname and _family_names(one).isdisjoint(_family_names(other)):
        return _is_cut_name(one, other) or _is_cut_name(other, one)
    return _given_names_agree(_given_names(one), _given_names(other))


def _is_cut_name(short: Author, whole: Author) -> bool:
    """Return whether one of two family names is missing: `G. García`, `Gabriel García Márquez`."""
    given, all_given = _given_names(short), _given_names(whole)
    family = set(normalize(short.family).split())
    has_more = len(_name_words(whole)) > 2 and family < _name_words(whole)
    return bool(has_more and given and all_given) and given[0][0] == all_given[0][0]


@lru_cache(maxsize=4096)
def _family_names(author: Author) -> frozenset[str]:
    """Return the family name as one word, without and with its particle, umlauts as one letter.

    Of an institution, its initials are among them: `WHO`.
    """
    names = {normalize(name).replace(" ", "") for name in (author.family, author.last_name)}
    if author.is_literal:
        words = normalize(author.family).split()
        names.add("".join(word[0] for word in words if word not in _SMALL_WORDS))
    return frozenset(_UMLAUT.sub("", name) for name in names)


def _given_names(author: Author) -> list[str]:
    """Return the normalized given names; `FG` is two initials."""
    names: list[str] = []
    for name in author.given.split():
        are_initials = name.isupper() and name.isalpha() and len(name) < 4
        names += name.lower() if are_initials else normalize(name).split()
    return names


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
    a, b = sorted((_words(one), _words(other)), key=len)
    if len(a.split()) >= _LONG_TITLE and f" {a} " in f" {b} ":
        return not _is_about(b, a)
    return is_typo(a, b)


def _is_about(title: str, other: str) -> bool:
    """Return whether the words of a title name a notice about the work of the other, or a part."""
    before, found, after = f" {title} ".partition(f" {other} ")
    is_part = _PART_BEHIND.match(after.strip()) is not None
    return bool(found) and (is_part or _precedes_title(before.split()))


def _precedes_title(words: list[str]) -> bool:
    """Return whether words before the title of a work make it the title of a notice about it."""
    notices = list(filter(_NOTICE_BEFORE.fullmatch, words))
    links = list(filter(_LINK_BEFORE.fullmatch, words))
    return bool(notices) and len(notices) + len(links) == len(words)


def _is_in_latin_script(title: str) -> bool:
    """Return whether most letters of a title are Latin; accents do not matter."""
    letters = normalize(title).replace(" ", "")
    return 2 * sum(map(str.isascii, letters)) > len(letters)


def _similarity(one: str, other: str, cutoff: float = 0.0) -> float:
    from rapidfuzz import fuzz  # an import that adds nothing similar does not wait for it

    if cutoff:
        return fuzz.ratio(one, other, score_cutoff=cutoff)
    return fuzz.token_set_ratio(one, other)


def _numbers(title: str) -> list[str]:
    return sorted(word for word in title.split() if _NUMBER.fullmatch(word))

"""The text of a daily-papers page, as copied from a browser: titles and abstracts in turn.

The words of the site ("Subscribe", "new", numbers of votes) are skipped; a line such as "May 7" is
the day on which the papers below it were listed. A block is an abstract if it is long or ends
like a sentence, so a missing one affects only its paper.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import BinaryIO

from tui.core.listing import Listing
from tui.core.paper import Paper
from tui.core.text import clean_line, shorten
from tui.sources.dates import parse_page_date
from tui.sources.decoding import decode_head
from tui.sources.engines.whole_text import read_text
from tui.sources.engines.xml import root_element
from tui.sources.formats.title_list import HEADERS
from tui.sources.interface import FunctionFormat, Record, RejectedRecord

_PAGE_WORDS = re.compile(
    r"new|subscribe|upvotes?|previous|next|today|daily papers|trending papers|papers|login|sign up"
    r"|get trending papers in your email inbox!?|by\s?\W?(?P<by>ak and the research community)"
    r"|(?:submitted|published) (?:by|on) .{1,60}|\d[\d.,]*k?|[·•|–—-]+|load more|view all"
    r"|(?:github|arxiv page|project page|pdf|video)(?:\s+[\d.,]+k?)?|© .{1,60}|tos|privacy|about",
    re.IGNORECASE,
)
_TAGGED_LINE = re.compile(
    r"^\W{0,2}[A-Z][A-Z0-9]\W{1,4}\S|^(?:By|Date|URL|Keywords|JEL|From|To|Subject):\s",
    re.MULTILINE,
)
"""Lines that begin with a tag: an export of some program, never a page."""
_OTHER_TEXT = re.compile(
    r"#|<|\[!|\.\. |>>> |---|[-*+•] |\d+[.)] |```|\||(?:dear|hi|hello|hey)\b.{0,40}$"
    r"|[^\n]{0,200}?[=~-]{6}|[^\n]{0,200}?\b(?:copyright|licen[sc]e|redistribut|warrant(?:y|ies))\b",
    re.IGNORECASE,
)
"""How a block of Markdown, of a letter or a licence begins, and no title or abstract does."""
_SITE_WORDS = re.compile(
    r"subscribe|upvotes?|(?:daily|trending) papers|get trending papers.*|by\s?\W?ak and the .*"
    r"|(?:submitted|published) (?:by|on) .{1,60}|arxiv page|view all|load more",
    re.IGNORECASE,
)
"""Words that only such a site has; many texts have lines with a number or a dash."""
_NOT_PROSE = re.compile(
    r"[{}=<>\\@\"]|::|\w\(|/\*|//|;|:$|--|__|\s\* |^\W*[a-z_]+\b[^\w\s]|\(A-Z"
    r"|^(?:from|import|class|def)\b|^[A-Z ]+$"
)
"""What titles hardly have, and lines of programs, logs and control files do."""
_AVERAGE_ABSTRACT = 200
"""Characters that abstracts have on average at least, where only their order shows a page."""
_ABSTRACT_LENGTH = 400
"""Characters from which a block is an abstract, however it ends."""
_SENTENCE_END = re.compile(r"[.!…。][\"'”’)\]]*$")


@dataclass(frozen=True, slots=True)
class _Block:
    line: int
    text: str

    @property
    def is_abstract(self) -> bool:
        if len(self.text) > _ABSTRACT_LENGTH:
            return True
        return bool(_SENTENCE_END.search(self.text)) and (
            self.text.count(" ") >= 7 or self.text.endswith("。")
        )


def sniff(head: bytes) -> bool:
    """A page has the site's words or a date, or titles and abstracts alternate from its start."""
    text = decode_head(head)
    if root_element(head):
        return False
    if HEADERS.match(text) or len(_TAGGED_LINE.findall(text)) > text.count("\n") // 6:
        return False
    blocks = list(_blocks(text))
    if sum(bool(_OTHER_TEXT.match(block.text)) for block in blocks) * 20 > len(blocks):
        return False
    content = [b for b in blocks if not _PAGE_WORDS.fullmatch(b.text) and not _names_day(b)]
    shape = [block.is_abstract for block in content]
    pairs = sum(not a and b for a, b in pairwise(shape))
    titles = [block.text for block in content if not block.is_abstract]
    odd = sum(_NOT_PROSE.search(title) is not None for title in titles)
    shows_site = any(_names_day(b) or _SITE_WORDS.fullmatch(b.text) for b in blocks)
    if shows_site and pairs * 4 > len(shape) and odd * 10 <= len(titles):
        return True
    abstracts = [block.text for block in content if block.is_abstract]
    if odd or re.search(r"[{}]|\(\)|;\n", text):
        return False
    if sum(map(len, abstracts)) < _AVERAGE_ABSTRACT * len(abstracts):
        return False
    return pairs > 0 and len(shape) - 2 * pairs <= 1 and not shape[0]


def _names_day(block: _Block) -> bool:
    return parse_page_date(block.text, date.today()) is not None


def read(stream: BinaryIO, where: str, today: date) -> Iterator[Record]:
    """Yield the papers of the page, in its order, each with its place among those of its day."""
    listed = by = ""
    rank = 0
    title: _Block | None = None
    for block in _blocks(read_text(stream)):
        day = parse_page_date(block.text, today)
        if day:
            listed, rank = day.isoformat(), 0
        elif words := _PAGE_WORDS.fullmatch(block.text):
            by = words["by"] or by
        elif not block.is_abstract:
            if title:
                yield _no_abstract(title, where)
            title = block
        elif title is None:
            why = f"an abstract without a title: “{block.text[:40].rstrip()}…”"
            yield RejectedRecord(f"{where}:{block.line}", why)
        else:
            rank += 1
            listings = (Listing(listed, rank=rank, by=by),) if listed else ()
            yield Paper(title.text, abstract=block.text, listings=listings)
            title = None
    if title:
        yield _no_abstract(title, where)


def _no_abstract(title: _Block, where: str) -> RejectedRecord:
    why = f"no abstract follows the title “{shorten(title.text, 80)}”"
    return RejectedRecord(f"{where}:{title.line}", why)


def _blocks(text: str) -> Iterator[_Block]:
    """Yield the blocks of a page between its blank lines; without any, each line is one."""
    lines = text.split("\n")
    has_blank_lines = any(not line.strip() for line in lines[:-1])
    waiting: list[str] = []
    first = 0
    for number, raw in enumerate([*lines, ""], 1):
        line = clean_line(raw)
        if line:
            if not waiting:
                first = number
            waiting.append(line)
        if waiting and (not line or not has_blank_lines):
            yield _Block(first, " ".join(waiting))
            waiting = []


FORMAT = FunctionFormat("page", "the text of a daily-papers page", sniff, read)

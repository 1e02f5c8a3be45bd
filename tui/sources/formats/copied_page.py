"""The text of a daily-papers page, as copied from a browser: titles and abstracts in turn.

Chrome ("Subscribe", "new", numbers of votes) is passed over, a line such as "May 7" is the day
the papers after it were listed. A block is an abstract if it is long or ends like a sentence, so
one that is missing costs its own paper only: the rest of the page stays in step.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import BinaryIO

from tui.core.paper import Paper
from tui.core.text import clean_line, shorten
from tui.sources.base import MAX_DOCUMENT, Format, Record, RejectedRecord
from tui.sources.dates import parse_page_date
from tui.sources.decoding import decode, decode_head
from tui.sources.engines.xml import root_element

_CHROME = re.compile(
    r"new|subscribe|upvotes?|previous|next|today|daily papers|trending papers|papers|login|sign up"
    r"|get trending papers in your email inbox!?|by\s?\W?ak and the research community"
    r"|(?:submitted|published) (?:by|on) .{1,60}|\d[\d.,]*k?|[·•|–—-]+|load more|view all"
    r"|(?:github|arxiv page|project page|pdf|video)(?:\s+[\d.,]+k?)?|© .{1,60}|tos|privacy|about",
    re.IGNORECASE,
)
_TAGS = re.compile(
    r"^\W{0,2}[A-Z][A-Z0-9]\W{1,4}\S|^(?:By|Date|URL|Keywords|JEL|From|To|Subject):\s",
    re.MULTILINE,
)
"""Lines that begin with a tag: an export of some program, never a page."""
_OF_A_TEXT = re.compile(
    r"#|<|\[!|\.\. |>>> |[-*+•] |\d+[.)] |```|\||(?:dear|hi|hello|hey)\b.{0,40}$"
    r"|[^\n]{0,200}?[=~-]{6}|[^\n]{0,200}?\b(?:copyright|licen[sc]e|redistribut|warrant(?:y|ies))\b",
    re.IGNORECASE,
)
"""How a block of Markdown, of a letter or a licence begins, and no title or abstract."""
_ABSTRACT = 60
"""Characters that abstracts have on average, where nothing but their order tells a page."""
_SENTENCE_END = re.compile(r"[.!…。][\"'”’)\]]*$")


@dataclass(frozen=True, slots=True)
class _Block:
    line: int
    text: str

    @property
    def is_abstract(self) -> bool:
        if len(self.text) > 400:
            return True
        return bool(_SENTENCE_END.search(self.text)) and (
            self.text.count(" ") >= 7 or self.text.endswith("。")
        )


def sniff(head: bytes) -> bool:
    """A page shows its chrome or its date, or alternates titles and abstracts from the start."""
    text = decode_head(head)
    if root_element(head):
        return False
    if len(_TAGS.findall(text)) > text.count("\n") // 6:
        return False
    blocks = list(_blocks(text))
    if sum(bool(_OF_A_TEXT.match(block.text)) for block in blocks) * 20 > len(blocks):
        return False
    told = [block for block in blocks if not _is_chrome(block)]
    shape = [block.is_abstract for block in told]
    pairs = sum(not a and b for a, b in pairwise(shape))
    if len(shape) < len(blocks) and pairs * 4 > len(shape):
        return True
    abstracts = [block.text for block in told if block.is_abstract]
    if sum(map(len, abstracts)) < _ABSTRACT * len(abstracts):
        return False
    return pairs > 0 and len(shape) - 2 * pairs <= 1 and not shape[0]


def _is_chrome(block: _Block) -> bool:
    text = block.text
    return bool(_CHROME.fullmatch(text)) or parse_page_date(text, date.today()) is not None


def read(stream: BinaryIO, where: str, today: date) -> Iterator[Record]:
    """The papers of a page, in its order."""
    data = stream.read(MAX_DOCUMENT + 1)
    if len(data) > MAX_DOCUMENT:
        yield RejectedRecord(
            where, f"larger than {MAX_DOCUMENT >> 20} MiB, too large for a page of papers"
        )
        return
    listed = ""
    title: _Block | None = None
    for block in _blocks(decode(data)):
        day = parse_page_date(block.text, today)
        if day or _CHROME.fullmatch(block.text):
            if day:
                listed = day.isoformat()
            continue
        if not block.is_abstract:
            if title:
                yield _no_abstract(title, where)
            title = block
        elif title is None:
            start = block.text[:40].rstrip()
            yield RejectedRecord(
                f"{where}:{block.line}", f"an abstract without a title: “{start}…”"
            )
        else:
            yield Paper(title.text, abstract=block.text, listed=listed)
            title = None
    if title:
        yield _no_abstract(title, where)


def _no_abstract(title: _Block, where: str) -> RejectedRecord:
    start = shorten(title.text, 80)
    return RejectedRecord(f"{where}:{title.line}", f"no abstract follows the title “{start}”")


def _blocks(text: str) -> Iterator[_Block]:
    """The cleaned blocks of a page, parted by blank lines; without any, each line is one."""
    lines = re.split(r"\r\n|\n|\r", text)
    parted = any(not line.strip() for line in lines[:-1])
    waiting: list[str] = []
    first = 0
    for number, raw in enumerate([*lines, ""], 1):
        line = clean_line(raw)
        if line:
            if not waiting:
                first = number
            waiting.append(line)
        if waiting and (not line or not parted):
            yield _Block(first, " ".join(waiting))
            waiting = []


FORMAT = Format("page", "the text of a daily-papers page", sniff, read)

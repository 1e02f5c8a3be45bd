r"""Entries of BibTeX and BibLaTeX; an invalid entry does not affect the others.

An entry is scanned once from its start to its end, so that the time grows with the length of the
file alone. Common mistakes are repaired: missing and double commas, comments between fields, quotes
inside quotes. An entry that inherits (`crossref`, `xdata`) waits for the end of the file, because
its parent may follow it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import BinaryIO

from tui.sources.decoding import split_stream
from tui.sources.interface import MAX_LINE, RejectedRecord

ENTRY = re.compile(r"^[ \t]*['\"“‘]?@\s*[A-Za-z]\w*\s*[{(]", re.MULTILINE)
"""The start of an entry on a line; one that is still open there has no end."""
_START = re.compile(r"^[ \t]*%[^\n]*|@\s*([A-Za-z]\w*)\s*([{(])\s*", re.MULTILINE)
"""The start of an entry, or a line of comment, which may have an entry that is switched off."""
_BETWEEN = r"(?:[\s,]|%[^\n]*+\n)*+"
"""Commas, blanks and comments between two fields."""
_KEY = re.compile(r"[^,={}]*+")
_FIELD = re.compile(_BETWEEN + r"([^\s,={}\"#%()]++)\s*+=\s*+")
_END = re.compile(_BETWEEN + r"(?:%[^\n]*+\Z)?+([})]?)")
_FIELD_LINE = re.compile(r"\s*([A-Za-z][\w-]*)\s*=\s*(?=\S)")
_CLOSING = {"{": "}", "(": ")", '"': '"'}
_NOT_ENTRIES = frozenset(("comment", "preamble"))
_NOT_INHERITED = frozenset(
    ("title", "subtitle", "titleaddon", "author", "abstract", "doi", "url", "eprint")
)
"""Fields of the parent alone: the title of proceedings is not that of a paper in them."""
_PARTS_OF_BOOKS = frozenset(("inbook", "bookinbook", "suppbook", "book"))
"""Parts that are by the author of their book; a book may be a volume of another one."""
_LEAF_KINDS = frozenset(("article", "inproceedings", "conference", "incollection", "phdthesis"))
_LEAF_FIELDS = frozenset(
    ("title", "journal", "journaltitle", "booktitle", "year", "date", "publisher")
)
"""The fields kept of articles and similar entries: most of a file, and rarely parents."""
_MAX_ANCESTORS = 4
"""Parents of parents that an entry inherits from: a chapter, its volume, the whole work."""
_MAX_PARENTS = 8
"""Keys of one `xdata` or `crossref` that are followed."""
_MAX_HELD = 100_000
"""Entries that are kept as parents, and that may wait for theirs: memory stays bounded."""

Strings = dict[str, str]

MONTHS: Strings = {
    "jan": "January", "feb": "February", "mar": "March", "apr": "April", "may": "May",
    "jun": "June", "jul": "July", "aug": "August", "sep": "September", "oct": "October",
    "nov": "November", "dec": "December",
}  # fmt: skip
"""The strings that every style file of BibTeX defines."""
_SIMPLE_VALUE = re.compile(r"\{([^{}\\]*+)}(?=\s*+,)")
"""A text without braces and commands inside, as most are."""
_SIGN = {
    "}": re.compile(r"\\.|[{}]", re.DOTALL),
    '"': re.compile(r"\\.|[{}\"]", re.DOTALL),
    ")": re.compile(r"\\.|[{})]", re.DOTALL),
}
"""The signs that matter in a text with this end."""
_BRACE = _SIGN["}"]
_AFTER_VALUE = re.compile(r"\s*+(?:[,#%})]|\Z|[A-Za-z][\w-]*+\s*+=)")
"""What follows the quote or brace that ends a text. Any other quote or brace is part of the text:
people write `"The "Big" Book"`, and one brace too many in an abstract."""
_JOIN = re.compile(r"\s*+#\s*+")
_BARE = {"}": re.compile(r"[^#,{}\"\n]++"), ")": re.compile(r"[^#,{}\"\n)]++")}

Fields = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry of a file, with what it inherits."""

    place: str
    """Where it begins, for messages."""
    kind: str
    """`article`, `misc`, … in lower case."""
    key: str
    """The citation key, which may be empty."""
    fields: Fields
    """The texts of the fields, by their names in lower case."""


def read_entries(stream: BinaryIO, where: str) -> Iterator[Entry | RejectedRecord]:
    """Yield each entry, and what cannot be read; entries with a parent come last."""
    strings: Strings = dict(MONTHS)
    parents: dict[str, Entry] = {}
    waiting: list[Entry] = []
    for line, text in split_stream(stream, ENTRY):
        for entry in _parse(text, line, where, strings):
            if isinstance(entry, RejectedRecord):
                yield entry
                continue
            if len(parents) < _MAX_HELD:
                inheritable = replace(entry, fields=_inheritable(entry))
                parents.setdefault(entry.key.lower(), inheritable)
            inherits = "crossref" in entry.fields or "xdata" in entry.fields
            if inherits and len(waiting) < _MAX_HELD:
                waiting.append(entry)
            else:
                yield entry
    for entry in waiting:
        yield replace(entry, fields=_with_inherited(entry, parents))


def _parse(text: str, line: int, where: str, strings: Strings) -> Iterator[Entry | RejectedRecord]:
    """Yield the entries of a piece of the file, and add its `@string`s to `strings`."""
    if len(text) >= MAX_LINE:
        yield RejectedRecord(f"{where}:{line}", f"an entry of more than {MAX_LINE >> 20} MiB")
        return
    counted = limit = 0
    found = _START.search(text)
    while found:
        start, kind, at = found.start(), (found[1] or "").lower(), found.end()
        if not kind:
            found = _START.search(text, at)
            continue
        line, counted = line + text.count("\n", counted, start), start
        if limit <= start:
            following = ENTRY.search(text, at)
            limit = following.start() if following else len(text)
        entry = _Scanner(text, at, limit, _CLOSING[found[2]], strings)
        if kind in _NOT_ENTRIES:
            entry.skip()
        elif kind == "string":
            entry.read_fields()
            strings.update(entry.fields)
        else:
            error = entry.read()
            if not error:
                yield Entry(f"{where}:{line}", kind, entry.key, entry.fields)
            else:
                yield RejectedRecord(f"{where}:{line}: entry “{entry.key}”", error)
        found = _START.search(text, max(entry.at, at))


class _Scanner:
    """Reads one entry, from behind its opening brace up to `limit`, where the next one begins."""

    def __init__(self, text: str, at: int, limit: int, closing: str, strings: Strings) -> None:
        self.at = at
        """Where to read on; in the end, behind the entry."""
        self.key = ""
        self.fields: dict[str, str] = {}
        self._text = text
        self._limit = limit
        self._closing = closing
        self._strings = strings

    def skip(self) -> None:
        """Go behind the entry; it may have any text in it."""
        end = find_end_of_text(self._text, self.at, self._closing, self._limit, anywhere=True)
        self.at = self._limit if end < 0 else end + 1

    def read(self) -> str:
        """Read key and fields. Return why the entry cannot be read, an empty text if it can."""
        self._read_key()
        start = self.at
        error = self.read_fields()
        if error and (repaired := _repair_fields(self._text[start : self._limit], self._strings)):
            self.fields, self.at = repaired, self._limit
            return ""
        if error:
            self.at = self._limit
        return error

    def _read_key(self) -> None:
        """Read the key; without one, the first field follows at once."""
        found = _KEY.match(self._text, self.at, self._limit)
        before = found[0] if found else ""
        following = self._text[self.at + len(before) : self.at + len(before) + 1]
        if following == "=":  # a field without a key, or a key without a comma
            words = before.split()
            self.key = words[0] if len(words) > 1 else ""
            self.at += before.rstrip().rfind(words[-1]) if words else 0
            return
        if following == self._closing or following == ",":
            self.key = before.strip()
        self.at += len(before)

    def read_fields(self) -> str:
        """Read the fields up to the end of the entry; of a repeated one the first that has text.

        Return why the entry cannot be read, an empty text if it can.
        """
        while found := _FIELD.match(self._text, self.at, self._limit):
            name = found[1].lower()
            value, end = parse_value(
                self._text, found.end(), self._limit, self._closing, self._strings
            )
            if end < 0:
                return "the entry has no end: a brace or quote is not closed"
            if not self.fields.get(name):
                self.fields[name] = value
            self.at = end
        if (found := _END.match(self._text, self.at, self._limit)) and found[1]:
            self.at = found.end()
            return "" if found[1] == self._closing else "the entry is broken: it has no end"
        rest = self._text[found.end() if found else self.at : self._limit].strip()
        if not rest:
            return "the entry has no end: a brace or quote is not closed"
        return f"the entry is broken: no field at “{' '.join(rest[:40].split())}”"


def _inheritable(entry: Entry) -> Fields:
    """Return what a child may take from an entry."""
    is_leaf = entry.kind in _LEAF_KINDS
    return {
        name: text
        for name, text in entry.fields.items()
        if (name in _LEAF_FIELDS if is_leaf else name != "abstract")
    }


def _with_inherited(entry: Entry, parents: Mapping[str, Entry], depth: int = 0) -> Fields:
    """Add what the parents have: all of an `xdata`; the title of a `crossref` is the book's."""
    full = dict(entry.fields)
    for relation in ("xdata", "crossref"):
        keys = entry.fields.get(relation, "").split(",")[:_MAX_PARENTS]
        for key in keys if depth < _MAX_ANCESTORS else ():
            if (parent := parents.get(key.strip().lower())) is None or not key.strip():
                continue
            fields = _with_inherited(parent, parents, depth + 1)
            if relation == "crossref":
                book = {name: text for name, text in fields.items() if name not in _NOT_INHERITED}
                if entry.kind in _PARTS_OF_BOOKS and "author" in fields:
                    book["author"] = fields["author"]
                own_title = parent.fields.get("booktitle") or parent.fields.get("title")
                fields = {**book, "booktitle": own_title or fields.get("booktitle", "")}
            full = {**fields, **full}
    return full


def _repair_fields(source: str, strings: Strings) -> dict[str, str] | None:
    """Read the fields of an entry that cannot be scanned by its lines.

    Most programs write one field on each line. Where an abstract has a brace too many, the starts
    of the lines still show where each field begins. None if the entry is laid out in any other
    way: it must be rejected, not guessed at.
    """
    first, _, body = source.partition("\n")
    body = body.rstrip()
    if first.strip(" \t,") or not body.endswith(("}", ")")):
        return None
    sources: dict[str, str] = {}
    name = ""
    for line in body[:-1].rstrip().split("\n"):
        text = sources.get(name, ",").removesuffix(",")
        begins = _FIELD_LINE.match(line)
        # An abstract has lines with `=` too, but they do not follow its end.
        if begins and text.endswith(_CLOSING.get(text[:1], text[-1:])):
            name = begins[1].lower()
            sources[name] = line[begins.end() :].rstrip()
        elif name:
            sources[name] += f"\n{line.rstrip()}"
    fields: dict[str, str] = {}
    for name, text in sources.items():
        text = text.removesuffix(",")
        closing = _CLOSING.get(text[:1])
        if closing and (len(text) < 2 or text[-1] != closing):
            return None
        inside = text[1:-1] if closing else parse_value(text, 0, len(text), "}", strings)[0]
        fields[name] = inside if is_balanced(inside) else without_braces(inside)
    return fields or None


def parse_value(
    source: str, at: int, limit: int, closing: str, strings: Strings
) -> tuple[str, int]:
    """Return the text of the value that begins at `at`, and where it ends; -1 if it has no end.

    A value is texts in braces or quotes, numbers and names of strings, joined by `#`.
    `closing` ends the entry. The name of an unknown string stands for itself.
    """
    if simple := _SIMPLE_VALUE.match(source, at, limit):
        return simple[1], simple.end()
    parts: list[str] = []
    while at < limit:
        sign = source[at]
        if sign in '{"':
            end = find_end_of_text(source, at + 1, "}" if sign == "{" else sign, limit)
            if end < 0:
                return "", -1
            text = source[at + 1 : end]
            parts.append(text if is_balanced(text) else without_braces(text))
            at = end + 1
        elif bare := _BARE[closing].match(source, at, limit):
            name = bare[0].strip()
            parts.append(strings.get(name.lower(), name))
            at = bare.end()
        if not (joined := _JOIN.match(source, at, limit)):
            break
        at = joined.end()
    return "".join(parts), at


def find_end_of_text(source: str, at: int, closing: str, limit: int, anywhere: bool = False) -> int:
    """Find where the text that begins at `at` is closed; -1 if that is not before `limit`.

    What follows must be able to follow a value, unless the text may end `anywhere`.
    """
    depth = 0
    for found in _SIGN[closing].finditer(source, at, limit):
        sign = found[0]
        is_end = sign == closing and depth <= 0
        if is_end and (anywhere or _AFTER_VALUE.match(source, found.end(), limit)):
            return found.start()
        if sign == "{":
            depth += 1
        elif sign == "}":
            depth -= 1
    return -1


def split_outside_braces(source: str, separator: str) -> list[str]:
    """Split where the regular expression `separator` matches outside all braces."""
    parts: list[str] = []
    start = depth = 0
    for found in re.finditer(rf"\\.|[{{}}]|{separator}", source, re.DOTALL | re.IGNORECASE):
        if found[0] in "{}":
            depth = max(0, depth + (1 if found[0] == "{" else -1))
        elif depth == 0 and not found[0].startswith("\\"):
            parts.append(source[start : found.start()])
            start = found.end()
    return [*parts, source[start:]]


def is_one_group(source: str) -> bool:
    """Whether the brace that begins a text closes at its very end, as `{World Bank}`."""
    return source[:1] == "{" and source[-1:] == "}" and is_balanced(source[1:-1])


def is_balanced(text: str) -> bool:
    """Whether every brace of a text has its partner."""
    depth = 0
    for found in _BRACE.finditer(text) if "{" in text or "}" in text else ():
        depth += {"{": 1, "}": -1}.get(found[0], 0)
        if depth < 0:
            return False
    return depth == 0


def without_braces(text: str) -> str:
    """Return a text without its braces, but for escaped ones."""
    return _BRACE.sub(lambda found: found[0] if len(found[0]) > 1 else "", text)

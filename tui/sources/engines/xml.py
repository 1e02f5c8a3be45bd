"""Records of an XML stream, each cut out and parsed by itself with defusedxml.

So memory is one record's, a broken record costs itself only, and neither a bomb of entities nor
a reference to a file can do anything: no declaration reaches the parser. Prefixes are taken off,
for people write them as they like; names alone say what is what.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO
from xml.etree.ElementTree import Element, ParseError

from tui.sources.base import MAX_LINE, RejectedRecord
from tui.sources.decoding import decode_head, decode_stream

_PROLOG = re.compile(r"\s*(?:<\?.*?\?>|<!--.*?-->|<!DOCTYPE(?:[^<>\[]|\[.*?\])*>)", re.DOTALL)
_ROOT = re.compile(r"\s*<(?:[\w.-]+:)?([A-Za-z_][\w.-]*)([^<>]*)>?")
_ATTRIBUTES = r"(?:\s(?:[^<>\"']++|\"[^\"<]*+\"|'[^'<]*+')*+|(?:\s[^<>]*)?)"
"""What stands in a tag: a value in quotes may hold a `>`; where quotes are odd, none does."""
_TAG = re.compile(r"<[A-Za-z/_][^<>]*>")
_PREFIX = re.compile(r"^(</?)[\w.-]+:")
_XMLNS = re.compile(r"\sxmlns(?::[\w.-]+)?\s*=\s*(?:\"[^\"]*\"|'[^']*')")
_COLON = re.compile(r"(\s[\w.-]+):([\w.-]+\s*=)")
_AMPERSAND = re.compile(r"&(?!(?:amp|lt|gt|quot|apos|#\d{1,7}|#x[0-9a-fA-F]{1,6});)(\w{1,32};)?")
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_WRAPPERS = 2
"""Records of one name within each other that are looked into."""
_KEPT = frozenset(("sub", "sup", "i", "b", "em", "strong", "p", "br", "inf"))
"""Tags inside a text that `tui.sources.markup` understands."""


@dataclass(frozen=True, slots=True)
class Found:
    """A record, or the start of something that holds records."""

    name: str
    element: Element
    place: str


def root_element(head: bytes) -> tuple[str, str]:
    """The name of the first element without prefix, and its attributes; empty if this is no XML."""
    text = decode_head(head).lstrip()
    if not text.startswith("<"):
        return "", ""
    at = 0
    while found := _PROLOG.match(text, at):
        at = found.end()
    element = _ROOT.match(text, at)
    return (element[1], element[2]) if element else ("", "")


def records(
    stream: BinaryIO, where: str, names: tuple[str, ...], heads: tuple[str, ...] = ()
) -> Iterator[Found | RejectedRecord]:
    """Each element of one of `names`, whole; of one of `heads`, its start with its attributes."""
    wanted = "|".join(names + heads)
    start = re.compile(
        rf"<!--|<!\[CDATA\[|<(?P<prefix>[\w.-]+:)?(?P<name>{wanted})(?P<rest>{_ATTRIBUTES})>"
    )
    ends = {name: re.compile(rf"</(?:[\w.-]+:)?{name}\s*>") for name in names}
    buffer, line, done = "", 1, False
    pieces = decode_stream(stream, xml=True)

    def more() -> bool:
        nonlocal buffer, done
        piece = next(pieces, None)
        done = piece is None
        buffer += piece or ""
        return not done

    at = wrappers = 0
    while True:
        found = start.search(buffer, at)
        if not found:
            keep = buffer.rfind("<", max(at, len(buffer) - 4096))
            cut = len(buffer) if keep < 0 else keep
            line += buffer.count("\n", 0, cut)
            buffer, at = buffer[cut:], 0
            if not more():
                return
            continue
        line += buffer.count("\n", 0, found.start())
        buffer = buffer[found.start() :]
        at, name = found.end() - found.start(), found["name"]
        if name is None or name in heads or found["rest"].endswith("/"):
            if name is None:
                closed = "-->" if found[0] == "<!--" else "]]>"
                while (end := buffer.find(closed, at)) < 0 and len(buffer) < MAX_LINE and more():
                    continue
                at = end + 3 if end >= 0 else at
            elif name in heads:
                yield _found(name, found[0].rstrip("/>") + "/>", f"{where}:{line}")
            continue
        scanned = at
        while not (end_tag := ends[name].search(buffer, scanned)) and len(buffer) < MAX_LINE:
            scanned = max(at, len(buffer) - len(name) - 64)
            if not more():
                break
        if end_tag:
            record = _found(name, buffer[: end_tag.end()], f"{where}:{line}")
            if (
                isinstance(record, RejectedRecord)
                and wrappers < _WRAPPERS
                and _starts(name).search(buffer, at, end_tag.start())
            ):
                wrappers += 1  # it only wraps one of its own name, as SRU and OAI do with MARC
                continue
            wrappers = 0
            yield record
            at = end_tag.end()
        elif done:
            yield RejectedRecord(f"{where}:{line}", f"the file ends inside this <{name}>")
            return
        else:
            yield RejectedRecord(f"{where}:{line}", f"a record of more than {MAX_LINE >> 20} MiB")


def _starts(name: str) -> re.Pattern[str]:
    return re.compile(rf"<(?:[\w.-]+:)?{name}[\s>]")


def _found(name: str, source: str, place: str) -> Found | RejectedRecord:
    from defusedxml import DefusedXmlException  # type: ignore[import-untyped]
    from defusedxml.ElementTree import fromstring  # type: ignore[import-untyped]

    try:
        return Found(name, fromstring(_plain(source), forbid_dtd=True), place)
    except ParseError as error:
        return RejectedRecord(place, f"broken XML in <{name}>: {str(error).split(':')[0]}")
    except (DefusedXmlException, ValueError, RecursionError) as error:
        return RejectedRecord(place, f"XML that is not read in <{name}>: {error}")


def _plain(source: str) -> str:
    """XML without namespaces, without entities of its own, without control characters."""
    source = _CONTROL.sub("", source)
    if "&" in source:
        source = _AMPERSAND.sub(_character, source)
    return _TAG.sub(_tag, source) if ":" in source or "xmlns" in source else source


def _character(found: re.Match[str]) -> str:
    if found[1]:
        text = html.unescape(found[0])
        if text != found[0]:
            return html.escape(text)
    return "&amp;" + (found[1] or "")


def _tag(found: re.Match[str]) -> str:
    tag = found[0]
    if ":" not in tag and "xmlns" not in tag:
        return tag
    return _COLON.sub(r"\1_\2", _XMLNS.sub("", _PREFIX.sub(r"\1", tag)))


def text(element: Element | None, *path: str) -> str:
    """All text in the first element at the path, with the tags that mean something to a reader."""
    for name in path:
        if element is None:
            return ""
        element = next((child for child in element.iter(name) if child is not element), None)
    return _inner(element).strip() if element is not None else ""


def every(element: Element, name: str) -> list[str]:
    """The text of each element of that name below."""
    return [found for child in element.iter(name) if (found := _inner(child).strip())]


def _inner(element: Element, depth: int = 0) -> str:
    parts = [element.text or ""]
    for child in element if depth < 50 else ():
        inside = _inner(child, depth + 1)
        tag = str(child.tag).lower()
        if tag in _KEPT:
            inside = f"<{tag}>{inside}</{tag}>"
        elif tag == "math":
            inside = " ".join(inside.split())
        elif tag == "tex-math":
            inside = f"${inside.strip().strip('$')}$"
        parts += [inside, child.tail or ""]
    return "".join(parts)

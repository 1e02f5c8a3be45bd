"""Markdown notes: one file for each paper with YAML front matter, for Obsidian and Zettlr.

Sheaf writes the front-matter fields in `_fields` (to the tags it only adds) and the text between
the two marker lines. Everything else in a file is the user's and stays as it is. A note is found by
its front matter (`sheaf: "arxiv:…"`), whatever its name and its place in the folder.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import chain, count
from pathlib import Path

from tui.catalog.catalog import Catalog
from tui.core.errors import UsageError
from tui.core.files import atomic_file, sync_folder
from tui.core.markdown import escape_markdown, escape_paragraphs, markdown_link
from tui.core.text import clean_line, clean_output
from tui.export.frontmatter import (
    Value,
    list_value,
    replace_fields,
    split_front_matter,
    text_value,
)
from tui.export.item import ExportItem

BEGIN = "<!-- sheaf: each export rewrites this part; write below it -->"
END = "<!-- /sheaf -->"
ID_FIELD = "sheaf"
_HEAD_SIZE = 8192
"""Bytes at the start of a file in which its front matter is looked for."""

_BEGIN = re.compile(r"^<!-- sheaf\b[^\n]*?-->[ \t]*(?=\r?$)", re.MULTILINE)
_END = re.compile(r"^<!-- /sheaf -->[ \t]*(?=\r?$)", re.MULTILINE)
_MARKER = re.compile(r"<!--(?=\s*/?sheaf\b)")
_NOT_IN_FILE_NAME = re.compile(r"[^\w.+-]")
_WINDOWS_DEVICES = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)(?:\..*)?", re.IGNORECASE)


@dataclass(slots=True)
class NotesReport:
    """How many notes an export wrote."""

    new: int = 0
    updated: int = 0
    unchanged: int = 0
    skipped: list[str] = field(default_factory=list)
    """Messages about the files that were not changed."""

    @property
    def written(self) -> int:
        return self.new + self.updated + self.unchanged


def write_notes(
    items: Iterable[ExportItem], folder: Path, catalog: Catalog, *, force: bool
) -> NotesReport:
    """Write or update a note for each paper. Raises UsageError if the folder cannot be used.

    A file of the user with the name of a note is not changed; with `force` the note is put before
    its text.
    """
    folder = folder.expanduser()
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise UsageError(f"{folder}: not a folder for notes: {error.strerror or error}") from error
    notes = _find_notes(folder)
    existing = {row: notes[key] for key, row in reversed(catalog.rows_of(notes).items())}
    note_names = {path.name.lower() for path in notes.values() if path.parent == folder}
    other_names = {path.name.lower() for path in folder.iterdir()} - note_names
    report = NotesReport()
    changed: set[Path] = set()
    for item in items:
        path = existing.get(item.stored.row)
        if path is None:
            path = folder / _free_name(safe_file_name(item.key), note_names)
            if path.name.lower() in other_names and not force:
                report.skipped.append(
                    f"{path}: not written by Sheaf; --force puts the note before its text"
                )
                continue
        note_names.add(path.name.lower())
        if _write_note(item, path, report):
            changed.add(path.parent)
    for parent in changed:
        sync_folder(parent)
    return report


def _free_name(name: str, taken: Container[str]) -> str:
    """Return a file name for a new note that no other note has."""
    names = chain([name], (f"{name}-{number}" for number in count(2)))
    return next(free for each in names if (free := f"{each}.md").lower() not in taken)


def safe_file_name(key: str) -> str:
    """Return a citation key as a file name, without suffix, that every system allows."""
    name = _NOT_IN_FILE_NAME.sub("-", key).strip(".- ") or "paper"
    return f"{name}_" if _WINDOWS_DEVICES.fullmatch(name) else name


def _find_notes(folder: Path) -> dict[str, Path]:
    """Return the notes in a folder and below by the keys of their papers."""
    notes: dict[str, Path] = {}
    for path in sorted(_markdown_files(folder)):
        try:
            with path.open("rb") as file:
                head = file.read(_HEAD_SIZE).decode("utf-8", "ignore")
        except OSError:
            continue
        if f"\n{ID_FIELD}:" not in head:
            continue
        # Long front matter (hundreds of authors) was cut off: the missing last line is added.
        split = split_front_matter(head) or split_front_matter(f"{head}\n---\n")
        if split and (key := text_value(split[1], ID_FIELD)):
            notes.setdefault(key, path)
    return notes


def _markdown_files(folder: Path) -> Iterator[Path]:
    for entry in folder.iterdir():
        if entry.name.startswith("."):  # .obsidian, .trash, .git
            continue
        if entry.is_dir() and not entry.is_symlink():
            yield from _markdown_files(entry)
        elif entry.suffix.lower() == ".md" and entry.is_file():
            yield entry


def _write_note(item: ExportItem, path: Path, report: NotesReport) -> bool:
    """Write a note; return whether the file had to change. Raises UsageError."""
    try:
        before = path.read_bytes() if path.exists() else None
        text = merge_note(before.decode() if before else "", item)
    except (OSError, UnicodeDecodeError) as error:
        why = "not UTF-8" if isinstance(error, UnicodeError) else error.strerror or str(error)
        report.skipped.append(f"{path}: {why}; left as it is")
        return False
    if text is None:
        report.skipped.append(f"{path}: its front matter or Sheaf's part has no end; left as it is")
        return False
    after = text.encode("utf-8", "replace")
    if after == before:
        report.unchanged += 1
        return False
    try:
        with atomic_file(path, sync_name=False) as file:
            file.write(after)
    except OSError as error:
        raise UsageError(f"{path}: cannot be written: {error.strerror or error}") from error
    if before is None:
        report.new += 1
    else:
        report.updated += 1
    return True


def merge_note(before: str, item: ExportItem) -> str | None:
    """Return the text of a note with our parts replaced; None if the note is damaged.

    A note that has our front matter but no markers keeps its text: the user removed the part.
    """
    split = split_front_matter(before)
    if split is None:
        return None
    opening, blocks, rest = split
    line_end = "\r\n" if "\r\n" in before else "\n"
    is_ours = bool(text_value(blocks, ID_FIELD))
    fields = _fields(item)
    tags = next((block for block in blocks if block.key == "tags"), None)
    if tags is not None:
        fields.pop("tags")
        old = list_value(tags.text)
        if old is not None and (more := [tag for tag in _tags(item) if tag not in old]):
            fields["tags"] = [*old, *more]
    head = (opening or f"---{line_end}") + replace_fields(blocks, fields, line_end)
    if not opening:
        rest = f"---{line_end}{rest}"
    if begin := _BEGIN.search(rest):
        end = _END.search(rest, begin.end())
        if end is None:
            return None
        return head + rest[: begin.start()] + _body(item, line_end) + rest[end.end() :]
    if is_ours:
        return head + rest
    closing, _, text = rest.partition("\n")
    gap = line_end if text[:1] != line_end[:1] else ""
    return f"{head}{closing}\n{gap}{_body(item, line_end)}{line_end}{line_end}{text}"


def _fields(item: ExportItem) -> dict[str, Value | None]:
    """Return our front-matter fields; None for those that the paper does not have."""
    paper, mark = item.paper, item.mark
    links = paper.all_links
    return {
        ID_FIELD: item.stored.key,
        "citekey": item.key,
        "title": paper.title,
        "authors": list(paper.author_names) or None,
        "date": paper.date or None,
        "year": int(paper.date[:4]) if paper.date[:4].isdigit() else None,
        "venue": paper.venue or None,
        "arxiv": paper.ids.get("arxiv"),
        "doi": paper.ids.get("doi"),
        "url": links.get("abs"),
        "pdf": links.get("pdf"),
        "code": links.get("code"),
        "read": mark.read,
        "starred": mark.star,
        "rating": mark.rating or None,
        "tags": _tags(item) or None,
    }


def _tags(item: ExportItem) -> list[str]:
    """Return the tags without spaces, which Obsidian does not allow."""
    return ["-".join(clean_line(tag).split()) for tag in item.mark.tags]


def _body(item: ExportItem, line_end: str) -> str:
    """Return our part of the text, with its markers."""
    paper = item.paper
    links = [markdown_link(name, url) for name, url in paper.all_links.items()]
    facts = [escape_markdown(paper.venue), paper.date, *links]
    parts = [
        f"{BEGIN}\n# {escape_markdown(paper.title)}",
        escape_paragraphs(", ".join(paper.author_names)),
        " · ".join(fact for fact in facts if fact),
        escape_paragraphs(paper.abstract),
        f"## Note\n\n{_MARKER.sub('<!- -', item.note)}" if item.note else "",
    ]
    text = clean_output("\n\n".join(part for part in parts if part))
    return f"{text}\n\n{END}".replace("\n", line_end)

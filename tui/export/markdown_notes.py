"""Markdown notes: one file a paper with YAML front matter, as Obsidian and Zettlr read it.

What is ours: the front-matter keys in `_ours` (tags are only ever added to) and what stands between
the two marker lines. Everything else in a file is the user's and stays as it is, to the byte. A
note is found again by its front matter (`sheaf: "arxiv:…"`), under whatever name in the folder.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Container, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import chain, count
from pathlib import Path

from tui.catalog.catalog import Catalog
from tui.core.errors import UsageError
from tui.export import frontmatter
from tui.export.files import settle, whole_file
from tui.export.frontmatter import Value
from tui.export.item import ExportItem
from tui.export.markdown_list import escape_markdown, escape_paragraphs, markdown_link

BEGIN = "<!-- sheaf: written anew by each export; yours is what stands below -->"
END = "<!-- /sheaf -->"
ID = "sheaf"
HEAD = 8192
"""Bytes of a file in which its front matter is looked for."""

_BEGIN = re.compile(r"^<!-- sheaf\b[^\n]*?-->[ \t]*(?=\r?$)", re.MULTILINE)
_END = re.compile(r"^<!-- /sheaf -->[ \t]*(?=\r?$)", re.MULTILINE)
_MARKER = re.compile(r"<!--(?=\s*/?sheaf\b)")
_UNSAFE = re.compile(r"[^\w.+-]")
_DEVICES = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)(?:\..*)?", re.IGNORECASE)


@dataclass(slots=True)
class NotesReport:
    """What became of the notes."""

    new: int = 0
    updated: int = 0
    unchanged: int = 0
    refused: list[str] = field(default_factory=list)
    """Files that were left alone, and why."""

    @property
    def written(self) -> int:
        return self.new + self.updated + self.unchanged


def write_notes(
    items: Iterable[ExportItem],
    folder: Path,
    catalog: Catalog,
    *,
    force: bool,
    progress: Callable[[], None],
) -> NotesReport:
    """Write or update a note for each paper. UsageError if the folder cannot be used.

    A file of the user's that has the name of a note is left alone; with `force` the note is put
    before what stands in it.
    """
    folder = folder.expanduser()
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise UsageError(f"{folder}: no folder for notes: {error.strerror or error}") from error
    ids = _ids(folder)
    here = {row: ids[name] for name, row in reversed(catalog.rows_of(ids).items())}
    ours = {path.name.lower() for path in ids.values() if path.parent == folder}
    theirs = {path.name.lower() for path in folder.iterdir()} - ours
    done = NotesReport()
    written: set[Path] = set()
    for item in items:
        path = here.get(item.stored.row) or folder / _free_name(safe_file_name(item.key), ours)
        if path.name.lower() in theirs and item.stored.row not in here and not force:
            done.refused.append(f"{path}: is yours; --force puts the note into it")
            continue
        ours.add(path.name.lower())
        if _put(item, path, done):
            written.add(path.parent)
        progress()
    for parent in written:
        settle(parent)
    return done


def _free_name(name: str, taken: Container[str]) -> str:
    """The name of a new note: not that of another paper's."""
    names = chain([name], (f"{name}-{number}" for number in count(2)))
    return next(free for each in names if (free := f"{each}.md").lower() not in taken)


def safe_file_name(key: str) -> str:
    """A file name on every system."""
    name = _UNSAFE.sub("-", key).strip(".- ") or "paper"
    return f"{name}_" if _DEVICES.fullmatch(name) else name


def _ids(folder: Path) -> dict[str, Path]:
    """The paper a note is about, to the note, by the front matter of every Markdown file."""
    ids: dict[str, Path] = {}
    for path in sorted(_walk(folder)):
        try:
            with path.open("rb") as file:
                head = file.read(HEAD).decode("utf-8", "ignore")
        except OSError:
            continue
        if f"\n{ID}:" not in head:
            continue
        parted = frontmatter.split_front_matter(head) or frontmatter.split_front_matter(
            f"{head}\n---\n"
        )  # it is longer
        if parted and (name := frontmatter.text_value(parted[1], ID)):
            ids.setdefault(name, path)
    return ids


def _walk(folder: Path) -> Iterator[Path]:
    for entry in folder.iterdir():
        if entry.name.startswith("."):  # .obsidian, .trash, .git
            continue
        if entry.is_dir() and not entry.is_symlink():
            yield from _walk(entry)
        elif entry.suffix.lower() == ".md" and entry.is_file():
            yield entry


def _put(item: ExportItem, path: Path, done: NotesReport) -> bool:
    """Write the note as it should be; whether the file had to change."""
    try:
        before = path.read_bytes() if path.exists() else None
        text = merge_note(before.decode() if before else "", item)
    except (OSError, UnicodeDecodeError) as error:
        why = "is not UTF-8" if isinstance(error, UnicodeError) else error.strerror or str(error)
        done.refused.append(f"{path}: {why}; left as it is")
        return False
    if text is None:
        done.refused.append(f"{path}: its front matter or Sheaf's part has no end; left as it is")
        return False
    after = text.encode("utf-8", "replace")
    if after == before:
        done.unchanged += 1
        return False
    with whole_file(path, force=True, last=False) as file:
        file.write(after)
    if before is None:
        done.new += 1
    else:
        done.updated += 1
    return True


def merge_note(before: str, item: ExportItem) -> str | None:
    """The text of a note with our parts as they are now; None if it is damaged.

    A note without our part between its markers keeps its body: the user took the part out.
    """
    parted = frontmatter.split_front_matter(before)
    if parted is None:
        return None
    opening, blocks, rest = parted
    end = "\r\n" if "\r\n" in before else "\n"
    known = bool(frontmatter.text_value(blocks, ID))
    ours = _ours(item)
    tags = next((block for block in blocks if block.key == "tags"), None)
    if tags is not None:
        ours.pop("tags")
        has = frontmatter.list_value(tags.text)
        if has is not None and (more := [tag for tag in _tags(item) if tag not in has]):
            ours["tags"] = [*has, *more]
    head = (opening or f"---{end}") + frontmatter.replace_fields(blocks, ours, end)
    if not opening:
        rest = f"---{end}{rest}"
    begin = _BEGIN.search(rest)
    if begin:
        close = _END.search(rest, begin.end())
        if close is None:
            return None
        return head + rest[: begin.start()] + _part(item, end) + rest[close.end() :]
    if known:
        return head + rest
    line, _, body = rest.partition("\n")
    return f"{head}{line}\n{end if body[:1] != end[:1] else ''}{_part(item, end)}{end}{end}{body}"


def _ours(item: ExportItem) -> dict[str, Value | None]:
    """Our front-matter keys; None where there is nothing to tell."""
    paper, mark = item.stored.paper, item.mark
    links = paper.all_links
    return {
        ID: item.stored.key,
        "citekey": item.key,
        "title": paper.title,
        "authors": list(paper.authors) or None,
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
    """A tag of Obsidian has no spaces."""
    return ["-".join(tag.split()) for tag in item.mark.tags]


def _part(item: ExportItem, end: str) -> str:
    """Our part, markers included."""
    paper = item.stored.paper
    links = [markdown_link(name, url) for name, url in paper.all_links.items()]
    facts = [escape_markdown(paper.venue), paper.date, *links]
    parts = [
        f"{BEGIN}\n# {escape_markdown(paper.title)}",
        escape_paragraphs(", ".join(paper.authors)),
        " · ".join(fact for fact in facts if fact),
        escape_paragraphs(paper.abstract),
        f"## Note\n\n{_MARKER.sub('<!- -', item.note)}" if item.note else "",
    ]
    return ("\n\n".join(part for part in parts if part) + f"\n\n{END}").replace("\n", end)

"""The table of `../shared/formats`: the format that each file is read in, and what is read.

Written by `python -m tests.sources.shared_table`, from the root of the repository. Columns: file,
format, papers, rejected, records by the reference reader of the format (`-` where there is none),
and the reasons of rejections or of a difference to the reference.
"""

from __future__ import annotations

import io
import json
import logging
import re
from collections import Counter
from datetime import date
from pathlib import Path

from tui.core.paper import Paper
from tui.sources.decoding import decode_stream
from tui.sources.interface import RejectedRecord
from tui.sources.reader import detect_format, read
from tui.sources.streams import open_streams

TABLE = Path(__file__).parent / "shared_formats.tsv"
TODAY = date(2026, 11, 23)
_HELPERS = ("xdata", "set", "ieeetranbstctl")
_OBJECTS = "objects within objects, each work of them read"
_PREFIX = "JabRef__jabref__jablib__src__test__resources__org__jabref__logic__importer__fileformat__"
_CITATION = "citation-js__citation-js__packages__"
EXPLAINED = {
    f"{_PREFIX}RisImporterTest1.ris": "ten TY lines with nothing after them; rispy takes the last",
    f"{_CITATION}core__test__data.json": _OBJECTS,
    f"{_CITATION}plugin-bibjson__test__data.json": _OBJECTS,
    f"{_CITATION}plugin-bibtex__test__input.json": _OBJECTS,
    f"{_CITATION}plugin-bibtex__test__output.json": _OBJECTS,
}
"""Files whose reference reader counts something else, and what it counts."""
Row = tuple[str, int, int]


def read_shared_file(path: Path) -> tuple[Row, str]:
    """Return the format, papers and rejections of a file, and the reasons of the rejections."""
    formats = []
    for stream in open_streams(str(path)):
        found = stream if isinstance(stream, RejectedRecord) else detect_format(stream)
        formats.append("none" if isinstance(found, RejectedRecord) else found.name)
    records = list(read(str(path), TODAY))
    rejected = [record for record in records if isinstance(record, RejectedRecord)]
    papers = sum(isinstance(record, Paper) for record in records)
    name = ",".join(dict.fromkeys(formats))
    reasons = Counter(re.sub(r"[\d,]*\d", "N", each.why)[:60] for each in rejected)
    return (name, papers, len(rejected)), "; ".join(
        f"{count} {why}" for why, count in sorted(reasons.items())
    )


def reference(path: Path, name: str) -> tuple[int, str] | None:
    """Return how many records the reference reader of a format finds, and what it counts else."""
    data = _text(path)
    if name == "bibtex":
        from bibtexparser import model
        from bibtexparser.entrypoint import parse_string

        logging.disable(logging.CRITICAL)
        # An entry in lines of comment is switched off, which this reader does not know.
        library = parse_string(re.sub(r"(?m)^[ \t]*%.*", "", data), parse_stack=[])
        logging.disable(logging.NOTSET)
        broken = sum(
            bool(re.match(r"\s*@(?!comment|string|preamble)", block.raw or "", re.I))
            for block in library.failed_blocks
        )
        helpers = sum(
            isinstance(entry, model.Entry) and entry.entry_type.lower() in _HELPERS
            for entry in library.entries
        )
        note = f"{helpers} helpers of other entries, which are no papers" if helpers else ""
        return len(library.entries) + broken, note
    if name == "ris":
        import rispy

        return len(rispy.loads(data)), ""
    if name == "feed":
        import feedparser

        return len(feedparser.parse(io.BytesIO(path.read_bytes())).entries), ""
    if name in (
        "csl",
        "crossref",
        "openalex",
        "semantic-scholar",
        "hf-daily",
        "hf-scraped",
        "json",
    ):
        return _json(data)
    return None


def _text(path: Path) -> str:
    texts = [
        "".join(decode_stream(stream.stream))
        for stream in open_streams(str(path))
        if not isinstance(stream, RejectedRecord)
    ]
    return texts[0] if texts else ""


def _json(data: str) -> tuple[int, str] | None:
    try:
        value = json.loads(data)
    except ValueError:
        return None
    for name in ("message", "items", "data", "results", "recommendedPapers", "papers"):
        if isinstance(value, dict) and isinstance(value.get(name), dict | list):
            value = value[name]
    return (len(value) if isinstance(value, list) else 1), ""


def rows() -> dict[str, tuple[Row, str]]:
    """Return the committed table: file to its row and the remark."""
    table = {}
    for line in TABLE.read_text(encoding="utf-8").splitlines()[1:]:
        file, name, papers, rejected, _, remark = line.split("\t")
        table[file] = ((name, int(papers), int(rejected)), remark)
    return table


def files(shared: Path) -> list[Path]:
    """Return every file of the collection, by name."""
    folder = shared / "formats"
    return sorted(path for path in folder.glob("*/*") if path.is_file())


def main() -> None:
    shared = Path(__file__).parents[3] / "shared"
    lines = ["file\tformat\tpapers\trefused\treference\twhy"]
    for path in files(shared):
        (name, papers, rejected), why = read_shared_file(path)
        found = reference(path, name)
        remarks = [why] if why else []
        if found and found[0] != papers + rejected and (found[0] or papers):
            remarks.append(found[1] or EXPLAINED.get(path.name, "DIFFERS"))
        counted = str(found[0]) if found else "-"
        file = path.relative_to(shared / "formats").as_posix()
        lines.append(f"{file}\t{name}\t{papers}\t{rejected}\t{counted}\t{'; '.join(remarks)}")
    TABLE.write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()

"""Each format, read by another library than the one that wrote it."""

from __future__ import annotations

import csv
import io
import re

import orjson
import pytest

from tests.authors import authors
from tests.export import round_trip
from tests.export.conftest import text_of
from tests.export.test_bibtex import PAPER
from tests.html_page import ParsedPage
from tui.catalog.catalog import StoredPaper
from tui.core.errors import UsageError
from tui.core.markdown import escape_markdown, escape_paragraphs
from tui.core.paper import Paper
from tui.export import csv_table
from tui.export.formats import FORMATS, find_format
from tui.export.item import ExportItem
from tui.state import Mark

MARK = Mark(read=True, star=True, tags=("later", "rag"), rating=4, note="Mine: *bold*\nsecond")
MARKED = ExportItem(
    StoredPaper(1, PAPER.key, "2026-05-07T08:00:00Z", PAPER), MARK, "lovelace2024study"
)
WITH_NOTE = ExportItem(MARKED.stored, MARK, MARKED.key, MARK.note)


def test_the_table_of_formats() -> None:
    assert [form.name for form in FORMATS] == [
        "bibtex", "biblatex", "ris", "csl", "csv", "jsonl", "markdown", "notes", "html",
    ]  # fmt: skip
    with pytest.raises(UsageError, match="no format nothing; the formats are bibtex, biblatex"):
        find_format("nothing")
    suffixes = {
        "a.bib": "bibtex",
        "B.RIS": "ris",
        "c.json": "csl",
        "d.jsonl": "jsonl",
        "e.md": "markdown",
    }
    assert {
        name: form.name for name in suffixes if (form := find_format(file_name=name))
    } == suffixes
    with pytest.raises(UsageError, match="name the format with --format"):
        find_format(file_name="notes/")


@pytest.mark.parametrize(
    "form", [form for form in FORMATS if form.chunks], ids=lambda form: form.name
)
def test_every_format_can_write_no_papers(form) -> None:  # type: ignore[no-untyped-def]
    text = text_of(form.name, [])
    assert text in ("", "[]\n") or text.startswith(("key,title", "<!doctype html>"))


@pytest.mark.parametrize("name", ["ris", "csl", "csv", "markdown", "html"])
def test_the_private_note_is_only_written_on_request(name: str) -> None:
    assert "Mine" not in text_of(name, [MARKED])
    assert "Mine" in text_of(name, [WITH_NOTE])


def test_ris_line_by_line() -> None:
    assert text_of("ris", [WITH_NOTE]).splitlines() == [
        "TY  - CPAPER",
        "TI  - A Study of BERT",
        "AU  - Lovelace, Ada",
        "AU  - Li, Wei",
        "PY  - 2024",
        "DA  - 2024/02/09/",
        "T2  - ICML",
        "DO  - 10.5555/x_y",
        "AN  - 77",
        "DB  - PubMed",
        "UR  - https://arxiv.org/abs/2402.00001",
        "L1  - https://arxiv.org/pdf/2402.00001",
        "LK  - https://x.org/c",
        "KW  - cs.LG",
        "KW  - cs.AI",
        "KW  - later",
        "KW  - rag",
        "AB  - One. Two.",
        "N1  - Mine: *bold* second",
        "ER  - ",
    ]


def test_every_line_of_ris_is_a_tag(hostile: list[Paper]) -> None:
    text = text_of("ris", list(round_trip.items(hostile)))
    lines = [line for line in text.split("\n") if line]
    assert all(re.match(r"[A-Z][A-Z0-9]  - ", line) for line in lines)
    assert sum(line.startswith("TY  - ") for line in lines) == len(hostile)
    assert sum(line.startswith("ER  - ") for line in lines) == len(hostile)


def test_csl_has_the_shape_of_its_schema(hostile: list[Paper]) -> None:
    (work,) = orjson.loads(text_of("csl", [WITH_NOTE]))
    assert work == {
        "id": "lovelace2024study",
        "type": "paper-conference",
        "title": "A Study of BERT",
        "citation-key": "lovelace2024study",
        "author": [{"family": "Lovelace", "given": "Ada"}, {"family": "Li", "given": "Wei"}],
        "issued": {"date-parts": [[2024, 2, 9]]},
        "container-title": "ICML",
        "archive": "arXiv",
        "number": "arXiv:2402.00001",
        "DOI": "10.5555/x_y",
        "PMID": "77",
        "URL": "https://arxiv.org/abs/2402.00001",
        "abstract": "One.\n\nTwo.",
        "keyword": "cs.LG, cs.AI, later, rag",
        "note": "Mine: *bold*\nsecond",
        "custom": {"code": "https://x.org/c"},
    }
    works = orjson.loads(text_of("csl", list(round_trip.items(hostile))))
    assert len(works) == len(hostile)
    names = [name for each in works for name in each.get("author", [])]
    assert all({"family"} <= name.keys() or name.keys() == {"literal"} for name in names)
    assert {each["type"] for each in works} <= {"article", "article-journal", "paper-conference"}


def test_csl_splits_a_name() -> None:
    paper = Paper("T", authors("Vincent van der Berg Jr.", "ATLAS Collaboration"))
    (work,) = orjson.loads(text_of("csl", list(round_trip.items([paper]))))
    assert work["author"] == [
        {"family": "Berg", "given": "Vincent", "non-dropping-particle": "van der", "suffix": "Jr."},
        {"literal": "ATLAS Collaboration"},
    ]


def test_csv_read_by_the_csv_module(hostile: list[Paper]) -> None:
    (row,) = csv.DictReader(io.StringIO(text_of("csv", [WITH_NOTE]), newline=""), strict=True)
    assert tuple(row) == csv_table.COLUMNS
    assert {name: value for name, value in row.items() if value} == {
        "key": "arxiv:2402.00001",
        "title": "A Study of BERT",
        "authors": "Ada Lovelace; Wei Li",
        "abstract": "One.\n\nTwo.",
        "published": "2024-02-09",
        "listed": "2026-05-07",
        "venue": "ICML",
        "categories": "cs.LG; cs.AI",
        "doi": "10.5555/x_y",
        "arxiv": "2402.00001",
        "pmid": "77",
        "url": "https://arxiv.org/abs/2402.00001",
        "pdf": "https://arxiv.org/pdf/2402.00001",
        "code": "https://x.org/c",
        "comment": "5 pages",
        "read": "yes",
        "starred": "yes",
        "rating": "4",
        "my tags": "later; rag",
        "my note": "Mine: *bold*\nsecond",
    }
    text = text_of("csv", list(round_trip.items(hostile)))
    rows = list(csv.reader(io.StringIO(text, newline=""), strict=True))
    assert {len(row) for row in rows} == {len(csv_table.COLUMNS)}
    assert not [cell for row in rows for cell in row if cell.startswith(("=", "+", "-", "@"))]


def test_json_lines_are_the_objects_of_list() -> None:
    (line,) = text_of("jsonl", [MARKED]).splitlines()
    found = orjson.loads(line)
    assert found["key"] == "arxiv:2402.00001"
    assert found["marks"] == {
        "read": True,
        "star": True,
        "tags": ["later", "rag"],
        "rating": 4,
        "note": "Mine: *bold*\nsecond",
    }


def test_the_markdown_list() -> None:
    assert text_of("markdown", [WITH_NOTE]) == (
        "<!-- papers from Sheaf -->\n"
        "- [A Study of BERT](https://arxiv.org/abs/2402.00001) · Ada Lovelace, Wei Li · *ICML*"
        " · 2024-02-09 · [doi](https://doi.org/10.5555/x_y)"
        " [pubmed](https://pubmed.ncbi.nlm.nih.gov/77/) [pdf](https://arxiv.org/pdf/2402.00001) [code](https://x.org/c)\n"
        "  > Mine: *bold*\n  > second\n"
    )
    only_doi = Paper("T", ids={"doi": "10.5555/x"})
    assert "[doi]" not in text_of("markdown", list(round_trip.items([only_doi])))
    many = Paper("T", authors("A B", "C D", "E F", "G H"))
    lines = text_of("markdown", list(round_trip.items([many]))).splitlines()
    assert lines[1:] == ["- T · A B, C D, E F et al."]


def test_markdown_shows_what_was_written(hostile: list[Paper]) -> None:
    title = r"[x](y) *a* _b_ `c` <script> $d$ #tag &amp; R&D | ~ %%hidden%% ==lit== ^[note]"
    assert escape_markdown(title) == (
        r"\[x\](y) \*a\* \_b\_ \`c\` \<script\> \$d\$ \#tag \&amp; R&D \| \~ \%%hidden\%% "
        r"\==lit\== \^\[note\]"
    )
    assert escape_paragraphs("# a\n\n- b\n\n1. c\n\nd - e") == "\\# a\n\n\\- b\n\n1\\. c\n\nd - e"
    lines = text_of("markdown", list(round_trip.items(hostile))).splitlines()
    assert len(lines) == len(hostile) + 1
    assert "https://x.org/%22%3E%3Cscript%3E" in "".join(lines)


def test_the_page_has_everything_and_loads_no_other_files(hostile: list[Paper]) -> None:
    items = [WITH_NOTE, *round_trip.items(hostile)]
    text = text_of("html", items)
    page = ParsedPage(text)
    known = "html head meta title style body h1 h2 article p a details summary footer"
    assert set(page.tags) == {*known.split(), "cite", "time", "span"}
    assert page.tags.count("article") == len(items)
    assert all(re.match(r"https?://", link) for link in page.links)
    assert not re.search(r"url\(|@import|@font-face", "".join(page.texts["style"]))
    assert "prefers-color-scheme: dark" in text
    shown = "".join(text for texts in page.texts.values() for text in texts)
    for item in items:
        assert item.stored.paper.title.replace("\r\n", "\n") in shown.replace("\r\n", "\n")
    assert "Mine: *bold*\nsecond" in shown
    assert page.texts["footer"] == [f"{len(items)} papers, from Sheaf"]

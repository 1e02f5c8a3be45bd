"""Tables, mails, Markdown and PDFs."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.sources.reading import TODAY, read_text
from tui.sources.base import RejectedRecord
from tui.sources.reader import read

ZOTERO = (
    '"Key","Item Type","Publication Year","Author","Title","Publication Title","DOI","Url",'
    '"Abstract Note","Date","Manual Tags"\n'
    '"K","journalArticle","2024","Lindqvist, Ada; Reyes, Tomás","A Work, with\ncomma",'
    '"Journal of Things","10.5555/ABC","https://example.org/1","We work.","2024-02-28","a; b c"\n'
)
SCOPUS = (
    '\ufeff"Authors","Title","Year","Source title","DOI","Abstract","Author Keywords"\n'
    '"Lindqvist A., Reyes T.","A Work, with comma","2024","Journal of Things","10.5555/abc",'
    '"We work.","a; b c"\n'
)
IEEE = (
    '"Document Title",Authors,"Publication Title","Publication Year","DOI","Abstract",'
    '"Author Keywords"\n"A Work, with comma","A. Lindqvist; T. Reyes","Journal of Things","2024",'
    '"10.5555/abc","We work.","a;b c"\n'
)
DIMENSIONS = (
    '"About the data: Exported on Feb 28, 2024."\n'
    '"Rank","Title","Source title","PubYear","DOI","Abstract","Authors"\n'
    '"1","A Work, with comma","Journal of Things","2024","10.5555/abc","We work.",'
    '"Lindqvist, Ada; Reyes, Tomás"\n'
)
TABS = "title\tauthors\tyear\tdoi\tjournal\tabstract\n" + "\t".join(
    ["A Work, with comma", "['Lindqvist, Ada', 'Reyes, Tomás']", "2024", "10.5555/abc",
     "Journal of Things", "We work."]
)  # fmt: skip


@pytest.mark.parametrize("text", [ZOTERO, SCOPUS, IEEE, DIMENSIONS, TABS])
def test_tables(tmp_path: Path, text: str) -> None:
    papers, refused = read_text(tmp_path, text)
    assert refused == []
    (paper,) = papers
    assert paper.title == "A Work, with comma"
    assert len(paper.authors) == 2
    assert "Lindqvist" in paper.authors[0]
    assert "Reyes" in paper.authors[1]
    assert (paper.published[:4], paper.venue) == ("2024", "Journal of Things")
    assert paper.abstract == "We work."
    assert paper.ids == {"doi": "10.5555/abc"}
    assert paper.categories in ((), ("a", "b c"))


def test_rows_without_title_and_tables_without_titles(tmp_path: Path) -> None:
    papers, refused = read_text(
        tmp_path, "title,year\nA work,2020\n,2021\n\nB work,2022\n", "a.csv"
    )
    assert [paper.title for paper in papers] == ["A work", "B work"]
    assert refused == ["a.csv:3: no title"]
    _, refused = read_text(tmp_path, "doi,pmid\n10.5555/a,1\n", "a.csv")
    assert refused == ["a.csv: has doi, pmid but no column of titles; a paper needs a title"]


MAIL = r"""From: no-reply@arxiv.org
Subject: cs daily Subj-class mailing
To: rabble@arxiv.org

------------------------------------------------------------------------------
------------------------------------------------------------------------------
Submissions to:
Computation and Language
------------------------------------------------------------------------------
\\
arXiv:2402.99901
Date: Wed, 28 Feb 2024 10:00:00 GMT   (10kb)

Title: A Work on $n\log n$
  things
Authors: Ada Lindqvist, Tomás Reyes (Things University)
Categories: cs.CL cs.AI
Comments: 4 pages
Journal-ref: Journal of Things
DOI: 10.5555/abc
\\
  We work.
Well.
\\ ( https://arxiv.org/abs/2402.99901 ,  10kb)
------------------------------------------------------------------------------
%%--%%--%%--%%--%%--%%--%%--%%--%%--%%--%%--%%--%%--%%--%%--%%--%%--%%--%%--%%
\\
arXiv:2401.99902
replaced with revised version Wed, 28 Feb 2024 11:00:00 GMT   (20kb)

Title: Another
Authors: Wei Li
Categories: cs.CL
\\ ( https://arxiv.org/abs/2401.99902 ,  20kb)
------------------------------------------------------------------------------
"""


@pytest.mark.parametrize("ends", ["\n", "\r\n"])
def test_an_announcement_mail(tmp_path: Path, ends: str) -> None:
    (first, second), refused = read_text(tmp_path, MAIL.replace("\n", ends))
    assert refused == []
    assert first.title == "A Work on n log n things"
    assert first.authors == ("Ada Lindqvist", "Tomás Reyes")
    assert first.abstract == "We work. Well."
    assert first.published == "2024-02-28"
    assert first.ids == {"arxiv": "2402.99901", "doi": "10.5555/abc"}
    assert first.categories == ("cs.CL", "cs.AI")
    assert (first.venue, first.comment) == ("Journal of Things", "4 pages")
    assert (second.title, second.ids, second.abstract) == (
        "Another", {"arxiv": "2401.99902"}, "",
    )  # fmt: skip


def test_markdown_and_plain_lists(tmp_path: Path) -> None:
    text = """# Papers to read

- [A Work on Things](https://arxiv.org/abs/2402.99901) and [code](https://github.com/x/y)
- **Second Work on Things** ([pdf](https://arxiv.org/pdf/2402.99902))
1. Third Work on Things, https://doi.org/10.5555/abc
| [Fourth Work](papers/2402.99904-fourth.md) | in a table |
* arXiv:2402.99905
### 6. Sixth Work on Things

**arXiv ID**: [2402.99906v1](https://arxiv.org/abs/2402.99906)
- [A Work on Things](https://arxiv.org/abs/2402.99901)
"""
    papers, refused = read_text(tmp_path, text, "a.md")
    assert [(paper.title, *paper.ids.values()) for paper in papers] == [
        ("A Work on Things", "2402.99901"),
        ("Second Work on Things", "2402.99902"),
        ("Third Work on Things", "10.5555/abc"),
        ("Fourth Work", "2402.99904"),
        ("Sixth Work on Things", "2402.99906"),
    ]
    assert refused == ["a.md:7: arxiv:2402.99905, but no title beside it"]


def test_a_line_that_is_an_identifier_keeps_it(tmp_path: Path) -> None:
    lines = {
        "2402.99901": "arxiv:2402.99901",
        "arXiv: 1706.99901v5": "arxiv:1706.99901",
        "0704.9901": "arxiv:0704.9901",
        "hep-th/9901999": "arxiv:hep-th/9901999",
        "- P19-1999": "acl:P19-1999",
        "2020.acl-main.9999": "acl:2020.acl-main.9999",
        "pmid:12345678": "pmid:12345678",
        "10.5555/abc": "doi:10.5555/abc",
        "https://arxiv.org/abs/2309.99901": "arxiv:2309.99901",
    }
    path = tmp_path / "ids.txt"
    path.write_text("\n".join(lines), encoding="utf-8")
    refused = [record for record in read(str(path), TODAY) if isinstance(record, RejectedRecord)]
    found = [f"{scheme}:{name}" for each in refused for scheme, name in each.ids.items()]
    assert found == list(lines.values())
    assert refused[0].why == "arxiv:2402.99901, but no title beside it"


def test_a_title_may_stand_in_the_line_above(tmp_path: Path) -> None:
    text = "A Work on Things\narXiv:2402.99901\n\nSecond Work on Things\ndoi:10.5555/abc\n"
    papers, refused = read_text(tmp_path, text)
    assert refused == []
    assert [paper.title for paper in papers] == ["A Work on Things", "Second Work on Things"]


def pdf(title: str, lines: list[tuple[int, str]]) -> bytes:
    """A PDF of one page by hand: (size, text) for each line."""
    content = "".join(
        f"BT /F1 {size} Tf 1 0 0 1 50 {750 - 40 * row} Tm ({line}) Tj ET\n"
        for row, (size, line) in enumerate(lines)
    )
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R "
        "/Resources << /Font << /F1 << /Type /Font /Subtype /Type1 "
        "/BaseFont /Helvetica >> >> >> >>",
        f"<< /Length {len(content)} >>\nstream\n{content}endstream",
        f"<< /Title ({title}) /Author (Ada Lindqvist, Tomas Reyes) >>",
    ]
    out, places = "%PDF-1.4\n", []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += f"{number} 0 obj\n{body}\nendobj\n"
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    return (
        f"{out}xref\n0 6\n0000000000 65535 f \n{table}"
        f"trailer << /Size 6 /Root 1 0 R /Info 5 0 R >>\nstartxref\n{len(out)}\n%%EOF\n"
    ).encode()


@pytest.mark.parametrize("told", ["A Work on Things", "Microsoft Word - draft.docx", ""])
def test_a_pdf(tmp_path: Path, told: str) -> None:
    data = pdf(
        told,
        [(20, "arXiv:2402.99901v1 [cs.CL] 28 Feb 2024"), (18, "A Work on Things"), (10, "Ada L.")],
    )
    papers, refused = read_text(tmp_path, data, "x.pdf")
    assert refused == []
    assert papers[0].title == "A Work on Things"
    assert papers[0].authors == ("Ada Lindqvist", "Tomas Reyes")
    assert papers[0].ids == {"arxiv": "2402.99901"}


@pytest.mark.parametrize("cut", [9, 60, 400])
def test_a_broken_pdf_is_refused(tmp_path: Path, cut: int) -> None:
    papers, refused = read_text(tmp_path, pdf("", [(10, "x")])[:cut], "x.pdf")
    assert papers == []
    assert len(refused) == 1

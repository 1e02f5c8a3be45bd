"""The text of a daily-papers page: every paper that is there, what is not is named."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from tui.core.paper import Paper
from tui.sources import reader
from tui.sources.formats.daily_papers_text import sniff
from tui.sources.interface import RejectedRecord
from tui.sources.reader import read

TODAY = date(2026, 11, 23)


CHROME = ["new", "Get trending papers in your email inbox!", "Subscribe",
          "byAK and the research community", "May 7"]  # fmt: skip


PAPERS = [
    ("Small Models Teach Large Ones",
     "We let a small model choose what a large one reads. Training is a third shorter."),
    ("Attention as a Queue: What Is Left?",
     "A queue of keys is enough for most heads, and we show for which heads it is not."),
    ("LLM-based 日本語 Parsing -- Revisited",
     "Parsing with prompts is compared with parsers from 2019, which are still ahead on speed."),
]  # fmt: skip


def text(blocks: list[str], end: str = "\n") -> bytes:
    return (end * 2).join(blocks).replace("\n", end).encode()


def blocks(papers: list[tuple[str, str]] = PAPERS) -> list[str]:
    return CHROME + [block for paper in papers for block in paper]


def read_bytes(data: bytes) -> tuple[list[Paper], list[RejectedRecord]]:
    records = list(reader.read_bytes(data, "page.txt", TODAY, "page"))
    return (
        [record for record in records if isinstance(record, Paper)],
        [record for record in records if isinstance(record, RejectedRecord)],
    )


def pairs(papers: list[Paper]) -> list[tuple[str, str]]:
    return [(paper.title, paper.abstract) for paper in papers]


def test_a_whole_page_is_read() -> None:
    papers, rejected = read_bytes(text(blocks()))
    assert pairs(papers) == PAPERS
    assert rejected == []
    assert {paper.listed for paper in papers} == {"2026-05-07"}


@pytest.mark.parametrize(
    "data",
    [
        text(blocks(), "\r\n"),
        text(blocks(), "\r"),
        b"\xef\xbb\xbf" + text(blocks()),
        text(blocks()).decode().encode("utf-16"),
        b"\n\n \n" + text(blocks()) + b"\n\n\n",
        "\n".join(blocks()).encode(),
    ],
    ids=["crlf", "cr", "bom", "utf-16", "blank lines", "no blank lines"],
)
def test_every_line_end_and_encoding_is_read(data: bytes) -> None:
    papers, rejected = read_bytes(data)
    assert pairs(papers) == PAPERS
    assert rejected == []


@pytest.mark.parametrize("missing", range(3))
def test_a_title_without_abstract_does_not_affect_the_others(missing: int) -> None:
    whole = blocks()
    place = len(CHROME) + 2 * missing
    title = whole[place]
    papers, rejected = read_bytes(text(whole[: place + 1] + whole[place + 2 :]))
    assert pairs(papers) == [pair for pair in PAPERS if pair[0] != title]
    assert [str(each) for each in rejected] == [
        f"page.txt:{2 * place + 1}: no abstract follows the title “{title}”"
    ]


@pytest.mark.parametrize("missing", range(3))
def test_an_abstract_without_title_does_not_affect_the_others(missing: int) -> None:
    whole = blocks()
    place = len(CHROME) + 2 * missing
    papers, rejected = read_bytes(text(whole[:place] + whole[place + 1 :]))
    assert pairs(papers) == [pair for pair in PAPERS if pair[0] != whole[place]]
    assert len(rejected) == 1
    assert "an abstract without a title" in rejected[0].why


def test_each_paper_has_the_day_above_it() -> None:
    first, second = blocks(PAPERS[:1]), ["Wed, May 6, 2026", *PAPERS[1]]
    papers, _ = read_bytes(text(first + second))
    assert [paper.listed for paper in papers] == ["2026-05-07", "2026-05-06"]


def test_an_abstract_over_several_lines_is_one() -> None:
    title, abstract = PAPERS[0]
    papers, _ = read_bytes(text([*CHROME, title, abstract.replace(". ", ".\n")]))
    assert pairs(papers) == [PAPERS[0]]


def test_the_page_of_the_seed_data_is_read(shared: Path) -> None:
    """82 papers, titles and abstracts word for word."""
    path = shared / "seed" / "hf-papers-page.txt"
    written = [block.strip() for block in path.read_text(encoding="utf-8").split("\n\n")]
    written = written[written.index("May 7") + 1 :]
    records = list(read(str(path), TODAY))
    papers = [record for record in records if isinstance(record, Paper)]
    assert len(papers) == len(records) == 82
    assert [paper.title.split() for paper in papers] == [t.split() for t in written[0::2]]
    assert [paper.abstract.split() for paper in papers] == [a.split() for a in written[1::2]]
    assert {paper.listed for paper in papers} == {"2026-05-07"}
    assert {paper.sources for paper in papers} == {("hf-papers-page.txt",)}


def test_notes_with_a_date_and_commands_between_sentences_are_no_page() -> None:
    steps = ["git commit", "pip install sinks", "run(all=True)", "print(done)"]
    sentence = "After this the folder of the project has one more file than it had before."
    notes = text(["May 7", *(block for step in steps for block in (step, sentence))])
    assert not sniff(notes)
    assert sniff(text(blocks(PAPERS[:2])))

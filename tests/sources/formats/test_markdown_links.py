"""Markdown and plain lists with links to papers."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.sources.reading import TODAY, read_text
from tui.sources.interface import RejectedRecord
from tui.sources.reader import read


def test_each_line_that_links_to_a_paper_is_one(tmp_path: Path) -> None:
    text = """# Papers to read

- [A Work on Things](https://arxiv.org/abs/2402.99901) and [code](https://github.com/x/y)
- **Second Work on Things** ([pdf](https://arxiv.org/pdf/2402.99902))
1. Third Work on Things, https://doi.org/10.5555/a(b)c(2).
- [Old Work](https://doi.org/10.5555/a(1)1:2)
| [Fourth Work](papers/2402.99904-fourth.md) | in a table |
* arXiv:2402.99905
### 6. Sixth Work on Things

**arXiv ID**: [2402.99906v1](https://arxiv.org/abs/2402.99906)
- [A Work on Things](https://arxiv.org/abs/2402.99901)
"""
    papers, rejected = read_text(tmp_path, text, "a.md")
    assert [(paper.title, *paper.ids.values()) for paper in papers] == [
        ("A Work on Things", "2402.99901"),
        ("Second Work on Things", "2402.99902"),
        ("Third Work on Things", "10.5555/a(b)c(2)"),
        ("Old Work", "10.5555/a(1)1:2"),
        ("Fourth Work", "2402.99904"),
        ("Sixth Work on Things", "2402.99906"),
    ]
    assert rejected == ["a.md:8: arxiv:2402.99905, but no title beside it"]


def test_a_line_that_is_an_identifier_is_rejected_with_it(tmp_path: Path) -> None:
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
    rejected = [record for record in read(str(path), TODAY) if isinstance(record, RejectedRecord)]
    found = [f"{scheme}:{name}" for each in rejected for scheme, name in each.ids.items()]
    assert found == list(lines.values())
    assert rejected[0].why == "arxiv:2402.99901, but no title beside it"


def test_a_title_may_stand_in_the_line_above(tmp_path: Path) -> None:
    text = "A Work on Things\narXiv:2402.99901\n\nSecond Work on Things\ndoi:10.5555/abc\n"
    papers, rejected = read_text(tmp_path, text)
    assert rejected == []
    assert [paper.title for paper in papers] == ["A Work on Things", "Second Work on Things"]


def test_venue_and_authors_beside_a_link_are_read(tmp_path: Path) -> None:
    text = """# Awesome Things
- **[ICML 2019]** First Work on Things [[Paper]](https://arxiv.org/abs/2402.99901) ![](https://x.org/a.svg)
- [Second Work on Things](https://arxiv.org/abs/2402.99902), *Ada Lindqvist, Tomás Reyes*, ICML 2020
- Third Work on Things (KDD 2016) [[PDF](https://doi.org/10.5555/abc)]
- [Fourth Work on Things][4] and `Fifth Work on Things <https://arxiv.org/abs/2402.99905>`_
- Have you seen this https://arxiv.org/abs/2402.99906 already?

[4]: https://arxiv.org/abs/2402.99904
"""
    papers, _ = read_text(tmp_path, text)
    assert [(p.title, p.author_names, p.venue, p.published) for p in papers][:3] == [
        ("First Work on Things", (), "ICML", "2019"),
        ("Second Work on Things", ("Ada Lindqvist", "Tomás Reyes"), "ICML", "2020"),
        ("Third Work on Things", (), "KDD", "2016"),
    ]
    assert ("Fourth Work on Things", "2402.99904") in [
        (p.title, p.ids["arxiv"]) for p in papers[3:]
    ]


def test_labelled_lines_below_a_heading_are_of_its_paper(tmp_path: Path) -> None:
    text = """### 1. First Work on Things
**Authors:** Ada Lindqvist, Tomás Reyes
- Link: https://arxiv.org/abs/2402.99901
- Published: 2024-02-28
- TL;DR: It is better than 2012.99999 by far.

Abstract: We work.

### Second Work on Things
*Wei Li*
ICML 2020. [[Paper](https://arxiv.org/abs/2402.99902)]
"""
    (first, second), rejected = read_text(tmp_path, text)
    assert rejected == []
    assert (first.title, first.author_names) == (
        "First Work on Things", ("Ada Lindqvist", "Tomás Reyes"),
    )  # fmt: skip
    assert (first.published, first.abstract) == ("2024-02-28", "We work.")
    assert (second.title, second.venue, second.published) == (
        "Second Work on Things", "ICML", "2020",
    )  # fmt: skip


def test_a_markdown_table_is_read_by_its_column_names(tmp_path: Path) -> None:
    text = """|Publish Date|Title|Authors|PDF|
|---|---|---|---|
|**2024-04-30**|**First Work**|Ada Lindqvist et.al.|[2404.99901](http://arxiv.org/abs/2404.99901)|
|2024-04-29|Second Work|Wei Li|null|
"""
    (first, second), rejected = read_text(tmp_path, text)
    assert rejected == []
    assert (first.title, first.author_names, first.published, first.ids) == (
        "First Work", ("Ada Lindqvist",), "2024-04-30", {"arxiv": "2404.99901"},
    )  # fmt: skip
    assert (second.title, second.ids) == ("Second Work", {})


def test_our_own_list_is_read_back_whole(tmp_path: Path) -> None:
    text = (
        "- [A Work of Words](https://arxiv.org/abs/2401.00001) · Ada Lindqvist, Wei Li et al. · "
        "Journal of Things · 2024-02-28 · [pdf](https://arxiv.org/pdf/2401.00001)\n"
    )
    (paper,), _ = read_text(tmp_path, text, "a.md")
    assert (paper.title, paper.author_names) == ("A Work of Words", ("Ada Lindqvist", "Wei Li"))
    assert (paper.venue, paper.published) == ("Journal of Things", "2024-02-28")


def test_a_paper_of_our_own_list_needs_neither_link_nor_authors(tmp_path: Path) -> None:
    text = "- A Work on Ice · 2024-02-28\n- A Work on Snow · 2024-03-01\n"
    papers, _ = read_text(tmp_path, text, "a.md")
    assert [(paper.title, paper.published) for paper in papers] == [
        ("A Work on Ice", "2024-02-28"),
        ("A Work on Snow", "2024-03-01"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "1,North,10,2038.52567,x\n2,South,11,2347.20762,y\n3,East,12,2199.10000,z\n",
        "Clinic Name,Clinic Id,City Street\n"
        '"HEART REPAIR",2100,North Hospital,Green Street\n"SPINE REPAIR",2101,South Clinic,Wolfe\n',
        "---\nname: Feature request\nabout: Suggest an idea\n---\n\nNone are accepted now.\n",
        '{"name": "my-tool", "description": "Does a thing", "author": "Ada <a@example.org>"}',
        '[{"Title": "The Land of Rain", "Director": "A. Cook", "Release Date": "Jun 12 1998"}]',
    ],
    ids=["decimals", "table", "template", "package", "films"],
)
def test_nothing_is_invented_from_what_has_no_papers(tmp_path: Path, text: str) -> None:
    assert read_text(tmp_path, text)[0] == []


def test_links_that_say_what_they_lead_to_are_kept(tmp_path: Path) -> None:
    line = (
        "- **A study of ice on lakes** [[pdf]](https://arxiv.org/pdf/2401.99901)"
        " [Code](https://github.com/ann/ice)\n"
    )
    (paper,), _ = read_text(tmp_path, line)
    assert paper.links == {
        "pdf": "https://arxiv.org/pdf/2401.99901",
        "code": "https://github.com/ann/ice",
    }

"""Lists as people write them: bare titles, references, tables, notes below headings."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.sources.reading import read_text
from tui.sources.engines import citation


def test_a_title_a_line(tmp_path: Path) -> None:
    text = "To read:\n1. Attention Is All You Need\n2) GPT-3\n- [ ] Deep Learning for Images\n"
    papers, refused = read_text(tmp_path, text)
    assert [paper.title for paper in papers] == [
        "Attention Is All You Need", "GPT-3", "Deep Learning for Images",
    ]  # fmt: skip
    assert refused == []


def test_titles_and_identifiers_in_one_list(tmp_path: Path) -> None:
    first, second = "Attention Is All You Need", "Deep Learning for Things"
    text = f"{first}\n1810.04805\nhttps://arxiv.org/abs/1512.03385\n{second}\n"
    papers, refused = read_text(tmp_path, text, "a.txt")
    assert [(paper.title, paper.ids) for paper in papers] == [
        (first, {}), (second, {}),
    ]  # fmt: skip
    assert refused == [
        "a.txt:2: arxiv:1810.04805, but no title beside it",
        "a.txt:3: arxiv:1512.03385, but no title beside it",
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Attention is all you need\nDeep residual learning for images\nLong short-term memory\n",
        "Title\nÉtude sur les réseaux profonds\nZur Elektrodynamik bewegter Körper\n",
        "注意力机制综述与展望研究\n基于深度学习的图像识别方法\n",
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-8-sig"])
def test_titles_in_small_letters_and_other_languages(
    tmp_path: Path, text: str, encoding: str
) -> None:
    papers, refused = read_text(tmp_path, text.encode(encoding))
    assert [paper.title for paper in papers] == text.removeprefix("Title\n").splitlines()
    assert refused == []


@pytest.mark.parametrize(
    "text",
    [
        "milk\nbread\ntwo eggs\n",
        "# Things\n- [ ] Fix the bug in the parser\n- [ ] Write the manual\n",
        "Dear Anna,\n\nI hope that you are well. We had a nice week.\n\nBest,\nTom\n",
        "numpy==1.2\npandas>=2\n",
        "2024-01-01 12:00:00 INFO Starting server\n2024-01-01 12:00:01 INFO Listening\n",
        "Copyright (c) 2020 Ada\n\nPermission is hereby granted, free of charge, to any person.\n",
        "Tool\n======\n\nThis is a tool that does some things for you, and it does them well.\n",
        "# Tool\n\nThis is a tool that does some things for you. Install it.\n",
        "Discussed the roadmap with Anna\nNeed to call the bank\nSend slides to Tom\n",
        "John Smith\nJane Doe\nAda Lindqvist\n",
    ],
)
def test_any_other_text_is_no_list(tmp_path: Path, text: str) -> None:
    papers, refused = read_text(tmp_path, text, "a")
    assert papers == []
    assert refused == ["a: of no format Sheaf knows"]


HE = ["Kaiming He", "Xiangyu Zhang"]
TITLE = "Deep Residual Learning for Image Recognition"


@pytest.mark.parametrize(
    ("line", "authors", "venue"),
    [
        (f"{TITLE}. Kaiming He, Xiangyu Zhang. CVPR 2016.", HE, "CVPR"),
        (f"**{TITLE}**, Kaiming He and Xiangyu Zhang (CVPR 2016)", HE, "CVPR"),
        (f"[CVPR 2016] {TITLE} - Kaiming He, Xiangyu Zhang", HE, "CVPR"),
        (f"{TITLE} (He et al., 2016)", ["He"], ""),
        (f"{TITLE}, He et al. CVPR'16", ["He"], "CVPR"),
        (f'K. He and X. Zhang, "{TITLE}," in Proc. CVPR, 2016, pp. 770-778.',
         ["K. He", "X. Zhang"], "CVPR"),
        (f'He, Kaiming, and Xiangyu Zhang. "{TITLE}." CVPR (2016).',
         ["He, Kaiming", "Xiangyu Zhang"], "CVPR"),
        (f"He K, Zhang X. {TITLE}. CVPR. 2016;1:770-8.", ["K. He", "X. Zhang"], "CVPR"),
        (f"He, K., & Zhang, X. (2016). {TITLE}. CVPR, 770-778.", ["He, K.", "Zhang, X."], "CVPR"),
        (f"He, K. and Zhang, X., 2016. {TITLE}. CVPR.", ["He, K.", "Zhang, X."], "CVPR"),
        (f"Kaiming He and Xiangyu Zhang. 2016. {TITLE}. In CVPR.", HE, "CVPR"),
        (f"Kaiming He and Xiangyu Zhang. {TITLE}. In CVPR, 2016.", HE, "CVPR"),
        (f"He, K., Zhang, X.: {TITLE}. In: CVPR (2016)", ["He, K.", "Zhang, X."], "CVPR"),
    ],
)  # fmt: skip
def test_a_reference_in_any_style(line: str, authors: list[str], venue: str) -> None:
    fields = citation.parse_reference(line)
    assert fields["title"] == TITLE
    assert fields.get("authors") == authors
    assert fields.get("venue", "") == venue
    assert fields["published"] == "2016"


@pytest.mark.parametrize(
    "title",
    [
        "Lies, Damned Lies, and Statistics",
        "Deep Learning, Neural Networks and Kernel Machines",
        "What Does It Look At? An Analysis of Attention",
        "The Great Challenge 2012",
        "[Re] Reproducing What Others Read",
        "Auto-Encoding Variational Bayes (VAE)",
        "Large Models, Small Models and Agents: A Survey of Surveys",
    ],
)
def test_a_title_stays_whole(title: str) -> None:
    assert citation.parse_reference(title) == {"title": title}


def test_what_stands_beside_links(tmp_path: Path) -> None:
    text = """# Awesome Things
- **[ICML 2019]** First Work on Things [[Paper]](https://arxiv.org/abs/2402.99901) ![](https://x.org/a.svg)
- [Second Work on Things](https://arxiv.org/abs/2402.99902), *Ada Lindqvist, Tomás Reyes*, ICML 2020
- Third Work on Things (KDD 2016) [[PDF](https://doi.org/10.5555/abc)]
- [Fourth Work on Things][4] and `Fifth Work on Things <https://arxiv.org/abs/2402.99905>`_
- Have you seen this https://arxiv.org/abs/2402.99906 already?

[4]: https://arxiv.org/abs/2402.99904
"""
    papers, _ = read_text(tmp_path, text)
    assert [(p.title, p.authors, p.venue, p.published) for p in papers][:3] == [
        ("First Work on Things", (), "ICML", "2019"),
        ("Second Work on Things", ("Ada Lindqvist", "Tomás Reyes"), "ICML", "2020"),
        ("Third Work on Things", (), "KDD", "2016"),
    ]
    assert ("Fourth Work on Things", "2402.99904") in [
        (p.title, p.ids["arxiv"]) for p in papers[3:]
    ]


def test_cards_below_headings(tmp_path: Path) -> None:
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
    (first, second), refused = read_text(tmp_path, text)
    assert refused == []
    assert (first.title, first.authors) == (
        "First Work on Things", ("Ada Lindqvist", "Tomás Reyes"),
    )  # fmt: skip
    assert (first.published, first.abstract) == ("2024-02-28", "We work.")
    assert (second.title, second.venue, second.published) == (
        "Second Work on Things", "ICML", "2020",
    )  # fmt: skip


def test_a_table_with_names_of_columns(tmp_path: Path) -> None:
    text = """|Publish Date|Title|Authors|PDF|
|---|---|---|---|
|**2024-04-30**|**First Work**|Ada Lindqvist et.al.|[2404.99901](http://arxiv.org/abs/2404.99901)|
|2024-04-29|Second Work|Wei Li|null|
"""
    (first, second), refused = read_text(tmp_path, text)
    assert refused == []
    assert (first.title, first.authors, first.published, first.ids) == (
        "First Work", ("Ada Lindqvist",), "2024-04-30", {"arxiv": "2404.99901"},
    )  # fmt: skip
    assert (second.title, second.ids) == ("Second Work", {})


def test_bookmarks_that_lead_to_papers(tmp_path: Path) -> None:
    paper = {"href": "https://arxiv.org/abs/2402.99901", "extended": "", "tags": "a b",
             "description": "[2402.99901] A Work on Things"}  # fmt: skip
    other = {"href": "https://example.org", "extended": "", "description": "Another Thing"}
    papers, refused = read_text(tmp_path, json.dumps([paper, other]), "a.json")
    assert [(p.title, p.categories) for p in papers] == [("A Work on Things", ("a", "b"))]
    assert refused == ["a.json: record 2: links to no paper"]
    leaf = {
        "typeCode": 1,
        "title": "A Work on Things | Nature",
        "uri": "https://www.nature.com/articles/s1-9",
    }
    tree = {
        "title": "",
        "typeCode": 2,
        "children": [{"title": "x", "typeCode": 2, "children": [leaf]}],
    }
    papers, refused = read_text(tmp_path, json.dumps(tree))
    assert [(p.title, p.ids) for p in papers] == [("A Work on Things", {"doi": "10.1038/s1-9"})]
    text = "title,url,time_added,tags,status\nA Work,https://arxiv.org/abs/2402.99901,1,,read\nB,https://b.org,2,,read\n"
    papers, refused = read_text(tmp_path, text, "a.csv")
    assert [p.title for p in papers] == ["A Work"]
    assert refused == ["a.csv:3: links to no paper"]


@pytest.mark.parametrize(
    "text",
    [
        '- title: "A Work"\n  authors: [Ada Lindqvist, Wei Li]\n  venue: ICML\n  year: 2020\n',
        "papers:\n  - title: A Work\n    author: Ada Lindqvist and Wei Li\n"
        "    conference: ICML\n    date: 2020-01-02\n",
        "author: Lindqvist, Ada and Li, Wei\njournal: ICML\nref: L\ntitle: A Work\nyear: 2020\n",
        '[[papers]]\ntitle = "A Work"\nauthors = ["Ada Lindqvist", "Wei Li"]\n'
        'venue = "ICML"\nyear = 2020\n',
        '+++\ntitle = "A Work"\ndate = 2020-01-02T00:00:00\nauthors = ["Ada Lindqvist", "Wei Li"]\n'
        'publication = "ICML"\n+++\nText.\n',
    ],
    ids=["list", "list under a key", "Papis", "TOML", "Hugo"],
)
def test_papers_in_yaml_and_toml(tmp_path: Path, text: str) -> None:
    (paper,), refused = read_text(tmp_path, text)
    assert refused == []
    assert (paper.title, paper.authors) == ("A Work", ("Ada Lindqvist", "Wei Li"))
    assert (paper.venue, paper.published[:4]) == ("ICML", "2020")

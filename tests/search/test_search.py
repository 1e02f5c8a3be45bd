"""Search: which papers a query finds, and in which order."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.authors import authors
from tests.search.dict_marks import DictMarks
from tui.catalog.catalog import Catalog
from tui.core.paper import COUNTS, Paper
from tui.core.progress import Cancelled
from tui.index.folder import MAX_SEGMENTS
from tui.index.index import Index
from tui.index.segment_file import MappedArrays
from tui.search.highlight import highlight_spans
from tui.search.query import parse
from tui.search.search import RUNS_PER_RELEASE, Search

Library = Callable[..., tuple[Catalog, Index]]

PAPERS = (
    Paper("Efficient Streaming Language Models with Attention Sinks", published="2023-09-29"),
    Paper("Attention Is All You Need", authors=authors("Ashish Vaswani"), published="2017-06-12"),
    Paper("Longformer: The Long-Document Transformer", published="2020-04"),
    Paper("Deep Boltzmann Machines", authors=authors("Geoffrey Hinton"), published="2009"),
    Paper("Die Strukturformel nach Kekulé", abstract="Benzene, a ring."),
    Paper("日本語の論文要約", abstract="ﬁne-tuning of ＳＴＡＴＥ－space models"),
    Paper(r"An $\alpha$-stable view by Poincar\'e", abstract="attention and streaming in passing"),
)


@pytest.fixture
def search(library: Library, marks: DictMarks) -> Search:
    return Search(library(*PAPERS)[1], marks)


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ("streming attention sink", [1]),
        ("attention", [2, 1, 7]),
        ("former", [3]),
        ("trasnf", [3]),
        ("tranformer", [3]),
        ("hinton", [4]),
        ("hintno deep", [4]),
        ("kekule", [5]),
        ("論文", [6]),
        ("文論", []),
        ("fine tuning", [6]),
        ("state-space", [6]),
        ("alpha poincare", [7]),
        ('"attention is"', [2]),
        ('"is attention"', []),
        ("title:attention", [2, 1]),
        ("author:vaswani", [2]),
        ("vaswani|hinton sort:date", [2, 4]),
        ("attention -sink", [2, 7]),
        ("year:2009..2018 sort:date", [2, 4]),
        ("year:<2010", [4]),
        ("has:abstract sort:added", [7, 6, 5]),
    ],
)
def test_a_query_finds_these_papers_in_this_order(
    search: Search, text: str, rows: list[int]
) -> None:
    assert search.run(parse(text)).rows.tolist() == rows


def test_an_empty_query_finds_all_papers_newest_first(search: Search, library: Library) -> None:
    assert search.run(parse("")).rows.tolist() == [1, 3, 2, 4, 7, 6, 5]


def test_a_typo_is_forgiven_and_the_near_word_is_highlighted(search: Search) -> None:
    hits = search.run(parse("streming"))
    assert hits.corrections == (("streming", "streaming"),)
    assert highlight_spans(PAPERS[0].title, hits.words) == [(10, 19)]


def test_new_notes_and_tags_are_found_at_once(search: Search, marks: DictMarks) -> None:
    assert search.run(parse("zebra")).total == 0
    marks.note(4, "compare with Zebra fish")
    marks.mark("tag", 2, value="To Read")
    assert search.run(parse("zebr")).rows.tolist() == [4]
    assert search.run(parse("note:fish")).rows.tolist() == [4]
    assert search.run(parse('tag:"to read"')).rows.tolist() == [2]
    assert search.run(parse("has:note")).rows.tolist() == [4]
    assert search.run(parse("has:tag")).rows.tolist() == [2]


def test_conditions_on_marks_narrow_a_search(search: Search, marks: DictMarks) -> None:
    marks.mark("read", 1, 2)
    marks.mark("rating", 2, value=4)
    assert search.run(parse("attention is:unread")).rows.tolist() == [7]
    assert search.run(parse("rating:>=3")).rows.tolist() == [2]
    assert search.run(parse("attention sort:rating")).rows.tolist() == [2, 1, 7]


@pytest.mark.parametrize(
    ("text", "better", "worse"),
    [
        ("graph rank", "Graph rank of it", "Rank of graph it"),
        ("graph rank", "Of graph rank it", "Graph of it rank"),
        ("graph rank", "Graph of a rank", "Graph considerations rank"),
        ("graph rank", "Graph rank of it", "Graphs ranked of it"),
        ("gaph rank", "Graph rank of it", "Graph rank considered"),
    ],
)
def test_the_better_title_comes_before_a_newer_one(
    library: Library, text: str, better: str, worse: str
) -> None:
    papers = Paper(better, published="2020"), Paper(worse, published="2024")
    search = Search(library(*papers)[1], DictMarks())
    assert search.run(parse(text)).rows.tolist() == [1, 2]


def test_the_best_title_comes_before_many_newer_ones(library: Library) -> None:
    newer = (Paper(f"Graph {n} considerations of rank", published="2024") for n in range(200))
    search = Search(library(Paper("Graph rank", published="2009"), *newer)[1], DictMarks())
    assert search.run(parse("graph rank")).rows[0] == 1


def test_an_identifier_is_found_by_its_beginning(library: Library) -> None:
    names = {"arxiv": "2401.02401"}, {"arxiv": "2402.24010", "doi": "10.1/2401"}, {"doi": "10.1/x"}
    papers = (Paper(f"Title number {n}", ids=ids) for n, ids in enumerate(names))
    search = Search(library(*papers)[1], DictMarks())
    found = {text: search.run(parse(f"id:{text} sort:added")).total for text in ("2401", "2", "1")}
    assert found == {"2401": 1, "2": 2, "1": 2}
    for text in ("arxiv:2401", "https://arxiv.org/abs/2401.02401", "ARXIV:2401.02401"):
        assert search.run(parse(f"id:{text}")).rows.tolist() == [1]
    assert search.run(parse("id:10.1/2")).rows.tolist() == [2]
    assert search.run(parse("id:*")).total == 0


IDENTIFIED = (
    Paper("A", ids={"arxiv": "2402.18668", "doi": "10.1016/0092-8674(88)90449-5"}),
    Paper("B", ids={"acl": "P19-1001"}, links={"code": "https://www.code.example/Ada/x"}),
    Paper("C", abstract="See https://github.com/ada/engine.", published="2007"),
    Paper("D", ids={"pmid": "31415926"}, links={"abs": "https://press.example/d?id=4"}),
    Paper("E", abstract="The number 2402.18 is in it, and 99.5 too."),
    Paper("F", ids={"arxiv": "hep-th/9901001"}),
)


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ("2402.18668", [1]),
        ("2402.18668v3", [1]),
        ("arXiv:2402.18668", [1]),
        ("https://arxiv.org/abs/2402.18668", [1]),
        ("http://arxiv.org/pdf/2402.18668v1.pdf", [1]),
        ("https://arxiv.org/abs/24", [1]),
        ("https://arx", [1, 6]),
        ("10.1016/0092-8674(88)90449-5", [1]),
        ("doi:10.1016/0092", [1]),
        ("2007b", [3]),
        ("https://doi.org/10.1016/0092-8674(88)90449-5", [1]),
        ("10.1016", [1]),
        ("2402.18", [1, 5]),
        ("99.5", [5]),
        ("P19-1001", [2]),
        ("p19-10", [2]),
        ("DOI: 10.1016/0092-8674(88)90449-5", [1]),
        ("arXiv: 2402.18668", [1]),
        ("hep-th/99", [6]),
        ("hep-th/9901001", [6]),
        ("31415926", [4]),
        ("PMID: 31415926", [4]),
        ("https://aclanthology.org/P19-1001/", [2]),
        ("https://code.example/ada", [2]),
        ("https://github.com/ada/engine", [3]),
        ("pmid:31415926", [4]),
        ("https://press.example/d?id=4", [4]),
        ("2402.18668|P19-1001", [1, 2]),
        ("(2402.18668 OR P19-1001) -2402.18668", [2]),
    ],
)
def test_an_identifier_or_url_finds_the_paper_as_it_is_typed(
    library: Library, marks: DictMarks, text: str, rows: list[int]
) -> None:
    search = Search(library(*IDENTIFIED)[1], marks)
    assert sorted(search.run(parse(text)).rows.tolist()) == rows


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ("votes:>=100", [1]),
        ("votes:<100", [2]),
        ("votes:0", [3, 4]),
        ("citations:>100", [3]),
        ("citations:50..150", [2, 3]),
        ("stars:4 OR citations:50", [1, 2]),
        ("-votes:>=7", [3, 4]),
        ("votes:>=7 citations:50", [2]),
        ("bert OR gpt", [1, 3, 4]),
        ("bert NOT gpt", [1]),
        ("paper AND NOT (bert OR gpt)", [2]),
        ("paper -(bert|gpt)", [2]),
        ("gpt bert OR robertas", [3, 4]),
        ('"bert"', [1, 3]),
        ('"ber"', []),
        ('"ber', [1, 3]),
        ("title:(paper gpt)", [3, 4]),
    ],
)
def test_operators_and_numbers_narrow_a_search(
    library: Library, marks: DictMarks, text: str, rows: list[int]
) -> None:
    papers = (
        Paper("Bert, a paper", votes=100, counts={"stars": 4}),
        Paper("Another paper", votes=7, counts={"citations": 50}),
        Paper("Paper of GPT and Bert", counts={"citations": 101}),
        Paper("Paper of GPT and RoBERTas"),
    )
    search = Search(library(*papers)[1], marks)
    assert sorted(search.run(parse(text)).rows.tolist()) == rows


def test_code_named_in_an_abstract_is_found(library: Library, marks: DictMarks) -> None:
    with_code = Paper("A", abstract="The code is at https://github.com/ada/engine.")
    search = Search(library(with_code, Paper("B", abstract="There is no code."))[1], marks)
    assert search.run(parse("has:code")).rows.tolist() == [1]


@pytest.mark.parametrize("text", ["α", "alpha", r"\alpha", "Α"])
def test_a_greek_letter_is_found_by_its_name_and_the_reverse(
    library: Library, marks: DictMarks, text: str
) -> None:
    titles = ("TNF-α in mice", "Alpha helices", r"On $\alpha$-stability", "Βeta", "Σύγχρονα νέα")
    search = Search(library(*map(Paper, titles))[1], marks)
    assert sorted(search.run(parse(text)).rows.tolist()) == [1, 2, 3]


def test_symbols_are_words(library: Library, marks: DictMarks) -> None:
    titles = (
        "Small ϵ and 5 µ", r"\varepsilon-greedy and \mu", "Programs in C++17", "Programs in C#",
        "Letters in C", "Web services in .NET", "An ε-net of μ",
    )  # fmt: skip
    search = Search(library(*map(Paper, titles))[1], marks)
    found = {
        text: sorted(search.run(parse(text)).rows.tolist())
        for text in ("epsilon", "mu ε", "C++", "c++ 17", "C#", ".NET")
    }
    assert found == {
        "epsilon": [1, 2, 7], "mu ε": [1, 2, 7], "C++": [3], "c++ 17": [3], "C#": [4], ".NET": [6]
    }  # fmt: skip


def test_a_word_finds_itself_with_a_hyphen(library: Library, marks: DictMarks) -> None:
    papers = (
        Paper("Masked Language Model Pre‐Training"),
        Paper("Unrelated", abstract="We show that pre-trained models (pre-training) win."),
        Paper("Training before", abstract="This is pre training apart."),
        Paper("Joint Pretraining"),
    )
    search = Search(library(*papers)[1], marks)
    hits = search.run(parse("pretraining"))
    assert hits.rows.tolist() == [4, 1, 2]
    assert not hits.corrections
    assert highlight_spans(papers[0].title, hits.words) == [(22, 34)]
    assert search.run(parse("pretrain")).rows.tolist() == [4, 1, 2]
    assert search.run(parse("title:pretraining")).rows.tolist() == [4, 1]
    assert search.run(parse("training -pretraining")).rows.tolist() == [3]
    marks.note(3, "about fine-tuning")
    assert search.run(parse("finetuning")).rows.tolist() == [3]


def test_words_with_a_hyphen_are_found_after_a_merge(library: Library, marks: DictMarks) -> None:
    catalog, index = library(Paper("Pre-training of zebras"))
    for n in range(MAX_SEGMENTS + 2):
        catalog.add([Paper(f"Another paper {n}, self-made")])
        index.update(catalog)
    assert len(index.snapshot.segments) < MAX_SEGMENTS
    assert Search(index, marks).run(parse("pretraining")).rows.tolist() == [1]
    assert Search(index, marks).run(parse("selfmade")).total == MAX_SEGMENTS + 2


def test_a_year_finds_the_papers_of_that_year(search: Search) -> None:
    assert search.run(parse("hinton 2009")).rows.tolist() == [4]
    assert search.run(parse("hinton 200")).rows.tolist() == [4]
    assert search.run(parse("attention 2017")).rows.tolist() == [2]
    assert search.run(parse("attention -2017")).rows.tolist() == [1, 7]
    assert search.run(parse("hinton 200 ")).total == 0
    assert search.run(parse("title:2017")).total == 0


def test_the_memory_of_the_mapped_index_is_given_back_now_and_then(
    search: Search, monkeypatch: pytest.MonkeyPatch
) -> None:
    released: list[Path] = []
    release = MappedArrays.release_memory

    def record(arrays: MappedArrays) -> None:
        released.append(arrays.path)
        release(arrays)

    monkeypatch.setattr(MappedArrays, "release_memory", record)
    for number in range(RUNS_PER_RELEASE):
        assert not released
        assert search.run(parse(f"attention -nothing{number}")).rows.tolist() == [2, 1, 7]
    assert len(released) == 1
    assert search.run(parse("attention sort:date")).rows.tolist() == [1, 2, 7]


def test_a_search_can_be_cancelled(search: Search) -> None:
    with pytest.raises(Cancelled):
        search.run(parse("attention sink"), cancelled=lambda: True)


def test_a_paper_is_not_among_its_similar_papers(search: Search) -> None:
    assert 1 not in search.find_similar(1).rows
    assert search.find_similar(999).total == 0


@pytest.mark.parametrize("count", COUNTS)
def test_papers_are_sorted_by_a_count(library: Library, marks: DictMarks, count: str) -> None:
    counts = [3, 0, 12, 3]
    papers = [Paper(f"t{n}", published=f"202{n}", counts={count: c}) for n, c in enumerate(counts)]
    search = Search(library(*papers)[1], marks)
    assert search.run(parse(f"sort:{count}")).rows.tolist() == [3, 4, 1, 2]


def test_papers_are_sorted_by_whole_titles(library: Library, marks: DictMarks) -> None:
    long = "A very long beginning that many titles share"
    titles = [f"{long}: zeta", "Émile", f"{long}: beta", "???", "emil", "zz", f"{long}: beta"]
    papers = [
        Paper(t, authors=authors(f"A{n}"), ids={"doi": f"10.1/{n}"}) for n, t in enumerate(titles)
    ]
    search = Search(library(*papers)[1], marks)
    assert search.run(parse("sort:title")).rows.tolist() == [7, 3, 1, 5, 2, 6, 4]

"""BibTeX as people keep it: strings, parents, accents, names, and entries that are broken."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.authors import authors
from tests.sources.reading import read_text
from tui.core.paper import Paper
from tui.sources.engines import bibtex

BIB = r"""
% a library
@string{jlt = "Journal of " # long}
@string(long = {Long Things})
@preamble{"\newcommand{\x}{y}"}
@comment{@article{not, title = {Not}}}

@article{reyes2024,
  title = {{A {N}ovel} Look at $O(n\log n)$ -- {\"U}berblick},
  author = "Reyes, Tom{\'a}s and {Institute of Things, Inc.} and Ludwig van Beethoven and others",
  journal = jlt,
  year = 2024, month = feb, day = 28,
  doi = {10.5555/a\_b},
  url = {https://example.org/a\_b~c--d},
  keywords = {trees, sorting things},
  abstract = {We sort 50\% faster.},
}
@InProceedings{child, crossref = {proc}, author = {de la Cruz Soto, Ana}, title = "Child"}
@misc{ar, title={Eprint}, eprint={2402.99901v2}, archiveprefix={arXiv}, primaryclass={cs.CL}}
@proceedings{proc, title = {Proceedings of Things}, year = {2001}, editor = {Lindqvist, Ada}}
"""


def test_strings_parents_and_names_of_a_library_are_read(tmp_path: Path) -> None:
    papers, rejected = read_text(tmp_path, BIB, "a.bib")
    assert rejected == []
    first, eprint, book, child = papers
    assert first == Paper(
        "A Novel Look at O(n log n) – Überblick",
        authors("Tomás Reyes", "Institute of Things, Inc.", "Ludwig van Beethoven"),
        "We sort 50% faster.",
        "2024-02-28",
        venue="Journal of long",
        categories=("trees", "sorting things"),
        ids={"doi": "10.5555/a_b"},
        links={"abs": "https://example.org/a_b~c--d"},
        sources=("a.bib",),
        more_authors=True,
    )
    assert eprint.ids == {"arxiv": "2402.99901"}
    assert book.author_names == ("Ada Lindqvist",)
    assert (child.venue, child.published) == ("Proceedings of Things", "2001")
    assert child.author_names == ("de la Cruz Soto, Ana",)


@pytest.mark.parametrize(
    ("encoding", "ends"),
    [("utf-8", "\r\n"), ("utf-16", "\n"), ("utf-16-be", "\n"), ("cp1252", "\n"), ("utf-8", "\r")],
)
def test_every_encoding_and_line_end_is_read(tmp_path: Path, encoding: str, ends: str) -> None:
    text = "@article{a,\n title = {Größe – “so”},\n year = 2020\n}\n".replace("\n", ends)
    papers, rejected = read_text(tmp_path, text.encode(encoding))
    assert [paper.title for paper in papers] == ["Größe – “so”"]
    assert rejected == []


@pytest.mark.parametrize("header", ["windows-1250", "ISO8859_2", "UTF-8", "nonsense"])
def test_a_declared_encoding_is_used_for_what_is_not_utf_8(tmp_path: Path, header: str) -> None:
    text = f"% Encoding: {header}\n@misc{{a, title={{Żółć}}}}\n"
    for encoding in ("utf-8", "iso8859-2"):
        (paper,), _ = read_text(tmp_path, text.encode(encoding))
        is_readable = encoding == "utf-8" or header in ("windows-1250", "ISO8859_2")
        assert (paper.title == "Żółć") is is_readable


def test_two_encodings_in_one_file_are_read(tmp_path: Path) -> None:
    data = "@misc{a, title={Größe}}\n".encode() + "@misc{b, title={Maß}}\n".encode("cp1252")
    assert [paper.title for paper in read_text(tmp_path, data)[0]] == ["Größe", "Maß"]


def test_broken_entries_are_named_and_the_rest_goes_in(tmp_path: Path) -> None:
    text = (
        "@article{good, title = {Good}}\n"
        "@article{open, title = {Never closed,\n year = 2020\n"
        "@article{untitled, year = 2020}\n"
        "@article{ title = {No key}, year = 2019 }\n"
        "@article{good, title = {Same key}}\n"
        "@article{twice, title = {Twice}, title = {Twice again}}\n"
    )
    papers, rejected = read_text(tmp_path, text, "a.bib")
    assert [paper.title for paper in papers] == ["Good", "No key", "Same key", "Twice"]
    assert rejected == [
        "a.bib:2: entry “open”: the entry has no end: a brace or quote is not closed",
        "a.bib:4: entry “untitled”: no title",
    ]


def test_a_long_file_is_read_in_pieces(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tui.sources.decoding.PIECE", 100)
    text = '@string{v = "Venue"}\n' + "".join(
        f"@article{{k{n},\n title = {{Title {n}}}, journal = v}}\n" for n in range(50)
    )
    papers, rejected = read_text(tmp_path, text)
    assert [paper.title for paper in papers] == [f"Title {n}" for n in range(50)]
    assert {paper.venue for paper in papers} == {"Venue"}
    assert rejected == []


def test_an_entry_whose_braces_do_not_match_is_read_by_its_lines(tmp_path: Path) -> None:
    text = (
        "@article{one,\nauthor={Jung, M. and Kong, G.},\ntitle={Of films},\n"
        "abstract={A set (a, b} of films\nand more.},\nyear={2013},\n}\n\n"
        '@Book{two,\n  title = "The "Big" Book",\n  year = 1999\n}\n\n'
        "@misc{three, title = {After}}\n"
    )
    papers, rejected = read_text(tmp_path, text, "a.bib")
    assert [paper.title for paper in papers] == ["Of films", 'The "Big" Book', "After"]
    assert papers[0].abstract == "A set (a, b of films and more."
    assert papers[0].author_names == ("M. Jung", "G. Kong")
    assert rejected == []


@pytest.mark.parametrize(
    ("source", "authors"),
    [
        ("Han, J. M., Chen, W. S., Ahn, B.", ("J. M. Han", "W. S. Chen", "B. Ahn")),
        ("Y. Han, D. Chen, S. Ahn, A. Hegyi", ("Y. Han", "D. Chen", "S. Ahn", "A. Hegyi")),
        ("Merle, J., C. and Schwab, C.", ("J. C. Merle", "C. Schwab")),
        ("King, M. L., Jr.", ("M. L. King Jr.",)),
        (r"Smith, J. \& Jones, K.", ("J. Smith", "K. Jones")),
        (r"Procter \& Gamble", ("Procter & Gamble",)),
        ("de la Cruz, Jr., A. B.", ("A. B. de la Cruz Jr.",)),
        ("Nguyen, n.c@uni.edu.vn, C.D. and Lee, J.", ("C.D. Nguyen", "J. Lee")),
        ("{Institute of A, B, C and D}", ("Institute of A, B, C and D",)),
        ("Ray, S. and T. Bose et al.", ("S. Ray", "T. Bose")),
        ("Ray, S. and {et al.}", ("S. Ray",)),
        ("Ray,\n % a comment\n Sita", ("Sita Ray",)),
        ("Ray, Dr., Sita", ("Ray, Sita, Dr.",)),
        ("Ray, S. and Bose, T. and Ray, S.", ("S. Ray", "T. Bose", "S. Ray")),
        ("Ray, S. and Bose, T. and Ray, S. and Bose, T.", ("S. Ray", "T. Bose")),
        ("nosortothers=true and Ray, S.", ("S. Ray",)),
        ("{given={Ada}, family={Berg}, prefix={van den}}", ("Ada van den Berg",)),
    ],
)
def test_names_are_put_in_reading_order(
    tmp_path: Path, source: str, authors: tuple[str, ...]
) -> None:
    papers, _ = read_text(tmp_path, f"@misc{{a, title={{T}}, author={{{source}}}}}")
    assert papers[0].author_names == authors


@pytest.mark.parametrize(
    ("source", "venue"),
    [(r"\apj", "The Astrophysical Journal"), (r"{\aap}", "Astronomy & Astrophysics")],
)
def test_commands_for_journals_become_their_names(tmp_path: Path, source: str, venue: str) -> None:
    papers, _ = read_text(tmp_path, f"@article{{a, title={{T}}, journal={{{source}}}}}")
    assert papers[0].venue == venue


def test_a_missing_comma_is_added(tmp_path: Path) -> None:
    text = (
        "@article{a,\n  author = {Erd{\\H{o}}s, P. and R{\\'e}nyi, A.}\n"
        "  title = {On Random Graphs}\n"
        '  journal = "Publ. Math."\n  year = 1959\n}\n'
    )
    papers, rejected = read_text(tmp_path, text)
    assert rejected == []
    assert papers[0].title == "On Random Graphs"
    assert papers[0].author_names == ("P. Erdős", "A. Rényi")
    assert (papers[0].venue, papers[0].published) == ("Publ. Math.", "1959")


@pytest.mark.parametrize(
    "fields",
    [
        "journal={arXiv preprint arXiv:1706.03762}",
        "howpublished={arXiv:1706.03762 [cs.CL]}",
        "journal={CoRR}, volume={abs/1706.03762}",
        "journal={arXiv e-prints 1706.03762}",
    ],
)
def test_an_arxiv_id_in_the_venue_is_found(tmp_path: Path, fields: str) -> None:
    papers, _ = read_text(tmp_path, f"@article{{a, title={{T}}, {fields}}}")
    assert papers[0].ids == {"arxiv": "1706.03762"}


def test_an_unknown_command_is_read_as_its_name(tmp_path: Path) -> None:
    papers, _ = read_text(
        tmp_path, r"@misc{a, title={\LuaTeX{} and {\XML} in \TikZ\ or a\slash{}b}}"
    )
    assert papers[0].title == "LuaTeX and XML in TikZ or a/b"


def test_a_name_over_thousands_of_lines_is_read_in_linear_time(tmp_path: Path) -> None:
    author = "Ada" + "\n" * 20_000 + "Lindqvist" + " and" * 20_000
    (paper,), _ = read_text(tmp_path, f"@misc{{a, title={{T}}, author={{{author}}}}}")
    assert paper.title == "T"


@pytest.mark.parametrize(
    "entry",
    [
        "@ article {a, title = {A Work}, year = 2001}",
        "@\n  article\n{\n  a\n ,\n title = {A Work},\n year = 2001}",
        "@article{a, % a remark\n title={A Work}, % another\n year=2001}",
        "@article{a, title = {A Work},, year = 2001,, }",
        "@article{a title = {A Work}, year = 2001}",
        "@article(a, title = {A (small) Work}, year = 2001)",
        "'@article{a, title={A Work}, year=2001}'",
        '@article{a, title = "A " # {Work} # "", year = 2001}',
    ],
)
def test_common_mistakes_in_an_entry_are_repaired(tmp_path: Path, entry: str) -> None:
    (paper,), rejected = read_text(tmp_path, entry)
    assert rejected == []
    assert paper.title.replace("(small) ", "") == "A Work"
    assert paper.published == "2001"


def test_entries_in_lines_of_comment_are_left_out(tmp_path: Path) -> None:
    text = "%@misc{a, title = {Off}}\n@misc{b, title = {On}}\n % @misc{c,\n%  title = {Off}\n%}\n"
    papers, rejected = read_text(tmp_path, text)
    assert [paper.title for paper in papers] == ["On"]
    assert rejected == []


def test_urldate_is_not_the_date_of_publication(tmp_path: Path) -> None:
    (first, second), _ = read_text(
        tmp_path,
        "@online{a, title={A}, urldate={2019-07-03}}\n"
        "@online{b, title={B}, year=2016, urldate={2019-07-03}}\n",
    )
    assert (first.published, second.published) == ("", "2016")


def test_a_url_in_howpublished_is_a_link_not_a_venue(tmp_path: Path) -> None:
    source = r"@misc{a, title={A}, howpublished={\url{https://example.org/data}}}"
    (paper,), _ = read_text(tmp_path, source)
    assert paper.venue == ""
    assert paper.links["abs"] == "https://example.org/data"


def test_a_keyword_may_go_over_a_line_end(tmp_path: Path) -> None:
    (paper,), _ = read_text(tmp_path, "@misc{a, title={A}, keywords={thin\n  films, oxides}}")
    assert paper.categories == ("thin films", "oxides")


def test_a_part_of_a_book_is_by_its_author(tmp_path: Path) -> None:
    papers, _ = read_text(
        tmp_path,
        "@inbook{a, title={Part}, crossref={b}}\n@incollection{c, title={Essay}, crossref={b}}\n"
        "@book{b, title={Whole}, author={Holm, Eva}}\n",
    )
    authors = {paper.title: paper.author_names for paper in papers}
    assert authors == {"Whole": ("Eva Holm",), "Part": ("Eva Holm",), "Essay": ()}


def test_zotero_keeps_identifiers_in_the_note_and_braces_keep_a_keyword(tmp_path: Path) -> None:
    text = "@book{a, title={A}, note={PMID: 12}, keywords={{Ice, Snow}, lake\n water}}"
    (paper,), _ = read_text(tmp_path, text)
    assert (paper.ids, paper.categories) == ({"pmid": "12"}, ("Ice, Snow", "lake water"))


@pytest.mark.parametrize(
    "field",
    [
        r"howpublished={\href{https://example.org/a}{data}}",
        r"howpublished={From \url{https://example.org/a}, accessed 2020}",
        r"note={\url{https://example.org/a}}",
    ],
)
def test_an_address_is_a_link_and_no_venue(tmp_path: Path, field: str) -> None:
    (paper,), _ = read_text(tmp_path, f"@misc{{a, title={{A}}, {field}}}")
    assert (paper.links, paper.venue) == ({"abs": "https://example.org/a"}, "")


@pytest.mark.parametrize(
    "doi",
    [
        r"10.1175/1520(1987)115\ensuremath{<}16:G\ensuremath{>}2.0.CO;2",
        r"10.1175/1520(1987)115{\textless}16:G{\textgreater}2.0.CO;2",
        r"10.1175/1520(1987)115{$<$}16:G{$>$}2.0.CO;2",
        r"10.1175/1520(1987)115\textless{}16:G\string>2.0.CO;2",
    ],
)
def test_signs_in_a_doi_are_read_from_latex(tmp_path: Path, doi: str) -> None:
    (paper,), _ = read_text(tmp_path, f"@misc{{a, title={{A}}, doi={{{doi}}}}}")
    assert paper.ids["doi"] == "10.1175/1520(1987)115<16:g>2.0.co;2"


@pytest.mark.parametrize(
    "piece", ["\n@a{", "@article{a, title={x\n", '@article{a, title="x\n', "@a{"]
)
def test_entries_without_an_end_are_scanned_once(
    tmp_path: Path, piece: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The characters that are looked at grow with the file, not with its square."""
    scanned = 0
    plain = bibtex.find_end_of_text

    def find_end_of_text(source: str, at: int, closing: str, limit: int, **options: bool) -> int:
        nonlocal scanned
        scanned += limit - at
        return plain(source, at, closing, limit, **options)

    monkeypatch.setattr(bibtex, "find_end_of_text", find_end_of_text)
    text = piece * 2000
    assert read_text(tmp_path, text)[1]
    assert scanned <= 2 * len(text)


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ("keyword = {ice, snow}", {"categories": ("ice", "snow")}),
        ("tags = {ice, snow}", {"categories": ("ice", "snow")}),
        ("keywords = {Ice age;snow,frost}", {"categories": ("Ice age", "snow", "frost")}),
        ("keywords = {Models, Theoretical; snow}", {"categories": ("Models, Theoretical", "snow")}),
        ("year = {[1990] 2002}", {"published": "2002"}),
        ("date = {1999-01-uu}", {"published": "1999-01"}),
        ("date = {2004-06?}", {"published": "2004-06"}),
    ],
)
def test_what_other_programs_write_into_fields_is_read(
    tmp_path: Path, fields: str, expected: dict[str, object]
) -> None:
    (paper,), _ = read_text(tmp_path, f"@misc{{a, title = {{A Work}}, {fields}}}")
    assert {name: getattr(paper, name) for name in expected} == expected


def test_the_director_is_the_author_of_a_film(tmp_path: Path) -> None:
    (paper,), _ = read_text(tmp_path, "@video{a, title = {Ice}, director = {Roe, Ann}}")
    assert [str(name) for name in paper.authors] == ["Ann Roe"]


@pytest.mark.parametrize(
    ("fields", "ids"),
    [
        ("eprint = {https://arxiv.org/abs/2401.99901v2}", {"arxiv": "2401.99901"}),
        ("eprint = {arXiv:2401.99901 [cs.LG]}", {"arxiv": "2401.99901"}),
        ("note = {arXiv:hep-th/9901001}", {"arxiv": "hep-th/9901001"}),
        ("eprint = {2399.52567}", {}),
        ("doi = {10.5555/a&lt;b&gt;c}", {"doi": "10.5555/a<b>c"}),
        (r"doi = {\href{https://doi.org/10.5555/q}{10.5555/q}}", {"doi": "10.5555/q"}),
        (r"doi = {10.5555\slash a\textendash1}", {"doi": "10.5555/a-1"}),
    ],
)
def test_identifiers_are_read_however_they_are_written(
    tmp_path: Path, fields: str, ids: dict[str, str]
) -> None:
    (paper,), _ = read_text(tmp_path, f"@misc{{a, title = {{A Work}}, {fields}}}")
    assert paper.ids == ids


NESTED = """
@inbook{c, crossref = {v}, title = {A Chapter}}
@book{v, crossref = {w}, title = {Third Volume}, date = {1975}}
@mvbook{w, author = {Reyes, Tomás}, title = {Works}, date = {1970}, publisher = {Press of Things}}
@book{own, title = {A Book}, booktitle = {A Book}, publisher = {Press of Things}, date = {2015},
  year = {2015}, month = jun, author = {family=Cruz, prefix=de la, "given={Ana M.}"}}
@periodical{p, title = {Journal of Things}, issuetitle = {On Trees}, issuesubtitle = {A Reader}}
@book{m, title = {Martingales}, author = {Prohorov{\\cprime}, {\\polhk{A}} and {Fu\\ocirc{u}, B}}}
"""


def test_chapters_inherit_from_volume_and_work_and_books_are_not_in_themselves(
    tmp_path: Path,
) -> None:
    papers, rejected = read_text(tmp_path, NESTED, "a.bib")
    assert rejected == []
    _, own, issue, accents, chapter, volume = papers
    assert (chapter.author_names, chapter.venue) == (("Tomás Reyes",), "Third Volume")
    assert (chapter.published, volume.published, volume.venue) == ("1975", "1975", "Works")
    assert (own.venue, own.published) == ("Press of Things", "2015-06")
    assert own.author_names == ("Ana M. de la Cruz",)
    assert (issue.title, issue.venue) == ("On Trees: A Reader", "Journal of Things")
    assert accents.author_names == ("Ą Prohorovʹ", "Fuů, B")


def test_what_has_no_title_is_named_by_its_description(tmp_path: Path) -> None:
    (paper,), _ = read_text(tmp_path, "@misc{a, titleaddon = {Lecture notes on ice}}", "a.bib")
    assert paper.title == "Lecture notes on ice"

"""The formats of tagged lines: RIS, Web of Science, RefWorks, PubMed, refer."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.authors import authors
from tests.sources.reading import read_text
from tui.core.paper import Paper

RIS = """\
TY  - JOUR
AU  - Lindqvist, Ada
AU  - de la Cruz Soto, Tomás
TI  - Streams of <i>things</i>
T2  - Journal of Things
AB  - We measure
streams.
PY  - 2024/02/28/
DO  - 10.5555/ABC
KW  - streams
KW  - things, many
UR  - https://example.org/1
ER  -

TY - CONF
A1 - Reyes, T.
T1 - Another
Y1 - 2020///
"""
ISI = """\
FN Clarivate Analytics Web of Science
VR 1.0
PT J
AU Lindqvist, A
   Reyes, T
AF Lindqvist, Ada
   Reyes, Tomas
TI Streams of things over
   two lines
SO JOURNAL OF THINGS
AB We measure
   streams.
DE streams; things
PD FEB 28
PY 2024
DI 10.5555/abc
PM 123
ER

PT J
AU Reyes, T
TI Another
PY 2020
ER

EF
"""
NBIB = """\
PMID- 123
TI  - Streams of things over
      two lines.
AB  - We measure streams.
FAU - Lindqvist, Ada
AU  - Lindqvist A
DP  - 2024 Feb 28
JT  - Journal of Things
LID - 10.5555/abc [doi]

PMID- 124
TI  - Another
FAU - Reyes, T
DP  - 2020
"""
REFER = """\
%0 Journal Article
%A Lindqvist, Ada
%A Reyes, Tomas
%T Streams of things
%J Journal of Things
%D 2024
%R doi:10.5555/abc
%X We measure streams.

%0 Book
%T Another
%A Reyes, T.
%D 2020
"""
REFWORKS = """\
RT Journal Article
SR Electronic(1)
A1 Lindqvist, Ada
T1 Streams of things
JF Journal of Things
YR 2024
AB We measure streams.
DO 10.5555/abc

RT Dissertation
SR Electronic(1)
A1 Reyes, T.
T1 Another
YR 2020
"""


def test_an_ris_record_is_read(tmp_path: Path) -> None:
    papers, rejected = read_text(tmp_path, RIS, "a.txt")
    assert rejected == []
    assert papers[0] == Paper(
        "Streams of things",
        authors("Ada Lindqvist", "de la Cruz Soto, Tomás"),
        "We measure streams.",
        "2024-02-28",
        venue="Journal of Things",
        categories=("streams", "things, many"),
        ids={"doi": "10.5555/abc"},
        links={"abs": "https://example.org/1"},
        sources=("a.txt",),
    )
    assert (papers[1].title, papers[1].author_names, papers[1].published) == (
        "Another", ("T. Reyes",), "2020",
    )  # fmt: skip


@pytest.mark.parametrize("text", [ISI, NBIB, REFER, REFWORKS], ids=["isi", "nbib", "refer", "rw"])
@pytest.mark.parametrize("ends", ["\n", "\r\n"])
def test_the_record_of_each_other_format_is_read(tmp_path: Path, text: str, ends: str) -> None:
    papers, rejected = read_text(tmp_path, text.replace("\n", ends))
    assert rejected == []
    first, second = papers
    assert first.title.startswith("Streams of things")
    assert first.title.removesuffix(".").endswith(("things", "two lines"))
    assert first.author_names[0] == "Ada Lindqvist"
    assert first.abstract == "We measure streams."
    assert first.published[:4] == "2024"
    assert first.venue.lower() == "journal of things"
    assert first.ids["doi"] == "10.5555/abc"
    assert (second.title, second.published) == ("Another", "2020")
    assert "pmid" not in first.ids or first.ids["pmid"] == "123"


def test_a_record_without_title_is_named(tmp_path: Path) -> None:
    text = RIS.replace("T1 - Another\n", "")
    papers, rejected = read_text(tmp_path, text, "a.ris")
    assert len(papers) == 1
    assert rejected == ["a.ris:15: no title"]


def test_an_unknown_tagged_export_is_not_a_page(tmp_path: Path) -> None:
    text = "--AU-- Somebody\n--TI-- A title\n--AB-- It has an abstract that ends, as they do.\n"
    papers, rejected = read_text(tmp_path, text)
    assert papers == []
    assert "unknown format" in rejected[0]


@pytest.mark.parametrize(
    ("tags", "authors"),
    [
        ("A1  - Lindqvist, Ada\nAU  - Reyes, Tom\n", ("Ada Lindqvist", "Tom Reyes")),
        ("AU  - Reyes, Tom\nA1  - IEEE\n", ("Tom Reyes",)),
        ("A2  - Holm, Eva\nA1  - Reyes, Tom\n", ("Tom Reyes",)),
        ("ED  - Holm, Eva\n", ("Eva Holm",)),
    ],
)
def test_authors_under_two_tags_of_ris(tmp_path: Path, tags: str, authors: tuple[str, ...]) -> None:
    (paper,), _ = read_text(tmp_path, f"TY  - JOUR\nTI  - A Work\n{tags}ER  - \n")
    assert paper.author_names == authors


@pytest.mark.parametrize("tag", ["DO", "UR", "M3", "L3", "ID"])
def test_an_old_doi_is_read_whole_from_any_tag_of_ris(tmp_path: Path, tag: str) -> None:
    doi = "10.5555/(sici)1(1998)1:2<3::aid-4>3.0.co;2-(5)"
    (paper,), _ = read_text(tmp_path, f"TY  - JOUR\nTI  - A Work\n{tag}  - {doi}\nER  - \n")
    assert paper.ids == {"doi": doi}


@pytest.mark.parametrize(
    ("tags", "published"),
    [
        ("PY  - 2015\nY1  - 2015/09/10\n", "2015-09-10"),
        ("PY  - 2015\nY1  - 2016/09/10\n", "2015"),
        ("PY  - ///\nY1  - 2016///\n", "2016"),
        ("PY  - 2015\nDA  - Sep 10\n", "2015-09-10"),
    ],
)
def test_the_most_exact_date_of_its_year_counts(tmp_path: Path, tags: str, published: str) -> None:
    (paper,), _ = read_text(tmp_path, f"TY  - JOUR\nTI  - A Work\n{tags}ER  - \n")
    assert paper.published == published


def test_the_number_of_a_publisher_is_not_taken_for_the_doi(tmp_path: Path) -> None:
    text = "PMID- 1\nTI  - A Work.\nAID - 10.1177_15910 [pii]\nAID - 10.1177/15910 [doi]\n"
    (paper,), _ = read_text(tmp_path, text)
    assert paper.ids == {"doi": "10.1177/15910", "pmid": "1"}


def test_what_ovid_writes_behind_titles_names_and_journals_is_removed(tmp_path: Path) -> None:
    text = (
        "<1. >\nVN  - Ovid Technologies\nAU  - Reyes, Tom 1,2,+\nAU  - Holm, Eva MD, PhD *\n"
        "TI  - A Work.  [Article]\nSO  - Acta Things August 2011;43(8):647-653\n"
        "DI  - 10.5555/abc\nKW  - streams, things\n"
    )
    (paper,), _ = read_text(tmp_path, text)
    assert paper == Paper(
        "A Work.",
        authors("Tom Reyes", "Eva Holm"),
        published="2011-08",
        venue="Acta Things",
        categories=("streams", "things"),
        ids={"doi": "10.5555/abc"},
        sources=("file",),
    )


@pytest.mark.parametrize(
    ("source", "venue", "published"),
    [
        ("Journal of Ice. 201(2-3):327-334, November 15, 2004.", "Journal of Ice", "2004-11-15"),
        ("Journal of Ice. 12(3):4-9, 2004 Aug 5.", "Journal of Ice", "2004-08-05"),
        ("Journal of Ice 12, Winter 2004: 7-14.", "Journal of Ice", "2004"),
        ("Journal of Ice. Vol.43(5), Sep 2004, pp. 623-634.", "Journal of Ice", "2004-09"),
        ("Ice & Snow November/December 2004;6:611", "Ice & Snow", "2004-11"),
        (
            "Roe, Ann [Ed]; Bell, Bo [Ed]. (2004). On ice: A reader. (pp. 1-9).",
            "On ice: A reader",
            "2004",
        ),
        ("Annals of Ice. 2004 15 June; 433-441.", "Annals of Ice", "2004-06-15"),
        ("Marine Ice August 2004;43(8):647", "Marine Ice", "2004-08"),
    ],
)
def test_journal_and_date_are_read_from_the_source_that_ovid_writes(
    tmp_path: Path, source: str, venue: str, published: str
) -> None:
    text = f"<1. >\nVN  - Ovid Technologies\nTI  - A Work\nSO  - {source}\nYR  - 2004\n"
    (paper,), _ = read_text(tmp_path, text)
    assert (paper.venue, paper.published) == (venue, published)


def test_labelled_lines_of_ovid_are_read(tmp_path: Path) -> None:
    text = (
        "<8>\nAccession Number\n  00042637.\nAuthor\n"
        "  Reyes, Tom RN; PhD 1;  Holm, Eva 2\nInstitution\n  (1)A School of Ice\nTitle\n"
        "  A work on ice.[Review]\nSource\n  Nursing on Ice.   28(2):103-106, April 2015.\n"
        "Author Keywords\n  ice;  snow.\nDOI Number\n  10.5555/abc\n\n<9>\nTitle\n  Another\n"
    )
    (paper, other), rejected = read_text(tmp_path, text)
    assert rejected == []
    assert [str(name) for name in paper.authors] == ["Tom Reyes", "Eva Holm"]
    assert (paper.title, paper.venue, paper.published) == (
        "A work on ice.",
        "Nursing on Ice",
        "2015-04",
    )
    assert (paper.ids, other.title) == ({"doi": "10.5555/abc"}, "Another")


def test_keywords_of_authors_and_of_the_library_are_kept(tmp_path: Path) -> None:
    text = "PMID- 1\nTI  - A Work.\nOT  - ice\nMH  - *Snow\nMH  - Models, Theoretical\n"
    (paper,), _ = read_text(tmp_path, text)
    assert paper.categories == ("ice", "Snow", "Models, Theoretical")
    (paper,), _ = read_text(tmp_path, "PT J\nTI A Work\nDE ice; snow\nID FROST; ICE\nER\n")
    assert paper.categories == ("ice", "snow", "FROST", "ICE")


def test_the_doi_in_a_note_of_endnote_is_read(tmp_path: Path) -> None:
    (paper,), _ = read_text(tmp_path, "%0 Journal Article\n%T A Work\n%O 10.5555/abc\n")
    assert paper.ids == {"doi": "10.5555/abc"}


def test_ris_in_small_letters_is_read(tmp_path: Path) -> None:
    text = "ty  - JOUR\nti  - On ice\nau  - Roe, Ann\nab  - We find\nit - and others.\ner  - \n"
    (paper,), _ = read_text(tmp_path, text)
    assert (paper.title, paper.abstract) == ("On ice", "We find it - and others.")


@pytest.mark.parametrize(("kind", "venue"), [("BOOK", "Ice Press"), ("CHAP", "Series of Ice")])
def test_a_whole_book_has_its_publisher_and_not_its_series(
    tmp_path: Path, kind: str, venue: str
) -> None:
    text = f"TY  - {kind}\nTI  - On ice\nT2  - Series of Ice\nPB  - Ice Press\nER  - \n"
    (paper,), _ = read_text(tmp_path, text)
    assert paper.venue == venue


def test_words_of_libraries_are_keywords_and_a_book_is_not_in_itself(tmp_path: Path) -> None:
    record = (
        "PT B\nAU Reyes, T\nTI A Book\nSO A Book\nDE trees\nOR dogs\nBD Canis; mammals\n"
        "PU A PRESS\nPY 2020\nER\n\nPT P\nTI A Device\nAE Things Inc\nMC Medicine; Tools\nER\n"
    )
    (book, patent), rejected = read_text(tmp_path, record)
    assert rejected == []
    assert (book.venue, book.categories) == ("A PRESS", ("trees", "Canis", "mammals", "dogs"))
    assert (patent.venue, patent.categories) == ("Things Inc", ("Medicine", "Tools"))


def test_publisher_of_ovid_is_named_without_its_city(tmp_path: Path) -> None:
    record = "VN  - Ovid Technologies\nAU  - Reyes, T.\nTI  - A Book\nPB  - A Press, Some City\n"
    (paper,), _ = read_text(tmp_path, record)
    assert paper.venue == "A Press"


def test_the_note_of_the_apa_has_the_pmid_of_the_paper(tmp_path: Path) -> None:
    note = "Accession Number: 2020-1-001. PMID: 123 Partial author list: Reyes, T."
    record = f"TY  - JOUR\nTI  - A Work\nN1  - {note}\nER  -\n"
    record += "TY  - JOUR\nTI  - B Work\nN1  - Comment on PMID: 124\nER  -\n"
    papers, _ = read_text(tmp_path, record)
    assert [paper.ids for paper in papers] == [{"pmid": "123"}, {}]

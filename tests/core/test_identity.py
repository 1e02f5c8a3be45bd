"""Identity: when two records are one work."""

from __future__ import annotations

import pytest

from tests.authors import authors
from tui.core.author import Author
from tui.core.identity import (
    authors_agree,
    is_generic,
    is_same_as_searched,
    is_same_by_identifier,
    is_same_by_title,
    is_same_person,
    match_key,
    titles_agree,
)
from tui.core.paper import Paper

LINDQVIST = authors("Ada Lindqvist", "Wei Li")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Salt & Light", "Salt and light"),
        ("Pre-training of Deep Nets", "Pretraining of deep nets"),
        ("Modelling the Behaviour of Colour Centres", "Modeling the behavior of color centers"),
        ("Haemoglobin in Anaemia", "Hemoglobin in anemia"),
        ("Sinks: A Study of Streams", "Sinks"),
        ("Sinks: A Study of Long Streams", "Sinks: A Study"),
        ("Sinks: A Study of Streams", "Sinks - a study of streams"),
        ("Emission from Quantum Dots in a Band Gap", "Emission from Quantum Dots in…"),
        ("The α-Synuclein Gene", "The alpha-synuclein gene"),
        ("Ageing Programmes", "Aging programs"),
        ("Sceptical Judgement", "Skeptical judgment"),
        ("Aluminium Ploughs, Moulds and Tyres", "Aluminum plows, molds and tires"),
        ("Manoeuvres around Artefacts", "Maneuvers around artifacts"),
        ("The Sinks of Streams", "Sinks of streams"),
        ("“The Sinks of Streams”", "Sinks of streams"),
        ("A History of C++", "History of C plus plus"),
        ("CD4+ T Cells", "CD4(+) T cells"),
        ("CD4⁺ T Cells", "CD4+ T cells"),
        ("Emission from Quantum Dots within a Gap", "Emission from quantum dots within"),
        ("Sinks: Better than C++", "Sinks"),
        ("Sinks: A Review", "Sinks"),
        ("Sinks of Streams#", "Sinks of streams*"),
        ("Rivers of Asia = Flüsse Asiens", "Rivers of Asia"),
        ("RETRACTED: Sinks of Streams", "Sinks of Streams"),
        ("Retracted Article: Sinks of Streams", "Sinks of Streams"),
    ],
)
def test_spellings_and_cuts_of_a_title_agree(one: str, other: str) -> None:
    papers = [Paper(title, LINDQVIST, published="2024") for title in (one, other)]
    assert titles_agree(one, other)
    assert titles_agree(other, one)
    assert is_same_by_title(*papers)
    assert is_same_by_title(*reversed(papers))
    assert match_key(papers[0]) == match_key(papers[1])


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Programming in C", "Programming in C++"),
        ("Programming in C++", "Programming in C#"),
        ("On B Trees", "On B+ Trees"),
        ("CodeNet in Practice", "CodeNet++ in Practice"),
        ("Searching with A", "Searching with A*"),
        ("Learning F*", "Learning F#"),
        ("The X Method", "The X⁺ Method"),
        ("A-Stable Sinks", "Stable Sinks"),
        ("A* Sinks", "Star Sinks"),
        ("Sinks, Part I", "Sinks, Part II"),
        ("Sinks", "Sinks: Part II"),
        ("Sinks of 2019", "Sinks of 2020"),
        ("Sinks in Streams", "Sinks in Streams: Reply"),
        ("Sinks in Streams", "Sinks in Streams: A Reply to Critics"),
        ("Sinks in Streams", "Sinks in Streams. II. Floods"),
        ("Flüsse Asiens", "Flüsse Asiens. Teil 2"),
        ("Fleuves d'Asie", "Fleuves d'Asie : deuxième partie"),
        ("Sinks in Streams", "Sinks in Streams: Revisited"),
        ("Salt & Sinks: A Study", "Salt and Sinks: A Study - a rejoinder"),
        ("Salt & Sinks: A Study", "Salt and Sinks: A Study, Part 2"),
        ("The β-Sinks. A Study", "The Beta-Sinks: A Study: Reply"),
        ("Sinks in Streams", "Retracted: The Fate of Sinks in Streams"),
        ("Sinks: A Study of Cats", "Sinks: A Study of Dogs"),
        (
            "Effects in Male Rats of the Long Exposure",
            "Effects in Female Rats of the Long Exposure",
        ),
        ("Cut…", "Cut and Whole"),
    ],
)
def test_titles_of_two_works_are_two(one: str, other: str) -> None:
    papers = [Paper(title, LINDQVIST, published="2024") for title in (one, other)]
    assert not is_same_by_title(*papers)
    assert not is_same_by_title(*reversed(papers))


def test_a_title_with_thousands_of_colons_is_compared_at_once() -> None:
    assert not titles_agree("ab", "abc: " * 20_000)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Wei Zhang", "W. Zhang", True),
        ("Wei Zhang", "Zhang Wei", True),
        ("Zhang, W", "Wei Zhang", True),
        ("J. A. Smith", "John Smith", True),
        ("Jae-Hyun Kim", "Jaehyun Kim", True),
        ("KM Shariful Islam", "KMS Islam", True),
        ("KM Shariful Islam", "KMT Islam", False),
        ("Zhang", "Wei Zhang", True),
        ("José Müller", "J. Mueller", True),
        ("Ludwig van der Meer", "L. Vandermeer", True),
        ("Ludwig van der Meer", "B. Vandermeer", False),
        ("Ann Moe", "Ann Mo", False),
        ("Niels Ågaard", "N. Aagaard", True),
        ("Gabriel García Márquez", "G. García", True),
        ("Gabriel García Márquez", "L. García", False),
        ("Wei Zhang", "Zhang Li", False),
        ("World Health Organization", "WHO", True),
        ("World Health Organization", "WTO", False),
        ("Wei Zhang", "Li Zhang", False),
        ("W. Zhang", "L. Zhang", False),
        ("J. A. Smith", "J. B. Smith", False),
        ("Wei Zhang", "Wei Chen", False),
    ],
)
def test_names_of_one_person_agree_in_their_initials(one: str, other: str, same: bool) -> None:
    assert is_same_person(Author.read(one), Author.read(other)) is same
    assert is_same_person(Author.read(other), Author.read(one)) is same


def test_a_list_of_authors_may_be_cut_but_keeps_the_first() -> None:
    everybody = authors("A. Bee", "C. Dee", "E. Eff", "G. Gee")
    assert authors_agree(everybody, everybody[:1])
    assert authors_agree(everybody[:2], everybody)
    assert not authors_agree(everybody, authors("Z. Zed", "C. Dee"))
    assert not authors_agree(everybody, authors("A. Bee", "X. Ex", "Y. Why"))


def test_long_lists_of_authors_are_compared_at_once() -> None:
    names = [f"{first}{second}" for first in "bdfgklmnprst" for second in "aeiou"]
    full = authors(*(f"Ada {one}{other}".title() for one in names[:30] for other in names))
    short = tuple(Author(each.family, "A.") for each in reversed(full))
    assert authors_agree(full, short)


@pytest.mark.parametrize(("year", "same"), [("2023", True), ("2025", True), ("2026", False)])
def test_the_years_of_one_work_are_one_apart_at_most(year: str, same: bool) -> None:
    one = Paper("Sinks in Streams", LINDQVIST, published="2024-05-01")
    assert is_same_by_title(one, one._replace(published=year)) is same
    assert is_same_by_title(one, one._replace(published=""))


@pytest.mark.parametrize(
    "title",
    [
        "Editorial", "In this Issue", "Cover Image, Volume 12, Issue 3", "Annual Report 2019",
        "Graphical Abstract", "Research Highlights", "Notes on Contributors", "Books Received",
        "Acknowledgment to Reviewers", "Introduction to the Special Issue", "Einleitung",
        "President's Message", "Chapter 2", "Concluding Remarks", "Expression of Concern",
    ],
)  # fmt: skip
def test_a_title_that_every_journal_has_also_needs_the_venue(title: str) -> None:
    one = Paper(title, LINDQVIST, published="2024", venue="Journal of X")
    assert is_generic(title)
    assert is_same_by_title(one, one)
    assert not is_same_by_title(one, one._replace(venue="Annals of Y"))
    assert not is_same_by_title(one, one._replace(venue=""))
    assert not is_same_by_title(one, one._replace(published="2025"))
    assert not is_same_by_title(one, one._replace(authors=()))
    assert not is_same_by_title(one, one._replace(title=f"{title}: The Year of Sinks"))


@pytest.mark.parametrize(
    "title", ["Editorial Boards of Journals", "An Introduction to Sinks", "Chapter and Verse"]
)
def test_a_title_that_only_begins_so_is_not_generic(title: str) -> None:
    assert not is_generic(title)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("10.1101/2023.04.18.23288775", "10.1177/23969873231223307", True),
        ("10.2139/ssrn.4567890", "10.1016/j.soilbio.2024.1", True),
        ("10.5194/egusphere-2023-1234", "10.5194/nhess-24-1-2024", True),
        ("10.6084/m9.figshare.123456", "10.6084/m9.figshare.123456.v1", True),
        ("10.21203/rs.3.rs-12345/v1", "10.21203/rs.3.rs-12345/v2", True),
        ("10.31234/osf.io/abcde", "10.31234/osf.io/abcde_v2", True),
        ("10.1002/essoar.10504562.1", "10.1002/essoar.10504562.2", True),
        ("10.1037//0022-3514.83.3", "10.1037/0022-3514.83.3", True),
        ("10.3386/w12345", "10.1016/j.soilbio.2024.1", True),
        ("10.5194/nhess-2023-12", "10.5194/nhess-24-1-2024", True),
        ("10.5194/essd-2023-12", "10.5194/essd-16-1-2024", True),
        ("10.12688/f1000research.123.1", "10.12688/f1000research.123.2", True),
        ("10.5194/nhess-23-1-2023", "10.5194/nhess-24-1-2024", False),
        ("10.1000/a", "10.1000/b", False),
        ("10.1101/2023.04.18.23288775", "10.1101/2023.04.19.11111111", False),
    ],
)
def test_a_preprint_may_have_another_doi_than_its_publication(
    one: str, other: str, same: bool
) -> None:
    preprint = Paper("Sinks in Streams", LINDQVIST, published="2023", ids={"doi": one})
    article = preprint._replace(published="2024", ids={"doi": other})
    assert is_same_by_title(preprint, article) is same
    assert is_same_by_title(article, preprint) is same
    assert not is_same_by_title(preprint, article._replace(authors=authors("Z. Zed")))


def test_two_chapters_with_the_doi_of_their_book_are_two() -> None:
    doi = {"doi": "10.1000/bk"}
    apples = Paper("Chapter on Apples", authors("Ann Doe"), ids=doi)
    for other in (authors("Bob Roe"), authors("Ann Doe"), ()):
        pears = Paper("Chapter on Pears", other, venue="Fruit", ids=doi)
        assert not is_same_by_identifier(apples, pears)
        assert not is_same_by_identifier(pears, apples)
    assert is_same_by_identifier(apples, Paper("Chapter on Aples", ids=doi, venue="Fruit"))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Chapter on Apples", "Chapter on Pears"),
        ("The X Method", "The X+ Method"),
        ("Gram-Positive Bacteria in Soil", "Gram-Negative Bacteria in Soil"),
        ("On the Rivers of Asia", "Erratum to: On the Rivers of Asia"),
        ("On the Rivers of Asia", "Author Correction: On the Rivers of Asia"),
        ("On the Rivers of Asia", "A Reply to “On the Rivers of Asia”"),
        ("On the Rivers of Asia", "Re: On the Rivers of Asia"),
        ("On the Rivers of Asia", "Supplementary Material for “On the Rivers of Asia”"),
        ("On the Rivers of Asia", "Editorial Expression of Concern: On the Rivers of Asia"),
        ("On the Rivers of Asia", "Faculty Opinions Recommendation of On the Rivers of Asia"),
        ("On the Rivers of Asia", "On the Rivers of Asia: Authors' Reply"),
        ("On the Rivers of Asia", "On the Rivers of Asia II"),
        ("On the Rivers of Asia", "On the Rivers of Asia: Reply"),
        ("On the Rivers of Asia", "On the Rivers of Asia, Part II"),
        ("The Typical Rivers of Asia and Europe", "The Atypical Rivers of Asia and Europe"),
    ],
)
def test_works_of_similar_titles_that_share_a_doi_are_two(one: str, other: str) -> None:
    doi = {"doi": "10.1000/bk"}
    for people in ((), LINDQVIST):
        papers = [Paper(one, people, ids=doi), Paper(other, LINDQVIST, venue="J", ids=doi)]
        assert not is_same_by_identifier(*papers)
        assert not is_same_by_identifier(*reversed(papers))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Rivers of Asia", "The Rivers of Asia"),
        ("On the Rivers of Asia", "Physical Review Letters: On the Rivers of Asia (2019)"),
        ("On the Rivers of Asia", "RETRACTED: On the Rivers of Asia"),
        ("On the Rivers of Azia", "On the Rivers of Asia"),
        ("On the River Banks of Asia", "On the Riverbanks of Asia"),
    ],
)
def test_a_title_with_words_around_it_that_shares_a_doi_is_one_work(one: str, other: str) -> None:
    papers = [Paper(title, LINDQVIST, ids={"doi": "10.1000/a"}) for title in (one, other)]
    assert is_same_by_identifier(*papers)
    assert is_same_by_identifier(*reversed(papers))


def test_two_discussions_in_one_volume_are_two() -> None:
    one = Paper("Discussion", authors("Ann Doe"), ids={"doi": "10.1000/bk"})
    assert is_same_by_identifier(one, one._replace(authors=authors("A. Doe")))
    assert is_same_by_identifier(one, one._replace(authors=()))
    assert not is_same_by_identifier(one, one._replace(authors=authors("Bob Roe")))


def test_a_posting_may_be_renamed_by_its_authors() -> None:
    arxiv = {"arxiv": "2301.00001"}
    first = Paper("Sinks for Streaming Attention", LINDQVIST, ids=arxiv)
    renamed = first._replace(title="Attention Sinks Explain Streaming")
    assert is_same_by_identifier(first, renamed)
    assert not is_same_by_identifier(first, renamed._replace(authors=authors("Z. Zed")))
    assert not is_same_by_identifier(first, first._replace(title="On the Growth of Apples"))


def test_a_translated_title_is_known_by_its_pmid_or_its_script() -> None:
    one = Paper("[Rivers of Asia in winter].", LINDQVIST, ids={"doi": "10.1/a", "pmid": "1"})
    erratum = one._replace(title="Erratum to “Rivers of Asia in Winter”")
    assert not is_same_by_identifier(one, erratum)
    german = one._replace(title="Flüsse Asiens im Winter")
    assert is_same_by_identifier(one, german)
    assert not is_same_by_identifier(one, german._replace(authors=authors("Z. Zed")))
    assert not is_same_by_identifier(one, german._replace(ids={"doi": "10.1/a"}))
    chinese = one._replace(
        title="亚洲的冬季河流", authors=authors("林奎斯", "李伟"), ids={"doi": "10.1/a"}
    )
    assert is_same_by_identifier(one, chinese)
    assert is_same_by_identifier(chinese, one)
    for people in (chinese.authors[:1], ()):
        other = chinese._replace(authors=people)
        assert not is_same_by_identifier(
            one._replace(authors=one.authors[: 2 * len(people)]), other
        )


def test_a_title_without_anything_else_may_be_wrong() -> None:
    doi = {"doi": "10.1000/x"}
    whole = Paper("The Real Title", LINDQVIST, ids=doi)
    for title in ("name-particle: von", "BERT", "[PDF]", "real-title.pdf"):
        assert is_same_by_identifier(Paper(title, ids=doi), whole)
    for title in ("Chapter on Pears", "Introduction", "Apples: A History"):
        assert not is_same_by_identifier(Paper(title, ids=doi), whole)
        pmid = doi | {"pmid": "1"}
        assert is_same_by_identifier(Paper(title, ids=pmid), whole._replace(ids=pmid))
    assert not is_same_by_identifier(Paper("One Name", ids=doi), Paper("Another", ids=doi))


def test_a_typing_error_is_forgiven_only_in_a_search() -> None:
    one = Paper("Efficient Sinks for Streaming Attention", LINDQVIST)
    other = one._replace(title="Efficient Sinks for Streeming Attention")
    assert is_same_as_searched(one, other)
    assert not is_same_by_title(one, other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Learning C", "Learning C++"),
        ("The Typical Rivers of the North in Winter", "The Atypical Rivers of the North in Winter"),
        ("The Male Rats of the Northern Rivers", "The Female Rats of the Northern Rivers"),
        ("Treating Rats of the Northern Rivers with Salt", "Treating Rats of the Northern Rivers"),
    ],
)
def test_words_of_another_meaning_are_no_typing_error(one: str, other: str) -> None:
    papers = [Paper(title, LINDQVIST) for title in (one, other)]
    assert not is_same_as_searched(*papers)
    assert not is_same_as_searched(*reversed(papers))

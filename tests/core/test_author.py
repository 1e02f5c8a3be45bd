"""Author: the parts of names, and the texts in which they are shown and stored."""

from __future__ import annotations

import pytest

from tests.authors import authors
from tui.core.author import Author, short_authors
from tui.core.paper import Paper


@pytest.mark.parametrize(
    ("text", "family", "given", "particle", "suffix"),
    [
        ("Ada Lindqvist", "Lindqvist", "Ada", "", ""),
        ("Han, Song", "Han", "Song", "", ""),
        ("Plato", "Plato", "", "", ""),
        ("Ludwig van Beethoven", "Beethoven", "Ludwig", "van", ""),
        ("Vincent van der Berg Jr.", "Berg", "Vincent", "van der", "Jr."),
        ("Ludwig ter Haar", "Haar", "Ludwig", "ter", ""),
        ("de la Cruz Soto, Tomás", "Cruz Soto", "Tomás", "de la", ""),
        ("Louis Van Berg", "Van Berg", "Louis", "", ""),
        ("Van Nguyen", "Nguyen", "Van", "", ""),
        ("bell hooks", "hooks", "bell", "", ""),
        ("King, Jr., Martin L.", "King", "Martin L.", "", "Jr."),
        ("King, Martin L., Jr.", "King", "Martin L.", "", "Jr."),
        ("Smith, J., C.", "Smith", "J. C.", "", ""),
        ("Steele Jr., Guy L.", "Steele", "Guy L.", "", "Jr."),
        ("Smith JA", "Smith", "J. A.", "", ""),
        ("van der Berg A.-B.", "Berg", "A.-B.", "van der", ""),
        ("Wei LI", "LI", "Wei", "", ""),
        ("王 小明", "王", "小明", "", ""),
        ("小明 王", "王", "小明", "", ""),  # as earlier versions wrote two fields
        ("山田 太郎", "山田", "太郎", "", ""),
        ("山田太郎", "山田太郎", "", "", ""),
        ("Alle, Till Pierce, 1848-1914", "Alle", "Till Pierce", "", ""),
        ("Till Pierce [1848-1914] Alle", "Alle", "Till Pierce", "", ""),
        ("Christoph (1946-....) Theo", "Theo", "Christoph", "", ""),
        ("Jane Doe MD", "Doe", "Jane", "", ""),
        ("Doe, Jane, MD", "Doe", "Jane", "", ""),
        ("Doe, Jane, Esq.", "Doe", "Jane", "", "Esq."),
        ("Jane Doe, PhD", "Doe", "Jane", "", ""),
        ("Robles, MD", "Robles", "MD", "", ""),
        ("García López, M.D.", "García López", "M.D.", "", ""),
        ("Tabar, JR", "Tabar", "JR", "", ""),
        ("Tabar JR", "Tabar", "J. R.", "", ""),
        ("Buynevich, IV", "Buynevich", "IV", "", ""),
        ("Garcia Lopez, JR", "Garcia Lopez", "JR", "", ""),
        ("William E. Linn, Jr.", "Linn", "William E.", "", "Jr."),
        ("Doe, Jane MSc, Ph.D.", "Doe", "Jane", "", ""),
    ],
)
def test_a_name_has_parts(text: str, family: str, given: str, particle: str, suffix: str) -> None:
    author = Author.parse(text)
    parts = (author.family, author.given, author.particle, author.suffix)
    assert parts == (family, given, particle, suffix)
    assert not author.is_literal
    assert str(author) == text


@pytest.mark.parametrize(
    "text",
    [
        "World Health Organization",
        "The LIGO Scientific Collaboration",
        "UK Government",
        "Department for Education",
        "University of California",
        "Team Gemini",
        "Procter & Gamble",
        "Bell and Sons",
        "Li, Wei; Roe, Bo",
        "A, B, C, D",
        "Team 2020",
        "Horizon 2020",
        "Jane Doe (editor)",
        "Roe, Wei, Lindqvist",
    ],
)
def test_an_institution_has_no_parts(text: str) -> None:
    author = Author.parse(text)
    assert author.is_literal
    assert author.to_csl() == {"literal": text}
    assert author == Author.literal(text)


@pytest.mark.parametrize(
    ("author", "shown", "stored"),
    [
        (Author("Berg", "Louis", "van der"), "Louis van der Berg", "Louis van der Berg"),
        (Author("Cruz Soto", "Ana", "de la"), "de la Cruz Soto, Ana", "de la Cruz Soto, Ana"),
        (Author("Ortega y Gasset", "José"), "Ortega y Gasset, José", "Ortega y Gasset, José"),
        (Author("King", "Martin", suffix="Jr."), "Martin King Jr.", "Martin King Jr."),
        (Author.literal("ATLAS Collaboration"), "ATLAS Collaboration", "ATLAS Collaboration"),
        (Author.literal("Google DeepMind"), "Google DeepMind", {"literal": "Google DeepMind"}),
        (Author("王", "小明"), "王小明", {"family": "王", "given": "小明"}),
        (
            Author("van der Berg", "Louis"),
            "Louis van der Berg",
            {"family": "van der Berg", "given": "Louis"},
        ),
    ],
)
def test_a_name_is_stored_as_it_is_shown_if_that_is_enough(
    author: Author, shown: str, stored: object
) -> None:
    assert str(author) == shown
    assert author.stored == stored
    assert Author.from_stored(stored) == author == Author.from_csl(author.to_csl())


@pytest.mark.parametrize("stored", [None, 1, [], {"family": 1}])
def test_another_value_is_no_author(stored: object) -> None:
    with pytest.raises(TypeError):
        Author.from_stored(stored)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Han, Song", "Song Han"),
        ("Smith JA", "J. A. Smith"),
        ("Alleman, Tillie, 1848-1914.", "Tillie Alleman"),
        ("Ding, Wei MD, PhD", "Wei Ding"),
        ("Roe, Ann, DPhil", "Ann Roe"),
        ("Roe, Ann, MBChB", "Ann Roe"),
        ("Roe, Ann, DVM", "Ann Roe"),
        ("Smith, Jr., John", "John Smith Jr."),
        ("Smith, John, III", "John Smith III"),
        ("Ortega y Gasset, José, PhD", "Ortega y Gasset, José"),
    ],
)
def test_a_name_from_a_source_is_put_in_reading_order(text: str, shown: str) -> None:
    assert str(Author.read(text)) == shown


def test_a_list_with_commas_shows_each_name_in_reading_order() -> None:
    assert Author.parse("Han, Song").in_reading_order() == "Song Han"
    assert Author.parse("King, Martin, Jr.").in_reading_order() == "Martin King Jr."
    assert Author.literal("A, B").in_reading_order() == "A, B"


def test_initials_keep_hyphens() -> None:
    assert Author.parse("Jean-Pierre M. Serre").initials == "J.-P. M."
    assert Author("Jumper", "JM").initials == "J. M."


@pytest.mark.parametrize(
    ("names", "shown"),
    [
        ((), ""),
        (("Song Han",), "Han"),
        (("Guangxuan Xiao", "B", "C"), "Xiao +2"),
        (("World Health Organization", "B"), "World Health Organization +1"),
    ],
)
def test_short_authors_name_the_first_and_count_the_others(
    names: tuple[str, ...], shown: str
) -> None:
    assert short_authors(authors(*names)) == shown


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("Song Han", "title:e302d9081bed89eb"),
        ("de la Cruz Soto, Tomás", "title:08fc492510cf47fa"),
        ("World Health Organization", "title:ce7074d4df5ac37f"),
        ("Department of Wheat, University of X", "title:54dd0ad9d8e570d8"),
        ("Pope John Paul II", "title:8fb6eef02468cfc6"),
        ("小明 王", "title:d72f10cc07bcf0d9"),
        ("Smith JA", "title:2fea892d03bcc415"),
        ("Jane Doe PhD", "title:b5d24cc32fb42dbe"),
    ],
)
def test_the_key_of_a_stored_paper_never_changes(name: str, key: str) -> None:
    assert Paper("A Title", (Author.from_stored(name),)).key == key

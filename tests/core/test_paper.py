"""Paper: its keys."""

from __future__ import annotations

from tests.authors import authors
from tui.core.paper import Paper


def test_the_key_is_the_first_identifier_of_the_schemes() -> None:
    paper = Paper("T", ids={"doi": "10.1/x", "arxiv": "2402.18668"})
    assert paper.key == "arxiv:2402.18668"
    assert paper._replace(ids={"doi": "10.1/x"}).key == "doi:10.1/x"


def test_a_title_key_forgives_case_accents_and_punctuation() -> None:
    a = Paper("State-Space  Models: A Kekulé Survey", authors("Song Han"))
    b = Paper("state space models – a kekule survey", authors("Han, S."))
    assert a.key == b.key
    assert a.key.startswith("title:")
    assert b._replace(authors=authors("X. Other")).key != a.key


def test_titles_without_letters_have_different_keys() -> None:
    assert Paper("???").key != Paper("!!!").key


def test_code_named_in_the_abstract_or_the_comment_is_a_link() -> None:
    abstract = Paper("T", abstract="Code: https://github.com/ada/engine.", comment="see x.org/a")
    assert abstract.all_links == {"code": "https://github.com/ada/engine"}
    assert Paper("T", comment="gitlab.com/ada/x").all_links == {"code": "https://gitlab.com/ada/x"}
    given = abstract._replace(links={"code": "https://code.example/x"})
    assert given.all_links == {"code": "https://code.example/x"}


def test_the_page_is_the_first_link_in_whatever_order_sources_gave_them() -> None:
    links = {"pdf": "https://a.example/p.pdf", "abs": "https://a.example/p"}
    assert list(Paper("T", links=links).all_links) == ["abs", "pdf"]

"""Citation keys: what a pattern gives, made unique, saved once."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.authors import authors
from tests.config.conftest import write as write_config  # noqa: F401
from tui.config.export_section import check_pattern
from tui.config.settings import DEFAULT_PATTERN
from tui.core.listing import Listing
from tui.core.paper import Paper
from tui.export.citation_keys import TABLE, CitationKeys
from tui.export.key_pattern import MAX_KEY_LENGTH, expand_pattern
from tui.library.library import Library

ATTENTION = Paper(
    "Attention Is All You Need",
    authors("Ashish Vaswani", "Noam Shazeer"),
    published="2017-06-12",
    venue="Advances in NeurIPS",
    ids={"arxiv": "1706.03762"},
)


@pytest.mark.parametrize(
    ("text", "key"),
    [
        (DEFAULT_PATTERN, "vaswani2017attention"),
        ("{Author}{yy}", "Vaswani17"),
        ("{author}:{title}", "vaswani:attentionallyou"),
        ("{Word}-{venue}-{id}", "Attention-advances-1706-03762"),
        ("x{year}.", "x2017"),
    ],
)
def test_placeholders_of_the_pattern(text: str, key: str) -> None:
    assert check_pattern(text) == ""
    assert expand_pattern(ATTENTION, text) == key


@pytest.mark.parametrize(
    ("paper", "key"),
    [
        (
            Paper("The Über-Model of Straße", authors("Jürgen Groß"), published="2020"),
            "gross2020uber",
        ),
        (Paper("A", authors("Ludwig van Beethoven")), "vanbeethovena"),
        (Paper("日本語の論文", authors("山田太郎"), published="2021"), "paper2021"),
        (Paper("日本語の論文", authors("山田太郎")), "paper"),
        (Paper("Listed Only", listings=(Listing("2026-05-07"),)), "2026listed"),
        (Paper("x" * 500, authors("y" * 500)), "y" * MAX_KEY_LENGTH),
        (Paper("Self-Attention: “quoted”, {x} % # @", authors("O'Brien, Flann")), "obrienself"),
    ],
)
def test_keys_hold_ascii_only(paper: Paper, key: str) -> None:
    assert expand_pattern(paper, DEFAULT_PATTERN) == key
    assert key.isascii()


WRONG = (
    "{nobody}",
    "{author} {year}",
    "fixed",
    "{author}{",
    7,
    "",
    "é{word}",
    "a,{word}",
    "{word}@",
)


@pytest.mark.parametrize("text", [*WRONG, "{word}" * 50])
def test_wrong_patterns(text: object) -> None:
    assert check_pattern(text)


def twins(count: int) -> list[Paper]:
    return [
        Paper(f"Attention {n}", authors("Wei Li"), published="2020", ids={"arxiv": f"2001.{n:05}"})
        for n in range(count)
    ]


def saved_keys(library: Library, names: list[str]) -> list[str]:
    """Return the citation keys of papers, saved."""
    keys = CitationKeys(library.store, library.catalog)
    found = []
    for name in names:
        stored = library.find(name)
        assert stored
        found.append(keys.key_for(stored))
    keys.save()
    return found


def test_letters_make_equal_keys_unique(home: Path) -> None:
    with Library(home, create=True) as library:
        library.add(twins(30))
        keys = saved_keys(library, [f"2001.{n:05}" for n in range(30)])
    assert keys[:3] == ["li2020attention", "li2020attentiona", "li2020attentionb"]
    assert keys[26:29] == ["li2020attentionz", "li2020attentionaa", "li2020attentionab"]
    assert len({key.lower() for key in keys}) == 30


def test_a_key_stays_whatever_else_is_exported(home: Path) -> None:
    with Library(home, create=True) as library:
        library.add(twins(3))
        assert saved_keys(library, ["2001.00002"]) == ["li2020attention"]
    with Library(home) as library:
        assert saved_keys(library, ["2001.00000", "2001.00002", "2001.00001"]) == [
            "li2020attentiona",
            "li2020attention",
            "li2020attentionb",
        ]
        assert library.store.undo() is None  # not a change of the user


def test_a_key_stays_when_the_pattern_and_the_paper_change(home: Path) -> None:
    paper = Paper("Attention 1", authors("Wei Li"), published="2020")
    with Library(home, create=True) as library:
        library.add([paper])
        assert saved_keys(library, [paper.key]) == ["li2020attention"]
        library.add(
            [Paper("Attention 1", authors("Wei Li"), "", "2021-03", ids={"arxiv": "2103.00001"})]
        )
        stored = library.find("2103.00001")
        assert stored
        assert stored.key == "arxiv:2103.00001"
        assert (
            CitationKeys(library.store, library.catalog, "{word}").key_for(stored)
            == "li2020attention"
        )


def test_the_key_of_a_removed_paper_is_not_used_again(home: Path, tmp_path: Path) -> None:
    with Library(home, create=True) as library:
        library.add(twins(1))
        saved_keys(library, ["2001.00000"])
    (home / "papers.db").unlink()
    with Library(home, create=True) as library:
        library.add([Paper("Attention 9", authors("Wei Li"), published="2020")])
        assert saved_keys(library, [library.catalog.get(1).key]) == ["li2020attentiona"]  # type: ignore[union-attr]


def test_two_machines_with_the_same_key_agree_after_a_sync(home: Path) -> None:
    from tui.state import Change

    with Library(home, create=True) as library:
        library.add(twins(2))
        both = {"07": {"arxiv:2001.00001": "Same"}, "11": {"arxiv:2001.00000": "same"}}
        library.store.apply(Change.of("x", tables={TABLE: both}))
        assert saved_keys(library, ["2001.00001", "2001.00000"]) == ["li2020attention", "same"]


def test_keys_are_durable_only_when_saved(home: Path) -> None:
    with Library(home, create=True) as library:
        library.add(twins(1))
        stored = library.find("2001.00000")
        assert stored
        CitationKeys(library.store, library.catalog).key_for(stored)
        assert library.store.documents(TABLE) == {}


def test_the_config_gives_the_pattern(write_config) -> None:  # type: ignore[no-untyped-def]  # noqa: F811
    assert write_config("").export.key == DEFAULT_PATTERN
    right = write_config('[export]\nkey = "{Author}{yy}"')
    assert right.export.key == "{Author}{yy}"
    assert right.origin("export.key") == "config.toml:2"
    wrong = write_config('[export]\nkey = "{autor}"\nkeys = 1')
    assert wrong.export.key == DEFAULT_PATTERN
    assert [str(problem) for problem in wrong.problems] == [
        "config.toml:2: export.key: unknown placeholder {autor}; the placeholders are author, "
        "Author, year, yy, word, Word, title, venue, id; {author}{year}{word} is used",
        "config.toml:3: export.keys: unknown setting; ignored; the settings are key",
    ]

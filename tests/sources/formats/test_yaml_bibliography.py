"""Papers in YAML and TOML."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.sources.reading import read_text


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
def test_lists_and_single_papers_are_read_from_yaml_and_toml(tmp_path: Path, text: str) -> None:
    (paper,), rejected = read_text(tmp_path, text)
    assert rejected == []
    assert (paper.title, paper.author_names) == ("A Work", ("Ada Lindqvist", "Wei Li"))
    assert (paper.venue, paper.published[:4]) == ("ICML", "2020")


def test_a_citation_file_is_read_whatever_key_comes_first(tmp_path: Path) -> None:
    text = (
        "# YAML 1.2\n---\nabstract: We cite.\nauthors:\n  -\n    family-names: Berg\n"
        "    given-names: Ada\n    name-particle: van den\ncff-version: 1.2.0\n"
        "date-released: 2000-07-02\ntitle: A Tool\nreferences:\n  - type: book\n"
        "    doi: 10.5555/other\n...\n"
    )
    (paper,), rejected = read_text(tmp_path, text, "CITATION.cff")
    assert rejected == []
    assert (paper.title, paper.author_names) == ("A Tool", ("Ada van den Berg",))
    assert (paper.published, paper.abstract) == ("2000-07-02", "We cite.")


@pytest.mark.parametrize(
    ("issued", "published"),
    [
        ("2019-07", "2019-07"),
        ("\n    year: 2019\n    month: 7", "2019-07"),
        ("\n    - year: 2019\n      month: 7\n      day: 11", "2019-07-11"),
        ("\n    date-parts:\n    - - 2019\n      - 7", "2019-07"),
    ],
)
def test_every_form_of_a_date_in_csl_is_read(tmp_path: Path, issued: str, published: str) -> None:
    text = (
        '---\nnocite: "[@*]"\nreferences:\n- id: a\n  title: A Work\n  doi: 10.5555/abc\n'
        f"  issued: {issued}\n---\n\nText.\n"
    )
    (paper,), rejected = read_text(tmp_path, text, "a.md")
    assert rejected == []
    assert (paper.published, paper.ids) == (published, {"doi": "10.5555/abc"})


def test_a_preferred_citation_without_a_title_yields_to_the_file(tmp_path: Path) -> None:
    text = (
        "cff-version: 1.2.0\ntitle: On ice\nauthors:\n- family-names: Roe\n  given-names: Ann\n"
        "preferred-citation:\n  type: article\n  doi: 10.5555/abc\n"
    )
    (paper,), rejected = read_text(tmp_path, text, "CITATION.cff")
    assert rejected == []
    assert paper.title == "On ice"


def test_references_below_other_settings_are_read_without_their_markup(tmp_path: Path) -> None:
    text = (
        "---\nnocite: |\n  @a, @b\nlink-citations: true\nreferences:\n- id: a\n"
        '  title: "On [ICE]{.smallcaps} and *snow*: H~2~O, 10^-3^"\n  URL: <https://example.org/x>\n'
        "...\n\nText.\n"
    )
    (paper,), rejected = read_text(tmp_path, text, "a.md")
    assert rejected == []
    assert paper.title == "On ICE and snow: H₂O, 10⁻³"
    assert paper.links == {"abs": "https://example.org/x"}

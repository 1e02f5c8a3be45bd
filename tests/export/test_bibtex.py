"""BibTeX and BibLaTeX, read by pybtex and by a strict reader."""

from __future__ import annotations

from pathlib import Path

import pytest
from pybtex.database import parse_string

from tests.authors import authors
from tests.export import round_trip, strict
from tests.export.conftest import text_of
from tui.catalog.catalog import StoredPaper
from tui.core.author import Author
from tui.core.listing import Listing
from tui.core.paper import Paper
from tui.export.bibtex import format_author
from tui.export.item import ExportItem
from tui.export.latex_text import latex_title
from tui.state import Mark

BOTH = ("bibtex", "biblatex")


def entry(paper: Paper, format_name: str = "bibtex", **item: object) -> strict.Entry:
    """Return the entry of a paper, checked."""
    stored = StoredPaper(1, paper.key, "", paper)
    given = ExportItem(stored, item.get("mark", Mark()), "key1", str(item.get("note", "")))  # type: ignore[arg-type]
    (found,) = strict.entries(text_of(format_name, [given]))
    return found


@pytest.mark.parametrize("format_name", BOTH)
def test_hostile_papers_give_valid_bibtex(format_name: str, hostile: list[Paper]) -> None:
    text = text_of(format_name, list(round_trip.items(hostile)))
    assert len(strict.entries(text)) == len(hostile)
    database = parse_string(text, "bibtex")
    assert len(database.entries) == len(hostile)
    assert len(database.entries[list(database.entries)[5]].persons["author"]) == 3000
    assert "\\input" not in text
    assert "\\write" not in text


def test_pybtex_reads_every_name_of_the_oddities(shared: Path) -> None:
    papers = round_trip.oddities(shared)
    text = text_of("bibtex", list(round_trip.items(papers)))
    entries = strict.entries(text)
    database = parse_string(text, "bibtex")
    assert len(database.entries) == len(entries) == len(papers)
    for (_, key, _), paper in zip(entries, papers, strict=True):
        people = database.entries[key].persons.get("author", [])
        assert len(people) == len(paper.author_names), key
        for person, author in zip(people, paper.authors, strict=True):
            last = " ".join([*person.prelast_names, *person.last_names])
            assert round_trip.letters(last) == round_trip.letters(author.last_name)


@pytest.mark.parametrize(
    ("name", "written", "family", "first", "particle"),
    [
        ("Ada Lovelace", "Lovelace, Ada", "Lovelace", "Ada", ""),
        ("Vincent van der Berg Jr.", "van der Berg, Jr., Vincent", "Berg", "Vincent", "van der"),
        ("Linn, Jr., William E.", "Linn, Jr., William E.", "Linn", "William", ""),
        ("William E. Linn, Jr.", "Linn, Jr., William E.", "Linn", "William", ""),
        ("Ortega y Gasset, José", "{Ortega y Gasset}, José", "{Ortega y Gasset}", "José", ""),
        ("De la Cruz, María", "{De la Cruz}, María", "{De la Cruz}", "María", ""),
        ("Plato", "Plato", "Plato", "", ""),
        ("bell hooks", "hooks, bell", "hooks", "bell", ""),
        ("山田太郎", "山田太郎", "山田太郎", "", ""),
        ("ATLAS Collaboration", "{ATLAS Collaboration}", "{ATLAS Collaboration}", "", ""),
        ("Bell and Sons", "{Bell and Sons}", "{Bell and Sons}", "", ""),
        ("others", "{others}", "{others}", "", ""),
        ("A, B, C, D", "{A, B, C, D}", "{A, B, C, D}", "", ""),
        ("R&D {x}", r"\textbraceleft{}x\textbraceright{}, R\&D", "", "R\\&D", ""),
    ],
)
def test_an_author_in_bibtex(
    name: str, written: str, family: str, first: str, particle: str
) -> None:
    assert format_author(Author.parse(name)) == written
    (person,) = (
        parse_string(f"@misc{{k, author = {{{written}}}}}", "bibtex").entries["k"].persons["author"]
    )
    if family:
        assert " ".join(person.last_names) == family
    assert " ".join(person.first_names) == first
    assert " ".join(person.prelast_names) == particle


def test_given_names_that_would_separate_authors_are_in_braces() -> None:
    assert format_author(Author("Roe", "Cy and Di")) == "Roe, {Cy and Di}"
    assert format_author(Author("Smith", "Bob, the elder")) == "Smith, {Bob, the elder}"


@pytest.mark.parametrize(
    ("venue", "ids", "kind"),
    [
        ("", {"arxiv": "2401.00001"}, "misc"),
        ("arXiv", {"arxiv": "2401.00001"}, "misc"),
        ("CoRR", {}, "misc"),
        ("arXiv preprint arXiv:2401.00001", {}, "misc"),
        ("NeurIPS 2023", {}, "inproceedings"),
        ("Proceedings of the 57th Annual Meeting of the ACL", {}, "inproceedings"),
        ("Tasks and Corpora", {"acl": "2020.x-main.1"}, "inproceedings"),
        (
            "Transactions of the Association for Computational Linguistics",
            {"acl": "Q13-1001"},
            "article",
        ),
        ("Proceedings of the National Academy of Sciences", {}, "article"),
        ("Proceedings of the VLDB Endowment", {}, "article"),
        ("Phys. Rev. D 76, 013009 (2007)", {"arxiv": "2401.00001"}, "article"),
        ("Nature", {}, "article"),
    ],
)
def test_the_venue_gives_the_publication_type(venue: str, ids: dict[str, str], kind: str) -> None:
    found, _, fields = entry(Paper("T", venue=venue, ids=ids))
    assert found == kind
    place = {"article": "journal", "inproceedings": "booktitle"}.get(kind)
    assert not place or round_trip.letters(fields[place]) == "".join(filter(str.isalnum, venue))


PAPER = Paper(
    "A Study of BERT",
    authors("Ada Lovelace", "Wei Li"),
    "One.\n\nTwo.",
    "2024-02-09",
    (Listing("2026-05-07"),),
    "ICML",
    ("cs.LG", "cs.AI"),
    {"arxiv": "2402.00001", "doi": "10.5555/x_y", "pmid": "77"},
    {"code": "https://x.org/c"},
    comment="5 pages",
)


def test_the_fields_of_bibtex() -> None:
    mark = Mark(read=True, star=True, tags=("to_read", "a, b"), note="mine")
    kind, _, fields = entry(PAPER, mark=mark)
    assert kind == "inproceedings"
    assert fields == {
        "title": "A Study of {BERT}",
        "author": "Lovelace, Ada and Li, Wei",
        "booktitle": "ICML",
        "year": "2024",
        "month": "feb",
        "day": "9",
        "eprint": "2402.00001",
        "archivePrefix": "arXiv",
        "primaryClass": "cs.LG",
        "doi": "10.5555/x_y",
        "pmid": "77",
        "url": "https://arxiv.org/abs/2402.00001",
        "code": "https://x.org/c",
        "abstract": r"One. \par Two.",
        "keywords": r"cs.LG, cs.AI, to\_read, a b",
        "comment": "5 pages",
    }


def test_the_fields_of_biblatex() -> None:
    _, _, fields = entry(
        PAPER._replace(venue="Nature", published="2024-02"), "biblatex", note="mine"
    )
    assert fields["journaltitle"] == "Nature"
    assert fields["date"] == "2024-02"
    assert fields["eprint"], fields["eprinttype"] == ("2402.00001", "arxiv")
    assert fields["eprintclass"] == "cs.LG"
    assert fields["annotation"] == "mine"
    assert not fields.keys() & {"year", "month", "archivePrefix", "primaryClass", "journal"}


def test_the_private_note_is_only_written_on_request() -> None:
    assert "annote" not in entry(PAPER, mark=Mark(note="secret"))[2]
    assert (
        entry(PAPER, note="50% {mine}")[2]["annote"]
        == r"50\% \textbraceleft{}mine\textbraceright{}"
    )


@pytest.mark.parametrize(
    ("title", "written"),
    [
        ("Attention Is All You Need", "Attention Is All You Need"),
        ("GPT-4 and mmMamba: A Report", "{GPT}-4 and {mmMamba}: A Report"),
        ("on the gaussian limits of Brownian paths", "on the gaussian limits of {Brownian} paths"),
        ("Plan X", "Plan {X}"),
        ("50% of R&D_2 costs $5 #1", r"50\% of {R}\&{D}\_2 costs \$5 \#1"),
        ("a^b ~ c\\d {e}", r"a\textasciicircum{}b \textasciitilde{} c\textbackslash{}d "
         r"\textbraceleft{}e\textbraceright{}"),
        ("x -- y ''z'' `q`", r"x -{}- y '{}'z'{}' \textasciigrave{}q\textasciigrave{}"),
    ],
)  # fmt: skip
def test_latex_titles(title: str, written: str) -> None:
    assert latex_title(Paper(title)) == written


@pytest.mark.parametrize(
    ("source", "title", "written"),
    [
        (r"An $O(n \log n)$ Sort", "An O(n log n) Sort", r"An {$O(n \log n)$} Sort"),
        (
            r"On $k$-means & 5% of BERT",
            "On k-means & 5% of BERT",
            r"On {$k$}-means \& 5\% of {BERT}",
        ),
        (r"Poincar\'e and $\alpha$", "Poincaré and α", r"{Poincar\'e and $\alpha$}"),
        (r"Bad $\foo{x}$ command", "Bad x command", "Bad x command"),
        (r"\input{secret} $x$", "secret x", "secret x"),
        (r"Half $x^{2$", "Half x", "Half x"),
        (r"Open \{ $x$", "Open { x", r"Open \textbraceleft{} x"),
        (r"Says $x$", "something else", "something else"),
        (r"decays to \eta_c", "decays to η_c", r"decays to {$\eta$}\_c"),
        (r"on $L_\rm{IR}$", "on L_IR", r"on {L}\_{IR}"),
        (r"on $\widetilde\mathcal{O}$", "on Õ", "on {Õ}"),
        (r"on $m_ν$", "on m_ν", r"on {$m_\nu $}"),
        (r"the β of $\alpha$", "the β of α", r"the {$\beta$} of {$\alpha$}"),
        ("", "H₂O at 10⁻³ ≤ x", r"{H{$_2$}O} at 10{$^-$}{$^3$} {$\leq$} x"),
        ("", "α-decay of Ω", r"{$\alpha$}-decay of {{$\Omega$}}"),
        ("", "the φως and α", r"the φως and {$\alpha$}"),
        (r"on $x_~i$", "on xᵢ", "on x{$_i$}"),
        (
            "",
            "x̄ in ℝⁿ, 2̄ − 1 ⩽ ħ",
            r"{\={x}} in {$\mathbb{R}$}{$^n$}, {$\bar{2}$} \textminus{} 1 {$\leqslant$} {$\hbar$}",
        ),
        (r"on $x^2^3$", "on x", "on x"),
        (r"on $\frac$", "on it", "on it"),
        (r"on $\'a$", "on á", "on á"),
        (r"Ends in $x$ \\", "Ends in x", "Ends in x"),
    ],
)
def test_the_latex_source_is_used_if_it_is_safe(source: str, title: str, written: str) -> None:
    assert latex_title(Paper(title, tex={"title": source})) == written


def test_urls_are_verbatim_and_cannot_break_the_entry() -> None:
    _, _, fields = entry(Paper("T", links={"abs": "https://x.org/a_b%20c?d={e}\\f"}))
    assert fields["url"] == "https://x.org/a_b%20c?d=%7Be%7D%5Cf"
    assert "url" not in entry(Paper("T", ids={"doi": "10.5555/x"}))[2]
    acl = Paper("T", ids={"acl": "P19-1001"}, links={"abs": "https://x.org/1"})
    assert entry(acl)[2]["url"] == "https://aclanthology.org/P19-1001"

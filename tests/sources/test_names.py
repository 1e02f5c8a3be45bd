"""Authors as sources write them: in parts, whole, several in a text, institutions, `et al.`"""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.sources.reading import read_text
from tui.core.author import Author
from tui.sources.names import parse_authors, read_person, split_authors

ANN, BO = Author("Lee", "Ann"), Author("Roe", "Bo")
CORPS = Author.literal("Green Lantern Corps")


@pytest.mark.parametrize(
    ("value", "shown", "has_more"),
    [
        ("Ann Lee, Bo Roe et al.", ("Ann Lee", "Bo Roe"), True),
        ("Lee, Ann; Roe, Bo; et al", ("Ann Lee", "Bo Roe"), True),
        (["Ann Lee", "R. Roe et al."], ("Ann Lee", "R. Roe"), True),
        (["Ann Lee", "others"], ("Ann Lee",), True),
        ([{"family": "Lee", "given": "Ann"}, {"literal": "others"}], ("Ann Lee",), True),
        ("Smith JA, Brown BC, Lee D", ("J. A. Smith", "B. C. Brown", "D. Lee"), False),
        (["Smith JA"], ("J. A. Smith",), False),
        (["Wei LI"], ("Wei LI",), False),
        (["J, Smith", "B, Brown"], ("J Smith", "B Brown"), False),
        (["Lee, Ann", "Roe, Bo", "Lee, Ann"], ("Ann Lee", "Bo Roe", "Ann Lee"), False),
        (["Lee, Ann", "Roe, Bo", "Lee, Ann", "Roe, Bo"], ("Ann Lee", "Bo Roe"), False),
        ("{Food and Drug Office}; Lee, Ann", ("Food and Drug Office", "Ann Lee"), False),
        (["Ding, Wei MD, PhD", "Doe, Jane, 1950-"], ("Wei Ding", "Jane Doe"), False),
        ("Doe, Jane, 1950-2001; Lee, Ann", ("Jane Doe", "Ann Lee"), False),
        ("张三，李四；王五", ("张三", "李四", "王五"), False),
        (["Robles, MD", "Tabar, JR"], ("MD Robles", "JR Tabar"), False),
        ([None, 3, "", "[No author name available]"], (), False),
    ],
)
def test_authors_are_read(value: object, shown: tuple[str, ...], has_more: bool) -> None:
    authors, more = parse_authors(value)
    assert (tuple(map(str, authors)), more) == (shown, has_more)


@pytest.mark.parametrize(
    ("item", "author"),
    [
        ({"family": "van der Berg", "given": "Louis"}, Author("Berg", "Louis", "van der")),
        (
            {"family": "Berg", "given": "Louis", "non-dropping-particle": "van", "suffix": "Jr."},
            Author("Berg", "Louis", "van", "Jr."),
        ),
        ({"family": "王", "given": "小明"}, Author("王", "小明")),
        ({"literal": "Green Lantern Corps"}, CORPS),
        ({"name": "Green Lantern Corps", "sequence": "first"}, CORPS),
        ({"name": "Green Lantern Corps", "creatorType": "author"}, CORPS),
        ({"lastName": "Green Lantern Corps", "fieldMode": 1}, CORPS),
        ({"name": "Green Lantern Corps", "nameType": "Organizational"}, CORPS),
        ({"name": "Green Lantern Corps", "@type": "Organization"}, CORPS),
        ({"name": "Lee, Ann", "familyName": "Lee", "givenName": "Ann"}, ANN),
        ({"author": {"display_name": "Ann Lee"}}, ANN),
        ({"family": "World Health Organization"}, Author.literal("World Health Organization")),
    ],
)
def test_an_object_is_a_person_or_an_institution(item: object, author: Author) -> None:
    assert parse_authors([item]) == ((author,), False)


def test_degrees_and_life_dates_of_a_person_are_left_out() -> None:
    assert read_person("Ann PhD", "Lee", "MD") == ANN
    assert read_person("Ann (1901-1970)", "Lee") == ANN
    assert read_person("MD", "Lee") == Author("Lee", "MD")


def test_others_are_the_last_of_the_names_in_a_text() -> None:
    assert split_authors("Ann Lee and Bo Roe et al.") == ["Ann Lee", "Bo Roe", "et al."]


BIB = "@misc{a, title={T}, author={%s}}"
NBIB = "PMID- 1\nTI  - T\nFAU - Lee, Ann\nAU  - Lee A\nCN  - Green Lantern Corps\n\n"
RIS = "TY  - JOUR\nTI  - T\nAU  - Lee, Ann\nAU  - Green Lantern Corps,\nER  - \n"
ISI = "FN X\nVR 1.0\nPT J\nAU Lee, A\nAF Lee, Ann\nCA Green Lantern Corps\nTI T\nER\n\nEF\n"
REFER = "%0 Journal Article\n%T T\n%A Lee, Ann\n%A Green Lantern Corps,\n\n"
JATS = (
    "<article><front><article-meta><title-group><article-title>T</article-title></title-group>"
    '<contrib-group><contrib contrib-type="author"><name><surname>Lee</surname>'
    "<given-names>Ann</given-names></name></contrib><contrib contrib-type='author'>"
    "<collab>Green Lantern Corps</collab></contrib></contrib-group></article-meta></front>"
    "</article>"
)
MARC = (
    '<record><datafield tag="100"><subfield code="a">Lee, Ann,</subfield></datafield>'
    '<datafield tag="110"><subfield code="a">Green Lantern Corps.</subfield></datafield>'
    '<datafield tag="245"><subfield code="a">T</subfield></datafield></record>'
)
MODS = (
    "<mods><titleInfo><title>T</title></titleInfo>"
    '<name type="personal"><namePart>Lee, Ann</namePart>'
    '<namePart type="date">1848-1914</namePart></name>'
    '<name type="corporate"><namePart>Green Lantern Corps</namePart></name></mods>'
)
DATACITE = (
    '<resource xmlns="http://datacite.org/schema/kernel-4"><creators><creator>'
    "<creatorName>Lee, Ann</creatorName><givenName>Ann</givenName><familyName>Lee</familyName>"
    '</creator><creator><creatorName nameType="Organizational">Green Lantern Corps</creatorName>'
    "</creator></creators><titles><title>T</title></titles></resource>"
)
CFF = (
    "cff-version: 1.2.0\ntitle: T\nauthors:\n  - family-names: Lee\n    given-names: Ann\n"
    "  - name: Green Lantern Corps\n"
)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.bib", BIB % "Lee, Ann and {Green Lantern Corps}"),
        ("a.nbib", NBIB),
        ("a.ris", RIS),
        ("a.txt", ISI),
        ("a.enw", REFER),
        ("jats.xml", JATS),
        ("marc.xml", MARC),
        ("mods.xml", MODS),
        ("datacite.xml", DATACITE),
        ("CITATION.cff", CFF),
    ],
)
def test_a_group_is_a_literal_name_in_each_format(tmp_path: Path, name: str, text: str) -> None:
    (paper,), rejected = read_text(tmp_path, text, name)
    assert rejected == []
    assert paper.authors == (ANN, CORPS)


@pytest.mark.parametrize(
    ("source", "authors"),
    [
        ("Lee, Ann and Roe, Bo and others", (ANN, BO)),
        ("{Barnes and Noble, Inc.}", (Author.literal("Barnes and Noble, Inc."),)),
        ("{{OpenAI}}", (Author.literal("OpenAI"),)),
        ("Charles de la Vallée Poussin", (Author("Vallée Poussin", "Charles", "de la"),)),
        ("de la Vallée Poussin, Charles", (Author("Vallée Poussin", "Charles", "de la"),)),
        ("{van der Berg}, Jr., Louis", (Author("van der Berg", "Louis", "", "Jr."),)),
        ("Louis {van der Berg}", (Author("van der Berg", "Louis"),)),
        ("Frank G. {Bennett, Jr.}", (Author("Bennett", "Frank G.", "", "Jr."),)),
        ("Steele Jr., Guy L.", (Author("Steele", "Guy L.", "", "Jr."),)),
        ("Ortega y Gasset, José", (Author("Ortega y Gasset", "José"),)),
        ("王, 小明", (Author("王", "小明"),)),
        ("family=Berg, given=Louis, prefix=van der", (Author("Berg", "Louis", "van der"),)),
        (
            "TUG Group on Directories of Trees",
            (Author.literal("TUG Group on Directories of Trees"),),
        ),
    ],
)
def test_names_of_bibtex_have_parts(
    tmp_path: Path, source: str, authors: tuple[Author, ...]
) -> None:
    (paper,), _ = read_text(tmp_path, BIB % source, "a.bib")
    assert paper.authors == authors
    assert paper.more_authors == source.endswith("others")


@pytest.mark.parametrize(
    "source",
    ["University of Münster, Department of Physics", "Faculty of Law, Universität Wien"],
)
def test_an_institution_and_its_unit_are_one_author(source: str) -> None:
    for value in (source, [source]):
        (author,) = parse_authors(value)[0]
        assert str(author) == source
        assert author.is_literal
    assert len(parse_authors("University of Oxford, University of Cambridge")[0]) == 2

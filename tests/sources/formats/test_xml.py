"""XML of OAI-PMH, PubMed, the ACL Anthology, EndNote, Zotero; entities, cuts and broken records."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.sources.reading import read_text

OAI = """<?xml version="1.0"?>
<OAI-PMH xmlns="http://www.openarchives.org/OAI/2.0/"><ListRecords>
<record><header><identifier>oai:arXiv.org:0704.9901</identifier></header><metadata>
<arXiv xmlns="http://arxiv.org/OAI/arXiv/"><id>0704.9901</id><created>2024-02-28</created>
<authors><author><keyname>Lindqvist</keyname><forenames>Ada</forenames></author></authors>
<title>A Work on $n\\log n$
  things</title><categories>cs.CL cs.AI</categories><comments>4 pages</comments>
<journal-ref>Journal of Things</journal-ref><doi>10.5555/abc</doi>
<abstract>  We work.
Well.</abstract></arXiv></metadata></record>
<record><header status="deleted"><identifier>oai:arXiv.org:0704.9902</identifier></header></record>
</ListRecords></OAI-PMH>"""
DUBLIN = """<record><header><identifier>oai:arXiv.org:0704.9901</identifier></header><metadata>
<oai_dc:dc xmlns:oai_dc="http://www.openarchives.org/OAI/2.0/oai_dc/">
<dc:title>A Work on n log n things</dc:title><dc:creator>Lindqvist, Ada</dc:creator>
<dc:description>We work. Well.</dc:description><dc:date>2024-02-28</dc:date>
<dc:identifier>doi:10.5555/abc</dc:identifier><dc:source>Journal of Things</dc:source>
</oai_dc:dc></metadata></record>"""
RAW = """<record xmlns:x="http://arxiv.org/OAI/arXivRaw/"><metadata><arXivRaw><id>0704.9901</id>
<version version="v1"><date>Wed, 28 Feb 2024 10:00:00 GMT</date></version>
<title>A Work on n log n things</title><authors>Ada Lindqvist, Tomas Reyes</authors>
<categories>cs.CL</categories><doi>10.5555/abc</doi><journal-ref>Journal of Things</journal-ref>
<abstract>We work. Well.</abstract></arXivRaw></metadata></record>"""
PUBMED = """<?xml version="1.0"?>
<!DOCTYPE PubmedArticleSet SYSTEM "http://dtd.nlm.nih.gov/x.dtd">
<PubmedArticleSet><PubmedArticle><MedlineCitation><PMID Version="1">123</PMID><Article>
<Journal><JournalIssue><PubDate><Year>2024</Year><Month>Feb</Month><Day>28</Day></PubDate>
</JournalIssue><Title>Journal of Things</Title></Journal>
<ArticleTitle>A Work on <i>n</i> log n things</ArticleTitle>
<ELocationID EIdType="doi">10.5555/abc</ELocationID>
<Abstract><AbstractText>We work. Well.</AbstractText></Abstract>
<AuthorList><Author><LastName>Lindqvist</LastName><ForeName>Ada</ForeName></Author></AuthorList>
</Article></MedlineCitation></PubmedArticle></PubmedArticleSet>"""
ENDNOTE = """<xml><records><record><source-app name="EndNote">EndNote</source-app>
<contributors><authors><author><style face="normal">Lindqvist, Ada</style></author></authors>
</contributors><titles><title><style>A Work on n log n things</style></title>
<secondary-title>Journal of Things</secondary-title></titles>
<dates><year>2024</year><pub-dates><date>Feb 28</date></pub-dates></dates>
<abstract>We work. Well.</abstract><electronic-resource-num>10.5555/abc</electronic-resource-num>
</record></records></xml>"""
RDF = """<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"
 xmlns:z="http://www.zotero.org/namespaces/export#" xmlns:bib="http://purl.org/net/biblio#">
<bib:Article rdf:about="https://example.org/1"><z:itemType>journalArticle</z:itemType>
<dcterms:isPartOf rdf:resource="urn:issn:1"/><bib:authors><rdf:Seq><rdf:li><foaf:Person>
<foaf:surname>Lindqvist</foaf:surname><foaf:givenName>Ada</foaf:givenName></foaf:Person></rdf:li>
</rdf:Seq></bib:authors><dc:title>A Work on n log n things</dc:title><dc:date>2024-02-28</dc:date>
<dc:identifier>DOI 10.5555/abc</dc:identifier><dcterms:abstract>We work. Well.</dcterms:abstract>
</bib:Article><bib:Journal rdf:about="urn:issn:1"><dc:title>Journal of Things</dc:title>
</bib:Journal><z:Attachment rdf:about="#a"><dc:title>PDF</dc:title></z:Attachment></rdf:RDF>"""


MODS = """<modsCollection xmlns="http://www.loc.gov/mods/v3"><mods><titleInfo>
<title>A Work on n log n things</title></titleInfo><name><namePart>Lindqvist, Ada</namePart></name>
<abstract>We work. Well.</abstract><identifier type="doi">10.5555/abc</identifier>
<originInfo><dateIssued>2024-02-28</dateIssued></originInfo><relatedItem type="host"><titleInfo>
<title>Journal of Things</title></titleInfo></relatedItem></mods></modsCollection>"""
UNIXREF = """<doi_records><doi_record><crossref><journal><journal_metadata>
<full_title>Journal of Things</full_title></journal_metadata><journal_article>
<titles><title>A Work on <i>n</i> log n things</title></titles><contributors>
<person_name><given_name>Ada</given_name><surname>Lindqvist</surname></person_name></contributors>
<jats:abstract><jats:p>We work. Well.</jats:p></jats:abstract><publication_date><month>02</month>
<day>28</day><year>2024</year></publication_date><doi_data><doi>10.5555/abc</doi></doi_data>
</journal_article></journal></crossref></doi_record></doi_records>"""


@pytest.mark.parametrize(
    "text",
    [OAI, DUBLIN, RAW, PUBMED, ENDNOTE, RDF, MODS, UNIXREF],
    ids=["oai", "dc", "raw", "pubmed", "endnote", "rdf", "mods", "unixref"],
)
def test_every_xml_format_is_read(tmp_path: Path, text: str) -> None:
    papers, rejected = read_text(tmp_path, text)
    assert rejected == []
    (paper,) = papers
    assert paper.title == "A Work on n log n things"
    assert paper.author_names[0] == "Ada Lindqvist"
    assert paper.abstract == "We work. Well."
    assert paper.published == "2024-02-28"
    assert paper.venue == "Journal of Things"
    assert paper.ids["doi"] == "10.5555/abc"


def test_print_comes_before_online_and_the_subtitle_once(tmp_path: Path) -> None:
    online = "<publication_date media_type='online'><month>10</month><day>25</day><year>{}</year>"
    text = UNIXREF.replace("</title>", ":</title><subtitle>Part &amp; Whole</subtitle>").replace(
        "<publication_date>", f"{online.format(2030)}</publication_date><publication_date>"
    )
    (paper,), _ = read_text(tmp_path, text)
    assert paper.title == "A Work on n log n things: Part & Whole"
    assert paper.published == "2024-02-28"


def test_the_issue_counts_before_the_day_online_and_mesh_where_keywords_lack(
    tmp_path: Path,
) -> None:
    text = PUBMED.replace(
        "<AuthorList>", "<ArticleDate><Year>2023</Year><Month>12</Month></ArticleDate><AuthorList>"
    ).replace(
        "</MedlineCitation>",
        "<MeshHeadingList><MeshHeading><DescriptorName>Cells</DescriptorName></MeshHeading>"
        "</MeshHeadingList></MedlineCitation>",
    )
    (paper,), _ = read_text(tmp_path, text)
    assert (paper.published, paper.categories) == ("2024-02-28", ("Cells",))


def test_names_of_mods_have_no_life_dates_and_institutions_all_their_parts(tmp_path: Path) -> None:
    names = (
        "<name><namePart>Lindqvist, Ada [1848-1914]</namePart></name><name type='corporate'>"
        "<namePart>Library of Things</namePart><namePart>Music Division</namePart></name>"
    )
    text = MODS.replace("<name><namePart>Lindqvist, Ada</namePart></name>", names)
    (paper,), _ = read_text(tmp_path, text)
    assert paper.author_names == ("Ada Lindqvist", "Library of Things: Music Division")


@pytest.mark.parametrize(
    ("part", "name"),
    [
        ("Lindqvist, Ada.", "Ada Lindqvist"),
        ("Lindqvist, Ada B.", "Ada B. Lindqvist"),
        ("Ada Lindqvist", "Ada Lindqvist"),
    ],
)
def test_a_name_of_mods_loses_its_full_stop_but_not_that_of_an_initial(
    tmp_path: Path, part: str, name: str
) -> None:
    (paper,), _ = read_text(tmp_path, MODS.replace("Lindqvist, Ada", part))
    assert paper.author_names == (name,)


def test_the_month_of_a_source_of_word_may_be_a_number(tmp_path: Path) -> None:
    text = (
        '<b:Sources xmlns:b="http://schemas.openxmlformats.org/officeDocument/2006/bibliography">'
        "<b:Source><b:Title>A Work</b:Title><b:Year>2011</b:Year><b:Month>03</b:Month>"
        "</b:Source></b:Sources>"
    )
    (paper,), _ = read_text(tmp_path, text)
    assert paper.published == "2011-03"


def test_the_acl_anthology_gives_its_ids(tmp_path: Path) -> None:
    text = """<?xml version='1.0' encoding='UTF-8'?>
<collection id="{0}"><volume id="1"><meta><booktitle>Proceedings of <fixed-case>T</fixed-case>hings
</booktitle><month>May</month><year>2024</year></meta><frontmatter><url>x</url></frontmatter>
<paper id="7"><title>A <fixed-case>W</fixed-case>ork on <tex-math>n^2</tex-math></title>
<author><first>Ada</first><last>Lindqvist</last></author><abstract>We work.</abstract></paper>
</volume></collection>"""
    for collection, name in [
        ("2024.things", "2024.things-1.7"),
        ("P19", "P19-1007"),
        ("W19", "W19-0107"),
    ]:
        (paper,), rejected = read_text(tmp_path, text.format(collection))
        assert rejected == []
        assert paper.title == "A Work on n²"
        assert paper.ids == {"acl": name}
        assert (paper.venue, paper.published) == ("Proceedings of Things", "2024-05")


def test_a_broken_record_does_not_affect_the_others(tmp_path: Path) -> None:
    good = DUBLIN.replace("A Work", "Good")
    bad = DUBLIN.replace("</dc:title>", "</dc:titel>")
    text = f"<ListRecords>{good}\n<!-- {good} -->\n{bad}{good}\n<record><metadata>"
    broken, cut = (text.count("\n", 0, text.index(part)) + 1 for part in (bad, "<record><meta"))
    papers, rejected = read_text(tmp_path, text, "a.xml")
    assert [paper.title for paper in papers] == ["Good on n log n things"] * 2
    assert [each.split(": ")[0] for each in rejected] == [f"a.xml:{broken}", f"a.xml:{cut}"]
    assert "mismatched tag" in rejected[0]
    assert "the file ends inside" in rejected[1]


def test_entities_are_not_expanded(tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("the secret")
    entities = '<!ENTITY a "aaaaaaaaaa">' + "".join(
        f'<!ENTITY {b} "{f"&{a};" * 20}">'
        for a, b in zip("abcdefghijk", "bcdefghijkl", strict=True)
    )
    bomb = (
        f'<!DOCTYPE r [{entities}<!ENTITY x SYSTEM "{secret.as_uri()}">]>'
        f"<ListRecords>{DUBLIN.replace('A Work', 'T &l; &x; &auml;')}</ListRecords>"
    )
    (paper,), rejected = read_text(tmp_path, bomb)
    assert rejected == []
    assert paper.title == "T &l; &x; ä on n log n things"
    feed = bomb.split("<ListRecords>")[0] + (
        "<rss><channel><item><title>T &l; &x;</title>"
        "<link>https://arxiv.org/abs/2402.99901</link></item></channel></rss>"
    )
    papers, _ = read_text(tmp_path, feed)
    assert all(len(each.title) < 100 and "secret" not in each.title for each in papers)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "iso-8859-1", "windows-1251"])
def test_the_declared_encoding_is_used(tmp_path: Path, encoding: str) -> None:
    title = "Größe" if encoding != "windows-1251" else "Работа"
    text = DUBLIN.replace("A Work on n log n things", title + " of things")
    data = f'<?xml version="1.0" encoding="{encoding}"?>{text}'.encode(encoding)
    assert [paper.title for paper in read_text(tmp_path, data)[0]] == [f"{title} of things"]


def test_a_record_may_be_in_several_pieces_of_the_stream(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tui.sources.decoding.PIECE", 37)
    papers, rejected = read_text(tmp_path, f"<ListRecords>{DUBLIN * 20}</ListRecords>")
    assert len(papers) == 20
    assert rejected == []


def test_opml_is_rejected_with_the_command_that_follows_its_feeds(tmp_path: Path) -> None:
    text = """<opml version="1.0"><body><outline text="Folder">
<outline text="A > b" xmlUrl="https://example.org/a?x=1&y=2"/><outline xmlUrl='http://b.org/'/>
<outline xmlUrl='http://b.org/'/></outline></body></opml>"""
    assert read_text(tmp_path, text, "a.opml") == (
        [], ["a.opml: lists 2 feeds and no papers; `sheaf feeds add FILE` follows them"],
    )  # fmt: skip


def test_marcxml_is_read(tmp_path: Path) -> None:
    def field(tag: str, **codes: str) -> str:
        parts = "".join(f'<subfield code="{c}">{text}</subfield>' for c, text in codes.items())
        return f'<marc:datafield tag="{tag}">{parts}</marc:datafield>'

    inside = "".join([
        field("100", a="Lindqvist, Ada."), field("245", a="A Work :", b="on things /"),
        field("260", b="Things Press,", c="c2024."), field("520", a="We work."),
    ])  # fmt: skip
    text = f'<marc:collection xmlns:marc="x"><marc:record>{inside}</marc:record></marc:collection>'
    (paper,), rejected = read_text(tmp_path, text)
    assert rejected == []
    assert (paper.title, paper.author_names) == ("A Work : on things", ("Ada Lindqvist",))
    assert (paper.published, paper.venue, paper.abstract) == ("2024", "Things Press", "We work.")


def test_institutions_are_authors_in_marc_where_there_are_no_people(tmp_path: Path) -> None:
    field = '<datafield tag="{}"><subfield code="a">{}</subfield></datafield>'
    title, office = field.format("245", "A Work"), field.format("710", "Office of Ice.")
    person = field.format("700", "Roe, Ann")
    for people, authors in ((office, ["Office of Ice"]), (office + person, ["Ann Roe"])):
        text = f"<collection><record>{title}{people}</record></collection>"
        (paper,), _ = read_text(tmp_path, text)
        assert [str(name) for name in paper.authors] == authors


def test_the_institution_of_a_dissertation_and_the_date_of_a_review_are_read(
    tmp_path: Path,
) -> None:
    text = """<doi_records><doi_record><crossref><dissertation>
<titles><title>On ice</title></titles>
<institution><institution_name>Ice University</institution_name></institution>
</dissertation></crossref></doi_record><doi_record><crossref><peer_review>
<titles><title>Report</title></titles>
<review_date><month>09</month><year>2016</year></review_date>
<doi_data><doi>10.5555/r.1</doi></doi_data></peer_review></crossref></doi_record></doi_records>"""
    (thesis, review), _ = read_text(tmp_path, text)
    assert thesis.venue == "Ice University"
    assert (review.published, review.ids) == ("2016-09", {"doi": "10.5555/r.1"})


def test_records_of_endnote_in_a_document_are_read(tmp_path: Path) -> None:
    text = """<EndNote><Cite><Author>Roe</Author><record><rec-number>1</rec-number><titles>
<title>On ice</title></titles><keywords><keyword>ice; snow</keyword></keywords><dates>
<year>2024</year><pub-dates><date>4</date></pub-dates></dates></record></Cite></EndNote>"""
    (paper,), _ = read_text(tmp_path, text)
    assert (paper.title, paper.published) == ("On ice", "2024-04")
    assert paper.categories == ("ice", "snow")


def test_a_book_in_pubmed_has_its_publisher_and_a_chapter_its_book(tmp_path: Path) -> None:
    article = "<PubmedBookArticle><BookDocument>{}</BookDocument></PubmedBookArticle>"
    book = "<Book><Publisher><PublisherName>Ice Press</PublisherName></Publisher>{}</Book>"
    book = book.format("<BookTitle>On ice</BookTitle>")
    chapter = book + "<ArticleTitle>Snow</ArticleTitle>"
    text = "<PubmedArticleSet>{}</PubmedArticleSet>"
    papers, _ = read_text(tmp_path, text.format(article.format(book) + article.format(chapter)))
    assert [(paper.title, paper.venue) for paper in papers] == [
        ("On ice", "Ice Press"),
        ("Snow", "On ice"),
    ]


def test_jats_reads_one_of_several_forms_and_no_member_of_a_group(tmp_path: Path) -> None:
    text = r"""<article article-type="research-article"><front><article-meta>
<title-group><article-title>On <inline-formula><alternatives>
<tex-math>\documentclass{minimal}\begin{document}$x^2$\end{document}</tex-math>
<mml:math><mml:msup><mml:mi>x</mml:mi><mml:mn>2</mml:mn></mml:msup></mml:math>
</alternatives></inline-formula> of ice</article-title><subtitle>A view</subtitle>
<trans-title-group><trans-title>Sur la glace</trans-title></trans-title-group></title-group>
<contrib-group><contrib contrib-type="author"><name-alternatives>
<name><surname>Roe</surname><given-names>Ann</given-names></name>
<name><surname>Ro</surname><given-names>An</given-names></name></name-alternatives></contrib>
<contrib contrib-type="author"><collab>The Ice Group<contrib-group><contrib>
<name><surname>Bell</surname><given-names>Bo</given-names></name></contrib></contrib-group>
</collab></contrib></contrib-group>
<pub-date pub-type="epub"><day>1</day><month>2</month><year>2020</year></pub-date>
<pub-date pub-type="ppub"><month>5</month><year>2021</year></pub-date>
<abstract abstract-type="graphical"><p>A picture.</p></abstract><abstract><p>We measure.</p>
</abstract></article-meta></front></article>"""
    (paper,), rejected = read_text(tmp_path, text)
    assert rejected == []
    assert paper.title == "On x² of ice: A view"
    assert [str(name) for name in paper.authors] == ["Ann Roe", "The Ice Group"]
    assert (paper.published, paper.abstract) == ("2021-05", "We measure.")


def test_mods_names_the_whole_book_and_the_page_of_the_work_itself(tmp_path: Path) -> None:
    text = """<mods xmlns="http://www.loc.gov/mods/v3"><titleInfo><title>On ice</title></titleInfo>
<relatedItem type="host"><titleInfo><title>Lakes</title><subTitle>A reader</subTitle></titleInfo>
<location><url>https://example.org/book</url></location></relatedItem>
<location><physicalLocation>x</physicalLocation></location>
<location><url>https://example.org/ice</url></location></mods>"""
    (paper,), _ = read_text(tmp_path, text)
    assert (paper.venue, paper.links) == ("Lakes: A reader", {"abs": "https://example.org/ice"})


def test_xml_that_was_copied_with_its_fence_is_read(tmp_path: Path) -> None:
    text = "```xml\n<dblp><article><title>On ice.</title></article></dblp>\n```\n"
    (paper,), rejected = read_text(tmp_path, text)
    assert (paper.title, rejected) == ("On ice", [])


LINKED_RDF = """<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"
 xmlns:bibo="http://purl.org/ontology/bibo/" xmlns:schema="http://schema.org/">
<bibo:AcademicArticle rdf:about="https://example.org/1"><dcterms:title>A Work</dcterms:title>
<bibo:authorList><rdf:Seq><rdf:li rdf:nodeID="n1"/><rdf:li rdf:nodeID="n2"/></rdf:Seq>
</bibo:authorList><dcterms:isPartOf><bibo:Issue><dcterms:date>2016</dcterms:date>
<dcterms:isPartOf><bibo:Journal><dcterms:title>Journal of Things</dcterms:title></bibo:Journal>
</dcterms:isPartOf></bibo:Issue></dcterms:isPartOf></bibo:AcademicArticle>
<foaf:Person rdf:nodeID="n2"><foaf:givenname>T.</foaf:givenname><foaf:surname>Reyes</foaf:surname>
</foaf:Person><foaf:Person rdf:nodeID="n1"><foaf:name>Ada Lindqvist</foaf:name></foaf:Person>
<schema:ScholarlyArticle><schema:name>Another</schema:name>
<schema:author>Lindqvist, Ada</schema:author><schema:isPartOf rdf:resource="https://e.org/i"/>
<schema:sameAs rdf:resource="http://dx.doi.org/10.5555/abc"/></schema:ScholarlyArticle>
<schema:PublicationIssue rdf:about="https://e.org/i"><schema:Periodical>
<schema:name>Things Quarterly</schema:name></schema:Periodical>
<schema:datePublished>2012</schema:datePublished></schema:PublicationIssue>
<schema:SoftwareSourceCode><schema:name>A Tool</schema:name>
<schema:codeRepository rdf:resource="https://github.com/e/tool"/></schema:SoftwareSourceCode>
</rdf:RDF>"""


def test_works_in_rdf_find_their_people_and_journals_anywhere(tmp_path: Path) -> None:
    papers, rejected = read_text(tmp_path, LINKED_RDF)
    assert rejected == []
    found = {p.title: (p.author_names, p.venue, p.published) for p in papers}
    assert found == {
        "A Work": (("Ada Lindqvist", "T. Reyes"), "Journal of Things", "2016"),
        "Another": (("Ada Lindqvist",), "Things Quarterly", "2012"),
        "A Tool": ((), "", ""),
    }
    assert {p.title: p.ids for p in papers}["Another"] == {"doi": "10.5555/abc"}
    assert {p.title: p.links for p in papers}["A Tool"] == {"code": "https://github.com/e/tool"}


@pytest.mark.parametrize(
    ("source", "published", "title", "venue"),
    [
        (
            '<mods xmlns="http://www.loc.gov/mods/v3"><titleInfo><title>Works</title><partNumber>4'
            "</partNumber><partName>Plays</partName></titleInfo><originInfo><dateIssued>1988"
            '</dateIssued><dateIssued point="start">1985</dateIssued></originInfo></mods>',
            "1985", "Works. 4: Plays", "",
        ),
        (
            '<mods xmlns="http://www.loc.gov/mods/v3"><titleInfo><title>A Slide</title></titleInfo>'
            '<originInfo><copyrightDate>2003</copyrightDate><dateCreated keyDate="yes">1955'
            "</dateCreated></originInfo></mods>",
            "1955", "A Slide", "",
        ),
        (
            '<record><datafield tag="111"><subfield code="a">Congress of Things</subfield>'
            '</datafield><datafield tag="245"><subfield code="a">Papers</subfield></datafield>'
            '<datafield tag="260"><subfield code="b">A Press</subfield></datafield></record>',
            "", "Papers", "Congress of Things",
        ),
        (
            "<doi_records><doi_record><posted_content><group_title>An Archive</group_title><titles>"
            "<title>A Preprint</title></titles></posted_content></doi_record></doi_records>",
            "", "A Preprint", "An Archive",
        ),
    ],
)  # fmt: skip
def test_parts_dates_and_conferences_of_libraries(
    tmp_path: Path, source: str, published: str, title: str, venue: str
) -> None:
    (paper,), rejected = read_text(tmp_path, source)
    assert rejected == []
    assert (paper.published, paper.title, paper.venue) == (published, title, venue)

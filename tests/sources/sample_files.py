"""Small files in the shape of what reference managers, catalogues and note-takers really write.

Titles, names and identifiers are of real papers; the sentences are ours. After each file stands
what must come out of it.
"""

# ruff: noqa: E501
from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Sample:
    """A file, and for each paper in it: title, first author, number of authors, year, identifiers.

    A value of None is not compared.
    """

    content: bytes
    expected: tuple[tuple[str | None, str | None, int | None, str | None, dict[str, str]], ...]


SAMPLES: dict[str, Sample] = {}


def _sample(
    name: str,
    text: str,
    *expected: tuple[str | None, str | None, int | None, str | None, dict[str, str]],
    enc: str = "utf-8",
) -> None:
    SAMPLES[name] = Sample(text.encode(enc), expected)


ATT = ("Attention Is All You Need", "Ashish Vaswani", 8, "2017", {"arxiv": "1706.03762"})
RES = (
    "Deep Residual Learning for Image Recognition",
    "Kaiming He",
    4,
    "2016",
    {"doi": "10.1109/cvpr.2016.90"},
)
ALF = (
    "Highly accurate protein structure prediction with AlphaFold",
    "John Jumper",
    None,
    "2021",
    {"doi": "10.1038/s41586-021-03819-2"},
)
BERT = (
    "BERT: Pre-training of Deep Bidirectional Transformers for Language Understanding",
    "Jacob Devlin",
    4,
    "2019",
    {"doi": "10.18653/v1/n19-1423"},
)
_sample(
    "cochrane.txt",
    """Record #1 of 2
ID: CN-02345678
AU: Smith JA
AU: van den Berg R
TI: Acupuncture for chronic pain
SO: Pain medicine
YR: 2021
PM: PUBMED 33432100
KY: *Acupuncture Therapy; Adult
DOI: 10.1093/pm/pnaa123
AB: Ours.
US: https://www.cochranelibrary.com/central/doi/10.1002/central/CN-02345678/full


Record #2 of 2
ID: CD001218
AU: Linde K
TI: Acupuncture for the prevention of episodic migraine
SO: Cochrane Database of Systematic Reviews
YR: 2016
DOI: 10.1002/14651858.CD001218.pub3
""",
    ("Acupuncture for chronic pain", "J. A. Smith", 2, "2021", {"pmid": "33432100"}),
    (None, "K. Linde", 1, "2016", {"doi": "10.1002/14651858.cd001218.pub3"}),
)
_sample(
    "embase.ris",
    """TY  - JOUR
M3  - Article
Y1  - 2023
N2  - Ours.
T1  - Effects of one thing on another
A1  - Papadopoulos N.G.
A1  - O'Brien-Smith J.
JF  - Clin. Exp. Allergy
C5  - 36123456
DB  - Embase
DO  - 10.1111/cea.14123
ER  -
""",
    (None, "N.G. Papadopoulos", 2, "2023", {"pmid": "36123456", "doi": "10.1111/cea.14123"}),
)
_sample(
    "refman-old.ris",
    """TY  - CONF
ID  - 12
DB  - PubMed
CT  - A Paper With an Old Tag for Its Title
ED  - Smith, John
M3  - doi:10.1016/j.x.2021.01.001
Y1  - 1999/12/31/
ER  -
""",
    (
        "A Paper With an Old Tag for Its Title",
        "John Smith",
        1,
        "1999",
        {"doi": "10.1016/j.x.2021.01.001"},
    ),
)
_sample(
    "scopus-2024.csv",
    """"Authors","Title","Year","Source title","DOI","Abstract","EID"
"[No author name available]","Proceedings of Something","2015","LNCS","10.1007/978-3-319-1","[No abstract available]","2-s2.0-1"
"Gu J.; Wang Z.-H.","Recent advances in networks","2018","Pattern Recognition","10.1016/j.patcog.2017.10.013","Ours","2-s2.0-2"
""",
    ("Proceedings of Something", None, 0, "2015", {}),
    ("Recent advances in networks", "J. Gu", 2, "2018", {"doi": "10.1016/j.patcog.2017.10.013"}),
)
_sample(
    "springer-run-together.csv",
    """Item Title,Publication Title,Item DOI,Authors,Publication Year,URL,Content Type
Deep learning,Nature,10.1038/nature14539,Yann LeCunYoshua BengioJun HeKai McDonald,2015,http://link.springer.com/x,Article
""",
    ("Deep learning", "Yann LeCun", 4, "2015", {"doi": "10.1038/nature14539"}),
)
_sample(
    "deposit.xml",
    """<?xml version="1.0" encoding="UTF-8"?>
<doi_batch xmlns="http://www.crossref.org/schema/4.4.2" version="4.4.2"><head><doi_batch_id>1</doi_batch_id></head>
<body><journal><journal_metadata><full_title>Journal of Ours</full_title></journal_metadata>
<journal_article><titles><title>The First</title></titles><contributors>
<person_name contributor_role="editor" sequence="first"><given_name>Ed</given_name><surname>Itor</surname></person_name>
<person_name contributor_role="author" sequence="first"><given_name>Ann</given_name><surname>Bee</surname></person_name>
<organization contributor_role="author" sequence="additional">The Team</organization></contributors>
<publication_date><year>2020</year></publication_date><doi_data><doi>10.1234/1</doi></doi_data></journal_article>
<journal_article><titles><title>The Second</title></titles><publication_date><year>2021</year></publication_date>
<doi_data><doi>10.1234/2</doi></doi_data></journal_article></journal></body></doi_batch>
""",
    ("The First", "Ann Bee", 2, "2020", {"doi": "10.1234/1"}),
    ("The Second", None, 0, "2021", {"doi": "10.1234/2"}),
)
_sample(
    "group.nbib",
    """PMID- 34265844
DP  - 2021 Aug
TI  - Highly accurate protein structure prediction with AlphaFold.
FAU - Jumper, John
AU  - Jumper J
CN  - AlphaFold Team
MH  - *Neural Networks, Computer

PMID- 99999
TI  - [Not Available].
TT  - Titel ohne Worte.
DP  - 1975
""",
    (None, "John Jumper", 2, "2021", {"pmid": "34265844"}),
    ("Titel ohne Worte.", None, 0, "1975", {"pmid": "99999"}),
)
_sample(
    "editor.mods",
    """<mods xmlns="http://www.loc.gov/mods/v3"><titleInfo><nonSort>The </nonSort><title>Book</title></titleInfo>
<name type="personal"><namePart>Doe, Jane, 1950-</namePart><role><roleTerm type="code">aut</roleTerm></role></name>
<name type="personal"><namePart>Itor, Ed</namePart><role><roleTerm type="code">edt</roleTerm></role></name>
<originInfo><dateIssued>2016</dateIssued></originInfo></mods>
""",
    ("The Book", "Jane Doe", 1, "2016", {}),
)
_sample(
    "inspire.marcxml",
    """<collection xmlns="http://www.loc.gov/MARC21/slim"><record>
<datafield tag="037" ind1=" " ind2=" "><subfield code="9">arXiv</subfield><subfield code="a">hep-th/9711200</subfield></datafield>
<datafield tag="100" ind1=" " ind2=" "><subfield code="a">Maldacena, Juan Martin</subfield></datafield>
<datafield tag="245" ind1=" " ind2=" "><subfield code="a">The Large N limit of superconformal field theories and supergravity</subfield></datafield>
<datafield tag="260" ind1=" " ind2=" "><subfield code="c">1997</subfield></datafield>
</record></collection>
""",
    (None, "Juan Martin Maldacena", 1, "1997", {"arxiv": "hep-th/9711200"}),
)
_sample(
    "esummary.xml",
    """<?xml version="1.0" encoding="UTF-8" ?>
<!DOCTYPE eSummaryResult PUBLIC "-//NLM//DTD esummary v1 20041029//EN" "https://eutils.ncbi.nlm.nih.gov/eutils/dtd/x.dtd">
<eSummaryResult><DocSum><Id>34265844</Id><Item Name="PubDate" Type="Date">2021 Aug</Item>
<Item Name="AuthorList" Type="List"><Item Name="Author" Type="String">Jumper J</Item></Item>
<Item Name="Title" Type="String">Highly accurate protein structure prediction with AlphaFold.</Item></DocSum></eSummaryResult>
""",
    (None, "J. Jumper", 1, "2021", {"pmid": "34265844"}),
)
_sample(
    "esummary2.xml",
    """<eSummaryResult><DocumentSummarySet status="OK"><DocumentSummary uid="34265844"><PubDate>2021 Aug</PubDate>
<Authors><Author><Name>Jumper J</Name></Author></Authors><Title>Highly accurate protein structure prediction with AlphaFold.</Title>
<ArticleIds><ArticleId><IdType>doi</IdType><Value>10.1038/s41586-021-03819-2</Value></ArticleId></ArticleIds>
</DocumentSummary></DocumentSummarySet></eSummaryResult>
""",
    (None, "J. Jumper", 1, "2021", {"pmid": "34265844", "doi": "10.1038/s41586-021-03819-2"}),
)
_sample(
    "europepmc.xml",
    """<responseWrapper><hitCount>1</hitCount><resultList><result><id>34265844</id><pmid>34265844</pmid>
<title>Highly accurate protein structure prediction with AlphaFold.</title><authorString>Jumper J, Evans R.</authorString>
<pubYear>2021</pubYear></result></resultList></responseWrapper>
""",
    (None, "J. Jumper", 2, "2021", {"pmid": "34265844"}),
)
_sample(
    "zenodo-datacite.xml",
    """<resource xmlns="http://datacite.org/schema/kernel-4"><identifier identifierType="DOI">10.5281/zenodo.7104732</identifier>
<creators><creator><creatorName>Hafner, Stephanie</creatorName></creator><creator><creatorName>The Consortium</creatorName></creator></creators>
<titles><title>A Set of Things</title><title titleType="Subtitle">With More</title></titles><publicationYear>2022</publicationYear></resource>
""",
    (
        "A Set of Things: With More",
        "Stephanie Hafner",
        2,
        "2022",
        {"doi": "10.5281/zenodo.7104732"},
    ),
)
_sample(
    "sru.xml",
    """<zs:searchRetrieveResponse xmlns:zs="http://www.loc.gov/zing/srw/"><zs:records><zs:record><zs:recordData>
<record xmlns="http://www.loc.gov/MARC21/slim"><datafield tag="100" ind1="1" ind2=" "><subfield code="a">Knuth, Donald Ervin,</subfield></datafield>
<datafield tag="245" ind1="1" ind2="4"><subfield code="a">The art of computer programming /</subfield></datafield>
<datafield tag="260" ind1=" " ind2=" "><subfield code="c">c1973.</subfield></datafield></record></zs:recordData></zs:record></zs:records></zs:searchRetrieveResponse>
""",
    ("The art of computer programming", "Donald Ervin Knuth", 1, "1973", {}),
)
_sample(
    "dblp.ris",
    """Provider: Schloss Dagstuhl - Leibniz Center for Informatics
Database: dblp computer science bibliography
Content:text/plain; charset="utf-8"


TY  - JOUR
AU  - Vaswani, Ashish; Shazeer, Noam 0001
TI  - Attention Is All You Need.
JO  - CoRR
VL  - abs/1706.03762
PY  - 2017//
UR  - http://arxiv.org/abs/1706.03762
ER  -

TY  - GEN
A1  - LeCun, Y.
T1  - Deep learning
UR  - http://a.b/c.pdf;http://dx.doi.org/10.1038/nature14539
ER  -
""",
    ("Attention Is All You Need.", "Ashish Vaswani", 2, "2017", {"arxiv": "1706.03762"}),
    ("Deep learning", "Y. LeCun", 1, "", {"doi": "10.1038/nature14539"}),
)
_sample(
    "scholar-library.csv",
    """Authors,Title,Publication,Volume,Number,Pages,Year,Publisher
"Vaswani, Ashish; Shazeer, Noam; ",Attention is all you need,arXiv preprint arXiv:1706.03762,,,,2017,
""",
    ("Attention is all you need", "Ashish Vaswani", 2, "2017", {"arxiv": "1706.03762"}),
)
_sample(
    "scholar.enw",
    """%0 Conference Proceedings
%T Deep residual learning for image recognition
%A He, Kaiming
%A Zhang, Xiangyu
%A Ren, Shaoqing
%A Sun, Jian
%B Proceedings of the IEEE conference on computer vision and pattern recognition
%P 770-778
%D 2016
""",
    (RES[0], "Kaiming He", 4, "2016", {}),
)
_sample(
    "acm.enw",
    """%0 Journal Article
%1 3065386
%A Alex Krizhevsky
%A Ilya Sutskever
%A Geoffrey E. Hinton
%T ImageNet classification with deep convolutional neural networks
%J Commun. ACM
%@ 0001-0782
%V 60
%N 6
%P 84–90
%R 10.1145/3065386
%U https://doi.org/10.1145/3065386
%D 2017
%I Association for Computing Machinery
%X We write our own words here about a large network.

%0 Book
%A Donald E. Knuth
%T The Art of Computer Programming
%D 1997
""",
    (
        "ImageNet classification with deep convolutional neural networks",
        "Alex Krizhevsky",
        3,
        "2017",
        {"doi": "10.1145/3065386"},
    ),
    ("The Art of Computer Programming", "Donald E. Knuth", 1, "1997", {}),
)
_sample(
    "refman.ris",
    """\ufeffTY  - JOUR\r\nID  - 12\r\nT1  - Highly accurate protein structure prediction with AlphaFold\r\nA1  - Jumper,John\r\nA1  - Evans,Richard\r\nA1  - Pritzel,Alexander\r\nY1  - 2021/08/26/\r\nN2  - Words of our own on proteins.\r\nKW  - Proteins\r\nKW  - Folding\r\nJF  - Nature\r\nJA  - Nature\r\nVL  - 596\r\nIS  - 7873\r\nSP  - 583\r\nEP  - 589\r\nM3  - 10.1038/s41586-021-03819-2\r\nUR  - https://www.nature.com/articles/s41586-021-03819-2\r\nER  - \r\n\r\n""",
    (ALF[0], "John Jumper", 3, "2021", ALF[4]),
)
_sample(
    "readcube.ris",
    """TY  - JOUR
TI  - Attention Is All You Need
T2  - arXiv
AU  - Vaswani, Ashish
AU  - Shazeer, Noam
AU  - Parmar, Niki
AU  - Uszkoreit, Jakob
AU  - Jones, Llion
AU  - Gomez, Aidan N
AU  - Kaiser, Lukasz
AU  - Polosukhin, Illia
PY  - 2017
DA  - 2017/06/12
DO  - 10.48550/arxiv.1706.03762
AB  - Our words.
C1  - 
L1  - file:///Users/x/Library/Papers3/Vaswani-2017.pdf
ER  -
""",
    ATT,
)
_sample(
    "oldmac.ris",
    "TY  - CONF\rTI  - Deep Residual Learning for Image Recognition\rAU  - He, K.\rAU  - Zhang, X.\rPY  - 2016\rDO  - 10.1109/CVPR.2016.90\rER  - \r",
    ("Deep Residual Learning for Image Recognition", "K. He", 2, "2016", RES[4]),
)
_sample(
    "mendeley.bib",
    """Automatically generated by Mendeley Desktop 1.19.8
Any changes to this file will be lost if it is regenerated by Mendeley.

BibTeX export options can be customized via Options -> BibTeX in Mendeley Desktop

@article{Vaswani2017,
abstract = {Words of our own on {\\$}h{\\$} heads.},
archivePrefix = {arXiv},
arxivId = {1706.03762},
author = {Vaswani, Ashish and Shazeer, Noam and Parmar, Niki and Uszkoreit, Jakob and Jones, Llion and Gomez, Aidan N. and Kaiser, Lukasz and Polosukhin, Illia},
eprint = {1706.03762},
file = {:home/x/Downloads/1706.03762.pdf:pdf},
mendeley-groups = {nlp},
month = {jun},
title = {{Attention Is All You Need}},
url = {http://arxiv.org/abs/1706.03762},
year = {2017}
}
""",
    ATT,
)
_sample(
    "jabref.bib",
    """% Encoding: UTF-8

@String { cvpr = {Proceedings of CVPR} }

@InProceedings{He2016,
  author    = {Kaiming He and Xiangyu Zhang and Shaoqing Ren and Jian Sun},
  title     = {Deep Residual Learning for Image Recognition},
  booktitle = cvpr # { 2016},
  date      = {2016-06},
  doi       = {10.1109/cvpr.2016.90},
  groups    = {vision},
  comment   = {Has braces {inside} and a % sign},
  owner     = {x},
  timestamp = {2020.01.02},
}

@Comment{jabref-meta: databaseType:biblatex;}

@Comment{jabref-meta: grouping:
0 AllEntriesGroup:;
1 StaticGroup:vision\\;0\\;1\\;0x8a8a8aff\\;\\;\\;;
}
""",
    RES,
)
_sample(
    "dblp.bib",
    """@inproceedings{DBLP:conf/naacl/DevlinCLT19,
  author       = {Jacob Devlin and
                  Ming{-}Wei Chang and
                  Kenton Lee and
                  Kristina Toutanova},
  editor       = {Jill Burstein and
                  Christy Doran and
                  Thamar Solorio},
  title        = {{BERT:} Pre-training of Deep Bidirectional Transformers for Language
                  Understanding},
  booktitle    = {Proceedings of the 2019 Conference},
  pages        = {4171--4186},
  year         = {2019},
  url          = {https://doi.org/10.18653/v1/n19-1423},
  doi          = {10.18653/V1/N19-1423},
  timestamp    = {Sun, 06 Oct 2024 21:01:56 +0200},
  biburl       = {https://dblp.org/rec/conf/naacl/DevlinCLT19.bib},
  bibsource    = {dblp computer science bibliography, https://dblp.org}
}

@article{DBLP:journals/corr/VaswaniSPUJGKP17,
  author       = {Ashish Vaswani and
                  Noam Shazeer and Niki Parmar and Jakob Uszkoreit and Llion Jones and Aidan N. Gomez and Lukasz Kaiser and Illia Polosukhin},
  title        = {Attention Is All You Need},
  journal      = {CoRR},
  volume       = {abs/1706.03762},
  year         = {2017},
  url          = {http://arxiv.org/abs/1706.03762},
  eprinttype    = {arXiv},
  eprint       = {1706.03762},
}
""",
    BERT,
    ATT,
)
_sample(
    "dblp.xml",
    """<?xml version="1.0" encoding="ISO-8859-1"?>
<!DOCTYPE dblp SYSTEM "dblp.dtd">
<dblp>
<inproceedings mdate="2024-10-06" key="conf/naacl/DevlinCLT19">
<author>Jacob Devlin</author>
<author orcid="0000-0001-0000-0000">Ming-Wei Chang</author>
<author>Kenton Lee</author>
<author>J&uuml;rgen Gall 0001</author>
<title>BERT: Pre-training of Deep Bidirectional Transformers for Language Understanding.</title>
<pages>4171-4186</pages>
<year>2019</year>
<booktitle>NAACL-HLT (1)</booktitle>
<ee type="oa">https://doi.org/10.18653/v1/n19-1423</ee>
<crossref>conf/naacl/2019-1</crossref>
<url>db/conf/naacl/naacl2019-1.html#DevlinCLT19</url>
</inproceedings>
<article mdate="2021-01-23" key="journals/corr/VaswaniSPUJGKP17" publtype="informal">
<author>Ashish Vaswani</author>
<title>Attention Is All You Need.</title>
<year>2017</year>
<volume>abs/1706.03762</volume>
<journal>CoRR</journal>
<ee type="oa">http://arxiv.org/abs/1706.03762</ee>
</article>
<www mdate="2020-01-01" key="homepages/1/2"><author>Somebody</author><title>Home Page</title></www>
</dblp>
""",
    (
        "BERT: Pre-training of Deep Bidirectional Transformers for Language Understanding",
        "Jacob Devlin",
        4,
        "2019",
        BERT[4],
    ),
    ("Attention Is All You Need", "Ashish Vaswani", 1, "2017", ATT[4]),
)
_sample(
    "dblp-api.json",
    """{"result":{"query":"bert","status":{"@code":"200","text":"OK"},"time":{"@unit":"msecs","text":"3.1"},"completions":{"@total":"1"},"hits":{"@total":"2","@computed":"2","@sent":"2","@first":"0","hit":[{"@score":"5","@id":"1","info":{"authors":{"author":[{"@pid":"173/5210","text":"Jacob Devlin"},{"@pid":"69/4618","text":"Ming-Wei Chang 0001"}]},"title":"BERT: Pre-training of Deep Bidirectional Transformers for Language Understanding.","venue":"NAACL-HLT","pages":"4171-4186","year":"2019","type":"Conference and Workshop Papers","access":"open","key":"conf/naacl/DevlinCLT19","doi":"10.18653/V1/N19-1423","ee":"https://doi.org/10.18653/v1/n19-1423","url":"https://dblp.org/rec/conf/naacl/DevlinCLT19"},"url":"URL#1"},{"@score":"4","@id":"2","info":{"authors":{"author":{"@pid":"1","text":"Solo Author"}},"title":"One Author Alone.","venue":"CoRR","year":"2018","type":"Informal","key":"x","ee":"https://arxiv.org/abs/1801.99999","url":"https://dblp.org/rec/x"},"url":"URL#2"}]}}}""",
    (BERT[0], "Jacob Devlin", 2, "2019", BERT[4]),
    ("One Author Alone", "Solo Author", 1, "2018", {"arxiv": "1801.99999"}),
)
_sample(
    "inspire.bib",
    """@article{ATLAS:2012yve,
    author = "Aad, Georges and others",
    collaboration = "ATLAS",
    title = "{Observation of a new particle in the search for the Standard Model Higgs boson with the ATLAS detector at the LHC}",
    eprint = "1207.7214",
    archivePrefix = "arXiv",
    primaryClass = "hep-ex",
    reportNumber = "CERN-PH-EP-2012-218",
    doi = "10.1016/j.physletb.2012.08.020",
    journal = "Phys. Lett. B",
    volume = "716",
    pages = "1--29",
    year = "2012"
}
""",
    (
        "Observation of a new particle in the search for the Standard Model Higgs boson with the ATLAS detector at the LHC",
        "Georges Aad",
        1,
        "2012",
        {"arxiv": "1207.7214", "doi": "10.1016/j.physletb.2012.08.020"},
    ),
)
_sample(
    "inspire.json",
    """{"hits":{"hits":[{"id":"1124337","links":{"self":"https://inspirehep.net/api/literature/1124337"},"metadata":{"control_number":1124337,"titles":[{"source":"arXiv","title":"Observation of a new particle in the search"}],"authors":[{"full_name":"Aad, Georges","uuid":"x","affiliations":[{"value":"Freiburg U."}]},{"full_name":"Abajyan, Tatevik"}],"arxiv_eprints":[{"value":"1207.7214","categories":["hep-ex"]}],"dois":[{"value":"10.1016/j.physletb.2012.08.020","source":"Elsevier"}],"abstracts":[{"value":"Words of our own.","source":"arXiv"}],"publication_info":[{"journal_title":"Phys.Lett.B","year":2012,"page_start":"1"}],"preprint_date":"2012-07-31","earliest_date":"2012-07-31","citation_count":14000}}],"total":1},"links":{"self":"x"}}""",
    (
        "Observation of a new particle in the search",
        "Georges Aad",
        2,
        "2012",
        {"arxiv": "1207.7214", "doi": "10.1016/j.physletb.2012.08.020"},
    ),
)
_sample(
    "ads.bib",
    """@ARTICLE{2016PhRvL.116f1102A,
       author = {{Abbott}, B.~P. and {Abbott}, R. and {Abernathy}, M.~R. and {LIGO Scientific Collaboration} and {Virgo Collaboration}},
        title = "{Observation of Gravitational Waves from a Binary Black Hole Merger}",
      journal = {\\prl},
     keywords = {General Relativity and Quantum Cosmology, Astrophysics - High Energy},
         year = 2016,
        month = feb,
       volume = {116},
       number = {6},
          eid = {061102},
        pages = {061102},
          doi = {10.1103/PhysRevLett.116.061102},
archivePrefix = {arXiv},
       eprint = {1602.03837},
 primaryClass = {gr-qc},
       adsurl = {https://ui.adsabs.harvard.edu/abs/2016PhRvL.116f1102A},
      adsnote = {Provided by the SAO/NASA Astrophysics Data System}
}
""",
    (
        "Observation of Gravitational Waves from a Binary Black Hole Merger",
        "B. P. Abbott",
        5,
        "2016",
        {"arxiv": "1602.03837", "doi": "10.1103/physrevlett.116.061102"},
    ),
)
_sample(
    "ads.json",
    """{"responseHeader":{"status":0},"response":{"numFound":1,"start":0,"docs":[{"bibcode":"2016PhRvL.116f1102A","author":["Abbott, B. P.","Abbott, R."],"title":["Observation of Gravitational Waves from a Binary Black Hole Merger"],"doi":["10.1103/PhysRevLett.116.061102","10.48550/arXiv.1602.03837"],"identifier":["2016arXiv160203837T","arXiv:1602.03837","10.1103/PhysRevLett.116.061102"],"abstract":"Words.","pubdate":"2016-02-00","pub":"Physical Review Letters","year":"2016","citation_count":9000}]}}""",
    (
        "Observation of Gravitational Waves from a Binary Black Hole Merger",
        "B. P. Abbott",
        2,
        "2016",
        {"doi": "10.1103/physrevlett.116.061102"},
    ),
)
_sample(
    "ads.txt",
    """%R 2016PhRvL.116f1102A
%T Observation of Gravitational Waves from a Binary Black Hole Merger
%A Abbott, B. P.; Abbott, R.; Abbott, T. D.
%F AA(LIGO), AB(LIGO)
%J Physical Review Letters, Volume 116, Issue 6, id.061102
%V 116
%D 2016/02
%I DOI 10.1103/PhysRevLett.116.061102
%Y (c) 2016: authors
%B Words of our own.
%K Relativity
%W PHYSICS
%U https://ui.adsabs.harvard.edu/abs/2016PhRvL.116f1102A
""",
    (
        "Observation of Gravitational Waves from a Binary Black Hole Merger",
        "B. P. Abbott",
        3,
        "2016",
        {},
    ),
)
_sample(
    "biorxiv.xml",
    """<?xml version="1.0" encoding="UTF-8"?>
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:prism="http://prismstandard.org/namespaces/basic/2.0/" xmlns:syn="http://purl.org/rss/1.0/modules/syndication/">
<channel rdf:about="http://connect.biorxiv.org/biorxiv_xml.php?subject=bioinformatics">
<admin:errorReportsTo xmlns:admin="http://webns.net/mvcb/" rdf:resource="mailto:biorxiv@cshlpress.edu"/>
<title>
bioRxiv Subject Collection: Bioinformatics
</title>
<link>https://biorxiv.org</link>
<items><rdf:Seq><rdf:li rdf:resource="https://www.biorxiv.org/content/10.1101/2024.01.02.573999v1?rss=1"/></rdf:Seq></items>
</channel>
<item rdf:about="https://www.biorxiv.org/content/10.1101/2024.01.02.573999v1?rss=1">
<title>
<![CDATA[
A Tool for Folding Many Things
]]>
</title>
<link>https://www.biorxiv.org/content/10.1101/2024.01.02.573999v1?rss=1</link>
<description><![CDATA[
We fold things and write about it in words of our own.
]]></description>
<dc:creator><![CDATA[ Lindqvist, A., Reyes, T., Tanaka, M. ]]></dc:creator>
<dc:date>2024-01-03</dc:date>
<dc:identifier>doi:10.1101/2024.01.02.573999</dc:identifier>
<dc:title><![CDATA[A Tool for Folding Many Things]]></dc:title>
<dc:publisher>Cold Spring Harbor Laboratory</dc:publisher>
<prism:publicationDate>2024-01-03</prism:publicationDate>
<prism:section></prism:section>
</item>
</rdf:RDF>
""",
    (
        "A Tool for Folding Many Things",
        "A. Lindqvist",
        3,
        "2024",
        {"doi": "10.1101/2024.01.02.573999"},
    ),
)
_sample(
    "biorxiv.json",
    """{"messages":[{"status":"ok","interval":"2024-01-01:2024-01-02","cursor":0,"count":1,"total":"1"}],"collection":[{"doi":"10.1101/2024.01.02.573999","title":"A Tool for Folding Many Things","authors":"Lindqvist, A.; Reyes, T.; Tanaka, M.","author_corresponding":"Ada Lindqvist","author_corresponding_institution":"X","date":"2024-01-03","version":"1","type":"new results","license":"cc_by","category":"bioinformatics","jatsxml":"https://www.biorxiv.org/x.xml","abstract":"Words of our own.","published":"NA","server":"biorxiv"}]}""",
    (
        "A Tool for Folding Many Things",
        "A. Lindqvist",
        3,
        "2024",
        {"doi": "10.1101/2024.01.02.573999"},
    ),
)
_sample(
    "openreview2.json",
    """{"notes":[{"content":{"title":{"value":"Sinks of Attention in Long Streams"},"authors":{"value":["Ada Lindqvist","Tomás Reyes"]},"authorids":{"value":["~Ada_Lindqvist1","~Tomas_Reyes1"]},"keywords":{"value":["attention"]},"abstract":{"value":"Words of our own."},"venue":{"value":"ICLR 2024 poster"},"venueid":{"value":"ICLR.cc/2024/Conference"},"pdf":{"value":"/pdf/abc.pdf"},"_bibtex":{"value":"@inproceedings{x}"}},"id":"NG7sS51zVF","forum":"NG7sS51zVF","version":2,"cdate":1695000000000,"pdate":1705400000000,"tcdate":1695000000000,"signatures":["ICLR.cc/2024/Conference/Submission1/Authors"]}],"count":1}""",
    (
        "Sinks of Attention in Long Streams",
        "Ada Lindqvist",
        2,
        "2024",
        {"openreview": "NG7sS51zVF"},
    ),
)
_sample(
    "openreview1.json",
    """{"notes":[{"id":"Hkx1-rHRZ","original":"x","number":5,"cdate":1518730188000,"forum":"Hkx1-rHRZ","content":{"title":"Words for Streams","abstract":"TL words.","authors":["Ada Lindqvist"],"keywords":["a"],"pdf":"/pdf/x.pdf","venue":"ICLR 2018"},"readers":["everyone"]}]}""",
    ("Words for Streams", "Ada Lindqvist", 1, "2018", {"openreview": "Hkx1-rHRZ"}),
)
_sample(
    "s2bulk.jsonl",
    """{"corpusid":13756489,"externalids":{"ACL":null,"DBLP":"journals/corr/VaswaniSPUJGKP17","ArXiv":"1706.03762","MAG":"2963403868","CorpusId":"13756489","PubMed":null,"DOI":null,"PubMedCentral":null},"url":"https://www.semanticscholar.org/paper/204e","title":"Attention is All you Need","authors":[{"authorId":"40348417","name":"Ashish Vaswani"},{"authorId":"1","name":"Noam M. Shazeer"}],"venue":"Neural Information Processing Systems","publicationvenueid":"d9","year":2017,"referencecount":42,"citationcount":100000,"influentialcitationcount":1,"isopenaccess":false,"s2fieldsofstudy":[{"category":"Computer Science","source":"s2-fos-model"}],"publicationtypes":["JournalArticle"],"publicationdate":"2017-06-12","journal":{"name":"","pages":"5998-6008","volume":""}}
{"corpusid":1,"externalids":{"ACL":"N19-1423","DOI":"10.18653/v1/N19-1423","ArXiv":"1810.04805"},"url":"x","title":"BERT: Pre-training of Deep Bidirectional Transformers for Language Understanding","authors":[{"authorId":"1","name":"Jacob Devlin"}],"venue":"NAACL","year":2019,"publicationdate":null}
""",
    ("Attention is All you Need", "Ashish Vaswani", 2, "2017", ATT[4]),
    (
        BERT[0],
        "Jacob Devlin",
        1,
        "2019",
        {"acl": "N19-1423", "arxiv": "1810.04805", "doi": "10.18653/v1/n19-1423"},
    ),
)
_sample(
    "pmc.xml",
    """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE pmc-articleset PUBLIC "-//NLM//DTD ARTICLE SET 2.0//EN" "https://dtd.nlm.nih.gov/ncbi/pmc/articleset/nlm-articleset-2.0.dtd">
<pmc-articleset><article xmlns:xlink="http://www.w3.org/1999/xlink" article-type="research-article"><front><journal-meta><journal-id journal-id-type="nlm-ta">Nature</journal-id><journal-title-group><journal-title>Nature</journal-title></journal-title-group></journal-meta><article-meta><article-id pub-id-type="pmid">34265844</article-id><article-id pub-id-type="pmc">8371605</article-id><article-id pub-id-type="doi">10.1038/s41586-021-03819-2</article-id><title-group><article-title>Highly accurate protein structure prediction with AlphaFold</article-title></title-group><contrib-group><contrib contrib-type="author"><name><surname>Jumper</surname><given-names>John</given-names></name></contrib><contrib contrib-type="author"><name><surname>Evans</surname><given-names>Richard</given-names></name></contrib></contrib-group><pub-date pub-type="epub"><day>15</day><month>7</month><year>2021</year></pub-date><abstract><p>Words of <italic>our</italic> own.</p></abstract></article-meta></front><body><sec><title>Intro</title><p>x</p></sec></body><back><ref-list><ref id="r1"><mixed-citation><article-title>Another One Cited</article-title></mixed-citation></ref></ref-list></back></article></pmc-articleset>
""",
    (ALF[0], "John Jumper", 2, "2021", {"doi": "10.1038/s41586-021-03819-2", "pmid": "34265844"}),
)
_sample(
    "scopus.csv",
    """\ufeff"Authors","Author full names","Author(s) ID","Title","Year","Source title","Volume","Issue","Art. No.","Page start","Page end","Page count","Cited by","DOI","Link","Abstract","Author Keywords","Index Keywords","PubMed ID","Document Type","Publication Stage","Open Access","Source","EID"
"He K.; Zhang X.; Ren S.; Sun J.","He, Kaiming (57209052101); Zhang, Xiangyu (1); Ren, Shaoqing (2); Sun, Jian (3)","57209052101; 1; 2; 3","Deep residual learning for image recognition","2016","Proceedings of the IEEE Computer Society Conference on Computer Vision and Pattern Recognition","2016-December","","7780459","770","778","8","150000","10.1109/CVPR.2016.90","https://www.scopus.com/inward/record.uri?eid=2-s2.0-84986274465&doi=10.1109%2fCVPR.2016.90","Words.","","","","Conference paper","Final","","Scopus","2-s2.0-84986274465"
""",
    ("Deep residual learning for image recognition", "Kaiming He", 4, "2016", RES[4]),
)
_sample(
    "scopus.ris",
    """TY  - CONF
TI  - Deep residual learning for image recognition
T2  - Proceedings of the IEEE Computer Society Conference
J2  - Proc IEEE
VL  - 2016-December
SP  - 770
EP  - 778
PY  - 2016
DO  - 10.1109/CVPR.2016.90
AU  - He, K.
AU  - Zhang, X.
AD  - Microsoft Research
UR  - https://www.scopus.com/inward/record.uri?eid=2-s2.0-84986274465
AB  - Words.
N1  - Cited By :150000
N1  - Export Date: 3 January 2024
M3  - Conference Paper
DB  - Scopus
ER  -

""",
    ("Deep residual learning for image recognition", "K. He", 2, "2016", RES[4]),
)
_sample(
    "ieee.csv",
    """"Document Title",Authors,"Author Affiliations","Publication Title",Date Added To Xplore,"Publication Year","Volume","Issue","Start Page","End Page","Abstract","ISSN",ISBNs,"DOI",Funding Information,PDF Link,"Author Keywords","IEEE Terms","Mesh_Terms",Article Citation Count,Patent Citation Count,"Reference Count","License",Online Date,Issue Date,"Meeting Date","Publisher",Document Identifier
"Deep Residual Learning for Image Recognition","K. He; X. Zhang; S. Ren; J. Sun","Microsoft; Microsoft; Microsoft; Microsoft","2016 IEEE Conference on Computer Vision and Pattern Recognition (CVPR)","12 Dec 2016","2016","","","770","778","Words.","1063-6919","978-1-4673-8851-1","10.1109/CVPR.2016.90","","https://ieeexplore.ieee.org/stamp/stamp.jsp?arnumber=7780459","","Training;Degradation","","1","1","40","IEEE","12 Dec 2016","","","IEEE","IEEE Conferences"
""",
    ("Deep Residual Learning for Image Recognition", "K. He", 4, "2016", RES[4]),
)
_sample(
    "dimensions.csv",
    """"About the data: Exported on Jan 03, 2024. Criteria: 'alphafold' in title and abstract. © 2024 Digital Science & Research Solutions Inc."
Rank,Publication ID,DOI,PMID,PMCID,ISBN,Title,Abstract,Acknowledgements,Funding,Source title,Anthology title,Book editors,Publisher,ISSN,MeSH terms,Publication date,PubYear,Publication date (online),Publication date (print),Volume,Issue,Pagination,Open Access,Publication Type,Authors,Authors (Raw Affiliation),Corresponding Authors,Times cited,Dimensions URL
500,pub.1139676109,10.1038/s41586-021-03819-2,34265844,PMC8371605,,Highly accurate protein structure prediction with AlphaFold,Words.,,,Nature,,,Springer Nature,0028-0836,,2021-07-15,2021,2021-07-15,2021-08-26,596,7873,583-589,All OA; Hybrid,Article,"Jumper, John; Evans, Richard; Pritzel, Alexander","Jumper, John (DeepMind)",,20000,https://app.dimensions.ai/details/publication/pub.1139676109
""",
    (ALF[0], "John Jumper", 3, "2021", {"doi": "10.1038/s41586-021-03819-2", "pmid": "34265844"}),
)
_sample(
    "lens.csv",
    """\ufeffLens ID,Title,Date Published,Publication Year,Publication Type,Source Title,ISSNs,Publisher,Source Country,Author/s,Abstract,Volume,Issue Number,Start Page,End Page,Fields of Study,Keywords,MeSH Terms,Chemicals,Funding,Source URLs,External URL,PMID,DOI,Microsoft Academic ID,PMCID,Citing Patents Count,References,Citing Works Count,Is Open Access
000-001-002-003,Highly accurate protein structure prediction with AlphaFold,2021-07-15,2021,journal article,Nature,00280836; 14764687,Springer,UK,John Jumper; Richard Evans; Alexander Pritzel,Words.,596,7873,583,589,Biology; Protein folding,,,,,https://www.nature.com/articles/s41586-021-03819-2,http://dx.doi.org/10.1038/s41586-021-03819-2,34265844,10.1038/s41586-021-03819-2,,PMC8371605,0,,20000,true
""",
    (ALF[0], "John Jumper", 3, "2021", {"doi": "10.1038/s41586-021-03819-2", "pmid": "34265844"}),
)
_sample(
    "lens.json",
    """{"total":1,"max_score":null,"data":[{"lens_id":"000-001-002-003","title":"Highly accurate protein structure prediction with AlphaFold","publication_type":"journal article","year_published":2021,"date_published":"2021-07-15T00:00:00.000000+00:00","date_published_parts":[2021,7,15],"created":"2021-07-16T00:00:00Z","external_ids":[{"type":"doi","value":"10.1038/s41586-021-03819-2"},{"type":"pmid","value":"34265844"}],"authors":[{"first_name":"John","last_name":"Jumper","initials":"J","affiliations":[{"name":"DeepMind"}]},{"first_name":"Richard","last_name":"Evans"}],"source":{"title":"Nature","type":"Journal","publisher":"Springer"},"abstract":"Words.","fields_of_study":["Biology"],"scholarly_citations_count":20000}]}""",
    (ALF[0], "John Jumper", 2, "2021", {"doi": "10.1038/s41586-021-03819-2", "pmid": "34265844"}),
)
_sample(
    "scholar.csv",
    """\ufeffAuthors,Title,Publication,Volume,Number,Pages,Year,Publisher
"Vaswani, Ashish; Shazeer, Noam; Parmar, Niki; ",Attention is all you need,"Advances in neural information processing systems",30,,,2017,
"He, Kaiming; Zhang, Xiangyu; ",Deep residual learning for image recognition,"Proceedings of the IEEE conference",,,770-778,2016,
""",
    ("Attention is all you need", "Ashish Vaswani", 3, "2017", {}),
    ("Deep residual learning for image recognition", "Kaiming He", 2, "2016", {}),
)
_sample(
    "scholar.bib",
    """@article{vaswani2017attention,
  title={Attention is all you need},
  author={Vaswani, Ashish and Shazeer, Noam and Parmar, Niki and Uszkoreit, Jakob and Jones, Llion and Gomez, Aidan N and Kaiser, {\\L}ukasz and Polosukhin, Illia},
  journal={Advances in neural information processing systems},
  volume={30},
  year={2017}
}
""",
    ("Attention is all you need", "Ashish Vaswani", 8, "2017", {}),
)
_sample(
    "acm.bib",
    """@inproceedings{10.5555/3295222.3295349,
author = {Vaswani, Ashish and Shazeer, Noam and Parmar, Niki},
title = {Attention is all you need},
year = {2017},
isbn = {9781510860964},
publisher = {Curran Associates Inc.},
address = {Red Hook, NY, USA},
abstract = {Words of our own \\&amp; more.},
booktitle = {Proceedings of the 31st International Conference},
pages = {6000–6010},
numpages = {11},
location = {Long Beach, California, USA},
series = {NIPS'17}
}

@article{10.1145/3065386,
author = {Krizhevsky, Alex and Sutskever, Ilya and Hinton, Geoffrey E.},
title = {ImageNet classification with deep convolutional neural networks},
year = {2017},
issue_date = {June 2017},
volume = {60},
number = {6},
issn = {0001-0782},
url = {https://doi.org/10.1145/3065386},
doi = {10.1145/3065386},
month = may,
pages = {84–90}
}
""",
    ("Attention is all you need", "Ashish Vaswani", 3, "2017", {}),
    (
        "ImageNet classification with deep convolutional neural networks",
        "Alex Krizhevsky",
        3,
        "2017",
        {"doi": "10.1145/3065386"},
    ),
)
_sample(
    "springer.csv",
    """Item Title,Publication Title,Book Series Title,Journal Volume,Journal Issue,Item DOI,Authors,Publication Year,URL,Content Type
"A Study of Many Things","Machine Learning",,109,2,10.1007/s10994-019-05855-6,Jesper E. van EngelenHolger H. Hoos,2020,http://link.springer.com/article/10.1007/s10994-019-05855-6,Article
""",
    (
        "A Study of Many Things",
        "Jesper E. van Engelen",
        2,
        "2020",
        {"doi": "10.1007/s10994-019-05855-6"},
    ),
)
_sample(
    "arxiv-listing.txt",
    """Computation and Language
Authors and titles for recent submissions

    Fri, 3 Jan 2025
    Thu, 2 Jan 2025

Total of 2 entries
Showing up to 50 entries per page: fewer | more | all
Fri, 3 Jan 2025 (showing 2 of 2 entries )

[1] arXiv:2501.01234 [pdf, html, other]
    Title: Sinks for Streams of Words
    Ada Lindqvist, Tomás Reyes
    Comments: 12 pages
    Subjects: Computation and Language (cs.CL); Artificial Intelligence (cs.AI)

[2] arXiv:2501.01235 (cross-list from cs.CV) [pdf, other]
    Title: Seeing Many Things at Once
    Mei Tanaka
    Journal-ref: Some Journal 2025
    Subjects: Computer Vision and Pattern Recognition (cs.CV); Computation and Language (cs.CL)
""",
    ("Sinks for Streams of Words", "Ada Lindqvist", 2, None, {"arxiv": "2501.01234"}),
    ("Seeing Many Things at Once", "Mei Tanaka", 1, None, {"arxiv": "2501.01235"}),
)
_sample(
    "pwc.json",
    """[{"paper_url":"https://paperswithcode.com/paper/attention-is-all-you-need","arxiv_id":"1706.03762","nips_id":null,"openreview_id":null,"title":"Attention Is All You Need","abstract":"Words.","short_abstract":null,"url_abs":"http://arxiv.org/abs/1706.03762v7","url_pdf":"http://arxiv.org/pdf/1706.03762v7.pdf","proceeding":"NeurIPS 2017 12","authors":["Ashish Vaswani","Noam Shazeer"],"tasks":["Machine Translation"],"date":"2017-06-12","conference_url_abs":null,"conference_url_pdf":null,"conference":null,"reproduces_paper":null,"methods":[{"url":"https://paperswithcode.com/method/adam","name":"Adam","full_name":"Adam"}]}]""",
    (ATT[0], ATT[1], 2, "2017", ATT[4]),
)
_sample(
    "pwc-links.json",
    """[{"paper_url":"https://paperswithcode.com/paper/attention-is-all-you-need","paper_title":"Attention Is All You Need","paper_arxiv_id":"1706.03762","paper_url_abs":"http://arxiv.org/abs/1706.03762v7","paper_url_pdf":"http://arxiv.org/pdf/1706.03762v7.pdf","repo_url":"https://github.com/tensorflow/tensor2tensor","is_official":true,"mentioned_in_paper":true,"mentioned_in_github":true,"framework":"tf"}]""",
    (ATT[0], None, 0, "", ATT[4]),
)
_sample(
    "zotero-de.csv",
    """Schlüssel;Typ;Erscheinungsjahr;Autor;Titel;Publikationstitel;ISBN;ISSN;DOI;URL;Zusammenfassung;Datum;Hinzugefügt am
ABCD1234;conferencePaper;2016;"He, Kaiming; Sun, Jian";Deep Residual Nets;;;;10.1109/cvpr.2016.90;;;2016-06;2020
EFGH5678;journalArticle;2017;"Vaswani, Ashish; Shazeer, Noam";Attention Is All You Need;arXiv;;;10.48550/arXiv.1706.03762;;Worte;2017-06-12;2020-01-01
""",
    ("Attention Is All You Need", "Ashish Vaswani", 2, "2017", ATT[4]),
    ("Deep Residual Nets", "Kaiming He", 2, "2016", RES[4]),
)
_sample(
    "excel-utf16.csv",
    """Title;Authors;Year;DOI\r\nAttention Is All You Need;Vaswani, Ashish|Shazeer, Noam;2017;10.48550/arXiv.1706.03762\r\nDeep Residual Learning for Image Recognition;He, Kaiming|Zhang, Xiangyu;2016;10.1109/CVPR.2016.90\r\n""",
    (ATT[0], ATT[1], 2, "2017", ATT[4]),
    (RES[0], RES[1], 2, "2016", RES[4]),
    enc="utf-16",
)
_sample(
    "excel-sep.csv",
    """sep=;\r\nTitle;Authors;Year;DOI\r\nDeep Residual Learning for Image Recognition;Kaiming He, Xiangyu Zhang;2016;10.1109/CVPR.2016.90\r\n""",
    (RES[0], RES[1], 2, "2016", RES[4]),
)
_sample(
    "mac.csv",
    'Title,Authors,Year\rAttention Is All You Need,"Ashish Vaswani, Noam Shazeer",2017\rDeep Residual Learning,"Kaiming He",2016\r',
    ("Attention Is All You Need", "Ashish Vaswani", 2, "2017", {}),
    ("Deep Residual Learning", "Kaiming He", 1, "2016", {}),
)
_sample(
    "obsidian.md",
    """---
title: "Reading list"
tags: [reading]
date: 2024-01-05
---
# Reading list

- [[Vaswani2017]] — *Attention Is All You Need* (https://arxiv.org/abs/1706.03762) #transformers
- [Deep Residual Learning for Image Recognition](https://doi.org/10.1109/CVPR.2016.90), He et al. 2016
- BERT: Pre-training of Deep Bidirectional Transformers [@devlin2019bert] https://aclanthology.org/N19-1423/

> quote
""",
    ("Attention Is All You Need", None, 0, None, ATT[4]),
    ("Deep Residual Learning for Image Recognition", None, None, None, RES[4]),
    (
        "BERT: Pre-training of Deep Bidirectional Transformers",
        None,
        None,
        None,
        {"acl": "N19-1423"},
    ),
)
_sample(
    "obsidian-zotero.md",
    """---
title: "Attention Is All You Need"
authors: Ashish Vaswani, Noam Shazeer
year: 2017
doi: 10.48550/arXiv.1706.03762
citekey: vaswani2017
---

## Abstract
Words of ours.

## Notes
Good.
""",
    ("Attention Is All You Need", "Ashish Vaswani", 2, "2017", ATT[4]),
)
_sample(
    "logseq.md",
    """title:: @Attention Is All You Need
authors:: [[Ashish Vaswani]], [[Noam Shazeer]]
date:: [[Jun 12th, 2017]]
item-type:: [[preprint]]
url:: http://arxiv.org/abs/1706.03762
tags:: #zotero

- [[Abstract]]
	- Words of ours.
""",
    ("Attention Is All You Need", "Ashish Vaswani", 2, "2017", ATT[4]),
)
_sample(
    "refs.org",
    """#+TITLE: Bibliography

* Attention Is All You Need
  :PROPERTIES:
  :TITLE:    Attention Is All You Need
  :BTYPE:    article
  :CUSTOM_ID: vaswani2017
  :AUTHOR:   Vaswani, Ashish and Shazeer, Noam
  :YEAR:     2017
  :EPRINT:   1706.03762
  :END:
* TODO Deep Residual Learning for Image Recognition :vision:
  :PROPERTIES:
  :TITLE:    Deep Residual Learning for Image Recognition
  :AUTHOR:   He, Kaiming and Zhang, Xiangyu
  :YEAR:     2016
  :DOI:      10.1109/CVPR.2016.90
  :END:
""",
    ("Attention Is All You Need", "Ashish Vaswani", 2, "2017", ATT[4]),
    (RES[0], RES[1], 2, "2016", RES[4]),
)
_sample(
    "links.org",
    """* Papers
** TODO [[https://arxiv.org/abs/1706.03762][Attention Is All You Need]]
** DONE [[https://doi.org/10.1109/CVPR.2016.90][Deep Residual Learning for Image Recognition]]
""",
    (ATT[0], None, 0, None, ATT[4]),
    (RES[0], None, 0, None, RES[4]),
)
_sample(
    "hayagriva.yml",
    """attention:
    type: Article
    title: Attention Is All You Need
    author:
        - Vaswani, Ashish
        - Shazeer, Noam
    date: 2017-06-12
    url: https://arxiv.org/abs/1706.03762
    serial-number:
        arxiv: "1706.03762"
    parent:
        type: Repository
        title: arXiv
resnet:
    type: Article
    title:
        value: "Deep Residual Learning for Image Recognition"
        verbatim: true
    author: ["He, Kaiming", "Zhang, Xiangyu"]
    date: 2016-06
    serial-number:
        doi: 10.1109/CVPR.2016.90
    parent:
        type: Proceedings
        title: CVPR
""",
    (ATT[0], ATT[1], 2, "2017", ATT[4]),
    (RES[0], RES[1], 2, "2016", RES[4]),
)
_sample(
    "csl.yaml",
    """---
references:
- id: vaswani2017
  type: article
  title: Attention Is All You Need
  author:
  - family: Vaswani
    given: Ashish
  - family: Shazeer
    given: Noam
  issued:
    date-parts:
    - - 2017
      - 6
      - 12
  DOI: 10.48550/arXiv.1706.03762
- id: he2016
  type: paper-conference
  title: 'Deep Residual Learning for Image Recognition'
  author:
  - {family: He, given: Kaiming}
  issued: 2016
  DOI: 10.1109/CVPR.2016.90
...
""",
    (ATT[0], ATT[1], 2, "2017", ATT[4]),
    (RES[0], RES[1], 1, "2016", RES[4]),
)
_sample(
    "europepmc.json",
    """{"version":"6.9","hitCount":1,"request":{"queryString":"alphafold"},"resultList":{"result":[{"id":"34265844","source":"MED","pmid":"34265844","pmcid":"PMC8371605","doi":"10.1038/s41586-021-03819-2","title":"Highly accurate protein structure prediction with AlphaFold.","authorString":"Jumper J, Evans R, Pritzel A.","authorList":{"author":[{"fullName":"Jumper J","firstName":"John","lastName":"Jumper","initials":"J"},{"fullName":"Evans R","firstName":"Richard","lastName":"Evans","initials":"R"}]},"journalInfo":{"issue":"7873","volume":"596","journal":{"title":"Nature"}},"journalTitle":"Nature","pubYear":"2021","abstractText":"<h4>Words</h4> of our own.","citedByCount":20000,"firstPublicationDate":"2021-07-15"}]}}""",
    (
        "Highly accurate protein structure prediction with AlphaFold.",
        "John Jumper",
        2,
        "2021",
        {"doi": "10.1038/s41586-021-03819-2", "pmid": "34265844"},
    ),
)
_sample(
    "core.json",
    """{"totalHits":1,"limit":10,"results":[{"acceptedDate":"","arxivId":"1706.03762","authors":[{"name":"Vaswani, Ashish"},{"name":"Shazeer, Noam"}],"citationCount":0,"doi":null,"downloadUrl":"http://arxiv.org/abs/1706.03762","id":83840349,"identifiers":[{"identifier":"1706.03762","type":"ARXIV_ID"}],"title":"Attention Is All You Need","language":{"code":"en"},"publishedDate":"2017-12-05T00:00:00","yearPublished":2017,"abstract":"Words."}]}""",
    (ATT[0], ATT[1], 2, "2017", ATT[4]),
)
_sample(
    "doaj.json",
    """{"total":1,"page":1,"results":[{"last_updated":"2020-01-01T00:00:00Z","bibjson":{"identifier":[{"id":"10.3390/e23010018","type":"doi"},{"id":"1099-4300","type":"eissn"}],"journal":{"title":"Entropy","volume":"23"},"month":"12","year":"2020","keywords":["x"],"author":[{"name":"Pantelis Linardatos","affiliation":"x"},{"name":"Vasilis Papastefanopoulos"}],"link":[{"type":"fulltext","url":"https://www.mdpi.com/1099-4300/23/1/18"}],"abstract":"Words.","title":"Explainable AI: A Review"},"id":"x","created_date":"2020-12-30T00:00:00Z"}]}""",
    ("Explainable AI: A Review", "Pantelis Linardatos", 2, "2020", {"doi": "10.3390/e23010018"}),
)
_sample(
    "arxiv-api.txt",
    """1706.03762
arXiv:1512.03385v1
https://arxiv.org/pdf/1810.04805.pdf
""",
)
_sample(
    "medrxiv.csv",
    """"doi","title","authors","author_corresponding","date","version","type","category","abstract","published","server"
"10.1101/2020.01.01.20000001","Counting People in Rooms","Lindqvist, A.; Reyes, T.","Ada Lindqvist","2020-01-03","1","PUBLISHAHEADOFPRINT","epidemiology","Words.","NA","medrxiv"
""",
    ("Counting People in Rooms", "A. Lindqvist", 2, "2020", {"doi": "10.1101/2020.01.01.20000001"}),
)
_sample(
    "wos-excel.txt",
    "\ufeffPT\tAU\tBA\tBE\tGP\tAF\tBF\tCA\tTI\tSO\tSE\tBS\tLA\tDT\tDE\tID\tAB\tTC\tPY\tVL\tDI\tUT\tPM\r\nJ\tJumper, J; Evans, R\t\t\t\tJumper, John; Evans, Richard\t\t\tHighly accurate protein structure prediction with AlphaFold\tNATURE\t\t\tEnglish\tArticle\t\t\tWords.\t20000\t2021\t596\t10.1038/s41586-021-03819-2\tWOS:000676653600001\t34265844\r\n",
    (ALF[0], "John Jumper", 2, "2021", {"doi": "10.1038/s41586-021-03819-2", "pmid": "34265844"}),
    enc="utf-16",
)
_sample(
    "pubmed.txt",
    """1. Nature. 2021 Aug;596(7873):583-589. doi: 10.1038/s41586-021-03819-2. Epub 2021 
Jul 15.

Highly accurate protein structure prediction with AlphaFold.

Jumper J(#)(1), Evans R(#)(2), Pritzel A(#)(2).

Author information:
(1)DeepMind, London, UK. jumper@deepmind.com.

Words of our own about folding.

© 2021. The Author(s).

DOI: 10.1038/s41586-021-03819-2
PMCID: PMC8371605
PMID: 34265844 [Indexed for MEDLINE]
""",
    (
        "Highly accurate protein structure prediction with AlphaFold.",
        "J. Jumper",
        3,
        "2021",
        {"doi": "10.1038/s41586-021-03819-2", "pmid": "34265844"},
    ),
)
_sample(
    "pubmed-summary.csv",
    """PMID,Title,Authors,Citation,First Author,Journal/Book,Publication Year,Create Date,PMCID,NIHMS ID,DOI
34265844,Highly accurate protein structure prediction with AlphaFold,"Jumper J, Evans R, Pritzel A, Green T.",Nature. 2021 Aug;596(7873):583-589. doi: 10.1038/s41586-021-03819-2. Epub 2021 Jul 15.,Jumper J,Nature,2021,2021/07/16,PMC8371605,,10.1038/s41586-021-03819-2
""",
    (ALF[0], "J. Jumper", 4, "2021", {"doi": "10.1038/s41586-021-03819-2", "pmid": "34265844"}),
)
_sample(
    "s2-api.json",
    """{"total":1,"token":"X","data":[{"paperId":"204e3073","externalIds":{"MAG":"2963","DBLP":"conf/nips/VaswaniSPUJGKP17","ArXiv":"1706.03762","CorpusId":13756489},"title":"Attention is All you Need","year":2017,"authors":[{"authorId":"1","name":"Ashish Vaswani"}],"tldr":{"model":"tldr@v2","text":"x"}}]}""",
    ("Attention is All you Need", "Ashish Vaswani", 1, "2017", ATT[4]),
)
_sample(
    "elsevier.txt",
    """K. He, X. Zhang, S. Ren, J. Sun, Deep residual learning for image recognition, in: Proceedings of CVPR, 2016, pp. 770–778, doi:10.1109/CVPR.2016.90.
A. Vaswani, N. Shazeer, Attention is all you need, arXiv:1706.03762 (2017).
""",
    (None, None, None, None, RES[4]),
    (None, None, None, None, ATT[4]),
)
_sample(
    "tei.xml",
    """<?xml version="1.0" encoding="UTF-8"?>
<TEI xmlns="http://www.tei-c.org/ns/1.0"><teiHeader xml:lang="en"><fileDesc><titleStmt><title level="a" type="main">Attention Is All You Need</title></titleStmt><publicationStmt><publisher/><date type="published" when="2017-06-12">12 Jun 2017</date></publicationStmt><sourceDesc><biblStruct><analytic><author><persName><forename type="first">Ashish</forename><surname>Vaswani</surname></persName></author><author><persName><forename type="first">Noam</forename><surname>Shazeer</surname></persName></author><title level="a" type="main">Attention Is All You Need</title></analytic><monogr><imprint><date type="published" when="2017-06-12"/></imprint></monogr><idno type="arXiv">arXiv:1706.03762v5[cs.CL]</idno></biblStruct></sourceDesc></fileDesc><profileDesc><abstract><p>Words.</p></abstract></profileDesc></teiHeader><text><body><div><head>Intro</head><p>x</p></div></body></text></TEI>
""",
    (ATT[0], ATT[1], 2, "2017", ATT[4]),
)
_sample(
    "word-sources.xml",
    """<?xml version="1.0"?>
<b:Sources SelectedStyle="" xmlns:b="http://schemas.openxmlformats.org/officeDocument/2006/bibliography" xmlns="http://schemas.openxmlformats.org/officeDocument/2006/bibliography"><b:Source><b:Tag>He16</b:Tag><b:SourceType>ConferenceProceedings</b:SourceType><b:Author><b:Author><b:NameList><b:Person><b:Last>He</b:Last><b:First>Kaiming</b:First></b:Person><b:Person><b:Last>Zhang</b:Last><b:First>Xiangyu</b:First></b:Person></b:NameList></b:Author></b:Author><b:Title>Deep Residual Learning for Image Recognition</b:Title><b:Year>2016</b:Year><b:ConferenceName>CVPR</b:ConferenceName><b:DOI>10.1109/CVPR.2016.90</b:DOI></b:Source></b:Sources>
""",
    (RES[0], RES[1], 2, "2016", RES[4]),
)


_sample(
    "wos.bib",
    """
@article{ WOS:000676653600001,
Author = {Jumper, John and Evans, Richard and Pritzel, Alexander},
Title = {{Highly accurate protein structure prediction with
   AlphaFold}},
Journal = {{NATURE}},
Year = {{2021}},
Volume = {{596}},
DOI = {{10.1038/s41586-021-03819-2}},
Abstract = {{Words of
   our own.}},
Unique-ID = {{WOS:000676653600001}},
}
""",
    (ALF[0], "John Jumper", 3, "2021", ALF[4]),
)
_sample(
    "pop.csv",
    """Cites,Authors,Title,Year,Source,Publisher,ArticleURL,CitesURL,GSRank,QueryDate,Type,DOI,ISSN,CitationURL,Volume,Issue,StartPage,EndPage,ECC,CitesPerYear,CitesPerAuthor,AuthorCount,Age,Abstract,FullTextURL,RelatedURL
100000,"A Vaswani, N Shazeer, N Parmar",Attention is all you need,2017,Advances in neural …,proceedings.neurips.cc,https://proceedings.neurips.cc/paper/2017/hash/3f5ee2-Abstract.html,https://scholar.google.com/x,1,2024-01-03 10:00:00,HTML,,,,,,,,100000,1,1,3,7,"Words …",https://x,https://y
""",
    ("Attention is all you need", "A Vaswani", 3, "2017", {}),
)
_sample(
    "elicit.csv",
    """"Title","Authors","DOI","DOI link","Venue","Citation count","Year","Filename","Abstract summary"
"Attention is All you Need","Ashish Vaswani, Noam M. Shazeer, Niki Parmar","10.48550/arXiv.1706.03762","https://doi.org/10.48550/arXiv.1706.03762","NIPS","1000","2017","","words"
""",
    (ATT[0], ATT[1], 3, "2017", ATT[4]),
)
_sample(
    "rayyan.csv",
    """key,title,year,month,day,journal,issn,volume,issue,pages,authors,url,language,publisher,location,abstract,notes,doi,keywords
rayyan-1,"Deep Residual Learning for Image Recognition",2016,6,1,CVPR,,,,,"He, Kaiming and Zhang, Xiangyu and Ren, Shaoqing",,eng,,,Words,"RAYYAN-INCLUSION: {}",10.1109/CVPR.2016.90,
""",
    (RES[0], RES[1], 3, "2016", RES[4]),
)
_sample(
    "covidence.csv",
    """Title,Authors,Abstract,Published Year,Published Month,Journal,Volume,Issue,Pages,Accession Number,DOI,Ref,Covidence #,Study,Notes,Tags
"Deep Residual Learning for Image Recognition","He, K.; Zhang, X.; Ren, S.",Words,2016,,CVPR,,,,,10.1109/CVPR.2016.90,1,#12,He 2016,,
""",
    (RES[0], "K. He", 3, "2016", RES[4]),
)
_sample(
    "miniconf.json",
    """{"count":1,"next":null,"previous":null,"results":[{"id":12345,"uid":"abc","name":"Sinks for Streams","authors":[{"id":1,"fullname":"Ada Lindqvist","url":"http://x","institution":"MIT"},{"id":2,"fullname":"Tomas Reyes","institution":""}],"abstract":"Words.","topic":"Deep Learning","keywords":[],"decision":"Accept (poster)","session":"Poster Session 1","eventtype":"Poster","event_type":"Poster","room_name":"Hall","virtualsite_url":"/virtual/2024/poster/12345","url":null,"sourceid":1,"sourceurl":"https://openreview.net/group?id=ICML.cc/2024/Conference","paper_url":"https://openreview.net/forum?id=NG7sS51zVF","starttime":"2024-07-23T04:30:00-07:00"}]}""",
    ("Sinks for Streams", "Ada Lindqvist", 2, None, {"openreview": "NG7sS51zVF"}),
)
_sample(
    "miniconf.csv",
    """UID,title,authors,abstract,keywords,sessions
B1xSperKvH,Sinks for Streams,Ada Lindqvist|Tomás Reyes,Words.,attention|streams,
""",
    ("Sinks for Streams", "Ada Lindqvist", 2, None, {}),
)
_sample(
    "nips-kaggle.csv",
    """id,year,title,event_type,pdf_name,abstract,paper_text
1,1987,Self-Organization of Associative Database and Its Applications,,1-self-organization.pdf,Abstract Missing,"767

SELF-ORGANIZATION OF ASSOCIATIVE DATABASE
words"
""",
    ("Self-Organization of Associative Database and Its Applications", None, 0, "1987", {}),
)
_sample(
    "hal.json",
    """{"response":{"numFound":1,"start":0,"docs":[{"docid":"123","halId_s":"hal-00123456","title_s":["Sinks for Streams"],"authFullName_s":["Ada Lindqvist","Tomás Reyes"],"abstract_s":["Words."],"producedDateY_i":2019,"producedDate_s":"2019-05-06","doiId_s":"10.5555/abc","journalTitle_s":"Journal of Things","uri_s":"https://hal.science/hal-00123456"}]}}""",
    ("Sinks for Streams", "Ada Lindqvist", 2, "2019", {"doi": "10.5555/abc"}),
)
_sample(
    "jsonld.json",
    """{"@context":"https://schema.org","@type":"ScholarlyArticle","@id":"https://doi.org/10.5555/abc","headline":"Sinks for Streams","author":[{"@type":"Person","name":"Ada Lindqvist"},{"@type":"Person","givenName":"Tomás","familyName":"Reyes"}],"datePublished":"2019-05-06","isPartOf":{"@type":"Periodical","name":"Journal of Things"},"sameAs":"https://doi.org/10.5555/abc","description":"Words."}""",
    ("Sinks for Streams", "Ada Lindqvist", 2, "2019", {"doi": "10.5555/abc"}),
)
_sample(
    "CITATION.cff",
    """cff-version: 1.2.0
message: "If you use this, cite it."
title: A Tool of Ours
authors:
  - family-names: Lindqvist
    given-names: Ada
    orcid: "https://orcid.org/0000-0001"
version: 1.0.0
date-released: 2023-01-02
preferred-citation:
  type: article
  title: "Sinks for Streams"
  authors:
    - family-names: Lindqvist
      given-names: Ada
    - family-names: Reyes
      given-names: Tomás
  doi: 10.5555/abc
  journal: "Journal of Things"
  year: 2019
""",
    ("Sinks for Streams", "Ada Lindqvist", 2, "2019", {"doi": "10.5555/abc"}),
)
_sample(
    "paper.bbl",
    """\\begin{thebibliography}{10}

\\bibitem{vaswani2017}
Ashish Vaswani, Noam Shazeer, and Niki Parmar.
\\newblock Attention is all you need.
\\newblock In {\\em Advances in Neural Information Processing Systems}, 2017.

\\bibitem[He et~al.(2016)He, Zhang]{he2016}
Kaiming He, Xiangyu Zhang.
\\newblock Deep residual learning for image recognition.
\\newblock In \\emph{CVPR}, pages 770--778, 2016.
\\newblock \\doi{10.1109/CVPR.2016.90}.

\\end{thebibliography}
""",
    ("Attention is all you need", "Ashish Vaswani", 3, "2017", {}),
    ("Deep residual learning for image recognition", "Kaiming He", 2, "2016", RES[4]),
)
_sample(
    "bookmarks.html",
    """<!DOCTYPE NETSCAPE-Bookmark-file-1>
<META HTTP-EQUIV="Content-Type" CONTENT="text/html; charset=UTF-8">
<TITLE>Bookmarks</TITLE>
<H1>Bookmarks</H1>
<DL><p>
    <DT><H3 ADD_DATE="1600000000">Papers</H3>
    <DL><p>
        <DT><A HREF="https://arxiv.org/abs/1706.03762" ADD_DATE="1600000001">[1706.03762] Attention Is All You Need</A>
        <DT><A HREF="https://doi.org/10.1109/CVPR.2016.90" ADD_DATE="1600000002">Deep Residual Learning for Image Recognition</A>
        <DT><A HREF="https://news.example.org/x" ADD_DATE="1600000002">Not a paper at all</A>
    </DL><p>
</DL><p>
""",
    (ATT[0], None, None, None, ATT[4]),
    (RES[0], None, None, None, RES[4]),
)
_sample(
    "raindrop.csv",
    """id,title,note,excerpt,url,folder,tags,created,cover,highlights,favorite
1,[1706.03762] Attention Is All You Need,,words,https://arxiv.org/abs/1706.03762,Papers,"nlp, attention",2020-01-01T00:00:00.000Z,,,false
""",
    (ATT[0], None, 0, None, ATT[4]),
)
_sample(
    "pocket.csv",
    """title,url,time_added,tags,status
Attention Is All You Need,https://arxiv.org/abs/1706.03762,1600000000,nlp,unread
""",
    (ATT[0], None, 0, None, ATT[4]),
)
_sample(
    "notion.csv",
    """\ufeffName,Authors,Year,Link,Status,Tags
Attention Is All You Need,"Ashish Vaswani, Noam Shazeer",2017,https://arxiv.org/abs/1706.03762,Read,nlp
""",
    (ATT[0], ATT[1], 2, "2017", ATT[4]),
)
_sample(
    "pubmed-rss.xml",
    """<?xml version="1.0" encoding="utf-8"?>
<rss xmlns:atom="http://www.w3.org/2005/Atom" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:prism="http://purl.org/rss/1.0/modules/prism/" version="2.0"><channel><title>alphafold</title><link>https://pubmed.ncbi.nlm.nih.gov/rss-search/?x</link><description>x</description><item><title>Highly accurate protein structure prediction with AlphaFold</title><link>https://pubmed.ncbi.nlm.nih.gov/34265844/?utm_source=python-requests&amp;fc=x</link><description>Words of ours</description><content:encoded><![CDATA[<div><p style="color: #4aa564;">Nature. 2021 Aug;596(7873):583-589. doi: 10.1038/s41586-021-03819-2.</p><p><b>ABSTRACT</b></p><p>Words of ours.</p><p style="color: lightgray">PMID:<a href="https://pubmed.ncbi.nlm.nih.gov/34265844/">34265844</a> | DOI:<a href=https://doi.org/10.1038/s41586-021-03819-2>10.1038/s41586-021-03819-2</a></p></div>]]></content:encoded><guid isPermaLink="false">pubmed:34265844</guid><pubDate>Thu, 15 Jul 2021 06:00:00 -0400</pubDate><dc:creator>John Jumper</dc:creator><dc:creator>Richard Evans</dc:creator><dc:date>2021-07-15</dc:date><dc:source>Nature</dc:source><dc:title>Highly accurate</dc:title><dc:identifier>pmid:34265844</dc:identifier><dc:identifier>pmc:PMC8371605</dc:identifier><dc:identifier>doi:10.1038/s41586-021-03819-2</dc:identifier></item></channel></rss>""",
    (ALF[0], "John Jumper", 2, "2021", {"doi": "10.1038/s41586-021-03819-2", "pmid": "34265844"}),
)
_sample(
    "nature-rss.xml",
    """<?xml version="1.0" encoding="UTF-8"?>
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:prism="http://prismstandard.org/namespaces/basic/2.0/" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns="http://purl.org/rss/1.0/"><channel rdf:about="http://www.nature.com/nature/current_issue/rss"><title>Nature</title><link>x</link><items><rdf:Seq><rdf:li rdf:resource="https://www.nature.com/articles/s41586-021-03819-2"/></rdf:Seq></items></channel><item rdf:about="https://www.nature.com/articles/s41586-021-03819-2"><title><![CDATA[Highly accurate protein structure prediction with AlphaFold]]></title><link>https://www.nature.com/articles/s41586-021-03819-2</link><content:encoded><![CDATA[<p>Nature, Published online: 15 July 2021; <a href="https://www.nature.com/articles/s41586-021-03819-2">doi:10.1038/s41586-021-03819-2</a></p>Words.]]></content:encoded><dc:title><![CDATA[Highly accurate]]></dc:title><dc:creator>John Jumper</dc:creator><dc:creator>Richard Evans</dc:creator><dc:identifier>doi:10.1038/s41586-021-03819-2</dc:identifier><dc:source>Nature, Published online: 2021-07-15; | doi:10.1038/s41586-021-03819-2</dc:source><dc:date>2021-07-15</dc:date><prism:publicationName>Nature</prism:publicationName><prism:doi>10.1038/s41586-021-03819-2</prism:doi></item></rdf:RDF>""",
    (ALF[0], "John Jumper", 2, "2021", ALF[4]),
)
_sample(
    "iacr.bib",
    """@misc{cryptoeprint:2024/001,
      author = {Ada Lindqvist and Tomás Reyes},
      title = {Sinks for Streams of Keys},
      howpublished = {Cryptology {ePrint} Archive, Paper 2024/001},
      year = {2024},
      url = {https://eprint.iacr.org/2024/001}
}""",
    ("Sinks for Streams of Keys", "Ada Lindqvist", 2, "2024", {}),
)
_sample(
    "cvf.txt",
    """@InProceedings{He_2016_CVPR,
author = {He, Kaiming and Zhang, Xiangyu and Ren, Shaoqing and Sun, Jian},
title = {Deep Residual Learning for Image Recognition},
booktitle = {Proceedings of the IEEE Conference on Computer Vision and Pattern Recognition (CVPR)},
month = {June},
year = {2016}
}""",
    (RES[0], RES[1], 4, "2016", {}),
)
_sample(
    "mathscinet.bib",
    """@article {MR0123456,
    AUTHOR = {Erd{\\H{o}}s, P. and R\\'{e}nyi, A.},
     TITLE = {On random graphs. {I}},
   JOURNAL = {Publ. Math. Debrecen},
  FJOURNAL = {Publicationes Mathematicae Debrecen},
    VOLUME = {6},
      YEAR = {1959},
     PAGES = {290--297},
      ISSN = {0033-3883,2064-2849},
   MRCLASS = {05.40},
  MRNUMBER = {120167},
       DOI = {10.5486/pmd.1959.6.3-4.12},
       URL = {https://doi.org/10.5486/pmd.1959.6.3-4.12},
}""",
    ("On random graphs. I", "P. Erdős", 2, "1959", {"doi": "10.5486/pmd.1959.6.3-4.12"}),
)
_sample(
    "noteexpress.txt",
    """{Reference Type}: Journal Article
{Title}: 基于深度学习的论文阅读
{Author}: 张三
{Author}: 李四
{Year}: 2021
{Journal}: 计算机学报
{Abstract}: 我们的话。
{DOI}: 10.5555/cn.2021
{Database Provider}: CNKI

{Reference Type}: Journal Article
{Title}: 第二篇论文
{Author}: 王五;赵六
{Year}: 2020
""",
    ("基于深度学习的论文阅读", "张三", 2, "2021", {"doi": "10.5555/cn.2021"}),
    ("第二篇论文", "王五", 2, "2020", {}),
)
_sample(
    "cnki-endnote.txt",
    """%0 Journal Article
%A 张三%A 李四
%+ 某大学
%T 基于深度学习的论文阅读
%J 计算机学报
%D 2021
%K 深度学习;论文
%X 我们的话。
%W CNKI
""",
    ("基于深度学习的论文阅读", None, None, "2021", {}),
)
_sample(
    "openalex.csv",
    """id,doi,title,display_name,publication_year,publication_date,language,type,cited_by_count,authorships.author.display_name,primary_location.source.display_name,ids.pmid
https://openalex.org/W3177828909,https://doi.org/10.1038/s41586-021-03819-2,Highly accurate protein structure prediction with AlphaFold,Highly accurate protein structure prediction with AlphaFold,2021,2021-07-15,en,article,20000,John Jumper|Richard Evans|Alexander Pritzel,Nature,https://pubmed.ncbi.nlm.nih.gov/34265844
""",
    (ALF[0], "John Jumper", 3, "2021", {"doi": "10.1038/s41586-021-03819-2"}),
)
_sample(
    "s2-csv.csv",
    """paperId,title,abstract,year,authors,venue,externalIds,url
204e,Attention is All you Need,Words,2017,"[{'authorId': '40348417', 'name': 'Ashish Vaswani'}, {'authorId': '1', 'name': 'Noam M. Shazeer'}]",NIPS,"{'ArXiv': '1706.03762', 'CorpusId': 13756489}",https://www.semanticscholar.org/paper/204e
""",
    ("Attention is All you Need", "Ashish Vaswani", 2, "2017", ATT[4]),
)
_sample(
    "arxiv-py.jsonl",
    """{"entry_id": "http://arxiv.org/abs/1706.03762v7", "updated": "2023-08-02 00:41:18+00:00", "published": "2017-06-12 17:57:34+00:00", "title": "Attention Is All You Need", "authors": ["Ashish Vaswani", "Noam Shazeer"], "summary": "Words.", "comment": "15 pages", "journal_ref": null, "doi": null, "primary_category": "cs.CL", "categories": ["cs.CL", "cs.LG"], "links": ["http://arxiv.org/abs/1706.03762v7"], "pdf_url": "http://arxiv.org/pdf/1706.03762v7"}
""",
    (ATT[0], ATT[1], 2, "2017", ATT[4]),
)
_sample(
    "pandas.json",
    """{"title":{"0":"Attention Is All You Need","1":"Deep Residual Learning for Image Recognition"},"arxiv_id":{"0":"1706.03762","1":"1512.03385"},"year":{"0":2017,"1":2016}}""",
    (ATT[0], None, 0, "2017", ATT[4]),
    (RES[0], None, 0, "2016", {"arxiv": "1512.03385"}),
)
_sample(
    "apa.txt",
    """Vaswani, A., Shazeer, N., & Parmar, N. (2017). Attention is all you need. Advances in Neural Information Processing Systems, 30. https://doi.org/10.48550/arXiv.1706.03762
He, K., Zhang, X., Ren, S., & Sun, J. (2016). Deep residual learning for image recognition. In Proceedings of CVPR (pp. 770-778). https://doi.org/10.1109/CVPR.2016.90
""",
    ("Attention is all you need", "A. Vaswani", 3, "2017", ATT[4]),
    ("Deep residual learning for image recognition", "K. He", 4, "2016", RES[4]),
)

"""Responses in the formats of the services, with invented papers."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, time, timedelta, timezone
from email.utils import format_datetime
from xml.sax.saxutils import escape

RSS = {"Content-Type": "text/xml; charset=utf-8"}
ATOM = {"Content-Type": "application/atom+xml; charset=utf-8"}
JSON = {"Content-Type": "application/json; charset=utf-8"}


def number(count: int, month: str = "2605") -> str:
    """An arXiv id."""
    return f"{month}.{count:05}"


def hf(
    name: str, title: str, day: str, votes: int = 0, comments: int = 0, stars: int = 0
) -> object:
    """A record of `api/daily_papers`."""
    paper = {
        "id": name,
        "authors": [{"_id": "1", "name": "Ada Lindqvist", "hidden": False}],
        "publishedAt": "2026-05-01T00:00:00.000Z",
        "submittedOnDailyAt": f"{day}T00:00:00.000Z",
        "title": title,
        "submittedOnDailyBy": {"_id": "2", "fullname": "Mei Tanaka", "name": "mei"},
        "summary": f"About {title}.",
        "upvotes": votes,
        "githubRepo": f"https://github.com/ada/{name}",
        "githubStars": stars,
        "ai_keywords": ["attention"],
    }
    return {
        "paper": paper,
        "publishedAt": f"{day}T01:00:00.000Z",
        "title": title,
        "summary": f"About {title}.",
        "numComments": comments,
        "submittedBy": {"_id": "2", "fullname": "Mei Tanaka", "name": "mei"},
    }


def dumps(value: object) -> bytes:
    return json.dumps(value).encode()


def api(entries: Iterable[tuple[str, str, str]], start: int = 0, total: int | None = None) -> bytes:
    """A page of arXiv's API; entries are id, title and when they were submitted (ISO with Z)."""
    made = "".join(
        f"""
  <entry>
    <id>http://arxiv.org/abs/{name}v1</id>
    <title>{escape(title)}</title>
    <updated>{when}</updated>
    <link href="https://arxiv.org/abs/{name}v1" rel="alternate" type="text/html"/>
    <summary>We study {escape(title)}.</summary>
    <category term="cs.CL" scheme="http://arxiv.org/schemas/atom"/>
    <published>{when}</published>
    <arxiv:primary_category term="cs.CL"/>
    <author><name>Ada Lindqvist</name></author>
  </entry>"""
        for name, title, when in entries
    )
    count = made.count("<entry>") if total is None else total
    return f"""<?xml version='1.0' encoding='UTF-8'?>
<feed xmlns:opensearch="http://a9.com/-/spec/opensearch/1.1/"
  xmlns:arxiv="http://arxiv.org/schemas/atom" xmlns="http://www.w3.org/2005/Atom">
  <id>https://arxiv.org/api/x</id>
  <title>arXiv Query</title>
  <opensearch:itemsPerPage>100</opensearch:itemsPerPage>
  <opensearch:totalResults>{count}</opensearch:totalResults>
  <opensearch:startIndex>{start}</opensearch:startIndex>{made}
</feed>""".encode()


def announcements(
    items: Sequence[tuple[str, str, str]], day: date, category: str = "cs.CL"
) -> bytes:
    """arXiv's RSS of a day; items are id, title and kind (new, cross, replace)."""
    when = datetime.combine(day, time(), timezone(timedelta(hours=-4)))
    result = format_datetime(when)
    made = "".join(
        f"""
    <item>
      <title>{escape(title)}</title>
      <link>https://arxiv.org/abs/{name}</link>
      <description>arXiv:{name}v1 Announce Type: {kind}
Abstract: We study {escape(title)}.</description>
      <guid isPermaLink="false">oai:arXiv.org:{name}v1</guid>
      <category>{category}</category>
      <pubDate>{result}</pubDate>
      <arxiv:announce_type>{kind}</arxiv:announce_type>
      <dc:creator>Ada Lindqvist, Mei Tanaka</dc:creator>
    </item>"""
        for name, title, kind in items
    )
    return f"""<?xml version='1.0' encoding='UTF-8'?>
<rss xmlns:arxiv="http://arxiv.org/schemas/atom" xmlns:dc="http://purl.org/dc/elements/1.1/"
  version="2.0">
  <channel>
    <title>{category} updates on arXiv.org</title>
    <link>http://rss.arxiv.org/rss/{category}</link>
    <description>{category} updates on the arXiv.org e-print archive.</description>
    <lastBuildDate>{result}</lastBuildDate>
    <pubDate>{result}</pubDate>{made}
  </channel>
</rss>""".encode()


def arxiv_record(
    name: str,
    title: str,
    changed: str,
    versions: Sequence[datetime],
    categories: str = "cs.CL",
    journal: str = "",
) -> str:
    """A record of arXiv's OAI-PMH in the format arXivRaw; `changed` is its datestamp."""
    made = "".join(
        f'<version version="v{count}"><date>{when:%a, %d %b %Y %H:%M:%S} GMT</date></version>'
        for count, when in enumerate(versions, 1)
    )
    reference = f"<journal-ref>{journal}</journal-ref>" if journal else ""
    return f"""<record><header><identifier>oai:arXiv.org:{name}</identifier>
<datestamp>{changed}</datestamp><setSpec>cs:cs:CL</setSpec></header><metadata>
<arXivRaw xmlns="http://arxiv.org/OAI/arXivRaw/"><id>{name}</id>{made}<title>{escape(title)}</title>
<authors>Ada Lindqvist, Mei Tanaka</authors><categories>{categories}</categories>{reference}
<abstract>We study {escape(title)}.</abstract></arXivRaw></metadata></record>"""


def oai(records: Sequence[str], token: str = "", error: str = "noRecordsMatch") -> bytes:
    """A response of OAI-PMH; without records it has an error."""
    following = f'<resumptionToken expirationDate="2026-05-08">{token}</resumptionToken>'
    inside = f"<ListRecords>{''.join(records)}{following if token else ''}</ListRecords>"
    inside = inside if records else f"<error code='{error}'>None.</error>"
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<OAI-PMH xmlns="http://www.openarchives.org/OAI/2.0/">
<responseDate>2026-05-07T08:00:00Z</responseDate>{inside}</OAI-PMH>""".encode()


def oai_record(name: str, title: str, changed: str, deleted: bool = False) -> str:
    """A record in Dublin Core."""
    status = ' status="deleted"' if deleted else ""
    metadata = f"""<metadata><oai_dc:dc xmlns:dc="http://purl.org/dc/elements/1.1/">
<dc:title>{escape(title)}</dc:title><dc:creator>Lindqvist, Ada</dc:creator>
<dc:date>2026-05-01</dc:date><dc:identifier>https://a.example/item/{name}</dc:identifier>
<dc:identifier>https://doi.org/10.5555/oai.{name}</dc:identifier></oai_dc:dc></metadata>"""
    return f"""<record><header{status}><identifier>oai:a.example:{name}</identifier>
<datestamp>{changed}T08:00:00Z</datestamp></header>{"" if deleted else metadata}</record>"""


def pubmed_ids(ids: Sequence[str], count: int, **others: object) -> bytes:
    """An answer of esearch."""
    result = {"count": str(count), "retmax": "100", "retstart": "0", "idlist": list(ids)}
    return dumps({"header": {"type": "esearch"}, "esearchresult": result | others})


def pubmed_articles(articles: Sequence[tuple[str, str, str]]) -> bytes:
    """An answer of efetch; articles are id, title and the day they entered PubMed."""
    made = ""
    for name, title, day in articles:
        year, month, day_of_month = day.split("-")
        entered = f"<Year>{year}</Year><Month>{int(month)}</Month><Day>{int(day_of_month)}</Day>"
        made += f"""<PubmedArticle><MedlineCitation Status="Publisher" Owner="NLM">
<PMID Version="1">{name}</PMID><Article PubModel="Print"><Journal><JournalIssue><PubDate>
<Year>2026</Year><Month>May</Month></PubDate></JournalIssue><Title>A Journal</Title></Journal>
<ArticleTitle>{escape(title)}.</ArticleTitle><Abstract><AbstractText>About it.</AbstractText>
</Abstract><AuthorList CompleteYN="Y"><Author ValidYN="Y"><LastName>Lindqvist</LastName>
<ForeName>Ada</ForeName><Initials>A</Initials></Author></AuthorList></Article></MedlineCitation>
<PubmedData><History><PubMedPubDate PubStatus="accepted"><Year>2025</Year><Month>1</Month>
<Day>1</Day></PubMedPubDate><PubMedPubDate PubStatus="entrez">{entered}</PubMedPubDate></History>
<ArticleIdList><ArticleId IdType="pubmed">{name}</ArticleId></ArticleIdList></PubmedData>
</PubmedArticle>"""
    head = '<?xml version="1.0" ?><!DOCTYPE PubmedArticleSet PUBLIC "-//NLM//DTD PubMedArticle">'
    return f"{head}<PubmedArticleSet>{made}</PubmedArticleSet>".encode()


def preprints(posts: Sequence[tuple[str, str, str]], start: int, total: int) -> bytes:
    """A page of the API of bioRxiv; posts are number, title and day."""
    collection = [
        {
            "doi": f"10.64898/2026.05.{number}",
            "title": title,
            "authors": "Lindqvist, A.; Tanaka, M. K.",
            "author_corresponding": "Ada Lindqvist",
            "author_corresponding_institution": "Uppsala",
            "date": day,
            "version": "1",
            "type": "new results",
            "category": "cell biology",
            "jatsxml": "https://www.biorxiv.org/content/early/x.source.xml",
            "abstract": f"About {title}.",
            "published": "NA",
            "server": "bioRxiv",
        }
        for number, title, day in posts
    ]
    message = {"status": "ok", "cursor": start, "count": len(posts), "total": str(total)}
    message = message if posts else {"status": "no posts found"}
    return dumps({"messages": [message], "collection": collection})


def journal_articles(articles: Sequence[tuple[str, str, str]], total: int, cursor: str) -> bytes:
    """A page of Crossref; articles are number, title and the day they were registered."""
    items = [
        {
            "DOI": f"10.5555/cr.{number}",
            "title": [title],
            "author": [{"given": "Ada", "family": "Lindqvist", "sequence": "first"}],
            "type": "journal-article",
            "container-title": ["A Journal"],
            "ISSN": ["1476-4687"],
            "created": {"date-time": f"{day}T10:00:00Z"},
            "issued": {"date-parts": [[2026, 5]]},
            "URL": f"https://doi.org/10.5555/cr.{number}",
        }
        for number, title, day in articles
    ]
    message = {"total-results": total, "items": items, "next-cursor": cursor}
    return dumps({"status": "ok", "message-type": "work-list", "message": message})


def dblp_hits(titles: Sequence[str], total: int, first: int = 0, year: int = 2026) -> bytes:
    """An answer of dblp's search."""
    hits = [
        {
            "@score": "2",
            "@id": str(first + place),
            "info": {
                "authors": {"author": [{"@pid": "65/9612", "text": "Ada Lindqvist 0001"}]},
                "title": f"{title}.",
                "venue": "ACL",
                "year": str(year),
                "type": "Conference and Workshop Papers",
                "key": f"conf/acl/{year}{first + place}",
                "ee": f"https://doi.org/10.5555/dblp.{year}.{first + place}",
            },
        }
        for place, title in enumerate(titles)
    ]
    counts = {"@total": str(total), "@sent": str(len(hits)), "@first": str(first)}
    return dumps({"result": {"query": "x", "hits": counts | ({"hit": hits} if hits else {})}})


def dblp_person(titles: Sequence[str]) -> bytes:
    """The XML of an author at dblp."""
    made = "".join(
        f'<r><inproceedings key="conf/acl/{place}" mdate="2026-05-01"><author pid="65/9612">'
        f"Ada Lindqvist</author><title>{escape(title)}.</title><booktitle>ACL</booktitle>"
        f"<year>2026</year><ee>https://doi.org/10.5555/person.{place}</ee></inproceedings></r>"
        for place, title in enumerate(titles)
    )
    return (
        f'<?xml version="1.0"?><dblpperson name="Ada Lindqvist" pid="65/9612" n="{len(titles)}">'
        f'<person key="homepages/65/9612"><author>Ada Lindqvist</author></person>{made}'
        f"</dblpperson>"
    ).encode()


def rss(titles: Mapping[str, str]) -> bytes:
    """An RSS feed of link to title."""
    items = "".join(
        f"<item><title>{escape(title)}</title><link>{escape(link)}</link>"
        f"<pubDate>Wed, 06 May 2026 08:00:00 GMT</pubDate></item>"
        for link, title in titles.items()
    )
    head = '<?xml version="1.0"?><rss version="2.0"><channel><title>F</title>'
    return f"{head}{items}</channel></rss>".encode()


def author_page(titles: Sequence[str], start: int = 0, following: int | None = None) -> bytes:
    """A page of an author's papers at Semantic Scholar."""
    data = [
        {
            "paperId": f"{start + place:040}",
            "externalIds": {"DOI": f"10.5555/s2.{start + place}", "CorpusId": start + place},
            "title": title,
            "abstract": f"About {title}.",
            "year": 2025,
            "publicationDate": "2025-04-03",
            "citationCount": 3,
            "authors": [{"authorId": "1741101", "name": "Ada Lindqvist"}],
        }
        for place, title in enumerate(titles)
    ]
    result: dict[str, object] = {"offset": start, "data": data}
    return dumps(result | ({"next": following} if following else {}))


def works(entries: Sequence[tuple[int, str, str]], count: int) -> bytes:
    """A page of OpenAlex; entries are number, title, day of publication."""
    results = [
        {
            "id": f"https://openalex.org/W{each}",
            "doi": f"https://doi.org/10.5555/oa.{each}",
            "title": title,
            "display_name": title,
            "publication_year": int(day[:4]),
            "publication_date": day,
            "authorships": [{"author": {"id": "A1", "display_name": "Ada Lindqvist"}}],
            "cited_by_count": 2,
            "abstract_inverted_index": {"About": [0], "it.": [1]},
        }
        for each, title, day in entries
    ]
    return dumps({"meta": {"count": count, "page": 1, "per_page": 100}, "results": results})


def collection(name: str, volumes: Mapping[str, Sequence[str]]) -> bytes:
    """A collection of the ACL Anthology; volume to titles."""
    made = "".join(
        f'<volume id="{volume}"><meta><booktitle>Proceedings</booktitle><year>2026</year></meta>'
        + "".join(
            f'<paper id="{place}"><title>{escape(title)}</title>'
            f"<author><first>Ada</first><last>Lindqvist</last></author>"
            f"<url>{name}-{volume}.{place}</url></paper>"
            for place, title in enumerate(titles, 1)
        )
        + "</volume>"
        for volume, titles in volumes.items()
    )
    head = "<?xml version='1.0' encoding='UTF-8'?>"
    return f'{head}\n<collection id="{name}">{made}</collection>'.encode()

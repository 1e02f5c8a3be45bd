"""Feeds: the feeds that the user follows, and fetching what is new in them.

`fetch` asks the function of each kind of feed for pages. The papers of a page are added to the
catalog, then its cursor is saved: after a crash between the two, the page is fetched again and no
paper is lost. The state store, which may be synced, has the followed feeds; the catalog has their
status, because it must say how far its own papers go.

If a server answers "not modified", the function of the feed yields no page, and
`fetch._fetch_pages` reports the feed as unchanged.

    feed_names.py        Feed; the canonical name of a feed from what users type; the kinds of feeds
    subscriptions.py     the followed feeds in the state store; OPML
    feed_status.py       FeedStatus: how far each feed is fetched, and the ETag of its last page
    fetch.py             fetch: all feeds at once
    fetch_report.py      FetchReport: what a fetch found in each feed
    fetch_context.py     FetchContext: the requests for one feed, with the ETag of its last page
    feed_kinds.py        the function that fetches a feed, by its name
    related_feeds.py     the feeds that a paper or a filter suggests

    huggingface.py       daily and trending papers
    arxiv.py             categories and searches of arXiv
    arxiv_calendar.py    the dates on which arXiv announces submissions
    oai.py               records of any repository with OAI-PMH
    openalex.py          works of OpenAlex
    paged_list.py        PagedList: a list that comes page by page, from the last fetch on
    semantic_scholar.py  papers of an author
    acl_anthology.py     collections of the ACL Anthology
    pubmed.py            searches of PubMed
    biorxiv.py           categories of bioRxiv and medRxiv
    crossref.py          articles of a journal
    dblp.py              papers of an author or a venue
"""

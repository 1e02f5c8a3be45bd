"""Feeds: which of them the user follows, and fetching what is new in them.

`fetch` asks the function of each kind of feed for pages. The papers of a page go into the catalog,
then its cursor is saved: after a crash between the two a page comes again, but none is lost. Which
feeds are followed is the user's (state store, synced); how far they are fetched belongs to the
papers (catalog).

    feed_names.py        Feed; the one name of a feed from what users type; the kinds there are
    subscriptions.py     the followed feeds in the state store; OPML
    feed_status.py       FeedStatus: how far each feed is fetched, in the catalog
    fetch.py             fetch: all feeds at once
    fetch_report.py      FetchReport: what a fetch found in each feed
    fetch_context.py     FetchContext: requests and pages of one feed
    feed_kinds.py        from the name of a feed to the function that fetches it

    huggingface.py       daily and trending papers
    arxiv.py             categories and searches of arXiv
    arxiv_calendar.py    when arXiv announces what was submitted
    openalex.py          works of OpenAlex
    newest_first.py      for both of these: reads a list down to where the last fetch ended
    semantic_scholar.py  papers of an author
    acl_anthology.py     collections of the ACL Anthology
"""

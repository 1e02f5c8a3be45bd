"""Feeds: what is followed, and fetching what is new in it.

    names.py      Feed; what a person types to its canonical name; the kinds there are
    following.py  the feeds in the state store: read, follow, pause, OPML out and in
    progress.py   how far each is fetched: a table of papers.db
    page.py       Page, Asking: one request, its body through `tui.sources`, the next cursor
    kinds.py      name to the generator of its pages, one file each:
                  huggingface.py arxiv.py scholar.py (Semantic Scholar) openalex.py
                  anthology.py web.py
    arxivdays.py  arXiv's calendar: when what was submitted is announced
    fetch.py      all feeds at once: `fetch(home)`; report.py what came of it

The flow of one feed: its kind asks and yields Pages -> each Page's papers go into the catalog ->
then its cursor is kept. A crash between the two repeats a page, which adds nothing; none is lost.
What is followed is the user's (state store, synced); how far it is fetched belongs to the papers.
"""

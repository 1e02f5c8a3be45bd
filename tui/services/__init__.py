"""Papers from the services that know them, by identifier, URL or title.

    wanted.py    what a person named: `wanted("doi:10.1/x")` to a Wanted
    service.py   Line to the network, Service: what each can be asked; answers read by tui.sources
    arxiv.py crossref.py pubmed.py acl.py openreview.py    those that know their own papers
    s2.py openalex.py                                      those that know everybody's
    hf.py        where the code is
    table.py     the services in order: whose word goes first
    asking.py    Asking: many papers of one service after the other, answers merged
    webpage.py   the papers of an URL the user typed
    lookup.py    `look_up`: papers for `sheaf add` and the reader
    titles.py    a paper without identifiers, found by its title, and only that very paper
    completing.py  `complete`: what the services add to one paper

Nobody but the user decides what is asked: identifiers in lists are looked up, pages only fetched
when typed. Everything runs on `tui.net.Client`; failures are words, never exceptions.
"""

"""Services: papers looked up by identifier, URL or title.

A LookupRequest says what is known of a paper. `look_up` asks the issuer of its identifier and the
services that know papers of all issuers, with as few requests as possible, and merges the answers;
`complete` asks every service about one paper. `tui.sources` reads the answers, `tui.net.Client`
sends the requests. A failure becomes a message, not an exception. An identifier in a file is looked
up automatically; a URL is fetched only if the user typed it.

    lookup_request.py    LookupRequest; `parse_identifier` makes one from what a person typed
    service.py           Service and HttpSession: the requests of a service, and its answers read
    arxiv.py crossref.py openalex.py pubmed.py semantic_scholar.py    services with batch requests
    single_lookup.py     services with single requests: ACL Anthology, OpenReview, Hugging Face
    service_order.py     SERVICES, in the order in which their answers take precedence
    failures.py          messages about papers not found and services that do not answer
    batch_lookup.py      BatchLookup: several papers looked up together
    webpage.py           the papers at a URL
    lookup.py            `look_up`, for `sheaf add` and the reader
    completion.py        `complete`: what the services know about one paper
"""

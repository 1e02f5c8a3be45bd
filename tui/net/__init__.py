"""Getting bytes over HTTP, politely and within bounds. Nothing here knows papers.

    settings.py   Network: what the config says of it; the services and where each is
    errors.py     NetError: what went wrong, of which kind, and what to do
    client.py     Client: one URL to one Answer; redirects, checks, tries
    validators.py  ETag and Last-Modified
    gates.py      who may ask when: pauses between requests to one service, the Clock
    addresses.py  which hosts an URL may lead to
    body.py       a body read within a limit, unpacked, whole or not at all
    failures.py   statuses and exceptions to NetErrors

The flow of one request: `Client.get` -> each hop: `addresses.Guard` -> each try: `gates.turn` ->
httpx -> `body.read` -> Answer, or a NetError.
"""

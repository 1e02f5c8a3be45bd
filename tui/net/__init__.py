"""HTTP: one URL to one Response, with limits of size, time and rate. No module knows papers.

    network_settings.py     NetworkSettings: what the config says; the services and their base URLs
    errors.py               NetError: the kind of failure, what it means and what to do
    client.py               Client: checks, redirects, retries
    validators.py           ETag and Last-Modified, to learn whether something has changed
    timeouts.py             Timeouts and TimeBudget: how long one URL may take
    rate_limits.py          pauses between requests to one service; RequestClock
    url_guard.py            parses URLs and refuses hosts of the private network
    response_body.py        reads and unpacks a body within a limit
    error_mapping.py        HTTP statuses and exceptions to NetErrors

The flow of one request: `Client.get` -> for each hop and each try `RateLimiter.slot` ->
`PrivateNetworkGuard.check` -> httpx -> `read_body` -> Response, or a NetError.
"""

"""Client: one URL to one Response, with checks, pauses, redirects and retries."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Self

import httpx
import orjson

from tui import __version__
from tui.net.error_mapping import error_from_exception, error_from_status
from tui.net.errors import NetError
from tui.net.network_settings import NetworkSettings
from tui.net.rate_limits import RateLimiter, RequestClock
from tui.net.response_body import ACCEPT_ENCODING, read_body
from tui.net.timeouts import TimeBudget, Timeouts
from tui.net.url_guard import PrivateNetworkGuard, display_url, origin, parse_url
from tui.net.validators import NO_VALIDATORS, Validators

BODY_LIMIT = 64 << 20
"""Bytes of a body, unpacked."""
MAX_REDIRECTS = 8
MAX_TRIES = 4
_RETRY_DELAY = 2.0
"""Seconds before the second try, less jitter; each further delay is twice as long."""
_POLL_INTERVAL = 0.05
"""Seconds between two calls of `cancelled`."""
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_ERROR_BODY_LIMIT = 4096
"""Bytes that are read of an error response."""


@dataclass(frozen=True, slots=True)
class Response:
    """A successful response."""

    url: str
    """Where it came from, after redirects."""
    status: int
    content_type: str
    """Lower case, without parameters; empty if the header is missing."""
    body: bytes
    validators: Validators
    requested_url: str = ""
    charset: str = ""
    """The encoding of the text in the body, if the header names it."""

    @property
    def not_modified(self) -> bool:
        """Whether nothing changed since the validators of the request; there is no body then."""
        return self.status == 304


@dataclass(frozen=True, slots=True)
class _Request:
    """What is sent to a host, and within which limits."""

    headers: Mapping[str, str]
    body: bytes
    limit: int
    """Bytes of the body of the response."""
    user_url: httpx.URL | None
    """The URL as the user wrote it; None if it is not from the user."""
    budget: TimeBudget

    def for_other_host(self) -> _Request:
        """Return what may be sent to the host of a redirect: it must not get keys and bodies."""
        accept = {name: value for name, value in self.headers.items() if name == "Accept"}
        return replace(self, headers=accept, body=b"")


class Client:
    """An HTTP client, with HTTP/2 where offered: `async with Client(network) as client`."""

    def __init__(
        self,
        network: NetworkSettings,
        *,
        clock: RequestClock | None = None,
        cancelled: Callable[[], bool] | None = None,
        timeouts: Timeouts | None = None,
        shared_folder: Path | None = None,
    ) -> None:
        """Prepare the client; `async with` opens it.

        When `cancelled()` turns true, every wait ends within a moment. `shared_folder` holds the
        times of the next requests for all processes; by default it is in the user's cache. Raises
        UsageError if a base URL in the environment is not a URL.
        """
        self._clock = clock or RequestClock()
        self._cancelled = cancelled
        self._timeouts = timeouts or Timeouts()
        self._guard = PrivateNetworkGuard(network)
        self._limiter = RateLimiter(network, self._clock, shared_folder)
        self._user_agent = f"sheaf-tui/{__version__}"
        if network.mail:
            self._user_agent += f" (+mailto:{network.mail})"

    async def __aenter__(self) -> Self:
        timeouts = self._timeouts
        self._http = httpx.AsyncClient(
            http2=True,
            timeout=httpx.Timeout(timeouts.read, connect=timeouts.connect, pool=None),
            headers={"User-Agent": self._user_agent, "Accept-Encoding": ACCEPT_ENCODING},
        )
        self._cancellation = asyncio.create_task(self._wait_for_cancellation())
        return self

    async def __aexit__(self, *_: object) -> None:
        self._cancellation.cancel()
        await self._http.aclose()

    async def _wait_for_cancellation(self) -> None:
        while self._cancelled is None or not self._cancelled():
            await asyncio.sleep(_POLL_INTERVAL if self._cancelled else 3600)

    async def get(
        self,
        url: str,
        *,
        params: Mapping[str, str | int] | None = None,
        headers: Mapping[str, str] | None = None,
        validators: Validators | None = None,
        limit: int = BODY_LIMIT,
        user_supplied: bool = False,
        accept: str = "",
        json: object = None,
    ) -> Response:
        """Return the response to a GET, or to a POST of `json` if that is given.

        `limit` is the largest body, in bytes unpacked. `user_supplied` says that the user wrote the
        URL, so that it may be in the private network. `headers` and `json` go only to the host of
        the URL, not to that of a redirect. `accept` is the header of that name.

        Raises NetError.
        """
        parsed = parse_url(url)
        if params:
            parsed = parsed.copy_merge_params(params)
        all_headers = dict(headers or {}) | (validators or NO_VALIDATORS).headers
        if accept:
            all_headers["Accept"] = accept
        body = b"" if json is None else orjson.dumps(json)
        if body:
            all_headers["Content-Type"] = "application/json"
        budget = TimeBudget(self._timeouts.total)
        request = _Request(all_headers, body, limit, parsed if user_supplied else None, budget)
        work = asyncio.create_task(self._follow_redirects(url, parsed, request))
        try:
            await asyncio.wait({work, self._cancellation}, return_when=asyncio.FIRST_COMPLETED)
            if not work.done():
                raise NetError("stopped", "stopped; the papers fetched so far are saved")
            return work.result()
        finally:
            work.cancel()
            with suppress(asyncio.CancelledError, NetError):
                await work

    async def _follow_redirects(
        self, requested_url: str, url: httpx.URL, request: _Request
    ) -> Response:
        seen = {url}
        while True:
            result = await self._send_with_retries(url, request)
            if isinstance(result, Response):
                return replace(result, requested_url=requested_url)
            if origin(result) != origin(url):
                request = request.for_other_host()
            if result in seen or len(seen) > MAX_REDIRECTS:
                raise NetError("broken", f"{display_url(url)} is redirected in circles")
            seen.add(result)
            url = result

    async def _send_with_retries(self, url: httpx.URL, request: _Request) -> Response | httpx.URL:
        """Return the response, or the URL of a redirect."""
        limit = self._limiter.limit_for(str(url))
        for attempt in range(1, MAX_TRIES + 1):
            try:
                async with self._limiter.slot(limit):
                    return await self._send(url, request)
            except NetError as error:
                delay = _RETRY_DELAY * 2 ** (attempt - 1) * (0.5 + self._clock.jitter() / 2)
                delay = max(delay, error.wait)
                request.budget.left -= delay
                too_slow = request.budget.left <= 0 or (error.kind == "timeout" and attempt > 1)
                if not error.retry or too_slow or attempt == MAX_TRIES:
                    raise
                if error.kind == "busy":  # no other request may go to this service either
                    limit.postpone(self._clock.now() + delay)
                else:
                    await self._clock.sleep(delay)
        raise AssertionError("the last try returns or raises")

    async def _send(self, url: httpx.URL, request: _Request) -> Response | httpx.URL:
        method = "POST" if request.body else "GET"
        trusted = self._guard.is_trusted(url, request.user_url)
        try:
            async with request.budget.spend():
                if not trusted:
                    await self._guard.check(url)
                async with self._http.stream(
                    method, url, headers=request.headers, content=request.body or None
                ) as response:
                    if not trusted:
                        self._guard.check_peer(url, response)
                    return await self._read(url, response, request)
        except (httpx.HTTPError, httpx.InvalidURL, TimeoutError, OSError, ValueError) as error:
            raise error_from_exception(error, url.host) from error

    async def _read(
        self, url: httpx.URL, response: httpx.Response, request: _Request
    ) -> Response | httpx.URL:
        status, headers = response.status_code, response.headers
        if status in _REDIRECTS:
            if not headers.get("location"):
                raise NetError("broken", f"{display_url(url)} is redirected to nowhere")
            return parse_url(str(url.join(headers["location"])))
        if status != 304 and not 200 <= status < 300:
            try:
                body = await read_body(response, _ERROR_BODY_LIMIT, "")
            except (NetError, httpx.HTTPError):
                body = b""
            raise error_from_status(response, body, url.host, self._clock.now())
        body = b""
        if status != 304:
            body = await read_body(response, request.limit, display_url(url), request.budget.extend)
        return Response(
            str(url),
            status,
            headers.get("content-type", "").partition(";")[0].strip().lower(),
            body,
            Validators(headers.get("etag", ""), headers.get("last-modified", "")),
            charset=response.charset_encoding or "",
        )

"""Client: one URL to one Answer, with every check and courtesy on the way."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Self

import httpx
import orjson

from tui import __version__
from tui.net import error_mapping, response_body
from tui.net.errors import NetError
from tui.net.network_settings import NetworkSettings
from tui.net.rate_limits import Clock, RateLimiter
from tui.net.url_guard import PrivateNetworkGuard, display_url, origin, parse_url
from tui.net.validators import Validators

__all__ = ["BODY_LIMIT", "Client", "Clock", "NetError", "Response", "Timeouts", "Validators"]

BODY_LIMIT = 64 << 20
"""Bytes of a body, unpacked."""
MOST_REDIRECTS = 8
TRIES = 4
PATIENCE = 120.0
"""Seconds; who asks us to wait longer is left alone until the next time."""
_BACK_OFF = 2.0
"""Seconds before the second try, without jitter; twice that before the third, and so on."""
_LOOK = 0.05
"""Seconds between two looks at the event that stops us."""
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_EXPLAINED = 4096
"""Bytes read of an answer that is no success."""


@dataclass(frozen=True, slots=True)
class Timeouts:
    """How long to wait, in seconds."""

    connect: float = 10.0
    read: float = 30.0
    """For the next bytes."""
    whole: float = 180.0
    """For one answer from its request to its last byte."""


@dataclass(frozen=True, slots=True)
class Response:
    """A success."""

    url: str
    """Where the answer came from, after redirects."""
    status: int
    content_type: str
    """Lower case, without parameters; empty if not told."""
    body: bytes
    validators: Validators
    unchanged: bool = False
    """The service says nothing has changed since the validators; there is no body."""


@dataclass(frozen=True, slots=True)
class _Sent:
    """What is said to a host."""

    headers: Mapping[str, str]
    body: bytes = b""

    @property
    def to_another(self) -> _Sent:
        """What may be said to the host of a redirect."""
        return _Sent({k: v for k, v in self.headers.items() if k == "Accept"})


class Client:
    """One httpx client, HTTP/2 where offered: `async with Client(network) as client`."""

    def __init__(
        self,
        network: NetworkSettings,
        *,
        clock: Clock | None = None,
        cancelled: Callable[[], bool] | None = None,
        times: Timeouts | None = None,
        turns: Path | None = None,
    ) -> None:
        """`cancelled()` ends every wait within a moment when it turns true.

        `turns`: the folder of the notes by which all processes keep a service's pauses; by
        default in the user's cache. UsageError if a service's base URL is none.
        """
        self._clock = clock or Clock()
        self._cancelled = cancelled
        self._times = times or Timeouts()
        self._guard = PrivateNetworkGuard(network)
        self._gates = RateLimiter(network, self._clock, turns)
        self._agent = f"sheaf-tui/{__version__}"
        if network.mail:
            self._agent += f" (+mailto:{network.mail})"

    async def __aenter__(self) -> Self:
        times = self._times
        self._http = httpx.AsyncClient(
            http2=True,
            timeout=httpx.Timeout(times.read, connect=times.connect, pool=None),
            headers={"User-Agent": self._agent, "Accept-Encoding": response_body.ACCEPT_ENCODING},
        )
        self._watch = asyncio.create_task(self._watched())
        return self

    async def __aexit__(self, *_: object) -> None:
        self._watch.cancel()
        await self._http.aclose()

    async def _watched(self) -> None:
        """Ends when the user stops us."""
        while self._cancelled is None or not self._cancelled():
            await asyncio.sleep(_LOOK if self._cancelled else 3600)

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
        """Fetch an URL. NetError if there is no answer, or none to use.

        `user_supplied`: the user wrote this URL, so it may be of the private network. `headers` go
        to its own host only, and so does `json`, which is posted where a service takes many
        names at once. `limit` is in bytes, unpacked. `accept` is the header of that name.
        """
        start = parse_url(url)
        if params:
            start = start.copy_merge_params(params)
        told = dict(headers or {}) | (validators.headers if validators else {})
        if accept:
            told["Accept"] = accept
        posted = b"" if json is None else orjson.dumps(json)
        if posted:
            told["Content-Type"] = "application/json"
        sent = _Sent(told, posted)
        work = asyncio.create_task(
            self._follow(start, sent, limit, start if user_supplied else None)
        )
        try:
            await asyncio.wait({work, self._watch}, return_when=asyncio.FIRST_COMPLETED)
            if not work.done():
                raise NetError("stopped", "stopped; what has come is kept")
            return work.result()
        finally:
            work.cancel()
            with suppress(asyncio.CancelledError, NetError):
                await work

    async def _follow(
        self, url: httpx.URL, sent: _Sent, limit: int, typed: httpx.URL | None
    ) -> Response:
        """Ask, and follow redirects, each checked as if it were the first."""
        seen = {url}
        while True:
            known = self._guard.knows(url, typed)
            if not known:
                await self._guard.check(url)
            found = await self._tried(url, sent, limit, known)
            if isinstance(found, Response):
                return found
            if origin(found) != origin(url):  # what was said to one host is not for another
                sent = sent.to_another
            if found in seen or len(seen) > MOST_REDIRECTS:
                raise NetError("broken", f"{display_url(url)} is redirected in circles")
            seen.add(found)
            url = found

    async def _tried(
        self, url: httpx.URL, sent: _Sent, limit: int, known: bool
    ) -> Response | httpx.URL:
        """One hop, tried again where that may help."""
        gate = self._gates.gate(str(url))
        for attempt in range(1, TRIES + 1):
            try:
                async with self._gates.turn(gate):
                    return await self._once(url, sent, limit, known)
            except NetError as error:
                slow = error.kind == "timeout" and attempt > 1
                if not error.again or slow or attempt == TRIES or error.wait > PATIENCE:
                    raise
                pause = _BACK_OFF * 2 ** (attempt - 1) * (0.5 + self._clock.jitter() / 2)
                pause = max(pause, error.wait)
                if error.kind == "busy":
                    gate.postpone(self._clock.now() + pause)
                else:
                    await self._clock.sleep(pause)
        raise AssertionError("the last try has returned or raised")

    async def _once(
        self, url: httpx.URL, sent: _Sent, limit: int, known: bool
    ) -> Response | httpx.URL:
        method = "POST" if sent.body else "GET"
        content = sent.body or None
        try:
            async with (
                asyncio.timeout(self._times.whole),
                self._http.stream(method, url, headers=sent.headers, content=content) as response,
            ):
                if not known:
                    self._guard.check_peer(url, response)
                return await self._taken(url, response, limit)
        except (httpx.HTTPError, httpx.InvalidURL, TimeoutError, OSError, ValueError) as error:
            raise error_mapping.error_from_exception(error, url.host) from error

    async def _taken(
        self, url: httpx.URL, response: httpx.Response, limit: int
    ) -> Response | httpx.URL:
        """The answer, or where it is to be found."""
        status, told = response.status_code, response.headers
        if status in _REDIRECTS:
            if not told.get("location"):
                raise NetError("broken", f"{display_url(url)} is redirected to nowhere")
            return parse_url(str(url.join(told["location"])))
        if status != 304 and not 200 <= status < 300:
            said = await _opening(response)
            raise error_mapping.error_from_status(response, said, url.host, self._clock.now())
        return Response(
            str(url),
            status,
            told.get("content-type", "").partition(";")[0].strip().lower(),
            b""
            if status == 304
            else await response_body.read_body(response, limit, display_url(url)),
            Validators(told.get("etag", ""), told.get("last-modified", "")),
            status == 304,
        )


async def _opening(response: httpx.Response) -> bytes:
    """The first bytes of what a service says went wrong."""
    try:
        return await response_body.read_body(response, _EXPLAINED, "")
    except (NetError, httpx.HTTPError):
        return b""

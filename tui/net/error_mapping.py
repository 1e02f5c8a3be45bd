"""Statuses and exceptions to NetErrors: what happened, what it means, what to do."""

from __future__ import annotations

import socket
import ssl
from datetime import UTC
from email.utils import parsedate_to_datetime

import httpx
import orjson

from tui.core.text import clean_line
from tui.net.errors import NetError
from tui.net.url_guard import host_not_found

_SAID = 200
"""Characters of what a service says went wrong."""


def error_from_exception(error: BaseException, host: str) -> NetError:
    """What httpx raised, in words."""
    causes = list(_causes(error))
    if any(isinstance(cause, ssl.SSLError) for cause in causes):
        reason = next(
            (c.verify_message for c in causes if isinstance(c, ssl.SSLCertVerificationError)), ""
        )
        why = clean_line(reason or "no secure connection")
        return NetError(
            "tls",
            f"{host} cannot prove who it is ({why}); "
            f"look at the clock of this machine, or at SSL_CERT_FILE behind a company's proxy",
        )
    if isinstance(error, httpx.TimeoutException | TimeoutError):
        return NetError("timeout", f"{host} took too long to answer; try again later", again=True)
    if any(isinstance(cause, socket.gaierror) for cause in causes):
        return NetError("offline", host_not_found(host))
    if isinstance(error, httpx.ConnectError):
        return NetError("offline", f"{host} does not answer; no network, or it is down", again=True)
    if isinstance(error, httpx.InvalidURL) or "location header" in str(error):
        return NetError("broken", f"{host} redirects to what is no URL")
    if isinstance(error, httpx.ProxyError | httpx.UnsupportedProtocol):
        return NetError("refused", f"{host}: {clean_line(str(error))[:_SAID]}")
    return NetError(
        "broken", f"{host}: the connection broke before the answer was whole", again=True
    )


def _causes(error: BaseException | None) -> list[BaseException]:
    found: list[BaseException] = []
    while error is not None and error not in found:
        found.append(error)
        if isinstance(error, BaseExceptionGroup):  # one for each address tried
            found += [cause for each in error.exceptions for cause in _causes(each)]
        error = error.__cause__ or error.__context__
    return found


def error_from_status(response: httpx.Response, said: bytes, host: str, now: float) -> NetError:
    """What a status that is no success means; `said` is the start of its body."""
    status = response.status_code
    wait = parse_retry_after(response.headers.get("retry-after", ""), now)
    because = _reason(response, said)
    if status == 429 or (status == 503 and wait):
        text = f"{host} is busy and asks to wait{_span(wait)}; try again later"
        return NetError("busy", text, again=True, wait=wait, status=status)
    if status >= 500:
        text = f"{host} has an error of its own ({status}); try again later"
        return NetError("server", text, again=status in (500, 502, 503, 504), status=status)
    if status in (404, 410):
        return NetError(
            "not-found", f"{host} does not have this ({status}){because}", status=status
        )
    if status in (401, 403, 407, 451):
        return NetError("refused", f"{host} does not let us in ({status}){because}", status=status)
    return NetError(
        "refused", f"{host} does not take this request ({status}){because}", status=status
    )


def parse_retry_after(text: str, now: float) -> float:
    """Seconds to wait, told as seconds or as a date of HTTP; 0 if it cannot be read."""
    text = text.strip()
    if text.isdecimal() and len(text) < 10:
        return float(text)
    try:
        when = parsedate_to_datetime(text)
    except (ValueError, TypeError):
        return 0.0
    return max(0.0, (when if when.tzinfo else when.replace(tzinfo=UTC)).timestamp() - now)


def _span(seconds: float) -> str:
    if not seconds:
        return ""
    return f" {seconds:.0f} s" if seconds < 120 else f" {seconds / 60:.0f} minutes"


def _reason(response: httpx.Response, said: bytes) -> str:
    """What a JSON answer says went wrong."""
    if "json" not in response.headers.get("content-type", ""):
        return ""
    try:
        told = orjson.loads(said)
    except ValueError:
        return ""
    fields = told if isinstance(told, dict) else {}
    words = (fields.get(name) for name in ("message", "error", "detail"))
    text = next((word for word in words if isinstance(word, str) and word), "")
    return f": {clean_line(text)[:_SAID]}" if text else ""

"""HTTP statuses and exceptions as NetErrors: what happened, what it means, what to do."""

from __future__ import annotations

import socket
import ssl
from datetime import UTC
from email.utils import parsedate_to_datetime

import httpx
import orjson

from tui.core.text import clean_line
from tui.net.errors import ErrorKind, NetError
from tui.net.url_guard import explain_unknown_host

_MAX_REASON_LENGTH = 200
"""Characters of what a service says about an error."""


def error_from_exception(error: BaseException, host: str) -> NetError:
    """Return the NetError for an exception of httpx."""
    causes = _causes(error)
    if any(isinstance(cause, ssl.SSLError) for cause in causes):
        certificate = (c for c in causes if isinstance(c, ssl.SSLCertVerificationError))
        reason = next((cause.verify_message for cause in certificate), "")
        return NetError(
            "tls",
            f"{host} has no valid certificate ({clean_line(reason) or 'not secure'}); check"
            f" the clock of this machine, and SSL_CERT_FILE if you are behind a company's proxy",
        )
    if isinstance(error, httpx.TimeoutException | TimeoutError):
        return NetError("timeout", f"{host} took too long to answer; try again later", retry=True)
    if any(isinstance(cause, socket.gaierror) for cause in causes):
        return NetError("offline", explain_unknown_host(host))
    if isinstance(error, httpx.ConnectError):
        text = f"{host} does not answer; there is no network, or it is down"
        return NetError("offline", text, retry=True)
    if isinstance(error, httpx.InvalidURL) or "location header" in str(error):
        return NetError("broken", f"{host} redirects to something that is not a URL")
    if isinstance(error, httpx.ProxyError | httpx.UnsupportedProtocol):
        return NetError("refused", f"{host}: {clean_line(str(error))[:_MAX_REASON_LENGTH]}")
    text = f"{host}: the connection broke before the response was complete"
    return NetError("broken", text, retry=True)


def _causes(error: BaseException | None) -> list[BaseException]:
    found: list[BaseException] = []
    while error is not None and error not in found:
        found.append(error)
        if isinstance(error, BaseExceptionGroup):  # one for each address that was tried
            found += [cause for each in error.exceptions for cause in _causes(each)]
        error = error.__cause__ or error.__context__
    return found


def error_from_status(response: httpx.Response, body: bytes, host: str, now: float) -> NetError:
    """Return the NetError for an error status; `body` is the start of the response's body."""
    status = response.status_code
    wait = parse_retry_after(response.headers.get("retry-after", ""), now)
    if status == 429 or (status == 503 and wait):
        text = f"{host} is busy and asks to wait{_format_wait(wait)}; try again later"
        return NetError("busy", text, retry=True, wait=wait, status=status)
    if status >= 500:
        text = f"{host} reports a server error ({status}); try again later"
        return NetError("server", text, retry=status in (500, 502, 503, 504), status=status)
    kind: ErrorKind = "refused"
    if status in (404, 410):
        kind, text = "not-found", "does not have this"
    elif status in (401, 403, 407, 451):
        text = "refuses access"
    else:
        text = "does not accept this request"
    return NetError(kind, f"{host} {text} ({status}){_reason(response, body)}", status=status)


def parse_retry_after(text: str, now: float) -> float:
    """Return the seconds to wait from a Retry-After header; 0 if it cannot be read."""
    text = text.strip()
    if text.isdecimal() and len(text) < 10:
        return float(text)
    try:
        time = parsedate_to_datetime(text)
    except (ValueError, TypeError):
        return 0.0
    return max(0.0, (time if time.tzinfo else time.replace(tzinfo=UTC)).timestamp() - now)


def _format_wait(seconds: float) -> str:
    if not seconds:
        return ""
    return f" {seconds:.0f} s" if seconds < 120 else f" {seconds / 60:.0f} minutes"


def _reason(response: httpx.Response, body: bytes) -> str:
    """Return what a JSON body says about the error."""
    if "json" not in response.headers.get("content-type", ""):
        return ""
    try:
        fields = orjson.loads(body)
    except ValueError:
        return ""
    values = (
        fields.get(name) if isinstance(fields, dict) else None
        for name in ("message", "error", "detail")
    )
    text = next((value for value in values if isinstance(value, str) and value), "")
    return f": {clean_line(text)[:_MAX_REASON_LENGTH]}" if text else ""

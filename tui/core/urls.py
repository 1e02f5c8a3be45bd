"""URLs of papers and feeds, before they are written into a page or a mail."""

from __future__ import annotations

from urllib.parse import quote, urlsplit, urlunsplit

MAX_URL_LENGTH = 2000
_ALLOWED_IN_URL = "/:?#[]@!$&'()*+,;=~%"


def web_url(url: str) -> str:
    """Return `url` in ASCII; empty if it is not an http or https URL, or hides its host.

    `https://good.example@evil.example/` looks like a link to the first host.
    """
    if len(url) > MAX_URL_LENGTH or not url.isprintable() or " " in url.strip():
        return ""
    try:
        parts = urlsplit(url.strip())
        host = (parts.hostname or "").encode("idna").decode("ascii")
        port = f":{parts.port}" if parts.port else ""
    except ValueError:
        return ""
    if parts.scheme not in ("http", "https") or not host or "@" in parts.netloc:
        return ""
    if not all(character.isalnum() or character in ".-" for character in host):
        return ""
    rest = (quote(part, safe=_ALLOWED_IN_URL) for part in (parts.path, parts.query, parts.fragment))
    return urlunsplit((parts.scheme, host + port, *rest))

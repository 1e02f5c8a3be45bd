"""URLs: what counts as one, how one is written into a page or a mail, those of code in a text."""

from __future__ import annotations

import re
from urllib.parse import quote, urlsplit, urlunsplit

MAX_URL_LENGTH = 2000
# Most URLs, for which `urlsplit`, several times slower, can be left out.
_PLAIN_URL = re.compile(r"https?://[a-z0-9-]+(?:\.[a-z0-9-]+)+(?:/[!-~]*)?")
# Pages of code, models and data, as abstracts name them. A sentence may lack the space before
# `https://`, but a host without scheme is one only at the beginning of a word. A URL ends at what
# LaTeX, HTML and Markdown put around it. It is compiled at its first use, for a quick start.
_CODE_URL = (
    r"(?ai:(?:https?://(?:www\.)?|(?<![\w./@-])(?:www\.)?)"
    r"(?:(?:github|gitlab|huggingface|bitbucket|zenodo)\.(?:com|co|org)|doi\.org/10\.5281)/"
    r"(?!papers/)[\w~][^\s<>{}\"`|\\\u2026]*)"
)
_OPENING = {")": "(", "]": "["}
_ALLOWED_IN_URL = "/:?#[]@!$&'()*+,;=~%"


def is_web_url(text: str) -> bool:
    """Return whether `text` is an http or https URL with a host and without spaces."""
    if _PLAIN_URL.fullmatch(text):
        return True
    if "://" not in text or " " in text or not text.isprintable():
        return False
    try:
        parts = urlsplit(text)
        port = parts.port
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.hostname) and port != 0


def web_url(url: str) -> str:
    """Return `url` in ASCII, to be linked to; empty if it is not a web URL, or hides its host.

    `https://good.example@evil.example/` looks like a link to the first host.
    """
    url = url.strip()
    if len(url) > MAX_URL_LENGTH or not is_web_url(url):
        return ""
    parts = urlsplit(url)
    try:
        host = (parts.hostname or "").encode("idna").decode("ascii")
    except ValueError:
        return ""
    port = f":{parts.port}" if parts.port else ""
    if not host or "@" in parts.netloc:
        return ""
    if not all(character.isalnum() or character in ".-" for character in host):
        return ""
    rest = (quote(part, safe=_ALLOWED_IN_URL) for part in (parts.path, parts.query, parts.fragment))
    return urlunsplit((parts.scheme, host + port, *rest))


def find_code_url(text: str) -> str:
    """Return the first URL of code in `text` (GitHub, Hugging Face, Zenodo, …); empty if none.

    A closing bracket at its end is part of it only if it was opened there.
    """
    slash = text.find("/")
    may_have_one = slash >= 0 and (".co" in text or ".org/" in text)
    # The search is slow. A URL of code begins at most so long before its first slash.
    start = max(0, slash - len("www.huggingface.com"))
    found = re.compile(_CODE_URL).search(text, start) if may_have_one else None
    if not found:
        return ""
    url = found[0].rstrip(".,;:!?'*_")
    while (end := url[-1]) in _OPENING and url.count(end) > url.count(_OPENING[end]):
        url = url[:-1].rstrip(".,;:!?'*_")
    return url if url.lower().startswith("http") else f"https://{url}"

"""The digest as HTML for mail programs: tables, nothing loaded, what others wrote is escaped."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from tui.digest.content import SAMPLE_WORDS, Digest, DigestEntry
from tui.digest.html_styles import SHEET, style

NAMES = {"abs": "Abstract", "pdf": "PDF", "code": "Code"}
_TABLE = '<table role="presentation" width="{}" cellpadding="0" cellspacing="0" border="0"{}>'
_NOWHERE = "default-src 'none'; style-src 'unsafe-inline'"


def format_html(digest: Digest) -> str:
    """The whole page, a line end after its last line."""
    return "\n".join(_page(digest)) + "\n"


def _page(digest: Digest) -> Iterator[str]:
    yield '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">'
    yield f'<meta http-equiv="Content-Security-Policy" content="{_NOWHERE}">'
    yield '<meta name="viewport" content="width=device-width,initial-scale=1">'
    yield '<meta name="color-scheme" content="light dark">'
    yield f"<title>{escape(digest.headline)}</title>\n<style>{SHEET}</style>\n</head>"
    yield f"<body {style('page')}>"
    yield f"{_TABLE.format('100%', ' ' + style('page'))}<tr>"
    yield '<td align="center" style="padding:28px 20px 36px">'
    yield _TABLE.format("560", f" {style('sheet')}")
    yield f"<tr><td {style('brand')}>Sheaf</td><td {style('day')}>{digest.made.date()}</td></tr>"
    yield f'<tr><td colspan="2"><h1 {style("head")}>{escape(digest.headline)}</h1></td></tr>'
    for entry in digest.entries:
        yield f'<tr><td colspan="2" {style("paper")}>'
        yield from _paper(entry)
        yield "</td></tr>"
    yield f'<tr><td colspan="2" {style("foot")}>{escape(digest.counts)}. All of them:<br>'
    yield f"<code {style('code')}>{escape(digest.opens)}</code>"
    if digest.has_samples:
        yield f"<br><br>{escape(SAMPLE_WORDS)}"
    yield "</td></tr>\n</table>\n</td></tr></table>\n</body>\n</html>"


def _paper(entry: DigestEntry) -> Iterator[str]:
    title = escape(entry.title)
    if entry.links:
        title = f'<a href="{escape(entry.links[0][1])}" {style("link")}>{title}</a>'
    yield f"<h2 {style('title')}>{title}</h2>"
    for name, words in (
        ("facts", " · ".join(entry.facts)),
        ("text", entry.summary),
        ("why", " · ".join(entry.why)),
    ):
        if words:
            yield f"<p {style(name)}>{escape(words)}</p>"
    if entry.links:
        links = (
            f'<a href="{escape(url)}" {style("go")}>{NAMES[name]}</a>' for name, url in entry.links
        )
        yield f"<p {style('links')}>{' '.join(links)}</p>"

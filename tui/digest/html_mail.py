"""The digest as HTML for mail programs: tables, no other files, all text escaped.

Mail programs keep the style of an element but often drop the style sheet, so each element has its
style. The sheet only changes the colours for a dark screen.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from html import escape

from tui.digest.entries import SAMPLE_NOTICE, Digest, DigestEntry

_LINK_NAMES = {"abs": "Abstract", "pdf": "PDF", "code": "Code"}
_TABLE = '<table role="presentation" width="{}" cellpadding="0" cellspacing="0" border="0"{}>'
_CONTENT_POLICY = "default-src 'none'; style-src 'unsafe-inline'"
_SANS = "-apple-system,'Segoe UI',Roboto,Helvetica,Arial,sans-serif"
_SERIF = "Georgia,'Times New Roman',serif"
_MONO = "ui-monospace,Menlo,Consolas,monospace"

_STYLES: Mapping[str, str] = {
    "page": f"margin:0;padding:0;background:#fbfaf7;color:#20242b;font:15px/1.6 {_SANS}",
    "sheet": "width:100%;max-width:560px;table-layout:fixed;text-align:left;"
    "overflow-wrap:anywhere;word-break:break-word",
    "brand": "font-size:13px;letter-spacing:.08em;color:#7a4200;font-weight:600",
    "day": "font-size:13px;color:#5a6a80;text-align:right;white-space:nowrap",
    "head": f"margin:0;padding:6px 0 20px;font:400 25px/1.25 {_SERIF};color:#20242b",
    "paper": "padding:22px 0 20px;border-top:1px solid #e6e3da",
    "title": f"margin:0;font:700 18px/1.35 {_SERIF}",
    "link": "color:#20242b;text-decoration:none",
    "facts": "margin:4px 0 0;font-size:13px;line-height:1.5;color:#5a6a80",
    "text": "margin:10px 0 0;color:#20242b",
    "why": "margin:10px 0 0;font-size:13px;line-height:1.5;color:#7a4200",
    "links": "margin:8px 0 0;font-size:13px;line-height:1.5",
    "go": "color:#35609f;text-decoration:underline;margin-right:16px",
    "foot": "padding:20px 0 0;border-top:1px solid #e6e3da;font-size:13px;color:#5a6a80",
    "code": f"font:13px/1.5 {_MONO};color:#20242b;word-break:break-all",
}
"""Class of an element to its style."""

_DARK: Mapping[str, str] = {
    "page": "background:#15181e!important;color:#d9dce3!important",
    "brand,.why": "color:#e0b25c!important",
    "day,.facts,.foot": "color:#8f9fb8!important",
    "head,.link,.text,.code": "color:#d9dce3!important",
    "paper,.foot": "border-color:#2d333e!important",
    "go": "color:#86a8dc!important",
}

_DARK_SHEET = ":root{color-scheme:light dark;supported-color-schemes:light dark}" + (
    "@media (prefers-color-scheme:dark){"
    + "".join(f".{name}{{{style}}}" for name, style in _DARK.items())
    + "}"
)


def format_html(digest: Digest) -> str:
    """Return the page; it ends with a line end."""
    return "\n".join(_page(digest)) + "\n"


def _style(name: str) -> str:
    """Return the attributes of an element."""
    return f'class="{name}" style="{_STYLES[name]}"'


def _page(digest: Digest) -> Iterator[str]:
    headline = escape(digest.headline)
    yield '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">'
    yield f'<meta http-equiv="Content-Security-Policy" content="{_CONTENT_POLICY}">'
    yield '<meta name="viewport" content="width=device-width,initial-scale=1">'
    yield '<meta name="color-scheme" content="light dark">'
    yield f"<title>{headline}</title>\n<style>{_DARK_SHEET}</style>\n</head>"
    yield f"<body {_style('page')}>"
    yield f"{_TABLE.format('100%', ' ' + _style('page'))}<tr>"
    yield '<td align="center" style="padding:28px 20px 36px">'
    yield _TABLE.format("560", f" {_style('sheet')}")
    day = digest.created.date()
    yield f"<tr><td {_style('brand')}>Sheaf</td><td {_style('day')}>{day}</td></tr>"
    yield f'<tr><td colspan="2"><h1 {_style("head")}>{headline}</h1></td></tr>'
    for entry in digest.entries:
        yield f'<tr><td colspan="2" {_style("paper")}>'
        yield from _paper(entry)
        yield "</td></tr>"
    yield f'<tr><td colspan="2" {_style("foot")}>{escape(digest.counts)}. All of them:<br>'
    yield f"<code {_style('code')}>{escape(digest.command)}</code>"
    if digest.has_samples:
        yield f"<br><br>{escape(SAMPLE_NOTICE)}"
    yield "</td></tr>\n</table>\n</td></tr></table>\n</body>\n</html>"


def _paper(entry: DigestEntry) -> Iterator[str]:
    title = escape(entry.title)
    if entry.links:
        title = f'<a href="{escape(entry.links[0][1])}" {_style("link")}>{title}</a>'
    yield f"<h2 {_style('title')}>{title}</h2>"
    for name, text in (
        ("facts", " · ".join(entry.facts)),
        ("text", entry.summary),
        ("why", " · ".join(entry.reasons)),
    ):
        if text:
            yield f"<p {_style(name)}>{escape(text)}</p>"
    if entry.links:
        links = (
            f'<a href="{escape(url)}" {_style("go")}>{_LINK_NAMES[name]}</a>'
            for name, url in entry.links
        )
        yield f"<p {_style('links')}>{' '.join(links)}</p>"

"""How the mail looks. Mail programs keep what stands in the element, so that is where it is; the
style sheet only turns the colours for the dark, where a program lets it."""

from __future__ import annotations

from collections.abc import Mapping

_SANS = "-apple-system,'Segoe UI',Roboto,Helvetica,Arial,sans-serif"
_SERIF = "Georgia,'Times New Roman',serif"
_MONO = "ui-monospace,Menlo,Consolas,monospace"

STYLES: Mapping[str, str] = {
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
"""The style of each kind of element, which is also its class."""

_DARK: Mapping[str, str] = {
    "page": "background:#15181e!important;color:#d9dce3!important",
    "brand,.why": "color:#e0b25c!important",
    "day,.facts,.foot": "color:#8f9fb8!important",
    "head,.link,.text,.code": "color:#d9dce3!important",
    "paper,.foot": "border-color:#2d333e!important",
    "go": "color:#86a8dc!important",
}

SHEET = ":root{color-scheme:light dark;supported-color-schemes:light dark}" + (
    "@media (prefers-color-scheme:dark){"
    + "".join(f".{name}{{{style}}}" for name, style in _DARK.items())
    + "}"
)


def style(name: str) -> str:
    """The attributes of an element of this kind."""
    return f'class="{name}" style="{STYLES[name]}"'

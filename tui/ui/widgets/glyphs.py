"""The marks as characters. Every meaning has a shape of its own, none depends on colour."""

from __future__ import annotations

import locale
import os
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Glyphs:
    """One cell each."""

    unread: str = "●"
    new: str = "◆"
    star: str = "★"
    note: str = "✎"
    cursor: str = "▌"
    selected: str = "✓"
    saving: str = "…"
    ellipsis: str = "…"


ASCII = Glyphs(
    unread="*", new="!", star="+", note="n", cursor=">", selected="x", saving="~", ellipsis="~"
)


def glyphs() -> Glyphs:
    """The set this terminal can show: the Linux console and non-UTF-8 locales get ASCII."""
    encoding = locale.getpreferredencoding(False).lower().replace("-", "")
    if os.environ.get("TERM") in ("linux", "dumb", "vt100") or encoding not in ("utf8", "cp65001"):
        return ASCII
    return Glyphs()

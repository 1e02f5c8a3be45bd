"""The characters for marks. Each mark has its own shape, so that none depends on colour."""

from __future__ import annotations

import locale
import os
from typing import NamedTuple


class Glyphs(NamedTuple):
    """The characters, each one cell wide."""

    unread: str = "●"
    new: str = "◆"
    star: str = "★"
    note: str = "✎"
    cursor: str = "▌"
    selected: str = "✓"
    saving: str = "…"
    ellipsis: str = "…"
    folded: str = "▸"
    unfolded: str = "▾"


ASCII = Glyphs(
    unread="*", new="!", star="+", note="n", cursor=">", selected="x", saving="~", ellipsis="~",
    folded="+", unfolded="-",
)  # fmt: skip


def glyphs() -> Glyphs:
    """Return the characters that this terminal can show.

    The Linux console and locales that are not UTF-8 get ASCII.
    """
    encoding = locale.getpreferredencoding(False).lower().replace("-", "")
    if os.environ.get("TERM") in ("linux", "dumb", "vt100") or encoding not in ("utf8", "cp65001"):
        return ASCII
    return Glyphs()

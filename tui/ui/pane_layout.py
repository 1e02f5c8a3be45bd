"""Where the panes of the reader are, by the size of the terminal and the config."""

from __future__ import annotations

MIN_COLUMNS, MIN_LINES = 60, 16
"""The size below which nothing useful fits."""
SIDE_BY_SIDE_COLUMNS = 100
"""Columns from which list and abstract stand side by side."""
STACKED_LINES = 20
"""Lines below which a narrow window shows only the list."""
CONTEXT_COLUMNS = 180
"""Columns from which there is a third pane."""
LIST_SHARE = 64
"""Per cent of the width that the list has beside the abstract, unless the user changes it."""
NARROWEST, WIDEST = 35, 80
"""The bounds of that share."""
CONTEXT_SHARE = 14
"""Per cent of the width that the list gives to the third pane."""


def layout_classes(width: int, height: int, layout: str) -> dict[str, bool]:
    """Map each CSS class of the screen to whether it applies at a size in cells.

    `layout` is that of the config: `auto`, `side`, `stacked` or `list`.
    """
    narrow = width < SIDE_BY_SIDE_COLUMNS
    low = narrow and height < STACKED_LINES
    automatic = layout == "auto"
    return {
        "-too-small": width < MIN_COLUMNS or height < MIN_LINES,
        "-stacked": narrow if automatic else layout == "stacked",
        "-list-only": low if automatic else layout == "list",
        "-wide": width >= CONTEXT_COLUMNS,
    }


def too_small(width: int, height: int) -> str:
    """Return what is shown in a terminal that is too small."""
    return f"{width}x{height} is too small; Sheaf needs {MIN_COLUMNS}x{MIN_LINES}"


def pane_widths(list_share: int, wide: bool) -> tuple[str, str]:
    """Return the widths of list and abstract side by side, as Textual takes them.

    `list_share` is in per cent. In a `wide` window the list gives way to the third pane.
    """
    of_list = max(1, list_share - CONTEXT_SHARE) if wide else list_share
    return f"{of_list}fr", f"{100 - of_list}fr"


def clamp_share(per_cent: int) -> int:
    """Return the share nearest to `per_cent` at which list and abstract are readable."""
    return max(NARROWEST, min(WIDEST, per_cent))

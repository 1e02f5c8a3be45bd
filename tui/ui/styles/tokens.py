"""The colour tokens of texts, made from those of a theme so that they are readable.

Themes differ in what accent or panel is for: a yellow that is right for a bar is not readable on
white. Each colour is therefore made lighter or darker, with the same hue, until it has enough
contrast on every background; the dim colour is blended with the foreground instead.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from textual.color import Color

TEXT_CONTRAST, SHAPE_CONTRAST = 4.5, 3.0
"""The least contrast by WCAG 2.1, level AA: of text (1.4.3), of bars and shapes (1.4.11)."""
TEXT_TOKENS = {"highlight": "accent", "star": "warning", "note": "success", "failure": "error"}
"""Our token to the token of the theme that it comes from."""
_STEPS = 25
"""Shades that are tried between a colour and the end of its scale."""


def tokens(colors: Mapping[str, str], dark: bool) -> dict[str, str]:
    """Return the values of our tokens for the colours of a theme, as Textual names them.

    They are `$highlight`, `$star`, `$note`, `$failure`, `$dim` for text, `$bar` for scroll bars,
    `$dialog` and `$cursor-row` for backgrounds. The colours of a theme that leaves them to the
    terminal are not changed, because only the terminal knows them.
    """
    foreground, background = Color.parse(colors["foreground"]), Color.parse(colors["background"])
    if foreground.ansi is not None or background.ansi is not None:
        texts = {name: colors[source] for name, source in TEXT_TOKENS.items()}
        backgrounds = {"dialog": colors["panel"], "cursor-row": colors["primary"]}
        return {**texts, **backgrounds, "dim": colors["foreground"], "bar": colors["foreground"]}
    surface, panel = Color.parse(colors["surface"]), Color.parse(colors["panel"])
    dim = background.blend(foreground, 0.7, 1.0)
    dialog = max(
        (panel, surface, background), key=lambda each: min(TEXT_CONTRAST, contrast(dim, each))
    )
    row = _cursor_row(background, Color.parse(colors["primary"]), dim)
    behind = (background, surface, dialog, row)
    bar = background.blend(foreground, 0.5, 1.0)
    made = {
        "dialog": dialog,
        "cursor-row": row,
        "dim": _first_readable(_blends(dim, foreground), foreground, behind),
        "bar": _first_readable(_blends(bar, foreground), foreground, (background,), SHAPE_CONTRAST),
    }
    for name, source in TEXT_TOKENS.items():
        shades = _shades(Color.parse(colors[source]), lighter=dark)
        made[name] = _first_readable(shades, foreground, behind)
    return {name: color.hex for name, color in made.items()}


def contrast(one: Color, other: Color) -> float:
    """The contrast ratio of two opaque colours by WCAG 2, from 1 to 21."""
    low, high = sorted((_luminance(one), _luminance(other)))
    return (high + 0.05) / (low + 0.05)


def _luminance(color: Color) -> float:
    """The relative luminance by WCAG 2, from 0 (black) to 1 (white)."""
    linear = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
        for part in color.normalized
    )
    return sum(weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def _first_readable(
    colors: Iterable[Color],
    foreground: Color,
    backgrounds: tuple[Color, ...],
    ratio: float = TEXT_CONTRAST,
) -> Color:
    """The first colour with enough contrast on every background, `foreground` if none has."""
    readable = (
        color for color in colors if all(contrast(color, each) >= ratio for each in backgrounds)
    )
    return next(readable, foreground)


def _blends(color: Color, foreground: Color) -> Iterator[Color]:
    """Yield the colours from `color` to the foreground."""
    return (color.blend(foreground, step / _STEPS, 1.0) for step in range(_STEPS))


def _shades(color: Color, lighter: bool) -> Iterator[Color]:
    """Yield a colour, then ever lighter or darker shades of it."""
    shade = color.lighten if lighter else color.darken
    return (shade(step / _STEPS) if step else color for step in range(_STEPS))


def _cursor_row(background: Color, primary: Color, dim: Color) -> Color:
    """The background of the cursor's row: as much of the primary colour as leaves text readable."""
    rows = [background.blend(primary, per_cent / 100, 1.0) for per_cent in (30, 25, 20, 15)]
    return next((row for row in rows if contrast(dim, row) >= TEXT_CONTRAST), rows[-1])

"""Tokens of our own, made from those of a theme so that what is to be read can be read.

Themes differ in what they mean by accent or panel: a yellow that is fine for a bar cannot be read
on white. So text is not written in those: each colour is made lighter or darker, its hue kept, as
far as it must to be read; dim text goes towards the theme's foreground and ends there.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from textual.color import Color
from textual.theme import Theme

TEXT, SHAPE = 4.5, 3.0
"""WCAG AA: letters; bars and other shapes."""
INKS = {"lit": "accent", "star": "warning", "note": "success", "wrong": "error"}
"""Our token to the theme's it comes from."""
_STEPS = 25


def tokens(theme: Theme) -> dict[str, str]:
    """The values of `$lit`, `$star`, `$note`, `$wrong`, `$dim`, `$bar`, `$sheet`, `$under-cursor`.

    A theme that leaves its colours to the terminal gets them as they are: only the terminal knows.
    """
    given = theme.to_color_system().generate()
    ink, paper = Color.parse(given["foreground"]), Color.parse(given["background"])
    if ink.ansi is not None or paper.ansi is not None:
        plain = {name: given[source] for name, source in INKS.items()}
        grounds = {"sheet": given["panel"], "under-cursor": given["primary"]}
        return {**plain, **grounds, "dim": given["foreground"], "bar": given["foreground"]}
    surface, panel = Color.parse(given["surface"]), Color.parse(given["panel"])
    dim = paper.blend(ink, 0.7, 1.0)
    sheet = max((panel, surface, paper), key=lambda each: min(TEXT, contrast(dim, each)))
    row = _under_cursor(paper, Color.parse(given["primary"]), dim)
    on = (paper, surface, sheet, row)
    made = {"sheet": sheet, "under-cursor": row}
    made["dim"] = _first(_blends(dim, ink), ink, on)
    made["bar"] = _first(_blends(paper.blend(ink, 0.5, 1.0), ink), ink, (paper,), SHAPE)
    for name, source in INKS.items():
        shades = _shades(Color.parse(given[source]), lighter=theme.dark)
        made[name] = _first(shades, ink, on)
    return {name: color.hex for name, color in made.items()}


def contrast(one: Color, other: Color) -> float:
    """WCAG 2's ratio of two opaque colours, 1 to 21."""
    low, high = sorted((_luminance(one), _luminance(other)))
    return (high + 0.05) / (low + 0.05)


def _luminance(color: Color) -> float:
    linear = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
        for part in color.normalized
    )
    return sum(weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def _first(
    colors: Iterable[Color], ink: Color, grounds: tuple[Color, ...], ratio: float = TEXT
) -> Color:
    """The first that can be read on every ground; else `ink`."""
    fit = (color for color in colors if all(contrast(color, on) >= ratio for on in grounds))
    return next(fit, ink)


def _blends(color: Color, ink: Color) -> Iterator[Color]:
    """From a colour to the foreground."""
    return (color.blend(ink, step / _STEPS, 1.0) for step in range(_STEPS))


def _shades(color: Color, lighter: bool) -> Iterator[Color]:
    """A colour and its lighter or darker shades."""
    shade = color.lighten if lighter else color.darken
    return (shade(step / _STEPS) if step else color for step in range(_STEPS))


def _under_cursor(paper: Color, primary: Color, dim: Color) -> Color:
    """The ground of the cursor's row: as much of the primary colour as leaves text readable."""
    rows = [paper.blend(primary, per_cent / 100, 1.0) for per_cent in (30, 25, 20, 15)]
    return next((row for row in rows if contrast(dim, row) >= TEXT), rows[-1])

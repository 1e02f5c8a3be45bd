"""Every text is readable: with AA contrast in our two themes, in those of Textual as far as they
allow it, without colour, and in 16 colours.

What is measured is what is drawn: the segments of the screen, as Textual has blended them.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator
from contextlib import AbstractAsyncContextManager
from pathlib import Path

import pytest
from rich.color import Color as RichColor
from rich.color import ColorSystem
from rich.segment import Segment
from textual.color import Color
from textual.geometry import Region
from textual.theme import BUILTIN_THEMES, Theme
from textual.widgets import Input, TextArea

import tui
from tests.textual_private import shown_strips
from tests.ui.conftest import Open, Reader
from tui.config import Config
from tui.config.custom_commands import CustomCommand
from tui.ui.dialogs.custom_command import CustomCommandScreen
from tui.ui.styles.themes import THEMES
from tui.ui.styles.tokens import TEXT_TOKENS, tokens
from tui.ui.widgets.paper_detail import PaperDetail
from tui.ui.widgets.paper_list import PART_STYLES

TEXT, SHAPE = 4.5, 3.0
"""WCAG AA: letters; bars and other shapes."""
SHAPES = frozenset("▌▐█▁▂▃▄▅▆▇")
EDGES = frozenset("▏▔▎▊▋│─┌┐└┘├┤┬┴┼")
"""Lines between panes, which need no contrast."""


def luminance(red: int, green: int, blue: int) -> float:
    def linear(value: int) -> float:
        part = value / 255
        return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4

    return 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue)


def contrast(one: tuple[int, int, int], other: tuple[int, int, int]) -> float:
    """WCAG 2's ratio, 1 to 21."""
    low, high = sorted((luminance(*one), luminance(*other)))
    return (high + 0.05) / (low + 0.05)


def triplet(color: RichColor | None) -> tuple[int, int, int]:
    assert color is not None
    return tuple(color.get_truecolor())  # type: ignore[return-value]


def test_contrast_is_that_of_wcag() -> None:
    assert contrast((0, 0, 0), (255, 255, 255)) == pytest.approx(21)
    assert contrast((0x77, 0x77, 0x77), (255, 255, 255)) == pytest.approx(4.48, abs=0.01)


def segments_in_front(reader: Reader) -> Iterator[Segment]:
    """Yield the segments of the dialog in front, or of the screen: what a dialog covers is dim."""
    screen = reader.app.screen
    strips = shown_strips(screen)
    whole = Region(0, 0, *screen.size)
    front = [whole] if screen.styles.background.a == 1 else [c.region for c in screen.children]
    for region in front:
        for strip in strips[region.y : region.bottom]:
            yield from strip.crop(region.x, region.right)


def coloured_texts(
    reader: Reader,
) -> Iterator[tuple[str, tuple[int, int, int], tuple[int, int, int]]]:
    """Yield each text, its colour and the colour of its background."""
    for segment in segments_in_front(reader):
        text, style = segment.text.strip(), segment.style
        if not text or not style or set(text) <= EDGES:
            continue
        pair = (triplet(style.color), triplet(style.bgcolor))
        assert not style.dim, text
        yield text, *(reversed(pair) if style.reverse else pair)


def find_faint_texts(reader: Reader, lowest: float = TEXT) -> dict[str, float]:
    faint = {}
    for text, foreground, background in coloured_texts(reader):
        ratio = contrast(foreground, background)
        if ratio < (SHAPE if set(text) <= SHAPES else lowest):
            faint[text] = round(ratio, 2)
    return faint


async def _mark_papers(reader: Reader) -> None:
    await reader.press("s", "4", "j", "r", "s", "k")
    stored = reader.main.current
    assert stored
    reader.main.library.change_marks("t", {stored.key: {"tags_add": ["rag"], "note": "a note"}})
    reader.main.mark_refresher.on_changed([stored.key])
    reader.main.status.warn("something went wrong")
    reader.main.status.message("starred")
    await reader.settle()


async def _filter(reader: Reader) -> None:
    await _mark_papers(reader)
    await reader.press("slash")
    await reader.type("streming attension")


async def _found(reader: Reader) -> None:
    await _filter(reader)
    await reader.press("enter")


async def _empty_filter(reader: Reader) -> None:
    await reader.press("slash")


async def _nothing(reader: Reader) -> None:
    await reader.press("slash")
    await reader.type("zzzzqqqq")


async def _note(reader: Reader) -> None:
    await reader.press("n")
    reader.app.screen.query_one(TextArea).text = "Compare with window attention."
    await reader.settle()


async def _question(reader: Reader) -> None:
    await _note(reader)
    await reader.press("escape")


async def _custom_command(reader: Reader) -> None:
    failing = CustomCommand("bad", "echo out; echo why >&2; exit 1", shell=True)
    reader.app.push_screen(CustomCommandScreen(failing, []))
    for _ in range(100):
        await reader.pilot.pause(0.02)
        if "failed" in reader.frame:
            break


async def _palette(reader: Reader) -> None:
    await reader.press("ctrl+p")
    await reader.pilot.pause(0.3)


def _keys(*keys: str) -> Callable[[Reader], object]:
    async def press(reader: Reader) -> None:
        await reader.press(*keys)

    return press


SCENES: dict[str, Callable[[Reader], object]] = {
    "list": _mark_papers,
    "read": _keys("r"),
    "selected": _keys("v", "v"),
    "filter": _filter,
    "found": _found,
    "empty filter": _empty_filter,
    "nothing": _nothing,
    "reading": _keys("enter"),
    "note": _note,
    "question": _question,
    "help": _keys("question_mark"),
    "tag": _keys("t"),
    "order": _keys("comma"),
    "days": _keys("backslash"),
    "palette": _palette,
    "custom command": _custom_command,
}

OpenWithTheme = Callable[..., AbstractAsyncContextManager[Reader]]


@pytest.fixture
def open_with_theme(open_reader: Open, monkeypatch: pytest.MonkeyPatch) -> OpenWithTheme:
    """`async with open_with_theme("sheaf-light") as reader:`"""
    monkeypatch.setattr(TextArea, "cursor_blink", False)

    def opened(theme: str) -> AbstractAsyncContextManager[Reader]:
        return open_reader(config=Config(theme=theme), first_time=True, visit=False)

    return opened


@pytest.mark.parametrize("scene", SCENES)
async def test_every_text_on_the_screen_is_readable(
    open_with_theme: OpenWithTheme, scene: str
) -> None:
    """In both themes; and with 16 colours no text has the colour of its background."""
    async with open_with_theme(THEMES[0].name) as reader:
        await SCENES[scene](reader)  # type: ignore[misc]
        for theme in THEMES:
            reader.app.theme = theme.name
            await reader.pilot.pause()
            assert find_faint_texts(reader) == {}, theme.name
            assert find_invisible_texts(reader) == [], theme.name


def find_invisible_texts(reader: Reader) -> list[str]:
    """Return the texts that have the colour of their background in a terminal of 16 colours."""

    def number(color: tuple[int, int, int]) -> int | None:
        return RichColor.from_rgb(*color).downgrade(ColorSystem.STANDARD).number

    return [
        text
        for text, foreground, background in coloured_texts(reader)
        if not set(text) <= SHAPES and number(foreground) == number(background)
    ]


@pytest.mark.parametrize("theme", [theme.name for theme in THEMES])
async def test_every_part_of_a_row_is_readable_under_the_cursor(
    open_with_theme: OpenWithTheme, theme: str
) -> None:
    """Each part on the row, the row under the cursor, and that without focus."""
    async with open_with_theme(theme) as reader:
        papers = reader.papers
        for focus in (papers, reader.main.query_one(Input)):
            reader.main.set_focus(focus)
            await reader.settle()
            for part in PART_STYLES:
                for cursor in (False, True):
                    style = papers._style(part, cursor)
                    ratio = contrast(triplet(style.color), triplet(style.bgcolor))
                    assert ratio >= TEXT, (part, cursor, focus)


@pytest.mark.parametrize("theme", [theme.name for theme in THEMES])
async def test_scroll_bars_are_visible(open_with_theme: OpenWithTheme, theme: str) -> None:
    async with open_with_theme(theme) as reader:
        papers = reader.papers
        track = papers.background_colors[1].blend(papers.styles.scrollbar_background, 1.0, 1.0)
        for color in (
            papers.styles.scrollbar_color,
            papers.styles.scrollbar_color_hover,
            papers.styles.scrollbar_color_active,
        ):
            bar = track.blend(color, color.a, 1.0)
            assert contrast(bar.rgb, track.rgb) >= SHAPE
        for widget in (papers, reader.main.query_one(PaperDetail)):
            background = widget.background_colors[1]
            assert contrast(triplet(widget.bar_style.color), background.rgb) >= SHAPE


DECLARED = re.compile(r"(?<!-)\bcolor: \$([a-z-]+)(?: (\d+)%)?;")
IN_CODE = re.compile(r'"(?:[a-z]+ )*\$([a-z-]+)(?: (\d+)%)?"')
BACKGROUNDS = ("background", "surface", "dialog", "cursor-row")


def find_tokens() -> set[tuple[str, int]]:
    """Return each token that colours a text in the style sheets or the code, and its strength."""
    found = set()
    for path in (Path(tui.__file__).parent / "ui").rglob("*"):
        pattern = {".tcss": DECLARED, ".py": IN_CODE}.get(path.suffix)
        if pattern:
            for name, strength in pattern.findall(path.read_text(encoding="utf-8")):
                found.add((name, int(strength or 100)))
    return found


def leaves_colours_to_terminal(theme: Theme) -> bool:
    """Whether a theme leaves its colours to the terminal; then only the terminal knows them."""
    return theme.background == "ansi_default"


COLOURED = [
    each for each in (*THEMES, *BUILTIN_THEMES.values()) if not leaves_colours_to_terminal(each)
]
every_theme = pytest.mark.parametrize("theme", COLOURED, ids=lambda theme: theme.name)


def least_contrast(theme: Theme) -> float:
    """Return the contrast that texts must have: AA in our themes, less in those of Textual."""
    return TEXT if theme in THEMES else SHAPE


def all_tokens(theme: Theme) -> dict[str, str]:
    """The colours of a theme and our tokens made of them."""
    colors = theme.to_color_system().generate()
    return colors | tokens(colors, theme.dark)


def test_two_themes_leave_colours_to_the_terminal() -> None:
    assert {
        each for each in BUILTIN_THEMES if leaves_colours_to_terminal(BUILTIN_THEMES[each])
    } == {
        "ansi-dark",
        "ansi-light",
    }


@every_theme
def test_every_text_token_is_readable_on_every_background(theme: Theme) -> None:
    """If the foreground of a theme has AA contrast, all other tokens have it."""
    variables = all_tokens(theme)
    assert {("dim", 100), ("highlight", 100), ("foreground", 100)} <= find_tokens()
    for surface in BACKGROUNDS:
        background = Color.parse(variables[surface])
        best = contrast(Color.parse(variables["foreground"]).rgb, background.rgb)
        for name, strength in sorted(find_tokens()):
            foreground = Color.parse(variables[name])
            ratio = contrast(
                background.blend(foreground, strength / 100 * foreground.a, 1.0).rgb, background.rgb
            )
            assert ratio >= max(least_contrast(theme), min(TEXT, best)), (
                f"${name} {strength}% on ${surface}"
            )


@every_theme
def test_the_row_of_the_cursor_differs_from_the_others(theme: Theme) -> None:
    variables = all_tokens(theme)
    row, background = Color.parse(variables["cursor-row"]), Color.parse(variables["background"])
    assert contrast(row.rgb, background.rgb) > 1.1


def test_a_readable_colour_of_a_theme_is_kept() -> None:
    for theme in THEMES:
        given = theme.to_color_system().generate()
        made = tokens(given, theme.dark)
        for ours, theirs in TEXT_TOKENS.items():
            assert Color.parse(made[ours]) == Color.parse(given[theirs])


SCENES_OF_EVERY_THEME = SCENES if os.environ.get("SHEAF_ALL_THEMES") else ["found"]
"""Scenes drawn in every theme of Textual; all tokens are measured in all of them above."""


@pytest.mark.parametrize("scene", SCENES_OF_EVERY_THEME)
async def test_every_theme_of_textual_is_readable(
    open_with_theme: OpenWithTheme, scene: str
) -> None:
    async with open_with_theme("nord") as reader:
        await SCENES[scene](reader)  # type: ignore[misc]
        for theme in COLOURED[len(THEMES) :]:
            reader.app.theme = theme.name
            await reader.pilot.pause()
            assert find_faint_texts(reader, least_contrast(theme)) == {}, theme.name


@pytest.mark.parametrize("theme", ["ansi-dark", "ansi-light"])
async def test_the_colours_of_the_terminal_are_used_unchanged(
    open_with_theme: OpenWithTheme, theme: str
) -> None:
    """Only the terminal knows whether they are readable; the test shows that they are drawn."""
    async with open_with_theme(theme) as reader:
        await _found(reader)
        assert "Streaming" in reader.frame
        assert "no paper is selected" not in reader.frame


async def test_without_colour_every_mark_has_its_own_shape(
    open_with_theme: OpenWithTheme, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    async with open_with_theme("sheaf-dark") as reader:
        await _found(reader)
        for text, foreground, background in coloured_texts(reader):
            assert len(set(foreground)) == 1, text
            assert contrast(foreground, background) >= (SHAPE if set(text) <= SHAPES else TEXT), (
                text
            )
        matches = [
            each.text for each in segments_in_front(reader) if each.style and each.style.underline
        ]
        assert "Streaming" in matches
        assert "▌◆★" in reader.frame.replace(" ", "")
        assert "✎" in reader.frame


def test_the_suite_runs_with_colour() -> None:
    assert "NO_COLOR" not in os.environ

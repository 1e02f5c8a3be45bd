"""Sheaf's own themes, one dark, one light. Every colour on the screen is one of these tokens."""

from __future__ import annotations

from textual.theme import BUILTIN_THEMES, Theme

DARK = Theme(
    name="sheaf-dark",
    primary="#6c8ebf",
    secondary="#8f9fb8",
    accent="#e0b25c",
    warning="#e8c468",
    error="#f08a80",
    success="#93c28b",
    foreground="#d9dce3",
    background="#15181e",
    surface="#1c2027",
    panel="#262b35",
    dark=True,
)

LIGHT = Theme(
    name="sheaf-light",
    primary="#35609f",
    secondary="#5a6a80",
    accent="#7a4200",
    warning="#6d4700",
    error="#9f1d17",
    success="#24581f",
    foreground="#20242b",
    background="#fbfaf7",
    surface="#f1efe9",
    panel="#e6e3da",
    dark=False,
)

THEMES = (DARK, LIGHT)

AVAILABLE_THEMES = {**BUILTIN_THEMES, **{theme.name: theme for theme in THEMES}}
"""Name of every theme a config may name, Textual's and these, to the theme."""

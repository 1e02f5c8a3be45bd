"""Keys as people write them, in the one spelling Textual reports them by.

`?` is `question_mark`, `Ctrl+I` is `tab`: a terminal sends the same byte for both.
"""

from __future__ import annotations

import unicodedata

_NAMED = frozenset(
    {"enter", "escape", "tab", "space", "backspace", "delete", "insert", "home", "end"}
    | {"pageup", "pagedown", "up", "down", "left", "right"}
    | {f"f{number}" for number in range(1, 25)}
)
_OTHER_NAMES = {
    "esc": "escape",
    "return": "enter",
    "pgup": "pageup",
    "pgdn": "pagedown",
    "page_up": "pageup",
    "page_down": "pagedown",
    "del": "delete",
    "ins": "insert",
    "spacebar": "space",
}
_SHORTER = {
    "solidus": "slash",
    "reverse_solidus": "backslash",
    "commercial_at": "at",
    "hyphen_minus": "minus",
    "plus_sign": "plus",
    "low_line": "underscore",
}
"""Textual's names for characters whose Unicode name nobody would guess."""
_SAME_BYTE = {"ctrl+i": "tab", "ctrl+m": "enter", "ctrl+left_square_bracket": "escape"}
_MODIFIERS = ("alt", "ctrl", "shift")


def _character_key(character: str) -> str:
    if character.isalnum():
        return character
    if character == " ":
        return "space"
    name = unicodedata.name(character, "").lower().replace("-", "_").replace(" ", "_")
    return _SHORTER.get(name, name)


_CHARACTERS = {_character_key(character): character for character in map(chr, range(33, 127))}
"""The key of each character of an ordinary keyboard, and the character."""


def canonical_key(text: str) -> str | None:
    """The key `text` names, as Textual reports it; None if there is no such key."""
    text = text.strip()
    head, _, last = text.rpartition("+")
    if text == "+" or text.endswith("++"):
        head, last = text[:-2], "+"
    modifiers = [word.strip().lower() for word in head.split("+")] if head else []
    if len(set(modifiers)) != len(modifiers) or not set(modifiers) <= set(_MODIFIERS):
        return None
    key = _plain(last.strip())
    if key is None:
        return None
    if len(key) == 1 and modifiers:
        if modifiers == ["shift"]:
            return key.upper() if key.isalpha() else None
        key = key.lower()
    spelled = "+".join([*sorted(modifiers), key])
    return _SAME_BYTE.get(spelled, spelled)


def _plain(text: str) -> str | None:
    """A key without modifiers."""
    if len(text) == 1:
        return _character_key(text) if text.isprintable() and not text.isspace() else None
    name = _OTHER_NAMES.get(text.lower(), text.lower())
    name = _SHORTER.get(name, name)
    return name if name in _NAMED or name in _CHARACTERS else None


def types_text(key: str) -> bool:
    """Whether a field that takes text would take this key for itself."""
    return key == "space" or len(key) == 1 or key in _CHARACTERS

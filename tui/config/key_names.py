"""Names of keys: as people write them, converted to the names by which Textual reports them.

`?` is `question_mark`. `Ctrl+I` is `tab`, because terminals send the same byte for both.
"""

from __future__ import annotations

import unicodedata

from tui.config.findings import Findings, quote

_NAMED = frozenset(
    {"enter", "escape", "tab", "space", "backspace", "delete", "insert", "home", "end"}
    | {"pageup", "pagedown", "up", "down", "left", "right"}
    | {f"f{number}" for number in range(1, 25)}
)
_SYNONYMS = {
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
_TEXTUAL_NAMES = {
    "solidus": "slash",
    "reverse_solidus": "backslash",
    "commercial_at": "at",
    "hyphen_minus": "minus",
    "plus_sign": "plus",
    "low_line": "underscore",
}
"""Unicode name to the name Textual uses instead."""
_SAME_BYTE = {"ctrl+i": "tab", "ctrl+m": "enter", "ctrl+left_square_bracket": "escape"}
_MODIFIERS = ("alt", "ctrl", "shift")


def _character_key(character: str) -> str:
    if character.isalnum():
        return character
    if character == " ":
        return "space"
    name = unicodedata.name(character, "").lower().replace("-", "_").replace(" ", "_")
    return _TEXTUAL_NAMES.get(name, name)


_CHARACTERS = {_character_key(character): character for character in map(chr, range(33, 127))}
"""Key to character, for the characters of an ordinary keyboard."""


def canonical_key(text: str) -> str | None:
    """Return the key that `text` names, as Textual reports it; None if there is no such key."""
    text = text.strip()
    head, _, last = text.rpartition("+")
    if text == "+" or text.endswith("++"):
        head, last = text[:-2], "+"
    modifiers = [word.strip().lower() for word in head.split("+")] if head else []
    if len(set(modifiers)) != len(modifiers) or not set(modifiers) <= set(_MODIFIERS):
        return None
    key = _without_modifiers(last.strip())
    if key is None:
        return None
    if len(key) == 1 and modifiers:
        if modifiers == ["shift"]:
            return key.upper() if key.isalpha() else None
        key = key.lower()
    spelled = "+".join([*sorted(modifiers), key])
    return _SAME_BYTE.get(spelled, spelled)


def _without_modifiers(text: str) -> str | None:
    """Return the name of a key written without modifiers, or None."""
    if len(text) == 1:
        return _character_key(text) if text.isprintable() and not text.isspace() else None
    name = _SYNONYMS.get(text.lower(), text.lower())
    name = _TEXTUAL_NAMES.get(name, name)
    return name if name in _NAMED or name in _CHARACTERS else None


def types_text(key: str) -> bool:
    """Return whether the key types a character in a text field."""
    return key == "space" or len(key) == 1 or key in _CHARACTERS


def read_keys(path: str, value: object, findings: Findings) -> tuple[str, ...] | None:
    """Return the keys of a value of config.toml: one key or a list; problems go to `findings`.

    None if none of them is a key. An empty list removes the keys of the command.
    """
    names = [value] if isinstance(value, str) else value
    if not isinstance(names, list) or not all(isinstance(name, str) for name in names):
        message = f"must be a list of keys, not {quote(value)}"
        findings.reject(path, message, "the usual keys are used")
        return None
    keys: list[str] = []
    for name in names:
        key = canonical_key(name)
        if key is None:
            findings.reject(path, f"{name!r} is not a key", "left out")
        elif key not in keys:
            keys.append(key)
    return tuple(keys) if keys or not names else None

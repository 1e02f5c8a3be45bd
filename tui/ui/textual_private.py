"""The private names of Textual that Sheaf uses, each with its reason.

Textual promises nothing about them: `pyproject.toml` allows the one minor version they were
checked with.
"""

from __future__ import annotations

from collections.abc import Iterable

from textual.binding import BindingsMap, BindingType
from textual.command import CommandPalette
from textual.dom import DOMNode

PALETTE_SEARCH = CommandPalette._GATHER_COMMANDS_GROUP
"""The group of the workers that search in the palette: Enter waits for what they find."""


def set_bindings(node: DOMNode, bindings: Iterable[BindingType]) -> None:
    """Give `node` these bindings in place of those of its class.

    Textual merges bindings once for each class. Ours come from the user's config, so they are
    known when a screen is made, not when its class is. `App.set_keymap` cannot unbind a key and
    resolves clashes in its own way.
    """
    node._bindings = BindingsMap(bindings)

"""Every command of the reader has a function, and every function a command."""

from __future__ import annotations

import pytest

from tui.core.commands import COMMANDS, CUSTOM_PREFIX
from tui.ui.actions import ACTIONS, find_action
from tui.ui.reader import ReaderScreen


def test_every_command_of_the_reader_has_an_action_and_no_other_has() -> None:
    places = set(ReaderScreen.PLACES)
    assert set(ACTIONS) == {each.id for each in COMMANDS if places & set(each.where)}


def test_every_action_says_what_it_does() -> None:
    functions = [getattr(action, "func", action) for action in ACTIONS.values()]
    assert all(function.__doc__ for function in functions)


def test_a_command_of_the_config_is_found_by_its_prefix() -> None:
    assert callable(find_action(f"{CUSTOM_PREFIX}summary"))


def test_an_unknown_command_is_an_error() -> None:
    with pytest.raises(KeyError):
        find_action("fly")

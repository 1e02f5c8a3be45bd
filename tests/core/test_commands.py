"""The table of commands: every command is complete, and no key is ambiguous."""

from __future__ import annotations

import pytest

from tui.core.commands import COMMANDS, QUESTIONS, Command, answers, groups, key_of, show_key


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command.id)
def test_a_command_is_complete(command: Command) -> None:
    assert command.keys
    assert command.help[0].isupper()
    assert not command.help.endswith(".")
    assert not command.footer or len(command.label.split()) <= 3


def test_every_command_has_its_own_id() -> None:
    ids = [command.id for command in COMMANDS]
    assert len(ids) == len(set(ids))


def test_no_key_means_two_things_in_one_place() -> None:
    for place in {place for command in COMMANDS for place in command.where}:
        keys = [key for command in COMMANDS if place in command.where for key in command.keys]
        assert len(keys) == len(set(keys)), place


def test_every_question_has_an_answer() -> None:
    assert all(answers(place) for place in QUESTIONS)


def test_the_groups_of_the_dialogs_come_last() -> None:
    custom = Command("commands.count", (), "count", "Run your command count", "Custom commands")
    names = list(groups((*COMMANDS, custom)))
    assert names.index("Custom commands") < names.index("In the feeds")
    assert sum(map(len, groups().values())) == len(COMMANDS)


@pytest.mark.parametrize(
    ("key", "shown"),
    [
        ("question_mark", "?"),
        ("ctrl+p", "Ctrl+P"),
        ("shift+tab", "Shift+Tab"),
        ("f5", "F5"),
        ("left", "←"),
        ("G", "G"),
        ("left_square_bracket", "["),
    ],
)
def test_a_key_is_shown_as_people_write_it(key: str, shown: str) -> None:
    assert show_key(key) == shown


def test_a_message_names_the_first_key_in_use() -> None:
    assert key_of("undo") == "u"
    moved = [each._replace(keys=("f9", "u")) if each.id == "undo" else each for each in COMMANDS]
    assert key_of("undo", moved) == "F9"
    without = [each._replace(keys=()) if each.id == "undo" else each for each in COMMANDS]
    assert key_of("undo", without) == "“undo”"

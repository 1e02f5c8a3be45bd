"""Names of keys as people write them, and the keymap in use."""

from __future__ import annotations

import string
from pathlib import Path

import pytest
from textual.keys import KEY_NAME_REPLACEMENTS, Keys

from tests.config.conftest import Write
from tests.textual_private import character_to_key
from tui.config.findings import Findings
from tui.config.key_names import canonical_key, types_text
from tui.config.keymap import PRESETS, RESERVED, TEXT_FIELDS, build_keymap
from tui.core.commands import COMMANDS, Command, show_key


@pytest.mark.parametrize("character", list(map(chr, range(33, 127))))
def test_every_character_has_textuals_name(character: str) -> None:
    assert canonical_key(character) == character_to_key(character)
    assert types_text(character_to_key(character))
    assert show_key(character_to_key(character)) == character


@pytest.mark.parametrize(
    "key",
    [
        key.value
        for key in Keys
        if key.value.rpartition("+")[2].isalnum() and key.value not in ("return", "ctrl+@")
    ],
)
def test_textuals_own_names_are_known(key: str) -> None:
    same_byte = {"ctrl+i": "tab", "ctrl+m": "enter"}
    assert canonical_key(key) == same_byte.get(key, key)


@pytest.mark.parametrize(
    ("written", "key"),
    [
        ("Ctrl+Y", "ctrl+y"),
        ("shift+ctrl+Left", "ctrl+shift+left"),
        ("Esc", "escape"),
        ("PgDn", "pagedown"),
        ("F5", "f5"),
        ("G", "G"),
        ("shift+g", "G"),
        (" s ", "s"),
        ("+", "plus"),
        ("ctrl++", "ctrl+plus"),
        (",", "comma"),
        ("ctrl+[", "escape"),
        ("ñ", "ñ"),
        ("-", KEY_NAME_REPLACEMENTS["hyphen_minus"]),
    ],
)
def test_keys_as_people_write_them(written: str, key: str) -> None:
    assert canonical_key(written) == key


@pytest.mark.parametrize(
    "written", ["", " ", "strg+s", "ctrl+", "ctrl+ctrl+s", "ss", "f25", "\t", "\x1b", "shift+1"]
)
def test_texts_that_are_not_keys(written: str) -> None:
    assert canonical_key(written) is None


def test_the_built_in_keys_are_canonical() -> None:
    for command in COMMANDS:
        assert [canonical_key(key) for key in command.keys] == list(command.keys)


@pytest.mark.parametrize("preset", PRESETS)
def test_a_preset_is_made_of_real_keys_and_commands(preset: str) -> None:
    known = {command.id: command for command in COMMANDS}
    for name, keys in PRESETS[preset].items():
        assert [canonical_key(key) for key in keys] == list(keys)
        assert not set(keys) & set(RESERVED)
        if TEXT_FIELDS.keys() & set(known[name].where):
            assert not any(types_text(key) for key in keys)
    findings = Findings(Path(), "")
    table = build_keymap(COMMANDS, preset, {}, (), findings)
    assert findings.problems == []
    by_id = {command.id: command.keys for command in table.commands}
    for name, keys in PRESETS[preset].items():
        assert by_id[name] == keys
    for command in COMMANDS:
        assert by_id[command.id], f"{command.id} loses its last key to the preset"


def one_meaning_each(commands: tuple[Command, ...]) -> bool:
    pairs = [(place, key) for each in commands for place in each.where for key in each.keys]
    return len(pairs) == len(set(pairs))


def test_no_choice_of_keys_gives_a_key_two_meanings() -> None:
    ids = [command.id for command in COMMANDS]
    keys = [*string.ascii_letters, "enter", "escape", "down", "tab", "f2", "ctrl+p", "ctrl+s"]
    for shift in range(len(keys)):
        asked = {
            name: (keys[(n + shift) % len(keys)], keys[(3 * n + shift) % len(keys)])
            for n, name in enumerate(ids)
        }
        for preset in ("", *PRESETS):
            table = build_keymap(COMMANDS, preset, asked)
            assert one_meaning_each(table.commands)
            ways_out = [each for each in table.commands if each.id in ("clear", "leave_note")]
            assert all(each.keys for each in ways_out)


def test_a_key_of_the_user_replaces_a_built_in_one_and_that_is_reported(write: Write) -> None:
    config = write("[keys]\nstar = ['s', 'q']")
    by_id = {command.id: command.keys for command in config.commands(COMMANDS)}
    assert (by_id["star"], by_id["quit"]) == (("s", "q"), ())
    (problem,) = config.problems
    assert "q is also a key of quit; star has it" in str(problem)


def test_giving_the_other_command_a_key_resolves_a_clash(write: Write) -> None:
    config = write("[keys]\nstar = ['s', 'q']\nquit = 'Q'")
    assert config.problems == ()
    assert one_meaning_each(config.commands(COMMANDS))


def test_between_two_of_the_users_the_first_keeps_the_key(write: Write) -> None:
    config = write("[keys]\nstar = ['x']\nread = ['x']\n[commands.own]\nkey = 'x'\nrun = 'true'")
    by_id = {command.id: command.keys for command in config.commands(COMMANDS)}
    assert (by_id["star"], by_id["read"], by_id["commands.own"]) == (("x",), (), ())
    assert [problem.key for problem in config.problems] == ["keys.read", "commands.own.key"]


def test_the_same_key_in_two_places_is_no_clash(write: Write) -> None:
    assert write("[keys]\nsave_note = ['f2', 'ctrl+k']\nquit = 'ctrl+k'").problems == ()


def test_an_empty_list_unbinds(write: Write) -> None:
    config = write("[keys]\nstar = []")
    by_id = {command.id: command for command in config.commands(COMMANDS)}
    assert by_id["star"].keys == ()
    assert by_id["star"].shown_keys == ""
    assert config.problems == ()


def test_a_list_of_invalid_keys_leaves_the_default_keys(write: Write) -> None:
    config = write("[keys]\nstar = ['nokey']")
    by_id = {command.id: command.keys for command in config.commands(COMMANDS)}
    assert by_id["star"] == ("s",)
    assert config.origin("keys.star") == "default"

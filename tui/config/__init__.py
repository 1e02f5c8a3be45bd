"""config.toml: the user's wishes, read and checked. Knows the table of commands, not the screens.

load.py      the file to a Config, each value checked
settings.py  Config: the values, where they come from
table.py     presets, the user's keys and the built-in ones to the table of commands in use
keys.py      keys as people write them to Textual's names
own.py       the user's own commands
mail.py      where the digest goes, and the server that takes it
export.py    citation keys and how papers are written out
network.py   how often to fetch, who we say we are, where the services are
addresses.py mail addresses as people write them
problem.py   what is wrong, and in which line
"""

from tui.config.custom_commands import CustomCommand
from tui.config.load import load
from tui.config.mail_section import MailSettings
from tui.config.problems import Problem
from tui.config.settings import Columns, Config

__all__ = ["Columns", "Config", "CustomCommand", "MailSettings", "Problem", "load"]

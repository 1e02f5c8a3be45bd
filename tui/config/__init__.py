"""config.toml: the user's settings, read and checked. It knows the commands, but not the screens.

`load` reads the file, and `parse` hands each of its sections to the function that checks it. A
mistake is reported with its line and never stops Sheaf: the value is ignored, or a default used.
What only a file needs is imported when there is one.

    load.py             load: the file and the environment to a Config
    parse.py            parse: the text of the file to a Config
    settings.py         Config: the values, and where each comes from
    findings.py         Findings: problems and used values; LineIndex: the line of each key
    keymap.py           presets, the user's keys and the built-in keys to the keymap in use
    key_names.py        keys as people write them to the names Textual has for them
    custom_commands.py  `[commands.NAME]`: the user's own commands
    mail_section.py     `[mail]`: who gets the digest, and the server that sends it
    mail_addresses.py   mail addresses as people write them
    export_section.py   `[export]`: the pattern of citation keys
    network_section.py  `[network]`: how often to fetch, and where the services are
"""

from tui.config.load import load
from tui.config.settings import Columns, Config

__all__ = ["Columns", "Config", "load"]

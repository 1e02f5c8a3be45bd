"""sheaf fetch --timer: a line for cron and two files for systemd that fetch every four hours."""

from __future__ import annotations

import shlex
import shutil
import sys
import zlib
from pathlib import Path

from tui.shell import output

_HOURS = 4


def show(home: Path, home_given: bool) -> int:
    """Print them, to be copied or piped; nothing is installed."""
    words = [*program(), *(["--home", str(home)] if home_given else []), "fetch", "--quiet"]
    minute = zlib.crc32(str(home).encode("utf-8", "surrogateescape")) % 60
    cron = shlex.join(words).replace("%", r"\%")  # a bare one ends the line
    output.data(
        f"""\
# cron: a line for `crontab -e`
{minute} */{_HOURS} * * * {cron}

# systemd: ~/.config/systemd/user/sheaf-fetch.service
[Unit]
Description=New papers of the feeds followed in Sheaf

[Service]
Type=oneshot
ExecStart={" ".join(unit_word(word) for word in words)}

# systemd: ~/.config/systemd/user/sheaf-fetch.timer
[Unit]
Description=New papers every {_HOURS} hours

[Timer]
OnCalendar=*-*-* 00/{_HOURS}:{minute:02}:00
RandomizedDelaySec=10min
Persistent=true

[Install]
WantedBy=timers.target

# then: systemctl --user daemon-reload && systemctl --user enable --now sheaf-fetch.timer"""
    )
    return 0


def program() -> list[str]:
    """How this very Sheaf is started: timers know no PATH."""
    beside = Path(sys.executable).with_name("sheaf")
    found = str(beside) if beside.exists() else shutil.which("sheaf")
    return [found] if found else [sys.executable, "-m", "tui"]


def unit_word(word: str) -> str:
    r"""A word of ExecStart: `%` and `$` mean something there, `\` and `"` inside quotes."""
    word = word.replace("\\", "\\\\").replace('"', '\\"').replace("%", "%%").replace("$", "$$")
    return f'"{word}"' if set(word) & set(" \t'\"\\;") else word

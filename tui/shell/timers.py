"""The files that `sheaf fetch --timer` and `sheaf digest --timer` print; nothing is installed."""

from __future__ import annotations

import plistlib
import shlex
import shutil
import sys
import zlib
from pathlib import Path

from tui.core.errors import UsageError

FETCH_HOURS = 4
MAIL_HOUR, MAIL_MINUTE = 7, 0
MAIL_LABEL = "sheaf-digest"
MAIL_COMMANDS = (("fetch", "--quiet"), ("digest", "--send", "--quiet"))
"""One runs after the other; the digest is sent even if a feed fails."""


def fetch_timer(home: Path, home_given: bool) -> str:
    """Return a line for cron and two files for systemd that fetch every FETCH_HOURS hours.

    They name the home if the user named it. Raises UsageError as `start_command`.
    """
    words = [*start_command(home if home_given else None), "fetch", "--quiet"]
    # Each home gets another minute, so that not every user asks arXiv at the full hour.
    minute = zlib.crc32(str(home).encode("utf-8", "surrogateescape")) % 60
    return f"""\
# cron: a line for `crontab -e`
{minute} */{FETCH_HOURS} * * * {_cron_command(shlex.join(words))}

# systemd: ~/.config/systemd/user/sheaf-fetch.service
[Unit]
Description=New papers of the feeds followed in Sheaf

[Service]
Type=oneshot
ExecStart={_exec_start(words)}

# systemd: ~/.config/systemd/user/sheaf-fetch.timer
[Unit]
Description=New papers every {FETCH_HOURS} hours

[Timer]
OnCalendar=*-*-* 00/{FETCH_HOURS}:{minute:02}:00
RandomizedDelaySec=10min
Persistent=true

[Install]
WantedBy=timers.target

# then: systemctl --user daemon-reload && systemctl --user enable --now sheaf-fetch.timer
"""


def digest_timer(home: Path | None) -> str:
    """Return files for systemd and launchd and a line for cron that mail a digest every morning.

    `home` is the home the user named; None for the default one. Raises UsageError as
    `start_command`.
    """
    fetch, digest = ([*start_command(home), *words] for words in MAIL_COMMANDS)
    both = f"{shlex.join(fetch)}; {shlex.join(digest)}"
    plist = plistlib.dumps(
        {
            "Label": MAIL_LABEL,
            "ProgramArguments": ["/bin/sh", "-c", both],
            "StartCalendarInterval": {"Hour": MAIL_HOUR, "Minute": MAIL_MINUTE},
        }
    ).decode()
    return f"""\
# Linux, systemd. After both files: systemctl --user enable --now {MAIL_LABEL}.timer
# ~/.config/systemd/user/{MAIL_LABEL}.service

[Unit]
Description=New papers of Sheaf's feeds by mail

[Service]
Type=oneshot
ExecStart=-{_exec_start(fetch)}
ExecStart={_exec_start(digest)}

# ~/.config/systemd/user/{MAIL_LABEL}.timer

[Unit]
Description=New papers of Sheaf's feeds by mail, every morning

[Timer]
OnCalendar=*-*-* {MAIL_HOUR:02}:{MAIL_MINUTE:02}:00
Persistent=true

[Install]
WantedBy=timers.target

# macOS, launchd. Then: launchctl load ~/Library/LaunchAgents/{MAIL_LABEL}.plist
# ~/Library/LaunchAgents/{MAIL_LABEL}.plist

{plist}
# cron: crontab -e, and this line

{MAIL_MINUTE} {MAIL_HOUR} * * * {_cron_command(both)}
"""


def start_command(home: Path | None) -> list[str]:
    """Return the command that starts this Sheaf, with its full path: timers have a short PATH.

    Raises UsageError if the path of the home cannot be written into the file of a timer.
    """
    if not str(home).isprintable():
        raise UsageError("a timer cannot use this home: its path has invisible characters")
    beside = Path(sys.executable).with_name("sheaf")
    found = str(beside) if beside.exists() else shutil.which("sheaf")
    program = [found] if found else [sys.executable, "-m", "tui"]
    return [*program, *(["--home", str(home)] if home else [])]


def _cron_command(command: str) -> str:
    return command.replace("%", r"\%")  # cron takes a bare % for the end of the command


def _exec_start(words: list[str]) -> str:
    r"""Quote words for ExecStart, where `%` and `$` have a meaning, and `\` and `"` in quotes."""
    quoted = []
    for word in words:
        word = word.replace("\\", "\\\\").replace('"', '\\"').replace("%", "%%").replace("$", "$$")
        quoted.append(f'"{word}"' if set(word) & set(" \t'\"\\;") else word)
    return " ".join(quoted)

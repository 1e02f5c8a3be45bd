"""sheaf digest --timer: fetched and sent every morning, for systemd, for launchd and for cron.

A feed that fails does not keep the rest of the papers from coming: the digest is sent all the same.
"""

from __future__ import annotations

import plistlib
import shlex
from pathlib import Path

from tui.shell.timer import program, unit_word

HOUR, MINUTE = 7, 0
LABEL = "sheaf-digest"
COMMANDS = (("fetch", "--quiet"), ("digest", "--send", "--quiet"))


def files(home: Path | None) -> str:
    """The files for all three, each under where it goes and how it is switched on.

    `home` is the one that was asked for; None for the usual one, which has its config elsewhere.
    """
    base = [*program(), *(["--home", str(home)] if home else [])]
    fetch, digest = ([*base, *words] for words in COMMANDS)
    both = f"{shlex.join(fetch)}; {shlex.join(digest)}"
    plist = plistlib.dumps(
        {
            "Label": LABEL,
            "ProgramArguments": ["/bin/sh", "-c", both],
            "StartCalendarInterval": {"Hour": HOUR, "Minute": MINUTE},
        }
    ).decode()
    cron = both.replace("%", r"\%")
    return f"""\
# Linux, systemd. After both files: systemctl --user enable --now {LABEL}.timer
# ~/.config/systemd/user/{LABEL}.service

[Unit]
Description=New papers of Sheaf's feeds by mail

[Service]
Type=oneshot
ExecStart=-{" ".join(map(unit_word, fetch))}
ExecStart={" ".join(map(unit_word, digest))}

# ~/.config/systemd/user/{LABEL}.timer

[Unit]
Description=New papers of Sheaf's feeds by mail, every morning

[Timer]
OnCalendar=*-*-* {HOUR:02}:{MINUTE:02}:00
Persistent=true

[Install]
WantedBy=timers.target

# macOS, launchd. Then: launchctl load ~/Library/LaunchAgents/{LABEL}.plist
# ~/Library/LaunchAgents/{LABEL}.plist

{plist}
# cron: crontab -e, and this line

{MINUTE} {HOUR} * * * {cron}
"""

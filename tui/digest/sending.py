"""`sheaf digest --send`: what waits in the outbox, then the new digest; tries with back-off.

The events, all under the outbox's lock: what waits tells how far its digests went; the new digest
begins there and is put into the outbox; the state store notes how far it goes; each message is
handed to the server, logged and dropped. Stopped anywhere, the next run goes on from what is there.
"""

from __future__ import annotations

import random
import ssl
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from tui.config import Config, MailSettings
from tui.core.errors import SheafError
from tui.digest import mail_message, password_command, smtp
from tui.digest.content import Digest, counted
from tui.digest.coverage import save_coverage
from tui.digest.outbox import MAX_AGE, Outbox, QueuedMessage
from tui.library.library import Library

WAITS = (2.0, 10.0, 30.0)
"""Seconds before each further try, more or less: many timers strike at the same minute."""
SPREAD = 0.25


@dataclass(frozen=True, slots=True)
class SendOptions:
    """How messages leave: all that differs between the world and a test."""

    say: Callable[[str], None]
    """Told what happens."""
    warn: Callable[[str], None]
    """Told what went wrong."""
    now: Callable[[], datetime] = lambda: datetime.now().astimezone()
    sleep: Callable[[float], None] = time.sleep
    context: ssl.SSLContext | None = None
    timeout: float = smtp.TIMEOUT


def send_digest(
    library: Library, mail: MailSettings, make: Callable[[], Digest | None], way: SendOptions
) -> bool:
    """Send what waits and the digest `make` gives; False if something stays. SheafError."""
    outbox = Outbox(library.home)
    with outbox.locked():
        for kept in outbox.waiting():
            if kept.memory:
                save_coverage(library.store, kept.memory)
        digest = make()
        if digest:
            _put(library, outbox, digest, mail, way)
        for path in outbox.damaged:
            way.warn(f"{path}: is no message of Sheaf; move it away")
        waiting = outbox.waiting()
        if not waiting:
            if not digest:
                way.say("nothing new; nothing was sent")
            return not outbox.damaged
        return _deliver(outbox, waiting, mail, way) and not outbox.damaged


def _put(
    library: Library, outbox: Outbox, digest: Digest, mail: MailSettings, way: SendOptions
) -> None:
    """Commit a digest: from here on it is sent, once."""
    made = mail_message.compose_digest(digest, mail)
    kept = outbox.put(made, mail, digest.memory, way.now())
    if digest.memory:
        save_coverage(library.store, digest.memory)
    if not outbox.pending(kept):
        outbox.drop(kept)
        way.say("this digest was sent already; nothing was sent")


def _deliver(
    outbox: Outbox, waiting: Sequence[QueuedMessage], mail: MailSettings, way: SendOptions
) -> bool:
    """Hand each message over; False if one stays."""
    try:
        word = password_command.read_password(mail.password_command) if mail.user else ""
    except password_command.PasswordError as why:
        way.warn(f"{why}; {_stays(waiting)}")
        return False
    left = list(waiting)
    good = True
    while left:
        kept = left[0]
        try:
            refused = _tried(outbox, kept, mail, word, way)
        except smtp.SendError as why:
            good = False
            if why.at_all:
                way.warn(f"{why}; {_stays(left)}")
                _give_up(outbox, left, way)
                return False
            refused = [str(why)]
        left.pop(0)
        for each in refused:
            good = False
            way.warn(f"{each}; {_stays([kept])}")
        if refused:
            _give_up(outbox, [kept], way)
    return good


def _tried(
    outbox: Outbox, kept: QueuedMessage, mail: MailSettings, word: str, way: SendOptions
) -> list[str]:
    """Send a message, again and again if need be; the refusals of single addresses. NotSent."""
    waits = iter(WAITS)
    while True:
        try:
            return _once(outbox, kept, mail, word, way)
        except smtp.SendError as why:
            wait = next(waits, None)
            if not why.again or wait is None:
                raise
            wait *= 1 + random.uniform(-SPREAD, SPREAD)
            way.say(f"{why}; trying again in {wait:.0f} s")
            way.sleep(wait)


def _once(
    outbox: Outbox, kept: QueuedMessage, mail: MailSettings, word: str, way: SendOptions
) -> list[str]:
    pending = outbox.pending(kept)
    taken: list[str] = []

    def accepted(addresses: Sequence[str]) -> None:
        taken.extend(addresses)
        try:
            outbox.log(kept, addresses, way.now())
        except OSError as error:
            why = error.strerror or error
            way.warn(f"sent, but {outbox.folder} cannot be written ({why}): it may be sent again")

    refused: dict[str, str] = {}
    if pending:
        refused = smtp.send_message(
            mail, word, kept.sender, pending, kept.text.encode("ascii"), accepted,
            way.context, way.timeout,
        )  # fmt: skip
        way.say(f"sent to {', '.join(taken)}")
    if not refused:
        outbox.drop(kept)
    return [f"{mail.server}: {each}: {why}" for each, why in refused.items()]


def _give_up(outbox: Outbox, waiting: Iterable[QueuedMessage], way: SendOptions) -> None:
    """Set aside what has been tried long enough."""
    for kept in waiting:
        if way.now() - kept.made > MAX_AGE:
            path = outbox.give_up(kept)
            way.warn(f"the digest of {kept.made.date()} is tried no longer; it is {path}")


def _stays(waiting: Sequence[QueuedMessage]) -> str:
    return f"{counted(len(waiting), 'message')} kept for the next `sheaf digest --send`"


def require_mail(config: Config) -> MailSettings:
    """The mail of a config; SheafError with what is wrong or missing in it if there is none."""
    if config.mail:
        return config.mail
    wrong = [
        str(problem)
        for problem in config.problems
        if not problem.key or problem.key.partition(".")[0] == "mail"
    ]
    why = "; ".join(wrong) or "config.toml has no [mail]; `sheaf help config` shows an example"
    raise SheafError(f"no mail can be sent: {why}")

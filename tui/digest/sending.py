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

from tui.config import Config, Mail
from tui.core.errors import SheafError
from tui.digest import message, secret, smtp
from tui.digest.memory import remember
from tui.digest.outbox import KEPT, Kept, Outbox
from tui.digest.papers import Digest, counted
from tui.library.library import Library

WAITS = (2.0, 10.0, 30.0)
"""Seconds before each further try, more or less: many timers strike at the same minute."""
SPREAD = 0.25


@dataclass(frozen=True, slots=True)
class Way:
    """How messages leave: all that differs between the world and a test."""

    say: Callable[[str], None]
    """Told what happens."""
    warn: Callable[[str], None]
    """Told what went wrong."""
    now: Callable[[], datetime] = lambda: datetime.now().astimezone()
    sleep: Callable[[float], None] = time.sleep
    context: ssl.SSLContext | None = None
    timeout: float = smtp.TIMEOUT


def send(library: Library, mail: Mail, make: Callable[[], Digest | None], way: Way) -> bool:
    """Send what waits and the digest `make` gives; False if something stays. SheafError."""
    outbox = Outbox(library.home)
    with outbox.locked():
        for kept in outbox.waiting():
            if kept.memory:
                remember(library.store, kept.memory)
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


def _put(library: Library, outbox: Outbox, digest: Digest, mail: Mail, way: Way) -> None:
    """Commit a digest: from here on it is sent, once."""
    made = message.message(digest, mail)
    kept = outbox.put(made, mail, digest.memory, way.now())
    if digest.memory:
        remember(library.store, digest.memory)
    if not outbox.pending(kept):
        outbox.drop(kept)
        way.say("this digest was sent already; nothing was sent")


def _deliver(outbox: Outbox, waiting: Sequence[Kept], mail: Mail, way: Way) -> bool:
    """Hand each message over; False if one stays."""
    try:
        word = secret.password(mail.password_command) if mail.user else ""
    except secret.NoPassword as why:
        way.warn(f"{why}; {_stays(waiting)}")
        return False
    left = list(waiting)
    good = True
    while left:
        kept = left[0]
        try:
            refused = _tried(outbox, kept, mail, word, way)
        except smtp.NotSent as why:
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


def _tried(outbox: Outbox, kept: Kept, mail: Mail, word: str, way: Way) -> list[str]:
    """Send a message, again and again if need be; the refusals of single addresses. NotSent."""
    waits = iter(WAITS)
    while True:
        try:
            return _once(outbox, kept, mail, word, way)
        except smtp.NotSent as why:
            wait = next(waits, None)
            if not why.again or wait is None:
                raise
            wait *= 1 + random.uniform(-SPREAD, SPREAD)
            way.say(f"{why}; trying again in {wait:.0f} s")
            way.sleep(wait)


def _once(outbox: Outbox, kept: Kept, mail: Mail, word: str, way: Way) -> list[str]:
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
        refused = smtp.send(
            mail, word, kept.sender, pending, kept.text.encode("ascii"), accepted,
            way.context, way.timeout,
        )  # fmt: skip
        way.say(f"sent to {', '.join(taken)}")
    if not refused:
        outbox.drop(kept)
    return [f"{mail.server}: {each}: {why}" for each, why in refused.items()]


def _give_up(outbox: Outbox, waiting: Iterable[Kept], way: Way) -> None:
    """Set aside what has been tried long enough."""
    for kept in waiting:
        if way.now() - kept.made > KEPT:
            path = outbox.give_up(kept)
            way.warn(f"the digest of {kept.made.date()} is tried no longer; it is {path}")


def _stays(waiting: Sequence[Kept]) -> str:
    return f"{counted(len(waiting), 'message')} kept for the next `sheaf digest --send`"


def needed(config: Config) -> Mail:
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

"""`sheaf digest --send`: sends the queued messages and the new digest, with retries.

The steps, all under the lock of the outbox: the coverage of queued digests is saved; the new digest
begins after it and is put into the outbox; its coverage is saved; each message is sent, logged and
removed. If the process is stopped anywhere, the next run continues from what is there.
"""

from __future__ import annotations

import random
import ssl
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from tui.config import Config
from tui.config.mail_section import MailSettings
from tui.core.errors import SheafError
from tui.core.text import count_items
from tui.digest import mail_message, password_command, smtp
from tui.digest.coverage import save_coverage
from tui.digest.entries import Digest
from tui.digest.outbox import MAX_AGE, Outbox, QueuedMessage
from tui.library.library import Library

RETRY_DELAYS = (2.0, 10.0, 30.0)
"""Seconds before each retry."""
JITTER = 0.25
"""The share by which a delay varies, because many timers run at the same minute."""


@dataclass(frozen=True, slots=True)
class SendOptions:
    """The functions that print messages, and what a test replaces: the clock, the certificates."""

    say: Callable[[str], None]
    warn: Callable[[str], None]
    now: Callable[[], datetime] = lambda: datetime.now().astimezone()
    sleep: Callable[[float], None] = time.sleep
    context: ssl.SSLContext | None = None
    """The certificates to trust; None for those of the system."""
    timeout: float = smtp.TIMEOUT
    """Seconds to wait for each answer of the server."""


def send_digest(
    library: Library,
    mail: MailSettings,
    make: Callable[[], Digest | None],
    options: SendOptions,
) -> bool:
    """Send the queued messages and the digest that `make` returns.

    Returns False if a message could not be sent and stays in the outbox. Raises SheafError.
    """
    outbox = Outbox(library.home)
    with outbox.lock():
        for message in outbox.load_messages():
            if message.coverage:
                save_coverage(library.store, message.coverage)
        digest = make()
        if digest:
            _queue(library, outbox, digest, mail, options)
        queued = outbox.load_messages()
        for path in outbox.damaged:
            options.warn(f"{path}: is not a message of Sheaf; move it away")
        if not queued and not digest:
            options.say("no new papers; nothing was sent")
        all_sent = _Delivery(outbox, mail, options).send_all(queued)
        return all_sent and not outbox.damaged


def _queue(
    library: Library, outbox: Outbox, digest: Digest, mail: MailSettings, options: SendOptions
) -> None:
    """Put a digest into the outbox; from then on it is sent, and sent once."""
    composed = mail_message.compose_digest(digest, mail)
    message = outbox.add(composed, mail, digest.coverage, options.now())
    if digest.coverage:
        save_coverage(library.store, digest.coverage)
    if not outbox.pending_addresses(message):
        outbox.remove(message)
        options.say("this digest was sent before; nothing was sent")


class _Delivery:
    """Sends messages of the outbox to one server."""

    def __init__(self, outbox: Outbox, mail: MailSettings, options: SendOptions) -> None:
        self._outbox = outbox
        self._mail = mail
        self._options = options
        self._password = ""

    def send_all(self, queued: Sequence[QueuedMessage]) -> bool:
        """Send each message; False if one stays in the outbox."""
        if queued and self._mail.user:
            try:
                self._password = password_command.read_password(self._mail.password_command)
            except password_command.PasswordError as error:
                self._options.warn(f"{error}; {_describe_waiting(queued)}")
                return False
        all_sent = True
        for place, message in enumerate(queued):
            try:
                refusals = self._send_with_retries(message)
            except smtp.SendError as error:
                if error.all_messages:
                    self._options.warn(f"{error}; {_describe_waiting(queued[place:])}")
                    self._give_up_old(queued[place:])
                    return False
                refusals = [str(error)]
            for refusal in refusals:
                self._options.warn(f"{refusal}; {_describe_waiting([message])}")
            if refusals:
                all_sent = False
                self._give_up_old([message])
        return all_sent

    def _send_with_retries(self, message: QueuedMessage) -> list[str]:
        """Send a message. Return the refusals of single addresses. Raises SendError."""
        delays = iter(RETRY_DELAYS)
        while True:
            try:
                return self._send(message)
            except smtp.SendError as error:
                delay = next(delays, None)
                if not error.temporary or delay is None:
                    raise
                delay *= 1 + random.uniform(-JITTER, JITTER)
                self._options.say(f"{error}; trying again in {delay:.0f} s")
                self._options.sleep(delay)

    def _send(self, message: QueuedMessage) -> list[str]:
        pending = self._outbox.pending_addresses(message)
        accepted: list[str] = []

        def log(addresses: Sequence[str]) -> None:
            accepted.extend(addresses)
            try:
                self._outbox.log_accepted(message, addresses, self._options.now())
            except OSError as error:
                why = error.strerror or error
                folder = self._outbox.folder
                self._options.warn(f"sent, but {folder} cannot be written ({why}): "
                                   "it may be sent again")  # fmt: skip

        refused: dict[str, str] = {}
        if pending:
            refused = smtp.send_message(
                self._mail, self._password, message.sender, pending,
                message.text.encode("ascii"), log, self._options.context, self._options.timeout,
            )  # fmt: skip
            self._options.say(f"sent to {', '.join(accepted)}")
        if not refused:
            self._outbox.remove(message)
        return [f"{self._mail.server}: {address}: {why}" for address, why in refused.items()]

    def _give_up_old(self, messages: Iterable[QueuedMessage]) -> None:
        """Move messages that have been tried for MAX_AGE out of the queue."""
        for message in messages:
            if self._options.now() - message.created > MAX_AGE:
                path = self._outbox.give_up(message)
                day = message.created.date()
                self._options.warn(f"the digest of {day} is not tried again; it is in {path}")


def _describe_waiting(messages: Sequence[QueuedMessage]) -> str:
    return f"{count_items(len(messages), 'messages')} kept for the next `sheaf digest --send`"


def require_mail(config: Config) -> MailSettings:
    """Return the settings of mail. Raises SheafError that says what is wrong in config.toml."""
    if config.mail:
        return config.mail
    problems = [
        str(problem)
        for problem in config.problems
        if not problem.key or problem.key.partition(".")[0] == "mail"
    ]
    why = "; ".join(problems) or "config.toml has no [mail]; `sheaf help config` shows an example"
    raise SheafError(f"no mail can be sent: {why}")

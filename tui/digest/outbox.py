"""The outbox: messages that wait until a server has accepted them.

It is a folder in the home with one file for each message, `sent.log` with a line for each address
that a message was accepted for, and `undelivered/` with messages that no server accepted within a
week, as files that mail programs open.

A message is on disk before it goes to the server, and the line in the log is on disk right after
the server has accepted it. If the machine fails between the two, or the answer of the server is
lost, the message is sent again with the same Message-ID, and most mail programs show it once.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from email.message import EmailMessage
from pathlib import Path

import orjson
from filelock import FileLock, Timeout

from tui.config.mail_addresses import split_address
from tui.config.mail_section import MailSettings
from tui.core import files, paths
from tui.core.errors import SheafError
from tui.digest.coverage import Coverage, coverage_from_json

FOLDER = "outbox"
UNDELIVERED = "undelivered"
LOG = "sent.log"
MAX_AGE = timedelta(days=7)
"""Age at which a message is given up."""


@dataclass(frozen=True, slots=True)
class QueuedMessage:
    """A message that waits to be sent."""

    id: str
    """Its Message-ID, without brackets."""
    sender: str
    to: tuple[str, ...]
    """All addresses without names, also those that the server has accepted."""
    created: datetime
    coverage: Coverage | None
    """Of its digest."""
    text: str
    """The message in ASCII, with CRLF line ends."""


class Outbox:
    """The outbox of a home. The folder is created when it is first used."""

    def __init__(self, home: Path) -> None:
        self.folder = home / FOLDER
        self.damaged: list[Path] = []
        """Files found by `load_messages` that are not messages."""

    @contextmanager
    def lock(self) -> Iterator[None]:
        """Hold the lock of the outbox. Raises SheafError if another process sends."""
        self._make_folder(self.folder)
        try:
            with FileLock(self.folder / "lock", timeout=0, mode=0o600):
                yield
        except Timeout:
            message = "another digest is being sent right now; this one was not sent"
            raise SheafError(message) from None

    def add(
        self, message: EmailMessage, mail: MailSettings, coverage: Coverage | None, now: datetime
    ) -> QueuedMessage:
        """Store a message until it is sent. It is durable when this returns."""
        queued = QueuedMessage(
            str(message["Message-ID"]).strip("<>"),
            split_address(mail.sender).addr_spec,
            tuple(split_address(each).addr_spec for each in mail.to),
            now,
            coverage,
            message.as_bytes().decode("ascii"),
        )
        fields = {
            "id": queued.id,
            "sender": queued.sender,
            "to": list(queued.to),
            "made": now.isoformat(),
            "memory": coverage.to_json() if coverage else None,
            "text": queued.text,
        }
        data = orjson.dumps(fields, option=orjson.OPT_INDENT_2)
        files.write_user_file(self._file(queued.id), data)
        return queued

    def load_messages(self) -> list[QueuedMessage]:
        """Return the messages that wait, oldest first. Sets `damaged`."""
        messages: list[QueuedMessage] = []
        self.damaged = []
        for path in sorted(self.folder.glob("*.json")):
            try:
                messages.append(_message_from_json(orjson.loads(path.read_bytes())))
            except (OSError, ValueError):
                self.damaged.append(path)
        return sorted(messages, key=lambda message: message.created)

    def pending_addresses(self, message: QueuedMessage) -> list[str]:
        """Return the addresses that no server has accepted the message for."""
        try:
            lines = (self.folder / LOG).read_text(encoding="utf-8", errors="replace").splitlines()
        except FileNotFoundError:
            lines = []
        words = (line.split() for line in lines)
        accepted = {found[2] for found in words if len(found) == 3 and found[1] == message.id}
        return [address for address in message.to if address not in accepted]

    def log_accepted(self, message: QueuedMessage, addresses: Sequence[str], now: datetime) -> None:
        """Log durably that a message was accepted for addresses. Raises OSError."""
        lines = "".join(f"{now:%Y-%m-%dT%H:%M:%S} {message.id} {each}\n" for each in addresses)
        with (self.folder / LOG).open("ab+") as file:
            if file.seek(0, 2):
                file.seek(-1, 2)
                if file.read(1) != b"\n":  # a full disk has cut the last line
                    lines = f"\n{lines}"
            file.write(lines.encode("ascii"))
            file.flush()
            files.sync_file(file.fileno())

    def remove(self, message: QueuedMessage) -> None:
        """Remove a message that was accepted for all addresses."""
        files.remove(self._file(message.id))

    def give_up(self, message: QueuedMessage) -> Path:
        """Move a message to `undelivered`, as a file that mail programs open. Return that file."""
        folder = self.folder / UNDELIVERED
        self._make_folder(folder)
        path = folder / f"{_file_name(message.id)}.eml"
        files.write_user_file(path, message.text.encode("ascii"))
        self.remove(message)
        return path

    def _file(self, message_id: str) -> Path:
        return self.folder / f"{_file_name(message_id)}.json"

    def _make_folder(self, folder: Path) -> None:
        paths.make_home(self.folder.parent)
        try:
            folder.mkdir(mode=0o700, exist_ok=True)
            files.sync_folder(folder.parent)
        except OSError as error:
            raise SheafError(f"{folder}: cannot be made: {error.strerror or error}") from error


def _file_name(message_id: str) -> str:
    return "".join(each if each.isalnum() or each in ".-" else "_" for each in message_id)


def _message_from_json(fields: object) -> QueuedMessage:
    """Return a message that `Outbox.add` wrote. Raises ValueError for anything else."""
    match fields:
        case {
            "id": str(message_id),
            "sender": str(sender),
            "to": list(to),
            "made": str(created),
            "memory": coverage,
            "text": str(text),
        } if text.isascii() and all(isinstance(each, str) for each in to):
            time = datetime.fromisoformat(created).astimezone()
            coverage = coverage_from_json(coverage)
            return QueuedMessage(message_id, sender, tuple(to), time, coverage, text)
    raise ValueError("not a message")

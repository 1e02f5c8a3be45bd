"""The outbox: messages on their way. Kept until a server has taken them, never sent twice.

A folder of the home: one file a message that waits, `sent.log` with a line for each address a
message was taken for, `undelivered/` with what nobody took in a week, as mail programs open it.

A message goes into the folder whole, then to the server, and the moment the server has taken it a
line goes into the log, on disk before anything else is done. If the machine dies between the
server's word and that line, or the server's word is lost on the way, nobody can know, and it is
sent again: the same message under the same Message-ID, by which most mail programs show it once.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from email.message import EmailMessage
from pathlib import Path

import orjson
from filelock import FileLock, Timeout

from tui.config import MailSettings
from tui.config.mail_addresses import split_address
from tui.core import paths
from tui.core.errors import SheafError
from tui.core.files import write_user_file
from tui.digest.coverage import Coverage, coverage_from_json

FOLDER = "outbox"
UNDELIVERED = "undelivered"
LOG = "sent.log"
MAX_AGE = timedelta(days=7)
"""How long it is tried."""


@dataclass(frozen=True, slots=True)
class QueuedMessage:
    """A message that waits."""

    id: str
    """Its Message-ID, without brackets."""
    sender: str
    to: tuple[str, ...]
    """Plain addresses, also those that have it already."""
    made: datetime
    memory: Coverage | None
    """How far its digest went."""
    text: str
    """The message in ASCII, lines ended by CRLF."""


class Outbox:
    """The outbox of a home. Nothing is created until something is put in."""

    def __init__(self, home: Path) -> None:
        self.folder = home / FOLDER
        self.damaged: list[Path] = []
        """Files found that are no messages."""

    @contextmanager
    def locked(self) -> Iterator[None]:
        """Keep other processes out. SheafError if one is in already."""
        self._make(self.folder)
        try:
            with FileLock(self.folder / "lock", timeout=0, mode=0o600):
                yield
        except Timeout:
            raise SheafError("another digest is being sent right now; this one was not") from None

    def put(
        self, message: EmailMessage, mail: MailSettings, memory: Coverage | None, now: datetime
    ) -> QueuedMessage:
        """Keep a message until it is sent: durable when this returns."""
        kept = QueuedMessage(
            str(message["Message-ID"]).strip("<>"),
            split_address(mail.sender).addr_spec,
            tuple(split_address(each).addr_spec for each in mail.to),
            now,
            memory,
            message.as_bytes().decode("ascii"),
        )
        fields = {
            "id": kept.id,
            "sender": kept.sender,
            "to": list(kept.to),
            "made": now.isoformat(),
            "memory": memory.to_json() if memory else None,
            "text": kept.text,
        }
        write_user_file(self._file(kept.id), orjson.dumps(fields, option=orjson.OPT_INDENT_2))
        _sync(self.folder)
        return kept

    def waiting(self) -> list[QueuedMessage]:
        """The messages that wait, oldest first; files that are none are noted in `damaged`."""
        found: list[QueuedMessage] = []
        self.damaged = []
        for path in sorted(self.folder.glob("*.json")):
            try:
                found.append(_kept(orjson.loads(path.read_bytes())))
            except (OSError, ValueError):
                self.damaged.append(path)
        return sorted(found, key=lambda kept: kept.made)

    def taken(self, id_: str) -> set[str]:
        """The addresses a message was taken for."""
        try:
            lines = (self.folder / LOG).read_text(encoding="utf-8", errors="replace").splitlines()
        except FileNotFoundError:
            return set()
        words = (line.split() for line in lines)
        return {found[2] for found in words if len(found) == 3 and found[1] == id_}

    def pending(self, kept: QueuedMessage) -> list[str]:
        """The addresses that do not have it yet."""
        taken = self.taken(kept.id)
        return [each for each in kept.to if each not in taken]

    def log(self, kept: QueuedMessage, addresses: Sequence[str], now: datetime) -> None:
        """Note that a message was taken for these: durable when this returns. OSError."""
        lines = "".join(f"{now:%Y-%m-%dT%H:%M:%S} {kept.id} {each}\n" for each in addresses)
        with (self.folder / LOG).open("ab+") as file:
            if file.seek(0, os.SEEK_END):
                file.seek(-1, os.SEEK_END)
                if file.read(1) != b"\n":  # a line cut off by a full disk
                    lines = f"\n{lines}"
            file.write(lines.encode("ascii"))
            file.flush()
            os.fsync(file.fileno())

    def drop(self, kept: QueuedMessage) -> None:
        """Forget a message everybody has."""
        self._file(kept.id).unlink(missing_ok=True)

    def give_up(self, kept: QueuedMessage) -> Path:
        """Set a message aside as a file mail programs open, and return that."""
        folder = self.folder / UNDELIVERED
        self._make(folder)
        path = folder / f"{_name(kept.id)}.eml"
        write_user_file(path, kept.text.encode("ascii"))
        self.drop(kept)
        return path

    def _file(self, id_: str) -> Path:
        return self.folder / f"{_name(id_)}.json"

    def _make(self, folder: Path) -> None:
        paths.make_home(self.folder.parent)
        try:
            folder.mkdir(mode=0o700, exist_ok=True)
        except OSError as error:
            raise SheafError(f"{folder}: cannot be made: {error.strerror or error}") from error


def _name(id_: str) -> str:
    """A file's name for a Message-ID."""
    return "".join(each if each.isalnum() or each in ".-" else "_" for each in id_)


def _kept(fields: object) -> QueuedMessage:
    """A message as `put` wrote it. ValueError if it is something else."""
    match fields:
        case {
            "id": str(id_),
            "sender": str(sender),
            "to": list(to),
            "made": str(made),
            "memory": memory,
            "text": str(text),
        } if text.isascii() and all(isinstance(each, str) for each in to):
            moment = datetime.fromisoformat(made).astimezone()
            return QueuedMessage(id_, sender, tuple(to), moment, coverage_from_json(memory), text)
    raise ValueError("no message")


def _sync(folder: Path) -> None:
    """Make a new file's name durable, where folders can be synced."""
    with suppress(OSError):
        file = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(file)
        finally:
            os.close(file)

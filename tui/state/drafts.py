"""Drafts: notes that are being typed, one small file for each paper, replaced atomically."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path

import orjson

from tui.core import files
from tui.state.errors import save_refused
from tui.state.locations import Locations


class Drafts:
    """The unfinished notes of one store."""

    def __init__(self, locations: Locations, check: Callable[[], None]) -> None:
        self._locations = locations
        self._check = check

    def save(self, key: str, text: str) -> None:
        """Write the text of an unfinished note. Raises SaveRefused."""
        self._check()
        body = orjson.dumps({"key": key, "text": text}, option=orjson.OPT_INDENT_2)
        try:
            files.make_folder(self._locations.drafts)
            files.write_atomically(self._path(key), body, mode=files.PRIVATE)
        except OSError as error:
            raise save_refused(error, self._locations.drafts) from error

    def get(self, key: str) -> str | None:
        """Return the draft of a paper's note, None if there is none."""
        return self._read(self._path(key)).get(key)

    def all(self) -> dict[str, str]:
        """Return every draft by paper."""
        found: dict[str, str] = {}
        if self._locations.drafts.is_dir():
            for path in sorted(self._locations.drafts.glob("*.json")):
                found.update(self._read(path))
        return found

    def drop(self, key: str) -> None:
        """Remove the draft of a paper, if there is one. Raises SaveRefused."""
        try:
            files.remove(self._path(key))
        except OSError as error:
            raise save_refused(error, self._locations.drafts) from error

    def _path(self, key: str) -> Path:
        name = hashlib.blake2b(key.encode(), digest_size=12).hexdigest()
        return self._locations.drafts / f"{name}.json"

    @staticmethod
    def _read(path: Path) -> dict[str, str]:
        try:
            body = orjson.loads(path.read_bytes())
            return {str(body["key"]): str(body["text"])}
        except (OSError, ValueError, KeyError, TypeError):
            return {}

"""Drafts: a note while it is being typed, one small file a paper, safe from a crash.

A draft is written to a temporary file and renamed, so there is always the last whole one.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path

import orjson

from tui.core import files
from tui.state.errors import refused
from tui.state.places import Places


class Drafts:
    """The unfinished notes of this folder."""

    def __init__(self, places: Places, check: Callable[[], None]) -> None:
        self._places = places
        self._check = check

    def save(self, key: str, text: str) -> None:
        """Keep the text of a note that is not finished. SaveRefused."""
        self._check()
        body = orjson.dumps({"key": key, "text": text}, option=orjson.OPT_INDENT_2)
        try:
            files.make_folder(self._places.drafts)
            files.write_atomically(self._path(key), [body], mode=files.PRIVATE)
        except OSError as error:
            raise refused(error, self._places.drafts) from error

    def get(self, key: str) -> str | None:
        """Return the draft of a paper's note, None if there is none."""
        return self._read(self._path(key)).get(key)

    def all(self) -> dict[str, str]:
        """Return every draft by paper."""
        found: dict[str, str] = {}
        if self._places.drafts.is_dir():
            for path in sorted(self._places.drafts.glob("*.json")):
                found.update(self._read(path))
        return found

    def drop(self, key: str) -> None:
        """Forget the draft of a paper, if there is one. SaveRefused."""
        try:
            files.remove(self._path(key))
        except OSError as error:
            raise refused(error, self._places.drafts) from error

    def _path(self, key: str) -> Path:
        name = hashlib.blake2b(key.encode(), digest_size=12).hexdigest()
        return self._places.drafts / f"{name}.json"

    @staticmethod
    def _read(path: Path) -> dict[str, str]:
        try:
            body = orjson.loads(path.read_bytes())
            return {str(body["key"]): str(body["text"])}
        except (OSError, ValueError, KeyError, TypeError):
            return {}

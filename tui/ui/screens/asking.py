"""Asking: a screen over another that gives one answer, however many keys come after it."""

from __future__ import annotations

from typing import TypeVar

from textual.screen import ModalScreen

Result = TypeVar("Result")


class Asking(ModalScreen[Result]):
    """`answer` ends the screen; a second answer, typed before it was gone, is nobody's."""

    def answer(self, result: Result) -> None:
        if self.is_current:
            self.dismiss(result)

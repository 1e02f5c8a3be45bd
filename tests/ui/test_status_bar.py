"""The status bar: messages, progress and notices, without a screen."""

from __future__ import annotations

import pytest

from tui.ui.status_bar import Notice, StatusBar


class Shown:
    """What a screen would show."""

    text = ""
    notice: Notice | None = None

    def set_text(self, text: str) -> None:
        self.text = text

    def set_notice(self, notice: Notice | None) -> None:
        self.notice = notice


@pytest.fixture
def shown() -> Shown:
    return Shown()


@pytest.fixture
def status(shown: Shown) -> StatusBar:
    return StatusBar(shown.set_text, shown.set_notice)


def test_a_message_stands_until_the_next_key(status: StatusBar, shown: Shown) -> None:
    status.message("star: “A”")
    assert shown.text == status.text == "star: “A”"
    status.clear_message()
    assert shown.text == ""


def test_progress_does_not_cover_a_message(status: StatusBar, shown: Shown) -> None:
    status.message("star: “A”")
    status.progress("adding: 50")
    assert shown.text == "star: “A”"
    status.clear_message()
    status.progress("adding: 100")
    assert shown.text == "adding: 100"


def test_a_key_leaves_progress_and_its_end_clears_it(status: StatusBar, shown: Shown) -> None:
    status.progress("adding: 50")
    status.clear_message()
    assert shown.text == "adding: 50"
    status.progress("")
    assert shown.text == ""


def test_a_warning_stays_until_it_is_hidden(status: StatusBar, shown: Shown) -> None:
    assert not status.hide_notice()
    status.warn("the disk is full")
    status.message("something else")
    assert shown.notice == status.notice == Notice("the disk is full", is_warning=True)
    assert status.hide_notice()
    assert shown.notice is None


def test_a_hint_stands_where_warnings_do(status: StatusBar, shown: Shown) -> None:
    status.hint("j k move")
    assert shown.notice == Notice("j k move", is_warning=False)

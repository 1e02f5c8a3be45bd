"""Setting up the digest by mail."""

from __future__ import annotations

from pathlib import Path
from unittest.mock import patch

from tests.ui.conftest import Open
from tests.ui.helpers import shown_message, shown_notice
from tui.config import Config


async def test_the_answers_are_written_and_a_test_is_sent(
    open_reader: Open, tmp_path: Path
) -> None:
    path = tmp_path / "config.toml"
    path.write_text('theme = "sheaf-light"\n')
    sent = "A test is on its way to ada@example.org."
    with patch("tui.digest.mail_setup.send_test", return_value=sent) as trial:
        async with open_reader(config=Config(path=path)) as reader:
            await reader.press("M")
            await reader.type("not an address")
            await reader.press("enter")
            assert "not an address" in reader.frame
            await reader.type("ada@example.org")
            await reader.press("enter", "enter", "enter", "enter", "enter")
            await reader.type("")
            await reader.press("enter")
            assert "To be added to" in reader.frame
            await reader.press("a")
            assert trial.call_count == 1
            assert "on its way to ada@example.org" in shown_notice(reader)
            assert "sheaf digest --timer" in shown_notice(reader)
    assert path.read_text().startswith('theme = "sheaf-light"\n')
    assert 'to = "ada@example.org"' in path.read_text()


async def test_leaving_a_question_writes_nothing(open_reader: Open, tmp_path: Path) -> None:
    path = tmp_path / "config.toml"
    async with open_reader(config=Config(path=path)) as reader:
        await reader.press("M")
        await reader.type("ada@example.org")
        await reader.press("enter", "escape")
        assert shown_message(reader) == "not subscribed; nothing was written"
    assert not path.exists()

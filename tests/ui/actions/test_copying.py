"""Copying link, id, BibTeX or citation."""

from __future__ import annotations

from unittest.mock import patch

from tests.ui.conftest import Open
from tests.ui.helpers import shown_message


async def test_what_the_menu_names_is_copied(open_reader: Open) -> None:
    with patch("tui.ui.clipboard.copy") as system:
        async with open_reader() as reader:
            for key, text in (
                ("l", "https://arxiv.org/abs/2309.99901"),
                ("i", "arXiv:2309.99901"),
                (
                    "m",
                    "[Efficient Sinks for Streaming Attention](https://arxiv.org/abs/2309.99901)",
                ),
            ):
                await reader.press("y", key)
                assert reader.app.clipboard == text
                system.assert_called_with(text)
                assert shown_message(reader).startswith(f"copied {text[:40]}")
            await reader.press("y", "b")
            assert reader.app.clipboard.startswith("@")
            await reader.press("v", "v", "y", "c")
            assert len(reader.app.clipboard.splitlines()) == 2
            assert shown_message(reader) == "copied the citation in one line of 2"
            await reader.press("escape", "end", "y", "l")
            assert shown_message(reader) == "this paper has no link"

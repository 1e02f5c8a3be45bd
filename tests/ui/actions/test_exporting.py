"""Exporting papers to a file or a folder."""

from __future__ import annotations

from pathlib import Path

from tests.ui.conftest import Open
from tests.ui.helpers import shown_message


async def test_papers_are_exported_in_the_chosen_format(open_reader: Open, tmp_path: Path) -> None:
    target = tmp_path / "out.bib"
    async with open_reader() as reader:
        await reader.press("e")
        assert "a all 4 shown" in reader.frame
        await reader.press("a")
        assert "Export 4 papers as" in reader.frame
        await reader.press("b")
        await reader.type(str(target))
        await reader.press("enter")
        assert shown_message(reader) == f"wrote 4 papers to {target} (BibTeX)"
        assert target.read_text().count("\n@") + 1 == 4
        await reader.press("j", "e", "p", "b")
        await reader.type(str(target))
        await reader.press("enter")
        assert "is there already" in reader.frame
        await reader.press("escape")
        assert target.read_text().count("\n@") + 1 == 4
        await reader.press("v", "v", "e")
        assert "Export 2 papers as" in reader.frame


async def test_notes_are_exported_to_a_folder(open_reader: Open, tmp_path: Path) -> None:
    async with open_reader() as reader:
        await reader.press("e", "a", "n")
        await reader.type(str(tmp_path / "vault"))
        await reader.press("enter")
        assert "4 papers" in shown_message(reader)
    assert len(list((tmp_path / "vault").iterdir())) == 4

"""Adding files, ids and what is pasted."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual import events

from tests.services.fake_services import FakeServices, KnownPaper
from tests.ui.conftest import Open, Reader
from tests.ui.helpers import shown_message, shown_notice, shown_titles
from tui.ui.actions.adding import pasted_names

BIB = "@article{a, title = {Sown in a File}, author = {Lindqvist, Ada}, year = 2024}"


async def test_a_file_is_added_and_its_path_completed(open_reader: Open, tmp_path: Path) -> None:
    (tmp_path / "garden").mkdir()
    (tmp_path / "garden" / "refs.bib").write_text(BIB)
    async with open_reader() as reader:
        await reader.press("a")
        await reader.type(f"{tmp_path}/gar")
        assert "garden/" in reader.frame
        await reader.press("tab")
        await reader.press("tab", "enter")
        assert shown_message(reader) == "1 added · g shows them"
        await reader.press("g")
        assert shown_titles(reader) == ["Sown in a File"]
        await reader.press("a")
        await reader.type(str(tmp_path / "garden"))
        await reader.press("enter")
        assert shown_message(reader) == "0 added, 1 already here"


async def test_a_record_or_file_that_cannot_be_added_is_named(
    open_reader: Open, tmp_path: Path
) -> None:
    (tmp_path / "bad.bib").write_text("@article{x, year = 2024}\n" + BIB)
    async with open_reader() as reader:
        await reader.press("a")
        await reader.type(str(tmp_path / "bad.bib"))
        await reader.press("enter")
        assert shown_message(reader).startswith("1 added, 1 refused")
        assert "bad.bib" in shown_notice(reader)
        await reader.press("escape", "a")
        await reader.type("nothing/here.bib")
        await reader.press("enter")
        assert "no such file or folder" in shown_notice(reader)


async def test_an_id_is_looked_up(open_reader: Open, world: FakeServices) -> None:
    known = KnownPaper("Sinks in the Field", arxiv="2401.12345")
    world.known.append(known)
    async with open_reader() as reader:
        await reader.press("a")
        await reader.type(known.arxiv)
        await reader.press("enter")
        assert shown_message(reader).startswith("1 added")
        await reader.press("g")
        assert shown_titles(reader) == [known.title]


@pytest.mark.usefixtures("offline")
async def test_without_a_network_it_says_so_at_once(open_reader: Open) -> None:
    async with open_reader() as reader:
        await reader.press("a")
        await reader.type("2401.12345")
        await reader.press("enter")
        assert "offline" in shown_notice(reader)
        await reader.press("escape", "R")
        assert "offline" in shown_message(reader)


async def paste(reader: Reader, text: str) -> None:
    reader.app.post_message(events.Paste(text))
    await reader.settle()


async def test_pasting_offers_to_add(open_reader: Open, tmp_path: Path) -> None:
    spaced = tmp_path / "my refs.bib"
    spaced.write_text(BIB)
    async with open_reader() as reader:
        await paste(reader, BIB)
        assert "Pasted: @article{a" in reader.frame
        await reader.press("escape")
        assert len(shown_titles(reader)) == 4
        await paste(reader, str(spaced).replace(" ", "\\ ") + " ")
        await reader.press("a")
        assert shown_message(reader) == "1 added · g shows them"
        await paste(reader, BIB.replace("File", "Pasted Text"))
        await reader.press("a")
        assert shown_message(reader) == "1 added · g shows them"
        assert "Sown in a Pasted Text" in reader.frame


def test_paths_as_terminals_paste_them_are_recognised(tmp_path: Path) -> None:
    one, two = tmp_path / "a b.bib", tmp_path / "c.ris"
    one.touch()
    two.touch()
    for text in (
        str(one),
        f"'{one}'",
        str(one).replace(" ", "\\ "),
        f"file://{str(one).replace(' ', '%20')}",
    ):
        assert pasted_names(text) == [str(one)], text
    assert pasted_names(f"'{one}' {two}") == [str(one), str(two)]
    assert pasted_names("2401.12345 10.5555/x") == ["2401.12345", "10.5555/x"]
    assert pasted_names(BIB) == []
    assert pasted_names("it's a line of words") == []

"""A name or file that cannot be read does not affect the others."""

from __future__ import annotations

import io
import os
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from tui.core.paper import Paper
from tui.sources import streams
from tui.sources.engines.markdown import is_table_rule
from tui.sources.interface import RejectedRecord
from tui.sources.names import split_authors, strip_email
from tui.sources.reader import read

ENTRY = b"@article{a, title={A good title}, author={A. Writer}, year=2020}\n"


def test_a_name_that_is_not_utf8_is_cleaned(tmp_path: Path) -> None:
    file = os.fsdecode(os.fsencode(tmp_path) + b"/bad\xff.bib")
    Path(file).write_bytes(ENTRY)
    (paper,) = read(file, date(2026, 1, 1))
    assert isinstance(paper, Paper)
    assert [source.isprintable() for source in paper.sources] == [True]


def test_a_pipe_without_a_writer_is_rejected(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(streams, "PIPE_WAIT", 0.1)
    os.mkfifo(tmp_path / "pipe")
    (record,) = read(str(tmp_path / "pipe"), date(2026, 1, 1))
    assert isinstance(record, RejectedRecord)
    assert "no program writes" in record.why


def test_a_folder_goes_on_after_a_link_that_cannot_be_followed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "good.bib").write_bytes(ENTRY)
    (tmp_path / "link").symlink_to("/forbidden/file")
    is_file = Path.is_file

    def refuse(path: Path) -> bool:
        if path.name == "link":
            raise PermissionError(13, "Permission denied")
        return is_file(path)

    monkeypatch.setattr(Path, "is_file", refuse)
    records = list(read(str(tmp_path), date(2026, 1, 1)))
    assert [type(record) for record in records] == [Paper, RejectedRecord]


def test_the_bytes_of_a_pdf_behind_leading_text_are_not_converted() -> None:
    data = b"Content-Type: application/pdf\n\n%PDF-1.4\n%\xe2\xe3\xcf\xd3\n" + b"0 0 n\n" * 99
    (opened,) = streams.unpack("a.pdf", io.BytesIO(data), "a.pdf")
    assert isinstance(opened, streams.InputStream)
    assert opened.stream.read() == data


@pytest.mark.parametrize("blank", [" ", "\t", "\n", "\u00a0"])
@pytest.mark.parametrize("parse", [split_authors, strip_email, is_table_rule])
def test_four_times_the_blanks_take_about_four_times_as_long(
    blank: str, parse: Callable[[str], object]
) -> None:
    def seconds(count: int) -> float:
        begun = time.process_time()
        parse(f"{blank * count}a@{blank * count}b")
        return time.process_time() - begun

    # Twenty thousand would take seconds where the time grows with the square.
    short, long = (min(seconds(count) for _ in range(3)) for count in (5_000, 20_000))
    assert long < 10 * short + 0.02

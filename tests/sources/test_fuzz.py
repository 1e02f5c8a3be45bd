"""Damaged and hostile files of every format: no exception, and an end in time.

A byte is flipped, a piece is cut, doubled or put into another file. `SHEAF_EXAMPLES=5000`
tries harder.
"""

from __future__ import annotations

import gzip
import os
import time
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from tests.sources.formats import (
    test_arxiv_text,
    test_bibtex,
    test_csv_table,
    test_feed,
    test_tagged_exports,
    test_xml,
)
from tests.sources.pdf_file import pdf
from tests.sources.reading import TODAY
from tests.sources.sample_files import SAMPLES
from tui.core.paper import Paper
from tui.sources.interface import Notice, RejectedRecord
from tui.sources.reader import FORMATS, read

JSON = b'[{"title": "A $x^2$ <i>b</i> &amp; c", "authors": ["B, C"], "year": 2024}, {"id": "1"}]'
SEEDS = [
    test_bibtex.BIB.encode(), test_tagged_exports.RIS.encode(), test_tagged_exports.ISI.encode(),
    test_tagged_exports.NBIB.encode(), test_tagged_exports.REFER.encode(),
    test_tagged_exports.REFWORKS.encode(),
    test_xml.OAI.encode(), test_xml.PUBMED.encode(), test_xml.ENDNOTE.encode(),
    test_xml.RDF.encode(), test_feed.API.encode(), test_csv_table.ZOTERO.encode(),
    test_arxiv_text.MAIL.encode(), pdf("A Title of Things", [(18, "arXiv:2402.99901")]),
    JSON, gzip.compress(JSON, mtime=0),
    *(SAMPLES[name].content for name in (
        "dblp.xml", "pmc.xml", "tei.xml", "csl.yaml", "hayagriva.yml", "refs.org", "pubmed.txt",
        "obsidian-zotero.md", "logseq.md", "arxiv-listing.txt", "inspire.json", "springer.csv",
    )),
]  # fmt: skip
EXAMPLES = int(os.environ.get("SHEAF_EXAMPLES") or 120)
SLOWEST = 10.0
"""Seconds that one damaged file of a few thousand bytes may take on a busy machine."""


@st.composite
def damaged_seed(draw: st.DrawFn) -> bytes:
    """One of the seeds after a few accidents."""
    data = bytearray(draw(st.sampled_from(SEEDS)))
    for _ in range(draw(st.integers(1, 4))):
        at = draw(st.integers(0, max(0, len(data) - 1)))
        match draw(st.integers(0, 4)):
            case 0:
                data[at : at + 1] = bytes([draw(st.integers(0, 255))])
            case 1:
                del data[at : at + draw(st.integers(1, 200))]
            case 2:
                data[at:at] = data[at : at + draw(st.integers(1, 200))]
            case 3:
                data[at:at] = draw(st.sampled_from(SEEDS))[: draw(st.integers(1, 400))]
            case _:
                data[at:at] = draw(st.sampled_from([b"{", b'"', b"<", b"&", b"\0", b"\\", b"$"]))
    return bytes(data)


@given(data=damaged_seed())
@example(b'<?xml version="1.0" encoding="\0TF-8"?><feed><entry><title>A</title></entry></feed>')
@settings(
    max_examples=EXAMPLES,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
def test_damaged_files_never_raise(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "file"
    path.write_bytes(data)
    begun = time.monotonic()
    records = list(read(str(path), TODAY))
    assert time.monotonic() - begun < SLOWEST
    for record in records:
        assert isinstance(record, Paper | RejectedRecord | Notice)
        if isinstance(record, Paper):
            assert record.title
            assert "\x1b" not in record.title
        elif isinstance(record, RejectedRecord):
            assert "cannot be understood" not in record.why
            assert record.where
            assert record.why


HOSTILE = [
    b"<" * 65536, b"<!--" * 16000, b"<!DOCTYPE [" * 6000, b"<a " * 20000, b"@" * 65536,
    b"@article{" * 7000, b"@article{a, title = {" * 3000, b"TY  - " * 10000, b"TY  - JOUR\n" * 6000,
    b"%A\n" * 20000, b"PMID- 1\n" * 8000, b"AU  - x\n" * 8000, b"A: b\n" * 13000,
    b"\\\\\n" * 20000, b"[" * 65536, b'{"a":' * 13000, b'{"title":"' + b"$" * 60000 + b'"}',
    b'{"title":"' + b"\\\\sqrt{" * 9000 + b'"}', b'{"title":"' + b"<i>" * 20000 + b'"}',
    b'{"authors":"' + b"(" * 60000 + b'","title":"t"}', b",".join([b"title"] * 13000),
    b'title,year\n"' + b"a," * 30000, b"https://arxiv.org/abs/" * 3000, b"[a](" * 16000,
    b"* [" + b"[x" * 30000, b"10.1000/" * 8000, b"<rss><channel><item>" * 3000,
    b"<record>" * 8000, b"<opml><outline " + b'a="' * 20000, b"%PDF-1.4\n" + b"1 0 obj<<" * 7000,
    b"x" + b"\n" * 65000, b"x" + b" " * 65000, b"---\n" * 16000, b"---\ntitle: " + b"[" * 60000,
    b"---\ntitle: a\ndoi: b\n---\n# abstract\n" + b"\n" * 60000, b"title:: [[a\ndoi:: [[" * 3000,
    b"a:\n  type: x\n  title: " + b"{" * 60000, b"a:\n  type: " + b" " * 60000 + b"x",
    b"references:\n" + b"- " * 30000, b"a:\n  title: '" * 5000, b"# a\n" * 16000 + b"references:",
    b"* a\n:PROPERTIES:\n:doi: b\n" * 2500, b"* a\n:PROPERTIES:\n" + b":doi: b\n" * 8000,
    b"[1] arXiv:2501.01234 [pdf]\nTitle: a\n" + b"Fri, 3 Jan 2025 " * 4000,
    b"[1] arXiv:2501.01234\n" * 3000, b"1. A. 2020\n\n" * 5000 + b"PMID: 1\n",
    b"<dblp>" + b"<article>" * 7000, b"<article article-type='a'>" + b"<article-meta>" * 4000,
    b"<TEI>" + b"<biblFull>" * 6000, b"[[a]] " * 10000 + b"https://arxiv.org/abs/2501.01234",
    b"Abc, A. B. C. " * 4000 + b"(2017). Words of words. 10.1000/abc\n",
    b"{Reference Type}: a\n" * 3000, b"{Reference Type}: " + b"{Title}" * 9000,
    b"\\begin{thebibliography}\n" + b"\\bibitem{a}\n" * 4000, b"cff-version: " * 5000,
    b"\\begin{thebibliography}\n\\bibitem{" + b"a, and " * 9000 + b"\\newblock b",
    b"a b. " * 13000, b"a\n\n" * 20000, b"\xff" * 65536, b"\0a" * 32768,
    b'[{"a": 1},' + b"{" * 200_000, b'{"a": 1, ' + b"\\{" * 100_000, b'[' + b'{"items": [' * 20_000,
    b'{"title": "' + b"<math>" * 40_000 + b'"}', b'{"title": "' + b"<!--" * 40_000 + b"<i>a</i>\"}",
    b"\t" * 60_000 + b"\na", b"\n " * 60_000, b"\n@a{" * 50_000,
    b"@a{x, title={y\n" * 30_000, b"@a{x, author={A" + b"\t" * 90_000 + b"}}",
    "@a{{x, title={{y}}, author={{A{}B}}}}".format("\u00a0" * 90_000).encode(),
    b"PK\x03\x04" * 16000,
]  # fmt: skip


@pytest.mark.parametrize("data", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_files_are_read_in_time(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "file"
    path.write_bytes(data)
    begun = time.monotonic()
    records = list(read(str(path), TODAY))
    assert time.monotonic() - begun < SLOWEST
    assert records


@pytest.mark.parametrize("source", FORMATS, ids=lambda source: source.name)
def test_every_format_can_be_forced_on_every_file(tmp_path: Path, source) -> None:  # type: ignore[no-untyped-def]
    for data in SEEDS:
        path = tmp_path / "file"
        path.write_bytes(data)
        for record in read(str(path), TODAY, source.name):
            assert (
                not isinstance(record, RejectedRecord) or "cannot be understood" not in record.why
            )

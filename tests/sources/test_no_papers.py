"""Files without papers: nothing is invented from them, and their format is named."""

from __future__ import annotations

import io
import json
import zipfile
from pathlib import Path

import pytest

from tests.sources.reading import read_text

MODULE = '''from tools.models import Archive, Vessel


def measure(vessel: Vessel) -> Archive:
    """Return an archive of the ice that a vessel has measured on its way. Raises OSError."""
    return Archive(vessel.route, vessel.ice)
'''
METADATA = """Metadata-Version: 2.4
Name: ice-tools
Version: 13.0.88
Summary: Tools for Ice
License: Proprietary
Classifier: Development Status :: 4 - Beta
Classifier: Intended Audience :: Science

This Software Is Licensed To You

You may use the software for as long as you like, on as many machines as you own. You may not
sell it. The licence ends when you no longer agree with it, and then all copies must be deleted.
"""
MANUAL = """The following ``create-lake`` example creates a lake in your account. ::

    water create-lake --name little

This command produces no output.

For more information, see the guide of the water service, which explains every command at length.
"""
TABLE = """# Blocks of the standard
# Date: 2021-03-08, 19:35:55 GMT
0000..007F; Basic Letters
0080..00FF; Letters Supplement
0100..017F; Letters Extended
00DF; 0053 0073; Special Letters
"""
FORTRAN = "      BLOCK DATA MYBLK\n      COMMON DOUBLE PRECISION\n      DATA IVAR EVAR\n"
WRAPPED = (
    "氷の厚さを測定する研究は、1990 年ごろから開始されています。\n"
    "船の開発者は教育用の装置の開発に参加していましたが、\n"
)
PACKAGE = {"name": "ice-tools", "author": "Ann Roe", "description": "Measures ice", "version": "1"}
SCHEMA = {"$schema": "http://json-schema.org/draft-07/schema#", "title": "Ice", "type": "object"}


FILM = {"title": "First Ice", "year": 2001, "genres": ["Drama"], "director": "Ann Roe"}
PROGRAM = {"title": "Ice tools", "version": "1.0", "author": "Ann Roe", "description": "Tools"}
NOTHING = {
    "module": MODULE,
    "metadata": METADATA,
    "manual": MANUAL,
    "table": TABLE,
    "fortran": FORTRAN,
    "wrapped lines": WRAPPED,
    "package": json.dumps(PACKAGE),
    "schema": json.dumps(SCHEMA),
    "film": json.dumps(FILM),
    "program": json.dumps(PROGRAM),
    "films": "Title,Year,Director\nIce,2001,Ann Roe\n",
    "decimals": "2347.20762\n1234.56789\n9999.12345\n",
}


@pytest.mark.parametrize("name", NOTHING)
def test_nothing_is_invented(tmp_path: Path, name: str) -> None:
    papers, rejected = read_text(tmp_path, NOTHING[name])
    assert papers == []
    assert len(rejected) == 1


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"{\\rtf1 On ice}", "RTF, which Sheaf does not read"),
        (b"RIFF\x10\0\0\0WAVEfmt ", "sound or video, which Sheaf does not read"),
        (b"HEADER    HYDROLASE", "a structure of the PDB, which Sheaf does not read"),
        (b"#!/bin/sh\necho On Ice\n", "a script, which Sheaf does not read"),
        (b"<ice:map xmlns:ice='x'><lake/></ice:map>", "unknown format: XML with the root <map>"),
    ],
)
def test_a_format_that_is_not_read_is_named(tmp_path: Path, content: bytes, why: str) -> None:
    assert read_text(tmp_path, content, "a") == ([], [f"a: {why}"])


def test_a_package_is_not_read_as_an_archive_of_papers(tmp_path: Path) -> None:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        archive.writestr("tools/ice.py", MODULE)
        archive.writestr("tools-1.dist-info/METADATA", METADATA)
    papers, rejected = read_text(tmp_path, data.getvalue(), "a")
    assert papers == []
    assert "not an archive of papers" in rejected[0]

"""Files without papers: nothing is invented from them, and their format is named."""

from __future__ import annotations

import io
import json
import zipfile
from pathlib import Path

import pytest

from tests.sources.reading import read_text

MODULE = """def measure(x)

{}

class Vessel:

{}
""".format(
    "Return an archive of the ice that a vessel has measured on its way to the north. " * 3,
    "A vessel that measures ice on its way to the north of the sea and brings it home again. " * 3,
)
SUMMARY = """Name: Ice Tools
Version: 13
Summary: Tools for Ice
Author: Ann Roe
Description: Learning Ice Models
"""
METADATA = """Metadata-Version: 2.4
Name: ice-tools
Version: 13.0.88

Ice Tools

{}
""".format("You may use the software for as long as you like, on as many machines as you own. " * 4)
MANUAL = """Create Lake

This command makes a lake in your account, with the name that you give to it, and says nothing.

Delete Lake

This command removes a lake from your account, with everything in it, and asks before it does.
"""
TABLE = """# Blocks of the standard
# Date: 2021-03-08, 19:35:55 GMT
0000..007F; Basic Letters
0080..00FF; Letters Supplement
0100..017F; Letters Extended
00DF; 0053 0073; Special Letters
"""
LICENCE = "LICENCE OF THE WORKS\nCOPYING AND SHARING\nTERMS AND CONDITIONS\nLIMITS OF WARRANTY\n"
WRAPPED = "氷の厚さを測定する研究: 1990 年ごろから。\n船の開発者: 装置の開発に参加、\n"
PACKAGE = {"name": "ice-tools", "author": "Ann Roe", "description": "Measures ice", "version": "1"}
SCHEMA = {"$schema": "http://json-schema.org/draft-07/schema#", "title": "Ice", "type": "object"}
FILM = {"title": "First Ice", "year": 2001, "genres": ["Drama"], "director": "Ann Roe"}
PROGRAM = {"title": "Ice tools", "version": "1.0", "author": "Ann Roe", "description": "Tools"}
NOTHING = {
    "module": MODULE,
    "summary": SUMMARY,
    "metadata": METADATA,
    "manual": MANUAL,
    "table": TABLE,
    "licence": LICENCE,
    "wrapped lines": WRAPPED,
    "package": json.dumps(PACKAGE),
    "schema": json.dumps(SCHEMA),
    "film": json.dumps(FILM),
    "program": json.dumps(PROGRAM),
    "films": "Title,Year,Director\nIce,2001,Ann Roe\n",
    "films by number": "Title,Year,imdb_id\nIce,2001,tt0000001\nSnow,2002,tt0000002\n",
    "contributors": "- Ann Roe, 2001\n- Bo Bell and Cy Lee, 2002\n",
    "archive of a package": json.dumps(PACKAGE | {"contributors": ["Bo Bell"], "license": "MIT"}),
    "post": "---\ntitle: A Day on Ice\nauthor: Ann Roe\ndate: 2001-01-02\n---\nIt was cold.\n",
    "menu of a site": "- title: About Ice\n  url: /about\n",
    "recipe": json.dumps({"@type": "Recipe", "name": "Ice", "datePublished": "2001-01-01"}),
    "things to do": json.dumps([{"userId": 1, "title": "Buy ice", "completed": False}]),
    "texts of a site": "en:\n  title: Welcome\n  menu: Ice\n",
    "issues": json.dumps([{"title": "It melts", "url": "https://example.org/1", "created_at": ""}]),
    "jobs": "Title,Company,Date,Link\nSailor,Ice Ltd,2001-02-03,https://example.org/1\n",
    "talks": "title,author,date,views\nIce on the Move,Ann Roe,2001,20\n",
    "people": "| Name | Year | Mail |\n|---|---|---|\n| Ann Roe | 2001 | a@example.org |\n",
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

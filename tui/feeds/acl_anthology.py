"""The ACL Anthology: the XML files of its repository, one for each collection.

One request gets the hashes of all files, so that only changed files are fetched.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

import orjson

from tui.feeds.fetch_context import ANTHOLOGY, FetchContext, Page, Pages
from tui.net.errors import NetError

_TREE = "/repos/acl-org/acl-anthology/git/trees/master:data/xml"
_FILES = "/acl-org/acl-anthology/master/data/xml"


async def fetch_collections(context: FetchContext) -> Pages:
    """Yield the changed files of a year, or the file of a collection or volume."""
    response = await context.get(f"{context.network.base('github')}{_TREE}")
    if response.not_modified:
        return
    pattern = _file_pattern(context.query)
    hashes = {
        name: value for name, value in _hashes(response.body).items() if pattern.fullmatch(name)
    }
    if not hashes:
        raise NetError("not-found", f"the Anthology has nothing of {context.query} yet")
    saved = context.status.cursor.get("files")
    seen = dict(saved) if isinstance(saved, dict) else {}
    for name in sorted(hashes):
        if seen.get(name) != hashes[name]:
            page = await _fetch_file(context, name)
            seen[name] = hashes[name]
            yield page.with_cursor({"files": dict(seen)})
    yield Page([]).with_cursor({"files": seen}, response)


async def _fetch_file(context: FetchContext, name: str) -> Page:
    response = await context.get(f"{context.network.base('github_raw')}{_FILES}/{name}")
    page = await context.read_page(response, ANTHOLOGY)
    if "-" not in context.query:
        return page
    volume = f"{context.query}."
    papers = [paper for paper in page.papers if paper.ids.get("acl", "").startswith(volume)]
    return replace(page, papers=papers)


def _file_pattern(query: str) -> re.Pattern[str]:
    """Return a pattern of file names: before 2020 they had a letter and two digits (`P19.xml`)."""
    if re.fullmatch(r"\d{4}", query):
        return re.compile(rf"{query}\.[\w-]+\.xml|[A-Z]{query[2:]}\.xml")
    return re.compile(re.escape(query.partition("-")[0]) + r"\.xml")


def _hashes(body: bytes) -> Mapping[str, str]:
    """Return file name to hash. Raises NetError if the body is not a listing."""
    try:
        entries = orjson.loads(body)["tree"]
        return {str(entry["path"]): str(entry["sha"]) for entry in entries}
    except (ValueError, LookupError, TypeError) as error:
        raise NetError("broken", "GitHub's list of the Anthology cannot be read") from error

"""The ACL Anthology: the XML its site is made from, in its repository, one file a collection.

One question tells the hash of every file, so that only those that have changed are fetched.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

import orjson

from tui.feeds.fetch_context import ANTHOLOGY, FetchContext, Page, Pages
from tui.net.errors import NetError

_TREE = "/repos/acl-org/acl-anthology/git/trees/master:data/xml"
_FILE = "/acl-org/acl-anthology/master/data/xml"


async def fetch_collections(asking: FetchContext) -> Pages:
    """The changed files of a year, or the one of a collection or volume."""
    asked = await asking.ask(f"{asking.network.base('github')}{_TREE}")
    if asked.unchanged:
        return
    there = _files(asked.answer.body)
    wanted = _wanted(asking.rest)
    hashes = {name: value for name, value in there.items() if wanted.fullmatch(name)}
    if not hashes:
        raise NetError("not-found", f"the Anthology has nothing of {asking.rest} yet")
    kept = asking.status.cursor.get("files")
    seen = dict(kept) if isinstance(kept, dict) else {}
    for name in sorted(hashes):
        if seen.get(name) != hashes[name]:
            page = await _collection(asking, name)
            seen[name] = hashes[name]
            yield page.ending({"files": dict(seen)})
    yield Page([]).ending({"files": seen}, asked)


async def _collection(asking: FetchContext, name: str) -> Page:
    asked = await asking.ask(f"{asking.network.base('github_raw')}{_FILE}/{name}")
    page = await asking.read(asked, ANTHOLOGY)
    if "-" not in asking.rest:
        return page
    volume = f"{asking.rest}."
    papers = [paper for paper in page.papers if paper.ids.get("acl", "").startswith(volume)]
    return replace(page, papers=papers)


def _wanted(rest: str) -> re.Pattern[str]:
    """The names of its files: those of a year before 2020 had a letter and two digits."""
    if re.fullmatch(r"\d{4}", rest):
        return re.compile(rf"{rest}\.[\w-]+\.xml|[A-Z]{rest[2:]}\.xml")
    return re.compile(re.escape(rest.partition("-")[0]) + r"\.xml")


def _files(body: bytes) -> Mapping[str, str]:
    """File to hash. NetError if this is no listing."""
    try:
        entries = orjson.loads(body)["tree"]
        return {str(entry["path"]): str(entry["sha"]) for entry in entries}
    except (ValueError, LookupError, TypeError) as error:
        raise NetError("broken", "GitHub's list of the Anthology cannot be read") from error

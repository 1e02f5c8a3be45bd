"""A damaged papers.db: reading goes on, damage is found, and what can be read is rebuilt."""

from __future__ import annotations

import random
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from tests.authors import authors
from tui.catalog.catalog import Catalog, DamagedCatalog
from tui.catalog.damage import damaged_keys, describe_damage, repair
from tui.catalog.duplicates import find_kept_apart
from tui.core.errors import SheafError
from tui.core.listing import Listing
from tui.core.paper import Paper

SEED = 14
FLIPS = 150
PAGE = 4096
PAPERS = [
    Paper(
        f"Paper number {number}",
        authors(f"A. Author{number}", "B. Bee"),
        abstract=f"Of number {number}. " * 20,
        listings=(Listing(f"2026-05-{number % 28 + 1:02}"),),
        ids={"arxiv": f"2301.{number:05}"} if number % 3 else {},
    )
    for number in range(120)
]


@pytest.fixture(scope="module")
def content(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """A catalog of PAPERS."""
    path = tmp_path_factory.mktemp("whole") / "papers.db"
    with closing(Catalog(path, create=True)) as catalog:
        catalog.add(PAPERS)
    return path.read_bytes()


@pytest.fixture
def path(tmp_path: Path, content: bytes) -> Path:
    path = tmp_path / "papers.db"
    path.write_bytes(content)
    return path


def change(path: Path, sql: str) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as db:
        db.execute(sql)


def read_everything(catalog: Catalog) -> list[str]:
    """Call every method that reads; return the titles."""
    rows = catalog.newest()
    titles = [stored.paper.title for stored in catalog.get_many(rows)]
    keys = list(catalog.keys())
    assert all(type(key) is str for key in [*keys, *catalog.keys_of(rows).values()])
    catalog.rows_of(keys)
    for stored in catalog.iterate():
        catalog.get(stored.row)
    for number in (catalog.last_change, catalog.last_row, catalog.last_visited_row, len(catalog)):
        assert type(number) is int
    catalog.removed_rows()
    list(catalog.iterate(1))
    return titles


def flip_bits(content: bytes) -> Iterator[tuple[int, bytes]]:
    """Yield a place and the content with one bit of one byte flipped there."""
    draw = random.Random(SEED)
    for place in draw.sample(range(PAGE), 20) + draw.sample(range(len(content)), FLIPS):
        damaged = bytearray(content)
        damaged[place] ^= 1 << draw.randrange(8)
        yield place, bytes(damaged)


def test_a_flipped_byte_stops_no_reading_and_the_damage_is_found(
    tmp_path: Path, content: bytes
) -> None:
    path = tmp_path / "papers.db"
    whole = sorted(paper.title for paper in PAPERS)
    for place, damaged in flip_bits(content):
        path.write_bytes(damaged)
        try:
            catalog = Catalog(path)
        except DamagedCatalog:
            continue
        except SheafError as error:
            if "newer Sheaf" not in str(error):
                raise
            continue
        with closing(catalog):
            titles = sorted(read_everything(catalog))
            found = describe_damage(catalog) or damaged_keys(catalog)
        missing = len(titles) != len(whole) or any(t.startswith("Damaged") for t in titles)
        assert found or not missing, place
        assert len(set(titles) & set(whole)) > len(PAPERS) * 0.6, place


def test_what_can_be_read_of_a_flipped_file_is_rebuilt(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "papers.db"
    for place, damaged in list(flip_bits(content))[::5]:
        path.write_bytes(damaged)
        try:
            repair(path)
        except SheafError as error:
            if "newer Sheaf" not in str(error):
                raise
            continue
        with closing(Catalog(path)) as catalog:
            assert describe_damage(catalog) == "", place
            catalog.add(PAPERS)
            assert damaged_keys(catalog) == [], place
            titles = {stored.paper.title for stored in catalog.iterate()}
            # Nobody can see that one letter of a title that can be read has changed.
            assert len({paper.title for paper in PAPERS} - titles) <= 1, place


def test_a_repair_keeps_what_is_known_of_papers_kept_apart(path: Path) -> None:
    plums, pears = (Paper(f"On {each}", ids={"doi": "10.1000/bk"}) for each in ("plums", "pears"))
    with closing(Catalog(path)) as catalog:
        catalog.add([plums, pears])
    change(path, "UPDATE papers SET record = x'00' WHERE row = 2")
    repair(path)
    with closing(Catalog(path)) as catalog:
        assert [pair.shared for pair in find_kept_apart(catalog)] == ["doi:10.1000/bk"]


@pytest.mark.parametrize(
    "record", ["x'7b'", "'[]'", '\'{"votes": "many"}\'', "'{\"vatos\": 3}'", "NULL + 1", "''"]
)
def test_a_damaged_record_says_so_and_is_whole_when_added_again(path: Path, record: str) -> None:
    change(path, "PRAGMA writable_schema = ON")
    change(path, f"UPDATE OR IGNORE papers SET record = coalesce({record}, 0) WHERE row = 2")
    with closing(Catalog(path)) as catalog:
        stored = catalog.get(2)
        assert stored is not None
        assert stored.damaged
        assert stored.key == "arxiv:2301.00001"
        assert stored.paper.title == "Damaged record: Paper number 1"
        assert damaged_keys(catalog) == [stored.key]
        assert catalog.add([PAPERS[1]]).updated == 1
        assert [stored.paper for stored in catalog.iterate()] == PAPERS
        assert damaged_keys(catalog) == []


def test_text_that_is_not_utf_8_is_damaged(path: Path) -> None:
    change(path, "UPDATE papers SET title = CAST(x'50ff' AS TEXT) WHERE row = 1")
    with closing(Catalog(path)) as catalog:
        assert len(read_everything(catalog)) == len(PAPERS)
        assert damaged_keys(catalog) == [PAPERS[0].key]
        catalog.add([PAPERS[0]])
        assert [stored.paper for stored in catalog.iterate()] == PAPERS


def test_a_page_of_papers_that_is_lost_leaves_their_keys(path: Path, content: bytes) -> None:
    place = content.index(b"Of number 50. ") // PAGE * PAGE
    path.write_bytes(content[:place] + b"\xff" * PAGE + content[place + PAGE :])
    with closing(Catalog(path)) as catalog:
        assert len(catalog.newest()) == len(PAPERS)
        keys = damaged_keys(catalog)
        assert PAPERS[50].key in keys
        assert len(keys) < 20
        with pytest.raises(SheafError, match=r"malformed.*doctor --repair"):
            catalog.add([PAPERS[50]])
    done = repair(path)
    assert (done.papers, done.damaged) == (len(PAPERS), len(keys))
    assert done.set_aside.read_bytes()[place : place + PAGE] == b"\xff" * PAGE
    with closing(Catalog(path)) as catalog:
        assert damaged_keys(catalog) == keys
        catalog.add(PAPERS)
        assert [stored.paper for stored in catalog.iterate()] == PAPERS
        assert [stored.row for stored in catalog.iterate()] == list(range(1, len(PAPERS) + 1))


def test_a_lost_first_page_costs_no_paper(path: Path, content: bytes) -> None:
    path.write_bytes(b"\0" * PAGE + content[PAGE:])
    with pytest.raises(DamagedCatalog, match="doctor --repair"):
        Catalog(path)
    assert repair(path).damaged == 0
    with closing(Catalog(path)) as catalog:
        assert [stored.paper for stored in catalog.iterate()] == PAPERS


def test_a_repair_waits_until_the_file_is_not_in_use(path: Path) -> None:
    with closing(Catalog(path)) as catalog:
        len(catalog)
        with pytest.raises(SheafError, match="in use"):
            repair(path)
    assert list(path.parent.iterdir()) == [path]


def test_the_last_free_bytes_of_a_disk_are_left_for_marks(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("shutil.disk_usage", lambda _: SimpleNamespace(free=28 << 10))
    with closing(Catalog(path)) as catalog:
        assert [stored.paper for stored in catalog.iterate()] == PAPERS
        assert list(path.parent.iterdir()) == [path]


def test_a_catalog_on_a_full_disk_is_read(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = sqlite3.connect

    def connect(name: str, **options: Any) -> sqlite3.Connection:
        if "immutable" not in name:
            raise sqlite3.OperationalError("disk I/O error")
        return real(name, **options)

    monkeypatch.setattr(sqlite3, "connect", connect)
    monkeypatch.setattr("shutil.disk_usage", lambda _: SimpleNamespace(free=0))
    for create in (False, True):
        with closing(Catalog(path, create=create)) as catalog:
            assert [stored.paper for stored in catalog.iterate()] == PAPERS
            with pytest.raises(SheafError, match=r"disk is full.*freeing space is enough"):
                catalog.add([Paper("Another")])
    catalog = Catalog(path)
    monkeypatch.undo()
    assert catalog.add([Paper("Another")]).added == 1  # there is room again
    catalog.close()
    monkeypatch.setattr(sqlite3, "connect", connect)
    monkeypatch.setattr("shutil.disk_usage", lambda _: SimpleNamespace(free=0))
    path.with_name("papers.db-wal").write_bytes(b"a log that is not in the file")
    with pytest.raises(SheafError, match=r"disk is full.*freeing space is enough"):
        Catalog(path)

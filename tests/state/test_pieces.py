"""A large snapshot parsed in pieces is the same as parsed in one go."""

from __future__ import annotations

import random
from pathlib import Path

import orjson
import pytest

from tui.state import Change, Store, documents, pieces, text


@pytest.fixture(autouse=True)
def small_pieces(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pieces, "_LARGE", 0)
    monkeypatch.setattr(pieces, "_PIECE", 200)


def snapshot() -> bytes:
    tables = {
        table: {f"{table}{n}": {"key": f"{table}{n}", "x": {"\n    },\n": [{}]}} for n in range(30)}
        for table in ("feeds", "papers", "views")
    }
    return b"".join(text.write(text.shape(tables)))


def test_our_own_layout_is_cut(monkeypatch: pytest.MonkeyPatch) -> None:
    calls = []
    whole = orjson.loads(snapshot())
    monkeypatch.setattr(
        pieces.orjson, "loads", lambda raw, real=orjson.loads: calls.append(raw) or real(raw)
    )
    assert pieces.loads(snapshot()) == whole
    assert len(calls) > 20


@pytest.mark.parametrize("indent", [None, orjson.OPT_INDENT_2])
def test_any_other_layout(indent: int | None) -> None:
    for value in (
        orjson.loads(snapshot()),
        [],
        [[{"a": {"b": {}}}] * 50],
        {},
        "x",
        {"a": {"b": [1] * 99}},
    ):
        raw = orjson.dumps(value, option=indent)
        assert pieces.loads(raw) == value
        assert pieces.loads(raw.replace(b"\n", b"\r\n")) == value


def test_damage_is_found_wherever_it_is() -> None:
    raw = snapshot()
    dice = random.Random(1)
    for _ in range(300):
        damaged = bytearray(raw)
        for _ in range(dice.choice((1, 1, 2))):
            damaged[dice.randrange(len(raw))] ^= 1 << dice.randrange(8)
        damaged = damaged[: dice.choice((len(raw), dice.randrange(len(raw))))]
        try:
            expected = orjson.loads(bytes(damaged))
        except orjson.JSONDecodeError:
            with pytest.raises(orjson.JSONDecodeError):
                pieces.loads(bytes(damaged))
        else:
            assert pieces.loads(bytes(damaged)) == expected


def test_a_note_of_many_versions_does_not_grow_for_ever(tmp_path: Path) -> None:
    with Store.open(tmp_path) as store:
        for number in range(80):
            store.apply(Change.of("note", {"a": {"note": f"version {number}"}}))
    (tmp_path / "state.json.d" / "seen-x.json").unlink(missing_ok=True)
    raw = orjson.loads((tmp_path / "state.json").read_bytes())
    (row,) = raw["papers"].values()
    assert len(row["note_past"]) == 64
    # A machine that has not seen the file reads all the archive again, old versions and all.
    with Store.open(tmp_path, host="elsewhere", readonly=True) as store:
        assert store.mark("a").note == "version 79"
        assert len(documents.heads_of(store._core.memory.tables["papers"]["a"])) == 1
        assert store.notices == []

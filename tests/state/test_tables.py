"""Papers that gain a key, and what was done to them under the old one."""

from __future__ import annotations

import itertools
from pathlib import Path

import pytest

from tui.state import Change, Store


def change(key: str, **fields: object) -> Change:
    return Change.of("x", {key: fields})


def test_a_later_rekey_in_the_other_direction_wins(tmp_path: Path) -> None:
    with Store.open(tmp_path) as store:
        store.apply(change("arxiv:1", star=True))
        store.rekey_all({"arxiv:1": "doi:1"})
        assert set(store.keys_where("star")) == {"doi:1"}
        store.rekey_all({"doi:1": "arxiv:1"})
        assert set(store.keys_where("star")) == {"arxiv:1"}
        store.rekey_all({"arxiv:1": "doi:1"})
        assert set(store.keys_where("star")) == {"doi:1"}
    with Store.open(tmp_path) as store:
        assert set(store.keys_where("star")) == {"doi:1"}
        assert store.mark("arxiv:1").star


@pytest.mark.parametrize("order", list(itertools.permutations(range(4))))
def test_rekeys_give_the_same_result_in_any_order(tmp_path: Path, order: tuple[int, ...]) -> None:
    """Every instance makes its change unaware of the others; their journals are read in `order`."""
    stores = [Store.open(tmp_path / "home") for _ in range(4)]
    for store, key, goal in zip(stores, "abca", "bcab", strict=True):
        store.apply(change(key, tags_add=[key]))
        store.rekey_all({key: goal})
        store.replica.journal.close()
    folder = tmp_path / "home" / "state.json.d"
    names = [next(iter(store.replica.journal.names)) for store in stores]
    for number, place in enumerate(order):
        (folder / names[place]).rename(folder / f"j-x-1-{number}.jsonl")
    with Store.open(tmp_path / "home") as store:
        assert {key: mark.tags for key, mark in store.marks()} == {"b": ("a", "b", "c")}
        assert store.mark("a") == store.mark("b") == store.mark("c")


def test_undo_of_steps_on_either_side_of_a_new_key(tmp_path: Path) -> None:
    with Store.open(tmp_path) as store:
        store.apply(change("hash:1", rating=1))
        store.rekey_all({"hash:1": "arxiv:1"})
        store.apply(change("arxiv:1", rating=2))
        for go, rating in ((store.undo, 1), (store.undo, 0), (store.redo, 1), (store.redo, 2)):
            step = go()
            assert step is not None
            assert step.skipped == ()
            assert store.mark("arxiv:1").rating == rating


def test_two_notes_of_one_change_are_both_kept_when_their_papers_become_one(tmp_path: Path) -> None:
    with Store.open(tmp_path) as store:
        notes = {"hash:1": {"note": "from here"}, "arxiv:1": {"note": "from there"}}
        store.apply(Change.of("import", notes))
        store.rekey_all({"hash:1": "arxiv:1"})
        for text in ("from here", "from there"):
            assert text in store.mark("arxiv:1").note
    with Store.open(tmp_path) as store:
        for text in ("from here", "from there"):
            assert store.mark("arxiv:1").note.count(text) == 1


def test_a_file_from_before_two_papers_became_one_is_not_an_edit(tmp_path: Path) -> None:
    with Store.open(tmp_path, host="two") as store:
        store.apply(Change.of("rate", {"hash:1": {"rating": 3}, "arxiv:1": {"rating": 1}}))
        assert store.checkpoint()
        old = (tmp_path / "state.json").read_bytes()
        store.rekey_all({"hash:1": "arxiv:1"})
        assert store.mark("arxiv:1").rating == 3
        assert store.checkpoint()
        (tmp_path / "state.json").write_bytes(old)
        with Store.open(tmp_path) as other:
            assert other.mark("arxiv:1").rating == 3
            assert other.notices == []

"""Power loss after every single call: what was acknowledged is there, nothing is unreadable."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.faults.power_loss import WAYS, Disk, Recorder
from tui.state import Change, Store, replica
from tui.state.maintenance import forget


def record(home: Path, recorder: Recorder) -> set[str]:
    """Run several sessions; return all keys ever changed."""
    keys: set[str] = set()

    def star(store: Store, *some: str) -> None:
        keys.update(some)
        store.apply(Change.of("star", {key: {"star": True, "note": key} for key in some}))
        for key in some:
            recorder.acknowledge(key)

    with Store.open(home) as store:
        star(store, "a")
        star(store, "b", "c")
    crashed = Store.open(home)
    star(crashed, "d")
    crashed.replica.journal.close()
    with Store.open(home) as store, Store.open(home) as other:
        star(other, "e")
        star(store, "f")
        assert store.checkpoint()
        star(store, "g")
        other.poll()
        assert other.checkpoint()
        star(other, "h")
        done: list[object] = []
        store.submit(Change.of("x", {"i": {"star": True}}), lambda *_: done.append(1))
        store.flush()
        recorder.acknowledge("i")
        forget(store, "zero")
    return keys | {"i"}


@pytest.mark.parametrize("way", WAYS)
def test_power_loss_at_every_call(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, way: str
) -> None:
    monkeypatch.setattr(replica, "REREAD_SECONDS", 0.0)
    home, ruin = tmp_path / "home", tmp_path / "ruin"
    home.mkdir()
    recorder = Recorder()
    with monkeypatch.context() as patch:
        recorder.install(patch)
        keys = record(home, recorder)
    assert len(recorder.calls) > 80
    disk, acknowledged = Disk(), set()
    for place, call in enumerate(recorder.calls):
        disk.do(call)
        if call[0] == "acknowledged":
            acknowledged.add(call[1])
        disk.leave(way, home, ruin)
        with Store.open(ruin, readonly=True) as store:
            starred = set(store.keys_where("star"))
            assert acknowledged <= starred <= keys, (place, call)
            assert all(store.mark(key).note in (key, "") for key in starred)
            assert not store.notices, (place, call, store.notices)
        if place % 4 == 0:
            # And the program goes on from there.
            with Store.open(ruin) as store:
                store.apply(Change.of("star", {"after": {"star": True}}))
            with Store.open(ruin, readonly=True) as store:
                assert acknowledged | {"after"} <= set(store.keys_where("star"))


def test_without_the_folder_sync_the_model_would_notice(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The model is worth something only if it catches a missing sync."""
    home, ruin = tmp_path / "home", tmp_path / "ruin"
    home.mkdir()
    recorder = Recorder()
    with monkeypatch.context() as patch:
        recorder.install(patch)
        record(home, recorder)
    disk, acknowledged, lost = Disk(), set(), 0
    for call in recorder.calls:
        if call[0] != "sync_folder":
            disk.do(call)
        if call[0] == "acknowledged":
            acknowledged.add(call[1])
        disk.leave("synced", home, ruin)
        with Store.open(ruin, readonly=True) as store:
            lost += not acknowledged <= set(store.keys_where("star"))
    assert lost

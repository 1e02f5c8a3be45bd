"""Where the panes are, by the size of the terminal and the config."""

from __future__ import annotations

import pytest

from tui.ui.pane_layout import clamp_share, layout_classes, pane_widths


@pytest.mark.parametrize(
    ("size", "layout", "classes"),
    [
        ((120, 40), "auto", set()),
        ((80, 24), "auto", {"-stacked"}),
        ((80, 18), "auto", {"-stacked", "-list-only"}),
        ((200, 60), "auto", {"-wide"}),
        ((50, 40), "auto", {"-stacked", "-too-small"}),
        ((120, 40), "stacked", {"-stacked"}),
        ((80, 24), "side", set()),
        ((120, 40), "list", {"-list-only"}),
    ],
)
def test_the_size_and_the_config_decide(
    size: tuple[int, int], layout: str, classes: set[str]
) -> None:
    wanted = layout_classes(*size, layout)
    assert {name for name, is_set in wanted.items() if is_set} == classes


def test_the_third_pane_takes_its_room_from_the_list() -> None:
    assert pane_widths(64, wide=False) == ("64fr", "36fr")
    assert pane_widths(64, wide=True) == ("50fr", "50fr")


def test_the_list_stays_readable() -> None:
    assert [clamp_share(share) for share in (0, 50, 100)] == [35, 50, 80]

"""The table of identifier schemes."""

from __future__ import annotations

import pytest

from tui.core.listing import Listing
from tui.core.paper import Paper
from tui.core.schemes import SCHEMES, arxiv_month, page_url


@pytest.mark.parametrize(
    ("name", "month"),
    [
        ("2402.18668", "2024-02"),
        ("0704.0001", "2007-04"),
        ("hep-th/9108001", "1991-08"),
        ("math/0309136", "2003-09"),
        ("cs/9913001", ""),
        ("", ""),
    ],
)
def test_the_month_is_read_from_an_arxiv_id(name: str, month: str) -> None:
    assert arxiv_month(name) == month
    paper = Paper("T", ids={"arxiv": name}, listings=(Listing("2026-05-07"),))
    assert paper.date == (month or "2026-05-07")


@pytest.mark.parametrize("scheme", SCHEMES)
def test_a_scheme_leads_to_the_page_of_a_paper(scheme: str) -> None:
    assert page_url(scheme, "X").startswith("https://")
    assert "X" in page_url(scheme, "X")

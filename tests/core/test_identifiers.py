"""Identifiers: all their spellings give one."""

from __future__ import annotations

import pytest

from tui.core import identifiers as ids


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2402.18668", {"arxiv": "2402.18668"}),
        ("2402.18668v3", {"arxiv": "2402.18668"}),
        ("arXiv:2402.18668v2", {"arxiv": "2402.18668"}),
        ("0709.0827", {"arxiv": "0709.0827"}),
        ("math/0309136", {"arxiv": "math/0309136"}),
        ("math.GT/0309136v1", {"arxiv": "math/0309136"}),
        ("hep-th/9901001", {"arxiv": "hep-th/9901001"}),
        ("10.1088/0953-4075/43/20/205309", {"doi": "10.1088/0953-4075/43/20/205309"}),
        ("doi:10.1000/ABC.", {"doi": "10.1000/abc"}),
        ("10.1061/(ASCE)10(2008)134:9(64)", {"doi": "10.1061/(asce)10(2008)134:9(64)"}),
        ("10.1000/abc(2).", {"doi": "10.1000/abc(2)"}),
        ("10.1000/abc).", {"doi": "10.1000/abc"}),
        ("10.1000/ab\ufffdc", {}),
        ("http://a.org/b?sid=X&id=doi:10.1000%2Fab(1)&title=y", {"doi": "10.1000/ab(1)"}),
        ("https://doi.org/10.1000/ab?nosfx=y#top", {"doi": "10.1000/ab"}),
        ("https://doi.org/10.48550/arXiv.2402.18668", {"arxiv": "2402.18668"}),
        ("2024.acl-long.570", {"acl": "2024.acl-long.570"}),
        ("P19-1001", {"acl": "P19-1001"}),
        ("https://arxiv.org/abs/2402.18668v1", {"arxiv": "2402.18668"}),
        ("https://huggingface.co/papers/2402.18668", {"arxiv": "2402.18668"}),
        ("https://aclanthology.org/1957.earlymt-1.24", {"acl": "1957.earlymt-1.24"}),
        ("https://openreview.net/forum?id=aBc_1-x", {"openreview": "aBc_1-x"}),
        ("site_e862832fc6", {}),
        ("12345", {}),
        ("https://example.org/2402.18668", {}),
        ("", {}),
    ],
)
def test_an_identifier_is_found_in_what_people_type(text: str, expected: dict[str, str]) -> None:
    assert ids.from_text(text) == expected

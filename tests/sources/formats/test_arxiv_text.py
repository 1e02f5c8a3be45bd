"""arXiv's announcement mails and copied listings."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.sources.reading import read_text
from tests.sources.sample_files import SAMPLES

MAIL = r"""From: no-reply@arxiv.org
Subject: cs daily Subj-class mailing
To: rabble@arxiv.org

------------------------------------------------------------------------------
------------------------------------------------------------------------------
Submissions to:
Computation and Language
------------------------------------------------------------------------------
\\
arXiv:2402.99901
Date: Wed, 28 Feb 2024 10:00:00 GMT   (10kb)

Title: A Work on $n\log n$
  things
Authors: Ada Lindqvist, Tomás Reyes (Things University)
Categories: cs.CL cs.AI
Comments: 4 pages
Journal-ref: Journal of Things
DOI: 10.5555/abc
\\
  We work.
Well.
\\ ( https://arxiv.org/abs/2402.99901 ,  10kb)
------------------------------------------------------------------------------
%%--%%--%%--%%--%%--%%--%%--%%--%%--%%--%%--%%--%%--%%--%%--%%--%%--%%--%%--%%
\\
arXiv:2401.99902
replaced with revised version Wed, 28 Feb 2024 11:00:00 GMT   (20kb)

Title: Another
Authors: Wei Li
Categories: cs.CL
\\ ( https://arxiv.org/abs/2401.99902 ,  20kb)
------------------------------------------------------------------------------
"""


@pytest.mark.parametrize("ends", ["\n", "\r\n"])
def test_an_announcement_mail_is_read(tmp_path: Path, ends: str) -> None:
    (first, second), rejected = read_text(tmp_path, MAIL.replace("\n", ends))
    assert rejected == []
    assert first.title == "A Work on n log n things"
    assert first.author_names == ("Ada Lindqvist", "Tomás Reyes")
    assert first.abstract == "We work. Well."
    assert first.published == "2024-02-28"
    assert first.ids == {"arxiv": "2402.99901", "doi": "10.5555/abc"}
    assert first.categories == ("cs.CL", "cs.AI")
    assert (first.venue, first.comment) == ("Journal of Things", "4 pages")
    assert (second.title, second.ids, second.abstract) == (
        "Another", {"arxiv": "2401.99902"}, "",
    )  # fmt: skip


def test_the_day_above_an_entry_is_when_it_was_listed(tmp_path: Path) -> None:
    papers, _ = read_text(tmp_path, SAMPLES["arxiv-listing.txt"].content)
    assert {paper.listed for paper in papers} == {"2025-01-03"}
    assert papers[0].categories == ("cs.CL", "cs.AI")
    assert papers[0].comment == "12 pages"
    assert papers[1].venue == "Some Journal 2025"

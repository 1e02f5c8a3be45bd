"""The bibliography that a run of LaTeX leaves."""

from __future__ import annotations

from pathlib import Path

from tests.sources.reading import read_text

BBL = r"""\begin{thebibliography}{2}
\bibitem[Lindqvist \& Reyes(2024)]{lindqvist2024}
Ada Lindqvist, Tom{\'a}s Reyes, and Wei Li.
\newblock A work on {T}hings.
\newblock In \emph{Proceedings of Things}, pages 1--2, 2024.
\newblock \doi{10.5555/abc}.

\bibitem{other}
A. Other, A Work of Another Style, Things \textbf{2} (2020). arXiv:2402.99901
\end{thebibliography}
"""


def test_the_blocks_of_an_item_are_authors_title_and_venue(tmp_path: Path) -> None:
    (paper,), rejected = read_text(tmp_path, BBL, "a.bbl")
    assert paper.title == "A work on Things"
    assert paper.authors == ("Ada Lindqvist", "Tomás Reyes", "Wei Li")
    assert (paper.venue, paper.published) == ("Proceedings of Things", "2024")
    assert paper.ids == {"doi": "10.5555/abc"}
    assert rejected == [r"a.bbl:8: without \newblock its title cannot be found"]

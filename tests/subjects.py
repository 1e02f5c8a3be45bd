"""Papers on a few subjects, for tests of groups."""

from __future__ import annotations

from tui.core.paper import Paper

_SUBJECTS = {
    "wheat": "Wheat in dry fields/Barley after wheat/Sowing wheat late/Rust on wheat leaves",
    "lenses": "Glass lenses bend light/Lenses of cold glass/Two lenses for one eye",
    "BERT": "What BERT reads/Pruning BERT/BERT and its layers",
}
_ABSTRACTS = {
    "wheat": "Barley and wheat grow slowly where the soil is dry.",
    "lenses": "Light is bent by glass in telescopes.",
    "BERT": "Tokens are masked before layers attend to them.",
}


def papers_on_subjects() -> list[Paper]:
    """Four papers on wheat, three on lenses, three on BERT and one on nothing, newest first."""
    papers = [
        Paper(title, abstract=_ABSTRACTS[subject])
        for subject, titles in _SUBJECTS.items()
        for title in titles.split("/")
    ]
    papers.append(Paper("Untitled", abstract="Nothing else."))
    return [paper._replace(published=f"2024-01-{28 - day:02}") for day, paper in enumerate(papers)]

"""Decide whether two records are the same paper, and merge them into one.

Three places make that decision. `tui.catalog.batch` joins what it adds with a record that has one
of its identifiers or, after `same_work`, the same normalized title. `tui.services.title_match`
compares a paper with those that a service found by its title: it also forgives typing errors in the
title and, because the wrong paper would bring wrong identifiers, demands more of short titles.
`tui.catalog.duplicates` lists pairs whose titles are only similar, for a person to decide.
"""

from __future__ import annotations

from collections.abc import Mapping

from tui.core.paper import Paper
from tui.core.schemes import SCHEMES
from tui.core.text import normalize

WITHDRAWAL_NOTICES = ("Withdrawn", "Retracted")
"""How a comment begins if the authors or the journal have withdrawn the paper."""


def same_work(a: Paper, b: Paper) -> bool:
    """Return whether two records with the same normalized title are one paper.

    They are, if no identifiers of one scheme differ, the authors overlap (or one record has none)
    and the years are at most three apart (or one is unknown). Two records without authors must
    also have the same venue where both have one: every volume of proceedings has a "Preface".

    Of 100,000 papers, 145 pairs of one title share authors and differ in no identifier: 139 are at
    most a year apart; the six at two and three years are a preprint and its later publication.
    """
    if any(s in a.ids and s in b.ids and a.ids[s] != b.ids[s] for s in SCHEMES):
        return False
    if a.authors and b.authors:
        if not {x.surname for x in a.authors} & {x.surname for x in b.authors}:
            return False
    elif not a.authors and not b.authors and a.venue and b.venue and a.venue != b.venue:
        return False
    years = [paper.published[:4] for paper in (a, b) if paper.published[:4].isdigit()]
    return len(years) < 2 or abs(int(years[0]) - int(years[1])) <= 3


def merge_papers(old: Paper, new: Paper) -> Paper:
    """Return one record of two: the fuller value of each field, else the older one.

    A title that is shortened, damaged or in capitals gives way to one that is not. A published
    abstract always replaces a summary of the sample library.
    """
    abstract, abstract_source = _abstract(old, new)
    title = _title(old.title, new.title)
    authors_of = max(old, new, key=_fullness)
    return Paper(
        title=title,
        authors=authors_of.authors,
        abstract=abstract,
        published=_longer(old.published, new.published),
        listed=old.listed or new.listed,
        venue=old.venue if old.venue and old.venue != "arXiv" else new.venue or old.venue,
        categories=_union_of_tuples(old.categories, new.categories),
        ids=_union_of_maps(old.ids, new.ids),
        links=_union_of_maps(old.links, new.links),
        sources=_union_of_tuples(old.sources, new.sources),
        abstract_source=abstract_source,
        comment=_comment(old.comment, new.comment),
        votes=max(old.votes, new.votes),
        counts={
            name: max(old.counts.get(name, 0), new.counts.get(name, 0))
            for name in (*old.counts, *(each for each in new.counts if each not in old.counts))
        },
        tex=_tex(old, new, title, abstract),
        more_authors=authors_of.more_authors,
    )


def _title(old: str, new: str) -> str:
    """Return the older title, unless the newer one has what the older one lacks."""
    if _is_shortened(old) and not _is_shortened(new) and normalize(new).startswith(normalize(old)):
        return new
    if normalize(old) == normalize(new) and _is_shouted(old) and not _is_shouted(new):
        return new
    return new if "\ufffd" in old and "\ufffd" not in new else old


def _is_shortened(title: str) -> bool:
    return title.endswith(("…", "..."))


def _is_shouted(title: str) -> bool:
    """Return whether a title of several words is all capitals or all small letters."""
    return title.count(" ") > 1 and (title.isupper() or title.islower())


def _fullness(paper: Paper) -> tuple[int, bool, int, int]:
    """Return how much is known of the authors: `Ada Lindqvist` beats `A. Lindqvist`.

    That is their number, whether they are all, their letters, and who is an institution.
    """
    letters = sum(map(str.isalpha, "".join(paper.author_names)))
    institutions = sum(author.is_literal for author in paper.authors)
    return len(paper.authors), not paper.more_authors, letters, institutions


def _tex(old: Paper, new: Paper, title: str, abstract: str) -> dict[str, str]:
    """Return the LaTeX of the chosen title and abstract."""
    tex = {}
    source = next(
        (each for each in (old, new) if each.title == title and "title" in each.tex), None
    )
    if source:
        tex["title"] = source.tex["title"]
    of = old if abstract == old.abstract and "abstract" in old.tex else new
    if abstract and abstract == of.abstract and "abstract" in of.tex:
        tex["abstract"] = of.tex["abstract"]
    return tex


def _comment(old: str, new: str) -> str:
    """Return the older comment, unless only the newer one is a notice of withdrawal."""
    if new.startswith(WITHDRAWAL_NOTICES) and not old.startswith(WITHDRAWAL_NOTICES):
        return new
    return old or new


def _abstract(old: Paper, new: Paper) -> tuple[str, str]:
    if bool(old.abstract_source) != bool(new.abstract_source) and old.abstract and new.abstract:
        real = new if old.abstract_source else old
        return real.abstract, real.abstract_source
    longer = new if len(new.abstract) > len(old.abstract) else old
    return longer.abstract, longer.abstract_source


def _longer(old: str, new: str) -> str:
    return new if len(new) > len(old) else old


def _union_of_tuples(old: tuple[str, ...], new: tuple[str, ...]) -> tuple[str, ...]:
    return old + tuple(x for x in new if x not in old)


def _union_of_maps(old: Mapping[str, str], new: Mapping[str, str]) -> dict[str, str]:
    return dict(new) | dict(old)

"""Merge two records of one work into one; `tui.core.identity` decides whether they are one."""

from __future__ import annotations

from collections.abc import Mapping

from tui.core.identity import fold_title, has_doubtful_title, is_cut_title, is_preprint_doi
from tui.core.listing import merge_listings
from tui.core.paper import HISTORY_DAYS, Paper
from tui.core.text import normalize

WITHDRAWAL_NOTICES = ("Withdrawn", "Retracted")
"""How a comment begins if the authors or the journal have withdrawn the paper."""


def merge_papers(old: Paper, new: Paper) -> Paper:
    """Return one record of two: the fuller value of each field, else the older one.

    A title that is shortened, damaged, in capitals or from a record without anything else gives way
    to one that is not. A published abstract always replaces a summary of the sample library, and
    the DOI of the publication that of the preprint.
    """
    abstract, abstract_source = _abstract(old, new)
    title = _title(old, new)
    authors_of = max(old, new, key=_fullness)
    return Paper(
        title=title,
        authors=authors_of.authors,
        abstract=abstract,
        published=_longer(old.published, new.published),
        listings=merge_listings(old.listings, new.listings),
        venue=old.venue if old.venue and old.venue != "arXiv" else new.venue or old.venue,
        categories=_union_of_tuples(old.categories, new.categories),
        ids=_ids(old.ids, new.ids),
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
        votes_on=_votes_on(old.votes_on, new.votes_on),
        more_authors=authors_of.more_authors,
    )


def _title(old_paper: Paper, new_paper: Paper) -> str:
    """Return the older title, unless the newer one has what the older one lacks."""
    old, new = old_paper.title, new_paper.title
    if _is_shortened(old) and not _is_shortened(new) and normalize(new).startswith(normalize(old)):
        return new
    if is_cut_title(old, new):
        return new
    if fold_title(old) == fold_title(new):
        is_clearer = _is_shouted(old) and not _is_shouted(new)
    else:
        is_clearer = (
            has_doubtful_title(old_paper)
            and not has_doubtful_title(new_paper)
            and not is_cut_title(new, old)
        )
    return new if is_clearer or ("\ufffd" in old and "\ufffd" not in new) else old


def _is_shortened(title: str) -> bool:
    return title.endswith(("…", "..."))


def _is_shouted(title: str) -> bool:
    """Return whether a title of several words is all capitals or all small letters."""
    return title.count(" ") > 1 and (title.isupper() or title.islower())


def _ids(old: Mapping[str, str], new: Mapping[str, str]) -> dict[str, str]:
    """Return the identifiers of both: the older of a scheme, but the DOI of the publication."""
    ids = _union_of_maps(old, new)
    if "doi" in new and is_preprint_doi(ids["doi"]) and not is_preprint_doi(new["doi"]):
        ids["doi"] = new["doi"]
    return ids


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


def _votes_on(old: Mapping[str, int], new: Mapping[str, int]) -> dict[str, int]:
    """Return the votes on the latest days of both."""
    both = {**old, **new}
    return {day: both[day] for day in sorted(both)[-HISTORY_DAYS:]}


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

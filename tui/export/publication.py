"""The kind of publication by the venue: article, conference paper or preprint; and its URL."""

from __future__ import annotations

import re
from typing import Literal

from tui.core import identifiers as ids
from tui.core.paper import Paper
from tui.core.schemes import page_url

PublicationType = Literal["article", "inproceedings", "misc"]

# `arXiv preprint arXiv:1706.03762`, `CoRR abs/1706.03762`: up to 30 characters of detail.
_PREPRINT = re.compile(
    r"(?:arxiv|corr|biorxiv|medrxiv|chemrxiv|ssrn|openreview|preprints?|hugging ?face)\b.{0,30}",
    re.IGNORECASE,
)
# Journals whose names look like those of conferences: `Proceedings of the IEEE`, PNAS, PVLDB.
_JOURNAL = re.compile(
    r"\bjournal\b|\btransactions\b|\bletters\b|\bnational academy\b|\bnatl\.? acad|\bvldb endow"
    r"|\bproc(?:eedings|\.) (?:of )?(?:the )?(?:ieee$|royal|r\. soc|lond)"
    r"|^computational linguistics|\bproceedings of the acm on\b",
    re.IGNORECASE,
)
_CONFERENCE = re.compile(
    r"\b(?:proceedings|proc\.?|conference|conf\.?|workshops?|symposium|congress|colloquium|findings"
    r"|meeting of the|lecture notes in computer science"
    r"|acl|naacl|eacl|aacl|emnlp|conll|coling|lrec|tac|semeval|neurips|nips|icml|iclr|aistats|uai"
    r"|colt|cvpr|iccv|eccv|wacv|bmvc|miccai|aaai|ijcai|kdd|sigir|cikm|wsdm|recsys|www|chi|icra"
    r"|iros|corl|interspeech|icassp|siggraph|sosp|osdi|nsdi|usenix|stoc|focs|soda|colm)\b",
    re.IGNORECASE,
)


def publication_type(paper: Paper) -> PublicationType:
    """Return the BibTeX entry type of a paper: `misc` for preprints and papers without a venue."""
    venue = paper.venue
    if not venue or _PREPRINT.fullmatch(venue):
        return "inproceedings" if venue and "acl" in paper.ids else "misc"
    if _JOURNAL.search(venue):
        return "article"
    return "inproceedings" if "acl" in paper.ids or _CONFERENCE.search(venue) else "article"


def published_venue(paper: Paper) -> str:
    """Return the venue, or an empty string if it only says that the paper is a preprint."""
    return "" if publication_type(paper) == "misc" else paper.venue


def paper_url(paper: Paper) -> str:
    """Return the URL to write beside the identifiers.

    The formats have no field for ids of the ACL Anthology and of OpenReview, so a URL that holds
    such an id comes before the link of the paper.
    """
    url = paper.all_links.get("abs", "")
    in_url = ids.from_url(url)
    for scheme in ("acl", "openreview"):
        is_needed = scheme in paper.ids and scheme not in in_url
        if is_needed and (scheme == "acl" or len(paper.ids) == 1):
            return page_url(scheme, paper.ids[scheme])
    return url


def links_with_ids(paper: Paper) -> dict[str, str]:
    """Return all links, and `doi` and `pubmed` unless the link `abs` shows this identifier."""
    links = paper.all_links
    shown = ids.from_url(links.get("abs", ""))
    for name, scheme in (("doi", "doi"), ("pubmed", "pmid")):
        identifier = paper.ids.get(scheme)
        if identifier and identifier != shown.get(scheme):
            links[name] = page_url(scheme, identifier)
    return links

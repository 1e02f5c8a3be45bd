"""What a paper is, by where it appeared: article, conference paper, preprint; and its page."""

from __future__ import annotations

import re
from typing import Literal

from tui.core import identifiers as ids
from tui.core.paper import Paper

PublicationType = Literal["article", "inproceedings", "misc"]

_PREPRINT = re.compile(
    r"(?:arxiv|corr|biorxiv|medrxiv|chemrxiv|ssrn|openreview|preprints?|hugging ?face)\b.{0,30}",
    re.IGNORECASE,
)
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
    """The kind of a paper: `misc` for a preprint and for what has no venue."""
    venue = paper.venue
    if not venue or _PREPRINT.fullmatch(venue):
        return "inproceedings" if venue and "acl" in paper.ids else "misc"
    if _JOURNAL.search(venue):
        return "article"
    return "inproceedings" if "acl" in paper.ids or _CONFERENCE.search(venue) else "article"


def paper_url(paper: Paper) -> str:
    """The URL to write beside its identifiers: one that tells what has no field of its own."""
    url = paper.all_links.get("abs", "")
    told = ids.from_url(url)
    if "acl" in paper.ids and "acl" not in told:
        return ids.page_url("acl", paper.ids["acl"])
    if "openreview" in paper.ids and "openreview" not in told and len(paper.ids) == 1:
        return ids.page_url("openreview", paper.ids["openreview"])
    return url


def published_venue(paper: Paper) -> str:
    """The venue where it says more than that the paper is a preprint; else empty."""
    return "" if publication_type(paper) == "misc" else paper.venue

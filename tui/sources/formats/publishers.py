"""Addresses of papers that have no identifier in them: the publisher alone shows what they are."""

from __future__ import annotations

import re

_PAGES = re.compile(
    r"https?://(?:www\.)?(?:(?:dl\.acm\.org|onlinelibrary\.wiley\.com|pubs\.acs\.org|science\.org"
    r"|pnas\.org|tandfonline\.com|journals\.sagepub\.com|academic\.oup\.com|link\.springer\.com"
    r"|nature\.com/articles|sciencedirect\.com/science/article|ieeexplore\.ieee\.org"
    r"|iopscience\.iop\.org|journals\.aps\.org|link\.aps\.org|proceedings\.mlr\.press"
    r"|jmlr\.org/papers|papers\.nips\.cc|openaccess\.thecvf\.com|biorxiv\.org/content"
    r"|medrxiv\.org/content|chemrxiv\.org|plos\w*\.org|mdpi\.com|frontiersin\.org|cell\.com"
    r"|linkinghub\.elsevier\.com|royalsocietypublishing\.org|jstor\.org|semanticscholar\.org/paper"
    r"|papers\.ssrn\.com|eprint\.iacr\.org|openreview\.net|pubmed\.ncbi\.nlm\.nih\.gov"
    r"|rss\.sciencedirect\.com|aip\.scitation\.org|pubs\.aip\.org|opg\.optica\.org"
    r"|pubs\.rsc\.org|journals\.plos\.org|elifesciences\.org|jamanetwork\.com|thelancet\.com"
    r"|nejm\.org|bmj\.com|ojs\.aaai\.org|ijcai\.org|drops\.dagstuhl\.de)[/?])",
    re.IGNORECASE,
)  # fmt: skip


def is_paper_page(url: str) -> bool:
    """Whether this is the address of a page at a publisher of papers."""
    return _PAGES.match(url) is not None

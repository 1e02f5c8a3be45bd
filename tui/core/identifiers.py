"""Find the identifiers of papers in text, DOIs and URLs.

Each identifier has one spelling here: arXiv ids without version and subject class, DOIs in lower
case, PMIDs without leading zeros.
"""

from __future__ import annotations

import re
from urllib.parse import unquote

# Ids since April 2007 (1706.03762) and before (hep-th/9108001, math.GT/0309136).
# Months are 01 to 12: `2038.52567` is a decimal number.
_ARXIV_NEW = r"\d\d(?:0[1-9]|1[0-2])\.\d{4,5}"
_ARXIV_OLD = r"[a-z][a-z-]+(?:\.[A-Z]{2})?/\d{7}"
_ARXIV = re.compile(rf"(?:arxiv:\s*)?({_ARXIV_NEW}|{_ARXIV_OLD})(v\d+)?", re.IGNORECASE)
_ARXIV_URL = re.compile(
    rf"(?:arxiv\.org/(?:abs|pdf|html|format|src|e-print)|huggingface\.co/papers|alphaxiv\.org/abs)/"
    rf"({_ARXIV_NEW}|{_ARXIV_OLD})",
    re.IGNORECASE,
)
_PLAIN_ARXIV_URL = re.compile(rf"https?://arxiv\.org/(?:abs|pdf)/({_ARXIV_NEW})")
"""Most URLs of arXiv, for which the search for any of them can be left out."""
# Google Scholar and DBLP write the id where others write the venue.
_ARXIV_VENUE = re.compile(
    rf"(?:\barxiv(?:\.org)?\s*[:/]?\s*(?:e-?prints?\s*)?|\bCoRR,?\s+)(?:abs/)?"
    rf"({_ARXIV_NEW}|{_ARXIV_OLD})(?!\d)",
    re.IGNORECASE,
)
# arXiv registers a DOI for every paper since 2022; the id in it is the better identifier.
_ARXIV_DOI = re.compile(rf"10\.48550/arxiv\.({_ARXIV_NEW}|{_ARXIV_OLD})(v\d+)?", re.IGNORECASE)
_DOI = re.compile(r"(10\.\d{4,9}/\S+)")
DOI_IN_TEXT = (
    r"10\.\d{4,9}/(?:[^\s<>()\[\]{}\"|]{1,200}|\([^\s<>()\"|]{0,100}\)"
    r"|\[\d[^\s\[\]]{0,80}\]|<\d[^\s<>]{0,80}>(?=\d))+"
)
"""A DOI among other words. Old ones have brackets: `10.1002/(sici)1097(1998)1:2<3::aid>3.0.co;2`;
others belong to the text."""
# Ids of the ACL Anthology until 2019 (P19-1001) and since (2020.acl-main.1).
_ACL = re.compile(r"[A-Z]\d{2}-\d{4,5}|\d{4}\.[a-z0-9_]+-[a-z0-9_]+\.\d+")
_ACL_URL = re.compile(rf"(?:aclanthology\.org|aclweb\.org/anthology)/({_ACL.pattern})")
_PMID_URL = re.compile(r"(?:pubmed\.ncbi\.nlm\.nih\.gov|ncbi\.nlm\.nih\.gov/pubmed)/(\d{1,8})\b")
# Publishers that write the DOI into the path of their pages: ACM, Wiley, Springer, Frontiers.
_DOI_URL = re.compile(r"/(?:doi|article)/(?:abs/|full/|pdf/|epdf/)?(10\.\d{4,9}/[^\s?#]+)")
# Library systems have it in the query: `?sid=EMBASE&id=doi:10.1000%2Fabc&title=…`.
_DOI_QUERY = re.compile(r"[?&](?:rft_)?id=(?:info:)?doi[:/](10\.\d{4,9}[^&\s]+)", re.IGNORECASE)
# Nature leaves the prefix 10.1038/ out of its URLs.
_NATURE_URL = re.compile(r"nature\.com/articles/([a-z][\w-]*\d[\w.-]*)")
_OPENREVIEW_URL = re.compile(r"openreview\.net/(?:forum|pdf)\?id=([\w-]+)")
# Keys of papers whose scheme cannot be seen in the identifier alone.
_KEY = re.compile(r"(acl|openreview):\s*([\w.-]+)", re.IGNORECASE)


def arxiv_id(text: str) -> str:
    """Return `text` as an arXiv id without version; empty if it is not one."""
    found = _ARXIV.fullmatch(text.strip())
    return _without_class(found[1]) if found else ""


def _without_class(text: str) -> str:
    """Remove the subject class from an old arXiv id: `math.GT/0309136` is `math/0309136`."""
    archive, slash, number = text.partition("/")
    return f"{archive.split('.')[0].lower()}/{number}" if slash else text


def doi(text: str) -> str:
    """Return the DOI in `text` (bare, `doi:…` or in a URL) in lower case, or an empty string."""
    found = _DOI.search(unquote(text.strip()))
    if not found or "\ufffd" in found[1]:  # a character was lost in it
        return ""
    # A DOI in running text is followed by punctuation that no DOI ends in. A bracket at its end is
    # part of it if it was opened there.
    name = found[1].rstrip(".,;)")
    brackets = found[1][len(name) :].count(")")
    missing = min(brackets, name.count("(") - name.count(")"))
    return (name + ")" * missing).lower()


def pmid(text: str) -> str:
    """Return `text` as a PubMed id, or an empty string if it is not one."""
    found = re.fullmatch(r"(?:pmid:?\s*)?(\d{1,8})", text.strip(), re.IGNORECASE)
    return found[1].lstrip("0") if found else ""


def from_doi(text: str) -> dict[str, str]:
    """Return the identifier in a DOI by its scheme: a DOI of arXiv is an arXiv id."""
    name = doi(text)
    found = _ARXIV_DOI.fullmatch(name)
    if found:
        return {"arxiv": _without_class(found[1])}
    return {"doi": name} if name else {}


def from_url(url: str) -> dict[str, str]:
    """Return the identifiers in a URL by their schemes."""
    ids: dict[str, str] = {}
    if not url:
        return ids
    if found := _PLAIN_ARXIV_URL.match(url) or _ARXIV_URL.search(url):
        return {"arxiv": _without_class(found[1])}
    if "acl" in url and (found := _ACL_URL.search(url)):
        ids["acl"] = found[1]
    if found := _OPENREVIEW_URL.search(url):
        ids["openreview"] = found[1]
    if "ncbi" in url and (found := _PMID_URL.search(url)):
        ids["pmid"] = found[1]
    if "doi.org/" in url:
        ids = (from_doi(re.split("[?#]", url)[0]) or from_doi(url)) | ids
    elif found := _NATURE_URL.search(url):
        ids["doi"] = "10.1038/" + found[1].removesuffix(".pdf")
    elif found := _DOI_QUERY.search(url):
        ids = from_doi(found[1]) | ids
    elif found := _DOI_URL.search(url):
        ids = from_doi(found[1].removesuffix("/full").removesuffix(".pdf")) | ids
    return ids


def from_venue(text: str) -> dict[str, str]:
    """Return the arXiv id in a venue: `arXiv preprint arXiv:1706.03762`, `CoRR abs/1706.03762`."""
    found = _ARXIV_VENUE.search(text)
    return {"arxiv": _without_class(found[1])} if found else {}


def from_text(text: str) -> dict[str, str]:
    """Return the identifiers in a field called `id`, or in what a person types.

    That is a bare identifier, a key of a paper (`arxiv:…`, `acl:…`) or a URL.
    """
    text = text.strip()
    if arxiv := arxiv_id(text):
        return {"arxiv": arxiv}
    if text.lower().startswith(("10.", "doi:")):
        return from_doi(text)
    if text.lower().startswith("pmid:") and (number := pmid(text)):
        return {"pmid": number}
    if _ACL.fullmatch(text):
        return {"acl": text}
    if found := _KEY.fullmatch(text):
        return {found[1].lower(): found[2]}
    return from_url(text) if "/" in text else {}

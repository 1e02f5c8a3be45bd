"""Identifiers: found in ids, DOIs and URLs, and brought to one spelling each."""

from __future__ import annotations

import re
from urllib.parse import unquote

_ARXIV_NEW = r"\d{4}\.\d{4,5}"
_ARXIV_OLD = r"[a-z][a-z-]+(?:\.[A-Z]{2})?/\d{7}"
_ARXIV = re.compile(rf"(?:arxiv:\s*)?({_ARXIV_NEW}|{_ARXIV_OLD})(v\d+)?", re.IGNORECASE)
_ARXIV_URL = re.compile(
    rf"(?:arxiv\.org/(?:abs|pdf|html|format|src|e-print)|huggingface\.co/papers|alphaxiv\.org/abs)/"
    rf"({_ARXIV_NEW}|{_ARXIV_OLD})",
    re.IGNORECASE,
)
_ARXIV_VENUE = re.compile(
    rf"(?:\barxiv(?:\.org)?\s*[:/]?\s*(?:e-?prints?\s*)?|\bCoRR,?\s+)(?:abs/)?"
    rf"({_ARXIV_NEW}|{_ARXIV_OLD})(?!\d)",
    re.IGNORECASE,
)
_ARXIV_DOI = re.compile(rf"10\.48550/arxiv\.({_ARXIV_NEW}|{_ARXIV_OLD})(v\d+)?", re.IGNORECASE)
_DOI = re.compile(r"(10\.\d{4,9}/\S+)")
_ACL = re.compile(r"[A-Z]\d{2}-\d{4,5}|\d{4}\.[a-z0-9_]+-[a-z0-9_]+\.\d+")
_ACL_URL = re.compile(rf"(?:aclanthology\.org|aclweb\.org/anthology)/({_ACL.pattern})")
_PMID_URL = re.compile(r"(?:pubmed\.ncbi\.nlm\.nih\.gov|ncbi\.nlm\.nih\.gov/pubmed)/(\d{1,8})\b")
_DOI_URL = re.compile(r"/(?:doi|article)/(?:abs/|full/|pdf/|epdf/)?(10\.\d{4,9}/[^\s?#]+)")
_NATURE_URL = re.compile(r"nature\.com/articles/([a-z][\w-]*\d[\w.-]*)")
_OPENREVIEW_URL = re.compile(r"openreview\.net/(?:forum|pdf)\?id=([\w-]+)")


def arxiv_id(text: str) -> str:
    """The arXiv id, without version, that `text` is; empty if it is none."""
    found = _ARXIV.fullmatch(text.strip())
    return _arxiv(found[1]) if found else ""


def _arxiv(text: str) -> str:
    """One spelling: old ids without the subject class (`math.GT/0309136` is `math/0309136`)."""
    archive, slash, number = text.partition("/")
    return f"{archive.split('.')[0].lower()}/{number}" if slash else text


def arxiv_month(name: str) -> str:
    """The month an arXiv id tells, ISO: `2402.18668` gives `2024-02`; empty if it tells none."""
    digits = name.rpartition("/")[2][:4]
    if not digits.isdecimal() or not "01" <= digits[2:] <= "12":
        return ""
    century = "19" if digits >= "9107" else "20"  # arXiv began in July 1991
    return f"{century}{digits[:2]}-{digits[2:]}"


def doi(text: str) -> str:
    """The DOI in `text` (bare, `doi:` or a URL), lower case; empty if there is none."""
    found = _DOI.search(unquote(text.strip()))
    return found[1].rstrip(".,;)").lower() if found else ""


def pmid(text: str) -> str:
    """The PubMed number that `text` is; empty if it is none."""
    found = re.fullmatch(r"(?:pmid:?\s*)?(\d{1,8})", text.strip(), re.IGNORECASE)
    return found[1].lstrip("0") if found else ""


def from_doi(text: str) -> dict[str, str]:
    """The ids a DOI tells: an arXiv DOI is an arXiv id."""
    name = doi(text)
    found = _ARXIV_DOI.fullmatch(name)
    if found:
        return {"arxiv": _arxiv(found[1])}
    return {"doi": name} if name else {}


def from_url(url: str) -> dict[str, str]:
    """The ids a URL tells."""
    ids: dict[str, str] = {}
    if not url:
        return ids
    if found := _ARXIV_URL.search(url):
        return {"arxiv": _arxiv(found[1])}
    if found := _ACL_URL.search(url):
        ids["acl"] = found[1]
    if found := _OPENREVIEW_URL.search(url):
        ids["openreview"] = found[1]
    if found := _PMID_URL.search(url):
        ids["pmid"] = found[1]
    if "doi.org/" in url:
        ids = from_doi(url) | ids
    elif found := _NATURE_URL.search(url):
        ids["doi"] = "10.1038/" + found[1].removesuffix(".pdf")
    elif found := _DOI_URL.search(url):
        ids = from_doi(found[1].removesuffix("/full").removesuffix(".pdf")) | ids
    return ids


def from_venue(text: str) -> dict[str, str]:
    """The arXiv id a venue tells: `arXiv preprint arXiv:1706.03762`, `CoRR abs/1706.03762`."""
    found = _ARXIV_VENUE.search(text)
    return {"arxiv": _arxiv(found[1])} if found else {}


def from_bare(text: str) -> dict[str, str]:
    """The ids a field called `id` tells, or a key typed by a person (`arxiv:…`, `doi:…`)."""
    text = text.strip()
    if arxiv := arxiv_id(text):
        return {"arxiv": arxiv}
    if text.lower().startswith(("10.", "doi:")):
        return from_doi(text)
    if text.lower().startswith("pmid:") and (number := pmid(text)):
        return {"pmid": number}
    if _ACL.fullmatch(text):
        return {"acl": text}
    return from_url(text) if "/" in text else {}

"""FakeServices: an HTTP server on loopback that answers as the services do and records requests."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from html import escape
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

SERVICES = ("arxiv", "crossref", "openalex", "s2", "pubmed", "acl", "openreview", "hf")
Response = tuple[int, str, bytes]


@dataclass(frozen=True)
class KnownPaper:
    """A paper that the services with one of its identifiers know."""

    title: str
    authors: tuple[str, ...] = ("Ada Lindqvist", "Tomás Reyes")
    abstract: str = "We keep the first tokens of a stream. Nothing else is needed."
    arxiv: str = ""
    doi: str = ""
    pmid: str = ""
    acl: str = ""
    openreview: str = ""
    sha: str = ""
    venue: str = "Journal of Long Things"
    day: str = "2024-02-28"
    citations: int = 312
    code: str = ""


@dataclass
class ReceivedRequest:
    """One request that was received."""

    service: str
    path: str
    params: dict[str, str]
    body: Any
    agent: str


@dataclass
class FakeServices:
    """What the services know, which of them fail, and the requests they received."""

    url: str = ""
    known: list[KnownPaper] = field(default_factory=list)
    down: dict[str, int] = field(default_factory=dict)
    """Service to the status of all its answers."""
    pages: dict[str, tuple[str, bytes]] = field(default_factory=dict)
    """Path below `/web` to its content type and body."""
    recorded: dict[str, tuple[str, bytes]] = field(default_factory=dict)
    """Service to the content type and body of all its answers."""
    requests: list[ReceivedRequest] = field(default_factory=list)
    hang: dict[str, threading.Event] = field(default_factory=dict)
    """Service to the event it waits for before it answers."""
    found: dict[str, list[KnownPaper]] = field(default_factory=dict)
    """Service to the papers it finds for any title."""
    thin: set[str] = field(default_factory=set)
    """Services whose answers have no abstract."""

    def count(self, service: str) -> int:
        return sum(asked.service == service for asked in self.requests)

    def answer(self, method: str, target: str, body: bytes, agent: str) -> Response:
        parts = urlsplit(target)
        service, _, path = parts.path.lstrip("/").partition("/")
        params = {k: v[0] for k, v in parse_qs(parts.query).items()}
        content = json.loads(body) if body else None
        self.requests.append(ReceivedRequest(service, unquote(path), params, content, agent))
        if service in self.hang:
            self.hang[service].wait(10)
        if service in self.down:
            return self.down[service], "text/plain", b"no"
        if service in self.recorded:
            return 200, *self.recorded[service]
        if service == "web":
            kind, page = self.pages.get(path, ("", b""))
            return (200, kind, page) if kind else (404, "text/html", b"<html>Not found</html>")
        answer: Response = getattr(self, f"_{service}")(method, unquote(path), params, content)
        return answer

    def _by(self, scheme: str, name: str) -> KnownPaper | None:
        same = (each for each in self.known if getattr(each, scheme).lower() == name.lower())
        return next(same, None) if name else None

    def _arxiv(self, method: str, path: str, params: dict[str, str], body: Any) -> Response:
        if "search_query" in params:
            found = self.found.get("arxiv", [])
        else:
            names = params["id_list"].split(",")
            if bad := next((name for name in names if name.startswith("0000")), ""):
                return 400, "application/atom+xml", _feed(_error(bad)).encode()
            if odd := next((name for name in names if name.startswith("9901")), ""):
                return 200, "application/atom+xml", _feed(_error(odd)).encode()
            found = [each for name in names if (each := self._by("arxiv", name))]
        entries = "".join(map(_entry, found[: int(params["max_results"])]))
        return 200, "application/atom+xml", _feed(entries).encode()

    def _crossref(self, method: str, path: str, params: dict[str, str], body: Any) -> Response:
        if path.startswith("works/"):
            known = self._by("doi", path.removeprefix("works/"))
            if not known:
                return 404, "text/plain", b"Resource not found."
            message: Any = self._work(known)
            return _json({"status": "ok", "message-type": "work", "message": message})
        if "filter" in params:
            names = [each.removeprefix("doi:") for each in params["filter"].split(",")]
            found = [each for name in names if (each := self._by("doi", name))]
        else:
            found = self.found.get("crossref", [])
        message = {"total-results": len(found), "items": [self._work(each) for each in found]}
        return _json({"status": "ok", "message-type": "work-list", "message": message})

    def _work(self, known: KnownPaper) -> dict[str, Any]:
        work = {
            "DOI": known.doi, "prefix": known.doi.partition("/")[0], "member": "1",
            "type": "journal-article", "title": [known.title], "container-title": [known.venue],
            "author": [dict(zip(("given", "family"), name.rsplit(" ", 1), strict=True))
                       for name in known.authors],
            "issued": {"date-parts": [[int(part) for part in known.day.split("-")]]},
            "is-referenced-by-count": known.citations - 12, "URL": f"https://doi.org/{known.doi}",
        }  # fmt: skip
        return work if "crossref" in self.thin else work | {"abstract": f"<p>{known.abstract}</p>"}

    def _openalex(self, method: str, path: str, params: dict[str, str], body: Any) -> Response:
        scheme, _, values = params["filter"].partition(":")
        found = []
        for name in values.split("|"):
            arxiv = name.removeprefix("10.48550/arxiv.") if name.startswith("10.48550/") else ""
            if known := self._by("arxiv", arxiv) if arxiv else self._by(scheme, name):
                doi = name if arxiv else known.doi
                found.append({
                    "id": "https://openalex.org/W1", "doi": f"https://doi.org/{doi}" if doi else "",
                    "title": known.title, "publication_date": known.day,
                    "authorships": [{"author": {"display_name": n}} for n in known.authors],
                    "ids": {"pmid": f"https://pubmed.ncbi.nlm.nih.gov/{known.pmid}"},
                    "abstract_inverted_index": {
                        word: [at] for at, word in enumerate(known.abstract.split())},
                    "primary_location": {"source": {"display_name": known.venue}},
                    "cited_by_count": known.citations - 2,
                })  # fmt: skip
        return _json({"meta": {"count": len(found)}, "results": found})

    def _s2(self, method: str, path: str, params: dict[str, str], body: Any) -> Response:
        if path.endswith("search/match"):
            found = self.found.get("s2", [])
            if not found:
                return _json({"error": "Title match not found"}, 404)
            return _json({"data": [self._scholar(found[0]) | {"matchScore": 170.1}]})
        assert method == "POST"
        papers = []
        for text in body["ids"]:
            scheme, colon, name = text.partition(":")
            known = self._by(scheme.lower(), name) if colon else self._by("sha", text)
            papers.append(self._scholar(known) if known else None)
        if not any(papers):
            return _json({"error": "No valid paper ids given"}, 400)
        return _json(papers)

    def _scholar(self, known: KnownPaper) -> dict[str, Any]:
        ids = {"ArXiv": known.arxiv, "DOI": known.doi, "PubMed": known.pmid, "ACL": known.acl}
        return {
            "paperId": "f" * 40, "externalIds": {k: v for k, v in ids.items() if v},
            "title": known.title, "abstract": None if "s2" in self.thin else known.abstract,
            "venue": known.venue, "year": int(known.day[:4]), "publicationDate": known.day,
            "authors": [{"authorId": "1", "name": name} for name in known.authors],
            "citationCount": known.citations,
        }  # fmt: skip

    def _pubmed(self, method: str, path: str, params: dict[str, str], body: Any) -> Response:
        found = [each for n in params["id"].split(",") if (each := self._by("pmid", n))]
        articles = "".join(
            f"<PubmedArticle><MedlineCitation><PMID>{each.pmid}</PMID><Article><Journal><Title>"
            f"{each.venue}</Title></Journal><ArticleTitle>{escape(each.title)}</ArticleTitle>"
            f"<Abstract><AbstractText>{escape(each.abstract)}</AbstractText></Abstract>"
            f"<AuthorList><Author><LastName>Lindqvist</LastName><ForeName>Ada</ForeName></Author>"
            f"</AuthorList></Article></MedlineCitation></PubmedArticle>"
            for each in found
        )
        text = f"<?xml version='1.0'?><PubmedArticleSet>{articles}</PubmedArticleSet>"
        return 200, "text/xml", text.encode()

    def _acl(self, method: str, path: str, params: dict[str, str], body: Any) -> Response:
        known = self._by("acl", path.removesuffix(".bib"))
        if not known:
            return 404, "text/html", b"<html>no</html>"
        text = (
            f'@inproceedings{{lindqvist-etal, title = "{known.title}", author = "Lindqvist, Ada", '
            f'booktitle = "{known.venue}", year = "{known.day[:4]}", '
            f'url = "https://aclanthology.org/{known.acl}/", abstract = "{known.abstract}"}}'
        )
        return 200, "text/plain", text.encode()

    def _openreview(self, method: str, path: str, params: dict[str, str], body: Any) -> Response:
        known = self._by("openreview", params["id"])
        if not known:
            return _json({"name": "NotFoundError", "message": "no such note"}, 404)
        content = {"title": known.title, "authors": list(known.authors),
                   "abstract": known.abstract, "venue": known.venue}  # fmt: skip
        note = {"id": known.openreview, "forum": known.openreview, "cdate": 1709078400000,
                "content": {name: {"value": value} for name, value in content.items()}}  # fmt: skip
        return _json({"notes": [note], "count": 1})

    def _hf(self, method: str, path: str, params: dict[str, str], body: Any) -> Response:
        known = self._by("arxiv", path.removeprefix("api/papers/"))
        if not known or not known.code:
            return _json({"error": "Paper not found"}, 404)
        return _json({
            "id": known.arxiv, "title": known.title, "summary": known.abstract, "upvotes": 7,
            "authors": [{"name": name} for name in known.authors], "githubRepo": known.code,
            "githubStars": 41, "publishedAt": f"{known.day}T00:00:00.000Z",
        })  # fmt: skip


def _json(value: Any, status: int = 200) -> Response:
    return status, "application/json", json.dumps(value).encode()


def _feed(entries: str) -> str:
    return (
        "<?xml version='1.0' encoding='UTF-8'?><feed xmlns='http://www.w3.org/2005/Atom' "
        "xmlns:arxiv='http://arxiv.org/schemas/atom'><id>https://arxiv.org/api/x</id>"
        f"<title>arXiv Query</title>{entries}</feed>"
    )


def _entry(known: KnownPaper) -> str:
    authors = "".join(f"<author><name>{name}</name></author>" for name in known.authors)
    doi = f"<arxiv:doi>{known.doi}</arxiv:doi>" if known.doi else ""
    return (
        f"<entry><id>http://arxiv.org/abs/{known.arxiv}v2</id><title>{escape(known.title)}</title>"
        f"<link href='https://arxiv.org/abs/{known.arxiv}v2' rel='alternate' type='text/html'/>"
        f"<summary>{escape(known.abstract)}</summary><category term='cs.CL'/>"
        f"<published>{known.day}T10:00:00Z</published>{doi}{authors}</entry>"
    )


def _error(name: str) -> str:
    return (
        f"<entry><id>http://arxiv.org/api/errors#incorrect_id_format_for_{name}</id>"
        f"<title>Error</title><summary>incorrect id format for {name}</summary></entry>"
    )


@contextmanager
def serve_services() -> Iterator[FakeServices]:
    """The world, at `world.url`."""
    world = FakeServices()

    class Handler(BaseHTTPRequestHandler):
        def _do(self) -> None:
            body = self.rfile.read(int(self.headers.get("content-length") or 0))
            agent = self.headers.get("user-agent", "")
            status, kind, answer = world.answer(self.command, self.path, body, agent)
            try:
                self.send_response(status)
                self.send_header("Content-Type", kind)
                self.send_header("Content-Length", str(len(answer)))
                self.end_headers()
                self.wfile.write(answer)
            except OSError:  # the client has closed the connection
                pass

        do_GET = do_POST = _do

        def log_message(self, *_: object) -> None:
            """Nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    world.url = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    try:
        yield world
    finally:
        for event in world.hang.values():
            event.set()
        server.shutdown()
        thread.join()
        server.server_close()

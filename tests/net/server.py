"""A real HTTP server on this machine that gives the replies of a test and records requests."""

from __future__ import annotations

import gzip
import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

from tui.net.rate_limits import RequestClock


@dataclass
class Reply:
    """One reply, and the faults to simulate."""

    body: bytes = b""
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    etag: str = ""
    """A request with this ETag gets a 304."""
    zip: bool = False
    cut: int = 0
    """Bytes after which the connection breaks."""
    pieces: Iterable[bytes] | None = None
    """Sent in place of the body, without its length."""
    wait: threading.Event | None = None
    """Nothing is sent before it is set."""


@dataclass
class Request:
    """One request that was received."""

    path: str
    query: dict[str, str]
    headers: dict[str, str]
    at: float
    method: str = "GET"
    status: int = 0
    body: bytes = b""


Answerer = Callable[[Request], Reply]


class _Quiet(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, *_: object) -> None:
        """Ignore clients that disconnect: tests do that on purpose."""


class Server:
    """Serves `routes`: path to a Reply, a list of Replies one after another, or a function.

    A path that ends with a slash is that of everything below it.
    """

    def __init__(self, context: ssl.SSLContext | None = None) -> None:
        self.routes: dict[str, Reply | list[Reply] | Answerer] = {}
        self.requests: list[Request] = []
        self.now: Callable[[], float] = time.monotonic
        self.busy = self.most_busy = 0
        self._lock = threading.Lock()
        self._server = _Quiet(("127.0.0.1", 0), self._handler())
        if context:
            self._server.socket = context.wrap_socket(self._server.socket, server_side=True)
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.01,))
        self._thread.start()
        scheme = "https" if context else "http"
        self.url = f"{scheme}://127.0.0.1:{self._server.server_port}"

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    def paths(self) -> list[str]:
        return [request.path for request in self.requests]

    def _reply(self, request: Request) -> Reply:
        below = (path for path in self.routes if path[-1:] == "/" and request.path.startswith(path))
        path = request.path if request.path in self.routes else next(below, "")
        found = self.routes.get(path, Reply(b"nothing here", 404))
        if isinstance(found, list):
            return found.pop(0) if len(found) > 1 else found[0]
        return found if isinstance(found, Reply) else found(request)

    def _handler(server) -> type[BaseHTTPRequestHandler]:
        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self) -> None:
                parts = urlsplit(self.path)
                query = {name: values[0] for name, values in parse_qs(parts.query).items()}
                headers = {name.lower(): value for name, value in self.headers.items()}
                body = self.rfile.read(int(headers.get("content-length", 0)))
                request = Request(parts.path, query, headers, server.now(), self.command, body=body)
                with server._lock:
                    server.requests.append(request)
                    server.busy += 1
                    server.most_busy = max(server.busy, server.most_busy)
                    reply = server._reply(request)
                try:
                    self._send(request, reply)
                except OSError:  # the client has closed the connection
                    self.close_connection = True
                finally:
                    with server._lock:
                        server.busy -= 1

            do_POST = do_GET

            def _send(self, request: Request, reply: Reply) -> None:
                if reply.wait:
                    reply.wait.wait(20)
                known = reply.etag and request.headers.get("if-none-match") == reply.etag
                request.status = 304 if known else reply.status
                self.send_response(request.status)
                body = b"" if known else reply.body
                if reply.etag:
                    self.send_header("ETag", reply.etag)
                if reply.zip and not known:
                    body = gzip.compress(body)
                    self.send_header("Content-Encoding", "gzip")
                for name, value in reply.headers.items():
                    self.send_header(name, value)
                if reply.pieces is not None:
                    self.send_header("Connection", "close")
                    self.end_headers()
                    for piece in reply.pieces:
                        self.wfile.write(piece)
                    self.close_connection = True
                    return
                if not known:
                    self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                if reply.cut:
                    self.wfile.write(body[: reply.cut])
                    self.wfile.flush()
                    self.connection.shutdown(socket.SHUT_RDWR)
                    self.close_connection = True
                    return
                self.wfile.write(body)

            def log_message(self, *_: object) -> None:
                pass

        return Handler


class FakeClock(RequestClock):
    """A clock whose time passes only in `sleep`."""

    def __init__(self, start: float = 1_780_000_000.0) -> None:
        self.time = start
        self.slept: list[float] = []
        self.chance = 0.5

    def now(self) -> float:
        return self.time

    async def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.time += seconds

    def jitter(self) -> float:
        return self.chance

"""The simulated Novu on a loopback port, for whatever does not share the test's process.

The server is the standard library's, one thread a connection: it starts in a millisecond, needs nothing
installed, and ends with the test.
"""

from __future__ import annotations

import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Any

from novu_framework_testing.api.cloud import Cloud
from novu_framework_testing.api.faults import ConnectionBroken
from novu_framework_testing.api.http import ApiRequest, ApiResponse

PATIENCE = 2.0
"""Seconds after which a trigger is answered although its run goes on.

Novu answers a trigger before it runs it. Here the run comes first, so that whoever asked finds it done; but a
client that waits for the answer on the very thread that should answer the bridge would wait for itself.
"""

ALLOWED_TO_BROWSERS = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Allow-Methods": "GET, POST, PUT, PATCH, DELETE, OPTIONS",
    "Access-Control-Allow-Headers": "*",
}


class CloudServer:
    """A `Cloud` served on `host`, on a free port unless `port` says which.

        >>> from novu_framework_testing import NovuSimulator
        >>> with CloudServer(Cloud(NovuSimulator())) as server:
        ...     server.url.startswith("http://127.0.0.1:")
        True

    `start` raises `OSError` where the port is taken. What the cloud has to offer a test (`requests`,
    `respond_next`, ...) is reached through `cloud`, or on the server itself.
    """

    def __init__(self, cloud: Cloud, *, host: str = "127.0.0.1", port: int = 0) -> None:
        self.cloud = cloud
        self._address = (host, port)
        self._server: _Server | None = None
        self._thread: threading.Thread | None = None

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_") or name == "cloud":
            raise AttributeError(name)
        return getattr(self.cloud, name)

    @property
    def url(self) -> str:
        """The address to give a client as its API URL, `http://127.0.0.1:<port>`."""
        if self._server is None:
            raise RuntimeError("The server is not running: use it as a context manager, or call start().")
        host, port = self._server.server_address[:2]
        return f"http://{host!s}:{port}"

    def start(self) -> CloudServer:
        self._server = _Server(self._address, self.cloud)
        self._thread = threading.Thread(
            target=self._server.serve_forever, kwargs={"poll_interval": 0.005}, name="novu-cloud", daemon=True
        )
        self._thread.start()
        return self

    def stop(self) -> None:
        if self._server is not None and self._thread is not None:
            self._server.shutdown()
            self._thread.join()
            self._server.server_close()
            self._server = self._thread = None

    def __enter__(self) -> CloudServer:
        return self.start()

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.stop()


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    # Waiting for the threads of connections that a client keeps alive would be waiting for the client.
    block_on_close = False
    # A crowd of clients that connect at once waits in this queue instead of being refused.
    request_queue_size = 256

    def __init__(self, address: tuple[str, int], cloud: Cloud) -> None:
        self.cloud = cloud
        super().__init__(address, _Handler)

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that hangs up is no news."""


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    # Headers and body go out in one write: two would meet Nagle's algorithm and cost 40 ms.
    wbufsize = -1
    disable_nagle_algorithm = True
    server: _Server

    def _answer(self) -> None:
        length = int(self.headers.get("Content-Length") or 0)
        content = self._chunks() if self.headers.get("Transfer-Encoding") else self.rfile.read(length)
        request = ApiRequest.parse(self.command, self.path, list(self.headers.items()), content)
        try:
            response = self.server.cloud.handle(request, patience=PATIENCE)
        except ConnectionBroken:
            self.close_connection = True
            return
        except Exception as error:  # a workflow of this process may raise anything; its client gets to know
            message = f"{type(error).__name__}: {error}"
            response = ApiResponse(500, {"statusCode": 500, "path": request.path, "message": message})
        self.send_response(response.status)
        for name, value in {**ALLOWED_TO_BROWSERS, **response.all_headers}.items():
            self.send_header(name, value)
        self.end_headers()
        if request.method != "HEAD":
            self.wfile.write(response.content)

    def _chunks(self) -> bytes:
        """The body of a request that came with `Transfer-Encoding: chunked`, as fetch sends a stream."""
        body = b""
        while size := int(self.rfile.readline().split(b";")[0].strip() or b"0", 16):
            body += self.rfile.read(size)
            self.rfile.readline()
        while self.rfile.readline().strip():
            pass
        return body

    do_GET = do_POST = do_PUT = do_PATCH = do_DELETE = do_HEAD = _answer

    def do_OPTIONS(self) -> None:
        """A browser asks before it sends an Authorization header; anyone may."""
        self.send_response(204)
        for name, value in ALLOWED_TO_BROWSERS.items():
            self.send_header(name, value)
        self.end_headers()

    def log_message(self, format: str, *args: Any) -> None:
        """Quiet: `Cloud.requests` is the log."""

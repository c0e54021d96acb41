"""Every adapter behind a server on loopback; `make servers` tries the servers of production."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from socketserver import ThreadingMixIn
from typing import Any
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

import pytest

from novu_framework_testing.contract import replay

from . import server_apps
from .bridge_server import running


class _ThreadedServer(ThreadingMixIn, WSGIServer):
    daemon_threads = True


class _Quiet(WSGIRequestHandler):
    def log_message(self, format: str, *args: Any) -> None:
        pass


@contextmanager
def running_wsgi(app: Any) -> Iterator[str]:
    """The origin of a WSGI app, while it is up."""
    with make_server("127.0.0.1", 0, app, _ThreadedServer, _Quiet) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()


@pytest.mark.parametrize(
    ("name", "serve", "route"),
    [
        ("starlette", running, "/api/novu"),
        ("asgi", running, "/"),
        ("litestar", running, "/api/novu"),
        ("django_asgi", running, "/async/novu"),
        ("django_wsgi", running_wsgi, "/api/novu"),
        ("flask", running_wsgi, "/api/novu"),
    ],
)
def test_it_answers_over_http_as_recorded(name, serve, route):
    with serve(getattr(server_apps, name)) as origin:
        report = replay(server_apps.RECORDING, f"{origin}{route}")
        assert not report.errors

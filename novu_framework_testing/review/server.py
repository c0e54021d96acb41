"""Serving the review page on this machine."""

from __future__ import annotations

import secrets
import socket
import threading
import time
import webbrowser
from collections.abc import Callable
from pathlib import Path

import uvicorn

from novu_framework_testing.review.app import create_app
from novu_framework_testing.review.store import ReviewStore


class ReviewServer:
    """The review page of a project, on a loopback port.

        with ReviewServer(Path(".")) as server:
            print(server.url)

    Args:
        root: The project's root.
        port: The port; 0 takes a free one.
        dirname: The name of snapshot folders; by default that of the run whose changes are kept.

    Raises:
        OSError: the port is taken.
        Refused: nothing can be written in `.novu/review/`.
    """

    def __init__(self, root: Path, *, port: int = 0, dirname: str | None = None) -> None:
        store = ReviewStore(root, dirname=dirname)
        store.finish_interrupted()
        # thousands of changes are read before somebody waits for them
        store.pending()
        # asyncio lets small parts of an answer wait for each other on a socket that does not say that it is TCP
        self._socket = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
        self._socket.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            self._socket.bind(("127.0.0.1", port))
            self._socket.listen()  # whoever reads the address may open it before the server runs
        except OSError:
            self._socket.close()
            raise
        self.port: int = self._socket.getsockname()[1]
        self.token: str = secrets.token_urlsafe(24)
        hosts = {f"127.0.0.1:{self.port}", f"localhost:{self.port}"}
        app = create_app(store, token=self.token, hosts=hosts)
        self._server = uvicorn.Server(
            uvicorn.Config(app, log_level="warning", loop="asyncio", access_log=False, lifespan="off")
        )

    @property
    def url(self) -> str:
        """The address of the page with its token, which allows to accept changes."""
        return f"http://127.0.0.1:{self.port}/{self.token}/"

    def run(self) -> None:
        """Serve until the process is interrupted."""
        self._server.run(sockets=[self._socket])

    def __enter__(self) -> ReviewServer:
        self._thread = threading.Thread(target=self.run, name="novu-review", daemon=True)
        self._thread.start()
        deadline = time.monotonic() + 10
        while not self._server.started:
            if time.monotonic() > deadline or not self._thread.is_alive():
                raise RuntimeError(f"the review page did not start on port {self.port}")
            time.sleep(0.01)
        return self

    def __exit__(self, *_: object) -> None:
        self._server.should_exit = True
        self._thread.join(timeout=10)
        self._socket.close()


def serve(
    project_root: Path | str = ".",
    port: int = 0,
    open_browser: bool = True,
    *,
    announce: Callable[[str], None] = print,
) -> None:
    """Serve the review page until Ctrl-C.

    Args:
        project_root: Where `.novu/review/` is: pytest's rootdir.
        port: The port on 127.0.0.1; 0 takes a free one.
        open_browser: Whether to open the page in the browser of this machine.
        announce: Takes the lines that say where the page is.

    Raises:
        OSError: the port is taken.
        Refused: nothing can be written in `.novu/review/`.
    """
    server = ReviewServer(Path(project_root), port=port)
    announce(f"Reviewing {Path(project_root).resolve()} at {server.url}")
    announce("Anyone with this link can accept changes. Stop with Ctrl-C.")
    if open_browser:
        threading.Timer(0.5, webbrowser.open, [server.url]).start()
    server.run()

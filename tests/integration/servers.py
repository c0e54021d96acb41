"""The servers of production, one after the other, each with the apps that run on it: `make servers`.

Every recorded answer of the protocol is asked of each over HTTP, and a body that is too large, in one piece and in
chunks. Not part of the tests: the servers are many, start slowly, and are only a host.
"""

from __future__ import annotations

import logging
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

import httpx
from mangum import Mangum

from novu_framework_testing.contract import Response, differences, replay
from novu_framework_testing.contract.endpoint import parsed
from tests.unit.adapters.apps import http_api, load_balancer, rest_api

from . import server_apps
from .lambda_runtime import lambda_runtime

ASGI = {
    "fastapi": "/api/novu",
    "starlette": "/api/novu",
    "asgi": "/",
    "litestar": "/api/novu",
    "django_asgi": "/async/novu",
}
WSGI = {"flask": "/api/novu", "django_wsgi": "/api/novu"}

SERVERS: dict[str, tuple[list[str], dict[str, str]]] = {
    "uvicorn": (["uvicorn", "--port={port}", "--log-level=warning", "{app}"], ASGI),
    "uvicorn, two workers": (
        ["uvicorn", "--port={port}", "--log-level=warning", "--workers=2", "{app}"],
        {"starlette": "/api/novu"},
    ),
    "hypercorn": (["hypercorn", "--bind=127.0.0.1:{port}", "{app}"], ASGI),
    "granian": (["granian", "--interface=asgi", "--port={port}", "--log-level=warning", "{app}"], ASGI),
    "granian, WSGI": (["granian", "--interface=wsgi", "--port={port}", "--log-level=warning", "{app}"], WSGI),
    "gunicorn": (["gunicorn", "--bind=127.0.0.1:{port}", "--log-level=warning", "{app}"], WSGI),
    "gunicorn, threads, preloaded": (
        [
            "gunicorn",
            "--bind=127.0.0.1:{port}",
            "--log-level=warning",
            "--workers=2",
            "--threads=4",
            "--preload",
            "{app}",
        ],
        WSGI,
    ),
}
"""What runs each server (`python -m ...`), and the apps that it runs with the paths of their bridges."""

NGINX = """
daemon off; pid {folder}/pid; error_log stderr;
events {{}}
http {{
  access_log off; client_max_body_size 20m;
  client_body_temp_path {folder}; proxy_temp_path {folder}; fastcgi_temp_path {folder}; uwsgi_temp_path {folder}; scgi_temp_path {folder};
  server {{ listen 127.0.0.1:{port}; location / {{ proxy_pass http://127.0.0.1:{behind}; }} }}
}}
"""


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port: int = listener.getsockname()[1]
        return port


@contextmanager
def process(command: list[str], port: int) -> Iterator[None]:
    """Run a server until it listens, and then for as long as the block takes."""
    with subprocess.Popen(command, env={**os.environ, "PYTHONPATH": os.getcwd()}) as running:
        try:
            while True:
                try:
                    socket.create_connection(("127.0.0.1", port), timeout=1).close()
                    break
                except OSError:
                    if running.poll() is not None:
                        raise RuntimeError(f"{command[2]} ended with status {running.returncode}") from None
                    time.sleep(0.05)
            yield
        finally:
            running.terminate()


def problems(url: str, *, is_django_wsgi: bool = False) -> list[str]:
    """What a bridge at a URL answers otherwise than recorded, or than the limits say."""
    with httpx.Client(trust_env=False, timeout=120) as http:
        http.get(url)  # a server may listen before its workers have loaded the app
    found = [f"{finding.where}: {finding.what}" for finding in replay(server_apps.RECORDING, url).errors]
    large = b"x" * (10 * 1024 * 1024 + 1)
    pieces = (large[at : at + 65536] for at in range(0, len(large), 65536))
    with httpx.Client(trust_env=False, timeout=120) as http:
        for how, body in {"whole": large, "in chunks": pieces}.items():
            if how == "in chunks" and is_django_wsgi:  # which takes none
                continue
            try:
                answer = http.post(f"{url}?action=execute", content=body)
            except (httpx.WriteError, httpx.RemoteProtocolError, httpx.ReadError):
                continue  # the server closed the connection before the client had sent it all
            if (answer.status_code, answer.json()["code"]) != (413, "RequestTooLargeError"):
                found.append(f"a body too large, {how}: {answer.status_code} {answer.text:.80}")
    return found


def on_aws_lambda(function: Callable[[Any], dict[str, Any]]) -> list[str]:
    """What a Lambda function answers otherwise than recorded, to each kind of event."""
    recording = server_apps.RECORDING
    found = []
    for exchange in recording.exchanges:
        request = exchange.request
        headers = request.signed_headers(recording.secret_key, now=time.time_ns() // 1_000_000)
        query, content = list(request.query), request.content
        sent = httpx.Request(request.method, "http://lambda/", params=query, headers=headers, content=content)
        for event_of in (rest_api, http_api, load_balancer):
            answer = function(event_of(sent))
            response = Response(answer["statusCode"], answer["headers"], parsed(answer["body"].encode()))
            for difference in differences(exchange.response, response, made_up=exchange.made_up):
                found.append(f"{exchange.name}, {event_of.__name__}: {difference}")
    return found


def report(server: str, app: str, found: list[str]) -> bool:
    """Print what was found; tell whether that is anything."""
    print(f"{server:30} {app:12} {'' if found else 'as recorded'}", *found, sep="\n    ", flush=True)
    return bool(found)


def main() -> int:
    os.environ[server_apps.QUIET] = "1"  # for the servers
    logging.getLogger("novu_framework").setLevel(logging.ERROR)
    mangum = Mangum(server_apps.asgi)
    failed = report("mangum", "asgi", on_aws_lambda(lambda event: mangum(event, None)))
    with lambda_runtime("tests.integration.server_apps.aws_lambda") as call:
        failed += report("AWS's runtime", "aws_lambda", on_aws_lambda(call))
    for server, (arguments, apps) in SERVERS.items():
        for app, route in apps.items():
            with ExitStack() as stack:
                port = free_port()
                values = {"port": port, "app": f"tests.integration.server_apps:{app}"}
                command = [sys.executable, "-m", *(argument.format(**values) for argument in arguments)]
                stack.enter_context(process(command, port))
                failed += report(
                    server,
                    app,
                    problems(f"http://127.0.0.1:{port}{route}", is_django_wsgi=app == "django_wsgi"),
                )
                if server == "uvicorn" and app == "fastapi" and (nginx := shutil.which("nginx")):
                    folder, front = stack.enter_context(tempfile.TemporaryDirectory()), free_port()
                    written = Path(folder, "nginx.conf")
                    written.write_text(NGINX.format(folder=folder, port=front, behind=port))
                    stack.enter_context(process([nginx, "-c", str(written)], front))
                    failed += report("nginx", app, problems(f"http://127.0.0.1:{front}{route}"))
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())

"""The servers of production, one after the other, each with the apps that run on it: `make servers`.

Every recorded answer of the protocol is asked of each over HTTP, and a body that is too large, in one piece and in
chunks. Not part of the tests: the servers are many, start slowly, and are only a host.
"""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

import httpx

from novu_framework_testing.contract import replay
from tests.unit.adapters.apps import http_api, rest_api

from . import server_apps

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
    bodies = (
        {"whole": large} if is_django_wsgi else {"whole": large, "in chunks": pieces}
    )  # which takes no chunks
    with httpx.Client(trust_env=False, timeout=60) as http:
        for how, body in bodies.items():
            try:
                answer = http.post(f"{url}?action=execute", content=body)
            except (httpx.WriteError, httpx.RemoteProtocolError, httpx.ReadError):
                continue  # the server closed the connection before the client had sent it all
            if (answer.status_code, answer.json()["code"]) != (413, "RequestTooLargeError"):
                found.append(f"a body too large, {how}: {answer.status_code} {answer.text:.80}")
    return found


def behind_mangum() -> list[str]:
    """What the ASGI app on AWS Lambda, behind Mangum, answers otherwise than our own Lambda function."""
    from mangum import Mangum

    from novu_framework.aws_lambda import serve

    recording = server_apps.RECORDING
    ours = serve(workflows=server_apps.WORKFLOWS, client=server_apps.CLIENT)
    app = Mangum(server_apps.asgi, lifespan="auto")
    found = []
    for exchange in recording.exchanges:
        request = exchange.request
        headers = request.signed_headers(recording.secret_key, now=time.time_ns() // 1_000_000)
        sent = httpx.Request(
            request.method,
            "http://gateway/",
            params=list(request.query),
            headers=headers,
            content=request.content,
        )
        for event_of in (rest_api, http_api):
            event: dict[str, Any] = {**event_of(sent), "requestContext": {**event_of(sent)["requestContext"]}}
            event["requestContext"].setdefault("http", {}).setdefault("sourceIp", "127.0.0.1")
            if event_of is rest_api:
                del event["requestContext"]["http"]
            answers = [
                (one["statusCode"], without_duration(one["body"]))
                for one in (app(event, None), ours(event, None))
            ]
            if answers[0] != answers[1]:
                found.append(f"{exchange.name}, {event_of.__name__}: {answers}")
    return found


def without_duration(body: str) -> str:
    return body.partition('"duration":')[0]


def report(server: str, app: str, found: list[str]) -> bool:
    """Print what was found; tell whether that is anything."""
    print(f"{server:30} {app:12} {'' if found else 'as recorded'}", *found, sep="\n    ", flush=True)
    return bool(found)


def main() -> int:
    failed = report("mangum", "asgi", behind_mangum())
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

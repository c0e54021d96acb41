"""A function of AWS Lambda behind AWS's own runtime client (awslambdaric), which asks this process for its events."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from queue import Queue
from typing import Any

Answer = dict[str, Any]


@contextmanager
def lambda_runtime(handler: str) -> Iterator[Callable[[Answer], Answer]]:
    """Run `module.function`; call what it gives with an event, to get the function's answer."""
    events: Queue[Answer] = Queue()
    answers: Queue[Answer] = Queue()

    class RuntimeApi(BaseHTTPRequestHandler):
        """The HTTP API that Lambda has for the processes of functions."""

        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            body = json.dumps(events.get()).encode()
            self.send_response(200)
            for name in (
                "Aws-Request-Id",
                "Invoked-Function-Arn",
                "Trace-Id",
                "Client-Context",
                "Cognito-Identity",
            ):
                self.send_header(f"Lambda-Runtime-{name}", "{}")
            self.send_header("Lambda-Runtime-Deadline-Ms", "9999999999999")
            self.send_header("Content-Type", "application/json")
            self.send_header("content-length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def do_POST(self) -> None:
            answers.put(json.loads(self.rfile.read(int(self.headers["content-length"]))))
            self.send_response(202)
            self.send_header("content-length", "0")
            self.end_headers()

        def log_message(self, format: str, *args: Any) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), RuntimeApi) as api:
        api.handle_error = lambda *_: None  # the process is killed while it asks for more
        threading.Thread(target=api.serve_forever, daemon=True).start()
        variables = {"AWS_LAMBDA_RUNTIME_API": f"127.0.0.1:{api.server_port}", "PYTHONPATH": os.getcwd()}
        command = [sys.executable, "-m", "awslambdaric", handler]
        with subprocess.Popen(command, env={**os.environ, **variables}) as running:

            def call(event: Answer) -> Answer:
                events.put(event)
                return answers.get(timeout=120)

            yield call
            running.kill()
        api.shutdown()

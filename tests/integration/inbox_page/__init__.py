"""A web page with Novu's own Inbox (`@novu/react`, unmodified), bundled with npm into a folder that git ignores."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from hashlib import sha256
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
SOURCES = ("package.json", "page.jsx")
BUILD = ("--bundle", "--minify", "--jsx=automatic", '--define:process.env.NODE_ENV="production"')
HTML = """<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Inbox</title>
<meta name="viewport" content="width=device-width"><style>
body {{ margin: 0; display: flex; justify-content: flex-end; font-family: sans-serif; background: {background} }}
#root {{ {root} }}
</style></head><body><div id="root"></div><script>window.inbox = {props}</script><script src="/page.js"></script></body></html>"""


def bundle() -> Path:
    """Return the page's script. The first call installs the packages and bundles them, which takes some seconds."""
    digest = sha256(b"".join((HERE / name).read_bytes() for name in SOURCES)).hexdigest()[:12]
    script = HERE / "build" / f"page-{digest}.js"
    if script.exists():
        return script
    npm = shutil.which("npm") or "npm"
    with tempfile.TemporaryDirectory() as folder:
        for name in SOURCES:
            shutil.copy(HERE / name, folder)
        install = (npm, "install", "--ignore-scripts", "--no-audit", "--no-fund", "--no-package-lock")
        _run(*install, cwd=folder)
        _run(npm, "exec", "--", "esbuild", "page.jsx", *BUILD, "--outfile=page.js", cwd=folder)
        script.parent.mkdir(exist_ok=True)
        ready = script.with_suffix(f".{os.getpid()}")  # another process may be at it, too
        shutil.copy(Path(folder) / "page.js", ready)
        with suppress(OSError):
            ready.replace(script)
    return script


def _run(*command: str, cwd: str) -> None:
    done = subprocess.run(command, cwd=cwd, capture_output=True, text=True, timeout=600)
    if done.returncode:
        raise RuntimeError(f"{' '.join(command)} failed:\n{done.stdout}{done.stderr}")


@contextmanager
def served(props: dict[str, Any]) -> Iterator[str]:
    """Serve the page on a loopback port, as a front end's own server does; yield its URL. `props` are the Inbox's."""
    script = bundle().read_bytes()
    background = "#1c1c21" if props.get("theme") == "dark" else "#fff"
    root = "width: 100%; height: 100vh" if props.get("wholePage") else "padding: 16px"
    html = HTML.format(props=json.dumps(props), background=background, root=root).encode()
    files = {"/": ("text/html", html), "/page.js": ("text/javascript", script)}

    class Page(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            kind, content = files.get(self.path, ("text/plain", b""))
            self.send_response(200 if content else 204)
            self.send_header("content-type", f"{kind}; charset=utf-8")
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *_: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Page) as server:
        threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()

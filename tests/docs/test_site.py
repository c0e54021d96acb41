"""The site that `make docs` builds keeps nobody from reading: axe finds nothing on its pages, and every address is there."""

from __future__ import annotations

import re
import runpy
import subprocess
import sys
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any
from urllib.parse import quote

import pytest

from novu_framework import __version__
from tests.axe import violations

pytest.importorskip("furo", reason="the group docs is not installed; `make docs` does")
pytestmark = pytest.mark.slow  # builds the whole site


DOCS = Path(__file__).parents[2] / "docs"
WAYS = [(width, scheme) for scheme in ("light", "dark") for width in (1440, 390)]
EACH_WAY = {"index.html", "search.html?q=digest", "nowhere/at/all.html", "how-to/steps.html", "reference/command.html", "contributing.html"}  # fmt: skip
"""Pages of each sort, looked at in every way. The others are looked at in one: they have the same colours and the same frame."""
ANSWERS = {
    "getting-started": ["first test", "test for a workflow", "first workflow", "write first workflow", "first notification", "create a workflow", "install", "pip install", "quickstart", "write a test for a workflow"],
    "explanation/discoverable-steps": ["for loop", "if else"],
    "explanation/comparison": ["compare", "compare with alternatives", "compare alternatives apprise", "is this official"],
    "explanation/compatibility": ["upgrade", "public api", "deprecated", "how long are deprecated names kept", "windows"],
    "how-to/agents": ["agent", "whatsapp", "teams"],
    "how-to/attachments": ["attachment", "send pdf invoice"],
    "how-to/cloud-page": ["reload on change dev server", "hot reload", "watch for changes", "start novu cloud", "uvicorn reload"],
    "how-to/celery": ["celery", "background job", "recurring notification", "celery task send notification"],
    "how-to/check-content": ["sms length check", "sms 160 characters", "broken links", "accessibility", "unsubscribe link", "disable a check", "spell check emails", "pre-commit", "git hook"],
    "how-to/ci": ["check production", "github actions", "sync to novu", "sync from command line"],
    "how-to/controls": ["edit in dashboard", "change the wording without deploy"],
    "how-to/coverage": ["coverage"],
    "how-to/deploy-safely": ["deploy safely", "delete a workflow", "rename step", "rename payload field"],
    "how-to/deployment": ["environment variables", "environment name dev staging prod", "self-hosted", "eu region", "gunicorn", "docker", "kubernetes probe", "staging emails to real users", "microservices", "step took too long", "docker git not found", "verbose logging"],
    "how-to/explore": ["race condition"],
    "how-to/digests": ["daily digest", "digest key", "batch notifications", "digest per order", "test digest"],
    "how-to/inbox": ["unread count", "websocket unread count"],
    "how-to/key-rotation": ["rotate key"],
    "how-to/load": ["load test", "locust"],
    "how-to/localisation": ["translations", "i18n", "language", "translate emails german", "amount with currency", "multiple languages", "translate emails"],
    "how-to/migrate-from-an-api-client": ["novu-py", "migrate dashboard workflow", "dashboard workflow into code"],
    "how-to/migrate-from-typescript": ["typescript"],
    "how-to/mock-the-api": ["mock api", "prevent real emails in tests"],
    "how-to/observability": ["opentelemetry", "sentry", "log subscriber name"],
    "how-to/payloads": ["pydantic", "dataclass", "payload default value", "default value for a field", "reject unknown extra fields"],
    "how-to/providers": ["whatsapp template", "cc bcc", "sms sender", "slack blocks", "sendgrid", "web push", "plain text version of email", "slack message with buttons", "push overrides android"],
    "how-to/review-content": ["accept snapshot", "screenshot", "random value snapshot", "ignore timestamp in snapshot", "snapshot does not match", "snapshot diff output", "gitignore snapshots", "snapshot html", "email html snapshot"],
    "how-to/security": ["webhook signature", "sanitise", "telemetry", "phone home", "how big can a payload be"],
    "how-to/steps": ["mock httpx", "stub external api call", "httpx stub in step", "skip step", "delay cron", "throttle", "push notification", "sms", "http request", "wait two days", "retry failed http", "feature flag", "skip weekends", "tags", "resend failed notification", "schedule notification for tomorrow", "python function not async", "test http request step", "fallback channel", "different text for plan", "subscriber name in workflow", "reminder email if not read", "skip email if already read"],
    "how-to/templates": ["email template", "mjml", "jinja", "shared header footer template", "add an image to email", "loop over items in email", "button in email"],
    "how-to/tenants": ["tenant"],
    "how-to/test-a-matrix": ["test several payloads", "parametrize several payloads"],
    "how-to/test-deliveries": ["assert no email", "click link in email test", "test push notification", "subscriber has no phone"],
    "how-to/test-time": ["assert delay duration test", "freeze time", "quiet hours", "set current time"],
    "how-to/test-with-a-database": ["sqlalchemy", "asyncpg", "database query in step", "database session dependency"],
    "how-to/trigger": ["cancel transaction", "cancel", "bulk trigger", "send to all users", "create subscriber", "idempotency", "transaction id", "critical workflow", "critical notifications cannot be disabled", "override sender email", "postgres transaction", "subscriber custom data field", "delete subscriber", "topic subscribers", "background tasks fastapi", "mention notification", "double opt in", "several recipients", "multiple recipients", "send to many users at once"],
    "how-to/troubleshooting": ["401 signature", "workflow not found", "ngrok", "local studio tunnel", "import error fastapi", "UnknownWorkflow", "ExecutionStateCorruptError", "debug breakpoint in workflow", "circular import", "partially initialized module", "missing secret key", "sync changes nothing", "no message sent why", "debug missing message"],
    "how-to/type-checkers": ["mypy", "type hints", "vs code autocomplete"],
    "how-to/web-frameworks": ["django", "flask", "lambda", "serverless", "url prefix behind nginx change path /api/novu", "azure", "quart", "custom route", "fastapi depends in workflow"],
    "how-to/who-gets-what": ["unsubscribe", "topics", "turn a channel off by default"],
    "index": ["license"],
    "reference/errors": ["two workflows with same id", "duplicate workflow id", "workflow id already exists", "wrong payload error", "step output validation error"],
    "reference/glossary": ["glossary"],
    "how-to/gallery": ["show all emails", "list of all emails"],
    "reference/command": ["preview email in browser", "pyproject configuration", "config file", "tool.novu"],
    "reference/liquid": ["liquid filters", "custom liquid filter"],
    "contributing": ["contribute"],
    "reference/pytest": ["pytest markers", "run only notification tests", "run pytest without secret key", "run only one workflow", "disable pytest plugin", "fixture name clash"],
    "reference/workflows": ["Client.trigger_bulk", "EmailOutput"],
    "security-policy": ["report vulnerability"],
}  # fmt: skip
"""What people search for, by the page that answers it."""


class Site(SimpleHTTPRequestHandler):
    """The site as a host of static files serves it."""

    def log_message(self, *_: object) -> None:
        pass

    def send_error(self, code: int, *_: object, **__: object) -> None:
        content = Path(self.directory, "404.html").read_bytes()
        self.send_response(code)
        self.send_header("content-type", "text/html; charset=utf-8")
        self.send_header("content-length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    built = tmp_path_factory.mktemp("site")
    # as `make docs` does, and apart: what Sphinx's extensions warn of is not for here
    command = [
        sys.executable,
        "-m",
        "sphinx",
        "--fail-on-warning",
        "-q",
        "-b",
        "html",
        "-d",
        f"{built}/.doctrees",
    ]
    done = subprocess.run([*command, str(DOCS), str(built)], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return built


@pytest.fixture(scope="module")
def pages(site: Path) -> dict[str, str]:
    """Each page's HTML by its address."""
    return {
        path.relative_to(site).as_posix(): path.read_text(encoding="utf-8") for path in site.rglob("*.html")
    }


@pytest.fixture(scope="module")
def url(site: Path) -> Iterator[str]:
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Site, directory=str(site))) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()


@pytest.mark.browser
@pytest.mark.asyncio(loop_scope="session")
async def test_axe_finds_nothing_on_any_page(pages: dict[str, str], url: str, chromium: Any) -> None:
    assert len(pages) > 50
    context = await chromium.new_context(reduced_motion="reduce")
    context.set_default_timeout(120_000)
    page = await context.new_page()
    asked: list[str] = []
    failed: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("pageerror", lambda error: failed.append(str(error)))
    found: list[tuple[Any, ...]] = []
    for number, name in enumerate(sorted({*pages, *EACH_WAY})):
        await page.goto(url + name)
        if "?q=" in name:
            await page.wait_for_selector("#search-results li >> nth=3")
        for width, scheme in WAYS if name in EACH_WAY else [WAYS[number % len(WAYS)]]:
            await page.set_viewport_size({"width": width, "height": 900})
            await page.emulate_media(color_scheme=scheme)
            await page.evaluate(
                "new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)))"
            )
            wide = await page.evaluate("document.documentElement.scrollWidth")
            if wide > width:
                found.append((name, width, scheme, f"scrolls sideways: {wide}px"))
            found += [(name, width, scheme, *each) for each in await violations(page)]
    await context.close()
    assert found == []
    assert failed == []
    assert [one for one in asked if not one.startswith((url, "data:"))] == []


@pytest.mark.browser
@pytest.mark.asyncio(loop_scope="session")
async def test_the_page_that_answers_is_among_the_first_three_found(url: str, chromium: Any) -> None:
    context = await chromium.new_context()
    page = await context.new_page()
    missed = []
    for answer, questions in ANSWERS.items():
        for question in questions:
            await page.goto(f"{url}search.html?q={quote(question)}")
            await page.get_by_text("Search finished").or_(page.get_by_text("did not match")).wait_for()
            hits = page.locator("#search-results li > a")
            found = [await hit.get_attribute("href") or "" for hit in (await hits.all())[:3]]
            if answer not in [re.split(r"\.html", one)[0] for one in found]:
                missed.append((question, answer, found))
    await context.close()
    assert not missed, "\n".join(map(str, missed))


def test_every_page_says_what_it_is_and_of_which_version(site: Path, pages: dict[str, str]) -> None:
    described = {}
    for name, html in pages.items():
        assert f'<span class="sidebar-version">{__version__}</span>' in html, name
        assert '/favicon.svg"' in html, name
        found = re.search(r'<meta name="description" content="(.+?)">', html)
        if found:
            described.setdefault(found[1], name)
    assert len(described) == len(list(DOCS.rglob("*.md"))), "a page has none, or that of another"
    assert (site / "_static" / "favicon.svg").is_file()
    index = pages["index.html"]
    assert "<img " in index.partition("<article")[2]
    assert 'class="highlight-python' in index
    assert "Keep a Changelog" in pages["changelog.html"]
    assert "What is where" in pages["contributing.html"]


@pytest.mark.parametrize(
    ("variables", "root"),
    [
        ({}, "/"),
        ({"DOCS_ROOT": "/novu-framework/"}, "/novu-framework/"),
        ({"READTHEDOCS_CANONICAL_URL": "https://novu.readthedocs.test/en/latest/"}, "/en/latest/"),
    ],
)
def test_the_page_for_other_addresses_leads_to_the_root_of_the_site(
    monkeypatch: pytest.MonkeyPatch, variables: dict[str, str], root: str
) -> None:
    for name in ("DOCS_ROOT", "READTHEDOCS_CANONICAL_URL"):
        monkeypatch.delenv(name, raising=False)
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    settings = runpy.run_path(str(DOCS / "conf.py"))
    assert settings["notfound_urls_prefix"] == root
    assert re.findall('href="(.*?)"', settings["notfound_context"]["body"]) == [
        f"{root}index.html",
        f"{root}how-to/troubleshooting.html",
    ]


@pytest.mark.browser
@pytest.mark.asyncio(loop_scope="session")
async def test_an_address_that_is_not_there_has_a_page_with_ways_back(url: str, chromium: Any) -> None:
    context = await chromium.new_context()
    page = await context.new_page()
    answer = await page.goto(url + "how-to/nothing/like/this.html")
    assert answer.status == 404
    await page.get_by_role("main").get_by_role("link", name="The first page").click()
    assert await page.get_by_role("heading", level=1).inner_text() == "novu-framework for Python"
    await context.close()

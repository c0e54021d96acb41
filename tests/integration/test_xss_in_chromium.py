"""No script runs in what `sanitize_html` leaves, in a real browser; and the same vectors do run without it."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from novu_framework.npm.sanitize_html import sanitize_html

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]

RECORDED = Path(__file__).parent.parent / "contract" / "html"
FRAMES_A_PAGE = 170

# An email is a document of its own; the Inbox sets the content of an element.
SHOW = {
    "document": "(frame, html) => { frame.srcdoc = html }",
    "element": """(frame, html) => {
        frame.srcdoc = '<!DOCTYPE html><body><div id="message"></div>'
        frame.addEventListener('load', () => {
            frame.contentDocument.getElementById('message').innerHTML = html
        }, { once: true })
    }""",
}

POKE = """() => {
    for (const frame of document.querySelectorAll('iframe')) {
        let page
        try { page = frame.contentDocument } catch { continue }
        for (const element of page?.querySelectorAll('*') ?? []) {
            try {
                for (const name of ['mouseover', 'mouseenter', 'pointerenter', 'mousedown']) {
                    element.dispatchEvent(new frame.contentWindow.MouseEvent(name, { bubbles: name === 'mouseover' }))
                }
                element.focus?.()
                if (element.click) element.click()
                else element.dispatchEvent(new frame.contentWindow.MouseEvent('click', { bubbles: true }))
            } catch {}
        }
    }
}"""


def recorded(name: str) -> list[dict[str, Any]]:
    lines = (RECORDED / name).read_text(encoding="utf-8").split("\n")
    return [json.loads(line) for line in lines if line]


async def those_that_run(chromium: Any, documents: Sequence[str], how: str) -> list[str]:
    """The documents that call `canary` (or open a dialog), on their own or when everything in them is clicked."""
    ran: set[int] = set()

    def canary(source: dict[str, Any], *_: object) -> None:
        frame = source["frame"]
        while frame is not None and not frame.name.startswith("vector-"):
            frame = frame.parent_frame
        assert frame is not None
        ran.add(int(frame.name.removeprefix("vector-")))

    context = await chromium.new_context()
    await context.expose_binding("canary", canary)
    await context.add_init_script(
        "for (const name of ['alert', 'confirm', 'prompt', 'print']) window[name] = canary"
    )
    await context.route("**/*", lambda route: route.abort())
    for start in range(0, len(documents), FRAMES_A_PAGE):
        page = await context.new_page()
        await page.set_content("<!DOCTYPE html><body>")
        batch = list(enumerate(documents))[start : start + FRAMES_A_PAGE]
        await page.evaluate(
            f"""(batch) => {{
                const show = {SHOW[how]}
                const loaded = batch.map(([index, html]) => {{
                    const frame = document.createElement('iframe')
                    frame.name = `vector-${{index}}`
                    show(frame, html)
                    document.body.append(frame)
                    return new Promise((resolve) => frame.addEventListener('load', resolve))
                }})
                return Promise.race([Promise.all(loaded), new Promise((resolve) => setTimeout(resolve, 5000))])
            }}""",
            batch,
        )
        await page.wait_for_timeout(300)
        await page.evaluate(POKE)
        await page.wait_for_timeout(200)
        await page.close()
    await context.close()
    return [documents[index] for index in sorted(ran)]


@pytest.mark.parametrize("how", SHOW)
async def test_no_recorded_vector_runs_once_sanitised(chromium: Any, how: str) -> None:
    documents = [
        sanitize_html(entry["html"]) for entry in recorded("vectors.jsonl") + recorded("safer.jsonl")
    ]
    assert await those_that_run(chromium, documents, how) == []


async def test_the_vectors_run_when_they_are_not_sanitised(chromium: Any) -> None:
    """The control: had the browser been blind to script, the test above would prove nothing."""
    vectors = [entry["html"] for entry in recorded("vectors.jsonl")]
    assert len(await those_that_run(chromium, vectors, "document")) > 150


async def test_the_package_lets_script_through_where_this_is_safer(chromium: Any) -> None:
    through = [entry["answer"] for entry in recorded("safer.jsonl") if entry["runs"]]
    assert await those_that_run(chromium, through, "document") == through


async def test_escape_sequences_of_a_charset_do_not_swallow_quotes(chromium: Any) -> None:
    attack = '<meta charset=iso-2022-jp><img title="\x1b$B">\x1b(B" src=x onerror=canary() <p>'
    assert await runs_when_served(chromium, attack)
    assert not await runs_when_served(chromium, sanitize_html(attack))


async def runs_when_served(chromium: Any, html: str) -> bool:
    """Whether script runs when a server sends `html` without saying in which encoding."""
    ran = []
    context = await chromium.new_context()
    await context.expose_binding("canary", lambda *_: ran.append(True))
    await context.route(
        "**/*",
        lambda route: (
            route.fulfill(body=html.encode(), headers={"content-type": "text/html"})
            if route.request.resource_type == "document"
            else route.abort()
        ),
    )
    page = await context.new_page()
    await page.goto("http://sanitised.test/")
    await page.wait_for_timeout(200)
    await context.close()
    return bool(ran)

"""Emails as Chromium draws them: the same on every machine, compared by `novu_snapshot`, shown by the review."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest

from novu_framework_testing.pictures.chromium import (
    CHROMIUM,
    Chromium,
    ChromiumNotFoundError,
    FontsNotFoundError,
    _places,
)
from novu_framework_testing.pictures.comparison import compare_pictures
from novu_framework_testing.pictures.email import take_pictures
from novu_framework_testing.review import ReviewStore
from novu_framework_testing.review.listing import shown_json
from novu_framework_testing.review.view import change_detail
from tests.conftest import chromium_path, no_browser
from tests.integration.review_projects import packed

LETTERS = "🎉 ☎️ 👩‍👩‍👧 🇩🇪 ✓ → مرحبا שלום 你好 नमस्ते ½ Ω Ж <i>kursiv</i> <b>bold 🎉</b>"
EMAIL = f"""<!doctype html><html><head><meta name="color-scheme" content="light dark"><style>
@import "https://evil.test/a.css"; @font-face {{font-family: Brand; src: url(https://evil.test/f.woff2)}}
p::before {{content: "» "; font-family: Brand}} @keyframes k {{to {{opacity: 0}}}} h1 {{animation: k 1s infinite}}
@media (prefers-color-scheme: dark) {{body {{background: #111; color: #eee}}}}</style></head>
<body style="font-family: Brand, 'Segoe UI', Arial !important"><h1 style="font-family: Georgia">Hello</h1><p>{LETTERS}</p>
<pre>code</pre><font face="Comic Sans MS">x</font><img src="https://evil.test/open.gif" width="80" height="40">
<img src="cid:logo" onerror="document.body.remove()"><script>document.body.remove()</script><input value="x">
<a style="display: block; width: 120px; margin-top: 10px; background: #0a58ca; color: #fff; padding: 12px">Track it</a></body></html>"""
MOVED = EMAIL.replace("margin-top: 10px", "margin-top: 16px")

PROJECT = """
from pathlib import Path

import pytest
from novu_framework import Step, workflow

@workflow("shop")
async def shop(payload: dict, step: Step) -> None:
    await step.email("mail", lambda: {"subject": "Hello", "body": payload["body"]})
    await step.in_app("bell", lambda: {"body": "Hello"})

@pytest.fixture
def run(novu):
    novu.register(shop)
    body = Path("email.html").read_text(encoding="utf-8")
    return novu.trigger("shop", to={"subscriberId": "ann", "email": "a@acme.test"}, payload={"body": body}).run

def test_sync(run, novu_snapshot):
    assert run == novu_snapshot

async def test_async(run, novu_snapshot):
    assert run.step("mail") == novu_snapshot(rendered=True)
"""

needs_chromium = pytest.mark.browser


@pytest.fixture(scope="module")
def pictures() -> Iterator[dict[str, bytes]]:
    if (path := chromium_path()) is None:
        no_browser("there is no Chromium on PATH: apt-get install chromium")
    with pytest.MonkeyPatch.context() as monkeypatch:
        monkeypatch.setenv("NOVU_CHROMIUM", path)
        yield take_pictures(EMAIL)
        CHROMIUM.close()


@needs_chromium
def test_the_same_email_is_the_same_picture_with_other_fonts_too(
    pictures: dict[str, bytes], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert list(pictures) == [".phone.png", ".desktop.png", ".phone-dark.png", ".desktop-dark.png"]
    assert len(set(pictures.values())) == 4
    assert take_pictures(EMAIL) == pictures
    settings = tmp_path / "fonts.conf"
    settings.write_text(
        "<fontconfig><dir>/usr/share/fonts/truetype/dejavu</dir><match target='font'><edit name='hintstyle' mode='assign'>"
        "<const>hintfull</const></edit><edit name='rgba' mode='assign'><const>rgb</const></edit></match></fontconfig>"
    )
    monkeypatch.setenv("FONTCONFIG_FILE", str(settings))
    CHROMIUM.close()
    assert take_pictures(EMAIL) == pictures
    CHROMIUM.close()


@needs_chromium
def test_what_a_reader_would_see_is_found(pictures: dict[str, bytes]) -> None:
    for new, kind in (
        (MOVED, "moved"),
        (EMAIL.replace("#0a58ca", "#0a6aca"), "changed"),
        (EMAIL.replace("Hello", "Hallo"), "changed"),
    ):
        for suffix, picture in take_pictures(new).items():
            assert kind in {change.kind for change in compare_pictures(pictures[suffix], picture)}, (
                suffix,
                new,
            )
    assert list(take_pictures("<p>Light alone</p>")) == [".phone.png", ".desktop.png"]


@needs_chromium
def test_a_moved_button_goes_from_the_test_to_the_review_and_into_the_files(
    pictures: dict[str, bytes], pytester: pytest.Pytester
) -> None:
    pytester.makepyfile(test_shop=PROJECT)
    pytester.makeini(
        "[pytest]\nnovu_rendered = true\nasyncio_mode = auto\nasyncio_default_fixture_loop_scope = function\n"
    )
    email = pytester.path / "email.html"
    email.write_text(EMAIL, encoding="utf-8")
    run = lambda *options: pytester.runpytest_inprocess("-p", "no:randomly", "-p", "no:xdist", *options)  # noqa: E731
    run("--snapshot-update").assert_outcomes(passed=2)
    folder = pytester.path / "__snapshots__" / "test_shop" / "test_async"
    assert {f".{path.name.split('.', 1)[1]}" for path in folder.iterdir()} == {".txt", ".html", *pictures}
    run("--snapshot-update").assert_outcomes(passed=2)

    email.write_text(MOVED, encoding="utf-8")
    result = run("--novu-review", "--novu-report=report.html")
    result.assert_outcomes(failed=2)
    result.stdout.fnmatch_lines(["*picture (phone, light):", "*a part of * moved 6 px down"])
    store = ReviewStore(pytester.path)
    detail = change_detail(store, *store.pending()[0])
    assert [each["view"] for each in detail["pictures"]] == [
        "phone, light",
        "desktop, light",
        "phone, dark",
        "desktop, dark",
    ]
    assert detail["pictures"][0]["summary"].endswith("moved 6 px down")
    assert detail["pictures"][0]["old"]["width"] == 390
    assert detail["new"]["raw"].keys() == {".txt", ".html"}
    listed = shown_json(store, *store.pending()[0])
    assert listed["pictures"][0]["summary"] == detail["pictures"][0]["summary"]
    assert listed["old"].keys() == listed["new"].keys() == {".txt", ".html"}
    shown = next(
        each
        for each in packed((pytester.path / "report.html").read_text(encoding="utf-8"))
        if each["pictures"]
    )
    assert shown["pictures"][0]["old"]["url"].startswith("data:image/png;base64,")

    before = (folder / "01-mail-email.phone.png").read_bytes()
    decision = store.decide("accept", [(change.id, change.revision) for _, change in store.pending()])
    run().assert_outcomes(passed=2)
    assert (folder / "01-mail-email.phone.png").read_bytes() != before
    store.undo(decision.id)
    assert (folder / "01-mail-email.phone.png").read_bytes() == before


def test_chromium_is_the_one_named_or_playwrights_or_that_of_the_system(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    own = tmp_path / "own"
    playwright = SimpleNamespace(chromium=SimpleNamespace(executable_path=str(own)))
    on_path = {"chromium": "/usr/bin/chromium", "google-chrome": "/usr/bin/google-chrome"}
    monkeypatch.setattr("shutil.which", on_path.get)
    monkeypatch.delenv("NOVU_CHROMIUM", raising=False)
    found = [{"executable_path": path} for path in on_path.values()]
    known = [{"channel": "chrome"}, {"channel": "msedge"}]
    assert list(_places(playwright)) == [*found, *known]  # type: ignore[arg-type]
    own.touch()
    assert list(_places(playwright)) == [{"executable_path": str(own)}, *found, *known]  # type: ignore[arg-type]
    monkeypatch.setenv("NOVU_CHROMIUM", "/opt/chrome")
    assert list(_places(playwright)) == [{"executable_path": "/opt/chrome"}]  # type: ignore[arg-type]


@needs_chromium
def test_no_chromium_is_said_with_what_to_do(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("NOVU_CHROMIUM", str(tmp_path / "nowhere"))
    browser = Chromium()
    with pytest.raises(
        ChromiumNotFoundError, match=r"`playwright install chromium`.*NOVU_CHROMIUM.*nowhere does not start"
    ):
        browser.run(lambda _: None)
    browser.close()


@needs_chromium
def test_on_a_machine_without_any_font_no_picture_is_taken(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    if (path := chromium_path()) is None:
        no_browser("there is no Chromium on PATH: apt-get install chromium")
    (tmp_path / "fonts").mkdir()
    settings = tmp_path / "fonts.conf"
    settings.write_text(
        f"<fontconfig><dir>{tmp_path / 'fonts'}</dir><cachedir>{tmp_path / 'cache'}</cachedir></fontconfig>"
    )
    monkeypatch.setenv("NOVU_CHROMIUM", path)
    monkeypatch.setenv("FONTCONFIG_FILE", str(settings))
    browser = Chromium()
    with pytest.raises(FontsNotFoundError, match="fonts-dejavu-core"):
        browser.run(lambda _: None)
    browser.close()


def test_a_threshold_that_is_no_number_is_an_error_of_usage(pytester: pytest.Pytester) -> None:
    pytester.makeini(
        "[pytest]\nnovu_rendered_threshold = low\nasyncio_default_fixture_loop_scope = function\n"
    )
    pytester.makepyfile("def test_it(novu_snapshot): pass")
    result = pytester.runpytest_inprocess("-p", "no:xdist")
    assert any("write a number from 0 to 1" in line for line in (*result.outlines, *result.errlines))

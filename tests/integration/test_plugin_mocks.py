"""`novu_cloud` beside what else stands in for the network, in any order: pytest-httpx, vcr, respx, a transport of one's own."""

from __future__ import annotations

import gc
import warnings

import pytest

TESTS = """
    import asyncio

    import httpx
    import httpx2
    import pytest
    import vcr
    from vcr.errors import CannotOverwriteExistingCassetteException
    from novu_framework import Client, workflow

    URL = "https://api.novu.co/v2/topics"
    OTHER = "https://billing.test/"

    @workflow("hello")
    async def hello(step):
        await step.in_app("bell", {"body": "Hello!"})

    def every_client_is_answered(cloud):
        cloud.register(hello)
        headers = {"Authorization": f"ApiKey {cloud.secret_key}"}

        async def awaited():
            for library in (httpx, httpx2):
                async with library.AsyncClient(headers=headers) as client:
                    assert (await client.get(URL)).json()["data"] == []

        asyncio.run(awaited())
        for library in (httpx, httpx2):
            with library.Client(headers=headers) as client:
                assert client.get(URL).json()["data"] == []
                assert client.post("https://eu.api.novu.co/v1/events/trigger", json={"name": "hello", "to": "ann"}).status_code == 201
        hello.trigger("ann", {})
        assert len(cloud.triggers) == 3

    def test_alone(novu_cloud):
        every_client_is_answered(novu_cloud)

    def test_before_pytest_httpx(novu_cloud, httpx_mock):
        httpx_mock.add_response(url=OTHER, json="paid")
        every_client_is_answered(novu_cloud)
        assert httpx.get(OTHER).json() == "paid"

    def test_after_pytest_httpx(httpx_mock, novu_cloud):
        httpx_mock.add_response(url=OTHER, json="paid")
        every_client_is_answered(novu_cloud)
        assert httpx.get(OTHER).json() == "paid"

    def test_within_a_cassette(novu_cloud, tmp_path):
        with vcr.use_cassette(str(tmp_path / "cassette.yaml"), record_mode="none"):
            every_client_is_answered(novu_cloud)
            with pytest.raises(CannotOverwriteExistingCassetteException):
                httpx.get(OTHER)

    def test_beside_respx(novu_cloud, respx_mock):
        respx_mock.get(OTHER).respond(json="paid")
        every_client_is_answered(novu_cloud)
        assert httpx.get(OTHER).json() == "paid"

    def test_below_a_transport_of_ones_own(novu_cloud):
        class Again(httpx.BaseTransport):
            below, tries = httpx.HTTPTransport(), 0

            def handle_request(self, request):
                self.tries += 1
                return self.below.handle_request(request)

        transport = Again()
        with httpx.Client(transport=transport) as client:
            assert client.get(URL).status_code == 401
        assert transport.tries == 1

    @pytest.mark.parametrize("library", [httpx, httpx2])
    def test_an_error_is_the_librarys_own(novu_cloud, library):
        novu_cloud.fail_next(httpx.ConnectTimeout("slow"))
        with pytest.raises(library.ConnectTimeout, match="slow"):
            library.get(URL)

    def test_the_test_client_of_starlette(novu_cloud):
        from fastapi import FastAPI
        from fastapi.testclient import TestClient

        app = FastAPI()
        app.get("/")(lambda: hello.trigger("ann", {}).acknowledged)
        novu_cloud.register(hello)
        with TestClient(app) as client:
            assert client.get("/").json() is True

    def test_afterwards_all_is_as_before():
        for library in (httpx, httpx2):
            with pytest.raises(RuntimeError, match="novu_cloud"):
                library.get(URL)
"""


def test_novu_cloud_beside_other_mocks(pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("NOVU_API_URL", raising=False)
    pytester.makeini("[pytest]\nasyncio_default_fixture_loop_scope = function\nfilterwarnings = error\n")
    pytester.makepyfile(TESTS)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        gc.collect()  # what earlier tests left may warn as it goes, and inside no warning passes
    result = pytester.runpytest_inprocess(
        "-p",
        "pytest_httpx",
        "-p",
        "respx",
        "-p",
        "no:cacheprovider",
        "-p",
        "no:hypothesispytest",
        "-p",
        "no:randomly",
    )
    result.assert_outcomes(passed=10)

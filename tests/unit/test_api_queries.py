"""What a query asks of any route of the simulated API: it counts, or it is refused."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

import pytest

from novu_framework import Step, workflow
from novu_framework_testing import NovuSimulator
from novu_framework_testing.api import ApiRequest, Cloud
from novu_framework_testing.api.cloud import TABLE
from novu_framework_testing.api.routing import Route
from tests.tables import walked

ROUTES = [route for route in TABLE.routes if route.path != "/" and not route.path.startswith("/page/")]


@pytest.fixture(scope="module")
def cloud() -> Iterator[Cloud]:
    with NovuSimulator(secret_key="key") as novu:
        yield Cloud(novu)


def refused(cloud: Cloud, route: Route, query: str) -> bool:
    """Tell whether a route refuses a query for what it is, before it looks at anything else."""
    headers = [("authorization", "ApiKey key")]
    answer = cloud.handle(ApiRequest.parse(route.method, f"{route.path}?{query}", headers, b""))
    said = str((answer.json or {}).get("message", ""))
    return answer.status == 400 and " in the query: " in said


@walked("route", ROUTES, ids=lambda route: f"{route.method} {route.path}")
def test_a_query_that_a_route_would_not_read_is_refused_in_words(cloud: Cloud, route: Route) -> None:
    assert not refused(cloud, route, "")
    for unknown in ("unknown=1", "unknown[]=1", "=1", "[]=1", "unknown[0][]=1"):
        assert refused(cloud, route, quote(unknown, safe="=[]"))
    for name, written in zip(route.query_names, route.query, strict=True):
        a_list, lists, may_be_empty = "[]" in written, "[][]" in written, written.endswith("=")
        forms = {
            f"{name}=1": True,
            f"{name}[]=1": a_list,
            f"{name}[0]=1": a_list,
            f"{name}=1&{name}=1": a_list,
            f"{name}[0][]=1": lists,
            f"{name}[0][1]=1": lists,
            f"{name}[0][][]=1": False,
            f"{name}[x]=1": False,
            f"{name}[$ne]=1": False,
            f"{name}[=1": False,
            f"{name}]=1": False,
            f"{name.upper()}_=1": False,
            f"{name}=": may_be_empty or not a_list,
        }
        assert {form: not refused(cloud, route, form) for form in forms} == forms


@pytest.mark.parametrize(
    ("path", "query", "said"),
    [
        ("/v1/notifications", "page[x]=1", "Not understood in the query: page[x]. page is a single value: page=a."),
        ("/v1/notifications", "channels[x]=1", "Not understood in the query: channels[x]. channels is a list: channels=a&channels=b."),
        ("/v1/notifications", "page=1&page=2", "Not understood in the query: page, 2 times. It has one value."),
        ("/v1/notifications", "channels=", "Empty in the query: channels. Leave it out, or give it a value."),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said_by_its_name(cloud: Cloud, path: str, query: str, said: str) -> None:
    headers = [("authorization", "ApiKey key")]
    answer = cloud.handle(ApiRequest.parse("GET", f"{path}?{query}", headers, b""))
    assert (answer.status, answer.json["message"]) == (400, said)


ONLY_SAID = {"source", "deleteFromProvider"}
"""What says who asks, or is about a provider, of which there is nothing here."""


@workflow("w")
async def of_the_bell(step: Step) -> None:
    await step.in_app("bell", {"body": "Hi"})


@walked("route", [route for route in ROUTES if route.query], ids=lambda route: f"{route.method} {route.path}")
def test_what_a_route_says_it_reads_of_a_query_it_reads(route: Route) -> None:
    read: set[str] = set()

    class Asked(dict[str, list[str]]):
        """A query that notes which of its names were asked for."""

        def get(self, name: str, default: Any = None) -> Any:
            read.add(name)
            return default

        def __contains__(self, name: object) -> bool:
            return bool(self.get(str(name)))

    class Request(ApiRequest):
        def all(self, name: str) -> list[str]:
            return self.query.get(name, [])

        def asks(self, name: str) -> bool:
            return name in self.query

    with NovuSimulator(secret_key="key") as novu:
        novu.trigger(of_the_bell, "ann")
        subscription = novu.topic("post").subscribe("ann")
        cloud = Cloud(novu)
        session = cloud.handle(
            ApiRequest(
                "POST", "/v1/inbox/session", content=b'{"applicationIdentifier": "a", "subscriberId": "ann"}'
            )
        ).json["data"]["token"]
        known = {
            "subscriberId": "ann",
            "topicKey": "post",
            "workflowId": "w",
            "identifier": subscription.identifier,
            "domain": "acme.test",
            "parameter": "global",
        }
        if "/agents/" in route.path:
            known["identifier"] = "acme"
        path = re.sub(r"\{(\w+)\}", lambda found: known.get(found[1], novu.messages[0].id), route.path)
        key = f"Bearer {session}" if path.startswith("/v1/inbox/") else "ApiKey key"
        for made in ("agents", "domains"):
            body = b'{"name": "acme.test", "identifier": "acme"}'
            cloud.handle(ApiRequest("POST", f"/v1/{made}", {}, {"authorization": "ApiKey key"}, body))
        body = b'{"key": "other", "subscriberId": "bob", "notificationIds": [], "snoozeUntil": "2999-01-01T00:00:00Z"}'
        cloud.handle(Request(route.method, path, Asked(), {"authorization": key}, body))
    assert set(route.query_names) - ONLY_SAID <= read


@walked("name", ["read", "seen", "archived", "snoozed"])
@walked("value", ["yes", "1", "TRUE"])
def test_a_flag_is_true_or_false(cloud: Cloud, name: str, value: str) -> None:
    cloud.novu.subscriber("ann")
    target = f"/v2/subscribers/ann/notifications?{name}={value}"
    answer = cloud.handle(ApiRequest.parse("GET", target, [("authorization", "ApiKey key")], b""))
    assert (answer.status, answer.json["errors"]["general"]["messages"]) == (
        422,
        [f"{name} must be a boolean value"],
    )


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("tags[]=a&tags[]=b", 2),
        ("tags[0][]=a&tags[0][]=both&tags[1][]=both", 1),
        ("tags[0][0]=a&tags[0][1]=b&tags[1][0]=both", 1),
        ("tags[0][0]=a&tags[1][0]=b", 0),
        ("tags[]=a&tags[0][]=b", None),
    ],
)
def test_tags_are_one_list_or_several_of_each_of_which_one_is_needed(query: str, found: int | None) -> None:
    @workflow("a", tags=["a", "both"])
    async def tagged_a(step: Step) -> None:
        await step.in_app("bell", {"body": "a"})

    @workflow("b", tags=["b"])
    async def tagged_b(step: Step) -> None:
        await step.in_app("bell", {"body": "b"})

    with NovuSimulator(secret_key="key") as novu:
        for each in (tagged_a, tagged_b):
            novu.trigger(each, "ann")
        target = f"/v2/subscribers/ann/notifications?{query}"
        answer = Cloud(novu).handle(ApiRequest.parse("GET", target, [("authorization", "ApiKey key")], b""))
    assert answer.status == (400 if found is None else 200)
    assert found is None or len(answer.json["data"]) == found


def test_the_topics_of_a_subscriber_are_left_out_where_they_are_not_asked_for(cloud: Cloud) -> None:
    cloud.novu.topic("post").subscribe("bob")
    for query, topics in (("", ["post"]), ("?includeTopics=false", None), ("?includeTopics=true", ["post"])):
        target = f"/v1/subscribers/bob{query}"
        answer = cloud.handle(ApiRequest.parse("GET", target, [("authorization", "ApiKey key")], b""))
        assert answer.json["data"].get("topics") == topics

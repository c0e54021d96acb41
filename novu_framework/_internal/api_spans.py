"""The spans of calls to the Novu API, and the trace that a trigger sends along."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode, urlsplit

from novu_framework._internal import telemetry
from novu_framework.errors import NovuApiError

if TYPE_CHECKING:
    from opentelemetry.trace import Span


class ApiSpan:
    """The span of a call to the Novu API, around all its tries; or none, where nothing records.

    Attributes:
        body: What to send. Where a trigger names a bridge, its URL carries the trace to every request for a step.
    """

    def __init__(self, body: Any, span: Span | None = None) -> None:
        self.body = body
        self._span = span

    def answered(self, answer: Any, retries: int) -> Any:
        """Note the transaction that an answer names, and give the answer back."""
        if self._span is not None:
            if retries:
                self._span.set_attribute("http.request.resend_count", retries)
            data = answer.get("data") if isinstance(answer, dict) else None
            if isinstance(data, dict) and isinstance(transaction_id := data.get("transactionId"), str):
                self._span.set_attribute("novu.transaction.id", transaction_id)
        return answer


@contextmanager
def api_span(method: str, path: str, body: Any) -> Iterator[ApiSpan]:
    """Give a call to the Novu API its span, where an SDK was set up; a trigger's is a producer's."""
    if (current := telemetry.current()) is None:
        yield ApiSpan(body)
        return
    about: dict[str, Any] = {"http.request.method": method, "url.path": path}
    events = _events(body) if method == "POST" and path in _TRIGGERS else []
    if events:
        workflow_ids = {event.get("name") for event in events}
        if len(workflow_ids) == 1:
            about["novu.workflow.id"] = str(workflow_ids.pop())
        if "events" in body:
            about["messaging.batch.message_count"] = len(events)
        elif "transactionId" in body:
            about["novu.transaction.id"] = str(body["transactionId"])
        name, kind = f"trigger {about.get('novu.workflow.id', '')}".strip(), current.trace.SpanKind.PRODUCER
    else:
        name, kind = method, current.trace.SpanKind.CLIENT
    with current.span(name, about, kind) as span:
        if events and (carrier := current.inject()):
            carried = [_carrying(event, carrier) for event in events]
            body = {"events": carried} if "events" in body else carried[0]
        try:
            yield ApiSpan(body, span)
        except NovuApiError as error:
            if type(error) is NovuApiError:  # the others are answered by nobody, or not by Novu
                span.set_attribute("http.response.status_code", error.status)
            raise


_TRIGGERS = ("/v1/events/trigger", "/v1/events/trigger/bulk", "/v1/events/trigger/broadcast")


def _events(body: Any) -> list[dict[str, Any]]:
    events = body.get("events", [body]) if isinstance(body, dict) else []
    return events if isinstance(events, list) and all(isinstance(event, dict) for event in events) else []


def _carrying(event: dict[str, Any], carrier: Mapping[str, str]) -> dict[str, Any]:
    """Return an event whose `bridgeUrl`, if it has one, carries a trace: Novu keeps a URL's query in all its requests."""
    url = event.get("bridgeUrl")
    if not isinstance(url, str):
        return event
    parts = urlsplit(url)
    query = "&".join(filter(None, (parts.query, urlencode(carrier))))
    # of the same class, which does not show a payload to tools that print variables
    return type(event)({**event, "bridgeUrl": parts._replace(query=query).geturl()})

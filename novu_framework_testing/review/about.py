"""For whom a change is, and why a test makes it, in words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Protocol

from novu_framework_testing.review.titles import place_of_test, title_of_test
from novu_framework_testing.snapshots.context import StepContext


class KnownTest(Protocol):
    """A test, as far as it can say what it is for."""

    @property
    def test(self) -> str:
        """The test's id, as pytest names it."""
        ...

    @property
    def purpose(self) -> str:
        """The first paragraph of its docstring."""
        ...

    @property
    def parameters(self) -> Sequence[str]:
        """The ids of its parameters."""
        ...


def about(test: KnownTest, context: StepContext) -> dict[str, Any]:
    """Return what a page, a report and a script say of a message beside its content.

    Args:
        test: The test that it is of.
        context: That of the step.
    """
    title = title_of_test(test.test, test.purpose, tuple(test.parameters))
    return {
        "testTitle": str(title),
        "testName": title.name,
        "testCase": title.case,
        "testPlace": place_of_test(test.test),
        "workflowName": context.workflow_name,
        "recipient": recipient(context),
    }


def recipient(context: StepContext) -> Mapping[str, str]:
    """Return what is known of a recipient: `id`, `name`, `email`, `phone`, `locale`, `timezone`; empty if nothing is."""
    values = {"id": context.subscriber} | {
        name: getattr(context, name) for name in ("name", "email", "phone", "locale", "timezone")
    }
    return {name: value for name, value in values.items() if value} if context.subscriber else {}


def recipient_names(known: Iterable[Mapping[str, str]], *, most: int = 2) -> str:
    """Return who several recipients are, by their names or else their ids; empty if nobody is known.

    >>> recipient_names([{"id": "ann", "name": "Ann Lee"}, {"id": "bob"}, {"id": "cy"}])
    'Ann Lee, bob and 1 more'
    """
    names = list(dict.fromkeys(each.get("name") or each["id"] for each in known if each))
    more = f" and {len(names) - most} more" if len(names) > most else ""
    return ", ".join(names[:most]) + more


def recipient_line(known: Mapping[str, str]) -> str:
    """Return what is known of a recipient in a line; empty if nothing is.

    >>> recipient_line({"id": "ann", "name": "Ann Lee", "email": "ann@acme.test", "locale": "de_DE"})
    'For Ann Lee (ann, ann@acme.test) · locale de_DE'
    """
    if not known:
        return ""
    who, *others = [known[name] for name in ("name", "id", "email", "phone") if name in known]
    more = f" ({', '.join(others)})" if others else ""
    parts = [f"For {who}{more}"]
    parts += [
        f"{word} {known[name]}"
        for name, word in (("locale", "locale"), ("timezone", "time zone"))
        if name in known
    ]
    return " · ".join(parts)

"""The names that there are, told to someone who misspelt one."""

from __future__ import annotations

from typing import Any

import pytest

from novu_framework import Client
from novu_framework._internal.suggestions import known_names, unfit_arguments
from tests.tables import walked


@pytest.mark.parametrize(("many", "rest"), [(20, "."), (21, " and 1 more."), (100, " and 80 more.")])
def test_so_many_names_are_told_and_how_many_more_there_are(many: int, rest: str) -> None:
    names = [f"w{number}" for number in range(many)]
    assert known_names("?", names) == ", ".join(names[:20]) + rest


class Novu:
    async def trigger_async(self, to: str, payload: Any = None) -> None: ...


async def check_async(url: str) -> None: ...


@walked(
    ("method", "args", "kwargs", "message"),
    [
        (Novu.trigger_async, [], {}, "trigger(): missing a required argument: 'to'."),
        (Novu.trigger_async, ["ann", {}, 3], {}, "trigger(): too many positional arguments."),
        (Novu.trigger_async, ["ann"], {"to": "bob"}, "trigger(): multiple values for argument 'to'."),
        (
            Novu.trigger_async,
            ["ann"],
            {"to": "bob", "paylod": {}},
            "trigger() has no parameter 'paylod'; it has to, payload; did you mean 'payload'?",
        ),
        (Novu.trigger_async, [], {"self": 1}, "trigger() has no parameter 'self'; it has to, payload."),
        (check_async, [], {}, "check(): missing a required argument: 'url'."),
        (check_async, [], {"self": 1}, "check() has no parameter 'self'; it has url."),
        (check_async, ["/"], {}, "check() cannot be called like this."),  # nobody knows why
    ],
)
def test_arguments_that_do_not_fit_are_told_by_the_name_that_was_called(
    method: Any, args: list[Any], kwargs: dict[str, Any], message: str
) -> None:
    assert str(unfit_arguments(method, args, kwargs)) == message


def test_a_client_tells_which_argument_of_its_methods_is_none() -> None:
    client: Any = Client("test-secret")
    with pytest.raises(TypeError) as raised:
        client.cancel("t-1", transactoin_id="t-1")
    assert str(raised.value) == (
        "cancel() has no parameter 'transactoin_id'; it has transaction_id; did you mean 'transaction_id'?"
    )

"""What every error of the runtime says: in words, with what it is about, and as the protocol answers it."""

from __future__ import annotations

import inspect

from novu_framework.errors import NovuError
from tests.tables import walked
from tests.unit.test_pickling import error_classes, error_of

KINDS = sorted(
    (kind for kind in error_classes() if issubclass(kind, NovuError)), key=lambda one: one.__name__
)


@walked("kind", KINDS)
def test_an_error_says_what_is_wrong_and_with_what(kind: type[NovuError]) -> None:
    error = error_of(kind)
    assert isinstance(error, NovuError)
    assert error.message
    assert str(error) == error.message
    assert error.to_dict()["code"] == error.code != ""
    given = inspect.signature(kind.__init__).parameters.keys() if inspect.isfunction(kind.__init__) else ()
    about = [name for name in ("workflow_id", "step_id", "provider_id") if name in given]
    assert [getattr(error, name) for name in about] == [f"the {name}" for name in about]
    assert not about or any(f"the {name}" in error.message for name in about)


def test_an_error_without_a_name_of_its_own_is_answered_as_one_of_the_server() -> None:
    error = NovuError("It is broken.")
    assert error.to_dict() == {"message": "It is broken.", "code": "NovuError"}
    assert error.status == 500

"""`@pytest.mark.novu_matrix` and `novu_case`: a test that runs once for each case of a matrix."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from novu_framework_testing.matrix import MatrixCase, NovuCase
    from novu_framework_testing.review.cases import Case
    from novu_framework_testing.simulation.simulator import NovuSimulator

_FIXTURE = "novu_case"
_MARKER = "novu_matrix"


def pytest_configure(config: pytest.Config) -> None:
    """Describe the marker for `pytest --markers`."""
    config.addinivalue_line(
        "markers",
        "novu_matrix(locales=None, timezones=None, data=None, product=False): the cases of a test that takes `novu_case`. `locales` are "
        "such as en_US and ar_SA, `timezones` such as Europe/Berlin, `data` is of usual, long, empty, right-to-left and emoji. Each "
        "value comes once, beside the first of the others; with `product=True` every combination does.",
    )


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Make a test of each case."""
    if _FIXTURE not in metafunc.fixturenames:
        if any(marker.name == _MARKER for marker in metafunc.definition.own_markers):
            pytest.fail(f"@pytest.mark.{_MARKER} is for tests that take `{_FIXTURE}`", pytrace=False)
        return
    from novu_framework_testing.matrix import matrix_cases

    given: dict[str, Any] = {}
    for marker in metafunc.definition.iter_markers(_MARKER):  # the nearest first
        given = {**marker.kwargs, **given}
        if marker.args:
            pytest.fail(
                f"@pytest.mark.{_MARKER} takes named values: locales=[...], data=[...]", pytrace=False
            )
    try:
        cases = matrix_cases(**given)
    except ValueError as error:
        what = f"@pytest.mark.{_MARKER} on {metafunc.function.__name__}: {error}"
        raise pytest.fail.Exception(what, pytrace=False) from None
    metafunc.parametrize(_FIXTURE, cases, ids=[case.label for case in cases], indirect=True)


@pytest.fixture
def novu_case(request: pytest.FixtureRequest, novu: NovuSimulator) -> NovuCase:
    """One case of a matrix of locales, time zones and kinds of data; the test runs once for each.

        @pytest.mark.novu_matrix(locales=["en_US", "de_DE", "ar_SA"])
        def test_welcome(novu_case, novu_snapshot):
            assert novu_case.trigger(welcome).run == novu_snapshot

    `.trigger(workflow)` triggers it in the test's `novu` with a subscriber and a payload of the case; `.subscriber()` and
    `.payload(workflow)` make them, `.locale`, `.timezone`, `.data` and `.label` say what the case is. Without the marker, or without values
    in it, there are ten cases: four locales, three time zones and five kinds of data, each combined with the usual values.
    """
    from novu_framework_testing.matrix import NovuCase

    return NovuCase(request.param, novu, seed=request.node.nodeid.partition("[")[0])


def recorded_case(item: pytest.Item) -> Case | None:
    """Return which case of a matrix a test is, if it is one. The other parameters of the test have a matrix each."""
    callspec = getattr(item, "callspec", None)
    if callspec is None or _FIXTURE not in callspec.params:
        return None
    from novu_framework_testing.review.cases import Case

    case: MatrixCase = callspec.params[_FIXTURE]
    others = f"-{callspec.id}-".replace(f"-{case.label}-", "-", 1).strip("-")
    test = item.nodeid.partition("[")[0]
    return Case(f"{test}[{others}]" if others else test, case.label, case.place, case.axes)

"""What one test compared and sent, as data: pytest's workers send it as JSON to the process that writes."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Iterable, Sequence
from typing import Any

from novu_framework_testing.review.cases import Case
from novu_framework_testing.snapshots.assertion import StepFiles
from novu_framework_testing.snapshots.context import StepContext
from novu_framework_testing.snapshots.filters import Filters
from novu_framework_testing.snapshots.formats import encoded_files
from novu_framework_testing.snapshots.names import FileName, escape
from novu_framework_testing.snapshots.rendered import RenderedStep, rendered_steps


@dataclasses.dataclass(frozen=True)
class RecordedTest:
    """One test of a run.

    Attributes:
        test: The test's id, as pytest names it.
        folder: The path of the folder of its snapshots.
        purpose: The first paragraph of its docstring.
        parameters: The ids of its parameters.
        steps: What it compared with snapshots, in order.
        messages: What its simulations sent besides; only recorded for a report.
        case: Which case of a matrix it is, if it is one.
        asides: What comments in the code of its workflows set aside of the checks: each the rule, why, and the workflow.
    """

    test: str
    folder: str
    steps: Sequence[StepFiles] = ()
    messages: Sequence[StepFiles] = ()
    case: Case | None = None
    asides: Sequence[tuple[str, ...]] = ()
    purpose: str = ""
    parameters: Sequence[str] = ()

    def to_json(self) -> str:
        """Return the record as a JSON text."""
        # Latin-1 has a letter for each byte.
        return json.dumps(dataclasses.asdict(self), default=lambda data: data.decode("latin-1"))

    @classmethod
    def from_json(cls, text: str) -> RecordedTest:
        """Return the record that `to_json` wrote."""
        data = json.loads(text, object_hook=_read_object)
        tuples = {"asides": tuple(map(tuple, data["asides"])), "parameters": tuple(data["parameters"])}
        return cls(**{**data, **tuples})


def recorded_messages(messages: Iterable[Any], compared: Iterable[RenderedStep]) -> list[StepFiles]:
    """Return the files of the messages of a simulation that are not among the steps `compared`."""
    known = {_content_key(step) for step in compared}
    sent = [Filters().apply(step) for step in rendered_steps(list(messages))]
    return [
        StepFiles(
            str(FileName(order, escape(step.step_id), step.channel, "")),
            encoded_files(step),
            context=step.context,
        )
        for order, step in enumerate((step for step in sent if _content_key(step) not in known), 1)
    ]


def _read_object(data: dict[str, Any]) -> Any:
    if "stem" in data:
        return StepFiles(**data)
    if "test" in data:
        return data
    if "matrix" in data:
        return Case.of(data)
    if "subscriber" in data:
        return StepContext.of(data)
    return {suffix: text.encode("latin-1") for suffix, text in data.items()}


def _content_key(step: RenderedStep) -> str:
    return json.dumps([step.step_id, step.channel, dict(step.outputs)], default=repr, sort_keys=True)

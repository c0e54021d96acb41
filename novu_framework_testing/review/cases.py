"""Which case of a matrix a test is, as data."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Case:
    """One case of a matrix.

    Attributes:
        matrix: The name that all cases of a matrix share.
        label: What is not usual about it, such as `de_DE`.
        place: Its place among the cases of the matrix.
        axes: Pairs of an axis and its value, in the order of the axes.
        folder: The folder of its snapshots; below the project's root in what is kept for a review.
    """

    matrix: str
    label: str
    place: int
    axes: Sequence[tuple[str, str]]
    folder: str = ""

    @classmethod
    def of(cls, data: Mapping[str, Any]) -> Case:
        """Return the case that was written as JSON. Raises `TypeError` or `ValueError` for something else."""
        made = cls(**{**data, "axes": tuple((str(axis), str(value)) for axis, value in data["axes"])})
        if not isinstance(made.place, int) or not all(
            isinstance(each, str) for each in (made.matrix, made.label, made.folder)
        ):
            raise TypeError(f"a case is {data!r}")
        return made

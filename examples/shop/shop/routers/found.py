from collections.abc import Mapping
from typing import TypeVar

from fastapi import HTTPException

T = TypeVar("T")


def found(things: Mapping[str, T], key: str, what: str) -> T:
    """What is stored under a key; 404 where nothing is."""
    if key not in things:
        raise HTTPException(404, f"There is no {what} {key}.")
    return things[key]

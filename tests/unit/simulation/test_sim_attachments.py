"""Attachments of a payload: which files are read, and what a bridge, a digest and an email have of them."""

from __future__ import annotations

from typing import Any

import pytest

from novu_framework_testing.simulation.attachments import of_email, with_stored_files, without_files
from tests.tables import walked


def stored(*attachments: Any) -> list[Any]:
    kept = with_stored_files({"n": 1, "attachments": list(attachments)}, "t")
    assert kept["n"] == 1
    return list(kept["attachments"])


@walked(
    ("file", "data"),
    [
        ("", []),
        ("QUI=", [65, 66]),
        ("QUI", [65, 66]),
        ("QUI==", [65, 66]),
        ("QUJD", [65, 66, 67]),
        ("Q Q\n=\r\t=", [65]),
        ("Q\nU\tI\r = ", [65, 66]),
        ("+/8=", [251, 255]),
        ("-_8=", [251, 255]),
        ([65, 0, 255], [65, 0, 255]),
        ([], []),
        ({"type": "Buffer", "data": [65]}, [65]),
        ({"data": "QUI="}, [65, 66]),
    ],
)
def test_a_file_is_read_as_node_reads_it(file: Any, data: list[int]) -> None:
    (kept,) = stored({"name": "a", "file": file})
    assert kept == {"name": "a", "storagePath": "t/0/a", "file": {"type": "Buffer", "data": data}}


@walked(
    "file",
    [None, 3, True, 1.5, "Q", "QUJDR", "Q!==", "Q=UI", "é", [256], [-1], ["A"], [None], {}, {"data": None}],
)
def test_a_file_that_cannot_be_read_is_refused_by_its_place(file: Any) -> None:
    with pytest.raises(ValueError, match=r"attachments\[1\]\.file` must be the bytes"):
        stored({"name": "a", "file": "QQ"}, {"name": "b", "file": file})


def test_each_file_has_a_place_of_its_own() -> None:
    same = {"name": "a.txt", "file": "QQ"}
    assert [one["storagePath"] for one in stored(same, same, {"file": "QQ"})] == [
        "t/0/a.txt",
        "t/1/a.txt",
        "t/2/None",
    ]


@pytest.mark.parametrize("payload", [{}, {"attachments": None}, {"attachments": "a.pdf"}])
def test_a_payload_without_attachments_is_the_same_for_all(payload: dict[str, Any]) -> None:
    assert with_stored_files(payload, "t") is payload
    assert without_files(payload) is payload
    assert of_email(payload) is None


@pytest.mark.parametrize(
    ("attachment", "in_a_digest", "in_an_email"),
    [
        ({}, {}, {}),
        ({"file": "QQ"}, {}, {"file": "QQ"}),
        (
            {"file": "QQ", "mime": "a/b", "name": "c", "channels": ["email"], "storagePath": "t/0/c", "more": 1},
            {"mime": "a/b", "name": "c", "channels": ["email"], "storagePath": "t/0/c", "more": 1},
            {"file": "QQ", "mime": "a/b", "name": "c", "channels": ["email"]},
        ),
        ({"name": None}, {"name": None}, {"name": None}),
    ],
)  # fmt: skip
def test_a_digest_has_all_but_the_bytes_and_an_email_what_it_sends(
    attachment: dict[str, Any], in_a_digest: dict[str, Any], in_an_email: dict[str, Any]
) -> None:
    payload = {"n": 1, "attachments": [attachment]}
    assert without_files(payload) == {"n": 1, "attachments": [in_a_digest]}
    assert of_email(payload) == [in_an_email]

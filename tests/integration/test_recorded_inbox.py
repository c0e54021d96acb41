"""What `@novu/js` asked for a web page, as recorded, asked again: the answers must still be what it took.

`recorded/record.sh` records it anew; there the package is the judge.
"""

from __future__ import annotations

import json

from novu_framework_testing import NovuSimulator
from novu_framework_testing.api import ApiRequest, Cloud
from tests.integration.recorded.record import HERE, KEY, START
from tests.integration.recorded.record_inbox import prepare


def test_a_page_gets_the_answers_it_took() -> None:
    exchanges = json.loads((HERE / "inbox.json").read_text())
    with NovuSimulator(start=START, secret_key=KEY) as novu:
        prepare(novu)
        cloud = Cloud(novu)
        for asked in exchanges:
            content = b"" if asked["body"] is None else json.dumps(asked["body"]).encode()
            request = ApiRequest(asked["method"], asked["path"], asked["query"], asked["headers"], content)
            answer = cloud.handle(request)
            expected = (asked["path"], asked["body"], asked["status"], asked["answer"])
            assert (asked["path"], asked["body"], answer.status, answer.json) == expected

    assert len({(one["method"], one["path"].split("/")[-1]) for one in exchanges}) > 20

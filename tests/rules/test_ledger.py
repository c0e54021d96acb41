from __future__ import annotations

import re
from collections import defaultdict

from tests.rules.page import PAGE, ledger, page


def test_the_page_says_what_the_tests_say():
    assert PAGE.read_text(encoding="utf-8") == page(ledger()), "write it again with `python -m tests.rules`"


def test_a_rule_is_one_sentence_and_says_its_files():
    texts = defaultdict(set)
    for one in ledger():
        assert re.fullmatch(r"[a-z-]+\.[a-z0-9-]+", one.id), one.id
        assert one.text.endswith("."), one.id
        assert one.sources, one.id
        for source in one.sources:
            assert re.fullmatch(r"[\w./@-]+\.(ts|tsx|json|mjs)", source.path), one.id
            assert re.fullmatch(r"[0-9a-f]{7}", source.commit), one.id
        assert isinstance(one.since, str), one.id
        assert bool(one.why) != bool(one.held_by), one.id
        texts[one.id].add((one.text, bool(one.why)))
    assert not {identity: said for identity, said in texts.items() if len(said) > 1}

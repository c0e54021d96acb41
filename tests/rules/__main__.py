"""`python -m tests.rules` writes the page of the ledger."""

from __future__ import annotations

from tests.rules.page import PAGE, ledger, page

if __name__ == "__main__":
    rules = ledger()
    PAGE.write_text(page(rules), encoding="utf-8")
    print(f"{PAGE.name}: {len({one.id for one in rules})} rules")

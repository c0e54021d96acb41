"""`python -m tests.content_checks` writes the page of the rules."""

from __future__ import annotations

from tests.content_checks.page import PAGE, page

if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
    print(f"wrote {PAGE.name}")

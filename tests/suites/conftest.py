"""The suites below run by themselves: `test_suites.py` starts them."""

collect_ignore_glob = ["*_shop/*"]

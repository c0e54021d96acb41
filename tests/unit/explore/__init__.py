"""Tests of `novu_explore`."""

#!/usr/bin/env python3
"""The page's concordance, memories, imports and editor in Debian's Chromium."""

import harness
from web import in_browser


def test_search_in_a_browser(work):
    in_browser(work, "search.test.mjs")


def test_memories_and_imports_in_a_browser(work):
    in_browser(work, "memories.test.mjs")


def test_units_in_a_browser(work):
    in_browser(work, "unit.test.mjs")


if __name__ == "__main__":
    harness.main()

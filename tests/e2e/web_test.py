#!/usr/bin/env python3
"""The page at `/`: lookups in Debian's Chromium, and what holds for its sources:
the committed web/dist is what they build, and every text is there in every
language. docs/web.md says how to run such tests by hand."""

import filecmp
import json
import re

import harness
from web import WEB, in_browser, need_node_modules, run

LANGUAGES = ("en", "es", "zh")
PLACEHOLDER = re.compile(r"\{\w+\}")


def test_lookup_in_a_browser(work):
    in_browser(work, "lookup.test.mjs")


def test_parts_of_the_page(work):
    need_node_modules()
    run(work, WEB / "node_modules/.bin/vitest", "run", "--no-color")


def test_what_is_committed_is_what_the_sources_build(work):
    need_node_modules()
    built = work.new_path("dist")
    bin_ = WEB / "node_modules/.bin"
    run(work, bin_ / "tsc", "--noEmit")
    run(work, bin_ / "vite", "build", "--outDir", built, "--emptyOutDir")
    committed = WEB / "dist"
    names = {path.relative_to(folder) for folder in (built, committed)
             for path in folder.rglob("*") if path.is_file()}
    harness.check("there are files", len(names) >= 4)
    differing = filecmp.cmpfiles(built, committed, names, shallow=False)
    harness.equal("web/dist is what ./dev web builds",
                  [sorted(map(str, part)) for part in differing[1:]], [[], []])


def test_every_text_is_there_in_every_language(work):
    texts = {}
    for language in LANGUAGES:
        path = WEB / f"src/messages/{language}.json"
        texts[language] = json.loads(path.read_text(encoding="utf-8"))
    english = texts["en"]
    harness.check("there are texts", len(english) > 50)
    for language, translated in texts.items():
        harness.equal(f"{language} has the keys of en", list(translated),
                      list(english))
        for key, text in translated.items():
            wanted = sorted(set(PLACEHOLDER.findall(english[key])))
            found = sorted(set(PLACEHOLDER.findall(text)))
            if not text.strip() or found != wanted:
                raise harness.Failure(f"{language}: '{key}' is '{text}', and "
                                      f"in English '{english[key]}'")


def test_no_text_is_left_in_the_sources_alone(work):
    """What people read comes from src/messages: words between tags do not."""
    text_in_markup = re.compile(r">\s*[^<>{}\s=&|()]*[A-Za-z]{3,}[^<>{}=()]*</")
    names = {"Tercet", "tercetd"}
    for path in sorted((WEB / "src").rglob("*.tsx")):
        for found in text_in_markup.findall(path.read_text(encoding="utf-8")):
            words = set(re.findall(r"[A-Za-z]{3,}", found.strip("></ ")))
            harness.check(f"{path.name} has no text of its own: {found!r}",
                          words <= names)


if __name__ == "__main__":
    harness.main()

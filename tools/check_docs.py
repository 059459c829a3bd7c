#!/usr/bin/env python3
"""Fails when the documents point to nothing or the errors are not listed.

Relative links and anchors in the *.md files lead somewhere, and docs/errors.md
lists every reason that service/ gives.

  tools/check_docs.py             checks this repository
  tools/check_docs.py --self-test checks that the check can fail
"""

import pathlib
import re

import checking

FENCE = re.compile(r"^ {0,3}(```|~~~).*?^ {0,3}\1", re.MULTILINE | re.DOTALL)
CODE = re.compile(r"`[^`\n]*`")
LINK = re.compile(r"\]\(<?([^)\s>]+)>?(?:\s+\"[^\"]*\")?\)")
DEFINITION = re.compile(r"^\[[^\]]+\]:\s+(\S+)", re.MULTILINE)
HEADING = re.compile(r"^#{1,6} +(.+?)#* *$", re.MULTILINE)

# A reason by its place, or by its shape: UPPER_SNAKE of two words or more.
REASON = re.compile(
    r'reason\s*=\s*"([A-Z][A-Z0-9_]*)"|"([A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+)"')
# What has the shape of a reason and is none: environment variables, encodings.
NO_REASON = re.compile(r"TERCET_|XDG_|UTF_8$")

NOT_OURS = {"build", "node_modules"}


def documents(root):
    """The *.md files that are ours: none of a build or a hidden folder."""
    for file in sorted(root.rglob("*.md")):
        parts = file.relative_to(root).parts
        if not any(part in NOT_OURS or part.startswith(".") for part in parts):
            yield file


def check_links(root):
    problems = []
    for file in documents(root):
        text = checking.read(file)
        prose = CODE.sub("", FENCE.sub("", text))
        for target in LINK.findall(prose) + DEFINITION.findall(prose):
            if not leads_somewhere(file, target):
                problems.append(
                    f"{file.relative_to(root)}: '{target}' leads nowhere")
    return problems


def leads_somewhere(file, target):
    if re.match(r"[a-z]+:", target):
        return True  # To the outside; what is there is not ours to check.
    path, _, anchor = target.partition("#")
    linked = file.parent / path if path else file
    if not linked.exists():
        return False
    return not anchor or linked.suffix != ".md" or anchor in anchors(linked)


def anchors(file):
    """The anchors that a host of Markdown gives to the headings of a file."""
    found = set()
    for heading in HEADING.findall(
            FENCE.sub("", checking.read(file))):
        words = re.sub(r"[^\w\- ]", "", heading.strip().lower())
        found.add(words.replace(" ", "-"))
    return found


def check_reasons(root):
    listed_in = root / "docs" / "errors.md"
    listed = set()
    if listed_in.exists():
        listed = set(re.findall(r"`([A-Z][A-Z0-9_]*)`",
                                checking.read(listed_in)))
    problems = []
    for file in sorted((root / "service").rglob("*.cc")):
        text = checking.read(file)
        for reason in sorted(reasons_in(text) - listed):
            problems.append(f"{file.relative_to(root)}: reason {reason} is not "
                            "in docs/errors.md")
    return problems


def reasons_in(text):
    return {reason for pair in REASON.findall(text) for reason in pair
            if reason and not NO_REASON.match(reason)}


def check(root):
    return check_links(root) + check_reasons(root)


# The files of a tree, and a word of the complaint; None: it is fine.
SELF_TESTS = [
    ({"README.md": "[a](docs/a.md) [b](https://b.invalid/) [c](#its-use)\n\n"
                   "## Its use\n", "docs/a.md": ""}, None),
    ({"README.md": "[a](docs/a.md)"}, "docs/a.md"),
    ({"README.md": "`[a](docs/a.md)`\n```\n[a](docs/a.md)\n```\n"}, None),
    ({"README.md": "[a][a]\n\n[a]: docs/a.md\n"}, "docs/a.md"),
    ({"web/node_modules/a/README.md": "[a](docs/a.md)"}, None),
    ({"README.md": "[a](#nowhere)\n\n## Somewhere\n"}, "#nowhere"),
    ({"README.md": "[a](a.md#two)\n", "a.md": "# One\n"}, "a.md#two"),
    ({"service/a.cc": '{.reason = "STORE_IO"}', "docs/errors.md": "`STORE_IO`"},
     None),
    ({"service/a.cc": '{.reason = "STORE_IO"}'}, "STORE_IO"),
    ({"service/a.cc": '{.reason =\n   "BROKEN"}'}, "BROKEN"),
    ({"service/a.cc": 'Problem("TEXT_EMPTY")', "docs/errors.md": "TEXT_EMPTY"},
     "TEXT_EMPTY"),
    ({"service/a.cc": 'getenv("TERCET_LISTEN")'}, None),
]


if __name__ == "__main__":
    checking.run(check, SELF_TESTS)

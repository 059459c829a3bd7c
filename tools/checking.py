"""What the checks of this folder share: how they run and test themselves.

A check is a function from a root folder to a list of problems, each a line for
people. A self-test is a tree, as {path: text}, and a word of the one problem
that the check must find in it, or None where there is none to find.
"""

import pathlib
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parent.parent


def run(check, self_tests):
    """Runs the check, or with --self-test its self-tests; exits with 1 if any
    problem is found."""
    if sys.argv[1:] == ["--self-test"]:
        problems = failed_self_tests(check, self_tests)
    else:
        problems = check(ROOT)
    for problem in problems:
        print(problem)
    sys.exit(1 if problems else 0)


def failed_self_tests(check, self_tests):
    failures = []
    for files, word in self_tests:
        problems = check_tree(check, files)
        right = not problems if word is None else (
            len(problems) == 1 and word in problems[0])
        if not right:
            failures.append(f"expected {word}, found {problems} in {files}")
    return failures


def check_tree(check, files):
    """Checks a tree of nothing but these files."""
    with tempfile.TemporaryDirectory() as folder:
        for path, text in files.items():
            file = pathlib.Path(folder, path)
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text, encoding="utf-8")
        return check(pathlib.Path(folder))


def read(file):
    return file.read_text(encoding="utf-8", errors="replace")

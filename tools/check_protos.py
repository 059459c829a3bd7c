#!/usr/bin/env python3
"""Fails when something in proto/ is declared without a comment above it.

Services, methods, messages, enums, enum values, oneofs and fields. The fields
of a request say first whether they are required: "Required." or "Optional.".

  tools/check_protos.py             checks proto/
  tools/check_protos.py --self-test checks that the check can fail
"""

import pathlib
import re

import checking

# Declarations by the kind of block they stand in; a name is group 1.
BLOCK = re.compile(r"(service|message|enum|oneof|extend)\s+([\w.]+)")
RPC = re.compile(r"rpc\s+(\w+)")
VALUE = re.compile(r"(\w+)\s*=\s*-?\w+")
FIELD = re.compile(
    r"(?:(?:repeated|optional|required)\s+)?"
    r"(?:map\s*<[^>]*>|[\w.]+)\s+(\w+)\s*=\s*\d+")
MEMBERS = {"service": RPC, "enum": VALUE, "message": FIELD, "oneof": FIELD,
           "extend": FIELD}


def declaration(line, kind):
    """The kind and name a line declares inside a block of `kind`, or None."""
    match = BLOCK.match(line)
    if match and kind in ("file", "message"):
        return match[1], match[2]
    if line.startswith(("option ", "reserved ", "extensions ")):
        return None
    match = kind in MEMBERS and MEMBERS[kind].match(line)
    return ("member", match[1]) if match else None


def check_text(path, text):
    """The problems of one file; each has a path, a line and a sentence."""
    problems, blocks, comment = [], [("file", "")], []
    for number, raw in enumerate(text.splitlines(), 1):
        line = raw.strip()
        if line.startswith("//"):
            comment.append(line.removeprefix("//").strip())
            continue
        declared = declaration(line, blocks[-1][0])
        if declared:
            problem = comment_problem(declared, blocks, comment)
            if problem:
                problems.append(f"{path}:{number}: {problem}")
        comment = []
        track_blocks(line, declared, blocks)
    return problems


def comment_problem(declared, blocks, comment):
    kind, name = declared
    if kind == "extend":
        return None
    if not any(comment):
        return f"{name} has no comment above it"
    in_kind, in_name = blocks[-1]
    is_request = in_kind == "message" and in_name.endswith("Request") and (
        in_name != "BadRequest")  # An error detail.
    if is_request and kind == "member" and not comment[0].startswith(
            ("Required.", "Optional.")):
        return f"the comment of {name} must begin Required. or Optional."
    return None


def track_blocks(line, declared, blocks):
    """Follows the braces of a line; each one opened is a block."""
    code = re.sub(r'"[^"]*"|//.*', "", line)
    for brace in re.findall(r"[{}]", code):
        if brace == "}":
            blocks.pop()
        elif declared and declared[0] != "member":
            blocks.append(declared)
        else:
            blocks.append(("option", ""))


def check(root):
    problems = []
    for file in sorted((root / "proto").rglob("*.proto")):
        path = str(file.relative_to(root))
        problems += check_text(path, checking.read(file))
    return problems


# A file, and the name in it that lacks a comment; None: none does.
NAME_TESTS = [
    ("// A.\nmessage A {\n  // B.\n  int32 b = 1;\n}\n", None),
    ("message A {}\n", "A"),
    ("// A.\n\nmessage A {}\n", "A"),
    ("//\nmessage A {}\n", "A"),
    ("// A.\nmessage A {\n  repeated x.Y b = 1;\n}\n", "b"),
    ("// A.\nmessage A {\n  map<string, string> b = 1;\n}\n", "b"),
    ("// A.\nmessage A {\n  // B.\n  oneof b {\n    int32 c = 1;\n  }\n}\n",
     "c"),
    ("// A.\nmessage A {\n  oneof b {\n    // C.\n    int32 c = 1;\n  }\n}\n",
     "b"),
    ("// A.\nmessage A {\n  enum E {\n    // X.\n    X = 0;\n  }\n}\n", "E"),
    ("// E.\nenum E {\n  X = 0;\n}\n", "X"),
    ("service S {}\n", "S"),
    ("// S.\nservice S {\n  rpc Go(A) returns (B);\n}\n", "Go"),
    ("// S.\nservice S {\n  // Go.\n  rpc Go(A)\n      returns (B) {\n"
     "    option (http) = {\n      path: \"/{a=b/*}\"\n    };\n  }\n"
     "  rpc Stop(A) returns (B);\n}\n", "Stop"),
    ("extend M {\n  X x = 50100;\n}\n", "x"),
]
REQUEST_TESTS = [
    ({"proto/a.proto": "// A.\nmessage ARequest {\n"
                       "  // B.\n  int32 b = 1;\n}\n"}, "must begin"),
    ({"proto/a.proto": "// A.\nmessage ARequest {\n"
                       "  // Required. B.\n  int32 b = 1;\n}\n"}, None),
]


if __name__ == "__main__":
    checking.run(check, [
        ({"proto/a.proto": text}, name and f": {name} has no comment")
        for text, name in NAME_TESTS
    ] + REQUEST_TESTS)

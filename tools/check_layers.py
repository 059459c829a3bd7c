#!/usr/bin/env python3
"""Fails when an #include crosses a layer, or a file grows too long.

docs/architecture.md draws the arrows; here they are as a table. A folder that
is not in the table fails, so a new one cannot come in without its arrows.

  tools/check_layers.py             checks this repository
  tools/check_layers.py --self-test checks that the check can fail
"""

import pathlib
import re

import checking

# What the layer may include directly; what those may include follows.
ARROWS = {
    "service/base": set(),
    "service/model": {"service/base"},
    "service/text": {"service/model"},
    "service/match": {"service/text"},
    "service/align": {"service/text", "service/model"},
    "service/store": {"service/model"},
    "service/index": {"service/match", "service/text", "service/store"},
    "service/memory": {"service/index", "service/match", "service/store",
                       "service/text", "service/model"},
    "service/formats": {"service/text", "service/model"},
    "service/release": {"service/align", "service/text", "service/model"},
    "service/ops": {"service/base"},
    "service/rpc": {"service/memory", "service/formats", "service/release",
                    "service/align", "service/ops"},
    "service/http": {"service/ops"},
    "service/server": {"service/rpc", "service/http"},
    "client/lib": {"service/base"},
    "client/job": {"client/lib", "service/formats", "service/index"},
    "client/cli": {"client/job", "client/lib", "service/base"},
}

# Files that may include more than their folder may. A download in parts is
# written from pages of units, which it turns back into what the writers take.
EXCEPTIONS = {
    "client/cli/embedded": {"service/server"},
    "service/http/t5memory_download": {"service/formats", "service/rpc"},
}

# Headers from elsewhere, and the only places that may include them: a folder
# ends in "/", a file pair has no ending.
KEPT_IN = {
    r"tercet/v1/|grpc": ("service/rpc/", "service/http/", "service/server/",
                         "client/"),
    r"tercet/storage/": ("service/store/records.cc",
                         "service/store/import_records.cc"),
    r"unicode/": ("service/text/icu", "service/text/charset"),
    r"libstemmer": ("service/text/stem",),
    r"leveldb/": ("service/store/leveldb_store",),
    r"libxml/": ("service/release/html_events",),
    r"zlib": ("service/formats/gzip",),
    r"zstd\.h": ("service/formats/zstd_frame",),
    r"archive": ("service/formats/zip_archive",),
    r"nlohmann/": ("service/formats/", "service/ops/log", "service/http/",
                   "client/"),
    r"boost/": ("service/http/http_server", "service/http/http_connection",
                "service/http/http_stream"),
    r"CLI/": ("service/server/command_line", "client/cli/"),
    r"toml\+\+/": ("service/server/config_file", "client/cli/settings"),
    r"spdlog/": ("service/ops/",),
}

MAX_LINES = 600
CODE_FOLDERS = ("service", "client", "tests", "bench", "tools")
INCLUDE = re.compile(r'\s*#\s*include\s*[<"]([^>"]+)[>"]')


def closure(layer):
    """All layers that a layer may include: along the arrows, and itself."""
    found, left = set(), [layer]
    while left:
        current = left.pop()
        if current not in found:
            found.add(current)
            left.extend(ARROWS[current])
    return found


def layer_of(path):
    """The layer of a path from the root, or None: service/base/x.h has one."""
    parts = pathlib.PurePath(path).parts
    if len(parts) > 2 and parts[0] in ("service", "client"):
        return "/".join(parts[:2])
    return None


def is_in(path, place):
    return path.startswith(place if place.endswith("/") else place + ".") or (
        path == place)


def include_problem(path, included):
    """Why the file at `path` must not include `included`; None when it may."""
    target = layer_of(included)
    if target:
        pair = str(pathlib.PurePath(path).with_suffix(""))
        allowed = closure(layer_of(path)) | EXCEPTIONS.get(pair, set())
        if target not in allowed:
            return f"{layer_of(path)} must not include {target}"
    for pattern, places in KEPT_IN.items():
        if re.match(pattern, included) and not any(
                is_in(path, place) for place in places):
            return f"<{included}> stays in {', '.join(places)}"
    return None


def check_includes(root):
    problems = []
    for folder in ("service", "client"):
        for file in sorted((root / folder).rglob("*")):
            path = str(file.relative_to(root))
            if file.suffix not in (".h", ".cc"):
                continue
            if layer_of(path) not in ARROWS:
                problems.append(f"{path}: its folder has no arrows in "
                                "tools/check_layers.py")
                continue
            for number, line in enumerate(checking.read(file).splitlines(), 1):
                match = INCLUDE.match(line)
                problem = match and include_problem(path, match[1])
                if problem:
                    problems.append(f"{path}:{number}: {problem}")
    return problems


def check_lengths(root):
    problems = []
    for folder in CODE_FOLDERS:
        for file in sorted((root / folder).rglob("*")):
            if file.suffix in (".h", ".cc", ".py", ".sh"):
                count = len(checking.read(file).splitlines())
                if count > MAX_LINES:
                    problems.append(f"{file.relative_to(root)}: {count} lines; "
                                    f"split what has more than {MAX_LINES}")
    return problems


def check(root):
    return check_includes(root) + check_lengths(root)


# A path, an #include line in it, and a word of the complaint; None: it is fine.
INCLUDE_TESTS = [
    ("service/model/unit.h", '"service/base/status.h"', None),
    ("service/base/hash.h", '"service/model/unit.h"', "must not include"),
    ("service/match/score.cc", '"service/base/status.h"', None),
    ("service/match/score.cc", '"service/store/keys.h"', "must not include"),
    ("service/text/icu.cc", "<unicode/uchar.h>", None),
    ("service/text/tokenize.cc", "<unicode/uchar.h>", "service/text/icu"),
    ("service/text/icu_more.cc", "<unicode/uchar.h>", "service/text/icu"),
    ("service/text/icu.cc", '"leveldb/db.h"', "leveldb_store"),
    ("service/store/records.cc", '"tercet/storage/v1/record.pb.h"', None),
    ("service/store/records.h", '"tercet/storage/v1/record.pb.h"', "records"),
    ("service/rpc/convert.cc", '"tercet/v1/resources.pb.h"', None),
    ("service/memory/a.cc", '"tercet/v1/resources.pb.h"', "stays in"),
    ("service/memory/a.cc", "<grpcpp/grpcpp.h>", "stays in"),
    ("service/rpc/a.cc", '"service/server/server.h"', "must not include"),
    ("service/server/a.cc", '"service/formats/file_format.h"', None),
    ("service/formats/tmx_reader.cc", "<archive.h>", "zip_archive"),
    ("service/server/command_line.cc", "<CLI/CLI.hpp>", None),
    ("service/server/main.cc", "<CLI/CLI.hpp>", "stays in"),
    ("client/cli/embedded.cc", '"service/server/server.h"', None),
    ("client/cli/embedded.cc", '"service/memory/a.h"', "must not include"),
    ("client/cli/main.cc", '"service/server/server.h"', "must not include"),
    ("client/lib/a.cc", '"client/cli/main.h"', "must not include"),
    ("service/fresh/a.cc", "<string>", "no arrows"),
]
LENGTH_TESTS = [
    ({"tests/base/a_test.cc": "x\n" * MAX_LINES}, None),
    ({"tests/base/a_test.cc": "x\n" * (MAX_LINES + 1)}, "split"),
]


if __name__ == "__main__":
    checking.run(check, [
        ({path: f"#include {included}\n"}, word)
        for path, included, word in INCLUDE_TESTS
    ] + LENGTH_TESTS)

#!/usr/bin/env python3
"""Writes files into a C++ source, so that a program carries them within it.

  embed.py [--gzip] NAMESPACE FUNCTION OUTPUT.cc ROOT FILE...

The source defines `std::span<const EmbeddedFile> FUNCTION()`, declared in
service/base/embedded_file.h's terms: paths below ROOT, and bytes. With --gzip
there is `PATH.gz` beside each of them.
"""

import argparse
import gzip
import pathlib


def literal(data):
    """Lines of a C++ string literal; octal escapes cannot run into digits."""
    for start in range(0, max(len(data), 1), 32):
        part = data[start:start + 32]
        yield '    "' + "".join(f"\\{byte:03o}" for byte in part) + '"'


def contents(arguments):
    """Path and bytes of every file to be embedded."""
    for name in sorted(arguments.files):
        data = pathlib.Path(name).read_bytes()
        path = pathlib.PurePath(name).relative_to(arguments.root)
        yield path, data
        if arguments.gzip:
            # Without a time, so that the same files give the same program.
            yield f"{path}.gz", gzip.compress(data, 9, mtime=0)


def parse_arguments():
    parser = argparse.ArgumentParser()
    parser.add_argument("--gzip", action="store_true")
    for name in ("namespace", "function", "output", "root"):
        parser.add_argument(name)
    parser.add_argument("files", nargs="+")
    return parser.parse_args()


def main():
    arguments = parse_arguments()
    namespace, function = arguments.namespace, arguments.function
    lines = ['#include "service/base/embedded_file.h"', "",
             f"namespace {namespace} {{", "namespace {", ""]
    entries = []
    for index, (path, data) in enumerate(contents(arguments)):
        lines += [f"constexpr char kFile{index}[] ="]
        lines += literal(data)
        lines += ["    ;", ""]
        entries.append(f'    {{"{path}", {{kFile{index}, {len(data)}}}}},')
    lines += ["constexpr tercet::EmbeddedFile kFiles[] = {", *entries, "};", "",
              "}  // namespace", "",
              f"std::span<const tercet::EmbeddedFile> {function}();", "",
              f"std::span<const tercet::EmbeddedFile> {function}() {{",
              "  return kFiles;", "}", "", f"}}  // namespace {namespace}", ""]
    pathlib.Path(arguments.output).write_text("\n".join(lines),
                                              encoding="ascii")


main()

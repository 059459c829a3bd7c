#!/usr/bin/env python3
"""Writes files into a C++ source, so that a program carries them within it.

  embed.py NAMESPACE FUNCTION OUTPUT.cc ROOT FILE...

The source defines `std::span<const EmbeddedFile> FUNCTION()`, declared in
service/base/embedded_file.h's terms: paths below ROOT, and bytes.
"""

import pathlib
import sys


def literal(data):
    """Lines of a C++ string literal; octal escapes cannot run into digits."""
    for start in range(0, max(len(data), 1), 32):
        part = data[start:start + 32]
        yield '    "' + "".join(f"\\{byte:03o}" for byte in part) + '"'


def main():
    namespace, function, output, root, *files = sys.argv[1:]
    lines = ['#include "service/base/embedded_file.h"', "",
             f"namespace {namespace} {{", "namespace {", ""]
    entries = []
    for index, name in enumerate(sorted(files)):
        data = pathlib.Path(name).read_bytes()
        path = pathlib.PurePath(name).relative_to(root)
        lines += [f"constexpr char kFile{index}[] ="]
        lines += literal(data)
        lines += ["    ;", ""]
        entries.append(f'    {{"{path}", {{kFile{index}, {len(data)}}}}},')
    lines += ["constexpr tercet::EmbeddedFile kFiles[] = {", *entries, "};", "",
              "}  // namespace", "",
              f"std::span<const tercet::EmbeddedFile> {function}();", "",
              f"std::span<const tercet::EmbeddedFile> {function}() {{",
              "  return kFiles;", "}", "", f"}}  // namespace {namespace}", ""]
    pathlib.Path(output).write_text("\n".join(lines), encoding="ascii")


main()

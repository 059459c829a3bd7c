#!/usr/bin/env python3
"""`tercet` on a terminal: colours, the progress bar, and NO_COLOR."""

import errno
import fcntl
import os
import pty
import re
import struct
import termios

import harness
from harness import BIN, check, contains, equal

ESCAPE = "\x1b["
COLUMNS = 100
UNITS = 20_000


def on_terminal(work, *command, env=None):
    """Runs a command with stdout and stderr on a terminal; what they show."""
    try:
        ours, theirs = pty.openpty()
    except OSError as error:  # A container without /dev/pts, say.
        raise harness.Skip(f"no terminal to be had: {error}") from error
    size = struct.pack("HHHH", 40, COLUMNS, 0, 0)
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, size)
    process = work.start(*command, env=env, stdout=theirs, stderr=theirs)
    os.close(theirs)
    shown = b""
    while True:
        try:
            part = os.read(ours, 65536)
        except OSError as error:
            if error.errno != errno.EIO:  # How Linux says that all closed it.
                raise
            part = b""
        if not part:
            break
        shown += part
    os.close(ours)
    code = process.wait(harness.PATIENCE_S)
    return code, shown.decode("utf-8", "replace")


def memory(work):
    place = work.in_process()
    place.import_sample()
    return place


def lookup(work, place, *arguments, env=None):
    code, shown = on_terminal(work, BIN / "tercet", *place.options, *arguments,
                              "lookup", "--from", "en", "A night to remember?",
                              env=env)
    equal("it finds", code, harness.DONE)
    return shown


def test_colours(work):
    place = memory(work)
    check("a terminal gets colours", ESCAPE in lookup(work, place))
    for env in ({"NO_COLOR": "1"}, {"TERM": "dumb"}):
        check(f"none with {env}", ESCAPE not in lookup(work, place, env=env))
    check("--color never is stronger",
          ESCAPE not in lookup(work, place, "--color", "never"))
    check("and --color always is stronger than NO_COLOR", ESCAPE in lookup(
        work, place, "--color", "always", env={"NO_COLOR": "1"}))
    check("JSON has none", ESCAPE not in lookup(work, place, "--json"))
    code, shown = on_terminal(work, BIN / "tercet", *place.options, "memory",
                              "get", "nope")
    check("errors have some", code == harness.REFUSED and ESCAPE in shown)


def test_aligned_columns(work):
    place = work.in_process()
    place.tercet("memory", "create", "a", "--display-name", "新华社 Press")
    place.tercet("memory", "create", "bcdef", "--display-name", "x")
    code, shown = on_terminal(work, BIN / "tercet", *place.options, "--color",
                              "never", "memory", "list")
    equal("it lists", code, harness.DONE)
    columns = {line.rstrip().find(cell) for line, cell in zip(
        shown.splitlines(), ("display name", "新华社", "x"))}
    equal("the columns begin at one place", len(columns), 1)


def big_file(work):
    return work.write("big.tsv", "en\tes\n" + "".join(
        f"Line {i} of the great report.\tLínea {i} del gran informe.\n"
        for i in range(UNITS)))


def test_progress_bar(work):
    file = big_file(work)
    with work.serve() as server:
        command = [BIN / "tercet", *server.options, "import", "-m", "big", file]
        code, shown = on_terminal(work, *command)
        equal("it imports", code, harness.DONE)
        bars = re.findall(r"\r\x1b\[K([^\r]*)\[=*>? *\]", shown)
        # How often depends on the machine's speed.
        check("a bar is drawn meanwhile", bars)
        contains("it has the file's name, a rate and a share", shown,
                 "big.tsv", "units", "/s", "%")
        *shown_bars, end = shown.split("\r\x1b[K")
        check("no bar is wider than the terminal",
              all(len(bar) < COLUMNS for bar in shown_bars))
        check("the last one is wiped away, and the table stands there",
              re.search(rf"created.*{UNITS // 1000},000", end, re.S), end)
        place = harness.Place(work, server.options)
        equal("without a terminal there is no bar",
              place.tercet("import", "-m", "big", file).err, "")
        code, shown = on_terminal(work, *command, env={"NO_COLOR": "1"})
        check("with NO_COLOR there are no colours",
              not re.search(r"\x1b\[[0-9;]*m", shown))


if __name__ == "__main__":
    harness.main()

#!/usr/bin/env python3
"""Memory stays constant, however large the file: a TMX file that is generated
on the way in, by a process of its own, and never lies anywhere.

The file says the same units again and again, so that the memory itself does
not grow with it. What is measured is the most memory that the server and the
client ever had (VmHWM).

  TERCET_BIG_FILE_MB=2048      megabytes of the large file (48)
"""

import json
import os
import pathlib
import sys
import time

HERE = pathlib.Path(__file__).resolve()
sys.path.insert(0, str(HERE.parent.parent / "e2e"))

import harness  # noqa: E402
from harness import check, equal  # noqa: E402

MEGABYTES = int(os.environ.get("TERCET_BIG_FILE_MB", 48))
SMALL_MEGABYTES = 16
DIFFERENT_UNITS = 10_000
# Buffers, caches and the allocator's slack; a file in memory would be more.
SLACK_MB = 64
harness.PATIENCE_S = max(harness.PATIENCE_S, MEGABYTES)

HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<tmx version="1.4"><header creationtool="big" creationtoolversion="1"
 segtype="sentence" o-tmf="x" adminlang="en" srclang="en" datatype="plaintext"/>
<body>
"""
UNIT = """<tu tuid="u{0}" creationdate="20260417T093000Z" creationid="ANNA">
<prop type="x-document">press/2026/{0}</prop><note>seen &amp; checked</note>
<tuv xml:lang="en"><seg>The port of region {0} reported <bpt i="1">&lt;b></bpt>record<ept i="1">&lt;/b></ept> freight in week {1}.</seg></tuv>
<tuv xml:lang="zh"><seg>第{0}区港口在第{1}周报告了<bpt i="1">&lt;b></bpt>创纪录的<ept i="1">&lt;/b></ept>货运量。</seg></tuv>
<tuv xml:lang="es"><seg>El puerto de la región {0} registró una carga <bpt i="1">&lt;b></bpt>récord<ept i="1">&lt;/b></ept> en la semana {1}.</seg></tuv>
</tu>
"""


def generate(megabytes):
    """Writes the file to standard output."""
    out = sys.stdout.buffer
    out.write(HEAD.encode())
    cycle = [UNIT.format(i, i % 52 + 1).encode()
             for i in range(DIFFERENT_UNITS)]
    written = 0
    for i in range(10**12):
        if written > megabytes << 20:
            break
        unit = cycle[i % DIFFERENT_UNITS]
        out.write(unit)
        written += len(unit)
    out.write(b"</body></tmx>\n")


def peak_mb(process):
    status = pathlib.Path(f"/proc/{process.pid}/status").read_text("ascii")
    line = next(l for l in status.splitlines() if l.startswith("VmHWM"))
    return int(line.split()[1]) / 1024


def import_generated(work, server, megabytes, *options):
    """The report, and the client's peak."""
    generator = work.start(sys.executable, HERE, "generate", megabytes)
    start = time.monotonic()
    client = server.start_tercet("--json", "import", "-m", "press", "--format",
                                 "tmx", *options, "-", stdin=generator.stdout)
    generator.stdout.close()
    peak = 0
    while client.poll() is None:
        try:
            peak = max(peak, peak_mb(client))
        except (OSError, StopIteration):
            break  # It ended.
        time.sleep(0.2)
    out, err = client.communicate(timeout=harness.PATIENCE_S)
    check("the import succeeds", client.returncode == harness.DONE,
          err.decode())
    report = json.loads(out)
    seconds = time.monotonic() - start
    print(f"  {megabytes} MB{''.join(' ' + o for o in options)}: "
          f"{report['read']} units in {seconds:.1f} s "
          f"({megabytes / seconds:.1f} MB/s, "
          f"{report['read'] / seconds:.0f} units/s), peak of the client "
          f"{peak:.0f} MB, of the server {peak_mb(server.process):.0f} MB",
          flush=True)
    return report, peak


def test_memory_is_constant(work):
    with work.serve() as server:
        _, small_client = import_generated(work, server, SMALL_MEGABYTES)
        small_server = peak_mb(server.process)
        report, client = import_generated(work, server, MEGABYTES)
        equal("no unit was new", report["duplicates"], report["read"])
        check("the client's memory did not grow",
              client < small_client + SLACK_MB, f"{client:.0f} MB")
        check("nor did the server's",
              peak_mb(server.process) < small_server + SLACK_MB,
              f"{peak_mb(server.process):.0f} MB")


def test_a_dry_run_keeps_no_file_in_memory(work):
    with work.serve() as server:
        import_generated(work, server, SMALL_MEGABYTES, "--dry-run")
        small_server = peak_mb(server.process)
        report, _ = import_generated(work, server, MEGABYTES, "--dry-run")
        equal("each unit is created once", report["created"], DIFFERENT_UNITS)
        equal("and is there when it comes again", report["duplicates"],
              report["read"] - DIFFERENT_UNITS)
        check("memory did not grow",
              peak_mb(server.process) < small_server + SLACK_MB,
              f"{peak_mb(server.process):.0f} MB")
        equal("nothing was written", server.json_lines("memory", "list"), [])


if __name__ == "__main__":
    if sys.argv[1:2] == ["generate"]:
        generate(int(sys.argv[2]))
    else:
        harness.main()

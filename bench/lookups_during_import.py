#!/usr/bin/env python3
"""How long lookups take while an import runs, beside how long they take
without one, over a real server.

  TERCET_BIN=build/bin bench/lookups_during_import.py
  TERCET_BENCH_UNITS=50000   units in the memory, and in the file to import
  TERCET_BENCH_LOOKUPS=500   lookups of each kind

Each lookup is one line to `tercet lookup` and waits for its answer, so the
figures have the client and the pipe in them. They are printed as a table.
"""

import json
import os
import pathlib
import random
import sys
import time

SOURCE = pathlib.Path(__file__).resolve().parent.parent
sys.path.insert(0, str(SOURCE / "tests/e2e"))

import harness  # noqa: E402

UNITS = int(os.environ.get("TERCET_BENCH_UNITS", 50_000))
LOOKUPS = int(os.environ.get("TERCET_BENCH_LOOKUPS", 500))
SEED = 7

SUBJECTS = ("ministry", "port", "bank", "agency", "council", "railway")
VERBS = ("reported", "announced", "reviewed", "denied", "confirmed")
OBJECTS = ("freight volumes", "emergency loans", "flood damage",
           "trade figures", "summit plans", "grain prices")


def sentence(choices):
    return (f"The {choices.choice(SUBJECTS)} of region {choices.randrange(900)}"
            f" {choices.choice(VERBS)} {choices.choice(OBJECTS)} for week"
            f" {choices.randrange(52)} of {choices.randrange(1990, 2027)}.")


def make_file(path, choices):
    with open(path, "w", encoding="utf-8") as file:
        file.write("en\tes\n")
        for i in range(UNITS):
            file.write(f"{sentence(choices)}\tFrase {i} de la prueba.\n")


class Lookups:
    """A client that stays connected."""

    def __init__(self, server):
        self._process = server.start_tercet("--json", "lookup", "-m", "press",
                                            "--from", "en")

    def time_one(self, text):
        """Milliseconds until the answer is there."""
        start = time.perf_counter()
        self._process.stdin.write(text.encode() + b"\n")
        self._process.stdin.flush()
        answer = self._process.stdout.readline()
        took = (time.perf_counter() - start) * 1000
        json.loads(answer)
        return took


def row(name, times):
    times = sorted(times)
    def at(share):
        return times[min(int(len(times) * share), len(times) - 1)]
    print(f"  {name:24} {len(times):7} {at(0.5):9.2f} {at(0.9):9.2f} "
          f"{at(0.99):9.2f} {times[-1]:9.2f}", flush=True)


def test_lookups(work):
    harness.PATIENCE_S = 600
    choices = random.Random(SEED)
    first, second = work.new_path("first.tsv"), work.new_path("second.tsv")
    make_file(first, choices)
    make_file(second, choices)
    with work.serve() as server:
        server.tercet("import", "-m", "press", first)
        lookups = Lookups(server)
        for _ in range(50):
            lookups.time_one(sentence(choices))
        quiet = [lookups.time_one(sentence(choices)) for _ in range(LOOKUPS)]
        importing = server.start_tercet("--json", "import", "-m", "press",
                                        second)
        busy = []
        while importing.poll() is None:
            busy.append(lookups.time_one(sentence(choices)))
        report = json.loads(importing.stdout.read())
        print(f"  imported {report['read']} units in {report['seconds']} s "
              f"({report['units_per_second']} units/s) meanwhile")
        print(f"  {'ms':24} {'lookups':>7} {'p50':>9} {'p90':>9} {'p99':>9} "
              f"{'most':>9}")
        row("no import", quiet)
        row("during the import", busy)


if __name__ == "__main__":
    harness.main()

#!/usr/bin/env python3
"""Breaks an import and its undoing off, again and again, by killing the client
or the server, and goes on with it until it is done.

In the end the memory must be byte for byte that of an import that ran through,
and so must the counts of the report be; taken back, it must be as before.

  TERCET_RESUME_UNITS=500000   units in the file (6000)
  TERCET_RESUME_ROUNDS=20      how often it is broken off (6)
  TERCET_RESUME_SEED=7         the random choices to repeat (printed)
"""

import json
import os
import pathlib
import random
import sys
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "e2e"))

import harness  # noqa: E402
from harness import check, equal  # noqa: E402

UNITS = int(os.environ.get("TERCET_RESUME_UNITS", 6000))
ROUNDS = int(os.environ.get("TERCET_RESUME_ROUNDS", 6))
SEED = int(os.environ.get("TERCET_RESUME_SEED", random.randrange(10**6)))
harness.PATIENCE_S = max(harness.PATIENCE_S, UNITS // 500)

COUNTS = ("read", "created", "updated", "variants_added", "duplicates",
          "skipped", "failed", "warnings", "new_variants", "removed_variants",
          "reasons")


def make_file(path, choices):
    """TSV with sources that come again, and lines that are wrong."""
    with open(path, "w", encoding="utf-8") as file:
        file.write("en\tzh\tes\n")
        for i in range(UNITS):
            number = choices.randrange(UNITS) if i % 7 == 0 else i
            cause = choices.choice(("洪水", "峰会", "贸易"))
            line = (f"Report {number} on the talks of Monday.\t关于第{number}号"
                    f"{cause}的报告。\tInforme {number} sobre «{cause}».")
            if i % 501 == 0:
                line = "this line is wrong"
            if i % 701 == 0:
                line = "\t\t"
            file.write(line + "\n")


def counts(report):
    return {name: report[name] for name in COUNTS}


def report_of(place, number):
    return place.json("import", "show", number)["report"]


def start_import(server, file):
    return server.start_tercet("--json", "import", "-m", "press", file)


def start_undo(server, number):
    return server.start_tercet("--json", "import", "undo", number)


class Breaker:
    """Runs a command against a server until it is done, killing one of them in
    each round."""

    def __init__(self, work, data, choices):
        self.work = work
        self.data = data
        self.choices = choices
        self.server = work.serve(data)
        self.kills = {"client": 0, "server": 0}

    def run(self, start, seconds, rounds):
        """`seconds`: what the whole work takes undisturbed."""
        late = 0
        while sum(self.kills.values()) < rounds and late < 3 * rounds:
            process = start(self.server)
            time.sleep(self.choices.uniform(0.05, 2 * seconds / rounds + 0.15))
            if process.poll() is not None:
                late += 1
                if process.returncode == harness.DONE:
                    break
            victim = self.choices.choice(("client", "server"))
            if process.poll() is None:
                self.kills[victim] += 1
            if victim == "server":
                self.server.kill()
                process.wait(harness.PATIENCE_S)
                self.server = self.work.serve(self.data)
            else:
                process.kill()
                process.wait()
        process = start(self.server)
        out, err = process.communicate(timeout=harness.PATIENCE_S)
        if process.returncode != harness.DONE:
            raise harness.Failure(f"the last run failed:\n{err.decode()}")
        return json.loads(out.decode()), err.decode()


def test_goes_on(work):
    print(f"  TERCET_RESUME_SEED={SEED} TERCET_RESUME_ROUNDS={ROUNDS} "
          f"TERCET_RESUME_UNITS={UNITS}")
    choices = random.Random(SEED)
    file = work.new_path("units.tsv")
    make_file(file, choices)

    before = 'en\tzh\tes\nReport 3 on the talks of Monday.\t旧文。\tViejo.\n'
    with work.serve() as server:
        server.import_text("press", "old.tsv", before)
        start = time.monotonic()
        wanted = server.json("import", "-m", "press", file)
        seconds = time.monotonic() - start
        wanted_export = server.export("press")
        equal("counts add up", wanted["read"], UNITS)
    print(f"  undisturbed: {UNITS} units in {seconds:.1f} s")

    breaker = Breaker(work, work.new_path(), choices)
    breaker.server.import_text("press", "old.tsv", before)
    old_export = breaker.server.export("press")
    _, said = breaker.run(lambda server: start_import(server, file), seconds,
                          ROUNDS)
    print(f"  broken off: {breaker.kills}; at last: {said.strip()}")
    server = breaker.server
    imports = server.json_lines("import", "list")
    done = [one for one in imports if one["source"] == str(file)]
    # Where every kill came before the first durable point or behind the end,
    # the import may have been begun anew; but one that was begun is gone on
    # with until it is done.
    check(f"all of it is one import: {[one['state'] for one in imports]}",
          done[-1]["state"] == "done")
    equal("the report's counts are those of the undisturbed one",
          counts(report_of(server, done[-1]["name"])), counts(wanted))
    equal("the memory is byte for byte that of the undisturbed import",
          server.export("press"), wanted_export)

    for one in done[:-1]:
        server.tercet("import", "undo", one["name"])
    breaker.kills = {"client": 0, "server": 0}
    undone, _ = breaker.run(lambda server: start_undo(server, done[-1]["name"]),
                            seconds / 2, ROUNDS)
    server = breaker.server
    print(f"  undoing broken off: {breaker.kills}")
    equal("it is undone", (undone["state"], undone["undo"]["kept"]),
          ("undone", 0))
    equal("every unit that it created is gone", undone["undo"]["deleted"],
          wanted["created"])
    equal("the memory is as it was before", server.export("press"), old_export)
    server.stop()


if __name__ == "__main__":
    harness.main()

#!/usr/bin/env python3
"""Kills the server during imports, again and again, and looks what is left.

After every `kill -9` the server must start again by itself, with every
acknowledged unit there and whole, and nothing half there; at the end it must
not differ by a byte from one that nobody disturbed. Snapshots of the index are
written every few units, so that kills hit them, too, and every restart begins
with one; lookups must be those of an index that is built from the units.

  TERCET_CRASH_ROUNDS=20           how many imports to kill (5)
  TERCET_CRASH_SEED=7              the random choices to repeat (printed)
  TERCET_CRASH_DATA=a.tsv:b.tsv    what to import: first columns en, zh, es
"""

import json
import os
import pathlib
import random
import shutil
import sys
import threading
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "e2e"))

import harness  # noqa: E402
import model  # noqa: E402
from harness import check, equal  # noqa: E402

ROUNDS = int(os.environ.get("TERCET_CRASH_ROUNDS", 5))
SEED = int(os.environ.get("TERCET_CRASH_SEED", random.randrange(10**6)))
DATA = os.environ.get("TERCET_CRASH_DATA", "")

MOST_LINES = 2500  # In a file; more than one batch of the server's.
OFTEN = ("--snapshot-changes", "100")


def made_up_lines(choices):
    """Lines of three languages; some sources come twice, with other texts."""
    lines = []
    for i in range(12_000):
        source = f"Report {i} on the talks of Monday."
        if i % 10 == 0:
            source = f"Report {i // 20} on the elections of Sunday."
        cause = choices.choice(("洪水", "峰会", "贸易"))
        lines.append(f"{source}\t关于第{i}号{cause}的报告，共{i % 97}页。"
                     f"\tInforme {i} sobre «{cause}», de {i % 89} páginas.")
    return lines


def read_lines(path):
    """The lines of a TSV file, with only the columns of our languages."""
    text = pathlib.Path(path).read_text(encoding="utf-8")
    head, *lines = (line.rstrip("\r").split("\t") for line in text.split("\n"))
    count = len(model.LANGUAGES)
    equal(f"{path} begins with the columns", tuple(head[:count]),
          model.LANGUAGES)
    return ["\t".join(line[:count]) for line in lines]


class Input:
    """The lines, cut into files of random lengths."""

    def __init__(self, work, choices):
        if DATA:
            lines = [line for path in DATA.split(":")
                     for line in read_lines(path)]
        else:
            lines = made_up_lines(choices)
        self.model = model.Model()
        self.files = []
        self._lines_of = {}
        self.unit_lines = [(line, variants) for line in lines
                           if (variants := model.parse_tsv_line(line))]
        rest = self.unit_lines
        folder = work.new_path("input")
        folder.mkdir()
        while rest:
            count = choices.randint(1, MOST_LINES)
            part, rest = rest[:count], rest[count:]
            path = folder / f"{len(self.files):04}.tsv"
            path.write_text("\t".join(model.LANGUAGES) + "\n" + "".join(
                line + "\n" for line, _ in part), encoding="utf-8")
            self.files.append(str(path))
            self._lines_of[str(path)] = [self.model.add_line(variants)
                                         for _, variants in part]
        self.waiting = list(self.files)  # Those not acknowledged.

    def acknowledge(self, report):
        """Takes one line of `tercet --json import`."""
        if "error" in report:
            return
        for line in self._lines_of[report["file"]]:
            self.model.acknowledge(line)
        self.waiting.remove(report["file"])

    def start_again(self):
        self.waiting = list(self.files)
        self.model.forget()


class SingleWrites:
    """Creates and deletes units one by one, besides the import, so that the
    server commits both together."""

    def __init__(self):
        self.may_exist = set()
        self.must_exist = set()
        self.acknowledged = 0
        self._count = 0
        self._thread = None

    def start(self, server):
        self._thread = threading.Thread(target=self._run, args=[server])
        self._thread.start()

    def join(self):
        self._thread.join()

    def _run(self, server):
        server.tercet("memory", "create", "single", code=None)
        while True:
            self._count += 1
            unit = f"u{self._count}"
            self.may_exist.add(unit)
            done = server.tercet("unit", "create", "-m", "single", "--id", unit,
                                 f"en=Unit {unit}", f"zh=单元{unit}",
                                 f"es=Unidad {unit}", code=None)
            if done.code != harness.DONE:
                return
            self.acknowledged += 1
            self.must_exist.add(unit)
            if self._count % 3:
                continue
            self.must_exist.remove(unit)
            done = server.tercet("unit", "delete", "-m", "single", unit,
                                 code=None)
            if done.code != harness.DONE:
                return
            self.acknowledged += 1
            self.may_exist.remove(unit)

    def check(self, server):
        """Compares with what is there; what is there will stay."""
        listed = server.tercet("--json", "unit", "list", "-m", "single",
                               code=None)
        units = listed.objects() if listed.code == harness.DONE else []
        found = set()
        for unit in units:
            name = unit["name"].rpartition("/")[2]
            found.add(name)
            texts = [v["text"] for v in unit["variants"]]
            if texts != [f"Unit {name}", f"单元{name}", f"Unidad {name}"]:
                raise harness.Failure(f"half a unit: {unit}")
        if not self.must_exist <= found <= self.may_exist:
            raise harness.Failure(f"lost: {self.must_exist - found}; "
                                  f"came back: {found - self.may_exist}")
        self.must_exist = set(found)
        self.may_exist = set(found)

    def forget(self):
        self.must_exist.clear()
        self.may_exist.clear()


def import_and_kill(server, given, seconds):
    """Starts importing what is waiting, and kills the server after a while.
    Takes the acknowledgements that came before; whether the import was still
    running."""
    process = server.start_tercet("--json", "import", "-m", "crash",
                                  *given.waiting, stderr=None)
    out = []
    reader = threading.Thread(
        target=lambda: out.append(process.stdout.read()))
    reader.start()
    time.sleep(seconds)
    running = process.poll() is None
    server.process.kill()
    server.process.wait()
    reader.join()
    process.wait(harness.PATIENCE_S)
    for line in out[0].decode().splitlines():
        given.acknowledge(json.loads(line))
    return running


def kill_while_starting(work, data, choices):
    """Kills a server that is about to recover its data."""
    process = work.start(harness.BIN / "tercetd", "--data", data, "--listen",
                         "127.0.0.1:0", *OFTEN)
    time.sleep(choices.uniform(0, 0.1))
    process.kill()
    process.wait()


def check_what_is_left(server, given, single, choices):
    """Everything that must hold after a crash; how many units there are."""
    # Nothing to export before the first unit is there.
    exported = server.tercet("export", "-m", "crash", "--format", "jsonl",
                             code=None)
    text = exported.out if exported.code == harness.DONE else ""
    problems = given.model.check(text)
    if problems:
        raise harness.Failure(f"{len(problems)} problems, the first ones:\n"
                              + "\n".join(problems[:10]))
    single.check(server)
    check_lookups(server, given, choices)
    count = text.count("\n")
    if count and server.json("memory", "get", "crash")["units"] != count:
        raise harness.Failure("the memory counts other units than it exports")
    return count


def check_lookups(server, given, choices):
    """Some of the units must be found by their source."""
    sources = [source for source in given.model.sources() if "\n" not in source]
    sample = choices.sample(sources, min(20, len(sources)))
    if not sample:
        return
    answers = server.json_lines("lookup", "-m", "crash", "--from", "en",
                                "--max", "1", stdin="\n".join(sample))
    for answer in answers:
        if not answer["matches"] or answer["matches"][0]["score"] != 100:
            raise harness.Failure(f"not found: {answer}")


def some_lookups(server, given, choices):
    """The answers to some edited sentences, and those sentences."""
    queries = []
    for _, variants in choices.sample(given.unit_lines, 60):
        language, text = choices.choice(variants)
        cut = choices.randrange(len(text) + 1)
        text = text[:cut] + choices.choice(("", "x ", "了")) + text[cut + 2:]
        if text.strip() and "\n" not in text:
            queries.append((language, text))
    return {language: server.json_lines(
        "lookup", "-m", "crash", "--from", language, "--min-score", "30", "--max",
        "10", stdin="\n".join(text for known, text in queries
                              if known == language))
            for language in model.LANGUAGES}


def check_index(work, server, data, given, choices):
    """Looks things up with the index of now, and with one built anew; the
    server of the latter."""
    seed = choices.random()
    found = some_lookups(server, given, random.Random(seed))
    server.stop()
    shutil.rmtree(data / "index", ignore_errors=True)
    server = work.serve(data, *OFTEN)
    rebuilt = some_lookups(server, given, random.Random(seed))
    if found != rebuilt:
        raise harness.Failure(f"the index and a rebuilt one differ:\n{found}\n"
                              f"{rebuilt}")
    return server


def undisturbed(work, given):
    """The exports of a server that nobody kills, and how long it imports."""
    with work.serve() as server:
        start = time.monotonic()
        reports = server.json_lines("import", "-m", "crash", *given.files)
        seconds = time.monotonic() - start
        print(f"  undisturbed: {sum(r['read'] for r in reports)} lines, "
              f"{sum(r['created'] for r in reports)} units, "
              f"{len(given.files)} files in {seconds:.1f} s")
        return exports(server), seconds


def exports(server):
    return {name: server.export("crash", name)
            for name in ("jsonl", "tmx", "tsv")}


def test_the_check_can_fail(work):
    del work
    en, zh, es, es2 = ("en", "a"), ("zh", "b"), ("es", "c"), ("es", "d")
    cases = (
        ("whole", 1, [[en, zh, es]], ""),
        ("gained a variant nobody waited for", 1, [[en, zh, es, es2]], ""),
        ("half a unit", 1, [[en, zh]], "half a unit"),
        ("a wrong text", 1, [[en, zh, es2]], "half a unit"),
        ("lost", 1, [], "lost"),
        ("not yet there", 0, [], ""),
        ("went back", 2, [[en, zh, es]], "older"),
        ("of unknown origin", 1, [[en, zh, es], [zh]], "nobody"),
    )
    for what, acknowledged, units, problem in cases:
        tried = model.Model()
        lines = [tried.add_line([en, zh, es]), tried.add_line([en, zh, es2])]
        for line in lines[:acknowledged]:
            tried.acknowledge(line)
        problems = tried.check("".join(json.dumps({"variants": [
            {"language": language, "text": text} for language, text in unit
        ]}) + "\n" for unit in units))
        equal(f"{what}: {problem or 'allowed'}",
              [problem in found for found in problems],
              [True] if problem else [])


def test_kill(work):
    print(f"  TERCET_CRASH_SEED={SEED} TERCET_CRASH_ROUNDS={ROUNDS}")
    choices = random.Random(SEED)
    given = Input(work, choices)
    single = SingleWrites()
    wanted, seconds = undisturbed(work, given)
    data = work.new_path()
    server = work.serve(data, *OFTEN)
    snapshots_used = 0
    acknowledged = kills = imports_killed = starts_killed = passes = 0
    # A kill that came too late for its import is looked at, but not counted.
    while imports_killed < ROUNDS and kills < 10 * ROUNDS:
        kills += 1
        before = len(given.waiting)
        single.start(server)
        # About the whole import in all rounds together (it is slower here),
        # but never longer than what is waiting takes.
        rest = seconds * len(given.waiting) / len(given.files)
        most = min(4 * seconds / ROUNDS + 0.2, rest)
        imports_killed += import_and_kill(server, given,
                                          choices.uniform(0.02, most + 0.02))
        single.join()
        acknowledged += before - len(given.waiting)
        if choices.random() < 0.4:
            kill_while_starting(work, data, choices)
            starts_killed += 1
        snapshots_used += (data / "index" / "SNAPSHOT").exists()
        server = work.serve(data, *OFTEN)
        certain = given.model.acknowledged_count()
        count = check_what_is_left(server, given, single, choices)
        print(f"  kill {kills}: {certain} units certain, {count} there, all "
              f"whole; {len(given.waiting)} files to go", flush=True)
        if count and choices.random() < 0.5:
            server = check_index(work, server, data, given, choices)
        if not given.waiting and imports_killed < ROUNDS:
            server.kill()
            passes += 1
            data = work.new_path()
            server = work.serve(data, *OFTEN)
            given.start_again()
            single.forget()
    check(f"{kills} kills, {imports_killed} of them during an import, and "
          f"{starts_killed} during starts, {passes} imports begun anew: no unit"
          f" lost, none half there ({acknowledged} files and "
          f"{single.acknowledged} single writes acknowledged)",
          imports_killed == ROUNDS)
    check(f"{snapshots_used} of {kills} restarts had a snapshot of the index",
          snapshots_used > 0)
    server.json_lines("import", "-m", "crash", *given.files)
    for name, export in exports(server).items():
        equal(f"after the whole import {name} is byte for byte that of a server"
              " that nobody killed", export, wanted[name])
    check_index(work, server, data, given, choices).stop()
    check("lookups are those of an index that is built anew", True)


if __name__ == "__main__":
    harness.main()

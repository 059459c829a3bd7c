#!/usr/bin/env python3
"""How fast each format comes in, with the real binaries: units and megabytes a
second, and the most memory that server and client took.

  TERCET_BIN=build/bin bench/import_rates.py
  TERCET_BENCH_UNITS=100000      units in each file
  TERCET_BENCH_FORMATS=tmx,po    only these

All files hold the same short English and Spanish sentences, no two alike; each
goes into an empty memory of a server of its own. CPU seconds are those of
server and client together: where they are more than two for each second, the
machine has no more to give; where they are fewer, it had other things to do.
"""

import gzip
import json
import os
import pathlib
import random
import sys
import time
import zipfile

SOURCE = pathlib.Path(__file__).resolve().parent.parent
sys.path.insert(0, str(SOURCE / "tests/e2e"))

import harness  # noqa: E402

UNITS = int(os.environ.get("TERCET_BENCH_UNITS", 100_000))
WANTED = os.environ.get("TERCET_BENCH_FORMATS", "")
SEED = 7
TICKS = os.sysconf("SC_CLK_TCK")

PLACES = ("port", "bank", "agency", "council", "railway", "ministry")
VERBS = (("reported", "informó de"), ("announced", "anunció"),
         ("reviewed", "revisó"), ("denied", "negó"))
OBJECTS = (("freight volumes", "volúmenes de carga"),
           ("emergency loans", "préstamos de emergencia"),
           ("flood damage", "daños por inundaciones"),
           ("grain prices", "precios del grano"))


def pairs():
    choices = random.Random(SEED)
    for i in range(UNITS):
        verb, object_ = choices.choice(VERBS), choices.choice(OBJECTS)
        place = choices.choice(PLACES)
        yield (f"The {place} of region {i} {verb[0]} {object_[0]}.",
               f"La entidad ({place}) de la región {i} {verb[1]} {object_[1]}.")


def tmx():
    yield ('<?xml version="1.0" encoding="UTF-8"?>\n<tmx version="1.4"><header '
           'creationtool="x" creationtoolversion="1" segtype="sentence" '
           'o-tmf="x" adminlang="en" srclang="en" datatype="plaintext"/><body>\n')
    for en, es in pairs():
        yield (f'<tu>\n<tuv xml:lang="en"><seg>{en}</seg></tuv>\n'
               f'<tuv xml:lang="es"><seg>{es}</seg></tuv>\n</tu>\n')
    yield "</body></tmx>\n"


def xliff():
    yield ('<?xml version="1.0"?>\n<xliff version="1.2"><file original="a" '
           'source-language="en" target-language="es" datatype="plaintext">'
           '<body>\n')
    for i, (en, es) in enumerate(pairs()):
        yield (f'<trans-unit id="{i}"><source>{en}</source>'
               f'<target state="final">{es}</target></trans-unit>\n')
    yield "</body></file></xliff>\n"


def po():
    yield ('msgid ""\nmsgstr ""\n"Language: es\\n"\n'
           '"Content-Type: text/plain; charset=UTF-8\\n"\n\n')
    for en, es in pairs():
        yield f'msgid "{en}"\nmsgstr "{es}"\n\n'


def table(delimiter):
    yield f"en{delimiter}es\n"
    for en, es in pairs():
        yield f"{en}{delimiter}{es}\n"


def jsonl():
    for en, es in pairs():
        yield json.dumps({"en": en, "es": es}, ensure_ascii=False) + "\n"


def write(path, lines):
    with open(path, "w", encoding="utf-8") as file:
        file.writelines(lines)
    return [str(path)], path.stat().st_size


def compressed(path, lines):
    data = "".join(lines).encode()
    path.write_bytes(gzip.compress(data))
    return [str(path)], len(data)


def archived(path, lines):
    data = "".join(lines).encode()
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.tmx", data)
    return [str(path)], len(data)


def moses(path, _):
    en, en_bytes = write(path.with_suffix(".en"), (a + "\n" for a, _ in pairs()))
    es, es_bytes = write(path.with_suffix(".es"), (b + "\n" for _, b in pairs()))
    return ["en=" + en[0], "es=" + es[0]], en_bytes + es_bytes


FORMATS = {
    "tmx": (write, tmx), "tmx.gz": (compressed, tmx), "tmx.zip": (archived, tmx),
    "xliff": (write, xliff), "po": (write, po),
    "tsv": (write, lambda: table("\t")), "csv": (write, lambda: table(",")),
    "jsonl": (write, jsonl), "moses": (moses, lambda: None),
}


def peak_mb(process):
    status = pathlib.Path(f"/proc/{process.pid}/status").read_text("ascii")
    line = next(l for l in status.splitlines() if l.startswith("VmHWM"))
    return int(line.split()[1]) / 1024


def cpu_seconds(process):
    fields = pathlib.Path(f"/proc/{process.pid}/stat").read_text("ascii")
    fields = fields.rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / TICKS


def measure(work, name):
    make, lines = FORMATS[name]
    files, size = make(work.new_path("a." + name), lines())
    with work.serve() as server:
        before = cpu_seconds(server.process)
        start = time.monotonic()
        client = server.start_tercet("--json", "import", "-m", "press", *files)
        client_peak = client_cpu = 0
        while client.poll() is None:
            try:
                client_peak = max(client_peak, peak_mb(client))
                client_cpu = cpu_seconds(client)
            except (OSError, StopIteration):
                break
            time.sleep(0.02)
        out, _ = client.communicate()
        seconds = time.monotonic() - start
        report = json.loads(out)
        cpu = cpu_seconds(server.process) - before + client_cpu
        if report["created"] != UNITS:
            raise harness.Failure(f"{name}: {report['created']} created")
        print(f"  {name:8} {UNITS / seconds:9.0f} {size / seconds / 1e6:7.1f} "
              f"{cpu:8.1f} {UNITS / cpu:12.0f} {peak_mb(server.process):9.0f} "
              f"{client_peak:9.0f}", flush=True)


def test_rates(work):
    harness.PATIENCE_S = 1200
    print(f"  {UNITS} units, load {os.getloadavg()[0]:.1f}")
    print("  format     units/s    MB/s    CPU s  units/CPU s server MB "
          "client MB")
    for name in FORMATS:
        if not WANTED or name in WANTED.split(","):
            measure(work, name)


if __name__ == "__main__":
    harness.main()

#!/usr/bin/env python3
"""`tercet analyze`: bands, counts and formats of the report."""

import csv
import io

import harness
from harness import BAD_INPUT, check, contains, equal, everywhere

# A memory of three languages, one text in the context of a document.
MEMORY = """\
{"variants": [{"language": "en", "text": "The port reopened on Monday."}, \
{"language": "es", "text": "El puerto reabrió el lunes."}, \
{"language": "zh", "text": "港口周一重新开放。"}], \
"document": "press/1", "previous": "Dr. Vega spoke in the U.S.", \
"next": "Ships may enter again."}
{"variants": [{"language": "en", "text": "The council approved a plan for 120 \
new flats."}, {"language": "es", "text": "El consejo aprobó un plan de 120 \
pisos nuevos."}, {"language": "zh", "text": "市议会批准了新建120套公寓的计划。"}]}
{"variants": [{"language": "en", "text": "Draft words stay unconfirmed here."}, \
{"language": "es", "text": "Nada."}], "state": "draft"}
"""

ENGLISH = """\
Dr. Vega spoke in the U.S. The port reopened on Monday. Ships may enter again.
"The port reopened on Monday."
The port reopened on Monday.
The council approved a plan for 350 new flats. Draft words stay unconfirmed here.
"""
CHINESE = "市议会批准了新建350套公寓的计划。“真的吗？”港口周一重新开放。\n"


def remember(place):
    place.import_text("press", "press.jsonl", MEMORY)


def segments(counts):
    """The bands that have segments."""
    return {band: count["segments"]
            for band, count in counts["bands"].items() if count["segments"]}


@everywhere
def test_bands(work, place):
    remember(place)
    file = work.write("en.txt", ENGLISH)
    report = place.json("analyze", "-m", "press", "--from", "en", "--to", "es",
                        file)
    equal("context, exact, near, after penalties, and none",
          segments(report["files"][0]),
          {"in-context": 1, "repetition": 1, "95-99": 3, "no-match": 2})
    equal("all words, as between spaces",
          report["total"]["total"]["words"], len(ENGLISH.split()))
    report = place.json("analyze", "-m", "press", "--from", "en", "--to", "zh",
                        "--exact-first", file)
    equal("another target: what has no Chinese is no match",
          segments(report["files"][0]),
          {"in-context": 1, "100": 1, "95-99": 2, "no-match": 3})


@everywhere
def test_several_files(work, place):
    remember(place)
    files = [work.write("en.txt", ENGLISH), work.write("zh.txt", CHINESE)]
    result = place.tercet("analyze", "-m", "press", "--from", "zh",
                          "--format", "csv", files[1], files[1])
    rows = list(csv.DictReader(io.StringIO(result.out)))
    bands = {(row["band"], row["segments"], row["characters"], row["words"])
             for row in rows if row["file"] == "total"}
    check("the second file repeats the first",
          ("cross-file-repetition", "3", "33", "26") in bands, bands)
    check("and all adds up", ("total", "6", "66", "52") in bands, bands)
    result = place.tercet("analyze", "-m", "press", "--from", "zh", files[1])
    contains("characters first, for Chinese", result,
             "segments  characters  words")
    result = place.tercet("--color", "always", "analyze", "-m", "press",
                          "--from", "en", files[0], files[0])
    contains("colours, and a table of all", result, "\x1b[", "2 files",
             "of other files")


@everywhere
def test_tmx(work, place):
    remember(place)
    tmx = work.write("job.tmx", place.export("press", "tmx"))
    report = place.json("analyze", "-m", "press", tmx)
    equal("the languages are the file's",
          (report["files"][0]["source_language"],
           report["files"][0]["target_language"]), ("en", ""))
    equal("what is in the memory is in context, or exact",
          segments(report["files"][0]),
          {"in-context": 1, "100": 1, "95-99": 1})


def test_without_memory(work):
    text = ("El consejo aprobó ayer el plan de los 120 pisos.\n"
            "El consejo aprobó ayer el plan de los 350 pisos.\n"
            "Los EE. UU. no opinaron. «¿Seguro?» Nadie.\n" * 2)
    place = harness.Place(work, ["--server", "127.0.0.1:1"])
    report = place.json("analyze", "--no-memory", "--internal", "--from", "es",
                        "-", stdin=text)
    equal("repetitions and internal matches need no server",
          segments(report["total"]),
          {"repetition": 5, "internal-95-99": 1, "no-match": 4})


def test_errors(work):
    place = work.in_process()
    remember(place)
    good = work.write("good.txt", "Text.\n")
    bad = work.write("bad.docx", b"PK\x03\x04\0\0binary words in it \0 or so")
    result = place.tercet("analyze", "--from", "en", good, bad, code=BAD_INPUT)
    equal("no report of half a job", result.out, "")
    contains("the file is named", result, "bad.docx")
    result = place.tercet("analyze", good, code=BAD_INPUT)
    contains("text needs a language", result, "--from")


if __name__ == "__main__":
    harness.main()

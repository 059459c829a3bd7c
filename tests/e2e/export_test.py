#!/usr/bin/env python3
"""`tercet export`: what comes out goes back in, and comes out the same."""

import json
import os

import harness
from harness import REFUSED, USAGE, check, contains, equal, everywhere


def copied(place, memory, output_format):
    """The memory's export, after another memory has imported that."""
    copy = f"{memory}-{output_format}"
    place.import_text(copy, f"{memory}.{output_format}",
                      place.export(memory, output_format))
    return place.export(copy, output_format)


@everywhere
def test_round_trips(work, place):
    place.import_sample()
    for name in ("tmx", "jsonl"):
        equal(f"{name} exported, imported and exported is byte for byte equal",
              copied(place, "press", name), place.export("press", name))


@everywhere
def test_own_export_again(work, place):
    # Units without an id of their own are written with Tercet's.
    place.import_text("press", "press.tsv", "en\tes\nHello\tHola\nBye\tAdiós\n")
    for name in ("tmx", "jsonl"):
        report = place.import_text("press", f"again.{name}",
                                   place.export("press", name))
        equal(f"importing its own {name} export changes nothing",
              (report["read"], report["duplicates"]), (2, 2))


@everywhere
def test_tsv_round_trip(work, place):
    place.import_sample()
    # Inline codes are lost, and with them the units' ids, and so the order.
    plain = copied(place, "press", "tsv")
    equal("TSV brings all texts over", sorted(plain.splitlines()),
          sorted(place.export("press", "tsv").splitlines()))
    equal("without codes it is byte for byte equal, too",
          copied(place, "press-tsv", "tsv"), plain)


@everywhere
def test_csv_round_trip(work, place):
    place.import_sample()
    file = work.new_path("press.csv")
    place.tercet("export", "-m", "press", "-o", file)
    place.tercet("import", "-m", "press-csv", file)
    plain = place.export("press-csv", "csv")
    equal("CSV brings all texts over", sorted(plain.splitlines()),
          sorted(file.read_bytes().splitlines()))
    equal("without codes it is byte for byte equal, too",
          copied(place, "press-csv", "csv"), plain)


@everywhere
def test_formats_agree(work, place):
    place.import_sample()
    place.import_text("twin", "press.tmx", place.export("press", "tmx"))
    equal("TMX loses nothing of what JSON lines show",
          place.export("twin", "jsonl"), place.export("press", "jsonl"))
    place.import_text("twin2", "press.jsonl", place.export("press", "jsonl"))
    equal("JSON lines lose nothing of what TMX shows",
          place.export("twin2", "tmx"), place.export("press", "tmx"))


# What a unit can have, from other formats than TMX.
RICH = json.dumps({
    "id": "u&1", "source": "en", "document": "press/<1>", "previous": "Before.",
    "next": "Behind.", "key": "k", "state": "draft", "usage_count": 3,
    "creator": "ana", "created": "2026-04-17T09:30:00Z", "changer": "ben",
    "changed": "2026-04-18T10:00:00Z", "notes": ["a", "b & c"],
    "properties": [{"type": "x-project", "value": "1"},
                   {"type": "x-project", "value": "2"}],
    "variants": [
        {"language": "zh-CN", "text": "按 钮", "notes": ["n"],
         "properties": [{"type": "x", "value": "y"}]},
        {"language": "en", "text": "Press\nit.", "codes": [
            {"kind": "bpt", "offset": 0, "content": "<b>",
             "attributes": [{"type": "i", "value": "1"}]},
            {"kind": "ept", "offset": 5, "content": "</b>",
             "attributes": [{"type": "i", "value": "1"}]},
            {"kind": "hi", "offset": 6, "content": ""},
            {"kind": "/hi", "offset": 8, "content": ""}]},
        {"language": "en", "text": "Press\u0007."}]})
XLIFF = ('<xliff version="1.2"><file original="a" source-language="en" '
         'target-language="es"><body><trans-unit id="1"><source>Press <g id="1">'
         'it</g>, <x id="2"/>.</source><target state="final"><bx id="3"/>Pulse.'
         '</target><note>n</note></trans-unit></body></file></xliff>')


@everywhere
def test_tmx_is_valid(work, place):
    harness.need("xmllint")
    place.import_sample()
    place.import_text("rich", "rich.jsonl", RICH + "\n")
    place.import_text("rich", "job.xlf", XLIFF)
    for memory in ("press", "rich"):
        file = work.new_path(f"{memory}.tmx")
        place.tercet("export", "-m", memory, "-o", file)
        work.run("xmllint", "--noout", "--nonet", "--dtdvalid",
                 harness.SOURCE / "tests/e2e/tmx14.dtd", file, code=0)
        check(f"{memory}: the DTD of TMX 1.4b allows it", True)


@everywhere
def test_to_a_file(work, place):
    place.import_sample()
    file = work.new_path("press.tmx")
    shown = place.tercet("export", "-m", "press", "-o", file)
    equal("the file has what standard output would have", file.read_bytes(),
          place.export("press", "tmx"))
    contains("people are told how much it was", shown.err, str(file),
             "197 units")
    report = place.json("export", "-m", "press", "-o", file)
    equal("JSON tells it, too", (report["units"], report["bytes"]),
          (197, file.stat().st_size))
    equal("nothing else is left in the folder", os.listdir(file.parent),
          ["press.tmx"])


@everywhere
def test_languages(work, place):
    place.import_sample()
    head = place.export("press", "tsv", "--languages", "zh-CN,es").decode()
    rows = [line.split("\t") for line in head.splitlines()]
    equal("the columns are those asked for", rows[0], ["zh-CN", "es"])
    check("all cells are filled", all(all(row) for row in rows))
    for line in place.export("press", "jsonl", "--languages", "es").splitlines():
        languages = {v["language"] for v in json.loads(line)["variants"]}
        if languages != {"es"}:
            raise harness.Failure(f"not only Spanish: {line.decode()}")
    check("JSON lines have only the languages asked for", True)


@everywhere
def test_spellings_of_a_language(work, place):
    """`zh` is the `zh-CN` of the sample, as it is in a lookup."""
    place.import_sample()
    wanted = place.export("press", "tsv", "--languages", "zh-CN").splitlines()
    for code in ("zh", "zh_CN", "ZH-cn", "zh-Hans"):
        got = place.export("press", "tsv", "--languages", code).splitlines()
        equal(f"{code} exports the texts of zh-CN", got[1:], wanted[1:])
    equal("zh-TW is another one, so there is nothing",
          len(place.export("press", "tsv", "--languages", "zh-TW").splitlines()),
          1)


@everywhere
def test_errors(work, place):
    place.import_sample()
    file = work.new_path("press.tmx")
    gone = place.tercet("export", "-m", "nope", "-o", file, code=REFUSED)
    contains("an unknown memory is named, with a next step", gone.err, "'nope'",
             "tercet memory list")
    check("and leaves no file", not os.listdir(file.parent))
    contains("a format that the name does not tell is asked for",
             place.tercet("export", "-m", "press", "-o", work.new_path("x.foo"),
                          code=USAGE), "give --format")
    unwritable = place.tercet("export", "-m", "press", "-o",
                              work.folder / "no/such/folder/press.tmx",
                              code=harness.BAD_INPUT)
    contains("a folder that is not there is named", unwritable.err,
             "no/such/folder/press.tmx", "No such file")


if __name__ == "__main__":
    harness.main()

#!/usr/bin/env python3
"""`tercet import`: every format, again and again, with and without a server."""

import harness
from harness import BAD_INPUT, REFUSED, contains, equal, everywhere

TSV = ("en\tzh\tes\n"
       "Two-way trade rose.\t双边贸易额上升。\tEl comercio bilateral creció.\n"
       "The talks ended.\t\tLas conversaciones terminaron.\n")
JSONL = ('{"en": "Floods hit the city.", "zh": "洪水袭击了这座城市。"}\n'
         '{"en": "Two-way trade rose.", "es": "El comercio creció."}\n')
COUNTS = ("read", "created", "updated", "variants_added", "duplicates",
          "skipped", "failed")


def counts(report):
    """What the report says, without what is 0."""
    return {name: report[name] for name in COUNTS if report[name]}


def texts(place, memory, text):
    """The stored texts beside an English one, by language."""
    answer = place.json("lookup", "-m", memory, "--from", "en", "--exact", text)
    found = {}
    for match in answer["matches"]:
        for target in match["targets"]:
            found.setdefault(target["language"], []).append(target["text"])
    return found


@everywhere
def test_tmx_twice(work, place):
    total = harness.SAMPLE_UNITS
    report = place.import_sample()
    equal("the sample is imported", counts(report),
          {"read": total, "created": total})
    equal("the report names the memory", report["memory"], "memories/press")
    equal("the same file again changes nothing", counts(place.import_sample()),
          {"read": total, "duplicates": total})
    equal("no unit became two", place.json("info")["units"], total)


@everywhere
def test_every_format_at_once(work, place):
    files = [work.write("a.tsv", TSV), work.write("b.jsonl", JSONL),
             harness.SAMPLE]
    reports = place.json_lines("import", "-m", "all", *files)
    equal("each file has its report, in order",
          [report["file"] for report in reports], [str(f) for f in files])
    equal("a source that is there gains variants",
          [counts(report) for report in reports],
          [{"read": 2, "created": 2}, {"read": 2, "created": 1, "variants_added": 1},
           {"read": 197, "created": 197}])
    equal("an empty cell is no text", texts(place, "all", "The talks ended."),
          {"es": ["Las conversaciones terminaron."]})
    shown = place.tercet("import", "-m", "all", *files)
    contains("people get a table with a total", shown.out, "created", "units/s",
             "total")


@everywhere
def test_standard_input(work, place):
    report = place.json("import", "-m", "in", "--format", "tsv", "-", stdin=TSV)
    equal("standard input is a file, too", counts(report),
          {"read": 2, "created": 2})
    equal("its content tells the format",
          counts(place.json("import", "-m", "in", "-", stdin=TSV)),
          {"read": 2, "duplicates": 2})


@everywhere
def test_changed_targets(work, place):
    place.import_text("m", "a.tsv", "en\tes\nHello.\tHola.\n")
    changed = "en\tes\nHello.\tBuenas.\n"
    equal("a dry run counts what it would do",
          counts(place.import_text("m", "b.tsv", changed, "--dry-run")),
          {"read": 1, "variants_added": 1})
    equal("and writes nothing", texts(place, "m", "Hello."), {"es": ["Hola."]})
    equal("a dry run makes no memory either",
          counts(place.import_text("new", "b.tsv", changed, "--dry-run")),
          {"read": 1, "created": 1})
    place.tercet("memory", "get", "new", code=REFUSED)
    equal("a changed target is a further variant",
          counts(place.import_text("m", "b.tsv", changed)),
          {"read": 1, "variants_added": 1})
    equal("beside the old one", texts(place, "m", "Hello."),
          {"es": ["Hola.", "Buenas."]})
    place.import_text("m", "b.tsv", changed, "--overwrite")
    equal("--overwrite replaces all of the language",
          texts(place, "m", "Hello."), {"es": ["Buenas."]})


@everywhere
def test_one_sentence_several_times(work, place):
    tmx = ('<tmx version="1.4"><header srclang="en"/><body>'
           '<tu><prop type="x-document">a.docx</prop><prop type="x-context-pre">'
           'One?</prop><tuv xml:lang="en"><seg>Yes.</seg></tuv>'
           '<tuv xml:lang="es"><seg>Sí.</seg></tuv></tu>'
           '<tu><prop type="x-context-pre">Two?</prop><tuv xml:lang="en">'
           '<seg>Yes.</seg></tuv><tuv xml:lang="es"><note>polite</note>'
           '<seg>Claro que sí.</seg></tuv></tu>'
           '<tu><tuv xml:lang="en"><seg>Yes.</seg></tuv><tuv xml:lang="es">'
           '<note>short</note><seg>Sí.</seg></tuv></tu></body></tmx>')
    for mode in ((), ("--overwrite",)):
        memory = "m" + str(len(mode))
        report = place.import_text(memory, "a.tmx", tmx, *mode)
        equal(f"{mode} all are imported", counts(report),
              {"read": 3, "created": 1, "updated": 1, "variants_added": 1})
        equal("the second context is told",
              [p["reason"] for p in report["problems"]], ["CONTEXT_LEFT_OUT"])
        equal("both translations are there", texts(place, memory, "Yes."),
              {"es": ["Sí.", "Claro que sí."]})
        again = place.import_text(memory, "a.tmx", tmx, *mode)
        equal(f"{mode} the same file again changes nothing", counts(again),
              {"read": 3, "duplicates": 3})


@everywhere
def test_drafts_and_confirmed(work, place):
    place.import_text("m", "a.jsonl", '{"en": "Open.", "es": "Abra."}\n')
    draft = '{"en": "Open.", "es": "Ábrase.", "state": "draft"}\n'
    equal("a draft is a unit of its own",
          counts(place.import_text("m", "b.jsonl", draft)),
          {"read": 1, "created": 1})
    answer = place.json("lookup", "-m", "m", "--from", "en", "Open.")
    equal("behind the confirmed one",
          [(m["targets"][0]["text"], m["score"]) for m in answer["matches"]],
          [("Abra.", 100), ("Ábrase.", 98)])


@everywhere
def test_units_with_problems(work, place):
    text = "en\tes\nOne.\tUno.\nTwo.\n\t\nThree.\tTres.\n"
    file = work.write("bad.tsv", text)
    report = place.json("import", "-m", "m", file)
    equal("what is good is imported", counts(report),
          {"read": 4, "created": 2, "skipped": 1, "failed": 1})
    equal("what is bad is told with its line and reason",
          [(p["line"], p["reason"]) for p in report["problems"]],
          [(3, "CELL_COUNT_WRONG"), (4, "UNIT_EMPTY")])
    shown = place.tercet("import", "-m", "m", "--strict", file, code=BAD_INPUT)
    contains("people see it as FILE:LINE, and --strict makes it an error",
             shown.err, f"{file}:3: CELL_COUNT_WRONG: ")


@everywhere
def test_bad_files(work, place):
    good = work.write("good.tsv", TSV)
    cut_off = work.write("cut.tmx", harness.SAMPLE.read_bytes()[:20_000])
    missing = work.new_path("missing.tsv")
    ended = place.tercet("--json", "import", "-m", "m", missing, cut_off, good,
                         code=BAD_INPUT)
    no_file, malformed, imported = ended.objects()
    contains("a missing file is named", no_file["error"]["message"],
             str(missing), "No such file")
    equal("a file that breaks off says so", malformed["error"]["reason"],
          "FILE_MALFORMED")
    contains("with the place and what is stored",
             malformed["error"]["message"], "line ", "units are stored")
    stored = int(malformed["error"]["metadata"]["units_durable"])
    equal("and its report", malformed["created"], stored)
    harness.check("its units before that place are there", stored > 20)
    equal("the files after it are imported", counts(imported),
          {"read": 2, "created": 2})
    equal("the server counts the same units", place.json("info")["units"],
          stored + 2)


@everywhere
def test_empty_files(work, place):
    equal("an empty JSON lines file is no unit",
          counts(place.import_text("m", "empty.jsonl", "")), {})
    equal("a header alone is no unit",
          counts(place.import_text("m", "head.tsv", "en\tes\n")), {})
    for name in ("empty.tsv", "empty.tmx"):
        report = place.import_text("m", name, "", code=BAD_INPUT)
        equal(f"{name} is malformed", report["error"]["reason"],
              "FILE_MALFORMED")
    equal("the memory was made all the same",
          place.json("memory", "get", "m")["units"], 0)


def test_verbose_log(work):
    place = work.in_process()
    done = place.tercet("import", "-m", "m", "--verbose", harness.SAMPLE)
    equal("a short import has nothing to log", done.err, "")


if __name__ == "__main__":
    harness.main()

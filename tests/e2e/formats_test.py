#!/usr/bin/env python3
"""Imports of every format, and translate-toolkit as an independent judge."""

import gzip
import json
import pathlib
import shutil
import subprocess
import zipfile

import harness
from harness import contains, equal, everywhere

PO = '''msgid ""
msgstr ""
"Language: es\\n"
"Content-Type: text/plain; charset=UTF-8\\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\\n"

msgctxt "menu"
msgid "Open the file"
msgstr "Abrir el archivo"

#, fuzzy
msgid "A \\"quoted\\" line\\n"
msgstr "Una línea «citada»\\n"

msgid "%d day"
msgid_plural "%d days"
msgstr[0] "%d día"
msgstr[1] "%d días"
'''
XLIFF = '''<?xml version="1.0" encoding="UTF-8"?>
<xliff version="1.2" xmlns="urn:oasis:names:tc:xliff:document:1.2">
<file original="a.html" source-language="en" target-language="es"
 datatype="html"><body>
<trans-unit id="1"><source>Press <g id="1">Save</g> &amp; wait.</source>
<target state="translated">Pulse <g id="1">Guardar</g> y espere.</target>
</trans-unit>
<trans-unit id="2"><source>The end.</source><target>Fin.</target></trans-unit>
</body></file></xliff>
'''


# Debian's package belongs to Debian's Python.
READ_TMX = """
import json, sys
from translate.storage.tmx import tmxfile
with open(sys.argv[1], "rb") as file:
    units = tmxfile(file, "en", "es").units
print(json.dumps([[unit.source, unit.target] for unit in units]))
"""


def texts(place, memory):
    """What is in a memory: its English texts with their Spanish ones."""
    units = place.export(memory, "jsonl").splitlines()
    found = {}
    for line in map(json.loads, units):
        # po2xliff says en-US.
        by_language = {v["language"][:2]: v["text"] for v in line["variants"]}
        found[by_language["en"]] = by_language.get("es")
    return found

READ_ANY = """
import json, sys
from translate.storage.factory import getobject
units = getobject(sys.argv[1]).units
print(json.dumps([[str(u.source), str(u.target)] for u in units if u.source]))
"""


@everywhere
def test_every_format_comes_in_by_its_content(work, place):
    po = work.write("messages", PO)
    xliff = work.write("job.bin", XLIFF)
    csv = work.write("t.txt", "English;Spanish\n\"a;b\";\"c\nd\"\n")
    reports = place.json_lines("import", "-m", "all", po, xliff, csv)
    equal("units of PO, XLIFF and CSV", [r["created"] for r in reports],
          [4, 2, 1])
    found = texts(place, "all")
    equal("a text of PO", found["Open the file"], "Abrir el archivo")
    equal("a plural", found["%d days"], "%d días")
    equal("a text of XLIFF", found["Press Save & wait."],
          "Pulse Guardar y espere.")
    equal("a text of CSV", found["a;b"], "c\nd")


@everywhere
def test_compressed_files_and_encodings(work, place):
    packed = work.write("a.tsv.gz", gzip.compress("en\tes\na\tñ\n".encode()))
    archive = work.new_path("b.zip")
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as zipped:
        zipped.writestr("b.csv", "en,es\nb,é\n")
        zipped.writestr("c.po", PO)
        zipped.writestr("notes.txt", "nothing\n")
    wide = work.write("d.tsv", "en\tes\nd\tí\n".encode("utf-16"))
    latin = work.write(
        "e.tmx", '<?xml version="1.0" encoding="ISO-8859-1"?><tmx version="1.4">'
        '<header srclang="en"/><body><tu><tuv xml:lang="en"><seg>e</seg></tuv>'
        '<tuv xml:lang="es"><seg>ü</seg></tuv></tu></body></tmx>'
        .encode("latin-1"))
    reports = place.json_lines("import", "-m", "m", packed, archive, wide,
                               latin)
    equal("units of each", [r["created"] for r in reports], [1, 5, 1, 1])
    contains("what could not be read is told", str(reports[1]["problems"]),
             "notes.txt", "FILE_FORMAT_UNKNOWN")
    found = texts(place, "m")
    equal("texts", [found[k] for k in "abde"], ["ñ", "é", "í", "ü"])


@everywhere
def test_moses_text(work, place):
    en = work.write("news.en", "Trade rose.\nFloods.\n\nThe end.\n")
    zh = work.write("news.zh.gz", gzip.compress(
        "贸易增长。\n洪水。\n会谈。\n终。".encode("gb18030")))
    es = work.write("news.es", "El comercio.\n\nTalks.\nFin.\n")
    report = place.json("import", "-m", "news", f"en={en}", f"zh={zh}",
                        f"es={es}")
    equal("a unit a line", (report["read"], report["created"]), (4, 4))
    equal("an empty line is told", [(p["line"], p["reason"])
                                    for p in report["problems"]],
          [(2, "TEXT_EMPTY"), (3, "TEXT_EMPTY")])
    lines = [json.loads(l) for l in place.export("news").splitlines()]
    equal("texts", sorted({v["language"]: v["text"] for v in unit["variants"]}
                          .get("zh", "") for unit in lines),
          sorted(["贸易增长。", "洪水。", "会谈。", "终。"]))
    shown = place.tercet("import", "show", report["import"].split("/")[-1])
    contains("show says what it was", shown.out, "moses")

    spanish = "El niño está aquí, señor, mañana o pasado mañana.\n".encode()
    mended = work.write("mended.es", spanish * 3 + b"ni\xf1o\n")
    told = place.json("import", "-m", "mended", f"en={en}", f"es={mended}")
    equal("a byte that was mended is a warning", told["warnings"], 1)
    shown = place.tercet("import", "show", told["import"].split("/")[-1])
    contains("that show has, too", shown.out, f"{mended}:4: TEXT_MENDED")
    failed = place.tercet("import", "-m", "bad", "--strict", f"en={en}",
                          f"es={mended}", code=harness.BAD_INPUT)
    contains("and --strict refuses", failed.err, f"{mended}:4: TEXT_MENDED")

    pair = place.json("import", "-m", "pair", "--format", "moses", en, zh)
    equal("languages by the names; a line that is empty in one of two is "
          "skipped", (pair["created"], pair["skipped"]), (3, 1))
    longer = work.write("longer.es", "a\nb\nc\nd\ne\n")
    failed = place.tercet("import", "-m", "bad", f"en={en}", f"es={longer}",
                          code=harness.BAD_INPUT)
    contains("another number of lines is an error with file and line",
             failed.err, f"{en}:5: ", f"{longer} has 5 lines")
    equal("and nothing is stored", place.tercet(
        "export", "-m", "bad", "--format", "jsonl", code=None).out, "")
    archive = work.new_path("corpus.zip")
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as zipped:
        zipped.writestr("README", "nothing\n")
        zipped.writestr("News.en-es.en", "Trade rose.\n")
        zipped.writestr("News.en-es.es", "El comercio.\n")
    equal("an archive with a file for each language", place.json(
        "import", "-m", "zip", f"en={archive}", f"es={archive}")["created"], 1)
    told = place.tercet("import", "-m", "alone", en, code=5)
    contains("one file alone is told of the other", told.err, "en=news.en")
    for wrong in (["en=" + str(en)], [f"en={en}", str(es)],
                  [str(es), f"en={en}"],
                  [f"en={en}", f"es={es}", "--format", "tmx"],
                  [f"en={en}", f"es={es}", "--default-languages", "en"]):
        place.tercet("import", "-m", "bad", *wrong, code=harness.USAGE)


@everywhere
def test_moses_text_comes_back(work, place):
    place.import_sample()
    whole = place.export("press", "tsv", "--languages", "en,zh,es")
    rows = sorted(whole.decode().splitlines()[1:])
    for compression, ending in (("none", ""), ("gzip", ".gz"),
                                ("zstd", ".zst")):
        prefix = work.new_path("news")
        report = place.json("export", "-m", "press", "--format", "moses",
                            "--languages", "en,zh,es", "--compress",
                            compression, "-o", prefix)
        equal("what there is is written or told",
              report["units"] + report["left_out"], harness.SAMPLE_UNITS)
        files = [f"{language}={prefix}.{language}{ending}"
                 for language in ("en", "zh", "es")]
        back = place.json("import", "-m", f"back-{compression}", *files)
        equal("all of it comes in", back["read"], report["units"])
        again = place.export(f"back-{compression}", "tsv", "--languages",
                             "en,zh,es")
        equal("with the same texts", sorted(again.decode().splitlines()[1:]),
              sorted(set(row for row in rows if "" not in row.split("\t"))))
    place.import_text("broken", "a.jsonl", '{"en": "a\\nb", "es": "c"}\n')
    prefix = work.new_path("broken")
    shown = place.tercet("export", "-m", "broken", "--format", "moses",
                         "--languages", "en,es", "-o", prefix)
    contains("line breaks become spaces, and that is told", shown.err,
             "1 text with line breaks")
    equal("a line", pathlib.Path(f"{prefix}.en").read_text("utf-8"), "a b\n")
    for wrong in (["-o", prefix], ["--languages", "en,es"],
                  ["--languages", "en", "-o", prefix],
                  ["--languages", "en,en", "-o", prefix]):
        place.tercet("export", "-m", "press", "--format", "moses", *wrong,
                     code=harness.USAGE)


@everywhere
def test_a_file_of_no_format_is_refused(work, place):
    report = place.import_text("m", "x.doc", "Hello\n", code=harness.BAD_INPUT)
    equal("the reason", report["error"]["reason"], "FILE_FORMAT_UNKNOWN")


def convert(*command):
    done = subprocess.run([str(c) for c in command], capture_output=True,
                          text=True, check=False)
    harness.check(f"{command[0]}: {done.stderr[-300:]}", done.returncode == 0)


@everywhere
def test_translate_toolkit_agrees(work, place):
    if shutil.which("po2tmx") is None:
        print("skipped: translate-toolkit is not installed")
        return
    # What it writes, we read.
    po = work.write("es.po", PO)
    tmx = work.new_path("toolkit.tmx")
    convert("po2tmx", "--progress=none", "-l", "es", po, tmx)
    place.tercet("import", "-m", "tmx", tmx)
    equal("its TMX", texts(place, "tmx")["Open the file"], "Abrir el archivo")
    xliff = work.new_path("toolkit.xlf")
    convert("po2xliff", "--progress=none", po, xliff)
    place.tercet("import", "-m", "xliff", "--default-languages", "en,es", xliff)
    equal("its XLIFF", texts(place, "xliff")["Open the file"],
          "Abrir el archivo")
    # What we write, it reads.
    place.tercet("import", "-m", "ours", po, work.write("a.xlf", XLIFF))
    ours = work.new_path("ours.tmx")
    place.tercet("export", "-m", "ours", "-o", ours)
    read = dict(json.loads(subprocess.run(
        ["/usr/bin/python3", "-c", READ_TMX, str(ours)], capture_output=True,
        check=True).stdout))
    equal("our TMX", read["Open the file"], "Abrir el archivo")
    equal("quotes and line ends", read['A "quoted" line\n'],
          "Una línea «citada»\n")

    # The files that we fill, too.
    for name, empty in (("job.po", PO.replace('"Abrir el archivo"', '""')),
                        ("job.xlf", XLIFF.replace("<target>Fin.</target>", ""))):
        job, filled = work.write(name, empty), work.new_path(name)
        place.tercet("pretranslate", "-m", "ours", job, "-o", filled)
        read = dict(json.loads(subprocess.run(
            ["/usr/bin/python3", "-c", READ_ANY, str(filled)],
            capture_output=True, check=True).stdout))
        equal(f"our {name}", read["Open the file" if name == "job.po" else
                                  "The end."],
              "Abrir el archivo" if name == "job.po" else "Fin.")
    # Its PO.
    made = work.new_path("made.po")
    convert("xliff2po", "--progress=none", xliff, made)
    place.tercet("import", "-m", "made", "--default-languages", "en,es", made)
    equal("its PO", texts(place, "made")["Open the file"], "Abrir el archivo")


if __name__ == "__main__":
    harness.main()

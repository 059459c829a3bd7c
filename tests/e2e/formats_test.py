#!/usr/bin/env python3
"""Imports of every format, and translate-toolkit as an independent judge."""

import gzip
import json
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


if __name__ == "__main__":
    harness.main()

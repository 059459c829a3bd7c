#!/usr/bin/env python3
"""`tercet pretranslate` and `analyze` over XLIFF and PO files."""

import gzip
import xml.etree.ElementTree as ET

import harness
from harness import BAD_INPUT, USAGE, check, contains, equal, everywhere

MEMORY = """\
{"variants": [{"language": "en", "text": "See also"}, \
{"language": "es", "text": "Vea además"}], "previous": "The port reopened.", \
"next": "The council approved 350 flats."}
{"variants": [{"language": "en", "text": "The council approved 120 flats."}, \
{"language": "es", "text": "El consejo aprobó 120 pisos."}, \
{"language": "zh", "text": "市议会批准了120套公寓。"}]}
{"variants": [{"language": "en", "text": "The ministers will meet again in the \
port next week."}, {"language": "es", "text": "Los ministros volverán a reunirse \
en el puerto la próxima semana."}]}
"""
SOURCES = ["The port reopened.", "See also", "The council approved 350 flats.",
           "The ministers will meet again in the city next week.",
           "Nobody knows <why>."]

XLIFF_1 = "urn:oasis:names:tc:xliff:document:1.2"
XLIFF_2 = "urn:oasis:names:tc:xliff:document:2.0"


def escape(text):
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def xliff_1():
    units = "".join(
        f'  <trans-unit id="{i}"><source>{escape(text)}</source></trans-unit>\r\n'
        for i, text in enumerate(SOURCES))
    return (f'<?xml version="1.0" encoding="UTF-8"?>\r\n<xliff version="1.2" '
            f'xmlns="{XLIFF_1}"><!-- kept --><file original="a" '
            'source-language="en" target-language="es" datatype="plaintext">'
            f"<body>\r\n{units}"
            '  <trans-unit id="done"><source>See also</source>'
            "<target>Ver</target></trans-unit>\r\n"
            '  <trans-unit id="locked" translate="no"><source>See also</source>'
            "</trans-unit>\r\n</body></file></xliff>\r\n")


def xliff_2():
    units = "".join(
        f'<unit id="u{i}"><segment><source>{escape(text)}</source></segment>'
        "</unit>\n" for i, text in enumerate(SOURCES))
    return (f'<xliff version="2.0" xmlns="{XLIFF_2}" srcLang="en" trgLang="es">\n'
            f'<file id="f">\n{units}</file>\n</xliff>\n')


def po():
    entries = "".join(f'\nmsgid "{text}"\nmsgstr ""\n' for text in SOURCES)
    return ('msgid ""\nmsgstr ""\n"Language: es\\n"\n'
            '"Content-Type: text/plain; charset=UTF-8\\n"\n' + entries)


def remember(place):
    place.import_text("press", "press.jsonl", MEMORY)


def targets(file, namespace):
    """The targets' texts, by their sources."""
    root = ET.fromstring(file.read_bytes())
    found = {}
    for holder in root.iter():
        if holder.tag.split("}")[-1] not in ("trans-unit", "segment"):
            continue  # A suggestion.
        source = holder.find(f"{{{namespace}}}source")
        target = holder.find(f"{{{namespace}}}target")
        if source is not None and target is not None:
            found.setdefault(source.text, target.text)
    return found


@everywhere
def test_xliff(work, place):
    remember(place)
    for version, content, namespace in ((1, xliff_1(), XLIFF_1),
                                        (2, xliff_2(), XLIFF_2)):
        file = work.write("job.xlf", content)
        out = work.new_path("out.xlf")
        report = place.json("pretranslate", "-m", "press", file, "-o", out)
        equal(f"XLIFF {version}: the match in context wins, numbers are those "
              "of the segment", targets(out, namespace) | {SOURCES[0]: None},
              {SOURCES[0]: None, SOURCES[1]: "Vea además",
               SOURCES[2]: "El consejo aprobó 350 pisos.",
               SOURCES[3]: "Los ministros volverán a reunirse en el puerto la "
                           "próxima semana."})
        equal("what was done is counted",
              (report["filled"], report["adapted"],
               report["bands"]["in-context"]["segments"]), (3, 1, 1))
        equal("the file stays", file.read_bytes(), content.encode())
    text = work.new_path("out.xlf")
    file = work.write("job.xlf", xliff_1())
    place.tercet("pretranslate", "-m", "press", file, "-o", text)
    contains("what is there and what is locked stays, comments too",
             text.read_text(encoding="utf-8"), "<target>Ver</target>",
             'translate="no"><source>See also</source></trans-unit>',
             "<!-- kept -->")


@everywhere
def test_po(work, place):
    remember(place)
    file = work.write("es.po", po())
    result = place.tercet("pretranslate", "-m", "press", "--threshold", 100,
                          file, "-o", "-")
    filled = po().replace('msgid "See also"\nmsgstr ""',
                          'msgid "See also"\nmsgstr "Vea además"')
    check("only the exact match, all else as it was",
          result.out_bytes in (filled.encode(),
                               filled.replace("Vea además",
                                              "Vea además").encode()),
          result)
    contains("the summary is beside it", result.err, "1 target filled")
    place.tercet("pretranslate", "-m", "press", "--in-place", file)
    text = file.read_text(encoding="utf-8")
    contains("fuzzy ones are marked", text, "#, fuzzy",
             '#| msgid "The council approved 120 flats."',
             'msgstr "El consejo aprobó 350 pisos."')
    before = file.read_bytes()
    place.tercet("pretranslate", "-m", "press", "--in-place", file)
    equal("a second time changes nothing", file.read_bytes(), before)


@everywhere
def test_analysis(work, place):
    remember(place)
    gz = work.write("job.xlf.gz", gzip.compress(xliff_1().encode()))
    report = place.json("analyze", "-m", "press", gz, work.write("a.po", po()))
    first, second = report["files"]
    equal("languages are the file's",
          (first["source_language"], first["target_language"]), ("en", "es"))
    equal("what is translated or locked is counted apart",
          (first["bands"]["translated"]["segments"],
           first["bands"]["locked"]["segments"]), (1, 1))
    equal("bands of an XLIFF file",
          {band: count["segments"] for band, count in first["bands"].items()
           if count["segments"]},
          {"translated": 1, "locked": 1, "in-context": 1, "95-99": 1,
           "85-94": 1, "no-match": 2})
    equal("a PO file with the same texts repeats it",
          second["bands"]["cross-file-repetition"]["segments"], 5)
    utf16 = work.write("utf16.txt", "The port reopened. See also\n"
                       .encode("utf-16"))
    report = place.json("analyze", "-m", "press", "--from", "en", utf16)
    equal("text in UTF-16", report["total"]["total"]["words"], 5)


def test_errors(work):
    place = work.in_process()
    remember(place)
    file = work.write("job.xlf", xliff_1())
    result = place.tercet("pretranslate", file, code=USAGE)
    contains("where to must be said", result, "--in-place")
    place.tercet("pretranslate", file, "-o", file, code=USAGE)
    cut = work.write("cut.xlf", xliff_1()[:600])
    out = work.new_path("out.xlf")
    place.tercet("pretranslate", cut, "-o", out, code=BAD_INPUT)
    check("nothing is written of a broken file",
          not list(out.parent.iterdir()), list(out.parent.iterdir()))


if __name__ == "__main__":
    harness.main()

#!/usr/bin/env python3
"""Long texts: stored and found up to the limit, refused precisely beyond."""

import json
import random
import time

import harness
from harness import (BAD_INPUT, NOTHING_FOUND, check, contains, equal,
                     everywhere)

KIB = 1024
LIMIT = 128 * KIB
WORDS = ("trade", "summit", "flood", "river", "minister", "agreement", "health",
         "market", "growth", "percent", "region", "signed", "leaders", "spring")
HAN = "双边贸易额增长峰会洪水河流部长协定卫生市场地区签署领导人春季发展合作"


def english(size, seed):
    """Words of exactly so many bytes, without a space at the end."""
    source = random.Random(seed)
    words = []
    length = 0
    while length < size:
        words.append(source.choice(WORDS))
        length += len(words[-1]) + 1
    return " ".join(words)[:size - 1] + "."


def chinese(size, seed):
    source = random.Random(seed)
    text = "".join(source.choices(HAN, k=size // 3))
    return text + "." * (size - len(text.encode()))


def jsonl(*units):
    return "".join(json.dumps(unit, ensure_ascii=False) + "\n"
                   for unit in units)


def lookup(place, language, text, *arguments, **how):
    """The best match of a text that is too long for an argument."""
    answer = place.json("lookup", "--from", language, *arguments, stdin=text,
                        **how)
    return answer["matches"][0] if answer["matches"] else None


def change(text, old, new):
    """The text with one word in its middle changed."""
    place = text.index(old, len(text) // 2)
    return text[:place] + new + text[place + len(old):]


@everywhere
def test_long_texts_are_found(work, place):
    for size in (64 * KIB, LIMIT):
        en, zh = english(size, seed=size), chinese(size, seed=size)
        equal(f"{size} bytes each", (len(en.encode()), len(zh.encode())),
              (size, size))
        report = place.import_text("big", "big.jsonl",
                                   jsonl({"en": en, "zh": zh}))
        equal("the unit is stored", report["created"], 1)
        for language, text, old, new, other in (
                ("en", en, " flood ", " frost ", zh),
                ("zh", zh, "洪水", "旱灾", en)):
            start = time.monotonic()
            exact = lookup(place, language, text)
            equal(f"{language}: found exactly, nothing cut off",
                  (exact["score"], exact["source"],
                   exact["targets"][0]["text"]), (100, text, other))
            edited = text if old not in text else change(text, old, new)
            fuzzy = lookup(place, language, edited)
            equal(f"{language}: found after an edit",
                  (fuzzy["source"], fuzzy["score"]), (text, 94))
            check("  and the edit is told", 1 <= len(fuzzy["edits"]) <= 2)
            spent = time.monotonic() - start
            check(f"  in moments ({spent:.1f} s)", spent < 20)


@everywhere
def test_long_texts_go_round(work, place):
    place.import_text("big", "big.jsonl", jsonl(
        {"en": english(LIMIT, seed=1), "zh": chinese(LIMIT, seed=1)}))
    first = place.export("big", "jsonl")
    for name in ("tmx", "tsv", "jsonl"):
        place.import_text(name, f"big.{name}", place.export("big", name))
        equal(f"{name} brings them over whole",
              [v["text"] for v in json.loads(place.export(name))["variants"]],
              [v["text"] for v in json.loads(first)["variants"]])


@everywhere
def test_over_the_limit(work, place):
    too_long = english(LIMIT + 1, seed=2)
    units = [{"en": "One.", "es": "Uno."}, {"en": "Two.", "es": too_long},
             {"en": too_long, "es": "Tres."}, {"en": "Four.", "es": "Cuatro."}]
    tsv = "en\tes\n" + "".join(f"{u['en']}\t{u['es']}\n" for u in units)
    tmx = ('<tmx version="1.4"><header srclang="en"/><body>\n' + "".join(
        f'<tu><tuv xml:lang="en"><seg>{u["en"]}</seg></tuv><tuv xml:lang="es">'
        f'<seg>{u["es"]}</seg></tuv></tu>\n' for u in units) + "</body></tmx>")
    for name, text, lines in (("x.jsonl", jsonl(*units), [2, 3]),
                              ("x.tsv", tsv, [3, 4]), ("x.tmx", tmx, [3, 4])):
        report = place.import_text(name.replace(".", "-"), name, text)
        equal(f"{name}: the rest is imported",
              (report["created"], report["failed"]), (2, 2))
        equal("  the problems have their lines",
              [problem["line"] for problem in report["problems"]], lines)
        for problem, field in zip(report["problems"],
                                  ("variants[1].text", "variants[0].text")):
            contains("  and name field, size and limit", problem["message"],
                     field, str(LIMIT + 1), str(LIMIT))
    answer = place.tercet("--json", "lookup", "--from", "en",
                          stdin=f"{too_long}\nOne.\n", code=BAD_INPUT)
    wrong, right = answer.objects()
    contains("a lookup of such a text says the same",
             wrong["error"]["message"], "query.text", str(LIMIT))
    equal("and the next line is answered", right["matches"][0]["score"], 100)


@everywhere
def test_very_long_line(work, place):
    """Three megabytes without a line break."""
    line = "x" * (3 * KIB * KIB)
    good = '{"en": "One.", "es": "Uno."}\n'
    report = place.import_text("a", "a.jsonl",
                               good + jsonl({"en": line}) + good)
    equal("JSON lines: that one is skipped",
          (report["created"], report["duplicates"],
           [p["line"] for p in report["problems"]]), (1, 1, [2]))
    report = place.import_text("b", "b.tsv", f"en\tes\n{line}\tx\nOne.\tUno.\n")
    equal("TSV: that one is skipped", (report["created"], report["failed"]),
          (1, 1))
    head = '<tmx version="1.4"><header srclang="en"/><body>'
    unit = ('<tu><tuv xml:lang="en"><seg>{}</seg></tuv><tuv xml:lang="es"><seg>'
            'x</seg></tuv></tu>')
    text = head + "".join(unit.format(f"Line {i}.") for i in range(30_000))
    text += "</body></tmx>"
    check("a TMX file that is one line of 3 MB", len(text) > 2.5 * KIB * KIB)
    equal("is imported", place.import_text("c", "c.tmx", text)["created"],
          30_000)
    equal("a header of 3 MB is an error, no harm", place.import_text(
        "d", "d.tsv", line, code=BAD_INPUT)["error"]["reason"],
          "FILE_MALFORMED")
    equal("a lookup of it is one, too", place.json(
        "lookup", "--from", "en", stdin=line, code=BAD_INPUT)["matches"], [])
    equal("the service still answers",
          lookup(place, "en", "One.")["source"], "One.")


@everywhere
def test_malformed_files(work, place):
    cases = {
        "nul.tsv": b"\0" * 1000,
        "binary.jsonl": bytes(range(256)) * 40,
        "binary.tmx": bytes(range(256)) * 40,
        "html.tmx": "<html><body>Not found</body></html>",
        "deep.tmx": "<tmx>" + "<a>" * 100_000,
        "bomb.tmx": '<!DOCTYPE tmx [<!ENTITY a "' + "x" * 1000 + '">' + "".join(
            f'<!ENTITY {chr(98 + i)} "{f"&{chr(97 + i)};" * 10}">'
            for i in range(9)) + ']><tmx version="1.4"><header srclang="en"/>'
            '<body><tu><tuv xml:lang="en"><seg>&j;</seg></tuv></tu></body>'
            '</tmx>',
        "deep.jsonl": "[" * 1_000_000 + "\n" + '{"a":' * 100_000 + "\n",
        "list.jsonl": "[1]\n3\nnull\n\"x\"\n",
    }
    for name, content in cases.items():
        file = work.write(name, content)
        done = place.tercet("--json", "import", "-m", "bad", file, code=None)
        report = done.object()
        check(f"{name}: nothing is stored, and that is told",
              report["created"] == 0 and
              (done.code == BAD_INPUT or report["problem_count"] > 0), done)
    equal("the service still answers", place.json("info")["units"], 0)


@everywhere
def test_texts_that_look_odd(work, place):
    odd = ["\u202eright to left", "a\u0000b", "in\ufeffside", "e\u0301", "𠮷𠮷",
           "👩‍👩‍👧‍👦", " \t ", "tab\there\nline", "]]>&<", "\x1b[31mred"]
    report = place.import_text("odd", "odd.jsonl", jsonl(
        *({"en": text, "es": f"{i}"} for i, text in enumerate(odd))))
    equal("every one is stored or told",
          report["created"] + report["failed"], len(odd))
    skipped = {problem["line"] - 1 for problem in report["problems"]}
    for i, text in enumerate(odd):
        if i in skipped or "\n" in text or "\0" in text:
            continue
        found = lookup(place, "en", text, "-m", "odd")
        check(f"{text!r} is found", found and found["score"] == 100, found)
    shown = place.tercet("lookup", "--from", "en", odd[-1])
    check("no escape of a text reaches the terminal", "\x1b" not in shown.out)
    place.json("lookup", "--from", "en", "-m", "odd", "quite another text",
               code=NOTHING_FOUND)


if __name__ == "__main__":
    harness.main()

#!/usr/bin/env python3
"""`tercet lookup`: all directions, edits, regions, input and exit codes."""

import re

import harness
from harness import (BAD_INPUT, NOTHING_FOUND, REFUSED, USAGE, check, contains,
                     equal, everywhere)

# One unit of the sample.
TRADE = {
    "en": "In October alone, trade amounted to 11.8 billion U.S. dollars,"
          " up 3.4 percent year on year.",
    "zh": "仅10月份，双边贸易额就达118亿美元，同比增长3.4%。",
    "es": "Solo en octubre, el comercio ascendió a 11.800 millones de dólares,"
          " un 3,4 % más que un año antes.",
}
FORUM = {
    "en": "More than 2,300 exhibitors from 46 countries and regions are"
          " attending the forum, which runs until Tuesday.",
    "zh": "来自46个国家和地区的2300多家参展商参加了本次论坛，论坛将持续至周二。",
    "es": "Más de 2.300 expositores de 46 países y regiones participan en el"
          " foro, que se prolongará hasta el martes.",
}
ZH_SPELLINGS = ("zh", "zh-CN", "zh_CN", "ZH-cn", "zh-Hans", "zh-Hans-CN")
MISS = "Beat two eggs with a pinch of salt and leave the dough to rest."


def matches(place, source, text, *arguments, **how):
    """The matches of one text, read from a lookup's JSON."""
    answer = place.json("lookup", "--memory", "press", "--from", source,
                        *arguments, text, **how)
    return answer["matches"]


def target_texts(match):
    return {target["language"]: target["text"] for target in match["targets"]}


@everywhere
def test_all_directions(work, place):
    place.import_sample()
    stored_as = {"en": "en", "zh": "zh-CN", "es": "es"}
    for source in TRADE:
        for target in set(TRADE) - {source}:
            best = matches(place, source, TRADE[source], "--to", target)[0]
            equal(f"{source} to {target}: the exact match, and only that text",
                  (best["score"], best["kind"], best["source"],
                   target_texts(best)),
                  (100, "exact", TRADE[source],
                   {stored_as[target]: TRADE[target]}))
        best = matches(place, source, TRADE[source])[0]
        equal(f"{source}: all other languages without --to",
              sorted(target_texts(best)),
              sorted(stored_as[code] for code in set(TRADE) - {source}))


@everywhere
def test_json_shape(work, place):
    place.import_sample()
    answer = place.json("lookup", "--memory", "press", "--from", "zh", "--to",
                        "en,es", "--min-score", 70, "--max", 5, TRADE["zh"])
    equal("an answer has its query", answer["query"], TRADE["zh"])
    equal("two matches", [m["score"] for m in answer["matches"]], [100, 99])
    for match in answer["matches"]:
        missing = {"score", "source", "targets", "unit"} - set(match)
        equal(f"{match['score']}: has what scripts rely on", missing, set())
        check("the unit is a resource name", re.fullmatch(
            r"memories/press/units/[a-z0-9-]+", match["unit"]), match["unit"])
    unit = place.json("unit", "get", answer["matches"][0]["unit"])
    equal("and leads to the unit",
          [v["text"] for v in unit["variants"]], list(TRADE.values()))


@everywhere
def test_edited_texts(work, place):
    place.import_sample()
    cases = [
        ("zh", TRADE["zh"].replace("10月", "11月").replace("118", "125"),
         TRADE, 99, 99, "only numbers changed"),
        ("zh", "目前" + FORUM["zh"], FORUM, 80, 94, "two characters in front"),
        ("zh", FORUM["zh"].replace("参展商", "企业").replace("论坛", "展会"),
         FORUM, 70, 94, "other words"),
        ("es", FORUM["es"].replace("el foro", "la feria")
         .replace("martes", "miércoles"), FORUM, 75, 94, "other words"),
        ("es", FORUM["es"].replace("2.300", "3.100"), FORUM, 99, 99,
         "only a number changed"),
        ("es", TRADE["es"].upper(), TRADE, 95, 99, "in capitals"),
        ("en", FORUM["en"].replace("forum", "fair"), FORUM, 90, 94,
         "another word"),
    ]
    for source, text, original, low, high, what in cases:
        best = matches(place, source, text)[0]
        equal(f"{source}, {what}: the original is best", best["source"],
              original[source])
        check(f"{source}, {what}: its score is {low} to {high}",
              low <= best["score"] <= high, best)
        check(f"{source}, {what}: the edits are told", best["edits"])
    answer = place.tercet("lookup", "--from", "zh", "目前" + FORUM["zh"]).out
    contains("people see the edits in brackets", answer, "{+目前+}来自")


@everywhere
def test_spellings_of_one_language(work, place):
    place.import_sample()
    first = matches(place, "zh", TRADE["zh"])
    for code in ZH_SPELLINGS:
        equal(f"{code} as source is the same as zh",
              matches(place, code, TRADE["zh"]), first)
        equal(f"{code} as target is the same as zh-CN",
              matches(place, "en", TRADE["en"], "--to", code),
              matches(place, "en", TRADE["en"], "--to", "zh-CN"))


@everywhere
def test_regions(work, place):
    place.import_sample()
    for code in ("zh-TW", "zh-Hant"):
        best = matches(place, code, TRADE["zh"])[0]
        equal(f"{code} finds it, a point lower",
              (best["score"], best["text_score"], best["penalties"]),
              (99, 100, [{"reason": "source-region", "points": 1}]))
    best = matches(place, "en-GB", TRADE["en"], "--to", "es-MX")[0]
    equal("both penalties of en-GB to es-MX are listed",
          [p["reason"] for p in best["penalties"]],
          ["source-region", "target-region"])
    contains("people see the penalty",
             place.tercet("lookup", "--from", "zh-TW", TRADE["zh"]),
             "text 100, source from another region -1")


@everywhere
def test_input(work, place):
    place.import_sample()
    texts = [TRADE["en"], MISS, FORUM["en"]]
    by_argument = place.json_lines("lookup", "--from", "en", *texts)
    equal("several texts, an answer each, in order",
          [a["query"] for a in by_argument], texts)
    by_line = place.json_lines("lookup", "--from", "en",
                               stdin="\r\n".join(texts))
    equal("lines of standard input are the same", by_line, by_argument)
    equal("an empty line has an answer, too, so that lines can be counted",
          [a["query"] for a in place.json_lines(
              "lookup", "--from", "en", stdin=f"{texts[0]}\n\n{texts[2]}\n")],
          [texts[0], "", texts[2]])
    equal("no line, no answer",
          place.json_lines("lookup", "--from", "en", stdin="",
                           code=NOTHING_FOUND), [])
    many = [f"{i}: {TRADE['en']}" for i in range(500)]
    equal("500 lines come back in order",
          [a["query"] for a in place.json_lines(
              "lookup", "--from", "en", stdin="\n".join(many))], many)


@everywhere
def test_limits_of_an_answer(work, place):
    place.import_sample()
    text = FORUM["es"].replace("el foro", "la feria")
    score = matches(place, "es", text)[0]["score"]
    equal("--min-score at the score finds it",
          len(matches(place, "es", text, "--min-score", score)), 1)
    equal("one more does not",
          matches(place, "es", text, "--min-score", score + 1,
                  code=NOTHING_FOUND), [])
    equal("--max 1 is the best alone",
          matches(place, "zh", TRADE["zh"], "--max", 1),
          matches(place, "zh", TRADE["zh"])[:1])
    equal("--exact is the very same text alone",
          [m["source"] for m in matches(place, "zh", TRADE["zh"], "--exact")],
          [TRADE["zh"]])


@everywhere
def test_memories(work, place):
    place.import_sample("press")
    place.import_sample("old")
    found = place.json("lookup", "--from", "en", TRADE["en"])["matches"]
    equal("without --memory all are asked",
          {m["unit"].split("/")[1] for m in found}, {"press", "old"})
    place.tercet("memory", "update", "old", "--penalty", 10)
    found = place.json("lookup", "--from", "zh", TRADE["zh"])["matches"]
    equal("a memory's penalty puts it behind",
          [(m["unit"].split("/")[1], m["score"]) for m in found],
          [("press", 100), ("press", 99), ("old", 90), ("old", 89)])


@everywhere
def test_exit_codes(work, place):
    place.import_sample()
    place.tercet("lookup", "--from", "en", TRADE["en"])
    missed = place.tercet("lookup", "--from", "en", MISS, code=NOTHING_FOUND)
    contains("1: nothing found is said", missed.out, "no match of 70 or better")
    place.tercet("lookup", "--from", "en", MISS, TRADE["en"])
    check("0: one of two was found", True)
    contains("2: --from is missing",
             place.tercet("lookup", TRADE["en"], code=USAGE), "--from zh")
    contains("2: a language is mistyped",
             place.tercet("lookup", "--from", "chinese", "x", code=USAGE),
             "did you mean 'zh'?")
    contains("4: the memory is unknown",
             place.tercet("lookup", "-m", "nope", "--from", "en", "x",
                          code=REFUSED), "'nope'", "tercet memory list")
    failed = place.tercet("--json", "lookup", "--from", "en", code=BAD_INPUT,
                          stdin=b"caf\xe9\n" + TRADE["en"].encode() + b"\n")
    wrong, right = failed.objects()
    equal("5: a line is no UTF-8, and the next is answered all the same",
          (wrong["error"]["reason"], right["matches"][0]["score"]),
          ("TEXT_NOT_UTF8", 100))


if __name__ == "__main__":
    harness.main()

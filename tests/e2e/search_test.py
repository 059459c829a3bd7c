#!/usr/bin/env python3
"""`tercet search` and filters: real binaries, real text, pages, exit codes."""

import harness
from harness import (NOTHING_FOUND, REFUSED, USAGE, check, contains, equal,
                     everywhere)

TABLE = """\
en\tzh\tes
Exports grew by 111.461 billion U.S. dollars.\t出口增长1114.61亿美元。\tLas exportaciones crecieron.
The flood of 2024 killed two.\t2024年的水灾造成两人死亡。\tLa inundación de 2024.
Flood!\t水灾！\t¡Inundación!
See https://www.xinhuanet.com/english for more.\t更多内容请看网站。\tVisite el sitio.
"""


def search(place, *arguments):
    """The units found, as lists of the marked texts."""
    found = []
    for unit in place.json_lines("search", *arguments):
        found.append([variant["text"][begin:end]
                      for variant in unit["variants"]
                      for begin, end in variant["spans"]])
    return found


@everywhere
def test_phrases(work, place):
    place.import_text("press", "press.tsv", TABLE)
    equal("any language, shortest first, case folded",
          search(place, "flood"), [["Flood"], ["flood"]])
    equal("one Han character", search(place, "灾"), [["灾"], ["灾"]])
    equal("a word inside a number", search(place, "billion"), [["billion"]])
    equal("a Han character inside a number", search(place, "亿"), [["亿"]])
    equal("a part of an address",
          search(place, "xinhuanet.com"), [["xinhuanet.com"]])
    equal("source and target",
          search(place, "--in", "zh", "水灾", "--with", "en=two"),
          [["two", "水灾"]])
    equal("other forms of a word",
          search(place, "--form", "inflected", "kill"), [["killed"]])
    equal("all words", search(place, "--words", "two flood"),
          [["flood", "two"]])
    people = place.tercet("search", "水灾").out
    contains("people see the hit and its translation", people, "[水灾]",
             "Flood!")


@everywhere
def test_filters(work, place):
    place.import_text("press", "press.tsv", TABLE)
    place.tercet("memory", "create", "web")
    place.tercet("unit", "create", "--memory", "web", "--document", "web/1",
                 "--state", "draft", "en=Flood!", "es=¡Riada!")
    equal("a memory", len(search(place, "-m", "web", "flood")), 1)
    equal("several memories",
          len(search(place, "-m", "web,press", "flood")), 3)
    equal("a document", len(search(place, "--document", "web/*", "flood")), 1)
    equal("a state", len(search(place, "--state", "draft", "flood")), 1)
    equal("a language", len(search(place, "--require", "zh", "flood")), 2)
    equal("a date",
          place.tercet("search", "--until", "2001-01-01", "flood",
                       code=NOTHING_FOUND).code, NOTHING_FOUND)
    best = place.json("lookup", "--from", "en", "--document", "web/*",
                      "Flood!")["matches"]
    equal("a lookup keeps to the filter",
          [match["document"] for match in best], ["web/1"])


@everywhere
def test_pages_and_exit_codes(work, place):
    rows = "".join(f"number {i} of many\tnúmero {i}\n" for i in range(70))
    place.import_text("press", "many.tsv", "en\tes\n" + rows)
    equal("20 units without --limit", len(search(place, "many")), 20)
    equal("more pages than one",
          len({unit["unit"] for unit in place.json_lines(
              "search", "--limit", "1000", "many")}), 70)
    contains("it says that there are more",
             place.tercet("search", "many").err, "more than 20 units")
    place.tercet("search", "nowhere", code=NOTHING_FOUND)
    check("1: nothing was found", True)
    contains("2: a language is mistyped",
             place.tercet("search", "--in", "chinese", "x", code=USAGE), "'zh'")
    place.tercet("search", "-m", "nope", "x", code=REFUSED)
    check("4: the memory is unknown", True)


if __name__ == "__main__":
    harness.main()

#!/usr/bin/env python3
"""`tercet memory`, `tercet unit` and `tercet info`."""

import harness
from harness import REFUSED, USAGE, check, contains, equal, everywhere


def texts(unit):
    return [(v["language"], v["text"]) for v in unit["variants"]]


@everywhere
def test_memories(work, place):
    equal("there is none at first", place.json_lines("memory", "list"), [])
    contains("people are told how to make one",
             place.tercet("memory", "list").err, "tercet import --memory")
    made = place.json("memory", "create", "press", "--display-name", "Press 新闻",
                      "--penalty", 3)
    equal("create returns it", (made["name"], made["display_name"],
                                made["penalty"], made["units"]),
          ("memories/press", "Press 新闻", 3, 0))
    equal("get returns the same", place.json("memory", "get", "press"), made)
    equal("also by its full name",
          place.json("memory", "get", "memories/press"), made)
    place.tercet("memory", "create", "old")
    equal("list has them by name",
          [m["name"] for m in place.json_lines("memory", "list")],
          ["memories/old", "memories/press"])
    contains("people get a table", place.tercet("memory", "list"), "Press 新闻")
    changed = place.json("memory", "update", "press", "--penalty", 0)
    equal("update changes that field and no other",
          (changed["penalty"], changed["display_name"]), (0, "Press 新闻"))
    check("and the etag", changed["etag"] != made["etag"])
    equal("delete says what it did", place.json("memory", "delete", "old"),
          {"name": "memories/old", "deleted": True})
    equal("it is gone",
          [m["name"] for m in place.json_lines("memory", "list")],
          ["memories/press"])


@everywhere
def test_memory_errors(work, place):
    place.import_sample()
    contains("a name that is taken",
             place.tercet("memory", "create", "press", code=REFUSED), "'press'")
    contains("a bad name, with the rule for good ones",
             place.tercet("memory", "create", "Bad Name", code=REFUSED),
             "'Bad Name'", "a-z")
    contains("a memory with units, with the way to delete it",
             place.tercet("memory", "delete", "press", code=REFUSED), "197",
             "--force")
    contains("a penalty out of range",
             place.tercet("memory", "update", "press", "--penalty", 100,
                          code=USAGE), "--penalty", "99")
    contains("nothing to change",
             place.tercet("memory", "update", "press", code=USAGE),
             "--display-name")
    error = place.tercet("--json", "memory", "get", "nope", code=REFUSED)
    contains("in JSON an error is one, on stderr", error.err,
             '"reason":"MEMORY_NOT_FOUND"', '"code":"NOT_FOUND"')
    equal("and stdout is empty", error.out, "")
    place.tercet("memory", "delete", "press", "--dry-run", "--force")
    equal("a dry run deletes nothing",
          place.json("memory", "get", "press")["units"], 197)
    place.tercet("memory", "delete", "press", "--force")
    equal("--force deletes its units, too", place.json("info")["units"], 0)


@everywhere
def test_units(work, place):
    place.tercet("memory", "create", "press")
    made = place.json("unit", "create", "--memory", "press", "zh=水灾",
                      "en=flood", "es=inundación", "--document", "glossary",
                      "--note", "checked")
    equal("create returns it", (texts(made), made["document"], made["notes"]),
          ([("zh", "水灾"), ("en", "flood"), ("es", "inundación")], "glossary",
           ["checked"]))
    name = made["name"]
    short = name.rpartition("/")[2]
    equal("get returns the same", place.json("unit", "get", name), made)
    equal("also by its id and --memory",
          place.json("unit", "get", short, "-m", "press"), made)
    again = place.json("unit", "create", "-m", "press", "zh=水灾", "en=deluge")
    equal("the same source again is the same unit with a further variant",
          (again["name"], texts(again)),
          (name, texts(made) + [("en", "deluge")]))
    changed = place.json("unit", "update", name, "en=floods", "--state",
                         "draft")
    equal("update replaces the texts of a language",
          (texts(changed), changed["state"]),
          ([("zh", "水灾"), ("en", "floods"), ("es", "inundación")], "draft"))
    changed = place.json("unit", "update", name, "--add", "es=crecida",
                         "--remove", "en")
    equal("--add and --remove", texts(changed),
          [("zh", "水灾"), ("es", "inundación"), ("es", "crecida")])
    equal("list has it", place.json_lines("unit", "list", "-m", "press"),
          [changed])
    equal("delete says what it did", place.json("unit", "delete", name),
          {"name": name, "deleted": True})
    contains("it is gone", place.tercet("unit", "get", name, code=REFUSED),
             short)


@everywhere
def test_regions_in_a_unit(work, place):
    place.tercet("memory", "create", "press")
    made = place.json("unit", "create", "-m", "press", "en=flood", "zh-CN=水灾")
    name = made["name"]
    contains("zh beside zh-CN is no slip of the pen",
             place.tercet("unit", "update", name, "zh=洪水", code=USAGE),
             "zh-CN=TEXT", "--add zh=TEXT")
    contains("nor is --remove of what is not there",
             place.tercet("unit", "update", name, "--remove", "zh", code=USAGE),
             "no text in 'zh'", "en, zh-CN")
    equal("nothing has changed", place.json("unit", "get", name), made)
    changed = place.json("unit", "update", name, "ZH_cn=洪水", "--add",
                         "zh-TW=水災")
    equal("any spelling of the code replaces, and --add adds a region",
          texts(changed),
          [("en", "flood"), ("zh-CN", "洪水"), ("zh-TW", "水災")])


@everywhere
def test_unit_lists(work, place):
    place.import_sample()
    every = place.json_lines("unit", "list", "-m", "press")
    equal("all are listed, each once", len({unit["name"] for unit in every}),
          197)
    equal("--limit lists the first",
          place.json_lines("unit", "list", "-m", "press", "--limit", 3),
          every[:3])
    contains("people see every text",
             place.tercet("unit", "list", "-m", "press", "--limit", 1),
             every[0]["name"], *(text for _, text in texts(every[0])))


@everywhere
def test_unit_errors(work, place):
    place.import_sample()
    contains("a memory that is not there",
             place.tercet("unit", "create", "-m", "nope", "en=x", code=REFUSED),
             "'nope'")
    contains("a text without a language",
             place.tercet("unit", "create", "-m", "press", "flood", code=USAGE),
             "LANGUAGE=TEXT")
    contains("an id without a memory",
             place.tercet("unit", "get", "abc", code=USAGE), "--memory NAME")
    contains("an unknown unit",
             place.tercet("unit", "get", "abc", "-m", "press", code=REFUSED),
             "'abc'", "memories/press")
    contains("an empty text",
             place.tercet("unit", "create", "-m", "press", "en=", code=REFUSED),
             "variants[0].text")
    name = place.json_lines("unit", "list", "-m", "press", "--limit",
                            1)[0]["name"]
    place.tercet("unit", "delete", name, "--dry-run")
    place.tercet("unit", "get", name)
    check("a dry run deletes nothing", True)


@everywhere
def test_info(work, place):
    place.import_sample()
    info = place.json("info")
    equal("it counts", (info["memories"], info["units"]), (1, 197))
    check("it knows its size on the disk", info["disk_bytes"] > 50_000)
    check("it knows its index", info["index"]["segments"] >= 3 * 197
          and info["index"]["rebuild_units_total"] == 0)
    version = work.run(harness.BIN / "tercet", "--version", code=0).out
    equal("server and program are of one version",
          (info["version"], f"tercet {info['client_version']}\n"),
          (info["client_version"], version))
    contains("people see it, too", place.tercet("info"), "197", "memories")


if __name__ == "__main__":
    harness.main()

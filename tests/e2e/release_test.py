#!/usr/bin/env python3
"""Release pages in, aligned units out: tercet align, tercet import release."""

import hashlib
import json
import os
import pathlib
import random
import re
import time
import urllib.request

import harness
import terminal_test
from harness import check, contains, equal

SAMPLES = harness.SOURCE / "deploy/samples/release"
PAGES = pathlib.Path(
    os.environ.get("TERCET_SHARED_DATA", harness.SOURCE.parent / "shared/data")
) / "releases/debian_trilingual"


def without_server(work):
    return harness.Place(work, [])


def test_align_prints_beads_for_scripts(work):
    en = work.write("a.txt", "Trade grew by 5%.\nExports rose to 12.\n")
    zh = work.write("b.txt", "贸易增长5%。\n出口增至12。\n")
    es = work.write("c.txt", "El comercio creció un 5%.\nSubió a 12.\n")
    result = without_server(work).tercet(
        "align", "--format", "tsv", "--pre-split", f"en={en}", f"zh={zh}",
        f"es={es}")
    rows = [line.split("\t") for line in result.out.splitlines()]
    equal("each line has numbers, the confidence and the texts",
          [len(row) for row in rows], [7, 7])
    equal("sentences are numbered from 0", rows[0][:3], ["0", "0", "0"])
    equal("texts come in the order of the files", rows[1][4:],
          ["Exports rose to 12.", "出口增至12。", "Subió a 12."])
    check("the confidence is a number", 0 <= float(rows[0][3]) <= 1)
    turned = without_server(work).tercet(
        "align", "--pre-split", f"zh={zh}", f"en={en}")
    equal("the order is that of the command line",
          turned.out.splitlines()[0].split("\t")[3:],
          ["贸易增长5%。", "Trade grew by 5%."])


def test_align_knows_languages_by_name_and_page(work):
    result = without_server(work).tercet(
        "align", "--format", "json", *[SAMPLES / f"trade/{language}.html"
                                       for language in ("en", "zh", "es")])
    document = result.object()
    equal("the languages are told",
          [version["language"] for version in document["versions"]],
          ["en", "zh", "es"])
    english = document["versions"][0]
    equal("agency and dates are metadata",
          (english["agency"], english["date"], english["category"]),
          ("Harbour Press", "2026-11-20", "Trade"))
    headline = document["beads"][0]
    equal("the headline is the first bead",
          [side["text"] for side in headline["sides"]],
          ["Three ports open a joint customs desk", "三港口设立联合海关服务台",
           "Tres puertos abren una ventanilla aduanera común"])
    dropped = without_server(work).tercet(
        "align", "--show-dropped", SAMPLES / "trade/en.html",
        SAMPLES / "trade/zh.html")
    contains("what was dropped is told", dropped.err,
             "dropped breadcrumb: Home > Trade", "dropped editor: 责任编辑：林晓",
             "dropped related: Freight rates fall again")


def test_align_writes_tmx_and_html(work):
    page = work.new_path("review.html")
    without_server(work).tercet("align", "--format", "html", "-o", page, SAMPLES)
    text = page.read_text(encoding="utf-8")
    contains("the page has all documents", text, "<h2>trade</h2>",
             "<h2>flood</h2>", "<h2>notice</h2>", "contenteditable")
    check("it loads nothing", "http" not in text.replace(
        "https://example.org", ""))
    tmx = work.new_path("all.tmx")
    without_server(work).tercet("align", "--format", "tmx", "-o", tmx, SAMPLES)
    report = work.in_process().json("import", "-m", "m", tmx)
    check("the TMX file can be imported", "error" not in report)


def test_align_writes_a_unit_for_each_bead(work):
    """The TMX file has what the beads have, and no more than is asked for."""
    place = without_server(work)
    files = [SAMPLES / f"trade/{language}.html" for language in ("en", "zh", "es")]
    beads = place.tercet("align", *files).out.splitlines()
    both = [line.split("\t") for line in beads]
    units = [row for row in both if sum(text != "" for text in row[4:]) > 1]
    tmx = place.tercet("align", "--format", "tmx", *files).out
    equal("each bead with two texts is a unit", tmx.count("<tu "), len(units))
    contains("it has the texts of three languages", tmx,
             "<seg>Three ports open a joint customs desk</seg>",
             "<seg>三港口设立联合海关服务台</seg>",
             "<seg>Tres puertos abren una ventanilla aduanera común</seg>")
    sure = place.tercet("align", "--format", "tmx", "--min-confidence", "0.95",
                        *files).out
    equal("less sure ones can be left out", sure.count("<tu "),
          sum(float(row[3]) >= 0.95 for row in units))


# What docx2txt and `pandoc -t plain` make of the samples as DOCX files; the
# latter breaks lines.
DOCX_TEXTS = pathlib.Path(__file__).parent / "docx"


def test_text_of_docx_files_is_read(work):
    expected = {
        "trade": ["She expects savings of 12.5 million dollars in the first "
                  "year.", "她预计第一年可节省1250万美元。",
                  "Calcula un ahorro de 12,5 millones de dólares en el primer "
                  "año."],
        "flood": ["Eleven towns along the Lower Aven signed a plan on Saturday "
                  "that gives them six hours of warning before a flood.",
                  "阿文河下游的11个城镇周六签署一项计划，使它们能在洪水到来前六小时"
                  "得到预警。",
                  "Once pueblos del Bajo Aven firmaron el sábado un plan que les "
                  "da seis horas de aviso antes de una inundación."]}
    for name, texts in expected.items():
        files = [DOCX_TEXTS / f"{name}.{language}.txt"
                 for language in ("en", "zh", "es")]
        document = without_server(work).json("align", *files)
        rows = [[side["text"] for side in bead["sides"]]
                for bead in document["beads"] if bead["confidence"] > 0.9]
        check(f"{name}: a paragraph has its translations", texts in rows, rows)
    trade = without_server(work).tercet(
        "align", "--show-dropped",
        *[DOCX_TEXTS / f"trade.{language}.txt" for language in ("en", "zh")])
    contains("what belongs to the site is left out", trade.err,
             "dropped editor: 责任编辑：林晓", "dropped share: Share this article")
    check("and the agency's head", "CALLAO, Nov. 20" not in trade.out)


def import_samples(place, *arguments, **how):
    return place.json("import", "release", "-m", "news", SAMPLES, *arguments,
                      **how)


@harness.everywhere
def test_import_release_stores_units(work, place):
    review = work.new_path("review.jsonl")
    report = work.new_path("report.tsv")
    result = import_samples(place, "--review", review, "--report", report)
    equal("all documents are there", result["documents"], 3)
    check("most units are sure", result["units"] > 3 * result["review"])
    units = [json.loads(line)
             for line in place.export("news").decode().splitlines()]
    equal("they are in the memory", len(units), result["units"])
    unit = next(u for u in units
                if u["variants"][0]["text"].startswith("It will clear"))
    equal("they are marked as aligned by machine", unit["state"], "aligned")
    equal("with their document", unit["document"], "trade")
    check("and their neighbours", unit["previous"].startswith("The ports of"))
    properties = {p["type"]: p["value"] for p in unit["properties"]}
    equal("and the release's date", properties["x-release-date"], "2026-11-20")
    lines = report.read_text(encoding="utf-8").splitlines()
    equal("the report has a line for each document",
          sum(line.startswith("document\t") for line in lines), 3)
    again = import_samples(place)
    equal("again it changes nothing", place.json(
        "memory", "get", "news")["units"], again["units"])
    found = place.json("lookup", "-m", "news", "--from", "en", "--to", "zh,es",
                       "It will clear 4,200 containers a day.")
    penalties = found["matches"][0]["penalties"]
    check("matches carry a penalty", any(
        "aligned" in str(penalty) for penalty in penalties), penalties)
    place.tercet("unit", "confirm", found["matches"][0]["unit"])
    found = place.json("lookup", "-m", "news", "--from", "en", "--to", "zh,es",
                       "It will clear 4,200 containers a day.")
    equal("until somebody confirms them", found["matches"][0]["penalties"], [])
    if review.stat().st_size > 0:
        place.tercet("import", "-m", "news", review)


def test_a_release_import_is_a_batch(work):
    with work.serve() as server:
        server.import_text("news", "old.tsv", "en\tes\nOne.\tUno.\n")
        before = server.export("news")
        result = import_samples(server)
        number = result["import"]["import"]
        [listed] = [one for one in server.json_lines("import", "list")
                    if one["name"] == number]
        equal("it is listed with what was asked for", listed["source"],
              f"releases: {SAMPLES}")
        equal("and its counts", listed["report"]["created"], result["units"])
        undone = server.json("import", "undo", number)
        equal("undoing it takes all of its units back",
              (undone["state"], undone["undo"]["deleted"]),
              ("undone", result["units"]))
        equal("and leaves the others", server.export("news"), before)
        again = import_samples(server)
        equal("it can be imported again", again["import"]["created"],
              result["units"])


def make_site(work, copies):
    """The samples again and again, each time with sentences of its own."""
    folder = work.new_path("site")
    for copy in range(copies):
        for page in sorted(SAMPLES.rglob("*.*")):
            text = page.read_text(encoding="utf-8")
            place = folder / f"{copy}" / page.parent.name
            place.mkdir(parents=True, exist_ok=True)
            text = re.sub(r"([a-zà-ü])\.(?=[ <\n])", rf"\1 {copy}.", text)
            text = re.sub("。", f"（{copy}）。", text)
            (place / page.name).write_text(text, encoding="utf-8")
    return folder


def break_off(work, data, command):
    """Kills the server while the import writes; whether it came in time."""
    server = work.serve(data, "--http-listen", "127.0.0.1:0")
    # Quicker than a `tercet import list` each time.
    url = f"http://127.0.0.1:{server.http_port()}/v1/memories/-/imports"
    process = server.start_tercet("--json", *command)
    while process.poll() is None:
        with urllib.request.urlopen(url, timeout=harness.PATIENCE_S) as answer:
            imports = json.load(answer).get("imports", [])
        if imports and int(imports[0]["report"].get("readCount", 0)) > 0:
            break
    server.kill()
    process.wait(harness.PATIENCE_S)
    with work.serve(data) as server:
        imports = server.json_lines("import", "list")
        return bool(imports) and imports[0]["state"] == "broken-off"


def test_a_release_import_goes_on(work):
    command = ("import", "release", "-m", "news", make_site(work, 100))
    for _ in range(5):
        data = work.new_path()
        if break_off(work, data, command):
            break
    else:
        raise harness.Skip("each import was through before it was killed")
    with work.serve(data) as server:
        result = server.json(*command)
        [one] = server.json_lines("import", "list")
        equal("it is one import, done", one["state"], "done")
        equal("that read every unit once", one["report"]["read"],
              result["units"])
        equal("and has them all in the memory",
              server.json("memory", "get", "news")["units"],
              one["report"]["created"])


def test_manifest_pairs_and_bad_pages_stay_apart(work):
    folder = work.new_path("site")
    folder.mkdir()
    for language in ("en", "zh", "es"):
        text = (SAMPLES / f"trade/{language}.html").read_bytes()
        (folder / f"p-{language * 2}.html").write_bytes(text)
    bad = {
        "huge.en.html": b"<p>" + b"word " * 2_000_000,
        "huge.zh.html": "<p>贸易增长。</p>".encode(),
        "deep.en.html": b"<div>" * 100_000 + b"text",
        "deep.es.html": b"<p>El comercio.</p>",
        "empty.en.html": b"",
        "empty.zh.html": "<p>贸易增长。</p>".encode(),
        "picture.en.html": b"\x89PNG\r\n\x1a\n" + bytes(1000),
        "picture.es.html": b"<p>El comercio.</p>",
        "alone.en.html": b"<p>The trade of the two grew and grew.</p>",
        "wrong.en.html": b"<html><head><meta charset='utf-8'></head><p>"
                         b"It was a caf\xe9 in 1999, and the owner was happy."
                         b"</p></html>",
        "wrong.es.html": "<p>Era un café en 1999, y el dueño estaba feliz.</p>"
                         .encode("utf-16"),
    }
    for name, content in bad.items():
        (folder / name).write_bytes(content)
    lines = [f"p-{language * 2}.html\t{language}\tpress/1"
             for language in ("en", "zh", "es")]
    lines += [f"{name}\t{name.split('.')[1]}\t{name.split('.')[0]}"
              for name in bad]
    lines.append("missing.html\ten\tpress/2")
    manifest = folder / "manifest.tsv"
    manifest.write_text("file\tlanguage\tdocument\n" + "\n".join(lines) + "\n",
                        encoding="utf-8")
    place = work.in_process()
    result = place.json("import", "release", "-m", "news", "--manifest",
                        manifest, code=harness.BAD_INPUT)
    reasons = {(p["file"] or p["document"]).split(".")[0]: p["reason"]
               for p in result["problems"] if not p["warning"]}
    for name, reason in {"huge": "PAGE_TOO_LARGE", "deep": "PAGE_TOO_DEEP",
                         "empty": "PAGE_EMPTY", "picture": "PAGE_BINARY",
                         "alone": "VERSION_MISSING",
                         "missing": "FILE_UNREADABLE"}.items():
        found = [p["reason"] for p in result["problems"]
                 if p["file"].startswith(name)]
        check(f"{name}: {reason}", reason in found, found)
    equal("good documents are stored", result["documents"], 2)
    check("wrong encodings are mended with a warning", any(
        p["reason"] == "ENCODING_MENDED" for p in result["problems"]))
    units = place.export("news").decode()
    contains("as they should read", units, "It was a café in 1999")
    check("there are reasons", reasons)


def test_bad_pages_stay_in_the_report(work):
    with work.serve() as server:
        folder = work.new_path("site")
        for name, content in {
                "good.en.txt": b"The trade of the two towns grew by 5%.\n",
                "good.es.txt": "El comercio de los pueblos creció un 5%.\n"
                               .encode(),
                "empty.en.html": b"<nav>Home</nav>",
                "picture.es.html": b"\x89PNG\r\n\x1a\n" + bytes(1000),
                "alone.en.txt": b"Nobody has translated this page so far.\n",
        }.items():
            folder.mkdir(exist_ok=True)
            (folder / name).write_bytes(content)
        result = server.json("import", "release", "-m", "news",
                             "--min-confidence", "0", folder,
                             code=harness.BAD_INPUT)
        number = result["import"]["import"]
        shown = server.json("import", "show", number)
        equal("the import's report names the pages that were left out",
              sorted((p["file"], p["reason"])
                     for p in shown["report"]["problems"]),
              [("alone.en.txt", "VERSION_MISSING"),
               ("empty.en.html", "PAGE_EMPTY"),
               ("picture.es.html", "PAGE_BINARY")])
        text = server.tercet("import", "show", number).out
        contains("for people, too", text, "empty.en.html", "PAGE_EMPTY")
        told = server.tercet("import", "release", "-m", "news",
                             "--min-confidence", "0", folder,
                             code=harness.BAD_INPUT)
        equal("each is told once", told.err.count("PAGE_EMPTY"), 1)


def rows_of(place, *arguments):
    return {row["variants"][0]["text"]: row
            for row in map(json.loads,
                           place.export(*arguments).decode().splitlines())}


@harness.everywhere
def test_a_review_is_edited_and_imported(work, place):
    for ending in ("jsonl", "tsv", "tmx", "html"):
        review = work.new_path(f"review.{ending}")
        result = place.json("import", "release", "-m", ending, "--review",
                            review, "--min-confidence", "1", SAMPLES)
        check(f"{ending}: there is something to review", result["review"] > 0)
        text = review.read_text(encoding="utf-8")
        check(f"{ending}: it has the unsure units",
              "The plan costs 2.4 million euros." in text, text)
        if ending == "html":
            continue
        before = rows_of(place, ending)
        check(f"{ending}: which are not in the memory", all(
            "The plan costs" not in source for source in before))
        edited = text.replace("2.4 million", "2.5 million")
        if ending == "jsonl":
            edited = edited.replace('"state":"aligned"', '"state":"confirmed"')
        review.write_text(edited, encoding="utf-8")
        place.tercet("import", "-m", ending, review)
        after = rows_of(place, ending)
        equal(f"{ending}: all are, once it is imported", len(after),
              len(before) + result["review"])
        [unit] = [row for source, row in after.items()
                  if source.startswith("The plan costs 2.5 million")]
        equal(f"{ending}: as somebody has edited them",
              unit["state"], "aligned" if ending == "tmx" else "confirmed")


HEADLINES = ["Library of translations moves to the old station",
             "River towns agree on a flood alarm",
             "Three ports open a joint customs desk"]


def pages_named(work, name_of):
    """The samples in a folder, each called as `name_of` says."""
    folder = work.new_path("site")
    for page in sorted(SAMPLES.rglob("*.*")):
        place = folder / name_of(page.parent.name, page.stem, page.suffix)
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(page.read_bytes())
    return folder


def headline_and_languages(document):
    texts = {side["language"][:2]: side["text"]
             for side in document["beads"][0]["sides"]}
    return texts["en"], sorted(texts)


def test_versions_are_paired_by_name(work):
    for scheme, name_of in {
            "x.en.html": lambda name, language, end: f"{name}.{language}{end}",
            "x_en.html": lambda name, language, end: f"{name}_{language}{end}",
            "en/x.html": lambda name, language, end: f"{language}/{name}{end}",
            "x/en.html": lambda name, language, end: f"{name}/{language}{end}",
            "en-x.html": lambda name, language, end: f"{language}-{name}{end}",
    }.items():
        documents = without_server(work).json_lines(
            "align", "--format", "json", pages_named(work, name_of))
        equal(f"{scheme}: three documents in three languages",
              sorted(map(headline_and_languages, documents)),
              [(headline, ["en", "es", "zh"]) for headline in HEADLINES])


def test_versions_are_paired_by_content(work):
    folder = pages_named(work, lambda name, language, end:
                         hashlib.md5((name + language).encode()).hexdigest()
                         + end)
    result = without_server(work).tercet("--json", "align", folder, code=None)
    documents = result.objects()
    problems = [json.loads(line) for line in result.err.splitlines()]
    found = sorted(map(headline_and_languages, documents))
    check("those that share numbers and names are found",
          ("Three ports open a joint customs desk", ["en", "es", "zh"]) in found,
          found)
    check("nothing is paired that does not belong together",
          all(one in [(headline, ["en", "es", "zh"]) for headline in HEADLINES]
              for one in found), found)
    equal("the other pages are told",
          [problem["reason"] for problem in problems],
          ["VERSION_MISSING"] * (9 - 3 * len(documents)))


def test_progress_tells_how_long_it_takes(work):
    """On a terminal: a bar with the rest of the time, where there is any."""
    bar = r"releases +\d+%.*units.*ETA \d+:\d\d"
    # A fast machine is done with few pages before an estimate can be made.
    for count in (100, 400, 1600):
        site = make_site(work, count)
        place = work.in_process()
        code, out = terminal_test.on_terminal(
            work, harness.BIN / "tercet", *place.options, "import", "release",
            "-m", "news", site)
        equal("it imports", code, harness.DONE)
        if re.search(bar, out):
            break
    check("there is a bar with what is done and how long it takes",
          re.search(bar, out), out[-2000:])


def test_errors_are_clear(work):
    place = without_server(work)
    one = place.tercet("align", SAMPLES / "trade/en.html", code=harness.USAGE)
    contains("one file is not enough", one, "two or three languages")
    same = place.tercet("align", SAMPLES / "trade/en.html",
                        SAMPLES / "flood/en.md", code=harness.BAD_INPUT)
    contains("two files in one language", same, "VERSION_DOUBLE")
    missing = place.tercet("align", "en=no.html", "es=none.html",
                           code=harness.BAD_INPUT)
    contains("missing files are named", missing, "no.html", "none.html")
    manifest = work.write("m.tsv", "a.html\ten\n")
    bad = work.in_process().tercet("import", "release", "-m", "m",
                                   "--manifest", manifest,
                                   code=harness.BAD_INPUT)
    contains("a wrong manifest names its line", bad, "m.tsv:1")


def test_all_trilingual_pages(work):
    if not PAGES.is_dir():
        raise harness.Skip(f"there is no {PAGES}")
    with work.serve() as server:
        start = time.monotonic()
        result = server.json("import", "release", "-m", "debian", "--glob",
                             "*.wml", PAGES)
        seconds = time.monotonic() - start
        print(f"  {result['documents']} documents, {result['units']} units, "
              f"{result['review']} to review, {seconds:.1f} s", flush=True)
        equal("every page is taken", result["documents"], 135)
        equal("nothing is left out", result["skipped"], 0)
        units = [json.loads(line)
                 for line in server.export("debian").decode().splitlines()]
        seed = int(os.environ.get("TERCET_RELEASE_SEED", "6"))
        print(f"  TERCET_RELEASE_SEED={seed}", flush=True)
        for source in ("en", "zh", "es"):
            for target in ("en", "zh", "es"):
                if source != target:
                    check_lookups(server, units, source, target,
                                  random.Random(seed))


def text_of(unit, language):
    for variant in unit["variants"]:
        if variant["language"] == language:
            return variant["text"]
    return None


def damage(text):
    """The text with one character in its middle less."""
    middle = len(text) // 2
    return text[:middle] + text[middle + 1:]


def is_long(text):
    """Whether one word less leaves a score of 70 and more; each Han character
    is a word."""
    return len(re.findall(r"[\u4e00-\u9fff]|[^\W\u4e00-\u9fff]+", text)) >= 8


def check_lookups(server, units, source, target, numbers):
    both = [unit for unit in units if text_of(unit, source)
            and text_of(unit, target) and is_long(text_of(unit, source))]
    chosen = numbers.sample(both, 40)
    queries = "\n".join(damage(text_of(unit, source)) for unit in chosen) + "\n"
    answers = server.json_lines("lookup", "-m", "debian", "--from", source,
                                "--to", target, "--min-score", "70",
                                "--max", "20", stdin=queries)
    equal("every query is answered", len(answers), len(chosen))
    found = 0
    for unit, answer in zip(chosen, answers):
        wanted = text_of(unit, target)
        found += any(wanted == variant["text"]
                     for match in answer["matches"]
                     for variant in match["targets"])
    equal(f"units are found from {source} to {target}", found, len(chosen))


if __name__ == "__main__":
    harness.main()

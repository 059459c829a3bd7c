#!/usr/bin/env python3
"""`tercet pull`: the small TMX file that holds just what a job needs."""

import random
import time
import xml.etree.ElementTree as xml

import harness
from harness import check, contains, equal

LANG = "{http://www.w3.org/XML/1998/namespace}lang"

JOB = """Power was cut to about 52,000 homes. The army has sent 600 soldiers \
and eight helicopters to the area.
Seasonal flu cases rose 12 percent last week.

The local government has launched an emergency response to the floods.
Nobody has translated this sentence before.
Power was cut to about 34,000 homes.
"""
SENTENCES = ["Power was cut to about 52,000 homes.",
             "The army has sent 600 soldiers and eight helicopters to the area.",
             "Seasonal flu cases rose 12 percent last week.",
             "The local government has launched an emergency response to the "
             "floods.",
             "Nobody has translated this sentence before.",
             "Power was cut to about 34,000 homes."]


def units_of(tmx):
    """The texts of each unit by language, in the order of the file."""
    return [{variant.get(LANG): "".join(variant.find("seg").itertext())
             for variant in unit.iter("tuv")}
            for unit in xml.fromstring(tmx).iter("tu")]


def needed(place, sentences, *arguments):
    """The same, by a lookup of each sentence."""
    texts = []
    for sentence in sentences:
        answer = place.json("lookup", *arguments, sentence, code=None)
        for match in answer["matches"]:
            if match["source"] not in texts:
                texts.append(match["source"])
    return texts


@harness.everywhere
def test_just_what_a_job_needs(work, place):
    place.import_sample()
    job = work.write("story.txt", JOB)
    file = work.new_path("server.tmx")
    done = place.tercet("pull", "--for", job, "--from", "en", "--to", "es",
                        "-o", file)
    tmx = file.read_text(encoding="utf-8")
    units = units_of(tmx)
    wanted = needed(place, SENTENCES, "--from", "en", "--to", "es")
    equal("the matches of every sentence, each once, as they are needed",
          [unit["en"] for unit in units], wanted)
    check("in the languages of the job",
          all(set(unit) == {"en", "es"} for unit in units), units)
    contains("what it says", done.err,
             f"{len(units)} units for 5 of 6 segments")
    equal("the same on standard output",
          place.tercet("pull", "--for", "-", "--from", "en", "--to", "es",
                       stdin=JOB).out, tmx)

    place.import_text("job", "server.tmx", tmx)
    for sentence in SENTENCES[:4]:
        both = [place.json("lookup", "-m", memory, "--from", "en", "--to", "es",
                           sentence)["matches"] for memory in ("press", "job")]
        equal("imported elsewhere, it gives the same scores and texts",
              *[sorted((match["score"], match["source"],
                        match["targets"][0]["text"]) for match in matches)
                for matches in both])


def test_options(work):
    place = work.in_process()
    place.import_sample()
    job = work.write("story.txt", JOB)

    def pull(*arguments, code=harness.DONE):
        done = place.tercet("pull", "--for", job, "--from", "en", *arguments,
                            code=code)
        return units_of(done.out) if done.out else done.err

    for options in (["--min-score", "99"], ["--max", "1"],
                    ["--min-score", "50", "--max", "9"]):
        equal(f"{options} are those of lookup",
              [unit["en"] for unit in pull(*options)],
              needed(place, SENTENCES, "--from", "en", *options))
    check("without --to, all languages", all(
        set(unit) == {"en", "es", "zh-CN"} for unit in pull()))
    equal("filters", pull("--creator", "nobody", code=harness.NOTHING_FOUND),
          [])
    contains("a memory that is not there",
             pull("-m", "none", code=harness.REFUSED),
             "there is no memory 'none'")
    contains("a language that is none", pull("--to", "e?", code=harness.USAGE),
             "--to")
    report = place.json("pull", "--for", job, "--from", "en", "-o",
                        work.new_path("a.tmx"))
    equal("the report", (report["segments"], report["found"],
                         report["skipped"], report["problems"]),
          (6, 5, 0, []))


def test_a_tmx_file_says_its_language(work):
    place = work.in_process()
    place.import_sample()
    job = work.write("job.tmx", """<?xml version="1.0"?>
<tmx version="1.4"><header srclang="zh-CN" segtype="sentence" o-tmf="x"
 adminlang="en" datatype="plaintext" creationtool="x" creationtoolversion="1"/>
<body><tu><tuv xml:lang="zh-CN"><seg>约5.2万户家庭断电。</seg></tuv></tu></body>
</tmx>""")
    units = units_of(place.tercet("pull", "--for", job, "--to", "en").out)
    equal("Chinese first, for it is the source",
          [list(unit.items())[0] for unit in units],
          [("zh-CN", "约3.4万户家庭断电。"), ("zh-CN", "约2.1万户家庭断电。")])
    check("and English", all(set(unit) == {"zh-CN", "en"} for unit in units))


def test_what_cannot_be_done_leaves_no_file(work):
    place = work.in_process()
    place.import_sample()
    file = work.new_path("memory.tmx")

    def fail(job, code, *arguments):
        done = place.tercet("pull", "--for", job, *arguments, "-o", file,
                            code=code)
        check("no file", not file.exists())
        return done.err

    contains("a job that is not there",
             fail(work.new_path("none.txt"), harness.BAD_INPUT, "--from", "en"),
             "none.txt")
    contains("a text that does not say its language",
             fail(work.write("a.txt", JOB), harness.BAD_INPUT),
             "nothing says what language")
    fail(work.write("a.tmx", "<tmx version='1.4'><header/><body><tu>"),
         harness.BAD_INPUT, "--from", "en")
    found = place.tercet("pull", "--for", work.write("a.txt", "Who knows?"),
                         "--from", "en", "-o", file, code=harness.NOTHING_FOUND)
    contains("nothing found", found.err, "0 units for 0 of 1 segment")
    equal("is a file without units", units_of(file.read_bytes()), [])


def test_a_long_job(work):
    """As many segments as many batches, against one lookup each."""
    seed = time.time_ns() % 1_000_000
    print(f"  seed {seed}")
    chance = random.Random(seed)
    words = "trade bank river court storm school vote harvest".split()
    place = work.in_process()
    stored = sorted({" ".join(chance.choices(words, k=chance.randint(3, 7)))
                     for _ in range(300)})
    place.import_text("long", "a.tsv", "en\tes\n" + "".join(
        f"{text}.\t{number}\n" for number, text in enumerate(stored)))
    job = [" ".join(chance.choices(words, k=chance.randint(3, 7))) + "."
           for _ in range(700)]
    pulled = place.json("pull", "--for", work.write("a.txt", "\n".join(job)),
                        "--from", "en", "-o", file := work.new_path("a.tmx"))
    equal("every segment", pulled["segments"], 700)
    answers = place.json_lines("lookup", "--from", "en", stdin="\n".join(job),
                               code=None)
    wanted = list(dict.fromkeys(match["source"] for answer in answers
                                for match in answer["matches"]))
    equal("what lookups of each give", [unit["en"] for unit in units_of(
        file.read_bytes())], wanted)
    equal("and for how many", pulled["found"],
          sum(bool(answer["matches"]) for answer in answers))


if __name__ == "__main__":
    harness.main()

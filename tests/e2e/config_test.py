#!/usr/bin/env python3
"""`tercetd`'s settings: flags over the environment over a file."""

import json
import re
import tomllib

import harness
from harness import BIN, USAGE, check, contains, equal

SETTINGS = ("data", "listen", "http_listen", "http_writes", "http_token",
            "http_memory", "http_allowed_origins", "log_format", "log_level",
            "max_threads", "drain_seconds", "sync_writes",
            "snapshot_changes")


def tercetd(work, *arguments, env=None, code=0):
    return work.run(BIN / "tercetd", *arguments, env=env, code=code)


def printed(work, *arguments, env=None):
    """The settings in force, as --print-config prints them."""
    return tomllib.loads(tercetd(work, *arguments, "--print-config",
                                 env=env).out)


def test_help_and_version(work):
    text = tercetd(work, "--help").out
    contains("--help has a flag for every setting", text,
             *("--" + name.replace("_", "-") for name in SETTINGS))
    contains("and tells of the environment, the file and the exit codes", text,
             "TERCET_LISTEN", "--config", "tercetd.toml", "Exit codes")
    equal("-h is the same", tercetd(work, "-h").out, text)
    version = tercetd(work, "--version").out
    check("--version is one line",
          re.fullmatch(r"tercetd \d+\.\d+\.\d+\n", version), version)


def test_defaults(work):
    settings = printed(work)
    equal("every setting is printed", tuple(settings), SETTINGS)
    equal("it listens on loopback", settings["listen"], "127.0.0.1:7733")
    equal("the data are in the user's directory", settings["data"],
          f"{work.folder}/home/.local/share/tercet")


def test_printed_configuration_is_one(work):
    arguments = ("--data", "/tmp/翻译 \"x\" \\y", "--listen", "[::1]:7",
                 "--log-format", "json", "--log-level", "off",
                 "--max-threads", "9", "--drain-seconds", "0",
                 "--sync-writes", "false")
    file = work.write("tercetd.toml",
                      tercetd(work, *arguments, "--print-config").out)
    equal("it means the same as --config", printed(work, "--config", file),
          printed(work, *arguments))
    line = file.read_text().splitlines().index('listen = "[::1]:7"') + 1
    contains("and says where each setting is from",
             tercetd(work, "--config", file, "--print-config"),
             f"line {line} of {file}")


def test_example_configuration(work):
    example = harness.SOURCE / "deploy/tercet.toml"
    settings = printed(work, "--config", example)
    equal("the example knows no setting that is not there", tuple(settings),
          SETTINGS)


def test_precedence(work):
    file = work.write("x.toml", 'listen = "127.0.0.1:1"\nmax_threads = 11\n'
                      'drain_seconds = 1\n')
    env = {"TERCET_LISTEN": "127.0.0.1:2", "TERCET_MAX_THREADS": "12"}
    settings = printed(work, "--config", file, "--listen", "127.0.0.1:3",
                       env=env)
    equal("a flag wins over the environment, and that over the file",
          (settings["listen"], settings["max_threads"],
           settings["drain_seconds"]), ("127.0.0.1:3", 12, 1))
    equal("TERCET_CONFIG names the file, too",
          printed(work, env={"TERCET_CONFIG": str(file)})["max_threads"], 11)
    equal("an empty variable is none",
          printed(work, "--config", file, env={"TERCET_MAX_THREADS": ""})
          ["max_threads"], 11)
    user = work.folder / "home/.config/tercet"
    user.mkdir(parents=True)
    (user / "tercetd.toml").write_text("max_threads = 13\n")
    equal("the user's file is found", printed(work)["max_threads"], 13)
    equal("and XDG_CONFIG_HOME is heeded", printed(
        work, env={"XDG_CONFIG_HOME": str(work.folder)})["max_threads"], 256)


def test_wrong_settings(work):
    cases = [
        ("a key that is not there", 'listne = "x"\n', "line 1 of", "'listne'",
         "listen"),
        ("a wrong type", '\nmax_threads = "many"\n', "line 2 of",
         "max_threads must be a whole number"),
        ("out of range", "max_threads = 1\n", "line 1 of", "8 to 10000"),
        ("no TOML", "listen = \n", "line 1 of"),
        ("no address", 'listen = "7733"\n', "HOST:PORT"),
    ]
    for what, text, *parts in cases:
        file = work.write("x.toml", text)
        wrong = tercetd(work, "--config", file, code=USAGE)
        contains(f"{what} is told with its place", wrong.err, str(file), *parts)
    contains("a file that is not there is named",
             tercetd(work, "--config", "/no/x.toml", code=USAGE), "/no/x.toml")
    contains("a flag that is not there has a guess",
             tercetd(work, "--lisen", "x", code=USAGE), "'--lisen'",
             "--listen", "--help")
    contains("a wrong variable is named",
             tercetd(work, code=USAGE, env={"TERCET_LOG_LEVEL": "loud"}),
             "TERCET_LOG_LEVEL", "'loud'", "debug, info, warning")
    contains("no home, no directory: it says how to give one",
             tercetd(work, code=USAGE, env={"HOME": ""}), "--data DIR")


def test_logs(work):
    data = work.new_path()
    with work.serve(data, "--log-format", "text", "--log-level",
                    "debug") as server:
        server.tercet("info")
    contains("debug logs every call", server.log(), "GetServerInfo")
    check("as lines of time, level, event and fields", all(
        re.match(r"\d{4}-\d\d-\d\dT[\d:.]+Z (debug|info) \w+", line)
        for line in server.log().splitlines()), server.log())
    log = work.new_path("log")
    with open(log, "wb") as stream:
        process = work.start(BIN / "tercetd", "--data", data, "--listen",
                             "127.0.0.1:0", "--log-format", "json",
                             stdout=stream, stderr=stream)
        while "listening" not in log.read_text() and process.poll() is None:
            pass
        process.terminate()
        process.wait(harness.PATIENCE_S)
    events = [json.loads(line) for line in log.read_text().splitlines()]
    check("in JSON each line is an object with a time and an event",
          all({"time", "level", "event"} <= set(event) for event in events),
          events)
    with work.serve(data, "--log-level", "info") as server:
        server.tercet("info")
    check("info does not log calls that went well",
          "GetServerInfo" not in server.log(), server.log())


if __name__ == "__main__":
    harness.main()

#!/usr/bin/env python3
"""`tercet` in a shell: mistyped lines, no server, pipes, completion."""

import re
import signal
import subprocess
import time

import harness
from harness import (BIN, DONE, NOTHING_FOUND, UNREACHABLE, USAGE, Place,
                     check, contains, equal)

COMMANDS = ("lookup", "import", "export", "memory", "unit", "info",
            "completion")


def nowhere(work):
    """A place where nobody listens."""
    return Place(work, ["--server", "127.0.0.1:1"])


def test_help(work):
    place = Place(work, [])
    everything = place.tercet("--help")
    contains("--help lists every command", everything.out, *COMMANDS)
    contains("and every exit code", everything.out,
             *(f"{code} " for code in range(6)))
    for command in COMMANDS:
        contains(f"{command} --help has an example",
                 place.tercet(command, "--help").out, f"tercet {command}")
    for command in ("memory", "unit"):
        for verb in ("create", "get", "list", "update", "delete"):
            contains(f"{command} {verb} has help",
                     place.tercet(command, verb, "--help").out,
                     f"tercet {command} {verb}")
    check("--version is one line", re.fullmatch(
        r"tercet \d+\.\d+\.\d+\n", place.tercet("--version").out))


def test_mistyped_lines(work):
    place = Place(work, [])
    cases = [
        (["lokup", "x"], "did you mean 'lookup'?"),
        (["memory", "lst"], "did you mean 'list'?"),
        (["lookup", "--form", "en", "x"], "did you mean '--from'?"),
        (["lookup", "--from", "english", "x"], "did you mean 'en'?"),
        (["lookup", "--from", "cn", "x"], "did you mean 'zh'?"),
        (["lookup", "--from", "en", "--to", "zh,spannish", "x"],
         "did you mean 'es'?"),
        (["lookup", "--from", "en", "--min-score", "101", "x"], "1 to 100"),
        (["lookup", "--from", "en", "--max", "0", "x"], "1 to 100"),
        (["lookup", "--from", "en", ""], "the text is empty"),
        (["unit", "list", "-m", "m", "--limit", "0"], "1 to 1000000000"),
        (["--timeout", "0.0001", "info"], "not in range 0.001"),
        (["import", "x.tmx"], "--memory"),
        (["import", "-m", "m", "--format", "docx", "x"], "tmx,tsv,csv,jsonl,moses"),
        (["memory"], "create, get, list, update, delete"),
        ([], "lookup, search, import, export"),
        (["--server", "a:1", "--data", "b", "info"], "the one or the other"),
    ]
    for line, part in cases:
        wrong = place.tercet(*line, code=USAGE)
        contains(f"tercet {' '.join(line)}", wrong.err, part)
        equal("  and nothing on stdout", wrong.out, "")


def test_no_server(work):
    place = nowhere(work)
    for line in (["info"], ["lookup", "--from", "en", "x"],
                 ["import", "-m", "m", harness.SAMPLE],
                 ["export", "-m", "m", "--format", "tmx"]):
        wrong = place.tercet(*line, code=UNREACHABLE)
        contains(f"{line[0]} says what to do", wrong.err,
                 "no server at 127.0.0.1:1: start one with `tercetd` or use"
                 " --data DIR")
    error = place.tercet("--json", "info", code=UNREACHABLE).err
    contains("in JSON, too", error, '"reason":"NO_SERVER"')
    contains("TERCET_SERVER names the server",
             Place(work, []).tercet("info", code=UNREACHABLE,
                                    env={"TERCET_SERVER": "127.0.0.1:2"}),
             "127.0.0.1:2")


def test_not_a_server(work):
    with subprocess.Popen(["python3", "-m", "http.server", "--bind",
                           "127.0.0.1", "0"], stdout=subprocess.PIPE,
                          env={"PYTHONUNBUFFERED": "1", **work.env},
                          stderr=subprocess.DEVNULL, cwd=work.folder) as other:
        line = other.stdout.readline().decode()
        port = re.search(r"port (\d+)", line).group(1)
        work.at_end(other.kill)
        place = Place(work, ["--server", f"127.0.0.1:{port}"])
        wrong = place.tercet("--timeout", "5", "info", code=UNREACHABLE)
        contains("another program's port is named", wrong.err, port)
        other.kill()


def test_configuration_file(work):
    data = work.new_path("data")
    config = work.folder / "home/.config/tercet"
    config.mkdir(parents=True)
    file = config / "client.toml"
    file.write_text(f'data = "{data}"\nfrom = "en"\nto = ["es"]\n')
    place = Place(work, [])
    place.import_sample()
    found = place.json("lookup", "A night to remember")["matches"][0]
    equal("it gives the directory and the languages",
          [t["language"] for t in found["targets"]], ["es"])
    found = place.json("lookup", "--to", "zh", "A night to remember")
    equal("flags win over it",
          [t["language"] for t in found["matches"][0]["targets"]], ["zh-CN"])
    file.write_text('sever = "127.0.0.1:1"\n')
    contains("an unknown key is an error with its file and a guess",
             place.tercet("info", code=USAGE), str(file), "'sever'", "'server'")


def test_bad_data_directory(work):
    file = work.write("file", "no directory")
    wrong = Place(work, ["--data", f"{file}/data"]).tercet("info",
                                                           code=UNREACHABLE)
    contains("a directory that cannot be is named", wrong.err, f"{file}/data")
    place = work.in_process()
    with work.serve(place.options[1]):
        contains("a directory that a server uses is in use",
                 place.tercet("info", code=UNREACHABLE), place.options[1],
                 "in use by another", "as a server")


def test_no_escapes_in_pipes(work):
    place = work.in_process()
    plain = place.tercet("import", "-m", "press", harness.SAMPLE, "-v")
    shown = [plain.err, plain.out]
    for line in (["lookup", "--from", "en", "A night to remember?"],
                 ["memory", "list"], ["info"], ["--help"],
                 ["unit", "list", "-m", "press"]):
        shown.append(place.tercet(*line).out)
    shown.append(place.tercet("lookup", "--from", "en", "x",
                              code=NOTHING_FOUND).out)
    shown.append(place.tercet("memory", "get", "nope", code=None).err)
    check("no output has an escape or a carriage return",
          not re.search(r"[\x1b\r]", "".join(shown)))


def test_closed_pipes(work):
    place = work.in_process()
    place.import_sample()
    tercet = f"tercet --data '{place.options[1]}'"
    for line in ("export -m press --format tmx", "unit list -m press",
                 "--json unit list -m press"):
        done = work.shell(f"set -o pipefail; {tercet} {line} | head -1")
        equal(f"{line} | head -1 prints one line", done.out.count("\n"), 1)
        equal("  and complains of nothing", done.err, "")
        check("  and ends by the signal, or well",
              done.code in (DONE, 128 + signal.SIGPIPE), done.code)


def test_full_disk(work):
    place = work.in_process()
    place.import_sample()
    done = work.shell(f"tercet --data '{place.options[1]}' export -m press"
                      " --format tmx > /dev/full")
    equal("a full disk is no success", done.code, harness.BAD_INPUT)
    contains("and said", done.err, "cannot write")


def test_interrupt(work):
    """Ctrl-C in the middle of a lookup from standard input."""
    place = work.in_process()
    place.import_sample()
    process = place.start_tercet("lookup", "--from", "en")
    process.stdin.write(b"A night to remember\n")
    process.stdin.flush()
    check("an answer comes before the input ends",
          process.stdout.readline() == b"A night to remember\n")
    process.send_signal(signal.SIGINT)
    start = time.monotonic()
    code = process.wait(harness.PATIENCE_S)
    check("Ctrl-C ends it at once", time.monotonic() - start < 5)
    check("with the signal's exit code",
          code in (-signal.SIGINT, 128 + signal.SIGINT), code)
    equal("the data can be opened again", place.json("info")["units"],
          harness.SAMPLE_UNITS)


def check_completion(work, shell, syntax_check, complete):
    harness.need(shell)
    script = work.new_path(f"completion.{shell}")
    script.write_text(Place(work, []).tercet("completion", shell).out)
    done = work.run(shell, syntax_check, script, code=0)
    equal(f"{shell} finds no fault in the script", done.err, "")
    done = work.run(shell, "-c", complete.format(script=script, bin=BIN))
    contains("it completes commands", done, "lookup")
    contains("and a command's options", done, "--min-score")


def test_bash_completion(work):
    check_completion(work, "bash", "-n", """
        source {script}
        COMP_WORDS=(tercet loo); COMP_CWORD=1; _tercet
        printf '%s\\n' "${{COMPREPLY[@]}}"
        COMP_WORDS=(tercet lookup --min); COMP_CWORD=2; _tercet
        printf '%s\\n' "${{COMPREPLY[@]}}"
        """)


def test_zsh_completion(work):
    check_completion(work, "zsh", "-n", """
        compdef() {{ }}
        zmodload zsh/parameter
        _describe() {{ print -l -- ${{(P)@[-1]}} }}
        source {script}
        words=(tercet loo) CURRENT=2; _tercet
        words=(tercet lookup --min) CURRENT=3; _tercet
        """)


def test_fish_completion(work):
    check_completion(work, "fish", "-n", """
        source {script}
        complete -C 'tercet loo'
        complete -C 'tercet lookup --min'
        """)


if __name__ == "__main__":
    harness.main()

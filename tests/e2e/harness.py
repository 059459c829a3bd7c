"""What the end-to-end tests share: the real binaries, run as a user runs them.

A test file has functions `test_...(work)`, and ends in `harness.main()`. Each
gets a Work, with an empty folder of its own. It runs alone, too:

  TERCET_BIN=build/bin tests/e2e/lookup_test.py           every test
  TERCET_BIN=build/bin tests/e2e/lookup_test.py regions   those so called

Every check is printed; the first that fails ends its test, shows the commands
that led there, and makes the file exit with 1.
"""

import json
import os
import pathlib
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import traceback

SOURCE = pathlib.Path(__file__).resolve().parent.parent.parent
BIN = pathlib.Path(os.environ.get("TERCET_BIN", SOURCE / "build/bin")).resolve()
SAMPLE = SOURCE / "deploy/samples/press.tmx"
SAMPLE_UNITS = 197

# The exit codes that `tercet --help` promises.
DONE = 0
NOTHING_FOUND = 1
USAGE = 2
UNREACHABLE = 3
REFUSED = 4
BAD_INPUT = 5

SKIPPED = 77
PATIENCE_S = 60  # For anything that should take moments.


class Failure(Exception):
    """A check that does not hold."""


class Skip(Exception):
    """Why a test cannot run on this machine."""


class Result:
    """What a command did."""

    def __init__(self, command, code, out, err):
        self.command = command
        self.code = code
        self.out_bytes = out
        self.out = out.decode("utf-8", "replace")
        self.err = err.decode("utf-8", "replace")

    def objects(self):
        """Standard output as JSON lines."""
        return [json.loads(line) for line in self.out.splitlines()]

    def object(self):
        """Standard output as one JSON object."""
        found = self.objects()
        if len(found) != 1:
            raise Failure(f"expected one JSON object\n{self}")
        return found[0]

    def __str__(self):
        return (f"$ {show(self.command)}\nexit code {self.code}\n"
                f"stdout: {shorten(self.out)}\nstderr: {shorten(self.err)}")


def show(command):
    return " ".join(shorten(str(word), 200) for word in command)


def shorten(text, limit=3000):
    if len(text) <= limit:
        return text
    return f"{text[:limit]}... ({len(text)} characters)"


_history = []  # The commands of the running test.


def run(command, *, stdin=b"", env, cwd, code=None, user=None):
    """Runs a command to its end; with `code`, that must be its exit code."""
    command = [str(word) for word in command]
    if isinstance(stdin, str):
        stdin = stdin.encode()
    done = subprocess.run(command, input=stdin, env=env, cwd=cwd, user=user,
                          capture_output=True, timeout=PATIENCE_S, check=False)
    result = Result(command, done.returncode, done.stdout, done.stderr)
    _history.append(f"$ {show(command)}  # {result.code}")
    if code is not None and result.code != code:
        raise Failure(f"expected exit code {code}\n{result}")
    return result


# Checks. `fact` says what holds; it is printed either way.


def check(fact, holds, details=""):
    if not holds:
        raise Failure(f"not so: {fact}\n{details}")
    print(f"  {fact}", flush=True)


def equal(fact, actual, wanted):
    same = actual == wanted
    details = "" if same else describe_difference(actual, wanted)
    check(fact, same, details)


def describe_difference(actual, wanted):
    place = 0
    if isinstance(actual, (str, bytes)) and isinstance(wanted, type(actual)):
        place = len(os.path.commonprefix([actual, wanted]))
    begin = max(place - 100, 0)
    where = f"they differ at {place} of {len(wanted)}\n" if begin > 0 else ""
    if begin > 0:
        actual, wanted = actual[begin:begin + 400], wanted[begin:begin + 400]
    return (f"{where}found:  {shorten(repr(actual))}\n"
            f"wanted: {shorten(repr(wanted))}")


def contains(fact, text, *parts):
    """Every part is in the text (a str, or a Result: all that it printed)."""
    if isinstance(text, Result):
        text = text.out + text.err
    missing = [part for part in parts if part not in text]
    check(fact, not missing, f"{missing} is not in: {shorten(text)}")


class Place:
    """Where the command line finds the service: a server or a directory."""

    def __init__(self, work, options):
        self.work = work
        self.options = options

    def tercet(self, *arguments, **how):
        """Runs `tercet`, which must end with 0 unless `code` says otherwise
        (None: anything)."""
        how.setdefault("code", DONE)
        return self.work.run(BIN / "tercet", *self.options, *arguments, **how)

    def start_tercet(self, *arguments, **how):
        """Starts `tercet` with pipes, for tests that talk to it."""
        return self.work.start(BIN / "tercet", *self.options, *arguments, **how)

    def json(self, *arguments, **how):
        return self.tercet("--json", *arguments, **how).object()

    def json_lines(self, *arguments, **how):
        return self.tercet("--json", *arguments, **how).objects()

    def import_text(self, memory, name, text, *arguments, **how):
        """Imports a file of that name and content; its JSON report."""
        file = self.work.write(name, text)
        return self.json("import", "-m", memory, *arguments, file, **how)

    def import_sample(self, memory="press"):
        return self.json("import", "-m", memory, SAMPLE)

    def export(self, memory, output_format="jsonl", *arguments):
        return self.tercet("export", "-m", memory, "--format", output_format,
                           *arguments).out_bytes


class Server(Place):
    """A running tercetd. Ends with its `with` block."""

    def __init__(self, work, data, *arguments, listen="127.0.0.1:0", env=None):
        self.log_path = work.new_path("tercetd.log")
        with open(self.log_path, "wb") as log:
            self.process = subprocess.Popen(
                [BIN / "tercetd", "--data", data, "--listen", listen,
                 *map(str, arguments)],
                stdin=subprocess.DEVNULL, stdout=log, stderr=log,
                env=work.env | (env or {}), cwd=work.folder)
        work.at_end(self.kill)
        work.servers.append(self)
        port = self.wait_for(r"\blistening address=\S* port=(\d+)").group(1)
        _history.append(f"started tercetd --data {data} on port {port}")
        self.address = re.sub(r":0$", f":{port}", listen)
        super().__init__(work, ["--server", self.address])

    def http_port(self):
        """The HTTP port that the server chose."""
        return int(self.wait_for(r"http_port=(\d+)").group(1))

    def log(self):
        return self.log_path.read_text(encoding="utf-8")

    def describe(self):
        """What a failed test's reader wants to know of it."""
        code = self.process.poll()
        state = "runs" if code is None else f"ended with {code}"
        return f"{self.process.args[0]} {state}; its log:\n{self.log()}"

    def wait_for(self, pattern):
        """Waits until the log has a match, and returns it."""
        deadline = time.monotonic() + PATIENCE_S
        while time.monotonic() < deadline:
            ended = self.process.poll() is not None
            if found := re.search(pattern, self.log()):
                return found
            if ended:
                break
            time.sleep(0.005)
        raise Failure(f"no '{pattern}' in the server's log:\n{self.log()}")

    def ask_to_stop(self):
        self.process.send_signal(signal.SIGTERM)

    def wait(self):
        """Waits for the end; the exit code."""
        return self.process.wait(PATIENCE_S)

    def stop(self):
        self.ask_to_stop()
        code = self.wait()
        if code != 0:
            raise Failure(f"tercetd ended with {code}:\n{self.log()}")

    def kill(self):
        if self.process.poll() is None:
            self.process.kill()
        self.process.wait()

    def __enter__(self):
        return self

    def __exit__(self, kind, error, trace):
        if kind is None and self.process.poll() is None:
            self.stop()
        self.kill()


class Work:
    """A folder, an environment and everything started in them."""

    def __init__(self, folder):
        self.folder = folder
        self.env = {"HOME": str(folder / "home"), "LC_ALL": "C.UTF-8",
                    # Tests run side by side, and there is one default port.
                    "TERCET_HTTP_LISTEN": "none",
                    "PATH": os.environ["PATH"], "TERM": "xterm-256color"}
        self.servers = []
        self._endings = []
        self._count = 0

    def at_end(self, ending):
        self._endings.append(ending)

    def end(self):
        for ending in reversed(self._endings):
            ending()

    def new_path(self, name="data"):
        """A path that does not exist, with this name in a new folder."""
        self._count += 1
        folder = self.folder / str(self._count)
        folder.mkdir()
        return folder / name

    def write(self, name, content):
        path = self.new_path(name)
        if isinstance(content, str):
            content = content.encode()
        path.write_bytes(content)
        return path

    def _where(self, env):
        return {"env": self.env | (env or {}), "cwd": self.folder}

    def run(self, *command, env=None, **how):
        return run(command, **self._where(env), **how)

    def start(self, *command, env=None, **how):
        how = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE,
               "stderr": subprocess.PIPE} | self._where(env) | how
        _history.append(f"$ {show(command)} &")
        process = subprocess.Popen([str(word) for word in command], **how)
        self.at_end(lambda: _end_process(process))
        return process

    def shell(self, script, **how):
        """Runs bash, with the binaries in its PATH."""
        env = {"PATH": f"{BIN}:{self.env['PATH']}"} | how.pop("env", {})
        return self.run("bash", "-c", script, env=env, **how)

    def serve(self, data=None, *arguments, **how):
        return Server(self, data or self.new_path(), *arguments, **how)

    def in_process(self, data=None):
        return Place(self, ["--data", str(data or self.new_path())])


def _end_process(process):
    if process.poll() is None:
        process.kill()
    process.wait()
    for pipe in (process.stdin, process.stdout, process.stderr):
        if pipe is not None:
            try:
                pipe.close()
            except BrokenPipeError:
                pass  # What was to be written to it is of no interest.


def everywhere(test):
    """Runs a test(work, place) with a server and in the process."""
    def both(work):
        with work.serve() as server:
            print(" with a server:")
            test(work, server)
        print(" in the process:")
        test(work, work.in_process())
    both.__name__ = test.__name__
    return both


def need(tool):
    """Skips the test where a program is missing."""
    if shutil.which(tool) is None:
        raise Skip(f"there is no {tool}")


def _run_one(name, test):
    """Runs one test; whether it passed, None where it cannot run."""
    print(f"{name}:", flush=True)
    _history.clear()
    start = time.monotonic()
    # Short, because the path of a Unix socket may have 107 bytes.
    with tempfile.TemporaryDirectory(prefix="tercet-") as folder:
        work = Work(pathlib.Path(folder))
        (work.folder / "home").mkdir()
        try:
            test(work)
        except Skip as why:
            print(f"SKIPPED {name}: {why}\n", flush=True)
            return None
        except Exception as error:  # pylint: disable=broad-except
            if not isinstance(error, Failure):
                traceback.print_exc(file=sys.stdout)
            print("\n".join(_history[-10:]))
            for server in work.servers:
                print(server.describe())
            print(f"FAILED {name}: {error}\n", flush=True)
            return False
        finally:
            work.end()
    print(f"passed {name} ({time.monotonic() - start:.1f} s)\n", flush=True)
    return True


def main():
    """Runs the tests of the program's file, or those that its arguments name,
    and exits: 0 passed, 1 failed, 77 none could run."""
    sys.stdout.reconfigure(encoding="utf-8", errors="replace")
    tests = {name.removeprefix("test_"): test
             for name, test in vars(sys.modules["__main__"]).items()
             if name.startswith("test_")}
    wanted = sys.argv[1:]
    chosen = {name: test for name, test in tests.items()
              if not wanted or any(word in name for word in wanted)}
    if not chosen:
        sys.exit(f"no test is called so; there are: {', '.join(tests)}")
    if not (BIN / "tercetd").exists():
        sys.exit(f"there is no {BIN}/tercetd: build it, or set TERCET_BIN")
    results = [_run_one(name, test) for name, test in chosen.items()]
    print(f"{results.count(True)} passed, {results.count(False)} failed, "
          f"{results.count(None)} skipped")
    if False in results:
        sys.exit(1)
    sys.exit(0 if True in results else SKIPPED)

#!/usr/bin/env python3
"""The examples in client/examples do what their README says."""

import subprocess
import sys

import harness
from harness import contains, equal

EXAMPLES = harness.SOURCE / "client/examples"

SENTENCE = "Power was cut to about 52,000 homes."
FOUND = """ 99  NEAR_EXACT  Power was cut to about 34,000 homes.
     Unos 52.000 hogares se quedaron sin electricidad.
 99  NEAR_EXACT  Power was cut to about 21,000 homes.
     Unos 52.000 hogares se quedaron sin electricidad.
"""


def check_examples(work, run):
    """run(NAME, ARGUMENT..., stdin=..., code=...) runs an example."""
    with work.serve() as server:
        imported = run("import_file", server.address, "press", harness.SAMPLE)
        lines = imported.out.splitlines()
        equal("the end of an import", lines[-1],
              "197 units read: 197 new, 0 changed, 0 as before, 0 skipped, "
              "0 failed; memories/press/imports/1 can be undone")
        contains("its progress", "\n".join(lines[:-1]),
                 f"{harness.SAMPLE.stat().st_size} bytes read")
        equal("a lookup, with the query's number",
              run("lookup", server.address, "en", "es", SENTENCE).out, FOUND)
        equal("a batch, a line each", run(
            "batch", server.address, "en", "es",
            stdin="No tsunami warning was issued.\nWho knows?\n").out,
              "100  No se emitió alerta de tsunami.\n  -\n")
        # Which the server would refuse, and the whole batch with them.
        equal("blank lines stay where they are", run(
            "batch", server.address, "en", "es",
            stdin="\nWho knows?\r\n \t\r\n\nNo tsunami warning was issued.")
              .out, "\n  -\n\n\n100  No se emitió alerta de tsunami.\n")
        equal("no lines, no lines", [
            run("batch", server.address, "en", "es", stdin=text).out
            for text in ("", "\n", "\n ")], ["", "\n", "\n\n"])
        # More than one call may hold.
        equal("a long document", run(
            "batch", server.address, "en", "es",
            stdin="Who knows?\n" * 1234).out, "  -\n" * 1234)
        contains("why a call fails",
                 run("lookup", server.address, "e?", "es", SENTENCE,
                     code=1).err, "FIELDS_INVALID: query.language_code")
        odd = work.write("odd.tmx", """<tmx version="1.4"><header/><body>
<tu><tuv xml:lang="en"><seg></seg></tuv></tu>
</body></tmx>""")
        contains("what is wrong in a file",
                 run("import_file", server.address, "odd", odd), "line 2: ")
        address = server.address
    contains("that nobody is there",
             run("lookup", address, "en", "es", SENTENCE, code=1).err,
             "UNAVAILABLE: ")


def find_python():
    """An interpreter with gRPC: Debian's packages are for Debian's."""
    for python in (sys.executable, "/usr/bin/python3"):
        asked = subprocess.run([python, "-c", "import grpc, google.protobuf"],
                               capture_output=True, check=False)
        if asked.returncode == 0:
            return python
    raise harness.Skip("no Python has gRPC (python3-grpcio)")


def test_python(work):
    python = find_python()
    harness.need("grpc_python_plugin")
    stubs = work.new_path("stubs")
    work.run(EXAMPLES / "python/generate.sh", stubs, code=0)

    def run(name, *arguments, stdin="", code=0):
        return work.run(python, "-B", EXAMPLES / f"python/{name}.py",
                        *arguments, stdin=stdin, code=code,
                        env={"PYTHONPATH": str(stubs)})

    check_examples(work, run)


def test_node(work):
    harness.need("node")
    folder = EXAMPLES / "node"
    if not (folder / "node_modules/@grpc/proto-loader").exists():
        raise harness.Skip(f"no modules: run 'npm ci' in {folder}")

    def run(name, *arguments, stdin="", code=0):
        return work.run("node", folder / f"{name}.js", *arguments,
                        stdin=stdin, code=code)

    check_examples(work, run)


if __name__ == "__main__":
    harness.main()

#!/usr/bin/env python3
"""`tercetd`: where it listens, what it keeps, how it starts and ends."""

import os
import shutil
import signal
import socket
import stat
import time

import grpc_bytes
import harness
import leveldb_log
from harness import BIN, REFUSED, UNREACHABLE, check, contains, equal

FAILED = 1
HEALTH = "/grpc.health.v1.Health/Check"
REFLECTION = "/grpc.reflection.v1alpha.ServerReflection/ServerReflectionInfo"


def start_failed(work, data, *arguments, **how):
    """Runs a server that must not start; what it says."""
    return work.run(BIN / "tercetd", "--data", data, "--listen", "127.0.0.1:0",
                    *arguments, code=FAILED, **how)


def port_of(server):
    return int(server.address.rpartition(":")[2])


def test_second_server_on_a_directory(work):
    data = work.new_path()
    with work.serve(data) as server:
        second = start_failed(work, data)
        contains("the second one says which directory, and what to do", second,
                 str(data), "in use by another", "choose another directory")
        server.import_sample()
        check("the first one is not disturbed", True)


def test_second_server_on_a_port(work):
    with work.serve() as server:
        address = server.address
        second = work.run(BIN / "tercetd", "--data", work.new_path(),
                          "--listen", address, code=FAILED)
        contains("the second one says which address, and what to do", second,
                 address, "Address already in use", "--listen")
        server.tercet("info")
        check("the first one is not disturbed", True)


def test_addresses_that_cannot_be(work):
    for address, why in (("256.1.1.1:1", ""), ("192.0.2.1:7733", "assign"),
                         ("unix:/no/such/folder/socket", "cannot be made")):
        wrong = work.run(BIN / "tercetd", "--data", work.new_path(), "--listen",
                         address, code=FAILED)
        contains(f"{address} is named", wrong, address, why)


def test_restart(work):
    data = work.new_path()
    with work.serve(data) as server:
        server.import_sample()
        question = ("lookup", "--from", "zh",
                    "仅11月份，双边贸易额就达125亿美元，同比增长3.4%。")
        answer = server.json(*question)
        everything = server.export("press")
    equal("a lookup finds something", answer["matches"][0]["score"], 99)
    with work.serve(data) as server:
        equal("after a restart it finds the same", server.json(*question),
              answer)
        equal("the memory is byte for byte the same", server.export("press"),
              everything)
    equal("the same directory without a server is the same, too",
          work.in_process(data).export("press"), everything)


def test_signals(work):
    for number in (signal.SIGTERM, signal.SIGINT):
        server = work.serve()
        server.process.send_signal(signal.SIGHUP)
        server.tercet("info")
        server.process.send_signal(number)
        equal(f"{number.name} ends it with 0", server.wait(), 0)
        contains("and it says so", server.log(), "stopped")


def start_import(server, text):
    """An import whose input stays open, once the server has begun it."""
    process = server.start_tercet("--json", "import", "-m", "slow", "--format",
                                  "tsv", "-")
    # More than the client sends at once, so that the server has some.
    process.stdin.write(text)
    process.stdin.flush()
    deadline = time.monotonic() + harness.PATIENCE_S
    while time.monotonic() < deadline:
        if server.tercet("memory", "get", "slow", code=None).code == 0:
            return process
    raise harness.Failure("the import does not begin")


def lines(count):
    return b"en\tes\n" + b"".join(
        b"Line %d of a long report.\tL\xc3\xadnea %d de un informe.\n" % (i, i)
        for i in range(count))


def test_drain_finishes_running_calls(work):
    data = work.new_path()
    server = work.serve(data, "--drain-seconds", 30)
    process = start_import(server, lines(20_000))
    server.ask_to_stop()
    server.wait_for(r"\bdraining\b")
    refused = server.tercet("--timeout", 2, "info", code=UNREACHABLE)
    contains("new calls are refused meanwhile", refused, "tercet: ")
    check("the server waits for the import", server.process.poll() is None)
    out, err = process.communicate(b"The last line.\tLa \xc3\xbaltima.\n",
                                   timeout=harness.PATIENCE_S)
    equal("the import ends well", (process.returncode, err), (0, b""))
    contains("with all of its units", out.decode(), '"created":20001')
    equal("then the server ends with 0", server.wait(), 0)
    contains("knowing that it had drained", server.log(),
             "all_calls_ended=true")
    with work.serve(data) as again:
        equal("all is there", again.json("info")["units"], 20_001)


def test_drain_ends_in_time(work):
    data = work.new_path()
    server = work.serve(data, "--drain-seconds", 1)
    process = start_import(server, lines(20_000))
    start = time.monotonic()
    server.ask_to_stop()
    equal("a call that goes on does not keep it", server.wait(), 0)
    check("longer than it was told", 0.9 < time.monotonic() - start < 10)
    contains("and it says so", server.log(), "all_calls_ended=false")
    # The client learns of it though its input is still open.
    code = process.wait(harness.PATIENCE_S)
    report = process.stdout.read().decode() + process.stderr.read().decode()
    check(f"the import ends with an error ({code})",
          code in (UNREACHABLE, REFUSED), report)
    contains("that is told", report, '"error"')
    with work.serve(data) as again:
        units = again.json("info")["units"]
        check(f"the units written before are there ({units})",
              1000 <= units <= 20_000)


def test_second_signal_ends_at_once(work):
    server = work.serve(None, "--drain-seconds", 300)
    start_import(server, lines(20_000))
    server.ask_to_stop()
    server.wait_for(r"\bdraining\b")
    server.ask_to_stop()
    start = time.monotonic()
    equal("who asks twice does not wait", server.wait(), FAILED)
    check("for anything", time.monotonic() - start < 5)


def test_unknown_schema(work):
    data = work.new_path()
    work.serve(data).stop()
    log = next(data.glob("*.log"))
    leveldb_log.replace(log, b"tercet 1", b"tercet 9")
    before = {path.name: path.stat().st_size for path in data.glob("*.ldb")}
    contains("data of a later version are refused, both named",
             start_failed(work, data), "'tercet 9'", "'tercet 1'")
    contains("by the command line, too",
             work.in_process(data).tercet("info", code=UNREACHABLE),
             "'tercet 9'")
    check("and none are taken away", before.keys() <= {
        path.name for path in data.iterdir()})


def test_somebody_elses_directory(work):
    data = work.new_path()
    data.mkdir()
    (data / "thesis.txt").write_text("Do not touch.")
    work.serve(data).stop()
    equal("files of others are left alone",
          (data / "thesis.txt").read_text(), "Do not touch.")
    file = work.write("file", "")
    contains("a file is no directory", start_failed(work, file), str(file))
    contains("nor is there one below it", start_failed(work, file / "data"),
             str(file / "data"))


def test_directory_without_permission(work):
    """As another user where this is root, whom no permission stops."""
    data = work.new_path()
    work.in_process(data).import_sample()
    how = {}
    if os.geteuid() == 0:
        how["user"] = "nobody"
        binary = work.new_path("tercetd")
        shutil.copy(BIN / "tercetd", binary)
        for path in (work.folder, data.parent, data, binary.parent, binary):
            path.chmod(0o755)
    else:
        binary = BIN / "tercetd"
        data.chmod(stat.S_IRUSR | stat.S_IXUSR)
    refused = work.run(binary, "--data", data, "--listen", "127.0.0.1:0",
                       code=FAILED, **how)
    contains("it is named, with the reason", refused, str(data),
             "Permission denied")
    data.chmod(0o755)
    equal("nothing has happened to it",
          work.in_process(data).json("info")["units"], harness.SAMPLE_UNITS)


def test_unix_socket(work):
    address = f"unix:{work.new_path('socket')}"
    for _ in range(2):  # The second one finds the socket of the first.
        server = harness.Server(work, work.new_path(), listen=address)
        equal("it answers on a Unix socket",
              server.import_sample()["created"], harness.SAMPLE_UNITS)
        second = work.run(BIN / "tercetd", "--data", work.new_path(),
                          "--listen", address, code=FAILED)
        contains("which a second one may not take", second, address, "in use")
        server.kill()


def test_ipv6(work):
    try:
        with socket.create_server(("::1", 0), family=socket.AF_INET6):
            pass
    except OSError as error:
        raise harness.Skip(f"no IPv6 here: {error}") from error
    with work.serve(listen="[::1]:0") as server:
        equal("it answers on [::1]", server.json("info")["units"], 0)


def test_odd_directory_name(work):
    data = work.new_path("翻译 记忆 $HOME 'x'") / "更 深"
    with work.serve(data) as server:
        server.import_sample()
    check("a directory with spaces and Chinese is made", data.is_dir())
    equal("and read by the command line",
          work.in_process(data).json("info")["units"], harness.SAMPLE_UNITS)
    relative = harness.Place(work, ["--data", os.path.relpath(
        data, work.folder)])
    equal("also by a relative path", relative.json("info")["units"],
          harness.SAMPLE_UNITS)


def test_health_and_reflection(work):
    with work.serve() as server:
        port = port_of(server)
        for name in ("", "tercet.v1.LookupService", "tercet.v1.MemoryService",
                     "tercet.v1.ServerService"):
            message = b"\x0a" + bytes([len(name)]) + name.encode()
            equal(f"'{name}' is serving", grpc_bytes.call(
                "127.0.0.1", port, HEALTH, message), b"\x08\x01")
        equal("an unknown service has no health", grpc_bytes.call(
            "127.0.0.1", port, HEALTH, b"\x0a\x01x"), None)
        services = grpc_bytes.call("127.0.0.1", port, REFLECTION,
                                   b"\x3a\x01*").decode("latin-1")
        contains("reflection lists the services", services,
                 "tercet.v1.LookupService", "tercet.v1.MemoryService",
                 "tercet.v1.ServerService", "grpc.health.v1.Health")


if __name__ == "__main__":
    harness.main()

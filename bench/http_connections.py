#!/usr/bin/env python3
"""What HTTP connections cost tercetd: lookups over 1, 50 and 1,000 kept alive,
and the memory of idle ones, of HTTP and of gRPC. The client is one Python
thread and shares the machine: figures are upper bounds.

  bench/http_connections.py [--bin build/bin] [--seconds 3] [--idle 10000]
"""

import argparse
import pathlib
import re
import resource
import selectors
import socket
import subprocess
import tempfile
import time
import urllib.request

SOURCE = pathlib.Path(__file__).resolve().parent.parent
SAMPLE = SOURCE / "deploy/samples/press.tmx"
TEXT = ("Small island states called for faster access to emergency loans "
        "yesterday.")
BODY = ('{"query": {"languageCode": "en", "text": "%s"}, "minScore": 70}'
        % TEXT).encode()
LOOKUP = (b"POST /v1/memories/press:lookupSegment HTTP/1.1\r\n"
          b"Host: 127.0.0.1\r\nContent-Length: %d\r\n\r\n" % len(BODY)) + BODY
# The preface of HTTP/2 and empty settings.
HELLO_GRPC = b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n" + b"\0\0\0\4\0\0\0\0\0"


def connect(port):
    client = socket.create_connection(("127.0.0.1", port))
    client.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return client


def is_whole(answer):
    head = answer.find(b"\r\n\r\n")
    length = re.search(rb"Content-Length: (\d+)", answer)
    return head >= 0 and len(answer) >= head + 4 + int(length.group(1))


def load(port, count, seconds):
    """How long each answer took, and how many came in a second."""
    selector = selectors.DefaultSelector()
    times = []
    state = {}
    for _ in range(count):
        client = connect(port)
        selector.register(client, selectors.EVENT_READ)
        state[client] = [time.perf_counter(), b""]
        client.sendall(LOOKUP)
    begin = time.perf_counter()
    while time.perf_counter() - begin < seconds:
        for key, _ in selector.select(1):
            mine = state[key.fileobj]
            mine[1] += key.fileobj.recv(1 << 16)
            if not is_whole(mine[1]):
                continue
            if not mine[1].startswith(b"HTTP/1.1 200"):
                raise SystemExit(mine[1])
            now = time.perf_counter()
            times.append(now - mine[0])
            state[key.fileobj] = [now, b""]
            key.fileobj.sendall(LOOKUP)
    passed = time.perf_counter() - begin
    for client in state:
        client.close()
    return sorted(times), len(times) / passed


def resident_kib(pid):
    status = pathlib.Path(f"/proc/{pid}/status").read_text()
    return int(re.search(r"VmRSS:\s+(\d+)", status).group(1))


def idle_kib(pid, port, count, hello):
    """What `count` connections take that said `hello`, were answered and do
    nothing."""
    before = resident_kib(pid)
    clients = []
    for _ in range(count):
        clients.append(connect(port))
        clients[-1].sendall(hello)
    for client in clients:
        client.recv(1 << 16)
    more = resident_kib(pid) - before
    for client in clients:
        client.close()
    return more


def measure(options, folder):
    log = open(f"{folder}/log", "w+", encoding="utf-8")
    server = subprocess.Popen(
        [f"{options.bin}/tercetd", "--data", f"{folder}/data", "--listen",
         "127.0.0.1:0", "--http-listen", "127.0.0.1:0"],
        stdout=log, stderr=log)
    try:
        while not (found := re.search(r" port=(\d+) http_port=(\d+)",
                                      pathlib.Path(log.name).read_text())):
            time.sleep(0.1)
        grpc, http = map(int, found.groups())
        urllib.request.urlopen(
            f"http://127.0.0.1:{http}/v1/memories/press:importUnits"
            "?alt=media&format=TMX", SAMPLE.read_bytes()).read()
        print("| connections | p50 ms | p99 ms | lookups/s |")
        print("|---:|---:|---:|---:|")
        for count in (1, 50, 1000) if options.seconds > 0 else ():
            times, rate = load(http, count, options.seconds)
            p50, p99 = (times[int(share * (len(times) - 1))] * 1000
                        for share in (0.5, 0.99))
            print(f"| {count} | {p50:.2f} | {p99:.2f} | {rate:.0f} |",
                  flush=True)
        print("\n| idle | protocol | MiB more | KiB each |")
        print("|---:|---|---:|---:|")
        for name, port, hello in (("HTTP", http, LOOKUP),
                                  ("gRPC", grpc, HELLO_GRPC)):
            more = idle_kib(server.pid, port, options.idle, hello)
            print(f"| {options.idle} | {name} | {more / 1024:.1f} | "
                  f"{more / options.idle:.2f} |", flush=True)
    finally:
        server.terminate()
        server.wait()


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--bin", default=str(SOURCE / "build/bin"))
    parser.add_argument("--seconds", type=float, default=3)
    parser.add_argument("--idle", type=int, default=10_000)
    limit = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    resource.setrlimit(resource.RLIMIT_NOFILE, (limit, limit))
    with tempfile.TemporaryDirectory() as folder:
        measure(parser.parse_args(), folder)


if __name__ == "__main__":
    main()

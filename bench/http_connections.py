#!/usr/bin/env python3
"""What connections cost tercetd: lookups over 1, 50 and 1,000 kept alive, and
the memory of idle ones, over HTTP and over gRPC by turns. The client is
connection_load, one thread, and shares the machine with the server.

  bench/http_connections.py [--bin build/bin] [--load build/benchmarks/bin/...]
                            [--seconds 5] [--rounds 3] [--idle 10000]
"""

import argparse
import os
import pathlib
import re
import resource
import socket
import statistics
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


def cpu_seconds(pid):
    fields = pathlib.Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1]
    ticks = fields.split()[11:13]
    return sum(map(int, ticks)) / os.sysconf("SC_CLK_TCK")


def load(options, pid, protocol, port, connections):
    """p50 and p99 in ms, lookups a second, the share of a core that the client
    took, and the microseconds of CPU that the server took for one lookup."""
    before = cpu_seconds(pid)
    told = subprocess.run(
        [options.load, f"--protocol={protocol}", f"--port={port}",
         f"--connections={connections}", f"--seconds={options.seconds}"],
        check=True, capture_output=True, text=True).stdout
    *figures, rate, client = map(float, told.split())
    # The half second of warming up costs the server, too.
    lookups = rate * (options.seconds + 0.5)
    server = (cpu_seconds(pid) - before) / lookups * 1e6
    return [*figures, rate, client, server]


def compare(options, pid, ports):
    print("| connections | protocol | p50 ms | p99 ms | lookups/s "
          "| client, cores | server, CPU us a lookup |")
    print("|---:|---|---:|---:|---:|---:|---:|")
    for connections in (1, 50, 1000):
        rounds = {name: [] for name in ports}
        for _ in range(options.rounds):
            for name, port in ports.items():
                rounds[name].append(load(options, pid, name, port, connections))
        for name, figures in rounds.items():
            p50, p99, rate, client, server = map(statistics.median,
                                                 zip(*figures))
            print(f"| {connections:,} | {name} | {p50:.3f} | {p99:.2f} | "
                  f"{rate:,.0f} | {client:.2f} | {server:.0f} |", flush=True)


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
        ports = {"http": http, "grpc": grpc}
        if options.seconds > 0:
            compare(options, server.pid, ports)
        print("\n| idle | protocol | MiB more | KiB each |")
        print("|---:|---|---:|---:|")
        for name, port, hello in (("http", http, LOOKUP),
                                  ("grpc", grpc, HELLO_GRPC)):
            more = idle_kib(server.pid, port, options.idle, hello)
            print(f"| {options.idle} | {name} | {more / 1024:.1f} | "
                  f"{more / options.idle:.2f} |", flush=True)
    finally:
        server.terminate()
        server.wait()


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--bin", default=str(SOURCE / "build/bin"))
    parser.add_argument("--load",
                        default=str(SOURCE / "build/benchmarks/bin/connection_load"))
    parser.add_argument("--seconds", type=int, default=5)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--idle", type=int, default=10_000)
    limit = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    resource.setrlimit(resource.RLIMIT_NOFILE, (limit, limit))
    with tempfile.TemporaryDirectory() as folder:
        measure(parser.parse_args(), folder)


if __name__ == "__main__":
    main()

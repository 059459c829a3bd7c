#!/usr/bin/env python3
"""Imports a TMX file and shows how far it is: import_file.py SERVER MEMORY FILE"""

import os
import sys

import failure
import grpc
from tercet.v1 import memory_service_pb2 as memory
from tercet.v1 import memory_service_pb2_grpc

CHUNK_BYTES = 1 << 18  # At most 1 MiB.


def messages(name, path):
    """First what is imported and where to, then the file's bytes."""
    yield memory.ImportUnitsRequest(config=memory.ImportConfig(
        memory=f"memories/{name}", format=memory.TMX,
        total_bytes=os.path.getsize(path)))
    with open(path, "rb") as file:
        while chunk := file.read(CHUNK_BYTES):
            yield memory.ImportUnitsRequest(chunk=chunk)


def main(server, name, path):
    with grpc.insecure_channel(server) as channel:
        service = memory_service_pb2_grpc.MemoryServiceStub(channel)
        for response in service.ImportUnits(messages(name, path)):
            show(response)


def show(response):
    event = response.WhichOneof("event")
    if event == "progress":
        print(f"{response.progress.bytes_read} bytes read, "
              f"{response.progress.units_durable} units durable")
    elif event == "problem":
        problem = response.problem
        print(f"line {problem.line}: {problem.reason}: {problem.message}")
    elif event == "result":
        report = response.result.report
        changed = report.updated_count + report.variants_added_count
        print(f"{report.read_count} units read: {report.created_count} new, "
              f"{changed} changed, {report.duplicate_count} as before, "
              f"{report.skipped_count} skipped, {report.failed_count} failed; "
              f"{response.result.name} can be undone")


if __name__ == "__main__":
    try:
        main(*sys.argv[1:])
    except grpc.RpcError as error:
        sys.exit(failure.describe(error))

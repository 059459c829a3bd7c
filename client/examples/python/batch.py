#!/usr/bin/env python3
"""Looks up a document, a segment a line: batch.py SERVER FROM TO < DOCUMENT

Blank lines, which are no segments, come out as blank lines.
"""

import sys

import failure
import grpc
from tercet.v1 import lookup_service_pb2 as lookup
from tercet.v1 import lookup_service_pb2_grpc

MOST_SEGMENTS = 1000  # Of one call.


def main(server, source, target):
    lines = [line.strip() for line in sys.stdin]
    with grpc.insecure_channel(server) as channel:
        service = lookup_service_pb2_grpc.LookupServiceStub(channel)
        for begin in range(0, len(lines), MOST_SEGMENTS):
            some = lines[begin:begin + MOST_SEGMENTS]
            segments = [line for line in some if line]
            # A batch of none is refused.
            found = segments and look_up(service, source, target, segments)
            for line in some:
                print(found.pop(0) if line else "")


def look_up(service, source, target, segments):
    """A line for each segment: its best match, or that it has none."""
    # The segments are neighbours, so an exact match can be one in context.
    requests = [
        lookup.LookupSegmentRequest(
            query=lookup.Query(language_code=source, text=segment),
            target_language_codes=[target], max_matches=1)
        for segment in segments]
    answer = service.BatchLookupSegments(
        lookup.BatchLookupSegmentsRequest(
            parent="memories/-", requests=requests),
        timeout=60)
    return [describe(response.matches) for response in answer.responses]


def describe(matches):
    if not matches:
        return "  -"
    return f"{matches[0].score:3}  {matches[0].targets[0].text}"


if __name__ == "__main__":
    try:
        main(*sys.argv[1:])
    except grpc.RpcError as error:
        sys.exit(failure.describe(error))

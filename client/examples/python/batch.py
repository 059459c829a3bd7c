#!/usr/bin/env python3
"""Looks up a document, a segment a line: batch.py SERVER FROM TO < DOCUMENT"""

import sys

import failure
import grpc
from tercet.v1 import lookup_service_pb2 as lookup
from tercet.v1 import lookup_service_pb2_grpc

MOST_SEGMENTS = 1000  # Of one call.


def main(server, source, target):
    segments = sys.stdin.read().splitlines()
    with grpc.insecure_channel(server) as channel:
        service = lookup_service_pb2_grpc.LookupServiceStub(channel)
        for begin in range(0, len(segments), MOST_SEGMENTS):
            look_up(service, source, target,
                    segments[begin:begin + MOST_SEGMENTS])


def look_up(service, source, target, segments):
    # The lines are neighbours, so an exact match can be one in context.
    requests = [
        lookup.LookupSegmentRequest(
            query=lookup.Query(language_code=source, text=segment),
            target_language_codes=[target], max_matches=1)
        for segment in segments]
    answer = service.BatchLookupSegments(
        lookup.BatchLookupSegmentsRequest(
            parent="memories/-", requests=requests),
        timeout=60)
    for response in answer.responses:
        if not response.matches:
            print("  -")
        for match in response.matches:
            print(f"{match.score:3}  {match.targets[0].text}")


if __name__ == "__main__":
    try:
        main(*sys.argv[1:])
    except grpc.RpcError as error:
        sys.exit(failure.describe(error))

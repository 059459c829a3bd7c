#!/usr/bin/env python3
"""Looks a sentence up: lookup.py SERVER FROM TO TEXT"""

import sys

import failure
import grpc
from tercet.v1 import lookup_service_pb2 as lookup
from tercet.v1 import lookup_service_pb2_grpc


def main(server, source, target, text):
    with grpc.insecure_channel(server) as channel:
        service = lookup_service_pb2_grpc.LookupServiceStub(channel)
        request = lookup.LookupSegmentRequest(
            parent="memories/-",  # All of them.
            query=lookup.Query(language_code=source, text=text),
            target_language_codes=[target])
        response = service.LookupSegment(request, timeout=5)
    for match in response.matches:
        # Where only numbers and dates differ, the text with those of the query.
        adapted = {one.target: one.text for one in match.adapted_targets}
        kind = lookup.Match.Kind.Name(match.kind)
        print(f"{match.score:3}  {kind}  {match.source.text}")
        for number, variant in enumerate(match.targets):
            print(f"     {adapted.get(number, variant.text)}")


if __name__ == "__main__":
    try:
        main(*sys.argv[1:])
    except grpc.RpcError as error:
        sys.exit(failure.describe(error))

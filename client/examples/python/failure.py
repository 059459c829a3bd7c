"""Why a call failed, as docs/errors.md lists it."""

from tercet.v1 import errors_pb2


def describe(error):
    """REASON: message. Programs go by the reason, people by the message."""
    trailers = dict(error.trailing_metadata() or ())
    status = errors_pb2.ErrorStatus.FromString(
        trailers.get("grpc-status-details-bin", b""))
    for detail in status.details:
        if detail.type_url.endswith("/google.rpc.ErrorInfo"):
            info = errors_pb2.ErrorInfo.FromString(detail.value)
            return f"{info.reason}: {error.details()}"
    return f"{error.code().name}: {error.details()}"

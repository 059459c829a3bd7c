"""A unary gRPC call by hand, for services that `tercet` does not call.

Debian's Python has no gRPC, and the health and reflection services need to be
asked over a real socket, too. This speaks just enough HTTP/2 (RFC 9113) and
HPACK (RFC 7541): one call on one connection, headers as literals, no Huffman;
of the answer only the first message is read.
"""

import socket
import struct

PREFACE = b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"
DATA, HEADERS, RST_STREAM, SETTINGS, GOAWAY = 0x0, 0x1, 0x3, 0x4, 0x7
END_STREAM, END_HEADERS = 0x1, 0x4
STREAM = 1


def frame(kind, flags, stream, payload):
    return (struct.pack(">I", len(payload))[1:] + bytes([kind, flags])
            + struct.pack(">I", stream) + payload)


def literal(name, value):
    """A header field, never indexed; names and values below 127 bytes."""
    return (b"\x10" + bytes([len(name)]) + name.encode()
            + bytes([len(value)]) + value.encode())


def request(path, message):
    """The frames of a whole call."""
    fields = {":method": "POST", ":scheme": "http", ":path": path,
              ":authority": "localhost", "te": "trailers",
              "content-type": "application/grpc"}
    head = b"".join(literal(*field) for field in fields.items())
    body = b"\0" + struct.pack(">I", len(message)) + message
    return (PREFACE + frame(SETTINGS, 0, 0, b"")
            + frame(HEADERS, END_HEADERS, STREAM, head)
            + frame(DATA, END_STREAM, STREAM, body))


def read_frames(stream):
    while head := stream.read(9):
        length = int.from_bytes(head[:3], "big")
        yield head[3], head[4], stream.read(length)


def call(host, port, path, message):
    """The bytes of the first message of the answer; None if it has none."""
    with socket.create_connection((host, port), timeout=10) as connection:
        connection.sendall(request(path, message))
        body = b""
        with connection.makefile("rb") as stream:
            for kind, flags, payload in read_frames(stream):
                if kind == DATA:
                    body += payload
                ended = kind in (DATA, HEADERS) and flags & END_STREAM
                if ended or kind in (RST_STREAM, GOAWAY):
                    break
    if len(body) < 5:
        return None
    length = struct.unpack(">I", body[1:5])[0]
    return body[5:5 + length]

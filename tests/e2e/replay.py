"""What the replays of translator tools share: requests as bytes, and answers."""

import json
import socket
import urllib.parse

from harness import equal

ENGLISH = "Some 6,200 residents have been evacuated to schools and sports halls."
SPANISH = ("Unos 6.200 residentes han sido evacuados a escuelas y "
           "polideportivos.")


class Answer:
    """An HTTP answer, as it came."""

    def __init__(self, raw):
        head, _, self.body = raw.partition(b"\r\n\r\n")
        first, *fields = head.decode("latin-1").split("\r\n")
        self.status = int(first.split()[1])
        self.fields = {name.lower(): value for name, value in
                       (field.split(": ", 1) for field in fields)}
        if self.fields.get("transfer-encoding") == "chunked":
            self.body = join_chunks(self.body)

    def json(self, **how):
        return json.loads(self.body, **how)


def join_chunks(body):
    joined = b""
    while body:
        size, _, body = body.partition(b"\r\n")
        count = int(size, 16)
        joined, body = joined + body[:count], body[count + 2:]
    return joined


class Client:
    """Sends the bytes of requests: one field a line, in the tool's order."""

    def __init__(self, server):
        self.port = server.http_port()

    def send(self, request, *fields, body=b"", expect=False):
        """With `expect` the body waits for `100 Continue`, as curl's does."""
        head = "\r\n".join((f"{request} HTTP/1.1",) + fields) + "\r\n\r\n"
        head = head.replace("HOST", f"127.0.0.1:{self.port}")
        head = head.replace("LENGTH", str(len(body)))
        with socket.create_connection(("127.0.0.1", self.port), 30) as link:
            link.sendall(head.encode("ascii"))
            if expect:
                interim = link.recv(4096)
                equal("the server asks for the body",
                      interim, b"HTTP/1.1 100 Continue\r\n\r\n")
            link.sendall(body)
            return Answer(self.receive(link))

    def receive(self, link):
        raw = b""
        while not self.is_whole(raw):
            piece = link.recv(65536)
            if not piece:
                break
            raw += piece
        return raw

    @staticmethod
    def is_whole(raw):
        head, end, body = raw.partition(b"\r\n\r\n")
        if not end:
            return False
        fields = head.lower()
        if b"transfer-encoding: chunked" in fields:
            return body.endswith(b"0\r\n\r\n")
        length = fields.split(b"content-length: ")[1].split(b"\r\n")[0]
        return len(body) >= int(length)


def serve_sample(work, *arguments):
    server = work.serve(None, "--http-listen", "127.0.0.1:0", *arguments)
    server.import_sample()
    return server


def quote(text):
    return urllib.parse.quote(text, safe="")


def php_form(fields, file=None):
    """What PHP's curl makes of an array of fields; its type and body."""
    boundary = "------------------------d74496d66958873e"
    body = b""
    for name, value in fields.items():
        body += (f'--{boundary}\r\nContent-Disposition: form-data; '
                 f'name="{name}"\r\n\r\n{value}\r\n').encode()
    if file:
        name, filename, content = file
        body = (f'--{boundary}\r\nContent-Disposition: form-data; '
                f'name="{name}"; filename="{filename}"\r\n'
                "Content-Type: application/octet-stream\r\n\r\n"
                ).encode() + content + b"\r\n" + body
    body += f"--{boundary}--\r\n".encode()
    return f"Content-Type: multipart/form-data; boundary={boundary}", body


def php_json(value):
    """As json_encode with JSON_PRETTY_PRINT writes."""
    return json.dumps(value, indent=4).replace("/", "\\/").encode("ascii")

#!/usr/bin/env python3
"""The HTTP port of the real server, as curl and translator tools use it."""

import http.client
import json
import re
import socket
import urllib.parse

import harness


def open_port(server):
    """A connection to the HTTP port."""
    return http.client.HTTPConnection("127.0.0.1", server.http_port(),
                                      timeout=30)


def ask(port, method, path, body=None, **fields):
    port.request(method, path, body, fields)
    answer = port.getresponse()
    return answer.status, answer.read().decode()


def test_a_file_goes_in_and_its_sentences_are_found(work):
    port = open_port(work.serve(None, "--http-listen", "127.0.0.1:0"))
    status, report = ask(
        port, "POST", "/v1/memories/press:importUnits?alt=media&format=TMX",
        harness.SAMPLE.read_bytes())
    assert status == 200, report
    summary = json.loads(report.splitlines()[-1])["result"]["report"]
    assert int(summary["createdCount"]) == 197, report
    text = urllib.parse.quote("昨天小岛屿国家呼吁加快紧急贷款的发放。", safe="")
    for base in ("/tmserver", "/api/v1", "/memories/press/tmserver"):
        status, found = ask(port, "GET", f"{base}/zh_hans/en/unit/{text}")
        match = json.loads(found)[0]
        assert status == 200 and match["quality"] == 89, found
        assert match["target"].startswith("Small island states"), found
    status, file = ask(
        port, "GET", "/v1/memories/press:exportUnits?alt=media&format=TSV")
    assert status == 200 and len(file.splitlines()) == 198, file[:200]


def test_tools_write_only_with_the_token(work):
    server = work.serve(None, "--http-listen", "127.0.0.1:0", "--http-writes",
                        "token", env={"TERCET_HTTP_TOKEN": "secret"})
    port = open_port(server)
    path = "/tmserver/en/es/unit/Open"
    body = json.dumps({"source": "Open", "target": "Abrir"})
    assert ask(port, "PUT", path, body)[0] == 401
    assert ask(port, "PUT", path, body, Authorization="Bearer secret")[0] == 200
    assert json.loads(ask(port, "GET", path)[1])[0]["target"] == "Abrir"
    assert "secret" not in server.log()


def test_a_running_upload_ends_before_the_server_does(work):
    server = work.serve(None, "--http-listen", "127.0.0.1:0")
    port = open_port(server)
    port.putrequest("POST",
                    "/v1/memories/press:importUnits?alt=media&format=TSV")
    port.putheader("Transfer-Encoding", "chunked")
    port.putheader("Expect", "100-continue")
    port.endheaders()
    assert port.sock.recv(100) == b"HTTP/1.1 100 Continue\r\n\r\n"
    head = b"en\tes\nOne.\tUno.\n"
    port.send(b"%x\r\n%s\r\n" % (len(head), head))
    # What the server has not begun to import when it is stopped is refused: wait
    # for its first word of progress, which comes while the upload goes on.
    assert port.sock.recv(1, socket.MSG_PEEK) == b"H"
    server.process.terminate()
    server.wait_for("draining")
    port.send(b"0\r\n\r\n")
    report = port.getresponse().read().decode()
    assert re.search('"createdCount":"1"', report), report
    assert server.process.wait(30) == 0


if __name__ == "__main__":
    harness.main()

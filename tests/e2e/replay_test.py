#!/usr/bin/env python3
"""Requests as translator tools put them on the wire, byte for byte, and what
they read from the answers. From their source code: Weblate 5 (requests), Okapi
(java.net, json-simple), Virtaal (pycurl), Pootle (a browser), MateCat (PHP's
curl), translate5 (Zend_Http_Client)."""

import json
import socket
import time
import urllib.parse

import harness
from harness import check, contains, equal

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


def test_weblate(work):
    client = Client(serve_sample(work))

    def get(path):
        return client.send(
            f"GET /tmserver/{path}", "Host: HOST", "User-Agent: Weblate/5.9",
            "Accept-Encoding: gzip, deflate",
            "Accept: application/json; charset=utf-8", "Connection: keep-alive",
            "Referer: https://weblate.invalid/")

    def translations(source, target, text, threshold=75):
        """As weblate/machinery/tmserver.py reads them."""
        text = quote(text[:500].replace("\r", " "))
        answer = get(f"{source}/{target}/unit/{text}")
        equal("no status that would turn the service off", answer.status, 200)
        return [(line["target"], int(line["quality"]), line["source"])
                for line in answer.json() if int(line["quality"]) >= threshold]

    languages = get("languages/")
    equal("the list of languages", languages.status, 200)
    pairs = [(source, target) for source in languages.json()["sourceLanguages"]
             for target in languages.json()["targetLanguages"]]
    for pair in (("en", "es"), ("en", "zh_hans"), ("zh_hant", "es"),
                 ("es_419", "en_gb")):
        check(f"supports {pair}", pair in pairs)
    equal("the lookup that saving the settings makes",
          translations("en", "de", "test"), [])
    equal("a match, its quality a whole number",
          translations("en", "es", ENGLISH)[0], (SPANISH, 100, ENGLISH))
    equal("in Chinese", translations("zh_hans", "en", "约2.1万户家庭断电。")[0][0],
          "Power was cut to about 21,000 homes.")
    equal("slashes, signs and line ends do no harm",
          translations("en", "es", "and/or\n1 + 1 = 2?&#\r"), [])
    long = "国" * 501
    equal("nor do texts of 500 Chinese characters",
          translations("zh_hans", "en", long), [])


def test_okapi(work):
    client = Client(serve_sample(work))

    def whole_number(digits):
        """json-simple makes a Long of it, and the cast to Double fails."""
        raise harness.Failure(f"a number without a decimal point: {digits}")

    def matches(source, target, text, threshold=60, most=25):
        """As TranslateToolkitTMConnector reads them."""
        path = urllib.parse.quote_plus(text).replace("+", "%20")
        answer = client.send(
            f"GET /tmserver/{source}/{target}/unit/{path}",
            "User-Agent: Java/17.0.21", "Host: HOST",
            "Accept: text/html, image/gif, image/jpeg, *; q=.2, */*; q=.2",
            "Connection: keep-alive")
        equal("the status", answer.status, 200)
        found = []
        for entry in answer.json(parse_int=whole_number)[:most]:
            if int(entry["quality"]) < threshold:
                break  # It takes them to be sorted.
            found.append((entry["source"], entry["target"],
                          int(entry["quality"])))
        return found

    found = matches("en_US", "es_ES", ENGLISH)
    equal("the exact match comes first", found[0][0], ENGLISH)
    check("all above the threshold come before the rest", len(found) >= 2 and
          [quality for *_, quality in found] ==
          sorted((quality for *_, quality in found), reverse=True), found)
    equal("POSIX locales", matches("zh_CN", "en_US", "约2.1万户家庭断电。")[0][1],
          "Power was cut to about 21,000 homes.")


def test_virtaal(work):
    client = Client(serve_sample(work, "--http-writes", "everybody",
                                 "--http-memory", "virtaal"))
    curl = ("Host: HOST", "User-Agent: virtaal/0.7.1", "Accept: */*")

    def suggestions(text):
        """As support/tmclient.py asks, with the parameters of the plugin."""
        answer = client.send(
            f"GET /tmserver/en/es/unit/{quote(text)}"
            "?min_similarity=75&max_candidates=5", *curl)
        return [(unit["source"], unit["target"], unit["quality"])
                for unit in answer.json()]

    equal("a suggestion", suggestions(ENGLISH)[0], (ENGLISH, SPANISH, 100.0))
    unit = {"source": "Save as…", "target": "Guardar como…", "context": "menu"}
    body = json.dumps(unit).encode()
    stored = client.send(
        f"PUT /tmserver/en/es/unit/{quote(unit['source'])}", *curl,
        "Content-Length: LENGTH", "Expect: 100-continue", body=body,
        expect=True)
    equal("a unit is stored", (stored.status, stored.body), (200, b""))
    equal("and found", suggestions("Save as…")[0][1], "Guardar como…")
    # JSON under the type that curl gives what is posted.
    units = [{"source": f"Open {number}", "target": f"Abrir {number}",
              "context": ""} for number in range(40)]
    stored = client.send(
        "POST /tmserver/en/es/store/menu.po", *curl, "Content-Length: LENGTH",
        "Content-Type: application/x-www-form-urlencoded",
        "Expect: 100-continue", body=json.dumps(units).encode(), expect=True)
    equal("a saved file's units", stored.body, b"added 40 units from menu.po")
    equal("are found", suggestions("Open 7")[0][1], "Abrir 7")


def test_pootle(work):
    client = Client(serve_sample(work, "--http-allowed-origins",
                                 "https://pootle.invalid"))

    def fetch(text, origin):
        """As static/js/editor/app.js fetches."""
        return client.send(
            "GET /tmserver/en/es/unit/?source="
            f"{urllib.parse.quote(text, safe='!*()')}", "Host: HOST",
            "Connection: keep-alive", "User-Agent: Mozilla/5.0", "Accept: */*",
            f"Origin: {origin}", "Sec-Fetch-Site: cross-site",
            "Sec-Fetch-Mode: cors", "Referer: https://pootle.invalid/",
            "Accept-Encoding: gzip, deflate, br", "Accept-Language: es")

    answer = fetch(ENGLISH, "https://pootle.invalid")
    equal("the browser hands the answer over",
          answer.fields.get("access-control-allow-origin"),
          "https://pootle.invalid")
    first = answer.json()[0]
    equal("its source is the text itself, so the target is filled in",
          (first["source"], first["target"]), (ENGLISH, SPANISH))
    equal("another site's page gets nothing",
          fetch(ENGLISH, "https://evil.invalid").status, 403)


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


def test_matecat(work):
    client = Client(serve_sample(work, "--http-writes", "everybody"))

    def post(function, fields, file=None):
        content_type, body = php_form(fields, file)
        return client.send(
            f"POST /mymemory/{function}", "Host: HOST",
            "User-Agent: Matecat-Cattool/v2.24.3", "Accept: */*",
            "Content-Length: LENGTH", content_type,
            *(["Expect: 100-continue"] if file else []), body=body,
            expect=bool(file))

    def contribution(text, **more):
        """As lib/Utils/Engines/MyMemory.php and Results/MyMemory/Matches.php
        ask and read."""
        answer = post("get", {
            "q": text, "langpair": "en-US|es-ES", "de": "demo@matecat.com",
            "mt": "0", "numres": "3", "client_id": "matecat",
            "priority_key": "1", "penalty_key": "[]", "dialect_strict": "",
            "context_before": "", "context_after": ""} | more).json()
        check("the status is a number", answer["responseStatus"] == 200 and
              isinstance(answer["responseStatus"], int))
        check("the quota", answer["quotaFinished"] is False)
        read = []
        for match in answer["matches"]:
            time.strptime(match["last-update-date"], "%Y-%m-%d %H:%M:%S")
            properties = match["tm_properties"]
            if isinstance(properties, str):
                json.loads(properties)
            check("no machine translation", "MT" not in match["created-by"])
            read.append((match["id"], match["segment"], match["translation"],
                         round(match["match"] * 100)))
        return read

    equal("a match", contribution(ENGLISH)[0][1:], (ENGLISH, SPANISH, 100))
    check("no more than asked for", len(contribution(ENGLISH)) <= 3)
    stored = post("set", {
        "seg": "Breaking news", "tra": "Última hora", "tnote": "",
        "langpair": "en-US|es-ES", "de": "ana@press.invalid", "mt": "1",
        "client_id": "matecat", "prop": '{"project_id":"12"}',
        "context_before": "", "context_after": "", "key": "a1b2c3"}).json()
    equal("a contribution", stored["responseStatus"], 200)
    found = contribution("Breaking news", key="a1b2c3")
    equal("is found", found[0][2:], ("Última hora", 100))
    updated = post("update", {
        "seg": "Breaking news", "tra": "Última hora",
        "newseg": "Breaking news", "newtra": "Noticia urgente",
        "langpair": "en-US|es-ES", "prop": "{}", "client_id": "matecat",
        "de": "ana@press.invalid", "mt": "1", "spiceMatch": "1",
        "key": "a1b2c3"}).json()
    equal("an update", updated["responseStatus"], 200)
    equal("takes its place", contribution("Breaking news", key="a1b2c3")[0][2],
          "Noticia urgente")
    deleted = post("delete_by_id", {
        "langpair": "en-US|es-ES", "de": "ana@press.invalid",
        "id": found[0][0], "key": "a1b2c3"})
    equal("a deletion", deleted.json()["responseStatus"], 200)
    accepted = post("tmx/import", {"key": "d4e5f6"},
                    ("tmx", "press.tmx", harness.SAMPLE.read_bytes())).json()
    equal("a TMX import is taken", accepted["messageType"], "tms-import")
    uuid = accepted["responseData"]["uuid"]
    for _ in range(600):
        status = client.send(
            f"GET /mymemory/v2/import/status?uuid={uuid}", "Host: HOST",
            "User-Agent: Matecat-Cattool/v2.24.3", "Accept: */*").json()
        if str(status["responseData"]["status"]) not in ("0", "-1"):
            break
        time.sleep(0.05)
    equal("and done", (status["responseStatus"],
                       str(status["responseData"]["status"])), (200, "1"))
    equal("its units are found", contribution(ENGLISH, key="d4e5f6")[0][2],
          SPANISH)


def php_json(value):
    """As json_encode with JSON_PRETTY_PRINT writes."""
    return json.dumps(value, indent=4).replace("/", "\\/").encode("ascii")


def test_translate5(work):
    client = Client(serve_sample(work, "--http-writes", "everybody"))
    zend = ("Host: HOST", "Connection: close", "Accept-encoding: gzip, deflate",
            "User-Agent: Zend_Http_Client",
            "Accept: application/json; charset=utf-8")

    def call(method, path, value=None):
        if value is None:
            return client.send(f"{method} /t5memory{path}", *zend)
        return client.send(
            f"{method} /t5memory{path}", *zend,
            "Content-Type: application/json; charset=utf-8",
            "Content-Length: LENGTH", body=php_json(value))

    name = "ID7-Presse & Müller"
    path = "/" + quote(name)
    created = call("POST", "", {"name": name, "sourceLang": "en-GB"})
    equal("a memory is made", created.json()["name"], name)
    listed = call("GET", "/").json()
    check("and listed", {"name": name} in listed["Open"] +
          listed["Available on disk"], listed)
    equal("its status", call("GET", f"{path}/status").json()["status"], "open")
    content_type, body = php_form(
        {"json_data": php_json({
            "framingTags": "saveAll",
            "saveDifferentTargetsForSameSource": "0"}).decode()})
    # The file comes behind the field here.
    boundary = content_type.split("boundary=")[1]
    body = body[:-len(f"--{boundary}--\r\n")] + (
        f'--{boundary}\r\nContent-Disposition: form-data; name="file"; '
        'filename="press.tmx"\r\nContent-Type: application/xml\r\n\r\n'
    ).encode() + harness.SAMPLE.read_bytes() + f"\r\n--{boundary}--\r\n".encode()
    started = client.send(f"POST /t5memory{path}/importtmx", *zend,
                          content_type, "Content-Length: LENGTH", body=body)
    check("an import begins", started.status in (200, 201), started.body)
    for _ in range(600):
        status = call("GET", f"{path}/status").json()
        if status["tmxImportStatus"] == "available":
            break
        time.sleep(0.05)
    equal("and ends", (status["tmxImportStatus"], status["segmentsImported"]),
          ("available", 197))

    def fuzzy(source):
        return call("POST", f"{path}/fuzzysearch", {
            "sourceLang": "en-GB", "targetLang": "es-ES", "source": source,
            "documentName": "a/b.xlf", "markupTable": "OTMXUXLF",
            "context": "12"}).json()

    found = fuzzy(ENGLISH)
    equal("no error", (found["ReturnValue"], found["ErrorMsg"]), (0, ""))
    equal("as many as it says", found["NumOfFoundProposals"],
          len(found["results"]))
    best = found["results"][0]
    # The memory's English is American: a point less.
    equal("a match", (best["source"], best["target"], best["matchRate"]),
          (ENGLISH, SPANISH, 99))
    saved = call("POST", f"{path}/entry", {
        "sourceLang": "en-GB", "targetLang": "es-ES",
        "source": 'A <bpt id="1"/>new<ept id="1"/> lead &amp; more',
        "target": 'Una <bpt id="1"/>nueva<ept id="1"/> pista y más',
        "documentName": "a/b.xlf", "segmentNumber": "1", "author": "ANA",
        "timeStamp": "20261126T101500Z", "context": "13", "type": "Manual",
        "markupTable": "OTMXUXLF", "save2disk": "1",
        "saveDifferentTargetsForSameSource": "0"})
    equal("an entry is saved", saved.json()["ReturnValue"], 0)
    best = fuzzy('A <bpt id="1"/>new<ept id="1"/> lead &amp; more')["results"][0]
    equal("and found with its tags", (best["target"], best["matchRate"]),
          ('Una <bpt id="1"/>nueva<ept id="1"/> pista y más', 100))
    file = call("GET", f"{path}/download.tmx")
    contains("the download", file.body.decode(), "<tmx version", SPANISH)
    equal("the memory goes", call("DELETE", path).status, 200)
    equal("and is no more", call("GET", f"{path}/status").json()["status"],
          "not found")


if __name__ == "__main__":
    harness.main()

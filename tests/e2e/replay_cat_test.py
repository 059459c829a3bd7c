#!/usr/bin/env python3
"""Requests as MateCat (PHP's curl) and translate5 (Zend_Http_Client) put them
on the wire, byte for byte, and what they read from the answers; see
replay_test.py."""

import json
import re
import time
import urllib.parse

import harness
from harness import check, contains, equal
from replay import (ENGLISH, SPANISH, Client, php_form, php_json,
                    serve_sample)


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
    check("its id", isinstance(stored["responseDetails"], list) and
          stored["responseDetails"][0], stored)
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

    def delete():
        # DeleteContributionController.php lets only the digits of an id
        # through (FILTER_SANITIZE_NUMBER_INT).
        digits = "".join(c for c in found[0][0] if c in "0123456789+-")
        answer = post("delete_by_id", {
            "langpair": "en-US|es-ES", "de": "ana@press.invalid",
            "seg": "Breaking news", "tra": "Noticia urgente", "id": digits,
            "key": "a1b2c3"})
        equal("of an error of HTTP it reads no body", answer.status, 200)
        return answer.json()

    equal("a deletion", delete()["responseStatus"], 200)
    equal("deletes", contribution("Breaking news", key="a1b2c3"), [])
    again = delete()
    equal("what is gone", (again["responseStatus"], again["responseDetails"],
                           again["error"]["code"]), (404, "NO ID FOUND", 404))
    heard = post("get", {
        "q": "evacuated schools", "langpair": "en-US|es-ES", "de": "", "mt": "0",
        "numres": "10", "client_id": "matecat", "conc": "true", "extended": "1",
        "key": "a1b2c3,press"}).json()
    equal("the concordance", (heard["matches"][0]["segment"],
                              heard["matches"][0]["translation"]),
          (ENGLISH, SPANISH))
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


def test_matecat_hears_of_a_broken_import(work):
    client = Client(serve_sample(work, "--http-writes", "everybody"))
    content_type, body = php_form(
        {"key": "k1"}, ("tmx", "a.tmx", b"<html></html>"))
    accepted = client.send(
        "POST /mymemory/tmx/import", "Host: HOST", "Accept: */*",
        "Content-Length: LENGTH", content_type, "Expect: 100-continue",
        body=body, expect=True).json()
    uuid = accepted["responseData"]["uuid"]
    for _ in range(600):
        status = client.send(f"GET /mymemory/v2/import/status?uuid={uuid}",
                             "Host: HOST", "Accept: */*").json()
        if str(status["responseData"]["status"]) not in ("0", "-1"):
            break
        time.sleep(0.05)
    equal("as lib/TMS/TMSService.php reads it", (
        status["responseData"]["status"],
        bool(status["responseData"]["log"])), (2, True))


def test_get_of_mymemory(work):
    """As OmegaT and Weblate ask, for whom only the host differs: lower-case
    codes, with and without an encoded `|`."""
    client = Client(serve_sample(work))
    for pair in ("en-us|zh-cn", "en-us%7Czh-cn", "en|zh"):
        answer = client.send(
            "GET /mymemory/get?q=Power+was+cut+to+about+21%2C000+homes."
            f"&langpair={pair}&of=json&mt=0", "Host: HOST",
            "User-Agent: Java/17.0.21", "Accept: text/html, */*; q=.2").json()
        equal(f"OmegaT reads no more than this ({pair})",
              answer["responseData"]["translatedText"], "约2.1万户家庭断电。")
        matches = answer["matches"]
        for match in matches:
            # Weblate's download_translations.
            check("what Weblate reads is there", all(
                isinstance(match[name], kind) for name, kind in (
                    ("translation", str), ("segment", str), ("match", float),
                    ("last-updated-by", str), ("reference", str))), match)
        shares = [match["match"] for match in matches]
        check("the best is first, all from 0 to 1",
              shares == sorted(shares, reverse=True) and
              all(0 <= share <= 1 for share in shares), shares)


def test_translate5_searches(work):
    client = Client(serve_sample(work, "--http-writes", "everybody"))
    zend = ("Host: HOST", "Connection: close", "Accept-encoding: gzip, deflate",
            "User-Agent: Zend_Http_Client",
            "Accept: application/json; charset=utf-8",
            "Content-Type: application/json; charset=utf-8",
            "Content-Length: LENGTH")

    def post(path, value):
        return client.send(f"POST /t5memory/press/{path}", *zend,
                           body=php_json(value)).json()

    def search(**fields):
        empty = {"source": "", "sourceSearchMode": "contains, CASEINSENSETIVE",
                 "target": "", "targetSearchMode": "contains, CASEINSENSETIVE",
                 "sourceLang": "en-GB", "targetLang": "es-ES", "document": "",
                 "documentSearchMode": "contains, CASEINSENSETIVE",
                 "author": "", "authorSearchMode": "contains, CASEINSENSETIVE",
                 "addInfo": "", "addInfoSearchMode": "contains, CASEINSENSETIVE",
                 "context": "", "contextSearchMode": "contains, CASEINSENSETIVE",
                 "timestampSpanStart": "20000101T000000Z",
                 "timestampSpanEnd": "20990101T000000Z",
                 "onlyCountSegments": "0", "searchPosition": "",
                 "numResults": 20}
        return post("search", empty | fields)

    # ConcordanceSearchService.php: without an index, or where it is 0, the
    # memory is reorganized first, and the search fails.
    status = client.send("GET /t5memory/press/status", *zend[:-2]).json()
    check("the status has an index of segments", status["segmentIndex"] > 0,
          status)
    check("an entry that was never given loads the memory", "source" in post(
        "getentry", {"recordKey": "7", "targetKey": "1"}))
    count = search(source="WEEK", onlyCountSegments="1")["NumOfFoundSegments"]
    found, position = [], ""
    for _ in range(100):
        page = search(source="WEEK", searchPosition=position, numResults=3)
        found += page["results"]
        position = page["NewSearchPosition"]
        if position is None:
            break
        check("a position has a colon, as theirs", ":" in position, position)
    check("it pages through all that it counts", len(found) == count > 3,
          (len(found), count))
    equal("the first part of a memory begins at 1:1 for the client", search(
        source="WEEK", searchPosition="1:1", numResults=3)["results"], found[:3])
    # checkFinds: 0 would have it reorganized.
    check("each has an id of its own",
          len({result["segmentId"] for result in found} - {0}) == len(found))
    check("with the word in each",
          all("week" in result["source"].lower() for result in found))
    equal("none where the case is told apart", search(
        source="WEEK", sourceSearchMode="contains, CASESENSETIVE")["results"], [])
    older = post("concordancesearch", {
        "searchString": "week", "searchType": "source", "searchPosition": "",
        "numResults": 1, "msSearchAfterNumResults": 250})
    check("the older concordance: one unit, with all its targets",
          len({result["source"] for result in older["results"]}) == 1 and
          older["NewSearchPosition"], older)
    check("an answer with any ErrorMsg is a failure", "ErrorMsg" not in older)
    # DeleteSegmentService.php has getentry confirm what it found, and casts the
    # parts of the key to numbers to delete it.
    record, target = found[0]["internalKey"].split(":")
    entry = post("getentry", {"recordKey": record, "targetKey": target})
    equal("a found segment is there", {
        name: entry[name] for name in (
            "internalKey", "segmentId", "author", "source", "target")}, {
        name: found[0][name] for name in (
            "internalKey", "segmentId", "author", "source", "target")})
    gone = post("entrydelete", {
        "recordKey": int(record), "targetKey": int(target),
        "segmentId": int(found[0]["segmentId"])})
    check("is deleted", "ErrorMsg" not in gone and gone["fileFlushed"] == 1, gone)
    check("and is no more", search(source="WEEK", onlyCountSegments="1")[
        "NumOfFoundSegments"] < count)


def test_translate5_downloads(work):
    """It asks for parts, by a GET with a body, until there is no further key."""
    client = Client(serve_sample(work))

    def part(**fields):
        answer = client.send(
            "GET /t5memory/press/download.tmx", "Host: HOST",
            "Connection: close", "Accept: application/xml",
            "Content-Type: application/json; charset=utf-8",
            "Content-Length: LENGTH", body=php_json(fields))
        equal("the status", answer.status, 200)
        return answer.body.count(b"<tu "), answer.fields.get("nextinternalkey")

    equal("all of it, where that is no more than asked for",
          part(limit=2000), (197, None))
    counts = []
    count, key = part(limit=60)
    while key is not None:
        counts.append(count)
        # DownloadTmxChunkResponse.php and ...Request.php
        check("the key is one", re.search(r"\d+:\d+", key), key)
        count, key = part(limit=60, startFromInternalKey=key)
    equal("else parts", counts + [count], [60, 60, 60, 17])
    equal("its version",
          client.send("GET /t5memory_service/resources", "Host: HOST",
                      "Connection: close").json()["Version"][:3], "0.6")


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
    path = "/" + urllib.parse.quote_plus(name)  # PHP's urlencode
    created = call("POST", "", {"name": name, "sourceLang": "en-GB"})
    equal("a memory is made", created.json()["name"], name)
    # CreateMemoryService.php then takes the next name.
    contains("once", call("POST", "", {
        "name": name, "sourceLang": "en-GB"}).body.decode(),
        "ERROR_MEM_NAME_EXISTS")
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
    cloned = call("POST", f"{path}/clone", {"newName": "ID7-Kopie"}).json()
    contains("a copy", cloned["msg"], "was cloned successfully")
    everything = {"source": "", "target": "", "sourceLang": "en-GB",
                  "targetLang": "es-ES", "onlyCountSegments": "1"}
    counts = [call("POST", f"{memory}/search", everything).json()[
        "NumOfFoundSegments"] for memory in (path, "/ID7-Kopie")]
    check("has all of it", counts[0] == counts[1] >= 198, counts)
    equal("the memory goes", call("DELETE", path).status, 200)
    gone = call("DELETE", path)
    equal("deleting it again is the failure that is none", (
        gone.status, "not found(error 48)" in gone.body.decode()), (500, True))
    equal("and is no more", call("GET", f"{path}/status").json()["status"],
          "not found")


if __name__ == "__main__":
    harness.main()

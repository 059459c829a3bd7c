#!/usr/bin/env python3
"""Requests as translator tools put them on the wire, byte for byte, and what
they read from the answers. From their source code: Weblate 5 (requests), Okapi
(java.net, json-simple), Virtaal (pycurl), Pootle (a browser). MateCat and
translate5 have replay_cat_test.py."""

import json
import urllib.parse

import harness
from harness import check, equal
from replay import ENGLISH, SPANISH, Client, quote, serve_sample


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


def test_weblate_cuts_texts(work):
    client = Client(serve_sample(work, "--http-writes", "everybody"))
    whole = " ".join(f"Clause {number} of the statement, number {number};"
                     for number in range(60))
    for source, target in ((whole, "Toda."), (whole[:480], "No esta.")):
        body = json.dumps({"source": source, "target": target}).encode()
        client.send(f"PUT /tmserver/en/es/unit/{quote(source[:40])}",
                    "Host: HOST", "Content-Length: LENGTH", body=body)
    answer = client.send(
        f"GET /tmserver/en/es/unit/{quote(whole[:500])}", "Host: HOST",
        "User-Agent: Weblate/5.9", "Accept-Encoding: gzip, deflate",
        "Accept: application/json; charset=utf-8", "Connection: keep-alive")
    best = answer.json()[0]
    equal("the whole sentence is found",
          (best["source"], best["target"], best["quality"]),
          (whole, "Toda.", 100.0))


def test_addresses_of_any_form(work):
    """Clients that do not encode, and texts that no other server takes."""
    client = Client(serve_sample(work, "--http-writes", "everybody"))

    def get(path):
        answer = client.send(f"GET /api/v1/{path}", "Host: HOST")
        equal("the status", answer.status, 200)
        return answer.json()

    # One Chinese character is nine bytes of the address.
    long = "".join(chr(0x4E00 + number) for number in range(1500))
    texts = {"and/or//not": ("and/or//not", "and%2For%2F%2Fnot"),
             "a\nb": ("a%0Ab",), "1+1 = 2": ("1+1%20=%202", "1%2B1%20%3D%202"),
             "Save & go?": ("Save%20&%20go%3F",), long: (quote(long),)}
    for text, spellings in texts.items():
        body = json.dumps({"source": text, "target": "Sí"}).encode()
        stored = client.send("POST /api/v1/en/es/unit/x", "Host: HOST",
                             "Content-Length: LENGTH", body=body)
        equal("a unit is stored by POST, too", (stored.status, stored.body),
              (200, b""))
        for spelling in spellings:
            equal(f"{spelling[:40]} is {text[:40]!r}",
                  get(f"en/es/unit/{spelling}")[0]["source"], text)
        query = urllib.parse.quote_plus(text)
        equal("and in the query string",
              get(f"en/es/unit/?source={query}")[0]["source"], text)
    equal("the list of languages has a slash at its end", get("languages/"),
          get("languages"))
    equal("no language is an error", [get(f"{pair}/unit/test") for pair in
                                      ("en/de", "xx/yy", "en_US/tlh")],
          [[], [], []])
    answer = client.send("GET /api/v1/en/es/unit/?source=1%2B1&jsoncallback=run",
                         "Host: HOST", "Accept: */*")
    check("nothing is a script", answer.body.startswith(b"["))
    answer = client.send("PUT /api/v1/en/es/store/menu.po", "Host: HOST",
                         "Content-Length: LENGTH",
                         body=b'msgid "Undo"\nmsgstr "Deshacer"\n')
    equal("a file as it is", answer.body, b"added 1 units from menu.po")
    equal("is found", get("en/es/unit/Undo")[0]["target"], "Deshacer")


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


if __name__ == "__main__":
    harness.main()

#!/usr/bin/env python3
"""The page at `/` in Debian's Chromium (web/tests/browser), and what holds for
its sources: the committed web/dist is what they build, and every text is there in
every language. docs/web.md says how to run them by hand."""

import filecmp
import json
import os
import re
import subprocess
import urllib.request

import harness

WEB = harness.SOURCE / "web"
LANGUAGES = ("en", "es", "zh")
PLACEHOLDER = re.compile(r"\{\w+\}")
NODE_MAJOR = 20
PATIENCE_S = 400


def need_node_modules():
    harness.need("node")
    version = subprocess.run(["node", "--version"], capture_output=True,
                             text=True, check=True).stdout
    if int(re.match(r"v(\d+)", version)[1]) < NODE_MAJOR:
        raise harness.Skip(f"Node.js {version.strip()} is older than "
                           f"{NODE_MAJOR}")
    if not (WEB / "node_modules/playwright-core").exists():
        raise harness.Skip("web/node_modules is not there: ./dev web installs "
                           "what the page's tests need, with npm")


def run(work, *command, env=None):
    """Runs a command in web/ to its end, which must be a good one."""
    done = subprocess.run([str(word) for word in command], cwd=WEB,
                          env=work.env | (env or {}), stdout=subprocess.PIPE,
                          stderr=subprocess.STDOUT, timeout=PATIENCE_S,
                          check=False)
    told = done.stdout.decode("utf-8", "replace")
    harness.check(harness.show(command), done.returncode == 0, told)


UNITS = [
    {"state": "DRAFT", "variants": [
        {"languageCode": "en", "text": "Open the door slowly"},
        {"languageCode": "es", "text": "Abra la puerta despacio"}]},
    {"variants": [
        {"languageCode": "en",
         "text": "Beware of <img src=x onerror=alert(1)> here"},
        {"languageCode": "es",
         "text": "Cuidado con <script>alert(2)</script> aquí"}]},
]


def serve(work):
    """The address of a server with the sample as `press`, and UNITS."""
    server = work.serve(None, "--http-listen", "127.0.0.1:0")
    server.import_sample()
    port = server.wait_for(r"http_port=(\d+)").group(1)
    address = f"http://127.0.0.1:{port}"
    post(f"{address}/v1/memories?memoryId=drafts", {})
    for unit in UNITS:
        post(f"{address}/v1/memories/drafts/units", unit)
    return address


def post(address, body):
    urllib.request.urlopen(address, json.dumps(body).encode()).close()


def in_browser(work, file):
    need_node_modules()
    harness.need("chromium")
    shots = os.environ.get("TERCET_SHOTS", "")
    run(work, "node", "--test", WEB / "tests/browser" / file,
        env={"TERCET_URL": serve(work), "TERCET_SHOTS": shots})


def test_lookup_in_a_browser(work):
    in_browser(work, "lookup.test.mjs")


def test_parts_of_the_page(work):
    need_node_modules()
    run(work, WEB / "node_modules/.bin/vitest", "run", "--no-color")


def test_what_is_committed_is_what_the_sources_build(work):
    need_node_modules()
    built = work.new_path("dist")
    bin_ = WEB / "node_modules/.bin"
    run(work, bin_ / "tsc", "--noEmit")
    run(work, bin_ / "vite", "build", "--outDir", built, "--emptyOutDir")
    committed = WEB / "dist"
    names = {path.relative_to(folder) for folder in (built, committed)
             for path in folder.rglob("*") if path.is_file()}
    harness.check("there are files", len(names) >= 4)
    differing = filecmp.cmpfiles(built, committed, names, shallow=False)
    harness.equal("web/dist is what ./dev web builds",
                  [sorted(map(str, part)) for part in differing[1:]], [[], []])


def test_every_text_is_there_in_every_language(work):
    texts = {}
    for language in LANGUAGES:
        path = WEB / f"src/messages/{language}.json"
        texts[language] = json.loads(path.read_text(encoding="utf-8"))
    english = texts["en"]
    harness.check("there are texts", len(english) > 50)
    for language, translated in texts.items():
        harness.equal(f"{language} has the keys of en", list(translated),
                      list(english))
        for key, text in translated.items():
            wanted = sorted(set(PLACEHOLDER.findall(english[key])))
            found = sorted(set(PLACEHOLDER.findall(text)))
            if not text.strip() or found != wanted:
                raise harness.Failure(f"{language}: '{key}' is '{text}', and "
                                      f"in English '{english[key]}'")


def test_no_text_is_left_in_the_sources_alone(work):
    """What people read comes from src/messages: words between tags do not."""
    text_in_markup = re.compile(r">\s*[^<>{}\s=&|()]*[A-Za-z]{3,}[^<>{}=()]*</")
    names = {"Tercet", "tercetd"}
    for path in sorted((WEB / "src").rglob("*.tsx")):
        for found in text_in_markup.findall(path.read_text(encoding="utf-8")):
            words = set(re.findall(r"[A-Za-z]{3,}", found.strip("></ ")))
            harness.check(f"{path.name} has no text of its own: {found!r}",
                          words <= names)


if __name__ == "__main__":
    harness.main()

"""What the tests of the page share: a server, and web/tests/browser in it."""

import json
import os
import re
import subprocess
import urllib.request

import harness

WEB = harness.SOURCE / "web"
NODE_MAJOR = 20
PATIENCE_S = 800


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

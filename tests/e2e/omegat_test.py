#!/usr/bin/env python3
"""OmegaT (Debian's 3.6) works with the real server."""

import json
import os
import re
import shutil
import subprocess

import harness
from harness import contains, equal

CLIENT = harness.SOURCE / "client/omegat"
PROJECT = harness.SOURCE / "deploy/samples/omegat"


def serve_sample(work):
    server = work.serve(None, "--http-listen", "127.0.0.1:0")
    server.import_sample()
    return server


def new_project(work, source="EN", target="ES", files=None):
    """A copy of the sample project; with `files`, their texts instead of its
    own."""
    folder = work.new_path("project")
    shutil.copytree(PROJECT, folder)
    settings = folder / "omegat.project"
    text = settings.read_text(encoding="utf-8")
    text = text.replace(">EN<", f">{source}<").replace(">ES<", f">{target}<")
    settings.write_text(text, encoding="utf-8")
    if files:
        shutil.rmtree(folder / "source")
        (folder / "source").mkdir()
        for name, text in files.items():
            (folder / "source" / name).write_text(text, encoding="utf-8")
    return folder


def pre_translate(work, server, folder, code=0, **settings):
    """Runs OmegaT as the script's head says."""
    harness.need("omegat")
    url = f"http://127.0.0.1:{server.http_port()}"
    return work.run(
        "omegat", folder, "--mode=console-translate",
        f"--config-dir={work.new_path('config')}",
        f"--script={CLIENT / 'tercet_pretranslate.groovy'}",
        env={"TERCET_URL": url} | settings, code=code)


def paragraphs(folder, name="floods.html"):
    page = (folder / "target" / name).read_text(encoding="utf-8")
    return re.findall(r"<p>(.*?)</p>", page, re.DOTALL)


def test_a_project_is_pre_translated(work):
    server = serve_sample(work)
    folder = new_project(work)
    run = pre_translate(work, server, folder, TERCET_MIN_SCORE="60")
    contains("it says how much was found", run,
             "Tercet: 8 of 9 untranslated segments translated")
    equal("exact matches, matches with the project's numbers, fuzzy ones with "
          "their prefix, and tags where they belong", paragraphs(folder), [
              "Unos 6.200 residentes han sido evacuados a escuelas y "
              "polideportivos. Unos 52.000 hogares se quedaron sin "
              "electricidad. Cuatro puentes y 61 kilómetros de carretera han "
              "resultado dañados.",
              "[fuzzy] El gobierno local activó el plan de emergencia. El "
              "ejército ha enviado a la zona 600 soldados y ocho "
              "helicópteros.",
              "El <b>artículo 7</b> establece cómo se resolverán las "
              "controversias.",
              "Los casos de gripe estacional aumentaron un 12 % la semana "
              "pasada.",
              "Nobody has translated this sentence before."])
    saved = (folder / "omegat/project_save.tmx").read_text(encoding="utf-8")
    contains("OmegaT's memory says where each is from", saved,
             "<note>Tercet 100: memories/press/units/",
             ", its numbers replaced</note>")

    print(" what OmegaT exports can be imported:")
    report = server.json("import", "-m", "mine",
                         folder / "project-level2.tmx")
    equal("all that it translated", report["created"], 8)
    found = server.json_lines(
        "lookup", "-m", "mine", "--from", "en",
        "Some 6,200 residents have been evacuated to schools and sports halls.")
    contains("it is found again", str(found), "Unos 6.200 residentes")

    print(" what is translated stays as it is:")
    again = pre_translate(work, server, folder, TERCET_MIN_SCORE="60")
    contains("nothing is asked twice", again,
             "Tercet: 0 of 1 untranslated segments translated")


def test_only_exact_matches_unless_told_otherwise(work):
    server = serve_sample(work)
    folder = new_project(work, "zh-CN", "en-US", {
        "a.txt": "约2.1万户家庭断电。\n\n约5.2万户家庭断电。\n\n"
                 "昨天小岛屿国家呼吁加快紧急贷款的发放。\n"})
    pre_translate(work, server, folder)
    equal("the rest stays Chinese",
          (folder / "target/a.txt").read_text(encoding="utf-8").split("\n\n"),
          ["Power was cut to about 21,000 homes.", "约5.2万户家庭断电。",
           "昨天小岛屿国家呼吁加快紧急贷款的发放。\n"])


def test_a_server_that_fails_ends_the_run(work):
    server = serve_sample(work)
    folder = new_project(work)
    run = pre_translate(work, server, folder, code=1, TERCET_MEMORY="no-such")
    contains("it says why", run.err, "Tercet: there is no memory 'no-such'")
    equal("no document is written", list(folder.glob("target/*.html")), [])
    port = server.http_port()
    server.stop()
    run = pre_translate(work, server, folder, code=1)
    contains("also when there is none", run.err,
             f"Tercet: no answer from http://127.0.0.1:{port}")


def open_display(work):
    """Starts an X server without a screen; its name."""
    harness.need("Xvfb")
    reader, writer = os.pipe()
    work.start("Xvfb", "-displayfd", writer, "-screen", "0", "1180x860x24",
               "-nolisten", "tcp", stdin=None, stdout=subprocess.DEVNULL,
               stderr=subprocess.DEVNULL, pass_fds=[writer])
    os.close(writer)
    with os.fdopen(reader) as name:
        return f":{name.readline().strip()}"


def install_plugin(work):
    """A configuration of OmegaT with the plugin, and with a script that drives
    its window."""
    harness.need("javac")
    config = work.new_path("config")
    scripts = config / "scripts"
    (scripts / "application_startup").mkdir(parents=True)
    (config / "plugins").mkdir()
    jar = config / "plugins/tercet-omegat.jar"
    work.run(CLIENT / "build_plugin.sh", jar, code=0)
    shutil.copy(harness.SOURCE / "tests/e2e/omegat/drive.groovy",
                scripts / "application_startup")
    (config / "omegat.prefs").write_text(f"""<?xml version="1.0" ?>
<omegat><preference version="1.0">
  <scripts_dir>{scripts}</scripts_dir>
  <screen_width>1180</screen_width><screen_height>860</screen_height>
  <screen_x>0</screen_x><screen_y>0</screen_y>
  <project_files_show_on_load>false</project_files_show_on_load>
</preference></omegat>""", encoding="utf-8")
    return config


def drive(work, folder, segments, **env):
    """Under "segments" what the pane shows for each, and the translation after
    the keys that replace it by the first match."""
    config = install_plugin(work)
    report = work.new_path("report.json")
    work.run("omegat", folder, f"--config-dir={config}", code=0,
             env={"DISPLAY": open_display(work), "DRIVE_REPORT": str(report),
                  "DRIVE_SEGMENTS": ",".join(map(str, segments))} | env)
    return json.loads(report.read_text(encoding="utf-8"))


def test_the_plugin_shows_matches_in_the_window(work):
    harness.need("omegat")
    server = serve_sample(work)
    env = {"TERCET_URL": f"http://127.0.0.1:{server.http_port()}"}
    # For a picture of what is to be seen, as in docs/images/omegat.png.
    if picture := os.environ.get("TERCET_PICTURE"):
        env["DRIVE_PICTURE"] = picture
    seen = drive(work, new_project(work), [7, 3, 9, 5, 8], **env)["segments"]
    tags, number, nothing, words, several = seen
    contains("a match, its score and where it is from", tags["pane"],
             "1.  100 %  exact\n", "press · press/2026/1203-agreement")
    equal("the keys put it into the editor, with the segment's tags",
          tags["translation"], "El <b0>artículo 7</b0> establece cómo se "
          "resolverán las controversias.")
    contains("the difference, and the translation with the new number",
             number["pane"], "1.  99 %  numbers replaced\n"
             "Power was cut to about 34,000 52,000 homes.\n"
             "Unos 52.000 hogares se quedaron sin electricidad.\n")
    equal("which is what the keys take", number["translation"],
          "Unos 52.000 hogares se quedaron sin electricidad.")
    equal("that there is nothing", nothing["pane"], "No match from 60 % up.")
    equal("then the keys change nothing", nothing["translation"],
          nothing["source"])
    contains("words that the stored sentence lacks", words["pane"],
             "1.  73 %\nThe local government has launched an emergency "
             "response to the floods.\n")
    contains("several matches, the best first", several["pane"],
             "1.  99 %  numbers replaced\n", "4.  84 %\nSeasonal flu cases "
             "fell rose 18 percent 12 percent last week.\n")


def test_the_plugin_says_why_there_is_nothing(work):
    harness.need("omegat")
    server = serve_sample(work)
    url = f"http://127.0.0.1:{server.http_port()}"
    seen = drive(work, new_project(work), [2], TERCET_URL=url,
                 TERCET_MEMORY="no-such")
    equal("the server's own words", seen["segments"][0]["pane"],
          f"{url}: there is no memory 'no-such'")


def test_the_script_leaves_the_editor_as_it_was(work):
    harness.need("omegat")
    server = serve_sample(work)
    env = {"TERCET_URL": f"http://127.0.0.1:{server.http_port()}",
           "DRIVE_SCRIPT": str(CLIENT / "tercet_pretranslate.groovy")}
    text = {"a.txt": "Power was cut to about 21,000 homes.\n"}
    seen = drive(work, new_project(work, files=text), [1], **env)
    contains("it says what it did", seen["script"],
             "Tercet: 1 of 1 untranslated segments translated")
    equal("the segment that is open is translated", seen["editing"],
          "Unos 21.000 hogares se quedaron sin electricidad.")
    server.stop()
    seen = drive(work, new_project(work, files=text), [1], **env)
    contains("it says what is wrong", seen["script"], "no answer from")
    equal("the segment is still open", seen["editing"],
          "Power was cut to about 21,000 homes.")


def test_a_pulled_memory_is_used(work):
    harness.need("omegat")
    server = serve_sample(work)
    folder = new_project(work, files={
        "a.txt": "Power was cut to about 21,000 homes.\n\n"
                 "Nobody has translated this sentence before.\n"})
    (folder / "tm/auto").mkdir()
    server.tercet("pull", "--for", folder / "source/a.txt", "--from", "en",
                  "--to", "es", "-o", folder / "tm/auto/server.tmx")
    work.run("omegat", folder, "--mode=console-translate",
             f"--config-dir={work.new_path('config')}", code=0)
    equal("OmegaT fills in what is exactly the same",
          (folder / "target/a.txt").read_text(encoding="utf-8"),
          "Unos 21.000 hogares se quedaron sin electricidad.\n\n"
          "Nobody has translated this sentence before.\n")


def test_omegat_6_needs_no_more_than_a_setting(work):
    harness.need("javac")
    server = serve_sample(work)
    url = f"http://127.0.0.1:{server.http_port()}"

    def ask(how, base, source, target, text):
        answer = work.run(
            "java", harness.SOURCE / "tests/e2e/omegat/AskAsOmegat6.java", how,
            f"{url}{base}", source, target, text, code=0)
        return json.loads(answer.out)

    answer = ask("apertium", "/apy", "en", "es", "Power was cut to about 21,000 "
                 "homes.")
    equal("the Apertium connector reads a match", answer, {
        "responseStatus": 200,
        "responseData": {"translatedText":
                         "Unos 21.000 hogares se quedaron sin electricidad."},
        "responseDetails": None})
    answer = ask("apertium", "/memories/press/apy", "zh", "en_US",
                 "约2.1万户家庭断电。")
    equal("of one memory, and from Chinese",
          answer["responseData"]["translatedText"],
          "Power was cut to about 21,000 homes.")
    answer = ask("apertium", "/apy", "en", "es", "Nobody knows: 100% & more|?")
    equal("nothing, where there is nothing",
          answer["responseData"]["translatedText"], "")
    answer = ask("custom", "/apy/suggest", "en-US", "es-ES",
                 "Power was cut to about 21,000 homes.")
    equal("and so does one with a GET to be named", answer, {
        "translation": "Unos 21.000 hogares se quedaron sin electricidad."})


if __name__ == "__main__":
    harness.main()

#!/usr/bin/env python3
"""OmegaT (Debian's 3.6) works with the real server."""

import re
import shutil

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
             "Tercet: 7 of 8 untranslated segments translated")
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
              "Nobody has translated this sentence before."])
    saved = (folder / "omegat/project_save.tmx").read_text(encoding="utf-8")
    contains("OmegaT's memory says where each is from", saved,
             "<note>Tercet 100: memories/press/units/",
             ", its numbers replaced</note>")

    print(" what OmegaT exports can be imported:")
    report = server.json("import", "-m", "mine",
                         folder / "project-level2.tmx")
    equal("all that it translated", report["created"], 7)
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


if __name__ == "__main__":
    harness.main()

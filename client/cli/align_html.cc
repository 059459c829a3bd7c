#include <fmt/format.h>

#include <string>
#include <string_view>
#include <vector>

#include "client/cli/align_print.h"

namespace tercet::cli {
namespace {

// Rows below this want a second look.
constexpr double kDoubtful = 0.5;
constexpr double kFair = 0.8;

constexpr std::string_view kHead = R"(<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Alignment review</title>
<style>
:root { color-scheme: light dark; --back: #fff; --text: #1c1f23;
  --soft: #5d6670; --line: #dfe3e8; --bar: #f4f6f8; --low: #fdecea;
  --low-mark: #c62f21; --fair-mark: #b7791f; --good-mark: #2e7d4f; }
@media (prefers-color-scheme: dark) { :root { --back: #15181c;
  --text: #e4e7eb; --soft: #98a2ad; --line: #2c3239; --bar: #1d2126;
  --low: #3a1d1b; --low-mark: #ff8a7d; --fair-mark: #e5b567;
  --good-mark: #7ccf9b; } }
* { box-sizing: border-box; }
body { margin: 0; background: var(--back); color: var(--text);
  font: 15px/1.55 system-ui, "Noto Sans", "Noto Sans CJK SC", sans-serif; }
.tools { position: sticky; top: 0; z-index: 2; display: flex; flex-wrap: wrap;
  gap: .4rem 1.4rem; align-items: center; padding: .55rem 1.2rem;
  background: var(--bar); border-bottom: 1px solid var(--line); }
.tools b { font-weight: 600; } .tools label { color: var(--soft); }
button { font: inherit; padding: .15rem .8rem; border-radius: 6px;
  border: 1px solid var(--line); background: var(--back);
  color: inherit; cursor: pointer; }
section { padding: 0 1.2rem 1.6rem; }
h2 { font-size: 1.05rem; margin: 1.2rem 0 .1rem; }
.about { color: var(--soft); margin: 0 0 .6rem; font-size: .85rem; }
table { width: 100%; border-collapse: collapse; table-layout: fixed; }
th { text-align: left; font-size: .8rem; color: var(--soft);
  font-weight: 600; padding: .2rem .6rem; }
th.c { width: 6.2rem; } th.x { width: 3rem; }
td { vertical-align: top; padding: .45rem .6rem;
  border-top: 1px solid var(--line); overflow-wrap: anywhere; }
td.c { color: var(--soft); font-variant-numeric: tabular-nums;
  font-size: .8rem; border-left: 4px solid var(--good-mark); }
tr.fair td.c { border-left-color: var(--fair-mark); }
tr.low td.c { border-left-color: var(--low-mark); }
tr.low { background: var(--low); }
tr.one td.c { border-left-style: dotted; }
td .n { display: block; color: var(--soft); font-size: .72rem; }
td.none { background: repeating-linear-gradient(135deg, transparent,
  transparent 7px, var(--line) 7px, var(--line) 8px); }
tr.out { opacity: .35; } tr.out td { text-decoration: line-through; }
[contenteditable]:focus { outline: 2px solid var(--fair-mark);
  outline-offset: 2px; border-radius: 3px; }
</style></head><body>
<div class="tools"><b>Alignment review</b><span id="count"></span>
<label>up to <input type="range" id="most" min="0" max="100" value="100"
 aria-label="Show rows up to this confidence">
<output id="shown">100%</output></label>
<label><input type="checkbox" id="single"> only rows with a gap</label>
<button id="save">Save TSV</button>
<label>Texts can be edited; rows without a tick are left out.</label></div>
)";

constexpr std::string_view kTail = R"(<script>
const rows = [...document.querySelectorAll('tr[data-c]')];
const most = document.getElementById('most');
const single = document.getElementById('single');
function show() {
  let count = 0;
  for (const row of rows) {
    const on = Number(row.dataset.c) * 100 <= Number(most.value) + 0.5 &&
        (!single.checked || row.classList.contains('gap'));
    row.hidden = !on;
    count += on;
  }
  document.getElementById('shown').textContent = most.value + '%';
  document.getElementById('count').textContent =
      count + ' of ' + rows.length + ' rows';
}
most.oninput = single.onchange = show;
for (const row of rows) {
  const box = row.querySelector('input');
  if (box) box.onchange = () => row.classList.toggle('out', !box.checked);
}
const cell = (text) => text.trim().replaceAll('\\', '\\\\')
    .replaceAll('\t', '\\t').replaceAll('\r', '').replaceAll('\n', '\\n');
document.getElementById('save').onclick = () => {
  const languages = [...new Set([...document.querySelectorAll('td[lang]')]
      .map((td) => td.lang))];
  const lines = [[...languages, 'document'].join('\t')];
  for (const row of rows) {
    const box = row.querySelector('input');
    if (!box || !box.checked) continue;
    lines.push([...languages.map((language) => {
      const text = row.querySelector(`td[lang="${CSS.escape(language)}"] .t`);
      return text ? cell(text.textContent) : '';
    }), cell(row.closest('section').dataset.document)].join('\t'));
  }
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob([lines.join('\n') + '\n'],
      {type: 'text/tab-separated-values'}));
  link.download = 'review.tsv';
  link.click();
};
show();
</script></body></html>
)";

// `1`, `3–5`: numbered as scripts see them.
std::string Range(const v1::BeadSide& side) {
  if (side.end() - side.begin() == 1) return std::to_string(side.begin());
  return fmt::format("{}–{}", side.begin(), side.end() - 1);
}

int CountSides(const v1::Bead& bead) {
  int count = 0;
  for (const v1::BeadSide& side : bead.sides()) count += !side.text().empty();
  return count;
}

std::string Row(const v1::AlignedDocument& document, const v1::Bead& bead) {
  const bool is_unit = CountSides(bead) > 1;
  const std::string_view level = !is_unit                        ? "one"
                                 : bead.confidence() < kDoubtful ? "low"
                                 : bead.confidence() < kFair     ? "fair"
                                                                 : "good";
  const bool gap = CountSides(bead) < bead.sides_size();
  std::string row = fmt::format(
      "<tr class=\"{}{}\" data-c=\"{:.4f}\"><td class=\"c\">{}</td>", level,
      gap ? " gap" : "", bead.confidence(),
      is_unit ? fmt::format("{:.0f}%", 100 * bead.confidence())
              : std::string("alone"));
  for (int v = 0; v < bead.sides_size(); ++v) {
    const v1::BeadSide& side = bead.sides(v);
    if (side.text().empty()) {
      row += "<td class=\"none\"></td>";
      continue;
    }
    row += fmt::format(
        "<td lang=\"{}\"><span class=\"n\">{}</span>"
        "<span class=\"t\"{}>{}</span></td>",
        EscapeHtml(document.versions(v).language_code()), Range(side),
        is_unit ? " contenteditable=\"plaintext-only\"" : "",
        EscapeHtml(side.text()));
  }
  row += is_unit
             ? "<td><input type=\"checkbox\" checked aria-label=\"Keep this "
               "row\"></td></tr>\n"
             : "<td></td></tr>\n";
  return row;
}

std::string Section(const v1::AlignedDocument& document) {
  std::string title = document.document();
  std::string about;
  for (const v1::DocumentVersion& version : document.versions()) {
    for (const std::string& part :
         {version.file(), version.date(), version.dateline()}) {
      if (part.empty()) continue;
      about += (about.empty() ? "" : " · ") + part;
    }
  }
  std::string section = fmt::format(
      "<section data-document=\"{0}\"><h2>{0}</h2><p class=\"about\">{1}</p>"
      "<table><thead><tr><th class=\"c\">Confidence</th>",
      EscapeHtml(title), EscapeHtml(about));
  for (const v1::DocumentVersion& version : document.versions()) {
    section += fmt::format("<th>{}</th>", EscapeHtml(version.language_code()));
  }
  section += "<th class=\"x\">Keep</th></tr></thead><tbody>\n";
  for (const v1::Bead& bead : document.beads()) section += Row(document, bead);
  return section + "</tbody></table></section>\n";
}

}  // namespace

std::string EscapeHtml(std::string_view text) {
  std::string html;
  for (const char c : text) {
    switch (c) {
      case '&':
        html += "&amp;";
        break;
      case '<':
        html += "&lt;";
        break;
      case '>':
        html += "&gt;";
        break;
      case '"':
        html += "&quot;";
        break;
      default:
        html.push_back(c);
    }
  }
  return html;
}

std::string HtmlPage(const std::vector<v1::AlignedDocument>& documents) {
  std::string page(kHead);
  for (const v1::AlignedDocument& document : documents) {
    page += Section(document);
  }
  page += kTail;
  return page;
}

}  // namespace tercet::cli

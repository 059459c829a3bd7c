#include "client/cli/analysis_print.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>
#include <vector>

#include "client/cli/language_argument.h"
#include "client/cli/output/color.h"
#include "client/cli/output/display_width.h"
#include "client/cli/output/human.h"
#include "client/cli/output/table.h"

namespace tercet::cli {
namespace {

// What people read for a band.
struct Label {
  std::string_view text;
  Style style;
};
constexpr std::array<Label, kMatchBandCount> kLabels = {{
    {"translated", Style::kDim},
    {"locked", Style::kDim},
    {"repetitions", Style::kExact},
    {"  of other files", Style::kExact},
    {"in context", Style::kExact},
    {"100", Style::kExact},
    {"95-99", Style::kNear},
    {"  internal", Style::kNear},
    {"85-94", Style::kHigh},
    {"  internal", Style::kHigh},
    {"75-84", Style::kLow},
    {"  internal", Style::kLow},
    {"50-74", Style::kLow},
    {"  internal", Style::kLow},
    {"no match", Style::kPlain},
}};

// One table: a file, or all.
struct Part {
  std::string name;
  BandCounts counts;
};

struct Layout {
  bool characters_first = false;
  bool several_files = false;
  bool with_internal = false;
  bool without_empty = false;
};

bool IsShown(MatchBand band, const BandCounts& counts, const Layout& layout) {
  if (layout.without_empty) return counts[band].segments > 0;
  if (IsInternal(band)) return layout.with_internal;
  switch (band) {
    case MatchBand::kTranslated:
    case MatchBand::kLocked:
      return counts[band].segments > 0;
    case MatchBand::kCrossFileRepetition:
      return layout.several_files;
    default:
      return true;
  }
}

// What the job is paid by.
int64_t MainCount(const TextCount& count, const Layout& layout) {
  return layout.characters_first ? count.characters : count.words;
}

std::vector<StyledText> Row(Span label, const TextCount& count,
                            const TextCount& total, const Layout& layout) {
  std::string words = FormatCount(count.words);
  std::string characters = FormatCount(count.characters);
  if (layout.characters_first) std::swap(words, characters);
  const int64_t all = MainCount(total, layout);
  const double share =
      all == 0 ? 0.0
               : 100.0 * static_cast<double>(MainCount(count, layout)) /
                     static_cast<double>(all);
  return {{std::move(label)},
          {{FormatCount(count.segments)}},
          {{words}},
          {{characters}},
          {{fmt::format("{:.1f}", share)}}};
}

std::string RenderPart(const Part& part, const Layout& layout, bool color) {
  std::string first = "words";
  std::string second = "characters";
  if (layout.characters_first) std::swap(first, second);
  Table table({{Printable(part.name)},
               {"segments", Align::kRight},
               {first, Align::kRight},
               {second, Align::kRight},
               {"%", Align::kRight}});
  const TextCount total = part.counts.Total();
  for (const MatchBand band : AllMatchBands()) {
    if (!IsShown(band, part.counts, layout)) continue;
    const Label& label = kLabels[static_cast<size_t>(band)];
    table.AddRow(Row({std::string(label.text), label.style}, part.counts[band],
                     total, layout));
  }
  table.AddRow(Row({"total", Style::kBold}, total, total, layout));
  return table.Render(color);
}

std::string NameOf(const FileAnalysis& file) {
  if (file.source_language.empty()) return file.name;
  if (file.target_language.empty()) {
    return fmt::format("{} ({})", file.name, file.source_language.code());
  }
  return fmt::format("{} ({} > {})", file.name, file.source_language.code(),
                     file.target_language.code());
}

bool IsChinese(const FileAnalysis& file) {
  return file.source_language.empty() ||
         file.source_language.language() == "zh";
}

// Quoted where it has to be.
std::string CsvField(std::string_view text) {
  if (text.find_first_of(",\"\r\n") == std::string_view::npos) {
    return std::string(text);
  }
  std::string quoted = "\"";
  for (const char c : text) {
    if (c == '"') quoted += '"';
    quoted += c;
  }
  return quoted + '"';
}

void AppendCsvLine(std::string_view front, std::string_view band,
                   const TextCount& count, std::string& out) {
  out += fmt::format("{},{},{},{},{},{},{}\r\n", front, band, count.segments,
                     count.words, count.characters,
                     count.characters + count.spaces, count.tags);
}

void AppendCsv(const std::string& front, const BandCounts& counts,
               std::string& out) {
  for (const MatchBand band : AllMatchBands()) {
    AppendCsvLine(front, MatchBandName(band), counts[band], out);
  }
  AppendCsvLine(front, "total", counts.Total(), out);
}

Json CountJson(const TextCount& count) {
  return {{"segments", count.segments},
          {"words", count.words},
          {"characters", count.characters},
          {"characters_with_spaces", count.characters + count.spaces},
          {"tags", count.tags}};
}

}  // namespace

std::string AnalysisTable(const JobAnalysis& analysis,
                          const AnalysisTableOptions& options) {
  const std::vector<FileAnalysis>& files = analysis.files();
  const Layout layout = {
      .characters_first = std::ranges::all_of(files, IsChinese),
      .several_files = analysis.file_count() > 1,
      .with_internal = options.with_internal};
  std::string out;
  for (const FileAnalysis& file : files) {
    if (!out.empty()) out += '\n';
    out += RenderPart({NameOf(file), file.counts}, layout, options.color);
  }
  if (files.size() < 2) return out;
  const auto count = static_cast<int64_t>(analysis.file_count());
  return out + '\n' +
         RenderPart({FormatCounted(count, "file"), analysis.Total()}, layout,
                    options.color);
}

std::string AnalysisCsv(const JobAnalysis& analysis) {
  std::string out =
      "file,source,target,band,segments,words,characters,"
      "characters_with_spaces,tags\r\n";
  for (const FileAnalysis& file : analysis.files()) {
    AppendCsv(
        fmt::format("{},{},{}", CsvField(file.name),
                    file.source_language.code(), file.target_language.code()),
        file.counts, out);
  }
  AppendCsv("total,,", analysis.Total(), out);
  return out;
}

Json AnalysisJson(const JobAnalysis& analysis) {
  Json files = Json::array();
  for (const FileAnalysis& file : analysis.files()) {
    Json json = {{"file", file.name},
                 {"source_language", file.source_language.code()},
                 {"target_language", file.target_language.code()}};
    json.update(CountsJson(file.counts));
    files.push_back(std::move(json));
  }
  return {{"files", std::move(files)}, {"total", CountsJson(analysis.Total())}};
}

std::string CountsTable(const std::string& name, const BandCounts& counts,
                        bool color) {
  return RenderPart({name, counts}, {.without_empty = true}, color);
}

Json CountsJson(const BandCounts& counts) {
  Json bands = Json::object();
  for (const MatchBand band : AllMatchBands()) {
    bands[std::string(MatchBandName(band))] = CountJson(counts[band]);
  }
  return {{"bands", std::move(bands)}, {"total", CountJson(counts.Total())}};
}

}  // namespace tercet::cli

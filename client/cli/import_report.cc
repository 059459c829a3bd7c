#include "client/cli/import_report.h"

#include <fmt/format.h>

#include "client/cli/error_text.h"
#include "client/cli/names.h"
#include "client/cli/output/display_width.h"
#include "client/cli/output/human.h"
#include "client/cli/output/table.h"

namespace tercet::cli {
namespace {

struct Row {
  std::string file;
  v1::ImportReport report;
  int64_t elapsed_ms = 0;
};

void AddRow(const Row& row, Table& table) {
  const v1::ImportReport& report = row.report;
  table.AddRow(
      {{{Printable(row.file)}},
       {{FormatCount(report.read_count())}},
       {{FormatCount(report.created_count())}},
       {{FormatCount(report.updated_count())}},
       {{FormatCount(report.variants_added_count())}},
       {{FormatCount(report.duplicate_count())}},
       {{FormatCount(report.skipped_count())}},
       {{FormatCount(report.failed_count())}},
       {{FormatCount(report.warning_count())}},
       {{fmt::format("{:.1f} s", static_cast<double>(row.elapsed_ms) / 1000)}},
       {{FormatCount(UnitsPerSecond(report.read_count(), row.elapsed_ms))}}});
}

void AddTo(const FileReport& file, Row& total) {
  const v1::ImportReport& part = file.import.report();
  v1::ImportReport& sum = total.report;
  sum.set_read_count(sum.read_count() + part.read_count());
  sum.set_created_count(sum.created_count() + part.created_count());
  sum.set_updated_count(sum.updated_count() + part.updated_count());
  sum.set_variants_added_count(sum.variants_added_count() +
                               part.variants_added_count());
  sum.set_duplicate_count(sum.duplicate_count() + part.duplicate_count());
  sum.set_skipped_count(sum.skipped_count() + part.skipped_count());
  sum.set_failed_count(sum.failed_count() + part.failed_count());
  sum.set_warning_count(sum.warning_count() + part.warning_count());
  total.elapsed_ms += file.elapsed_ms;
}

std::string FactsText(const v1::Import& import, bool color) {
  Table table({{}, {}});
  const auto add = [&table](const char* what, const std::string& value) {
    if (value.empty()) return;
    table.AddRow({{{what, Style::kDim}}, {{Printable(value)}}});
  };
  add("import", import.name());
  add("state", NameOfState(import.state()));
  add("source", import.source());
  add("options", import.options());
  add("by", import.requester());
  add("begun", FormatTimestamp(import.create_time()));
  add("changed", FormatTimestamp(import.update_time()));
  if (!import.error_reason().empty()) {
    add("error",
        fmt::format("{}: {}", import.error_reason(), import.error_message()));
  }
  if (import.has_undo()) {
    add("undone", fmt::format("{} deleted, {} restored, {} kept",
                              FormatCount(import.undo().deleted_count()),
                              FormatCount(import.undo().restored_count()),
                              FormatCount(import.undo().kept_count())));
  }
  return table.Render(color);
}

std::string CountsText(const v1::ImportReport& report, bool color) {
  Table table({{}, {"units", Align::kRight}});
  const auto add = [&table](const char* what, int64_t count) {
    table.AddRow({{{what}}, {{FormatCount(count)}}});
  };
  add("read", report.read_count());
  add("  created", report.created_count());
  add("  updated", report.updated_count());
  add("  variants added", report.variants_added_count());
  add("  duplicates", report.duplicate_count());
  add("  skipped", report.skipped_count());
  add("  failed", report.failed_count());
  add("new variants", report.new_variant_count());
  add("removed variants", report.removed_variant_count());
  add("warnings", report.warning_count());
  return table.Render(color);
}

std::string ReasonsText(const v1::ImportReport& report, bool color) {
  if (report.reason_counts().empty()) return "";
  Table table({{"kind"}, {"reason"}, {"count", Align::kRight}});
  for (const v1::ReasonCount& reason : report.reason_counts()) {
    table.AddRow({{{NameOfKind(reason.kind())}},
                  {{Printable(reason.reason())}},
                  {{FormatCount(reason.count())}}});
  }
  return "\n" + table.Render(color);
}

}  // namespace

int64_t UnitsPerSecond(int64_t units, int64_t elapsed_ms) {
  return elapsed_ms > 0 ? units * 1000 / elapsed_ms : 0;
}

std::string ReportTable(const std::vector<FileReport>& reports, bool color) {
  Table table({{"file"},
               {"read", Align::kRight},
               {"created", Align::kRight},
               {"updated", Align::kRight},
               {"variants added", Align::kRight},
               {"duplicates", Align::kRight},
               {"skipped", Align::kRight},
               {"failed", Align::kRight},
               {"warnings", Align::kRight},
               {"time", Align::kRight},
               {"units/s", Align::kRight}});
  Row total = {.file = "total"};
  int files = 0;
  for (const FileReport& report : reports) {
    if (!report.error.ok()) continue;
    ++files;
    AddRow({report.file, report.import.report(), report.elapsed_ms}, table);
    AddTo(report, total);
  }
  if (files == 0) return "";
  if (files > 1) AddRow(total, table);
  return table.Render(color);
}

std::string ProblemLine(const v1::ImportProblem& problem,
                        const std::string& file) {
  std::string line = problem.file().empty() ? file : problem.file();
  if (problem.line() > 0) line += fmt::format(":{}", problem.line());
  if (!problem.unit_id().empty()) line += ": unit " + problem.unit_id();
  line += fmt::format(": {}: {}", problem.reason(), problem.message());
  return Printable(line);
}

std::string ImportText(const v1::Import& import, bool color) {
  std::string text = FactsText(import, color) + "\n" +
                     CountsText(import.report(), color) +
                     ReasonsText(import.report(), color);
  if (!import.report().problems().empty()) text += "\n";
  for (const v1::ImportProblem& problem : import.report().problems()) {
    text += fmt::format("{}: {}\n", NameOfKind(problem.kind()),
                        ProblemLine(problem, import.source()));
    if (!problem.excerpt().empty()) {
      text += fmt::format("    {}\n", Printable(problem.excerpt()));
    }
  }
  return text;
}

Json ReportJson(const FileReport& report, const Settings& settings) {
  const v1::ImportReport& counts = report.import.report();
  Json json = {{"file", report.file}, {"memory", report.memory}};
  if (!report.import.name().empty()) json["import"] = report.import.name();
  json.update(ToJson(counts));
  // The older name.
  json["unchanged"] = counts.duplicate_count();
  json["seconds"] = static_cast<double>(report.elapsed_ms) / 1000;
  json["units_per_second"] =
      UnitsPerSecond(counts.read_count(), report.elapsed_ms);
  json["problem_count"] =
      counts.skipped_count() + counts.failed_count() + counts.warning_count();
  Json problems = Json::array();
  for (const v1::ImportProblem& problem : report.problems) {
    problems.push_back(ToJson(problem));
  }
  json["problems"] = problems;
  if (!report.error.ok()) json.update(ErrorJson(report.error, settings));
  return json;
}

}  // namespace tercet::cli

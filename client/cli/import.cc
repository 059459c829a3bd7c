// tercet import
#include "client/lib/import.h"

#include <fmt/format.h>

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "client/cli/commands.h"
#include "client/cli/filter_options.h"
#include "client/cli/import_file.h"
#include "client/cli/import_report.h"
#include "client/cli/import_rules.h"
#include "client/cli/job_file.h"
#include "client/cli/json_shapes.h"
#include "client/cli/moses_input.h"
#include "client/cli/names.h"
#include "client/cli/output/human.h"
#include "client/lib/byte_source.h"
#include "service/base/utf8.h"
#include "service/formats/language_name.h"

namespace tercet::cli {
namespace {

constexpr char kStandardInput[] = "-";
constexpr int kProblemsShown = 20;
constexpr size_t kMaxSourceBytes = 1000;
constexpr size_t kMaxRequesterBytes = 250;

struct ImportFlags {
  std::string memory;
  std::vector<std::string> files;
  std::string format;
  std::string state;
  bool overwrite = false;
  bool dry_run = false;
  bool strict = false;
  bool restart = false;
  bool verbose = false;
  int64_t problems_told = 0;  // As FileImport has it.
  ImportRuleFlags rules;
};

// One file with its format, or several that are one text.
struct Input {
  std::string path;
  std::string shown;  // What people read instead of the path.
  v1::FileFormat format = v1::FILE_FORMAT_UNSPECIFIED;
  std::vector<MosesFile> moses;  // In place of `path`.
};

// What the command line names. Without --format the server goes by the content.
StatusOr<std::vector<Input>> InputsOf(const ImportFlags& flags) {
  ASSIGN_OR_RETURN(std::vector<MosesFile> moses,
                   MosesFilesOf(flags.files, flags.format));
  if (!moses.empty()) {
    Input input = {.shown = ShownNames(moses), .format = v1::MOSES};
    input.moses = std::move(moses);
    return std::vector<Input>{std::move(input)};
  }
  std::vector<Input> inputs;
  for (const std::string& path : flags.files) {
    inputs.push_back({.path = path,
                      .shown = path,
                      .format = flags.format.empty()
                                    ? v1::FILE_FORMAT_UNSPECIFIED
                                    : FormatOfName(flags.format)});
  }
  return inputs;
}

v1::ImportConfig ConfigOf(const ImportFlags& flags, const Input& input,
                          v1::ImportConfig config, const Session& session) {
  // Paths and names may be any bytes; the server takes short UTF-8.
  config.set_source(PrintableUtf8(input.shown, kMaxSourceBytes));
  config.set_requester(PrintableUtf8(
      session.environment().variable("USER").value_or(""), kMaxRequesterBytes));
  config.set_restart(flags.restart);
  config.set_strict(flags.strict);
  config.set_memory(MemoryName(flags.memory));
  config.set_format(input.format);
  for (const MosesFile& file : input.moses) {
    config.add_default_language_codes(file.language);
  }
  config.set_validate_only(flags.dry_run);
  config.set_write_mode(flags.overwrite ? v1::OVERWRITE : v1::ADD_VARIANTS);
  config.set_default_state(StateOfName(flags.state));
  return config;
}

StatusOr<std::unique_ptr<client::ByteSource>> OpenInput(
    const Input& input, v1::ImportConfig& config, const Session& session) {
  if (!input.moses.empty()) return OpenMosesInput(input.moses, config);
  if (input.path != kStandardInput) return client::OpenFileSource(input.path);
  return client::MakeDescriptorSource(session.environment().in,
                                      "standard input");
}

// Shows problems as they come, above the progress bar.
class ProblemPrinter {
 public:
  ProblemPrinter(Session& session, std::string file, const ImportFlags& flags)
      : session_(session),
        file_(std::move(file)),
        all_(flags.verbose),
        told_(flags.problems_told) {}

  void Print(const v1::ImportProblem& problem, ProgressMeter& meter) {
    // JSON has them in the report.
    if (session_.settings().json) return;
    if (told_ > 0 && !problem.file().empty()) return;
    if (!all_ && shown_ == kProblemsShown) return;
    ++shown_;
    meter.Clear();
    session_.PrintNote(ProblemLine(problem, file_));
  }

  // Says how many were not shown. REQUIRES: the import has ended.
  void PrintRest(int64_t problem_count) {
    const int64_t rest = problem_count - told_ - shown_;
    if (session_.settings().json || rest <= 0) return;
    session_.PrintNote(fmt::format("{}: {} more problem{}{}", file_, rest,
                                   rest == 1 ? "" : "s",
                                   all_ ? "" : " (--verbose shows them)"));
  }

 private:
  Session& session_;
  const std::string file_;
  const bool all_;
  const int64_t told_;
  int64_t shown_ = 0;
};

int64_t ProblemCount(const v1::ImportReport& report) {
  return report.skipped_count() + report.failed_count() +
         report.warning_count();
}

// Imports one file. What went wrong is in the report.
FileReport ImportFile(const ImportFlags& flags, const Input& input,
                      const v1::ImportConfig& rules, client::Client& client,
                      Session& session) {
  FileReport report = {.file = input.shown, .memory = MemoryName(flags.memory)};
  v1::ImportConfig config = ConfigOf(flags, input, rules, session);
  const StatusOr<std::unique_ptr<client::ByteSource>> source =
      OpenInput(input, config, session);
  if (!source.ok()) {
    report.error = source.status();
    return report;
  }
  const int64_t total_bytes = (*source)->total_bytes();
  ProgressMeter meter = session.MakeMeter(
      input.path == kStandardInput ? "standard input" : input.shown,
      flags.verbose);
  ProblemPrinter problems(session, input.shown, flags);
  const client::ImportEvents events = {
      .on_start =
          [&](const v1::Import& import) {
            report.import = import;
            if (import.report().read_count() == 0) return;
            meter.Clear();
            session.PrintNote(
                fmt::format("{}: continuing import {} at unit {}", input.shown,
                            LastPart(import.name()),
                            FormatCount(import.report().read_count() + 1)));
          },
      .on_end = [&](const v1::Import& import) { report.import = import; },
      .on_progress =
          [&](const v1::ImportProgress& progress) {
            meter.Update({.bytes = progress.bytes_read(),
                          .total_bytes = total_bytes,
                          .units = progress.units_read(),
                          .durable_units = progress.units_durable()});
          },
      .on_problem =
          [&](const v1::ImportProblem& problem) {
            problems.Print(problem, meter);
            report.problems.push_back(problem);
          }};
  const StatusOr<v1::Import> import =
      client::ImportUnits(client, config, **source, events);
  meter.Clear();
  report.elapsed_ms = meter.elapsed_ms();
  report.error = InFile(input.shown, import.status());
  if (import.ok()) {
    problems.PrintRest(ProblemCount(import->report()));
  }
  return report;
}

constexpr std::string_view kMosesHint =
    "line-aligned texts are imported together, with their languages: "
    "tercet import --memory NAME en=news.en zh=news.zh";

// Whether a file that is of no format ends in a language, as `news.en` does.
bool MayBeMoses(const Input& input, const Status& error) {
  const size_t dot = input.path.rfind('.');
  return GetDetails(error).reason == "FILE_FORMAT_UNKNOWN" &&
         dot != input.path.npos &&
         IsKnownLanguage(std::string_view(input.path).substr(dot + 1));
}

// Whether the next file would fail in the same way.
bool EndsAll(const Status& error) {
  return !error.ok() && ExitCodeOf(error) != ExitCode::kBadInput;
}

ExitCode ResultOf(const std::vector<FileReport>& reports, bool strict) {
  ExitCode result = ExitCode::kOk;
  for (const FileReport& report : reports) {
    if (EndsAll(report.error)) return ExitCodeOf(report.error);
    const bool bad = !report.error.ok() ||
                     (strict && report.import.report().failed_count() +
                                        report.import.report().warning_count() >
                                    0);
    if (bad) result = ExitCode::kBadInput;
  }
  return result;
}

StatusOr<ExitCode> RunImport(const ImportFlags& flags, Session& session) {
  if (flags.files.empty()) {
    return UsageError("give a file to import; - is standard input");
  }
  if (flags.memory.empty()) return UsageError("--memory NAME is required");
  ASSIGN_OR_RETURN(const std::vector<Input> inputs, InputsOf(flags));
  ASSIGN_OR_RETURN(const v1::ImportConfig rules, ImportRulesOf(flags.rules));
  if (!inputs.front().moses.empty() &&
      rules.default_language_codes_size() > 0) {
    return UsageError("--default-languages says nothing of Moses text");
  }
  ASSIGN_OR_RETURN(client::Client * client, session.Connect());
  std::vector<FileReport> reports;
  for (const Input& input : inputs) {
    reports.push_back(ImportFile(flags, input, rules, *client, session));
    const FileReport& report = reports.back();
    if (session.settings().json) {
      session.PrintJson(ReportJson(report, session.settings()));
    } else if (!report.error.ok()) {
      session.PrintError(report.error);
      if (MayBeMoses(input, report.error)) session.PrintNote(kMosesHint);
    }
    if (EndsAll(report.error)) break;
  }
  if (!session.settings().json) {
    session.Print(ReportTable(reports, session.settings().color_out));
    if (flags.dry_run) session.PrintNote("--dry-run: nothing was written");
    PrintUndoNote(reports, session);
  }
  return ResultOf(reports, flags.strict);
}

}  // namespace

void PrintUndoNote(const std::vector<FileReport>& reports, Session& session) {
  std::string numbers;
  for (const FileReport& report : reports) {
    if (report.import.name().empty()) continue;
    numbers += fmt::format("{}{}", numbers.empty() ? "" : ", ",
                           LastPart(report.import.name()));
  }
  if (numbers.empty() || !session.environment().err_is_terminal) return;
  session.PrintNote(fmt::format(
      "import {}: `tercet import undo NUMBER` takes it back", numbers));
}

FileReport ImportFileAs(const FileImport& import, client::Client& client,
                        Session& session) {
  const ImportFlags flags = {.memory = import.memory,
                             .dry_run = import.dry_run,
                             .restart = import.restart,
                             .verbose = import.verbose,
                             .problems_told = import.problems_told};
  return ImportFile(
      flags,
      {.path = import.path, .shown = import.shown, .format = import.format},
      v1::ImportConfig(), client, session);
}

void AddImport(CLI::App& app, Chosen& chosen) {
  CLI::App* command = app.add_subcommand("import", "Send files to a memory");
  command->footer(
      "Examples:\n"
      "  tercet import --memory press press-2025.tmx press-2026.tmx\n"
      "  tercet import --memory old archive.zip old.tsv.gz es.po job.sdlxliff\n"
      "  tercet import --memory press --dry-run --strict new.jsonl\n"
      "  tercet import --memory news en=news.en zh=news.zh es=news.es.gz\n"
      "The memory is made if there is none of that name. Importing a file\n"
      "again changes nothing, and goes on where it was broken off. Units with\n"
      "a problem are left out and listed. `tercet import undo` takes an "
      "import\n"
      "back.");
  // Shared by the options and the command; lives as long as either.
  const auto flags = std::make_shared<ImportFlags>();
  command
      ->add_option("FILE", flags->files,
                   "Files to import; - is standard input; LANGUAGE=FILE for\n"
                   "the line-aligned ones of Moses")
      ->type_name("");
  command->add_option("-m,--memory", flags->memory, "The memory")
      ->type_name("NAME");
  command
      ->add_option("--format", flags->format,
                   "The files' format; by their content if absent")
      ->check(CLI::IsMember({"tmx", "tsv", "csv", "jsonl", "moses"}))
      ->type_name("FORMAT");
  command
      ->add_option("--state", flags->state,
                   "The state of units whose file gives none (confirmed)")
      ->check(CLI::IsMember({"confirmed", "draft", "aligned"}))
      ->type_name("STATE");
  command->add_flag("--overwrite", flags->overwrite,
                    "Replace stored texts of the same languages");
  command->add_flag("--dry-run", flags->dry_run,
                    "Read and check everything, write nothing");
  command->add_flag("--strict", flags->strict,
                    "Refuse units with a warning; exit with 5 if any failed");
  command->add_flag("--restart", flags->restart,
                    "Begin anew where the same import was broken off");
  command->add_flag("-v,--verbose", flags->verbose,
                    "Show every problem, and progress in a log");
  AddImportRelease(*command, chosen);
  AddImportRuleOptions(*command, flags->rules);
  AddImportSubcommands(*command, chosen);
  command->callback([&chosen, flags, command] {
    if (!command->get_subcommands().empty()) return;
    chosen.command = [flags](Session& s) { return RunImport(*flags, s); };
  });
}

}  // namespace tercet::cli

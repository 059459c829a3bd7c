// tercet import
#include "client/lib/import.h"

#include <fmt/format.h>

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "client/cli/commands.h"
#include "client/cli/import_file.h"
#include "client/cli/import_report.h"
#include "client/cli/json_shapes.h"
#include "client/cli/names.h"
#include "client/cli/output/display_width.h"
#include "client/lib/byte_source.h"

namespace tercet::cli {
namespace {

constexpr char kStandardInput[] = "-";
constexpr int kProblemsShown = 20;

struct ImportFlags {
  std::string memory;
  std::vector<std::string> files;
  std::string format;
  std::string state;
  bool overwrite = false;
  bool dry_run = false;
  bool strict = false;
  bool verbose = false;
};

// One file with its format.
struct Input {
  std::string path;
  v1::FileFormat format = v1::FILE_FORMAT_UNSPECIFIED;
};

StatusOr<Input> InputOf(const std::string& path, const ImportFlags& flags) {
  if (!flags.format.empty()) return Input{path, FormatOfName(flags.format)};
  const std::optional<v1::FileFormat> format = FormatOfPath(path);
  if (format.has_value() && path != kStandardInput) return Input{path, *format};
  return UsageError(fmt::format(
      "cannot tell the format of '{}': give --format tmx, tsv or jsonl", path));
}

v1::ImportConfig ConfigOf(const ImportFlags& flags, v1::FileFormat format) {
  v1::ImportConfig config;
  config.set_memory(MemoryName(flags.memory));
  config.set_format(format);
  config.set_validate_only(flags.dry_run);
  config.set_write_mode(flags.overwrite ? v1::OVERWRITE : v1::ADD_VARIANTS);
  config.set_default_state(StateOfName(flags.state));
  return config;
}

StatusOr<std::unique_ptr<client::ByteSource>> OpenInput(
    const std::string& path, const Session& session) {
  if (path != kStandardInput) return client::OpenFileSource(path);
  return client::MakeDescriptorSource(session.environment().in,
                                      "standard input");
}

// Shows problems as they come, above the progress bar.
class ProblemPrinter {
 public:
  ProblemPrinter(Session& session, std::string file, bool all)
      : session_(session), file_(std::move(file)), all_(all) {}

  void Print(const v1::ImportProblem& problem, ProgressMeter& meter) {
    // JSON has them in the report.
    if (session_.settings().json) return;
    if (!all_ && shown_ == kProblemsShown) return;
    ++shown_;
    meter.Clear();
    session_.PrintNote(fmt::format("{}:{}: {}: {}", file_, problem.line(),
                                   problem.reason(),
                                   Printable(problem.message())));
  }

  // Says how many were not shown. REQUIRES: the import has ended.
  void PrintRest(int64_t problem_count) {
    if (session_.settings().json || problem_count <= shown_) return;
    session_.PrintNote(fmt::format("{}: {} more problem{}{}", file_,
                                   problem_count - shown_,
                                   problem_count - shown_ == 1 ? "" : "s",
                                   all_ ? "" : " (--verbose shows them)"));
  }

 private:
  Session& session_;
  const std::string file_;
  const bool all_;
  int64_t shown_ = 0;
};

// The error with the file's name, where it is about the file.
Status InFile(const std::string& path, const Status& error) {
  if (error.ok() || !IsFileError(error)) return error;
  return MakeError(error.code(), fmt::format("{}: {}", path, MessageOf(error)),
                   GetDetails(error));
}

// Imports one file. What went wrong is in the report.
FileReport ImportFile(const ImportFlags& flags, const Input& input,
                      client::Client& client, Session& session) {
  FileReport report = {.file = input.path, .memory = MemoryName(flags.memory)};
  const StatusOr<std::unique_ptr<client::ByteSource>> source =
      OpenInput(input.path, session);
  if (!source.ok()) {
    report.error = source.status();
    return report;
  }
  const int64_t total_bytes = (*source)->total_bytes();
  ProgressMeter meter = session.MakeMeter(
      input.path == kStandardInput ? "standard input" : input.path,
      flags.verbose);
  ProblemPrinter problems(session, input.path, flags.verbose);
  const client::ImportEvents events = {
      .on_progress =
          [&](const v1::ImportProgress& progress) {
            meter.Update({.bytes = progress.bytes_read(),
                          .total_bytes = total_bytes,
                          .units = progress.units_read()});
          },
      .on_problem =
          [&](const v1::ImportProblem& problem) {
            problems.Print(problem, meter);
            report.problems.push_back(problem);
          }};
  const StatusOr<v1::ImportSummary> summary = client::ImportUnits(
      client, ConfigOf(flags, input.format), **source, events);
  meter.Clear();
  report.elapsed_ms = meter.elapsed_ms();
  report.error = InFile(input.path, summary.status());
  if (summary.ok()) {
    report.summary = *summary;
    problems.PrintRest(summary->problem_count());
  }
  return report;
}

// Whether the next file would fail in the same way.
bool EndsAll(const Status& error) {
  return !error.ok() && ExitCodeOf(error) != ExitCode::kBadInput;
}

ExitCode ResultOf(const std::vector<FileReport>& reports, bool strict) {
  ExitCode result = ExitCode::kOk;
  for (const FileReport& report : reports) {
    if (EndsAll(report.error)) return ExitCodeOf(report.error);
    const bool bad =
        !report.error.ok() || (strict && report.summary.skipped_count() > 0);
    if (bad) result = ExitCode::kBadInput;
  }
  return result;
}

StatusOr<std::vector<Input>> InputsOf(const ImportFlags& flags) {
  std::vector<Input> inputs;
  for (const std::string& path : flags.files) {
    ASSIGN_OR_RETURN(Input input, InputOf(path, flags));
    inputs.push_back(std::move(input));
  }
  return inputs;
}

StatusOr<ExitCode> RunImport(const ImportFlags& flags, Session& session) {
  if (flags.files.empty()) {
    return UsageError("give a file to import; - is standard input");
  }
  if (flags.memory.empty()) return UsageError("--memory NAME is required");
  ASSIGN_OR_RETURN(const std::vector<Input> inputs, InputsOf(flags));
  ASSIGN_OR_RETURN(client::Client * client, session.Connect());
  std::vector<FileReport> reports;
  for (const Input& input : inputs) {
    reports.push_back(ImportFile(flags, input, *client, session));
    const FileReport& report = reports.back();
    if (session.settings().json) {
      session.PrintJson(ReportJson(report, session.settings()));
    } else if (!report.error.ok()) {
      session.PrintError(report.error);
    }
    if (EndsAll(report.error)) break;
  }
  if (!session.settings().json) {
    session.Print(ReportTable(reports, session.settings().color_out));
    if (flags.dry_run) session.PrintNote("--dry-run: nothing was written");
  }
  return ResultOf(reports, flags.strict);
}

}  // namespace

FileReport ImportFileAs(const FileImport& import, client::Client& client,
                        Session& session) {
  const ImportFlags flags = {.memory = import.memory,
                             .dry_run = import.dry_run,
                             .verbose = import.verbose};
  FileReport report = ImportFile(
      flags, {.path = import.path, .format = import.format}, client, session);
  report.file = import.shown;
  return report;
}

void AddImport(CLI::App& app, Chosen& chosen) {
  CLI::App* command = app.add_subcommand("import", "Send files to a memory");
  command->footer(
      "Examples:\n"
      "  tercet import --memory press press-2025.tmx press-2026.tmx\n"
      "  zcat old.tsv.gz | tercet import --memory old --format tsv -\n"
      "  tercet import --memory press --dry-run --strict new.jsonl\n"
      "The memory is made if there is none of that name. Importing a file\n"
      "again changes nothing. Units with a problem are skipped and listed.");
  // Shared by the options and the command; lives as long as either.
  const auto flags = std::make_shared<ImportFlags>();
  command
      ->add_option("FILE", flags->files, "Files to import; - is standard input")
      ->type_name("");
  command->add_option("-m,--memory", flags->memory, "The memory")
      ->type_name("NAME");
  command
      ->add_option("--format", flags->format,
                   "The files' format; by their names if absent")
      ->check(CLI::IsMember({"tmx", "tsv", "jsonl"}))
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
                    "Exit with 5 if a unit was skipped");
  command->add_flag("-v,--verbose", flags->verbose,
                    "Show every problem, and progress in a log");
  AddImportRelease(*command, chosen);
  command->callback([&chosen, flags, command] {
    if (!command->get_subcommands().empty()) return;
    chosen.command = [flags](Session& s) { return RunImport(*flags, s); };
  });
}

}  // namespace tercet::cli

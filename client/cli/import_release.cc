// tercet import release
#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <system_error>
#include <utility>
#include <vector>

#include "client/cli/align_print.h"
#include "client/cli/align_run.h"
#include "client/cli/commands.h"
#include "client/cli/import_file.h"
#include "client/cli/import_report.h"
#include "client/cli/names.h"
#include "client/cli/output/human.h"
#include "client/lib/byte_sink.h"
#include "client/lib/byte_source.h"
#include "client/lib/import.h"

namespace tercet::cli {
namespace {

namespace fs = std::filesystem;

// Of units below it about half are right (docs/alignment.md).
constexpr double kDefaultMinConfidence = 0.7;

struct ReleaseFlags {
  std::string memory;
  std::vector<std::string> paths;
  std::string manifest;
  std::string glob;
  double min_confidence = kDefaultMinConfidence;
  std::string review;
  std::string report;
  bool dry_run = false;
  bool restart = false;
  bool verbose = false;
};

StatusOr<std::vector<ReleaseFile>> FilesOf(const ReleaseFlags& flags) {
  std::vector<ReleaseFile> files;
  if (!flags.manifest.empty()) {
    ASSIGN_OR_RETURN(files, ReadManifest(flags.manifest));
  }
  for (const std::string& path : flags.paths) {
    ReleaseFile file = ParseReleaseArgument(path);
    std::error_code error;
    if (!fs::is_directory(file.path, error)) {
      files.push_back(std::move(file));
      continue;
    }
    ASSIGN_OR_RETURN(const std::vector<ReleaseFile> inside,
                     FilesUnder(file.path, flags.glob));
    files.insert(files.end(), inside.begin(), inside.end());
  }
  if (files.empty()) {
    return UsageError("no pages: give folders, files or --manifest FILE");
  }
  return files;
}

// A memory teaches what it knows, if there is one of that name.
StatusOr<v1::AlignConfig> ConfigOf(const ReleaseFlags& flags,
                                   client::Client& client) {
  v1::AlignConfig config;
  const std::string memory = MemoryName(flags.memory);
  const Status found = client.GetMemory(memory).status();
  if (found.ok()) config.set_memory(memory);
  if (!found.ok() && found.code() != StatusCode::kNotFound) return found;
  config.set_unit_format(v1::JSONL);
  config.set_min_confidence(flags.min_confidence);
  config.set_omit_beads(!flags.review.ends_with(".html"));
  if (flags.review.empty() || !config.omit_beads()) return config;
  const std::optional<v1::FileFormat> format = FormatOfPath(flags.review);
  if (!format.has_value()) {
    return UsageError(
        "--review FILE must end in .jsonl, .tsv, .csv, .tmx or .html");
  }
  config.set_review_format(*format);
  return config;
}

// A file for the units between aligning and importing; goes with the object.
class Spool {
 public:
  static StatusOr<std::unique_ptr<Spool>> Open() {
    auto spool = std::make_unique<Spool>();
    ASSIGN_OR_RETURN(spool->sink_, client::OpenFileSink(spool->path_));
    return spool;
  }

  Spool()
      : path_((fs::temp_directory_path() /
               fmt::format("tercet-release-{}-{}.jsonl", getpid(),
                           reinterpret_cast<uintptr_t>(this)))
                  .string()) {}
  ~Spool() {
    std::error_code error;
    fs::remove(path_, error);
  }
  Spool(const Spool&) = delete;
  Spool& operator=(const Spool&) = delete;

  client::ByteSink& sink() { return *sink_; }
  const std::string& path() const { return path_; }

 private:
  const std::string path_;
  std::unique_ptr<client::ByteSink> sink_;
};

// The lines of --report: one for each document, and one for each problem.
std::string ReportLine(const v1::AlignedDocument& document) {
  std::string languages;
  for (const v1::DocumentVersion& version : document.versions()) {
    languages += (languages.empty() ? "" : ",") + version.language_code();
  }
  return fmt::format("document\t{}\t{}\t{}\t{}\t{:.3f}\n", document.document(),
                     languages, document.unit_count(), document.review_count(),
                     document.confidence());
}

std::string ReportLine(const v1::AlignProblem& problem) {
  return fmt::format(
      "{}\t{}\t{}\t{}\t{}\n", problem.warning() ? "warning" : "skipped",
      problem.document(), problem.file(), problem.reason(), problem.message());
}

// Lines behind the units that put the pages' problems into the import's report,
// where `tercet import show` finds them (docs/formats/jsonl.md).
Status WriteProblems(const std::vector<v1::AlignProblem>& problems,
                     client::ByteSink& sink) {
  for (const v1::AlignProblem& problem : problems) {
    const std::string& file =
        problem.file().empty() ? problem.document() : problem.file();
    const Json line = {{"problem",
                        {{"file", file},
                         {"reason", problem.reason()},
                         {"message", problem.message()}}}};
    RETURN_IF_ERROR(sink.Write(line.dump() + "\n"));
  }
  return OkStatus();
}

// Files that are written beside the import; those not asked for are none.
class SideFiles {
 public:
  Status Open(const ReleaseFlags& flags) {
    is_html_ = flags.review.ends_with(".html");
    if (!flags.review.empty()) {
      ASSIGN_OR_RETURN(review_, client::OpenFileSink(flags.review));
    }
    if (!flags.report.empty()) {
      ASSIGN_OR_RETURN(report_, client::OpenFileSink(flags.report));
    }
    return OkStatus();
  }

  Status Take(const v1::AlignedDocument& document) {
    if (is_html_ && document.review_count() > 0) doubtful_.push_back(document);
    return report_ == nullptr ? OkStatus()
                              : report_->Write(ReportLine(document));
  }

  Status TakeReview(std::string_view bytes) {
    return review_ == nullptr || is_html_ ? OkStatus() : review_->Write(bytes);
  }

  Status Finish(const std::vector<v1::AlignProblem>& problems) {
    if (review_ != nullptr) {
      if (is_html_) RETURN_IF_ERROR(review_->Write(HtmlPage(doubtful_)));
      RETURN_IF_ERROR(review_->Finish());
    }
    if (report_ == nullptr) return OkStatus();
    for (const v1::AlignProblem& problem : problems) {
      RETURN_IF_ERROR(report_->Write(ReportLine(problem)));
    }
    return report_->Finish();
  }

 private:
  bool is_html_ = false;
  std::vector<v1::AlignedDocument> doubtful_;
  std::unique_ptr<client::ByteSink> review_;
  std::unique_ptr<client::ByteSink> report_;
};

// What `import list` shows as the source.
std::string SourceOf(const ReleaseFlags& flags) {
  constexpr size_t kMaxNamed = 3;
  std::vector<std::string> names = flags.paths;
  if (!flags.manifest.empty()) names.insert(names.begin(), flags.manifest);
  const size_t more = names.size() - std::min(names.size(), kMaxNamed);
  names.resize(names.size() - more);
  return fmt::format("releases: {}{}", fmt::join(names, ", "),
                     more > 0 ? fmt::format(" and {} more", more) : "");
}

Json ResultJson(const ReleaseFlags& flags, const AlignResult& aligned,
                const Json& imported) {
  Json problems = Json::array();
  for (const v1::AlignProblem& problem : aligned.problems) {
    problems.push_back(ProblemJson(problem));
  }
  const v1::AlignSummary& summary = aligned.summary;
  return {{"memory", MemoryName(flags.memory)},
          {"files", summary.file_count()},
          {"documents", summary.document_count()},
          {"units", summary.unit_count()},
          {"review", summary.review_count()},
          {"repeated", summary.repeated_count()},
          {"skipped", summary.skipped_count()},
          {"warnings", summary.warning_count()},
          {"align_ms", aligned.elapsed_ms},
          {"import", imported},
          {"problems", std::move(problems)}};
}

void PrintResult(const ReleaseFlags& flags, const AlignResult& aligned,
                 Session& session) {
  const v1::AlignSummary& summary = aligned.summary;
  session.Print(fmt::format(
      "{} files, {} in {}: {} ({} a minute)\n",
      FormatCount(summary.file_count()),
      FormatCounted(summary.document_count(), "document"),
      FormatDuration(aligned.elapsed_ms / 1000),
      FormatCounted(summary.unit_count(), "unit"),
      FormatCounted(
          UnitsPerSecond(60 * summary.document_count(), aligned.elapsed_ms),
          "document")));
  if (summary.review_count() > 0) {
    session.Print(fmt::format(
        "{} below {:.2f}{}\n", FormatCounted(summary.review_count(), "unit"),
        flags.min_confidence,
        flags.review.empty() ? "; --review FILE keeps them for a person"
                             : ": " + flags.review));
  }
  if (summary.skipped_count() > 0) {
    session.Print(fmt::format("{} left out\n",
                              FormatCounted(summary.skipped_count(), "file")));
  }
}

StatusOr<ExitCode> ImportRelease(const ReleaseFlags& flags, Session& session) {
  if (flags.memory.empty()) return UsageError("--memory NAME is required");
  AlignJob job = {.label = "releases", .verbose = flags.verbose};
  ASSIGN_OR_RETURN(job.files, FilesOf(flags));
  ASSIGN_OR_RETURN(client::Client * client, session.Connect());
  ASSIGN_OR_RETURN(job.config, ConfigOf(flags, *client));
  ASSIGN_OR_RETURN(const std::unique_ptr<Spool> spool, Spool::Open());
  SideFiles side;
  RETURN_IF_ERROR(side.Open(flags));
  const AlignEvents events = {
      .on_document = [&](const v1::AlignedDocument& d) { return side.Take(d); },
      .on_units =
          [&](std::string_view bytes) { return spool->sink().Write(bytes); },
      .on_review =
          [&](std::string_view bytes) { return side.TakeReview(bytes); }};
  ASSIGN_OR_RETURN(const AlignResult aligned,
                   RunAlignment(job, events, *client, session));
  RETURN_IF_ERROR(WriteProblems(aligned.problems, spool->sink()));
  RETURN_IF_ERROR(spool->sink().Finish());
  RETURN_IF_ERROR(side.Finish(aligned.problems));
  if (!session.settings().json) PrintResult(flags, aligned, session);
  const FileReport report = ImportFileAs(
      {.path = spool->path(),
       .shown = SourceOf(flags),
       .memory = MemoryName(flags.memory),
       .format = v1::JSONL,
       .dry_run = flags.dry_run,
       .restart = flags.restart,
       .verbose = flags.verbose,
       .problems_told = static_cast<int64_t>(aligned.problems.size())},
      *client, session);
  if (session.settings().json) {
    session.PrintJson(
        ResultJson(flags, aligned, ReportJson(report, session.settings())));
  } else {
    session.Print(ReportTable({report}, session.settings().color_out));
    if (flags.dry_run) session.PrintNote("--dry-run: nothing was written");
    PrintUndoNote({report}, session);
  }
  RETURN_IF_ERROR(report.error);
  return HasSkipped(aligned) ? ExitCode::kBadInput : ExitCode::kOk;
}

}  // namespace

void AddImportRelease(CLI::App& import, Chosen& chosen) {
  CLI::App* command = import.add_subcommand(
      "release", "Align pages of several languages and store their sentences");
  command->footer(
      "Examples:\n"
      "  tercet import release --memory press site/2026\n"
      "  tercet import release --memory press --glob '*.html' site\n"
      "  tercet import release --memory press --manifest releases.tsv \\\n"
      "      --min-confidence 0.8 --review review.jsonl --report report.tsv\n"
      "Which pages belong together is told by a manifest (lines of file,\n"
      "language, document), by names such as x.en.html, en/x.html, x/en.html,\n"
      "or by what is in them. Units count as aligned by machine until\n"
      "`tercet unit confirm`. The same command again changes nothing, and "
      "goes\n"
      "on where it was broken off. `tercet import undo` takes it back.");
  // Shared by the options and the command; lives as long as either.
  const auto flags = std::make_shared<ReleaseFlags>();
  command
      ->add_option("FILE", flags->paths,
                   "Folders, or files as FILE or LANGUAGE=FILE")
      ->type_name("");
  command->add_option("-m,--memory", flags->memory, "The memory")
      ->type_name("NAME");
  command
      ->add_option("--manifest", flags->manifest,
                   "A list of files, languages and documents")
      ->type_name("FILE");
  command
      ->add_option("--glob", flags->glob,
                   "In folders, only files that this matches, e.g. '*.html'")
      ->type_name("PATTERN");
  command
      ->add_option("--min-confidence", flags->min_confidence,
                   "Store units from this confidence on (0.7)")
      ->check(CLI::Range(0.0, 1.0))
      ->type_name("NUMBER");
  command
      ->add_option(
          "--review", flags->review,
          "Where the other units go: .jsonl, .tsv, .csv, .tmx or .html")
      ->type_name("FILE");
  command
      ->add_option("--report", flags->report,
                   "A table of all documents and problems")
      ->type_name("FILE");
  command->add_flag("--dry-run", flags->dry_run,
                    "Align and check everything, write nothing");
  command->add_flag("--restart", flags->restart,
                    "Begin anew where the same import was broken off");
  command->add_flag("-v,--verbose", flags->verbose,
                    "Show every problem, and progress in a log");
  command->callback([&chosen, flags] {
    chosen.command = [flags](Session& s) { return ImportRelease(*flags, s); };
  });
}

}  // namespace tercet::cli

// tercet align
#include <fmt/format.h>

#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "client/cli/align_print.h"
#include "client/cli/align_run.h"
#include "client/cli/commands.h"
#include "client/cli/names.h"
#include "client/cli/output/display_width.h"
#include "client/lib/byte_sink.h"

namespace tercet::cli {
namespace {

namespace fs = std::filesystem;

// An HTML page of more is too much for a person and for a browser.
constexpr size_t kMaxHtmlDocuments = 200;

struct AlignFlags {
  std::vector<std::string> files;
  std::string format;
  std::string memory;
  std::string output;
  std::string glob;
  double min_confidence = 0;
  bool pre_split = false;
  bool show_dropped = false;
  bool verbose = false;
};

// A name for the document of files that were named one by one: the first
// file's, without ending; the folder's, where that is only a language.
std::string DocumentOf(const ReleaseFile& first) {
  const fs::path path = fs::absolute(first.path).lexically_normal();
  const std::string stem = path.stem().stem().string();
  if (stem.size() > 3) return stem;
  const std::string folder = path.parent_path().filename().string();
  return folder.empty() ? "document" : folder;
}

// Files named one by one are the versions of one document; folders hold many.
StatusOr<AlignJob> JobOf(const AlignFlags& flags) {
  AlignJob job = {.label = "align", .verbose = flags.verbose};
  bool folders = false;
  for (const std::string& argument : flags.files) {
    ReleaseFile file = ParseReleaseArgument(argument);
    std::error_code error;
    if (!fs::is_directory(file.path, error)) {
      job.files.push_back(std::move(file));
      continue;
    }
    folders = true;
    ASSIGN_OR_RETURN(std::vector<ReleaseFile> inside,
                     FilesUnder(file.path, flags.glob));
    job.files.insert(job.files.end(), inside.begin(), inside.end());
  }
  if (!folders && job.files.size() < 2) {
    return UsageError("give a document in two or three languages, or a folder");
  }
  if (!folders) job.config.set_document(DocumentOf(job.files.front()));
  if (flags.pre_split) job.format = v1::SourceFile::SENTENCES;
  if (!flags.memory.empty()) job.config.set_memory(MemoryName(flags.memory));
  job.config.set_min_confidence(flags.min_confidence);
  return job;
}

StatusOr<std::unique_ptr<client::ByteSink>> OpenOutput(const AlignFlags& flags,
                                                       Session& session) {
  if (flags.output.empty() || flags.output == "-") {
    return client::MakeStreamSink(session.environment().out);
  }
  return client::OpenFileSink(flags.output);
}

// Prints documents in one of the formats.
class Printer {
 public:
  Printer(std::string format, const AlignJob& job, client::ByteSink& sink)
      : format_(std::move(format)), sink_(sink) {
    for (const ReleaseFile& file : job.files) names_.push_back(file.name);
  }

  Status Take(const v1::AlignedDocument& document) {
    const std::vector<int> order = VersionOrder(document, names_);
    if (format_ == "tsv") return sink_.Write(BeadLines(document, order));
    if (format_ == "json") {
      return sink_.Write(DocumentJson(document, order).dump() + "\n");
    }
    if (format_ != "html") return OkStatus();
    if (kept_.size() == kMaxHtmlDocuments) {
      return UsageError(fmt::format("--format html takes up to {} documents",
                                    kMaxHtmlDocuments));
    }
    kept_.push_back(document);
    return OkStatus();
  }

  Status Finish() {
    if (format_ == "html") RETURN_IF_ERROR(sink_.Write(HtmlPage(kept_)));
    return sink_.Finish();
  }

 private:
  const std::string format_;
  client::ByteSink& sink_;
  std::vector<std::string> names_;
  std::vector<v1::AlignedDocument> kept_;
};

void ShowDropped(const v1::AlignedDocument& document, Session& session) {
  for (const v1::DocumentVersion& version : document.versions()) {
    for (const v1::DroppedText& dropped : version.dropped()) {
      session.PrintNote(fmt::format("{}: dropped {}: {}",
                                    Printable(version.file()), dropped.reason(),
                                    Printable(dropped.text())));
    }
  }
}

StatusOr<ExitCode> RunAlign(const AlignFlags& flags, Session& session) {
  ASSIGN_OR_RETURN(AlignJob job, JobOf(flags));
  std::string format = flags.format;
  if (format.empty()) format = session.settings().json ? "json" : "tsv";
  if (format == "tmx") {
    job.config.set_unit_format(v1::TMX);
    job.config.set_omit_beads(!flags.show_dropped);
  }
  ASSIGN_OR_RETURN(client::Client * client, flags.memory.empty()
                                                ? session.ConnectHere()
                                                : session.Connect());
  ASSIGN_OR_RETURN(const std::unique_ptr<client::ByteSink> sink,
                   OpenOutput(flags, session));
  Printer printer(format, job, *sink);
  const AlignEvents events = {
      .on_document =
          [&](const v1::AlignedDocument& document) {
            if (flags.show_dropped) ShowDropped(document, session);
            return printer.Take(document);
          },
      .on_units = [&](std::string_view bytes) { return sink->Write(bytes); }};
  ASSIGN_OR_RETURN(const AlignResult result,
                   RunAlignment(job, events, *client, session));
  RETURN_IF_ERROR(printer.Finish());
  if (session.settings().json) {
    for (const v1::AlignProblem& problem : result.problems) {
      session.PrintNote(ProblemJson(problem).dump());
    }
  }
  return HasSkipped(result) ? ExitCode::kBadInput : ExitCode::kOk;
}

}  // namespace

void AddAlign(CLI::App& app, Chosen& chosen) {
  CLI::App* command = app.add_subcommand(
      "align", "Find which sentences of a document translate each other");
  command->footer(
      "Examples:\n"
      "  tercet align en.html zh.html es.html\n"
      "  tercet align --format html -o review.html en=a.html zh=b.html\n"
      "  tercet align --pre-split en=en.txt zh=zh.txt > beads.tsv\n"
      "  tercet align --format tmx press/2026 -o press-2026.tmx\n"
      "Needs no server. Lines of tsv: sentence numbers of each version, the\n"
      "confidence, the texts. Exits with 5 if a file or document was left "
      "out.");
  // Shared by the options and the command; lives as long as either.
  const auto flags = std::make_shared<AlignFlags>();
  command
      ->add_option(
          "FILE", flags->files,
          "Versions of one document, FILE or LANGUAGE=FILE; or folders")
      ->required()
      ->type_name("");
  command
      ->add_option("--format", flags->format, "How to print the result (tsv)")
      ->check(CLI::IsMember({"tsv", "json", "tmx", "html"}))
      ->type_name("FORMAT");
  command
      ->add_option("-o,--output", flags->output,
                   "Where to (- is standard output)")
      ->type_name("FILE");
  command
      ->add_option("-m,--memory", flags->memory,
                   "Learn words from the confirmed units of a memory")
      ->type_name("NAME");
  command->add_flag("--pre-split", flags->pre_split,
                    "The files have one sentence a line");
  command->add_flag("--show-dropped", flags->show_dropped,
                    "Say what of the pages was left out, and why");
  command
      ->add_option("--min-confidence", flags->min_confidence,
                   "Leave units below this out of a TMX file (0)")
      ->check(CLI::Range(0.0, 1.0))
      ->type_name("NUMBER");
  command
      ->add_option("--glob", flags->glob,
                   "In folders, only files that this matches, e.g. '*.html'")
      ->type_name("PATTERN");
  command->add_flag("-v,--verbose", flags->verbose,
                    "Show every problem, and progress in a log");
  command->callback([&chosen, flags] {
    chosen.command = [flags](Session& s) { return RunAlign(*flags, s); };
  });
}

}  // namespace tercet::cli

// tercet pretranslate
#include <fmt/format.h>

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <system_error>
#include <utility>
#include <vector>

#include "client/cli/analysis_print.h"
#include "client/cli/commands.h"
#include "client/cli/filter_options.h"
#include "client/cli/job_file.h"
#include "client/cli/output/human.h"
#include "client/job/compressed_sink.h"
#include "client/job/pretranslation.h"
#include "client/job/segment_message.h"
#include "client/lib/byte_sink.h"
#include "client/lib/parallel_lookup.h"
#include "service/formats/bilingual_file.h"
#include "service/formats/decompress.h"
#include "service/formats/peek_source.h"

namespace tercet::cli {
namespace {

namespace fs = std::filesystem;

constexpr int kDefaultThreshold = 75;
constexpr int kMostSuggestions = 20;
constexpr int kProblemsShown = 20;

struct PretranslateFlags {
  std::string file;
  std::string output;
  JobFileFlags input;
  FilterFlags filter;
  int threshold = kDefaultThreshold;
  int suggestions = 1;
  bool in_place = false;
  bool overwrite = false;
  bool overwrite_approved = false;
  bool keep_numbers = false;
  bool dry_run = false;
  bool verbose = false;
};

// A sink for bytes that nobody wants.
class NullSink final : public client::ByteSink {
 public:
  Status Write(std::string_view) override { return OkStatus(); }
  Status Finish() override { return OkStatus(); }
};

// Where the filled file goes; empty for standard output.
StatusOr<std::string> OutputPath(const PretranslateFlags& flags) {
  if (flags.in_place) {
    if (!flags.output.empty()) return UsageError("--in-place excludes -o");
    if (flags.file == "-") return UsageError("--in-place needs a file");
    // What a link leads to, so that it stays one.
    std::error_code error;
    const fs::path path = fs::canonical(flags.file, error);
    return error ? flags.file : path.string();
  }
  if (flags.output.empty() && !flags.dry_run) {
    return UsageError(
        "give -o FILE for the result (- is standard output), or "
        "--in-place");
  }
  std::error_code error;
  if (fs::equivalent(flags.file, flags.output, error)) {
    return UsageError(
        "the result would replace the file: that needs "
        "--in-place");
  }
  return flags.output == "-" ? "" : flags.output;
}

StatusOr<std::unique_ptr<client::ByteSink>> OpenOutput(
    const PretranslateFlags& flags, const std::string& path, Session& session) {
  if (flags.dry_run) return std::make_unique<NullSink>();
  if (path.empty()) return client::MakeStreamSink(session.environment().out);
  ASSIGN_OR_RETURN(std::unique_ptr<client::ByteSink> sink,
                   client::OpenFileSink(path));
  if (path.ends_with(".gz")) {
    return MakeCompressedSink(std::move(sink), Compression::kGzip);
  }
  if (path.ends_with(".zst")) {
    return MakeCompressedSink(std::move(sink), Compression::kZstd);
  }
  return sink;
}

// The file to fill.
class BilingualInput {
 public:
  static StatusOr<std::unique_ptr<BilingualInput>> Open(
      const std::string& path, const SourceOptions& options,
      const Session& session) {
    ASSIGN_OR_RETURN(std::unique_ptr<client::ByteSource> input,
                     OpenJobInput(path, session));
    std::unique_ptr<BilingualInput> opened(
        new BilingualInput(std::move(input), options));
    const std::string_view head = opened->head_.Peek(kSourceHeadBytes);
    const std::optional<SourceFormat> format =
        options.format.has_value() ? options.format : DetectSourceFormat(head);
    if (format != SourceFormat::kXliff && format != SourceFormat::kPo) {
      return InFile(path, MakeError(StatusCode::kInvalidArgument,
                                    "this is neither XLIFF nor PO, so that it "
                                    "has no targets to fill",
                                    {.reason = "FILE_FORMAT_UNKNOWN"}));
    }
    opened->format_ = *format;
    opened->file_ = MakeBilingualFile(
        format == SourceFormat::kXliff ? FileFormat::kXliff : FileFormat::kPo,
        opened->head_, ReadOptionsOf(options));
    return opened;
  }

  BilingualFile& file() { return *file_; }
  SourceFormat format() const { return format_; }
  const SourceOptions& options() const { return options_; }
  int64_t bytes_read() const { return source_.bytes_read(); }
  int64_t total_bytes() const { return input_->total_bytes(); }

 private:
  BilingualInput(std::unique_ptr<client::ByteSource> input,
                 const SourceOptions& options)
      : input_(std::move(input)),
        source_(*input_),
        unpacked_(MakeDecompressingSource(source_)),
        head_(*unpacked_),
        options_(options) {}

  const std::unique_ptr<client::ByteSource> input_;
  InputSource source_;
  const std::unique_ptr<ByteSource> unpacked_;
  PeekSource head_;
  const SourceOptions options_;
  SourceFormat format_ = SourceFormat::kXliff;
  std::unique_ptr<BilingualFile> file_;
};

class Pretranslator {
 public:
  Pretranslator(const PretranslateFlags& flags, Scope scope,
                client::Client& client, Session& session)
      : flags_(flags),
        scope_{.parent = std::move(scope.parent),
               .filter = std::move(scope.filter),
               .min_score = flags.threshold < kLeastBandScore ? flags.threshold
                                                              : kLeastBandScore,
               .max_matches = flags.suggestions > 1 ? flags.suggestions : 1},
        client_(client),
        session_(session),
        problems_(session, flags.verbose) {}

  Status Run(BilingualInput& file, client::ByteSink& sink) {
    ProgressMeter meter = session_.MakeMeter(flags_.file, flags_.verbose);
    const auto lookup = [this](std::span<const SourceSegment> segments) {
      std::vector<v1::LookupSegmentRequest> requests;
      for (const SourceSegment& segment : segments) {
        requests.push_back(LookupRequest(segment, scope_));
      }
      return client::LookUpAll(client_, requests);
    };
    const auto take_problem = [&](const ReadProblem& problem) {
      meter.Clear();
      problems_.Add(flags_.file, problem);
    };
    Pretranslation job(
        file.file(),
        {.threshold = flags_.threshold,
         .overwrite = flags_.overwrite || flags_.overwrite_approved,
         .overwrite_approved = flags_.overwrite_approved,
         .adapt_numbers = !flags_.keep_numbers,
         .max_suggestions = static_cast<size_t>(flags_.suggestions),
         .format = file.format(),
         .source = file.options()},
        lookup, take_problem);
    Status status = Write(job, file, sink, meter);
    meter.Clear();
    counts_ = job.counts();
    return status;
  }

  const PretranslationCounts& counts() const { return counts_; }
  ExitCode Finish() { return problems_.Finish(); }

 private:
  Status Write(Pretranslation& job, const BilingualInput& file,
               client::ByteSink& sink, ProgressMeter& meter) {
    bool more = true;
    while (more) {
      std::string bytes;
      StatusOr<bool> step = job.Step(bytes);
      if (!step.ok()) return InFile(flags_.file, step.status());
      more = *step;
      RETURN_IF_ERROR(sink.Write(bytes));
      meter.Update({.bytes = file.bytes_read(),
                    .total_bytes = file.total_bytes(),
                    .units = job.counts().bands.Total().segments});
    }
    return sink.Finish();
  }

  const PretranslateFlags& flags_;
  const LookupScope scope_;
  client::Client& client_;
  Session& session_;
  JobProblems problems_;
  PretranslationCounts counts_;
};

// To standard error where the file itself goes to standard output.
void PrintSummary(const PretranslateFlags& flags, const std::string& output,
                  const PretranslationCounts& counts, Session& session) {
  const bool to_out = flags.dry_run || !output.empty();
  if (session.settings().json) {
    Json json = {{"file", flags.file},
                 {"output", flags.dry_run ? "" : output},
                 {"threshold", flags.threshold},
                 {"filled", counts.filled},
                 {"adapted", counts.adapted}};
    json.update(CountsJson(counts.bands));
    if (to_out) {
      session.PrintJson(json);
    } else {
      session.PrintNote(json.dump());
    }
    return;
  }
  const std::string table = CountsTable(
      flags.file, counts.bands,
      to_out ? session.settings().color_out : session.settings().color_err);
  const std::string filled = fmt::format(
      "{} filled from {} on{}{}", FormatCounted(counts.filled, "target"),
      flags.threshold,
      counts.adapted == 0
          ? ""
          : fmt::format(", {} with other numbers", FormatCount(counts.adapted)),
      flags.dry_run ? " (--dry-run: nothing was written)" : "");
  if (to_out) {
    session.Print(table + filled + "\n");
  } else {
    Put(session.environment().err, table + filled + "\n");
  }
}

StatusOr<ExitCode> RunPretranslate(const PretranslateFlags& flags,
                                   Session& session) {
  ASSIGN_OR_RETURN(const std::string output, OutputPath(flags));
  ASSIGN_OR_RETURN(const SourceOptions options,
                   SourceOptionsOf(flags.input, session.settings()));
  ASSIGN_OR_RETURN(Scope scope, ScopeOf(flags.filter));
  ASSIGN_OR_RETURN(const std::unique_ptr<BilingualInput> file,
                   BilingualInput::Open(flags.file, options, session));
  ASSIGN_OR_RETURN(client::Client * client, session.Connect());
  ASSIGN_OR_RETURN(const std::unique_ptr<client::ByteSink> sink,
                   OpenOutput(flags, output, session));
  Pretranslator pretranslator(flags, std::move(scope), *client, session);
  std::error_code unknown;
  const fs::file_status before = fs::status(flags.file, unknown);
  RETURN_IF_ERROR(pretranslator.Run(*file, *sink));
  if (flags.in_place && !flags.dry_run && !unknown) {
    fs::permissions(output, before.permissions(), unknown);
  }
  PrintSummary(flags, output, pretranslator.counts(), session);
  return pretranslator.Finish();
}

void AddWayOptions(CLI::App& command, PretranslateFlags& flags) {
  command
      .add_option("--threshold", flags.threshold,
                  "The lowest score to put in (75)")
      ->check(CLI::Range(1, 100))
      ->type_name("SCORE");
  command
      .add_option("--suggestions", flags.suggestions,
                  "XLIFF: how many matches to offer beside a fuzzy target (1)")
      ->check(CLI::Range(0, kMostSuggestions))
      ->type_name("COUNT");
  command.add_flag("--overwrite", flags.overwrite,
                   "Replace targets that are there, where a match is good "
                   "enough, but not approved ones");
  command.add_flag("--overwrite-approved", flags.overwrite_approved,
                   "Likewise, and those that are approved, signed off or "
                   "final");
  command.add_flag("--keep-numbers", flags.keep_numbers,
                   "Put in targets as they are stored, with their numbers");
}

}  // namespace

void AddPretranslate(CLI::App& app, Chosen& chosen) {
  CLI::App* command = app.add_subcommand(
      "pretranslate", "Fill a file's targets with matches of a memory");
  command->footer(
      "Examples:\n"
      "  tercet pretranslate --memory press job.xlf -o job.es.xlf\n"
      "  tercet pretranslate --threshold 100 --in-place es.po\n"
      "  tercet pretranslate --dry-run --json job.sdlxliff\n"
      "XLIFF 1.2 and 2.x, PO. All but the targets stays as it is.");
  // Shared by the options and the command; lives as long as either.
  const auto flags = std::make_shared<PretranslateFlags>();
  command
      ->add_option("FILE", flags->file,
                   "The file to translate; - is standard input")
      ->required()
      ->type_name("");
  command
      ->add_option("-o,--output", flags->output,
                   "Where to (- is standard output)")
      ->type_name("FILE");
  command->add_flag("--in-place", flags->in_place, "Replace the file itself");
  AddJobLanguageOptions(*command, flags->input);
  command
      ->add_option("--as", flags->input.format,
                   "What the file is; by its content if absent")
      ->check(CLI::IsMember({"xliff", "po"}))
      ->type_name("FORMAT");
  AddWayOptions(*command, *flags);
  AddFilterOptions(*command, flags->filter);
  command->add_flag("--dry-run", flags->dry_run,
                    "Count what would be put in, write nothing");
  command->add_flag("-v,--verbose", flags->verbose,
                    "Show every problem, and progress in a log");
  command->callback([&chosen, flags] {
    chosen.command = [flags](Session& s) { return RunPretranslate(*flags, s); };
  });
}

}  // namespace tercet::cli

// tercet pull
#include <fmt/format.h>

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "client/cli/commands.h"
#include "client/cli/filter_options.h"
#include "client/cli/job_file.h"
#include "client/cli/json_shapes.h"
#include "client/cli/output/human.h"
#include "client/cli/version.h"
#include "client/job/job_memory.h"
#include "client/job/segment_message.h"
#include "client/lib/byte_sink.h"
#include "client/lib/parallel_lookup.h"

namespace tercet::cli {
namespace {

constexpr char kStandardOutput[] = "-";
constexpr int kMostMatches = 100;
// So many segments are looked up together.
constexpr size_t kWindow = 200;

struct PullFlags {
  std::string job;
  std::string output = kStandardOutput;
  JobFileFlags input;
  FilterFlags filter;
  int min_score = 70;
  int max = 5;
  bool verbose = false;
};

// Hands the TMX file on, and counts it.
class OutputSink final : public ByteSink {
 public:
  explicit OutputSink(client::ByteSink& output) : output_(output) {}

  Status Write(std::string_view bytes) override {
    bytes_ += static_cast<int64_t>(bytes.size());
    return output_.Write(bytes);
  }
  int64_t bytes() const { return bytes_; }

 private:
  client::ByteSink& output_;
  int64_t bytes_ = 0;
};

// One run over one file.
class Puller {
 public:
  Puller(const PullFlags& flags, LookupScope scope, client::Client& client,
         Session& session, JobMemory& memory)
      : flags_(flags),
        scope_(std::move(scope)),
        client_(client),
        session_(session),
        memory_(memory),
        notes_(session, flags.verbose),
        meter_(session.MakeMeter(flags.job, flags.verbose)) {}

  Status Run(JobFile& file) {
    const Status status = AddSegments(file);
    meter_.Clear();
    RETURN_IF_ERROR(status);
    return memory_.Finish();
  }

  const std::vector<ReadProblem>& problems() const { return problems_; }
  int64_t skipped_count() const { return notes_.skipped_count(); }
  ExitCode Finish() { return notes_.Finish(); }

 private:
  Status AddSegments(JobFile& file) {
    bool ended = false;
    while (!ended) {
      std::vector<SourceSegment> window;
      while (window.size() < kWindow) {
        ASSIGN_OR_RETURN(std::optional<SourceItem> item, file.Next());
        ended = !item.has_value();
        if (ended) break;
        if (const auto* problem = std::get_if<ReadProblem>(&*item)) {
          AddProblem(*problem);
          continue;
        }
        SourceSegment& segment = std::get<SourceSegment>(*item);
        if (!segment.is_locked) window.push_back(std::move(segment));
      }
      RETURN_IF_ERROR(AddWindow(window));
      meter_.Update({.bytes = file.bytes_read(),
                     .total_bytes = file.total_bytes(),
                     .units = memory_.segment_count()});
    }
    return OkStatus();
  }

  Status AddWindow(const std::vector<SourceSegment>& window) {
    std::vector<v1::LookupSegmentRequest> requests;
    requests.reserve(window.size());
    for (const SourceSegment& segment : window) {
      requests.push_back(LookupRequest(segment, scope_));
    }
    if (requests.empty()) return OkStatus();
    ASSIGN_OR_RETURN(const auto responses,
                     client::LookUpAll(client_, requests));
    for (size_t i = 0; i < window.size(); ++i) {
      if (responses[i].has_error()) {
        AddProblem({.line = window[i].line,
                    .reason = responses[i].error().reason(),
                    .message = responses[i].error().message(),
                    .skipped = true});
        continue;
      }
      RETURN_IF_ERROR(memory_.Add(responses[i].matches()));
    }
    return OkStatus();
  }

  void AddProblem(const ReadProblem& problem) {
    problems_.push_back(problem);
    meter_.Clear();
    notes_.Add(flags_.job, problem);
  }

  const PullFlags& flags_;
  const LookupScope scope_;
  client::Client& client_;
  Session& session_;
  JobMemory& memory_;
  JobProblems notes_;
  ProgressMeter meter_;
  std::vector<ReadProblem> problems_;
};

void PrintJsonReport(const PullFlags& flags, const JobMemory& memory,
                     const Puller& puller, int64_t bytes, Session& session) {
  Json problems = Json::array();
  for (const ReadProblem& problem : puller.problems()) {
    problems.push_back({{"line", problem.line},
                        {"reason", problem.reason},
                        {"message", problem.message},
                        {"skipped", problem.skipped}});
  }
  session.PrintJson({{"for", flags.job},
                     {"file", flags.output},
                     {"segments", memory.segment_count()},
                     {"found", memory.found_count()},
                     {"units", memory.unit_count()},
                     {"bytes", bytes},
                     {"skipped", puller.skipped_count()},
                     {"problems", std::move(problems)}});
}

void PrintReport(const PullFlags& flags, const JobMemory& memory,
                 const Puller& puller, int64_t bytes, Session& session) {
  // On standard output stands the file itself.
  const bool to_file = flags.output != kStandardOutput;
  if (session.settings().json) {
    if (to_file) PrintJsonReport(flags, memory, puller, bytes, session);
    return;
  }
  if (!to_file) return;
  session.PrintNote(fmt::format(
      "{}: {} for {} of {}, {}", flags.output,
      FormatCounted(memory.unit_count(), "unit"),
      FormatCount(memory.found_count()),
      FormatCounted(memory.segment_count(), "segment"), FormatBytes(bytes)));
}

StatusOr<std::unique_ptr<client::ByteSink>> OpenOutput(const std::string& path,
                                                       const Session& session) {
  if (path != kStandardOutput) return client::OpenFileSink(path);
  return client::MakeStreamSink(session.environment().out);
}

StatusOr<ExitCode> RunPull(const PullFlags& flags, Session& session) {
  ASSIGN_OR_RETURN(const SourceOptions options,
                   SourceOptionsOf(flags.input, session.settings()));
  ASSIGN_OR_RETURN(Scope scope, ScopeOf(flags.filter));
  ASSIGN_OR_RETURN(const std::unique_ptr<JobFile> file,
                   JobFile::Open(flags.job, options, session));
  ASSIGN_OR_RETURN(client::Client * client, session.Connect());
  ASSIGN_OR_RETURN(const std::unique_ptr<client::ByteSink> output,
                   OpenOutput(flags.output, session));
  OutputSink sink(*output);
  JobMemory memory({.tool_version = std::string(kVersion)}, sink);
  Puller puller(flags,
                {.parent = std::move(scope.parent),
                 .filter = std::move(scope.filter),
                 .min_score = flags.min_score,
                 .max_matches = flags.max},
                *client, session, memory);
  RETURN_IF_ERROR(puller.Run(*file));
  RETURN_IF_ERROR(output->Finish());
  PrintReport(flags, memory, puller, sink.bytes(), session);
  if (const ExitCode code = puller.Finish(); code != ExitCode::kOk) return code;
  return memory.found_count() > 0 ? ExitCode::kOk : ExitCode::kNothingFound;
}

}  // namespace

void AddPull(CLI::App& app, Chosen& chosen) {
  CLI::App* command = app.add_subcommand(
      "pull", "Write what a file to translate needs to a small TMX file");
  command->footer(
      "Examples:\n"
      "  tercet pull --for story.txt --from en --to es -o tm/server.tmx\n"
      "  tercet pull --for job.tmx --min-score 60 -m press -o job-tm.tmx\n"
      "The TMX file has the best matches of every segment, each pair once.");
  // Shared by the options and the command; lives as long as either.
  const auto flags = std::make_shared<PullFlags>();
  command
      ->add_option("--for", flags->job,
                   "The file to translate; - is standard input")
      ->required()
      ->type_name("FILE");
  command
      ->add_option("-o,--output", flags->output,
                   "The TMX file; standard output if absent or -")
      ->type_name("FILE");
  AddJobFileOptions(*command, flags->input);
  command
      ->add_option("--min-score", flags->min_score,
                   "The lowest score of a match (70)")
      ->check(CLI::Range(1, 100))
      ->type_name("SCORE");
  command->add_option("--max", flags->max, "The most matches of a segment (5)")
      ->check(CLI::Range(1, kMostMatches))
      ->type_name("COUNT");
  AddFilterOptions(*command, flags->filter);
  command->add_flag("-v,--verbose", flags->verbose,
                    "Show every problem, and progress in a log");
  command->callback([&chosen, flags] {
    chosen.command = [flags](Session& s) { return RunPull(*flags, s); };
  });
}

}  // namespace tercet::cli

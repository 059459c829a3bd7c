#include "client/cli/align_run.h"

#include <fmt/format.h>

#include <filesystem>
#include <mutex>
#include <optional>
#include <system_error>
#include <utility>

#include "client/cli/output/display_width.h"
#include "client/lib/align.h"

namespace tercet::cli {
namespace {

constexpr int kProblemsShown = 20;

// Of the whole work, as far as the progress is concerned.
constexpr double kReadingShare = 0.1;

int64_t TotalBytes(const std::vector<ReleaseFile>& files) {
  int64_t total = 0;
  for (const ReleaseFile& file : files) {
    std::error_code error;
    const auto size = std::filesystem::file_size(file.path, error);
    if (!error) total += static_cast<int64_t>(size);
  }
  return total;
}

v1::AlignProblem UnreadableFile(const ReleaseFile& file, const Status& error) {
  v1::AlignProblem problem;
  problem.set_file(file.name);
  problem.set_document(file.document);
  problem.set_reason(GetDetails(error).reason);
  problem.set_message(std::string(MessageOf(error)));
  return problem;
}

class Run {
 public:
  Run(const AlignJob& job, const AlignEvents& events, Session& session)
      : job_(job),
        events_(events),
        session_(session),
        total_bytes_(TotalBytes(job.files)),
        meter_(session.MakeMeter(job.label, job.verbose)) {}

  // On the sending thread.
  StatusOr<std::optional<v1::SourceFile>> NextFile() {
    while (next_ < job_.files.size()) {
      const ReleaseFile& file = job_.files[next_++];
      StatusOr<v1::SourceFile> loaded = LoadReleaseFile(file);
      if (loaded.ok()) {
        loaded->set_format(job_.format);
        return std::optional<v1::SourceFile>(*std::move(loaded));
      }
      const std::lock_guard<std::mutex> lock(mutex_);
      unreadable_.push_back(UnreadableFile(file, loaded.status()));
    }
    return std::optional<v1::SourceFile>();
  }

  Status Take(const v1::AlignDocumentsResponse& response) {
    switch (response.event_case()) {
      case v1::AlignDocumentsResponse::kProgress:
        ShowProgress(response.progress());
        return OkStatus();
      case v1::AlignDocumentsResponse::kDocument:
        units_ += response.document().unit_count();
        return events_.on_document ? events_.on_document(response.document())
                                   : OkStatus();
      case v1::AlignDocumentsResponse::kProblem:
        AddProblem(response.problem());
        return OkStatus();
      case v1::AlignDocumentsResponse::kUnitChunk:
        return events_.on_units ? events_.on_units(response.unit_chunk())
                                : OkStatus();
      case v1::AlignDocumentsResponse::kReviewChunk:
        return events_.on_review ? events_.on_review(response.review_chunk())
                                 : OkStatus();
      case v1::AlignDocumentsResponse::kSummary:
        result_.summary = response.summary();
        return OkStatus();
      case v1::AlignDocumentsResponse::EVENT_NOT_SET:
        return OkStatus();
    }
    return OkStatus();
  }

  // REQUIRES: nothing is sent any more.
  AlignResult Finish() {
    for (const v1::AlignProblem& problem : unreadable_) {
      AddProblem(problem);
      result_.summary.set_skipped_count(result_.summary.skipped_count() + 1);
    }
    meter_.Clear();
    if (!session_.settings().json && shown_ < problem_count()) {
      session_.PrintNote(fmt::format("{} more problems (--verbose shows them)",
                                     problem_count() - shown_));
    }
    result_.elapsed_ms = meter_.elapsed_ms();
    return std::move(result_);
  }

  void Clear() { meter_.Clear(); }

 private:
  int problem_count() const {
    return static_cast<int>(result_.problems.size());
  }

  void ShowProgress(const v1::AlignProgress& progress) {
    const auto share = [](int64_t part, int64_t whole) {
      return whole <= 0
                 ? 0.0
                 : static_cast<double>(part) / static_cast<double>(whole);
    };
    const double done =
        kReadingShare * share(progress.files_read(),
                              static_cast<int64_t>(job_.files.size())) +
        (1 - kReadingShare) *
            share(progress.steps_done(), progress.steps_total());
    meter_.Update({.bytes = static_cast<int64_t>(
                       done * static_cast<double>(total_bytes_)),
                   .total_bytes = total_bytes_,
                   .units = units_});
  }

  void AddProblem(const v1::AlignProblem& problem) {
    result_.problems.push_back(problem);
    if (session_.settings().json) return;
    if (shown_ == kProblemsShown && !job_.verbose) return;
    ++shown_;
    meter_.Clear();
    const std::string& where =
        problem.file().empty() ? problem.document() : problem.file();
    session_.PrintNote(fmt::format(
        "{}: {}{}: {}", Printable(where), problem.warning() ? "warning: " : "",
        problem.reason(), Printable(problem.message())));
  }

  const AlignJob& job_;
  const AlignEvents& events_;
  Session& session_;
  const int64_t total_bytes_;
  ProgressMeter meter_;
  size_t next_ = 0;  // Used by the sending thread alone.
  std::mutex mutex_;
  std::vector<v1::AlignProblem> unreadable_;  // Guarded while files are sent.
  AlignResult result_;
  int64_t units_ = 0;
  int shown_ = 0;
};

}  // namespace

StatusOr<AlignResult> RunAlignment(const AlignJob& job,
                                   const AlignEvents& events,
                                   client::Client& client, Session& session) {
  Run run(job, events, session);
  v1::AlignConfig config = job.config;
  config.set_total_files(static_cast<int64_t>(job.files.size()));
  const Status status = client::AlignDocuments(
      client, config, [&run] { return run.NextFile(); },
      [&run](const v1::AlignDocumentsResponse& r) { return run.Take(r); });
  run.Clear();
  RETURN_IF_ERROR(status);
  return run.Finish();
}

}  // namespace tercet::cli

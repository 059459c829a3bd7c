// What `tercet align` and `tercet import release` share: sends files, shows
// progress and problems.
#ifndef TERCET_CLIENT_CLI_ALIGN_RUN_H_
#define TERCET_CLIENT_CLI_ALIGN_RUN_H_

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "client/cli/release_files.h"
#include "client/cli/session.h"
#include "client/lib/client.h"
#include "service/base/status.h"
#include "tercet/v1/release_service.pb.h"

namespace tercet::cli {

struct AlignJob {
  v1::AlignConfig config;
  std::vector<ReleaseFile> files;
  v1::SourceFile::Format format = v1::SourceFile::FORMAT_UNSPECIFIED;
  std::string label;     // Of the progress.
  bool verbose = false;  // All problems, and progress in a log.
};

// What comes back. All are called on the calling thread; any may be empty.
struct AlignEvents {
  std::function<Status(const v1::AlignedDocument&)> on_document;
  std::function<Status(std::string_view bytes)> on_units;
  std::function<Status(std::string_view bytes)> on_review;
};

struct AlignResult {
  v1::AlignSummary summary;
  std::vector<v1::AlignProblem> problems;
  int64_t elapsed_ms = 0;
};

// Runs the job. A file that cannot be read is a problem like those that the
// server finds. Problems are printed as they come, twenty of them unless
// `verbose`, and not with --json.
StatusOr<AlignResult> RunAlignment(const AlignJob& job,
                                   const AlignEvents& events,
                                   client::Client& client, Session& session);

// Whether anything was left out.
inline bool HasSkipped(const AlignResult& result) {
  return result.summary.skipped_count() > 0;
}

}  // namespace tercet::cli

#endif  // TERCET_CLIENT_CLI_ALIGN_RUN_H_

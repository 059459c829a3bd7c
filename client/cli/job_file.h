// The files to translate of `tercet analyze` and its like, and the options that
// say how to read them.
#ifndef TERCET_CLIENT_CLI_JOB_FILE_H_
#define TERCET_CLIENT_CLI_JOB_FILE_H_

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "CLI/CLI.hpp"
#include "client/cli/exit_code.h"
#include "client/cli/session.h"
#include "client/job/input_source.h"
#include "client/lib/byte_source.h"
#include "service/base/status.h"
#include "service/formats/source_segments.h"

namespace tercet::cli {

// As typed.
struct JobFileFlags {
  std::string from;
  std::string to;
  std::string format;
  bool wrapped = false;
};

// --from and --to; `flags` must live as long as `command`.
void AddJobLanguageOptions(CLI::App& command, JobFileFlags& flags);
// These and --as, --wrapped.
void AddJobFileOptions(CLI::App& command, JobFileFlags& flags);

// What the options ask for. Where they name no language, the configuration's
// counts for files that name none, too. Fails with a usage error.
StatusOr<SourceOptions> SourceOptionsOf(const JobFileFlags& flags,
                                        const Settings& settings);

// Opens a file; `-` is standard input.
StatusOr<std::unique_ptr<client::ByteSource>> OpenJobInput(
    const std::string& path, const Session& session);

// An open file, as its segments.
class JobFile {
 public:
  // Errors name the file.
  static StatusOr<std::unique_ptr<JobFile>> Open(const std::string& path,
                                                 const SourceOptions& options,
                                                 const Session& session);

  // As SourceReader::Next; errors name the file.
  StatusOr<std::optional<SourceItem>> Next();

  int64_t bytes_read() const { return source_.bytes_read(); }
  int64_t total_bytes() const { return input_->total_bytes(); }

 private:
  JobFile(std::string path, std::unique_ptr<client::ByteSource> input)
      : path_(std::move(path)), input_(std::move(input)), source_(*input_) {}

  const std::string path_;
  const std::unique_ptr<client::ByteSource> input_;
  InputSource source_;
  std::unique_ptr<SourceReader> reader_;
};

// The error with the file's name, where it is about the file.
Status InFile(const std::string& path, const Status& error);

// Tells what is odd about a job's files on standard error, one line each:
// `press.txt:12: LINE_TOO_LONG: ...`. Not thread-safe.
class JobProblems {
 public:
  // With `all` warnings too, and more than the first ones.
  JobProblems(Session& session, bool all) : session_(session), all_(all) {}

  void Add(const std::string& path, const ReadProblem& problem);

  // Of segments that could not be read or looked up.
  int64_t skipped_count() const { return skipped_count_; }
  // Says how many there were; the exit code that they mean.
  ExitCode Finish();

 private:
  Session& session_;
  const bool all_;
  int64_t skipped_count_ = 0;
};

}  // namespace tercet::cli

#endif  // TERCET_CLIENT_CLI_JOB_FILE_H_

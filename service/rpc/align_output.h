// The response side of an alignment.
#ifndef TERCET_SERVICE_RPC_ALIGN_OUTPUT_H_
#define TERCET_SERVICE_RPC_ALIGN_OUTPUT_H_

#include <cstdint>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "service/formats/unit_writer.h"
#include "service/release/align_release.h"
#include "service/rpc/align_call.h"
#include "service/rpc/chunk_sink.h"

namespace tercet {

// What the config asks for.
struct AlignPlan {
  std::string memory_id;                  // Empty: none.
  std::optional<FileFormat> unit_format;  // Nullopt: no files.
  FileFormat review_format = FileFormat::kTmx;
  double min_confidence = 0;
  bool omit_beads = false;
  std::string document;
};

// Sends documents, and their units as two files: the good ones, and those to be
// reviewed. Not thread-safe.
class AlignOutput {
 public:
  // All arguments must outlive the object. `languages` are the columns of
  // tables.
  AlignOutput(const AlignContext& context, const AlignPlan& plan,
              AlignStream& stream, std::vector<LanguageTag> languages);

  Status Take(const AlignedRelease& release);
  Status AddProblem(const ReleaseProblem& problem);
  // Sends it unless something was sent a moment ago.
  void Progress(const v1::AlignProgress& progress);
  // Ends the files and sends the summary. Call once, as the last.
  Status Finish(int64_t file_count);

 private:
  Status Send(const v1::AlignDocumentsResponse& response);
  Status WriteUnit(const AlignedUnit& unit, v1::AlignedDocument& document);

  const AlignContext& context_;
  const AlignPlan& plan_;
  AlignStream& stream_;
  std::unique_ptr<ChunkSink> unit_sink_;
  std::unique_ptr<ChunkSink> review_sink_;
  std::unique_ptr<UnitWriter> unit_writer_;
  std::unique_ptr<UnitWriter> review_writer_;
  std::set<std::pair<uint64_t, uint64_t>> seen_;  // Hashes of units' texts.
  v1::AlignSummary summary_;
  int64_t progress_micros_ = 0;
};

}  // namespace tercet

#endif  // TERCET_SERVICE_RPC_ALIGN_OUTPUT_H_

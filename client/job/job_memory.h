// The small memory that a job needs: a TMX file of the units that match its
// segments.
//
//   JobMemory memory({.tool_version = "1.0"}, sink);
//   for (...) RETURN_IF_ERROR(memory.Add(response.matches()));
//   RETURN_IF_ERROR(memory.Finish());
#ifndef TERCET_CLIENT_JOB_JOB_MEMORY_H_
#define TERCET_CLIENT_JOB_JOB_MEMORY_H_

#include <cstdint>
#include <memory>
#include <set>
#include <string>
#include <utility>

#include "service/base/status.h"
#include "service/formats/unit_writer.h"
#include "tercet/v1/lookup_service.pb.h"

namespace tercet {

// What a job needs of a match's unit: all variants in the language of the one
// that matched, for another segment may match another one, and the targets. The
// source is the language that matched, whatever the unit was written in.
StatusOr<Unit> UnitForJob(const v1::Match& match);

// Not thread-safe.
class JobMemory {
 public:
  // `sink` must outlive the memory.
  JobMemory(WriterOptions options, ByteSink& sink);

  // The matches of the next segment. Each unit is written once, where it is
  // needed first. Fails with kResourceExhausted, reason PULL_TOO_LARGE, beyond
  // a million units: what is remembered of them is bounded.
  Status Add(const google::protobuf::RepeatedPtrField<v1::Match>& matches);
  // Ends the file. Call once, as the last.
  Status Finish();

  int64_t segment_count() const { return segment_count_; }
  // Segments that have a match.
  int64_t found_count() const { return found_count_; }
  int64_t unit_count() const { return static_cast<int64_t>(seen_.size()); }

 private:
  const std::unique_ptr<UnitWriter> writer_;
  std::set<std::pair<uint64_t, uint64_t>> seen_;  // Hashes of what was written.
  int64_t segment_count_ = 0;
  int64_t found_count_ = 0;
};

}  // namespace tercet

#endif  // TERCET_CLIENT_JOB_JOB_MEMORY_H_

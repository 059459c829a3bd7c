// A file to translate with the targets that a memory has for it.
//
//   Pretranslation job(*file, options, lookup);
//   while (true) {
//     ASSIGN_OR_RETURN(const bool more, job.Step(out));
//     RETURN_IF_ERROR(sink.Write(out));
//     if (!more) break;
//   }
//   job.counts()[MatchBand::kExact].segments ...
#ifndef TERCET_CLIENT_JOB_PRETRANSLATION_H_
#define TERCET_CLIENT_JOB_PRETRANSLATION_H_

#include <cstddef>
#include <cstdint>
#include <deque>
#include <functional>
#include <span>
#include <string>
#include <vector>

#include "client/job/job_analysis.h"
#include "service/base/status.h"
#include "service/formats/bilingual_file.h"
#include "service/formats/source_segments.h"
#include "tercet/v1/lookup_service.pb.h"

namespace tercet {

struct PretranslationOptions {
  int threshold = 75;      // No match below this is put in; 1 to 100.
  bool overwrite = false;  // Targets that are there may be replaced, ...
  bool overwrite_approved = false;  // ... approved ones, too.
  // Numbers and dates of the segment in the target's, where that is certain.
  bool adapt_numbers = true;
  size_t max_suggestions = 1;  // Beside a target that is not exact.
  // What the file is, and its languages.
  SourceFormat format = SourceFormat::kXliff;
  SourceOptions source;
};

struct PretranslationCounts {
  // By the band of the best match, whether it was put in or not; a draft that
  // is there, too. kTranslated: other targets that were left as they are.
  BandCounts bands;
  int64_t filled = 0;
  int64_t adapted = 0;  // Of those filled, with other numbers.
};

// Not thread-safe.
class Pretranslation {
 public:
  // The answers for some segments, in their order.
  using Lookup =
      std::function<StatusOr<std::vector<v1::StreamLookupSegmentsResponse>>(
          std::span<const SourceSegment> segments)>;
  // Takes what is odd about the file, and segments that could not be looked up.
  using TakeProblem = std::function<void(const ReadProblem& problem)>;

  // `file` must outlive the object.
  Pretranslation(BilingualFile& file, const PretranslationOptions& options,
                 Lookup lookup, TakeProblem take_problem);

  // Reads on, and appends to `out` what is done of the file. Returns whether
  // there is more.
  StatusOr<bool> Step(std::string& out);

  const PretranslationCounts& counts() const { return counts_; }

 private:
  // A segment by its piece, counted from the first of the file.
  struct Place {
    size_t piece = 0;
    size_t segment = 0;
    bool may_fill = false;  // Else it is only counted.
  };
  struct OpenPiece {
    FilePiece piece;
    std::vector<TargetFill> fills;
  };

  Status ReadWindow();
  Status AddPiece(FilePiece piece);
  void TakeReady();
  Status FillWindow();
  Status Settle(const SourceSegment& segment, const Place& place,
                const v1::StreamLookupSegmentsResponse& response);
  OpenPiece& PieceOf(const Place& place) {
    return pieces_[place.piece - first_piece_];
  }
  bool MayFill(const BilingualSegment& segment) const;

  BilingualFile& file_;
  const PretranslationOptions options_;
  const Lookup lookup_;
  const TakeProblem take_problem_;
  std::deque<OpenPiece> pieces_;  // Those not given out.
  size_t first_piece_ = 0;        // The number of the first of them.
  NeighbourQueue queue_;
  std::deque<Place> waiting_;  // Of what is in the queue.
  std::vector<SourceSegment> window_;
  std::vector<Place> places_;  // Of the window's segments.
  bool ended_ = false;
  PretranslationCounts counts_;
};

}  // namespace tercet

#endif  // TERCET_CLIENT_JOB_PRETRANSLATION_H_

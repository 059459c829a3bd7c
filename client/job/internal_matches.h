// The segments of a job so far, and how well they match the next one.
#ifndef TERCET_CLIENT_JOB_INTERNAL_MATCHES_H_
#define TERCET_CLIENT_JOB_INTERNAL_MATCHES_H_

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "service/index/segment_index.h"
#include "service/model/segment.h"
#include "service/text/analysis.h"

namespace tercet {

// Not thread-safe.
class InternalMatches {
 public:
  // A segment as it is matched; `language` is a base language.
  struct Entry {
    const std::string& language;
    const Segment& segment;
    const Analysis& analysis;
  };

  // The best score of all segments added in the language, if it is at least
  // `min_score`; else 0. REQUIRES: 1 <= min_score <= 100.
  int BestScore(const Entry& entry, int min_score) const;

  // REQUIRES: an equal segment was not added before.
  void Add(const Entry& entry);

 private:
  struct OfLanguage {
    // Shared, for that is how indexes are handed out.
    std::shared_ptr<const SegmentIndex> index = SegmentIndex::Empty();
    std::vector<Segment> segments;  // By the index's unit number.
  };

  std::map<std::string, OfLanguage> languages_;
};

}  // namespace tercet

#endif  // TERCET_CLIENT_JOB_INTERNAL_MATCHES_H_

// Aligns many releases, on several threads, in two passes: what the first one
// is sure of teaches the lexicon that the second one uses.
#ifndef TERCET_SERVICE_RELEASE_ALIGN_RELEASES_H_
#define TERCET_SERVICE_RELEASE_ALIGN_RELEASES_H_

#include <cstddef>
#include <functional>
#include <vector>

#include "service/align/lexicon.h"
#include "service/base/status.h"
#include "service/base/stop_check.h"
#include "service/release/align_release.h"

namespace tercet {

struct AlignReleasesOptions {
  size_t threads = 1;
  Lexicon lexicon;  // What is known before.
  StopCheck stop = NeverStop();
  // Called from one thread at a time, with the releases done so far of the
  // `total` of both passes. May be empty.
  std::function<void(size_t done, size_t total)> on_progress;
};

// Takes an aligned release; an error ends the work.
using TakeRelease = std::function<Status(AlignedRelease release)>;

// Aligns `releases` and hands them over in their order, one at a time. A
// release that cannot be aligned is told to `problems` and left out. The result
// depends on the releases and the lexicon alone, not on threads or time.
Status AlignReleases(std::vector<Release> releases,
                     const AlignReleasesOptions& options,
                     const TakeRelease& take,
                     std::vector<ReleaseProblem>& problems);

}  // namespace tercet

#endif  // TERCET_SERVICE_RELEASE_ALIGN_RELEASES_H_

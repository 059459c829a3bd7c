#include "service/release/align_releases.h"

#include <algorithm>
#include <mutex>
#include <span>
#include <string>
#include <utility>

#include "service/base/parallel.h"
#include "service/release/repeated.h"

namespace tercet {
namespace {

// Releases that are aligned before any of them is handed over.
constexpr size_t kWindow = 64;

// A lexicon from one or two documents says no more than the documents' own,
// which the aligner learns by itself.
constexpr size_t kLeastToLearn = 3;

class Work {
 public:
  Work(const AlignReleasesOptions& options, size_t total)
      : options_(options), total_(total) {}

  // Aligns all of them, each by itself; the status of each, unless one means
  // that nobody waits any more.
  StatusOr<std::vector<Status>> Align(std::span<AlignedRelease> releases,
                                      const Lexicon& lexicon) {
    const AlignOptions align = {.lexicon = lexicon.empty() ? nullptr : &lexicon,
                                .stop = options_.stop};
    std::vector<Status> results(releases.size());
    RETURN_IF_ERROR(
        ParallelFor(releases.size(), options_.threads, [&](size_t i) {
          RETURN_IF_ERROR(options_.stop());
          results[i] = AlignRelease(align, releases[i]);
          CountOne();
          const bool own = results[i].ok() ||
                           results[i].code() == StatusCode::kInvalidArgument;
          return own ? OkStatus() : results[i];
        }));
    return results;
  }

 private:
  void CountOne() {
    if (!options_.on_progress) return;
    const std::lock_guard<std::mutex> lock(mutex_);
    options_.on_progress(++done_, total_);
  }

  const AlignReleasesOptions& options_;
  const size_t total_;
  std::mutex mutex_;
  size_t done_ = 0;
};

}  // namespace

Status AlignReleases(std::vector<Release> releases,
                     const AlignReleasesOptions& options,
                     const TakeRelease& take,
                     std::vector<ReleaseProblem>& problems) {
  DropRepeated(releases);
  std::vector<AlignedRelease> split;
  split.reserve(releases.size());
  for (Release& release : releases) {
    split.push_back(SplitRelease(std::move(release)));
  }
  const bool twice = split.size() >= kLeastToLearn;
  Work work(options, split.size() * (twice ? 2 : 1));
  Lexicon lexicon = options.lexicon;
  if (twice) {
    RETURN_IF_ERROR(work.Align(split, lexicon).status());
    for (const AlignedRelease& release : split) LearnFrom(release, lexicon);
  }
  for (size_t from = 0; from < split.size(); from += kWindow) {
    const std::span<AlignedRelease> window =
        std::span(split).subspan(from, std::min(kWindow, split.size() - from));
    ASSIGN_OR_RETURN(const std::vector<Status> results,
                     work.Align(window, lexicon));
    for (size_t i = 0; i < window.size(); ++i) {
      if (results[i].ok()) {
        RETURN_IF_ERROR(take(std::move(window[i])));
        continue;
      }
      problems.push_back({.document = window[i].document,
                          .reason = GetDetails(results[i]).reason,
                          .message = std::string(MessageOf(results[i]))});
    }
  }
  return OkStatus();
}

}  // namespace tercet

#include "service/index/run_lookup.h"

#include <algorithm>
#include <bit>

#include "service/match/score.h"

namespace tercet {

std::span<const PassedSignature> RunLookup::Find(const Chunk& chunk,
                                                 const Signature& signature,
                                                 int min_score) {
  passed_.clear();
  steps_ = 0;
  if (!SetWindow(chunk, min_score)) return passed_;
  if (runs_.empty()) HashRuns();
  FetchBuckets(chunk.postings());
  NarrowRuns(chunk.postings());
  checks_.clear();
  for (const QueryRun& run : runs_) ReadPostings(chunk, run);
  steps_ += runs_.size() + checks_.size();
  CheckSignatures(chunk.signatures(), signature, checks_, passed_);
  std::ranges::sort(passed_, {}, &PassedSignature::index);
  const auto repeated =
      std::unique(passed_.begin(), passed_.end(),
                  [](const PassedSignature& a, const PassedSignature& b) {
                    return a.index == b.index;
                  });
  passed_.erase(repeated, passed_.end());
  return passed_;
}

void RunLookup::HashRuns() {
  runs_.reserve(keys_.size() * kMaxRunLength);
  table_.assign(std::bit_ceil(2 * keys_.size() * kMaxRunLength), 0);
  for (size_t begin = 0; begin < keys_.size(); ++begin) {
    uint32_t hash = 0;
    const size_t end = std::min(keys_.size(), begin + kMaxRunLength);
    for (size_t i = begin; i < end; ++i) {
      hash = ExtendRunHash(hash, keys_[i]);
      AddRun(hash, begin);
    }
  }
}

// A run that is repeated is looked up once; otherwise a query of one word over
// and over would read the same postings as often.
void RunLookup::AddRun(uint32_t hash, size_t begin) {
  const auto place = static_cast<int>(begin);
  const size_t mask = table_.size() - 1;
  for (size_t slot = hash & mask;; slot = (slot + 1) & mask) {
    if (table_[slot] == 0) {
      runs_.push_back({.hash = hash, .first = place, .last = place});
      table_[slot] = static_cast<uint32_t>(runs_.size());
      return;
    }
    QueryRun& known = runs_[table_[slot] - 1];
    if (known.hash == hash) {
      known.last = place;
      return;
    }
  }
}

// Of d edits, |shift| at least come before the run that survives, and as many
// behind it as the difference of the lengths is from the shift; so
// |shift| + |difference - shift| <= d.
bool RunLookup::SetWindow(const Chunk& chunk, int min_score) {
  const auto query_length = static_cast<uint32_t>(keys_.size());
  const uint32_t fewer = MaxDistance(query_length, min_score);
  const size_t first_bucket = chunk.FirstBucketFrom(
      std::max(1U, query_length - std::min(fewer, query_length)));
  allowed_.clear();
  for (size_t i = first_bucket; i < chunk.length_count(); ++i) {
    const LengthBucket bucket = chunk.bucket(i);
    if (!IsCut(bucket.length)) break;
    const uint32_t edits =
        MaxDistance(std::max(bucket.length, query_length), min_score);
    if (bucket.length > query_length && bucket.length - query_length > edits) {
      break;
    }
    const int difference =
        static_cast<int>(query_length) - static_cast<int>(bucket.length);
    allowed_.push_back(
        {.end_slot = bucket.end_slot(),
         .edits = edits,
         .least_shift = (difference - static_cast<int>(edits) + 1) >> 1,
         .most_shift = (difference + static_cast<int>(edits)) >> 1,
         .place_shift = PlaceShift(bucket.length)});
    end_slot_ = bucket.end_slot();
  }
  if (allowed_.empty()) return false;
  first_slot_ = chunk.bucket(first_bucket).first_slot;
  return true;
}

// The places in memory are known long before what is in them is needed, so that
// it can be on its way for all of them at once.
void RunLookup::FetchBuckets(const Postings& postings) {
  for (const QueryRun& run : runs_) {
    postings.PrefetchStart(postings.BucketOf(run.hash));
  }
  for (QueryRun& run : runs_) {
    const uint32_t bucket = postings.BucketOf(run.hash);
    run.begin = postings.Begin(bucket);
    run.end = postings.End(bucket);
    if (run.begin != run.end) {
      postings.Prefetch(run.begin);
      postings.Prefetch(run.end - 1);
    }
  }
}

// A frequent run has very many postings, most of them of segments that are too
// short. Where those end is searched for in all runs by turns, so that the
// places to look at next are on their way meanwhile.
void RunLookup::NarrowRuns(const Postings& postings) {
  constexpr uint32_t kFew = 16;
  narrowings_.clear();
  const auto middle = [](const Narrowing& narrowing) {
    const uint32_t begin = narrowing.run->begin;
    return begin + (narrowing.end - begin) / 2;
  };
  for (QueryRun& run : runs_) {
    if (run.end - run.begin <= kFew) continue;
    narrowings_.push_back({&run, run.end});
    postings.Prefetch(middle(narrowings_.back()));
  }
  while (!narrowings_.empty()) {
    std::erase_if(narrowings_, [&](Narrowing& narrowing) {
      const uint32_t at = middle(narrowing);
      const uint64_t wanted = Postings::LeastBits(
          Postings::TagOf(narrowing.run->hash), first_slot_);
      if (postings.At(at).bits < wanted) {
        narrowing.run->begin = at + 1;
      } else {
        narrowing.end = at;
      }
      postings.Prefetch(middle(narrowing));
      return narrowing.end - narrowing.run->begin <= kFew;
    });
  }
}

void RunLookup::ReadPostings(const Chunk& chunk, const QueryRun& run) {
  const Postings& postings = chunk.postings();
  const uint32_t tag = Postings::TagOf(run.hash);
  const uint64_t wanted = Postings::LeastBits(tag, first_slot_);
  const uint64_t behind = Postings::LeastBits(tag, end_slot_);
  uint32_t index = run.begin;
  while (index < run.end && postings.At(index).bits < wanted) ++index;
  const Allowed* allowed = allowed_.data();
  for (; index < run.end; ++index) {
    const Posting posting = postings.At(index);
    if (posting.bits >= behind) break;
    const uint32_t slot = posting.slot();
    while (slot >= allowed->end_slot) ++allowed;
    if (posting.rank() > allowed->edits) continue;
    const auto least_place =
        static_cast<int>(posting.place() << allowed->place_shift);
    const int most_place = least_place + (1 << allowed->place_shift) - 1;
    if (run.last < least_place + allowed->least_shift ||
        run.first > most_place + allowed->most_shift) {
      continue;
    }
    chunk.PrefetchSignature(slot);
    checks_.push_back({slot, allowed->edits});
  }
  steps_ += index - run.begin;
}

}  // namespace tercet

#include "client/job/pretranslation.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "client/job/segment_message.h"
#include "client/job/unit_message.h"

namespace tercet {
namespace {

// So many segments are looked up together, of at most so many bytes of file.
constexpr size_t kWindowSegments = 2000;
constexpr size_t kWindowBytes = 16 * 1024 * 1024;

constexpr int kExactScore = 100;

// In any state: it is somebody's work.
bool HasTarget(const BilingualSegment& segment) {
  return !segment.is_copied &&
         std::ranges::any_of(segment.targets, [](const Segment& target) {
           return !IsBlank(target.text);
         });
}

// Which of a match's targets to take: the first with the code that is wanted,
// else the first.
int ChooseTarget(const v1::Match& match, const LanguageTag& wanted) {
  for (int i = 0; i < match.targets_size(); ++i) {
    if (match.targets(i).language_code() == wanted.code()) return i;
  }
  return 0;
}

const v1::AdaptedTarget* FindAdapted(const v1::Match& match, int target) {
  for (const v1::AdaptedTarget& adapted : match.adapted_targets()) {
    if (adapted.target() == target) return &adapted;
  }
  return nullptr;
}

// `press` of `memories/press/units/a`.
std::string MemoryOf(const std::string& unit) {
  const size_t begin = unit.find('/') + 1;
  return unit.substr(begin, unit.find('/', begin) - begin);
}

Status UnknownTarget() {
  return MakeError(StatusCode::kInvalidArgument,
                   "nothing says what language to translate into",
                   {.reason = "FILE_TARGET_LANGUAGE_UNKNOWN"});
}

struct ChosenTarget {
  Segment segment;
  bool is_adapted = false;
};

StatusOr<ChosenTarget> TargetOf(const v1::Match& match,
                                const LanguageTag& language,
                                bool adapt_numbers) {
  ChosenTarget chosen;
  const int target = ChooseTarget(match, language);
  if (const v1::AdaptedTarget* adapted = FindAdapted(match, target);
      adapt_numbers && adapted != nullptr) {
    ASSIGN_OR_RETURN(chosen.segment,
                     SegmentOf(adapted->text(), adapted->codes()));
    chosen.is_adapted = true;
    return chosen;
  }
  const v1::Variant& variant = match.targets(target);
  ASSIGN_OR_RETURN(chosen.segment, SegmentOf(variant.text(), variant.codes()));
  return chosen;
}

}  // namespace

Pretranslation::Pretranslation(BilingualFile& file,
                               const PretranslationOptions& options,
                               Lookup lookup, TakeProblem take_problem)
    : file_(file),
      options_(options),
      lookup_(std::move(lookup)),
      take_problem_(std::move(take_problem)) {}

StatusOr<bool> Pretranslation::Step(std::string& out) {
  RETURN_IF_ERROR(ReadWindow());
  RETURN_IF_ERROR(FillWindow());
  // A piece with a segment that waits for its neighbour waits, too.
  const size_t end =
      waiting_.empty() ? first_piece_ + pieces_.size() : waiting_.front().piece;
  for (; first_piece_ < end; ++first_piece_) {
    const OpenPiece& open = pieces_.front();
    out += open.fills.empty() ? open.piece.bytes
                              : file_.Fill(open.piece, open.fills);
    pieces_.pop_front();
  }
  return !ended_;
}

Status Pretranslation::ReadWindow() {
  size_t bytes = 0;
  while (!ended_ && window_.size() < kWindowSegments && bytes < kWindowBytes) {
    ASSIGN_OR_RETURN(std::optional<FilePiece> piece, file_.Next());
    if (piece.has_value()) {
      bytes += piece->bytes.size();
      RETURN_IF_ERROR(AddPiece(*std::move(piece)));
    } else {
      ended_ = true;
      queue_.Finish();
    }
    TakeReady();
  }
  return OkStatus();
}

Status Pretranslation::AddPiece(FilePiece piece) {
  for (const ReadProblem& problem : piece.problems) take_problem_(problem);
  if (piece.is_cut) {
    return MakeError(StatusCode::kInvalidArgument,
                     "a line of more than 16 MiB cannot be written again",
                     {.reason = "FILE_MALFORMED"});
  }
  if (piece.is_mended && !piece.segments.empty()) {
    take_problem_({.line = piece.segments.front().line,
                   .reason = "MARKUP_BROKEN",
                   .message = "the unit is not quite XML and was left as it is",
                   .skipped = true});
  }
  for (size_t i = 0; i < piece.segments.size(); ++i) {
    const BilingualSegment& read = piece.segments[i];
    if (IsBlank(read.source.text)) continue;
    const Place place = {.piece = first_piece_ + pieces_.size(),
                         .segment = i,
                         .may_fill = MayFill(read)};
    ASSIGN_OR_RETURN(SourceSegment segment,
                     SourceSegmentOf(read, options_.source));
    if (segment.target_language.empty()) return UnknownTarget();
    segment.is_locked = segment.is_locked || piece.is_mended;
    if (IsRunningText(options_.format)) {
      waiting_.push_back(place);
      queue_.Push(std::move(segment));
    } else {
      window_.push_back(std::move(segment));
      places_.push_back(place);
    }
  }
  pieces_.push_back({.piece = std::move(piece), .fills = {}});
  return OkStatus();
}

void Pretranslation::TakeReady() {
  while (std::optional<SourceSegment> segment = queue_.Pop()) {
    window_.push_back(*std::move(segment));
    places_.push_back(waiting_.front());
    waiting_.pop_front();
  }
}

bool Pretranslation::MayFill(const BilingualSegment& segment) const {
  if (!HasTarget(segment)) return true;
  if (segment.state == TargetState::kApproved) {
    return options_.overwrite_approved;
  }
  return options_.overwrite;
}

Status Pretranslation::FillWindow() {
  std::vector<SourceSegment> asked;
  std::vector<Place> places;
  for (size_t i = 0; i < window_.size(); ++i) {
    const bool counts_by_match =
        places_[i].may_fill || !window_[i].is_translated;
    if (!window_[i].is_locked && counts_by_match) {
      asked.push_back(std::move(window_[i]));
      places.push_back(places_[i]);
      continue;
    }
    const MatchBand band =
        window_[i].is_locked ? MatchBand::kLocked : MatchBand::kTranslated;
    counts_.bands[band] += CountSegment(window_[i].source);
  }
  window_.clear();
  places_.clear();
  if (asked.empty()) return OkStatus();
  ASSIGN_OR_RETURN(
      const std::vector<v1::StreamLookupSegmentsResponse> responses,
      lookup_(asked));
  for (size_t i = 0; i < asked.size(); ++i) {
    RETURN_IF_ERROR(Settle(asked[i], places[i], responses[i]));
  }
  return OkStatus();
}

Status Pretranslation::Settle(
    const SourceSegment& segment, const Place& place,
    const v1::StreamLookupSegmentsResponse& response) {
  if (response.has_error()) {
    take_problem_({.line = segment.line,
                   .reason = response.error().reason(),
                   .message = response.error().message(),
                   .skipped = true});
  }
  if (response.matches().empty() || response.matches(0).targets().empty()) {
    counts_.bands[MatchBand::kNoMatch] += CountSegment(segment.source);
    return OkStatus();
  }
  const v1::Match& best = response.matches(0);
  const bool in_context = best.kind() == v1::Match::EXACT_IN_CONTEXT;
  counts_.bands[BandOfMatch(best.score(), in_context)] +=
      CountSegment(segment.source);
  if (!place.may_fill || best.score() < options_.threshold) return OkStatus();

  ASSIGN_OR_RETURN(ChosenTarget chosen, TargetOf(best, segment.target_language,
                                                 options_.adapt_numbers));
  TargetFill fill = {.segment = place.segment,
                     .target = std::move(chosen.segment),
                     .score = best.score(),
                     .in_context = in_context && best.score() == kExactScore,
                     .fuzzy_source = best.source().text()};
  ++counts_.filled;
  counts_.adapted += chosen.is_adapted ? 1 : 0;
  for (const v1::Match& match : response.matches()) {
    const bool is_needed = best.score() < kExactScore &&
                           match.score() >= options_.threshold &&
                           fill.suggestions.size() < options_.max_suggestions;
    if (!is_needed || match.targets().empty()) continue;
    const int target = ChooseTarget(match, segment.target_language);
    fill.suggestions.push_back({.score = match.score(),
                                .source = match.source().text(),
                                .target = match.targets(target).text(),
                                .origin = MemoryOf(match.unit().name())});
  }
  PieceOf(place).fills.push_back(std::move(fill));
  return OkStatus();
}

}  // namespace tercet

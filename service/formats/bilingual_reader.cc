// The translated segments of a file to translate, as units.
#include <deque>
#include <utility>

#include "service/base/utf8.h"
#include "service/formats/bilingual_files.h"
#include "service/formats/readers.h"

namespace tercet {
namespace {

constexpr size_t kMaxPending = 10'000;
constexpr std::string_view kStateProperty = "x-state";

UnitState StateOf(TargetState state) {
  switch (state) {
    case TargetState::kDraft:
      return UnitState::kDraft;
    case TargetState::kTranslated:
    case TargetState::kApproved:
      return UnitState::kConfirmed;
    case TargetState::kUnsaid:
      break;
  }
  return UnitState::kUnspecified;
}

ReadProblem Skipped(const BilingualSegment& segment, std::string_view reason,
                    std::string_view message) {
  return {.line = segment.line,
          .offset = segment.offset,
          .reason = std::string(reason),
          .message = std::string(message),
          .skipped = true,
          .excerpt = PrintableUtf8(segment.source.text, kExcerptBytes),
          .unit_id = segment.unit_id};
}

ReadUnit UnitOf(BilingualSegment segment) {
  ReadUnit read{.line = segment.line,
                .offset = segment.offset,
                .unit = {},
                .unit_id = std::move(segment.unit_id)};
  Unit& unit = read.unit;
  unit.source_language = segment.source_language;
  unit.variants.push_back({.language = segment.source_language,
                           .segment = std::move(segment.source)});
  for (Segment& target : segment.targets) {
    if (target.text.empty()) continue;
    unit.variants.push_back({.language = segment.target_language,
                             .segment = std::move(target),
                             .attribution = segment.attribution});
    if (!segment.state_name.empty()) {
      unit.variants.back().properties.push_back(
          {.type = std::string(kStateProperty), .value = segment.state_name});
    }
  }
  unit.origin.document = std::move(segment.document);
  unit.origin.key = std::move(segment.key);
  unit.state = StateOf(segment.state);
  unit.notes = std::move(segment.notes);
  unit.properties = std::move(segment.properties);
  return read;
}

class BilingualReader final : public UnitReader {
 public:
  BilingualReader(std::unique_ptr<BilingualFile> file, bool has_neighbours)
      : file_(std::move(file)), has_neighbours_(has_neighbours) {}

  StatusOr<std::optional<ReadItem>> Next() override {
    while (items_.empty()) {
      if (!status_.ok()) return status_;
      if (ended_) return std::optional<ReadItem>();
      status_ = ReadPiece();
    }
    std::optional<ReadItem> item = std::move(items_.front());
    items_.pop_front();
    return item;
  }

 private:
  Status ReadPiece() {
    StatusOr<std::optional<FilePiece>> piece = file_->Next();
    if (!piece.ok() || !piece->has_value()) {
      Settle();
      ended_ = true;
      return piece.status();
    }
    for (BilingualSegment& segment : (*piece)->segments) Take(segment);
    for (ReadProblem& problem : (*piece)->problems) {
      if (pending_.empty()) {
        items_.emplace_back(std::move(problem));
      } else {
        pending_.emplace_back(std::move(problem));
      }
    }
    // A unit does not wait for its neighbour whatever there is between them.
    if (pending_.size() > kMaxPending) Settle();
    return OkStatus();
  }

  void Take(BilingualSegment& segment) {
    const std::string source = segment.source.text;
    const bool follows = has_neighbours_ && segment.document == document_;
    const std::string previous = follows ? previous_ : std::string();
    if (follows && !pending_.empty()) {
      std::get<ReadUnit>(pending_.front()).unit.origin.next = source;
    }
    Settle();
    document_ = segment.document;
    previous_ = source;
    if (std::optional<ReadProblem> problem = CheckSegment(segment)) {
      items_.emplace_back(*std::move(problem));
      return;
    }
    ReadUnit read = UnitOf(std::move(segment));
    read.unit.origin.previous = previous;
    pending_.emplace_back(std::move(read));
    if (!has_neighbours_) Settle();
  }

  // Why a segment is no unit; nullopt where it is one.
  static std::optional<ReadProblem> CheckSegment(
      const BilingualSegment& segment) {
    bool has_target = false;
    for (const Segment& target : segment.targets) {
      has_target = has_target || !target.text.empty();
    }
    if (segment.source.text.empty()) {
      return Skipped(segment, "UNIT_EMPTY", "the segment has no source text");
    }
    if (!has_target) {
      return Skipped(segment, "TRANSLATION_MISSING",
                     "the segment has no translation");
    }
    if (segment.source_language.empty() || segment.target_language.empty()) {
      return Skipped(segment, "LANGUAGE_MISSING",
                     segment.source_language.empty()
                         ? "the file does not name its source language"
                         : "the file does not name its target language");
    }
    return std::nullopt;
  }

  // Hands out the unit that waited for what follows it.
  void Settle() {
    for (ReadItem& item : pending_) items_.push_back(std::move(item));
    pending_.clear();
  }

  std::unique_ptr<BilingualFile> file_;
  const bool has_neighbours_;
  std::deque<ReadItem> items_;
  std::deque<ReadItem> pending_;  // A unit and what is odd about it.
  std::string document_;
  std::string previous_;
  bool ended_ = false;
  Status status_;
};

}  // namespace

std::unique_ptr<UnitReader> MakeBilingualReader(
    std::unique_ptr<BilingualFile> file, bool has_neighbours) {
  return std::make_unique<BilingualReader>(std::move(file), has_neighbours);
}

std::unique_ptr<UnitReader> MakeXliffReader(ByteSource& source,
                                            const ReadOptions& options) {
  return MakeBilingualReader(MakeXliffFile(source, options),
                             /*has_neighbours=*/true);
}

std::unique_ptr<UnitReader> MakePoReader(ByteSource& source,
                                         const ReadOptions& options) {
  return MakeBilingualReader(MakePoFile(source, options),
                             /*has_neighbours=*/false);
}

}  // namespace tercet

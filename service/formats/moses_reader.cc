// Moses text: the lines of several languages in turn, one unit a round.
#include <deque>
#include <utility>

#include "fmt/format.h"
#include "service/base/utf8.h"
#include "service/formats/line_reader.h"
#include "service/formats/readers.h"

namespace tercet {
namespace {

bool IsBlank(std::string_view text) {
  return text.find_first_not_of(" \t") == std::string_view::npos;
}

// One line of each language.
struct Round {
  FilePosition begin;
  std::vector<std::string> texts;
  bool too_long = false;  // `texts` are not all there then.
};

class MosesReader final : public UnitReader {
 public:
  MosesReader(ByteSource& source, const ReadOptions& options)
      : lines_(source), languages_(options.default_languages) {}

  StatusOr<std::optional<ReadItem>> Next() override {
    if (!warnings_.empty()) {
      ReadProblem warning = std::move(warnings_.front());
      warnings_.pop_front();
      return std::optional<ReadItem>(std::move(warning));
    }
    if (!final_status_.ok()) return final_status_;
    StatusOr<std::optional<ReadItem>> item = NextItem();
    if (!item.ok()) final_status_ = item.status();
    return item;
  }

 private:
  StatusOr<std::optional<ReadItem>> NextItem() {
    if (languages_.size() < 2) {
      return MalformedFile({}, "nothing says which languages the lines are in");
    }
    ASSIGN_OR_RETURN(std::optional<Round> round, ReadRound());
    if (!round.has_value()) return std::optional<ReadItem>();
    ++round_count_;
    return std::optional<ReadItem>(ItemOf(*std::move(round)));
  }

  StatusOr<std::optional<Round>> ReadRound() {
    Round round;
    size_t bytes = 0;
    for (const LanguageTag& language : languages_) {
      ASSIGN_OR_RETURN(const std::optional<Line> line, lines_.Next());
      if (!line.has_value()) {
        if (&language == &languages_.front()) return std::optional<Round>();
        return MalformedFile(
            {.line = round_count_ + 1, .offset = round.begin.offset},
            fmt::format("the text in '{}' ends before this line, others go on",
                        language.code()));
      }
      if (&language == &languages_.front()) round.begin = line->position;
      bytes += line->text.size();
      // All of a round counts, so that many languages need no more memory.
      round.too_long =
          round.too_long || line->too_long || bytes > kMaxReadBytes;
      round.texts.emplace_back(round.too_long ? "" : line->text);
    }
    return std::optional<Round>(std::move(round));
  }

  ReadProblem ProblemOf(const Round& round, std::string_view reason,
                        std::string message) const {
    std::string excerpt;
    for (const std::string& text : round.texts) {
      if (excerpt.empty() && !IsBlank(text)) {
        excerpt = PrintableUtf8(text, kExcerptBytes);
      }
    }
    return {.line = round_count_,
            .offset = round.begin.offset,
            .reason = std::string(reason),
            .message = std::move(message),
            .skipped = true,
            .excerpt = std::move(excerpt)};
  }

  ReadItem ItemOf(Round round) {
    if (round.too_long) {
      return ProblemOf(
          round, "LINE_TOO_LONG",
          fmt::format("the line has more than {} bytes", kMaxReadBytes));
    }
    Unit unit;
    std::string missing;
    for (size_t i = 0; i < languages_.size(); ++i) {
      if (IsBlank(round.texts[i])) {
        missing += fmt::format("{}'{}'", missing.empty() ? "" : ", ",
                               languages_[i].code());
        continue;
      }
      unit.variants.push_back(
          {.language = languages_[i], .segment = {.text = round.texts[i]}});
    }
    if (unit.variants.empty()) {
      return ProblemOf(round, "UNIT_EMPTY", std::string(kUnitEmptyMessage));
    }
    if (unit.variants.size() == 1) {
      return ProblemOf(round, "TRANSLATION_MISSING",
                       fmt::format("the line is empty in {}", missing));
    }
    if (!missing.empty()) {
      ReadProblem& warning = warnings_.emplace_back(
          ProblemOf(round, "TEXT_EMPTY",
                    fmt::format("the line is empty in {}", missing)));
      warning.skipped = false;
    }
    unit.source_language = unit.variants.front().language;
    return ReadUnit{.line = round_count_,
                    .offset = round.begin.offset,
                    .unit = std::move(unit)};
  }

  LineReader lines_;
  const std::vector<LanguageTag> languages_;
  int64_t round_count_ = 0;
  std::deque<ReadProblem> warnings_;  // Of the unit that was given last.
  Status final_status_;
};

}  // namespace

std::unique_ptr<UnitReader> MakeMosesReader(ByteSource& source,
                                            const ReadOptions& options) {
  return std::make_unique<MosesReader>(source, options);
}

}  // namespace tercet

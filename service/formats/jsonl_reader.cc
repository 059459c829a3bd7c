// JSON lines: one unit a line, in the full form or as {"en": "...", ...}.
#include <deque>
#include <set>
#include <utility>

#include "fmt/format.h"
#include "service/base/utf8.h"
#include "service/formats/jsonl_unit.h"
#include "service/formats/line_reader.h"
#include "service/formats/readers.h"

namespace tercet {
namespace {

constexpr size_t kShownBytes = 64;         // Of a name, in a message.
constexpr size_t kMaxUnknownFields = 100;  // That are warned of.
// Of what the file itself tells of its making.
constexpr size_t kMaxMessageBytes = 500;
constexpr size_t kMaxFileBytes = 300;

class JsonlReader final : public UnitReader {
 public:
  explicit JsonlReader(ByteSource& source) : lines_(source) {}

  StatusOr<std::optional<ReadItem>> Next() override {
    while (items_.empty()) {
      if (!final_status_.ok()) return final_status_;
      if (ended_) return std::optional<ReadItem>();
      final_status_ = Step();
    }
    std::optional<ReadItem> item = std::move(items_.front());
    items_.pop_front();
    return item;
  }

 private:
  Status Step() {
    ASSIGN_OR_RETURN(const std::optional<Line> line, lines_.Next());
    if (!line) {
      ended_ = true;
    } else if (line->too_long) {
      items_.emplace_back(LineTooLong(*line));
    } else if (line->text.find_first_not_of(" \t") != std::string_view::npos) {
      ReadLine(*line);
    }
    return OkStatus();
  }

  void ReadLine(const Line& line) {
    JsonlUnit parsed = ParseJsonlUnit(line.text);
    if (parsed.error) {
      Skip(line, parsed.error->reason, parsed.error->message,
           parsed.unit.external_id);
      return;
    }
    if (parsed.problem) return PushProblem(line, *std::move(parsed.problem));
    PushUnit(line, std::move(parsed));
  }

  void PushProblem(const Line& line, JsonlProblem problem) {
    items_.emplace_back(
        ReadProblem{.line = line.position.line,
                    .offset = line.position.offset,
                    .reason = std::move(problem.reason),
                    .message = PrintableUtf8(problem.message, kMaxMessageBytes),
                    .of_file = true,
                    .file = PrintableUtf8(problem.file, kMaxFileBytes)});
  }

  void PushUnit(const Line& line, JsonlUnit parsed) {
    if (parsed.unit.variants.empty()) {
      Skip(line, "UNIT_EMPTY", std::string(kUnitEmptyMessage),
           parsed.unit.external_id);
    } else {
      items_.emplace_back(ReadUnit{.line = line.position.line,
                                   .offset = line.position.offset,
                                   .unit = std::move(parsed.unit)});
      for (const LanguageTag& language : parsed.empty_variants) {
        Warn(line, "TEXT_EMPTY",
             fmt::format("the variant in '{}' has no text and was left out",
                         language.code()));
      }
    }
    for (const std::string& field : parsed.unknown_fields) {
      WarnOfField(line, field);
    }
  }

  // Warns of the same field only once.
  void WarnOfField(const Line& line, const std::string& field) {
    if (known_unknowns_.size() >= kMaxUnknownFields) return;
    const std::string shown = PrintableUtf8(field, kShownBytes);
    if (!known_unknowns_.insert(shown).second) return;
    Warn(line, "FIELD_UNKNOWN",
         fmt::format("the field '{}' is not known and is left out, here and in "
                     "the lines that follow",
                     shown));
  }

  void Skip(const Line& line, std::string_view reason, std::string message,
            std::string unit_id) {
    ReadProblem problem = ProblemOf(line, reason, std::move(message));
    problem.skipped = true;
    problem.unit_id = std::move(unit_id);
    items_.emplace_back(std::move(problem));
  }
  void Warn(const Line& line, std::string_view reason, std::string message) {
    items_.emplace_back(ProblemOf(line, reason, std::move(message)));
  }
  static ReadProblem ProblemOf(const Line& line, std::string_view reason,
                               std::string message) {
    return {.line = line.position.line,
            .offset = line.position.offset,
            .reason = std::string(reason),
            .message = std::move(message),
            .excerpt = PrintableUtf8(line.text, kExcerptBytes)};
  }

  LineReader lines_;
  std::deque<ReadItem> items_;  // Read, not yet handed out.
  std::set<std::string> known_unknowns_;
  bool ended_ = false;
  Status final_status_;
};

}  // namespace

std::unique_ptr<UnitReader> MakeJsonlReader(ByteSource& source) {
  return std::make_unique<JsonlReader>(source);
}

}  // namespace tercet

// Any stored text, query and translation: placeables lie in order at tokens,
// scores keep to their bound, and what number transfer gives is valid text that
// reads as the query does. The input: a byte for the languages, then three
// lines.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "service/base/utf8.h"
#include "service/match/edit_distance.h"
#include "service/match/score.h"
#include "service/match/transfer.h"
#include "service/text/placeables.h"
#include "tests/fuzz/require.h"

namespace tercet {
namespace {

// A line off the front of `rest`, as far as it is valid UTF-8. A `|` is a tag.
Segment TakeSegment(std::string_view& rest) {
  const size_t end = std::min(rest.find('\n'), rest.size());
  std::string_view line = rest.substr(0, end);
  rest.remove_prefix(std::min(end + 1, rest.size()));
  line = line.substr(0, ValidUtf8Prefix(line));
  Segment segment;
  for (const char c : line) {
    if (c == '|') {
      segment.codes.push_back(
          {.offset = static_cast<uint32_t>(segment.text.size())});
    } else {
      segment.text.push_back(c);
    }
  }
  return segment;
}

void CheckPlaceables(const Segment& segment, std::string_view language) {
  const std::vector<TokenSpan> tokens = Tokenize(segment.text);
  size_t next = 0;
  for (const Placeable& placeable :
       FindPlaceables(segment.text, tokens, {}, language)) {
    Require(placeable.first_token >= next, "in order");
    next = placeable.first_token + placeable.tokens;
    Require(placeable.tokens > 0 && next <= tokens.size(), "at tokens");
    Require(placeable.begin == tokens[placeable.first_token].begin &&
                placeable.end == tokens[next - 1].end,
            "spans of tokens");
    Require(!placeable.value.empty(), "a value");
  }
}

void CheckScore(const Analysis& stored, const Analysis& query) {
  const auto length =
      static_cast<uint32_t>(std::max(stored.stems.size(), query.stems.size()));
  const uint32_t distance =
      DistancePattern(stored.stems).Distance(query.stems, length);
  const Comparison comparison = CompareTexts(stored, query);
  const TextScore& score = comparison.text;
  Require(score.score <= ScoreBound(distance, length), "the bound");
  Require(score.score == ScoreTexts(query, stored).score, "symmetric");
  int cost = 0;
  for (const Edit& edit : ExplainTexts(stored, query, comparison.alignment)) {
    cost += edit.cost;
  }
  Require(cost == score.cost, "costs add up");
}

void CheckTransfer(const TransferQuestion& question, const Analysis& stored,
                   const Analysis& query) {
  const Comparison comparison = CompareTexts(stored, query);
  if (comparison.text.kind != MatchKind::kNearExact) return;
  const std::optional<Segment> adapted = TransferPlaceables(
      question,
      DiffPlaceables({question.stored, stored}, {question.query, query},
                     comparison.alignment, question.source_language));
  if (!adapted.has_value()) return;
  Require(IsValidUtf8(adapted->text), "valid UTF-8");
  Require(adapted->codes.size() == question.target.codes.size(), "codes");
  uint32_t last = 0;
  for (const InlineCode& code : adapted->codes) {
    Require(code.offset >= last && IsCharacterStart(adapted->text, code.offset),
            "codes in order");
    last = code.offset;
  }
}

}  // namespace
}  // namespace tercet

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using namespace tercet;  // NOLINT(google-build-using-namespace)
  if (size < 2 || size > 4096) return 0;
  constexpr std::string_view kLanguages[] = {"en", "es", "zh"};
  const std::string_view from = kLanguages[data[0] % 3];
  const std::string_view to = kLanguages[data[0] / 3 % 3];
  std::string_view rest(reinterpret_cast<const char*>(data) + 1, size - 1);
  if (rest.starts_with('\n')) rest.remove_prefix(1);
  const Segment stored = TakeSegment(rest);
  const Segment query = TakeSegment(rest);
  const Segment target = TakeSegment(rest);
  CheckPlaceables(stored, from);
  CheckPlaceables(target, to);
  const Analysis a = Analyze(stored, from);
  const Analysis b = Analyze(query, from);
  CheckScore(a, b);
  CheckTransfer({.stored = stored,
                 .query = query,
                 .source_language = from,
                 .target = target,
                 .target_language = to},
                a, b);
  return 0;
}

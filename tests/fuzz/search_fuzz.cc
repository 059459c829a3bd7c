// Any bytes either are no page token of a search, or are that of the place they
// decode to. And in any text where a phrase stands the index sees each of the
// phrase's words: phrase, LF, text. So it does for each word of the text.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "service/base/utf8.h"
#include "service/match/concordance.h"
#include "service/memory/search_place.h"
#include "service/text/analysis.h"
#include "service/text/tokenize.h"
#include "tests/fuzz/require.h"

namespace tercet {
namespace {

void TestToken(std::string_view bytes) {
  const std::optional<SearchResume> resume = DecodeSearchResume(bytes);
  if (!resume.has_value()) return;
  Require(EncodeSearchResume(*resume) == bytes, "page token");
}

void TestPhrase(std::string_view phrase, const Segment& segment,
                std::string_view language) {
  for (const SearchForm form :
       {SearchForm::kFolded, SearchForm::kExact, SearchForm::kInflected}) {
    const PhraseMatcher matcher(phrase, form, language);
    const auto spans = matcher.Find(SearchText(segment, form, language));
    uint32_t end = 0;
    for (const TextSpan& span : spans) {
      Require(end <= span.begin && span.begin < span.end, "order of spans");
      Require(IsCharacterStart(segment.text, span.begin) &&
                  IsCharacterStart(segment.text, span.end),
              "place of a span");
      end = span.end;
    }
    if (spans.empty()) continue;
    const auto stems = Analyze(segment, language).stems;
    for (const auto& word : matcher.words()) {
      Require(std::ranges::find_first_of(stems, word) != stems.end(),
              "a word that the index does not see");
    }
  }
}

void Test(std::string_view bytes) {
  TestToken(bytes);
  const size_t middle = bytes.find('\n');
  if (middle == std::string_view::npos || !IsValidUtf8(bytes)) return;
  const std::string_view phrase = bytes.substr(0, middle);
  const Segment segment{.text = std::string(bytes.substr(middle + 1))};
  for (const std::string_view language : {"en", "es", "zh", "fr"}) {
    TestPhrase(phrase, segment, language);
    const std::vector<TokenSpan> tokens = Tokenize(segment.text);
    for (const TokenSpan& token :
         std::span(tokens).first(std::min<size_t>(tokens.size(), 64))) {
      TestPhrase(std::string_view(segment.text)
                     .substr(token.begin, token.end - token.begin),
                 segment, language);
    }
  }
}

}  // namespace
}  // namespace tercet

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  tercet::Test({reinterpret_cast<const char*>(data), size});
  return 0;
}

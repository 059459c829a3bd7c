// Any text, with tags anywhere, is cut into tokens that lie in order inside it.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>
#include <vector>

#include "service/base/utf8.h"
#include "service/text/analysis.h"
#include "service/text/tokenize.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using tercet::IsCharacterStart;
  std::string_view text(reinterpret_cast<const char*>(data), size);
  text = text.substr(0, tercet::ValidUtf8Prefix(text));
  tercet::Segment segment{.text = std::string(text)};
  std::vector<size_t> breaks;
  for (size_t i = 0; i <= text.size(); i += 7) {
    if (!IsCharacterStart(text, i)) continue;
    segment.codes.push_back({.offset = static_cast<uint32_t>(i)});
    breaks.push_back(i);
  }
  size_t end = 0;
  for (const tercet::TokenSpan& token : tercet::Tokenize(text, breaks)) {
    if (token.begin < end || token.end <= token.begin ||
        token.end > text.size() || !IsCharacterStart(text, token.begin) ||
        !IsCharacterStart(text, token.end)) {
      std::abort();
    }
    end = token.end;
  }
  tercet::Analyze(segment, "es");
  tercet::Analyze({.text = segment.text}, "en");
  return 0;
}

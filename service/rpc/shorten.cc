#include "service/rpc/shorten.h"

#include "service/base/utf8.h"

namespace tercet {

std::string Shorten(std::string_view text, size_t max_bytes) {
  const std::string_view valid = text.substr(0, ValidUtf8Prefix(text));
  const std::string_view kept = TruncateUtf8(valid, max_bytes);
  return kept.size() == text.size() ? std::string(text)
                                    : std::string(kept) + "...";
}

}  // namespace tercet

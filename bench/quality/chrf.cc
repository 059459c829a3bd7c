#include "bench/quality/chrf.h"

#include <cstddef>
#include <cstdint>
#include <vector>

#include "bench/quality/ngrams.h"
#include "service/base/utf8.h"

namespace tercet::bench {
namespace {

constexpr size_t kMaxOrder = 6;
constexpr double kBetaSquared = 4;

bool IsSpace(char32_t c) {
  return c == ' ' || (c >= '\t' && c <= '\r') || c == 0xA0 || c == 0x3000;
}

std::vector<uint32_t> Letters(std::string_view text) {
  std::vector<uint32_t> letters;
  for (size_t position = 0; position < text.size();) {
    const char32_t c = DecodeUtf8(text, &position);
    if (!IsSpace(c)) letters.push_back(static_cast<uint32_t>(c));
  }
  return letters;
}

Bag Ngrams(const std::vector<uint32_t>& letters, size_t order) {
  Bag bag;
  AppendNgrams(letters, order, bag);
  Sort(bag);
  return bag;
}

}  // namespace

double Chrf(std::string_view translation, std::string_view reference) {
  const std::vector<uint32_t> ours = Letters(translation);
  const std::vector<uint32_t> theirs = Letters(reference);
  if (ours.empty() && theirs.empty()) return 100;
  double precision = 0;
  double recall = 0;
  size_t orders = 0;
  for (size_t order = 1; order <= kMaxOrder; ++order) {
    const Bag a = Ngrams(ours, order);
    const Bag b = Ngrams(theirs, order);
    if (a.empty() || b.empty()) break;
    const auto shared = static_cast<double>(SharedCount(a, b));
    precision += shared / static_cast<double>(a.size());
    recall += shared / static_cast<double>(b.size());
    ++orders;
  }
  if (precision == 0 || recall == 0) return 0;
  precision /= static_cast<double>(orders);
  recall /= static_cast<double>(orders);
  return 100 * (1 + kBetaSquared) * precision * recall /
         (kBetaSquared * precision + recall);
}

}  // namespace tercet::bench

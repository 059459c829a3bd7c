#include "service/server/did_you_mean.h"

#include <algorithm>
#include <numeric>

#include "fmt/format.h"

namespace tercet {
namespace {

// Levenshtein's, in bytes.
size_t Distance(std::string_view a, std::string_view b) {
  std::vector<size_t> row(b.size() + 1);
  std::iota(row.begin(), row.end(), size_t{0});
  for (size_t i = 0; i < a.size(); ++i) {
    size_t diagonal = row[0];
    row[0] = i + 1;
    for (size_t j = 0; j < b.size(); ++j) {
      const size_t replaced = diagonal + (a[i] == b[j] ? 0 : 1);
      diagonal = row[j + 1];
      row[j + 1] = std::min({replaced, row[j] + 1, row[j + 1] + 1});
    }
  }
  return row.back();
}

}  // namespace

std::string DidYouMean(std::string_view typed,
                       const std::vector<std::string>& names) {
  auto distance = [&](const std::string& name) {
    return Distance(typed, name);
  };
  auto nearest = std::ranges::min_element(names, {}, distance);
  if (nearest == names.end() || distance(*nearest) * 3 > nearest->size()) {
    return "";
  }
  return fmt::format("; did you mean '{}'?", *nearest);
}

}  // namespace tercet

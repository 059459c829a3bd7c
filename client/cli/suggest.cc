#include "client/cli/suggest.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstddef>

#include "client/cli/ascii.h"

namespace tercet::cli {

// Optimal string alignment, three rows at a time.
int EditDistance(std::string_view a, std::string_view b) {
  std::vector<int> two_back(b.size() + 1), back(b.size() + 1),
      row(b.size() + 1);
  for (size_t j = 0; j <= b.size(); ++j) row[j] = static_cast<int>(j);
  for (size_t i = 1; i <= a.size(); ++i) {
    two_back.swap(back);
    back.swap(row);
    row[0] = static_cast<int>(i);
    for (size_t j = 1; j <= b.size(); ++j) {
      const int replaced = back[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
      row[j] = std::min({replaced, back[j] + 1, row[j - 1] + 1});
      const bool swapped =
          i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1];
      if (swapped) row[j] = std::min(row[j], two_back[j - 2] + 1);
    }
  }
  return row[b.size()];
}

std::optional<std::string> Closest(std::string_view typed,
                                   const std::vector<std::string>& names) {
  const std::string wanted = ToLowerAscii(typed);
  std::optional<std::string> closest;
  int closest_distance = 0;
  for (const std::string& name : names) {
    const std::string candidate = ToLowerAscii(name);
    const bool begins = wanted.size() >= 3 && candidate.starts_with(wanted);
    const int distance = begins ? 1 : EditDistance(wanted, candidate);
    const int allowed =
        static_cast<int>(std::max(wanted.size(), candidate.size())) / 3;
    if (distance > std::max(allowed, 1)) continue;
    // Of two letters, one wrong is not alike.
    if (candidate.size() < 3 && distance > 0) continue;
    if (closest.has_value() && distance >= closest_distance) continue;
    closest = name;
    closest_distance = distance;
  }
  return closest;
}

std::string DidYouMean(const std::optional<std::string>& name) {
  return name.has_value() ? fmt::format(": did you mean '{}'?", *name) : "";
}

}  // namespace tercet::cli

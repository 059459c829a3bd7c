// How many of the numbers, percentages, dates and times in the test cases of
// Microsoft's Recognizers-Text (../shared/data/numbers, MIT) we find with the
// right value. They want all there is (农历2015年十月初一, "one over 20", "in
// the tarde a las cinco treinta"); we take what cannot be anything else, so the
// floors are below 100 %. Left out on purpose: formal numerals (壹佰), numerals
// that stand alone (一, "one"), SI prefixes (10k, 10G), powers (2e5), dozens,
// "and" between a whole and a fraction, days and times relative to now, lunar
// dates, dates without month (星期一).
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "service/text/placeables.h"
#include "tests/support/shared_data.h"

namespace tercet {
namespace {

struct Case {
  std::string language;
  std::string model;
  std::string input;
  std::string results;  // JSON.
};

std::vector<Case> ReadCases(const std::string& path) {
  std::ifstream file(path);
  std::vector<Case> cases;
  std::string line;
  while (std::getline(file, line)) {
    std::vector<std::string> columns(1);
    for (const char c : line) {
      if (c == '\t') {
        columns.emplace_back();
      } else {
        columns.back().push_back(c);
      }
    }
    if (columns.size() != 6) continue;
    cases.push_back({columns[0], columns[2], columns[4], columns[5]});
  }
  return cases;
}

// The strings that `"key": "..."` gives in the JSON, in order.
std::vector<std::string> ValuesOf(const std::string& json,
                                  const std::string& key) {
  const std::string before = "\"" + key + "\": \"";
  std::vector<std::string> values;
  for (size_t at = json.find(before); at != std::string::npos;
       at = json.find(before, at + 1)) {
    const size_t begin = at + before.size();
    values.push_back(json.substr(begin, json.find('"', begin) - begin));
  }
  return values;
}

double Number(std::string text) {
  const size_t slash = text.find('/');
  if (slash != std::string::npos) {
    return std::strtod(text.c_str(), nullptr) /
           std::strtod(text.c_str() + slash + 1, nullptr);
  }
  std::ranges::replace(text, ',', '.');
  return std::strtod(text.c_str(), nullptr);
}

bool SameNumber(const std::string& ours, const std::string& theirs) {
  const double a = Number(ours);
  const double b = Number(theirs);
  return std::abs(a - b) <= 1e-9 * std::max(std::abs(a), std::abs(b));
}

// Their `XXXX-11-21` is our `--11-21`, their T10 our T10:00.
std::string FromTimex(const std::string& timex) {
  if (timex.starts_with("XXXX-XX-")) return "---" + timex.substr(8);
  if (timex.starts_with("XXXX-")) return "--" + timex.substr(5);
  if (timex.starts_with("T") && timex.size() == 3) return timex + ":00";
  return timex;
}

struct Model {
  const char* name;
  PlaceableClass placeable_class;
  const char* key;
};

constexpr Model kModels[] = {
    {"NumberModel", PlaceableClass::kNumber, "value"},
    {"PercentModel", PlaceableClass::kPercent, "value"},
    {"DateParser", PlaceableClass::kDate, "Timex"},
    {"TimeParser", PlaceableClass::kTime, "Timex"},
};

// Whether all that they find is found with their value.
bool IsHit(const Case& c, const Model& model,
           const std::vector<std::string>& wanted) {
  const std::vector<Placeable> found = FindPlaceables(c.input, c.language);
  return std::ranges::all_of(wanted, [&](const std::string& value) {
    return std::ranges::any_of(found, [&](const Placeable& placeable) {
      if (placeable.placeable_class != model.placeable_class) return false;
      if (std::string_view(model.key) == "Timex") {
        return placeable.value == FromTimex(value) ||
               placeable.other_value == FromTimex(value);
      }
      return SameNumber(placeable.value, value) ||
             (!placeable.other_value.empty() &&
              SameNumber(placeable.other_value, value));
    });
  });
}

struct Rate {
  int hits = 0;
  int cases = 0;
  int wrong = 0;  // Something found where they find nothing.
};

TEST(Recognizers, FindsMostOfWhatTheyFind) {
  const std::optional<std::string> path =
      SharedData("numbers/recognizers_cases.tsv");
  if (!path.has_value()) GTEST_SKIP() << "no ../shared/data/numbers";
  const bool show = std::getenv("TERCET_SHOW_MISSES") != nullptr;
  std::map<std::string, Rate> rates;
  for (const Case& c : ReadCases(*path)) {
    const auto* const model = std::ranges::find(
        kModels, c.model, [](const Model& m) { return std::string(m.name); });
    if (model == std::end(kModels)) continue;
    const std::vector<std::string> wanted = ValuesOf(c.results, model->key);
    Rate& rate = rates[c.language + " " + c.model];
    if (wanted.empty()) {
      const auto found = FindPlaceables(c.input, c.language);
      const bool wrong = std::ranges::any_of(found, [&](const Placeable& p) {
        return p.placeable_class == model->placeable_class;
      });
      rate.wrong += wrong ? 1 : 0;
      if (wrong && show) std::printf("WRONG %s\n", c.input.c_str());
      continue;
    }
    ++rate.cases;
    if (IsHit(c, *model, wanted)) {
      ++rate.hits;
    } else if (show) {
      std::printf("MISS %s %s: %s\n", c.language.c_str(), c.model.c_str(),
                  c.input.c_str());
    }
  }
  struct Floor {
    const char* what;
    int percent;
  };
  constexpr Floor kFloors[] = {
      {"en NumberModel", 30},  {"es NumberModel", 44},  {"zh NumberModel", 38},
      {"en PercentModel", 35}, {"es PercentModel", 55}, {"zh PercentModel", 25},
      {"en DateParser", 13},   {"es DateParser", 18},   {"zh DateParser", 37},
      {"en TimeParser", 13},   {"es TimeParser", 25},   {"zh TimeParser", 70},
  };
  for (const auto& [what, rate] : rates) {
    std::printf("%-18s %4d of %4d (%d %%), %d where they find none\n",
                what.c_str(), rate.hits, rate.cases,
                rate.cases == 0 ? 0 : 100 * rate.hits / rate.cases, rate.wrong);
  }
  for (const Floor& floor : kFloors) {
    const Rate& rate = rates[floor.what];
    EXPECT_GE(100 * rate.hits, floor.percent * rate.cases) << floor.what;
    EXPECT_EQ(rate.wrong, 0) << floor.what;
  }
}

}  // namespace
}  // namespace tercet

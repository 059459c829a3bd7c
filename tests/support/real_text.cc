#include "tests/support/real_text.h"

#include <fstream>
#include <optional>

#include "fmt/format.h"
#include "service/base/utf8.h"
#include "tests/support/shared_data.h"

namespace tercet {
namespace {

std::vector<std::string> LinesOf(std::string_view file) {
  std::vector<std::string> lines;
  const std::optional<std::string> path = SharedData(file);
  if (!path.has_value()) return lines;
  std::ifstream stream(*path);
  for (std::string line; std::getline(stream, line);) {
    if (!line.empty() && IsValidUtf8(line)) lines.push_back(std::move(line));
  }
  return lines;
}

// The fifth column of those whose first is the language.
std::vector<std::string> NumberTexts(std::string_view language) {
  std::vector<std::string> texts;
  for (const std::string& line : LinesOf("numbers/recognizers_cases.tsv")) {
    if (!line.starts_with(fmt::format("{}\t", language))) continue;
    size_t begin = 0;
    for (int column = 1; column < 5; ++column)
      begin = line.find('\t', begin) + 1;
    std::string text = line.substr(begin, line.find('\t', begin) - begin);
    if (!text.empty()) texts.push_back(std::move(text));
  }
  return texts;
}

}  // namespace

std::vector<std::string> RealTexts(std::string_view language) {
  std::vector<std::string> texts =
      LinesOf(fmt::format("news_like/tico19/{}.txt", language));
  for (std::string& text : NumberTexts(language)) {
    texts.push_back(std::move(text));
  }
  return texts;
}

}  // namespace tercet

#include "bench/align/gold.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>

namespace tercet::bench {
namespace {

namespace fs = std::filesystem;

// Some of the files number their lines: "12 Text".
void StripLineNumbers(std::vector<std::string>& lines) {
  for (size_t i = 0; i < lines.size(); ++i) {
    if (!lines[i].starts_with(fmt::format("{} ", i))) return;
  }
  for (size_t i = 0; i < lines.size(); ++i) {
    lines[i].erase(0, fmt::format("{} ", i).size());
  }
}

// "3,4" as [3, 5); empty after the last one where there is nothing.
SentenceRange ParseRange(const std::string& numbers, uint32_t& next) {
  SentenceRange range{next, next};
  size_t position = 0;
  while (position < numbers.size()) {
    const auto number =
        static_cast<uint32_t>(std::atoi(numbers.c_str() + position));
    if (number != range.end) {
      fmt::print(stderr, "gold: sentence {} where {} is next\n", number,
                 range.end);
      std::exit(EXIT_FAILURE);
    }
    ++range.end;
    position = numbers.find(',', position);
    if (position != std::string::npos) ++position;
  }
  next = range.end;
  return range;
}

GoldDocument ReadDocument(const fs::path& folder) {
  GoldDocument document{.name = folder.filename().string()};
  // The order of the columns of gold.tsv: Polish first, else English.
  std::vector<fs::path> files;
  for (const auto& entry : fs::directory_iterator(folder)) {
    if (entry.path().extension() == ".txt") files.push_back(entry.path());
  }
  std::ranges::sort(files, {}, [](const fs::path& file) {
    return std::pair(file.stem() != "pl", file.string());
  });
  for (const fs::path& file : files) {
    std::vector<std::string> lines = ReadLines(file.string());
    StripLineNumbers(lines);
    document.versions.push_back({file.stem().string(), {std::move(lines)}});
  }
  uint32_t first = 0;
  uint32_t second = 0;
  for (const std::string& line : ReadLines(folder / "gold.tsv")) {
    const size_t tab = line.find('\t');
    if (tab == std::string::npos) continue;
    BeadRanges bead = {ParseRange(line.substr(0, tab), first),
                       ParseRange(line.substr(tab + 1), second)};
    document.beads.push_back(std::move(bead));
  }
  return document;
}

}  // namespace

std::vector<std::string> ReadLines(const std::string& path) {
  std::vector<std::string> lines;
  std::ifstream file(path);
  std::string line;
  while (std::getline(file, line)) {
    if (line.ends_with('\r')) line.pop_back();
    lines.push_back(line);
  }
  return lines;
}

std::vector<GoldDocument> ReadGold(const std::string& folder) {
  std::vector<fs::path> folders;
  for (const auto& entry : fs::directory_iterator(folder)) {
    folders.push_back(entry.path());
  }
  std::ranges::sort(folders);
  std::vector<GoldDocument> documents;
  for (const fs::path& path : folders) documents.push_back(ReadDocument(path));
  return documents;
}

}  // namespace tercet::bench

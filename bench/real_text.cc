#include "bench/real_text.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <optional>
#include <sstream>
#include <utility>
#include <variant>

#include "bench/must.h"
#include "service/base/utf8.h"
#include "service/formats/unit_reader.h"

namespace tercet::bench {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kSourceDirectory = TERCET_SOURCE_DIR;
constexpr std::string_view kManualsFile = "sentences/software_docs_tri_40k.tsv";
constexpr std::string_view kPhrasesFile = "sentences/tatoeba_tri.tsv";
constexpr std::string_view kEditsFile =
    "fuzzy/python_docs_3.8_to_3.12_half.tsv";

fs::path SharedData() {
  const char* const from_environment = std::getenv("TERCET_SHARED_DATA");
  if (from_environment != nullptr) return fs::path(from_environment);
  // Beside the sources, or beside the folder of work trees that they are in.
  const fs::path above = fs::path(kSourceDirectory).parent_path();
  std::error_code error;
  for (const fs::path& place : {above, above.parent_path()}) {
    if (fs::exists(place / "shared" / "data", error)) {
      return place / "shared" / "data";
    }
  }
  return above / "shared" / "data";
}

std::string ReadFile(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file) {
    fmt::print(stderr, "benchmark: cannot read {}\n", path.string());
    std::exit(EXIT_FAILURE);
  }
  return {std::istreambuf_iterator<char>(file), {}};
}

std::vector<std::string> ReadLines(const fs::path& path) {
  std::istringstream file(ReadFile(path));
  std::vector<std::string> lines;
  for (std::string line; std::getline(file, line);) lines.push_back(line);
  return lines;
}

std::vector<std::string> Fields(const std::string& line) {
  std::istringstream stream(line);
  std::vector<std::string> fields;
  for (std::string field; std::getline(stream, field, '\t');) {
    fields.push_back(field);
  }
  return fields;
}

// Three files, a line of one being the translation of the other two's.
void ReadParallel(const fs::path& directory, std::string_view chinese,
                  std::vector<Sentence>& sentences) {
  const std::vector<std::string> en = ReadLines(directory / "en.txt");
  const std::vector<std::string> zh = ReadLines(directory / chinese);
  const std::vector<std::string> es = ReadLines(directory / "es.txt");
  for (size_t i = 0; i < std::min({en.size(), zh.size(), es.size()}); ++i) {
    sentences.push_back({en[i], zh[i], es[i]});
  }
}

// A line holds a sentence in English, Chinese and Spanish, and its origin.
void ReadTable(const fs::path& path, std::vector<Sentence>& sentences) {
  for (const std::string& line : ReadLines(path)) {
    std::vector<std::string> fields = Fields(line);
    if (fields.size() < kLanguages.size()) continue;
    sentences.push_back(
        {std::move(fields[0]), std::move(fields[1]), std::move(fields[2])});
  }
}

void ReadSample(std::vector<Sentence>& sentences) {
  const std::string bytes =
      ReadFile(fs::path(kSourceDirectory) / "deploy/samples/press.tmx");
  const auto source = MakeStringSource(bytes);
  const auto reader = MakeReader(FileFormat::kTmx, *source);
  while (const std::optional<ReadItem> item = Must(reader->Next())) {
    const auto* const read = std::get_if<ReadUnit>(&*item);
    if (read == nullptr) continue;
    Sentence sentence;
    for (const Variant& variant : read->unit.variants) {
      const auto language =
          std::ranges::find(kLanguages, variant.language.language());
      if (language == kLanguages.end()) continue;
      sentence[static_cast<size_t>(language - kLanguages.begin())] =
          variant.segment.text;
    }
    sentences.push_back(std::move(sentence));
  }
}

bool IsUsable(const Sentence& sentence) {
  return std::ranges::all_of(sentence, [](const std::string& text) {
    return !text.empty() && IsValidUtf8(text);
  });
}

}  // namespace

size_t LanguagePlace(std::string_view language) {
  return static_cast<size_t>(std::ranges::find(kLanguages, language) -
                             kLanguages.begin());
}

bool HasSharedData() {
  std::error_code error;
  const fs::path shared = SharedData();
  return fs::exists(shared / kEditsFile, error) &&
         fs::exists(shared / kManualsFile, error) &&
         fs::exists(shared / "news_like" / "tico19", error);
}

std::vector<Sentence> ReadText(TextSet set) {
  const fs::path shared = SharedData();
  std::vector<Sentence> sentences;
  switch (set) {
    case TextSet::kNews:
      ReadParallel(shared / "news_like" / "tico19", "zh.txt", sentences);
      ReadParallel(shared / "news_like" / "pud", "zh-TW.txt", sentences);
      break;
    case TextSet::kManuals:
      ReadTable(shared / kManualsFile, sentences);
      break;
    case TextSet::kPhrases:
      ReadTable(shared / kPhrasesFile, sentences);
      break;
    case TextSet::kSample:
      ReadSample(sentences);
      break;
  }
  std::erase_if(sentences, [](const Sentence& s) { return !IsUsable(s); });
  return sentences;
}

std::vector<EditedSentence> ReadEdits() {
  std::vector<EditedSentence> edits;
  for (const std::string& line : ReadLines(SharedData() / kEditsFile)) {
    const std::vector<std::string> fields = Fields(line);
    // Ratio, old English, Chinese, Spanish, new English, Chinese, file.
    if (fields.size() < 6 || fields[0] == "ratio") continue;
    edits.push_back({.before = {fields[1], fields[2], fields[3]},
                     .after = {fields[4], fields[5], ""}});
  }
  return edits;
}

}  // namespace tercet::bench

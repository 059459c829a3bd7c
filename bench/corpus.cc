#include "bench/corpus.h"

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
#include "service/base/hash.h"
#include "service/base/utf8.h"
#include "service/formats/unit_reader.h"

namespace tercet::bench {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kSourceDirectory = TERCET_SOURCE_DIR;

fs::path SharedData() {
  const char* const from_environment = std::getenv("TERCET_SHARED_DATA");
  return from_environment != nullptr
             ? fs::path(from_environment)
             : fs::path(kSourceDirectory).parent_path() / "shared" / "data";
}

std::string ReadFile(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file) {
    fmt::print(stderr, "benchmark: cannot read {}\n", path.string());
    std::exit(EXIT_FAILURE);
  }
  return {std::istreambuf_iterator<char>(file), {}};
}

// Three files, a line of one being the translation of the other two's.
void ReadTico(const fs::path& directory, std::vector<Sentence>& sentences) {
  std::array<std::istringstream, kLanguages.size()> files;
  for (size_t i = 0; i < kLanguages.size(); ++i) {
    files[i].str(ReadFile(directory / fmt::format("{}.txt", kLanguages[i])));
  }
  Sentence sentence;
  while (std::getline(files[0], sentence[0]) &&
         std::getline(files[1], sentence[1]) &&
         std::getline(files[2], sentence[2])) {
    sentences.push_back(sentence);
  }
}

// A line holds a sentence in English, Chinese and Spanish, and its origin.
void ReadManuals(const fs::path& path, std::vector<Sentence>& sentences) {
  std::istringstream file(ReadFile(path));
  std::string line;
  while (std::getline(file, line)) {
    std::istringstream fields(line);
    Sentence sentence;
    for (std::string& text : sentence) std::getline(fields, text, '\t');
    sentences.push_back(std::move(sentence));
  }
}

void ReadSample(const fs::path& path, std::vector<Sentence>& sentences) {
  const std::string bytes = ReadFile(path);
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

bool IsClauseMark(char32_t c) {
  switch (c) {
    case ',':
    case ';':
    case ':':
    case 0xFF0C:  // Full-width comma, semicolon, colon; enumeration comma.
    case 0xFF1B:
    case 0xFF1A:
    case 0x3001:
      return true;
    default:
      return false;
  }
}

bool IsHan(char32_t c) { return c >= 0x4E00 && c < 0xA000; }

// The place nearest the middle where a clause ends; where there is none, a
// word.
size_t CutPlace(std::string_view text) {
  const size_t middle = text.size() / 2;
  const auto nearer = [middle](size_t a, size_t b) {
    const auto from_middle = [middle](size_t place) {
      return place > middle ? place - middle : middle - place;
    };
    return from_middle(a) < from_middle(b);
  };
  size_t clause = 0;
  size_t word = 0;
  size_t position = 0;
  while (position < text.size()) {
    const char32_t c = DecodeUtf8(text, &position);
    if (IsClauseMark(c) && nearer(position, clause)) clause = position;
    if ((c == ' ' || IsHan(c)) && nearer(position, word)) word = position;
  }
  return clause > 0 ? clause : word;
}

std::vector<Sentence> ReadRealText(std::string& origin) {
  std::vector<Sentence> sentences;
  const fs::path shared = SharedData();
  const fs::path tico = shared / "news_like" / "tico19";
  const fs::path manuals = shared / "sentences" / "software_docs_tri_40k.tsv";
  std::error_code error;
  if (fs::exists(tico, error) && fs::exists(manuals, error)) {
    origin = "TICO-19 and software manuals";
    ReadTico(tico, sentences);
    ReadManuals(manuals, sentences);
  } else {
    origin = "deploy/samples/press.tmx";
    ReadSample(fs::path(kSourceDirectory) / origin, sentences);
  }
  std::erase_if(sentences, [](const Sentence& s) { return !IsUsable(s); });
  return sentences;
}

}  // namespace

Corpus::Corpus(uint64_t seed) : real_(ReadRealText(origin_)), random_(seed) {
  std::unordered_set<uint64_t> known;
  std::erase_if(real_, [&known](const Sentence& sentence) {
    return !known.insert(HashBytes64(sentence[0])).second;
  });
  std::ranges::shuffle(real_, random_);
}

std::vector<Unit> Corpus::MakeUnits(size_t count) {
  std::vector<Unit> units(count);
  for (Unit& unit : units) {
    Sentence sentence = NextSentence();
    for (size_t i = 0; i < kLanguages.size(); ++i) {
      unit.variants.push_back(
          {.language = Must(LanguageTag::Parse(kLanguages[i])),
           .segment = {.text = std::move(sentence[i])}});
    }
  }
  return units;
}

Sentence Corpus::NextSentence() {
  while (true) {
    Sentence sentence = next_ < real_.size() ? real_[next_++] : Recombine();
    if (seen_.insert(HashBytes64(sentence[0])).second) return sentence;
  }
}

Sentence Corpus::Recombine() {
  const Sentence& first = real_[random_() % real_.size()];
  const Sentence& second = real_[random_() % real_.size()];
  Sentence sentence;
  for (size_t i = 0; i < kLanguages.size(); ++i) {
    sentence[i] = first[i].substr(0, CutPlace(first[i])) +
                  second[i].substr(CutPlace(second[i]));
  }
  return sentence;
}

}  // namespace tercet::bench

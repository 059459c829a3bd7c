#include "bench/corpus.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <numeric>
#include <string_view>
#include <utility>

#include "bench/must.h"
#include "service/base/hash.h"
#include "service/base/utf8.h"

namespace tercet::bench {
namespace {

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

// Whether a part is neither too much nor too little of a whole.
bool IsAboutHalf(size_t part, size_t whole) {
  const double share = static_cast<double>(part) / static_cast<double>(whole);
  return share <= kMostOfOne && share >= 1 - kMostOfOne;
}

// The place nearest the middle where a clause ends; where none does about
// there, a word; 0 where none does either.
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
  for (size_t position = 0; position < text.size();) {
    const char32_t c = DecodeUtf8(text, &position);
    if (!IsAboutHalf(position, text.size())) continue;
    if (IsClauseMark(c) && nearer(position, clause)) clause = position;
    if ((c == ' ' || IsHan(c)) && nearer(position, word)) word = position;
  }
  return clause > 0 ? clause : word;
}

std::vector<Sentence> ReadRealText(std::string& origin) {
  if (!HasSharedData()) {
    origin = "deploy/samples/press.tmx";
    return ReadText(TextSet::kSample);
  }
  origin = "news, manuals and phrases";
  std::vector<Sentence> sentences = ReadText(TextSet::kNews);
  for (const TextSet set : {TextSet::kManuals, TextSet::kPhrases}) {
    std::ranges::move(ReadText(set), std::back_inserter(sentences));
  }
  return sentences;
}

}  // namespace

Corpus::Corpus(const CorpusOptions& options) : random_(options.seed) {
  for (size_t i = 0; i < kLanguages.size(); ++i) {
    tags_.push_back(Must(LanguageTag::Parse(kLanguages[i])));
    if (kLanguages[i] != "zh" || options.chinese) languages_.push_back(i);
  }
  for (Sentence& sentence : ReadRealText(origin_)) {
    if (!IsNew(sentence)) continue;
    Source& source = real_.emplace_back();
    for (const size_t i : languages_) source.cut[i] = CutPlace(sentence[i]);
    source.text = std::move(sentence);
  }
  std::ranges::stable_sort(real_, {},
                           [](const Source& s) { return s.text[0].size(); });
  order_.resize(real_.size());
  std::iota(order_.begin(), order_.end(), 0);
  std::ranges::shuffle(order_, random_);
}

std::vector<Unit> Corpus::MakeUnits(size_t count) {
  std::vector<Unit> units(count);
  for (Unit& unit : units) {
    Sentence sentence = NextSentence();
    for (const size_t i : languages_) {
      unit.variants.push_back(
          {.language = tags_[i], .segment = {.text = std::move(sentence[i])}});
    }
  }
  return units;
}

Sentence Corpus::NextSentence() {
  constexpr size_t kMaxTries = 2000;
  ++made_;
  if (next_ < order_.size()) return real_[order_[next_++]].text;
  Sentence sentence;
  for (size_t i = 0; i < kMaxTries; ++i) {
    const Source& first = Random();
    const Source& second = RandomLike(first);
    if (!FitTogether(first, second)) continue;
    for (const size_t k : languages_) {
      sentence[k] = first.text[k].substr(0, first.cut[k]) +
                    second.text[k].substr(second.cut[k]);
    }
    if (IsNew(sentence)) return sentence;
  }
  sentence = Random().text;
  for (std::string& text : sentence) text += fmt::format(" {}", made_);
  return sentence;
}

bool Corpus::IsNew(const Sentence& sentence) {
  std::array<uint64_t, kLanguages.size()> hashes{};
  for (const size_t i : languages_) {
    hashes[i] = HashBytes64(sentence[i]);
    if (seen_[i].contains(hashes[i])) return false;
  }
  for (const size_t i : languages_) seen_[i].insert(hashes[i]);
  return true;
}

const Corpus::Source& Corpus::RandomLike(const Source& source) {
  const size_t window = real_.size() / 20 + 1;
  const auto place = static_cast<size_t>(&source - real_.data());
  const size_t begin = place > window ? place - window : 0;
  const size_t end = std::min(real_.size(), place + window + 1);
  return real_[begin + random_() % (end - begin)];
}

bool Corpus::FitTogether(const Source& first, const Source& second) const {
  return &first != &second && std::ranges::all_of(languages_, [&](size_t i) {
    const size_t tail = second.text[i].size() - second.cut[i];
    return first.cut[i] > 0 && second.cut[i] > 0 &&
           IsAboutHalf(first.cut[i], first.cut[i] + tail);
  });
}

}  // namespace tercet::bench

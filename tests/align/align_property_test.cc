// What holds of every alignment, on documents out of a seed.
#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <random>
#include <string>
#include <vector>

#include "service/align/align.h"
#include "tests/support/matchers.h"

namespace tercet {
namespace {

constexpr uint64_t kSeed = 20261125;

// Documents of made-up words, each with a fixed translation in each language.
class RandomDocument {
 public:
  explicit RandomDocument(uint64_t seed) : random_(seed) {}

  // Versions in "en", "es", "zh" and so on, with sentences and paragraphs lost
  // and added.
  std::vector<DocumentVersion> Make(size_t version_count) {
    const std::vector<std::string> languages = {"en", "zh", "es"};
    std::vector<DocumentVersion> versions;
    for (size_t v = 0; v < version_count; ++v) {
      versions.push_back({.language = languages[v], .paragraphs = {{}}});
    }
    for (size_t i = random_() % 40; i > 0; --i) AddSentence(versions);
    return versions;
  }

 private:
  void AddSentence(std::vector<DocumentVersion>& versions) {
    std::vector<size_t> words(1 + random_() % 20);
    for (size_t& word : words) word = random_() % 300;
    for (DocumentVersion& version : versions) {
      if (random_() % 6 == 0) version.paragraphs.emplace_back();
      if (random_() % 12 == 0) continue;
      auto& paragraph = version.paragraphs.back();
      const std::string sentence = Sentence(version.language, words);
      if (random_() % 10 == 0 && !paragraph.empty()) {
        paragraph.back() += " " + sentence;
      } else {
        paragraph.push_back(sentence);
      }
    }
  }

  static std::string Sentence(const std::string& language,
                              const std::vector<size_t>& words) {
    std::string text;
    for (const size_t word : words) {
      if (word % 10 == 0) {
        text += std::to_string(word) + " ";
      } else {
        text += language + std::string(1, static_cast<char>('a' + word % 26)) +
                static_cast<char>('a' + word / 26) + " ";
      }
    }
    return text;
  }

  std::mt19937_64 random_;
};

size_t SentencesOf(const DocumentVersion& version) {
  size_t count = 0;
  for (const auto& paragraph : version.paragraphs) count += paragraph.size();
  return count;
}

std::vector<Bead> MustAlign(const std::vector<DocumentVersion>& versions) {
  StatusOr<std::vector<Bead>> beads = AlignDocuments(versions, {});
  EXPECT_THAT(beads, IsOk());
  return beads.ok() ? *std::move(beads) : std::vector<Bead>();
}

// Every sentence is in exactly one bead, in order.
void ExpectComplete(const std::vector<DocumentVersion>& versions,
                    const std::vector<Bead>& beads) {
  std::vector<uint32_t> next(versions.size());
  for (const Bead& bead : beads) {
    ASSERT_EQ(bead.ranges.size(), versions.size());
    uint32_t sentences = 0;
    for (size_t v = 0; v < versions.size(); ++v) {
      ASSERT_EQ(bead.ranges[v].begin, next[v]);
      ASSERT_GE(bead.ranges[v].end, next[v]);
      next[v] = bead.ranges[v].end;
      sentences += bead.ranges[v].size();
    }
    ASSERT_GT(sentences, 0u);
    ASSERT_GE(bead.confidence, 0);
    ASSERT_LE(bead.confidence, 1);
  }
  for (size_t v = 0; v < versions.size(); ++v) {
    ASSERT_EQ(next[v], SentencesOf(versions[v]));
  }
}

TEST(AlignProperties, EverySentenceIsInOneBeadInOrder) {
  for (uint64_t seed = kSeed; seed < kSeed + 200; ++seed) {
    SCOPED_TRACE(seed);
    RandomDocument random(seed);
    const auto versions = random.Make(2 + seed % 2);
    ExpectComplete(versions, MustAlign(versions));
  }
}

TEST(AlignProperties, SameTextsGiveSameBeads) {
  for (uint64_t seed = kSeed; seed < kSeed + 30; ++seed) {
    SCOPED_TRACE(seed);
    RandomDocument random(seed);
    const auto versions = random.Make(2 + seed % 2);
    const std::vector<Bead> once = MustAlign(versions);
    const std::vector<Bead> again = MustAlign(versions);
    ASSERT_EQ(once.size(), again.size());
    for (size_t i = 0; i < once.size(); ++i) {
      ASSERT_EQ(once[i].ranges, again[i].ranges);
      ASSERT_EQ(once[i].confidence, again[i].confidence);
      ASSERT_EQ(once[i].reasons, again[i].reasons);
    }
  }
}

// Sums in another order round otherwise, so that ties may fall otherwise; what
// is sure stays the same.
TEST(AlignProperties, SwappingVersionsSwapsSureBeads) {
  constexpr double kSure = 0.9;
  for (uint64_t seed = kSeed; seed < kSeed + 50; ++seed) {
    SCOPED_TRACE(seed);
    RandomDocument random(seed);
    const auto versions = random.Make(2);
    const std::vector<Bead> beads = MustAlign(versions);
    const std::vector<Bead> swapped = MustAlign({versions[1], versions[0]});
    for (const Bead& bead : beads) {
      if (bead.confidence < kSure || bead.ranges[0].size() == 0 ||
          bead.ranges[1].size() == 0) {
        continue;
      }
      const std::vector<SentenceRange> mirrored = {bead.ranges[1],
                                                   bead.ranges[0]};
      EXPECT_TRUE(std::ranges::any_of(swapped, [&](const Bead& other) {
        return other.ranges == mirrored;
      }));
    }
  }
}

std::vector<std::string> Repeated(size_t count, const std::string& text) {
  std::vector<std::string> sentences;
  for (size_t i = 0; i < count; ++i) {
    sentences.push_back(text + std::to_string(i));
  }
  return sentences;
}

// Hostile documents take bounded time and memory; the test's time limit would
// tell.
TEST(AlignHostile, HundredThousandSentencesAgainstOne) {
  const std::vector<DocumentVersion> versions = {
      {"en", {Repeated(kMaxAlignedSentences, "Item ")}},
      {"es", {{"Punto 77"}}}};
  ExpectComplete(versions, MustAlign(versions));
}

TEST(AlignHostile, NothingInCommon) {
  const std::vector<DocumentVersion> versions = {
      {"en", {Repeated(3000, "Nothing alike ")}},
      {"zh", {std::vector<std::string>(4000, "毫无关系的句子。")}}};
  ExpectComplete(versions, MustAlign(versions));
}

TEST(AlignHostile, SentenceOf128KiB) {
  std::string text;
  while (text.size() < 128 * 1024)
    text += "palabra" + std::to_string(text.size()) + " ";
  const std::vector<DocumentVersion> versions = {
      {"en", {{"Short.", text, "Short again."}}}, {"es", {{text, text}}}};
  ExpectComplete(versions, MustAlign(versions));
}

TEST(AlignHostile, EmptySentences) {
  const std::vector<DocumentVersion> versions = {
      {"en", {{"", " ", ""}, {}}}, {"es", {{"", "..."}}}, {"zh", {{}, {""}}}};
  ExpectComplete(versions, MustAlign(versions));
}

TEST(AlignHostile, StopsWhenToldTo) {
  const std::vector<DocumentVersion> versions = {
      {"en", {Repeated(100, "One ")}}, {"es", {Repeated(100, "Uno ")}}};
  const auto stop = [] {
    return MakeError(StatusCode::kCancelled, "enough", {.reason = "CANCELLED"});
  };
  EXPECT_THAT(AlignDocuments(versions, {.stop = stop}).status(),
              ReasonIs("CANCELLED"));
}

// A chapter that one version lacks does not derail what follows.
TEST(AlignHostile, FindsBigInsertion) {
  std::vector<std::string> en = Repeated(2000, "Chapter text number ");
  std::vector<std::string> es = Repeated(2000, "Texto de capítulo número ");
  es.erase(es.begin() + 500, es.begin() + 900);
  const std::vector<DocumentVersion> versions = {{"en", {en}}, {"es", {es}}};
  const std::vector<Bead> beads = MustAlign(versions);
  ExpectComplete(versions, beads);
  size_t right = 0;
  for (const Bead& bead : beads) {
    const SentenceRange& a = bead.ranges[0];
    const SentenceRange& b = bead.ranges[1];
    if (a.size() == 1 && b.size() == 1) {
      right += a.begin == b.begin + (a.begin < 500 ? 0 : 400) ? 1 : 0;
    }
  }
  EXPECT_GE(right, 1550u);  // Of 1,600.
}

}  // namespace
}  // namespace tercet

// Lookups give what comparing with everything gives, order included.
#include <algorithm>
#include <array>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "fmt/format.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/memory/test_database.h"
#include "tests/support/brute_force.h"
#include "tests/support/consistency.h"
#include "tests/support/random_text.h"
#include "tests/support/shared_data.h"

namespace tercet {
namespace {

using ::testing::IsEmpty;

constexpr std::array kBases = {"en", "zh", "es"};
constexpr std::array kMemories = {"press", "web", "old"};

// Edits are not in the twin: they are there for all but exact matches.
void ExpectEdits(const std::vector<Match>& matches) {
  for (const Match& match : matches) {
    const bool exact = match.kind >= MatchKind::kExact;
    EXPECT_EQ(match.edits.empty(), exact) << Describe({match}).front();
  }
}

// A database that changes at random.
class World {
 public:
  explicit World(uint64_t seed) : random_(seed) {
    for (const char* memory : kMemories) database_.CreateMemory(memory);
  }

  RandomText& random() { return random_; }
  TestDatabase& database() { return database_; }

  void Change() {
    // Often not at all, so that times are equal and ids decide.
    database_.clock().Advance(static_cast<int64_t>(random_.Below(2)));
    const std::string memory = random_.Pick(kMemories);
    switch (random_.Below(8)) {
      case 0:
        return DeleteSome(memory);
      case 1:
        return UpdateSome(memory);
      case 2:
        Must(database_->UpdateMemory(
            memory, {.penalty = random_.OneIn(2) ? 0 : MakePenalty()}, {}));
        return;
      case 3:
        if (!random_.OneIn(6)) return ChangeIndex();
        Must(database_->DeleteMemory(memory, /*force=*/true, {}));
        database_.CreateMemory(memory, MakePenalty());
        return;
      default:
        return CreateSome(memory);
    }
  }

  LookupQuery MakeRandomQuery() {
    LookupQuery query;
    const std::string base = random_.Pick(kBases);
    query.language = MakeTag(base);
    query.segment = MakeSegment(base);
    query.context = MakeOrigin();
    for (size_t i = random_.Below(4); i > 0; --i) {
      query.targets.push_back(MakeTag(random_.Pick(kBases)));
    }
    query.min_score = 1 + static_cast<int>(random_.Below(100));
    query.max_matches =
        1 + static_cast<int>(random_.Below(random_.OneIn(2) ? 5 : 100));
    if (random_.OneIn(2)) query.filter = MakeFilter();
    return query;
  }

  std::optional<std::string_view> MakeScope() {
    if (random_.OneIn(2)) return std::nullopt;
    return random_.Pick(kMemories);
  }

 private:
  // What users do not see.
  void ChangeIndex() {
    switch (random_.Below(7)) {
      case 0:
        return database_.Reopen();
      case 1:
        database_.LetRebuild();
        return database_->AwaitIndex();
      case 2:
        database_.LetRebuild();
        return Must(database_->SettleIndex());
      case 3:
        return database_.Crash();
      case 4:
        return DamageSnapshot();
      default:
        // From now on there are lookups and writes without one, or while it is
        // built.
        database_.ReopenWithoutIndex();
        if (random_.OneIn(4)) database_.LetRebuild();
    }
  }

  void DamageSnapshot() {
    database_.Close();
    const std::string path = database_.path() + "/index/SNAPSHOT";
    std::string bytes = ReadFile(path);
    bytes[random_.Below(bytes.size())] ^= 1;
    WriteFile(path, bytes);
    database_.Reopen();
  }

  int MakePenalty() { return static_cast<int>(random_.Below(12)); }

  LanguageTag MakeTag(std::string_view base) {
    static constexpr std::array kEnglish = {"en", "en-US", "en-GB", "EN"};
    static constexpr std::array kChinese = {"zh",    "zh_CN",   "zh-Hans",
                                            "zh-TW", "zh-Hant", "zh-HK"};
    static constexpr std::array kSpanish = {"es", "es-ES", "es-MX", "es-419"};
    if (base == "zh") return Tag(random_.Pick(kChinese));
    return Tag(base == "es" ? random_.Pick(kSpanish) : random_.Pick(kEnglish));
  }

  // New, or an edited one of those before: all that follow are near to some.
  Segment MakeSegment(const std::string& base) {
    std::vector<Segment>& known = segments_[static_cast<size_t>(base.front())];
    Segment segment = known.empty() || random_.OneIn(3)
                          ? random_.MakeSegment(base)
                          : random_.Edit(random_.Pick(known), base);
    known.push_back(segment);
    return segment;
  }

  std::string MakeDocument() {
    static constexpr std::array kDocuments = {"press/1", "press/2", "web/1"};
    return random_.Pick(kDocuments);
  }

  std::string MakeCreator() { return random_.OneIn(2) ? "ana" : "ben"; }

  Property MakeProperty() {
    return {.type = random_.OneIn(2) ? "x-a" : "x-b",
            .value = random_.OneIn(2) ? "1" : "2"};
  }

  Attribution MakeAttribution() {
    Attribution attribution;
    if (random_.OneIn(2)) attribution.creator = MakeCreator();
    if (random_.OneIn(3)) {
      attribution.creation_micros = static_cast<int64_t>(random_.Below(9));
    }
    if (random_.OneIn(3)) {
      attribution.change_micros = static_cast<int64_t>(random_.Below(9));
    }
    return attribution;
  }

  UnitFilter MakeFilter() {
    UnitFilter filter;
    if (random_.OneIn(6)) filter.memories = {"press", "web"};
    if (random_.OneIn(6)) {
      filter.documents = {random_.OneIn(2) ? "press/*" : MakeDocument()};
    }
    if (random_.OneIn(6)) filter.creators = {MakeCreator()};
    if (random_.OneIn(6)) filter.states = {UnitState::kAligned};
    for (size_t i = random_.Below(3); i > 0; --i) {
      if (random_.OneIn(2)) filter.properties.push_back(MakeProperty());
    }
    if (random_.OneIn(6)) {
      filter.languages = {MakeTag(random_.Pick(kBases))};
    }
    if (random_.OneIn(6)) {
      filter.begin_micros = static_cast<int64_t>(random_.Below(9));
    }
    if (random_.OneIn(6)) {
      filter.end_micros = static_cast<int64_t>(random_.Below(9));
    }
    return filter;
  }

  Origin MakeOrigin() {
    Origin origin;
    if (random_.OneIn(2)) origin.document = MakeDocument();
    if (random_.OneIn(3)) origin.previous = random_.OneIn(2) ? "One." : "Two.";
    if (random_.OneIn(3)) origin.next = "Three.";
    if (random_.OneIn(4)) origin.key = random_.OneIn(2) ? "k1" : "k2";
    return origin;
  }

  Unit MakeRandomUnit() {
    Unit unit;
    unit.origin = MakeOrigin();
    unit.state = static_cast<UnitState>(random_.Below(4));
    unit.attribution = MakeAttribution();
    if (random_.OneIn(2)) unit.properties = {MakeProperty(), MakeProperty()};
    for (size_t i = 1 + random_.Below(4); i > 0; --i) {
      const std::string base = random_.Pick(kBases);
      unit.variants.push_back(
          {.language = MakeTag(base), .segment = MakeSegment(base)});
      if (random_.OneIn(3)) {
        unit.variants.back().attribution = MakeAttribution();
        unit.variants.back().properties = {MakeProperty()};
      }
    }
    if (random_.OneIn(2)) {
      unit.source_language = random_.Pick(unit.variants).language;
    }
    return unit;
  }

  void CreateSome(const std::string& memory) {
    std::vector<NewUnit> units;
    for (size_t i = 1 + random_.Below(20); i > 0; --i) {
      units.push_back({.unit = MakeRandomUnit(),
                       .mode = random_.OneIn(3) ? WriteMode::kOverwrite
                                                : WriteMode::kAddVariants});
    }
    Must(database_->CreateUnits(memory, std::move(units), {}));
  }

  void UpdateSome(const std::string& memory) {
    for (const UnitEntry& entry : database_.WalkAll(memory)) {
      if (!random_.OneIn(6)) continue;
      UnitUpdate update{.fields = {UnitField::kVariants, UnitField::kState,
                                   UnitField::kSourceLanguage},
                        .unit = MakeRandomUnit()};
      Must(database_->UpdateUnit(memory, entry.id, update, {}));
    }
  }

  void DeleteSome(const std::string& memory) {
    for (const UnitEntry& entry : database_.WalkAll(memory)) {
      if (random_.OneIn(3)) Must(database_->DeleteUnit(memory, entry.id, {}));
    }
  }

  TestDatabase database_;
  RandomText random_;
  std::array<std::vector<Segment>, 128> segments_;  // By language.
};

TEST(LookupTwin, AgreesWhateverIsStoredAndAsked) {
  for (uint64_t seed = 1; seed <= 8; ++seed) {
    SCOPED_TRACE(fmt::format("seed {}", seed));
    World world(seed);
    size_t found = 0;
    for (int round = 0; round < 12; ++round) {
      for (int i = 0; i < 5; ++i) world.Change();
      const BruteForce twin = Must(BruteForce::Read(*world.database()));
      for (int i = 0; i < 40; ++i) {
        const LookupQuery query = world.MakeRandomQuery();
        const auto scope = world.MakeScope();
        const std::vector<Match> matches =
            Must(world.database()->Lookup(scope, query, NeverStop()));
        ASSERT_EQ(Describe(matches), Describe(twin.Lookup(scope, query)))
            << fmt::format("round {}, query '{}' in {} from {}", round,
                           query.segment.text, query.language.code(),
                           query.min_score);
        ExpectEdits(matches);
        found += matches.size();
      }
    }
    EXPECT_GT(found, 100U) << "the test has little to compare";
    world.database().Close();
    EXPECT_THAT(FindInconsistenciesIn(world.database().path()), IsEmpty());
  }
}

TEST(LookupTwin, AgreesAtEveryThresholdAndNumber) {
  World world(99);
  while (world.database()->Stats().unit_count < 250) world.Change();
  const BruteForce twin = Must(BruteForce::Read(*world.database()));
  for (int i = 0; i < 10; ++i) {
    LookupQuery query = world.MakeRandomQuery();
    query.targets.clear();
    const std::vector<Match> ranking = twin.Rank(std::nullopt, query, 1);
    for (int n = 1; n <= 100; ++n) {
      query.min_score = n;
      query.max_matches = 1 + static_cast<int>(world.random().Below(100));
      ASSERT_EQ(Describe(world.database().Lookup(query)),
                Describe(BruteForce::Select(ranking, n, query.max_matches)));
      query.min_score = 1 + static_cast<int>(world.random().Below(70));
      query.max_matches = n;
      ASSERT_EQ(Describe(world.database().Lookup(query)),
                Describe(BruteForce::Select(ranking, query.min_score, n)));
    }
  }
}

// --- Over real text
// -----------------------------------------------------------

std::vector<std::string> ReadLines(const std::string& path) {
  const std::string content = ReadFile(path);
  std::vector<std::string> lines;
  for (size_t begin = 0; begin < content.size();) {
    const size_t end = std::min(content.find('\n', begin), content.size());
    lines.push_back(content.substr(begin, end - begin));
    begin = end + 1;
  }
  return lines;
}

using Row = std::array<std::string, 3>;  // As kTextLanguages.
constexpr std::array kTextLanguages = {"en", "zh", "es"};

// Every `step`-th row of en, zh, es.
std::vector<Row> ReadTable(const std::string& path, size_t step) {
  std::vector<Row> rows;
  const std::vector<std::string> lines = ReadLines(path);
  for (size_t i = 0; i < lines.size(); i += step) {
    const size_t first = lines[i].find('\t');
    const size_t second = lines[i].find('\t', first + 1);
    const size_t third = lines[i].find('\t', second + 1);
    rows.push_back({lines[i].substr(0, first),
                    lines[i].substr(first + 1, second - first - 1),
                    lines[i].substr(second + 1, third - second - 1)});
  }
  return rows;
}

// Every `step`-th line of three files.
std::vector<Row> ReadParallel(const std::string& directory, size_t step) {
  const auto en = ReadLines(directory + "/en.txt");
  const auto zh = ReadLines(directory + "/zh.txt");
  const auto es = ReadLines(directory + "/es.txt");
  std::vector<Row> rows;
  for (size_t i = 0; i < en.size(); i += step) {
    rows.push_back({en[i], zh.at(i), es.at(i)});
  }
  return rows;
}

void WriteRows(TestDatabase& database, const std::vector<Row>& rows) {
  for (size_t begin = 0; begin < rows.size(); begin += kMaxBatchSize) {
    std::vector<NewUnit> units;
    for (size_t i = begin;
         i < std::min(rows.size(), begin + size_t{kMaxBatchSize}); ++i) {
      units.push_back(
          {.unit = MakeUnit(
               {{"en", rows[i][0]}, {"zh", rows[i][1]}, {"es", rows[i][2]}})});
    }
    Must(database->CreateUnits("real", std::move(units),
                               {.create_memory = true}));
  }
}

TEST(LookupTwin, AgreesOnRealText) {
  const auto table = SharedData("sentences/software_docs_tri_40k.tsv");
  const auto news = SharedData("news_like/tico19");
  if (!table.has_value() || !news.has_value()) {
    GTEST_SKIP() << "no real text: set TERCET_SHARED_DATA to its directory";
  }
  std::vector<Row> rows = ReadTable(*table, 10);
  std::ranges::move(ReadParallel(*news, 2), std::back_inserter(rows));
  ASSERT_GT(rows.size(), 5000U);
  TestDatabase database;
  WriteRows(database, rows);
  const BruteForce twin = Must(BruteForce::Read(*database));

  // From here on in one chunk, which is large enough to have runs.
  database.Reopen();
  RandomText random(40);
  for (size_t language = 0; language < kTextLanguages.size(); ++language) {
    size_t found = 0;
    for (int i = 0; i < 100; ++i) {
      LookupQuery query = MakeQuery(kTextLanguages[language], "");
      query.segment = random.Edit({.text = random.Pick(rows)[language]},
                                  kTextLanguages[language]);
      query.min_score = 30 + static_cast<int>(random.Below(71));
      query.max_matches = 1 + static_cast<int>(random.Below(20));
      const std::vector<Match> matches = database.Lookup(query);
      ASSERT_EQ(Describe(matches), Describe(twin.Lookup(std::nullopt, query)))
          << query.segment.text;
      ExpectEdits(matches);
      found += matches.size();
    }
    EXPECT_GT(found, 50U);
  }
}

}  // namespace
}  // namespace tercet

#include "service/store/records.h"

#include <limits>
#include <random>
#include <string>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/support/matchers.h"

namespace tercet {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

LanguageTag Language(std::string_view code) {
  return LanguageTag::Parse(code).value();
}

auto IsDamaged() {
  return AllOf(StatusIs(StatusCode::kDataLoss, HasSubstr("damaged")),
               ReasonIs("STORE_CORRUPT"));
}

// The least that can be stored.
StoredUnit MakeSmallUnit() {
  return {.id = "u1",
          .unit = {.variants = {{.language = Language("en"),
                                 .segment = {.text = "Yes"}}}}};
}

// Every field has a value of its own.
StoredUnit MakeFullUnit() {
  Variant english = {
      .language = Language("en-GB"),
      .segment = {.text = "Floods <hit> the south",
                  .codes = {{.kind = InlineCode::Kind::kBeginPaired,
                             .offset = 7,
                             .content = "<b>",
                             .attributes = {{.type = "i", .value = "1"},
                                            {.type = "type", .value = "bold"}}},
                            {.kind = InlineCode::Kind::kUnknownTag,
                             .offset = 22,
                             .content = "<sub>x</sub>",
                             .content_is_xml = true}}},
      .attribution = {.creator = "Ana",
                      .creation_micros = -1,
                      .changer = "王",
                      .change_micros = 1'700'000'000'000'000},
      .notes = {"first", "", "第三"},
      .properties = {{.type = "x-a", .value = "1"},
                     {.type = "x-a", .value = ""}}};
  Variant chinese = {.language = Language("zh"),
                     .segment = {.text = "南部发生洪灾"}};
  return {.id = "flood-2026",
          .revision = Revision{std::numeric_limits<uint64_t>::max()},
          .create_micros = 1,
          .update_micros = -2,
          .unit = {.variants = {english, chinese, chinese},
                   .source_language = Language("zh"),
                   .origin = {.document = "press/2026/0417",
                              .previous = "前一句",
                              .next = "后一句",
                              .key = "s.3"},
                   .state = UnitState::kAligned,
                   .external_id = "tu 77",
                   .usage_count = std::numeric_limits<int64_t>::max(),
                   .attribution = {.creator = "importer", .change_micros = 0},
                   .notes = {"a note"},
                   .properties = {{.type = "x-b", .value = "文"}}}};
}

TEST(UnitRecord, KeepsEveryField) {
  const StoredUnit unit = MakeFullUnit();
  EXPECT_THAT(DecodeUnit(EncodeUnit(unit)), IsOkAndHolds(unit));
}

TEST(UnitRecord, KeepsWhatIsNotThere) {
  const StoredUnit unit = MakeSmallUnit();
  EXPECT_THAT(DecodeUnit(EncodeUnit(unit)), IsOkAndHolds(unit));
}

TEST(UnitRecord, KeepsTimesOfZeroApartFromNone) {
  StoredUnit unit = MakeSmallUnit();
  unit.unit.attribution.creation_micros = 0;
  unit.unit.variants[0].attribution.change_micros = 0;
  EXPECT_THAT(DecodeUnit(EncodeUnit(unit)), IsOkAndHolds(unit));
}

TEST(UnitRecord, KeepsLongText) {
  StoredUnit unit = MakeSmallUnit();
  unit.unit.variants[0].segment.text.assign(128 * 1024, 'a');
  EXPECT_THAT(DecodeUnit(EncodeUnit(unit)), IsOkAndHolds(unit));
}

// Validation keeps them out; should some path forget it, nothing that was
// acknowledged may become unreadable.
TEST(UnitRecord, KeepsUserStringsThatAreNotUtf8) {
  const std::string bad = "\xFF\xC3";
  StoredUnit unit = MakeFullUnit();
  unit.unit.origin.document = bad;
  unit.unit.origin.key = bad;
  unit.unit.external_id = bad;
  unit.unit.attribution.creator = bad;
  unit.unit.attribution.changer = bad;
  unit.unit.notes = {bad};
  unit.unit.properties = {{.type = bad, .value = bad}};
  unit.unit.variants[0].notes = {bad};
  unit.unit.variants[0].segment.codes[0].content = bad;
  EXPECT_THAT(DecodeUnit(EncodeUnit(unit)), IsOkAndHolds(unit));
}

TEST(UnitRecord, EqualUnitsHaveEqualBytes) {
  EXPECT_EQ(EncodeUnit(MakeFullUnit()), EncodeUnit(MakeFullUnit()));
  const std::string bytes = EncodeUnit(MakeFullUnit());
  EXPECT_EQ(EncodeUnit(DecodeUnit(bytes).value()), bytes);
}

TEST(UnitRecord, RefusesWhatReadersCouldNotBear) {
  struct Case {
    const char* what;
    void (*spoil)(StoredUnit&);
  };
  const Case kCases[] = {
      {"no id", [](StoredUnit& u) { u.id = ""; }},
      {"an id that is none", [](StoredUnit& u) { u.id = "A/b"; }},
      {"no variants", [](StoredUnit& u) { u.unit.variants.clear(); }},
      {"no language",
       [](StoredUnit& u) { u.unit.variants[0].language = LanguageTag(); }},
      {"no text",
       [](StoredUnit& u) { u.unit.variants[0].segment.text.clear(); }},
      {"a text that is not UTF-8",
       [](StoredUnit& u) { u.unit.variants[0].segment.text = "a\xC3"; }},
      {"a neighbour that is not UTF-8",
       [](StoredUnit& u) { u.unit.origin.next = "a\xC3"; }},
      {"a state that is none",
       [](StoredUnit& u) { u.unit.state = UnitState{9}; }},
      {"a kind of code that is none",
       [](StoredUnit& u) {
         u.unit.variants[0].segment.codes = {{.kind = InlineCode::Kind{8}}};
       }},
      {"a code of kind 0",
       [](StoredUnit& u) {
         u.unit.variants[0].segment.codes = {{.kind = InlineCode::Kind{0}}};
       }},
      {"a code behind the text",
       [](StoredUnit& u) {
         u.unit.variants[0].segment.codes = {{.offset = 4}};
       }},
      {"a code inside a character",
       [](StoredUnit& u) {
         u.unit.variants[0].segment = {.text = "中", .codes = {{.offset = 1}}};
       }},
      {"codes out of order",
       [](StoredUnit& u) {
         u.unit.variants[0].segment.codes = {{.offset = 2}, {.offset = 1}};
       }},
  };
  for (const Case& c : kCases) {
    StoredUnit unit = MakeSmallUnit();
    c.spoil(unit);
    EXPECT_THAT(DecodeUnit(EncodeUnit(unit)), IsDamaged()) << c.what;
  }
}

TEST(UnitRecord, RefusesEmptyBytesAndNoise) {
  EXPECT_THAT(DecodeUnit(""), IsDamaged());
  EXPECT_THAT(DecodeUnit("no record"), IsDamaged());
  EXPECT_THAT(DecodeUnit(std::string(1000, '\xFF')), IsDamaged());
}

// A cut may leave a shorter unit that is whole (repeated fields come last),
// never the same one, and never a crash.
TEST(UnitRecord, CutBytesNeverGiveTheSameUnit) {
  const StoredUnit unit = MakeFullUnit();
  const std::string bytes = EncodeUnit(unit);
  for (size_t size = 0; size < bytes.size(); ++size) {
    EXPECT_THAT(DecodeUnit(std::string_view(bytes).substr(0, size)),
                Not(IsOkAndHolds(unit)))
        << size;
  }
}

TEST(UnitRecord, DamagedBytesGiveAnErrorOrAUnitThatCanBeStored) {
  constexpr uint64_t kSeed = 7;
  SCOPED_TRACE(kSeed);
  std::mt19937_64 random(kSeed);
  const std::string bytes = EncodeUnit(MakeFullUnit());
  int refused = 0;
  for (int i = 0; i < 20'000; ++i) {
    std::string damaged = bytes;
    for (auto flips = random() % 4 + 1; flips > 0; --flips) {
      damaged[random() % damaged.size()] = static_cast<char>(random());
    }
    StatusOr<StoredUnit> unit = DecodeUnit(damaged);
    if (unit.ok()) {
      EXPECT_THAT(DecodeUnit(EncodeUnit(*unit)), IsOkAndHolds(*unit)) << i;
    } else {
      EXPECT_THAT(unit, IsDamaged()) << i;
      ++refused;
    }
  }
  EXPECT_GT(refused, 1000);
}

StoredMemory MakeMemory() {
  return {.id = "press",
          .number = MemoryNumber{7},
          .display_name = "Press 新闻 \xFF",
          .penalty = 3,
          .create_micros = 11,
          .update_micros = 12,
          .revision = Revision{13},
          .unit_count = 14,
          .language_counts = {{"en", 15}, {"zh-TW", 0}},
          .next_unit_number = UnitNumber{16}};
}

TEST(MemoryRecord, KeepsEveryField) {
  const StoredMemory memory = MakeMemory();
  EXPECT_THAT(DecodeMemory("press", EncodeMemory(memory)),
              IsOkAndHolds(memory));
  EXPECT_EQ(EncodeMemory(memory), EncodeMemory(MakeMemory()));
}

TEST(MemoryRecord, RefusesNoise) {
  EXPECT_THAT(DecodeMemory("press", "no record"), IsDamaged());
  const std::string bytes = EncodeMemory(MakeMemory());
  for (size_t size = 0; size < bytes.size(); ++size) {
    EXPECT_THAT(DecodeMemory("press", std::string_view(bytes).substr(0, size)),
                Not(IsOkAndHolds(MakeMemory())))
        << size;
  }
}

TEST(ChangeRecord, KeepsEveryField) {
  for (auto kind : {StoredChange::Kind::kPut, StoredChange::Kind::kDelete}) {
    const StoredChange change = {.memory = MemoryNumber{1},
                                 .unit = UnitNumber{2},
                                 .kind = kind,
                                 .micros = -3};
    EXPECT_THAT(DecodeChange(EncodeChange(change)), IsOkAndHolds(change));
  }
}

TEST(ChangeRecord, RefusesNoise) {
  EXPECT_THAT(DecodeChange(""), IsDamaged());
  EXPECT_THAT(DecodeChange("no record"), IsDamaged());
  EXPECT_THAT(DecodeChange("\x18\x05"), IsDamaged());  // Field 3 is 5.
}

}  // namespace
}  // namespace tercet

// Writers and readers at once: every read sees a whole state that is no older
// than what was acknowledged when it began.
#include <array>
#include <atomic>
#include <memory>
#include <optional>
#include <random>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include "fmt/format.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/memory/test_database.h"
#include "tests/support/brute_force.h"
#include "tests/support/consistency.h"

namespace tercet {
namespace {

using ::testing::IsEmpty;

constexpr int kWriters = 4;
constexpr int kReaders = 4;
constexpr int kSlotsPerWriter = 12;
constexpr int kWritesPerWriter = 400;

// A unit that goes through versions 1, 2, ...; in every fourth it is deleted.
// Before the first it is not there.
struct Slot {
  std::string id;
  std::atomic<int> begun = 0;         // A write of it has begun.
  std::atomic<int> acknowledged = 0;  // It has been acknowledged.
};

bool IsDeleted(int version) { return version % 4 == 0; }

// Digits as words, so that versions differ by a word and not by a number.
std::string Spell(int number) {
  static constexpr std::array kDigits = {"cero", "uno",  "dos", "tres",
                                         "four", "five", "six", "seven",
                                         "ocho", "nueve"};
  std::string words;
  for (const char digit : fmt::format("{}", number)) {
    words += kDigits[static_cast<size_t>(digit - '0')];
  }
  return words;
}

std::string TextOf(const Slot& slot, int version) {
  return fmt::format("The agency said today: {} {}", slot.id, Spell(version));
}

int VersionOf(const Slot& slot, std::string_view text) {
  for (int version = 1; version <= slot.begun; ++version) {
    if (TextOf(slot, version) == text) return version;
  }
  return -1;
}

class Traffic {
 public:
  Traffic() {
    database_.CreateMemory("press");
    for (size_t i = 0; i < slots_.size(); ++i) {
      slots_[i].id = fmt::format("slot-{}", Spell(static_cast<int>(i)));
    }
  }

  void Run() {
    writing_ = true;
    {
      std::vector<std::jthread> readers;
      for (int i = 0; i < kReaders; ++i) {
        readers.emplace_back([this, i] { Read(i); });
      }
      std::vector<std::jthread> writers;
      for (int i = 0; i < kWriters; ++i) {
        writers.emplace_back([this, i] { Write(i); });
      }
      for (std::jthread& writer : writers) writer.join();
      writing_ = false;
    }
    for (Slot& slot : slots_) CheckUnit(slot);
    EXPECT_GT(lookups_, 0);
  }

  TestDatabase& database() { return database_; }

 private:
  // Writes slots of its own.
  void Write(int writer) {
    std::mt19937 random(static_cast<uint32_t>(writer));
    for (int i = 0; i < kWritesPerWriter; ++i) {
      Slot& slot = slots_[static_cast<size_t>(writer * kSlotsPerWriter) +
                          random() % kSlotsPerWriter];
      const int version = slot.begun + 1;
      slot.begun = version;
      Must(WriteVersion(slot, version));
      slot.acknowledged = version;
    }
  }

  Status WriteVersion(const Slot& slot, int version) {
    if (IsDeleted(version)) return database_->DeleteUnit("press", slot.id, {});
    const Unit unit =
        MakeUnit({{"en", TextOf(slot, version)}, {"es", "La agencia."}});
    if (!IsDeleted(version - 1)) {
      const UnitUpdate update{.fields = {UnitField::kVariants}, .unit = unit};
      return database_->UpdateUnit("press", slot.id, update, {}).status();
    }
    return database_->CreateUnits("press", {{.id = slot.id, .unit = unit}}, {})
        .status();
  }

  void Read(int reader) {
    std::mt19937 random(static_cast<uint32_t>(1000 + reader));
    while (writing_) {
      Slot& slot = slots_[random() % slots_.size()];
      switch (random() % 8) {
        case 0:
          CheckWalk();
          break;
        case 1:
        case 2:
        case 3:
          CheckUnit(slot);
          break;
        default:
          CheckLookup(slot);
          break;
      }
    }
  }

  void CheckUnit(Slot& slot) {
    const int least = slot.acknowledged;
    const auto entry = database_->GetUnit("press", slot.id);
    const int most = slot.begun;
    if (entry.ok()) {
      const int version =
          VersionOf(slot, entry->unit.variants.at(0).segment.text);
      EXPECT_TRUE(least <= version && version <= most)
          << fmt::format("{} <= {} <= {}", least, version, most);
      return;
    }
    bool deleted = false;
    for (int i = least; i <= most; ++i) deleted = deleted || IsDeleted(i);
    EXPECT_TRUE(deleted) << fmt::format("{} to {}", least, most);
  }

  // An acknowledged text is found, by whoever asks afterwards.
  void CheckLookup(Slot& slot) {
    const int version = slot.acknowledged;
    const LookupQuery query = MakeQuery("en", TextOf(slot, version));
    const std::vector<Match> matches = database_.Lookup(query);
    ++lookups_;
    if (slot.begun != version) return;  // It may be gone already.
    bool found = false;
    for (const Match& match : matches) {
      found = found || (match.entry.id == slot.id && match.score == 100);
    }
    EXPECT_EQ(found, !IsDeleted(version)) << query.segment.text;
  }

  void CheckWalk() {
    const auto walk = Must(database_->WalkUnits("press"));
    uint64_t count = 0;
    std::string last;
    while (std::optional<UnitEntry> entry = Must(walk->Next())) {
      EXPECT_LT(last, entry->id);
      last = entry->id;
      ++count;
    }
    EXPECT_EQ(count, walk->memory().unit_count);
  }

  TestDatabase database_;
  std::array<Slot, kWriters * kSlotsPerWriter> slots_;
  std::atomic<bool> writing_ = false;
  std::atomic<int> lookups_ = 0;
};

TEST(Concurrency, ReadersSeeWhatWasAcknowledged) {
  Traffic traffic;
  traffic.Run();
  TestDatabase& database = traffic.database();
  const BruteForce twin = Must(BruteForce::Read(*database));
  LookupQuery query = MakeQuery("en", "The agency said today: nothing");
  query.min_score = 1;
  query.max_matches = kMaxMatches;
  const auto found = Describe(database.Lookup(query));
  EXPECT_EQ(found, Describe(twin.Lookup(std::nullopt, query)));
  database.Reopen();
  EXPECT_EQ(Describe(database.Lookup(query)), found);
  database.Close();
  EXPECT_THAT(FindInconsistenciesIn(database.path()), IsEmpty());
}

TEST(Concurrency, WritesAndReadsGoOnDuringARebuild) {
  for (int round = 0; round < 2; ++round) {
    Traffic traffic;
    traffic.Run();
    TestDatabase& database = traffic.database();
    database.ReopenWithoutIndex();
    std::jthread keeper([&] {
      std::this_thread::yield();
      database.LetRebuild();
    });
    traffic.Run();
    database->AwaitIndex();
    const BruteForce twin = Must(BruteForce::Read(*database));
    LookupQuery query = MakeQuery("en", "The agency said today: nothing");
    query.min_score = 1;
    query.max_matches = kMaxMatches;
    EXPECT_EQ(Describe(database.Lookup(query)),
              Describe(twin.Lookup(std::nullopt, query)));
  }
}

// Memories come and go while others look into them.
TEST(Concurrency, ReadersSeeWholeMemories) {
  constexpr size_t kUnits = 20;
  TestDatabase database;
  std::atomic<bool> writing = true;
  std::vector<std::jthread> readers;
  for (int i = 0; i < 2; ++i) {
    readers.emplace_back([&] {
      while (writing) {
        LookupQuery query = MakeQuery("en", "Same.");
        query.max_matches = kMaxMatches;
        const auto matches = database->Lookup(std::nullopt, query, NeverStop());
        EXPECT_THAT(Must(matches).size(), testing::AnyOf(0U, kUnits));
      }
    });
  }
  for (int round = 0; round < 100; ++round) {
    std::vector<NewUnit> units;
    for (size_t i = 0; i < kUnits; ++i) {
      units.push_back({.id = fmt::format("u{}", i),
                       .unit = MakeUnit({{"en", "Same."}, {"es", "Igual."}})});
    }
    Must(database->CreateUnits("press", std::move(units),
                               {.create_memory = true}));
    Must(database->DeleteMemory("press", /*force=*/true, {}));
  }
  writing = false;
  readers.clear();
  database.Close();
  EXPECT_THAT(FindInconsistenciesIn(database.path()), IsEmpty());
}

}  // namespace
}  // namespace tercet

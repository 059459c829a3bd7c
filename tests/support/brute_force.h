// The slow twin of Database::Lookup: compares the query with every variant of
// every unit, by PlainScore, and sorts what comes of it.
//
//   const BruteForce twin = *BruteForce::Read(*database);
//   EXPECT_EQ(Describe(*database->Lookup({}, query, NeverStop())),
//             Describe(twin.Lookup({}, query)));
//
// Of the code under test it shares tokens (Analyze), languages, filters and
// penalties' points.
#ifndef TERCET_TESTS_SUPPORT_BRUTE_FORCE_H_
#define TERCET_TESTS_SUPPORT_BRUTE_FORCE_H_

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "service/memory/database.h"
#include "service/text/analysis.h"
#include "service/text/language.h"

namespace tercet {

class BruteForce {
 public:
  // Reads everything that is in the database now.
  static StatusOr<BruteForce> Read(const Database& database);

  // Every match that scores at least `min_score`, best first, whatever the
  // query's own threshold and number. No edits.
  std::vector<Match> Rank(std::optional<std::string_view> memory_id,
                          const LookupQuery& query, int min_score) const;

  // What of a ranking the query asks for.
  static std::vector<Match> Select(const std::vector<Match>& ranking,
                                   int min_score, int max_matches);

  std::vector<Match> Lookup(std::optional<std::string_view> memory_id,
                            const LookupQuery& query) const {
    return Select(Rank(memory_id, query, query.min_score), query.min_score,
                  query.max_matches);
  }

 private:
  struct KnownVariant {
    Language language;
    Analysis analysis;
  };
  struct KnownUnit {
    UnitEntry entry;
    std::vector<KnownVariant> variants;
  };
  struct KnownMemory {
    Memory memory;
    std::vector<KnownUnit> units;
  };

  static std::optional<Match> Evaluate(const KnownMemory& memory,
                                       const KnownUnit& unit,
                                       const LookupQuery& query,
                                       const Analysis& query_analysis,
                                       int min_score);

  std::map<std::string, KnownMemory, std::less<>> memories_;
};

// A line for each match, with all that a lookup says of it but the edits.
std::vector<std::string> Describe(const std::vector<Match>& matches);

}  // namespace tercet

#endif  // TERCET_TESTS_SUPPORT_BRUTE_FORCE_H_

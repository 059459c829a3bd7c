// What the domain gives and takes: memories and units as callers see them,
// queries, matches, pages.
#ifndef TERCET_SERVICE_MEMORY_TYPES_H_
#define TERCET_SERVICE_MEMORY_TYPES_H_

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "service/base/status.h"
#include "service/match/concordance.h"
#include "service/match/placeable_difference.h"
#include "service/match/score.h"
#include "service/memory/unit_filter.h"
#include "service/model/limits.h"
#include "service/model/unit.h"
#include "service/store/keys.h"

namespace tercet {

// A memory. Times are microseconds since 1970 UTC.
struct Memory {
  std::string id;
  std::string display_name;
  int penalty = 0;
  uint64_t unit_count = 0;
  std::map<std::string, uint64_t> language_counts;  // Variants by code.
  int64_t create_micros = 0;
  int64_t update_micros = 0;
  std::string etag;
};

// The fields of a memory that users set; those not given stay as they are.
struct MemoryFields {
  std::optional<std::string> display_name;
  std::optional<int> penalty;  // 0 to kMaxMemoryPenalty.
};

// A unit with its place and history.
struct UnitEntry {
  std::string memory_id;
  std::string id;
  UnitNumber number{};  // Counts the units of a memory as they are created.
  Unit unit;
  int64_t create_micros = 0;
  int64_t update_micros = 0;
  std::string etag;
  // The imports that created or changed it, the last one last.
  std::vector<ImportNumber> imports;
};

// Conditions of a write.
struct WriteOptions {
  std::string etag;            // Not empty: must equal the stored one.
  bool validate_only = false;  // Checks all, writes nothing.
};

// What happens to stored variants of the same languages.
enum class WriteMode : uint8_t { kAddVariants, kOverwrite };

// A unit to be created, or merged into the one with the same id.
struct NewUnit {
  std::string id;  // Empty: derived from the source text; equal texts merge.
  Unit unit;
  WriteMode mode = WriteMode::kAddVariants;
  // Whether its notes and properties may be left out where the unit that it is
  // merged into has so many that both together break a limit. Of a sentence
  // that stands in thousands of documents each has its own.
  bool may_lose_metadata = false;
  // Whether it may be merged into a unit that has another document, neighbours
  // or key, and can have but one.
  bool may_lose_context = true;
};

// What became of it.
struct WrittenUnit {
  enum class Outcome : uint8_t { kCreated, kUpdated, kUnchanged, kRefused };

  Outcome outcome = Outcome::kCreated;
  UnitEntry entry;        // Empty when refused.
  Status problem;         // Why it was refused; OK otherwise.
  int texts_added = 0;    // Variants by language and segment.
  int texts_removed = 0;  // Less than 0: what the import had removed came back.
  // It is again what it was before the import, an earlier unit of which had
  // changed it; that one was no update, after all.
  bool put_back = false;
  bool lost_metadata = false;  // As NewUnit allows.
  bool lost_context = false;
};

struct CreateUnitsOptions {
  bool validate_only = false;
  bool create_memory = false;  // When there is none of that name.
  bool keep_going = false;     // Refuses wrong units one by one, not all.
};

// The fields of a unit, as UpdateUnit names them.
enum class UnitField : uint8_t {
  kVariants,
  kSourceLanguage,
  kOrigin,
  kState,
  kExternalId,
  kUsageCount,
  kAttribution,
  kNotes,
  kProperties,
};

struct UnitUpdate {
  std::vector<UnitField> fields;  // Those to take from `unit`.
  Unit unit;
  bool allow_missing = false;  // Creates the unit with all of `unit`.
};

// A part of a list. REQUIRES: 1 <= size <= kMaxPageSize.
struct PageRequest {
  int size = 100;
  std::string token;  // From the page before; empty: the first page.
};

template <typename T>
struct Page {
  std::vector<T> items;
  std::string next_token;  // Empty on the last page.
};

// A text to translate.
struct LookupQuery {
  LanguageTag language;
  Segment segment;
  Origin context;                        // Neighbours and key; document unused.
  std::vector<LanguageTag> targets;      // Empty: all but the query's language.
  int min_score = kDefaultMinScore;      // 1 to 100.
  int max_matches = kDefaultMaxMatches;  // 1 to kMaxMatches.
  UnitFilter filter;                     // Other units are as if not there.
};

// A penalty as applied; `points` of "memory" differ from memory to memory.
using Penalties = std::vector<Penalty>;

// A variant with the query's numbers and dates in it (match/transfer.h).
struct AdaptedVariant {
  size_t variant = 0;  // Index in the unit.
  Segment segment;
};

// A unit that resembles the query.
struct Match {
  UnitEntry entry;
  size_t source = 0;            // Index of the variant that matched.
  std::vector<size_t> targets;  // Indices of the variants wanted.
  MatchKind kind = MatchKind::kFuzzy;
  int score = 0;  // Text score less penalties, at least 0.
  int text_score = 0;
  int cost = 0;  // Of the edits, in hundredths of a word.
  Penalties penalties;
  int length = 0;  // Words of the longer text, what `cost` is divided by.
  std::vector<Edit> edits;
  std::vector<PlaceableDifference> placeables;
  std::vector<AdaptedVariant> adapted;  // Of some of the targets, or none.
};

// A text to be found in a unit: one of its variants has all of the phrases.
struct TextCondition {
  std::vector<std::string> phrases;
  bool all_words = false;  // The phrases' words may stand anywhere.
  SearchForm form = SearchForm::kFolded;
  LanguageTag language;  // Of the variant (IsIn); empty: any.
};

// Units to be found by their texts. REQUIRES: one condition at least, each with
// one phrase at least, each with something to find (PhraseMatcher::empty).
struct SearchQuery {
  std::vector<TextCondition> conditions;  // All must hold.
  UnitFilter filter;
};

// A variant that meets a condition, and where.
struct VariantHit {
  size_t variant = 0;           // Its place in the unit.
  std::vector<TextSpan> spans;  // In order, without overlaps.
};

// A unit that meets all conditions of a search.
struct SearchHit {
  UnitEntry entry;
  std::vector<VariantHit> variants;  // In the unit's order.
};

}  // namespace tercet

#endif  // TERCET_SERVICE_MEMORY_TYPES_H_

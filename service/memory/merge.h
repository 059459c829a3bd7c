// What becomes of a unit when another one with the same source text arrives.
#ifndef TERCET_SERVICE_MEMORY_MERGE_H_
#define TERCET_SERVICE_MEMORY_MERGE_H_

#include "service/memory/types.h"
#include "service/model/unit.h"

namespace tercet {

// Merges `added` into `unit`.
//
// kAddVariants: variants that `unit` lacks (by language and segment) come
// behind its own; fields it has stay, fields it lacks are filled; notes and
// properties it lacks are added, those of variants, too. kOverwrite: the
// variants of each language that `added` has replace all of that language, and
// the fields that `added` has replace those of `unit`. Merging the same unit
// again changes nothing. REQUIRES: CanTakeIn(unit, added, mode).
void MergeUnit(const Unit& added, WriteMode mode, Unit& unit);

// Whether both are confirmed, both drafts, or both aligned.
bool HasSameStanding(const Unit& a, const Unit& b);

// Whether `unit` has all texts of `added`, and at least its standing.
bool SaysNothingNew(const Unit& unit, const Unit& added);

// Whether merging neither confirms a text that nobody vouches for, nor hides a
// confirmed one in a draft. The state is a unit's, so one of another standing
// takes in only what it has already, or what has all that it has; where it
// overwrites, what has all of its languages.
bool CanTakeIn(const Unit& unit, const Unit& added, WriteMode mode);

// Whether nothing of `context` is lost in `unit`, which has one document and
// one pair of neighbours.
bool HoldsContext(const Unit& unit, const Origin& context);

}  // namespace tercet

#endif  // TERCET_SERVICE_MEMORY_MERGE_H_

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
// properties it lacks are added. kOverwrite: the variants of each language that
// `added` has replace all of that language, and the fields that `added` has
// replace those of `unit`. Merging the same unit again changes nothing.
void MergeUnit(const Unit& added, WriteMode mode, Unit& unit);

}  // namespace tercet

#endif  // TERCET_SERVICE_MEMORY_MERGE_H_

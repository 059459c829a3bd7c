// Whether what a store holds fits together.
//
//   EXPECT_THAT(FindInconsistencies(*store), IsEmpty());
#ifndef TERCET_TESTS_SUPPORT_CONSISTENCY_H_
#define TERCET_TESTS_SUPPORT_CONSISTENCY_H_

#include <string>
#include <vector>

#include "service/store/key_value_store.h"

namespace tercet {

// Walks over every key and compares records, ids, exact keys, counts, the
// change log and the numbers to be given next, by the plain meaning of keys.h.
// A line for each thing that is wrong.
std::vector<std::string> FindInconsistencies(const KeyValueStore& store);

// As above for the closed store in `directory`.
std::vector<std::string> FindInconsistenciesIn(const std::string& directory);

}  // namespace tercet

#endif  // TERCET_TESTS_SUPPORT_CONSISTENCY_H_

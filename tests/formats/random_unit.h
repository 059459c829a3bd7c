// Units with everything in them, made at random.
#ifndef TERCET_TESTS_FORMATS_RANDOM_UNIT_H_
#define TERCET_TESTS_FORMATS_RANDOM_UNIT_H_

#include <random>

#include "service/model/unit.h"

namespace tercet {

// A valid unit. Its dates are whole seconds, and nothing but its segments'
// texts has characters that XML cannot hold: TMX has no way to write either.
// Highlights begin and end in pairs.
Unit RandomUnit(std::mt19937_64& random);

}  // namespace tercet

#endif  // TERCET_TESTS_FORMATS_RANDOM_UNIT_H_

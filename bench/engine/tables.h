// The parts of the engine's table: each measures, prints, and gives the figures
// that have goals.
#ifndef TERCET_BENCH_ENGINE_TABLES_H_
#define TERCET_BENCH_ENGINE_TABLES_H_

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "bench/engine/engine.h"
#include "bench/engine/filled.h"
#include "bench/engine/postgres_peer.h"
#include "bench/engine/report.h"
#include "bench/engine/rounds.h"

namespace tercet::bench {

struct TablePlan {
  size_t unit_count = 0;
  size_t query_count = 0;       // Of each language.
  size_t slow_query_count = 0;  // For what takes milliseconds.
  size_t rounds = 0;
  bool peers = false;
};

// Lengths of real and of made text, and near-twins in it.
void PrintText(const Filled& filled, const TablePlan& plan);

// All engines on one language, and, behind that, odd texts. `cluster` may be
// null.
std::vector<Goal> LatencyTable(const Filled& filled, std::string_view language,
                               const TablePlan& plan, PostgresCluster* cluster);

// What the index takes, how fast units are added, the first answer after a
// restart, and calls over TCP. Closes the database.
std::vector<Goal> CostTable(Filled& filled, const TablePlan& plan);

// What CostTable starts this program with, so that it has somebody to kill:
// adds units to the data in the option's directory and kills the process.
inline constexpr std::string_view kDieOption = "add-and-die";
void AddAndDie(const std::string& data);

}  // namespace tercet::bench

#endif  // TERCET_BENCH_ENGINE_TABLES_H_

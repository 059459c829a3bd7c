// PostgreSQL with pg_trgm, in a cluster of its own in a temporary directory,
// reached through a socket in that directory and gone with it.
#ifndef TERCET_BENCH_ENGINE_POSTGRES_PEER_H_
#define TERCET_BENCH_ENGINE_POSTGRES_PEER_H_

#include <cstdint>
#include <memory>
#include <string>

#include "bench/engine/engine.h"

namespace tercet::bench {

enum class TrigramIndex : uint8_t {
  kGin,   // text % query, threshold 0.3, the best by similarity
  kGist,  // the nearest by text <-> query
};

// A running server.
class PostgresCluster {
 public:
  // Null when PostgreSQL is not installed, or was not there to build with.
  static std::unique_ptr<PostgresCluster> Start();
  virtual ~PostgresCluster() = default;

  // The best kPeerCandidates, scored really. The texts are copied into a table
  // and indexed. The engine must not outlive the cluster.
  virtual std::unique_ptr<Engine> MakeEngine(const StoredTexts& texts,
                                             TrigramIndex index) = 0;
};

}  // namespace tercet::bench

#endif  // TERCET_BENCH_ENGINE_POSTGRES_PEER_H_

// The searches of t5memory: `search` (by texts, document, author, time) and the
// older `concordancesearch` (one text).
#ifndef TERCET_SERVICE_HTTP_T5MEMORY_SEARCH_H_
#define TERCET_SERVICE_HTTP_T5MEMORY_SEARCH_H_

#include <atomic>
#include <semaphore>
#include <string>

#include "nlohmann/json.hpp"
#include "service/base/status.h"
#include "service/http/rpc.h"
#include "service/http/t5memory_keys.h"

namespace tercet::http {

// What searches that run at a time share.
struct T5memoryTurns {
  int most_long_ones = 0;
  std::atomic<int> long_ones = 0;  // That need more than their first page.
  std::counting_semaphore<> pages{2};
};

// Thread-safe. A search may have to read all of a memory: however many run at a
// time, they take turns reading a page, so that lookups stay quick, and hold a
// page each. Blocks while others read.
class T5memorySearch {
 public:
  // Both must outlive this. `most`: the searches at a time that need more than
  // their first page.
  T5memorySearch(const RpcClient& rpc, T5memoryKeys& keys, int most = 24)
      : rpc_(rpc), keys_(keys), turns_{.most_long_ones = most} {}

  // The answers to the bodies of `search` and `concordancesearch` in a memory,
  // an id. Fail with kUnavailable, reason TOO_MANY_SEARCHES, where they need
  // more than a page and too many others do.
  StatusOr<nlohmann::ordered_json> Search(const std::string& memory,
                                          const nlohmann::ordered_json& body);
  StatusOr<nlohmann::ordered_json> SearchConcordance(
      const std::string& memory, const nlohmann::ordered_json& body);

 private:
  const RpcClient& rpc_;
  T5memoryKeys& keys_;
  T5memoryTurns turns_;
};

}  // namespace tercet::http

#endif  // TERCET_SERVICE_HTTP_T5MEMORY_SEARCH_H_

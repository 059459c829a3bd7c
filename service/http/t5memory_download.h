// `download.tmx` in parts: the next entries of a memory as a TMX file of their
// own, and where to go on.
#ifndef TERCET_SERVICE_HTTP_T5MEMORY_DOWNLOAD_H_
#define TERCET_SERVICE_HTTP_T5MEMORY_DOWNLOAD_H_

#include <string>

#include "service/base/status.h"
#include "service/http/rpc.h"

namespace tercet::http {

struct T5memoryPart {
  std::string tmx;
  // `DIGITS:1`, as clients demand; empty at the end.
  std::string next_key;
};

// At most `most` units of the memory (an id), and less where they are long,
// from where the part before ended: `key` is its next_key. Empty and
// t5memory's first keys (0:0, 1:1, 7:1) are the beginning. Units that are
// stored or deleted meanwhile make no others come twice, or not at all.
// Fails with kInvalidArgument for what is no such key.
// REQUIRES: most > 0.
StatusOr<T5memoryPart> ReadT5memoryPart(const RpcClient& rpc,
                                        const std::string& memory,
                                        const std::string& key, int most);

}  // namespace tercet::http

#endif  // TERCET_SERVICE_HTTP_T5MEMORY_DOWNLOAD_H_

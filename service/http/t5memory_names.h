// The memories behind t5memory's names. A name becomes an id: as it is where it
// can be one, else made from it, with a hash so that no two names share one.
// Memories that others made are found by the name that people see, too.
//
//   const T5memoryNames names(rpc, /*only=*/request.memory);
//   ASSIGN_OR_RETURN(const v1::Memory memory, names.Find("Press Two"));
#ifndef TERCET_SERVICE_HTTP_T5MEMORY_NAMES_H_
#define TERCET_SERVICE_HTTP_T5MEMORY_NAMES_H_

#include <string>
#include <string_view>
#include <vector>

#include "service/base/status.h"
#include "service/http/rpc.h"
#include "tercet/v1/resources.pb.h"

namespace tercet::http {

// The memory id that stands for a t5memory name.
std::string MemoryIdOfName(std::string_view name);

// `memories/press` -> `press`.
std::string MemoryIdOf(const v1::Memory& memory);

class T5memoryNames {
 public:
  // `only`: the id of the one memory that there is, as far as the client shall
  // know; empty: all. `rpc` must outlive this.
  T5memoryNames(const RpcClient& rpc, std::string only)
      : rpc_(rpc), only_(std::move(only)) {}

  // Fails with kNotFound, reason MEMORY_NOT_FOUND.
  StatusOr<v1::Memory> Find(const std::string& name) const;
  // The names of all memories: Find finds each by its own.
  StatusOr<std::vector<std::string>> List() const;
  // Fails with kAlreadyExists, reason MEMORY_EXISTS, in the words that clients
  // look for; with kNotFound where it would be another memory than the only.
  StatusOr<v1::Memory> Create(const std::string& name) const;

 private:
  StatusOr<v1::Memory> Get(const std::string& id) const;

  const RpcClient& rpc_;
  const std::string only_;
};

}  // namespace tercet::http

#endif  // TERCET_SERVICE_HTTP_T5MEMORY_NAMES_H_

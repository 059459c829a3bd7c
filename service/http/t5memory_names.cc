#include "service/http/t5memory_names.h"

#include <algorithm>
#include <map>
#include <set>

#include "fmt/format.h"
#include "service/base/hash.h"
#include "service/http/tool_lookup.h"
#include "tercet/v1/memory_service.pb.h"

namespace tercet::http {
namespace {

constexpr size_t kMaxIdBytes = 63;
constexpr size_t kMaxIdNameBytes = 40;  // What of a name is in an id.
constexpr std::string_view kMemories = "memories/";

bool IsIdCharacter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-';
}

Status NotFound(const std::string& name) {
  return MakeError(
      StatusCode::kNotFound, fmt::format("there is no memory '{}'", name),
      {.reason = "MEMORY_NOT_FOUND", .metadata = {{"name", name}}});
}

}  // namespace

std::string MemoryIdOfName(std::string_view name) {
  const bool valid = !name.empty() && name.size() <= kMaxIdBytes &&
                     name.front() != '-' && name.back() != '-' &&
                     std::ranges::all_of(name, IsIdCharacter);
  if (valid) return std::string(name);
  std::string id = "t5-";
  for (const char c : name.substr(0, kMaxIdNameBytes)) {
    const char lower =
        c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    id.push_back(IsIdCharacter(lower) ? lower : '-');
  }
  return fmt::format("{}-{:016x}", id, HashBytes64(name));
}

std::string MemoryIdOf(const v1::Memory& memory) {
  return memory.name().substr(kMemories.size());
}

StatusOr<v1::Memory> T5memoryNames::Get(const std::string& id) const {
  v1::GetMemoryRequest get;
  get.set_name(std::string(kMemories) + id);
  return CallByName<v1::Memory>(rpc_, "tercet.v1.MemoryService.GetMemory", get);
}

StatusOr<v1::Memory> T5memoryNames::Find(const std::string& name) const {
  const std::string id = MemoryIdOfName(name);
  if (only_.empty() || id == only_) {
    StatusOr<v1::Memory> by_id = Get(id);
    if (by_id.status().code() != StatusCode::kNotFound) return by_id;
  }
  if (!only_.empty()) {
    StatusOr<v1::Memory> only = Get(only_);
    if (only.ok() && only->display_name() == name) return only;
    return NotFound(name);
  }
  ASSIGN_OR_RETURN(const std::vector<v1::Memory> memories,
                   ListAllMemories(rpc_));
  const auto found =
      std::ranges::find(memories, name, &v1::Memory::display_name);
  if (name.empty() || found == memories.end()) return NotFound(name);
  return *found;
}

StatusOr<std::vector<std::string>> T5memoryNames::List() const {
  std::vector<v1::Memory> memories;
  if (only_.empty()) {
    ASSIGN_OR_RETURN(memories, ListAllMemories(rpc_));
  } else if (StatusOr<v1::Memory> only = Get(only_); only.ok()) {
    memories.push_back(*std::move(only));
  } else if (only.status().code() != StatusCode::kNotFound) {
    return only.status();
  }
  std::set<std::string> ids;
  for (const v1::Memory& memory : memories) ids.insert(MemoryIdOf(memory));
  // Where several are called the same, that name is the first one's.
  std::map<std::string, std::string> ids_by_shown;
  for (const v1::Memory& memory : memories) {
    const std::string of_name = MemoryIdOfName(memory.display_name());
    ids_by_shown.emplace(memory.display_name(),
                         ids.contains(of_name) ? of_name : MemoryIdOf(memory));
  }
  std::vector<std::string> names;
  for (const v1::Memory& memory : memories) {
    const std::string id = MemoryIdOf(memory);
    const std::string& shown = memory.display_name();
    names.push_back(!shown.empty() && ids_by_shown[shown] == id ? shown : id);
  }
  return names;
}

StatusOr<v1::Memory> T5memoryNames::Create(const std::string& name) const {
  if (name.empty()) return InvalidFields({{"name", "is missing"}});
  // As t5memory says it: clients take the next name when they read the word.
  const Status exists = MakeError(
      StatusCode::kAlreadyExists,
      fmt::format("ERROR_MEM_NAME_EXISTS: memory '{}' already exists", name),
      {.reason = "MEMORY_EXISTS", .metadata = {{"name", name}}});
  if (Find(name).ok()) return exists;
  const std::string id = MemoryIdOfName(name);
  if (!only_.empty() && id != only_) return NotFound(name);
  v1::CreateMemoryRequest create;
  create.set_memory_id(id);
  create.mutable_memory()->set_display_name(name);
  StatusOr<v1::Memory> created = CallByName<v1::Memory>(
      rpc_, "tercet.v1.MemoryService.CreateMemory", create);
  if (created.status().code() == StatusCode::kAlreadyExists) return exists;
  return created;
}

}  // namespace tercet::http

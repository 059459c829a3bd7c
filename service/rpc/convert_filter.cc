#include "service/rpc/convert_filter.h"

#include <string>

#include "fmt/format.h"
#include "service/model/limits.h"

namespace tercet {
namespace {

void CheckCount(const std::string& field, int count, RequestCheck& check) {
  if (count <= kMaxFilterValues) return;
  check.Add(field, fmt::format("has {} entries; the most is {}", count,
                               kMaxFilterValues));
}

UnitState StateFromApi(int state, const std::string& field,
                       RequestCheck& check) {
  if (!v1::Unit::State_IsValid(state) || state == v1::Unit::STATE_UNSPECIFIED) {
    check.Add(field, "is no state");
  }
  return static_cast<UnitState>(state);
}

}  // namespace

UnitFilter FilterFromApi(const v1::UnitFilter& from, const MemoryScope& scope,
                         std::string_view path, RequestCheck& check) {
  const auto field = [path](std::string_view name) {
    return fmt::format("{}{}", path, name);
  };
  UnitFilter filter;
  CheckCount(field("memories"), from.memories_size(), check);
  if (from.memories_size() > 0 && scope.memory_id.has_value()) {
    check.Add(field("memories"), "needs the parent memories/-");
  }
  for (int i = 0; i < from.memories_size(); ++i) {
    filter.memories.push_back(check.MemoryId(
        fmt::format("{}[{}]", field("memories"), i), from.memories(i)));
  }
  CheckCount(field("documents"), from.documents_size(), check);
  filter.documents = {from.documents().begin(), from.documents().end()};
  CheckCount(field("creators"), from.creators_size(), check);
  filter.creators = {from.creators().begin(), from.creators().end()};
  CheckCount(field("states"), from.states_size(), check);
  for (int i = 0; i < from.states_size(); ++i) {
    filter.states.push_back(StateFromApi(
        from.states(i), fmt::format("{}[{}]", field("states"), i), check));
  }
  CheckCount(field("properties"), from.properties_size(), check);
  for (const v1::Property& property : from.properties()) {
    filter.properties.push_back(
        {.type = property.type(), .value = property.value()});
  }
  CheckCount(field("language_codes"), from.language_codes_size(), check);
  for (int i = 0; i < from.language_codes_size(); ++i) {
    filter.languages.push_back(
        check.Language(fmt::format("{}[{}]", field("language_codes"), i),
                       from.language_codes(i)));
  }
  CheckCount(field("imports"), from.imports_size(), check);
  for (int i = 0; i < from.imports_size(); ++i) {
    filter.imports.push_back(
        check
            .Import(fmt::format("{}[{}]", field("imports"), i), from.imports(i))
            .number);
  }
  filter.begin_micros =
      check.Time(field("start_time"), from.has_start_time(), from.start_time());
  filter.end_micros =
      check.Time(field("end_time"), from.has_end_time(), from.end_time());
  return filter;
}

}  // namespace tercet

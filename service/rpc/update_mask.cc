#include "service/rpc/update_mask.h"

#include <algorithm>
#include <span>
#include <string>
#include <string_view>

#include "fmt/format.h"
#include "fmt/ranges.h"
#include "google/protobuf/descriptor.h"
#include "google/protobuf/message.h"

namespace tercet {
namespace {

using google::protobuf::FieldDescriptor;
using google::protobuf::FieldMask;
using google::protobuf::Message;

struct NamedUnitField {
  std::string_view name;
  UnitField field;
};

constexpr NamedUnitField kUnitFields[] = {
    {"variants", UnitField::kVariants},
    {"source_language_code", UnitField::kSourceLanguage},
    {"origin", UnitField::kOrigin},
    {"state", UnitField::kState},
    {"external_id", UnitField::kExternalId},
    {"usage_count", UnitField::kUsageCount},
    {"attribution", UnitField::kAttribution},
    {"notes", UnitField::kNotes},
    {"properties", UnitField::kProperties},
};

constexpr std::string_view kMemoryFields[] = {"display_name", "penalty"};

const FieldDescriptor& FieldOf(const Message& message, std::string_view name) {
  return *message.GetDescriptor()->FindFieldByName(std::string(name));
}

bool IsSet(const Message& message, std::string_view name) {
  const FieldDescriptor& field = FieldOf(message, name);
  return field.is_repeated()
             ? message.GetReflection()->FieldSize(message, &field) > 0
             : message.GetReflection()->HasField(message, &field);
}

// Those of `updatable` that an update of `resource` changes.
std::vector<std::string_view> MaskedNames(
    const Message& resource, std::span<const std::string_view> updatable,
    const FieldMask& mask, RequestCheck& check) {
  const bool all = mask.paths_size() == 1 && mask.paths(0) == "*";
  std::vector<std::string_view> names;
  for (std::string_view name : updatable) {
    const bool named =
        mask.paths_size() == 0
            ? IsSet(resource, name)
            : std::ranges::find(mask.paths(), name) != mask.paths().end();
    if (all || named) names.push_back(name);
  }
  for (const std::string& path : mask.paths()) {
    if (all || std::ranges::find(updatable, path) != updatable.end()) continue;
    check.Add("update_mask",
              fmt::format("'{}' is not a field that can be updated: {}", path,
                          fmt::join(updatable, ", ")));
  }
  return names;
}

std::vector<std::string_view> UnitFieldNames() {
  std::vector<std::string_view> names;
  for (const NamedUnitField& field : kUnitFields) names.push_back(field.name);
  return names;
}

}  // namespace

MemoryFields MaskedMemoryFields(const v1::Memory& memory, const FieldMask& mask,
                                RequestCheck& check) {
  MemoryFields fields;
  for (std::string_view name :
       MaskedNames(memory, kMemoryFields, mask, check)) {
    if (name == "display_name") fields.display_name = memory.display_name();
    if (name == "penalty") fields.penalty = memory.penalty();
  }
  return fields;
}

std::vector<UnitField> MaskedUnitFields(const v1::Unit& unit,
                                        const FieldMask& mask,
                                        RequestCheck& check) {
  std::vector<UnitField> fields;
  for (std::string_view name :
       MaskedNames(unit, UnitFieldNames(), mask, check)) {
    fields.push_back(
        std::ranges::find(kUnitFields, name, &NamedUnitField::name)->field);
  }
  return fields;
}

void KeepFields(const std::vector<UnitField>& fields, v1::Unit& unit) {
  for (const NamedUnitField& named : kUnitFields) {
    if (std::ranges::find(fields, named.field) != fields.end()) continue;
    unit.GetReflection()->ClearField(&unit, &FieldOf(unit, named.name));
  }
}

}  // namespace tercet

#include "service/http/t5memory_entry.h"

#include <optional>
#include <string_view>
#include <utility>
#include <vector>

#include "fmt/format.h"
#include "service/http/inline_markup.h"
#include "service/http/json_value.h"
#include "service/http/time_text.h"
#include "service/http/tool_lookup.h"
#include "tercet/v1/memory_service.pb.h"

namespace tercet::http {
namespace {

using Json = nlohmann::ordered_json;

// The variant that was stored as `sent`; null when it was changed.
const v1::Variant* FindStored(const v1::Unit& unit, const v1::Variant& sent) {
  const std::string markup = WriteMarkup(sent);
  for (const v1::Variant& variant : unit.variants()) {
    if (variant.language_code() == sent.language_code() &&
        WriteMarkup(variant) == markup) {
      return &variant;
    }
  }
  return nullptr;
}

// A unit as it is now, and where in it the pair of a key stands.
struct FoundPair {
  v1::Unit unit;
  int source = 0;
  int target = 0;
};

StatusOr<FoundPair> FindPair(const RpcClient& rpc, const T5memoryKeys& keys,
                             const std::string& memory, const Json& body) {
  const Status none = MakeError(
      StatusCode::kNotFound,
      "there is no entry of this key, or no longer; search for it again",
      {.reason = "UNIT_NOT_FOUND"});
  const std::optional<T5memoryPair> pair = keys.Find(TextOf(body, "recordKey"));
  const std::string prefix = fmt::format("memories/{}/", memory);
  if (!pair.has_value() || !pair->unit.starts_with(prefix)) return none;
  v1::GetUnitRequest get;
  get.set_name(pair->unit);
  ASSIGN_OR_RETURN(
      v1::Unit unit,
      CallByName<v1::Unit>(rpc, "tercet.v1.MemoryService.GetUnit", get));
  const std::optional<int> source = FindVariant(unit, pair->source);
  const std::optional<int> target = FindVariant(unit, pair->target);
  if (!source.has_value() || !target.has_value()) return none;
  return FoundPair{std::move(unit), *source, *target};
}

// The first entry of a memory, whatever its key. A failure would stop the
// client, so a memory without one is none.
StatusOr<Json> FirstEntry(const RpcClient& rpc, T5memoryKeys& keys,
                          const std::string& memory) {
  v1::ListUnitsRequest list;
  list.set_parent(fmt::format("memories/{}", memory));
  ASSIGN_OR_RETURN(const v1::ListUnitsResponse page,
                   CallByName<v1::ListUnitsResponse>(
                       rpc, "tercet.v1.MemoryService.ListUnits", list));
  for (const v1::Unit& unit : page.units()) {
    if (unit.variants_size() < 2) continue;
    return T5memoryEntry(keys, unit, unit.variants(0), unit.variants(1));
  }
  return Json{{"ErrorMsg", "the memory has no entry"}};
}

}  // namespace

Json T5memoryEntry(T5memoryKeys& keys, const v1::Unit& unit,
                   const v1::Variant& source, const v1::Variant& target) {
  const T5memoryPair pair = PairOf(unit, source, target);
  return {{"source", WriteMarkup(source)},
          {"target", WriteMarkup(target)},
          {"segmentId", SegmentIdOf(pair)},
          {"documentName", unit.origin().document()},
          {"sourceLang", source.language_code()},
          {"targetLang", target.language_code()},
          {"type", "Manual"},
          {"author", unit.attribution().creator()},
          {"timestamp", CompactTime(unit.update_time().seconds())},
          {"markupTable", "OTMXUXLF"},
          {"context", unit.origin().key()},
          {"additionalInfo", ""},
          {"internalKey", keys.KeyOf(pair)}};
}

StatusOr<Json> SaveT5memoryEntry(const RpcClient& rpc, T5memoryKeys& keys,
                                 const std::string& memory, Json body) {
  const v1::Variant source =
      ParseMarkup(TextOf(body, "sourceLang"), TextOf(body, "source"));
  const v1::Variant target =
      ParseMarkup(TextOf(body, "targetLang"), TextOf(body, "target"));
  ToolUnit unit{
      .source = source,
      .target = target,
      .creator = TextOf(body, "author"),
      .overwrite = TextOf(body, "saveDifferentTargetsForSameSource") != "1"};
  unit.origin.set_document(TextOf(body, "documentName"));
  unit.origin.set_key(TextOf(body, "context"));
  ASSIGN_OR_RETURN(const std::vector<v1::Unit> stored,
                   StoreForTool(rpc, memory, {std::move(unit)}));
  const v1::Variant* const from = FindStored(stored.front(), source);
  const v1::Variant* const to = FindStored(stored.front(), target);
  if (from != nullptr && to != nullptr) {
    const T5memoryPair pair = PairOf(stored.front(), *from, *to);
    body["segmentId"] = SegmentIdOf(pair);
    body["internalKey"] = keys.KeyOf(pair);
  }
  body["ReturnValue"] = 0;
  body["ErrorMsg"] = "";
  return body;
}

StatusOr<Json> GetT5memoryEntry(const RpcClient& rpc, T5memoryKeys& keys,
                                const std::string& memory, const Json& body) {
  if (TextOf(body, "recordKey") == "7") return FirstEntry(rpc, keys, memory);
  ASSIGN_OR_RETURN(const FoundPair found, FindPair(rpc, keys, memory, body));
  Json entry =
      T5memoryEntry(keys, found.unit, found.unit.variants(found.source),
                    found.unit.variants(found.target));
  entry["ReturnValue"] = 0;
  return entry;
}

// The client takes an answer with any `ErrorMsg` for a failure, and one
// without `fileFlushed`, too.
StatusOr<Json> DeleteT5memoryEntry(const RpcClient& rpc,
                                   const T5memoryKeys& keys,
                                   const std::string& memory,
                                   const Json& body) {
  ASSIGN_OR_RETURN(const FoundPair found, FindPair(rpc, keys, memory, body));
  RETURN_IF_ERROR(RemoveTargetForTool(rpc, found.unit, found.target));
  return Json{{"ReturnValue", 0}, {"fileFlushed", 1}};
}

}  // namespace tercet::http

#include "service/http/t5memory_download.h"

#include <algorithm>
#include <charconv>
#include <memory>
#include <optional>
#include <string_view>
#include <vector>

#include "fmt/format.h"
#include "service/formats/unit_writer.h"
#include "service/http/t5memory_keys.h"
#include "service/http/tool_lookup.h"
#include "service/rpc/convert.h"
#include "tercet/v1/memory_service.pb.h"
#include "tercet/v1/server_service.pb.h"

namespace tercet::http {
namespace {

constexpr int kMostPageUnits = 1000;
// A part is sent when its end is known: it waits in memory.
constexpr size_t kMostPartBytes = 8 << 20;
constexpr size_t kDigitsPerByte = 3;
constexpr std::string_view kKeyEnd = ":1";

class StringSink final : public ByteSink {
 public:
  Status Write(std::string_view bytes) override {
    text += bytes;
    return OkStatus();
  }

  std::string text;
};

// A page token as a number, three digits a byte: clients refuse all else.
std::string WriteKey(std::string_view token) {
  if (token.empty()) return {};
  std::string key;
  for (const char c : token) {
    key += fmt::format("{:03}", static_cast<unsigned char>(c));
  }
  key += kKeyEnd;
  return key;
}

// The page token; nullopt for what is no key of ours.
std::optional<std::string> ReadKey(std::string_view key) {
  if (!key.ends_with(kKeyEnd)) return std::nullopt;
  key.remove_suffix(kKeyEnd.size());
  if (key.empty() || key.size() % kDigitsPerByte != 0) return std::nullopt;
  std::string token;
  for (size_t i = 0; i < key.size(); i += kDigitsPerByte) {
    const char* const begin = key.data() + i;
    unsigned char byte = 0;
    const auto parsed = std::from_chars(begin, begin + kDigitsPerByte, byte);
    if (parsed.ec != std::errc() || parsed.ptr != begin + kDigitsPerByte) {
      return std::nullopt;
    }
    token.push_back(static_cast<char>(byte));
  }
  return token;
}

Status WriteUnits(const v1::ListUnitsResponse& page, UnitWriter& writer) {
  for (const v1::Unit& unit : page.units()) {
    std::vector<FieldViolation> violations;
    const Unit converted = PartialUnitFromApi(unit, "", violations);
    if (!violations.empty()) return InvalidFields(std::move(violations));
    const std::string_view name = unit.name();
    RETURN_IF_ERROR(writer.Write(
        {.id = name.substr(name.rfind('/') + 1), .unit = converted}));
  }
  return OkStatus();
}

}  // namespace

StatusOr<T5memoryPart> ReadT5memoryPart(const RpcClient& rpc,
                                        const std::string& memory,
                                        const std::string& key, int most) {
  v1::ListUnitsRequest list;
  list.set_parent("memories/" + memory);
  if (!IsT5memoryBeginning(key)) {
    const std::optional<std::string> token = ReadKey(key);
    if (!token.has_value()) {
      return InvalidFields({{"startFromInternalKey", "is no NextInternalKey"}});
    }
    list.set_page_token(*token);
  }
  ASSIGN_OR_RETURN(
      const v1::ServerInfo server,
      CallByName<v1::ServerInfo>(rpc, "tercet.v1.ServerService.GetServerInfo",
                                 v1::GetServerInfoRequest()));
  StringSink sink;
  const std::unique_ptr<UnitWriter> writer =
      MakeWriter(FileFormat::kTmx, {.tool_version = server.version()}, sink);
  while (most > 0 && sink.text.size() < kMostPartBytes) {
    list.set_page_size(std::min(most, kMostPageUnits));
    ASSIGN_OR_RETURN(const v1::ListUnitsResponse page,
                     CallByName<v1::ListUnitsResponse>(
                         rpc, "tercet.v1.MemoryService.ListUnits", list));
    RETURN_IF_ERROR(WriteUnits(page, *writer));
    most -= page.units_size();
    list.set_page_token(page.next_page_token());
    if (page.next_page_token().empty()) break;
  }
  RETURN_IF_ERROR(writer->Finish());
  return T5memoryPart{.tmx = std::move(sink.text),
                      .next_key = WriteKey(list.page_token())};
}

}  // namespace tercet::http

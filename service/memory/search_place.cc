#include "service/memory/search_place.h"

#include "service/base/bytes.h"
#include "service/model/unit.h"

namespace tercet {
namespace {

// Sorts before all that ids hold.
constexpr char kIdEnd = ' ';

}  // namespace

std::string EncodeSearchPlace(const SearchPlace& place) {
  std::string bytes;
  AppendU32(bytes, place.length);
  bytes += place.memory_id;
  bytes += kIdEnd;
  AppendU64(bytes, ~static_cast<uint64_t>(place.unit));
  return bytes;
}

std::optional<SearchPlace> DecodeSearchPlace(std::string_view bytes) {
  ByteReader reader(bytes);
  const std::optional<uint32_t> length = reader.ReadU32();
  const size_t id_end = bytes.find(kIdEnd, sizeof(uint32_t));
  if (!length.has_value() || id_end == std::string_view::npos) {
    return std::nullopt;
  }
  const std::string_view id =
      bytes.substr(sizeof(uint32_t), id_end - sizeof(uint32_t));
  const std::string_view number = bytes.substr(id_end + 1);
  if (!IsValidId(id) || number.size() != sizeof(uint64_t)) return std::nullopt;
  return SearchPlace{.length = *length,
                     .memory_id = std::string(id),
                     .unit = UnitNumber{~*ByteReader(number).ReadU64()}};
}

std::string EncodeSearchResume(const SearchResume& resume) {
  std::string bytes;
  AppendU64(bytes, static_cast<uint64_t>(resume.revision));
  return bytes + EncodeSearchPlace(resume.after);
}

std::optional<SearchResume> DecodeSearchResume(std::string_view bytes) {
  const std::optional<uint64_t> revision = ByteReader(bytes).ReadU64();
  if (!revision.has_value()) return std::nullopt;
  std::optional<SearchPlace> after =
      DecodeSearchPlace(bytes.substr(sizeof(uint64_t)));
  if (!after.has_value()) return std::nullopt;
  return SearchResume{.revision = Revision{*revision},
                      .after = *std::move(after)};
}

}  // namespace tercet

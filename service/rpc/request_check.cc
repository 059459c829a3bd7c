#include "service/rpc/request_check.h"

#include <limits>
#include <optional>
#include <utility>

#include "fmt/format.h"
#include "service/base/utf8.h"
#include "service/rpc/convert.h"
#include "service/rpc/page_token.h"

namespace tercet {
namespace {

constexpr std::string_view kIdForm =
    "an id has 1 to 63 of a-z, 0-9 and '-', with no '-' at its ends";

std::string NotOfTheForm(std::string_view name, std::string_view form) {
  return fmt::format("'{}' is not of the form {}; {}", TruncateUtf8(name, 200),
                     form, kIdForm);
}

}  // namespace

void RequestCheck::Add(std::string_view field, std::string description) {
  violations_.push_back(
      {.field = std::string(field), .description = std::move(description)});
}

std::string RequestCheck::MemoryId(std::string_view field,
                                   std::string_view name) {
  std::optional<std::string> id = ParseMemoryName(name);
  if (!id.has_value()) Add(field, NotOfTheForm(name, "memories/{memory}"));
  return id.value_or("");
}

UnitPlace RequestCheck::Unit(std::string_view field, std::string_view name) {
  std::optional<UnitPlace> place = ParseUnitName(name);
  if (!place.has_value()) {
    Add(field, NotOfTheForm(name, "memories/{memory}/units/{unit}"));
  }
  return place.value_or(UnitPlace{});
}

ImportPlace RequestCheck::Import(std::string_view field,
                                 std::string_view name) {
  std::optional<ImportPlace> place = ParseImportName(name);
  if (!place.has_value()) {
    Add(field, fmt::format("'{}' is not of the form memories/{{memory}}/"
                           "imports/{{import}}, where the last is a number",
                           TruncateUtf8(name, 200)));
  }
  return place.value_or(ImportPlace{});
}

MemoryScope RequestCheck::Scope(std::string_view field, std::string_view name) {
  std::optional<MemoryScope> scope = ParseMemoryScope(name);
  if (!scope.has_value()) {
    Add(field, NotOfTheForm(name, "memories/{memory} or memories/-"));
  }
  return scope.value_or(MemoryScope{});
}

LanguageTag RequestCheck::Language(std::string_view field,
                                   std::string_view code) {
  StatusOr<LanguageTag> tag = LanguageTag::Parse(code);
  if (!tag.ok()) Add(field, std::string(MessageOf(tag.status())));
  return tag.ok() ? *std::move(tag) : LanguageTag();
}

int RequestCheck::Integer(std::string_view field, int32_t value,
                          const IntRange& range) {
  if (value == 0) return range.unset;
  if (value < range.min || value > range.max) {
    Add(field,
        fmt::format("{} is not in {} to {}", value, range.min, range.max));
  }
  return value;
}

PageRequest RequestCheck::Page(int32_t size, std::string_view token,
                               int default_size) {
  PageRequest page;
  page.size = Integer("page_size", size,
                      {.min = 1, .max = kMaxPageSize, .unset = default_size});
  std::optional<std::string> decoded = DecodePageToken(token);
  if (!decoded.has_value()) {
    Add("page_token", "is not a next_page_token of this server");
  }
  page.token = std::move(decoded).value_or("");
  return page;
}

std::optional<int64_t> RequestCheck::Time(
    std::string_view field, bool is_set,
    const google::protobuf::Timestamp& time) {
  if (!is_set) return std::nullopt;
  const int64_t micros = MicrosFromTimestamp(time);
  if (micros == std::numeric_limits<int64_t>::max()) Add(field, "is no time");
  return micros;
}

void RequestCheck::Count(std::string_view field, int count, int max) {
  if (count == 0) Add(field, "must not be empty");
  if (count > max) {
    Add(field, fmt::format("has {} entries; the most is {}", count, max));
  }
}

Status RequestCheck::status() const {
  return violations_.empty() ? OkStatus() : InvalidFields(violations_);
}

}  // namespace tercet

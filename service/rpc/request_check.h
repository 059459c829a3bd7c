// Reads the fields that many requests share, and collects all that is wrong.
//
//   RequestCheck check;
//   std::string id = check.MemoryId("name", request.name());
//   RETURN_IF_ERROR(check.status());
//
// Where a field is wrong its value is of no use.
#ifndef TERCET_SERVICE_RPC_REQUEST_CHECK_H_
#define TERCET_SERVICE_RPC_REQUEST_CHECK_H_

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "google/protobuf/timestamp.pb.h"
#include "service/base/status.h"
#include "service/memory/types.h"
#include "service/model/language_tag.h"
#include "service/rpc/names.h"

namespace tercet {

// An integer field: 0 means `unset`, others must be `min` to `max`.
struct IntRange {
  int min = 0;
  int max = 0;
  int unset = 0;
};

class RequestCheck {
 public:
  void Add(std::string_view field, std::string description);

  std::string MemoryId(std::string_view field, std::string_view name);
  UnitPlace Unit(std::string_view field, std::string_view name);
  ImportPlace Import(std::string_view field, std::string_view name);
  MemoryScope Scope(std::string_view field, std::string_view name);
  LanguageTag Language(std::string_view field, std::string_view code);
  int Integer(std::string_view field, int32_t value, const IntRange& range);
  // `page_size` and `page_token`.
  PageRequest Page(int32_t size, std::string_view token, int default_size);
  // A time in microseconds since 1970 UTC; nullopt where it is not set.
  std::optional<int64_t> Time(std::string_view field, bool is_set,
                              const google::protobuf::Timestamp& time);
  // A count of entries: at least one, at most `max`.
  void Count(std::string_view field, int count, int max);

  std::vector<FieldViolation>& violations() { return violations_; }
  // OK, or the error that lists everything.
  Status status() const;

 private:
  std::vector<FieldViolation> violations_;
};

}  // namespace tercet

#endif  // TERCET_SERVICE_RPC_REQUEST_CHECK_H_

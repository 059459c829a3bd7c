#include "service/http/utf8_check.h"

#include <string>
#include <utility>
#include <vector>

#include "fmt/format.h"
#include "service/base/utf8.h"

namespace tercet::http {
namespace {

using google::protobuf::FieldDescriptor;
using google::protobuf::Message;

void FindInvalid(const Message& message, const std::string& path,
                 std::vector<FieldViolation>& found) {
  const auto& reflection = *message.GetReflection();
  std::vector<const FieldDescriptor*> fields;
  reflection.ListFields(message, &fields);
  std::string scratch;
  for (const FieldDescriptor* field : fields) {
    const int count =
        field->is_repeated() ? reflection.FieldSize(message, field) : 1;
    for (int i = 0; i < count; ++i) {
      const std::string name =
          field->is_repeated() ? fmt::format("{}{}[{}]", path, field->name(), i)
                               : path + field->name();
      if (field->type() == FieldDescriptor::TYPE_STRING) {
        const std::string& text =
            field->is_repeated()
                ? reflection.GetRepeatedStringReference(message, field, i,
                                                        &scratch)
                : reflection.GetStringReference(message, field, &scratch);
        if (!IsValidUtf8(text)) found.push_back({name, "is not valid UTF-8"});
      } else if (field->cpp_type() == FieldDescriptor::CPPTYPE_MESSAGE) {
        FindInvalid(field->is_repeated()
                        ? reflection.GetRepeatedMessage(message, field, i)
                        : reflection.GetMessage(message, field),
                    name + ".", found);
      }
    }
  }
}

}  // namespace

Status CheckUtf8(const Message& message) {
  std::vector<FieldViolation> found;
  FindInvalid(message, "", found);
  return found.empty() ? OkStatus() : InvalidFields(std::move(found));
}

}  // namespace tercet::http

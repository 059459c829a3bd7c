#include "service/http/json_message.h"

#include <memory>
#include <vector>

#include "fmt/format.h"
#include "google/protobuf/descriptor.h"
#include "google/protobuf/util/json_util.h"
#include "nlohmann/json.hpp"

namespace tercet::http {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::FieldDescriptor;
using google::protobuf::Message;
using Json = nlohmann::json;

const FieldDescriptor* FindField(const Descriptor& descriptor,
                                 std::string_view name) {
  const std::string text(name);
  if (const auto* field = descriptor.FindFieldByName(text)) return field;
  return descriptor.FindFieldByCamelcaseName(text);
}

Status NoSuchField(const Parameter& parameter) {
  return InvalidFields(
      {{parameter.name, fmt::format("there is no such parameter")}});
}

}  // namespace

std::string ToJson(const Message& message) {
  std::string json;
  // Only an Any of unknown type can fail, and the API has none.
  (void)google::protobuf::util::MessageToJsonString(message, &json);
  return json;
}

Status FromJson(std::string_view json, Message& message) {
  const auto status = google::protobuf::util::JsonStringToMessage(
      {json.data(), json.size()}, &message);
  if (status.ok()) return OkStatus();
  return MakeError(StatusCode::kInvalidArgument,
                   fmt::format("the body is no JSON of {}: {}",
                               message.GetDescriptor()->name(),
                               std::string(status.message())),
                   {.reason = "HTTP_JSON_INVALID"});
}

Status SetField(const Parameter& parameter, Message& message) {
  // As JSON, so that there is one set of rules for numbers, enums, times and
  // masks: `a.b=c` is {"a": {"b": "c"}}.
  std::vector<const FieldDescriptor*> path;
  const Descriptor* descriptor = message.GetDescriptor();
  std::string_view name = parameter.name;
  while (true) {
    const size_t dot = name.find('.');
    const FieldDescriptor* field = nullptr;
    if (descriptor != nullptr) {
      field = FindField(*descriptor, name.substr(0, dot));
    }
    if (field == nullptr) return NoSuchField(parameter);
    path.push_back(field);
    if (dot == name.npos) break;
    descriptor = field->is_repeated() ? nullptr : field->message_type();
    name.remove_prefix(dot + 1);
  }
  Json value = parameter.value;
  for (auto field = path.rbegin(); field != path.rend(); ++field) {
    if ((*field)->is_repeated()) value = Json::array({std::move(value)});
    value = Json{{(*field)->json_name(), std::move(value)}};
  }
  const std::unique_ptr<Message> part(message.New());
  const std::string json =
      value.dump(-1, ' ', false, Json::error_handler_t::replace);
  if (!FromJson(json, *part).ok()) {
    return InvalidFields(
        {{parameter.name,
          fmt::format("'{}' is no value of this field", parameter.value)}});
  }
  message.MergeFrom(*part);
  return OkStatus();
}

Message& Submessage(std::string_view name, Message& message) {
  return *message.GetReflection()->MutableMessage(
      &message, FindField(*message.GetDescriptor(), name));
}

}  // namespace tercet::http

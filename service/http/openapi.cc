#include "service/http/openapi.h"

#include <algorithm>
#include <set>
#include <vector>

#include "google/protobuf/descriptor.h"
#include "nlohmann/json.hpp"
#include "service/http/api_description.h"
#include "service/http/gateway.h"
#include "service/http/json_value.h"
#include "service/http/route.h"
#include "tercet/v1/options.pb.h"

namespace tercet::http {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::EnumDescriptor;
using google::protobuf::FieldDescriptor;
using google::protobuf::MethodDescriptor;
using Json = nlohmann::ordered_json;

// The comment above a declaration; cross-references lose their target:
// `[Memory][tercet.v1.Memory]` becomes `Memory`.
template <typename Declaration>
std::string CommentOf(const Declaration& declaration) {
  google::protobuf::SourceLocation location;
  if (!declaration.GetSourceLocation(&location)) return {};
  std::string text;
  for (const char c : location.leading_comments) {
    if (c == '\n' && !text.empty() && text.back() != '\n') {
      text += ' ';
    } else if (c == '\n') {
      text += '\n';
    } else if (c != ' ' || (!text.empty() && text.back() != ' ')) {
      text += c;
    }
  }
  size_t reference = 0;
  while ((reference = text.find("][", reference)) != text.npos) {
    const size_t open = text.rfind('[', reference - 1);
    const size_t close = text.find(']', reference + 2);
    if (open == text.npos || close == text.npos) break;
    text = text.substr(0, open) + text.substr(open + 1, reference - open - 1) +
           text.substr(close + 1);
    reference = open;
  }
  while (text.ends_with(' ') || text.ends_with('\n')) text.pop_back();
  return text;
}

// The schemas of all messages that are reached.
class Schemas {
 public:
  Json Reference(const Descriptor& message) {
    const std::string name = NameOf(message);
    if (done_.insert(name).second) schemas_[name] = MessageSchema(message);
    return {{"$ref", "#/components/schemas/" + name}};
  }

  Json FieldSchema(const FieldDescriptor& field) {
    if (field.is_map()) {
      return {{"type", "object"},
              {"additionalProperties",
               ValueSchema(*field.message_type()->map_value())}};
    }
    Json schema = ValueSchema(field);
    if (field.is_repeated()) {
      schema = {{"type", "array"}, {"items", std::move(schema)}};
    }
    return schema;
  }

  Json Take() && { return std::move(schemas_); }

 private:
  // `ImportReport`, `Unit.State`.
  static std::string NameOf(const Descriptor& message) {
    const std::string& full = message.full_name();
    return full.substr(message.file()->package().size() + 1);
  }

  Json ValueSchema(const FieldDescriptor& field) {
    switch (field.cpp_type()) {
      case FieldDescriptor::CPPTYPE_BOOL:
        return {{"type", "boolean"}};
      case FieldDescriptor::CPPTYPE_INT32:
      case FieldDescriptor::CPPTYPE_UINT32:
        return {{"type", "integer"}, {"format", "int32"}};
      case FieldDescriptor::CPPTYPE_INT64:
      case FieldDescriptor::CPPTYPE_UINT64:
        return {{"type", "string"}, {"format", "int64"}};
      case FieldDescriptor::CPPTYPE_DOUBLE:
      case FieldDescriptor::CPPTYPE_FLOAT:
        return {{"type", "number"}};
      case FieldDescriptor::CPPTYPE_ENUM:
        return EnumSchema(*field.enum_type());
      case FieldDescriptor::CPPTYPE_MESSAGE:
        return MessageValue(*field.message_type());
      case FieldDescriptor::CPPTYPE_STRING:
        if (field.type() == FieldDescriptor::TYPE_BYTES) {
          return {{"type", "string"}, {"format", "byte"}};
        }
        return {{"type", "string"}};
    }
    return Json::object();
  }

  // The well-known types have JSON of their own.
  Json MessageValue(const Descriptor& message) {
    const std::string& name = message.full_name();
    if (name == "google.protobuf.Timestamp") {
      return {{"type", "string"}, {"format", "date-time"}};
    }
    if (name == "google.protobuf.Duration" ||
        name == "google.protobuf.FieldMask") {
      return {{"type", "string"}};
    }
    if (name.starts_with("google.protobuf.")) return {{"type", "object"}};
    return Reference(message);
  }

  static Json EnumSchema(const EnumDescriptor& descriptor) {
    Json names = Json::array();
    for (int i = 0; i < descriptor.value_count(); ++i) {
      names.push_back(descriptor.value(i)->name());
    }
    return {{"type", "string"}, {"enum", std::move(names)}};
  }

  Json MessageSchema(const Descriptor& message) {
    Json properties = Json::object();
    for (int i = 0; i < message.field_count(); ++i) {
      const FieldDescriptor& field = *message.field(i);
      Json schema = FieldSchema(field);
      const std::string comment = CommentOf(field);
      // Beside a $ref nothing else counts in OpenAPI 3.0.
      if (schema.contains("$ref"))
        schema = {{"allOf", Json::array({std::move(schema)})}};
      if (!comment.empty()) schema["description"] = comment;
      properties[field.json_name()] = std::move(schema);
    }
    return {{"type", "object"},
            {"description", CommentOf(message)},
            {"properties", std::move(properties)}};
  }

  std::set<std::string> done_;
  Json schemas_ = Json::object();
};

Json Parameter(std::string_view name, std::string_view in, Json schema,
               std::string_view description) {
  Json parameter = {{"name", name}, {"in", in}, {"schema", std::move(schema)}};
  if (in == "path") parameter["required"] = true;
  if (!description.empty()) parameter["description"] = description;
  return parameter;
}

// The fields that go into the query string: those that neither the path nor the
// body names.
void AddQueryParameters(const MethodDescriptor& method, std::string_view body,
                        std::string_view in_path, Schemas& schemas,
                        Json& parameters) {
  if (body == "*") return;
  for (int i = 0; i < method.input_type()->field_count(); ++i) {
    const FieldDescriptor& field = *method.input_type()->field(i);
    if (field.name() == body || field.name() == in_path) continue;
    parameters.push_back(Parameter(field.json_name(), "query",
                                   schemas.FieldSchema(field),
                                   CommentOf(field)));
  }
}

Json Content(const MethodDescriptor& method, bool streaming, Json schema) {
  const char* const type =
      streaming ? "application/x-ndjson" : "application/json";
  return {{"content", {{type, {{"schema", std::move(schema)}}}}}};
}

Json RequestBody(const MethodDescriptor& method, const std::string& body,
                 Schemas& schemas) {
  const Descriptor* type = method.input_type();
  if (body != "*") type = type->FindFieldByName(body)->message_type();
  return Content(method, method.client_streaming(), schemas.Reference(*type));
}

// What `alt=media` leaves to the query string: the fields of the message, but
// those in the path and those that are messages themselves.
void AddMediaParameters(const Descriptor& message, std::string_view in_path,
                        Schemas& schemas, Json& parameters) {
  for (int i = 0; i < message.field_count(); ++i) {
    const FieldDescriptor& field = *message.field(i);
    const bool is_simple = field.cpp_type() != FieldDescriptor::CPPTYPE_MESSAGE;
    if (field.name() == in_path || !is_simple) continue;
    parameters.push_back(Parameter(field.json_name(), "query",
                                   schemas.FieldSchema(field),
                                   "With `alt=media`: " + CommentOf(field)));
  }
}

// With `alt=media` a file travels as it is (docs/http.md).
void AddMedia(const MethodDescriptor& method, std::string_view in_path,
              Schemas& schemas, Json& operation) {
  const bool takes = HasChunks(*method.input_type());
  const bool gives = HasChunks(*method.output_type());
  if (!takes && !gives) return;
  const Json file = {{"schema", {{"type", "string"}, {"format", "binary"}}}};
  const std::string_view what =
      takes
          ? "With `media` the body is the file as it is, and the other fields "
            "of its first message are in the query string."
          : "With `media` the answer is the file as it is; GET is possible "
            "then, with the fields of the request in the query string.";
  operation["parameters"].push_back(
      Parameter("alt", "query",
                {{"type", "string"}, {"enum", Json::array({"media"})}}, what));
  const FieldDescriptor* config =
      method.input_type()->FindFieldByName("config");
  const Descriptor& message = takes && config != nullptr
                                  ? *config->message_type()
                                  : *method.input_type();
  AddMediaParameters(message, in_path, schemas, operation["parameters"]);
  Json& carrier =
      takes ? operation["requestBody"] : operation["responses"]["200"];
  carrier["content"]["application/octet-stream"] = file;
}

Json Operation(const MethodDescriptor& method, const v1::HttpRoute& route,
               const PathTemplate& path, Schemas& schemas) {
  Json parameters = Json::array();
  for (const std::string& name : path.openapi_parameters()) {
    parameters.push_back(Parameter(name, "path", {{"type", "string"}}, ""));
  }
  AddQueryParameters(method, route.body(), path.variable(), schemas,
                     parameters);
  Json operation = {{"operationId", method.name()},
                    {"tags", Json::array({method.service()->name()})},
                    {"description", CommentOf(method)},
                    {"parameters", std::move(parameters)}};
  if (!route.body().empty()) {
    operation["requestBody"] = RequestBody(method, route.body(), schemas);
  }
  const bool empty =
      method.output_type()->full_name() == "google.protobuf.Empty";
  Json answer = Content(method, method.server_streaming(),
                        empty ? Json{{"type", "object"}}
                              : schemas.Reference(*method.output_type()));
  answer["description"] = "The answer.";
  operation["responses"] = {
      {"200", std::move(answer)},
      {"default",
       {{"description", "An error; docs/errors.md lists the reasons."},
        {"content",
         {{"application/json",
           {{"schema", {{"$ref", "#/components/schemas/Error"}}}}}}}}}};
  AddMedia(method, path.variable(), schemas, operation);
  return operation;
}

Json ErrorSchema() {
  const Json text = {{"type", "string"}};
  return {
      {"type", "object"},
      {"properties",
       {{"message", text},
        {"error",
         {{"type", "object"},
          {"properties",
           {{"code", {{"type", "integer"}}},
            {"status", text},
            {"reason", text},
            {"message", text},
            {"metadata", {{"type", "object"}, {"additionalProperties", text}}},
            {"fieldViolations",
             {{"type", "array"},
              {"items",
               {{"type", "object"},
                {"properties",
                 {{"field", text}, {"description", text}}}}}}}}}}}}}};
}

std::string ToLower(std::string text) {
  std::ranges::transform(text, text.begin(), [](char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  });
  return text;
}

// A file that is sent with `alt=media` can be had by GET, too.
void AddFileToGet(const MethodDescriptor& method, Json& path) {
  if (!HasChunks(*method.output_type()) || path.contains("get")) return;
  Json operation = path["post"];
  operation["operationId"] = method.name() + "AsFile";
  operation.erase("requestBody");
  for (Json& parameter : operation["parameters"]) {
    if (parameter["name"] == "alt") parameter["required"] = true;
  }
  Json& content = operation["responses"]["200"]["content"];
  content.erase("application/x-ndjson");
  path["get"] = std::move(operation);
}

}  // namespace

std::string OpenApiJson(std::string_view version) {
  Schemas schemas;
  Json paths = Json::object();
  Json tags = Json::array();
  for (const auto* file : DescribedFiles()) {
    for (int s = 0; s < file->service_count(); ++s) {
      const auto& service = *file->service(s);
      tags.push_back(
          {{"name", service.name()}, {"description", CommentOf(service)}});
      for (int m = 0; m < service.method_count(); ++m) {
        const MethodDescriptor& method = *service.method(m);
        const v1::HttpRoute& route =
            CompiledMethod(method).options().GetExtension(v1::http);
        if (route.verb().empty()) continue;
        const PathTemplate path(route.path());
        paths[path.openapi_path()][ToLower(route.verb())] =
            Operation(method, route, path, schemas);
        AddFileToGet(method, paths[path.openapi_path()]);
      }
    }
  }
  Json all = std::move(schemas).Take();
  all["Error"] = ErrorSchema();
  return DumpJson({{"openapi", "3.0.3"},
                   {"info",
                    {{"title", "Tercet"},
                     {"version", version},
                     {"description", "A translation memory server."}}},
                   {"tags", std::move(tags)},
                   {"paths", std::move(paths)},
                   {"components", {{"schemas", std::move(all)}}}});
}

}  // namespace tercet::http

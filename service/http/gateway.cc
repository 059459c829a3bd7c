#include "service/http/gateway.h"

#include <algorithm>
#include <memory>
#include <thread>
#include <utility>

#include "fmt/format.h"
#include "google/protobuf/descriptor.h"
#include "service/http/api_description.h"
#include "service/http/error_json.h"
#include "service/http/json_message.h"
#include "service/http/line_splitter.h"
#include "tercet/v1/options.pb.h"

namespace tercet::http {
namespace {

using google::protobuf::FieldDescriptor;
using google::protobuf::FileDescriptor;

constexpr std::string_view kLinesType = "application/x-ndjson; charset=utf-8";
constexpr std::string_view kChunk = "chunk";
// As large as an import takes.
constexpr size_t kMaxLineBytes = 16 << 20;

bool IsStreaming(const MethodDescriptor& method) {
  return method.client_streaming() || method.server_streaming();
}

// Takes `alt=media` out of the parameters.
bool TakeAltMedia(Parameters& parameters) {
  return std::erase(parameters, Parameter{"alt", "media"}) > 0;
}

// Sends each response as a line until the call ends, then what went wrong.
class LineSender {
 public:
  explicit LineSender(Stream& stream) : stream_(stream) {}

  Status Send(const Message& message) { return SendText(ToJson(message)); }

  void SendError(const Status& status) {
    const Response error = ErrorResponse(status);
    if (started_) {
      (void)stream_.Write(error.body);
      return;
    }
    (void)stream_.Start(error);
  }

  // An answer without a line is an answer too.
  void StartAnyway() {
    if (!started_) (void)Start("");
  }

 private:
  Status SendText(std::string line) {
    line.push_back('\n');
    return started_ ? stream_.Write(line) : Start(std::move(line));
  }

  Status Start(std::string body) {
    started_ = true;
    return stream_.Start(MakeResponse(200, kLinesType, std::move(body)));
  }

  Stream& stream_;
  bool started_ = false;
};

// Adds what the address says, `first`, to the message of a line, which is the
// body's first or a later one. Of a file's messages only the first takes it,
// and there is one before the chunks in any case. False: the call has ended.
bool WriteMerged(const Message& first, bool is_first, Message& request,
                 RpcStream& rpc) {
  const google::protobuf::Descriptor& type = *first.GetDescriptor();
  if (HasChunks(type)) {
    const FieldDescriptor* chunk = type.FindFieldByName(std::string(kChunk));
    const bool is_chunk = request.GetReflection()->HasField(request, chunk);
    if (is_chunk && is_first && !rpc.Write(first)) return false;
    if (!is_chunk && is_first) request.MergeFrom(first);
    return rpc.Write(request);
  }
  request.MergeFrom(first);
  return rpc.Write(request);
}

// Hands the lines of a body on as requests.
Status WriteLines(const MethodDescriptor& method, const Message& first,
                  Stream& stream, RpcStream& rpc) {
  LineSplitter lines(kMaxLineBytes);
  int64_t number = 0;
  bool is_first = true;
  while (true) {
    ASSIGN_OR_RETURN(const std::string piece, stream.Read());
    ASSIGN_OR_RETURN(const std::vector<std::string> complete,
                     piece.empty() ? lines.Finish() : lines.Add(piece));
    for (const std::string& line : complete) {
      ++number;
      if (line.empty()) continue;
      const std::unique_ptr<Message> request(first.New());
      if (const Status parsed = FromJson(line, *request); !parsed.ok()) {
        return MakeError(parsed.code(),
                         fmt::format("line {}: {}", number, MessageOf(parsed)),
                         GetDetails(parsed));
      }
      if (!WriteMerged(first, std::exchange(is_first, false), *request, rpc)) {
        return OkStatus();  // Finish says why.
      }
    }
    if (piece.empty()) return OkStatus();
  }
}

// Hands the whole body on as the one request of a method that takes one. Empty
// it says nothing that the address does not.
Status WriteBody(const Message& first, Stream& stream, RpcStream& rpc) {
  std::string body;
  while (true) {
    ASSIGN_OR_RETURN(const std::string piece, stream.Read());
    if (piece.empty()) break;
    body += piece;
    if (body.size() > kMaxLineBytes) {
      return MakeError(StatusCode::kInvalidArgument,
                       "the body is longer than 16 MiB",
                       {.reason = "HTTP_LINE_TOO_LONG"});
    }
  }
  const std::unique_ptr<Message> request(first.New());
  if (body.find_first_not_of(" \t\r\n") != body.npos) {
    RETURN_IF_ERROR(FromJson(body, *request));
  }
  request->MergeFrom(first);
  (void)rpc.Write(*request);  // Finish says what went wrong.
  return OkStatus();
}

// Hands the body on as the chunks of a file.
Status WriteChunks(const Message& config, Stream& stream, RpcStream& rpc) {
  if (!rpc.Write(config)) return OkStatus();
  const std::unique_ptr<Message> request(config.New());
  const FieldDescriptor* chunk =
      config.GetDescriptor()->FindFieldByName(std::string(kChunk));
  while (true) {
    ASSIGN_OR_RETURN(std::string piece, stream.Read());
    if (piece.empty()) return OkStatus();
    request->GetReflection()->SetString(request.get(), chunk, std::move(piece));
    if (!rpc.Write(*request)) return OkStatus();
  }
}

}  // namespace

bool HasChunks(const google::protobuf::Descriptor& message) {
  const FieldDescriptor* field = message.FindFieldByName(std::string(kChunk));
  return field != nullptr && field->type() == FieldDescriptor::TYPE_BYTES;
}

std::vector<MethodRoute> ApiRoutes() {
  std::vector<MethodRoute> routes;
  for (const FileDescriptor* file : DescribedFiles()) {
    for (int s = 0; s < file->service_count(); ++s) {
      for (int m = 0; m < file->service(s)->method_count(); ++m) {
        const MethodDescriptor& method =
            CompiledMethod(*file->service(s)->method(m));
        const v1::HttpRoute& route = method.options().GetExtension(v1::http);
        if (route.verb().empty()) continue;
        routes.push_back(
            {&method, route.verb(), PathTemplate(route.path()), route.body()});
      }
    }
  }
  return routes;
}

// A request, as far as its head says.
struct Gateway::Call {
  const MethodRoute& route;
  std::unique_ptr<Message> message;  // What path and query string say.
  bool media = false;
};

std::optional<Gateway::Call> Gateway::Find(const Request& head,
                                           Response& error) const {
  const Target target = SplitTarget(head.target);
  Parameters parameters = ParseForm(target.query);
  const bool media = TakeAltMedia(parameters);
  const std::string_view verb =
      head.method == "HEAD" ? std::string_view("GET") : head.method;
  std::string allowed;
  for (const MethodRoute& route : routes_) {
    std::optional<Parameters> in_path = route.path.Match(target.path);
    if (!in_path.has_value()) continue;
    const bool file_to_get =
        media && verb == "GET" && HasChunks(*route.method->output_type());
    if (route.verb != verb && !file_to_get) {
      allowed += (allowed.empty() ? "" : ", ") + route.verb;
      if (route.verb == "GET") allowed += ", HEAD";
      continue;
    }
    Call call{.route = route,
              .message = NewRequest(*route.method),
              .media = media && IsStreaming(*route.method)};
    std::ranges::move(*in_path, std::back_inserter(parameters));
    for (Parameter& parameter : parameters) {
      // An upload's path is about its first message, the config.
      const bool in_config = HasChunks(*route.method->input_type()) &&
                             !parameter.name.starts_with("config.");
      if (in_config) parameter.name = "config." + parameter.name;
      if (const Status set = SetField(parameter, *call.message); !set.ok()) {
        error = ErrorResponse(set);
        return std::nullopt;
      }
    }
    return call;
  }
  if (!allowed.empty()) {
    error = ErrorResponse(
        405, MakeError(StatusCode::kInvalidArgument,
                       fmt::format("{} is not for this address; {} is",
                                   head.method, allowed),
                       {.reason = "HTTP_METHOD_UNKNOWN"}));
    error.fields.push_back({"Allow", allowed});
    return std::nullopt;
  }
  error = ErrorResponse(
      MakeError(StatusCode::kNotFound,
                "there is nothing at this address; /openapi.json lists what "
                "there is",
                {.reason = "HTTP_PATH_UNKNOWN"}));
  return std::nullopt;
}

bool Gateway::Streams(const Request& head) const {
  const Target target = SplitTarget(head.target);
  return std::ranges::any_of(routes_, [&](const MethodRoute& route) {
    return IsStreaming(*route.method) &&
           route.path.Match(target.path).has_value();
  });
}

Response Gateway::Answer(const Request& request) const {
  Response error;
  const std::optional<Call> call = Find(request, error);
  return call.has_value() ? CallUnary(*call, request) : error;
}

Response Gateway::CallUnary(const Call& call, const Request& request) const {
  Message& message = *call.message;
  if (!call.route.body.empty() && !request.body.empty()) {
    const std::unique_ptr<Message> named(message.New());
    named->CopyFrom(message);
    message.Clear();
    Message& body =
        call.route.body == "*" ? message : Submessage(call.route.body, message);
    if (const Status read = FromJson(request.body, body); !read.ok()) {
      return ErrorResponse(read);
    }
    message.MergeFrom(*named);  // The address wins.
  }
  const std::unique_ptr<Message> response = NewResponse(*call.route.method);
  if (const Status called = rpc_.Call(*call.route.method, message, *response);
      !called.ok()) {
    return ErrorResponse(called);
  }
  return MakeResponse(200, kJsonType, ToJson(*response) + "\n");
}

void Gateway::AnswerStream(const Request& head, Stream& stream) const {
  Response error;
  const std::optional<Call> call = Find(head, error);
  if (!call.has_value()) {
    (void)stream.Start(error);
  } else if (call->media && HasChunks(*call->route.method->output_type())) {
    SendFile(*call, stream);
  } else {
    CallStream(*call, stream);
  }
}

void Gateway::SendFile(const Call& call, Stream& stream) const {
  const std::unique_ptr<RpcStream> rpc = rpc_.Open(*call.route.method);
  if (const Status written = WriteBody(*call.message, stream, *rpc);
      !written.ok()) {
    (void)stream.Start(ErrorResponse(written));
    return;
  }
  rpc->WritesDone();
  const std::unique_ptr<Message> response = NewResponse(*call.route.method);
  const FieldDescriptor* chunk =
      response->GetDescriptor()->FindFieldByName(std::string(kChunk));
  bool started = false;
  while (rpc->Read(*response)) {
    std::string bytes = response->GetReflection()->GetString(*response, chunk);
    const Status sent =
        started ? stream.Write(bytes)
                : stream.Start(MakeResponse(200, "application/octet-stream",
                                            std::move(bytes)));
    started = true;
    if (!sent.ok()) return;  // The call is cancelled with `rpc`.
  }
  const Status ended = rpc->Finish();
  if (started) {
    // Half a file must not look like a whole one.
    if (!ended.ok()) stream.Abort();
    return;
  }
  (void)stream.Start(ended.ok()
                         ? MakeResponse(200, "application/octet-stream", "")
                         : ErrorResponse(ended));
}

void Gateway::CallStream(const Call& call, Stream& stream) const {
  const MethodDescriptor& method = *call.route.method;
  const std::unique_ptr<RpcStream> rpc = rpc_.Open(method);
  LineSender sender(stream);
  Status written;
  // Answers come while requests are still being sent.
  std::thread writer([&] {
    written = call.media ? WriteChunks(*call.message, stream, *rpc)
              : method.client_streaming()
                  ? WriteLines(method, *call.message, stream, *rpc)
                  : WriteBody(*call.message, stream, *rpc);
    if (written.ok()) {
      rpc->WritesDone();
    } else {
      rpc->Cancel();
    }
  });
  const std::unique_ptr<Message> response = NewResponse(method);
  Status sent;
  while (rpc->Read(*response)) {
    if (!sent.ok()) continue;
    sent = sender.Send(*response);
    if (!sent.ok()) rpc->Cancel();
  }
  writer.join();
  const Status ended = rpc->Finish();
  if (!sent.ok()) return;
  if (!written.ok()) return sender.SendError(written);
  if (!ended.ok()) return sender.SendError(ended);
  sender.StartAnyway();
}

}  // namespace tercet::http

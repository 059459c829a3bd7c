#include "client/cli/session.h"

#include <fmt/format.h>

#include <cstdint>
#include <string>
#include <utility>

#include "client/cli/error_text.h"

namespace tercet::cli {
namespace {

client::ClientOptions OptionsFor(const Environment& environment,
                                 const Settings& settings) {
  client::ClientOptions options;
  options.clock = environment.clock;
  options.sleep = environment.sleep;
  if (settings.timeout_seconds.has_value()) {
    const auto timeout_ms =
        static_cast<int64_t>(*settings.timeout_seconds * 1000);
    options.call_timeout_ms = timeout_ms;
    options.stream_timeout_ms = timeout_ms;
  }
  return options;
}

Status CannotOpen(const std::string& directory, const Status& error) {
  return MakeError(
      StatusCode::kUnavailable,
      fmt::format("cannot open '{}': {}", directory, MessageOf(error)),
      GetDetails(error));
}

}  // namespace

Session::Session(Environment& environment, Settings settings)
    : environment_(environment), settings_(std::move(settings)) {}

Status Session::StartService(const std::string& data) {
  StatusOr<std::unique_ptr<EmbeddedService>> service =
      environment_.start_service(data);
  if (!service.ok()) return CannotOpen(data, service.status());
  service_ = *std::move(service);
  OpenClient(service_->Channel());
  return OkStatus();
}

// shared_ptr as gRPC gives it.
void Session::OpenClient(std::shared_ptr<grpc::Channel> channel) {
  client_ = std::make_unique<client::Client>(
      channel, OptionsFor(environment_, settings_));
}

StatusOr<client::Client*> Session::Connect() {
  if (client_ == nullptr && settings_.data.empty()) {
    OpenClient(environment_.connect(settings_.server));
  } else if (client_ == nullptr) {
    RETURN_IF_ERROR(StartService(settings_.data));
  }
  return client_.get();
}

StatusOr<client::Client*> Session::ConnectHere() {
  if (client_ == nullptr) RETURN_IF_ERROR(StartService(""));
  return client_.get();
}

void Session::Print(std::string_view text) { Put(environment_.out, text); }

void Session::PrintLine(const StyledText& line) {
  Print(Render(line, settings_.color_out) + '\n');
}

void Session::PrintJson(const nlohmann::ordered_json& json) {
  using Handler = nlohmann::ordered_json::error_handler_t;
  Print(json.dump(-1, ' ', /*ensure_ascii=*/false, Handler::replace) + '\n');
  std::fflush(environment_.out);
}

void Session::PrintError(const Status& error) {
  std::fflush(environment_.out);
  if (settings_.json) {
    using Handler = nlohmann::ordered_json::error_handler_t;
    PrintNote(ErrorJson(error, settings_)
                  .dump(-1, ' ', /*ensure_ascii=*/false, Handler::replace));
    return;
  }
  PrintNote(Render({{.text = "tercet: ", .style = Style::kError}},
                   settings_.color_err) +
            ErrorText(error, settings_));
}

void Session::PrintNote(std::string_view line) {
  Put(environment_.err, fmt::format("{}\n", line));
}

ProgressMeter Session::MakeMeter(std::string label, bool verbose) {
  ProgressMode mode = verbose ? ProgressMode::kLines : ProgressMode::kNone;
  if (environment_.err_is_terminal) mode = ProgressMode::kBar;
  return ProgressMeter({.mode = mode,
                        .label = std::move(label),
                        .width = environment_.err_width,
                        .clock = environment_.clock,
                        .put = [err = environment_.err](std::string_view text) {
                          Put(err, text);
                          std::fflush(err);
                        }});
}

}  // namespace tercet::cli

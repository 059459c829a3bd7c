// Lookups over many connections that are kept open, each with one request on
// its way at a time: HTTP or gRPC. One thread, so that both pay alike.
//
//   connection_load --protocol=http --port=7734 --connections=50 --seconds=5
//
// Prints the median and the 99th percentile in milliseconds, lookups a second,
// and how much of a core the client itself took.
#include <sys/resource.h>

#include <algorithm>
#include <boost/asio.hpp>
#include <chrono>
#include <memory>
#include <string>
#include <vector>

#include "bench/must.h"
#include "bench/options.h"
#include "fmt/format.h"
#include "grpcpp/grpcpp.h"
#include "tercet/v1/lookup_service.grpc.pb.h"

namespace tercet::bench {
namespace {

using Clock = std::chrono::steady_clock;
namespace asio = boost::asio;
using boost::system::error_code;
using tcp = asio::ip::tcp;

// Stands in deploy/samples/press.tmx with another last word.
constexpr std::string_view kText =
    "Small island states called for faster access to emergency loans "
    "yesterday.";
constexpr auto kWarmUp = std::chrono::milliseconds(500);

void Require(bool fine, const std::string& what) {
  if (fine) return;
  Must(MakeError(StatusCode::kInternal, what, {.reason = "BENCHMARK"}));
}

// What came of it, once it is warm.
class Tally {
 public:
  explicit Tally(std::chrono::seconds duration)
      : begin_(Clock::now() + kWarmUp), end_(begin_ + duration) {}

  // Whether to go on.
  bool Count(Clock::time_point sent) {
    const Clock::time_point now = Clock::now();
    if (now >= begin_ && now < end_) times_.push_back(now - sent);
    return now < end_;
  }

  void Print(double cpu_seconds) {
    Require(!times_.empty(), "nothing was answered");
    std::ranges::sort(times_);
    const double seconds = std::chrono::duration<double>(end_ - begin_).count();
    fmt::print("{:.3f} {:.3f} {:.0f} {:.2f}\n", Millis(0.5), Millis(0.99),
               static_cast<double>(times_.size()) / seconds,
               cpu_seconds / seconds);
  }

 private:
  double Millis(double share) const {
    const double at = share * static_cast<double>(times_.size() - 1);
    return std::chrono::duration<double, std::milli>(
               times_[static_cast<size_t>(at)])
        .count();
  }

  const Clock::time_point begin_;
  const Clock::time_point end_;
  std::vector<Clock::duration> times_;
};

// One HTTP connection.
class HttpSession {
 public:
  HttpSession(asio::io_context& io, int port, const std::string& request,
              Tally& tally)
      : request_(request), tally_(tally), socket_(io), answer_(1 << 16, '\0') {
    socket_.connect({asio::ip::address_v4::loopback(),
                     static_cast<asio::ip::port_type>(port)});
    socket_.set_option(tcp::no_delay(true));
  }

  void Ask() {
    sent_ = Clock::now();
    used_ = 0;
    asio::async_write(socket_, asio::buffer(request_),
                      [this](const error_code& error, size_t) {
                        Require(!error, error.message());
                        Read();
                      });
  }

 private:
  void Read() {
    socket_.async_read_some(
        asio::buffer(answer_.data() + used_, answer_.size() - used_),
        [this](const error_code& error, size_t count) {
          Require(!error, error.message());
          used_ += count;
          if (!IsWhole()) return Read();
          if (tally_.Count(sent_)) Ask();
        });
  }

  bool IsWhole() const {
    static constexpr std::string_view kLength = "Content-Length: ";
    const std::string_view answer(answer_.data(), used_);
    const size_t head = answer.find("\r\n\r\n");
    if (head == answer.npos) return false;
    Require(answer.starts_with("HTTP/1.1 200"), std::string(answer));
    const size_t length = answer.find(kLength) + kLength.size();
    return used_ >=
           head + 4 + std::stoul(std::string(answer.substr(length, 9)));
  }

  const std::string& request_;
  Tally& tally_;
  tcp::socket socket_;
  std::string answer_;
  size_t used_ = 0;
  Clock::time_point sent_;
};

void LoadHttp(int port, size_t connections, Tally& tally) {
  const std::string body = fmt::format(
      R"({{"query": {{"languageCode": "en", "text": "{}"}}, "minScore": 70}})",
      kText);
  const std::string request = fmt::format(
      "POST /v1/memories/press:lookupSegment HTTP/1.1\r\nHost: 127.0.0.1\r\n"
      "Content-Length: {}\r\n\r\n{}",
      body.size(), body);
  asio::io_context io(1);
  std::vector<std::unique_ptr<HttpSession>> sessions;
  for (size_t i = 0; i < connections; ++i) {
    sessions.push_back(std::make_unique<HttpSession>(io, port, request, tally));
  }
  for (const auto& session : sessions) session->Ask();
  io.run();
}

// One gRPC connection.
class GrpcSession {
 public:
  GrpcSession(int port, const v1::LookupSegmentRequest& request,
              grpc::CompletionQueue& queue)
      : request_(request), queue_(queue) {
    grpc::ChannelArguments arguments;
    arguments.SetInt(GRPC_ARG_USE_LOCAL_SUBCHANNEL_POOL, 1);
    channel_ = grpc::CreateCustomChannel(fmt::format("127.0.0.1:{}", port),
                                         grpc::InsecureChannelCredentials(),
                                         arguments);
    stub_ = v1::LookupService::NewStub(channel_);
    channel_->GetState(/*try_to_connect=*/true);
  }

  void AwaitConnection() const {
    Require(channel_->WaitForConnected(std::chrono::system_clock::now() +
                                       std::chrono::seconds(60)),
            "no connection");
  }

  void Ask() {
    context_ = std::make_unique<grpc::ClientContext>();
    sent_ = Clock::now();
    reader_ = stub_->AsyncLookupSegment(context_.get(), request_, &queue_);
    reader_->Finish(&response_, &status_, this);
  }

  // Whether it asked again.
  bool OnAnswer(Tally& tally) {
    Require(status_.ok() && response_.matches_size() > 0,
            status_.error_message());
    if (!tally.Count(sent_)) return false;
    Ask();
    return true;
  }

 private:
  const v1::LookupSegmentRequest& request_;
  grpc::CompletionQueue& queue_;
  std::shared_ptr<grpc::Channel> channel_;
  std::unique_ptr<v1::LookupService::Stub> stub_;
  std::unique_ptr<grpc::ClientContext> context_;
  std::unique_ptr<grpc::ClientAsyncResponseReader<v1::LookupSegmentResponse>>
      reader_;
  v1::LookupSegmentResponse response_;
  grpc::Status status_;
  Clock::time_point sent_;
};

void LoadGrpc(std::vector<std::unique_ptr<GrpcSession>>& sessions,
              grpc::CompletionQueue& queue, Tally& tally) {
  for (const auto& session : sessions) session->Ask();
  size_t under_way = sessions.size();
  void* tag = nullptr;
  for (bool ok = false; under_way > 0 && queue.Next(&tag, &ok);) {
    if (!static_cast<GrpcSession*>(tag)->OnAnswer(tally)) --under_way;
  }
  queue.Shutdown();
  for (bool ok = false; queue.Next(&tag, &ok);) {
  }
}

double CpuSeconds() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  const auto seconds = [](const timeval& time) {
    return static_cast<double>(time.tv_sec) +
           static_cast<double>(time.tv_usec) / 1e6;
  };
  return seconds(usage.ru_utime) + seconds(usage.ru_stime);
}

void Run(const Options& options) {
  const int port = static_cast<int>(options.Number("port", 7734));
  const size_t connections = options.Number("connections", 50);
  const std::chrono::seconds duration(options.Number("seconds", 5));
  if (options.Text("protocol", "http") == "http") {
    const double before = CpuSeconds();
    Tally tally(duration);
    LoadHttp(port, connections, tally);
    return tally.Print(CpuSeconds() - before);
  }
  v1::LookupSegmentRequest request;
  request.set_parent("memories/press");
  request.mutable_query()->set_language_code("en");
  request.mutable_query()->set_text(std::string(kText));
  request.set_min_score(70);
  grpc::CompletionQueue queue;
  std::vector<std::unique_ptr<GrpcSession>> sessions;
  for (size_t i = 0; i < connections; ++i) {
    sessions.push_back(std::make_unique<GrpcSession>(port, request, queue));
  }
  for (const auto& session : sessions) session->AwaitConnection();
  const double before = CpuSeconds();
  Tally tally(duration);
  LoadGrpc(sessions, queue, tally);
  tally.Print(CpuSeconds() - before);
}

}  // namespace
}  // namespace tercet::bench

int main(int argc, char** argv) {
  rlimit files{};
  getrlimit(RLIMIT_NOFILE, &files);
  files.rlim_cur = files.rlim_max;
  setrlimit(RLIMIT_NOFILE, &files);
  tercet::bench::Run(tercet::bench::Options(argc, argv));
}

#include "service/base/parallel.h"

#include <algorithm>
#include <atomic>
#include <exception>
#include <mutex>
#include <thread>
#include <vector>

namespace tercet {
namespace {

// The first thing that went wrong, by place.
class FirstError {
 public:
  void Add(size_t i, Status status, std::exception_ptr exception) {
    const std::lock_guard<std::mutex> lock(mutex_);
    failed_ = true;
    if (i >= place_) return;
    place_ = i;
    status_ = std::move(status);
    exception_ = std::move(exception);
  }

  bool failed() const { return failed_; }

  // REQUIRES: no thread adds any more.
  Status Result() const {
    if (exception_ != nullptr) std::rethrow_exception(exception_);
    return status_;
  }

 private:
  std::mutex mutex_;
  std::atomic<bool> failed_ = false;
  size_t place_ = SIZE_MAX;
  Status status_;
  std::exception_ptr exception_;
};

}  // namespace

Status ParallelFor(size_t count, size_t threads,
                   const std::function<Status(size_t i)>& body) {
  std::atomic<size_t> next = 0;
  FirstError error;
  const auto work = [&] {
    while (!error.failed()) {
      const size_t i = next++;
      if (i >= count) return;
      try {
        Status status = body(i);
        if (!status.ok()) error.Add(i, std::move(status), nullptr);
      } catch (...) {
        error.Add(i, OkStatus(), std::current_exception());
      }
    }
  };
  {
    std::vector<std::jthread> others;
    for (size_t t = 1; t < std::min(threads, count); ++t) {
      others.emplace_back(work);
    }
    work();
  }
  return error.Result();
}

size_t ProcessorCount() {
  return std::max<size_t>(1, std::thread::hardware_concurrency());
}

}  // namespace tercet

// The few switches of benchmark programs: --name=value, or --name alone.
//
//   const Options options(argc, argv);
//   const size_t units = options.Number("units", 50'000);
//
// Others are ignored, so that `./dev bench` can give all programs the same.
#ifndef TERCET_BENCH_OPTIONS_H_
#define TERCET_BENCH_OPTIONS_H_

#include <algorithm>
#include <cstddef>
#include <map>
#include <string>
#include <string_view>
#include <utility>

namespace tercet::bench {

class Options {
 public:
  Options(int argc, const char* const* argv) {
    for (int i = 1; i < argc; ++i) {
      std::string_view argument = argv[i];
      if (!argument.starts_with("--")) continue;
      argument.remove_prefix(2);
      const size_t equals = std::min(argument.find('='), argument.size());
      values_[std::string(argument.substr(0, equals))] =
          argument.substr(std::min(equals + 1, argument.size()));
    }
  }

  bool Has(const std::string& name) const { return values_.count(name) > 0; }

  std::string Text(const std::string& name, std::string fallback) const {
    const auto value = values_.find(name);
    return value == values_.end() ? std::move(fallback) : value->second;
  }

  size_t Number(const std::string& name, size_t fallback) const {
    const auto value = values_.find(name);
    return value == values_.end() ? fallback : std::stoul(value->second);
  }

 private:
  std::map<std::string, std::string> values_;
};

}  // namespace tercet::bench

#endif  // TERCET_BENCH_OPTIONS_H_

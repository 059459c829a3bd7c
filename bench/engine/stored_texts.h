// The texts of one language that engines search, analysed beforehand.
#ifndef TERCET_BENCH_ENGINE_STORED_TEXTS_H_
#define TERCET_BENCH_ENGINE_STORED_TEXTS_H_

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "service/text/analysis.h"

namespace tercet::bench {

// Analyses are kept up to two millions of texts; of more they are made when
// they are asked for, since they would take some ten gigabytes.
class StoredTexts {
 public:
  StoredTexts(std::vector<std::string> texts, std::string_view language);

  size_t size() const { return texts_.size(); }
  const std::string& language() const { return language_; }
  const std::string& text(size_t i) const { return texts_[i]; }
  // Analysis::stems of it.
  std::span<const uint32_t> stems(size_t i) const {
    return std::span(stems_).subspan(starts_[i], starts_[i + 1] - starts_[i]);
  }
  // Calls `use` with the analysis of a text.
  template <typename Use>
  auto WithAnalysis(size_t i, const Use& use) const {
    return analyses_.empty() ? use(AnalyzeText(texts_[i])) : use(analyses_[i]);
  }
  Analysis AnalyzeText(std::string_view text) const;

 private:
  std::vector<std::string> texts_;
  std::string language_;
  std::vector<uint32_t> stems_;
  std::vector<size_t> starts_ = {0};
  std::vector<Analysis> analyses_;
};

}  // namespace tercet::bench

#endif  // TERCET_BENCH_ENGINE_STORED_TEXTS_H_

#include "bench/engine/stored_texts.h"

#include <utility>

namespace tercet::bench {

StoredTexts::StoredTexts(std::vector<std::string> texts,
                         std::string_view language)
    : texts_(std::move(texts)), language_(language) {
  constexpr size_t kMaxAnalyses = 2'000'000;
  const bool keep = texts_.size() <= kMaxAnalyses;
  if (keep) analyses_.reserve(texts_.size());
  for (const std::string& text : texts_) {
    Analysis analysis = AnalyzeText(text);
    stems_.insert(stems_.end(), analysis.stems.begin(), analysis.stems.end());
    starts_.push_back(stems_.size());
    if (!keep) continue;
    analysis.tokens.shrink_to_fit();
    analysis.stems.shrink_to_fit();
    analyses_.push_back(std::move(analysis));
  }
}

Analysis StoredTexts::AnalyzeText(std::string_view text) const {
  return Analyze({.text = std::string(text), .codes = {}}, language_);
}

}  // namespace tercet::bench

#include "service/release/repeated.h"

#include <algorithm>
#include <map>
#include <string>
#include <unordered_map>
#include <unordered_set>
#include <utility>

#include "service/release/plain_text.h"

namespace tercet {
namespace {

constexpr size_t kLeastPages = 3;
constexpr size_t kShare = 10;  // One page of so many.

// What is counted of one language.
struct Counts {
  size_t pages = 0;
  std::unordered_map<std::string, size_t> holders;  // Pages by paragraph.
  std::unordered_set<std::string> kept;

  bool IsRepeated(const std::string& text) const {
    const auto found = holders.find(text);
    return found != holders.end() &&
           found->second >= std::max(kLeastPages, pages / kShare);
  }
};

void Count(const SourcePage& version, Counts& counts) {
  ++counts.pages;
  std::unordered_set<std::string_view> seen;
  for (const Block& block : version.page.blocks) {
    if (seen.insert(block.text).second) ++counts.holders[block.text];
  }
}

// A sentence or a heading has a translation; a menu's words are noise.
bool IsWorthHaving(const Block& block) {
  return block.kind == BlockKind::kHeading || EndsSentence(block.text);
}

void Drop(SourcePage& version, Counts& counts) {
  std::vector<Block> left;
  for (Block& block : version.page.blocks) {
    const bool stays =
        !counts.IsRepeated(block.text) ||
        (IsWorthHaving(block) && counts.kept.insert(block.text).second);
    if (stays) {
      left.push_back(std::move(block));
    } else {
      version.page.dropped.push_back(
          {DropReason::kRepeated, std::move(block.text)});
    }
  }
  version.page.blocks = std::move(left);
}

}  // namespace

void DropRepeated(std::span<Release> releases) {
  std::map<std::string, Counts, std::less<>> counts;
  const auto counts_of = [&counts](const SourcePage& version) -> Counts& {
    return counts[std::string(version.language.language())];
  };
  for (const Release& release : releases) {
    for (const SourcePage& version : release.versions) {
      if (version.format != PageFormat::kSentences) {
        Count(version, counts_of(version));
      }
    }
  }
  for (Release& release : releases) {
    for (SourcePage& version : release.versions) {
      if (version.format != PageFormat::kSentences) {
        Drop(version, counts_of(version));
      }
    }
  }
}

}  // namespace tercet

// Any bytes are read or refused as a page of any format; what was read is
// UTF-8 on single lines, and splits into sentences.
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "service/base/utf8.h"
#include "service/release/align_release.h"
#include "service/release/read_page.h"
#include "tests/fuzz/require.h"

namespace tercet {
namespace {

void TestFormat(PageFormat format, std::string_view bytes) {
  StatusOr<ReleasePage> page = ReadPage({.bytes = bytes, .format = format});
  if (!page.ok()) {
    Require(!GetDetails(page.status()).reason.empty(),
            "a refusal has a reason");
    return;
  }
  Require(IsValidUtf8(page->title), "the title is UTF-8");
  Require(IsValidUtf8(page->dateline.text), "the dateline is UTF-8");
  for (const Block& block : page->blocks) {
    Require(IsValidUtf8(block.text), "a block is UTF-8");
    Require(block.text.find('\n') == std::string_view::npos,
            "a block is one line");
  }
  for (const Dropped& dropped : page->dropped) {
    Require(IsValidUtf8(dropped.text), "what was dropped is UTF-8");
  }
  SourcePage source = {.language = *LanguageTag::Parse("zh"),
                       .format = format,
                       .page = *std::move(page)};
  Release release = {.document = "d"};
  release.versions.push_back(std::move(source));
  const AlignedRelease aligned = SplitRelease(std::move(release));
  for (const ReleaseSentence& sentence : aligned.versions[0].sentences) {
    Require(IsValidUtf8(sentence.text), "a sentence is UTF-8");
  }
}

}  // namespace
}  // namespace tercet

// The first byte chooses the format.
extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using tercet::PageFormat;
  constexpr PageFormat kFormats[] = {
      PageFormat::kUnknown, PageFormat::kHtml, PageFormat::kMarkdown,
      PageFormat::kText,    PageFormat::kWml,  PageFormat::kSentences};
  if (size == 0) return 0;
  tercet::TestFormat(kFormats[data[0] % 6],
                     {reinterpret_cast<const char*>(data + 1), size - 1});
  return 0;
}

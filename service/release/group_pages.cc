#include "service/release/group_pages.h"

#include <algorithm>
#include <map>
#include <string>
#include <string_view>
#include <utility>

#include "fmt/format.h"
#include "service/base/utf8.h"
#include "service/release/guess_language.h"
#include "service/release/pair_pages.h"
#include "service/release/version_name.h"

namespace tercet {
namespace {

// The order of versions in a release; others follow by code.
int OrderOf(const LanguageTag& language) {
  if (language.language() == "en") return 0;
  if (language.language() == "zh") return 1;
  if (language.language() == "es") return 2;
  return 3;
}

LanguageTag TagOf(std::string_view text) {
  StatusOr<LanguageTag> tag = LanguageTag::Parse(text);
  return tag.ok() ? *std::move(tag) : LanguageTag();
}

// HTML says most about itself.
int RankOf(const SourcePage& page) {
  switch (page.format) {
    case PageFormat::kHtml:
    case PageFormat::kWml:
      return 0;
    case PageFormat::kMarkdown:
      return 1;
    default:
      return 2;
  }
}

class Grouping {
 public:
  GroupedPages Run(std::vector<SourcePage> pages) {
    std::sort(pages.begin(), pages.end(),
              [](const SourcePage& a, const SourcePage& b) {
                return std::pair(RankOf(a), a.file) <
                       std::pair(RankOf(b), b.file);
              });
    for (SourcePage& page : pages) {
      if (Settle(page)) AddToDocument(std::move(page));
    }
    std::vector<SourcePage> alone = TakeReleases();
    PairByContent(std::move(alone));
    std::sort(result_.releases.begin(), result_.releases.end(),
              [](const Release& a, const Release& b) {
                return a.document < b.document;
              });
    return std::move(result_);
  }

 private:
  // Fills in language and document; false where the language is not known.
  bool Settle(SourcePage& page) {
    VersionName name = ReadVersionName(page.file);
    if (page.document.empty()) page.document = name.document;
    const std::string text = TextOf(page.page);
    const std::string_view guess = GuessLanguage(text);
    if (page.language.empty()) page.language = TagOf(name.language);
    if (page.language.empty() && !page.page.language.empty()) {
      page.language = TagOf(page.page.language);
    }
    if (page.language.empty()) page.language = TagOf(guess);
    if (page.language.empty()) {
      AddProblem(page, "LANGUAGE_UNKNOWN",
                 "the page is in none of English, Chinese and Spanish, as far "
                 "as can be told; say which with LANGUAGE=FILE or a manifest");
      return false;
    }
    if (!guess.empty() && guess != page.language.language()) {
      AddProblem(page, "LANGUAGE_DOUBTED",
                 fmt::format("the page should be in '{}', but looks like '{}'",
                             page.language.code(), guess),
                 /*skipped=*/false);
    }
    return true;
  }

  void AddToDocument(SourcePage page) {
    std::vector<SourcePage>& versions = documents_[page.document];
    for (const SourcePage& other : versions) {
      if (other.language.language() != page.language.language()) continue;
      AddProblem(page, "VERSION_DOUBLE",
                 fmt::format("'{}' is already the version of '{}' in '{}'",
                             PrintableUtf8(other.file, 200),
                             PrintableUtf8(page.document, 200),
                             page.language.language()));
      return;
    }
    versions.push_back(std::move(page));
  }

  // Documents with several languages are releases; the pages of the others are
  // returned.
  std::vector<SourcePage> TakeReleases() {
    std::vector<SourcePage> alone;
    for (auto& [document, versions] : documents_) {
      if (versions.size() > 1) {
        AddRelease(document, std::move(versions));
      } else {
        alone.push_back(std::move(versions.front()));
      }
    }
    return alone;
  }

  void AddRelease(std::string document, std::vector<SourcePage> versions) {
    std::sort(versions.begin(), versions.end(),
              [](const SourcePage& a, const SourcePage& b) {
                return std::pair(OrderOf(a.language), a.language.code()) <
                       std::pair(OrderOf(b.language), b.language.code());
              });
    while (versions.size() > kMaxVersions) {
      AddProblem(
          versions.back(), "VERSION_DOUBLE",
          fmt::format("the document has more than {} languages", kMaxVersions));
      versions.pop_back();
    }
    result_.releases.push_back(
        {.document = std::move(document), .versions = std::move(versions)});
  }

  void PairByContent(std::vector<SourcePage> alone) {
    std::vector<const SourcePage*> pointers;
    for (const SourcePage& page : alone) pointers.push_back(&page);
    std::vector<bool> paired(alone.size(), false);
    for (const std::vector<size_t>& group : PairPages(pointers)) {
      std::vector<SourcePage> versions;
      for (const size_t i : group) {
        paired[i] = true;
        versions.push_back(std::move(alone[i]));
      }
      std::sort(versions.begin(), versions.end(),
                [](const SourcePage& a, const SourcePage& b) {
                  return OrderOf(a.language) < OrderOf(b.language);
                });
      std::string document = versions.front().document;
      AddRelease(std::move(document), std::move(versions));
    }
    for (size_t i = 0; i < alone.size(); ++i) {
      if (paired[i]) continue;
      AddProblem(alone[i], "VERSION_MISSING",
                 fmt::format("there is no version of it but the one in '{}'",
                             alone[i].language.code()));
    }
  }

  void AddProblem(const SourcePage& page, std::string_view reason,
                  std::string message, bool skipped = true) {
    result_.problems.push_back({.file = page.file,
                                .document = page.document,
                                .reason = std::string(reason),
                                .message = std::move(message),
                                .skipped = skipped});
  }

  std::map<std::string, std::vector<SourcePage>> documents_;
  GroupedPages result_;
};

}  // namespace

std::string TextOf(const ReleasePage& page) {
  std::string text = page.title;
  for (const Block& block : page.blocks) {
    text.push_back('\n');
    text += block.text;
  }
  return text;
}

GroupedPages GroupPages(std::vector<SourcePage> pages) {
  return Grouping().Run(std::move(pages));
}

}  // namespace tercet

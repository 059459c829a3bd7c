#include "bench/align/noise.h"

#include <algorithm>
#include <map>
#include <random>

#include "bench/align/strict_score.h"
#include "service/text/sentences.h"

namespace tercet::bench {
namespace {

// A bead with its texts, while a document is being put together.
struct Draft {
  std::vector<std::vector<std::string>> texts;  // By version.
  size_t paragraph = 0;
};

size_t VersionsWithText(const Draft& draft) {
  return static_cast<size_t>(std::ranges::count_if(
      draft.texts, [](const auto& texts) { return !texts.empty(); }));
}

std::vector<Draft> ToDrafts(const GoldDocument& document) {
  // The text and the paragraph of each sentence.
  std::vector<std::vector<std::string>> texts(document.versions.size());
  std::vector<std::vector<size_t>> paragraphs(document.versions.size());
  for (size_t v = 0; v < document.versions.size(); ++v) {
    for (size_t p = 0; p < document.versions[v].paragraphs.size(); ++p) {
      for (const std::string& text : document.versions[v].paragraphs[p]) {
        texts[v].push_back(text);
        paragraphs[v].push_back(p);
      }
    }
  }
  std::vector<Draft> drafts;
  for (const BeadRanges& bead : document.beads) {
    Draft draft;
    draft.texts.resize(bead.size());
    for (size_t v = 0; v < bead.size(); ++v) {
      for (uint32_t i = bead[v].begin; i < bead[v].end; ++i) {
        draft.texts[v].push_back(texts[v][i]);
        draft.paragraph = paragraphs[v][i];
      }
    }
    drafts.push_back(std::move(draft));
  }
  return drafts;
}

// A bead of one version only is one bead for each of its sentences.
std::vector<Draft> SplitLonely(std::vector<Draft> drafts) {
  std::vector<Draft> split;
  for (Draft& draft : drafts) {
    if (VersionsWithText(draft) > 1) {
      split.push_back(std::move(draft));
      continue;
    }
    for (size_t v = 0; v < draft.texts.size(); ++v) {
      for (std::string& text : draft.texts[v]) {
        Draft single{.paragraph = draft.paragraph};
        single.texts.resize(draft.texts.size());
        single.texts[v].push_back(std::move(text));
        split.push_back(std::move(single));
      }
    }
  }
  return split;
}

GoldDocument FromDrafts(const GoldDocument& names, std::vector<Draft> drafts) {
  GoldDocument document{.name = names.name};
  drafts = SplitLonely(std::move(drafts));
  for (size_t v = 0; v < names.versions.size(); ++v) {
    DocumentVersion version{.language = names.versions[v].language};
    size_t paragraph = SIZE_MAX;
    for (const Draft& draft : drafts) {
      for (const std::string& text : draft.texts[v]) {
        if (draft.paragraph != paragraph) version.paragraphs.emplace_back();
        paragraph = draft.paragraph;
        version.paragraphs.back().push_back(text);
      }
    }
    document.versions.push_back(std::move(version));
  }
  std::vector<uint32_t> next(names.versions.size());
  for (const Draft& draft : drafts) {
    BeadRanges bead;
    for (size_t v = 0; v < draft.texts.size(); ++v) {
      const auto size = static_cast<uint32_t>(draft.texts[v].size());
      bead.push_back({next[v], next[v] + size});
      next[v] += size;
    }
    if (VersionsWithText(draft) > 0) document.beads.push_back(std::move(bead));
  }
  return document;
}

std::string_view Boilerplate(std::string_view language, size_t which) {
  static const std::map<std::string, std::vector<std::string>, std::less<>>
      kLines = {{"en",
                 {"Suggest to a Friend", "Home > News > Latest", "Print",
                  "Share this page", "Related stories",
                  "Copyright. All rights reserved."}},
                {"zh",
                 {"推荐给朋友", "首页 > 新闻 > 最新", "打印本页", "分享到微信",
                  "相关新闻", "版权所有 未经许可不得转载"}},
                {"es",
                 {"Enviar a un amigo", "Inicio > Noticias > Últimas",
                  "Imprimir", "Compartir esta página", "Noticias relacionadas",
                  "Todos los derechos reservados."}}};
  const auto it = kLines.find(language);
  const auto& lines = it == kLines.end() ? kLines.at("en") : it->second;
  return lines[which % lines.size()];
}

class NoiseMaker {
 public:
  NoiseMaker(const GoldDocument& document, const GoldDocument& strangers,
             const NoiseRates& rates, uint64_t seed)
      : document_(document), rates_(rates), random_(seed) {
    for (Draft& draft : ToDrafts(strangers)) {
      strangers_.push_back(std::move(draft));
    }
  }

  GoldDocument Make() {
    std::vector<Draft> noisy;
    bool joins_last = false;
    for (Draft& draft : ToDrafts(document_)) {
      if (joins_last && draft.paragraph == noisy.back().paragraph) {
        Join(noisy.back(), draft);
      } else {
        noisy.push_back(std::move(draft));
      }
      Damage(noisy.back());
      joins_last = Happens(rates_.merged);
      if (Happens(rates_.inserted)) AddStranger(noisy);
      if (Happens(rates_.boilerplate)) AddBoilerplate(noisy);
      if (VersionsWithText(noisy.back()) < 2) {
        joins_last = false;
      }
    }
    return FromDrafts(document_, std::move(noisy));
  }

 private:
  bool Happens(unsigned rate) { return random_() % 1000 < rate; }
  size_t AnyVersion() { return random_() % document_.versions.size(); }

  // One version writes both beads' touching sentences as one; the others keep
  // theirs: together they are one bead.
  void Join(Draft& last, const Draft& next) {
    const size_t merging = AnyVersion();
    for (size_t v = 0; v < last.texts.size(); ++v) {
      auto& texts = last.texts[v];
      auto from = next.texts[v].begin();
      if (v == merging && !texts.empty() && from != next.texts[v].end()) {
        texts.back() +=
            (document_.versions[v].language == "zh" ? "" : " ") + *from++;
      }
      texts.insert(texts.end(), from, next.texts[v].end());
    }
  }

  void Damage(Draft& draft) {
    if (Happens(rates_.dropped_runs)) {
      run_version_ = AnyVersion();
      run_left_ = 5 + random_() % 11;
    }
    if (run_left_ > 0) {
      --run_left_;
      draft.texts[run_version_].clear();
    } else if (Happens(rates_.dropped)) {
      draft.texts[AnyVersion()].clear();
    }
  }

  void AddStranger(std::vector<Draft>& drafts) {
    const size_t version = AnyVersion();
    const auto& from = strangers_[random_() % strangers_.size()].texts[version];
    if (from.empty()) return;
    AddLonely(drafts, version, from.front(), drafts.back().paragraph);
  }

  // On a line of its own.
  void AddBoilerplate(std::vector<Draft>& drafts) {
    const size_t version = AnyVersion();
    AddLonely(drafts, version,
              std::string(
                  Boilerplate(document_.versions[version].language, random_())),
              kOwnParagraph + boilerplate_count_++);
  }

  void AddLonely(std::vector<Draft>& drafts, size_t version, std::string text,
                 size_t paragraph) {
    Draft lonely{.paragraph = paragraph};
    lonely.texts.resize(document_.versions.size());
    lonely.texts[version].push_back(std::move(text));
    drafts.push_back(std::move(lonely));
  }

  static constexpr size_t kOwnParagraph = 1'000'000;

  const GoldDocument& document_;
  NoiseRates rates_;
  std::mt19937_64 random_;
  std::vector<Draft> strangers_;
  size_t run_version_ = 0;
  size_t run_left_ = 0;
  size_t boilerplate_count_ = 0;
};

std::vector<std::string> SplitFields(const std::string& line) {
  std::vector<std::string> fields(1);
  for (const char c : line) {
    if (c == '\t') {
      fields.emplace_back();
    } else {
      fields.back().push_back(c);
    }
  }
  return fields;
}

std::vector<std::string> Split(const std::string& text,
                               std::string_view language) {
  std::vector<std::string> sentences;
  for (const SentenceSpan& span : SplitSentences(text, language)) {
    sentences.push_back(text.substr(span.begin, span.end - span.begin));
  }
  return sentences;
}

// The beads of a paragraph; none where it is not known how its sentences
// correspond.
std::vector<Draft> ParagraphDrafts(const std::vector<std::string>& fields,
                                   const std::vector<TextColumn>& columns,
                                   size_t paragraph) {
  std::vector<std::vector<std::string>> sentences;
  for (const TextColumn& column : columns) {
    sentences.push_back(Split(fields[column.number], column.language));
  }
  const auto [least, most] =
      std::ranges::minmax(sentences, {}, &std::vector<std::string>::size);
  if (least.empty() || (least.size() != most.size() && most.size() > 2)) {
    return {};
  }
  if (least.size() != most.size()) {
    return {Draft{.texts = sentences, .paragraph = paragraph}};
  }
  std::vector<Draft> drafts;
  for (size_t i = 0; i < least.size(); ++i) {
    Draft draft{.paragraph = paragraph};
    for (const auto& version : sentences) draft.texts.push_back({version[i]});
    drafts.push_back(std::move(draft));
  }
  return drafts;
}

GoldDocument Named(std::string name,
                   const std::vector<std::string>& languages) {
  GoldDocument document{.name = std::move(name)};
  for (const std::string& language : languages) {
    document.versions.push_back({.language = language});
  }
  return document;
}

}  // namespace

GoldDocument AddNoise(const GoldDocument& document,
                      const GoldDocument& strangers, const NoiseRates& rates,
                      uint64_t seed) {
  return NoiseMaker(document, strangers, rates, seed).Make();
}

std::vector<GoldDocument> ReadParagraphs(const std::string& path,
                                         const std::vector<TextColumn>& columns,
                                         size_t min_beads) {
  std::vector<std::string> languages;
  size_t last = 0;
  for (const TextColumn& column : columns) {
    languages.push_back(column.language);
    last = std::max(last, column.number);
  }
  std::map<std::string, std::vector<Draft>> by_name;
  for (const std::string& line : ReadLines(path)) {
    const std::vector<std::string> fields = SplitFields(line);
    if (fields.size() < last + 2) continue;
    std::vector<Draft>& drafts = by_name[fields.back()];
    const size_t paragraph = drafts.empty() ? 0 : drafts.back().paragraph + 1;
    for (Draft& draft : ParagraphDrafts(fields, columns, paragraph)) {
      drafts.push_back(std::move(draft));
    }
  }
  std::vector<GoldDocument> documents;
  for (auto& [name, drafts] : by_name) {
    if (drafts.size() < min_beads) continue;
    documents.push_back(FromDrafts(Named(name, languages), std::move(drafts)));
  }
  return documents;
}

std::vector<GoldDocument> ReadParallelLines(
    const std::vector<std::string>& paths,
    const std::vector<std::string>& languages, size_t size) {
  std::vector<std::vector<std::string>> lines;
  for (const std::string& path : paths) lines.push_back(ReadLines(path));
  std::vector<GoldDocument> documents;
  for (size_t begin = 0; begin + size <= lines[0].size(); begin += size) {
    std::vector<Draft> drafts;
    for (size_t i = begin; i < begin + size; ++i) {
      Draft draft;
      for (const auto& version : lines) draft.texts.push_back({version[i]});
      drafts.push_back(std::move(draft));
    }
    documents.push_back(
        FromDrafts(Named(std::to_string(begin), languages), std::move(drafts)));
  }
  return documents;
}

GoldDocument Project(const GoldDocument& document, size_t first,
                     size_t second) {
  std::vector<Draft> drafts = ToDrafts(document);
  for (Draft& draft : drafts) {
    draft.texts = {draft.texts[first], draft.texts[second]};
  }
  GoldDocument names{.name = document.name};
  names.versions = {{.language = document.versions[first].language},
                    {.language = document.versions[second].language}};
  // Which paragraph is which is the same in all versions only by number of the
  // first one that has text; keep each version's own.
  GoldDocument projected = FromDrafts(names, std::move(drafts));
  projected.versions = {document.versions[first], document.versions[second]};
  return projected;
}

}  // namespace tercet::bench

#include "service/release/align_release.h"

#include <algorithm>
#include <span>
#include <string_view>
#include <utility>

#include "fmt/format.h"
#include "service/base/utf8.h"
#include "service/release/guess_language.h"
#include "service/release/plain_text.h"
#include "service/text/sentences.h"

namespace tercet {
namespace {

// What teaches the lexicon must be right far more often than not.
constexpr double kSureConfidence = 0.9;

constexpr std::string_view kReplacement = "\xEF\xBF\xBD";

void AddParagraph(std::string_view text, std::string_view language,
                  uint32_t paragraph, std::vector<ReleaseSentence>& sentences) {
  for (const SentenceSpan& span : SplitSentences(text, language)) {
    sentences.push_back(
        {.text = std::string(text.substr(span.begin, span.end - span.begin)),
         .paragraph = paragraph});
  }
}

AlignedVersion SplitVersion(SourcePage source) {
  AlignedVersion version = {.file = std::move(source.file),
                            .language = std::move(source.language),
                            .page = std::move(source.page)};
  uint32_t paragraph = 0;
  if (!version.page.title.empty()) {
    version.sentences.push_back({.text = version.page.title, .paragraph = 0});
    ++paragraph;
  }
  for (Block& block : version.page.blocks) {
    if (source.format == PageFormat::kSentences) {
      version.sentences.push_back({.text = std::move(block.text)});
      continue;
    }
    AddParagraph(block.text, version.language.language(), paragraph,
                 version.sentences);
    ++paragraph;
  }
  version.page.blocks.clear();
  return version;
}

DocumentVersion ToDocumentVersion(const AlignedVersion& version) {
  DocumentVersion document = {.language =
                                  std::string(version.language.language())};
  for (size_t i = 0; i < version.sentences.size(); ++i) {
    const ReleaseSentence& sentence = version.sentences[i];
    if (i == 0 || sentence.paragraph != version.sentences[i - 1].paragraph) {
      document.paragraphs.emplace_back();
    }
    document.paragraphs.back().push_back(sentence.text);
  }
  return document;
}

char32_t LastCharacter(std::string_view text) {
  size_t at = text.size();
  while (at > 0 && !IsCharacterStart(text, --at)) {
  }
  return text.empty() ? 0 : DecodeUtf8(text, &at);
}

char32_t FirstCharacter(std::string_view text) {
  size_t at = 0;
  return text.empty() ? 0 : DecodeUtf8(text, &at);
}

void AppendSentence(std::string_view sentence, std::string& text) {
  const bool joined =
      IsWide(LastCharacter(text)) && IsWide(FirstCharacter(sentence));
  if (!text.empty() && !sentence.empty() && !joined) text.push_back(' ');
  text += sentence;
}

void AddProperty(std::string type, std::string value, Unit& unit) {
  if (value.empty()) return;
  unit.properties.push_back({std::move(type), std::move(value)});
}

// The first version that says it speaks for all.
template <typename Get>
std::string FirstOf(const AlignedRelease& release, Get get) {
  for (const AlignedVersion& version : release.versions) {
    std::string value = get(version.page);
    if (!value.empty()) return value;
  }
  return "";
}

std::string DateOf(const ReleasePage& page) {
  if (page.date.year == 0) return "";
  return FormatDate(page.date);
}

// The text of the nearest bead before or after that has one in `version`.
std::string Neighbour(const AlignedRelease& release, size_t bead,
                      size_t version, int step) {
  for (auto at = static_cast<std::ptrdiff_t>(bead) + step;
       at >= 0 && at < static_cast<std::ptrdiff_t>(release.beads.size());
       at += step) {
    std::string text =
        BeadText(release, release.beads[static_cast<size_t>(at)], version);
    if (!text.empty()) return text;
  }
  return "";
}

bool HasWide(std::string_view text) {
  for (size_t at = 0; at < text.size();) {
    const char32_t c = DecodeUtf8(text, &at);
    if (c >= 0x3400 && IsWide(c)) return true;
  }
  return false;
}

// Pages hold sentences that nobody has translated yet; `The package was
// removed.` is no Chinese. Names and commands are in no language.
bool IsUntranslated(std::string_view text, const LanguageTag& language) {
  if (HasWide(text)) return false;
  const std::string_view guess = GuessLanguage(text);
  return !guess.empty() && guess != language.language();
}

bool IsHeadline(const AlignedRelease& release, const Bead& bead) {
  for (size_t v = 0; v < release.versions.size(); ++v) {
    if (bead.ranges[v].size() == 0) continue;
    if (bead.ranges[v].begin != 0 || bead.ranges[v].size() != 1 ||
        release.versions[v].page.title.empty()) {
      return false;
    }
  }
  return true;
}

}  // namespace

AlignedRelease SplitRelease(Release release) {
  AlignedRelease aligned = {.document = std::move(release.document)};
  for (SourcePage& version : release.versions) {
    aligned.versions.push_back(SplitVersion(std::move(version)));
  }
  return aligned;
}

Status AlignRelease(const AlignOptions& options, AlignedRelease& release) {
  std::vector<DocumentVersion> versions;
  for (const AlignedVersion& version : release.versions) {
    versions.push_back(ToDocumentVersion(version));
  }
  ASSIGN_OR_RETURN(release.beads, AlignDocuments(versions, options));
  for (Bead& bead : release.beads) {
    for (size_t v = 0; v < release.versions.size(); ++v) {
      const std::string text = BeadText(release, bead, v);
      if (text.find(kReplacement) != std::string::npos) bead.confidence = 0;
    }
  }
  return OkStatus();
}

std::string BeadText(const AlignedRelease& release, const Bead& bead,
                     size_t version) {
  std::string text;
  const SentenceRange& range = bead.ranges[version];
  for (uint32_t i = range.begin; i < range.end; ++i) {
    AppendSentence(release.versions[version].sentences[i].text, text);
  }
  return text;
}

std::vector<AlignedUnit> UnitsOf(const AlignedRelease& release) {
  const std::string date = FirstOf(release, DateOf);
  const std::string agency = FirstOf(
      release, [](const ReleasePage& page) { return page.dateline.agency; });
  const std::string category =
      FirstOf(release, [](const ReleasePage& page) { return page.category; });
  std::vector<AlignedUnit> units;
  for (size_t b = 0; b < release.beads.size(); ++b) {
    const Bead& bead = release.beads[b];
    AlignedUnit aligned = {.confidence = bead.confidence, .bead = b};
    Unit& unit = aligned.unit;
    size_t source = release.versions.size();
    for (size_t v = 0; v < release.versions.size(); ++v) {
      std::string text = BeadText(release, bead, v);
      if (text.empty() || IsUntranslated(text, release.versions[v].language)) {
        continue;
      }
      source = std::min(source, v);
      unit.variants.push_back({.language = release.versions[v].language,
                               .segment = {.text = std::move(text)}});
    }
    if (unit.variants.size() < 2) continue;
    unit.source_language = release.versions[source].language;
    unit.state = UnitState::kAligned;
    unit.origin = {.document = release.document,
                   .previous = Neighbour(release, b, source, -1),
                   .next = Neighbour(release, b, source, 1)};
    AddProperty("x-release-date", date, unit);
    AddProperty("x-agency", agency, unit);
    AddProperty("x-category", category, unit);
    if (IsHeadline(release, bead)) AddProperty("x-headline", "yes", unit);
    AddProperty("x-position", std::to_string(b), unit);
    AddProperty("x-confidence", fmt::format("{:.2f}", bead.confidence), unit);
    units.push_back(std::move(aligned));
  }
  return units;
}

void LearnFrom(const AlignedRelease& release, Lexicon& lexicon) {
  for (const Bead& bead : release.beads) {
    if (bead.confidence < kSureConfidence) continue;
    std::vector<std::string> texts;
    for (size_t v = 0; v < release.versions.size(); ++v) {
      texts.push_back(BeadText(release, bead, v));
    }
    std::vector<LanguageText> lesson;
    for (size_t v = 0; v < texts.size(); ++v) {
      if (texts[v].empty()) continue;
      lesson.push_back({release.versions[v].language.language(), texts[v]});
    }
    if (lesson.size() > 1) lexicon.Learn(lesson);
  }
}

}  // namespace tercet

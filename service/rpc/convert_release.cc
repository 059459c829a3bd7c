#include "service/rpc/convert_release.h"

#include <string>

#include "service/base/utf8.h"

namespace tercet {
namespace {

constexpr size_t kMaxDroppedBytes = 2000;

void SetVersion(const AlignedVersion& version, bool omit_dropped,
                v1::DocumentVersion& to) {
  to.set_file(version.file);
  to.set_language_code(version.language.code());
  to.set_title(version.page.title);
  if (version.page.date.year != 0) {
    to.set_date(FormatDate(version.page.date));
  }
  to.set_category(version.page.category);
  to.set_dateline(version.page.dateline.text);
  to.set_agency(version.page.dateline.agency);
  to.set_place(version.page.dateline.place);
  to.set_charset(version.page.charset);
  to.set_sentence_count(static_cast<int64_t>(version.sentences.size()));
  for (const std::string& warning : version.page.warnings) {
    to.add_warnings(warning);
  }
  if (omit_dropped) return;
  for (const Dropped& dropped : version.page.dropped) {
    v1::DroppedText& text = *to.add_dropped();
    text.set_reason(std::string(DropReasonName(dropped.reason)));
    text.set_text(std::string(TruncateUtf8(dropped.text, kMaxDroppedBytes)));
  }
}

}  // namespace

PageFormat PageFormatFromApi(v1::SourceFile::Format format,
                             RequestCheck& check) {
  switch (format) {
    case v1::SourceFile::FORMAT_UNSPECIFIED:
      return PageFormat::kUnknown;
    case v1::SourceFile::HTML:
      return PageFormat::kHtml;
    case v1::SourceFile::MARKDOWN:
      return PageFormat::kMarkdown;
    case v1::SourceFile::TEXT:
      return PageFormat::kText;
    case v1::SourceFile::WML:
      return PageFormat::kWml;
    case v1::SourceFile::SENTENCES:
      return PageFormat::kSentences;
    default:
      check.Add("file.format", "is no format");
      return PageFormat::kUnknown;
  }
}

v1::AlignProblem ToApi(const ReleaseProblem& problem) {
  v1::AlignProblem to;
  to.set_file(problem.file);
  to.set_document(problem.document);
  to.set_reason(problem.reason);
  to.set_message(problem.message);
  to.set_warning(!problem.skipped);
  return to;
}

v1::AlignedDocument ToApi(const AlignedRelease& release, bool omit_beads) {
  v1::AlignedDocument to;
  to.set_document(release.document);
  for (const AlignedVersion& version : release.versions) {
    SetVersion(version, omit_beads, *to.add_versions());
  }
  if (omit_beads) return to;
  for (const Bead& bead : release.beads) {
    v1::Bead& added = *to.add_beads();
    added.set_confidence(bead.confidence);
    for (size_t v = 0; v < release.versions.size(); ++v) {
      v1::BeadSide& side = *added.add_sides();
      side.set_begin(bead.ranges[v].begin);
      side.set_end(bead.ranges[v].end);
      side.set_text(BeadText(release, bead, v));
    }
  }
  return to;
}

}  // namespace tercet

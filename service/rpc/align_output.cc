#include "service/rpc/align_output.h"

#include <algorithm>
#include <utility>

#include "service/base/clock.h"
#include "service/base/hash.h"
#include "service/rpc/convert_release.h"
#include "service/rpc/send_response.h"

namespace tercet {
namespace {

constexpr int64_t kProgressMicros = 200'000;

// Equal for units with the same texts.
Hash128 HashTexts(const Unit& unit) {
  std::string all;
  for (const Variant& variant : unit.variants) {
    all += variant.language.code();
    all.push_back('\0');
    all += variant.segment.text;
    all.push_back('\0');
  }
  return HashBytes128(all);
}

}  // namespace

AlignOutput::AlignOutput(const AlignContext& context, const AlignPlan& plan,
                         AlignStream& stream,
                         std::vector<LanguageTag> languages)
    : context_(context), plan_(plan), stream_(stream) {
  if (!plan_.unit_format.has_value()) return;
  const auto options_for = [&](FileFormat format) {
    WriterOptions options = {.tool_version = context_.version};
    if (format == FileFormat::kTsv || format == FileFormat::kCsv) {
      options.languages = languages;
    }
    return options;
  };
  unit_sink_ = std::make_unique<ChunkSink>([this](std::string chunk) {
    v1::AlignDocumentsResponse response;
    response.set_unit_chunk(std::move(chunk));
    return Send(response);
  });
  unit_writer_ = MakeWriter(*plan_.unit_format, options_for(*plan_.unit_format),
                            *unit_sink_);
  review_sink_ = std::make_unique<ChunkSink>([this](std::string chunk) {
    v1::AlignDocumentsResponse response;
    response.set_review_chunk(std::move(chunk));
    return Send(response);
  });
  review_writer_ = MakeWriter(plan_.review_format,
                              options_for(plan_.review_format), *review_sink_);
}

Status AlignOutput::Send(const v1::AlignDocumentsResponse& response) {
  return SendResponse(context_.call, stream_, response);
}

Status AlignOutput::WriteUnit(const AlignedUnit& unit,
                              v1::AlignedDocument& document) {
  const bool good = unit.confidence >= plan_.min_confidence;
  const bool wanted = unit_writer_ != nullptr;
  const Hash128 hash = HashTexts(unit.unit);
  if (wanted && !seen_.insert({hash.high, hash.low}).second) {
    summary_.set_repeated_count(summary_.repeated_count() + 1);
    return OkStatus();
  }
  if (good) {
    document.set_unit_count(document.unit_count() + 1);
  } else {
    document.set_review_count(document.review_count() + 1);
  }
  if (!wanted) return OkStatus();
  UnitWriter& writer = good ? *unit_writer_ : *review_writer_;
  return writer.Write({.id = "", .unit = unit.unit});
}

Status AlignOutput::Take(const AlignedRelease& release) {
  v1::AlignDocumentsResponse response;
  v1::AlignedDocument& document = *response.mutable_document();
  document = ToApi(release, plan_.omit_beads);
  const Status size = CheckResponseSize(
      document.ByteSizeLong(), "ask without beads, or align its chapters");
  if (!size.ok()) {
    return AddProblem({.document = release.document,
                       .reason = GetDetails(size).reason,
                       .message = std::string(MessageOf(size))});
  }
  double sum = 0;
  const std::vector<AlignedUnit> units = UnitsOf(release);
  for (const AlignedUnit& unit : units) {
    sum += unit.confidence;
    RETURN_IF_ERROR(WriteUnit(unit, document));
  }
  if (!units.empty()) {
    document.set_confidence(sum / static_cast<double>(units.size()));
  }
  summary_.set_document_count(summary_.document_count() + 1);
  summary_.set_unit_count(summary_.unit_count() + document.unit_count());
  summary_.set_review_count(summary_.review_count() + document.review_count());
  return Send(response);
}

Status AlignOutput::AddProblem(const ReleaseProblem& problem) {
  if (problem.skipped) {
    summary_.set_skipped_count(summary_.skipped_count() + 1);
  } else {
    summary_.set_warning_count(summary_.warning_count() + 1);
  }
  v1::AlignDocumentsResponse response;
  *response.mutable_problem() = ToApi(problem);
  return Send(response);
}

void AlignOutput::Progress(const v1::AlignProgress& progress) {
  const int64_t now = SystemClock().NowMicros();
  if (now - progress_micros_ < kProgressMicros) return;
  progress_micros_ = now;
  v1::AlignDocumentsResponse response;
  *response.mutable_progress() = progress;
  // Whether the client is gone is seen by the next document.
  static_cast<void>(Send(response));
}

Status AlignOutput::Finish(int64_t file_count) {
  if (unit_writer_ != nullptr) {
    RETURN_IF_ERROR(unit_writer_->Finish());
    RETURN_IF_ERROR(unit_sink_->Finish());
    RETURN_IF_ERROR(review_writer_->Finish());
    RETURN_IF_ERROR(review_sink_->Finish());
  }
  summary_.set_file_count(file_count);
  v1::AlignDocumentsResponse response;
  *response.mutable_summary() = summary_;
  return Send(response);
}

}  // namespace tercet

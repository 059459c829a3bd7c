#include "service/formats/xliff_state.h"

#include <algorithm>
#include <iterator>

#include "fmt/format.h"
#include "service/formats/date.h"

namespace tercet {
namespace {

struct StateWord {
  std::string_view name;
  TargetState state;
};
constexpr StateWord kStates[] = {
    // XLIFF 1.2
    {"new", TargetState::kDraft},
    {"needs-translation", TargetState::kDraft},
    {"needs-adaptation", TargetState::kDraft},
    {"needs-l10n", TargetState::kDraft},
    {"needs-review-translation", TargetState::kDraft},
    {"needs-review-adaptation", TargetState::kDraft},
    {"needs-review-l10n", TargetState::kDraft},
    {"translated", TargetState::kTranslated},
    {"signed-off", TargetState::kApproved},
    {"final", TargetState::kApproved},
    // XLIFF 2.x
    {"initial", TargetState::kDraft},
    {"reviewed", TargetState::kApproved},
    // Trados
    {"Unspecified", TargetState::kDraft},
    {"Draft", TargetState::kDraft},
    {"Translated", TargetState::kTranslated},
    {"RejectedTranslation", TargetState::kDraft},
    {"ApprovedTranslation", TargetState::kApproved},
    {"RejectedSignOff", TargetState::kDraft},
    {"ApprovedSignOff", TargetState::kApproved},
    // memoQ
    {"NotStarted", TargetState::kDraft},
    {"Pretranslated", TargetState::kDraft},
    {"PartiallyEdited", TargetState::kDraft},
    {"AssembledFromFragments", TargetState::kDraft},
    {"MachineTranslated", TargetState::kDraft},
    {"Rejected", TargetState::kDraft},
    {"ManuallyConfirmed", TargetState::kTranslated},
    {"Confirmed", TargetState::kTranslated},
    {"Reviewer1Confirmed", TargetState::kApproved},
    {"Reviewer2Confirmed", TargetState::kApproved},
    {"Proofread", TargetState::kApproved},
};

// `05/04/2019 20:48:06`, month first, as an ISO date.
std::string IsoDateOf(std::string_view date) {
  constexpr size_t kDayBytes = 10;
  if (date.size() < kDayBytes || date[2] != '/' || date[5] != '/') return "";
  return fmt::format("{}-{}-{}{}", date.substr(6, 4), date.substr(0, 2),
                     date.substr(3, 2), date.substr(kDayBytes));
}

}  // namespace

TargetState XliffStateOf(std::string_view name) {
  const auto* found = std::ranges::find(kStates, name, &StateWord::name);
  return found == std::end(kStates) ? TargetState::kUnsaid : found->state;
}

bool IsUntouchedState(std::string_view name) {
  constexpr std::string_view kUntouched[] = {
      "new", "needs-translation", "initial", "NotStarted", "Unspecified"};
  return std::ranges::find(kUntouched, name) != std::end(kUntouched);
}

void ReadTradosValue(std::string_view key, std::string_view value,
                     Attribution& attribution) {
  if (key == "created_by") attribution.creator = value;
  if (key == "last_modified_by") attribution.changer = value;
  if (key == "created_on") {
    attribution.creation_micros = ParseDate(IsoDateOf(value));
  }
  if (key == "modified_on") {
    attribution.change_micros = ParseDate(IsoDateOf(value));
  }
}

}  // namespace tercet

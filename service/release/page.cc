#include "service/release/page.h"

#include "fmt/format.h"

namespace tercet {

std::string_view DropReasonName(DropReason reason) {
  switch (reason) {
    case DropReason::kNavigation:
      return "navigation";
    case DropReason::kBreadcrumb:
      return "breadcrumb";
    case DropReason::kShare:
      return "share";
    case DropReason::kRelated:
      return "related";
    case DropReason::kCaption:
      return "caption";
    case DropReason::kEditor:
      return "editor";
    case DropReason::kDate:
      return "date";
    case DropReason::kCopyright:
      return "copyright";
    case DropReason::kCode:
      return "code";
    case DropReason::kRepeated:
      return "repeated";
  }
  return "unknown";
}

std::string FormatDate(const CivilDate& date) {
  if (date.empty()) return "";
  if (date.year == 0) return fmt::format("--{:02}-{:02}", date.month, date.day);
  return fmt::format("{:04}-{:02}-{:02}", date.year, date.month, date.day);
}

}  // namespace tercet

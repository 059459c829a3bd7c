// A page as it was read: what it says, and what was left out.
#ifndef TERCET_SERVICE_RELEASE_PAGE_H_
#define TERCET_SERVICE_RELEASE_PAGE_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace tercet {

// Limits of one page. A breach is an error, PAGE_TOO_LARGE or PAGE_TOO_DEEP.
inline constexpr size_t kMaxPageBytes = 8 * 1024 * 1024;
inline constexpr size_t kMaxPageDepth = 512;      // Of nested elements.
inline constexpr size_t kMaxPageBlocks = 50'000;  // Paragraphs.

enum class BlockKind : uint8_t { kHeading, kParagraph, kListItem };

// A paragraph, a heading or the like: one line of text.
struct Block {
  BlockKind kind = BlockKind::kParagraph;
  std::string text;  // White space is single spaces.
  // The part of its characters that are in links, 0 to 1.
  double link_share = 0;
};

// Why a part of a page is no text of the release.
enum class DropReason : uint8_t {
  kNavigation,
  kBreadcrumb,
  kShare,    // Invitations to share, print, subscribe.
  kRelated,  // Links to other stories.
  kCaption,
  kEditor,  // Editors' and source lines, end marks.
  kDate,    // A line with nothing but a date; the page's date is from there.
  kCopyright,
  kCode,
  kRepeated,  // Boilerplate that other pages of the site have, too.
};

// `navigation`, `breadcrumb` ...
std::string_view DropReasonName(DropReason reason);

struct Dropped {
  DropReason reason = DropReason::kNavigation;
  std::string text;
};

// A day of the civil calendar; 0 for a part that is not known.
struct CivilDate {
  int year = 0;
  int month = 0;
  int day = 0;

  bool empty() const { return month == 0; }
  friend auto operator<=>(const CivilDate&, const CivilDate&) = default;
};

// `2008-11-21`; `--11-21` without a year; empty for none.
std::string FormatDate(const CivilDate& date);

// Where and by whom a release says it was made.
struct Dateline {
  std::string text;   // As it stood there, e.g. `BEIJING, Nov. 21 (Xinhua) --`.
  std::string place;  // `BEIJING`
  std::string agency;  // `Xinhua`
  CivilDate date;
};

struct ReleasePage {
  std::string language;  // What the page says of itself; may be empty.
  std::string title;
  CivilDate date;
  std::string category;
  Dateline dateline;
  std::vector<Block> blocks;  // Without the title.
  std::vector<Dropped> dropped;
  std::vector<std::string> warnings;  // For people: lower case, no stop.
  std::string charset;
};

}  // namespace tercet

#endif  // TERCET_SERVICE_RELEASE_PAGE_H_

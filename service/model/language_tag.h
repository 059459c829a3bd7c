// A BCP-47 language tag in its standard spelling: `zh_CN`, `ZH-cn` -> `zh-CN`.
//
//   ASSIGN_OR_RETURN(LanguageTag tag, LanguageTag::Parse("zh_hant_tw"));
//   tag.code();      // "zh-Hant-TW"
//   tag.language();  // "zh"
//
// Which tags mean the same (`zh`, `zh-CN`, `zh-Hans`) is text/language.h's.
#ifndef TERCET_SERVICE_MODEL_LANGUAGE_TAG_H_
#define TERCET_SERVICE_MODEL_LANGUAGE_TAG_H_

#include <compare>
#include <string>
#include <string_view>

#include "service/base/status.h"

namespace tercet {

// An immutable value. The default is the empty tag, which no unit may have.
class LanguageTag {
 public:
  LanguageTag() = default;

  // Parses any spelling: case, `_` for `-`, ISO 639-2 codes of common
  // languages (`eng`, `chi`, `spa`). At most 64 bytes. Fails with
  // kInvalidArgument, reason LANGUAGE_INVALID.
  static StatusOr<LanguageTag> Parse(std::string_view text);

  // The standard spelling, e.g. `es-419`; empty for the empty tag.
  const std::string& code() const { return code_; }

  // The parts; empty where the tag has none. Valid as long as the tag.
  std::string_view language() const;  // `zh`; `x` for private tags.
  std::string_view script() const;    // `Hant`
  std::string_view region() const;    // `TW`, `419`

  bool empty() const { return code_.empty(); }
  friend auto operator<=>(const LanguageTag&, const LanguageTag&) = default;

 private:
  std::string code_;
};

}  // namespace tercet

#endif  // TERCET_SERVICE_MODEL_LANGUAGE_TAG_H_

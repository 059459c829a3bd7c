// What files call a language, beyond BCP-47.
#ifndef TERCET_SERVICE_FORMATS_LANGUAGE_NAME_H_
#define TERCET_SERVICE_FORMATS_LANGUAGE_NAME_H_

#include <string_view>

#include "service/base/status.h"
#include "service/model/language_tag.h"

namespace tercet {

// Reads a code in any spelling (LanguageTag::Parse), a POSIX locale
// (`zh_CN.UTF-8`, `es_ES@euro`), the three letters of Windows for Chinese
// (`CHS`, `CHT`), or a name in English, Chinese or Spanish (`English`, `中文`,
// `español`, `Chinese (Traditional)`), in any case and with white space around
// it. Fails as LanguageTag::Parse does. Thread-safe.
StatusOr<LanguageTag> ReadLanguageName(std::string_view text);

// Whether it is such a name, or a code of a language that there is: `key` could
// be one by its form. Thread-safe.
bool IsKnownLanguage(std::string_view text);

}  // namespace tercet

#endif  // TERCET_SERVICE_FORMATS_LANGUAGE_NAME_H_

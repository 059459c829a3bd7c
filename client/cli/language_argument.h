// Checks the language codes that people type.
#ifndef TERCET_CLIENT_CLI_LANGUAGE_ARGUMENT_H_
#define TERCET_CLIENT_CLI_LANGUAGE_ARGUMENT_H_

#include <string>
#include <string_view>
#include <vector>

#include "service/base/status.h"

namespace tercet::cli {

// Returns OK for what can be a BCP-47 code. Else a usage error that says what
// was probably meant: a language's name (`chinese`: zh), a country's code
// (`cn`: zh), a slip (`chines`: zh). `option` is for the message, `--from`.
Status CheckLanguage(std::string_view option, std::string_view code);

// The same for several.
Status CheckLanguages(std::string_view option,
                      const std::vector<std::string>& codes);

// The part before the first `-` or `_`, in lower case: `zh` of `zh_TW`.
std::string PrimaryLanguage(std::string_view code);

// `zh-CN` and `ZH_cn` are the same code; `zh` is another.
bool SameCode(std::string_view a, std::string_view b);

}  // namespace tercet::cli

#endif  // TERCET_CLIENT_CLI_LANGUAGE_ARGUMENT_H_

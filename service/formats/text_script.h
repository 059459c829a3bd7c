// What languages a file says that it has, for the guess at its encoding. For
// this folder only.
#ifndef TERCET_SERVICE_FORMATS_TEXT_SCRIPT_H_
#define TERCET_SERVICE_FORMATS_TEXT_SCRIPT_H_

#include <set>
#include <span>
#include <string>
#include <string_view>

#include "service/model/language_tag.h"
#include "service/text/charset.h"

namespace tercet {

// The base languages that the beginning of a file names: in attributes of XML
// (`xml:lang="es"`), the header of PO (`Language: es`), members of JSON
// (`"es":`) and the first line of a table. `head` is in any encoding that has
// ASCII in it.
std::set<std::string> LanguagesNamedIn(std::string_view head);

// `zh` of `zh-TW`.
std::set<std::string> BaseLanguages(std::span<const LanguageTag> tags);

TextScript ScriptOf(const std::set<std::string>& languages);

}  // namespace tercet

#endif  // TERCET_SERVICE_FORMATS_TEXT_SCRIPT_H_

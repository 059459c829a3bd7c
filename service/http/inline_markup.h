// Segments as translate5 and other XLIFF tools send them to a memory: text with
// `<bpt/>`, `<ept/>`, `<ph/>`, `<it/>` in it and entities for `<`, `>`, `&`.
#ifndef TERCET_SERVICE_HTTP_INLINE_MARKUP_H_
#define TERCET_SERVICE_HTTP_INLINE_MARKUP_H_

#include <string>
#include <string_view>

#include "tercet/v1/resources.pb.h"

namespace tercet::http {

// The text with its codes. What is no such markup is text as it stands.
v1::Variant ParseMarkup(std::string_view language, std::string_view markup);

// The inverse: gives the same markup again.
std::string WriteMarkup(const v1::Variant& variant);

}  // namespace tercet::http

#endif  // TERCET_SERVICE_HTTP_INLINE_MARKUP_H_

// Writes a date or a time the way another one is written.
//
//   WriteDateLike({"21 de noviembre de 2008", "2008-11-21", "es"},
//   "2009-03-05")
//       == "5 de marzo de 2009"
#ifndef TERCET_SERVICE_TEXT_DATE_WRITER_H_
#define TERCET_SERVICE_TEXT_DATE_WRITER_H_

#include <optional>
#include <string>
#include <string_view>

#include "service/text/number_writer.h"

namespace tercet {

// `value` gives the same parts as the model's. nullopt where there is doubt.
std::optional<std::string> WriteDateLike(const WritingModel& model,
                                         std::string_view value);

// Times of day. nullopt where there is doubt.
std::optional<std::string> WriteTimeLike(const WritingModel& model,
                                         std::string_view value);

}  // namespace tercet

#endif  // TERCET_SERVICE_TEXT_DATE_WRITER_H_

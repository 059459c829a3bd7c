// The states of XLIFF and of the tools that write it.
#ifndef TERCET_SERVICE_FORMATS_XLIFF_STATE_H_
#define TERCET_SERVICE_FORMATS_XLIFF_STATE_H_

#include <string_view>

#include "service/formats/bilingual_file.h"

namespace tercet {

// Of `target/@state` (1.2), `segment/@state` (2.x), Trados' `conf` and memoQ's
// `mq:status`; kUnsaid for an empty or unknown one.
TargetState XliffStateOf(std::string_view name);

// Whether the state says that nobody has worked on the target yet.
bool IsUntouchedState(std::string_view name);

// Takes the value of an `sdl:value` of a segment, by its key.
void ReadTradosValue(std::string_view key, std::string_view value,
                     Attribution& attribution);

}  // namespace tercet

#endif  // TERCET_SERVICE_FORMATS_XLIFF_STATE_H_

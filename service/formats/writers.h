// The writers of the formats, and what they share. For this folder only:
// callers use unit_writer.h.
#ifndef TERCET_SERVICE_FORMATS_WRITERS_H_
#define TERCET_SERVICE_FORMATS_WRITERS_H_

#include <memory>

#include "service/formats/unit_writer.h"

namespace tercet {

std::unique_ptr<UnitWriter> MakeTmxWriter(WriterOptions options,
                                          ByteSink& sink);
std::unique_ptr<UnitWriter> MakeTsvWriter(WriterOptions options,
                                          ByteSink& sink);
std::unique_ptr<UnitWriter> MakeCsvWriter(WriterOptions options,
                                          ByteSink& sink);
std::unique_ptr<UnitWriter> MakeJsonlWriter(WriterOptions options,
                                            ByteSink& sink);
std::unique_ptr<UnitWriter> MakeMosesWriter(WriterOptions options,
                                            ByteSink& sink);

// Whether variants in `language` are to be written.
bool IsWanted(const WriterOptions& options, const LanguageTag& language);

}  // namespace tercet

#endif  // TERCET_SERVICE_FORMATS_WRITERS_H_

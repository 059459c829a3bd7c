// Where a unit stood, as the tools that write TMX say it: each in properties of
// its own. docs/formats/tmx.md lists them.
#ifndef TERCET_SERVICE_FORMATS_TMX_CONTEXT_H_
#define TERCET_SERVICE_FORMATS_TMX_CONTEXT_H_

#include "service/model/unit.h"

namespace tercet {

// What the properties of Trados, memoQ, MyMemory, Phrase, XTM, OmegaT, OpenTM2,
// translate-toolkit and Transifex say; fields of which they say nothing are
// empty. REQUIRES: the unit has a variant.
Origin ForeignContext(const Unit& unit);

}  // namespace tercet

#endif  // TERCET_SERVICE_FORMATS_TMX_CONTEXT_H_

// The content of a TMX `seg`: text with inline codes.
#ifndef TERCET_SERVICE_FORMATS_TMX_SEGMENT_H_
#define TERCET_SERVICE_FORMATS_TMX_SEGMENT_H_

#include <string>

#include "service/base/status.h"
#include "service/formats/tmx_scan.h"
#include "service/model/segment.h"

namespace tercet {

// Reads the `seg` whose start was read last, up to its end. White space is kept
// exactly. Of elements that TMX does not know the text is kept.
StatusOr<Segment> ReadTmxSegment(TmxScan& scan);

// Appends the content of a `seg`. Always well-formed: what of the codes cannot
// be written is left out or escaped (docs/formats/tmx.md).
void AppendTmxSegment(std::string& out, const Segment& segment);

}  // namespace tercet

#endif  // TERCET_SERVICE_FORMATS_TMX_SEGMENT_H_

// Pages and aligned releases: API messages to domain values and back.
#ifndef TERCET_SERVICE_RPC_CONVERT_RELEASE_H_
#define TERCET_SERVICE_RPC_CONVERT_RELEASE_H_

#include "service/release/align_release.h"
#include "service/release/read_page.h"
#include "service/release/release.h"
#include "service/rpc/request_check.h"
#include "tercet/v1/release_service.pb.h"

namespace tercet {

// A format that is none is a violation of `file.format`.
PageFormat PageFormatFromApi(v1::SourceFile::Format format,
                             RequestCheck& check);

v1::AlignProblem ToApi(const ReleaseProblem& problem);

// The versions and, unless `omit_beads`, the beads and what was dropped.
v1::AlignedDocument ToApi(const AlignedRelease& release, bool omit_beads);

}  // namespace tercet

#endif  // TERCET_SERVICE_RPC_CONVERT_RELEASE_H_

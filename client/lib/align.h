// Sends pages to be aligned.
//
//   Status done = AlignDocuments(client, config, next_file, take);
#ifndef TERCET_CLIENT_LIB_ALIGN_H_
#define TERCET_CLIENT_LIB_ALIGN_H_

#include <functional>
#include <optional>

#include "client/lib/client.h"
#include "service/base/status.h"
#include "tercet/v1/release_service.pb.h"

namespace tercet::client {

// Gives the next file, or nullopt after the last; called on a thread of its
// own. An error ends the whole.
using NextFile = std::function<StatusOr<std::optional<v1::SourceFile>>()>;

// Takes what the server tells, on the thread that called AlignDocuments. An
// error ends the whole.
using TakeAligned =
    std::function<Status(const v1::AlignDocumentsResponse& response)>;

// Sends the config and the files, and hands over everything that comes back;
// the last is the summary. Fails with the first error of `next`, `take` or the
// stream.
Status AlignDocuments(Client& client, const v1::AlignConfig& config,
                      const NextFile& next, const TakeAligned& take);

}  // namespace tercet::client

#endif  // TERCET_CLIENT_LIB_ALIGN_H_

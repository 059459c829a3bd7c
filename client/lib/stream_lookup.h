// Looks up a whole document, segment by segment, over one stream.
#ifndef TERCET_CLIENT_LIB_STREAM_LOOKUP_H_
#define TERCET_CLIENT_LIB_STREAM_LOOKUP_H_

#include <functional>
#include <optional>
#include <stop_token>

#include "client/lib/client.h"
#include "service/base/status.h"
#include "tercet/v1/lookup_service.pb.h"

namespace tercet::client {

// Gives the next request, or nullopt after the last one; called on a thread of
// its own. May wait for it, but not longer than until `stop` is requested.
using NextRequest =
    std::function<StatusOr<std::optional<v1::LookupSegmentRequest>>(
        const std::stop_token& stop)>;

// Takes the answer to a request, on the thread that called StreamLookup.
using TakeAnswer =
    std::function<void(const v1::LookupSegmentRequest& request,
                       const v1::StreamLookupSegmentsResponse& response)>;

// Sends requests as they come and hands over the answers as they come, in the
// order of the requests. A request whose text is empty is not sent and gets an
// empty answer; one whose text is not UTF-8 gets an answer with `error`
// TEXT_NOT_UTF8. Returns the error of `next` or of the stream; answers before
// it have been handed over.
Status StreamLookup(Client& client, const NextRequest& next,
                    const TakeAnswer& take);

}  // namespace tercet::client

#endif  // TERCET_CLIENT_LIB_STREAM_LOOKUP_H_

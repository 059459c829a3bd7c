// Lookups: API messages to domain values and back.
#ifndef TERCET_SERVICE_RPC_CONVERT_LOOKUP_H_
#define TERCET_SERVICE_RPC_CONVERT_LOOKUP_H_

#include <string>
#include <string_view>
#include <vector>

#include "service/memory/types.h"
#include "service/rpc/request_check.h"
#include "tercet/v1/lookup_service.pb.h"

namespace tercet {

// The query that `request` describes, `parent` aside. Adds all that is wrong
// with it, with `path` (e.g. "requests[2].") before the field names.
LookupQuery QueryFromApi(const v1::LookupSegmentRequest& request,
                         std::string_view path, RequestCheck& check);

// As above, of the fields `query` and `target_language_codes` alone.
using LanguageCodes = google::protobuf::RepeatedPtrField<std::string>;
LookupQuery QueryFromApi(const v1::Query& from, const LanguageCodes& targets,
                         std::string_view path, RequestCheck& check);

// `query` is what was asked: the edits' places in it become code points.
v1::Match ToApi(const Match& match, const LookupQuery& query);

}  // namespace tercet

#endif  // TERCET_SERVICE_RPC_CONVERT_LOOKUP_H_

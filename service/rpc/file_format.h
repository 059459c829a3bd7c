// The exchange formats in the API and in the domain.
#ifndef TERCET_SERVICE_RPC_FILE_FORMAT_H_
#define TERCET_SERVICE_RPC_FILE_FORMAT_H_

#include <string_view>

#include "service/formats/file_format.h"
#include "service/rpc/request_check.h"
#include "tercet/v1/memory_service.pb.h"

namespace tercet {

// An unset or unknown format is a violation of `field`.
FileFormat FormatFromApi(v1::FileFormat format, std::string_view field,
                         RequestCheck& check);

}  // namespace tercet

#endif  // TERCET_SERVICE_RPC_FILE_FORMAT_H_

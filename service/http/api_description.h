// The API's protos with their comments, as protoc describes them.
#ifndef TERCET_SERVICE_HTTP_API_DESCRIPTION_H_
#define TERCET_SERVICE_HTTP_API_DESCRIPTION_H_

#include <vector>

#include "google/protobuf/descriptor.h"

namespace tercet::http {

// The files of package tercet.v1 that have services, with their comments
// (SourceLocation) and options. Their messages are descriptions only.
std::vector<const google::protobuf::FileDescriptor*> DescribedFiles();

// The same method as the program has it compiled in.
const google::protobuf::MethodDescriptor& CompiledMethod(
    const google::protobuf::MethodDescriptor& described);

}  // namespace tercet::http

#endif  // TERCET_SERVICE_HTTP_API_DESCRIPTION_H_

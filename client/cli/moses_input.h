// The files of Moses text on a command line.
#ifndef TERCET_CLIENT_CLI_MOSES_INPUT_H_
#define TERCET_CLIENT_CLI_MOSES_INPUT_H_

#include <memory>
#include <string>
#include <vector>

#include "client/job/moses_source.h"
#include "client/lib/byte_source.h"
#include "service/base/status.h"
#include "tercet/v1/memory_service.pb.h"

namespace tercet::cli {

// The files that `typed` names as `en=news.en zh=news.zh`, or, where `format`
// is `moses`, as `news.en news.zh.gz`. Empty where they are no Moses text: not
// one argument is of the first form, or is the name of a file as it stands.
// Fails with a usage error.
StatusOr<std::vector<MosesFile>> MosesFilesOf(
    const std::vector<std::string>& typed, const std::string& format);

// `news.en, news.zh`.
std::string ShownNames(const std::vector<MosesFile>& files);

// Opens the files; what is odd about their encodings goes to the config or,
// where that is strict, is an error (FILE_MALFORMED).
StatusOr<std::unique_ptr<client::ByteSource>> OpenMosesInput(
    const std::vector<MosesFile>& files, v1::ImportConfig& config);

}  // namespace tercet::cli

#endif  // TERCET_CLIENT_CLI_MOSES_INPUT_H_

#include "client/cli/environment.h"

namespace tercet::cli {

void Put(std::FILE* stream, std::string_view text) {
  std::fwrite(text.data(), 1, text.size(), stream);
}

}  // namespace tercet::cli

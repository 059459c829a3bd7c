#include "tests/support/shared_data.h"

#include <cstdlib>
#include <filesystem>

namespace tercet {

std::optional<std::string> SharedData(std::string_view path) {
  namespace fs = std::filesystem;
  const char* const from_environment = std::getenv("TERCET_SHARED_DATA");
  // This file is tests/support/shared_data.cc of the sources.
  const fs::path root = from_environment != nullptr ? fs::path(from_environment)
                                                    : fs::path(__FILE__)
                                                              .parent_path()
                                                              .parent_path()
                                                              .parent_path()
                                                              .parent_path() /
                                                          "shared" / "data";
  const fs::path full = root / path;
  std::error_code error;
  if (!fs::exists(full, error)) return std::nullopt;
  return full.string();
}

}  // namespace tercet

#include "tests/support/temp_dir.h"

#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <system_error>

#include "fmt/format.h"

namespace tercet {
namespace {

[[noreturn]] void Fail(std::string_view what, std::string_view path) {
  fmt::print(stderr, "cannot {} {}\n", what, path);
  std::abort();
}

}  // namespace

TempDir::TempDir()
    : path_(std::filesystem::temp_directory_path() / "tercet-test-XXXXXX") {
  if (mkdtemp(path_.data()) == nullptr) Fail("create", path_);
}

TempDir::~TempDir() {
  // A test may have taken the right to write away from what is in it.
  std::error_code ignored;
  std::filesystem::permissions(path_, std::filesystem::perms::owner_all,
                               ignored);
  std::filesystem::remove_all(path_, ignored);
}

std::string TempDir::Join(std::string_view name) const {
  return fmt::format("{}/{}", path_, name);
}

void WriteFile(const std::string& path, std::string_view content) {
  std::ofstream file(path, std::ios::binary);
  file.write(content.data(), static_cast<std::streamsize>(content.size()));
  file.close();
  if (!file) Fail("write", path);
}

std::string ReadFile(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file) Fail("read", path);
  return std::string(std::istreambuf_iterator<char>(file), {});
}

}  // namespace tercet

// A directory for one test, removed with all that is in it.
#ifndef TERCET_TESTS_SUPPORT_TEMP_DIR_H_
#define TERCET_TESTS_SUPPORT_TEMP_DIR_H_

#include <string>
#include <string_view>

namespace tercet {

// Made empty by the constructor, removed by the destructor.
class TempDir {
 public:
  TempDir();
  ~TempDir();
  TempDir(const TempDir&) = delete;
  TempDir& operator=(const TempDir&) = delete;

  const std::string& path() const { return path_; }

  // The path of `name` in it; nothing is created.
  std::string Join(std::string_view name) const;

 private:
  std::string path_;
};

// Writes and reads whole files. Failing, they end the test program.
void WriteFile(const std::string& path, std::string_view content);
std::string ReadFile(const std::string& path);

}  // namespace tercet

#endif  // TERCET_TESTS_SUPPORT_TEMP_DIR_H_

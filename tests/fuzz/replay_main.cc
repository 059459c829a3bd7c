// Runs a fuzz target without libFuzzer: over every file of a corpus, then over
// mutations of them that are the same in every run.
//
//   fuzz_key tests/fuzz/corpus/key      a directory, with mutations
//   fuzz_key fuzz_key.input             one file, as it is
//
// The input at work is in the file PROGRAM.input of the working directory, so
// that a crash leaves what caused it.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <random>
#include <string>
#include <vector>

#include "fmt/format.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size);

namespace {

namespace fs = std::filesystem;

constexpr uint64_t kSeed = 20261123;
// A second or less for most targets.
constexpr int kMaxMutations = 20'000;
constexpr size_t kMaxMutatedBytes = 16 << 20;

std::string ReadFile(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  return std::string(std::istreambuf_iterator<char>(file), {});
}

// Runs the target; the input at work is in the file.
class Target {
 public:
  explicit Target(const std::string& program)
      : path_(program + ".input"), file_(path_, std::ios::binary) {}

  void Run(const std::string& input) {
    // One open file, since opening it each time would wait for the disk.
    file_.seekp(0);
    file_ << input << std::flush;
    fs::resize_file(path_, input.size());
    LLVMFuzzerTestOneInput(reinterpret_cast<const uint8_t*>(input.data()),
                           input.size());
  }

 private:
  const fs::path path_;
  std::ofstream file_;
};

// Makes inputs that resemble those of a corpus.
class Mutator {
 public:
  explicit Mutator(const std::vector<std::string>& corpus) : corpus_(corpus) {}

  // Some input of the corpus with one to four changes.
  std::string Make() {
    std::string input = Pick();
    for (size_t changes = Below(4) + 1; changes > 0; --changes) Change(input);
    return input;
  }

 private:
  // 0 to `limit` - 1; 0 if the limit is 0.
  size_t Below(size_t limit) { return limit == 0 ? 0 : random_() % limit; }

  const std::string& Pick() { return corpus_[Below(corpus_.size())]; }

  char RandomByte() {
    // Those that lengths, tags, markup and UTF-8 hang on come more often.
    static constexpr char kTelling[] = {'\x00', '\x01', '\x7F', '\x80', '\xBF',
                                        '\xC3', '\xE4', '\xF0', '\xFF', '<',
                                        '>',    '&',    '"',    '\t',   '\n'};
    return Below(2) == 0 ? kTelling[Below(std::size(kTelling))]
                         : static_cast<char>(random_());
  }

  // A stretch of `from`, mostly short.
  std::string Stretch(const std::string& from) {
    return from.substr(Below(from.size()), Below(Below(64) + 1));
  }

  void Change(std::string& input) {
    const size_t at = Below(input.size());
    switch (Below(6)) {
      case 0:
        if (!input.empty()) input[at] = RandomByte();
        break;
      case 1:
        input.insert(at, 1, RandomByte());
        break;
      case 2:
        input.erase(at, Below(16) + 1);
        break;
      case 3:
        input.resize(at);
        break;
      case 4:
        input.insert(at, Stretch(input));
        break;
      case 5:
        input.insert(at, Stretch(Pick()));
        break;
    }
  }

  const std::vector<std::string>& corpus_;
  std::mt19937_64 random_{kSeed};
};

// By name, so that each run meets them in the same order.
std::vector<std::string> ReadCorpus(const fs::path& directory) {
  std::vector<fs::path> paths;
  for (const fs::directory_entry& entry : fs::directory_iterator(directory)) {
    paths.push_back(entry.path());
  }
  std::ranges::sort(paths);
  std::vector<std::string> corpus;
  for (const fs::path& path : paths) corpus.push_back(ReadFile(path));
  return corpus;
}

int ReplayDirectory(const fs::path& directory, Target& target) {
  const std::vector<std::string> corpus = ReadCorpus(directory);
  if (corpus.empty()) {
    fmt::print(stderr, "no corpus in {}\n", directory.string());
    return 1;
  }
  for (const std::string& input : corpus) target.Run(input);

  Mutator mutator(corpus);
  int mutations = 0;
  for (size_t bytes = 0; mutations < kMaxMutations && bytes < kMaxMutatedBytes;
       ++mutations) {
    const std::string input = mutator.Make();
    bytes += input.size();
    target.Run(input);
  }
  fmt::print("{} inputs, {} mutations of them\n", corpus.size(), mutations);
  return 0;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 2 || !fs::exists(argv[1])) {
    fmt::print(stderr, "usage: {} CORPUS_DIRECTORY|INPUT_FILE\n", argv[0]);
    return 2;
  }
  // Read first: it may be the very file that the target writes.
  const std::string input = fs::is_directory(argv[1]) ? "" : ReadFile(argv[1]);
  Target target(fs::path(argv[0]).filename().string());
  if (fs::is_directory(argv[1])) return ReplayDirectory(argv[1], target);
  target.Run(input);
  return 0;
}

// How many releases a minute go from pages to units, without a server.
//
//   release_bench FOLDER [COPIES]   all pages below FOLDER but *.txt, COPIES
//                                   times under other names
#include <fmt/format.h>

#include <chrono>
#include <cstdlib>
#include <ctime>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <string_view>
#include <vector>

#include "bench/must.h"
#include "service/base/hash.h"
#include "service/base/parallel.h"
#include "service/release/align_releases.h"
#include "service/release/group_pages.h"

namespace tercet::bench {
namespace {

namespace fs = std::filesystem;

struct PageSource {
  std::string name;
  std::string bytes;
};

std::string ReadBytes(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

// The shared folder has the text of each page beside it, too: left out.
std::vector<PageSource> LoadPages(const std::string& folder, size_t copies) {
  std::vector<PageSource> pages;
  for (const auto& entry : fs::recursive_directory_iterator(folder)) {
    const fs::path& path = entry.path();
    if (!entry.is_regular_file() || path.extension() == ".txt") continue;
    const std::string name = path.lexically_relative(folder).generic_string();
    for (size_t copy = 0; copy < copies; ++copy) {
      pages.push_back(
          {.name = fmt::format("{}/{}", copy, name), .bytes = ReadBytes(path)});
    }
  }
  return pages;
}

// Wall and processor time, in seconds.
struct Times {
  double wall = 0;
  double cpu = 0;
};

Times Now() {
  timespec cpu{};
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &cpu);
  return {.wall = std::chrono::duration<double>(
                      std::chrono::steady_clock::now().time_since_epoch())
                      .count(),
          .cpu = static_cast<double>(cpu.tv_sec) +
                 static_cast<double>(cpu.tv_nsec) / 1e9};
}

void PrintPart(std::string_view what, const Times& begin, size_t releases) {
  const Times end = Now();
  const auto count = static_cast<double>(releases);
  fmt::print(
      "{:8} {:7.2f} s, {:7.2f} s of processors; {:6.0f} a minute, {:6.0f} a "
      "minute of one processor\n",
      what, end.wall - begin.wall, end.cpu - begin.cpu,
      60 * count / (end.wall - begin.wall), 60 * count / (end.cpu - begin.cpu));
}

std::vector<SourcePage> ReadAll(const std::vector<PageSource>& files) {
  std::vector<SourcePage> pages(files.size());
  Must(ParallelFor(files.size(), ProcessorCount(), [&](size_t i) {
    pages[i].file = files[i].name;
    pages[i].page =
        Must(ReadPage({.name = files[i].name, .bytes = files[i].bytes}));
    return OkStatus();
  }));
  return pages;
}

void Run(const std::string& folder, size_t copies) {
  const std::vector<PageSource> files = LoadPages(folder, copies);
  const Times begin = Now();
  GroupedPages grouped = GroupPages(ReadAll(files));
  const size_t count = grouped.releases.size();
  fmt::print("{} files, {} releases, {} processors\n", files.size(), count,
             ProcessorCount());
  PrintPart("reading", begin, count);
  const Times read = Now();
  size_t units = 0;
  // Tells whether two builds give the same.
  std::string beads;
  std::vector<ReleaseProblem> problems;
  Must(AlignReleases(
      std::move(grouped.releases), {.threads = ProcessorCount()},
      [&](const AlignedRelease& release) {
        for (const AlignedUnit& unit : UnitsOf(release)) {
          ++units;
          beads += fmt::format("{} {} {:.5f}\n", release.document, unit.bead,
                               unit.confidence);
          for (const Variant& variant : unit.unit.variants) {
            beads += variant.segment.text + "\n";
          }
        }
        return OkStatus();
      },
      problems));
  PrintPart("aligning", read, count);
  PrintPart("all", begin, count);
  fmt::print("{} units, {} problems, {:016x}\n", units, problems.size(),
             HashBytes64(beads));
}

}  // namespace
}  // namespace tercet::bench

int main(int argc, char** argv) {
  if (argc < 2 || argc > 3) {
    fmt::print(stderr, "usage: release_bench FOLDER [COPIES]\n");
    return EXIT_FAILURE;
  }
  const int copies = argc > 2 ? std::atoi(argv[2]) : 1;
  tercet::bench::Run(argv[1], copies < 1 ? 1 : static_cast<size_t>(copies));
}

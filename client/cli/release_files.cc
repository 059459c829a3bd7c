#include "client/cli/release_files.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <filesystem>
#include <stop_token>
#include <system_error>
#include <utility>

#include "client/lib/byte_source.h"
#include "client/lib/line_reader.h"
#include "service/base/utf8.h"

namespace tercet::cli {
namespace {

namespace fs = std::filesystem;

constexpr size_t kMaxPageBytes = 8 * 1024 * 1024;

bool MayBePage(const fs::path& path) {
  static constexpr std::array<std::string_view, 12> kEndings = {
      ".html", ".htm", ".xhtml", ".shtml",    ".php", ".asp",
      ".aspx", ".md",  ".txt",   ".markdown", ".wml", ".text"};
  std::string ending = path.extension().string();
  std::transform(ending.begin(), ending.end(), ending.begin(), [](char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
  });
  return std::find(kEndings.begin(), kEndings.end(), ending) != kEndings.end();
}

// Greedy matching with one place to fall back to, so that it never takes more
// than the product of the lengths.
bool GlobMatches(std::string_view glob, std::string_view text) {
  size_t g = 0;
  size_t t = 0;
  size_t star = std::string_view::npos;
  size_t star_text = 0;
  while (t < text.size()) {
    if (g < glob.size() && glob[g] == '*') {
      star = g++;
      star_text = t;
    } else if (g < glob.size() && (glob[g] == '?' || glob[g] == text[t])) {
      ++g;
      ++t;
    } else if (star != std::string_view::npos) {
      g = star + 1;
      t = ++star_text;
    } else {
      return false;
    }
  }
  while (g < glob.size() && glob[g] == '*') ++g;
  return g == glob.size();
}

Status Unreadable(const std::string& path, const std::error_code& error) {
  return MakeError(StatusCode::kInvalidArgument,
                   fmt::format("cannot read '{}': {}", path, error.message()),
                   {.reason = "FILE_UNREADABLE"});
}

Status InvalidLine(const std::string& path, size_t line,
                   std::string_view what) {
  return MakeError(StatusCode::kInvalidArgument,
                   fmt::format("{}:{}: {}", path, line, what),
                   {.reason = "FILE_MALFORMED",
                    .metadata = {{"line", std::to_string(line)}}});
}

std::vector<std::string> CellsOf(std::string_view line) {
  std::vector<std::string> cells;
  while (true) {
    const size_t tab = line.find('\t');
    cells.emplace_back(line.substr(0, tab));
    if (tab == std::string_view::npos) return cells;
    line.remove_prefix(tab + 1);
  }
}

}  // namespace

ReleaseFile ParseReleaseArgument(std::string_view argument) {
  const size_t equals = argument.find('=');
  const std::string_view language = argument.substr(0, equals);
  const bool is_language =
      equals != std::string_view::npos && language.size() >= 2 &&
      language.size() <= 12 &&
      language.find_first_of("./\\") == std::string_view::npos;
  std::string path(is_language ? argument.substr(equals + 1) : argument);
  return {.path = path,
          .name = path,
          .language = is_language ? std::string(language) : ""};
}

StatusOr<std::vector<ReleaseFile>> FilesUnder(const std::string& folder,
                                              const std::string& glob) {
  std::vector<ReleaseFile> files;
  std::error_code error;
  fs::recursive_directory_iterator entry(
      folder, fs::directory_options::follow_directory_symlink, error);
  // Deep enough for any site; links in a circle end here.
  constexpr int kMaxFolders = 40;
  for (; !error && entry != fs::recursive_directory_iterator();
       entry.increment(error)) {
    const fs::path& path = entry->path();
    const std::string name = path.lexically_relative(folder).generic_string();
    const bool hidden = path.filename().string().starts_with(".");
    if (entry->is_directory(error)) {
      if (hidden || entry.depth() >= kMaxFolders) {
        entry.disable_recursion_pending();
      }
      continue;
    }
    const bool wanted = glob.empty()
                            ? MayBePage(path)
                            : GlobMatches(glob, path.filename().string()) ||
                                  GlobMatches(glob, name);
    if (!hidden && wanted) {
      files.push_back({.path = path.string(), .name = name});
    }
  }
  if (error) return Unreadable(folder, error);
  std::sort(files.begin(), files.end(),
            [](const ReleaseFile& a, const ReleaseFile& b) {
              return a.name < b.name;
            });
  return files;
}

StatusOr<std::vector<ReleaseFile>> ReadManifest(const std::string& path) {
  ASSIGN_OR_RETURN(const std::unique_ptr<client::ByteSource> source,
                   client::OpenFileSource(path));
  client::LineReader lines(*source);
  const fs::path folder = fs::path(path).parent_path();
  std::vector<ReleaseFile> files;
  for (size_t number = 1;; ++number) {
    ASSIGN_OR_RETURN(const std::optional<std::string> line,
                     lines.Next(std::stop_token()));
    if (!line.has_value()) return files;
    if (line->empty() || line->starts_with("#")) continue;
    const std::vector<std::string> cells = CellsOf(*line);
    if (number == 1 && cells[0] == "file") continue;
    if (cells.size() != 3 || cells[0].empty()) {
      return InvalidLine(path, number,
                         "a line has a file, a language and a document, with "
                         "tabs between them");
    }
    if (!IsValidUtf8(*line)) return InvalidLine(path, number, "no UTF-8");
    files.push_back({.path = (folder / cells[0]).string(),
                     .name = cells[0],
                     .document = cells[2],
                     .language = cells[1]});
  }
}

StatusOr<v1::SourceFile> LoadReleaseFile(const ReleaseFile& file) {
  ASSIGN_OR_RETURN(const std::unique_ptr<client::ByteSource> source,
                   client::OpenFileSource(file.path));
  v1::SourceFile loaded;
  // A proto holds UTF-8 only; the path may be anything.
  loaded.set_name(IsValidUtf8(file.name) ? file.name
                                         : PrintableUtf8(file.name, 1000));
  loaded.set_document(file.document);
  loaded.set_language_code(file.language);
  std::string& content = *loaded.mutable_content();
  while (content.size() <= kMaxPageBytes) {
    std::array<char, 64 * 1024> buffer;
    const size_t most =
        std::min(buffer.size(), kMaxPageBytes + 1 - content.size());
    ASSIGN_OR_RETURN(const size_t count,
                     source->Read({buffer.data(), most}, std::stop_token()));
    if (count == 0) break;
    content.append(buffer.data(), count);
  }
  return loaded;
}

}  // namespace tercet::cli

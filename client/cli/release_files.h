// The files of releases: named one by one, in folders, or in a manifest.
#ifndef TERCET_CLIENT_CLI_RELEASE_FILES_H_
#define TERCET_CLIENT_CLI_RELEASE_FILES_H_

#include <string>
#include <string_view>
#include <vector>

#include "service/base/status.h"
#include "tercet/v1/release_service.pb.h"

namespace tercet::cli {

// A file to be sent.
struct ReleaseFile {
  std::string path;      // Where it is.
  std::string name;      // What it is called: below its folder, with `/`.
  std::string document;  // Empty: by the name.
  std::string language;  // Empty: by the name, or by what is in it.

  friend bool operator==(const ReleaseFile&, const ReleaseFile&) = default;
};

// `en=page.html` names the language, `page.html` does not.
ReleaseFile ParseReleaseArgument(std::string_view argument);

// All files under a folder that may be pages (html, htm, xhtml, md, txt, wml
// ...), in the order of their names; hidden ones are left out. `glob`, where it
// is not empty, must match the file's name or its path below the folder: `*` is
// anything, `?` one character. Fails with FILE_UNREADABLE.
StatusOr<std::vector<ReleaseFile>> FilesUnder(const std::string& folder,
                                              const std::string& glob);

// A manifest: lines of file, language and document, parted by tabs; empty
// lines and lines that begin with `#` are left out; a first line `file
// language document` is a header. Files are relative to the manifest's folder.
// Fails with FILE_UNREADABLE, and with FILE_MALFORMED, which names the line.
StatusOr<std::vector<ReleaseFile>> ReadManifest(const std::string& path);

// The file with its bytes. Fails with FILE_UNREADABLE; a file of more than 8
// MiB is cut one byte behind that, which the server refuses as too large.
StatusOr<v1::SourceFile> LoadReleaseFile(const ReleaseFile& file);

}  // namespace tercet::cli

#endif  // TERCET_CLIENT_CLI_RELEASE_FILES_H_

#include "service/http/page.h"

#include <algorithm>
#include <array>
#include <vector>

#include "fmt/format.h"
#include "service/base/hash.h"
#include "service/http/error_json.h"
#include "service/http/url.h"

namespace tercet::http {
namespace {

constexpr std::string_view kCompressed = ".gz";
constexpr std::string_view kIndex = "index.html";

struct MediaType {
  std::string_view ending;
  std::string_view type;
};
constexpr MediaType kTypes[] = {
    {".html", "text/html; charset=utf-8"},
    {".js", "text/javascript; charset=utf-8"},
    {".css", "text/css; charset=utf-8"},
    {".svg", "image/svg+xml"},
};

// Texts of memories come from anywhere. Should one ever get into the page as
// markup, it can neither run nor send anything away.
constexpr std::string_view kContentSecurityPolicy =
    "default-src 'none'; script-src 'self'; style-src 'self'; "
    "img-src 'self'; connect-src 'self'; base-uri 'none'; "
    "form-action 'none'; frame-ancestors 'none'; "
    "require-trusted-types-for 'script'; trusted-types 'none'";

constexpr std::array<std::array<std::string_view, 2>, 9> kFields = {{
    {"Content-Security-Policy", kContentSecurityPolicy},
    {"X-Content-Type-Options", "nosniff"},
    {"X-Frame-Options", "DENY"},
    {"Referrer-Policy", "no-referrer"},
    {"Cross-Origin-Opener-Policy", "same-origin"},
    {"Cross-Origin-Resource-Policy", "same-origin"},
    {"Permissions-Policy", "camera=(), geolocation=(), microphone=()"},
    // Always asked for anew, by the ETag: a server that was updated is never
    // shown with the page of the one before.
    {"Cache-Control", "no-cache"},
    {"Vary", "Accept-Encoding"},
}};

std::string_view TypeOf(std::string_view path) {
  const auto* found = std::ranges::find_if(
      kTypes,
      [path](const MediaType& type) { return path.ends_with(type.ending); });
  return found == std::end(kTypes) ? "application/octet-stream" : found->type;
}

std::string EtagOf(std::string_view content) {
  const Hash128 hash = HashBytes128(content);
  return fmt::format("\"{:016x}{:016x}\"", hash.high, hash.low);
}

std::string_view Trim(std::string_view text) {
  const size_t begin = std::min(text.find_first_not_of(" \t"), text.size());
  return text.substr(begin, text.find_last_not_of(" \t") + 1 - begin);
}

// The entries of a list in a header field.
std::vector<std::string_view> ListOf(std::string_view field) {
  std::vector<std::string_view> entries;
  while (!field.empty()) {
    const size_t comma = std::min(field.find(','), field.size());
    entries.push_back(Trim(field.substr(0, comma)));
    field.remove_prefix(std::min(comma + 1, field.size()));
  }
  return entries;
}

bool TakesGzip(const Request& request) {
  for (const std::string_view entry :
       ListOf(request.FieldValue("Accept-Encoding"))) {
    const size_t semicolon = std::min(entry.find(';'), entry.size());
    if (Trim(entry.substr(0, semicolon)) != "gzip") continue;
    // `q=0`, `q=0.000`: never.
    const std::string_view weight = entry.substr(semicolon);
    return weight.find("q=0") == weight.npos ||
           weight.find_first_of("123456789") != weight.npos;
  }
  return false;
}

bool HasAlready(const Request& request, std::string_view etag) {
  for (std::string_view entry : ListOf(request.FieldValue("If-None-Match"))) {
    if (entry.starts_with("W/")) entry.remove_prefix(2);
    if (entry == etag || entry == "*") return true;
  }
  return false;
}

}  // namespace

Page::Page(std::span<const EmbeddedFile> files) {
  for (const EmbeddedFile& file : files) {
    std::string_view name = file.path;
    const bool compressed = name.ends_with(kCompressed);
    if (compressed) name.remove_suffix(kCompressed.size());
    File& entry = files_[fmt::format("/{}", name == kIndex ? "" : name)];
    entry.type = TypeOf(name);
    Form& form = compressed ? entry.gzip : entry.plain;
    form.content = file.content;
    form.etag = EtagOf(file.content);
  }
}

std::optional<Response> Page::Answer(const Request& request) const {
  const auto found = files_.find(SplitTarget(request.target).path);
  if (found == files_.end()) return std::nullopt;
  if (request.method != "GET" && request.method != "HEAD") {
    Response refusal = MakeErrorResponse(
        405, StatusCode::kInvalidArgument, "HTTP_METHOD_UNKNOWN",
        "a page can only be got: GET and HEAD are for this address");
    refusal.fields.push_back({"Allow", "GET, HEAD"});
    return refusal;
  }
  const File& file = found->second;
  const bool compressed = TakesGzip(request);
  const Form& form = compressed ? file.gzip : file.plain;
  Response response =
      HasAlready(request, form.etag)
          ? Response{.status = 304, .fields = {}, .body = ""}
          : MakeResponse(200, file.type, std::string(form.content));
  if (compressed && response.status == 200) {
    response.fields.push_back({"Content-Encoding", "gzip"});
  }
  response.fields.push_back({"ETag", form.etag});
  for (const auto& [name, value] : kFields) {
    response.fields.push_back({std::string(name), std::string(value)});
  }
  return response;
}

}  // namespace tercet::http

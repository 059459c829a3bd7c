// The address of a request and form bodies, taken apart.
#ifndef TERCET_SERVICE_HTTP_URL_H_
#define TERCET_SERVICE_HTTP_URL_H_

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace tercet::http {

// A decoded `name=value`.
struct Parameter {
  std::string name;
  std::string value;

  friend bool operator==(const Parameter&, const Parameter&) = default;
};

// What a form or a query string holds, in order.
using Parameters = std::vector<Parameter>;

// The last value of that name; nullopt when there is none.
std::optional<std::string> FindParameter(const Parameters& parameters,
                                         std::string_view name);

// `path?query`, still encoded; absolute addresses lose scheme and host.
struct Target {
  std::string_view path;   // Views of the argument of SplitTarget.
  std::string_view query;  // Without the `?`.
};
Target SplitTarget(std::string_view target);

// Replaces `%XX`; what is no such escape stays as it is. A plus sign is a plus
// sign: this is for paths.
std::string DecodePath(std::string_view text);

// As above, but a plus sign is a space: for what is encoded as in a form.
std::string DecodeForm(std::string_view text);

// `application/x-www-form-urlencoded`.
Parameters ParseForm(std::string_view text);

// Everything but letters, digits and `-._~` as `%XX`.
std::string EncodePath(std::string_view text);

}  // namespace tercet::http

#endif  // TERCET_SERVICE_HTTP_URL_H_

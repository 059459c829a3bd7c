#include "service/http/route.h"

#include <utility>

namespace tercet::http {
namespace {

// `/a//b` has the segments `a`, ``, `b`.
std::vector<std::string_view> SplitSegments(std::string_view path) {
  std::vector<std::string_view> segments;
  if (path.starts_with('/')) path.remove_prefix(1);
  while (true) {
    const size_t slash = path.find('/');
    segments.push_back(path.substr(0, slash));
    if (slash == path.npos) return segments;
    path.remove_prefix(slash + 1);
  }
}

// `memories` -> `memory`, `units` -> `unit`: what a star behind it is called.
std::string Singular(std::string_view collection) {
  if (collection.ends_with("ies")) {
    return std::string(collection.substr(0, collection.size() - 3)) + "y";
  }
  if (collection.ends_with("s")) collection.remove_suffix(1);
  return std::string(collection);
}

}  // namespace

PathTemplate::PathTemplate(std::string_view text) {
  std::string plain(text);
  size_t begin = plain.find('{');
  if (begin != plain.npos) {
    const size_t end = plain.find('}', begin);
    const size_t equals = plain.find('=', begin);
    variable_ = plain.substr(begin + 1, equals - begin - 1);
    const std::string pattern = plain.substr(equals + 1, end - equals - 1);
    variable_begin_ = SplitSegments(plain.substr(0, begin)).size() - 1;
    variable_end_ = variable_begin_ + SplitSegments(pattern).size();
    plain = plain.substr(0, begin) + pattern + plain.substr(end + 1);
  }
  if (const size_t colon = plain.find(':'); colon != plain.npos) {
    verb_ = plain.substr(colon + 1);
    plain.resize(colon);
  }
  for (const std::string_view segment : SplitSegments(plain)) {
    openapi_path_ += '/';
    if (segment == "*") {
      openapi_parameters_.push_back(Singular(segments_.back()));
      openapi_path_ += "{" + openapi_parameters_.back() + "}";
    } else {
      openapi_path_ += segment;
    }
    segments_.emplace_back(segment);
  }
  if (!verb_.empty()) openapi_path_ += ":" + verb_;
}

std::optional<Parameters> PathTemplate::Match(std::string_view path) const {
  if (!verb_.empty()) {
    if (!path.ends_with(verb_)) return std::nullopt;
    path.remove_suffix(verb_.size());
    if (!path.ends_with(':')) return std::nullopt;
    path.remove_suffix(1);
  }
  const std::vector<std::string_view> segments = SplitSegments(path);
  if (segments.size() != segments_.size()) return std::nullopt;
  std::string value;
  for (size_t i = 0; i < segments.size(); ++i) {
    const std::string segment = DecodePath(segments[i]);
    if (segments_[i] == "*" ? segment.empty() : segment != segments_[i]) {
      return std::nullopt;
    }
    // `memories/x:lookup` is a verb that this template does not have.
    if (segments_[i] == "*" &&
        segments[i].find(':') != std::string_view::npos) {
      return std::nullopt;
    }
    if (i >= variable_begin_ && i < variable_end_) {
      if (!value.empty()) value += '/';
      value += segment;
    }
  }
  if (variable_.empty()) return Parameters();
  return Parameters{{variable_, std::move(value)}};
}

}  // namespace tercet::http

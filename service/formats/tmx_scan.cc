#include "service/formats/tmx_scan.h"

#include <algorithm>
#include <utility>

namespace tercet {
namespace {

char ToLower(char c) { return c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c; }

}  // namespace

std::string TmxElementName(const XmlEvent& event) {
  // npos + 1 is 0: without a prefix the name is the whole.
  std::string name(event.name.substr(event.name.rfind(':') + 1));
  std::ranges::transform(name, name.begin(), ToLower);
  return name;
}

void TmxScan::Reset() {
  warnings_.clear();
  bytes_ = 0;
  too_large_ = false;
  too_deep_ = false;
}

StatusOr<XmlEvent> TmxScan::Next() {
  while (true) {
    ASSIGN_OR_RETURN(const XmlEvent* event, xml_.Next());
    if (event == nullptr) return MalformedFile({}, "the file ends too early");
    if (event->kind == XmlEvent::Kind::kOddity) {
      Warn(event->position, event->reason, std::string(event->text));
    } else if (event->kind != XmlEvent::Kind::kOther) {
      return *event;
    }
  }
}

Status TmxScan::SkipElement() {
  for (int depth = 1; depth > 0;) {
    ASSIGN_OR_RETURN(const XmlEvent event, Next());
    if (event.kind == XmlEvent::Kind::kStart) ++depth;
    if (event.kind == XmlEvent::Kind::kEnd) --depth;
  }
  return OkStatus();
}

StatusOr<std::string> TmxScan::ReadText() {
  std::string text;
  for (int depth = 1; depth > 0;) {
    ASSIGN_OR_RETURN(const XmlEvent event, Next());
    if (event.kind == XmlEvent::Kind::kStart) ++depth;
    if (event.kind == XmlEvent::Kind::kEnd) --depth;
    if (event.kind == XmlEvent::Kind::kText) Append(text, event.text);
  }
  return text;
}

void TmxScan::Warn(const FilePosition& position, std::string_view reason,
                   std::string message) {
  if (!Charge(sizeof(ReadProblem) + message.size())) return;
  warnings_.push_back({.line = position.line,
                       .offset = position.offset,
                       .reason = std::string(reason),
                       .message = std::move(message)});
}

bool TmxScan::Charge(size_t bytes) {
  bytes_ += bytes;
  if (bytes_ > kMaxReadBytes) too_large_ = true;
  return !too_large_;
}

void TmxScan::Append(std::string& out, std::string_view text) {
  if (Charge(text.size())) out += text;
}

}  // namespace tercet

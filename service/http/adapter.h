// A protocol of translator tools, served below a base path. Each is one small
// file that turns its requests into our own calls.
#ifndef TERCET_SERVICE_HTTP_ADAPTER_H_
#define TERCET_SERVICE_HTTP_ADAPTER_H_

#include <string>
#include <string_view>
#include <vector>

#include "service/http/http_message.h"
#include "service/http/http_server.h"
#include "service/http/url.h"

namespace tercet::http {

// Who may write by way of the tools' protocols, most of which know no users.
struct WriteRule {
  enum class Who : unsigned char { kNobody, kTokenHolders, kEverybody };

  Who who = Who::kNobody;
  std::string token;   // For kTokenHolders.
  std::string memory;  // Where units go that name no memory.
};

// A request as an adapter sees it.
struct ToolRequest {
  // The memories to ask: none are all.
  std::vector<std::string> memories() const {
    return memory.empty() ? std::vector<std::string>()
                          : std::vector<std::string>{memory};
  }

  const Request& request;
  std::string memory;     // From `/memories/{memory}` before the base; empty:
                          // the address names none.
  std::string_view path;  // Behind the base, encoded, without query string.
  Parameters query;
};

// Thread-safe.
class Adapter {
 public:
  virtual ~Adapter() = default;

  // Whether the body is read piece by piece.
  virtual bool Streams(const ToolRequest& request) const { return false; }
  virtual Response Answer(const ToolRequest& request) = 0;
  // Only for requests that Streams is true of.
  virtual void AnswerStream(const ToolRequest& request, Stream& stream) {}
};

// OK when the request may write: fails with kPermissionDenied, reason
// WRITES_DISABLED, or ORIGIN_DENIED where everybody may and a browser asks by
// GET; or with kUnauthenticated, reason TOKEN_INVALID. The token comes as
// `Authorization: Bearer TOKEN`, as the password of Basic, or as the parameter
// `token`.
Status CheckMayWrite(const WriteRule& rule, const ToolRequest& request);

// The fields of a GET's query string or a POST's form, whichever there are. The
// form may be multipart/form-data, as PHP's curl sends an array (MateCat); what
// is a file in it is left out. Fails as MultipartReader does.
StatusOr<Parameters> QueryAndForm(const ToolRequest& request);

}  // namespace tercet::http

#endif  // TERCET_SERVICE_HTTP_ADAPTER_H_

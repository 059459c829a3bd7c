// The one lookup and the one write behind all protocols of translator tools:
// plain pairs of a source and a target, as these tools know them.
#ifndef TERCET_SERVICE_HTTP_TOOL_LOOKUP_H_
#define TERCET_SERVICE_HTTP_TOOL_LOOKUP_H_

#include <string>
#include <string_view>
#include <vector>

#include "service/base/status.h"
#include "service/http/rpc.h"
#include "tercet/v1/lookup_service.pb.h"
#include "tercet/v1/resources.pb.h"

namespace tercet::http {

struct ToolQuery {
  std::vector<std::string> memories;  // Ids; none: all memories.
  v1::Query segment;                  // Language codes in whatever spelling.
  std::string target_language;
  int min_score = 70;   // 1 to 100.
  int max_matches = 5;  // 1 to 100.
  // The tool cuts texts at so many characters, so a text of just that length is
  // also looked up as the beginning of a longer one; 0: it does not.
  size_t cut_at = 0;
  // Each pair of texts once, whatever memories have it.
  bool distinct = false;
};

// A segment to look up.
v1::Query MakeQuery(std::string_view language, std::string_view text);

// A target of a match.
struct ToolMatch {
  v1::Match match;
  v1::Variant target;
};

// The matches, best first, each with one target of the wanted language; no more
// than asked for. A text that is cut off scores 100 where a stored one begins
// with it. Fails with kNotFound, reason MEMORY_NOT_FOUND, when there is no such
// memory.
StatusOr<std::vector<ToolMatch>> LookUpForTool(const RpcClient& rpc,
                                               const ToolQuery& query);

// A pair of texts that a phrase was found in.
struct ToolFinding {
  v1::Unit unit;
  v1::Variant source;
  v1::Variant target;
  double share = 0;  // How much of the source's characters was found, 0 to 1.
};

// The pairs whose source holds all words of the query, or other forms of them,
// by falling share.
StatusOr<std::vector<ToolFinding>> SearchForTool(const RpcClient& rpc,
                                                 const ToolQuery& query);

// A pair to store.
struct ToolUnit {
  v1::Variant source;
  v1::Variant target;
  v1::Origin origin;
  std::string creator;
  bool overwrite = false;  // Replaces other targets of the language.
};

// A text of a pair.
v1::Variant MakeVariant(std::string_view language, std::string_view text);

// Stores units in a memory, which is made when there is none, and returns them
// as they are now, in order.
StatusOr<std::vector<v1::Unit>> StoreForTool(
    const RpcClient& rpc, std::string_view memory,
    const std::vector<ToolUnit>& units);

// Takes the target at `place` out of a stored unit: with the unit where nothing
// would be left that is translated. Fails with kAborted, reason ETAG_MISMATCH,
// when `unit` is not as it is stored. REQUIRES: unit has a variant at `place`.
Status RemoveTargetForTool(const RpcClient& rpc, const v1::Unit& unit,
                           int place);

// A unary call by its full name, e.g. `tercet.v1.LookupService.LookupSegment`.
// REQUIRES: there is such a method, of these types.
template <typename Reply>
StatusOr<Reply> CallByName(const RpcClient& rpc, const std::string& method,
                           const Message& request) {
  Reply reply;
  RETURN_IF_ERROR(rpc.Call(
      *google::protobuf::DescriptorPool::generated_pool()->FindMethodByName(
          method),
      request, reply));
  return reply;
}

// The names of all memories.
StatusOr<std::vector<v1::Memory>> ListAllMemories(const RpcClient& rpc);

}  // namespace tercet::http

#endif  // TERCET_SERVICE_HTTP_TOOL_LOOKUP_H_

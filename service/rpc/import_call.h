// The RPC ImportUnits: a file that comes in chunks becomes units of a memory.
//
// The call's thread reads and checks, a second one writes, a third one tells
// the client how far it is; so neither a slow disk nor a client that does not
// listen yet stops the reading of the stream.
#ifndef TERCET_SERVICE_RPC_IMPORT_CALL_H_
#define TERCET_SERVICE_RPC_IMPORT_CALL_H_

#include "service/base/status.h"
#include "service/memory/database.h"
#include "service/rpc/call.h"
#include "service/rpc/import_stream.h"

namespace tercet {

// Imports, and ends the stream with the import and its report. Where it fails,
// what the last progress calls durable stays, the message says how much that
// is, and a second import of the same file goes on behind it. Beside errors of
// the domain and of the call: kInvalidArgument with reason
// IMPORT_CONFIG_MISSING (no config first), FIELDS_INVALID (a wrong config or
// chunk), FILE_MALFORMED; kFailedPrecondition, reason IMPORT_CONTENT_CHANGED.
Status ImportUnits(Database& database, Call& call, ImportStream& stream);

}  // namespace tercet

#endif  // TERCET_SERVICE_RPC_IMPORT_CALL_H_

// The end of an import whose client may still be sending.
#ifndef TERCET_SERVICE_RPC_IMPORT_END_H_
#define TERCET_SERVICE_RPC_IMPORT_END_H_

#include "service/base/status.h"
#include "service/rpc/call.h"
#include "service/rpc/import_reporter.h"

namespace tercet {

// Tells the client all that is still to be told, and ends the reporter. Fails
// with kCancelled when the client is gone.
//
// A client that reads nothing before it has sent everything waits for us to
// read, while our messages wait for it to: so what it sends is thrown away
// meanwhile. One that then neither reads nor sends is cut off.
Status FinishTelling(Call& call, ImportStream& stream,
                     ImportReporter& reporter);

}  // namespace tercet

#endif  // TERCET_SERVICE_RPC_IMPORT_END_H_

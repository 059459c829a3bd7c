// The shape of Apertium-APy, and a still simpler one: with either, an
// unmodified OmegaT 6 shows our best match as a machine translation
// (docs/tools.md).
//
//   GET translate?q=..&langpair=en|es
//     -> {"responseStatus": 200, "responseData": {"translatedText": ".."}}
//   GET suggest?source=en&target=es&text=..  -> {"translation": ".."}
#ifndef TERCET_SERVICE_HTTP_APERTIUM_H_
#define TERCET_SERVICE_HTTP_APERTIUM_H_

#include <memory>

#include "service/http/adapter.h"
#include "service/http/rpc.h"

namespace tercet::http {

// `rpc` must outlive the adapter.
std::unique_ptr<Adapter> MakeApertium(const RpcClient& rpc);

}  // namespace tercet::http

#endif  // TERCET_SERVICE_HTTP_APERTIUM_H_

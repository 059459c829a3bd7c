// Page tokens on the wire: base64url (RFC 4648, no padding) of the domain's.
#ifndef TERCET_SERVICE_RPC_PAGE_TOKEN_H_
#define TERCET_SERVICE_RPC_PAGE_TOKEN_H_

#include <optional>
#include <string>
#include <string_view>

namespace tercet {

std::string EncodePageToken(std::string_view bytes);

// nullopt for what EncodePageToken never gives.
std::optional<std::string> DecodePageToken(std::string_view token);

}  // namespace tercet

#endif  // TERCET_SERVICE_RPC_PAGE_TOKEN_H_

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "httprequest.h"
#include "httpresponse.h"

#include <optional>

// The opening handshake of RFC 6455, as a server sees it.
namespace WebSocketHandshake {

// Nothing when the request asks for a WebSocket as it should, else the answer: 400, or 426 for
// another version of the protocol.
[[nodiscard]] std::optional<HttpResponse> refusal(const HttpRequest &request);

// True without an Origin (no browser) and for a page of this very server. scheme: "http", "https".
[[nodiscard]] bool isOwnOrigin(const HttpRequest &request, QByteArrayView scheme);

// The head of the answer that switches protocols.
[[nodiscard]] QByteArray acceptance(const HttpRequest &request);

} // namespace WebSocketHandshake

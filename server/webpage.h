// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "httpresponse.h"

// The web page of the server: a few files that are compiled in. A page asks for everything else by
// the documented calls; nothing in it is secret.
namespace WebPage {

[[nodiscard]] bool has(QByteArrayView path); // "/", "/app.js", …
[[nodiscard]] HttpResponse at(QByteArrayView path); // 404 when there is no such file

} // namespace WebPage

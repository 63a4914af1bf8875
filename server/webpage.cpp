// SPDX-License-Identifier: Apache-2.0
#include "webpage.h"

#include <QFile>

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

// The library is linked statically: without this nobody would ask for its resources.
static void initializeResources()
{
    Q_INIT_RESOURCE(web);
}

namespace {

struct File
{
    QByteArrayView path;
    QLatin1StringView name;
    QByteArrayView type;
};

constexpr QByteArrayView Script = "text/javascript; charset=utf-8";
constexpr std::array files{
    File{"/", "index.html"_L1, "text/html; charset=utf-8"},
    File{"/app.js", "app.js"_L1, Script},
    File{"/api.js", "api.js"_L1, Script},
    File{"/devices.js", "devices.js"_L1, Script},
    File{"/live.js", "live.js"_L1, Script},
    File{"/requests.js", "requests.js"_L1, Script},
    File{"/text.js", "text.js"_L1, Script},
    File{"/style.css", "style.css"_L1, "text/css; charset=utf-8"},
    File{"/icon.svg", "icon.svg"_L1, "image/svg+xml"},
};

// What the page may load and whom it may talk to: this server alone. No text can become script.
const QByteArray policy = "Content-Security-Policy: default-src 'none'; script-src 'self'; "
                          "style-src 'self'; img-src 'self'; connect-src 'self'; "
                          "base-uri 'none'; form-action 'none'; frame-ancestors 'none'; "
                          "require-trusted-types-for 'script'; trusted-types 'none'\r\n"
                          "Referrer-Policy: no-referrer\r\n"
                          "X-Frame-Options: DENY\r\n"
                          "Cross-Origin-Opener-Policy: same-origin\r\n"
                          "Cross-Origin-Resource-Policy: same-origin\r\n";

const File *fileAt(QByteArrayView path)
{
    const auto it = std::find_if(files.begin(), files.end(),
                                 [path](const File &file) { return file.path == path; });
    return it == files.end() ? nullptr : it;
}

} // namespace

bool WebPage::has(QByteArrayView path)
{
    return fileAt(path) != nullptr;
}

HttpResponse WebPage::at(QByteArrayView path)
{
    initializeResources();
    const File *entry = fileAt(path);
    QFile file(entry ? u":/web/"_s + entry->name : QString());
    if (!entry || !file.open(QIODevice::ReadOnly))
        return HttpResponse::message(404);
    return {200, entry->type.toByteArray(), file.readAll(), {}, policy};
}

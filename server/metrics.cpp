// SPDX-License-Identifier: Apache-2.0
#include "metrics.h"

#include "application.h"
#include "webhook.h"

#include <array>

namespace {

// One value that is a sum over the applications.
struct Figure
{
    const char *name;
    const char *type;
    const char *help;
    double (*of)(const Application &);
};

double number(qint64 value)
{
    return static_cast<double>(value);
}

double ofWebhook(const Application &application, qint64 (*count)(const Webhook &))
{
    return application.webhook() ? number(count(*application.webhook())) : 0;
}

constexpr std::array Figures{
    Figure{"cometa_applications", "gauge", "Applications that are served.",
           [](const Application &) { return 1.0; }},
    Figure{"cometa_devices", "gauge", "Devices that are attached.",
           [](const Application &a) { return number(a.deviceCount()); }},
    Figure{"cometa_websockets", "gauge", "WebSockets that are open.",
           [](const Application &a) { return number(a.webSocketCount()); }},
    Figure{"cometa_requests_total", "counter", "Requests sent to devices.",
           [](const Application &a) { return number(a.statistics().requests()); }},
    Figure{"cometa_events_total", "counter", "Events received from devices.",
           [](const Application &a) {
               return number(a.statistics().messages() - a.statistics().requests());
           }},
    Figure{"cometa_errors_total", "counter", "Requests that got no reply.",
           [](const Application &a) { return number(a.statistics().errors()); }},
    Figure{"cometa_received_bytes_total", "counter", "Bytes of messages from devices.",
           [](const Application &a) { return number(a.statistics().bytesUp()); }},
    Figure{"cometa_sent_bytes_total", "counter", "Bytes of messages to devices.",
           [](const Application &a) { return number(a.statistics().bytesDown()); }},
    Figure{"cometa_webhook_waiting", "gauge", "Events that wait for a webhook.",
           [](const Application &a) {
               return ofWebhook(a, [](const Webhook &w) -> qint64 { return w.waiting(); });
           }},
    Figure{"cometa_webhook_delivered_total", "counter", "Events that a webhook took.",
           [](const Application &a) {
               return ofWebhook(a, [](const Webhook &w) { return w.delivered(); });
           }},
    Figure{"cometa_webhook_failures_total", "counter", "Attempts to deliver that failed.",
           [](const Application &a) {
               return ofWebhook(a, [](const Webhook &w) { return w.failures(); });
           }},
    Figure{"cometa_webhook_dropped_total", "counter", "Events that no webhook will get.",
           [](const Application &a) {
               return ofWebhook(a, [](const Webhook &w) { return w.dropped(); });
           }},
};

QByteArray heading(const QByteArray &name, const QByteArray &type, const QByteArray &help)
{
    return "# HELP " + name + ' ' + help + "\n# TYPE " + name + ' ' + type + '\n';
}

QByteArray line(const QByteArray &name, double value)
{
    return name + ' ' + QByteArray::number(value, 'g', 15) + '\n';
}

} // namespace

QByteArray Metrics::text(const QList<const Application *> &applications) const
{
    QByteArray text;
    for (const Figure &figure : Figures) {
        double total = 0;
        for (const Application *application : applications)
            total += figure.of(*application);
        text += heading(figure.name, figure.type, figure.help) + line(figure.name, total);
    }
    double seconds = 0;
    qint64 replies = 0;
    for (const Application *application : applications) {
        seconds += application->statistics().latencySum() / 1000;
        replies += application->statistics().replies();
    }
    text += heading("cometa_latency_seconds", "summary", "From request to reply.")
        + line("cometa_latency_seconds_sum", seconds)
        + line("cometa_latency_seconds_count", number(replies));
    text += heading("cometa_http_answers_total", "counter", "HTTP answers by status.");
    for (auto answer = m_answers.begin(); answer != m_answers.end(); ++answer)
        text += line("cometa_http_answers_total{code=\"" + QByteArray::number(answer.key()) + "\"}",
                     number(answer.value()));
    return text;
}

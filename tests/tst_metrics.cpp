// SPDX-License-Identifier: Apache-2.0
#include "application.h"
#include "metrics.h"
#include "servedpeer.h"
#include "wire.h"

#include <QRegularExpression>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

class MetricsTest final : public QObject
{
    Q_OBJECT

    Application m_ops{u"ops"_s, u"Operations"_s, "secret-of-ops", {1h, 1h}};
    Application m_lab{u"lab"_s, u"Lab"_s, "secret-of-lab", {1h, 1h}};
    const QList<const Application *> m_both{&m_ops, &m_lab};
    Metrics m_metrics;

    // Nothing, when there is no such line.
    [[nodiscard]] QByteArray value(const QByteArray &name) const
    {
        for (const QByteArray &line : m_metrics.text(m_both).split('\n')) {
            if (line.startsWith(name + ' '))
                return line.sliced(name.size() + 1);
        }
        return {};
    }

private Q_SLOTS:
    void beginsWithNothing()
    {
        QCOMPARE(value("cometa_applications"), "2");
        for (const char *name :
             {"cometa_devices", "cometa_websockets", "cometa_requests_total", "cometa_events_total",
              "cometa_errors_total", "cometa_received_bytes_total", "cometa_sent_bytes_total",
              "cometa_webhook_waiting", "cometa_webhook_delivered_total",
              "cometa_webhook_failures_total", "cometa_webhook_dropped_total",
              "cometa_latency_seconds_sum", "cometa_latency_seconds_count"})
            QVERIFY2(value(name) == "0", name);
    }

    void isInTheTextFormat()
    {
        m_metrics.countAnswer(200);
        static const QRegularExpression line(
            u"^(# HELP [a-z_]+ .+\\.|# TYPE [a-z_]+ (counter|gauge|summary)|"
            "[a-z_]+(\\{code=\"\\d{3}\"\\})? [0-9.e+-]+)$"_s);
        QByteArray text = m_metrics.text(m_both);
        QVERIFY(text.endsWith('\n'));
        text.chop(1);
        for (const QByteArray &each : text.split('\n'))
            QVERIFY2(line.match(QString::fromUtf8(each)).hasMatch(), each.constData());
    }

    void tellsNoId()
    {
        const QByteArray text = m_metrics.text(m_both);
        QVERIFY(!text.contains("ops") && !text.contains("Lab") && !text.contains("secret"));
    }

    void countsAnswersByStatus()
    {
        Metrics metrics;
        metrics.countAnswer(403);
        metrics.countAnswer(403);
        metrics.countAnswer(200);
        const QByteArray text = metrics.text({});
        QVERIFY(text.contains("\ncometa_http_answers_total{code=\"403\"} 2\n"));
        QVERIFY(text.contains("\ncometa_http_answers_total{code=\"200\"} 1\n"));
    }

    void sumsUpAllApplications()
    {
        TcpPeer first;
        TcpPeer second;
        QByteArray reply;
        DeviceSession *device = m_ops.attach(connectServed(&first), u"dev1"_s, {});
        device->start({});
        m_lab.attach(connectServed(&second), u"dev1"_s, {})->start({});
        device->send("ping", [&](DeviceSession::Outcome, const QByteArray &data) { reply = data; });
        first.send(Wire::frame("pong!"));
        QTRY_COMPARE(reply, "pong!");
        second.send(Wire::frame(Wire::EventByte + QByteArray("xyz")));
        QTRY_COMPARE(value("cometa_events_total"), "1");
        QCOMPARE(value("cometa_devices"), "2");
        QCOMPARE(value("cometa_requests_total"), "1");
        QCOMPARE(value("cometa_received_bytes_total"), "8");
        QCOMPARE(value("cometa_sent_bytes_total"), "4");
        QCOMPARE(value("cometa_latency_seconds_count"), "1");
        QVERIFY(value("cometa_latency_seconds_sum").toDouble() > 0);
    }

    void countsTheWebhook()
    {
        WebhookTarget target;
        QString error;
        QVERIFY(target.setUrl(u"http://127.0.0.1:1/"_s, &error));
        m_ops.setWebhook(target);
        TcpPeer peer;
        m_ops.attach(connectServed(&peer), u"dev2"_s, {})->start({});
        peer.send(Wire::frame(Wire::EventByte + QByteArray("x")));
        QTRY_COMPARE(value("cometa_webhook_waiting"), "1");
        m_ops.setWebhook({});
        QCOMPARE(value("cometa_webhook_waiting"), "0");
    }
};

QTEST_GUILESS_MAIN(MetricsTest)
#include "tst_metrics.moc"

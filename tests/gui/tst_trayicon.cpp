// SPDX-License-Identifier: Apache-2.0
#include "appearance.h"
#include "plain.h"
#include "stateicon.h"

#include <QImage>
#include <QPainter>
#include <QSet>
#include <QTest>
#include <QTextDocument>

using namespace Qt::StringLiterals;
using Kind = Appearance::Kind;
using State = CometaClient::State;

class TestTrayIcon final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void P21_eachStateHasItsAppearance_data()
    {
        QTest::addColumn<AgentStatus>("status");
        QTest::addColumn<Kind>("kind");
        QTest::addColumn<QString>("word");
        QTest::newRow("not set up") << AgentStatus{} << Kind::Disconnected << u"Not set up"_s;
        QTest::newRow("detached") << in(State::Disconnected) << Kind::Disconnected
                                  << u"Not connected"_s;
        QTest::newRow("connecting") << in(State::Connecting) << Kind::Connecting << u"Connecting"_s;
        QTest::newRow("attaching") << in(State::Attaching) << Kind::Connecting << u"Connecting"_s;
        QTest::newRow("attached") << in(State::Attached) << Kind::Attached << u"Attached"_s;
        QTest::newRow("paused") << in(State::Paused) << Kind::Paused << u"Paused"_s;
        AgentStatus lost = in(State::Waiting);
        lost.error = CometaClient::Error::Network;
        QTest::newRow("lost network") << lost << Kind::Disconnected << u"Not connected"_s;
        AgentStatus refused = in(State::Waiting);
        refused.error = CometaClient::Error::Authorization;
        refused.problem = u"The server does not know this application."_s;
        QTest::newRow("refused") << refused << Kind::Problem << u"Not connected"_s;
        AgentStatus broken = in(State::Attached);
        broken.problem = u"The history cannot be written."_s;
        QTest::newRow("no journal") << broken << Kind::Problem << u"Problem"_s;
        AgentStatus running = in(State::Attached);
        running.running = 2;
        QTest::newRow("running") << running << Kind::Running << u"Running"_s;
        AgentStatus open = running;
        open.windowUntil = QDateTime::currentDateTimeUtc().addSecs(719);
        QTest::newRow("everything is approved")
            << open << Kind::WindowOpen << u"“Allow everything” is on"_s;
        AgentStatus waiting = running;
        waiting.awaiting = 3;
        waiting.problem = broken.problem;
        QTest::newRow("waiting wins") << waiting << Kind::WaitingForOwner << u"Waiting for you"_s;
    }
    void P21_eachStateHasItsAppearance()
    {
        QFETCH(const AgentStatus, status);
        const Appearance appearance = Appearance::of(status);
        QTEST(appearance.kind, "kind");
        QTEST(appearance.word, "word");
        QVERIFY(!appearance.sentence.isEmpty());
        QCOMPARE(appearance.number, appearance.kind == Kind::WindowOpen ? 12 : status.awaiting);
    }

    void theIconsDifferInShapeAndNotOnlyInColour()
    {
        QSet<QByteArray> shapes;
        for (const Kind kind : {Kind::Disconnected, Kind::Connecting, Kind::Attached, Kind::Running,
                                Kind::Paused, Kind::Problem})
            shapes.insert(blackAndWhite({kind, 0, {}, {}}));
        for (const int number : {1, 2, 9, 10})
            shapes.insert(blackAndWhite({Kind::WaitingForOwner, number, {}, {}}));
        for (const int minutes : {1, 9, 12, 60})
            shapes.insert(blackAndWhite({Kind::WindowOpen, minutes, {}, {}}));
        QCOMPARE(shapes.size(), 14);
    }

    void theSymbolicIconsHaveOneColourAndDifferInShape()
    {
        for (const auto style : {Settings::TrayIcon::Light, Settings::TrayIcon::Dark}) {
            QSet<QByteArray> shapes;
            for (const Kind kind : {Kind::Disconnected, Kind::Connecting, Kind::Attached,
                                    Kind::Running, Kind::Paused, Kind::Problem}) {
                const QImage image = symbolic({kind, 0, {}, {}}, style);
                shapes.insert(alpha(image));
                QCOMPARE(colours(image), 1);
            }
            shapes.insert(alpha(symbolic({Kind::WaitingForOwner, 1, {}, {}}, style)));
            shapes.insert(alpha(symbolic({Kind::WaitingForOwner, 2, {}, {}}, style)));
            shapes.insert(alpha(symbolic({Kind::WindowOpen, 1, {}, {}}, style)));
            shapes.insert(alpha(symbolic({Kind::WindowOpen, 15, {}, {}}, style)));
            QCOMPARE(shapes.size(), 10);
        }
    }

    void iconsAreDrawnInTheSizeThatIsAskedFor_data()
    {
        QTest::addColumn<QIcon>("icon");
        const Appearance waiting{Kind::WaitingForOwner, 2, {}, {}};
        QTest::newRow("colours") << stateIcon(waiting);
        QTest::newRow("light") << stateIcon(waiting, Settings::TrayIcon::Light);
        QTest::newRow("dark") << stateIcon(waiting, Settings::TrayIcon::Dark);
        QTest::newRow("application") << applicationIcon();
    }

    void iconsAreDrawnInTheSizeThatIsAskedFor()
    {
        QFETCH(const QIcon, icon);
        for (const int size : {16, 22, 37, 256})
            QCOMPARE(icon.pixmap(size).size(), QSize(size, size));
        // A panel lets it draw itself, on what is there.
        QImage panel(60, 40, QImage::Format_ARGB32_Premultiplied);
        panel.fill(Qt::magenta);
        QPainter painter(&panel);
        icon.paint(&painter, panel.rect());
        painter.end();
        QCOMPARE(panel.pixelColor(2, 20), QColor(Qt::magenta)); // beside the square
        QCOMPARE(panel.pixelColor(11, 38), QColor(Qt::magenta)); // in its corner
        const QImage middle = panel.copy(10, 0, 40, 40);
        QVERIFY(middle != icon.pixmap(40).toImage());
        QImage expected(40, 40, panel.format());
        expected.fill(Qt::magenta);
        painter.begin(&expected);
        painter.drawPixmap(0, 0, icon.pixmap(40));
        painter.end();
        QCOMPARE(middle, expected);
    }

    void P21_theToolTipNamesServerWhatWaitsAndTheLastRequest()
    {
        AgentStatus status = in(State::Attached);
        status.awaiting = 2;
        status.running = 1;
        status.lastRequest = u"df -h"_s;
        QCOMPARE(trayToolTip(status),
                 u"Cometa Agent: Waiting for you\nAttached to cometa.example.org\n"
                 "2 commands wait for you\nA command is running\nLast: df -h"_s);
    }

    void theToolTipCountsWhatWasMissed()
    {
        AgentStatus status = in(State::Attached);
        QVERIFY(!trayToolTip(status).contains(u"missed"_s));
        status.missed = 2;
        QCOMPARE(trayToolTip(status),
                 u"Cometa Agent: Attached\nAttached to cometa.example.org\n2 missed"_s);
    }

    void theToolTipFitsTheScreenWhateverTheServerSays()
    {
        AgentStatus status;
        status.problem = u"The server says: "_s + QString(300, u'x') + u" and more than that"_s;
        const QStringList lines = trayToolTip(status).split(u'\n');
        for (const QString &line : lines)
            QVERIFY2(line.size() <= 80, qPrintable(line));
        QVERIFY(lines.join(QString()).contains(QString(300, u'x')));
        QVERIFY(lines.join(u' ').contains(u"and more than that"_s));
    }

    void SP_05_noTextOfOthersMakesTheToolTipRich()
    {
        AgentStatus status = in(State::Attached);
        status.lastRequest = u"uptime '<b></b><!--'; touch X #-->"_s;
        QVERIFY(!Qt::mightBeRichText(trayToolTip(status)));
        status.problem = u"<b>x</b>"_s;
        QVERIFY(!Qt::mightBeRichText(trayToolTip(status)));
        QVERIFY(trayToolTip(status).contains(u"Last: uptime '<b></b><!--'; touch X #-->"_s));
    }

    void SP_05_menuTextIsNoMnemonic()
    {
        QCOMPARE(Plain::menuText(u"a && b & c"_s), u"a &&&& b && c"_s);
    }

private:
    static QImage symbolic(const Appearance &appearance, Settings::TrayIcon style)
    {
        return stateIcon(appearance, style)
            .pixmap(22)
            .toImage()
            .convertToFormat(QImage::Format_ARGB32);
    }
    static QByteArray alpha(const QImage &image)
    {
        QByteArray bytes;
        for (int i = 0; i < image.width() * image.height(); ++i)
            bytes.append(qAlpha(image.pixel(i % image.width(), i / image.width())) > 127 ? '#'
                                                                                         : ' ');
        return bytes;
    }
    static qsizetype colours(const QImage &image) // of what is opaque
    {
        QSet<QRgb> found;
        for (int i = 0; i < image.width() * image.height(); ++i) {
            const QRgb pixel = image.pixel(i % image.width(), i / image.width());
            if (qAlpha(pixel) == 255)
                found.insert(pixel);
        }
        return found.size();
    }
    static AgentStatus in(State state)
    {
        AgentStatus status;
        status.state = state;
        status.configured = true;
        status.server = u"cometa.example.org"_s;
        return status;
    }

    static QByteArray blackAndWhite(const Appearance &appearance)
    {
        const QImage image =
            appearance.icon().pixmap(22).toImage().convertToFormat(QImage::Format_Mono);
        return {reinterpret_cast<const char *>(image.constBits()), image.sizeInBytes()};
    }
};

QTEST_MAIN(TestTrayIcon)
#include "tst_trayicon.moc"

// SPDX-License-Identifier: Apache-2.0
#include "connectionheader.h"

#include <QLabel>
#include <QTest>
#include <QToolButton>

#include <memory>

using namespace Qt::StringLiterals;

class TestConnectionHeader final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_header = std::make_unique<ConnectionHeader>();
        m_status = {};
        m_status.state = CometaClient::State::Attached;
        m_status.configured = true;
        m_status.mayAllowAll = true;
        m_status.server = u"cometa.example.org"_s;
        m_status.application = u"ops"_s;
        m_status.device = u"desk-17"_s;
        m_status.attachedSince = QDateTime::currentDateTime();
    }
    void cleanup() { m_header.reset(); }

    void namesWhatIsAttached()
    {
        show(900);
        QCOMPARE(label("linkState")->text(), u"Attached to cometa.example.org"_s);
        QVERIFY(label("linkDetails")
                    ->text()
                    .startsWith(u"application ops · device desk-17 · not encrypted · since "_s));
        QVERIFY(label("linkDetails")->toolTip().isEmpty());
    }

    void noNameMakesItWider_data()
    {
        QTest::addColumn<QString>("name");
        QTest::newRow("letters") << QString(59, u'W');
        QTest::newRow("underscores") << u"long_application_id_"_s.repeated(3);
        QTest::newRow("digits") << u"0123456789abcdef"_s.repeated(4);
    }
    void noNameMakesItWider()
    {
        QFETCH(const QString, name);
        show(700);
        const QSize usual = m_header->minimumSizeHint();
        m_status.application = name;
        m_status.server = name + u".example.org"_s;
        show(700);
        QCOMPARE(m_header->minimumSizeHint().width(), usual.width());
        QCOMPARE(m_header->width(), 700);
        const auto *more = m_header->findChild<QToolButton *>(u"more"_s);
        QVERIFY(m_header->rect().contains(more->geometry()));
        for (const char *part : {"linkState", "linkDetails"}) {
            QVERIFY(label(part)->toolTip().contains(name));
            QVERIFY(!label(part)->text().contains(name));
            QVERIFY(label(part)->text().contains(name.left(4)));
            QVERIFY(label(part)->height() >= label(part)->heightForWidth(label(part)->width()));
            const QStringList words = label(part)->text().split(u' ');
            for (const QString &word : words)
                QVERIFY(label(part)->fontMetrics().horizontalAdvance(word) <= label(part)->width());
        }
        show(1600); // where there is room
        QVERIFY(label("linkDetails")->text().contains(name));
        QVERIFY(label("linkDetails")->toolTip().isEmpty());
    }

private:
    void show(int width)
    {
        m_header->showStatus(m_status);
        m_header->show();
        m_header->resize(width, 200);
        QCoreApplication::sendPostedEvents(nullptr, QEvent::LayoutRequest);
    }
    QLabel *label(const char *name)
    {
        return m_header->findChild<QLabel *>(QString::fromLatin1(name));
    }

    std::unique_ptr<ConnectionHeader> m_header;
    AgentStatus m_status;
};

QTEST_MAIN(TestConnectionHeader)
#include "tst_connectionheader.moc"

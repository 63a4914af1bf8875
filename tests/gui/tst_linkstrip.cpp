// SPDX-License-Identifier: Apache-2.0
#include "colours.h"
#include "journalrows.h"
#include "linkstrip.h"
#include "spanpainter.h"

#include <QApplication>
#include <QHelpEvent>
#include <QPainter>
#include <QSet>
#include <QSignalSpy>
#include <QTest>
#include <QToolTip>

using namespace Qt::StringLiterals;
using State = LinkHistory::State;

namespace {

const QDateTime Now(QDate(2026, 1, 31), QTime(12, 0), Qt::UTC);
constexpr int Width = 960; // 40 pixels an hour, about

QDateTime hoursAgo(double hours)
{
    return Now.addSecs(-qint64(hours * 3600));
}

void add(LinkHistory *history, qint64 seq, double hours, const QString &state,
         const QJsonObject &more = {})
{
    JournalEntry entry;
    entry.seq = seq;
    entry.time = hoursAgo(hours);
    entry.kind = u"link"_s;
    entry.data = more;
    entry.data.insert("state"_L1, state);
    history->add(entry);
}

// Attached from 20 h ago, refused from 12 to 9 h ago, paused from 2 h ago.
LinkHistory someHistory()
{
    LinkHistory history;
    add(&history, 1, 20, u"attached"_s, {{u"to"_s, u"host:1/ops"_s}, {u"device"_s, u"dev1"_s}});
    add(&history, 2, 12, u"waiting"_s,
        {{u"detail"_s, u"<b>no</b>"_s}, {u"error"_s, 4}, {u"status"_s, 403}});
    add(&history, 3, 9, u"attached"_s, {{u"to"_s, u"host:1/ops"_s}, {u"device"_s, u"dev1"_s}});
    add(&history, 4, 2, u"paused"_s);
    history.addRequests({{hoursAgo(5).toSecsSinceEpoch() / 60, 3}});
    return history;
}

QImage imageOf(const QSize &size, State state, const QPalette &palette)
{
    QImage image(size, QImage::Format_RGB32);
    image.fill(palette.color(QPalette::Base));
    QPainter painter(&image);
    SpanPainter::paint(&painter, palette, image.rect(), state, 16);
    return image;
}

// As for somebody who sees no colours.
QImage grey(const QImage &image)
{
    return image.convertToFormat(QImage::Format_Grayscale8).convertToFormat(QImage::Format_RGB32);
}

bool isDrawnAt(const QImage &image, double height)
{
    const int y = image.height() - 1 - int(height * image.height());
    for (int x = 0; x < image.width(); ++x) {
        if (image.pixel(x, y) != image.pixel(0, 0))
            return true;
    }
    return false;
}

} // namespace

class TestLinkStrip final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_strip = std::make_unique<LinkStrip>();
        m_strip->resize(Width, m_strip->sizeHint().height());
        m_strip->setHistory(someHistory(), Now);
        m_strip->show();
        QVERIFY(QTest::qWaitForWindowExposed(m_strip.get()));
    }
    void cleanup()
    {
        QToolTip::hideText();
        m_strip.reset();
    }

    void tellsWhatIsInADay()
    {
        QCOMPARE(m_strip->spans().size(), 5);
        QCOMPARE(m_strip->summary(), u"attached for 15 h, 3 requests"_s);
    }

    void describesASpan()
    {
        const QStringList lines = m_strip->description(2).split(u'\n');
        QCOMPARE(lines.size(), 2);
        QCOMPARE(lines.at(0), u"Refused: <b>no</b>"_s);
        QVERIFY2(lines.at(1).startsWith(u"from "_s) && lines.at(1).endsWith(u", for 3 h"_s),
                 qPrintable(lines.at(1)));
        QVERIFY(m_strip->description(4).contains(u"since "_s));
        QVERIFY(m_strip->description(3).endsWith(u"\n3 requests"_s));
        QCOMPARE(m_strip->description(5), QString());
    }

    void keysMoveFromSpanToSpan()
    {
        QCOMPARE(m_strip->currentSpan(), 4);
        QTest::keyClick(m_strip.get(), Qt::Key_Right);
        QCOMPARE(m_strip->currentSpan(), 4); // there is none
        QTest::keyClick(m_strip.get(), Qt::Key_Left);
        QCOMPARE(m_strip->currentSpan(), 3);
        QTest::keyClick(m_strip.get(), Qt::Key_Home);
        QCOMPARE(m_strip->currentSpan(), 0);
        QTest::keyClick(m_strip.get(), Qt::Key_Right);
        QTest::keyClick(m_strip.get(), Qt::Key_Right);
        QCOMPARE(m_strip->accessibleDescription(), m_strip->description(2));
        QTest::keyClick(m_strip.get(), Qt::Key_End);
        QCOMPARE(m_strip->currentSpan(), 4);
        QCOMPARE(m_strip->focusPolicy(), Qt::StrongFocus);
        QVERIFY(!m_strip->accessibleName().isEmpty());
    }

    void theKeysStayWhereTheyAreWhenTimePasses()
    {
        QTest::keyClick(m_strip.get(), Qt::Key_Home);
        QTest::keyClick(m_strip.get(), Qt::Key_Right);
        QTest::keyClick(m_strip.get(), Qt::Key_Right);
        LinkHistory history = someHistory();
        add(&history, 5, -1, u"attached"_s);
        m_strip->setHistory(history, Now.addSecs(5 * 3600)); // the first span is gone
        QCOMPARE(m_strip->spans().at(m_strip->currentSpan()).state, State::Refused);
    }

    void atTheEndTheKeysStayAtTheEnd()
    {
        LinkHistory history = someHistory();
        add(&history, 5, -1, u"attached"_s);
        m_strip->setHistory(history, Now.addSecs(2 * 3600));
        QCOMPARE(m_strip->spans().at(m_strip->currentSpan()).state, State::Attached);
        QCOMPARE(m_strip->currentSpan(), int(m_strip->spans().size()) - 1);
    }

    void returnGoesToWhereTheSpanBegan()
    {
        QSignalSpy clicked(m_strip.get(), &LinkStrip::timeClicked);
        QTest::keyClick(m_strip.get(), Qt::Key_Left);
        QTest::keyClick(m_strip.get(), Qt::Key_Return);
        QCOMPARE(clicked.size(), 1);
        QCOMPARE(clicked.first().first().toDateTime(), hoursAgo(9));
    }

    void aClickGoesToItsTime()
    {
        QSignalSpy clicked(m_strip.get(), &LinkStrip::timeClicked);
        QTest::mouseClick(m_strip.get(), Qt::LeftButton, {}, place(10));
        QCOMPARE(clicked.size(), 1);
        const QDateTime time = clicked.first().first().toDateTime();
        QVERIFY2(std::abs(time.secsTo(hoursAgo(10))) < 180, qPrintable(time.toString()));
        QCOMPARE(m_strip->currentSpan(), 2);
        QTest::mouseClick(m_strip.get(), Qt::RightButton, {}, place(10));
        QCOMPARE(clicked.size(), 1);
    }

    void SP_05_theServersWordsAreTextInTheToolTip()
    {
        QHelpEvent help(QEvent::ToolTip, place(10), m_strip->mapToGlobal(place(10)));
        QApplication::sendEvent(m_strip.get(), &help);
        QTRY_VERIFY(QToolTip::isVisible());
        QVERIFY2(QToolTip::text().contains(u"&lt;b&gt;no&lt;/b&gt;"_s),
                 qPrintable(QToolTip::text()));
    }

    void theToolTipCountsTheRequestsThere()
    {
        QHelpEvent help(QEvent::ToolTip, place(5), m_strip->mapToGlobal(place(5)));
        QApplication::sendEvent(m_strip.get(), &help);
        QTRY_VERIFY(QToolTip::isVisible());
        QVERIFY2(QToolTip::text().contains(u"3 requests about "_s), qPrintable(QToolTip::text()));
    }

    void aShortRefusalIsSeenAndFound()
    {
        LinkHistory history;
        add(&history, 1, 30, u"attached"_s);
        add(&history, 2, 10, u"waiting"_s, {{u"error"_s, 4}, {u"detail"_s, u"no"_s}});
        add(&history, 3, 10 - 0.001, u"attached"_s); // 3.6 seconds later
        m_strip->setHistory(history, Now);
        const QImage image = m_strip->grab().toImage();
        QSet<QRgb> colours;
        for (int x = 0; x < image.width(); ++x)
            colours.insert(image.pixel(x, int(double(place(10).y()) * image.devicePixelRatio())));
        QVERIFY(colours.contains(Colours::of(Colours::Red, m_strip->palette()).rgb()));
        QTest::mouseClick(m_strip.get(), Qt::LeftButton, {}, place(10));
        QCOMPARE(m_strip->spans().at(m_strip->currentSpan()).state, State::Refused);
    }

    void whatIsNowIsSeenHoweverShortItIs()
    {
        LinkHistory history;
        add(&history, 1, 1, u"waiting"_s, {{u"error"_s, 4}, {u"detail"_s, u"no"_s}});
        add(&history, 2, 0.001, u"attached"_s);
        m_strip->setHistory(history, Now);
        const QImage image = m_strip->grab().toImage();
        const double ratio = image.devicePixelRatio();
        QCOMPARE(image.pixelColor(int((Width - 6) * ratio), int(place(1).y() * ratio)),
                 Colours::of(Colours::Green, m_strip->palette()));
        QTest::mouseClick(m_strip.get(), Qt::LeftButton, {}, {Width - 6, place(1).y()});
        QCOMPARE(m_strip->spans().at(m_strip->currentSpan()).state, State::Attached);
    }

    void statesDifferWithoutColours_data()
    {
        QTest::addColumn<bool>("dark");
        QTest::newRow("light") << false;
        QTest::newRow("dark") << true;
    }
    void statesDifferWithoutColours()
    {
        QFETCH(const bool, dark);
        QPalette palette;
        palette.setColor(QPalette::Window, dark ? Qt::black : Qt::white);
        palette.setColor(QPalette::Base, dark ? Qt::black : Qt::white);
        palette.setColor(QPalette::WindowText, dark ? Qt::white : Qt::black);
        const QList<State> states{State::NotRunning, State::Waiting, State::Refused,
                                  State::Attached, State::Paused};
        for (const State one : states) {
            const QImage image = imageOf({60, 28}, one, palette);
            for (const State other : states) {
                const bool isSame = grey(image) == grey(imageOf({60, 28}, other, palette));
                QCOMPARE(isSame, one == other);
            }
        }
        QCOMPARE(SpanPainter::share(State::Attached), 1.0);
        QVERIFY(isDrawnAt(imageOf({60, 28}, State::Refused, palette), 0.7));
        QVERIFY(!isDrawnAt(imageOf({60, 28}, State::Refused, palette), 0.8));
        QVERIFY(!isDrawnAt(imageOf({60, 28}, State::Waiting, palette), 0.6));
    }

    void growsWithTheFont()
    {
        const int before = m_strip->sizeHint().height();
        QFont font = m_strip->font();
        font.setPointSizeF(font.pointSizeF() * 2);
        m_strip->setFont(font);
        QVERIFY(m_strip->sizeHint().height() > before * 3 / 2);
    }

    void beforeItKnowsAnythingItIsEmpty()
    {
        LinkStrip strip;
        strip.resize(Width, strip.sizeHint().height());
        QCOMPARE(strip.currentSpan(), -1);
        QVERIFY(!strip.grab().isNull());
        QSignalSpy clicked(&strip, &LinkStrip::timeClicked);
        QTest::keyClick(&strip, Qt::Key_Return);
        QTest::mouseClick(&strip, Qt::LeftButton, {}, {10, 10});
        QVERIFY(clicked.isEmpty());
    }

    void timesAndPlacesFitEachOther()
    {
        const TimeScale scale{hoursAgo(24), Now, 10, 240};
        QCOMPARE(scale.x(hoursAgo(24)), 10.0);
        QCOMPARE(scale.x(hoursAgo(12)), 130.0);
        QCOMPARE(scale.x(hoursAgo(30)), 10.0);
        QCOMPARE(scale.x(Now.addSecs(60)), 250.0);
        QCOMPARE(scale.time(130), hoursAgo(12));
        QCOMPARE(scale.time(9999), Now);
        QCOMPARE(scale.hours().size(), 24);
        for (const QDateTime &hour : scale.hours())
            QCOMPARE(hour.time().minute(), 0);
        QCOMPARE(scale.hours().last(), Now);
    }

private:
    // In the middle of the bar.
    [[nodiscard]] QPoint place(double hours) const
    {
        const double share = 1 - hours / 24;
        return {4 + int(share * (m_strip->width() - 8)), m_strip->height() / 2};
    }

    std::unique_ptr<LinkStrip> m_strip;
};

QTEST_MAIN(TestLinkStrip)
#include "tst_linkstrip.moc"

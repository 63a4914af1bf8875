// SPDX-License-Identifier: Apache-2.0
#include "windowfixture.h"

#include "commandlabel.h"
#include "translation.h"

#include <QAbstractButton>
#include <QAbstractScrollArea>
#include <QAbstractSpinBox>
#include <QAccessible>
#include <QComboBox>
#include <QFile>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QScreen>
#include <QScrollBar>
#include <QTabBar>
#include <QTemporaryFile>

using namespace Qt::StringLiterals;

// Every window in English and German: what a screen reader and the keyboard need, and whether all
// of it is to be seen. COMETA_TEST_SCREEN (800x600) and COMETA_TEST_FONT (per cent, 100) say where.
class TestWindows final : public QObject
{
    Q_OBJECT

    std::unique_ptr<Translation> m_translation;
    std::unique_ptr<WindowFixture> m_fixture;
    QWidget *m_window = nullptr;

    void open()
    {
        QFETCH(const QString, name);
        QFETCH(const Settings::Language, language);
        m_translation = std::make_unique<Translation>(language);
        m_fixture = std::make_unique<WindowFixture>();
        m_window = m_fixture->open(name);
        QVERIFY(m_window);
    }
    static void rows()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<Settings::Language>("language");
        for (const QString &name : WindowFixture::names()) {
            QTest::addRow("%s", qPrintable(name)) << name << Settings::Language::English;
            QTest::addRow("%s, German", qPrintable(name)) << name << Settings::Language::German;
        }
    }

private Q_SLOTS:
    void init() { qunsetenv("XDG_RUNTIME_DIR"); } // the control socket is in the data directory
    void cleanup()
    {
        m_fixture.reset();
        m_translation.reset();
    }

    void isNamedReachableAndWhole_data() { rows(); }
    void isNamedReachableAndWhole()
    {
        open();
        QStringList problems = nameless() + notReached() + ambiguous();
        // What the focus has brought up takes its place.
        (void)QTest::qWaitFor([this] { return notSeen().isEmpty(); }, 1000);
        problems += notSeen();
        QVERIFY2(problems.isEmpty(), qPrintable(u'\n' + problems.join(u'\n')));
    }

private:
    static QString description(const QWidget *widget)
    {
        const auto *button = qobject_cast<const QAbstractButton *>(widget);
        const auto *label = qobject_cast<const QLabel *>(widget);
        return u"%1 “%2” %3 (%4 x %5)"_s.arg(
            QString::fromLatin1(widget->metaObject()->className()), widget->objectName(),
            button      ? button->text()
                : label ? label->text()
                        : widget->accessibleName(),
            QString::number(widget->width()), QString::number(widget->height()));
    }

    // Of another widget, which stands for it: the field of a spin box, a scroll bar, …
    static bool isPart(const QWidget *widget)
    {
        for (const QWidget *above = widget->parentWidget(); above; above = above->parentWidget()) {
            if (qobject_cast<const QAbstractSpinBox *>(above)
                || qobject_cast<const QComboBox *>(above) || qobject_cast<const QLineEdit *>(above)
                || qobject_cast<const QTabBar *>(above) || qobject_cast<const QHeaderView *>(above))
                return true;
        }
        return qobject_cast<const QScrollBar *>(widget) || qobject_cast<const QHeaderView *>(widget)
            || widget->objectName().startsWith("qt_"_L1);
    }

    static bool isControl(const QWidget *widget)
    {
        if (!widget->isVisible() || isPart(widget))
            return false;
        return qobject_cast<const QAbstractButton *>(widget)
            || qobject_cast<const QLineEdit *>(widget) || qobject_cast<const QComboBox *>(widget)
            || qobject_cast<const QAbstractSpinBox *>(widget)
            || qobject_cast<const QAbstractItemView *>(widget)
            || qobject_cast<const QPlainTextEdit *>(widget)
            || qobject_cast<const QTabBar *>(widget);
    }

    // What a screen reader would have no word for.
    QStringList nameless() const
    {
        QStringList found;
        walk(QAccessible::queryAccessibleInterface(m_window), &found);
        return found;
    }
    static void walk(QAccessibleInterface *item, QStringList *found)
    {
        static const QSet<QAccessible::Role> roles{
            QAccessible::Button,     QAccessible::CheckBox,       QAccessible::EditableText,
            QAccessible::ComboBox,   QAccessible::SpinBox,        QAccessible::List,
            QAccessible::Tree,       QAccessible::Table,          QAccessible::PageTab,
            QAccessible::ButtonMenu, QAccessible::ButtonDropDown, QAccessible::ProgressBar,
            QAccessible::Dialog,     QAccessible::Window,         QAccessible::Graphic};
        if (!item || item->state().invisible)
            return;
        const auto *widget = qobject_cast<const QWidget *>(item->object());
        const bool counts = roles.contains(item->role()) && (!widget || !isPart(widget));
        if (counts && item->text(QAccessible::Name).trimmed().isEmpty())
            found->append(u"no name: "_s
                          + (widget ? description(widget) : u"role %1"_s.arg(int(item->role()))));
        for (int i = 0; i < item->childCount(); ++i)
            walk(item->child(i), found);
    }

    QStringList notReached() const
    {
        QSet<const QWidget *> reached;
        for (int i = 0; i < 60; ++i) {
            reached.insert(QApplication::focusWidget());
            QTest::keyClick(m_window, Qt::Key_Tab);
        }
        QStringList missed;
        const QList<QWidget *> all = m_window->findChildren<QWidget *>();
        for (const QWidget *widget : all) {
            if (isControl(widget) && widget->isEnabled() && !reached.contains(widget))
                missed.append(u"not reached by Tab: "_s + description(widget));
        }
        return missed;
    }

    // Texts with the same mnemonic.
    QStringList ambiguous() const
    {
        QHash<QString, QString> known;
        QStringList found;
        const QStringList texts = mnemonicTexts();
        for (const QString &text : texts) {
            const QString key = QKeySequence::mnemonic(text).toString();
            if (!key.isEmpty() && known.contains(key))
                found.append(u"%1 twice: “%2” and “%3”"_s.arg(key, known.value(key), text));
            known.insert(key, text);
        }
        return found;
    }
    QStringList mnemonicTexts() const
    {
        QStringList texts;
        const QList<QWidget *> all = m_window->findChildren<QWidget *>();
        for (const QWidget *widget : all) {
            if (!widget->isVisible() || isPart(widget))
                continue;
            if (const auto *button = qobject_cast<const QAbstractButton *>(widget))
                texts.append(button->text());
            else if (const auto *label = qobject_cast<const QLabel *>(widget))
                texts.append(label->buddy() ? label->text() : QString());
            else if (const auto *tabs = qobject_cast<const QTabBar *>(widget))
                for (int i = 0; i < tabs->count(); ++i)
                    texts.append(tabs->tabText(i));
        }
        return texts;
    }

    QStringList notSeen() const
    {
        QStringList found;
        const QSize room = m_window->screen()->availableSize() - QSize(16, 48); // frame of a window
        if (m_window->width() > room.width() || m_window->height() > room.height())
            found.append(u"larger than the screen: "_s + description(m_window));
        const QList<QWidget *> all = m_window->findChildren<QWidget *>();
        for (const QWidget *widget : all) {
            if (widget->isVisible() && !isPart(widget) && isCut(widget))
                found.append(u"cut off: "_s + description(widget));
        }
        return found;
    }
    static bool isCut(const QWidget *widget)
    {
        const auto *label = qobject_cast<const QLabel *>(widget);
        const auto *header = qobject_cast<const QHeaderView *>(widget);
        const auto *area = qobject_cast<const QAbstractScrollArea *>(widget->parentWidget());
        const auto *above =
            qobject_cast<const QAbstractScrollArea *>(widget->parentWidget()->parentWidget());
        const bool isContent = above && above->viewport() == widget->parentWidget();
        const QSize hint = widget->sizeHint();
        bool good = true;
        if (const auto *command =
                qobject_cast<const CommandLabel *>(widget)) // shows what it has room for
            good = command->width() >= command->fontMetrics().horizontalAdvance(command->text());
        else if (label && label->wordWrap())
            good = label->height() >= label->heightForWidth(label->width());
        else if (label || qobject_cast<const QAbstractButton *>(widget))
            good = widget->width() >= hint.width() && widget->height() >= hint.height();
        else if (const auto *box = qobject_cast<const QComboBox *>(widget))
            good = box->width() >= box->fontMetrics().horizontalAdvance(box->currentText()) + 24;
        else if (isContent)
            good = widget->width() <= above->viewport()->width(); // scrolled in one direction only
        if (!area && !isContent && !header)
            good = good && widget->parentWidget()->rect().contains(widget->geometry());
        return !good;
    }
};

int main(int argc, char **argv)
{
    const QByteArray size = qEnvironmentVariable("COMETA_TEST_SCREEN", u"800x600"_s).toLatin1();
    const int percent = qEnvironmentVariable("COMETA_TEST_FONT", u"100"_s).toInt();
    QTemporaryFile configuration;
    if (!configuration.open())
        return 1;
    configuration.write("{\"screens\":[{\"name\":\"a\",\"x\":0,\"y\":0,\"width\":"
                        + size.split('x').first() + ",\"height\":" + size.split('x').last()
                        + ",\"logicalDpi\":96,\"logicalBaseDpi\":96,\"dpr\":1}]}");
    configuration.flush();
    qputenv("QT_QPA_PLATFORM", "offscreen:configfile=" + configuration.fileName().toLocal8Bit());
    QApplication app(argc, argv);
    QFont font = QApplication::font();
    font.setPointSizeF(font.pointSizeF() * percent / 100);
    QApplication::setFont(font);
    TestWindows test;
    return QTest::qExec(&test, argc, argv);
}
#include "tst_windows.moc"

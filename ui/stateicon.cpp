// SPDX-License-Identifier: Apache-2.0
#include "stateicon.h"

#include "appearance.h"

#include <QFont>
#include <QFontMetricsF>
#include <QIconEngine>
#include <QPainter>
#include <QPixmap>
#include <QSvgRenderer>

#include <algorithm>
#include <functional>
#include <utility>

namespace {

QString emblemOf(Appearance::Kind kind)
{
    switch (kind) {
    case Appearance::Kind::Disconnected:
        return QStringLiteral("disconnected");
    case Appearance::Kind::Connecting:
        return QStringLiteral("connecting");
    case Appearance::Kind::Attached:
        return QStringLiteral("attached");
    case Appearance::Kind::WaitingForOwner:
        return QStringLiteral("waiting");
    case Appearance::Kind::WindowOpen:
        return QStringLiteral("open");
    case Appearance::Kind::Running:
        return QStringLiteral("running");
    case Appearance::Kind::Paused:
        return QStringLiteral("paused");
    case Appearance::Kind::Problem:
        return QStringLiteral("problem");
    }
    Q_UNREACHABLE();
}

void render(QPainter *painter, const QString &name, const QRectF &box)
{
    QSvgRenderer(QStringLiteral(":/icons/%1.svg").arg(name)).render(painter, box);
}

// What waits is one digit, or more than that; minutes are up to two, which are made to fit.
void drawNumber(QPainter *painter, const QRectF &box, const Appearance &appearance)
{
    const bool isMany =
        appearance.number > 9 && appearance.kind == Appearance::Kind::WaitingForOwner;
    const QString text = isMany ? QStringLiteral("+") : QString::number(appearance.number);
    QFont font = painter->font();
    font.setPixelSize(std::max(8, int(box.height() * 0.82)));
    font.setBold(true);
    const double width = QFontMetricsF(font).horizontalAdvance(text);
    const double share = std::min(1.0, box.width() * 0.94 / width);
    painter->save();
    painter->translate(box.center());
    painter->scale(share, 1);
    painter->setFont(font);
    painter->setPen(Qt::black);
    painter->drawText(QRectF(-width, -box.height() / 2, 2 * width, box.height()), Qt::AlignCenter,
                      text);
    painter->restore();
}

// The smaller the icon, the larger the share of the emblem: it is what has to be told apart.
QRectF emblemBox(int size)
{
    const int emblem = size <= 24 ? (size * 5 + 4) / 8 : size / 2;
    return QRectF(size - emblem, size - emblem, emblem, emblem);
}

void drawColours(QPainter *painter, const Appearance &appearance, int size)
{
    render(painter, QStringLiteral("comet"), QRectF(0, 0, size, size));
    const QRectF box = emblemBox(size);
    render(painter, QStringLiteral("emblem-") + emblemOf(appearance.kind), box);
    if (appearance.number > 0)
        drawNumber(painter, box, appearance);
}

// Shapes first, in any colour, with the number cut out; then all of them in the one.
void drawSymbolic(QPainter *painter, const Appearance &appearance, int size, const QColor &colour)
{
    const QRectF all(0, 0, size, size);
    const QRectF box = emblemBox(size);
    const double gap = std::max(1.0, size / 16.0);
    render(painter, QStringLiteral("comet-symbolic"), all);
    painter->setCompositionMode(QPainter::CompositionMode_Clear);
    painter->setBrush(Qt::black);
    painter->setPen(Qt::NoPen);
    painter->drawEllipse(box.adjusted(-gap, -gap, gap, gap));
    painter->setCompositionMode(QPainter::CompositionMode_SourceOver);
    render(painter, QStringLiteral("symbolic-") + emblemOf(appearance.kind), box);
    painter->setCompositionMode(QPainter::CompositionMode_DestinationOut);
    if (appearance.number > 0)
        drawNumber(painter, box, appearance);
    painter->setCompositionMode(QPainter::CompositionMode_SourceIn);
    painter->fillRect(all, colour);
}

void drawState(QPainter *painter, const Appearance &appearance, Settings::TrayIcon style, int size)
{
    switch (style) {
    case Settings::TrayIcon::Colours:
        drawColours(painter, appearance, size);
        break;
    case Settings::TrayIcon::Light:
        drawSymbolic(painter, appearance, size, QColor::fromRgb(0xf2f2f2));
        break;
    case Settings::TrayIcon::Dark:
        drawSymbolic(painter, appearance, size, QColor::fromRgb(0x2e3436));
        break;
    }
}

// Draws an icon in the size that is asked for, when it is: a panel wants one of them.
class DrawnIcon final : public QIconEngine
{
public:
    using Draw = std::function<void(QPainter *painter, int size)>;

    explicit DrawnIcon(Draw draw) : m_draw(std::move(draw)) { }

    void paint(QPainter *painter, const QRect &rect, QIcon::Mode mode, QIcon::State state) override
    {
        const qreal scale = painter->device()->devicePixelRatio();
        const QSize size = rect.size() * scale;
        painter->drawPixmap(rect, pixmap(size, mode, state));
    }

    QPixmap pixmap(const QSize &size, QIcon::Mode, QIcon::State) override
    {
        QPixmap pixmap(size);
        pixmap.fill(Qt::transparent);
        QPainter painter(&pixmap);
        painter.setRenderHint(QPainter::Antialiasing);
        const int side = std::min(size.width(), size.height());
        painter.translate(QPoint((size.width() - side) / 2, (size.height() - side) / 2));
        m_draw(&painter, side);
        return pixmap;
    }

    QList<QSize> availableSizes(QIcon::Mode, QIcon::State) override
    {
        return {{16, 16}, {22, 22}, {24, 24}, {32, 32}, {48, 48}, {64, 64}};
    }

    [[nodiscard]] QIconEngine *clone() const override { return new DrawnIcon(m_draw); }

private:
    Draw m_draw;
};

} // namespace

QIcon stateIcon(const Appearance &appearance, Settings::TrayIcon style)
{
    return QIcon(new DrawnIcon([appearance, style](QPainter *painter, int size) {
        drawState(painter, appearance, style, size);
    }));
}

QIcon applicationIcon()
{
    return QIcon(new DrawnIcon([](QPainter *painter, int size) {
        render(painter, QStringLiteral("comet"), QRectF(0, 0, size, size));
    }));
}

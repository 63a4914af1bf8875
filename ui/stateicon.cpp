// SPDX-License-Identifier: Apache-2.0
#include "stateicon.h"

#include "appearance.h"

#include <QFont>
#include <QPainter>
#include <QPixmap>
#include <QSvgRenderer>

#include <algorithm>

namespace {

constexpr int Sizes[] = {16, 22, 24, 32, 48, 64};

QString emblemOf(Appearance::Kind kind)
{
    switch (kind) {
    case Appearance::Kind::Disconnected:
        return QStringLiteral(":/icons/emblem-disconnected.svg");
    case Appearance::Kind::Connecting:
        return QStringLiteral(":/icons/emblem-connecting.svg");
    case Appearance::Kind::Attached:
        return QStringLiteral(":/icons/emblem-attached.svg");
    case Appearance::Kind::WaitingForOwner:
        return QStringLiteral(":/icons/emblem-waiting.svg");
    case Appearance::Kind::Running:
        return QStringLiteral(":/icons/emblem-running.svg");
    case Appearance::Kind::Paused:
        return QStringLiteral(":/icons/emblem-paused.svg");
    case Appearance::Kind::Problem:
        return QStringLiteral(":/icons/emblem-problem.svg");
    }
    Q_UNREACHABLE();
}

void drawNumber(QPainter *painter, const QRectF &box, int number)
{
    QFont font = painter->font();
    font.setPixelSize(std::max(8, int(box.height() * 0.82)));
    font.setBold(true);
    painter->setFont(font);
    painter->setPen(Qt::black);
    painter->drawText(box, Qt::AlignCenter,
                      number > 9 ? QStringLiteral("+") : QString::number(number));
}

QPixmap draw(const Appearance &appearance, int size)
{
    QPixmap pixmap(size, size);
    pixmap.fill(Qt::transparent);
    QPainter painter(&pixmap);
    painter.setRenderHint(QPainter::Antialiasing);
    QSvgRenderer(QStringLiteral(":/icons/comet.svg")).render(&painter, QRectF(0, 0, size, size));
    // The smaller the icon, the larger the share of the emblem: it is what has to be told apart.
    const int emblem = size <= 24 ? (size * 5 + 4) / 8 : size / 2;
    const QRectF box(size - emblem, size - emblem, emblem, emblem);
    QSvgRenderer(emblemOf(appearance.kind)).render(&painter, box);
    if (appearance.number > 0)
        drawNumber(&painter, box, appearance.number);
    return pixmap;
}

} // namespace

QIcon stateIcon(const Appearance &appearance)
{
    QIcon icon;
    for (const int size : Sizes)
        icon.addPixmap(draw(appearance, size));
    return icon;
}

QIcon applicationIcon()
{
    return QIcon(QStringLiteral(":/icons/comet.svg"));
}

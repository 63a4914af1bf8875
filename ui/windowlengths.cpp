// SPDX-License-Identifier: Apache-2.0
#include "windowlengths.h"

#include <QCoreApplication>
#include <QMenu>

namespace WindowLengths {

void addTo(QMenu *menu, const Chosen &chosen)
{
    for (const int minutes : {5, 15, 60}) {
        const QString text =
            QCoreApplication::translate("WindowLengths", "For &%1 min…").arg(minutes);
        QObject::connect(menu->addAction(text), &QAction::triggered, menu,
                         [chosen, minutes] { chosen(std::chrono::minutes(minutes)); });
    }
}

} // namespace WindowLengths

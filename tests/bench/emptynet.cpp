// SPDX-License-Identifier: Apache-2.0
// The least that a Qt network program does: from exec to the first turn of its event loop.
#include <QCoreApplication>
#include <QTcpSocket>
#include <QTimer>

#include <unistd.h>

int main(int argc, char *argv[])
{
    const QCoreApplication app(argc, argv);
    const QTcpSocket socket;
    QTimer::singleShot(0, &socket, [] {
        if (write(STDOUT_FILENO, "x", 1) == 1)
            QCoreApplication::quit();
    });
    return QCoreApplication::exec();
}

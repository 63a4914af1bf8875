// SPDX-License-Identifier: Apache-2.0
// The real cometactl.
#pragma once

#include <QCoreApplication>
#include <QProcess>
#include <QTest>

struct Ended
{
    int code = -1;
    QByteArray output;
    QByteArray error;
};

inline QString program()
{
    return QCoreApplication::applicationDirPath() + QStringLiteral("/cometactl");
}

inline Ended run(const QStringList &arguments, const QByteArray &input = {})
{
    QProcess process;
    process.start(program(), arguments);
    process.write(input);
    process.closeWriteChannel();
    if (!QTest::qWaitFor([&] { return process.state() == QProcess::NotRunning; }, 20'000))
        return {};
    return {process.exitCode(), process.readAllStandardOutput(), process.readAllStandardError()};
}

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QStringList>

// Whether the desktop starts the agent when its owner logs in: cometa-agent.desktop in the
// directory "autostart" of XDG_CONFIG_HOME, or of XDG_CONFIG_DIRS, where the owner's own counts. It
// keeps nothing itself.
class Autostart final
{
public:
    // program: "cometa-agent" or its full path. arguments: besides --minimised.
    explicit Autostart(const QString &program = ownProgram(), const QStringList &arguments = {});

    [[nodiscard]] bool isEnabled() const;
    // False with one line.
    [[nodiscard]] bool setEnabled(bool enabled, QString *errorString) const;

    [[nodiscard]] static QString path(); // of the owner's own file
    // The name alone when that is what a shell would start, else the full path.
    [[nodiscard]] static QString ownProgram();
    // Program and arguments as the value of a key Exec.
    [[nodiscard]] static QString execValue(const QStringList &words);

private:
    [[nodiscard]] bool write(const QByteArray &more, QString *errorString) const;

    QString m_program;
    QStringList m_arguments;
};

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "notice.h"
#include "requestexport.h"

#include <QWidget>

class QProgressBar;
class QPushButton;

// The export of requests that is under way, with Cancel, and then what came of it. Hidden before.
class ExportBar final : public QWidget
{
    Q_OBJECT

public:
    explicit ExportBar(Journal *journal, QWidget *parent = nullptr);

    // Asks for the file, without blocking, and exports there.
    void ask(const RequestFilter &filter);
    // By the ending of path: .json, else CSV.
    void start(const RequestFilter &filter, const QString &path);

private:
    void showProgress(int percent);
    void showEnd(Notice::Kind kind, const QString &text);
    void handleButton();

    RequestExport m_export;
    QString m_path;
    Notice *m_notice;
    QProgressBar *m_progress;
    QPushButton *m_button;
};

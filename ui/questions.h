// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QString>

#include <chrono>
#include <functional>

class QDialog;
class QWidget;
struct AgentStatus;

// Questions before something that cannot be taken back. They do not block; Cancel is the default.
namespace Questions {

// Shown, and gone once it is answered.
QDialog *allowEverything(QWidget *parent, const AgentStatus &status, std::chrono::minutes length,
                         const std::function<void()> &yes);
void quit(QWidget *parent, const AgentStatus &status, const std::function<void()> &yes);
void problem(QWidget *parent, const QString &title, const QString &text);
// Why the program ends, where nobody may read what it wrote on standard error.
void cannotStart(const QString &line);

} // namespace Questions

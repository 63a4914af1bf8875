// SPDX-License-Identifier: Apache-2.0
#include "requestline.h"

#include "colours.h"
#include "journalrows.h"
#include "plain.h"
#include "requestmodel.h"
#include "requesttext.h"
#include "visibletext.h"

#include <QGuiApplication>
#include <QPalette>

RequestLine::RequestLine(const RequestRow &row)
    : received(row.received), state(row.state),
      hasFailed(row.state == RequestState::Finished && row.outcome.exitCode != 0),
      stateText(RequestText::symbolAndState(row.state)),
      command(VisibleText::encodeShort(row.request.command, MaximumCharacters)),
      by(RequestText::decidedBy(row.by)), exit(RequestText::exit(row.outcome))
{
    if (!row.outcome.hasRun)
        return;
    duration = Plain::duration(row.outcome.duration);
    output = Plain::size(row.outputBytes + row.errorBytes);
}

QString RequestLine::text(int column) const
{
    switch (column) {
    case RequestModel::Time:
        return Plain::shortTime(received);
    case RequestModel::State:
        return stateText;
    case RequestModel::Command:
        return command;
    case RequestModel::DecidedBy:
        return by;
    case RequestModel::Exit:
        return exit;
    case RequestModel::Duration:
        return duration;
    case RequestModel::Output:
        return output;
    default:
        return {};
    }
}

QVariant RequestLine::look(int column, int role) const
{
    switch (role) {
    case Qt::ForegroundRole:
        if (hasFailed && (column == RequestModel::State || column == RequestModel::Exit))
            return Colours::of(Colours::Red, QGuiApplication::palette());
        if (column == RequestModel::State)
            return RequestText::colour(state, QGuiApplication::palette());
        return {};
    case Qt::SizeHintRole:
        return Plain::rowSize();
    case Qt::FontRole:
        if (column == RequestModel::Command)
            return Plain::fixedFont();
        return {};
    case Qt::TextAlignmentRole:
        if (column == RequestModel::Duration || column == RequestModel::Output)
            return int(Qt::AlignRight | Qt::AlignVCenter);
        return {};
    default:
        return {};
    }
}

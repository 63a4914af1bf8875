// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QByteArray>
#include <QString>

// What is said to a proxy until it has connected to the server, and what it answers: bytes only.
// Nothing of the server's may come before that, so a byte behind the proxy's last word is a fault.
class ProxyTalk
{
public:
    enum class State { Talking, Open, Failed };
    enum class Fault {
        None,
        OtherKind, // does not speak this protocol
        WantsPassword, // and none was given
        WrongPassword,
        OtherLogin, // wants a way to log in that we do not have
        Forbidden, // does not connect to this server
        Unreachable, // cannot connect to it
        OwnPage, // answers by itself instead: a page to log in, a redirection
        Refused, // anything else
    };
    // To whom the proxy shall connect, and as whom we come.
    struct Purpose
    {
        QString host; // as normalisedHost() gave it; the proxy looks it up
        quint16 port = 0;
        QString user; // empty: without log-in
        QString password;
    };

    ProxyTalk() = default;
    virtual ~ProxyTalk() = default;
    Q_DISABLE_COPY_MOVE(ProxyTalk)

    // Takes what came and returns what is to be written; empty bytes at the beginning.
    [[nodiscard]] virtual QByteArray feed(QByteArrayView bytes) = 0;

    [[nodiscard]] State state() const { return m_state; }
    [[nodiscard]] Fault fault() const { return m_fault; }
    [[nodiscard]] QByteArray words() const { return m_words; } // the proxy's own; may be empty

protected:
    void open() { m_state = State::Open; }
    void fail(Fault fault, const QByteArray &words = {})
    {
        m_state = State::Failed;
        m_fault = fault;
        m_words = words;
    }

private:
    State m_state = State::Talking;
    Fault m_fault = Fault::None;
    QByteArray m_words;
};

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QObject>
#include <QString>

class QProcess;

// The keychain of the desktop: secrets by a key. It is asked by a program of its own, so that
// neither the libraries for it nor its questions to the owner, who may have to unlock it, weigh on
// this one. A call drops the one before.
class Keychain final : public QObject
{
    Q_OBJECT

public:
    enum class Trouble { NotFound, Locked, None, Failed };
    Q_ENUM(Trouble)
    // A locked keychain: its owner is asked to unlock it, or it is left alone.
    enum class Unlock { Ask, Never };

    static constexpr qsizetype MaximumSize = 4096; // bytes of a key, or of a secret

    explicit Keychain(QObject *parent = nullptr);
    ~Keychain() override;

    // done() or failed() follows, never at once. Neither key nor secret has a line end.
    void look(); // is there one?
    void read(const QString &key, Unlock unlock = Unlock::Ask);
    void write(const QString &key, const QByteArray &secret);
    void remove(const QString &key); // done() when it is not there, too
    void cancel(); // nothing follows
    [[nodiscard]] bool isBusy() const { return m_process; }

    // One sentence about it, with what to do.
    [[nodiscard]] static QString text(Trouble trouble, const QString &detail = {});

Q_SIGNALS:
    void done(const QByteArray &secret); // of read()
    void failed(Keychain::Trouble trouble, const QString &text);

private:
    void start(const QString &operation, const QByteArray &input);
    void handleFinished();
    void fail(Trouble trouble, const QString &detail = {});
    // Ends it and what it asks its owner, unless it has ended.
    void drop();

    QProcess *m_process = nullptr;
};

<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de">
<context>
    <name>ActiveRequest</name>
    <message>
        <source>Request %1 is no longer valid: it is %2.</source>
        <translation>Anfrage %1 gilt nicht mehr: Sie ist %2.</translation>
    </message>
</context>
<context>
    <name>Agent</name>
    <message>
        <source>The link is not encrypted: anyone on the way can read it and send commands.</source>
        <translation>Die Verbindung ist nicht verschlüsselt: Wer auf dem Weg sitzt, kann mitlesen und Befehle senden.</translation>
    </message>
    <message>
        <source>Every command that arrives is run without asking.</source>
        <translation>Jeder Befehl, der ankommt, wird ohne Nachfrage ausgeführt.</translation>
    </message>
    <message>
        <source>Commands are not run without asking here, since the link is not encrypted.</source>
        <translation>Hier wird kein Befehl ohne Nachfrage ausgeführt, da die Verbindung nicht verschlüsselt ist.</translation>
    </message>
    <message>
        <source>An event has 1 to %1 bytes; this one has %2.</source>
        <translation>Ein Ereignis hat 1 bis %1 Bytes; dieses hat %2.</translation>
    </message>
    <message>
        <source>The event could not be stored: %1</source>
        <translation>Das Ereignis konnte nicht gespeichert werden: %1</translation>
    </message>
    <message>
        <source>Request %1 is no longer valid: it does not wait for approval.</source>
        <translation>Anfrage %1 gilt nicht mehr: Sie wartet nicht auf eine Genehmigung.</translation>
    </message>
    <message>
        <source>Request %1 does not wait or run.</source>
        <translation>Anfrage %1 wartet nicht und läuft nicht.</translation>
    </message>
    <message>
        <source>Waiting for the keychain, which has the password for the proxy: unlock it.</source>
        <translation>Wartet auf den Schlüsselbund, der das Passwort für den Proxy hat: Entsperren Sie ihn.</translation>
    </message>
    <message>
        <source>Until then nothing is run without asking.</source>
        <translation>Bis dahin läuft nichts ohne Nachfrage.</translation>
    </message>
    <message>
        <source>%1/tls-servers cannot be read, so that every server is spoken to by TLS only: make it a file that you can read, or remove it.</source>
        <translation>%1/tls-servers kann nicht gelesen werden, weshalb mit jedem Server nur über TLS gesprochen wird: Machen Sie daraus eine Datei, die Sie lesen können, oder entfernen Sie sie.</translation>
    </message>
    <message>
        <source>Others can read the key %1: make it yours alone (chmod 600), and consider a new one.</source>
        <translation>Andere können den Schlüssel %1 lesen: Machen Sie ihn zu Ihrem allein (chmod 600), und erwägen Sie einen neuen.</translation>
    </message>
    <message>
        <source>Others can change the settings in %1: make the file yours alone (chmod 600), and look at what it holds.</source>
        <translation>Andere können die Einstellungen in %1 ändern: Machen Sie die Datei zu Ihrer allein (chmod 600), und sehen Sie nach, was darin steht.</translation>
    </message>
</context>
<context>
    <name>Appearance</name>
    <message>
        <source>A command waits for you</source>
        <translation>Ein Befehl wartet auf Sie</translation>
    </message>
    <message>
        <source>%1 commands wait for you</source>
        <translation>%1 Befehle warten auf Sie</translation>
    </message>
    <message>
        <source>A command is running</source>
        <translation>Ein Befehl läuft</translation>
    </message>
    <message>
        <source>%1 commands are running</source>
        <translation>%1 Befehle laufen</translation>
    </message>
    <message>
        <source>Not connected to %1</source>
        <translation>Nicht verbunden mit %1</translation>
    </message>
    <message>
        <source>Not connected to %1, next try in %2 s</source>
        <translation>Nicht verbunden mit %1, nächster Versuch in %2 s</translation>
    </message>
    <message>
        <source>Problem</source>
        <translation>Problem</translation>
    </message>
    <message>
        <source>A setting is wrong</source>
        <translation>Eine Einstellung ist falsch</translation>
    </message>
    <message>
        <source>Not set up</source>
        <translation>Nicht eingerichtet</translation>
    </message>
    <message>
        <source>Not set up yet: enter server and application in the settings</source>
        <translation>Noch nicht eingerichtet: Tragen Sie Server und Anwendung in den Einstellungen ein</translation>
    </message>
    <message>
        <source>Not connected</source>
        <translation>Nicht verbunden</translation>
    </message>
    <message>
        <source>Connecting</source>
        <translation>Verbindungsaufbau</translation>
    </message>
    <message>
        <source>Connecting to %1</source>
        <translation>Verbindung zu %1 wird aufgebaut</translation>
    </message>
    <message>
        <source>Attached</source>
        <translation>Verbunden</translation>
    </message>
    <message>
        <source>Attached to %1</source>
        <translation>Verbunden mit %1</translation>
    </message>
    <message>
        <source>Paused</source>
        <translation>Pause</translation>
    </message>
    <message>
        <source>Paused: detached, no commands come in</source>
        <translation>Pause: getrennt, es kommen keine Befehle an</translation>
    </message>
    <message>
        <source>Waiting for you</source>
        <translation>Wartet auf Sie</translation>
    </message>
    <message>
        <source>Running</source>
        <translation>Läuft</translation>
    </message>
    <message>
        <source>%1 min left</source>
        <translation>noch %1 min</translation>
    </message>
    <message>
        <source>%1 s left</source>
        <translation>noch %1 s</translation>
    </message>
    <message>
        <source>Cometa Agent: %1</source>
        <translation>Cometa Agent: %1</translation>
    </message>
    <message>
        <source>Everything is approved, %1</source>
        <translation>Alles wird genehmigt, %1</translation>
    </message>
    <message>
        <source>Last: %1</source>
        <translation>Zuletzt: %1</translation>
    </message>
    <message>
        <source>%1 missed</source>
        <translation>%1 verpasst</translation>
    </message>
    <message>
        <source>“Allow everything” is on</source>
        <translation>„Alles erlauben“ ist an</translation>
    </message>
</context>
<context>
    <name>ApprovalGate</name>
    <message>
        <source>Request %1 is no longer valid: it does not wait for approval.</source>
        <translation>Anfrage %1 gilt nicht mehr: Sie wartet nicht auf eine Genehmigung.</translation>
    </message>
    <message>
        <source>The agent is ending: nothing is started any more.</source>
        <translation>Der Agent wird beendet: Es wird nichts mehr gestartet.</translation>
    </message>
    <message>
        <source>%1 commands run already: stop one, or wait until one ends.</source>
        <translation>Es laufen schon %1 Befehle: Stoppen Sie einen, oder warten Sie, bis einer endet.</translation>
    </message>
    <message>
        <source>The decision was about another command than that of request %1: look at it again.</source>
        <translation>Entschieden wurde über einen anderen Befehl als den von Anfrage %1: Sehen Sie ihn noch einmal an.</translation>
    </message>
</context>
<context>
    <name>ApprovalPrompt</name>
    <message>
        <source>A command waits for you – Cometa Agent</source>
        <translation>Ein Befehl wartet auf Sie – Cometa Agent</translation>
    </message>
    <message>
        <source>&amp;Next</source>
        <translation>&amp;Weiter</translation>
    </message>
    <message>
        <source>&amp;Close</source>
        <translation>S&amp;chließen</translation>
    </message>
    <message>
        <source>Decide &amp;later</source>
        <translation>S&amp;päter entscheiden</translation>
    </message>
    <message>
        <source>Scroll to the end of the command to approve it.</source>
        <translation>Rollen Sie bis zum Ende des Befehls, um ihn zu genehmigen.</translation>
    </message>
    <message>
        <source>Click into this window before you decide.</source>
        <translation>Klicken Sie in dieses Fenster, bevor Sie entscheiden.</translation>
    </message>
    <message>
        <source>Make rule and &amp;run it now</source>
        <translation>Regel anlegen und &amp;jetzt ausführen</translation>
    </message>
    <message>
        <source>The request is no longer valid. It is not run, and no rule was made.</source>
        <translation>Die Anfrage gilt nicht mehr. Der Befehl wird nicht ausgeführt, und es wurde keine Regel angelegt.</translation>
    </message>
    <message>
        <source>%1 – Cometa Agent</source>
        <translation>%1 – Cometa Agent</translation>
    </message>
</context>
<context>
    <name>Autostart</name>
    <message>
        <source>%1 cannot be removed: %2.</source>
        <translation>%1 kann nicht entfernt werden: %2.</translation>
    </message>
    <message>
        <source>%1 cannot be written: %2.</source>
        <translation>%1 kann nicht geschrieben werden: %2.</translation>
    </message>
</context>
<context>
    <name>Banner</name>
    <message>
        <source>Settings…</source>
        <translation>Einstellungen…</translation>
    </message>
    <message>
        <source>Problem</source>
        <translation>Problem</translation>
    </message>
    <message>
        <source>Warning</source>
        <translation>Warnung</translation>
    </message>
    <message>
        <source>Rules</source>
        <translation>Regeln</translation>
    </message>
</context>
<context>
    <name>BytesView</name>
    <message>
        <source>&amp;Copy as shown</source>
        <translation>Wie gezeigt &amp;kopieren</translation>
    </message>
    <message>
        <source>Copy &amp;all, original bytes</source>
        <translation>&amp;Alles kopieren, ursprüngliche Bytes</translation>
    </message>
    <message>
        <source>&amp;Select all</source>
        <translation>Alles aus&amp;wählen</translation>
    </message>
</context>
<context>
    <name>CertificateView</name>
    <message>
        <source>Pin t&amp;his key</source>
        <translation>Diesen Schlüssel an&amp;heften</translation>
    </message>
    <message>
        <source>Certificate of</source>
        <translation>Zertifikat von</translation>
    </message>
    <message>
        <source>Issued by</source>
        <translation>Ausgestellt von</translation>
    </message>
    <message>
        <source>Valid</source>
        <translation>Gültig</translation>
    </message>
    <message>
        <source>%1 to %2</source>
        <translation>%1 bis %2</translation>
    </message>
    <message>
        <source>SHA-256 of its key</source>
        <translation>SHA-256 seines Schlüssels</translation>
    </message>
    <message>
        <source>From then on only a server with this very key is accepted.</source>
        <translation>Von da an wird nur noch ein Server mit genau diesem Schlüssel angenommen.</translation>
    </message>
    <message>
        <source>This key is pinned</source>
        <translation>Dieser Schlüssel ist angeheftet</translation>
    </message>
</context>
<context>
    <name>ChunkDecoder</name>
    <message>
        <source>The other side sent a chunk size that is no hexadecimal number; it may not speak Cometa.</source>
        <translation>Die Gegenstelle sandte eine Blocklänge, die keine hexadezimale Zahl ist; vielleicht spricht sie kein Cometa.</translation>
    </message>
    <message>
        <source>The other side sent a chunk size of more than 8 digits.</source>
        <translation>Die Gegenstelle sandte eine Blocklänge mit mehr als 8 Ziffern.</translation>
    </message>
    <message>
        <source>The other side announced a message larger than %1 bytes, which is the limit.</source>
        <translation>Die Gegenstelle kündigte eine Nachricht mit mehr als %1 Bytes an; mehr ist nicht erlaubt.</translation>
    </message>
    <message>
        <source>The other side sent a chunk extension that breaks the rules of HTTP.</source>
        <translation>Die Gegenstelle sandte eine Blockerweiterung, die gegen die Regeln von HTTP verstößt.</translation>
    </message>
    <message>
        <source>The other side sent a chunk extension longer than %1 bytes.</source>
        <translation>Die Gegenstelle sandte eine Blockerweiterung mit mehr als %1 Bytes.</translation>
    </message>
    <message>
        <source>The other side ended a line with something other than CR LF.</source>
        <translation>Die Gegenstelle beendete eine Zeile anders als mit CR LF.</translation>
    </message>
    <message>
        <source>The other side sent a message that is longer than it had announced.</source>
        <translation>Die Gegenstelle sandte eine längere Nachricht, als sie angekündigt hatte.</translation>
    </message>
    <message>
        <source>The other side ended the stream with a malformed trailer.</source>
        <translation>Die Gegenstelle beendete den Strom mit einem fehlerhaften Nachspann.</translation>
    </message>
    <message>
        <source>The other side ended the stream with a trailer longer than %1 bytes.</source>
        <translation>Die Gegenstelle beendete den Strom mit einem Nachspann von mehr als %1 Bytes.</translation>
    </message>
</context>
<context>
    <name>CometaClient</name>
    <message>
        <source>“%1” is no server: give a name or an address.</source>
        <translation>„%1“ ist kein Server: Geben Sie einen Namen oder eine Adresse an.</translation>
    </message>
    <message>
        <source>Port 0 is no port: use a number from 1 to 65535.</source>
        <translation>0 ist kein Port: Nehmen Sie eine Zahl von 1 bis 65535.</translation>
    </message>
    <message>
        <source>The application id is not usable: 1 to 64 letters, digits and _ . : -</source>
        <translation>Die Anwendungs-ID ist nicht verwendbar: 1 bis 64 Buchstaben, Ziffern und _ . : -</translation>
    </message>
    <message>
        <source>The device id is not usable: 1 to 32 letters, digits and _ . : -</source>
        <translation>Die Geräte-ID ist nicht verwendbar: 1 bis 32 Buchstaben, Ziffern und _ . : -</translation>
    </message>
    <message>
        <source>Another device uses the id %1 on this server: choose another device id in the settings, or stop the other device.</source>
        <translation>Ein anderes Gerät verwendet die ID %1 auf diesem Server: Wählen Sie in den Einstellungen eine andere Geräte-ID, oder beenden Sie das andere Gerät.</translation>
    </message>
    <message>
        <source>%1 port %2</source>
        <translation>%1 Port %2</translation>
    </message>
    <message>
        <source>No encrypted link to %1 (%2): check the port, and whether that server uses TLS.</source>
        <translation>Keine verschlüsselte Verbindung zu %1 (%2): Prüfen Sie den Port, und ob dieser Server TLS verwendet.</translation>
    </message>
    <message>
        <source>The link to %1 was lost: %2.</source>
        <translation>Die Verbindung zu %1 ging verloren: %2.</translation>
    </message>
    <message>
        <source>The server closed the link.</source>
        <translation>Der Server hat die Verbindung geschlossen.</translation>
    </message>
    <message>
        <source>No encrypted link to %1: the server hung up; check the port, and whether that server uses TLS.</source>
        <translation>Keine verschlüsselte Verbindung zu %1: Der Server hat aufgelegt; prüfen Sie den Port, und ob dieser Server TLS verwendet.</translation>
    </message>
    <message>
        <source>%1 hung up before it answered the attach: check server and port, and whether it wants encryption (TLS).</source>
        <translation>%1 hat aufgelegt, bevor es auf die Anmeldung antwortete: Prüfen Sie Server und Port, und ob Verschlüsselung (TLS) verlangt wird.</translation>
    </message>
    <message>
        <source>%1 is not a Cometa server: check server and port. (%2)</source>
        <translation>%1 ist kein Cometa-Server: Prüfen Sie Server und Port. (%2)</translation>
    </message>
    <message>
        <source>%1 answers, but not as a Cometa server does (its reply is not chunked): check server and port.</source>
        <translation>%1 antwortet, aber nicht wie ein Cometa-Server (die Antwort ist nicht in Blöcke geteilt): Prüfen Sie Server und Port.</translation>
    </message>
    <message>
        <source>%1 broke the protocol: %2</source>
        <translation>%1 hat gegen das Protokoll verstoßen: %2</translation>
    </message>
    <message>
        <source>%1 ended its answer to the attach without a word: check server and port.</source>
        <translation>%1 hat seine Antwort auf die Anmeldung ohne ein Wort beendet: Prüfen Sie Server und Port.</translation>
    </message>
    <message>
        <source>The server ended the link.</source>
        <translation>Der Server hat die Verbindung beendet.</translation>
    </message>
    <message>
        <source>%1 answers the attach with something that is no Cometa reply: check server and port.</source>
        <translation>%1 antwortet auf die Anmeldung mit etwas, das keine Cometa-Antwort ist: Prüfen Sie Server und Port.</translation>
    </message>
    <message>
        <source>%1 does not answer any more: the network or the server is down.</source>
        <translation>%1 antwortet nicht mehr: Das Netz oder der Server ist ausgefallen.</translation>
    </message>
    <message>
        <source>%1 does not answer: check server, port and firewall.</source>
        <translation>%1 antwortet nicht: Prüfen Sie Server, Port und Firewall.</translation>
    </message>
    <message>
        <source>%1 stopped in the middle of a message.</source>
        <translation>%1 hat mitten in einer Nachricht aufgehört.</translation>
    </message>
    <message>
        <source>%1 accepts the connection but does not answer the attach: check server and port.</source>
        <translation>%1 nimmt die Verbindung an, antwortet aber nicht auf die Anmeldung: Prüfen Sie Server und Port.</translation>
    </message>
    <message>
        <source>%1 does not accept this application id (%2): check the application id in the settings.</source>
        <translation>%1 nimmt diese Anwendungs-ID nicht an (%2): Prüfen Sie die Anwendungs-ID in den Einstellungen.</translation>
    </message>
    <message>
        <source>%1 has no Cometa service (%2): check server and port.</source>
        <translation>%1 hat keinen Cometa-Dienst (%2): Prüfen Sie Server und Port.</translation>
    </message>
    <message>
        <source>A proxy on the way to %1 wants a password (%2): this is not a Cometa server; check server and port.</source>
        <translation>Ein Proxy auf dem Weg zu %1 verlangt ein Passwort (%2): Das ist kein Cometa-Server; prüfen Sie Server und Port.</translation>
    </message>
    <message>
        <source>%1 still holds an older link of this device id (%2): trying again until it is free.</source>
        <translation>%1 hält noch eine ältere Verbindung dieser Geräte-ID (%2): Es wird wieder versucht, bis sie frei ist.</translation>
    </message>
    <message>
        <source>%1 says that we come too often (%2): trying again later.</source>
        <translation>%1 sagt, dass wir zu oft kommen (%2): Es wird später wieder versucht.</translation>
    </message>
    <message>
        <source>%1: the server redirects to another address (%2), which is not followed: set server and port to where Cometa is.</source>
        <translation>%1: Der Server verweist auf eine andere Adresse (%2); dem wird nicht gefolgt: Stellen Sie Server und Port so ein, wie Cometa zu erreichen ist.</translation>
    </message>
    <message>
        <source>%1 cannot serve us now (%2): trying again; if it lasts, tell whoever runs the server.</source>
        <translation>%1 kann uns gerade nicht bedienen (%2): Es wird wieder versucht; wenn es anhält, sagen Sie es dem Betreiber des Servers.</translation>
    </message>
    <message>
        <source>%1 refused the attach (%2): check application id and device id in the settings.</source>
        <translation>%1 hat die Anmeldung abgewiesen (%2): Prüfen Sie Anwendungs-ID und Geräte-ID in den Einstellungen.</translation>
    </message>
    <message>
        <source>The file %1 cannot be read: %2.</source>
        <translation>Die Datei %1 kann nicht gelesen werden: %2.</translation>
    </message>
    <message>
        <source>%1 holds no certificate in PEM form: choose another file.</source>
        <translation>%1 enthält kein Zertifikat in PEM-Form: Wählen Sie eine andere Datei.</translation>
    </message>
    <message>
        <source>%1 holds no private key in PEM form without a password: choose another file.</source>
        <translation>%1 enthält keinen privaten Schlüssel in PEM-Form ohne Passwort: Wählen Sie eine andere Datei.</translation>
    </message>
    <message>
        <source>The server&apos;s certificate is not for %1: check the server&apos;s name, or have its certificate made for that name.</source>
        <translation>Das Zertifikat des Servers gilt nicht für %1: Prüfen Sie den Namen des Servers, oder lassen Sie das Zertifikat für diesen Namen ausstellen.</translation>
    </message>
    <message>
        <source>The server&apos;s key is not the pinned one (it is %1): somebody may be in the way; change the pin only if you know why.</source>
        <translation>Der Schlüssel des Servers ist nicht der angeheftete (er ist %1): Vielleicht sitzt jemand dazwischen; ändern Sie den angehefteten Schlüssel nur, wenn Sie wissen, warum.</translation>
    </message>
    <message>
        <source>The certificate of %1 has expired: it must be renewed on the server.</source>
        <translation>Das Zertifikat von %1 ist abgelaufen: Es muss auf dem Server erneuert werden.</translation>
    </message>
    <message>
        <source>The certificate of %1 is not valid yet: check this computer&apos;s clock.</source>
        <translation>Das Zertifikat von %1 gilt noch nicht: Prüfen Sie die Uhr dieses Rechners.</translation>
    </message>
    <message>
        <source>The certificate of %1 is not signed by an authority that this computer knows: if it is your own server, give its CA certificate in the settings (--ca-file).</source>
        <translation>Das Zertifikat von %1 ist von keiner Stelle unterschrieben, die dieser Rechner kennt: Ist es Ihr eigener Server, geben Sie dessen CA-Zertifikat in den Einstellungen an (--ca-file).</translation>
    </message>
    <message>
        <source>The certificate of %1 is not acceptable: %2.</source>
        <translation>Das Zertifikat von %1 ist nicht annehmbar: %2.</translation>
    </message>
    <message>
        <source>The proxy %1 does not answer: check the proxy in the settings.</source>
        <translation>Der Proxy %1 antwortet nicht: Prüfen Sie den Proxy in den Einstellungen.</translation>
    </message>
    <message>
        <source>There is no answer from %1 through the proxy %2: check server and port, and the proxy in the settings.</source>
        <translation>Von %1 kommt durch den Proxy %2 keine Antwort: Prüfen Sie Server und Port und den Proxy in den Einstellungen.</translation>
    </message>
    <message>
        <source>Key %1 and certificate %2 do not work together: give the two that were made together, with a key of 2048 bits or more.</source>
        <translation>Schlüssel %1 und Zertifikat %2 passen nicht zusammen: Geben Sie die beiden an, die zusammen erzeugt wurden, mit einem Schlüssel von mindestens 2048 Bit.</translation>
    </message>
    <message>
        <source>its key has %1 bits, and it needs 2048 or more</source>
        <translation>sein Schlüssel hat %1 Bit und braucht mindestens 2048</translation>
    </message>
    <message>
        <source>it is signed with %1, which can be forged; it needs SHA-256</source>
        <translation>es ist mit %1 unterschrieben, das sich fälschen lässt; es braucht SHA-256</translation>
    </message>
    <message>
        <source>it does not speak TLS</source>
        <translation>er spricht kein TLS</translation>
    </message>
    <message>
        <source>it knows only versions of TLS before 1.2</source>
        <translation>er kennt nur TLS-Versionen vor 1.2</translation>
    </message>
    <message>
        <source>it knows no safe cipher, or wants a client certificate</source>
        <translation>er kennt kein sicheres Verfahren oder will ein Client-Zertifikat</translation>
    </message>
    <message>
        <source>it does not take the client certificate</source>
        <translation>er nimmt das Client-Zertifikat nicht an</translation>
    </message>
    <message>
        <source>%1 wants encryption: turn TLS on in the settings (--tls).</source>
        <translation>%1 verlangt Verschlüsselung: Schalten Sie TLS in den Einstellungen ein (--tls).</translation>
    </message>
    <message>
        <source>%1 is not a Cometa server, or it expects encryption: check server and port, or turn TLS on in the settings (--tls).</source>
        <translation>%1 ist kein Cometa-Server oder erwartet Verschlüsselung: Prüfen Sie Server und Port, oder schalten Sie TLS in den Einstellungen ein (--tls).</translation>
    </message>
    <message>
        <source>it wants a client certificate: give its file and that of its key in the settings (--cert-file, --key-file)</source>
        <translation>er will ein Client-Zertifikat: Geben Sie dessen Datei und die seines Schlüssels in den Einstellungen an (--cert-file, --key-file)</translation>
    </message>
</context>
<context>
    <name>CommandFact</name>
    <message>
        <source>becomes another user</source>
        <translation>wird ein anderer Benutzer</translation>
    </message>
    <message>
        <source>feeds a shell from the network</source>
        <translation>füttert eine Shell aus dem Netz</translation>
    </message>
    <message>
        <source>feeds a shell</source>
        <translation>füttert eine Shell</translation>
    </message>
    <message>
        <source>runs another shell</source>
        <translation>startet eine weitere Shell</translation>
    </message>
    <message>
        <source>uses the network</source>
        <translation>benutzt das Netz</translation>
    </message>
    <message>
        <source>deletes</source>
        <translation>löscht</translation>
    </message>
    <message>
        <source>writes below %1</source>
        <translation>schreibt unter %1</translation>
    </message>
    <message>
        <source>controls services or the computer</source>
        <translation>steuert Dienste oder den Rechner</translation>
    </message>
    <message>
        <source>ends processes</source>
        <translation>beendet Prozesse</translation>
    </message>
    <message>
        <source>goes on in the background</source>
        <translation>läuft im Hintergrund weiter</translation>
    </message>
</context>
<context>
    <name>CommandHistory</name>
    <message>
        <source>decided by %1</source>
        <translation>entschieden: %1</translation>
    </message>
    <message>
        <source>Last time: %1</source>
        <translation>Letztes Mal: %1</translation>
    </message>
    <message>
        <source>Exactly this command was not run from there before.</source>
        <translation>Genau dieser Befehl wurde von dort noch nie ausgeführt.</translation>
    </message>
    <message>
        <source>Exactly this command was run from there %1 times or more, the last time at %2.</source>
        <translation>Genau dieser Befehl wurde von dort mindestens %1-mal ausgeführt, zuletzt: %2.</translation>
    </message>
    <message>
        <source>Exactly this command was run from there once, at %1.</source>
        <translation>Genau dieser Befehl wurde von dort einmal ausgeführt: %1.</translation>
    </message>
    <message>
        <source>Exactly this command was run from there %1 times, the last time at %2.</source>
        <translation>Genau dieser Befehl wurde von dort %1-mal ausgeführt, zuletzt: %2.</translation>
    </message>
    <message>
        <source>No rule has decided about this command so far.</source>
        <translation>Über diesen Befehl hat noch keine Regel entschieden.</translation>
    </message>
    <message>
        <source>A rule has decided about this command once, at %1.</source>
        <translation>Über diesen Befehl hat einmal eine Regel entschieden: %1.</translation>
    </message>
    <message>
        <source>A rule has decided about this command %1 times, the last time at %2.</source>
        <translation>Über diesen Befehl hat %1-mal eine Regel entschieden, zuletzt: %2.</translation>
    </message>
</context>
<context>
    <name>ConnectionHeader</name>
    <message>
        <source>Se&amp;ttings…</source>
        <translation>E&amp;instellungen…</translation>
    </message>
    <message>
        <source>E&amp;nd “allow everything” (%1)</source>
        <translation>„&amp;Alles erlauben“ beenden (%1)</translation>
    </message>
    <message>
        <source>&amp;Allow everything</source>
        <translation>&amp;Alles erlauben</translation>
    </message>
    <message>
        <source>Res&amp;ume</source>
        <translation>&amp;Fortsetzen</translation>
    </message>
    <message>
        <source>&amp;Pause</source>
        <translation>&amp;Pause</translation>
    </message>
    <message>
        <source>application %1</source>
        <translation>Anwendung %1</translation>
    </message>
    <message>
        <source>device %1</source>
        <translation>Gerät %1</translation>
    </message>
    <message>
        <source>encrypted</source>
        <translation>verschlüsselt</translation>
    </message>
    <message>
        <source>not encrypted</source>
        <translation>nicht verschlüsselt</translation>
    </message>
    <message>
        <source>since %1</source>
        <translation>seit %1</translation>
    </message>
    <message>
        <source>More</source>
        <translation>Mehr</translation>
    </message>
    <message>
        <source>&amp;Quit</source>
        <translation>&amp;Beenden</translation>
    </message>
    <message>
        <source>&amp;Stop running commands (%1)</source>
        <translation>Laufende Befehle &amp;stoppen (%1)</translation>
    </message>
</context>
<context>
    <name>ConnectionTest</name>
    <message>
        <source>Cancel &amp;test</source>
        <translation>&amp;Test abbrechen</translation>
    </message>
    <message>
        <source>&amp;Test connection</source>
        <translation>Verbindung &amp;testen</translation>
    </message>
    <message>
        <source>The agent is attached with these settings already.</source>
        <translation>Der Agent ist mit diesen Einstellungen schon verbunden.</translation>
    </message>
    <message>
        <source>Tried as device %1, since the agent is attached as %2.</source>
        <translation>Versucht als Gerät %1, da der Agent als %2 verbunden ist.</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1: %2</translation>
    </message>
    <message>
        <source>The link is not encrypted: anyone on the way can read it and send commands. Turn encryption on if the server has it.</source>
        <translation>Die Verbindung ist nicht verschlüsselt: Wer auf dem Weg sitzt, kann mitlesen und Befehle senden. Schalten Sie die Verschlüsselung ein, wenn der Server sie hat.</translation>
    </message>
    <message>
        <source>Everything works.</source>
        <translation>Alles funktioniert.</translation>
    </message>
    <message>
        <source>%1: cancelled</source>
        <translation>%1: abgebrochen</translation>
    </message>
    <message>
        <source>The keychain is asked for the password</source>
        <translation>Der Schlüsselbund wird nach dem Passwort gefragt</translation>
    </message>
</context>
<context>
    <name>Connector</name>
    <message>
        <source>No computer is called %1: check the server&apos;s name in the settings, and that this computer is online.</source>
        <translation>Kein Rechner heißt %1: Prüfen Sie den Namen des Servers in den Einstellungen, und ob dieser Rechner im Netz ist.</translation>
    </message>
    <message>
        <source>The name %1 could not be looked up: check that this computer is online.</source>
        <translation>Der Name %1 konnte nicht nachgeschlagen werden: Prüfen Sie, ob dieser Rechner im Netz ist.</translation>
    </message>
    <message>
        <source>Nothing listens at %1 port %2: check the port, and that the server is running.</source>
        <translation>An %1 Port %2 antwortet niemand: Prüfen Sie den Port, und ob der Server läuft.</translation>
    </message>
    <message>
        <source>%1 port %2 hung up at once: check server and port.</source>
        <translation>%1 Port %2 hat sofort aufgelegt: Prüfen Sie Server und Port.</translation>
    </message>
    <message>
        <source>There is no way to %1 in the network: check that this computer is online.</source>
        <translation>Im Netz gibt es keinen Weg zu %1: Prüfen Sie, ob dieser Rechner im Netz ist.</translation>
    </message>
    <message>
        <source>%1 port %2 cannot be reached (%3): check server and port.</source>
        <translation>%1 Port %2 ist nicht erreichbar (%3): Prüfen Sie Server und Port.</translation>
    </message>
    <message>
        <source>its name is not known</source>
        <translation>sein Name ist nicht bekannt</translation>
    </message>
    <message>
        <source>The proxy %1 port %2 cannot be reached (%3): check the proxy in the settings, and that this computer is online.</source>
        <translation>Der Proxy %1 Port %2 ist nicht erreichbar (%3): Prüfen Sie den Proxy in den Einstellungen, und ob dieser Rechner im Netz ist.</translation>
    </message>
</context>
<context>
    <name>CopyLine</name>
    <message>
        <source>&amp;Copy</source>
        <translation>&amp;Kopieren</translation>
    </message>
</context>
<context>
    <name>CountdownBar</name>
    <message>
        <source>Time left to decide</source>
        <translation>Zeit, die zum Entscheiden bleibt</translation>
    </message>
    <message>
        <source>expires in 00:00 (held), then it is not run</source>
        <translation>läuft in 00:00 ab (angehalten), dann keine Ausführung</translation>
    </message>
    <message>
        <source>expires in %1 (held), then it is not run</source>
        <translation>läuft in %1 ab (angehalten), dann keine Ausführung</translation>
    </message>
    <message>
        <source>expires in %1, then it is not run</source>
        <translation>läuft in %1 ab, dann keine Ausführung</translation>
    </message>
    <message>
        <source>over</source>
        <translation>vorbei</translation>
    </message>
</context>
<context>
    <name>DataDirectory</name>
    <message>
        <source>%1 is a symbolic link; name the directory itself.</source>
        <translation>%1 ist ein symbolischer Verweis; nennen Sie das Verzeichnis selbst.</translation>
    </message>
    <message>
        <source>%1 belongs to another user; use a directory of your own.</source>
        <translation>%1 gehört einem anderen Benutzer; nehmen Sie ein eigenes Verzeichnis.</translation>
    </message>
    <message>
        <source>%1 cannot be closed to others: %2.</source>
        <translation>%1 kann nicht vor anderen verschlossen werden: %2.</translation>
    </message>
    <message>
        <source>%1/lock cannot be opened (%2): choose another data directory.</source>
        <translation>%1/lock lässt sich nicht öffnen (%2): Wählen Sie ein anderes Datenverzeichnis.</translation>
    </message>
    <message>
        <source>Another agent (pid %1) uses %2; end it or use another data directory.</source>
        <translation>Ein anderer Agent (PID %1) benutzt %2; beenden Sie ihn, oder nehmen Sie ein anderes Datenverzeichnis.</translation>
    </message>
    <message>
        <source>%1 is a symbolic link; remove it.</source>
        <translation>%1 ist ein symbolischer Verweis; entfernen Sie ihn.</translation>
    </message>
    <message>
        <source>%1 is no file; remove it.</source>
        <translation>%1 ist keine Datei; entfernen Sie es.</translation>
    </message>
    <message>
        <source>%1 belongs to another user; remove it.</source>
        <translation>%1 gehört einem anderen Benutzer; entfernen Sie es.</translation>
    </message>
    <message>
        <source>The damaged %1 cannot be moved aside: %2.</source>
        <translation>Die beschädigte Datei %1 kann nicht beiseitegelegt werden: %2.</translation>
    </message>
    <message>
        <source>%1 cannot be made (%2): choose another data directory.</source>
        <translation>%1 lässt sich nicht anlegen (%2): Wählen Sie ein anderes Datenverzeichnis.</translation>
    </message>
    <message>
        <source>%1 cannot be used (%2): choose another data directory.</source>
        <translation>%1 lässt sich nicht verwenden (%2): Wählen Sie ein anderes Datenverzeichnis.</translation>
    </message>
</context>
<context>
    <name>DatabaseCheck</name>
    <message>
        <source>it is empty</source>
        <translation>es ist leer</translation>
    </message>
    <message>
        <source>it holds tables, views or triggers that are not ours</source>
        <translation>es enthält Tabellen, Sichten oder Trigger, die nicht von uns sind</translation>
    </message>
    <message>
        <source>The journal in %1 was written by a later version of the agent; install that one.</source>
        <translation>Das Journal in %1 wurde von einer neueren Version des Agenten geschrieben; installieren Sie diese.</translation>
    </message>
    <message>
        <source>its pages are damaged</source>
        <translation>seine Seiten sind beschädigt</translation>
    </message>
    <message>
        <source>row %1 of the chain is broken</source>
        <translation>Zeile %1 der Kette ist gebrochen</translation>
    </message>
    <message>
        <source>row 1 of the chain is broken</source>
        <translation>Zeile 1 der Kette ist gebrochen</translation>
    </message>
    <message>
        <source>The file head of the journal is missing; whether its last rows are all there cannot be told.</source>
        <translation>Die Datei head des Journals fehlt; ob seine letzten Zeilen alle da sind, ist nicht festzustellen.</translation>
    </message>
    <message>
        <source>rows %1 to %2 are missing</source>
        <translation>die Zeilen %1 bis %2 fehlen</translation>
    </message>
    <message>
        <source>The last rows of the journal, %1 to %2, were lost when the machine went down.</source>
        <translation>Die letzten Zeilen des Journals, %1 bis %2, gingen beim Absturz des Rechners verloren.</translation>
    </message>
    <message>
        <source>row %1 is not the one in the file head</source>
        <translation>Zeile %1 ist nicht die aus der Datei head</translation>
    </message>
    <message>
        <source>The journal in %1 cannot be read: %2.</source>
        <translation>Das Journal in %1 kann nicht gelesen werden: %2.</translation>
    </message>
    <message>
        <source>The journal in %1 cannot be read: input/output error.</source>
        <translation>Das Journal in %1 kann nicht gelesen werden: Ein-/Ausgabefehler.</translation>
    </message>
    <message>
        <source>its header is damaged</source>
        <translation>ihr Kopf ist beschädigt</translation>
    </message>
</context>
<context>
    <name>Desktop</name>
    <message>
        <source>Exactly this command is running now.</source>
        <translation>Genau dieser Befehl läuft gerade.</translation>
    </message>
</context>
<context>
    <name>EmptyView</name>
    <message>
        <source>Example command line</source>
        <translation>Beispiel einer Befehlszeile</translation>
    </message>
</context>
<context>
    <name>EventDetails</name>
    <message>
        <source>Kind and time</source>
        <translation>Art und Zeit</translation>
    </message>
    <message>
        <source>What happened</source>
        <translation>Was geschah</translation>
    </message>
    <message>
        <source>What to do</source>
        <translation>Was zu tun ist</translation>
    </message>
    <message>
        <source>Payload of the event</source>
        <translation>Inhalt des Ereignisses</translation>
    </message>
</context>
<context>
    <name>EventModel</name>
    <message>
        <source>Heartbeats</source>
        <translation>Lebenszeichen</translation>
    </message>
    <message>
        <source>No longer in the history</source>
        <translation>Nicht mehr im Verlauf</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>Zeit</translation>
    </message>
    <message>
        <source>Kind</source>
        <translation>Art</translation>
    </message>
    <message>
        <source>What</source>
        <translation>Was</translation>
    </message>
    <message>
        <source>now</source>
        <translation>jetzt</translation>
    </message>
    <message>
        <source>%1 on this connection · %2</source>
        <translation>%1 auf dieser Verbindung · %2</translation>
    </message>
</context>
<context>
    <name>EventText</name>
    <message>
        <source>Attached to %1 as %2, encrypted</source>
        <translation>Verbunden mit %1 als %2, verschlüsselt</translation>
    </message>
    <message>
        <source>Attached to %1 as %2, not encrypted</source>
        <translation>Verbunden mit %1 als %2, nicht verschlüsselt</translation>
    </message>
    <message>
        <source>Refused: %1</source>
        <translation>Abgewiesen: %1</translation>
    </message>
    <message>
        <source>Not connected: %1</source>
        <translation>Nicht verbunden: %1</translation>
    </message>
    <message>
        <source>Paused by you</source>
        <translation>Pause durch Sie</translation>
    </message>
    <message>
        <source>Detached</source>
        <translation>Getrennt</translation>
    </message>
    <message>
        <source>Cometa Agent ended</source>
        <translation>Cometa Agent beendet</translation>
    </message>
    <message>
        <source>Cometa Agent %1 started</source>
        <translation>Cometa Agent %1 gestartet</translation>
    </message>
    <message>
        <source>Cometa Agent %1 started, not set up yet</source>
        <translation>Cometa Agent %1 gestartet, noch nicht eingerichtet</translation>
    </message>
    <message>
        <source>Settings changed: %1</source>
        <translation>Einstellungen geändert: %1</translation>
    </message>
    <message>
        <source>Everything is approved for %1 min</source>
        <translation>Alles wird für %1 min genehmigt</translation>
    </message>
    <message>
        <source>“Allow everything” has ended</source>
        <translation>„Alles erlauben“ ist beendet</translation>
    </message>
    <message>
        <source>Old history was removed, rows %1 to %2</source>
        <translation>Alter Verlauf wurde entfernt, Zeilen %1 bis %2</translation>
    </message>
    <message>
        <source>The history begins</source>
        <translation>Der Verlauf beginnt</translation>
    </message>
    <message>
        <source>The history can be written again</source>
        <translation>Der Verlauf kann wieder geschrieben werden</translation>
    </message>
    <message>
        <source>The history was mended when the agent started: %1</source>
        <translation>Der Verlauf wurde beim Start des Agenten repariert: %1</translation>
    </message>
    <message>
        <source>Connection</source>
        <translation>Verbindung</translation>
    </message>
    <message>
        <source>Event sent</source>
        <translation>Ereignis gesendet</translation>
    </message>
    <message>
        <source>Event lost</source>
        <translation>Ereignis verloren</translation>
    </message>
    <message>
        <source>Agent</source>
        <translation>Agent</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>Einstellungen</translation>
    </message>
    <message>
        <source>Approval</source>
        <translation>Genehmigung</translation>
    </message>
    <message>
        <source>Rules</source>
        <translation>Regeln</translation>
    </message>
    <message>
        <source>You</source>
        <translation>Sie</translation>
    </message>
    <message>
        <source>History</source>
        <translation>Verlauf</translation>
    </message>
    <message>
        <source>%1 waiting events were dropped, since there was no more room</source>
        <translation>%1 wartende Ereignisse wurden verworfen, da kein Platz mehr war</translation>
    </message>
    <message>
        <source>You are back</source>
        <translation>Sie sind wieder da</translation>
    </message>
    <message>
        <source>The screen is locked, or you are away</source>
        <translation>Der Bildschirm ist gesperrt, oder Sie sind fort</translation>
    </message>
    <message>
        <source>To keep more of them: Settings, Events, “Keep unsent events”. And see why the connection was down.</source>
        <translation>Um mehr zu behalten: Einstellungen, Ereignisse, „Ungesendete behalten“. Und sehen Sie nach, warum die Verbindung fehlte.</translation>
    </message>
    <message>
        <source>To check what is there: cometactl log verify.</source>
        <translation>Um zu prüfen, was da ist: cometactl log verify.</translation>
    </message>
    <message>
        <source>It is tried again, at most once a minute, but will hardly work before that is changed.</source>
        <translation>Es wird höchstens einmal je Minute wieder versucht, wird aber kaum gelingen, bevor das geändert ist.</translation>
    </message>
    <message>
        <source>It is tried again by itself, at least once a minute. If it lasts: does the server run, and is the network up?</source>
        <translation>Es wird von selbst wieder versucht, mindestens einmal je Minute. Wenn es anhält: Läuft der Server, und steht das Netz?</translation>
    </message>
    <message>
        <source>1 heartbeat</source>
        <translation>1 Lebenszeichen</translation>
    </message>
    <message>
        <source>%1 heartbeats</source>
        <translation>%1 Lebenszeichen</translation>
    </message>
    <message>
        <source>%1, the last at %2</source>
        <translation>%1, das letzte um %2</translation>
    </message>
    <message>
        <source>just now</source>
        <translation>gerade eben</translation>
    </message>
    <message>
        <source>%1 s ago</source>
        <translation>vor %1 s</translation>
    </message>
    <message>
        <source>%1 min ago</source>
        <translation>vor %1 min</translation>
    </message>
    <message>
        <source>%1 s</source>
        <translation>%1 s</translation>
    </message>
    <message>
        <source>%1 min</source>
        <translation>%1 min</translation>
    </message>
    <message>
        <source>%1 h</source>
        <translation>%1 h</translation>
    </message>
    <message>
        <source>%1 h %2 min</source>
        <translation>%1 h %2 min</translation>
    </message>
    <message>
        <source>%1 d %2 h</source>
        <translation>%1 d %2 h</translation>
    </message>
</context>
<context>
    <name>EventView</name>
    <message>
        <source>All</source>
        <translation>Alle</translation>
    </message>
    <message>
        <source>What happens to the connection, to events and settings will be listed here.</source>
        <translation>Hier steht, was mit Verbindung, Ereignissen und Einstellungen geschieht.</translation>
    </message>
    <message>
        <source>Connection</source>
        <translation>Verbindung</translation>
    </message>
    <message>
        <source>Attaching to the server, and losses of the connection, will be listed here.</source>
        <translation>Hier stehen Anmeldungen beim Server und Verluste der Verbindung.</translation>
    </message>
    <message>
        <source>Events sent</source>
        <translation>Gesendete Ereignisse</translation>
    </message>
    <message>
        <source>Events that this computer sends to the server will be listed here.</source>
        <translation>Hier stehen Ereignisse, die dieser Rechner dem Server sendet.</translation>
    </message>
    <message>
        <source>To send one, in a terminal on this computer:</source>
        <translation>Um eines zu senden, in einem Terminal auf diesem Rechner:</translation>
    </message>
    <message>
        <source>Settings and rules</source>
        <translation>Einstellungen und Regeln</translation>
    </message>
    <message>
        <source>Changes of settings and rules, and when “allow everything” was on, will be listed here.</source>
        <translation>Hier stehen Änderungen an Einstellungen und Regeln, und wann „Alles erlauben“ an war.</translation>
    </message>
    <message>
        <source>Problems</source>
        <translation>Probleme</translation>
    </message>
    <message>
        <source>There was no problem. Lost and refused connections, and events that got lost, will be listed here with what to do.</source>
        <translation>Es gab kein Problem. Hier stehen verlorene und abgewiesene Verbindungen und verlorene Ereignisse, mit dem, was zu tun ist.</translation>
    </message>
    <message>
        <source>Events</source>
        <translation>Ereignisse</translation>
    </message>
    <message>
        <source>&amp;Copy</source>
        <translation>&amp;Kopieren</translation>
    </message>
    <message>
        <source>Which events are listed</source>
        <translation>Welche Ereignisse gezeigt werden</translation>
    </message>
    <message>
        <source>S&amp;how:</source>
        <translation>An&amp;zeigen:</translation>
    </message>
    <message>
        <source>Last 24 hours: %1</source>
        <translation>Letzte 24 Stunden: %1</translation>
    </message>
    <message>
        <source>No events wait to be sent</source>
        <translation>Kein Ereignis wartet auf das Senden</translation>
    </message>
    <message>
        <source>1 event waits to be sent</source>
        <translation>1 Ereignis wartet auf das Senden</translation>
    </message>
    <message>
        <source>%1 events wait to be sent</source>
        <translation>%1 Ereignisse warten auf das Senden</translation>
    </message>
</context>
<context>
    <name>ExportBar</name>
    <message>
        <source>Export</source>
        <translation>Exportieren</translation>
    </message>
    <message>
        <source>%1 requests were exported to %2.</source>
        <translation>%1 Anfragen wurden nach %2 exportiert.</translation>
    </message>
    <message>
        <source>Export requests</source>
        <translation>Anfragen exportieren</translation>
    </message>
    <message>
        <source>Table, for spreadsheets (*.csv)</source>
        <translation>Tabelle, für Tabellenprogramme (*.csv)</translation>
    </message>
    <message>
        <source>JSON (*.json)</source>
        <translation>JSON (*.json)</translation>
    </message>
    <message>
        <source>Exporting, %1 requests so far</source>
        <translation>Export läuft, bisher %1 Anfragen</translation>
    </message>
    <message>
        <source>The export was cancelled; no file was written.</source>
        <translation>Der Export wurde abgebrochen; es wurde keine Datei geschrieben.</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>&amp;Hide</source>
        <translation>Ausblen&amp;den</translation>
    </message>
    <message>
        <source>Choose another place.</source>
        <translation>Wählen Sie einen anderen Ort.</translation>
    </message>
</context>
<context>
    <name>FilterBar</name>
    <message>
        <source>E&amp;xport…</source>
        <translation>E&amp;xportieren…</translation>
    </message>
    <message>
        <source>Any state</source>
        <translation>Jeder Zustand</translation>
    </message>
    <message>
        <source>Waiting or running</source>
        <translation>Wartet oder läuft</translation>
    </message>
    <message>
        <source>Finished</source>
        <translation>Beendet</translation>
    </message>
    <message>
        <source>Failed or stopped</source>
        <translation>Fehlgeschlagen oder gestoppt</translation>
    </message>
    <message>
        <source>Denied or expired</source>
        <translation>Abgelehnt oder abgelaufen</translation>
    </message>
    <message>
        <source>Any day</source>
        <translation>Jeder Tag</translation>
    </message>
    <message>
        <source>Today</source>
        <translation>Heute</translation>
    </message>
    <message>
        <source>Last 7 days</source>
        <translation>Letzte 7 Tage</translation>
    </message>
    <message>
        <source>Last 30 days</source>
        <translation>Letzte 30 Tage</translation>
    </message>
    <message>
        <source>Search</source>
        <translation>Suche</translation>
    </message>
    <message>
        <source>Search commands and reasons</source>
        <translation>Befehle und Begründungen suchen</translation>
    </message>
    <message>
        <source>Words that a command or a reason holds, or their beginnings (Ctrl+F)</source>
        <translation>Wörter aus Befehl oder Begründung, oder deren Anfänge (Strg+F)</translation>
    </message>
    <message>
        <source>State</source>
        <translation>Zustand</translation>
    </message>
    <message>
        <source>Days</source>
        <translation>Tage</translation>
    </message>
    <message>
        <source>Export</source>
        <translation>Exportieren</translation>
    </message>
    <message>
        <source>Write the requests that are listed to a file, CSV or JSON</source>
        <translation>Die gezeigten Anfragen in eine Datei schreiben, CSV oder JSON</translation>
    </message>
</context>
<context>
    <name>FirstStart</name>
    <message>
        <source>Start when I &amp;log in</source>
        <translation>Beim Anme&amp;lden starten</translation>
    </message>
    <message>
        <source>Tr&amp;y it with a server on this computer</source>
        <translation>Mit einem Server auf diesem &amp;Rechner versuchen</translation>
    </message>
    <message>
        <source>Set &amp;up later</source>
        <translation>Später &amp;einrichten</translation>
    </message>
    <message>
        <source>&amp;Back</source>
        <translation>&amp;Zurück</translation>
    </message>
    <message>
        <source>Set up Cometa Agent</source>
        <translation>Einrichtung von Cometa Agent</translation>
    </message>
    <message>
        <source>Server</source>
        <translation>Server</translation>
    </message>
    <message>
        <source>No server at hand? A small one can run on this computer until you quit.</source>
        <translation>Kein Server zur Hand? Ein kleiner kann auf diesem Rechner laufen, bis Sie den Agenten beenden.</translation>
    </message>
    <message>
        <source>Start and notifications</source>
        <translation>Start und Benachrichtigungen</translation>
    </message>
    <message>
        <source>Commands for this computer, on your terms</source>
        <translation>Befehle für diesen Rechner, zu Ihren Bedingungen</translation>
    </message>
    <message>
        <source>Which server?</source>
        <translation>Welcher Server?</translation>
    </message>
    <message>
        <source>How it starts, and how it tells you</source>
        <translation>Wie er startet, und wie er sich meldet</translation>
    </message>
    <message>
        <source>Ready</source>
        <translation>Bereit</translation>
    </message>
    <message>
        <source>Step %1 of 3</source>
        <translation>Schritt %1 von 3</translation>
    </message>
    <message>
        <source>A server runs on this computer, on port %1. It ends when you quit, and the next start asks again: nothing is saved.</source>
        <translation>Auf diesem Rechner läuft ein Server, an Port %1. Er endet, wenn Sie den Agenten beenden, und der nächste Start fragt wieder: Nichts wird gespeichert.</translation>
    </message>
    <message>
        <source>&amp;Attach</source>
        <translation>Ver&amp;binden</translation>
    </message>
    <message>
        <source>&amp;Done</source>
        <translation>&amp;Fertig</translation>
    </message>
    <message>
        <source>&amp;Next</source>
        <translation>&amp;Weiter</translation>
    </message>
    <message>
        <source>Starting a server on this computer…</source>
        <translation>Auf diesem Rechner wird ein Server gestartet…</translation>
    </message>
    <message>
        <source>Cometa Agent was started once more. Nothing was filled in.</source>
        <translation>Cometa Agent wurde noch einmal gestartet. Eingetragen wurde nichts.</translation>
    </message>
    <message>
        <source>Cometa Agent was started once more, with these settings: %1. Nothing is saved before you press Attach.</source>
        <translation>Cometa Agent wurde noch einmal gestartet, mit diesen Einstellungen: %1. Gespeichert wird erst mit „Verbinden“.</translation>
    </message>
    <message>
        <source> Not asked for here, but to be found in the settings: %1.</source>
        <translation> Hier nicht gefragt, aber in den Einstellungen zu finden: %1.</translation>
    </message>
</context>
<context>
    <name>ForeignLetters</name>
    <message>
        <source>full-width</source>
        <translation>vollbreit</translation>
    </message>
    <message>
        <source>half-width</source>
        <translation>halbbreit</translation>
    </message>
    <message>
        <source>in another style</source>
        <translation>in anderem Stil</translation>
    </message>
    <message>
        <source>circled</source>
        <translation>eingekreist</translation>
    </message>
    <message>
        <source>superscript</source>
        <translation>hochgestellt</translation>
    </message>
    <message>
        <source>subscript</source>
        <translation>tiefgestellt</translation>
    </message>
    <message>
        <source>sign</source>
        <translation>Zeichen</translation>
    </message>
    <message>
        <source>Latin</source>
        <translation>lateinisch</translation>
    </message>
    <message>
        <source>Greek</source>
        <translation>griechisch</translation>
    </message>
    <message>
        <source>Coptic</source>
        <translation>koptisch</translation>
    </message>
    <message>
        <source>Cyrillic</source>
        <translation>kyrillisch</translation>
    </message>
    <message>
        <source>Armenian</source>
        <translation>armenisch</translation>
    </message>
    <message>
        <source>Georgian</source>
        <translation>georgisch</translation>
    </message>
    <message>
        <source>Cherokee</source>
        <translation>Cherokee</translation>
    </message>
    <message>
        <source>Canadian syllabic</source>
        <translation>kanadische Silbe</translation>
    </message>
    <message>
        <source>Lisu</source>
        <translation>Lisu</translation>
    </message>
    <message>
        <source>Runic</source>
        <translation>Rune</translation>
    </message>
    <message>
        <source>Ethiopic</source>
        <translation>äthiopisch</translation>
    </message>
    <message>
        <source>Devanagari</source>
        <translation>Devanagari</translation>
    </message>
    <message>
        <source>Bengali</source>
        <translation>bengalisch</translation>
    </message>
    <message>
        <source>Tamil</source>
        <translation>tamilisch</translation>
    </message>
    <message>
        <source>Thai</source>
        <translation>thailändisch</translation>
    </message>
    <message>
        <source>Hangul</source>
        <translation>Hangul</translation>
    </message>
    <message>
        <source>Hiragana</source>
        <translation>Hiragana</translation>
    </message>
    <message>
        <source>Katakana</source>
        <translation>Katakana</translation>
    </message>
    <message>
        <source>Chinese</source>
        <translation>chinesisch</translation>
    </message>
    <message>
        <source>of another script</source>
        <translation>aus anderer Schrift</translation>
    </message>
    <message>
        <source>%1 and %2 more</source>
        <translation>%1 und %2 weitere</translation>
    </message>
</context>
<context>
    <name>HourPainter</name>
    <message>
        <source>now</source>
        <translation>jetzt</translation>
    </message>
</context>
<context>
    <name>IniFile</name>
    <message>
        <source>%1 line %2 is neither “[group]” nor “key = value”: correct or remove it.</source>
        <translation>%1 Zeile %2 ist weder „[Gruppe]“ noch „Name = Wert“: Berichtigen oder entfernen Sie sie.</translation>
    </message>
    <message>
        <source>%1 cannot be written: %2.</source>
        <translation>%1 kann nicht geschrieben werden: %2.</translation>
    </message>
    <message>
        <source>%1 is no file: give the path of a configuration file.</source>
        <translation>%1 ist keine Datei: Geben Sie den Pfad einer Konfigurationsdatei an.</translation>
    </message>
    <message>
        <source>%1 cannot be read (%2): check path and permissions.</source>
        <translation>%1 lässt sich nicht lesen (%2): Prüfen Sie Pfad und Rechte.</translation>
    </message>
    <message>
        <source>%1 is no configuration file, it is not text: choose another one.</source>
        <translation>%1 ist keine Konfigurationsdatei, denn sie enthält keinen Text: Wählen Sie eine andere.</translation>
    </message>
</context>
<context>
    <name>Journal</name>
    <message>
        <source>%1/head cannot be opened for writing.</source>
        <translation>%1/head kann nicht zum Schreiben geöffnet werden.</translation>
    </message>
</context>
<context>
    <name>JournalDatabase</name>
    <message>
        <source>The requests in %1 do not agree with the chain of the journal, and cannot be made anew from it: %2.</source>
        <translation>Die Anfragen in %1 stimmen nicht mit der Kette des Journals überein und lassen sich nicht neu daraus bilden: %2.</translation>
    </message>
    <message>
        <source>The requests that the journal showed did not agree with its chain. They were made anew from it.</source>
        <translation>Die Anfragen, die das Journal zeigte, stimmten nicht mit seiner Kette überein. Sie wurden neu daraus gebildet.</translation>
    </message>
    <message>
        <source>The journal was damaged (%1). It was moved aside to %2, and a new one begins.</source>
        <translation>Das Journal war beschädigt (%1). Es wurde als %2 beiseitegelegt, und ein neues beginnt.</translation>
    </message>
    <message>
        <source>%1 cannot be opened: %2.</source>
        <translation>%1 kann nicht geöffnet werden: %2.</translation>
    </message>
    <message>
        <source>The journal in %1 cannot be set up: %2.</source>
        <translation>Das Journal in %1 kann nicht eingerichtet werden: %2.</translation>
    </message>
</context>
<context>
    <name>JournalFile</name>
    <message>
        <source>There is no journal in %1: check --data-dir.</source>
        <translation>In %1 ist kein Journal: Prüfen Sie --data-dir.</translation>
    </message>
    <message>
        <source>%1 cannot be read: %2.</source>
        <translation>%1 kann nicht gelesen werden: %2.</translation>
    </message>
    <message>
        <source>The journal could not be exported: %1.</source>
        <translation>Das Journal konnte nicht exportiert werden: %1.</translation>
    </message>
    <message>
        <source>The journal cannot be searched: %1.</source>
        <translation>Das Journal kann nicht durchsucht werden: %1.</translation>
    </message>
    <message>
        <source>The journal cannot be read: %1.</source>
        <translation>Das Journal kann nicht gelesen werden: %1.</translation>
    </message>
</context>
<context>
    <name>Keychain</name>
    <message>
        <source>It is not in the keychain.</source>
        <translation>Es ist nicht im Schlüsselbund.</translation>
    </message>
    <message>
        <source>The keychain is locked: unlock it first.</source>
        <translation>Der Schlüsselbund ist gesperrt: Entsperren Sie ihn zuerst.</translation>
    </message>
    <message>
        <source>No keychain runs in this session: use a file instead.</source>
        <translation>In dieser Sitzung läuft kein Schlüsselbund: Nehmen Sie stattdessen eine Datei.</translation>
    </message>
    <message>
        <source>The keychain does not work: %1</source>
        <translation>Der Schlüsselbund funktioniert nicht: %1</translation>
    </message>
    <message>
        <source>cometa-keychain has ended too early</source>
        <translation>cometa-keychain hat zu früh geendet</translation>
    </message>
</context>
<context>
    <name>LinkHistory</name>
    <message>
        <source>The agent was not running</source>
        <translation>Der Agent lief nicht</translation>
    </message>
    <message>
        <source>Connecting</source>
        <translation>Verbindungsaufbau</translation>
    </message>
    <message>
        <source>Not set up yet</source>
        <translation>Noch nicht eingerichtet</translation>
    </message>
</context>
<context>
    <name>LinkStrip</name>
    <message>
        <source>1 request</source>
        <translation>1 Anfrage</translation>
    </message>
    <message>
        <source>%1 requests</source>
        <translation>%1 Anfragen</translation>
    </message>
    <message>
        <source>Connection in the last 24 hours</source>
        <translation>Verbindung in den letzten 24 Stunden</translation>
    </message>
    <message>
        <source>attached for %1, %2</source>
        <translation>verbunden für %1, %2</translation>
    </message>
    <message>
        <source>since %1, for %2</source>
        <translation>seit %1, für %2</translation>
    </message>
    <message>
        <source>from %1 to %2, for %3</source>
        <translation>von %1 bis %2, für %3</translation>
    </message>
    <message>
        <source>%1 about %2</source>
        <translation>%1 um %2</translation>
    </message>
</context>
<context>
    <name>LinkTrial</name>
    <message>
        <source>There was no answer in time: check server and port.</source>
        <translation>Es kam keine Antwort zur rechten Zeit: Prüfen Sie Server und Port.</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>Connection</source>
        <translation>Verbindung</translation>
    </message>
    <message>
        <source>Encryption</source>
        <translation>Verschlüsselung</translation>
    </message>
    <message>
        <source>Attach</source>
        <translation>Anmeldung</translation>
    </message>
    <message>
        <source>Heartbeat</source>
        <translation>Lebenszeichen</translation>
    </message>
    <message>
        <source>%1 is %2</source>
        <translation>%1 ist %2</translation>
    </message>
    <message>
        <source>%1 port %2 answers</source>
        <translation>%1 Port %2 antwortet</translation>
    </message>
    <message>
        <source>the certificate is good (%1)</source>
        <translation>das Zertifikat ist gut (%1)</translation>
    </message>
    <message>
        <source>accepted as device %1</source>
        <translation>angenommen als Gerät %1</translation>
    </message>
    <message>
        <source>it arrived; the server wants one every %1 s</source>
        <translation>angekommen; der Server möchte alle %1 s eines</translation>
    </message>
    <message>
        <source>Proxy</source>
        <translation>Proxy</translation>
    </message>
    <message>
        <source>%1 answers</source>
        <translation>%1 antwortet</translation>
    </message>
</context>
<context>
    <name>LocalServer</name>
    <message>
        <source>cometa-server could not be started: %1.</source>
        <translation>cometa-server konnte nicht gestartet werden: %1.</translation>
    </message>
    <message>
        <source>cometa-server was started, but does not answer.</source>
        <translation>cometa-server wurde gestartet, antwortet aber nicht.</translation>
    </message>
    <message>
        <source>cometa-server gave an answer that was not understood.</source>
        <translation>cometa-server gab eine Antwort, die nicht zu verstehen war.</translation>
    </message>
    <message>
        <source>cometa-server has ended.</source>
        <translation>cometa-server ist beendet.</translation>
    </message>
</context>
<context>
    <name>MainWindow</name>
    <message>
        <source>Cometa Agent</source>
        <translation>Cometa Agent</translation>
    </message>
    <message>
        <source>&amp;Requests</source>
        <translation>A&amp;nfragen</translation>
    </message>
    <message>
        <source>&amp;Events</source>
        <translation>&amp;Ereignisse</translation>
    </message>
    <message>
        <source>Ru&amp;les</source>
        <translation>Re&amp;geln</translation>
    </message>
    <message>
        <source>That did not work.</source>
        <translation>Das hat nicht geklappt.</translation>
    </message>
    <message>
        <source>Pages</source>
        <translation>Seiten</translation>
    </message>
</context>
<context>
    <name>MissedLine</name>
    <message>
        <source>Show</source>
        <translation>Zeigen</translation>
    </message>
    <message>
        <source>D&amp;ismiss</source>
        <translation>Nicht &amp;mehr zeigen</translation>
    </message>
    <message>
        <source>A command expired while nobody decided:</source>
        <translation>Ein Befehl ist abgelaufen, ohne dass jemand entschied:</translation>
    </message>
    <message>
        <source>%1 commands expired while nobody decided; the newest:</source>
        <translation>%1 Befehle sind abgelaufen, ohne dass jemand entschied; der neueste:</translation>
    </message>
    <message>
        <source>Show what was missed: %1</source>
        <translation>Verpasstes zeigen: %1</translation>
    </message>
    <message>
        <source>Dismiss what was missed</source>
        <translation>Verpasstes nicht mehr zeigen</translation>
    </message>
</context>
<context>
    <name>Notice</name>
    <message>
        <source>Not yet</source>
        <translation>Noch nicht</translation>
    </message>
    <message>
        <source>Under way</source>
        <translation>Läuft</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>Erledigt</translation>
    </message>
    <message>
        <source>Locked</source>
        <translation>Gesperrt</translation>
    </message>
    <message>
        <source>Warning</source>
        <translation>Warnung</translation>
    </message>
    <message>
        <source>Problem</source>
        <translation>Problem</translation>
    </message>
</context>
<context>
    <name>Notification</name>
    <message>
        <source>A command waits for you</source>
        <translation>Ein Befehl wartet auf Sie</translation>
    </message>
    <message>
        <source>%1 · application “%2”</source>
        <translation>%1 · Anwendung „%2“</translation>
    </message>
    <message>
        <source>Review…</source>
        <translation>Prüfen…</translation>
    </message>
    <message>
        <source>Deny</source>
        <translation>Ablehnen</translation>
    </message>
    <message>
        <source>1 more command waits</source>
        <translation>1 weiterer Befehl wartet</translation>
    </message>
    <message>
        <source>%1 more commands wait</source>
        <translation>%1 weitere Befehle warten</translation>
    </message>
    <message>
        <source>The window lists all that wait for you.</source>
        <translation>Das Fenster zeigt alle, die auf Sie warten.</translation>
    </message>
    <message>
        <source>Show</source>
        <translation>Zeigen</translation>
    </message>
    <message>
        <source>A command was not run</source>
        <translation>Ein Befehl wurde nicht ausgeführt</translation>
    </message>
    <message>
        <source>%1 commands were not run</source>
        <translation>%1 Befehle wurden nicht ausgeführt</translation>
    </message>
    <message>
        <source>Nobody decided in time:</source>
        <translation>Niemand hat rechtzeitig entschieden:</translation>
    </message>
    <message>
        <source>Nobody decided in time. The newest:</source>
        <translation>Niemand hat rechtzeitig entschieden. Der neueste:</translation>
    </message>
</context>
<context>
    <name>OutputCopy</name>
    <message>
        <source>%1 cannot be written: %2.</source>
        <translation>%1 kann nicht geschrieben werden: %2.</translation>
    </message>
</context>
<context>
    <name>PasswordFile</name>
    <message>
        <source>The file %1 cannot be read: %2.</source>
        <translation>Die Datei %1 kann nicht gelesen werden: %2.</translation>
    </message>
    <message>
        <source>Others can read or change %1: make it yours alone (chmod 600) first, and consider a new password.</source>
        <translation>Andere können %1 lesen oder ändern: Machen Sie die Datei erst zu Ihrer allein (chmod 600), und erwägen Sie ein neues Passwort.</translation>
    </message>
    <message>
        <source>The first line of %1 is no password: 1 to %2 bytes.</source>
        <translation>Die erste Zeile von %1 ist kein Passwort: 1 bis %2 Bytes.</translation>
    </message>
    <message>
        <source>The file %1 could not be written: %2.</source>
        <translation>Die Datei %1 konnte nicht geschrieben werden: %2.</translation>
    </message>
</context>
<context>
    <name>Plain</name>
    <message>
        <source>%1 ms</source>
        <translation>%1 ms</translation>
    </message>
    <message>
        <source>%1 s</source>
        <translation>%1 s</translation>
    </message>
    <message>
        <source>%1 min</source>
        <translation>%1 min</translation>
    </message>
    <message>
        <source>%1 min %2 s</source>
        <translation>%1 min %2 s</translation>
    </message>
    <message>
        <source>1 byte</source>
        <translation>1 Byte</translation>
    </message>
    <message>
        <source>%1 bytes</source>
        <translation>%1 Bytes</translation>
    </message>
    <message>
        <source>d MMM HH:mm</source>
        <translation>d. MMM HH:mm</translation>
    </message>
    <message>
        <source>d MMM yyyy</source>
        <translation>d. MMM yyyy</translation>
    </message>
    <message>
        <source>&lt; 1 ms</source>
        <translation>&lt; 1 ms</translation>
    </message>
</context>
<context>
    <name>ProfileFile</name>
    <message>
        <source>a profile has no groups.</source>
        <translation>ein Profil hat keine Gruppen.</translation>
    </message>
    <message>
        <source>there is no such setting.</source>
        <translation>so eine Einstellung gibt es nicht.</translation>
    </message>
    <message>
        <source>approving everything is not taken from a file.</source>
        <translation>alles zu genehmigen wird nicht aus einer Datei übernommen.</translation>
    </message>
    <message>
        <source>“%1” is no profile of Cometa Agent. Nothing was changed.</source>
        <translation>„%1“ ist kein Profil von Cometa Agent. Nichts wurde geändert.</translation>
    </message>
    <message>
        <source>“%1” cannot be read. Nothing was changed.</source>
        <translation>„%1“ kann nicht gelesen werden. Nichts wurde geändert.</translation>
    </message>
    <message>
        <source>“%1” was not taken, and nothing was changed: line %2, %3: %4</source>
        <translation>„%1“ wurde nicht übernommen, und nichts wurde geändert: Zeile %2, %3: %4</translation>
    </message>
    <message>
        <source>“%1” is no profile: there is no setting in it. Nothing was changed.</source>
        <translation>„%1“ ist kein Profil: Es enthält keine Einstellung. Nichts wurde geändert.</translation>
    </message>
    <message>
        <source># Cometa Agent profile. Import it in the settings.</source>
        <translation># Profil von Cometa Agent. Importieren Sie es in den Einstellungen.</translation>
    </message>
    <message>
        <source>it stands there twice.</source>
        <translation>das steht zweimal da.</translation>
    </message>
</context>
<context>
    <name>PromptFacts</name>
    <message>
        <source>encrypted</source>
        <translation>verschlüsselt</translation>
    </message>
    <message>
        <source>on this computer</source>
        <translation>auf diesem Rechner</translation>
    </message>
    <message>
        <source>not encrypted</source>
        <translation>nicht verschlüsselt</translation>
    </message>
    <message>
        <source>from %1 · application “%2” · %3</source>
        <translation>von %1 · Anwendung „%2“ · %3</translation>
    </message>
    <message>
        <source>%1, %2 · runs as %3 in %4, at most %5</source>
        <translation>%1, %2 · läuft als %3 in %4, höchstens %5</translation>
    </message>
    <message>
        <source>1 line</source>
        <translation>1 Zeile</translation>
    </message>
    <message>
        <source>%1 lines</source>
        <translation>%1 Zeilen</translation>
    </message>
    <message>
        <source>It contains hidden characters. They are shown as marked escapes, such as \u{202E}.</source>
        <translation>Er enthält verborgene Zeichen. Sie sind als markierte Ersatzzeichen wie \u{202E} gezeigt.</translation>
    </message>
    <message>
        <source>The link is not encrypted: anyone on the way could have sent or changed this.</source>
        <translation>Die Verbindung ist nicht verschlüsselt: Jeder auf dem Weg kann dies gesendet oder geändert haben.</translation>
    </message>
    <message>
        <source>Parts of the request that are not understood and have no effect: %1</source>
        <translation>Teile der Anfrage, die nicht verstanden werden und nichts bewirken: %1</translation>
    </message>
    <message>
        <source>Says the requester (unverified): %1</source>
        <translation>Der Anfragende sagt (ungeprüft): %1</translation>
    </message>
    <message>
        <source>Expired: nobody decided in time. It was not run.</source>
        <translation>Abgelaufen: Niemand hat rechtzeitig entschieden. Er wurde nicht ausgeführt.</translation>
    </message>
    <message>
        <source>Withdrawn: the connection was lost. It was not run.</source>
        <translation>Zurückgezogen: Die Verbindung ging verloren. Er wurde nicht ausgeführt.</translation>
    </message>
    <message>
        <source>Cancelled by the requester. It was not run.</source>
        <translation>Vom Anfragenden abgebrochen. Er wurde nicht ausgeführt.</translation>
    </message>
    <message>
        <source>Denied. It was not run.</source>
        <translation>Abgelehnt. Er wurde nicht ausgeführt.</translation>
    </message>
    <message>
        <source>Stopped. It was not run.</source>
        <translation>Gestoppt. Er wurde nicht ausgeführt.</translation>
    </message>
    <message>
        <source>Approved already (by %1).</source>
        <translation>Schon genehmigt (von: %1).</translation>
    </message>
    <message>
        <source>It has failed. See the window for the reason.</source>
        <translation>Er ist fehlgeschlagen. Den Grund zeigt das Fenster.</translation>
    </message>
    <message>
        <source>It was refused and was not run.</source>
        <translation>Er wurde abgewiesen und nicht ausgeführt.</translation>
    </message>
    <message>
        <source>It contains letters that are not ASCII (underlined) and can look like others: %1.</source>
        <translation>Er enthält Nicht-ASCII-Buchstaben (unterstrichen), die täuschen können: %1.</translation>
    </message>
    <message>
        <source>This command was approved already</source>
        <translation>Dieser Befehl ist schon genehmigt</translation>
    </message>
    <message>
        <source>This command has failed</source>
        <translation>Dieser Befehl ist gescheitert</translation>
    </message>
    <message>
        <source>This command was denied and not run</source>
        <translation>Dieser Befehl wurde abgelehnt und nicht ausgeführt</translation>
    </message>
    <message>
        <source>This command was withdrawn and not run</source>
        <translation>Dieser Befehl wurde zurückgezogen und nicht ausgeführt</translation>
    </message>
    <message>
        <source>This command was cancelled and not run</source>
        <translation>Dieser Befehl wurde abgebrochen und nicht ausgeführt</translation>
    </message>
    <message>
        <source>This command was not run</source>
        <translation>Dieser Befehl wurde nicht ausgeführt</translation>
    </message>
</context>
<context>
    <name>PromptForm</name>
    <message>
        <source>&amp;Reason for the denial:</source>
        <translation>G&amp;rund der Ablehnung:</translation>
    </message>
    <message>
        <source>Al&amp;ways…</source>
        <translation>&amp;Immer…</translation>
    </message>
    <message>
        <source>&amp;Approve</source>
        <translation>&amp;Genehmigen</translation>
    </message>
    <message>
        <source>The command, as it will be run</source>
        <translation>Der Befehl, wie er ausgeführt wird</translation>
    </message>
    <message>
        <source>Optional; it is sent to the requester</source>
        <translation>Freiwillig; wird dem Anfragenden gesendet</translation>
    </message>
    <message>
        <source>&amp;Deny</source>
        <translation>&amp;Ablehnen</translation>
    </message>
    <message>
        <source>Deny with a &amp;reason…</source>
        <translation>Mit &amp;Begründung ablehnen…</translation>
    </message>
    <message>
        <source>Make a rule for exactly this command</source>
        <translation>Eine Regel für genau diesen Befehl anlegen</translation>
    </message>
    <message>
        <source>A command wants to run on this computer</source>
        <translation>Ein Befehl soll auf diesem Rechner laufen</translation>
    </message>
    <message>
        <source>1 of %1</source>
        <translation>1 von %1</translation>
    </message>
    <message>
        <source>Warnings</source>
        <translation>Warnungen</translation>
    </message>
    <message>
        <source>What the requester says, unverified</source>
        <translation>Was der Anfragende sagt, ungeprüft</translation>
    </message>
</context>
<context>
    <name>ProxyLogin</name>
    <message>
        <source>The password for the proxy is not available. %1</source>
        <translation>Das Passwort für den Proxy ist nicht verfügbar. %1</translation>
    </message>
    <message>
        <source>The keychain has none for this proxy and user: enter it in the settings.</source>
        <translation>Der Schlüsselbund hat keines für diesen Proxy und Benutzer: Geben Sie es in den Einstellungen ein.</translation>
    </message>
</context>
<context>
    <name>ProxyPassword</name>
    <message>
        <source>For&amp;get</source>
        <translation>Ver&amp;gessen</translation>
    </message>
    <message>
        <source>Password</source>
        <translation>Passwort</translation>
    </message>
    <message>
        <source>Forget the password</source>
        <translation>Passwort vergessen</translation>
    </message>
    <message>
        <source>A password needs a user name as well.</source>
        <translation>Zu einem Passwort gehört auch ein Benutzername.</translation>
    </message>
    <message>
        <source>A password has at most %1 bytes.</source>
        <translation>Ein Passwort hat höchstens %1 Bytes.</translation>
    </message>
    <message>
        <source>unchanged</source>
        <translation>unverändert</translation>
    </message>
    <message>
        <source>no password</source>
        <translation>kein Passwort</translation>
    </message>
    <message>
        <source>It is forgotten when you press OK.</source>
        <translation>Es wird vergessen, wenn Sie OK drücken.</translation>
    </message>
    <message>
        <source>It goes into the keychain of your desktop when you press OK.</source>
        <translation>Es kommt in den Schlüsselbund Ihrer Arbeitsumgebung, wenn Sie OK drücken.</translation>
    </message>
    <message>
        <source>No keychain runs in this session: it goes into the file %1, which nobody but you can read, but each of your programs can.</source>
        <translation>In dieser Sitzung läuft kein Schlüsselbund: Es kommt in die Datei %1, die niemand außer Ihnen lesen kann, aber jedes Ihrer Programme.</translation>
    </message>
    <message>
        <source>It is in the keychain of your desktop.</source>
        <translation>Es ist im Schlüsselbund Ihrer Arbeitsumgebung.</translation>
    </message>
    <message>
        <source>It is in the file %1, which each of your programs can read.</source>
        <translation>Es ist in der Datei %1, die jedes Ihrer Programme lesen kann.</translation>
    </message>
    <message>
        <source>It is in the file named below.</source>
        <translation>Es ist in der Datei, die unten steht.</translation>
    </message>
</context>
<context>
    <name>Questions</name>
    <message>
        <source>Cometa Agent</source>
        <translation>Cometa Agent</translation>
    </message>
    <message>
        <source>Run every command without asking for %1 minutes?</source>
        <translation>%1 Minuten lang jeden Befehl ohne Nachfrage ausführen?</translation>
    </message>
    <message>
        <source>Whoever can send commands through %1 can run anything as you during this time. Each command is listed and can be stopped.</source>
        <translation>Wer über %1 Befehle senden kann, kann in dieser Zeit alles in Ihrem Namen ausführen. Jeder Befehl wird gezeigt und kann gestoppt werden.</translation>
    </message>
    <message>
        <source>&amp;Allow for %1 min</source>
        <translation>Für %1 min &amp;erlauben</translation>
    </message>
    <message>
        <source>A running command will be stopped.</source>
        <translation>Ein laufender Befehl wird gestoppt.</translation>
    </message>
    <message>
        <source>%1 running commands will be stopped.</source>
        <translation>%1 laufende Befehle werden gestoppt.</translation>
    </message>
    <message>
        <source>A command that waits for you will not be run.</source>
        <translation>Ein Befehl, der auf Sie wartet, wird nicht ausgeführt.</translation>
    </message>
    <message>
        <source>%1 commands that wait for you will not be run.</source>
        <translation>%1 Befehle, die auf Sie warten, werden nicht ausgeführt.</translation>
    </message>
    <message>
        <source>Quit Cometa Agent?</source>
        <translation>Cometa Agent beenden?</translation>
    </message>
    <message>
        <source>&amp;Quit</source>
        <translation>&amp;Beenden</translation>
    </message>
    <message>
        <source>No commands come in until it is started again.</source>
        <translation>Bis zum nächsten Start kommen keine Befehle an.</translation>
    </message>
    <message>
        <source>Cometa Agent cannot start.</source>
        <translation>Cometa Agent kann nicht starten.</translation>
    </message>
</context>
<context>
    <name>ReadyPage</name>
    <message>
        <source>Line that sends a command</source>
        <translation>Zeile, die einen Befehl sendet</translation>
    </message>
    <message>
        <source>Ready</source>
        <translation>Bereit</translation>
    </message>
    <message>
        <source>Attaching…</source>
        <translation>Anmeldung läuft…</translation>
    </message>
    <message>
        <source>Not attached yet</source>
        <translation>Noch nicht verbunden</translation>
    </message>
    <message>
        <source>Send a first command from a terminal of any computer that reaches the server. It waits for you in a window, and curl shows its output once you have approved it.</source>
        <translation>Senden Sie einen ersten Befehl aus einem Terminal irgendeines Rechners, der den Server erreicht. Er wartet in einem Fenster auf Sie, und curl zeigt seine Ausgabe, sobald Sie ihn genehmigt haben.</translation>
    </message>
    <message>
        <source>Put the secret of the application in the place of APPLICATION-SECRET.</source>
        <translation>Setzen Sie das Geheimnis der Anwendung an die Stelle von APPLICATION-SECRET.</translation>
    </message>
    <message>
        <source>Send a first command: copy this line into a terminal of this computer. It waits for you in a window, and curl shows its output once you have approved it.</source>
        <translation>Senden Sie einen ersten Befehl: Kopieren Sie diese Zeile in ein Terminal dieses Rechners. Er wartet in einem Fenster auf Sie, und curl zeigt seine Ausgabe, sobald Sie ihn genehmigt haben.</translation>
    </message>
    <message>
        <source>Attached to %1 as device %2.</source>
        <translation>Verbunden mit %1 als Gerät %2.</translation>
    </message>
    <message>
        <source>Attaching to %1…</source>
        <translation>Anmeldung bei %1…</translation>
    </message>
    <message>
        <source>%1 The settings are saved; go back to change them.</source>
        <translation>%1 Die Einstellungen sind gespeichert; gehen Sie zurück, um sie zu ändern.</translation>
    </message>
</context>
<context>
    <name>RequestActions</name>
    <message>
        <source>&amp;Stop</source>
        <translation>&amp;Stopp</translation>
    </message>
    <message>
        <source>Co&amp;mpare</source>
        <translation>&amp;Vergleichen</translation>
    </message>
    <message>
        <source>&amp;Output</source>
        <translation>A&amp;usgabe</translation>
    </message>
    <message>
        <source>&amp;Copy</source>
        <translation>&amp;Kopieren</translation>
    </message>
    <message>
        <source>Ma&amp;ke rule…</source>
        <translation>Rege&amp;l anlegen…</translation>
    </message>
    <message>
        <source>No program opens text files on this desktop.</source>
        <translation>Auf diesem Desktop öffnet kein Programm Textdateien.</translation>
    </message>
    <message>
        <source>Compare with the previous run</source>
        <translation>Mit der vorigen Ausführung vergleichen</translation>
    </message>
    <message>
        <source>Show what is different in the output since this command ran before</source>
        <translation>Zeigen, was an der Ausgabe anders ist als beim vorigen Mal</translation>
    </message>
    <message>
        <source>Decide now about exactly this command, whenever it comes again</source>
        <translation>Jetzt über genau diesen Befehl entscheiden, wann immer er wieder kommt</translation>
    </message>
    <message>
        <source>&amp;Command, original bytes</source>
        <translation>&amp;Befehl, ursprüngliche Bytes</translation>
    </message>
    <message>
        <source>&amp;Output, original bytes</source>
        <translation>&amp;Ausgabe, ursprüngliche Bytes</translation>
    </message>
    <message>
        <source>&amp;Request as text</source>
        <translation>A&amp;nfrage als Text</translation>
    </message>
    <message>
        <source>As c&amp;url line</source>
        <translation>Als c&amp;url-Zeile</translation>
    </message>
    <message>
        <source>&amp;Open output in text viewer</source>
        <translation>Ausgabe im Textprogramm ö&amp;ffnen</translation>
    </message>
    <message>
        <source>&amp;Save output…</source>
        <translation>Ausgabe &amp;sichern…</translation>
    </message>
    <message>
        <source>Open &amp;errors in text viewer</source>
        <translation>Fehler im &amp;Textprogramm öffnen</translation>
    </message>
    <message>
        <source>Save e&amp;rrors…</source>
        <translation>Fehler si&amp;chern…</translation>
    </message>
    <message>
        <source>&amp;Output, its last MiB</source>
        <translation>&amp;Ausgabe, ihr letztes MiB</translation>
    </message>
    <message>
        <source>Save output</source>
        <translation>Ausgabe sichern</translation>
    </message>
    <message>
        <source>No directory can be made for a copy: %1.</source>
        <translation>Für eine Kopie kann kein Verzeichnis angelegt werden: %1.</translation>
    </message>
</context>
<context>
    <name>RequestDetails</name>
    <message>
        <source>Output</source>
        <translation>Ausgabe</translation>
    </message>
    <message>
        <source>Errors</source>
        <translation>Fehler</translation>
    </message>
    <message>
        <source>Command</source>
        <translation>Befehl</translation>
    </message>
    <message>
        <source>Difference to the previous run</source>
        <translation>Unterschied zur vorigen Ausführung</translation>
    </message>
    <message>
        <source>Looking for the previous run of this command…</source>
        <translation>Die vorige Ausführung dieses Befehls wird gesucht…</translation>
    </message>
    <message>
        <source>What became of it</source>
        <translation>Was daraus wurde</translation>
    </message>
</context>
<context>
    <name>RequestExport</name>
    <message>
        <source>%1 cannot be written: %2.</source>
        <translation>%1 kann nicht geschrieben werden: %2.</translation>
    </message>
    <message>
        <source>The file cannot be written: %1.</source>
        <translation>Die Datei kann nicht geschrieben werden: %1.</translation>
    </message>
</context>
<context>
    <name>RequestModel</name>
    <message>
        <source>Time</source>
        <translation>Zeit</translation>
    </message>
    <message>
        <source>State</source>
        <translation>Zustand</translation>
    </message>
    <message>
        <source>Command</source>
        <translation>Befehl</translation>
    </message>
    <message>
        <source>Decided by</source>
        <translation>Entschieden</translation>
    </message>
    <message>
        <source>Exit</source>
        <translation>Ende</translation>
    </message>
    <message>
        <source>Duration</source>
        <translation>Dauer</translation>
    </message>
    <message>
        <source>Output</source>
        <translation>Ausgabe</translation>
    </message>
</context>
<context>
    <name>RequestText</name>
    <message>
        <source>received</source>
        <translation>empfangen</translation>
    </message>
    <message>
        <source>waiting for you</source>
        <translation>wartet auf Sie</translation>
    </message>
    <message>
        <source>approved</source>
        <translation>genehmigt</translation>
    </message>
    <message>
        <source>running</source>
        <translation>läuft</translation>
    </message>
    <message>
        <source>finished</source>
        <translation>beendet</translation>
    </message>
    <message>
        <source>invalid</source>
        <translation>ungültig</translation>
    </message>
    <message>
        <source>refused, too many</source>
        <translation>abgewiesen, zu viele</translation>
    </message>
    <message>
        <source>denied</source>
        <translation>abgelehnt</translation>
    </message>
    <message>
        <source>expired</source>
        <translation>abgelaufen</translation>
    </message>
    <message>
        <source>withdrawn</source>
        <translation>zurückgezogen</translation>
    </message>
    <message>
        <source>failed</source>
        <translation>fehlgeschlagen</translation>
    </message>
    <message>
        <source>timed out</source>
        <translation>Zeit überschritten</translation>
    </message>
    <message>
        <source>stopped</source>
        <translation>gestoppt</translation>
    </message>
    <message>
        <source>cancelled</source>
        <translation>abgebrochen</translation>
    </message>
    <message>
        <source>interrupted</source>
        <translation>unterbrochen</translation>
    </message>
    <message>
        <source>you</source>
        <translation>Sie</translation>
    </message>
    <message>
        <source>“allow everything”</source>
        <translation>„Alles erlauben“</translation>
    </message>
    <message>
        <source>approve all</source>
        <translation>alles genehmigt</translation>
    </message>
    <message>
        <source>settings</source>
        <translation>Einstellungen</translation>
    </message>
    <message>
        <source>rule</source>
        <translation>Regel</translation>
    </message>
    <message>
        <source>exit %1</source>
        <translation>Ende %1</translation>
    </message>
    <message>
        <source>decided by %1</source>
        <translation>entschieden: %1</translation>
    </message>
    <message>
        <source>says the requester (unverified): %1</source>
        <translation>der Anfragende sagt (ungeprüft): %1</translation>
    </message>
    <message>
        <source>Request: %1</source>
        <translation>Anfrage: %1</translation>
    </message>
    <message>
        <source>Command: %1</source>
        <translation>Befehl: %1</translation>
    </message>
    <message>
        <source>State: %1</source>
        <translation>Zustand: %1</translation>
    </message>
    <message>
        <source>Received: %1</source>
        <translation>Empfangen: %1</translation>
    </message>
    <message>
        <source>From: %1</source>
        <translation>Von: %1</translation>
    </message>
    <message>
        <source>Says the requester (unverified): %1</source>
        <translation>Der Anfragende sagt (ungeprüft): %1</translation>
    </message>
    <message>
        <source>Decided by: %1</source>
        <translation>Entschieden: %1</translation>
    </message>
    <message>
        <source>Ended: %1</source>
        <translation>Beendet: %1</translation>
    </message>
    <message>
        <source>Duration: %1</source>
        <translation>Dauer: %1</translation>
    </message>
    <message>
        <source>Output: %1</source>
        <translation>Ausgabe: %1</translation>
    </message>
    <message>
        <source>Errors: %1</source>
        <translation>Fehler: %1</translation>
    </message>
    <message>
        <source>Detail: %1</source>
        <translation>Näheres: %1</translation>
    </message>
    <message>
        <source>not understood, without effect: %1</source>
        <translation>nicht verstanden, ohne Wirkung: %1</translation>
    </message>
    <message>
        <source>Not understood, without effect: %1</source>
        <translation>Nicht verstanden, ohne Wirkung: %1</translation>
    </message>
    <message>
        <source>your reason: %1</source>
        <translation>Ihr Grund: %1</translation>
    </message>
</context>
<context>
    <name>RequestView</name>
    <message>
        <source>Commands that are sent to this computer will be listed here.</source>
        <translation>Hier stehen Befehle, die diesem Rechner gesendet werden.</translation>
    </message>
    <message>
        <source>To send a first one, from anywhere; you will be asked before it runs:</source>
        <translation>Um einen ersten zu senden, von überall; Sie werden gefragt, bevor er läuft:</translation>
    </message>
    <message>
        <source>Requests</source>
        <translation>Anfragen</translation>
    </message>
    <message>
        <source>Duration</source>
        <translation>Dauer</translation>
    </message>
    <message>
        <source>Searching…</source>
        <translation>Suche läuft…</translation>
    </message>
    <message>
        <source>No request passes these filters. Change the words, the state or the days above.</source>
        <translation>Keine Anfrage passt zu diesen Filtern. Ändern Sie oben Wörter, Zustand oder Tage.</translation>
    </message>
    <message>
        <source>Sho&amp;w all requests</source>
        <translation>Alle Anfragen &amp;zeigen</translation>
    </message>
</context>
<context>
    <name>ResponseHead</name>
    <message>
        <source>The server sent a malformed header field.</source>
        <translation>Der Server sandte ein fehlerhaftes Kopffeld.</translation>
    </message>
    <message>
        <source>The server ended a line of its header with something other than CR LF.</source>
        <translation>Der Server beendete eine Zeile seines Kopfes anders als mit CR LF.</translation>
    </message>
    <message>
        <source>The server sent a header line longer than %1 bytes.</source>
        <translation>Der Server sandte eine Kopfzeile mit mehr als %1 Bytes.</translation>
    </message>
    <message>
        <source>The server sent a header longer than %1 bytes.</source>
        <translation>Der Server sandte einen Kopf mit mehr als %1 Bytes.</translation>
    </message>
    <message>
        <source>The server sent more than %1 header fields.</source>
        <translation>Der Server sandte mehr als %1 Kopffelder.</translation>
    </message>
    <message>
        <source>The server sent more than %1 interim answers.</source>
        <translation>Der Server sandte mehr als %1 Zwischenantworten.</translation>
    </message>
    <message>
        <source>The server wants to switch to another protocol; it may not be a Cometa server.</source>
        <translation>Der Server will zu einem anderen Protokoll wechseln; vielleicht ist er kein Cometa-Server.</translation>
    </message>
    <message>
        <source>The server did not answer in HTTP/1.1.</source>
        <translation>Der Server hat nicht in HTTP/1.1 geantwortet.</translation>
    </message>
</context>
<context>
    <name>RuleBook</name>
    <message>
        <source>The rules were changed once more: look at them again.</source>
        <translation>Die Regeln wurden noch einmal geändert: Sehen Sie sie wieder an.</translation>
    </message>
    <message>
        <source>%1 could not be removed.</source>
        <translation>%1 konnte nicht entfernt werden.</translation>
    </message>
    <message>
        <source>The rule is gone already.</source>
        <translation>Die Regel ist schon fort.</translation>
    </message>
    <message>
        <source>Something else than this agent has removed %1, and its rules are gone: confirm that in the window, under Rules, or with cometactl rules trust.</source>
        <translation>Etwas anderes als dieser Agent hat %1 entfernt, und die Regeln darin sind fort: Bestätigen Sie das im Fenster unter Regeln oder mit cometactl rules trust.</translation>
    </message>
    <message>
        <source>The rules in %1 were changed by something else than this agent and are not used: look at them in the window, under Rules, or with cometactl rules trust.</source>
        <translation>Die Regeln in %1 hat etwas anderes als dieser Agent geändert, und sie werden nicht benutzt: Sehen Sie sie im Fenster unter Regeln an oder mit cometactl rules trust.</translation>
    </message>
</context>
<context>
    <name>RuleDialog</name>
    <message>
        <source>A rule for exactly this command</source>
        <translation>Eine Regel für genau diesen Befehl</translation>
    </message>
    <message>
        <source>&amp;Save rule</source>
        <translation>Regel &amp;sichern</translation>
    </message>
    <message>
        <source>Rule – Cometa Agent</source>
        <translation>Regel – Cometa Agent</translation>
    </message>
    <message>
        <source>Run it without asking</source>
        <translation>Ohne Nachfrage ausführen</translation>
    </message>
    <message>
        <source>Deny it without asking</source>
        <translation>Ohne Nachfrage ablehnen</translation>
    </message>
    <message>
        <source>Exactly this command</source>
        <translation>Genau dieser Befehl</translation>
    </message>
    <message>
        <source>Until Cometa Agent ends</source>
        <translation>Bis Cometa Agent endet</translation>
    </message>
    <message>
        <source>For 1 hour</source>
        <translation>Für 1 Stunde</translation>
    </message>
    <message>
        <source>For 1 day</source>
        <translation>Für 1 Tag</translation>
    </message>
    <message>
        <source>For 30 days</source>
        <translation>Für 30 Tage</translation>
    </message>
    <message>
        <source>Until I remove it</source>
        <translation>Bis ich sie entferne</translation>
    </message>
    <message>
        <source>any number of times</source>
        <translation>beliebig oft</translation>
    </message>
    <message>
        <source> times</source>
        <translation> mal</translation>
    </message>
    <message>
        <source>It holds for exactly these bytes: nothing before, after or between them, and no character stands for others.</source>
        <translation>Sie gilt für genau diese Bytes: nichts davor, danach oder dazwischen, und kein Zeichen steht für andere.</translation>
    </message>
    <message>
        <source>&amp;Then:</source>
        <translation>&amp;Dann:</translation>
    </message>
    <message>
        <source>When it comes from:</source>
        <translation>Wenn er kommt von:</translation>
    </message>
    <message>
        <source>&amp;In force:</source>
        <translation>&amp;Gültig:</translation>
    </message>
    <message>
        <source>At &amp;most:</source>
        <translation>&amp;Höchstens:</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Until %1, as now</source>
        <translation>Bis %1, wie bisher</translation>
    </message>
    <message>
        <source>From now on, run this without asking</source>
        <translation>Dies von nun an ohne Nachfrage ausführen</translation>
    </message>
    <message>
        <source>From now on, deny this without asking</source>
        <translation>Dies von nun an ohne Nachfrage ablehnen</translation>
    </message>
    <message>
        <source>A command with hidden characters cannot be allowed for good.</source>
        <translation>Ein Befehl mit verborgenen Zeichen kann nicht auf Dauer erlaubt werden.</translation>
    </message>
    <message>
        <source> time</source>
        <translation> Mal</translation>
    </message>
    <message>
        <source>is only sent, not kept on this computer</source>
        <translation>wird nur gesendet, nicht auf diesem Rechner behalten</translation>
    </message>
    <message>
        <source>&amp;Output:</source>
        <translation>&amp;Ausgabe:</translation>
    </message>
</context>
<context>
    <name>RuleEventText</name>
    <message>
        <source>allow “%1” from %2</source>
        <translation>„%1“ von %2 erlauben</translation>
    </message>
    <message>
        <source>deny “%1” from %2</source>
        <translation>„%1“ von %2 ablehnen</translation>
    </message>
    <message>
        <source>Rule added: %1</source>
        <translation>Regel angelegt: %1</translation>
    </message>
    <message>
        <source>Rule removed: %1</source>
        <translation>Regel entfernt: %1</translation>
    </message>
    <message>
        <source>Rule is over: %1</source>
        <translation>Regel ist vorbei: %1</translation>
    </message>
    <message>
        <source>A rule was used</source>
        <translation>Eine Regel wurde angewendet</translation>
    </message>
    <message>
        <source>The rules are in force</source>
        <translation>Die Regeln gelten</translation>
    </message>
    <message>
        <source>The rules are still in force</source>
        <translation>Die Regeln gelten weiter</translation>
    </message>
    <message>
        <source>The rules that something else had changed were taken over by you</source>
        <translation>Die Regeln, die etwas anderes geändert hatte, wurden von Ihnen übernommen</translation>
    </message>
    <message>
        <source>All lasting rules were removed by you</source>
        <translation>Alle dauerhaften Regeln wurden von Ihnen entfernt</translation>
    </message>
    <message>
        <source>Rules: %1</source>
        <translation>Regeln: %1</translation>
    </message>
    <message>
        <source>The lasting rules are off: something else has changed their file</source>
        <translation>Die dauerhaften Regeln gelten nicht: Etwas anderes hat ihre Datei geändert</translation>
    </message>
    <message>
        <source>The lasting rules are gone: something else has removed their file</source>
        <translation>Die dauerhaften Regeln sind weg: Etwas anderes hat ihre Datei entfernt</translation>
    </message>
    <message>
        <source>The rules are being saved</source>
        <translation>Die Regeln werden gespeichert</translation>
    </message>
</context>
<context>
    <name>RuleFile</name>
    <message>
        <source>The rules in %1 are not used, since others could have changed them: make file and directory private (chmod go-rwx), or remove the file.</source>
        <translation>Die Regeln in %1 werden nicht verwendet, da andere sie geändert haben könnten: Machen Sie Datei und Verzeichnis privat (chmod go-rwx), oder entfernen Sie die Datei.</translation>
    </message>
    <message>
        <source>The rules in %1 cannot be read and are not used: remove the file.</source>
        <translation>Die Regeln in %1 sind nicht lesbar und werden nicht verwendet: Entfernen Sie die Datei.</translation>
    </message>
    <message>
        <source>The rules could not be saved in %1: %2.</source>
        <translation>Die Regeln konnten nicht in %1 gesichert werden: %2.</translation>
    </message>
    <message>
        <source>it would be too large to be read</source>
        <translation>sie wäre zu groß, um gelesen zu werden</translation>
    </message>
</context>
<context>
    <name>RuleModel</name>
    <message>
        <source>Decision</source>
        <translation>Entscheidung</translation>
    </message>
    <message>
        <source>Exactly this command</source>
        <translation>Genau dieser Befehl</translation>
    </message>
    <message>
        <source>From</source>
        <translation>Von</translation>
    </message>
    <message>
        <source>In force</source>
        <translation>Gültig</translation>
    </message>
    <message>
        <source>Added</source>
        <translation>Angelegt</translation>
    </message>
</context>
<context>
    <name>RuleText</name>
    <message>
        <source>● allow</source>
        <translation>● erlauben</translation>
    </message>
    <message>
        <source>✕ deny</source>
        <translation>✕ ablehnen</translation>
    </message>
    <message>
        <source>this session</source>
        <translation>diese Sitzung</translation>
    </message>
    <message>
        <source>until %1</source>
        <translation>bis %1</translation>
    </message>
    <message>
        <source>once more</source>
        <translation>noch einmal</translation>
    </message>
    <message>
        <source>%1 more times</source>
        <translation>noch %1-mal</translation>
    </message>
    <message>
        <source>until removed</source>
        <translation>bis sie entfernt wird</translation>
    </message>
    <message>
        <source>output not kept</source>
        <translation>Ausgabe nicht behalten</translation>
    </message>
</context>
<context>
    <name>RuleView</name>
    <message>
        <source>The link is not encrypted, so rules let nothing run here: you are asked about each command. Rules that deny hold.</source>
        <translation>Die Verbindung ist nicht verschlüsselt, daher lassen Regeln hier nichts laufen: Sie werden nach jedem Befehl gefragt. Regeln, die ablehnen, gelten.</translation>
    </message>
    <message>
        <source>You are asked about every other command.</source>
        <translation>Nach jedem anderen Befehl werden Sie gefragt.</translation>
    </message>
    <message>
        <source>Every other command is denied.</source>
        <translation>Jeder andere Befehl wird abgelehnt.</translation>
    </message>
    <message>
        <source>Every other command is run without asking.</source>
        <translation>Jeder andere Befehl wird ohne Nachfrage ausgeführt.</translation>
    </message>
    <message>
        <source>Ne&amp;w rule…</source>
        <translation>Neue Rege&amp;l…</translation>
    </message>
    <message>
        <source>Chan&amp;ge…</source>
        <translation>Än&amp;dern…</translation>
    </message>
    <message>
        <source>Re&amp;move</source>
        <translation>En&amp;tfernen</translation>
    </message>
    <message>
        <source>Rules</source>
        <translation>Regeln</translation>
    </message>
    <message>
        <source>Decision</source>
        <translation>Entscheidung</translation>
    </message>
    <message>
        <source>until 30 Mmm 00:00</source>
        <translation>bis 30. Mmm. 00:00</translation>
    </message>
    <message>
        <source>A rule decides about exactly one command, so that you are not asked again. “Always…” in the prompt makes one.</source>
        <translation>Eine Regel entscheidet über genau einen Befehl, damit Sie nicht wieder gefragt werden. „Immer…“ in der Nachfrage legt eine an.</translation>
    </message>
    <message>
        <source>Use t&amp;hese rules</source>
        <translation>Diese Regeln &amp;verwenden</translation>
    </message>
    <message>
        <source>Throw them awa&amp;y</source>
        <translation>Ver&amp;werfen</translation>
    </message>
    <message>
        <source>You are asked about every command.</source>
        <translation>Nach jedem Befehl werden Sie gefragt.</translation>
    </message>
    <message>
        <source>Every command is denied.</source>
        <translation>Jeder Befehl wird abgelehnt.</translation>
    </message>
    <message>
        <source>None of these rules is in force, since something else than this agent has changed them. Use them only if you know each of them.</source>
        <translation>Keine dieser Regeln gilt, denn etwas anderes als dieser Agent hat sie geändert. Verwenden Sie sie nur, wenn Sie jede davon kennen.</translation>
    </message>
    <message>
        <source>“Allow everything” is on: what no rule denies is run without asking.</source>
        <translation>„Alles erlauben“ ist an: Was keine Regel ablehnt, läuft ohne Nachfrage.</translation>
    </message>
</context>
<context>
    <name>Rules</name>
    <message>
        <source>A rule needs a command and a server.</source>
        <translation>Eine Regel braucht einen Befehl und einen Server.</translation>
    </message>
    <message>
        <source>A command with hidden characters cannot be allowed for good.</source>
        <translation>Ein Befehl mit verborgenen Zeichen kann nicht auf Dauer erlaubt werden.</translation>
    </message>
    <message>
        <source>The rule would already be over.</source>
        <translation>Die Regel wäre schon vorbei.</translation>
    </message>
</context>
<context>
    <name>RunComparison</name>
    <message>
        <source>This command has not run before.</source>
        <translation>Dieser Befehl ist noch nicht gelaufen.</translation>
    </message>
    <message>
        <source>Not compared with the run of %1: the outputs are too large or too different.</source>
        <translation>Nicht mit der Ausführung von %1 verglichen: Die Ausgaben sind zu groß oder zu verschieden.</translation>
    </message>
    <message>
        <source>The output is the same as in the run of %1.</source>
        <translation>Die Ausgabe ist dieselbe wie bei der Ausführung von %1.</translation>
    </message>
    <message numerus="yes">
        <source>  … %n equal lines …</source>
        <translation>
            <numerusform>  … %n gleiche Zeile …</numerusform>
            <numerusform>  … %n gleiche Zeilen …</numerusform>
        </translation>
    </message>
    <message>
        <source>Since the run of %1: lines added (+): %2, removed (-): %3.</source>
        <translation>Seit der Ausführung von %1: Zeilen mehr (+): %2, weniger (-): %3.</translation>
    </message>
    <message>
        <source>Not compared with the run of %1: the output of one of the two was not kept.</source>
        <translation>Nicht mit dem Lauf von %1 verglichen: Die Ausgabe von einem der beiden wurde nicht behalten.</translation>
    </message>
</context>
<context>
    <name>SettingField</name>
    <message>
        <source>Browse…</source>
        <translation>Durchsuchen…</translation>
    </message>
    <message>
        <source>Browse for: %1</source>
        <translation>Datei suchen: %1</translation>
    </message>
    <message>
        <source>Set by your administrator.</source>
        <translation>Von Ihrem Administrator festgelegt.</translation>
    </message>
    <message>
        <source>Choose a file</source>
        <translation>Datei wählen</translation>
    </message>
    <message>
        <source>Certificates and keys (*.pem *.crt *.key);;All files (*)</source>
        <translation>Zertifikate und Schlüssel (*.pem *.crt *.key);;Alle Dateien (*)</translation>
    </message>
</context>
<context>
    <name>SettingSpec</name>
    <message>
        <source>&amp;Encryption</source>
        <translation>&amp;Verschlüsselung</translation>
    </message>
    <message>
        <source>Automatic: on port 443, where a CA, a pin or a certificate is set, and with every server that was reached that way before</source>
        <translation>Automatisch: an Port 443, wo CA, Pin oder Zertifikat gesetzt sind, und bei jedem Server, der schon so erreicht wurde</translation>
    </message>
    <message>
        <source>Automatic</source>
        <translation>Automatisch</translation>
    </message>
    <message>
        <source>On (TLS)</source>
        <translation>Ein (TLS)</translation>
    </message>
    <message>
        <source>Off</source>
        <translation>Aus</translation>
    </message>
    <message>
        <source>&amp;Server</source>
        <translation>&amp;Server</translation>
    </message>
    <message>
        <source>cometa.example.org</source>
        <translation>cometa.example.org</translation>
    </message>
    <message>
        <source>&amp;Port</source>
        <translation>&amp;Port</translation>
    </message>
    <message>
        <source>&amp;Application id</source>
        <translation>&amp;Anwendungs-ID</translation>
    </message>
    <message>
        <source>as the server knows it</source>
        <translation>wie der Server sie kennt</translation>
    </message>
    <message>
        <source>&amp;Device id</source>
        <translation>&amp;Geräte-ID</translation>
    </message>
    <message>
        <source>Server</source>
        <translation>Server</translation>
    </message>
    <message>
        <source>Descriptio&amp;n</source>
        <translation>&amp;Beschreibung</translation>
    </message>
    <message>
        <source>&amp;CA certificate</source>
        <translation>&amp;CA-Zertifikat</translation>
    </message>
    <message>
        <source>those of the system</source>
        <translation>die des Systems</translation>
    </message>
    <message>
        <source>P&amp;in of the key</source>
        <translation>P&amp;in des Schlüssels</translation>
    </message>
    <message>
        <source>optional; SHA-256, 64 hexadecimal digits</source>
        <translation>freiwillig; SHA-256, 64 hexadezimale Ziffern</translation>
    </message>
    <message>
        <source>Client ce&amp;rtificate</source>
        <translation>Client-&amp;Zertifikat</translation>
    </message>
    <message>
        <source>none</source>
        <translation>keines</translation>
    </message>
    <message>
        <source>Client &amp;key</source>
        <translation>Client-Schlüsse&amp;l</translation>
    </message>
    <message>
        <source>Approval</source>
        <translation>Genehmigung</translation>
    </message>
    <message>
        <source>&amp;Commands</source>
        <translation>&amp;Befehle</translation>
    </message>
    <message>
        <source>By rule, else ask me</source>
        <translation>Nach Regel, sonst mich fragen</translation>
    </message>
    <message>
        <source>By rule, else deny</source>
        <translation>Nach Regel, sonst ablehnen</translation>
    </message>
    <message>
        <source>&amp;Screen locked</source>
        <translation>Bildschirm &amp;gesperrt</translation>
    </message>
    <message>
        <source>Commands wait for me</source>
        <translation>Befehle warten auf mich</translation>
    </message>
    <message>
        <source>Commands are denied</source>
        <translation>Befehle werden abgelehnt</translation>
    </message>
    <message>
        <source>Time to &amp;decide</source>
        <translation>Zeit zum &amp;Entscheiden</translation>
    </message>
    <message>
        <source>seconds</source>
        <translation>Sekunden</translation>
    </message>
    <message>
        <source>May &amp;wait</source>
        <translation>Es &amp;warten höchstens</translation>
    </message>
    <message>
        <source>commands at a time</source>
        <translation>Befehle zugleich</translation>
    </message>
    <message>
        <source>&amp;Run by rule</source>
        <translation>Nach &amp;Regel laufen</translation>
    </message>
    <message>
        <source>commands a minute</source>
        <translation>Befehle je Minute</translation>
    </message>
    <message>
        <source>Run by rule without e&amp;ncryption, too</source>
        <translation>Auch ohne &amp;Verschlüsselung nach Regel ausführen</translation>
    </message>
    <message>
        <source>A command runs after you approved it, or by a rule that you made. What nobody decides in time is not run.</source>
        <translation>Ein Befehl läuft, nachdem Sie ihn genehmigt haben, oder nach einer Regel, die Sie angelegt haben. Was niemand rechtzeitig entscheidet, läuft nicht.</translation>
    </message>
    <message>
        <source>Commands</source>
        <translation>Befehle</translation>
    </message>
    <message>
        <source>&amp;Time limit</source>
        <translation>&amp;Zeitlimit</translation>
    </message>
    <message>
        <source>May &amp;run</source>
        <translation>Es &amp;laufen höchstens</translation>
    </message>
    <message>
        <source>Re&amp;ply within</source>
        <translation>An&amp;twort binnen</translation>
    </message>
    <message>
        <source>automatic</source>
        <translation>automatisch</translation>
    </message>
    <message>
        <source>&amp;Longest reply</source>
        <translation>Längste Ant&amp;wort</translation>
    </message>
    <message>
        <source>bytes</source>
        <translation>Bytes</translation>
    </message>
    <message>
        <source>Ta&amp;ke plain text as a command, too</source>
        <translation>Auch einfachen Text als &amp;Befehl annehmen</translation>
    </message>
    <message>
        <source>Limits for commands that run. What takes longer than the reply may is answered “pending”, and its outcome follows as an event.</source>
        <translation>Grenzen für laufende Befehle. Was länger dauert, als die Antwort darf, wird mit „pending“ beantwortet, und sein Ergebnis folgt als Ereignis.</translation>
    </message>
    <message>
        <source>Events</source>
        <translation>Ereignisse</translation>
    </message>
    <message>
        <source>&amp;Time stamp every</source>
        <translation>&amp;Zeitstempel alle</translation>
    </message>
    <message>
        <source>seconds; 0 for none</source>
        <translation>Sekunden; 0 für keinen</translation>
    </message>
    <message>
        <source>Keep &amp;unsent</source>
        <translation>&amp;Ungesendete behalten</translation>
    </message>
    <message>
        <source>events</source>
        <translation>Ereignisse</translation>
    </message>
    <message>
        <source>&amp;In at most</source>
        <translation>&amp;In höchstens</translation>
    </message>
    <message>
        <source>What this computer tells the server. Events wait here while the link is down.</source>
        <translation>Was dieser Rechner dem Server mitteilt. Ereignisse warten hier, solange die Verbindung fehlt.</translation>
    </message>
    <message>
        <source>History</source>
        <translation>Verlauf</translation>
    </message>
    <message>
        <source>&amp;Keep for</source>
        <translation>&amp;Behalten für</translation>
    </message>
    <message>
        <source>days</source>
        <translation>Tage</translation>
    </message>
    <message>
        <source>MiB</source>
        <translation>MiB</translation>
    </message>
    <message>
        <source>Everything that was asked, decided and run is kept in a journal. Older entries are removed.</source>
        <translation>Alles, was gefragt, entschieden und ausgeführt wurde, steht in einem Journal. Ältere Einträge werden entfernt.</translation>
    </message>
    <message>
        <source>A notification tells that a command waits; it is approved in the window alone. At log-in the agent starts as an icon, without its window.</source>
        <translation>Eine Benachrichtigung sagt, dass ein Befehl wartet; genehmigt wird er nur im Fenster. Bei der Anmeldung startet der Agent als Symbol, ohne Fenster.</translation>
    </message>
    <message>
        <source>Application</source>
        <translation>Programm</translation>
    </message>
    <message>
        <source>Lan&amp;guage</source>
        <translation>&amp;Sprache</translation>
    </message>
    <message>
        <source>That of the system</source>
        <translation>Die des Systems</translation>
    </message>
    <message>
        <source>English</source>
        <translation>English</translation>
    </message>
    <message>
        <source>Deutsch</source>
        <translation>Deutsch</translation>
    </message>
    <message>
        <source>&amp;Icon in the panel</source>
        <translation>S&amp;ymbol in der Leiste</translation>
    </message>
    <message>
        <source>In colours</source>
        <translation>In Farben</translation>
    </message>
    <message>
        <source>Light, for a dark panel</source>
        <translation>Hell, für eine dunkle Leiste</translation>
    </message>
    <message>
        <source>Dark, for a light panel</source>
        <translation>Dunkel, für eine helle Leiste</translation>
    </message>
    <message>
        <source>Proxy</source>
        <translation>Proxy</translation>
    </message>
    <message>
        <source>&amp;Proxy</source>
        <translation>&amp;Proxy</translation>
    </message>
    <message>
        <source>&amp;User name</source>
        <translation>&amp;Benutzername</translation>
    </message>
    <message>
        <source>Password &amp;file</source>
        <translation>Passwort&amp;datei</translation>
    </message>
    <message>
        <source>Pr&amp;ocesses</source>
        <translation>Pr&amp;ozesse</translation>
    </message>
    <message>
        <source>of a command; 0: no limit</source>
        <translation>eines Befehls; 0: keine Grenze</translation>
    </message>
    <message>
        <source>no proxy</source>
        <translation>kein Proxy</translation>
    </message>
    <message>
        <source>no log-in</source>
        <translation>keine Anmeldung</translation>
    </message>
    <message>
        <source>no password</source>
        <translation>kein Passwort</translation>
    </message>
    <message>
        <source>Name a proxy if the server is reached only through one: none, system, http://host:port or socks5://host:port. It looks up the server&apos;s name; the server&apos;s certificate is checked as without a proxy.</source>
        <translation>Nennen Sie einen Proxy, wenn der Server nur durch einen zu erreichen ist: none (keiner), system, http://host:port oder socks5://host:port. Er schlägt den Namen des Servers nach; das Zertifikat des Servers wird wie ohne Proxy geprüft.</translation>
    </message>
    <message>
        <source>Ta&amp;ke the password from the keychain</source>
        <translation>Passwort aus dem Sch&amp;lüsselbund nehmen</translation>
    </message>
    <message>
        <source>Notify me &amp;when a command waits</source>
        <translation>Be&amp;nachrichtigen, wenn ein Befehl wartet</translation>
    </message>
    <message>
        <source>takes effect at the next start</source>
        <translation>wirkt ab dem nächsten Start</translation>
    </message>
</context>
<context>
    <name>Settings</name>
    <message>
        <source>“%1” does not fit: use a whole number from %2 to %3.</source>
        <translation>„%1“ passt nicht: Nehmen Sie eine ganze Zahl von %2 bis %3.</translation>
    </message>
    <message>
        <source>“%1” does not fit: use yes or no.</source>
        <translation>„%1“ passt nicht: Nehmen Sie yes oder no.</translation>
    </message>
    <message>
        <source>“%1” is no file that can be read: check the path.</source>
        <translation>„%1“ ist keine lesbare Datei: Prüfen Sie den Pfad.</translation>
    </message>
    <message>
        <source>“%1” is a URL: give only the server&apos;s name; port and encryption have options of their own.</source>
        <translation>„%1“ ist eine URL: Geben Sie nur den Namen des Servers an; Port und Verschlüsselung haben eigene Einstellungen.</translation>
    </message>
    <message>
        <source>“%1” is no server: give a name such as cometa.example.org, or an address.</source>
        <translation>„%1“ ist kein Server: Geben Sie einen Namen wie cometa.example.org oder eine Adresse an.</translation>
    </message>
    <message>
        <source>“%1” is no port: use a number from 1 to 65535.</source>
        <translation>„%1“ ist kein Port: Nehmen Sie eine Zahl von 1 bis 65535.</translation>
    </message>
    <message>
        <source>“%1” is no application id: 1 to 64 letters, digits and _ . : -</source>
        <translation>„%1“ ist keine Anwendungs-ID: 1 bis 64 Buchstaben, Ziffern und _ . : -</translation>
    </message>
    <message>
        <source>“%1” is no device id: 1 to 32 letters, digits and _ . : -</source>
        <translation>„%1“ ist keine Geräte-ID: 1 bis 32 Buchstaben, Ziffern und _ . : -</translation>
    </message>
    <message>
        <source>The description does not fit: at most 64 characters, in one line.</source>
        <translation>Die Beschreibung passt nicht: höchstens 64 Zeichen, in einer Zeile.</translation>
    </message>
    <message>
        <source>“%1” does not fit: use yes, no or auto.</source>
        <translation>„%1“ passt nicht: Nehmen Sie yes, no oder auto.</translation>
    </message>
    <message>
        <source>A pin is 64 hexadecimal digits, the SHA-256 of the server&apos;s public key; this has %1 characters: ask the server&apos;s administrator for it, or leave it out.</source>
        <translation>Ein Pin hat 64 hexadezimale Ziffern, die SHA-256 des öffentlichen Schlüssels des Servers; dies hat %1 Zeichen: Fragen Sie den Administrator des Servers danach, oder lassen Sie ihn weg.</translation>
    </message>
    <message>
        <source>“%1” is no way to approve: use ask, rules or all.</source>
        <translation>„%1“ ist keine Art zu genehmigen: Nehmen Sie ask, rules oder all.</translation>
    </message>
    <message>
        <source>“%1” does not fit: use hold or deny.</source>
        <translation>„%1“ passt nicht: Nehmen Sie hold oder deny.</translation>
    </message>
    <message>
        <source>“%1” does not fit: use %2, %3 or %4.</source>
        <translation>„%1“ passt nicht: Nehmen Sie %2, %3 oder %4.</translation>
    </message>
    <message>
        <source>approving everything cannot be kept in a file: start with --approve all each time.</source>
        <translation>alles zu genehmigen kann nicht in einer Datei stehen: Starten Sie jedes Mal mit --approve all.</translation>
    </message>
    <message>
        <source>%1 line %2, %3: %4</source>
        <translation>%1 Zeile %2, %3: %4</translation>
    </message>
    <message>
        <source>there is no such setting: check the spelling, or give it on the command line.</source>
        <translation>so eine Einstellung gibt es nicht: Prüfen Sie die Schreibweise, oder geben Sie sie auf der Befehlszeile an.</translation>
    </message>
    <message>
        <source>It could not be used at the start; it can by now: open the settings and press OK.</source>
        <translation>Beim Start war sie nicht brauchbar, jetzt ist sie es: Öffnen Sie die Einstellungen, und drücken Sie OK.</translation>
    </message>
    <message>
        <source>No server is set: give its name, for example --server cometa.example.org</source>
        <translation>Es ist kein Server eingestellt: Geben Sie seinen Namen an, zum Beispiel --server cometa.example.org</translation>
    </message>
    <message>
        <source>No application is set: give the id that the server knows, with --app</source>
        <translation>Es ist keine Anwendung eingestellt: Geben Sie mit --app die ID an, die der Server kennt</translation>
    </message>
    <message>
        <source>--config: there is no file %1; check the path.</source>
        <translation>--config: Die Datei %1 gibt es nicht; prüfen Sie den Pfad.</translation>
    </message>
    <message>
        <source>A proxy is given without user name and password: they have settings of their own.</source>
        <translation>Ein Proxy wird ohne Benutzernamen und Passwort angegeben: Sie haben eigene Einstellungen.</translation>
    </message>
    <message>
        <source>“%1” is no proxy: use none, system, http://host:port or socks5://host:port.</source>
        <translation>„%1“ ist kein Proxy: Verwenden Sie none, system, http://host:port oder socks5://host:port.</translation>
    </message>
    <message>
        <source>The proxy&apos;s user name does not fit: at most %1 bytes, without a colon.</source>
        <translation>Der Benutzername für den Proxy passt nicht: höchstens %1 Bytes, ohne Doppelpunkt.</translation>
    </message>
    <message>
        <source>A password for the proxy needs a user name as well.</source>
        <translation>Ein Passwort für den Proxy braucht auch einen Benutzernamen.</translation>
    </message>
    <message>
        <source>%1 line %2: there is no group “[%3]”: remove the line.</source>
        <translation>%1, Zeile %2: Eine Gruppe „[%3]“ gibt es nicht: Entfernen Sie die Zeile.</translation>
    </message>
    <message>
        <source>A client certificate needs both: give --cert-file and --key-file.</source>
        <translation>Ein Client-Zertifikat braucht beides: Geben Sie --cert-file und --key-file an.</translation>
    </message>
    <message>
        <source>Certificates and a pin (--ca-file, --pin, --cert-file) are of use only with TLS: turn it on, or clear them.</source>
        <translation>Zertifikate und Pin (--ca-file, --pin, --cert-file) wirken nur mit TLS: Schalten Sie es ein oder leeren Sie die Felder.</translation>
    </message>
    <message>
        <source>The password for the proxy is in one place: a file (--proxy-password-file) or the keychain.</source>
        <translation>Das Passwort für den Proxy ist an einer Stelle: in einer Datei (--proxy-password-file) oder im Schlüsselbund.</translation>
    </message>
    <message>
        <source>--%1: it is empty; give a value, or leave it out.</source>
        <translation>--%1: Die Angabe ist leer; nennen Sie einen Wert oder lassen Sie sie weg.</translation>
    </message>
</context>
<context>
    <name>SettingsDialog</name>
    <message>
        <source>Profiles (*.conf *.ini);;All files (*)</source>
        <translation>Profile (*.conf *.ini);;Alle Dateien (*)</translation>
    </message>
    <message>
        <source>Start when I &amp;log in</source>
        <translation>Beim Anme&amp;lden starten</translation>
    </message>
    <message>
        <source>Settings – Cometa Agent</source>
        <translation>Einstellungen – Cometa Agent</translation>
    </message>
    <message>
        <source>Pages</source>
        <translation>Seiten</translation>
    </message>
    <message>
        <source>Settings are in</source>
        <translation>Einstellungen in</translation>
    </message>
    <message>
        <source>File of the settings</source>
        <translation>Datei der Einstellungen</translation>
    </message>
    <message>
        <source>History is in</source>
        <translation>Verlauf in</translation>
    </message>
    <message>
        <source>Directory of the history</source>
        <translation>Verzeichnis des Verlaufs</translation>
    </message>
    <message>
        <source>Version</source>
        <translation>Version</translation>
    </message>
    <message>
        <source>I&amp;mport…</source>
        <translation>I&amp;mportieren…</translation>
    </message>
    <message>
        <source>E&amp;xport…</source>
        <translation>E&amp;xportieren…</translation>
    </message>
    <message>
        <source>has a problem</source>
        <translation>hat ein Problem</translation>
    </message>
    <message>
        <source>On the page “%1” something has to be corrected.</source>
        <translation>Auf der Seite „%1“ ist etwas zu berichtigen.</translation>
    </message>
    <message>
        <source>Import a profile</source>
        <translation>Ein Profil importieren</translation>
    </message>
    <message>
        <source>Filled in from “%1”: %2. Nothing is saved before you press OK.</source>
        <translation>Eingetragen aus „%1“: %2. Nichts wird gespeichert, bevor Sie OK drücken.</translation>
    </message>
    <message>
        <source>Export a profile</source>
        <translation>Ein Profil exportieren</translation>
    </message>
    <message>
        <source>Written to “%1”. There is no secret in it.</source>
        <translation>Nach „%1“ geschrieben. Es enthält kein Geheimnis.</translation>
    </message>
    <message>
        <source>Pass&amp;word</source>
        <translation>Pass&amp;wort</translation>
    </message>
    <message>
        <source>Waiting for the keychain: unlock it if it asks.</source>
        <translation>Wartet auf den Schlüsselbund: Entsperren Sie ihn, wenn er fragt.</translation>
    </message>
    <message>
        <source>Cometa Agent was started once more, with these settings: %1. Nothing is saved before you press OK.</source>
        <translation>Cometa Agent wurde noch einmal gestartet, mit diesen Einstellungen: %1. Gespeichert wird erst mit OK.</translation>
    </message>
    <message>
        <source>Nothing was filled in from “%1”.</source>
        <translation>Aus „%1“ wurde nichts eingetragen.</translation>
    </message>
    <message>
        <source>Cometa Agent was started once more. Nothing was filled in.</source>
        <translation>Cometa Agent wurde noch einmal gestartet. Eingetragen wurde nichts.</translation>
    </message>
</context>
<context>
    <name>SettingsDraft</name>
    <message>
        <source>Enter the name of your Cometa server.</source>
        <translation>Tragen Sie den Namen Ihres Cometa-Servers ein.</translation>
    </message>
    <message>
        <source>Enter the id of the application, as the server knows it.</source>
        <translation>Tragen Sie die ID der Anwendung ein, wie der Server sie kennt.</translation>
    </message>
    <message>
        <source> Set by your administrator, and left so: %1.</source>
        <translation> Von Ihrem Administrator festgelegt und so gelassen: %1.</translation>
    </message>
</context>
<context>
    <name>SingleInstance</name>
    <message>
        <source>%1 cannot be made: %2. Check that the directory can be written.</source>
        <translation>%1 kann nicht angelegt werden: %2. Prüfen Sie, ob das Verzeichnis beschreibbar ist.</translation>
    </message>
</context>
<context>
    <name>StreamPane</name>
    <message>
        <source>%1: none</source>
        <translation>%1: keine</translation>
    </message>
    <message>
        <source>%1, %2; only the first %3 were kept</source>
        <translation>%1, %2; nur die ersten %3 sind aufbewahrt</translation>
    </message>
    <message>
        <source>%1, %2; the first %3 are not shown here</source>
        <translation>%1, %2; die ersten %3 sind hier nicht gezeigt</translation>
    </message>
    <message>
        <source>%1, %2</source>
        <translation>%1, %2</translation>
    </message>
    <message>
        <source>%1, %2; not kept</source>
        <translation>%1, %2; nicht behalten</translation>
    </message>
</context>
<context>
    <name>TrayMenu</name>
    <message>
        <source>&amp;Stop running commands (%1)</source>
        <translation>Laufende Befehle &amp;stoppen (%1)</translation>
    </message>
    <message>
        <source>&amp;End “allow everything” (%1)</source>
        <translation>„&amp;Alles erlauben“ beenden (%1)</translation>
    </message>
    <message>
        <source>&amp;Allow everything</source>
        <translation>&amp;Alles erlauben</translation>
    </message>
    <message>
        <source>&amp;Resume</source>
        <translation>&amp;Fortsetzen</translation>
    </message>
    <message>
        <source>&amp;Pause</source>
        <translation>&amp;Pause</translation>
    </message>
    <message>
        <source>&amp;Open Cometa Agent</source>
        <translation>Cometa Agent öff&amp;nen</translation>
    </message>
    <message>
        <source>Se&amp;ttings…</source>
        <translation>E&amp;instellungen…</translation>
    </message>
    <message>
        <source>&amp;Quit</source>
        <translation>&amp;Beenden</translation>
    </message>
    <message>
        <source>and %1 more</source>
        <translation>und %1 weitere</translation>
    </message>
    <message>
        <source>&amp;Review…</source>
        <translation>&amp;Prüfen…</translation>
    </message>
    <message>
        <source>&amp;Deny</source>
        <translation>A&amp;blehnen</translation>
    </message>
</context>
<context>
    <name>Tunnel</name>
    <message>
        <source>%1 port %2</source>
        <translation>%1 Port %2</translation>
    </message>
    <message>
        <source>The proxy %1 hung up before it had connected to %2: check the proxy&apos;s address and kind in the settings.</source>
        <translation>Der Proxy %1 hat aufgelegt, bevor er mit %2 verbunden hatte: Prüfen Sie Adresse und Art des Proxys in den Einstellungen.</translation>
    </message>
    <message>
        <source> (%1)</source>
        <translation> (%1)</translation>
    </message>
    <message>
        <source>The proxy %1 does not connect to %2%3: ask whoever runs the proxy.</source>
        <translation>Der Proxy %1 verbindet nicht mit %2%3: Fragen Sie den Betreiber des Proxys.</translation>
    </message>
    <message>
        <source>%1 does not answer as such a proxy does: check its address and kind in the settings.</source>
        <translation>%1 antwortet nicht wie ein solcher Proxy: Prüfen Sie seine Adresse und Art in den Einstellungen.</translation>
    </message>
    <message>
        <source>The proxy %1 wants a user name and a password%2: give them in the settings (--proxy-user, --proxy-password-file).</source>
        <translation>Der Proxy %1 verlangt Benutzernamen und Passwort%2: Geben Sie sie in den Einstellungen an (--proxy-user, --proxy-password-file).</translation>
    </message>
    <message>
        <source>The proxy %1 does not accept this user name and password%2: correct them in the settings.</source>
        <translation>Der Proxy %1 nimmt diesen Benutzernamen und dieses Passwort nicht an%2: Berichtigen Sie sie in den Einstellungen.</translation>
    </message>
    <message>
        <source>The proxy %1 wants a way to log in that this agent does not have%2: ask for one that takes user name and password.</source>
        <translation>Der Proxy %1 verlangt eine Anmeldung, die dieser Agent nicht kennt%2: Fragen Sie nach einem, der Benutzernamen und Passwort nimmt.</translation>
    </message>
    <message>
        <source>The proxy %1 does not allow a link to %2%3: ask whoever runs the proxy.</source>
        <translation>Der Proxy %1 erlaubt keine Verbindung zu %2%3: Fragen Sie den Betreiber des Proxys.</translation>
    </message>
    <message>
        <source>The proxy %1 cannot reach %2%3: check the server&apos;s name and port, and that the server is running.</source>
        <translation>Der Proxy %1 erreicht %2 nicht%3: Prüfen Sie Namen und Port des Servers, und ob der Server läuft.</translation>
    </message>
    <message>
        <source>%1 answers with a page of its own%2, which is not a Cometa server: log in to the network with a browser, or check the proxy in the settings.</source>
        <translation>%1 antwortet mit einer eigenen Seite%2 und ist kein Cometa-Server: Melden Sie sich mit einem Browser im Netz an, oder prüfen Sie den Proxy in den Einstellungen.</translation>
    </message>
</context>
<context>
    <name>VisibleText</name>
    <message>
        <source> … (%1 more bytes)</source>
        <translation> … (%1 weitere Bytes)</translation>
    </message>
</context>
<context>
    <name>WaitingList</name>
    <message>
        <source>Waiting for you</source>
        <translation>Warten auf Sie</translation>
    </message>
</context>
<context>
    <name>WaitingRow</name>
    <message>
        <source>1 line</source>
        <translation>1 Zeile</translation>
    </message>
    <message>
        <source>%1 lines</source>
        <translation>%1 Zeilen</translation>
    </message>
    <message>
        <source>Time left to decide</source>
        <translation>Zeit, die zum Entscheiden bleibt</translation>
    </message>
    <message>
        <source>Re&amp;view…</source>
        <translation>P&amp;rüfen…</translation>
    </message>
    <message>
        <source>&amp;Deny</source>
        <translation>A&amp;blehnen</translation>
    </message>
    <message>
        <source>Review: %1</source>
        <translation>Prüfen: %1</translation>
    </message>
    <message>
        <source>Deny: %1</source>
        <translation>Ablehnen: %1</translation>
    </message>
</context>
<context>
    <name>WelcomePage</name>
    <message>
        <source>Welcome</source>
        <translation>Willkommen</translation>
    </message>
    <message>
        <source>Cometa Agent attaches this computer to a Cometa server. People who are allowed to use that server can then ask this computer to run a command. You decide about each.</source>
        <translation>Cometa Agent verbindet diesen Rechner mit einem Cometa-Server. Wer diesen Server benutzen darf, kann dann diesen Rechner bitten, einen Befehl auszuführen. Sie entscheiden über jeden.</translation>
    </message>
    <message>
        <source>Without you it will never</source>
        <translation>Ohne Sie wird er niemals</translation>
    </message>
    <message>
        <source>run a command: you see all of it first, and what you do not decide is not run</source>
        <translation>einen Befehl ausführen: Sie sehen ihn zuerst ganz, und was Sie nicht entscheiden, läuft nicht</translation>
    </message>
    <message>
        <source>take a key press, a notification or the end of a countdown for your approval</source>
        <translation>einen Tastendruck, eine Benachrichtigung oder das Ende einer Frist für Ihre Genehmigung halten</translation>
    </message>
    <message>
        <source>let the server change its settings, its rules or itself</source>
        <translation>den Server seine Einstellungen, seine Regeln oder ihn selbst ändern lassen</translation>
    </message>
    <message>
        <source>hide: the icon shows the link and what runs, and you can stop both at any time</source>
        <translation>sich verstecken: Das Symbol zeigt die Verbindung und was läuft, und Sie können beides jederzeit beenden</translation>
    </message>
    <message>
        <source>A command that you approve may do everything that you may do. Everything that was asked, decided and run is kept in a history on this computer.</source>
        <translation>Ein Befehl, den Sie genehmigen, darf alles, was Sie dürfen. Alles, was gefragt, entschieden und ausgeführt wurde, steht in einem Verlauf auf diesem Rechner.</translation>
    </message>
</context>
<context>
    <name>WindowLengths</name>
    <message>
        <source>For &amp;%1 min…</source>
        <translation>Für &amp;%1 min…</translation>
    </message>
</context>
<context>
    <name>WriteErrorText</name>
    <message>
        <source>The journal cannot be written: disk full. Nothing will be run until there is space on the disk of %1.</source>
        <translation>Das Journal kann nicht geschrieben werden: Die Platte ist voll. Nichts wird ausgeführt, bis auf der Platte von %1 Platz ist.</translation>
    </message>
    <message>
        <source>The journal cannot be written: it is read-only. Nothing will be run until %1 can be written again.</source>
        <translation>Das Journal kann nicht geschrieben werden: Es ist nur lesbar. Nichts wird ausgeführt, bis %1 wieder beschreibbar ist.</translation>
    </message>
    <message>
        <source>The journal cannot be written: input/output error. Nothing will be run until the disk of %1 works again.</source>
        <translation>Das Journal kann nicht geschrieben werden: Ein-/Ausgabefehler. Nichts wird ausgeführt, bis die Platte von %1 wieder arbeitet.</translation>
    </message>
    <message>
        <source>The journal cannot be written: it was moved or removed. Nothing will be run; put it back to %1, or start the agent again.</source>
        <translation>Das Journal kann nicht geschrieben werden: Es wurde verschoben oder gelöscht. Nichts wird ausgeführt; legen Sie es nach %1 zurück, oder starten Sie den Agenten neu.</translation>
    </message>
    <message>
        <source>The journal cannot be written: it is damaged. Nothing will be run; start the agent again, and it moves the damaged one in %1 aside.</source>
        <translation>Das Journal kann nicht geschrieben werden: Es ist beschädigt. Nichts wird ausgeführt; starten Sie den Agenten neu, und er legt das beschädigte in %1 beiseite.</translation>
    </message>
    <message>
        <source>The journal cannot be written: %1. Nothing will be run until it can, see %2.</source>
        <translation>Das Journal kann nicht geschrieben werden: %1. Nichts wird ausgeführt, bis es geht, siehe %2.</translation>
    </message>
</context>
</TS>

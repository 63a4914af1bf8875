# SPDX-License-Identifier: Apache-2.0
"""An authority that signs whatever a test wants, by the openssl program."""

import subprocess
from pathlib import Path

CONFIGURATION = """
[ca]
default_ca = authority
[authority]
database = {0}/index
serial = {0}/serial
new_certs_dir = {0}
certificate = {0}/ca.pem
private_key = {0}/ca.key
default_md = sha256
policy = any
unique_subject = no
[any]
commonName = optional
[req]
distinguished_name = name
[name]
"""


class Authority:
    def __init__(self, path):
        self.path = Path(path)
        self.path.mkdir()
        self.certificate = self.path / "ca.pem"
        self._configuration = self.path / "openssl.conf"
        self._configuration.write_text(CONFIGURATION.format(self.path))
        (self.path / "index").touch()
        (self.path / "serial").write_text("01\n")
        self._count = 0
        key = self._key("ca", 0)
        self._openssl("req", "-x509", "-new", "-config", self._configuration, "-key", key, "-days",
                      "2", "-subj", "/CN=Authority of a test", "-addext",
                      "basicConstraints=critical,CA:TRUE", "-out", self.certificate)

    def issue(self, names="DNS:localhost,IP:127.0.0.1", begin=None, end=None, digest="sha256",
              bits=0):
        """(certificate, key) for names, subjectAltNames as OpenSSL writes them; begin and end:
        YYYYMMDDHHMMSSZ; bits: of an RSA key, 0 for one on a curve."""
        self._count += 1
        name = "issued%d" % self._count
        key, request = self._key(name, bits), self.path / (name + ".csr")
        certificate, extensions = self.path / (name + ".pem"), self.path / (name + ".ext")
        extensions.write_text("subjectAltName=%s\n" % names if names else "basicConstraints=CA:FALSE\n")
        self._openssl("req", "-new", "-config", self._configuration, "-key", key, "-subj",
                      "/CN=localhost", "-out", request)
        self._openssl("ca", "-batch", "-notext", "-config", self._configuration, "-in", request,
                      "-out", certificate, "-extfile", extensions, "-md", digest,
                      "-startdate", begin or "20200101000000Z", "-enddate", end or "20491231235959Z")
        return certificate, key

    def self_signed(self):
        key, certificate = self._key("own", 0), self.path / "own.pem"
        self._openssl("req", "-x509", "-new", "-config", self._configuration, "-key", key, "-days",
                      "2", "-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost",
                      "-out", certificate)
        return certificate, key

    def _key(self, name, bits):
        key = self.path / (name + ".key")
        kind = (["RSA", "-pkeyopt", "rsa_keygen_bits:%d" % bits] if bits
                else ["EC", "-pkeyopt", "ec_paramgen_curve:P-256"])
        self._openssl("genpkey", "-algorithm", *kind, "-out", key)
        return key

    @staticmethod
    def _openssl(*arguments):
        done = subprocess.run(["openssl"] + [str(item) for item in arguments], check=False,
                              stdin=subprocess.DEVNULL, capture_output=True, timeout=60)
        if done.returncode != 0:
            raise RuntimeError(done.stderr.decode(errors="replace"))

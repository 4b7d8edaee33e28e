"""A mail server with a certificate that nobody trusts: nothing leaves, nothing is lost, and it is said why."""
import re
import shutil
import ssl
import subprocess

import pytest
from aiosmtpd.controller import Controller
from conftest import free_port
from test_mail import Box, MailInstallation, ask_for_code, wait_for


def certificate(folder, name):
    """A key and a certificate for localhost, signed by itself."""
    key, signed = folder / f"{name}.key", folder / f"{name}.pem"
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=localhost",
         "-addext", "subjectAltName=DNS:localhost", "-keyout", key, "-out", signed], check=True, capture_output=True)
    return key, signed


class SecureBox(Box):
    def open(self, key, signed):
        context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        context.load_cert_chain(signed, key)
        self.controller = Controller(self, hostname="localhost", port=self.port, ssl_context=context)
        self.controller.start()


@pytest.fixture
def post():
    box = SecureBox(free_port())
    installation = MailInstallation(box)
    key, signed = certificate(installation.data, "server")
    _, other = certificate(installation.data, "other")
    trusted = installation.data / "trusted.pem"
    shutil.copy(other, trusted)
    box.open(key, signed)
    installation.environment |= {
        "ENROLL_SMTP_URL": f"smtps://localhost:{box.port}", "ENROLL_SMTP_CA": str(trusted)}
    installation.start("--people", "0")
    installation.signed, installation.trusted = signed, trusted
    yield installation
    installation.stop()
    box.close()
    shutil.rmtree(installation.data, ignore_errors=True)


def test_letters_wait_for_a_certificate_that_is_trusted(plain_page, post):
    why = "offers no TLS that can be trusted"
    ask_for_code(plain_page, post, "patient@example.jp")
    wait_for(lambda: post.log_says("TLS refused"))
    ask_for_code(plain_page, post, "second@example.jp")
    assert not post.box.tried

    doctor = post.enroll("doctor")
    assert doctor.returncode == 1 and why in doctor.stdout and "ENROLL_SMTP_CA" in doctor.stdout, doctor
    assert re.search(r"No letter has left since .*none is lost", doctor.stdout), doctor.stdout
    waiting = post.enroll("mail", "list").stdout
    assert "TLS refused" in waiting and "\t2 waiting\t" in waiting, waiting
    assert "patient@" not in waiting

    shutil.copy(post.signed, post.trusted)
    assert post.enroll("mail", "retry").returncode == 0
    for address in ("patient@example.jp", "second@example.jp"):
        wait_for(lambda: post.box.letters(address))
        assert len(post.box.letters(address)) == 1
    assert why not in post.enroll("doctor").stdout

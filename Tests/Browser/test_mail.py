"""Letters through a real mail server: what arrives, what is tried again, what is given up."""
import datetime
import email
import email.policy
import email.utils
import os
import re
import shutil
import signal
import subprocess
import time

import pytest
from aiosmtpd.controller import Controller
from conftest import ROOT, Installation, free_port
from test_application import apply, fill, open_form


class Box:
    """A mail server that takes everything, except from whom it was told otherwise."""

    def __init__(self, port):
        self.port = port
        self.taken, self.tried = [], []
        self.refuse_recipient, self.refuse_once = {}, {}

    def open(self):
        self.controller = Controller(self, hostname="127.0.0.1", port=self.port)
        self.controller.start()

    def close(self):
        self.controller.stop()

    async def handle_RCPT(self, server, session, envelope, address, options):
        envelope.rcpt_tos.append(address)
        if address in self.refuse_recipient:
            self.tried.append((address, None))
            return self.refuse_recipient[address]
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        address = envelope.rcpt_tos[0]
        assert envelope.rcpt_tos == [address] and envelope.mail_from == "no-reply@enroll.example"
        self.tried.append((address, envelope.content))
        if address in self.refuse_once:
            return self.refuse_once.pop(address)
        self.taken.append((address, envelope.content))
        return "250 OK"

    def letters(self, address, among=None):
        return [read(content) for to, content in (among or self.taken) if to == address and content]


def read(content):
    return email.message_from_bytes(content, policy=email.policy.default)


def wait_for(condition, seconds=60):
    for _ in range(seconds * 20):
        if value := condition():
            return value
        time.sleep(0.05)
    raise AssertionError("it did not come")


class MailInstallation(Installation):
    def __init__(self, box):
        super().__init__()
        self.box = box
        self.environment = os.environ | {"ENROLL_SMTP_URL": f"smtp://127.0.0.1:{box.port}"}

    def newest_code(self, seen):
        """The code of a letter that no test has looked at yet."""
        def find():
            for to, content in self.box.taken:
                letter = read(content)
                if letter["Message-ID"].startswith("<code-") and letter["Message-ID"] not in seen:
                    seen.add(letter["Message-ID"])
                    return re.search(r"\d{6}", letter.get_content()).group(0)
        return wait_for(find)

    def log_says(self, text):
        return text in (self.data / "run.log").read_text()

    def work_later(self, until):
        """A second worker, whose clock goes ten minutes ahead, until something is so."""
        later = (self.now + datetime.timedelta(minutes=10)).isoformat(timespec="seconds")
        worker = subprocess.Popen(
            [ROOT / "ops/enroll", "--data", str(self.data), "work", "--clock", later],
            env=self.environment, stderr=subprocess.DEVNULL, start_new_session=True)
        try:
            return wait_for(until)
        finally:
            os.killpg(worker.pid, signal.SIGTERM)
            worker.wait(timeout=20)


@pytest.fixture(scope="module")
def post():
    box = Box(free_port())
    box.open()
    installation = MailInstallation(box)
    installation.start()
    yield installation
    installation.stop()
    box.close()
    shutil.rmtree(installation.data, ignore_errors=True)


def ask_for_code(page, post, address):
    """Fills in the form, so that a code is sent to the address."""
    page.context.clear_cookies()
    open_form(page, post)
    fill(page, email=address)
    page.click("text=入力した内容を確認する")
    page.wait_for_selector("#code")


def test_the_code_and_the_receipt_arrive_as_letters_should(plain_page, post):
    answers, receipt = apply(plain_page, post, family_name="髙﨑𠮷")
    address = answers["email"]
    letters = wait_for(lambda: len(post.box.letters(address)) == 2 and post.box.letters(address))
    code, confirmation = letters
    assert code["Subject"] == "【デジタル推進委員】確認番号のお知らせ" and re.search(r"^　*\d{6}\r?$", code.get_content(), re.M)
    assert confirmation["Subject"] == f"【デジタル推進委員】応募を受け付けました（受付番号 {receipt}）"
    assert "髙﨑𠮷 渉 様" in confirmation.get_content() and receipt in confirmation.get_content()

    for letter, (_, content) in zip(letters, [taken for taken in post.box.taken if taken[0] == address]):
        head, body = content.split(b"\r\n\r\n", 1)
        assert content.isascii() and b"\n" not in content.replace(b"\r\n", b"")
        assert max(map(len, content.split(b"\r\n"))) <= 78
        assert re.search(rb"^Subject: =\?UTF-8\?B\?", head, re.M)
        assert letter.get_content_type() == "text/plain" and letter.get_content_charset() == "utf-8"
        assert letter["To"].addresses[0].addr_spec == address and len(letter["To"].addresses) == 1
        assert letter["From"].addresses[0].addr_spec == "no-reply@enroll.example"
        assert "事務局" in letter["From"].addresses[0].display_name
        assert letter["Auto-Submitted"] == "auto-generated" and letter["MIME-Version"] == "1.0"
        date = email.utils.parsedate_to_datetime(letter["Date"])
        assert date.utcoffset() == datetime.timedelta(hours=9)
        assert abs(post.now - date) < datetime.timedelta(minutes=5)
        assert re.fullmatch(r"<[a-z0-9-]+@enroll\.example>", letter["Message-ID"])
    assert code["Message-ID"] != confirmation["Message-ID"]


def test_a_letter_put_off_comes_again_with_the_same_name_and_one_refused_does_not(plain_page, post):
    box = post.box
    box.refuse_once["later@example.jp"] = "451 4.3.0 try again later"
    box.refuse_recipient["nobody@example.jp"] = "550 5.1.1 no such user"
    ask_for_code(plain_page, post, "nobody@example.jp")
    ask_for_code(plain_page, post, "later@example.jp")
    wait_for(lambda: post.log_says("permanent 550") and post.log_says("temporary 451"))
    assert not box.letters("later@example.jp")

    post.work_later(lambda: box.letters("later@example.jp"))
    first, second = box.letters("later@example.jp", among=box.tried)
    assert first["Message-ID"] == second["Message-ID"] and first.as_bytes() == second.as_bytes()
    assert [address for address, _ in box.tried].count("nobody@example.jp") == 1
    assert "nobody@example.jp" not in (post.data / "run.log").read_text()


def test_a_dead_mail_server_loses_nothing(plain_page, post):
    post.box.close()
    ask_for_code(plain_page, post, "patient@example.jp")
    wait_for(lambda: post.log_says("unreachable"))
    away = "The mail server that ENROLL_SMTP_URL names does not answer"
    assert away in post.enroll("doctor").stdout
    post.box.open()
    assert away not in post.enroll("doctor").stdout
    post.work_later(lambda: post.box.letters("patient@example.jp"))
    assert len(post.box.letters("patient@example.jp")) == 1

"""One demo installation a run, driven by a real browser. Nothing here reads the program's insides."""
import datetime
import email
import glob
import os
import pathlib
import re
import shutil
import signal
import socket
import subprocess
import tempfile
import time

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import sync_playwright

ROOT = pathlib.Path(__file__).resolve().parents[2]
# The day on which the tests play, whatever day it is: a Tuesday in the autumn of 令和8年度.
DAY = "2026-11-24"
MORNING = datetime.datetime.fromisoformat(DAY + "T10:00:00+09:00")


def free_port():
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


class Installation:
    """What `ops/run --demo` makes in a folder of its own."""

    def __init__(self):
        # Below the checkout, because a temporary folder of pytest is closed to user postgres.
        base = ROOT / ".enroll"
        base.mkdir(exist_ok=True)
        self.data = pathlib.Path(tempfile.mkdtemp(prefix="browser-", dir=base))
        os.chmod(self.data, 0o755)
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.environment = dict(os.environ)
        self.process = None
        # Where the play's time begins; None for the machine's own.
        self.clock = MORNING
        self.began = time.monotonic()

    @property
    def now(self):
        """The time of the play, which goes on from where it was started."""
        return self.clock + datetime.timedelta(seconds=time.monotonic() - self.began)

    def move_to(self, instant):
        """Time goes on from there at the next start."""
        self.clock, self.began = datetime.datetime.fromisoformat(instant), time.monotonic()

    def clock_option(self):
        return ["--clock", self.now.isoformat(timespec="seconds")] if self.clock else []

    def enroll(self, *arguments):
        """A command of the operator's, in the time of the play."""
        return subprocess.run(
            [ROOT / "ops/enroll", "--data", self.data, *arguments, *self.clock_option()],
            capture_output=True, text=True, env=self.environment)

    def start(self, *options):
        self.log = open(self.data / "run.log", "a")
        clock = self.clock_option()
        self.clock = self.now if self.clock else None
        self.process = subprocess.Popen(
            [ROOT / "ops/run", "--demo", "--port", str(self.port), "--data", str(self.data),
             *clock, *options],
            stdout=subprocess.PIPE, stderr=self.log, text=True, start_new_session=True, env=self.environment)
        self.lines = []
        for line in self.process.stdout:
            self.lines.append(line.rstrip("\n"))
            if line.startswith("ready: "):
                # The server's time began just now; commands must not run ahead of it.
                self.began = time.monotonic()
                return
        raise AssertionError((self.data / "run.log").read_text()[-3000:])

    def stop(self):
        self.process.send_signal(signal.SIGTERM)
        assert self.process.wait(timeout=60) == 0

    def kill(self):
        """The server dies without a word, as by a power cut; the database stays."""
        server = subprocess.run(
            ["pgrep", "-P", str(self.process.pid), "enroll"], capture_output=True, text=True).stdout.split()
        for pid in server:
            os.kill(int(pid), signal.SIGKILL)
        self.process.wait(timeout=120)

    def newest_code(self, seen):
        """The six digits of the newest letter that is not in `seen`."""
        for _ in range(600):
            for path in glob.glob(f"{self.data}/mail/code-*.eml"):
                if path not in seen:
                    seen.add(path)
                    letter = email.message_from_file(open(path))
                    return re.search(r"\d{6}", letter.get_payload(decode=True).decode()).group(0)
            time.sleep(0.1)
        raise AssertionError("no letter came")


# What takes longest begins first, so that no core waits for it at the end (with --no-loadscope-reorder).
LONGEST = ["test_pages.py", "test_addresses.py", "test_plans.py", "test_journey.py", "test_kill.py"]


def pytest_collection_modifyitems(items):
    items.sort(key=lambda item: (LONGEST + [item.path.name]).index(item.path.name))


def own_installation(*options):
    """For a module that counts what it has sent: `yield from` it in a fixture."""
    installation = Installation()
    installation.start(*options)
    yield installation
    installation.stop()
    shutil.rmtree(installation.data, ignore_errors=True)


@pytest.fixture(scope="session")
def installation():
    yield from own_installation("--people", "200")


@pytest.fixture(scope="session")
def browser():
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture(params=["desk", "phone without JavaScript"])
def page(request, browser):
    """A page on a desk, and on a phone that runs no script."""
    phone = request.param != "desk"
    context = browser.new_context(
        locale="ja-JP", timezone_id="Asia/Tokyo", java_script_enabled=not phone,
        viewport={"width": 320, "height": 800} if phone else {"width": 1280, "height": 900})
    page = context.new_page()
    page.set_default_timeout(10_000)
    page.is_phone = phone
    yield page
    context.close()


@pytest.fixture
def plain_page(browser):
    """One page, for what is the same however it looks."""
    context = browser.new_context(locale="ja-JP", timezone_id="Asia/Tokyo")
    page = context.new_page()
    page.set_default_timeout(10_000)
    page.is_phone = True
    yield page
    context.close()


def check_access(page):
    """No finding of axe, and no sideways scrolling at 320 px."""
    if page.is_phone:
        return
    findings = Axe().run(
        page, options={"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
    ).response["violations"]
    assert not findings, [(f["id"], [n["html"][:200] for n in f["nodes"]]) for f in findings]
    page.set_viewport_size({"width": 320, "height": 800})
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    page.set_viewport_size({"width": 1280, "height": 900})

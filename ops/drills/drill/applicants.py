"""Enrolment load: people who apply by the form, with retries, and remember what they were acknowledged."""
import http.client
import itertools
import re
import threading
import time

from .browser import Browser, GaveUp

FORM = {"applicant_kind": "promoter", "eligibility_category": "agency_approved", "workplace_name": "見本商店",
        "activity_note": "公民館",        "family_name": "髙橋", "given_name": "渉", "family_name_kana": "タカハシ", "given_name_kana": "ワタル",
        "postal_code": "102-0094", "prefecture": "東京都", "city": "千代田区", "street": "紀尾井町1-3",
        "badge_opt_in": "yes", "consent_terms": "yes", "consent_privacy": "yes"}


class Application:
    """One person's way from the form to the receipt; `receipt` only when its page was read to the end."""

    # What may be answered to a code that is right; 422 where the clock is moved past its ten minutes.
    passing = ()

    def __init__(self, browser, mailbox, address, viewed_on):
        self.browser, self.mailbox = browser, mailbox
        self.form = FORM | {"email": address, "view_1_on": viewed_on, "view_2_on": viewed_on}

    def confirm(self):
        """Up to the page on which everything is checked."""
        ground = f"applicant_kind={FORM['applicant_kind']}&eligibility_category={FORM['eligibility_category']}"
        self.browser.insist(f"/applications/new?{ground}", until=(200,))
        self.browser.insist("/applications/draft", self.form, until=(303,))
        for _ in range(6):
            code = self.mailbox.code(self.browser.cookies["code"])
            if code:
                answer = self.browser.insist("/applications/confirm", {"code": code}, until=(303, *self.passing))
                if answer.status == 303:
                    return
            self.browser.insist("/applications/confirm/resend", {}, until=(303,))
        raise GaveUp("no code came")

    def send(self):
        self.browser.insist("/applications", {"sure": "yes"}, until=(303,))
        page = self.browser.insist("/applications/done", until=(200,)).text
        if "</html>" not in page:
            raise GaveUp("half a page")
        return re.search(r'class="big">([^<]+)<', page).group(1)


class Applicants:
    """`count` people at a time, one after another, until `finish`."""

    def __init__(self, ports, mailbox, record, viewed_on, count=6):
        self.ports, self.mailbox, self.record, self.viewed_on = ports, mailbox, record, viewed_on
        self.receipts, self.troubles, self.times = {}, [], []
        self.numbers = itertools.count(1)
        self.is_over = threading.Event()
        self.threads = [threading.Thread(target=self.run, args=(n,), daemon=True) for n in range(count)]

    def start(self):
        for thread in self.threads:
            thread.start()
        return self

    def run(self, start):
        while not self.is_over.is_set():
            address = f"drill-{next(self.numbers)}@example.jp"
            ports = self.ports[start % len(self.ports):] + self.ports[:start % len(self.ports)]
            try:
                person = Application(Browser(ports, self.record), self.mailbox, address, self.viewed_on)
                person.confirm()
                self.receipts[address] = person.send()
                self.times.append(time.monotonic())
            except GaveUp as trouble:
                self.troubles.append(f"{address}: {trouble}")

    def await_receipts(self, more, within=60.0):
        """Until so many more were acknowledged; whether they were."""
        goal, end = len(self.receipts) + more, time.monotonic() + within
        while len(self.receipts) < goal and time.monotonic() < end:
            time.sleep(0.02)
        return len(self.receipts) >= goal

    def back_after(self, moment, within=60.0):
        """Seconds from `moment` to the next receipt; infinite when none comes."""
        return first_after(self.times, moment, within)

    def finish(self):
        self.is_over.set()
        for thread in self.threads:
            thread.join(90)


def first_after(times, moment, within):
    """Seconds from `moment` to the first of times that still come in."""
    end = time.monotonic() + within
    while time.monotonic() < end:
        if later := [t for t in list(times) if t > moment]:
            return later[0] - moment
        time.sleep(0.02)
    return float("inf")


class Probe(threading.Thread):
    """Presses one form again and again: an unfit draft is kept and answered 422, so the database wrote."""

    def __init__(self, ports, record, timeout=20.0, pause=0.05):
        super().__init__(daemon=True)
        self.browser = Browser(ports, record, timeout=timeout)
        self.pause, self.is_over, self.good = pause, threading.Event(), []

    def run(self):
        while not self.is_over.is_set():
            try:
                if not self.browser.csrf:
                    self.browser.once("/applications/new?applicant_kind=promoter")
                if self.browser.once("/applications/draft", {"applicant_kind": "promoter"}).status == 422:
                    self.good.append(time.monotonic())
            except (OSError, http.client.HTTPException):
                pass  # counted by the record
            time.sleep(self.pause)

    def back_after(self, moment, within=60.0):
        """Seconds from `moment` to the first good answer after it; infinite when none comes."""
        return first_after(self.good, moment, within)

    def finish(self):
        self.is_over.set()
        self.join(30)

"""A browser for checks: Debian's Chromium, driven by what people see on a page.

    with Chromium() as chromium:
        visit = chromium.visit("http://127.0.0.1:8080", scripts=False)
        visit.open("/refer")
        visit.fill("First name", "Ayesha")
        visit.tick("I agree")
        visit.press("Send")
        visit.sees("Referral sent")

Every step has a time limit. Each page that is come to is checked (`Visit.faults`): by axe when
scripts are on, and always for sideways scroll, requests to other hosts and console errors.
"""

import gzip
import pathlib
import re
import urllib.parse

import axe_playwright_python
from playwright.sync_api import Error, sync_playwright

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
AXE = (pathlib.Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text()
OPTIONS = {"runOnly": {"type": "tag", "values": TAGS}, "resultTypes": ["violations"]}
CHROMIUM = "/usr/bin/chromium"
# The most that a first page load may weigh, compressed (docs/pages.md).
WEIGHT_MAX_BYTES = 60_000


class Failed(Exception):
    """What a step looked for was not there in time."""


class Chromium:
    """Debian's Chromium, started once."""

    def __init__(self, limit_seconds=10):
        self.limit = limit_seconds * 1000

    def __enter__(self):
        if not pathlib.Path(CHROMIUM).exists():
            raise Failed(f"{CHROMIUM} is missing: install Debian's package chromium")
        self.playwright = sync_playwright().start()
        self.browser = self.playwright.chromium.launch(
            executable_path=CHROMIUM,
            # The language of the browser itself, in which it writes dates in fields.
            args=["--no-sandbox", "--lang=en-GB"],
            env={"LANG": "en_GB.UTF-8", "LANGUAGE": "en_GB"},
        )
        return self

    def __exit__(self, *_):
        self.browser.close()
        self.playwright.stop()

    def visit(self, base, width=1280, scripts=True, cookies=(), check=True):
        """A new window with cookies of its own, given as `name=value`."""
        context = self.browser.new_context(
            viewport={"width": width, "height": 900},
            java_script_enabled=scripts,
            locale="en-GB",
            timezone_id="Europe/London",
        )
        context.set_default_timeout(self.limit)
        visit = Visit(base.rstrip("/"), context, scripts, check)
        for cookie in cookies:
            visit.set_cookie(cookie)
        return visit


class Visit:
    """One window: opens pages, fills forms by their labels, presses buttons by their words."""

    def __init__(self, base, context, scripts, check):
        self.base, self.context, self.scripts, self.check = base, context, scripts, check
        self.faults = []  # (path, what is wrong)
        self.paths = []  # Of every page that was come to.
        self.page = context.new_page()
        self.status = 0
        self.source = b""
        self._assets = {}
        self._noted = []
        self.page.on("console", self._console)
        self.page.on("pageerror", lambda error: self._noted.append(f"script error: {error}"))
        self.page.on("request", self._request)
        self.page.on("response", self._response)

    def close(self):
        self.context.close()

    # Cookies

    def set_cookie(self, cookie):
        name, value = cookie.split("=", 1)
        self.context.add_cookies([{"name": name, "value": value, "url": self.base}])

    @property
    def cookies(self):
        """All of them, as `name=value`, for another window of the same person."""
        return [f"{one['name']}={one['value']}" for one in self.context.cookies(self.base)]

    # Steps

    def open(self, path, status=200):
        """Goes to a page; another status than the expected one is a fault."""
        self._step(f"open {path}", lambda: self.page.goto(self.base + path))
        if self.status != status:
            self._fault(f"status {self.status}, expected {status}")
        self._arrived()

    # A legend tells two fields with the same label apart: `question`.

    def fill(self, label, value, question=None):
        """Types into a field; a day is written 2026-01-31."""
        self._step(f"fill “{label}”", lambda: self._field(label, question).fill(value))

    def choose(self, label, option, question=None):
        """Chooses from a list that opens."""
        self._step(
            f"choose “{option}” of “{label}”",
            lambda: self._field(label, question).select_option(label=option),
        )

    def tick(self, label, question=None):
        """Ticks a box or a round one."""
        self._step(f"tick “{label}”", lambda: self._field(label, question).check())

    def press(self, words):
        """Presses a button, and waits for the page that answers."""
        self._leave(f"press “{words}”", self.page.get_by_role("button", name=words, exact=True))

    def follow(self, words):
        """Follows a link."""
        link = self.page.get_by_role("link", name=words, exact=True)
        # A link that looks like a button is told as one.
        button = self.page.get_by_role("button", name=words, exact=True)
        found = link.or_(button.and_(self.page.locator("a")))
        self._leave(f"follow “{words}”", found.first)

    def press_in(self, part, words):
        """Presses a button in a part of the page."""
        self._leave(f"press “{words}”", part.get_by_role("button", name=words).first)

    def follow_in(self, part, words):
        """Follows a link in a part of the page."""
        self._leave(f"follow “{words}”", part.get_by_role("link", name=words).first)

    def press_it(self, button):
        """Presses a button that was found otherwise than by its words."""
        self._leave("press a button", button)

    def follow_it(self, link):
        """Follows a link that was found otherwise than by its words."""
        self._leave("follow a link", link)

    def key(self, key):
        """Presses a key that leads to another page."""
        self._go(f"press {key}", lambda: self.page.keyboard.press(key))

    def back(self):
        """Goes back, as the browser's own button does."""
        self._step("go back", lambda: self.page.go_back())
        self._arrived()

    def sees(self, words):
        """Fails unless the page shows these words."""
        self._step(
            f"see “{words}”",
            lambda: self.page.get_by_text(words).first.wait_for(state="visible"),
        )

    @property
    def heading(self):
        return " ".join(self.page.locator("h1").first.inner_text().split())

    @property
    def words(self):
        """All that the page says."""
        return " ".join(self.page.locator("main").inner_text().split())

    @property
    def focused(self):
        """The words of what has the keyboard."""
        return self.page.evaluate("document.activeElement.innerText || document.activeElement.id")

    @property
    def path(self):
        parts = urllib.parse.urlsplit(self.page.url)
        return parts.path + (f"?{parts.query}" if parts.query else "")

    # How

    def _field(self, label, question):
        within = self.page.get_by_role("group", name=question) if question else self.page
        exact = within.get_by_label(label, exact=True)
        return exact if exact.count() else within.get_by_label(f"{label} (optional)", exact=True)

    def _step(self, what, act):
        try:
            return act()
        except Error as error:
            raise Failed(f"{self.path}: could not {what}: {error.message.splitlines()[0]}") from error

    def _leave(self, what, target):
        self._go(what, lambda: target.click())

    def _go(self, what, leave):
        def act():
            with self.page.expect_navigation():
                leave()

        self._step(what, act)
        if self.status >= 500:
            self._fault(f"status {self.status} after: {what}")
        self._arrived()

    # Checks

    def resize(self, width):
        self.page.set_viewport_size({"width": width, "height": 900})

    def check_again(self):
        """Checks the page once more, such as at another width."""
        width = self.page.viewport_size["width"]
        for fault in self.check_page():
            self._fault(f"{width} px: {fault}")

    def _arrived(self):
        self.paths.append(self.path)
        if self.check:
            for fault in self.check_page():
                self._fault(fault)

    def _fault(self, what):
        self.faults.append((self.path, what))

    def check_page(self):
        """What is wrong with the page that is shown."""
        faults, self._noted = self._noted, []
        weight = len(gzip.compress(self.source)) + sum(self._assets.values())
        if weight > WEIGHT_MAX_BYTES:
            faults.append(f"weighs {weight} bytes compressed, at most {WEIGHT_MAX_BYTES}")
        if not self.scripts:
            return faults
        wide = self.page.evaluate("document.scrollingElement.scrollWidth - innerWidth")
        if wide > 0:
            faults.append(f"scrolls sideways by {wide} px: {self._widest()}")
        if self.page.evaluate("typeof axe === 'undefined'"):
            self.page.evaluate(AXE)
        for violation in self.page.evaluate("o => axe.run(document, o)", OPTIONS)["violations"]:
            places = "; ".join(str(node["target"][0]) for node in violation["nodes"][:3])
            faults.append(f"axe {violation['id']}: {violation['help']}: {places}")
        return faults

    def _widest(self):
        """The elements that stick out, for whoever mends it."""
        return self.page.evaluate(
            """() => [...document.body.querySelectorAll('*')]
                .filter(e => e.getBoundingClientRect().right > innerWidth + 1
                    || e.scrollWidth > innerWidth)
                .slice(0, 3).map(e => e.tagName.toLowerCase() + '.' + e.className).join(', ')"""
        )

    def _console(self, message):
        # A browser tells a status that is an error here too; the status has its own check.
        if message.type == "error" and "status of 4" not in message.text:
            self._noted.append(f"console: {message.text}")

    def _request(self, request):
        if not request.url.startswith((self.base + "/", "data:")) and request.url != self.base:
            self._noted.append(f"asks another host: {request.url}")

    def _response(self, response):
        is_page = response.request.is_navigation_request()
        if 300 <= response.status < 400:
            return
        if is_page:
            self.status = response.status
        elif response.status >= 400:
            self._noted.append(f"status {response.status} for {response.url}")
        try:
            body = response.body()
        except Error:
            return  # A download, or a page that was left meanwhile.
        if is_page:
            self.source = body
        else:
            self._assets[response.url] = len(gzip.compress(body))

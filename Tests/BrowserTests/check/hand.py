"""Pages read and forms sent without a browser: quick, for whatever is not itself looked at."""

import html
import html.parser
import http.cookiejar
import re
import urllib.error
import urllib.parse
import urllib.request


class Hand:
    """Somebody with cookies, and the page that they were answered last."""

    def __init__(self, base, cookies=()):
        self.base = base
        self.jar = http.cookiejar.CookieJar()
        self.opener = urllib.request.build_opener(
            urllib.request.HTTPCookieProcessor(self.jar)
        )
        # Cookies go by hand: those of a browser are given as `name=value`.
        self.given = list(cookies)
        self.status, self.text, self.path, self.type = 0, "", "/", ""

    @property
    def cookies(self):
        return [f"{one.name}={one.value}" for one in self.jar]

    def get(self, path):
        return self._ask(path, None)

    def send(self, path, **fields):
        """Sends the form of this page that leads to a path; its hidden fields go with it."""
        form = dict(forms(self.text).get(path) or self._opened(path))
        form.update({name.replace("__", "-"): value for name, value in fields.items()})
        pairs = [
            (name, one)
            for name, value in form.items()
            for one in (value if isinstance(value, list) else [value])
        ]
        return self._ask(path, urllib.parse.urlencode(pairs).encode())

    def _opened(self, path):
        self.get(path)
        found = forms(self.text)
        if path not in found:
            raise LookupError(f"{self.path} ({self.status}) has no form to {path}: {self.words}")
        return found[path]

    def _ask(self, path, body):
        request = urllib.request.Request(self.base + path, data=body)
        if self.given:
            request.add_header("Cookie", "; ".join(self.given))
        try:
            answer = self.opener.open(request, timeout=60)
        except urllib.error.HTTPError as error:
            answer = error
        self.status = answer.status
        self.type = answer.headers.get("Content-Type", "")
        data = answer.read()
        self.text = data.decode() if self.type.startswith("text/") else ""
        parts = urllib.parse.urlsplit(answer.url)
        self.path = parts.path + (f"?{parts.query}" if parts.query else "")
        return self

    @property
    def words(self):
        main = self.text.split("<main", 1)[-1]
        return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", main)).split())


class _Reader(html.parser.HTMLParser):
    def __init__(self):
        super().__init__()
        self.forms, self.links, self.open = {}, [], None

    def handle_starttag(self, tag, attributes):
        known = dict(attributes)
        if tag == "form":
            path = urllib.parse.urlsplit(known.get("action", "")).path
            self.open = self.forms.setdefault(path, {})
        elif tag == "input" and self.open is not None and known.get("name"):
            if known.get("type") == "hidden":
                self.open.setdefault(known["name"], known.get("value", ""))
        elif tag == "a" and known.get("href"):
            self.links.append(known["href"])

    def handle_endtag(self, tag):
        if tag == "form":
            self.open = None


def forms(text):
    """The hidden fields of each form, by where it leads."""
    reader = _Reader()
    reader.feed(text)
    return reader.forms


def links(text):
    reader = _Reader()
    reader.feed(text)
    return reader.links

"""Where every page is: ways are found by following links, as people do."""

import re
import urllib.parse

from hand import Hand, forms, links

# Pages that no link of ours leads to, with how people come there. {case} is filled in.
UNLINKED = {
    "/status/:token": "by a link that the referrer passed on",
    "/answer/:token": "by a message",
    "/answer/:token/:question": "by a message",
    "/invitation/:token": "by a message",
    "/sign-in/code": "while signing in",
    "/sign-in/openid": "only where an issuer is set up",
    "/sign-in/openid/return": "from the issuer",
    "/refer/prefill": "from a clinical system",
}
SAME_PATTERN_MAX = 4
# Cases are looked at until one is in each state.
CASES_MAX = 100


class Routes:
    """The patterns of all pages, and what was found at each."""

    def __init__(self, patterns):
        self.patterns = sorted(patterns, key=lambda one: one.count(":"))
        self.tests = {one: re.compile(re.sub(r":\w+", "[^/]+", one)) for one in patterns}

    def of(self, path):
        """The pattern that a path belongs to; words come before parameters."""
        plain = path.split("?")[0]
        if plain in self.tests:
            return plain
        found = [one for one in self.patterns if self.tests[one].fullmatch(plain)]
        return found[0] if found else None


def leading(text, routes):
    """Where a page leads: its links, and its forms that are pages of their own as well."""
    return links(text) + [path for path in forms(text) if routes.of(path)]


def crawl(person, routes):
    """Follows links and forms from page to page: {pattern: path} of pages, and links that lead nowhere."""
    found, broken, count = {}, [], {}
    queue, seen = [(start, "the beginning") for start in person.starts], set(person.starts)
    hand = Hand(person.base, person.cookies)
    while queue:
        path, origin = queue.pop(0)
        hand.get(path)
        if hand.status >= 400:
            broken.append(f"{origin}: the link to {path} answers {hand.status} to {person.name}")
            continue
        pattern = routes.of(path)
        is_page = hand.type.startswith("text/html")
        here = routes.of(hand.path)
        if is_page and here and here not in found:
            found[here] = hand.path
        if pattern and not is_page:
            found.setdefault(pattern, None)
        for link in leading(hand.text, routes) if is_page else []:
            target = urllib.parse.urljoin(hand.path, link).split("#")[0]
            if not target.startswith("/") or target in seen:
                continue
            seen.add(target)
            key = routes.of(target) or target
            count[key] = count.get(key, 0) + 1
            is_case = key in ("/cases/:case", "/cases/:case/status")
            if count[key] <= (CASES_MAX if is_case else SAME_PATTERN_MAX):
                queue.append((target, hand.path.split("?")[0]))
    return found, broken

"""Every page at two widths, in one window of each of its people.

Most pages are looked at in a demonstration, where cases are in every state; what visitors of a
demonstration do not come to by links is looked at in the installation of the journeys.
"""

import dataclasses

import check_pages
import journeys
from browser import Failed
from demonstration import VISITORS, signed_in
from routes import UNLINKED, crawl

WIDTHS = [1280, 320]
# What visitors come to after a search or a filter.
FURTHER = {"coach": ["/glass"], "manager": ["/caseload?whose=all&state=closed"]}


@dataclasses.dataclass(frozen=True)
class Person:
    """Who opens pages, and where they begin."""

    name: str
    base: str
    cookies: tuple = ()
    starts: tuple = ("/",)


def everybody(world, demonstration):
    """Visitors of the demonstration, then strangers before and after sending a referral."""
    asking = world.window(check=False)
    journeys.answer_questions(asking, "Unsent")
    people = [
        Person(
            who,
            demonstration,
            tuple(signed_in(demonstration, who)),
            ("/", *FURTHER.get(who, ())),
        )
        for who in VISITORS
    ]
    people += [
        Person("a stranger", world.base, (), ("/", "/self-referral/under-18")),
        Person("asker", world.base, tuple(asking.cookies), ("/self-referral/check",)),
        Person(
            "sender",
            world.base,
            tuple(world.sent),
            ("/self-referral/sent", "/self-referral/account-made"),
        ),
    ]
    asking.close()
    return people


def places(world, routes, people):
    """Where each page is and who opens it: {pattern: (person, path)}, and broken links."""
    found, broken = {}, []
    for person in people:
        pages, dead = crawl(person, routes)
        broken += dead
        for pattern, path in pages.items():
            if pattern not in found or found[pattern][1] is None:
                found[pattern] = (person, path)
    for cookies, path in world.remembered:
        found.setdefault(routes.of(path), (Person("a journey", world.base, cookies), path))
    return found, broken


def check(world, demonstration, routes, report):
    """Opens each page as the first of its people who comes to it."""
    found, broken = places(world, routes, everybody(world, demonstration))
    report("links", broken)
    faults, sources, by_person = {}, {}, {}
    for pattern in routes.patterns:
        person, path = found.get(pattern, (None, None))
        faults[pattern] = []
        if path:
            by_person.setdefault(person, []).append((pattern, path))
        elif pattern not in found and pattern not in UNLINKED:
            faults[pattern].append("no link leads to it: nobody can come here")
    for person, pages in by_person.items():
        visit = world.chromium.visit(person.base, cookies=person.cookies)
        for pattern, path in pages:
            faults[pattern] += opened(visit, person, path)
            sources[pattern] = visit.source
        visit.close()
    for pattern, wrong in validated(sources).items():
        faults[pattern] += wrong
    for pattern in routes.patterns:
        report(f"page {pattern}", faults[pattern])


def validated(sources):
    """What vnu finds wrong, in one run; the names of its files are numbers."""
    patterns = list(sources)
    found = check_pages.validated({str(i): sources[one] for i, one in enumerate(patterns)})
    return {patterns[int(i)]: wrong for i, wrong in found.items()}


def opened(visit, person, path):
    """What is wrong with a page, at both widths."""
    visit.faults.clear()
    try:
        visit.resize(WIDTHS[0])
        visit.open(path)
        visit.resize(WIDTHS[1])
        visit.check_again()
    except Failed as failure:
        visit.faults.append((path, str(failure)))
    return [f"{path} ({person.name}): {what}" for _, what in visit.faults]

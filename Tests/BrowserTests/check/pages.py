"""Every page at two widths, in one window of each of its people."""

import importlib

import journeys
from browser import Failed
from routes import UNLINKED, crawl

# Its name has a hyphen, since it is a program.
check_pages = importlib.import_module("check-pages")
WIDTHS = [1280, 320]


def everybody(world):
    """Whose cookies there are: staff, the resident, strangers before and after sending."""
    people = {key: one.cookies for key, one in world.people.items() if one.cookies}
    asking = world.window(check=False)
    journeys.answer_questions(asking, "Unsent")
    people |= {"resident": world.resident, "asker": asking.cookies, "sender": world.sent}
    asking.close()
    return people | {None: []}


def places(world, routes, people):
    """Where each page is and who opens it: {pattern: (who, path)}, and broken links."""
    found, broken = {}, []
    for who, cookies in people.items():
        pages, dead = crawl(world.base, who or "a stranger", cookies, routes, starts(who))
        broken += dead
        for pattern, path in pages.items():
            if pattern not in found or found[pattern][1] is None:
                found[pattern] = (who, path)
    for pattern, (who, path) in elsewhere(found).items():
        found.setdefault(pattern, (who, path))
    return found, broken


def starts(who):
    """Where people begin; two pages are come to by sending a form."""
    begin = {"asker": "/self-referral/check", "sender": "/self-referral/sent"}
    return ["/", *([begin[who]] if who in begin else [])]


def elsewhere(found):
    """Forms that stand on another page, and have one of their own for what is wrong with them."""
    who, case = found.get("/cases/:case/contact", (None, None))
    if not case:
        return {}
    case = case.removesuffix("/contact")
    at = {f"/cases/:case/{one}": (who, f"{case}/{one}") for one in ["start", "plan/items"]}
    at["/self-referral/account-made"] = ("sender", "/self-referral/account-made")
    at["/self-referral/under-18"] = (None, "/self-referral/under-18")
    return at


def check(world, routes, report):
    """Opens each page as the first of its people who comes to it."""
    people = everybody(world)
    found, broken = places(world, routes, people)
    report("links", broken)
    faults, sources, by_person = {}, {}, {}
    for pattern in routes.patterns:
        who, path = found.get(pattern, (None, None))
        faults[pattern] = []
        if path:
            by_person.setdefault(who, []).append((pattern, path))
        elif pattern not in found and pattern not in UNLINKED:
            faults[pattern].append("no link leads to it: nobody can come here")
    for who, pages in by_person.items():
        visit = world.chromium.visit(world.base, cookies=people[who])
        for pattern, path in pages:
            faults[pattern] += opened(visit, who, path)
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


def opened(visit, who, path):
    """What is wrong with a page, at both widths."""
    visit.faults.clear()
    try:
        visit.resize(WIDTHS[0])
        visit.open(path)
        visit.resize(WIDTHS[1])
        visit.check_again()
    except Failed as failure:
        visit.faults.append((path, str(failure)))
    return [f"{path} ({who or 'a stranger'}): {what}" for _, what in visit.faults]

"""The pages of a real server in a real browser: journeys, every page, budgets.

    check.py GOODWORK PROGRAMMES ROUTES [--only WORD]

GOODWORK is the built program, PROGRAMMES the folder of programme files, ROUTES a JSON list of the
patterns of all pages (`/cases/:case`). Makes an installation of its own in a temporary folder and
prints a line of JSON for each check: {"check": "whole way", "faults": []}. Exits 2, with a
sentence, when the checks cannot be made.
"""

import argparse
import json
import pathlib
import shutil
import signal
import sys
import time
import traceback

ROOT = pathlib.Path(__file__).resolve().parents[3]
sys.path.insert(0, str(ROOT / "tools"))

from browser import Chromium, Failed  # noqa: E402
import budgets  # noqa: E402
import governing  # noqa: E402
import journeys  # noqa: E402
import openid  # noqa: E402
import pages  # noqa: E402
import together  # noqa: E402
from demonstration import demonstration  # noqa: E402
from installation import NotReady, installed, stop_at_once  # noqa: E402
from routes import Routes  # noqa: E402
from world import World  # noqa: E402

# For a step, on a machine that does other things as well.
LIMIT_SECONDS = 40
# Enough that a case is in every state.
DEMONSTRATION_CASES = 300
# In the order in which they are made; the name of a check is that of its function.
CHECKS = [
    (journeys.sign_in, [True]),
    (journeys.whole_way, [True, False]),
    (journeys.self_referral, [True, False]),
    (journeys.resident, [True]),
    (journeys.paused_clock, [True]),
    (together.two_browsers, [True]),
    (together.double_click, [True]),
    (together.back_button, [True]),
    (journeys.deep_link, [True]),
    (openid.own_account, [True]),
    (governing.break_glass, [True]),
    (governing.join_people, [True]),
    (governing.give_copy, [True]),
    (governing.new_version, [True]),
    (budgets.refer_by_keyboard, [True]),
    (budgets.contact_fields, [True]),
    (budgets.accept_clicks, [True]),
    (budgets.status_clicks, [True]),
]


class Visits(list):
    """The windows of a check; what is wrong with their pages is its fault too."""

    def add(self, visit):
        self.append(visit)
        return visit

    def faults(self):
        return [f"{path}: {what}" for visit in self for path, what in visit.faults]


def report(name, faults):
    print(json.dumps({"check": name, "faults": list(dict.fromkeys(faults))}), flush=True)


def made(world, name, act, is_begin=False):
    """Makes a check in windows of its own; a beginning is told only when it fails."""
    visits, faults, began = Visits(), [], time.monotonic()
    try:
        act(visits)
    except Failed as failure:
        faults.append(str(failure))
        faults.append(f"the page said: {visits[-1].words[:600] if visits else ''}")
    except Exception:  # A check that breaks is a fault, and the others go on.
        faults.append(traceback.format_exc())
    faults += visits.faults()
    if is_begin and not faults:
        return
    report(name, faults)
    for visit in visits:
        world.remember(visit)
        visit.close()
    print(f"{name}: {time.monotonic() - began:.1f} s", file=sys.stderr)


def check_all(world, routes, only):
    # A minute must go by in this one, so it begins first and ends last.
    late = together.EndedSession(world)
    if only in late.name:
        made(world, late.name, late.begin, is_begin=True)
    for check, ways in CHECKS:
        for scripts in ways:
            name = check.__name__ + ("" if scripts else "_without_scripts")
            if only in name:
                made(world, name, lambda visits: check(world, scripts, visits))
    if only in "pages":
        with demonstration(world.installation.program, ROOT, DEMONSTRATION_CASES) as base:
            pages.check(world, base, routes, report)
    if late.visit:
        made(world, late.name, late.finish)
    report("nothing_unforeseen", world.installation.errors())


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("goodwork", type=pathlib.Path)
    parser.add_argument("programmes", type=pathlib.Path)
    parser.add_argument("routes", type=pathlib.Path)
    parser.add_argument("--only", default="", metavar="WORD")
    given = parser.parse_args()
    signal.signal(signal.SIGTERM, stop_at_once)
    if not shutil.which("java"):
        raise NotReady("java is missing: install Debian's package default-jre-headless")
    patterns = json.loads(given.routes.read_text())
    with (
        Chromium(LIMIT_SECONDS) as chromium,
        installed(given.goodwork.resolve(), given.programmes) as installation,
        installation.serving() as base,
        installation.serving(GOODWORK_SESSION_MINUTES="1") as short_base,
    ):
        # Every session begins as late as it can, so that none ends before its time.
        installation.sign_everybody_in(base)
        world = World(installation, chromium, base, short_base)
        check_all(world, Routes(patterns), given.only)


if __name__ == "__main__":
    try:
        main()
    except (NotReady, Failed, OSError) as failure:
        print(f"could not check the pages: {failure}", file=sys.stderr)
        sys.exit(2)

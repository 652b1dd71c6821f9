"""Pictures of ten pages of a demonstration, two of them as on a telephone.

    screenshots.py GOODWORK ROOT FOLDER [--cases 400]

ROOT is the project's folder. Writes PNG files to FOLDER.
"""

import argparse
import io
import pathlib
import re
import sys

from PIL import Image

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[3] / "tools"))

from browser import Chromium, Failed  # noqa: E402
from demonstration import demonstration, login  # noqa: E402
from installation import NotReady  # noqa: E402

WIDE, NARROW = 1280, 320
# The most of a page that a picture shows, in pixels.
HEIGHT_MAX = 1200
COLOURS = 96
NUMBER = "999 123 4004"


class Pictures:
    def __init__(self, chromium, base, folder):
        self.chromium, self.base, self.folder = chromium, base, folder

    def window(self, who=None):
        visit = self.chromium.visit(self.base, check=False)
        if who:
            visit.open("/sign-in")
            visit.press_it(visit.page.locator(f"button[name=login][value='{login(who)}']"))
        return visit

    def take(self, visit, name, width=WIDE):
        visit.resize(width)
        visit.page.evaluate("scrollTo(0, 0)")
        height = visit.page.evaluate("document.documentElement.scrollHeight")
        size = {"x": 0, "y": 0, "width": width, "height": min(height, HEIGHT_MAX)}
        picture = Image.open(io.BytesIO(visit.page.screenshot(clip=size, full_page=True)))
        path = self.folder / f"{name}.png"
        # Few colours: a third of the bytes, and no difference to the eye.
        picture.convert("RGB").quantize(COLOURS).save(path, optimize=True)
        print(f"{path}: {path.stat().st_size // 1000} kB")
        visit.resize(WIDE)


def referrer(pictures):
    visit = pictures.window("referrer")
    visit.open("/refer")
    visit.fill("NHS number", NUMBER)
    visit.fill("First name", "Amina")
    visit.fill("Last name", "Khan")
    visit.fill("Date of birth", "14 3 1986")
    visit.tick("In work, but off sick", "Is the person in work?")
    visit.tick("Muscles, bones or joints")
    visit.tick("Yes", "Does the person agree to be referred?")
    visit.press("Check which services could help")
    visit.fill("Postcode", "M13 9PL")
    visit.tick("Yes", "Does a physical or mental health condition make work harder")
    visit.press("Check which services could help")
    pictures.take(visit, "refer")
    visit.open("/referrals")
    pictures.take(visit, "referrals")
    visit.open("/referrals?show=support")
    visit.follow_it(visit.page.locator("main table a").first)
    pictures.take(visit, "status", NARROW)


def coach(pictures):
    visit = pictures.window("coach")
    visit.open("/today")
    pictures.take(visit, "today")
    visit.open("/caseload")
    pictures.take(visit, "caseload")
    case = busiest(visit)
    visit.open(case)
    pictures.take(visit, "case")
    visit.open(f"{case}/measures/phq-9")
    pictures.take(visit, "phq-9")
    visit.open(f"{case}/plan")
    pictures.take(visit, "plan")


def busiest(visit):
    """A case of the caseload that is in support, with a plan and a job."""
    cases = visit.page.eval_on_selector_all(
        "main table a", "all => all.map(a => new URL(a.href).pathname)"
    )
    best = (0, None)
    for path in [one for one in dict.fromkeys(cases) if re.fullmatch(r"/cases/\w+", one)][:25]:
        visit.open(path)
        words = visit.words
        score = len(words) + 4_000 * words.count("Discharge ") - 20_000 * words.count("Reopen")
        best = max(best, (score, path))
    return best[1]


def others(pictures):
    visit = pictures.window("manager")
    visit.open("/team")
    pictures.take(visit, "team")
    visit = pictures.window("resident")
    visit.open("/my")
    pictures.take(visit, "my-plan", NARROW)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("goodwork", type=pathlib.Path)
    parser.add_argument("root", type=pathlib.Path)
    parser.add_argument("folder", type=pathlib.Path)
    parser.add_argument("--cases", default="400")
    given = parser.parse_args()
    given.folder.mkdir(parents=True, exist_ok=True)
    with (
        Chromium() as chromium,
        demonstration(given.goodwork, given.root, given.cases) as base,
    ):
        pictures = Pictures(chromium, base, given.folder)
        referrer(pictures)
        coach(pictures)
        others(pictures)


if __name__ == "__main__":
    try:
        main()
    except (Failed, NotReady, OSError) as failure:
        sys.exit(f"could not take the pictures: {failure}")

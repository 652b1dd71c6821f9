"""Tries to recover hidden counts from published tables, by whole-number programming.

Usage: attack-tables.py PROBLEMS.json FOUND.json
Writes the counts that were narrowed down too far: docs/disclosure.md says what that is.

An attacker knows how each table hangs together (totals and their parts, in every release), each
figure shown and what it can stand for, that a hidden figure is at least 1 (a nought is shown, but in
a row that is withheld), and of which figures the true ones never fell from one release to the next.
"""

import json
import sys

import numpy
from scipy.optimize import Bounds, LinearConstraint, milp


def ends(method: str, shown: int, count: int) -> tuple[int, int]:
    """The counts that are shown as this."""
    if method == "below5" or count == 0:
        return shown, shown
    return max(8, shown - 2), shown + 2


class System:
    """All that is known of a row of releases, as one set of equations over whole numbers."""

    def __init__(self, problem: dict):
        self.cells = problem["cells"]
        self.releases = problem["releases"]
        self.count = len(self.cells)
        size = self.count * len(self.releases)
        low, high = numpy.zeros(size), numpy.full(size, numpy.inf)
        rows, least, most = [], [], []
        for number, release in enumerate(self.releases):
            for cell, value in enumerate(release["values"]):
                place = number * self.count + cell
                if value is None or self.cells[cell]["prints"] == 0:
                    continue
                if release["hidden"][cell]:
                    low[place] = 0 if release["withheld"][cell] else 1
                else:
                    low[place], high[place] = ends(release["method"], release["shown"][cell], value)
            for total, parts in problem["sums"]:
                if any(release["values"][cell] is None for cell in [total, *parts]):
                    continue
                row = numpy.zeros(size)
                row[number * self.count + total] = 1
                for part in parts:
                    row[number * self.count + part] -= 1
                rows.append(row)
                least.append(0)
                most.append(0)
        for cell in range(self.count):
            if self.cells[cell]["prints"] == 0:
                continue
            has = [n for n, r in enumerate(self.releases) if r["values"][cell] is not None]
            for before, after in zip(has, has[1:]):
                if self.releases[after]["values"][cell] >= self.releases[before]["values"][cell]:
                    row = numpy.zeros(size)
                    row[after * self.count + cell] = 1
                    row[before * self.count + cell] = -1
                    rows.append(row)
                    least.append(0)
                    most.append(numpy.inf)
        self.bounds = Bounds(low, high)
        self.constraints = (
            LinearConstraint(numpy.array(rows), numpy.array(least), numpy.array(most))
            if rows
            else ()
        )
        self.size = size

    def extreme(self, aim: numpy.ndarray) -> float:
        """The least value of a sum of counts that fits everything known; -inf if there is none."""
        # With its presolve, HiGHS 1.12 calls some of these problems infeasible that are not.
        found = milp(
            aim,
            constraints=self.constraints,
            bounds=self.bounds,
            integrality=numpy.ones(self.size),
            options={"presolve": False},
        )
        if found.status in (3, 4):
            return -numpy.inf
        if not found.success:
            raise RuntimeError(f"the truth itself does not fit: {found.message}")
        return round(found.fun)

    def width(self, plus: int, minus: int | None = None) -> float:
        """How many values are possible for a count, or for the difference of two."""
        aim = numpy.zeros(self.size)
        aim[plus] = 1
        if minus is not None:
            aim[minus] = -1
        low = self.extreme(aim)
        return -self.extreme(-aim) - low + 1


SMALL = {"round5": 7, "below5": 4}


def is_kept(release: dict, cell: int, value: int, least: int) -> bool:
    """Whether a printed count is hidden and must stay unknown: one that is withheld, if it is small."""
    return release["hidden"][cell] and (not release["withheld"][cell] or 1 <= value <= least)


def is_wanted(system: System, last: int, number: int, cell: int) -> bool:
    """Whether a count, or its difference from that of the last release, is to be protected."""
    release = system.releases[number]
    value = release["values"][cell]
    printed = system.cells[cell]["prints"] > 0
    least = max(SMALL[release["method"]], system.cells[cell]["small"])
    if is_kept(release, cell, value, least) if printed else 1 <= value <= least:
        return True
    here = system.releases[last]["values"][cell]
    if number == last or here is None or not printed:
        return False
    least = max(SMALL[system.releases[last]["method"]], system.cells[cell]["small"])
    return 1 <= abs(here - value) <= least


def attack(problem: dict) -> list[dict]:
    """Of a large problem "most" counts are attacked, spread evenly over it."""
    system = System(problem)
    most = problem.get("most")
    wanted_cells = [
        (number, cell)
        for number, release in enumerate(system.releases)
        for cell, value in enumerate(release["values"])
        if value is not None and is_wanted(system, problem["now"], number, cell)
    ]
    if most and len(wanted_cells) > most:
        step = len(wanted_cells) / most
        chosen = {wanted_cells[int(place * step)] for place in range(most)}
    else:
        chosen = set(wanted_cells)
    last = problem["now"]
    small = SMALL
    found = []
    for number, release in enumerate(system.releases):
        for cell, value in enumerate(release["values"]):
            if value is None or (number, cell) not in chosen:
                continue
            least = max(small[release["method"]], system.cells[cell]["small"])
            place = number * system.count + cell
            printed = system.cells[cell]["prints"] > 0
            wanted = is_kept(release, cell, value, least) if printed else 1 <= value <= least
            if wanted:
                width = system.width(place)
                if width < least:
                    found.append({"release": number, "cell": cell, "value": value, "width": width})
            here = system.releases[last]["values"][cell]
            if number == last or here is None or not printed:
                continue
            least = max(small[system.releases[last]["method"]], system.cells[cell]["small"])
            if 1 <= abs(here - value) <= least:
                width = system.width(last * system.count + cell, place)
                if width < least:
                    found.append(
                        {
                            "release": number,
                            "cell": cell,
                            "value": here - value,
                            "width": width,
                            "difference": True,
                        }
                    )
    return found


def main() -> int:
    problems = json.load(open(sys.argv[1]))
    with open(sys.argv[2], "w") as file:
        json.dump([attack(problem) for problem in problems], file)
    return 0


if __name__ == "__main__":
    sys.exit(main())

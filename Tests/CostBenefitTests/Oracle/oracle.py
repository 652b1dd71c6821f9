"""Reckons models of costs and benefits anew, with numpy, for OracleTests.

Usage: oracle.py ASKED TOLD
ASKED has a model as JSON on each line; TOLD gets, on the line of the same number, the figures that
`RandomModel.figures` lists, in that order. Nothing is shared with the Swift code but the words of
docs/cost-benefit.md.
"""

import datetime
import json
import sys

import numpy


def days(start, end):
    """The days from one to the other, both included, as ordinal numbers."""
    first, last = (datetime.date.fromisoformat(day).toordinal() for day in (start, end))
    return numpy.arange(first, last + 1)


def financial_year(ordinal):
    day = datetime.date.fromordinal(int(ordinal))
    return day.year - (1 if day.month < 4 else 0)


def stream(lag, lasts, keeps, size):
    """The value that falls in each year after an outcome, by cutting time where anything changes."""
    cuts = {float(n) for n in range(size + 1)} | {lag, lag + lasts}
    age = 0
    while age < lasts:
        cuts.add(lag + age)
        age += 1
    cuts = numpy.array(sorted(c for c in cuts if c <= size))
    found = numpy.zeros(size)
    for left, right in zip(cuts[:-1], cuts[1:]):
        middle = (left + right) / 2
        if lag < middle < lag + lasts:
            found[int(numpy.floor(middle))] += (right - left) * keeps ** numpy.floor(middle - lag)
    return found


def reckon(model):
    size, first = model["years"], model["first"]
    place = {first + n: n for n in range(size)}
    so_far = days(model["from"], min(model["to"], model["as_at"]))
    whole = days(model["from"], model["to"])
    share = numpy.zeros(size)
    by_day = numpy.zeros(size)
    for year, count in zip(*numpy.unique([financial_year(d) for d in so_far], return_counts=True)):
        if int(year) in place:
            share[place[int(year)]] = count / len(so_far)
            by_day[place[int(year)]] = count / len(whole)
    number = model["numbers"]
    percent = lambda name, other=0.0: number.get(name, other) / 100
    prices = lambda year: (1 + percent("inflation")) ** (model["prices"] - year)
    t = numpy.arange(size) + {"start": 0, "middle": 0.5, "end": 1}[model["timing"]]
    factor = {False: (1 + percent("discount")) ** -t, True: (1 + percent("discount-health")) ** -t}
    deflate = numpy.array([prices(first + n) for n in range(size)])

    spent, cost_by_year = 0.0, numpy.zeros(size)
    for cost in model["costs"]:
        name = "cost." + cost["id"]
        if cost["kind"] == "day":
            money = number[name] * by_day
        elif cost["kind"] == "count":
            money = number[name] * min(1.0, cost["count"] / cost["target"]) * share
        else:
            money = numpy.zeros(size)
            for year in cost["years"]:
                if year not in place:
                    continue
                all_days = days(f"{year}-04-01", f"{year + 1}-03-31")
                till = datetime.date.fromisoformat(model["as_at"]).toordinal()
                text = f"{year}-{(year + 1) % 100:02d}"
                money[place[year]] = number[f"{name}.{text}"] * numpy.mean(all_days <= till)
        spent += money.sum()
        cost_by_year += money * deflate * (1 + percent(name + ".bias")) * factor[False]

    fiscal, public = numpy.zeros(size), numpy.zeros(size)
    kinds = {"fiscal": 0.0, "economic": 0.0, "social": 0.0}
    avoided = 0.0
    for outcome in model["outcomes"]:
        own = lambda part: number[f"{outcome['id']}.{part}"]
        for code in outcome["values"]:
            value = model["values"][code]
            once = value["once"]
            each = stream(
                own("lag"),
                1.0 if once else own("lasts"),
                1.0 if once else 1 - own("drop-off") / 100,
                size,
            )
            arrives = numpy.convolve(share, each)[:size]
            amount = outcome["count"] * number[f"value.{code}"] * prices(value["prices"])
            amount *= (1 - own("deadweight") / 100) * own("attribution") / 100
            amount *= (1 - own("bias") / 100) * (1 - percent(f"value.{code}.bias"))
            present = amount * arrives * factor[value["health"]]
            kinds[value["kind"]] += present.sum()
            if value["kind"] == "fiscal":
                fiscal += present
            if not value["transfer"]:
                public += present
            if value["avoided"]:
                avoided += outcome["count"] * number[f"value.{code}"]
    cost = cost_by_year.sum()
    figures = [spent, cost, fiscal.sum(), public.sum(), kinds["fiscal"], kinds["economic"]]
    figures += [kinds["social"], avoided, fiscal.sum() / cost, public.sum() / cost]
    figures += [public.sum() - cost]
    figures += list(numpy.cumsum(public - cost_by_year))
    return figures


def main():
    asked, told = sys.argv[1:]
    with open(asked) as questions, open(told, "w") as answers:
        for line in questions:
            answers.write(" ".join(repr(float(n)) for n in reckon(json.loads(line))) + "\n")


main()

"""Answers each line of a file of statistics with statsmodels' and scipy's figures.

usage: agreement.py QUESTIONS ANSWERS

A question is a word and numbers; its answer is numbers, on the line of the same place.
"""

import sys

import numpy as np
from scipy import stats
from statsmodels.api import OLS
from statsmodels.stats.contingency_tables import Table2x2
from statsmodels.stats.proportion import proportion_confint
from statsmodels.stats.rates import confint_poisson, confint_poisson_2indep
from statsmodels.stats.weightstats import DescrStatsW

Z = 1.959964
ALPHA = 2 * stats.norm.sf(Z)


def wilson(count, n):
    return proportion_confint(count, n, alpha=ALPHA, method="wilson")


def exact(events):
    return confint_poisson(events, 1, method="exact-c", alpha=0.05)


def byar(events):
    # Byar's is the Wilson-Hilferty approximation of these chi-squared quantiles.
    def quantile(degrees, z):
        return degrees / 2 * (1 - 2 / (9 * degrees) + z * np.sqrt(2 / (9 * degrees))) ** 3

    found = quantile(2 * events, -Z), quantile(2 * (events + 1), Z)
    near = exact(events)
    assert abs(found[0] / near[0] - 1) < 0.005 and abs(found[1] / near[1] - 1) < 0.005
    return found


def shares(count, n, other, m):
    table = Table2x2([[count, n - count], [other, m - other]])
    return (table.riskratio, *table.riskratio_confint(ALPHA))


def rates(events, exposure, other, other_exposure):
    found = confint_poisson_2indep(
        events, exposure, other, other_exposure, method="wald-log", compare="ratio", alpha=ALPHA
    )
    return (events / exposure / (other / other_exposure), *found)


def student(degrees, tail):
    return (stats.t.isf(tail, degrees),)


def mean(*numbers):
    sample = DescrStatsW(np.array(numbers))
    return (sample.mean, *sample.tconfint_mean(alpha=0.05))


def paired(*numbers):
    first, last = np.array(numbers[::2]), np.array(numbers[1::2])
    found = stats.ttest_rel(last, first)
    interval = found.confidence_interval(0.95)
    return (np.mean(last - first), interval.low, interval.high)


def gradient(*numbers):
    people, values = np.array(numbers[::2]), np.array(numbers[1::2])
    a = people / people.sum()
    b = np.cumsum(a) - a / 2
    root = np.sqrt(a)
    fit = OLS(values * root, np.column_stack([root, b * root])).fit()
    start, slope = fit.params
    low, high = fit.conf_int(0.05)[1]
    step = np.array([-slope / start**2, 1 / start])
    error = np.sqrt(step @ fit.cov_params() @ step)
    t = stats.t.isf(0.025, len(people) - 2)
    relative = (start + slope) / start
    return (
        slope, fit.bse[1], low, high,
        relative, error, relative - t * error, relative + t * error,
    )


KINDS = {f.__name__: f for f in (wilson, exact, byar, shares, rates, student, mean, paired, gradient)}

with open(sys.argv[1]) as questions, open(sys.argv[2], "w") as answers:
    for line in questions:
        kind, *words = line.split()
        figures = KINDS[kind](*map(float, words))
        answers.write(" ".join(repr(float(figure)) for figure in figures) + "\n")

"""The eligibility rules of the bench's programme, in plain Python, and its promises of time.

Three-valued, as Goodwork judges them: True is met, False not met, None not known.
"""

from datetime import date, timedelta

GREATER_MANCHESTER = frozenset(
    "M BL OL1 OL2 OL3 OL4 OL5 OL6 OL7 OL8 OL9 OL10 OL11 OL12 OL15 OL16 SK1 SK2 SK3 SK4 SK5 SK6 SK7"
    " SK8 SK14 SK15 SK16 WA3 WA14 WA15 WN1 WN2 WN3 WN4 WN5 WN6 WN7".split()
)
PRACTICES = ("P82", "P83", "P84", "P85", "P86", "P87", "P88", "P89", "P91", "P92")
HOLIDAYS = frozenset(
    date.fromisoformat(day)
    for day in (
        "2025-12-25", "2025-12-26", "2026-01-01", "2026-04-03", "2026-04-06", "2026-05-04",
        "2026-05-25", "2026-08-31", "2026-12-25", "2026-12-28", "2027-01-01",
    )
)


def lives_in_area(answers):
    outward = answers.get("outward_code")
    if outward is None:
        return None
    letters = outward.rstrip("0123456789")
    return outward in GREATER_MANCHESTER or letters in GREATER_MANCHESTER


def practice_in_area(answers):
    practice = answers.get("gp_practice")
    return None if practice is None else practice.startswith(PRACTICES)


def jobcentre_in_area(answers):
    jobcentre = answers.get("jobcentre")
    return None if jobcentre is None else jobcentre.startswith("JCP-")


def answered(question, *wanted):
    def judge(answers):
        value = answers.get(question)
        return None if value is None else value in wanted

    return judge


# Each rule: its name, and its alternatives, of which one has to be met.
PROGRAMME = [
    (
        "greater-manchester",
        [
            ("residence", lives_in_area),
            ("gp-area", practice_in_area),
            ("jobcentre-area", jobcentre_in_area),
        ],
    ),
    ("health-condition", [(None, answered("ask_health_condition", "yes"))]),
]
# Each strand: its name, its provider and its own rules.
STRANDS = [
    ("msk", "mft", [("msk-patient", [(None, answered("condition", "msk"))])]),
    ("be-well", "big-life", []),
    (
        "rmg",
        "vcse-black-communities",
        [("racially-minoritised", [(None, answered("ask_racially_minoritised", "yes"))])],
    ),
]


def judge(rules, answers):
    """The verdict of all the rules, and the tokens that are kept with it."""
    whole, tokens = True, []
    for name, alternatives in rules:
        verdicts = [(word, rule(answers)) for word, rule in alternatives]
        values = [verdict for _, verdict in verdicts]
        one = True if True in values else None if None in values else False
        tokens.append(f"{name}:{WORDS[one]}")
        if one:
            tokens += [f"{name}.{word}:met" for word, verdict in verdicts if verdict and word]
        if one is False or whole is True:
            whole = one if whole is not False else False
    return whole, tokens


WORDS = {True: "met", None: "not-known", False: "not-met"}
ORDER = {True: 0, None: 1, False: 2}


def offers(answers):
    """Every strand with its verdict, those that are met first; those not met are left out."""
    found = []
    for strand, provider, rules in STRANDS:
        verdict, tokens = judge(PROGRAMME + rules, answers)
        if verdict is not False:
            found.append((verdict, strand, provider, tokens))
    found.sort(key=lambda offer: ORDER[offer[0]])
    return found


def working_days_after(day, count):
    """The day so many working days later."""
    while count:
        day += timedelta(days=1)
        if day.weekday() < 5 and day not in HOLIDAYS:
            count -= 1
    return day

"""What every check is given: the servers, the browser, and windows of the people."""

import pyotp


class World:
    def __init__(self, installation, chromium, base, short_base):
        self.installation, self.chromium, self.base = installation, chromium, base
        # The same installation, where a session ends after a minute.
        self.short_base = short_base
        self.number = 0
        # Set by the journey of a resident, for the pages that are theirs.
        self.resident = []
        # Of somebody who has sent a self-referral just now.
        self.sent = []
        # The pages that people came to in their journeys: (cookies, path).
        self.remembered = []

    @property
    def people(self):
        return self.installation.people

    def window(self, who=None, scripts=True, base=None, check=True):
        """A window of somebody who is signed in already; of a stranger without a name."""
        cookies = self.people[who].cookies if who else []
        return self.chromium.visit(
            base or self.base, scripts=scripts, cookies=cookies, check=check
        )

    def remember(self, visit):
        self.remembered += [(tuple(visit.cookies), path) for path in visit.paths]

    def nhs_number(self):
        """The next number of the range that is kept for tests."""
        while True:
            self.number += 1
            nine = str(999_000_000 + self.number)
            rest = 11 - sum(int(digit) * (10 - i) for i, digit in enumerate(nine)) % 11
            if rest != 10:
                return nine + str(rest % 11)

    def code(self, person):
        """A code of the person's app; recovery codes serve where one was used just now."""
        return pyotp.TOTP(person.secret).now()

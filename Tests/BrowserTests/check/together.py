"""Two at once, twice the same, back again, and away too long."""

import time

from installation import PASSWORD
from journeys import accept, expect, refer

SESSION_SECONDS = 60
TYPED = "She asked for a call after four o’clock, <when> the children are home & fed."


def make_case(world, family):
    """A case of the coach, made by the pages without looking at them again."""
    referrer = world.window("referrer", check=False)
    id = refer(referrer, world, "Dana", family)
    referrer.close()
    manager = world.window("manager", check=False)
    accept(manager, id)
    manager.close()
    return id


def two_browsers(world, scripts, visits):
    """The second to save sees what changed, and keeps what they typed."""
    id = make_case(world, "Two")
    first = visits.add(world.window("coach", scripts))
    second = visits.add(world.window("manager", scripts))
    for visit in (first, second):
        visit.open(f"/cases/{id}/contact")
        visit.tick("Phone", "How")
    first.tick("No answer")
    first.press("Save")
    second.tick("Spoke with the person")
    second.fill("Note", TYPED)
    second.press("Save")
    second.sees("Somebody else saved this case while you were typing")
    second.sees("What changed meanwhile")
    expect("Maya Brooks" in second.words, "who changed it is not told")
    note = second.page.get_by_label("Note (optional)").input_value()
    expect(note == TYPED, f"typed was “{TYPED}”, kept is “{note}”")
    expect(second.page.get_by_label("Spoke with the person").is_checked(), "the answer is gone")
    second.press("Save")
    expect("Spoke with the person" in second.words or second.path.startswith(f"/cases/{id}"), "lost")
    second.open(f"/cases/{id}")
    second.sees("after four o’clock")


def double_click(world, scripts, visits):
    """A double click on “Send referral” refers once."""
    visit = visits.add(world.window("referrer", scripts))
    before = referrals(visit, "Twice")
    visit.open("/refer")
    fill_required(visit, world, "Twice")
    button = visit.page.get_by_role("button", name="Send referral", exact=True)
    # Both clicks leave before the first answer comes.
    with visit.page.expect_navigation(wait_until="load"):
        button.dblclick(no_wait_after=True)
    visit.sees("Referral sent")
    count = referrals(visit, "Twice") - before
    expect(count == 1, f"a double click made {count} referrals")


def back_button(world, scripts, visits):
    """Going back and sending the same form again writes nothing twice."""
    visit = visits.add(world.window("referrer", scripts))
    visit.open("/refer")
    fill_required(visit, world, "Back")
    visit.press("Send referral")
    visit.sees("Referral sent")
    sent = visit.path
    visit.back()
    expect(visit.path == "/refer", f"back leads to {visit.path}")
    visit.press("Send referral")
    # Either the same answer again, or the question whether a second referral is meant.
    again = visit.path == sent or "This person was referred already" in visit.words
    expect(again, f"the form sent again leads to {visit.path}: {visit.words[:200]}")
    visit.back()
    visit.page.reload()
    expect(referrals(visit, "Back") == 1, "the back button referred again")
    id = sent.rsplit("/", 1)[1]
    manager = world.window("manager", check=False)
    accept(manager, id)
    manager.close()
    coach = visits.add(world.window("coach", scripts))
    coach.open(f"/cases/{id}/contact")
    coach.tick("Phone", "How")
    coach.tick("No answer")
    coach.fill("Note", "Once and no more")
    coach.press("Save")
    coach.back()
    coach.press("Save")
    coach.sees("You saved exactly this a moment ago")
    coach.open(f"/cases/{id}")
    # An entry's links name it too, so entries are counted, and not words.
    count = coach.page.locator("#timeline li").filter(has_text="Once and no more").count()
    expect(count == 1, f"the note stands {count} times in the timeline")


def partial_referral(world, scripts, visits):
    """A referral is taken as it is; what is missing is asked for; it can be taken back."""
    visit = visits.add(world.window("referrer", scripts))
    visit.open("/refer")
    fill_required(visit, world, "Partly")
    visit.press("Send referral")
    visit.sees("Referral sent")
    id = visit.path.rsplit("/", 1)[1]
    visit.follow("Give the answers that are missing")
    visit.press("Send the answers")
    visit.sees("Give at least one answer")
    visit.tick("Yes", "Does a physical or mental health condition make work harder")
    visit.press("Send the answers")
    expect(visit.path == f"/cases/{id}/status", f"answering leads to {visit.path}")
    expect("We need more from you" not in visit.words, "the answers are asked for again")
    visit.follow("Withdraw this referral")
    visit.press("Withdraw the referral")
    visit.sees("Closed")


def fill_required(visit, world, family):
    visit.fill("NHS number", world.nhs_number())
    visit.fill("First name", "Dana")
    visit.fill("Last name", family)
    visit.fill("Date of birth", "2 2 1979")
    visit.tick("Out of work", "Is the person in work?")
    visit.tick("Mental health")
    visit.tick("Yes", "Does the person agree to be referred?")
    if visit.page.get_by_label("Where do you refer from?").is_visible():
        visit.choose("Where do you refer from?", "General practice")


def referrals(visit, family):
    """How many referrals of somebody the referrer lists."""
    visit.open("/referrals?show=waiting")
    return visit.page.content().count(f"Dana {family}</a>")


class EndedSession:
    """A form is opened and typed into; a minute later, when the session is over, it is sent."""

    name = "ended_session"

    def __init__(self, world):
        self.world, self.visit = world, None

    def begin(self, visits):
        self.id = make_case(self.world, "Late")
        visit = visits.add(self.world.window("colleague", base=self.world.short_base))
        visit.open(f"/cases/{self.id}/notes")
        self.began = time.monotonic()
        visit.page.get_by_role("textbox").first.fill(TYPED)
        self.visit = visit

    def finish(self, visits):
        visit, person = visits.add(self.visit), self.world.people["colleague"]
        time.sleep(max(0, SESSION_SECONDS + 2 - (time.monotonic() - self.began)))
        visit.press("Save")
        visit.sees("What you typed is kept")
        visit.fill("Email address", person.login)
        visit.fill("Password", PASSWORD)
        visit.press("Sign in")
        visit.fill("Code", person.recovery[0])
        visit.press("Go on")
        expect(visit.path == f"/cases/{self.id}/notes", f"signing in leads to {visit.path}")
        kept = visit.page.get_by_role("textbox").first.input_value()
        expect(kept == TYPED, f"typed was “{TYPED}”, kept is “{kept}”")
        visit.press("Save")
        visit.sees("after four o’clock")

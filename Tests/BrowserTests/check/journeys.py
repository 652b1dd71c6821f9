"""The ways that people take through the pages, by the words that stand there."""

import datetime
import re

import pyotp

from browser import Failed
from installation import PASSWORD

PHQ_LOW = "Several days"


def expect(truth, words):
    if not truth:
        raise Failed(words)


def day(offset=0):
    return (datetime.date.today() + datetime.timedelta(days=offset)).isoformat()


def refer(visit, world, given, family, condition="Mental health"):
    """Refers somebody who can be helped; leads to the page that says so."""
    visit.open("/refer")
    visit.fill("NHS number", world.nhs_number())
    visit.fill("First name", given)
    visit.fill("Last name", family)
    visit.fill("Date of birth", "14 3 1986")
    visit.tick("In work, but off sick", "Is the person in work?")
    visit.tick(condition)
    visit.tick("Yes", "Does the person agree to be referred?")
    visit.tick("Yes", "Does the person agree that we tell you what came of it?")
    if visit.page.get_by_label("Where do you refer from?").is_visible():
        visit.choose("Where do you refer from?", "General practice")
    visit.press("Check which services could help")
    visit.sees("Which services could help")
    visit.fill("Postcode", "M13 9PL")
    visit.tick("Yes", "Does a physical or mental health condition make work harder")
    visit.tick("Enhancement of Be Well", "Which service do you refer to?")
    visit.press("Send referral")
    visit.sees("Referral sent")
    return visit.path.rsplit("/", 1)[1]


def accept(manager, id, coach="Maya Brooks"):
    """Accepts in the queue, with its coach: one click."""
    manager.open("/team/queue")
    row = manager.page.locator("form", has=manager.page.locator(f"#coach-{id}"))
    # The name stands with how many cases the coach has.
    option = row.locator("option", has_text=coach).first.get_attribute("value")
    row.locator("select").select_option(option)
    manager.press_in(row, re.compile("^Accept"))
    manager.sees("The referral was accepted.")


def assess(coach, id, item9):
    coach.open(f"/cases/{id}")
    coach.follow("Log a contact")
    coach.tick("Phone", "How")
    coach.tick("Spoke with the person")
    coach.fill("Note", "Rang back within the hour. Wants to keep the job.")
    coach.press("Save")
    coach.follow("Assess")
    coach.tick("Mental health")
    coach.tick("Workplace")
    coach.press("Save and go on to the measures")
    coach.follow("Ask PHQ-9 (baseline)")
    groups = coach.page.locator("main fieldset").filter(has_text=PHQ_LOW)
    expect(groups.count() == 9, f"PHQ-9 has {groups.count()} questions, not 9")
    for place in range(9):
        words = item9 if place == 8 else PHQ_LOW
        groups.nth(place).get_by_label(words, exact=True).check()
    coach.press("Save")


def paused_clock(world, scripts, visits):
    """A promise stands still while the person is in hospital; then support begins later."""
    referrer = visits.add(world.window("referrer", scripts))
    id = refer(referrer, world, "Pia", "Paused")
    manager = visits.add(world.window("manager", scripts))
    accept(manager, id)
    coach = visits.add(world.window("coach", scripts))
    coach.open(f"/cases/{id}")
    coach.follow_in(coach.page.locator("#clocks"), re.compile("^Pause"))
    coach.press("Pause")
    coach.sees("Choose why it stands still")
    coach.tick("In hospital")
    coach.press("Pause")
    coach.sees("Paused since")
    coach.follow_in(coach.page.locator("#clocks"), re.compile("^Let it run again"))
    coach.press("Let it run")
    assess(coach, id, item9="Not at all")
    coach.open(f"/cases/{id}/start")
    coach.fill("Day on which support starts", day(40))
    coach.press("Start support")
    coach.sees("There is a problem")


def plan(coach, id):
    coach.open(f"/cases/{id}")
    coach.press("Start support")
    coach.follow("Agree a plan")
    coach.tick("Thrive in work", "Kind of plan")
    coach.fill("Goal 1", "Go back to the warehouse three days a week")
    first = coach.page.locator("#action-1")
    first.fill("Walk to the park and back every day")
    coach.page.locator("#action-1-due").fill(day(14))
    coach.page.locator("#action-2").fill("Write to the employer about a phased return")
    coach.page.locator("#action-2-owner").select_option(label="The coach")
    coach.page.locator("#action-2-due").fill(day(7))
    coach.press("Save the plan")
    coach.sees("Go back to the warehouse three days a week")


def job(coach, id):
    coach.open(f"/cases/{id}")
    coach.follow("Refer on")
    coach.tick("NHS Talking Therapies Manchester")
    coach.press("Refer on")
    coach.sees("without an answer")
    coach.follow_in(coach.page.locator("#onward"), re.compile("^Record the answer"))
    coach.tick("Accepted")
    coach.press("Save")
    coach.follow("Record a job")
    coach.tick("Job", "Kind of work")
    coach.fill("Employer", "Ancoats Warehousing")
    coach.fill("First day in the job", day(-400))
    coach.fill("Hours a week", "24")
    coach.fill("Pay for a week, in pounds", "312.50")
    coach.press("Save")
    coach.sees("Ancoats Warehousing")


def end(coach, id):
    coach.open(f"/cases/{id}")
    coach.follow("Discharge")
    coach.sees("How far the person has come")
    coach.press("Discharge")
    coach.sees("Choose the status at discharge")
    coach.tick("In work", "Status at discharge")
    coach.tick("Yes", "Has the person come closer to work?")
    coach.press("Discharge")
    coach.follow("Record a tracking contact")
    coach.tick("Reached")
    coach.tick("In work", "Employment status now")
    coach.press("Save")
    coach.follow("End tracking")
    coach.press("End tracking and close the case")
    coach.sees("Completed")


def whole_way(world, scripts, visits):
    """From the referral to the link that tells the referrer."""
    referrer = visits.add(world.window("referrer", scripts))
    id = refer(referrer, world, "Amina", "Khan" if scripts else "Kaur")
    manager = visits.add(world.window("manager", scripts))
    accept(manager, id)
    coach = visits.add(world.window("coach", scripts))
    coach.open("/today")
    coach.sees("Amina")
    assess(coach, id, item9=PHQ_LOW)
    coach.sees("The person may harm themselves")
    coach.sees("Call 999")
    coach.follow("Back to the case")
    coach.follow("Resolve this risk")
    coach.page.locator("#text").fill("Safe now: saw the GP today.")
    coach.press("Resolve the risk")
    plan(coach, id)
    job(coach, id)
    end(coach, id)
    referrer.open("/referrals")
    referrer.open(f"/cases/{id}/status")
    referrer.sees("What came of it")
    link = referrer.page.get_by_role("link", name="Link to the status").get_attribute("href")
    stranger = visits.add(world.window(None, scripts))
    stranger.open(link)
    expect("Amina" not in stranger.page.content(), "the status link names the person")
    stranger.sees("What happened")


def answer_questions(visit, family):
    """A question a page, with a mistake and a pause, until all answers can be checked."""
    visit.open("/")
    visit.follow("Refer yourself")
    visit.follow("Start now")
    visit.tick("Yes")
    visit.press("Continue")
    visit.press("Continue")
    visit.sees("Type your first name")
    visit.fill("First name", "Lena")
    visit.fill("Last name", family)
    visit.press("Continue")
    for label, value in [("Day", "7"), ("Month", "11"), ("Year", "1990")]:
        visit.fill(label, value)
    visit.press("Continue")
    visit.fill("What is your postcode?", "M14 5RG")
    visit.follow("Come back later")
    visit.follow("Go on now")
    visit.fill("What is your postcode?", "M14 5RG")
    visit.press("Continue")
    visit.tick("Text message")
    visit.fill("Telephone number", "0161 496 0321")
    visit.press("Continue")
    visit.press("Continue")
    visit.tick("I have a job, but I am off sick")
    visit.press("Continue")
    visit.tick("Something else")
    visit.press("Continue")
    for _ in range(8):
        if visit.heading == "Check your answers":
            break
        yes = visit.page.get_by_label("Yes", exact=True)
        (yes if yes.count() else visit.page.get_by_role("radio").last).check()
        visit.press("Continue")
    visit.sees("Check your answers")


def self_referral(world, scripts, visits, email="novak@example.org", family="Novak"):
    """Somebody asks for help, stops, goes on, checks, sends, and makes an account."""
    visit = visits.add(world.window(None, scripts))
    answer_questions(visit, family)
    visit.press("Send")
    visit.sees("We have your answers")
    world.sent = visit.cookies
    visit.follow("Make an account")
    visit.fill("Email address", email)
    visit.fill("Password", PASSWORD)
    visit.press("Make my account")
    visit.follow("Sign in")
    visit.fill("Email address", email)
    visit.fill("Password", PASSWORD)
    visit.press("Sign in")
    visit.sees("You and your coach make the plan together.")
    return visit


def resident(world, scripts, visits):
    """The person's plan, an action ticked, a consent taken back."""
    own = self_referral(world, scripts, visits, f"lena{scripts:d}@example.org", "Petrov")
    id = own.page.locator("h2[id^=case-]").first.get_attribute("id").removeprefix("case-")
    manager = visits.add(world.window("manager", scripts))
    accept(manager, id)
    coach = visits.add(world.window("coach", scripts))
    assess(coach, id, item9="Not at all")
    plan(coach, id)
    own.open("/my")
    own.sees("Walk to the park and back every day")
    own.press_in(own.page.locator(".gw-actions__item").first, re.compile("."))
    own.sees("Done")
    own.follow("My data, and what I agreed to")
    own.sees("Who looked at your record")
    own.follow_in(own.page.locator("main"), re.compile("^Change.*tell your GP"))
    own.press("No, take it back")
    own.sees("No, taken back")
    world.resident = own.cookies
    world.resident_case = id


def sign_in(world, scripts, visits):
    """Password change, second factor, recovery codes, and each way in again."""
    person = world.people["newcomer"]
    if person.secret:
        return
    visit = visits.add(world.window(None, scripts))
    visit.open("/sign-in")
    visit.press("Sign in")
    visit.sees("Enter your email address")
    visit.fill("Email address", person.login)
    visit.fill("Password", "not this one")
    visit.press("Sign in")
    visit.sees("The email address or the password is not right")
    visit.fill("Password", person.password)
    visit.press("Sign in")
    visit.fill("New password", "short")
    visit.press("Save")
    visit.sees("There is a problem")
    visit.fill("New password", PASSWORD)
    visit.press("Save")
    key = visit.page.locator(".gw-key").inner_text().replace(" ", "")
    visit.fill("Code", "000000")
    visit.press("Go on")
    visit.sees("This code is not right")
    visit.fill("Code", pyotp.TOTP(key).now())
    visit.press("Go on")
    visit.sees("Your recovery codes")
    codes = visit.page.locator(".gw-codes code").all_inner_texts()
    visit.follow("Go on")
    expect(visit.path == "/today", f"a coach is led to {visit.path}")
    visit.press("Sign out")
    for code, works in [(codes[0], True), (codes[0], False), (codes[1], True)]:
        if visit.path != "/sign-in/code":
            visit.open("/sign-in")
            visit.fill("Email address", person.login)
            visit.fill("Password", PASSWORD)
            visit.press("Sign in")
        visit.fill("Code", code)
        visit.press("Go on")
        if works:
            visit.open("/account/second-factor")
            visit.sees("recovery codes left")
            visit.press("Sign out")
        else:
            visit.sees("This code is not right")
    person.secret = key


def deep_link(world, scripts, visits):
    """A clinical system's link fills the form, and leaves no name in the address."""
    visit = visits.add(world.window("referrer", scripts))
    number = world.nhs_number()
    visit.open(f"/refer#nhs_number={number}&given_name=Iris&programme=workwell-manchester")
    visit.page.wait_for_function("!location.hash")
    expect(visit.page.locator("#nhs_number").input_value() == number, "the number is not there")
    expect(visit.page.locator("#given_name").input_value() == "Iris", "the name is not there")
    expect("Iris" not in visit.page.url, f"the address is {visit.page.url}")

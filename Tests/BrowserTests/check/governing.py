"""What information governance does, and an administrator: glass, people, copies, programmes."""

import re

from journeys import accept, expect, refer


def break_glass(world, scripts, visits):
    """A manager elsewhere opens a case in an emergency; the reason is reviewed."""
    referrer = visits.add(world.window("referrer", scripts))
    id = refer(referrer, world, "Gita", "Glass")
    manager = visits.add(world.window("manager", scripts))
    accept(manager, id)
    other = visits.add(world.window("other-manager", scripts))
    other.open(f"/cases/{id}", status=404)
    other.open(f"/cases/{id}/glass")
    other.press("Open the case")
    other.sees("Say why you need to see it now")
    other.page.locator("#reason").fill("She rang in distress, and her coach is away.")
    other.press("Open the case")
    expect(other.path == f"/cases/{id}", f"the broken glass leads to {other.path}")
    other.sees("Gita Glass")
    review = visits.add(world.window("governance", scripts))
    review.open("/governance/glass")
    review.follow_it(review.page.locator("main table a").first)
    review.sees("She rang in distress, and her coach is away.")
    review.tick("Yes", "Was it justified?")
    review.page.locator("#words").fill("The coach’s calendar shows that day as leave.")
    review.press("Save review")
    review.sees("Justified")


def join_people(world, scripts, visits):
    """Two records of one person are compared, joined and parted again."""
    referrer = visits.add(world.window("referrer", scripts))
    for _ in range(2):
        refer(referrer, world, "Jo", "Joined")
    visit = visits.add(world.window("governance", scripts))
    visit.open("/governance/people")
    visit.press("Find")
    visit.sees("There is a problem")
    visit.fill("Given name", "Jo")
    visit.fill("Family name", "Joined")
    for label, value in [("Day", "14"), ("Month", "3"), ("Year", "1986")]:
        visit.fill(label, value)
    visit.fill("Why do you look for this person?", "The practice says that they are one.")
    visit.press("Find")
    visit.sees("2 people")
    for box in visit.page.locator("main input[type=checkbox]").all():
        box.check()
    # The same words stand below, where likely pairs are offered.
    visit.press_it(visit.page.get_by_role("button", name="Compare", exact=True).first)
    visit.sees("Are they one person?")
    visit.fill("How do you know that they are one person?", "One birth date, one address.")
    visit.press("Join them")
    expect(visit.path == "/governance/people/merges", f"joining leads to {visit.path}")
    visit.follow_it(visit.page.locator("main table a").first)
    visit.page.locator("main input[type=text], main textarea").first.fill("They are twins.")
    visit.press_it(visit.page.locator("main button[type=submit]").first)
    expect(visit.path == "/governance/people/merges", f"parting leads to {visit.path}")
    visit.open("/governance/people")
    visit.page.locator("main input[type=radio][name=pair]").first.check()
    visit.fill("Why do you compare them?", "They were parted.")
    visit.press("Compare")
    visit.sees("Or are they two people?")
    visit.fill("How do you know that they are two people?", "They are twins.")
    visit.press("They are two people")
    expect(visit.path == "/governance/people/apart", f"telling apart leads to {visit.path}")
    visit.follow_it(visit.page.locator("main table a").first)
    visit.sees("Withdraw that")


def give_copy(world, scripts, visits):
    """A resident asks for a copy of the record, and has it."""
    own = visits.add(world.chromium.visit(world.base, cookies=world.resident))
    own.open("/my/data")
    own.follow("Ask for a copy")
    own.press("Ask for a copy")
    own.sees("You asked for a copy on")
    visit = visits.add(world.window("governance", scripts))
    visit.open("/governance/copies")
    visit.press_it(visit.page.locator("main table button").first)
    visit.sees("Petrov")
    visit.open("/governance/copies")
    visit.follow("It was given")
    visit.press("Yes, it was given")
    visit.sees("Nobody waits for a copy")
    own.open("/my/data")
    own.sees("It was given on")


def new_version(world, scripts, visits):
    """The administrator uploads a faulty file, a mended one, and activates it."""
    text = world.installation.programme_file()
    newer = re.sub(r"(?m)^version: (\d+)", lambda found: f"version: {int(found[1]) + 1}", text)
    visit = visits.add(world.window("administrator", scripts))
    visit.open("/admin/programmes")
    field = visit.page.locator("input[type=file]")
    field.set_input_files(upload(newer.replace("eligibility:", "eligibillity:", 1)))
    visit.press("Check it")
    visit.sees("eligibillity")
    visit.sees("There is a problem")
    field.set_input_files(upload(newer.replace("by telephone", "over the telephone")))
    visit.press("Check it")
    visit.sees("What it would change")
    number = visit.path.rsplit("/", 1)[1]
    visit.press(f"Activate version {number}")
    visit.open(f"/admin/programmes/workwell-manchester/{number}")
    visit.sees("Active")
    referrer = visits.add(world.window("referrer", scripts))
    refer(referrer, world, "Nora", "Newer")


def upload(text):
    return {"name": "workwell.yaml", "mimeType": "text/yaml", "buffer": text.encode()}

"""What the pages may cost whoever uses them (docs/pages.md)."""

from journeys import expect
from together import fill_required, make_case

REQUIRED_MAX = 5
TAB_STOPS_MAX = 10
TYPING_MAX_SECONDS = 45
# 40 words a minute, a word being five characters, every key counting as one.
KEYS_PER_SECOND = 40 * 5 / 60


def refer_by_keyboard(world, scripts, visits):
    """Five answers about the person, ten tab stops, one submit, 45 seconds of typing."""
    visit = visits.add(world.window("referrer", scripts))
    # Where they refer from is asked once, and known from then on.
    visit.open("/refer")
    if visit.page.get_by_label("Where do you refer from?").is_visible():
        fill_required(visit, world, "Once")
        visit.press("Send referral")
        visit.open("/refer")
    number = world.nhs_number()
    keys = [*number, "Tab", *"Rosa", "Tab", *"Quartz", "Tab", *"5 3 1981", "Tab"]
    # In work, but off sick; muscles, bones or joints; agrees; agrees to share.
    keys += ["Space", "ArrowDown", "Tab", "Space", "ArrowDown", "Tab", "Space", "Tab", "Space"]
    stops = 8
    visit.page.locator("#nhs_number").focus()
    for key in keys:
        visit.page.keyboard.press(key)
    while visit.focused != "Send referral":
        visit.page.keyboard.press("Tab")
        keys.append("Tab")
        stops += 1
        expect(stops < 20, "Tab does not lead to “Send referral”")
    asked = visit.page.evaluate(
        """() => {
            const names = new Set();
            for (const e of document.querySelectorAll('main form input, main form select')) {
                const words = (e.closest('fieldset') || e.parentElement).innerText;
                const isOptional = words.includes('(optional)') || e.closest('details');
                if (e.type !== 'hidden' && !isOptional) names.add(e.name);
            }
            return [...names];
        }"""
    )
    # The two names are one answer, and leave to refer is no answer about the person.
    answers = [name for name in asked if name not in ("family_name", "consent", "share")]
    expect(len(answers) <= REQUIRED_MAX, f"asks for {answers}")
    expect(stops <= TAB_STOPS_MAX, f"has {stops} tab stops")
    seconds = (len(keys) + 1) / KEYS_PER_SECOND
    expect(seconds <= TYPING_MAX_SECONDS, f"takes {seconds:.0f} seconds to type")
    visit.key("Enter")
    visit.sees("Referral sent")


def contact_fields(world, scripts, visits):
    """Logging a contact takes four fields."""
    id = make_case(world, "Fields")
    visit = visits.add(world.window("coach", scripts))
    visit.open(f"/cases/{id}/contact")
    names = visit.page.evaluate(
        """() => [...new Set([...document.querySelectorAll(
            'main form input:not([type=hidden]), main form select, main form textarea'
        )].map(e => e.name))]"""
    )
    expect(len(names) <= 4, f"asks for {names}")


def accept_clicks(world, scripts, visits):
    """One click accepts a referral."""
    referrer = world.window("referrer", check=False)
    referrer.open("/refer")
    fill_required(referrer, world, "Click")
    referrer.press("Send referral")
    id = referrer.path.rsplit("/", 1)[1]
    referrer.close()
    visit = visits.add(world.window("manager", scripts))
    visit.open("/team/queue")
    button = visit.page.locator(f"form[action='/cases/{id}/accept'] button")
    visit.press_it(button)
    visit.sees("The referral was accepted.")


def status_clicks(world, scripts, visits):
    """Two clicks from the first page show where a referral stands."""
    visit = visits.add(world.window("referrer", scripts))
    visit.open("/")
    visit.follow("My referrals")
    visit.follow_it(visit.page.locator("main table a, main .nhsuk-table-responsive a").first)
    visit.sees("What happened")

"""Signing in with an organisation's own account: a real issuer (canaille), our server, a browser."""

import contextlib
import json
import pathlib
import subprocess
import sys

from hand import Hand
from installation import NotReady, first_sign_in, free_port

PROVIDER = pathlib.Path(__file__).resolve().parents[2] / "OpenIDTests/identity-provider.py"
SECRET = "a secret that only the two of them know"
CLIENT = "goodwork"


@contextlib.contextmanager
def issuer(redirect):
    """The address of an issuer that knows our client; it ends with this script at the latest."""
    asked = {
        "client_id": CLIENT,
        "client_secret": SECRET,
        "redirect_uris": [redirect],
        "grant_types": ["authorization_code"],
        "response_types": ["code"],
        "scope": ["openid", "profile", "email"],
        "token_endpoint_auth_method": "client_secret_basic",
        "id_token_signed_response_alg": "RS256",
    }
    process = subprocess.Popen(
        [sys.executable, PROVIDER],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    try:
        process.stdin.write(json.dumps({"clients": [asked]}) + "\n")
        process.stdin.flush()
        line = process.stdout.readline()
        if not line:
            raise NotReady("the issuer did not start")
        yield json.loads(line)["issuer"]
    finally:
        process.kill()
        process.wait()


def own_account(world, scripts, visits):
    """Somebody who has an account here signs in with their organisation's; a stranger cannot."""
    port = free_port()
    base = f"http://127.0.0.1:{port}"
    with (
        issuer(f"{base}/sign-in/openid/return") as address,
        world.installation.serving(
            port,
            GOODWORK_ADDRESS=base,
            GOODWORK_OIDC_ISSUER=address,
            GOODWORK_OIDC_CLIENT_ID=CLIENT,
            GOODWORK_OIDC_CLIENT_SECRET=SECRET,
            GOODWORK_OIDC_NAME="Big Life",
        ),
    ):
        # This issuer does not say that an address is verified, so asha connects it herself.
        asha = world.people["asha"]
        first_sign_in(Hand(base), asha)
        own = visits.add(world.chromium.visit(base, scripts=scripts, cookies=asha.cookies))
        own.open("/account")
        own.follow("Sign in with Big Life")
        own.press("Connect it")
        leave(own, "asha", own.page.get_by_role("link", name="Go on").click)
        own.sees("You can sign in here with Big Life.")
        for user, is_known in [("asha", True), ("bola", False)]:
            visit = visits.add(world.chromium.visit(base, scripts=scripts))
            visit.open("/sign-in")
            words = "Sign in with Big Life"
            link = visit.page.get_by_role("link", name=words).or_(
                visit.page.get_by_role("button", name=words)
            )
            leave(visit, user, link.first.click)
            visit.sees("Asha Rahman" if is_known else "No account here is connected")
        own.press("Disconnect it")
        own.sees("once you have shown that it is yours")


def leave(visit, user, go):
    """Through the issuer's pages, which are not ours to check, and back."""
    own_faults, page = list(visit.faults), visit.page
    go()
    page.locator("input[name=login]").fill(user)
    page.locator("input[name=login]").press("Enter")
    page.locator("input[name=password]").fill("a long enough password")
    page.locator("input[name=password]").press("Enter")
    # The issuer asks for consent once.
    accept = page.locator("button[name=answer][value=accept]")
    back = page.locator(".gw-header, main#main")
    accept.or_(back).first.wait_for()
    if accept.count():
        accept.click()
    page.wait_for_url(f"{visit.base}/**")
    visit.forget()
    visit.faults[:] = own_faults

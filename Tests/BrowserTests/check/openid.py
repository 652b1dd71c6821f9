"""Signing in with an organisation's own account: a real issuer (canaille), our server, a browser."""

import contextlib
import json
import pathlib
import subprocess
import sys

from installation import NotReady, free_port
from journeys import expect

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
        for user, is_known in [("asha", True), ("bola", False)]:
            # The issuer's pages are not ours to check.
            visit = visits.add(world.chromium.visit(base, scripts=scripts, check=False))
            visit.open("/sign-in")
            visit.follow("Sign in with Big Life")
            page = visit.page
            page.locator("input[name=login]").fill(user)
            page.locator("input[name=login]").press("Enter")
            page.locator("input[name=password]").fill("a long enough password")
            page.locator("input[name=password]").press("Enter")
            page.locator("button[name=answer][value=accept]").click()
            page.wait_for_url(f"{base}/**")
            visit.sees("Asha Rahman" if is_known else "You have no account here yet")
            expect(page.url.startswith(base), f"the issuer leads to {page.url}")

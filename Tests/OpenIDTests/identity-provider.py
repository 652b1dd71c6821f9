"""A real OpenID provider (canaille) with two users, for the tests.

It reads one line of JSON from standard input: {"clients": [...]}, prints one line with its issuer
once it listens (or ends after two minutes), and ends when the process that started it has ended.
"""

import json
import logging
import os
import socket
import sys
import threading
import time

from canaille import create_app
from canaille.app import models
from canaille.backends import Backend
from joserfc.jwk import ECKey, RSAKey
from werkzeug.serving import make_server


def end_with(owner):
    while os.getppid() == owner:
        time.sleep(0.2)
    os._exit(0)


def signing_keys():
    # One elliptic key only: of two, canaille takes either, whatever the curve.
    return [
        RSAKey.generate_key(2048, auto_kid=True),
        ECKey.generate_key("P-256", auto_kid=True),
    ]


late = threading.Timer(120, os._exit, [1])
late.daemon = True
late.start()
threading.Thread(target=end_with, args=(os.getppid(),), daemon=True).start()
asked = json.loads(sys.stdin.readline())
listening = socket.create_server(("127.0.0.1", 0))
place = f"127.0.0.1:{listening.getsockname()[1]}"
app = create_app(
    {
        "SECRET_KEY": os.urandom(32).hex(),
        "SERVER_NAME": place,
        "PREFERRED_URL_SCHEME": "http",
        "SESSION_COOKIE_SECURE": False,
        "CANAILLE": {"DATABASE": "memory", "JAVASCRIPT": False},
        "CANAILLE_OIDC": {
            "ACTIVE_JWKS": [key.as_dict(private=True) for key in signing_keys()],
            # No client is trusted, so that each sign-in passes the page of consent.
            "TRUSTED_DOMAINS": ["nowhere.invalid"],
        },
    }
)
with app.app_context():
    for name, family_name in [("Asha", "Rahman"), ("Bola", "Adeyemi")]:
        Backend.instance.save(
            models.User(
                user_name=name.lower(),
                formatted_name=f"{name} {family_name}",
                given_name=name,
                family_name=family_name,
                emails=[f"{name.lower()}@example.org"],
                password="a long enough password",
            )
        )
    for client in asked["clients"]:
        made = models.Client(**client, client_name=client["client_id"])
        Backend.instance.save(made)
        made.audience = [made]
        Backend.instance.save(made)

logging.getLogger("werkzeug").setLevel(logging.ERROR)
server = make_server("127.0.0.1", 0, app, fd=listening.fileno())
late.cancel()
print(json.dumps({"issuer": f"http://{place}"}), flush=True)
server.serve_forever()

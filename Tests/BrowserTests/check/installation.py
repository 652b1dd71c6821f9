"""An installation of its own: database, organisations, users, servers; all gone at the end."""

import contextlib
import datetime
import json
import os
import pathlib
import re
import shutil
import socket
import subprocess
import tempfile
import time
import urllib.request

from hand import Hand

PROGRAMME = "workwell-manchester"
ORGANISATIONS = [
    ("P84001", "Ardwick Medical Practice", "referrer"),
    ("big-life", "The Big Life Group", "provider,referrer"),
    ("mft", "MFT work and health", "provider"),
    ("host", "Manchester City Council", "host,commissioner"),
]
# Who signs in: (name here, email, name, organisation, role).
PEOPLE = [
    ("referrer", "priya.shah@example.org", "Priya Shah", "P84001", "referrer"),
    ("coach", "maya.brooks@example.org", "Maya Brooks", "big-life", "coach"),
    ("colleague", "jon.adeyemi@example.org", "Jon Adeyemi", "big-life", "coach"),
    ("manager", "ruth.okafor@example.org", "Ruth Okafor", "big-life", "provider-manager"),
    ("other-manager", "tom.lee@example.org", "Tom Lee", "mft", "provider-manager"),
    ("commissioner", "ann.hall@example.org", "Ann Hall", "host", "commissioner"),
    ("analyst", "sam.reid@example.org", "Sam Reid", "host", "analyst"),
    ("evaluator", "eva.moss@example.org", "Eva Moss", "host", "evaluator"),
    ("governance", "gus.patel@example.org", "Gus Patel", "host", "information-governance"),
    ("administrator", "ada.cole@example.org", "Ada Cole", "host", "administrator"),
    # Signs in with an account elsewhere.
    ("asha", "asha@example.org", "Asha Rahman", "big-life", "coach"),
    ("newcomer", "nia.webb@example.org", "Nia Webb", "big-life", "coach"),
]
PASSWORD = "otter lantern quarry"


# Every server that runs, and every folder that is in use, for when the script is told to stop.
RUNNING, FOLDERS = [], []


class NotReady(Exception):
    """The installation could not be made or started."""


class Person:
    """Somebody who signs in, with what they sign in with."""

    def __init__(self, key, login, name, organisation, role, password):
        self.key, self.login, self.name, self.role = key, login, name, role
        self.organisation, self.password = organisation, password
        self.secret, self.recovery, self.cookies = None, [], []


class Installation:
    """A database in a folder, with its organisations and users."""

    def __init__(self, program, programmes, folder):
        self.program, self.folder = program, pathlib.Path(folder)
        assets = pathlib.Path(programmes).resolve().parent / "Assets"
        self.today = datetime.date.today()
        self.people = {}
        self.environment = {
            "PATH": "/usr/bin:/bin",
            "GOODWORK_DATABASE": str(self.folder / "goodwork.db"),
            "GOODWORK_PROGRAMMES": str(self.folder / "programmes"),
            "GOODWORK_ASSETS": str(assets),
        }
        self._move_dates(pathlib.Path(programmes) / f"{PROGRAMME}.yaml")

    def _move_dates(self, shipped):
        """The shipped programme has ended; this copy runs from a year ago to a year ahead."""
        text = shipped.read_text()
        begin, end = (self.today + datetime.timedelta(days=days) for days in (-365, 365))
        text = re.sub(r"from: 20\d\d-\d\d-\d\d", f"from: {begin}", text)
        text = re.sub(r"to: 20\d\d-\d\d-\d\d", f"to: {end}", text)
        folder = self.folder / "programmes"
        folder.mkdir()
        (folder / f"{PROGRAMME}.yaml").write_text(text)

    def run(self, *words):
        """A command of goodwork; its result."""
        done = subprocess.run(
            [self.program, *words, "--json"],
            cwd=self.folder,
            env=self.environment,
            capture_output=True,
            text=True,
            timeout=120,
        )
        if done.returncode:
            raise NotReady(f"goodwork {' '.join(words)}: {done.stderr.strip()}")
        return json.loads(done.stdout) if done.stdout.strip() else None

    def programme_file(self):
        return (self.folder / "programmes" / f"{PROGRAMME}.yaml").read_text()

    def make(self):
        self.run("init")
        for id, name, kinds in ORGANISATIONS:
            self.run("org", "add", id, "--name", name, "--kind", kinds)
        for key, login, name, organisation, role in PEOPLE:
            words = ["--name", name, "--organisation", organisation, "--role", role]
            added = self.run("user", "add", login, *words)
            once = added["one_time_password"]
            self.people[key] = Person(key, login, name, organisation, role, once)

    def serving(self, port=None, **settings):
        """A server of this installation; its address."""
        return serving(self.program, self.folder, self.environment | settings, port)

    def errors(self):
        """What the servers reported: nothing may go wrong unforeseen."""
        lines = []
        for log in self.folder.glob("server-*.log"):
            lines += [line for line in log.read_text().splitlines() if "Serving at" not in line]
        return lines

    def sign_everybody_in(self, base):
        """First sign-in of all but the newcomer, whose is looked at in the browser."""
        for person in self.people.values():
            if person.key not in ("newcomer", "asha"):
                first_sign_in(Hand(base), person)


def first_sign_in(hand, person):
    """Own password, second factor, recovery codes; the session stays in `person.cookies`."""
    import pyotp

    hand.get("/sign-in")
    hand.send("/sign-in", login=person.login, password=person.password)
    hand.send("/account/password", password=PASSWORD)
    person.password = PASSWORD
    person.secret = re.search(r'gw-key">([^<]+)<', hand.text).group(1).replace(" ", "")
    hand.send("/account/second-factor", code=pyotp.TOTP(person.secret).now())
    person.recovery = re.findall(r"<li><code>([^<]+)</code>", hand.text)
    person.cookies = hand.cookies
    if len(person.recovery) != 10:
        raise NotReady(f"{person.login} could not sign in: {hand.words[:300]}")


def free_port():
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]


@contextlib.contextmanager
def serving(program, folder, environment, port=None):
    """A server on this port of this machine, or on a free one; its address."""
    port = port or free_port()
    log = folder / f"server-{port}.log"
    with log.open("wb") as output:
        process = subprocess.Popen(
            [program, "serve", "--port", str(port)],
            cwd=folder,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
        )
    RUNNING.append(process)
    try:
        base = f"http://127.0.0.1:{port}"
        wait_for(f"{base}/health/ready", process, log)
        yield base
    finally:
        process.terminate()
        try:
            process.wait(timeout=60)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def stop_at_once(*_):
    """Ends what was started, when somebody ends the script (SIGTERM)."""
    for process in RUNNING:
        process.kill()
    for folder in FOLDERS:
        shutil.rmtree(folder, ignore_errors=True)
    # The browser ends by itself, when nobody holds its other end.
    os._exit(2)


def wait_for(address, process, log, limit_seconds=120):
    deadline = time.monotonic() + limit_seconds
    while time.monotonic() < deadline:
        if process.poll() is not None:
            break
        with contextlib.suppress(OSError):
            if urllib.request.urlopen(address, timeout=10).status == 200:
                return
        time.sleep(0.05)
    raise NotReady(f"the server does not answer: {log.read_text().strip()}")


@contextlib.contextmanager
def installed(program, programmes):
    with tempfile.TemporaryDirectory(prefix="goodwork-browser-") as folder:
        FOLDERS.append(folder)
        installation = Installation(program, programmes, folder)
        installation.make()
        yield installation

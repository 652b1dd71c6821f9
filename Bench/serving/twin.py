"""The durable referral POST as one would write it with FastAPI and SQLite, without an ORM.

The same form as Goodwork's, a session looked up, its token checked, the answers checked, a
duplicate looked up by index, then one transaction: person, case, two events, an entry of the access
log and a message of the outbox. It is answered 303 once the transaction is on the disk. It seals
nothing, chains nothing and judges no rules.

TWIN_DATABASE names the file. TWIN_MODE says how it writes: `threads` (a connection for each thread
of the pool), `writer` (one thread that writes for all) or `inline` (on the event loop itself).
"""

import asyncio
import hashlib
import hmac
import os
import queue
import re
import sqlite3
import sys
import threading
import time
import uuid
from datetime import date
from typing import Annotated

from fastapi import Cookie, Depends, FastAPI, HTTPException, Request
from fastapi.responses import RedirectResponse

SCHEMA = """
CREATE TABLE IF NOT EXISTS sessions (
    id BLOB PRIMARY KEY, account TEXT NOT NULL, organisation TEXT NOT NULL, csrf TEXT NOT NULL,
    ends_at INTEGER NOT NULL
);
CREATE TABLE IF NOT EXISTS people (
    id TEXT PRIMARY KEY, nhs_number TEXT, given_name TEXT NOT NULL, family_name TEXT NOT NULL,
    birth_date TEXT NOT NULL, postcode TEXT, phone TEXT, email TEXT, gender TEXT, ethnicity TEXT
);
CREATE INDEX IF NOT EXISTS people_nhs ON people (nhs_number);
CREATE TABLE IF NOT EXISTS cases (
    id TEXT PRIMARY KEY, person_id TEXT NOT NULL, programme TEXT NOT NULL, state TEXT NOT NULL,
    referrer TEXT NOT NULL, referred_by TEXT NOT NULL, source TEXT NOT NULL,
    employment_status TEXT NOT NULL, condition TEXT NOT NULL, referred_at INTEGER NOT NULL
);
CREATE INDEX IF NOT EXISTS cases_person ON cases (person_id);
CREATE TABLE IF NOT EXISTS events (
    position INTEGER PRIMARY KEY, case_id TEXT NOT NULL, sequence INTEGER NOT NULL,
    type TEXT NOT NULL, recorded_at INTEGER NOT NULL, recorded_by TEXT NOT NULL, note TEXT
);
CREATE UNIQUE INDEX IF NOT EXISTS events_case ON events (case_id, sequence);
CREATE TABLE IF NOT EXISTS access_log (
    position INTEGER PRIMARY KEY, at INTEGER NOT NULL, actor TEXT NOT NULL,
    action TEXT NOT NULL, subject TEXT NOT NULL
);
CREATE TABLE IF NOT EXISTS outbox (
    id TEXT PRIMARY KEY, case_id TEXT NOT NULL, kind TEXT NOT NULL, created_at INTEGER NOT NULL,
    attempts INTEGER NOT NULL
);
"""
POSTCODE = re.compile(r"[A-Z]{1,2}[0-9][A-Z0-9]? ?[0-9][A-Z]{2}")
MODE = os.environ.get("TWIN_MODE", "writer")


def connect():
    """A connection on which every commit reaches the disk before it returns."""
    connection = sqlite3.connect(
        os.environ["TWIN_DATABASE"],
        timeout=30,
        isolation_level=None,
        check_same_thread=False,
        cached_statements=64,
    )
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("PRAGMA cache_size = -65536")
    connection.execute("PRAGMA wal_autocheckpoint = 4000")
    return connection


def make(token, csrf):
    """Makes the tables and one session."""
    connection = connect()
    connection.executescript(SCHEMA)
    connection.execute(
        "INSERT INTO sessions VALUES (?, 'referrer', 'R0A', ?, ?)",
        (hashlib.sha256(token.encode()).digest(), csrf, int(time.time()) + 86_400),
    )
    connection.close()


def is_nhs_number(text):
    """Whether it has ten digits, the last of them the check digit."""
    digits = text.replace(" ", "").replace("-", "")
    if len(digits) != 10 or not digits.isdigit():
        return False
    total = sum(int(digit) * (10 - place) for place, digit in enumerate(digits[:9]))
    return (11 - total % 11) % 11 == int(digits[9])


def session(connection, token):
    """The live session of a cookie: account, organisation and form token."""
    found = connection.execute(
        "SELECT account, organisation, csrf FROM sessions WHERE id = ? AND ends_at > ?",
        (hashlib.sha256(token.encode()).digest(), int(time.time())),
    ).fetchone()
    if found is None:
        raise HTTPException(403, "Sign in first.")
    return found


def check(form, csrf):
    """Refuses a form that is not ours, and answers that are missing or cannot be."""
    if not hmac.compare_digest(form["_csrf"], csrf):
        raise HTTPException(403, "This form was not opened in this browser.")
    for name in ["given_name", "family_name", "employment_status", "condition", "source"]:
        if not form[name].strip():
            raise HTTPException(422, f"{name} is missing")
    if form["consent"] != "yes" or form["condition"] not in ("msk", "mental-health", "other"):
        raise HTTPException(422, "The person has to agree, and the condition to be known.")
    if not is_nhs_number(form["nhs_number"]):
        raise HTTPException(422, "The NHS number has been mistyped.")
    if form["postcode"] and not POSTCODE.fullmatch(form["postcode"].upper()):
        raise HTTPException(422, "Enter a whole postcode.")
    try:
        day, month, year = (int(part) for part in form["birth_date"].split())
        form["birth_date"] = date(year, month, day).isoformat()
    except ValueError:
        raise HTTPException(422, "The date of birth has to be a real date.") from None


def write(connection, form, account, organisation):
    """Writes the referral in one transaction; None when the person is here already."""
    now = int(time.time() * 1000)
    person, case = str(uuid.uuid4()), str(uuid.uuid4())
    connection.execute("BEGIN IMMEDIATE")
    try:
        known = connection.execute(
            "SELECT id FROM people WHERE nhs_number = ? LIMIT 1", (form["nhs_number"],)
        ).fetchone()
        if known is not None:
            connection.execute("ROLLBACK")
            return None
        connection.execute(
            "INSERT INTO people VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                person, form["nhs_number"], form["given_name"], form["family_name"],
                form["birth_date"], form["postcode"], form["phone"], form["email"],
                form["gender"], form["ethnicity"],
            ),
        )
        connection.execute(
            "INSERT INTO cases VALUES (?, ?, 'workwell', 'referred', ?, ?, ?, ?, ?, ?)",
            (
                case, person, organisation, account, form["source"], form["employment_status"],
                form["condition"], now,
            ),
        )
        connection.executemany(
            "INSERT INTO events (case_id, sequence, type, recorded_at, recorded_by, note)"
            " VALUES (?, ?, ?, ?, ?, ?)",
            [
                (case, 1, "referral-received", now, account, form["note"]),
                (case, 2, "consent-given", now, account, None),
            ],
        )
        connection.execute(
            "INSERT INTO access_log (at, actor, action, subject) VALUES (?, ?, 'refer', ?)",
            (now, account, case),
        )
        connection.execute(
            "INSERT INTO outbox VALUES (?, ?, 'referrer-update', ?, 0)",
            (str(uuid.uuid4()), case, now),
        )
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise
    return case


def answer(case):
    """What the browser is answered."""
    if case is None:
        raise HTTPException(409, "This person was referred already.")
    return RedirectResponse(f"/refer/sent/{case}", status_code=303)


class Writer:
    """One thread that writes for all requests, a transaction each."""

    def __init__(self):
        self.jobs = queue.SimpleQueue()
        threading.Thread(target=self.run, daemon=True).start()

    def run(self):
        connection = connect()
        while True:
            loop, future, arguments = self.jobs.get()
            try:
                result, failure = write(connection, *arguments), None
            except Exception as error:
                result, failure = None, error
            loop.call_soon_threadsafe(self.settle, future, result, failure)

    @staticmethod
    def settle(future, result, failure):
        if future.cancelled():
            return
        if failure is None:
            future.set_result(result)
        else:
            future.set_exception(failure)

    def submit(self, *arguments):
        loop = asyncio.get_running_loop()
        future = loop.create_future()
        self.jobs.put((loop, future, arguments))
        return future


app = FastAPI(docs_url=None, redoc_url=None, openapi_url=None)
own = threading.local()
# Within one process a lock is fairer and quicker than SQLite's own waiting.
lock = threading.Lock()
kept = {}


def connection_of_thread():
    if not hasattr(own, "connection"):
        own.connection = connect()
    return own.connection


def writer():
    if "writer" not in kept:
        kept["writer"] = Writer()
    return kept["writer"]


NAMES = [
    "_csrf", "nhs_number", "given_name", "family_name", "birth_date", "employment_status",
    "condition", "consent", "source", "share", "ask_health_condition", "postcode", "phone", "email",
    "gender", "ethnicity", "note",
]


async def read(request: Request):
    """The form's fields by name; quicker than a declared parameter for each."""
    sent = await request.form()
    return {name: sent.get(name, "") for name in NAMES}


Fields = Annotated[dict, Depends(read)]
Token = Annotated[str, Cookie(alias="gw_session")]

if MODE == "threads":

    @app.post("/refer")
    def refer(form: Fields, token: Token):
        connection = connection_of_thread()
        account, organisation, csrf = session(connection, token)
        check(form, csrf)
        with lock:
            case = write(connection, form, account, organisation)
        return answer(case)

elif MODE == "writer":

    @app.post("/refer")
    async def refer(form: Fields, token: Token):
        account, organisation, csrf = session(connection_of_thread(), token)
        check(form, csrf)
        return answer(await writer().submit(form, account, organisation))

else:

    @app.post("/refer")
    async def refer(form: Fields, token: Token):
        connection = connection_of_thread()
        account, organisation, csrf = session(connection, token)
        check(form, csrf)
        return answer(write(connection, form, account, organisation))


@app.get("/health/ready")
async def ready():
    return "ready"


if __name__ == "__main__":
    make(sys.argv[1], sys.argv[2])

"""The durable referral POST as one would write it with FastAPI and SQLite, without an ORM.

The same form as Goodwork's, a session looked up, its token checked, the answers checked, then one
transaction, and 303 once that is on the disk.

TWIN_DATABASE names the file. TWIN_WORK says what is written: `same` (`twin_same.py`: all that
Goodwork does for a referral) or `less` (`twin_less.py`: a case as one would write it without sealing,
chains or rules). TWIN_MODE says how: `threads` (a connection for each thread of the pool), `writer`
(one thread that writes for all) or `inline` (on the event loop itself).
"""

import asyncio
import hmac
import os
import queue
import re
import sqlite3
import sys
import threading
from datetime import date
from typing import Annotated

import twin_less
import twin_same
from fastapi import Cookie, Depends, FastAPI, HTTPException, Request
from fastapi.responses import RedirectResponse

POSTCODE = re.compile(r"[A-Z]{1,2}[0-9][A-Z0-9]? ?[0-9][A-Z]{2}")
MODE = os.environ.get("TWIN_MODE", "writer")
WORK = {"same": twin_same, "less": twin_less}[os.environ.get("TWIN_WORK", "same")]


def connect():
    """A connection on which every commit reaches the disk before it returns."""
    connection = sqlite3.connect(
        os.environ["TWIN_DATABASE"],
        timeout=30,
        isolation_level=None,
        check_same_thread=False,
        cached_statements=128,
    )
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("PRAGMA cache_size = -65536")
    connection.execute("PRAGMA wal_autocheckpoint = 4000")
    return connection


def is_nhs_number(text):
    """Whether it has ten digits, the last of them the check digit."""
    digits = text.replace(" ", "").replace("-", "")
    if len(digits) != 10 or not digits.isdigit():
        return False
    total = sum(int(digit) * (10 - place) for place, digit in enumerate(digits[:9]))
    return (11 - total % 11) % 11 == int(digits[9])


def live_session(connection, token):
    """The live session of a cookie."""
    found = WORK.session(connection, token)
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


def prepare(connection, form, token):
    """All that is done before the transaction."""
    session = live_session(connection, token)
    check(form, session.csrf)
    prepared = WORK.prepare(connection, form, session)
    if prepared is None:
        raise HTTPException(422, "No service can take this person as described.")
    return prepared


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
            loop, future, prepared = self.jobs.get()
            try:
                result, failure = WORK.write(connection, *prepared), None
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

    def submit(self, prepared):
        loop = asyncio.get_running_loop()
        future = loop.create_future()
        self.jobs.put((loop, future, prepared))
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
    "_csrf", "_key", "nhs_number", "given_name", "family_name", "birth_date", "employment_status",
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
        prepared = prepare(connection, form, token)
        with lock:
            case = WORK.write(connection, *prepared)
        return answer(case)

elif MODE == "writer":

    @app.post("/refer")
    async def refer(form: Fields, token: Token):
        return answer(await writer().submit(prepare(connection_of_thread(), form, token)))

else:

    @app.post("/refer")
    async def refer(form: Fields, token: Token):
        connection = connection_of_thread()
        return answer(WORK.write(connection, *prepare(connection, form, token)))


@app.get("/health/ready")
async def ready():
    return "ready"


if __name__ == "__main__":
    made = connect()
    WORK.make(made, sys.argv[1], sys.argv[2])
    made.close()

"""Less work than Goodwork does: nothing is sealed or chained, and fewer tables are written."""

import hashlib
import time
import uuid
from typing import NamedTuple

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


class Session(NamedTuple):
    """Who is signed in."""

    account: str
    organisation: str
    csrf: str


def make(connection, token, csrf):
    """Makes the tables and one session."""
    connection.executescript(SCHEMA)
    connection.execute(
        "INSERT INTO sessions VALUES (?, 'referrer', 'R0A', ?, ?)",
        (hashlib.sha256(token.encode()).digest(), csrf, int(time.time()) + 86_400),
    )


def session(connection, token):
    """The live session of a cookie, or None."""
    found = connection.execute(
        "SELECT account, organisation, csrf FROM sessions WHERE id = ? AND ends_at > ?",
        (hashlib.sha256(token.encode()).digest(), int(time.time())),
    ).fetchone()
    return found and Session(*found)


def prepare(connection, form, session):
    """All that can be done before the transaction: nothing here."""
    return form, session


def write(connection, form, session):
    """Writes the referral in one transaction; None when the person is here already."""
    account, organisation, _ = session
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

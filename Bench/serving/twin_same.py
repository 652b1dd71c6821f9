"""The work that Goodwork does for a referral: the same sealing, chains, rules and rows.

The person's identity and the note are sealed by AES-256-GCM under a key of the person's own, which
is wrapped by a master key; people are found by keyed hashes; five events and the entry of the access
log are chained by SHA-256. All that needs no transaction is done before it, by whoever asked.
"""

import hashlib
import hmac
import os
import secrets
import time
from datetime import date
from typing import NamedTuple

import orjson
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from twin_rules import offers, working_days_after
from twin_tables import SCHEMA

PROGRAMME, VERSION = "workwell-manchester", 1
MASTER = hashlib.sha256(b"the twin's master key").digest()
WRAPPING = AESGCM(hmac.digest(MASTER, b"person keys", "sha256"))
INDEXING = hmac.digest(MASTER, b"blind indexes", "sha256")
SIGNING = hmac.digest(MASTER, b"signatures", "sha256")
START = bytes(32)
IN_IDENTITY = [
    ("nhs_number", "nhs_number"), ("given_name", "given_name"), ("family_name", "family_name"),
    ("birth_date", "birth_date"), ("postcode", "postcode"), ("phone", "phone"), ("email", "email"),
]


class Session(NamedTuple):
    """Who is signed in."""

    account: str
    organisation: str
    name: str
    csrf: str


class Prepared(NamedTuple):
    """A referral, ready but for what the transaction alone knows."""

    key: str
    digest: bytes
    nhs_index: bytes
    access: tuple
    events: list
    case: str
    person: tuple
    row: tuple
    facts: tuple
    items: list
    parties: list
    message: tuple
    now: int


def made_id(now):
    """A new id; those made later sort later."""
    return f"{now:011x}{secrets.token_hex(8)}"


def seal(key, clear, place):
    nonce = os.urandom(12)
    return nonce + key.encrypt(nonce, clear, place.encode())


def index(kind, value):
    return hmac.digest(INDEXING, f"{kind}:{value}".encode(), "sha256")[:16]


def folded(text):
    return "".join(letter for letter in text.lower() if letter.isalnum())


def csrf_of(token):
    return hmac.digest(SIGNING, b"csrf:" + token.encode(), "sha256").hex()


def make(connection, token, csrf):
    """Makes the tables and one session; its form token follows from the cookie's."""
    connection.executescript(SCHEMA)
    now = int(time.time() * 1000)
    name = orjson.dumps({"login": "referrer@example.org", "name": "The referrer"})
    connection.execute(
        "INSERT INTO accounts VALUES ('referrer', 'R0A', ?, 'referrer', NULL)",
        (seal(WRAPPING, name, "account:referrer"),),
    )
    connection.execute(
        "INSERT INTO sessions VALUES (?, 'referrer', 'password', 'full', ?, ?, ?, NULL, NULL)",
        (hashlib.sha256(token.encode()).digest(), now, now, now + 86_400_000),
    )


def session(connection, token):
    """The live session of a cookie, or None; the account is read and opened each time."""
    found = connection.execute(
        "SELECT a.id, a.organisation, a.sealed, a.roles, a.disabled_at, s.ends_at, s.ended_at,"
        " s.stage FROM sessions s JOIN accounts a ON a.id = s.account_id WHERE s.id = ?",
        (hashlib.sha256(token.encode()).digest(),),
    ).fetchone()
    if found is None:
        return None
    account, organisation, sealed, roles, disabled, ends_at, ended, stage = found
    if disabled or ended or stage != "full" or ends_at < time.time() * 1000:
        return None
    if "referrer" not in roles.split():
        return None
    opened = WRAPPING.decrypt(sealed[:12], sealed[12:], f"account:{account}".encode())
    return Session(account, organisation, orjson.loads(opened)["name"], csrf_of(token))


def prepare(connection, form, session):
    """Chooses the service, decides, seals and makes every row; None when no service can help."""
    active = dict(connection.execute("SELECT id, version FROM active_programmes").fetchall())
    last = connection.execute(
        "SELECT f.programme, f.referral_source FROM case_parties p"
        " JOIN facts f ON f.case_id = p.case_id WHERE p.organisation = ? AND p.part = 'referrer'"
        " ORDER BY p.case_id DESC LIMIT 1",
        (session.organisation,),
    ).fetchone()
    version = max(VERSION, active.get(PROGRAMME, 0))
    postcode = form["postcode"].upper().strip()
    outward = postcode[:-3].strip() or None
    answers = {name: form[name] or None for name in ("condition", "employment_status")}
    answers["ask_health_condition"] = form["ask_health_condition"] or None
    answers["outward_code"] = outward
    possible = offers(answers)
    if not possible or (last and last[0] != PROGRAMME):
        return None
    verdict, strand, provider, tokens = possible[0]
    now = int(time.time() * 1000)
    today = date.today()
    person, case = made_id(now), made_id(now)
    reference = f"{now >> 5 & 255:02x}{case[-6:-4]}-{case[-4:]}".upper()
    born = date.fromisoformat(form["birth_date"])
    age = today.year - born.year - ((today.month, today.day) < (born.month, born.day))

    identity = {name: form[field] for name, field in IN_IDENTITY if form[field]}
    sealed_identity = orjson.dumps(identity)
    key = AESGCM.generate_key(256)
    own = AESGCM(key)
    wrapped = seal(WRAPPING, key, f"key:{person}")
    nhs_index = index("nhs", form["nhs_number"])
    name_index = index(
        "name",
        f"{folded(form['family_name'])}|{folded(form['given_name'])}|{form['birth_date']}",
    )
    place_index = index("place", f"{postcode.replace(' ', '')}|{form['birth_date']}")
    header = orjson.dumps(
        {
            "programme": PROGRAMME, "programme_version": version, "reference": reference,
            "person": person,
        }
    ).decode()
    referral = {
        "source": form["source"], "referrer": session.organisation, "strand": strand,
        "condition": form["condition"], "employment_status": form["employment_status"],
        "gender": form["gender"], "ethnicity": form["ethnicity"], "age": age,
        "outward_code": outward, "answers": {"health-condition": form["ask_health_condition"]},
    }
    told = [("referral.received", referral, sealed_identity, None)]
    consents = ["referral"]
    told.append(("consent.given", {"scope": "referral"}, None, None))
    if form["share"] == "yes":
        consents.append("share-with-referrer")
        told.append(("consent.given", {"scope": "share-with-referrer"}, None, None))
    if form["note"]:
        told.append(("note.written", {}, orjson.dumps({"text": form["note"]}), None))
    ids = [made_id(now) for _ in range(len(told) + 1)]
    decided = {
        "verdict": "met" if verdict else "not-known", "programme_version": version, "rules": tokens,
    }
    told.append(("eligibility.decided", decided, None, ids[0]))
    day = today.isoformat()
    events = []
    for place, (kind, payload, clear, cause) in enumerate(told):
        event = ids[place]
        events.append(
            (
                case, place + 1, event, day, now, session.account, session.organisation, kind,
                None, cause, header if place == 0 else None, orjson.dumps(payload).decode(),
                None if clear is None else seal(own, clear, event),
            )
        )
    accept = working_days_after(today, 2).isoformat()
    contact = working_days_after(today, 5).isoformat()
    words = " ".join(f"{scope}:given" for scope in consents)
    digest = hashlib.sha256(
        orjson.dumps([session.account, {name: form[name] for name in form if name[0] != "_"}])
    ).digest()
    return (
        Prepared(
            key=form["_key"],
            digest=digest,
            nhs_index=nhs_index,
            access=(now, session.account, session.organisation, "refer", PROGRAMME, "allowed"),
            events=events,
            case=case,
            person=(
                person, wrapped, seal(own, sealed_identity, f"person:{person}"), nhs_index,
                name_index, place_index, now,
            ),
            row=(
                case, PROGRAMME, version, reference, person, len(events), "referred", strand,
                provider, None, accept, session.organisation, session.account, day, None, "", words,
                "acceptance", "manager", "Accept the referral or return it", None, None, 0, None,
                "",
            ),
            facts=facts(case, version, reference, len(events), day, now, strand, provider, session,
                        form, age, outward, words, contact, tokens),
            items=[
                (case, "acceptance", "referral", accept, "manager",
                 "Accept the referral or return it"),
                (case, "clock", "first-contact", contact, "coach", "First contact"),
            ],
            parties=[
                (case, session.organisation, "referrer"), (case, provider, "provider"),
            ],
            message=(ids[0], case, ids[0], "referrer-update", now, 0, now),
            now=now,
        ),
    )


def facts(case, version, reference, count, day, now, strand, provider, session, form, age, outward,
          consents, contact, tokens):
    """The row that reports count, 65 columns."""
    band = "16-24" if age < 25 else "25-49" if age < 50 else "50-64" if age < 65 else "65+"
    group = {"A": "white", "B": "white", "C": "white"}.get(form["ethnicity"], "other")
    return (
        case, PROGRAMME, version, reference, count, day, now,
        day, *[None] * 11,
        "referred", strand, provider, None, form["source"], session.organisation, None,
        form["condition"], form["employment_status"], form["employment_status"], None,
        form["gender"], form["ethnicity"], group, band, outward, "manchester", "met",
        *[None] * 6,
        "", "", "", "health-condition:" + form["ask_health_condition"], "", "",
        f"first-contact:running@{contact}", "", consents, "", " ".join(sorted(tokens)),
        age, 0, 0, 0, 0, 0, 0, None, 0, 0, 0,
    )


def chained(before, position, fields):
    """SHA-256 over the hash before and every field, each with its length before it."""
    parts = [before, position.to_bytes(8, "big")]
    for field in fields:
        if field is None:
            parts.append(b"\xff" * 8)
            continue
        data = (
            field if isinstance(field, bytes)
            else field.to_bytes(8, "big") if isinstance(field, int) else field.encode()
        )
        parts += [len(data).to_bytes(8, "big"), data]
    return hashlib.sha256(b"".join(parts)).digest()


def head(connection, name):
    found = connection.execute(
        "SELECT position, hash FROM chain WHERE name = ?", (name,)
    ).fetchone()
    if found is None:
        connection.execute("INSERT INTO chain VALUES (?, 0, ?)", (name, START))
        return 0, START
    return found


def keep(connection, name, position, link):
    connection.execute(
        "UPDATE chain SET position = ?, hash = ? WHERE name = ?", (position, link, name)
    )


FACTS = f"INSERT INTO facts VALUES ({', '.join('?' * 65)})"
CASES = f"INSERT INTO cases VALUES ({', '.join('?' * 25)})"
JOURNAL = f"INSERT INTO journal VALUES ({', '.join('?' * 15)})"


def write(connection, made):
    """Writes the referral in one transaction; None when the person is here already."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        position, link = head(connection, "access-log")
        position += 1
        link = chained(link, position, made.access)
        connection.execute(
            "INSERT INTO access_log (position, at, actor, organisation, action, subject, outcome,"
            " hash) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            (position, *made.access, link),
        )
        keep(connection, "access-log", position, link)
        answered = connection.execute(
            "SELECT digest, answer FROM answers_given WHERE idempotency_key = ?", (made.key,)
        ).fetchone()
        if answered is not None:
            connection.execute("COMMIT")
            return answered[1] if answered[0] == made.digest else None
        known = connection.execute(
            "SELECT id FROM people WHERE nhs_index = ? ORDER BY id LIMIT 20", (made.nhs_index,)
        ).fetchone()
        if known is not None:
            connection.execute("COMMIT")
            return None
        position, link = head(connection, "journal")
        rows = []
        for event in made.events:
            position += 1
            link = chained(link, position, event)
            rows.append((position, *event, link))
        connection.execute(CASES, made.row)
        connection.executemany(JOURNAL, rows)
        keep(connection, "journal", position, link)
        connection.execute("INSERT INTO people VALUES (?, ?, ?, ?, ?, ?, ?, NULL)", made.person)
        connection.execute(FACTS, made.facts)
        connection.executemany("INSERT INTO work_items VALUES (?, ?, ?, ?, ?, ?)", made.items)
        connection.executemany("INSERT INTO case_parties VALUES (?, ?, ?)", made.parties)
        connection.execute(
            "INSERT INTO outbox VALUES (?, ?, ?, ?, ?, ?, ?, NULL, NULL)", made.message
        )
        connection.execute(
            "INSERT INTO answers_given VALUES (?, ?, ?, ?)",
            (made.key, made.digest, made.case, made.now),
        )
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise
    return made.case

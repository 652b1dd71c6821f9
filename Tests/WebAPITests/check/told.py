"""What a real server sends by itself: webhooks, notifications of FHIR, and records in bulk.

Prints a line of JSON for each check, as check.py does, with the same arguments.
"""
import base64
import http.server
import json
import pathlib
import queue
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
import urllib.error
import urllib.request

from fhir.resources.R4B import get_fhir_model_class
from standardwebhooks.webhooks import Webhook, WebhookVerificationError

from check import Keys, Served, tell

SECRET = "whsec_" + base64.b64encode(b"a secret of thirty-two bytes, ok").decode()
# The one address on loopback that may be posted to.
OWN = "127.0.0.2"
BACKPORT = "http://hl7.org/fhir/uv/subscriptions-backport/StructureDefinition/backport-"


class Receiver:
    """A web server on loopback that keeps what is posted to it."""

    def __init__(self):
        self.taken = queue.Queue()
        self.statuses = []
        receiver = self

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_POST(self):
                body = self.rfile.read(int(self.headers["Content-Length"]))
                status = receiver.statuses.pop(0) if receiver.statuses else 200
                receiver.taken.put((self.path, dict(self.headers), body, status))
                self.send_response(status)
                # Nobody goes where an answer points.
                self.send_header("Location", "http://127.0.0.1:1/elsewhere")
                self.send_header("Content-Length", "0")
                self.end_headers()

            def log_message(self, *_):
                pass

        self.server = http.server.ThreadingHTTPServer((OWN, 0), Handler)
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        self.address = f"http://{OWN}:{self.server.server_port}"

    def next(self, seconds=20):
        return self.taken.get(timeout=seconds)

    def is_quiet(self, seconds=3):
        try:
            self.taken.get(timeout=seconds)
            return False
        except queue.Empty:
            return True


class Program:
    """A client with a token that is good as long as the checks."""

    def __init__(self, served, name, organisation, roles, scopes):
        self.served, self.key = served, Keys("EC", name.replace(" ", "-"))
        self.id = served.client(name, organisation, roles, [self.key], scopes)
        self.token, self.until = None, 0

    def bearer(self):
        if time.time() > self.until:
            status, answer = self.served.token(self.key.sign("ES384", self.served.claims(self.id)))
            if status != 200:
                raise SystemExit(f"token: {answer}")
            self.token, self.until = answer["access_token"], time.time() + 240
        return "Bearer " + self.token

    def ask(self, method, path, body=None, **headers):
        headers["Authorization"] = self.bearer()
        if body is not None:
            fhir = path.startswith("/fhir/")
            headers["Content-Type"] = "application/fhir+json" if fhir else "application/json"
            body = json.dumps(body).encode()
        return self.served.ask(method, path, body, headers)

    def private_key(self, folder):
        """The private key as smart-fetch takes it."""
        file = folder / f"{self.key.name}.jwks"
        key = self.key.key.as_dict(private=True) | {
            "kid": self.key.name, "alg": "ES384", "key_ops": ["sign"]}
        file.write_text(json.dumps({"keys": [key]}))
        return file


def referral(family, number=None):
    person = {"given_name": "Ada", "family_name": family, "birth_date": "1980-01-31", "postcode": "M14 5AB"}
    if number:
        person["nhs_number"] = number
    return {"programme": "workwell-manchester", "strand": "be-well", "source": "gp", "on": "2025-06-02",
            "person": person, "condition": "msk", "employment_status": "off-sick",
            "answers": {"health-condition": "yes"},
            "consents": {"referral": True, "share-with-referrer": True}}


# Signed deliveries, checked by the library of Standard Webhooks; one that fails comes again.
def webhooks(served, practice, manager):
    faults, receiver = [], Receiver()
    status, hook = manager.ask("POST", "/api/v1/webhooks", {
        "address": receiver.address + "/hooks", "topics": ["case.opened", "case.accepted"],
        "secret": SECRET})
    if status != 201:
        return [f"not made: {hook}"]
    path = f"/api/v1/webhooks/{hook['id']}"
    _, case = practice.ask("POST", "/api/v1/referrals", referral("Hooked"))

    def taken(kind):
        where, headers, body, _ = receiver.next()
        try:
            Webhook(SECRET).verify(body, headers)
        except WebhookVerificationError as fault:
            faults.append(f"{kind}: {fault}")
        message = json.loads(body)
        if (where, message["type"], message["data"]["case"]) != ("/hooks", kind, case["id"]):
            faults.append(f"{kind}: {where} {message}")
        if b"Hooked" in body:
            faults.append(f"{kind}: it names somebody")
        return headers["Webhook-Id"], body

    name, body = taken("case.opened")
    try:
        Webhook("whsec_" + base64.b64encode(b"x" * 32).decode()).verify(body, {
            "webhook-id": name, "webhook-timestamp": "1", "webhook-signature": "v1,x"})
        faults.append("a false signature holds")
    except WebhookVerificationError:
        pass
    receiver.statuses = [302]
    manager.ask("POST", f"/api/v1/cases/{case['id']}/entries",
                {"entries": [{"type": "referral.accepted", "on": time.strftime("%Y-%m-%d")}]})
    taken("case.accepted")
    if not receiver.is_quiet():
        faults.append("a redirection was followed, or it was sent again at once")
    _, told = manager.ask("GET", path + "/deliveries")
    states = {one["topic"]: (one["state"], one.get("outcome"), one["attempts"]) for one in told["items"]}
    if states != {"case.opened": ("delivered", "sent", 1), "case.accepted": ("waiting", "status-302", 1)}:
        faults.append(f"deliveries: {states}")
    # 410: the receiver wants no more. Then it does, and asks for what it missed.
    receiver.statuses = [410]
    _, other = practice.ask("POST", "/api/v1/referrals", referral("Gone"))
    receiver.next()
    for _ in range(50):
        _, hook = manager.ask("GET", path)
        if hook["state"] == "error":
            break
        time.sleep(0.1)
    if (hook["state"], hook.get("problem")) != ("error", "gone"):
        faults.append(f"not given up: {hook}")
    _, told = manager.ask("GET", path + "/deliveries")
    dead = [one for one in told["items"] if one["state"] == "given-up"]
    # What still waited for it is given up with it.
    if [one["case"] for one in dead] != [other["id"], case["id"]]:
        return faults + [f"given up: {dead}"]
    listed = json.loads(served.run("messages", "list", "--json"))
    if dead[0]["id"] not in [one["id"] for one in listed["failed"]]:
        faults.append("it is not in the list of what was given up")
    served.run("messages", "again", dead[0]["id"])
    _, headers, body, _ = receiver.next()
    Webhook(SECRET).verify(body, headers)
    if headers["Webhook-Id"] != dead[0]["id"]:
        faults.append("what is sent again has another id")
    if manager.ask("DELETE", path)[0] != 204 or manager.ask("GET", path)[0] != 404:
        faults.append("it cannot be deleted")
    return faults


# Notifications that fhir.resources reads, from the greeting to the end.
def subscriptions(served, practice, manager):
    faults, receiver = [], Receiver()
    made = {
        "resourceType": "Subscription", "status": "requested", "reason": "the loop",
        "criteria": "https://goodwork.example/fhir/SubscriptionTopic/task-changed",
        "_criteria": {"extension": [{"url": BACKPORT + "filter-criteria",
                                     "valueString": "Task?status=accepted"}]},
        "channel": {
            "type": "rest-hook", "endpoint": receiver.address + "/fhir",
            "payload": "application/fhir+json", "header": ["Authorization: Bearer ours"],
            "_payload": {"extension": [{"url": BACKPORT + "payload-content", "valueCode": "id-only"}]}}}
    status, kept = practice.ask("POST", "/fhir/R4/Subscription", made)
    if status != 201 or kept["status"] != "requested":
        return [f"not made: {status} {kept}"]

    def read(kind):
        where, headers, body, _ = receiver.next()
        if (where, headers["Authorization"], headers["Content-Type"]) != (
                "/fhir", "Bearer ours", "application/fhir+json"):
            faults.append(f"{kind}: {where} {headers}")
        bundle = get_fhir_model_class("Bundle").model_validate(json.loads(body))
        first = bundle.entry[0].resource
        values = {one.name: one for one in first.parameter}
        if bundle.type != "history" or values["type"].valueCode != kind:
            faults.append(f"{kind}: {body}")
        return bundle, values

    read("handshake")
    path = f"/fhir/R4/Subscription/{kept['id']}"
    for _ in range(200):
        if practice.ask("GET", path)[1]["status"] == "active":
            break
        time.sleep(0.1)
    else:
        faults.append("it is not active")
    _, case = practice.ask("POST", "/api/v1/referrals", referral("Subscribed"))
    manager.ask("POST", f"/api/v1/cases/{case['id']}/entries",
                {"entries": [{"type": "referral.accepted", "on": time.strftime("%Y-%m-%d")}]})
    bundle, values = read("event-notification")
    task = f"{served.address}/fhir/R4/Task/{case['id']}"
    if [entry.fullUrl for entry in bundle.entry[1:]] != [task] or bundle.entry[1].resource:
        faults.append(f"not by its id alone: {bundle.entry[1:]}")
    parts = {part.name: part for part in values["notification-event"].part}
    if parts["focus"].valueReference.reference != task or parts["event-number"].valueString != "1":
        faults.append(f"event: {parts}")
    status, found = practice.ask("GET", task.removeprefix(served.address))
    if status != 200 or found["status"] != "accepted":
        faults.append(f"what is told cannot be read: {found}")
    if not receiver.is_quiet():
        faults.append("more was told than the filter means")
    status, answer = practice.ask("GET", path + "/$status")
    get_fhir_model_class("Bundle").model_validate(answer)
    bad = json.loads(json.dumps(made))
    bad["channel"]["endpoint"] = "http://10.0.0.1/fhir"
    status, answer = practice.ask("POST", "/fhir/R4/Subscription", bad)
    if status != 422 or answer["resourceType"] != "OperationOutcome":
        faults.append(f"a private address is taken: {status}")
    if practice.ask("DELETE", path)[0] != 204 or practice.ask("GET", path)[0] != 410:
        faults.append("it cannot be deleted")
    return faults


def resolves(name):
    try:
        return [found[4][0] for found in socket.getaddrinfo(name, None)]
    except OSError:
        return []


# A name that leads into a private network is found when it is looked up, not only by its spelling.
def private(served, practice, manager):
    names = ["ip6-localhost", socket.gethostname()]
    leads = [name for name in names if resolves(name) and not OWN in resolves(name)]
    if not leads:
        return [f"no name leads into a private network: {names}"]
    status, hook = practice.ask("POST", "/api/v1/webhooks", {
        "address": f"https://{leads[0]}:9/", "topics": ["case.opened"]})
    if status != 201:
        return [f"not made: {hook}"]
    practice.ask("POST", "/api/v1/referrals", referral("Private"))
    path = f"/api/v1/webhooks/{hook['id']}"
    for _ in range(100):
        items = practice.ask("GET", path + "/deliveries")[1]["items"]
        if items and items[0].get("outcome"):
            break
        time.sleep(0.1)
    practice.ask("DELETE", path)
    if not items or (items[0].get("outcome"), items[0]["state"]) != ("refused", "given-up"):
        return [f"it was not kept away: {items}"]
    return []


def lines(folder):
    found = {}
    for file in sorted(folder.rglob("[A-Z]*.ndjson")):
        for line in file.read_text().splitlines():
            resource = json.loads(line)
            kind = resource["resourceType"]
            if not file.name.startswith(kind + "."):
                found.setdefault("wrong", []).append(file.name)
            found.setdefault(kind, []).append(resource)
    return found


# smart-fetch takes records away, all of them good for fhir.resources.
def smart_fetch(served, program, folder, *more):
    out = folder / f"out-{len(list(folder.glob('out-*')))}"
    done = subprocess.run(
        [str(pathlib.Path(sys.executable).parent / "smart-fetch"), "bulk", str(out), "--no-compression",
         "--no-default-filters", "--fhir-url", served.address + "/fhir/R4",
         "--smart-client-id", program.id, "--smart-key", str(program.private_key(folder)), *more],
        capture_output=True, text=True, timeout=120, cwd=folder)
    if done.returncode != 0:
        return [f"smart-fetch: {done.stdout[-1500:]} {done.stderr[-3500:]}"], {}
    found = lines(out)
    faults = [f"in {name}" for name in found.pop("wrong", [])]
    for kind, resources in found.items():
        for resource in resources:
            try:
                get_fhir_model_class(kind).model_validate(resource)
            except Exception as fault:  # noqa: BLE001
                faults.append(f"{kind}: {str(fault)[:300]}")
    return faults, found


def own(served, manager, folder, cases):
    faults, found = smart_fetch(
        served, manager, folder, "--type", "Patient,ServiceRequest,Condition,Observation,EpisodeOfCare")
    ids = {one["id"] for one in found.get("EpisodeOfCare", [])}
    if not cases <= ids:
        faults.append(f"{len(cases - ids)} cases are missing")
    if not any("family" in name for one in found.get("Patient", []) for name in one.get("name", [])):
        faults.append("whoever holds a case knows who it is")
    group, some = smart_fetch(
        served, manager, folder, "--group", "workwell-manchester", "--type", "Patient")
    faults += group
    if set(some) != {"Patient"} or len(some["Patient"]) != len(found.get("Patient", [])):
        faults.append(f"of the group: {[(kind, len(all)) for kind, all in some.items()]}")
    return faults


# Those who agreed, under other names.
def cloaked(served, practice, evaluator, folder):
    agreed = referral("Agreed", "9434765919")
    agreed["consents"]["evaluation"] = True
    _, case = practice.ask("POST", "/api/v1/referrals", agreed)
    faults, found = smart_fetch(
        served, evaluator, folder, "--type", "Patient,ServiceRequest,Condition,Observation,EpisodeOfCare")
    if {one["id"] for one in found.get("EpisodeOfCare", [])} != {case["id"]}:
        faults.append(f"cases: {found.get('EpisodeOfCare')}")
    patients = found.get("Patient", [])
    if [one.get("birthDate") for one in patients] != ["1980"] or "name" in patients[0]:
        faults.append(f"patients: {patients}")
    text = json.dumps(found)
    faults += [word for word in ["Agreed", "9434765919", "M14 5AB", "1980-01"] if word in text]
    return faults


# The server is killed in the middle of an export, and begun again.
def restart(served, manager, practice, cases):
    faults = []
    request = urllib.request.Request(
        served.address + "/fhir/R4/Patient/$export",
        headers={"Authorization": manager.bearer(), "Prefer": "respond-async"})
    with urllib.request.urlopen(request, timeout=30) as answer:
        place = answer.headers["Content-Location"].removeprefix(served.address)
    # It is taken within a second; then it is killed, wherever it is.
    time.sleep(0.3)
    served.process.kill()
    served.process.wait(20)
    served.begin()
    for _ in range(120):
        request = urllib.request.Request(
            served.address + place, headers={"Authorization": manager.bearer()})
        with urllib.request.urlopen(request, timeout=30) as answer:
            status, body = answer.status, answer.read()
            if status == 202 and not answer.headers["Retry-After"]:
                faults.append("no Retry-After")
        if status == 200:
            break
        time.sleep(0.5)
    else:
        return faults + ["it is not done"]
    found = {}
    for output in json.loads(body)["output"]:
        request = urllib.request.Request(
            output["url"], headers={"Authorization": manager.bearer(), "Accept": "application/fhir+ndjson"})
        with urllib.request.urlopen(request, timeout=30) as answer:
            ids = [json.loads(line)["id"] for line in answer.read().splitlines()]
        if len(ids) != output["count"]:
            faults.append(f"{output['type']}: {len(ids)} lines, not {output['count']}")
        found.setdefault(output["type"], []).extend(ids)
    for kind, ids in found.items():
        if len(set(ids)) != len(ids):
            faults.append(f"{kind}: some came twice")
    if not cases <= set(found.get("EpisodeOfCare", [])):
        faults.append("some are missing")
    try:
        urllib.request.urlopen(served.address + place, timeout=30)
        faults.append("it is given to nobody in particular")
    except urllib.error.HTTPError as problem:
        if problem.code != 401:
            faults.append(f"without a token: {problem.code}")
    if manager.ask("DELETE", place)[0] != 202 or manager.ask("GET", place)[0] != 404:
        faults.append("it cannot be deleted")
    return faults


def main():
    with tempfile.TemporaryDirectory() as path:
        folder = pathlib.Path(path)
        served = Served(folder, GOODWORK_HOOKS_MAY_REACH=OWN)
        try:
            served.run("org", "add", "P84001", "--name", "The Surgery", "--kind", "referrer")
            served.run("org", "add", "big-life", "--name", "Big Life", "--kind", "provider")
            served.run("org", "add", "northern", "--name", "Northern", "--kind", "evaluator")
            api = ("api/read", "api/write", "system/*.cruds")
            practice = Program(served, "Practice", "P84001", ["referrer"], api)
            manager = Program(served, "Manager", "big-life", ["provider-manager", "coach"], api)
            evaluator = Program(served, "Evaluator", "northern", ["evaluator"], ("system/*.rs",))
            for check in [webhooks, subscriptions, private]:
                tell(check.__name__, check(served, practice, manager))
            cases = set()
            for number in range(60):
                _, case = practice.ask("POST", "/api/v1/referrals", referral(f"Bulk{number}"))
                cases.add(case["id"])
            tell("smart_fetch", own(served, manager, folder, cases))
            tell("cloaked", cloaked(served, practice, evaluator, folder))
            tell("restart", restart(served, manager, practice, cases))
        finally:
            served.process.send_signal(signal.SIGTERM)
            served.process.wait(20)


if __name__ == "__main__":
    main()

"""One referral from its client's registration to the last deletion, by programs that others wrote.

Prints a line of JSON for each step, as check.py does, with the same arguments. Each step is driven by a client
library; what comes back is parsed by fhir.resources (R4B) and by fhirkit.

step        driven by                                             what it does
register    the JSON API, as the administrator                     organisations, and a client of each with its purpose
token       fhirclient; smart-fetch; Notify's library             each library gets or checks a token by itself
refer       fhirclient, fhirpy                                    a Task with all within; get-or-create
accept      fhirclient, Notify's library                          the provider accepts; the person is told by text
progress    fhirclient
complete    fhirclient
cancel      fhirpy                                                asked for by the referrer: confirmed, and answered
search      fhirclient, fhirpy                                    _include by both, _count with next links
history     fhirclient                                            versions, and a page of them
subscribe   fhirpy, fhirclient                                    made, greeted, told, read back by its id
export      smart-fetch                                           by itself, and narrowed by _typeFilter
delete      fhirpy, fhirclient, smart-fetch                       both Subscriptions; the export
"""
import http.server
import json
import pathlib
import signal
import subprocess
import sys
import tempfile
import threading
import time

from notifications_python_client.authentication import decode_jwt_token, get_token_issuer

from check import Keys, Served, tell
from fhir_clients import BASE, BUSINESS, Seen, referral
from told import BACKPORT, OWN, Program, Receiver, lines

NOTIFY_SERVICE = "26785a09-ab16-4eb0-8407-a37497a57506"
NOTIFY_SECRET = "3d844edf-8d35-48ac-975b-e847b4f122b0"
PHONE = "07700900123"


class Notify(threading.Thread):
    """GOV.UK Notify, as far as its own client library can tell."""

    def __init__(self):
        super().__init__(daemon=True)
        self.texts, notify = [], self

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_POST(self):
                body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
                token = self.headers["Authorization"].removeprefix("Bearer ")
                try:
                    decode_jwt_token(token, NOTIFY_SECRET)
                    body["issuer"], status = get_token_issuer(token), 201
                except Exception as fault:  # noqa: BLE001: whatever the library says
                    body["fault"], status = repr(fault), 403
                notify.texts.append((self.path, body))
                self.send_response(status)
                self.end_headers()
                self.wfile.write(b"{}")

            def log_message(self, *_):
                pass

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)

    def run(self):
        self.server.serve_forever()


class Registered(Program):
    """A client that an administrator's program let in by the JSON API."""

    def __init__(self, host, name, organisation, roles, scopes):
        self.served, self.key = host.served, Keys("EC", name)
        self.token, self.until = None, 0
        status, made = host.ask("POST", "/api/v1/clients", self.described(name, organisation, roles, scopes))
        if status != 201:
            raise SystemExit(f"{name}: {made}")
        self.id = made["id"]

    def described(self, name, organisation, roles, scopes):
        return {"name": name, "organisation": organisation, "roles": roles, "purpose": "checks",
                "scopes": scopes, "keys": {"keys": [self.key.jwk]}}


class Journey:
    def __init__(self, served, notify, folder):
        self.served, self.notify, self.folder = served, notify, folder
        self.seen, self.faults, self.receiver = Seen(), [], Receiver()

    def expect(self, what, found, wanted):
        if found != wanted:
            self.faults.append(f"{what}: {found!r}, not {wanted!r}")

    def register(self):
        """The operator lets the administrator's own program in; that one lets in all others."""
        self.served.run("org", "add", "host", "--name", "Host", "--kind", "host")
        self.host = Program(self.served, "Host", "host", ["administrator"], ("api/read", "api/write"))
        for one, name, kind in [("P84001", "The Surgery", "referrer"), ("big-life", "Big Life", "provider")]:
            body = {"id": one, "name": name, "kinds": [kind]}
            self.expect(one, self.host.ask("POST", "/api/v1/organisations", body)[0], 201)
        scopes = ["system/*.cruds"]
        self.practice = Registered(self.host, "Practice", "P84001", ["referrer"], scopes)
        self.provider = Registered(self.host, "Provider", "big-life", ["provider-manager", "coach"], scopes)
        _, listed = self.host.ask("GET", "/api/v1/clients")
        found = {one["name"]: (one["organisation"], one["purpose"], one["scopes"]) for one in listed["items"]}
        self.expect("clients", {name: found.get(name) for name in ["Practice", "Provider"]},
                    {"Practice": ("P84001", "checks", scopes), "Provider": ("big-life", "checks", scopes)})
        # A scope that would find nothing is refused in words, and so is a client of nobody's.
        status, told = self.host.ask("POST", "/api/v1/clients", self.practice.described(
            "Wrong", "nobody", ["referrer"], ["system/Observation.rs?foo=bar"]))
        self.expect("refused", (status, sorted(fault["pointer"] for fault in told["faults"])),
                    (422, ["/organisation", "/scopes"]))
        self.expect("not an administrator's", self.practice.ask("GET", "/api/v1/clients")[0], 403)

    def connect(self, program):
        """fhirclient finds the token's address in the CapabilityStatement, and gets one."""
        from fhirclient import client

        assertion = program.key.sign("ES384", self.served.claims(program.id))
        smart = client.FHIRClient(settings={
            "app_id": program.id, "api_base": self.served.address + BASE + "/",
            "jwt_token": assertion, "scope": "system/*.cruds"})
        smart.wants_patient = False
        smart.prepare()
        smart.authorize()
        self.expect("authorised", smart.ready, True)
        return smart.server

    def token(self):
        from fhirpy import SyncFHIRClient

        self.ours, self.theirs = self.connect(self.practice), self.connect(self.provider)
        self.pyours, self.pytheirs = [
            SyncFHIRClient(self.served.address + BASE, authorization=program.bearer())
            for program in (self.practice, self.provider)]

    def sent(self, identifier, family, number):
        body = referral(identifier, family, number)
        patient = next(one for one in body["contained"] if one["resourceType"] == "Patient")
        patient["telecom"] = [{"system": "phone", "value": PHONE}]
        return body

    def refer(self):
        from fhirclient.models import task

        made = task.Task(self.sent("J-1", "Marple", "9434765919")).create(self.ours)
        self.case = made["id"]
        self.expect("referred", made["status"], "requested")
        tasks = self.pyours.resources("Task")
        self.cases = [self.case]
        for identifier, family, number in [("J-2", "Poirot", "9476719931"), ("J-3", "Quin", "9990000018")]:
            for wanted in [True, False]:
                body = self.sent(identifier, family, number)
                mine = tasks.search(identifier=f"https://checks.example/ref|{identifier}")
                one, is_new = mine.get_or_create(self.pyours.resource(body.pop("resourceType"), **body))
                self.expect(f"{identifier} is new", is_new, wanted)
            self.cases.append(one["id"])

    def move(self, status):
        from fhirclient.models import task

        one = task.Task.read(self.case, self.theirs)
        one.status = status
        self.expect(status, one.update(self.theirs)["status"], status)
        self.expect(f"{status} for the referrer", task.Task.read(self.case, self.ours).status, status)

    def accept(self):
        self.move("accepted")
        for _ in range(150):
            if self.notify.texts:
                break
            time.sleep(0.1)
        told = [(path, body.get("phone_number"), body.get("issuer")) for path, body in self.notify.texts]
        self.expect("told by text", told, [("/v2/notifications/sms", PHONE, NOTIFY_SERVICE)])
        if any("Marple" in json.dumps(body) for _, body in self.notify.texts):
            self.faults.append("the text names the person")

    def progress(self):
        self.move("in-progress")

    def complete(self):
        self.move("completed")

    def cancel(self):
        """The referrer asks; the provider confirms the one, and answers the other with its outcome."""
        for case, status, code in [(self.cases[1], "cancelled", "6.0"), (self.cases[2], "completed", "7.0")]:
            held = self.pytheirs.resource("Task", id=case)
            for to in ["accepted", "in-progress"]:
                held.patch(status=to)
            asked = self.pyours.resource("Task", id=case)
            asked.patch(businessStatus={"coding": [{"system": BUSINESS, "code": "5.2"}]})
            held.refresh()
            self.expect("asked", held["businessStatus"]["coding"][0]["code"], "5.2")
            held.patch(status=status)
            found = self.pyours.reference("Task", case).to_resource()
            self.expect("answered", (found["status"], found["businessStatus"]["coding"][0]["code"]),
                        (status, code))

    def search(self):
        from fhirclient.models import task

        found = task.Task.where({"status": "completed", "_include": "Task:focus"}).perform(self.ours)
        kinds = sorted(entry.resource.resource_type for entry in found.entry)
        self.expect("included", kinds, ["ServiceRequest", "ServiceRequest", "Task", "Task"])
        raw = self.pyours.resources("ServiceRequest").search(_id=self.case) \
            .include("ServiceRequest", "patient").fetch_raw()
        self.expect("included", sorted(entry.resource["resourceType"] for entry in raw.entry),
                    ["Patient", "ServiceRequest"])
        self.patient = next(
            entry.resource["id"] for entry in raw.entry if entry.resource["resourceType"] == "Patient")
        paged = self.pyours.resources("Task").search(_count=1).fetch_all()
        self.expect("paged", {one["id"] for one in paged}, set(self.cases))

    def history(self):
        whole = self.ours.request_json(f"Task/{self.case}/_history")
        self.expect("history", [entry["resource"]["status"] for entry in whole["entry"]],
                    ["completed", "in-progress", "accepted", "requested"])
        found, place = [], f"Task/{self.case}/_history?_count=3"
        while place:
            page = self.ours.request_json(place)
            found.append([entry["resource"]["meta"]["versionId"] for entry in page["entry"]])
            following = [link["url"] for link in page["link"] if link["relation"] == "next"]
            place = following[0] if following else None
        self.expect("pages", found, [["4", "3", "2"], ["1"]])

    def subscription(self, path):
        return {
            "status": "requested", "reason": "the loop",
            "criteria": "https://goodwork.example/fhir/SubscriptionTopic/task-changed",
            "channel": {
                "type": "rest-hook", "endpoint": self.receiver.address + path,
                "payload": "application/fhir+json",
                "_payload": {"extension": [{"url": BACKPORT + "payload-content", "valueCode": "id-only"}]}}}

    def told(self, path, kind):
        where, _, body, _ = self.receiver.next()
        bundle = json.loads(body)
        self.seen.resources.append(bundle)
        values = {one["name"]: one for one in bundle["entry"][0]["resource"]["parameter"]}
        self.expect(f"{kind} at {path}", (where, values["type"]["valueCode"]), (path, kind))
        return bundle["entry"][1:]

    def subscribe(self):
        from fhirclient.models import subscription, task

        self.first = self.pyours.resource("Subscription", **self.subscription("/fhirpy"))
        self.first.save()
        self.told("/fhirpy", "handshake")
        made = subscription.Subscription(
            {"resourceType": "Subscription", **self.subscription("/fhirclient")}).create(self.theirs)
        self.second = subscription.Subscription.read(made["id"], self.theirs)
        self.told("/fhirclient", "handshake")
        for one, server in [(self.first["id"], self.ours), (made["id"], self.theirs)]:
            for _ in range(50):
                if subscription.Subscription.read(one, server).status == "active":
                    break
                time.sleep(0.1)
            else:
                self.faults.append(f"Subscription/{one} is not active")
        new = task.Task(self.sent("J-4", "Oliver", "9434765870")).create(self.ours)
        where = {}
        for _ in range(2):
            path, _, body, _ = self.receiver.next()
            bundle = json.loads(body)
            self.seen.resources.append(bundle)
            where[path] = [entry["fullUrl"] for entry in bundle["entry"][1:]]
        address = f"{self.served.address}{BASE}/Task/{new['id']}"
        self.expect("told", where, {"/fhirpy": [address], "/fhirclient": [address]})
        self.expect("read back", task.Task.read(new["id"], self.theirs).status, "requested")
        self.cases.append(new["id"])

    def fetch(self, name, *more):
        out = self.folder / name
        done = subprocess.run(
            [str(pathlib.Path(sys.executable).parent / "smart-fetch"), "bulk", str(out), "--no-compression",
             "--fhir-url", self.served.address + BASE, "--smart-client-id", self.provider.id,
             "--smart-key", str(self.provider.private_key(self.folder)), *more],
            capture_output=True, text=True, timeout=120, cwd=self.folder)
        if done.returncode != 0:
            self.faults.append(f"smart-fetch: {done.stdout[-1500:]} {done.stderr[-3500:]}")
            return {}
        found = lines(out)
        self.seen.resources += [one for all in found.values() for one in all]
        return found

    def export(self):
        # Its usual filter narrows Observations to categories.
        found = self.fetch("whole", "--type", "Patient,EpisodeOfCare,ServiceRequest,Observation")
        self.expect("cases", {one["id"] for one in found.get("EpisodeOfCare", [])}, set(self.cases))
        self.expect("people", len(found.get("Patient", [])), 4)
        self.expect("employment", len(found.get("Observation", [])), 4)
        some = self.fetch("some", "--no-default-filters", "--type", "EpisodeOfCare,ServiceRequest",
                          "--type-filter", "ServiceRequest?status=completed")
        self.expect("narrowed", {one["id"] for one in some.get("ServiceRequest", [])},
                    {self.cases[0], self.cases[2]})
        self.expect("not narrowed", len(some.get("EpisodeOfCare", [])), 4)

    def delete(self):
        from fhirclient.models import subscription
        from fhirclient.server import FHIRNotFoundException
        from fhirpy.base.exceptions import ResourceNotFound

        self.first.delete()
        try:
            self.pyours.reference("Subscription", self.first["id"]).to_resource()
            self.faults.append("fhirpy's Subscription is there still")
        except ResourceNotFound:
            pass
        except Exception as fault:  # noqa: BLE001: it says that it is gone
            if "410" not in str(fault) and "no more" not in str(fault):
                self.faults.append(f"fhirpy: {fault}")
        self.second.delete(self.theirs)
        try:
            subscription.Subscription.read(self.second.id, self.theirs)
            self.faults.append("fhirclient's Subscription is there still")
        except FHIRNotFoundException:
            pass
        except Exception as fault:  # noqa: BLE001
            if "410" not in str(getattr(fault, "response", fault)):
                self.faults.append(f"fhirclient: {fault!r}")
        # smart-fetch deletes what it fetched, and names it in its log.
        kept = {line["exportId"] for file in self.folder.glob("*/**/log.ndjson")
                for line in map(json.loads, file.read_text().splitlines())}
        self.expect("exports", len(kept), 2)
        for place in kept:
            self.expect(place, self.provider.ask("GET", place.removeprefix(self.served.address))[0], 404)


STEPS = ["register", "token", "refer", "accept", "progress", "complete", "cancel", "search", "history",
         "subscribe", "export", "delete"]


def main():
    notify = Notify()
    notify.start()
    with tempfile.TemporaryDirectory() as path:
        folder = pathlib.Path(path)
        served = Served(
            folder, GOODWORK_HOOKS_MAY_REACH=OWN,
            GOODWORK_NOTIFY_KEY=f"test-{NOTIFY_SERVICE}-{NOTIFY_SECRET}",
            GOODWORK_NOTIFY_TEXT_TEMPLATE="f33517ff-2a88-4f6e-b855-c550268ce08a",
            GOODWORK_NOTIFY_URL=f"http://127.0.0.1:{notify.server.server_port}")
        try:
            journey = Journey(served, notify, folder)
            for step in STEPS:
                journey.faults = []
                try:
                    getattr(journey, step)()
                except Exception as error:  # noqa: BLE001: a step that cannot go on is a fault
                    body = getattr(getattr(error, "response", None), "text", "")
                    journey.faults.append(f"{type(error).__name__}: {error} {body[:2000]}")
                tell("journey_" + step, journey.faults)
            tell("journey_parsed", journey.seen.faults())
            errors = (folder / "errors").read_text().splitlines()
            tell("journey_errors", [line for line in errors if line.strip()][:20])
        finally:
            served.process.send_signal(signal.SIGTERM)
            served.process.wait(20)


if __name__ == "__main__":
    main()

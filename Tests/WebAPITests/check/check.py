"""The interfaces of a real server, asked by programs that others wrote.

Prints a line of JSON for each check: its name, and what was wrong. Arguments: the program, the folder of
programme files, the repository.
"""
import base64
import http.client
import http.server
import json
import os
import pathlib
import re
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
import urllib.error
import urllib.parse
import urllib.request
import uuid

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from joserfc import jwt
from joserfc.jwk import ECKey, RSAKey

import fhir_clients

PROGRAM, PROGRAMMES, ROOT = sys.argv[1:4]
TYPE = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"
SCHEMATHESIS_SEED = "20250602"


def number(value):
    size = (value.bit_length() + 7) // 8
    return base64.urlsafe_b64encode(value.to_bytes(size, "big")).decode().rstrip("=")


class Keys:
    """A key pair, and its public half as a JWK."""

    def __init__(self, kind, name):
        self.name = name
        if kind == "EC":
            private = ec.generate_private_key(ec.SECP384R1())
            point = private.public_key().public_numbers()
            text = lambda n: base64.urlsafe_b64encode(n.to_bytes(48, "big")).decode().rstrip("=")
            self.jwk = {"kty": "EC", "crv": "P-384", "kid": name, "x": text(point.x), "y": text(point.y)}
        else:
            private = rsa.generate_private_key(65537, 2048)
            public = private.public_key().public_numbers()
            self.jwk = {"kty": "RSA", "kid": name, "n": number(public.n), "e": number(public.e)}
        pem = private.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
        self.key = (ECKey if kind == "EC" else RSAKey).import_key(pem)

    def sign(self, algorithm, claims, **header):
        header = {"alg": algorithm, "kid": self.name} | header
        return jwt.encode(header, claims, self.key, algorithms=[algorithm])


class Served:
    """`goodwork serve` in a folder of its own."""

    def __init__(self, folder, **settings):
        self.folder = folder
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.address = f"http://127.0.0.1:{self.port}"
        self.environment = {
            "PATH": f"{os.path.dirname(PROGRAM)}:{os.path.dirname(sys.executable)}:/usr/bin:/bin",
            "GOODWORK_PROGRAMMES": PROGRAMMES, "GOODWORK_API_PER_MINUTE": "0", "HOME": str(folder), **settings,
        }
        self.run("init")
        self.begin()

    def begin(self):
        self.process = subprocess.Popen(
            [PROGRAM, "serve", "--port", str(self.port)], cwd=self.folder, env=self.environment,
            stdout=subprocess.DEVNULL, stderr=open(self.folder / "errors", "a"))
        for _ in range(400):
            try:
                urllib.request.urlopen(self.address + "/health/ready", timeout=5)
                return
            except (urllib.error.URLError, OSError):
                time.sleep(0.05)
        raise SystemExit("the server did not begin: " + (self.folder / "errors").read_text())

    def run(self, *words):
        done = subprocess.run([PROGRAM, *words], cwd=self.folder, env=self.environment,
                              capture_output=True, text=True, timeout=180)
        if done.returncode != 0:
            raise SystemExit(f"goodwork {' '.join(words)}: {done.stderr}")
        return done.stdout

    def client(self, name, organisation, roles, keys, scopes=("api/read", "api/write")):
        words = ["client", "add", name, "--organisation", organisation, "--purpose", "checks", "--json"]
        for role in roles:
            words += ["--role", role]
        for scope in scopes:
            words += ["--scope", scope]
        if isinstance(keys, str):
            words += ["--keys-address", keys]
        else:
            file = self.folder / "keys.json"
            file.write_text(json.dumps({"keys": [one.jwk for one in keys]}))
            words += ["--keys", str(file)]
        return json.loads(self.run(*words))["id"]

    def claims(self, client, **changes):
        claims = {"iss": client, "sub": client, "aud": self.address + "/oauth/token",
                  "exp": int(time.time()) + 200, "jti": str(uuid.uuid4())}
        claims.update(changes)
        return {name: value for name, value in claims.items() if value is not None}

    def token(self, assertion, scope=None):
        form = {"grant_type": "client_credentials", "client_assertion_type": TYPE,
                "client_assertion": assertion}
        if scope:
            form["scope"] = scope
        return self.ask("POST", "/oauth/token", urllib.parse.urlencode(form).encode(),
                        {"Content-Type": "application/x-www-form-urlencoded"})

    def ask(self, method, path, body=None, headers=None):
        request = urllib.request.Request(self.address + path, body, headers or {}, method=method)
        try:
            with urllib.request.urlopen(request, timeout=120) as answer:
                return answer.status, json.loads(answer.read() or b"null")
        except urllib.error.HTTPError as problem:
            return problem.code, json.loads(problem.read() or b"null")


def tell(name, faults):
    print(json.dumps({"check": name, "faults": faults}), flush=True)


# Every way in which a client proves itself, and every way in which it does not.
def tokens(served):
    faults = []

    def expect(what, answer, status, error=None):
        if answer[0] != status or (error and answer[1].get("error") != error):
            faults.append(f"{what}: {answer}")

    curve, ring = Keys("EC", "curve"), Keys("RSA", "ring")
    client = served.client("Tokens", "checks", ["referrer"], [curve, ring])
    for key, algorithm in [(curve, "ES384"), (ring, "RS384"), (ring, "RS512")]:
        answer = served.token(key.sign(algorithm, served.claims(client)), "api/read system/Task.rs")
        expect(algorithm, answer, 200)
        if answer[0] == 200 and (answer[1]["scope"], answer[1]["expires_in"]) != ("api/read", 300):
            faults.append(f"{algorithm}: {answer}")
    now = int(time.time())
    stranger = Keys("EC", "curve")
    wrong = {
        "of a weak algorithm": ring.sign("RS256", served.claims(client)),
        "by another key": stranger.sign("ES384", served.claims(client)),
        "by no key": curve.sign("ES384", served.claims(client), kid="nobody"),
        "for somebody else": curve.sign("ES384", served.claims(client, aud="https://other.example")),
        "of two minds": curve.sign("ES384", served.claims(client, sub="other")),
        "of nobody": curve.sign("ES384", served.claims("0" * 26)),
        "too old": curve.sign("ES384", served.claims(client, exp=now - 60)),
        "too long": curve.sign("ES384", served.claims(client, exp=now + 900)),
        "without an end": curve.sign("ES384", served.claims(client, exp=None)),
        "without a name": curve.sign("ES384", served.claims(client, jti=None)),
        "not yet": curve.sign("ES384", served.claims(client, nbf=now + 120)),
        "with keys from elsewhere": curve.sign("ES384", served.claims(client), jku="https://x.example/k"),
        "half": curve.sign("ES384", served.claims(client))[:-9],
        "nothing": "nothing",
    }
    for what, assertion in wrong.items():
        expect(what, served.token(assertion), 401, "invalid_client")
    head = base64.urlsafe_b64encode(json.dumps({"alg": "none", "kid": "curve"}).encode()).decode()
    body = base64.urlsafe_b64encode(json.dumps(served.claims(client)).encode()).decode()
    expect("unsigned", served.token(f"{head.rstrip('=')}.{body.rstrip('=')}."), 401, "invalid_client")
    once = curve.sign("ES384", served.claims(client))
    expect("once", served.token(once), 200)
    expect("twice", served.token(once), 401, "invalid_client")
    served.run("client", "disable", client)
    expect("disabled", served.token(curve.sign("ES384", served.claims(client))), 401, "invalid_client")
    return faults


# Keys that a client shows at an address of its own, and changes.
def shown_keys(served):
    faults, shown, asked = [], [Keys("EC", "one")], []

    class Shows(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            asked.append(self.path)
            body = json.dumps({"keys": [one.jwk for one in shown]}).encode()
            self.send_response(200)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_):
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Shows)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    client = served.client("Shows", "checks", ["referrer"], f"http://127.0.0.1:{server.server_port}/keys")
    try:
        for _ in range(3):
            answer = served.token(shown[0].sign("ES384", served.claims(client)))
            if answer[0] != 200:
                faults.append(f"shown: {answer}")
        if len(asked) != 1:
            faults.append(f"asked {len(asked)} times")
        fresh = Keys("RSA", "two")
        answer = served.token(fresh.sign("RS384", served.claims(client)))
        if answer[0] != 401:
            faults.append(f"not shown yet: {answer}")
        shown.append(fresh)
        time.sleep(6)
        answer = served.token(fresh.sign("RS384", served.claims(client)))
        if answer[0] != 200:
            faults.append(f"shown later: {answer}")
    finally:
        server.shutdown()
    return faults


# A body that is too large is told so, whoever reads it, and the connection goes on.
def sizes(served):
    faults = []
    keys = Keys("EC", "sizes")
    client = served.client("Sizes", "checks", ["referrer"], [keys], ("api/write", "system/*.cruds"))
    bearer = "Bearer " + served.token(keys.sign("ES384", served.claims(client)))[1]["access_token"]
    connection = http.client.HTTPConnection("127.0.0.1", served.port, timeout=30)
    for path, kind, size in [
            ("/fhir/R4/Task", "application/fhir+json", 1_100_000), ("/fhir/R4/Task", "application/fhir+json", 2_200_000),
            ("/api/v1/referrals", "application/json", 1_100_000), ("/api/v1/referrals", "application/json", 2_200_000),
            ("/sign-in", "application/x-www-form-urlencoded", 2_200_000)]:
        try:
            connection.request("POST", path, b"a" * size, {"Authorization": bearer, "Content-Type": kind})
            answer = connection.getresponse()
            answer.read()
            if answer.status != 413:
                faults.append(f"{path} {size}: {answer.status}")
        except OSError as error:
            faults.append(f"{path} {size}: {error!r}")
        connection.close()
    return faults


# The document is one by the standard's own schema.
def document(served):
    from openapi_spec_validator import OpenAPIV31SpecValidator

    status, found = served.ask("GET", "/api/v1/openapi.json")
    if status != 200:
        return [f"{status}"]
    return [error.message for error in OpenAPIV31SpecValidator(found).iter_errors()][:10]


# Every answer of the directory is valid by the published schemas of Open Referral UK 3.0.
def directory(served):
    import jsonschema
    from referencing import Registry, Resource
    from referencing.jsonschema import DRAFT202012

    folder = pathlib.Path(ROOT) / "Tests/WebAPITests/hsds-uk"
    schemas = {path.name: json.loads(path.read_text()) for path in folder.glob("*.json")}
    registry = Registry().with_resources(
        (name, Resource.from_contents(schema, default_specification=DRAFT202012))
        for name, schema in schemas.items())
    faults = []

    def check(name, value, where):
        validator = jsonschema.Draft202012Validator(
            {"$ref": name + ".json"}, registry=registry, format_checker=jsonschema.FormatChecker())
        faults.extend(f"{where}: {error.json_path} {error.message}"[:300]
                      for error in validator.iter_errors(value))

    # The validator itself must be able to say no.
    before = len(faults)
    check("service", {"id": "1", "name": "A", "status": "open"}, "probe")
    if len(faults) - before != 2:
        return [f"the schemas do not tell: {faults}"]
    faults.clear()
    sample = pathlib.Path(served.folder) / "guide.json"
    sample.write_text(json.dumps(GUIDE))
    told = json.loads(served.run("guide", "import", str(sample), "--json"))
    if told["added"] != 1 or told["left_out"]:
        faults.append(f"import: {told}")
    served.run("guide", "export", "--format", "csv", "--to", str(served.folder / "tables"))
    back = json.loads(served.run("guide", "import", str(served.folder / "tables"), "--json"))
    if back["unchanged"] != 1 or back["changed"]:
        faults.append(f"tables do not say the same: {back}")
    kinds = {"services": "service", "service_at_locations": "service_at_location",
             "organizations": "organization", "taxonomies": "taxonomy",
             "taxonomy_terms": "taxonomy_term"}
    for path, name in kinds.items():
        seen = 0
        for query in ["", "?full=true"] if name[:3] in ("ser", "org") else [""]:
            page = 1
            while True:
                joined = f"/directory/{path}{query}{'&' if query else '?'}page={page}&per_page=7"
                status, answer = served.ask("GET", joined)
                if status != 200:
                    return faults + [f"{joined}: {status}"]
                check("page", answer, joined)
                for item in answer["contents"]:
                    check(name, item, joined)
                    status, whole = served.ask("GET", f"/directory/{path}/{item['id']}")
                    if status != 200:
                        faults.append(f"{path}/{item['id']}: {status}")
                    check(name, whole, f"{path}/{item['id']}")
                    if name == "service_at_location":
                        check("service", whole["service"], f"{path}/{item['id']}")
                    seen += 1
                if answer["last_page"]:
                    break
                page += 1
        if seen == 0:
            faults.append(f"{path}: there is none")
    return faults[:20]


# A service that has every kind of part.
GUIDE = {
    "organizations": [{"id": "d9d5e0f5-d3ce-4f73-9a2f-4dd0ecc6c610", "name": "Bridge Trust",
                       "description": "A charity.", "website": "https://example.org"}],
    "taxonomies": [{"id": "07ff6aee-a219-438c-b694-d2fcb6c5373b", "name": "Needs",
                    "description": "Ours."}],
    "taxonomy_terms": [{"id": "3f7b145d-84af-42d7-8fae-eaca714b02b2", "name": "Money",
                        "description": "Debts.", "taxonomy_id": "07ff6aee-a219-438c-b694-d2fcb6c5373b"}],
    "services": [{
        "id": "ac148810-d857-441c-9679-408f346de14b", "name": "Money advice, \u201cwith care\u201d",
        "status": "active", "organization_id": "d9d5e0f5-d3ce-4f73-9a2f-4dd0ecc6c610",
        "description": "=Help, with\ndebts.", "minimum_age": 18, "email": "money@example.org",
        "assured_date": "2025-01-31", "fees": "Free",
        "eligibility_rule": "eligibility:\n  - id: work\n    require: {employment_status: [in-work]}\n"
                            "    says: It is for people in work.\n",
        "schedules": [{"id": "48102e86-bb50-41c4-8f1e-e269368c41d1", "freq": "WEEKLY",
                       "byday": "MO,TH", "opens_at": "09:30", "closes_at": "16:00"}],
        "service_areas": [{"id": "381c64f1-a724-4884-9c21-ac96c21cca3e", "name": "South"}],
        "languages": [{"id": "2989d3ed-c547-48f8-8f9d-432d81c7892e", "code": "ur"}],
        "funding": [{"id": "1f2df32c-bf08-4b8e-bd6f-e834014b19bc", "source": "Gifts"}],
        "cost_options": [{"id": "1fdf4d39-3d80-484d-9f92-a8ffa08621e7", "amount": 0}],
        "contacts": [{"id": "1e7efce3-639b-4880-940c-b95cd30cdb50", "name": "Ann",
                      "phones": [{"id": "1554f2e2-a373-45db-a3fa-9fc48a61c15e",
                                  "number": "+44 161 496 0000"}]}],
        "attributes": [{"id": "ae58cc39-8b70-4ab1-8aea-786882e5ac8e",
                        "taxonomy_term_id": "3f7b145d-84af-42d7-8fae-eaca714b02b2"}],
        "service_at_locations": [{"id": "e94c9f38-1e8f-4564-91d4-d53501ab1765", "location": {
            "id": "3a19ff88-4620-4d17-9830-ac1d859eb5d5", "location_type": "physical",
            "latitude": 53.4561, "longitude": -2.2263,
            "addresses": [{"id": "74706e55-df26-4b84-80fe-ecc30b5befb4", "address_1": "1 High Street",
                           "city": "Manchester", "state_province": "Greater Manchester",
                           "postal_code": "M14 5RQ", "country": "GB", "address_type": "physical"}],
            "accessibility": [{"id": "afcf296e-1cb2-4139-9c88-33d587d1a50b",
                               "description": "No steps."}]}}],
    }],
}


# Whatever fits the document, or nearly does: no 5xx, nothing that the document does not say.
def schemathesis(served):
    keys = Keys("EC", "all")
    roles = ["referrer", "coach", "provider-manager", "commissioner", "analyst",
             "information-governance", "administrator"]
    client = served.client("Everything", "checks", roles, [keys])
    (served.folder / "hooks.py").write_text(HOOKS)
    pem = keys.key.as_pem(private=True).decode()
    environment = dict(
        served.environment, SCHEMATHESIS_HOOKS="hooks", PYTHONPATH=str(served.folder), PEM=pem,
        CLIENT=client, ADDRESS=served.address)
    # One worker: two threads that deepen the stack together break ast.parse of Python 3.11.
    done = subprocess.run(
        [sys.executable, "-m", "schemathesis.cli", "run", served.address + "/api/v1/openapi.json",
         "--seed", SCHEMATHESIS_SEED, "--max-examples", "12", "--workers", "1",
         "--phases", "examples,coverage,fuzzing", "--generation-database", "none",
         "--exclude-operation-id", "erasePerson", "--request-timeout", "30",
         "--checks", "not_a_server_error,status_code_conformance,content_type_conformance,"
         "response_headers_conformance,response_schema_conformance", "--no-color"],
        cwd=served.folder, env=environment, capture_output=True, text=True, timeout=540)
    (pathlib.Path(ROOT) / ".schemathesis.log").write_text(done.stdout + done.stderr) if os.environ.get(
        "KEEP") else None
    if done.returncode == 0:
        return []
    return [(done.stdout + done.stderr)[-12_000:]]


HOOKS = '''
import json, os, time, urllib.parse, urllib.request, uuid
import schemathesis
from joserfc import jwt
from joserfc.jwk import ECKey

key = ECKey.import_key(os.environ["PEM"])
address, client = os.environ["ADDRESS"], os.environ["CLIENT"]


@schemathesis.auth(refresh_interval=200)
class Token:
    def get(self, case, context):
        claims = {"iss": client, "sub": client, "aud": address + "/oauth/token",
                  "exp": int(time.time()) + 200, "jti": str(uuid.uuid4())}
        form = {"grant_type": "client_credentials",
                "client_assertion_type": "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
                "client_assertion": jwt.encode({"alg": "ES384", "kid": "all"}, claims, key,
                                               algorithms=["ES384"])}
        answer = urllib.request.urlopen(address + "/oauth/token", urllib.parse.urlencode(form).encode())
        return json.load(answer)["access_token"]

    def set(self, case, data, context):
        case.headers = case.headers or {}
        case.headers["Authorization"] = f"Bearer {data}"
'''


# The examples of docs/api.md, in their order, as somebody would run them.
def examples(served, document="docs/api.md"):
    text = (pathlib.Path(ROOT) / document).read_text()
    text = text.replace("http://127.0.0.1:8080", served.address)
    blocks = re.findall(r"^```(sh|python)\n(.*?)^```", text, flags=re.S | re.M)
    if len(blocks) < 4:
        return [f"{len(blocks)} examples"]
    folder = served.folder
    for place, (kind, code) in enumerate(blocks, 1):
        command = ["bash", "-euo", "pipefail", "-c", code] if kind == "sh" else [sys.executable, "-c", code]
        done = subprocess.run(command, cwd=folder, env=served.environment, capture_output=True,
                              text=True, timeout=180)
        if done.returncode != 0:
            said = "".join(file.read_text()[:2000] for file in folder.glob("refer*.json"))
            return [f"example {place}: {done.stderr[-2000:]} {done.stdout[-2000:]} {said}"]
    return []


def main():
    with tempfile.TemporaryDirectory() as path:
        served = Served(pathlib.Path(path))
        try:
            tell("examples", examples(served))
            served.run("org", "add", "checks", "--name", "Checks", "--kind", "referrer")
            served.run("org", "add", "P84002", "--name", "Other practice", "--kind", "referrer")
            tell("fhir_examples", examples(served, "docs/fhir.md"))
            for name, faults in fhir_clients.checks(served, Keys("EC", "fhir")):
                tell(name, faults)
            for check in [tokens, shown_keys, sizes, document, directory, schemathesis]:
                tell(check.__name__, check(served))
            errors = (served.folder / "errors").read_text().splitlines()
            tell("errors", [line for line in errors if line.strip()][:20])
        finally:
            served.process.send_signal(signal.SIGTERM)
            served.process.wait(20)
        tell("verified", [] if "" != served.run("verify") else ["no word"])


if __name__ == "__main__":
    main()

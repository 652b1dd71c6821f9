"""FHIR of a real server, asked by fhirclient and fhirpy; what comes back is parsed by fhir.resources and fhirkit."""
import requests

BASE = "/fhir/R4"
OWN = "https://goodwork.example/fhir/CodeSystem/"
BUSINESS = "http://hl7.org/fhir/us/bser/CodeSystem/TaskBusinessStatusCS"
LETTERS = "system/*.cruds"


def referral(identifier, family, number, subject="#p"):
    """A Task with the ServiceRequest and all that it needs within."""
    concept = lambda system, code: {"coding": [{"system": system, "code": code}]}
    terms = "http://terminology.hl7.org/CodeSystem/"
    return {
        "resourceType": "Task", "status": "requested", "intent": "order",
        "identifier": [{"system": "https://checks.example/ref", "value": identifier}],
        "focus": {"reference": "#s"}, "for": {"reference": subject},
        "contained": [
            {"resourceType": "ServiceRequest", "id": "s", "status": "active", "intent": "order",
             "authoredOn": "2025-06-02", "subject": {"reference": subject},
             "category": [concept(OWN + "source", "gp")],
             "reasonCode": [concept(OWN + "condition", "msk")],
             "performer": [{"reference": "HealthcareService/workwell-manchester.be-well"}]},
            {"resourceType": "Patient", "id": "p", "birthDate": "1970-03-30",
             "name": [{"family": family, "given": ["Rose"]}],
             "identifier": [{"system": "https://fhir.nhs.uk/Id/nhs-number", "value": number}],
             "address": [{"postalCode": "M14 5AB"}]},
            {"resourceType": "Consent", "id": "c", "status": "active",
             "scope": concept(terms + "consentscope", "patient-privacy"),
             "category": [concept(terms + "v3-ActCode", "IDSCL")],
             "policyRule": concept(terms + "v3-ActCode", "OPTIN"),
             "provision": {"purpose": [
                 {"system": OWN + "consent-scope", "code": "referral"},
                 {"system": OWN + "consent-scope", "code": "share-with-referrer"}]}},
            {"resourceType": "Observation", "id": "o", "status": "final",
             "code": concept("http://loinc.org", "74165-2"),
             "valueCodeableConcept": concept("http://snomed.info/sct", "224459001")},
            {"resourceType": "QuestionnaireResponse", "id": "q", "status": "completed",
             "questionnaire": "https://goodwork.example/fhir/Questionnaire/workwell-manchester",
             "item": [{"linkId": "health-condition", "answer": [{"valueBoolean": True}]}]},
        ],
    }


class Seen:
    """Every resource that any client was answered with."""

    def __init__(self):
        self.resources = []
        send = requests.Session.send

        def recording(session, request, **more):
            answer = send(session, request, **more)
            if "fhir+json" in answer.headers.get("Content-Type", "") and answer.content:
                self.resources.append(answer.json())
            return answer

        requests.Session.send = recording

    def faults(self):
        import fhirkit
        from fhir.resources.R4B import get_fhir_model_class

        faults = []
        for resource in self.resources:
            kind = resource["resourceType"]
            for issue in fhirkit.validate(resource):
                faults.append(f"{kind}: fhirkit: {issue}")
            try:
                get_fhir_model_class(kind).model_validate(resource)
            except Exception as error:  # noqa: BLE001: whatever they say is told
                faults.append(f"{kind}: fhir.resources: {str(error)[:300]}")
        if len(self.resources) < 30:
            faults.append(f"only {len(self.resources)} resources came back")
        return faults[:20]


def tokens(served, keys):
    """A token for a practice and one for a provider."""
    found = []
    for name, organisation, roles in [
            ("FHIR practice", "P84002", ["referrer"]),
            ("FHIR provider", "big-life", ["provider-manager", "coach"])]:
        client = served.client(name, organisation, roles, [keys], [LETTERS])
        status, answer = served.token(keys.sign("ES384", served.claims(client)), LETTERS)
        assert status == 200, answer
        found.append(answer["access_token"])
    return found


def by_fhirclient(served, practice, provider):
    """The whole way of a referral: accepted, in progress, completed, and its answer read."""
    from fhirclient import client
    from fhirclient.models import communication, patient, servicerequest, task

    faults = []

    def expect(what, found, wanted):
        if found != wanted:
            faults.append(f"{what}: {found!r}, not {wanted!r}")

    def connect(token):
        smart = client.FHIRClient(settings={"app_id": "checks", "api_base": served.address + BASE + "/"})
        smart.prepare()
        smart.server.session.headers["Authorization"] = "Bearer " + token
        return smart.server

    ours, theirs = connect(practice), connect(provider)
    made = task.Task(referral("C-1", "Marple", "9434765919")).create(ours)
    case = made["id"]
    expect("made", made["status"], "requested")
    waiting = task.Task.where({"status": "requested", "_include": "Task:focus"}).perform(theirs)
    kinds = sorted(entry.resource.resource_type for entry in waiting.entry)
    expect("waiting", kinds, ["ServiceRequest", "Task"])
    for status in ["accepted", "in-progress"]:
        one = task.Task.read(case, theirs)
        one.status = status
        expect(status, one.update(theirs)["status"], status)
    said = communication.Communication({
        "resourceType": "Communication", "status": "completed",
        "basedOn": [{"reference": f"ServiceRequest/{case}"}],
        "recipient": [{"reference": "Organization/P84002"}],
        "payload": [{"contentString": "Rose comes each week."}]})
    expect("said", said.create(theirs)["payload"][0]["contentString"], "Rose comes each week.")
    one = task.Task.read(case, theirs)
    one.status = "completed"
    one.update(theirs)
    expect("completed", task.Task.read(case, ours).status, "completed")
    expect("request", servicerequest.ServiceRequest.read(case, ours).status, "completed")
    heard = communication.Communication.where({"based-on": f"ServiceRequest/{case}"}).perform_resources(ours)
    expect("heard", [one.payload[0].contentString for one in heard], ["Rose comes each week."])
    found = patient.Patient.where({
        "identifier": "https://fhir.nhs.uk/Id/nhs-number|9434765919"}).perform_resources(ours)
    expect("patient", [one.name[0].family for one in found], ["Marple"])
    history = ours.request_json(f"Task/{case}/_history")
    expect("history", [entry["resource"]["status"] for entry in history["entry"]],
           ["completed", "in-progress", "accepted", "requested"])
    everything = ours.request_json(f"Patient/{found[0].id}/$everything")
    if len(everything["entry"]) < 5:
        faults.append(f"everything: {len(everything['entry'])}")
    try:
        task.Task.read("nothing", ours)
        faults.append("nothing was found")
    except Exception as error:  # noqa: BLE001: whichever it is
        expect("nothing", type(error).__name__, "FHIRNotFoundException")
    return faults


def by_fhirpy(served, practice, provider):
    """Get or create, patch, a cancellation that is asked for and confirmed, counting and paging."""
    from fhirpy import SyncFHIRClient
    from fhirpy.base.exceptions import OperationOutcome, ResourceNotFound

    faults = []

    def expect(what, found, wanted):
        if found != wanted:
            faults.append(f"{what}: {found!r}, not {wanted!r}")

    ours, theirs = [SyncFHIRClient(served.address + BASE, authorization="Bearer " + token)
                    for token in (practice, provider)]
    tasks = ours.resources("Task")
    mine = tasks.search(identifier="https://checks.example/ref|C-2")
    for wanted in [True, False]:
        sent = referral("C-2", "Poirot", "9476719931")
        one, is_new = mine.get_or_create(ours.resource(sent.pop("resourceType"), **sent))
        expect("is new", is_new, wanted)
    case = one["id"]
    expect("count", mine.count(), 1)
    expect("all", {found["id"] for found in tasks.search(_count=1).fetch_all()} >= {case}, True)
    held = theirs.resource("Task", id=case)
    for status in ["accepted", "in-progress"]:
        held.patch(status=status)
        expect(status, held["status"], status)
    asked = ours.resource("Task", id=case)
    asked.patch(businessStatus={"coding": [{"system": BUSINESS, "code": "5.2"}]})
    expect("asked", asked["businessStatus"]["coding"][0]["code"], "5.2")
    try:
        ours.resource("Task", id=case).patch(status="completed")
        faults.append("the referrer completed it")
    except Exception as error:  # noqa: BLE001: whichever it is
        if "Only the provider" not in str(error):
            faults.append(f"refusal: {error}")
    held.refresh()
    held.patch(status="cancelled")
    expect("confirmed", ours.reference("Task", case).to_resource()["status"], "cancelled")
    found = ours.resources("ServiceRequest").search(_id=case).include("ServiceRequest", "patient").fetch_raw()
    expect("included", sorted(entry.resource["resourceType"] for entry in found.entry),
           ["Patient", "ServiceRequest"])
    expect("revoked", ours.resources("ServiceRequest").search(_id=case).first()["status"], "revoked")
    try:
        ours.resources("Task").get("nothing")
        faults.append("nothing was found")
    except ResourceNotFound:
        pass
    try:
        ours.resource("Observation", status="wrong").save()
        faults.append("a wrong Observation was taken")
    except OperationOutcome:
        pass
    return faults


def checks(served, keys):
    """The name and the faults of each check."""
    seen = Seen()
    practice, provider = tokens(served, keys)
    for name, check in [("fhirclient", by_fhirclient), ("fhirpy", by_fhirpy)]:
        try:
            yield name, check(served, practice, provider)
        except Exception as error:  # noqa: BLE001: a check that cannot go on is a fault
            body = getattr(getattr(error, "response", None), "text", "")
            yield name, [f"{type(error).__name__}: {error} {body[:2000]}"]
    yield "parsed", seen.faults()

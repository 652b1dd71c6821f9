"""Writes the ServiceRequest of some 3 kB that the JSON phase reads and writes."""

import json
import sys

PATIENT = {
    "resourceType": "Patient",
    "id": "p",
    "identifier": [
        {"use": "official", "system": "https://fhir.nhs.uk/Id/nhs-number", "value": "9434765919"}
    ],
    "name": [{"use": "official", "family": "Marple", "given": ["Rose", "Ann"], "prefix": ["Ms"]}],
    "telecom": [
        {"system": "phone", "value": "0161 496 0000", "use": "mobile"},
        {"system": "email", "value": "rose.marple@example.org"},
    ],
    "gender": "female",
    "birthDate": "1970-03-30",
    "address": [
        {"use": "home", "line": ["12 Long Street", "Didsbury"], "city": "Manchester", "postalCode": "M20 2LS"}
    ],
}

CONDITION = {
    "resourceType": "Condition",
    "id": "c",
    "clinicalStatus": {
        "coding": [{"system": "http://terminology.hl7.org/CodeSystem/condition-clinical", "code": "active"}]
    },
    "code": {"coding": [{"system": "http://snomed.info/sct", "code": "279039007", "display": "Low back pain"}]},
    "subject": {"reference": "#p"},
    "onsetDateTime": "2026-10-18",
    "recordedDate": "2026-10-20",
}

SURGERY = {
    "resourceType": "Organization",
    "id": "o",
    "identifier": [{"system": "https://fhir.nhs.uk/Id/ods-organization-code", "value": "P84001"}],
    "name": "The Long Street Surgery",
    "telecom": [{"system": "phone", "value": "0161 496 0100", "use": "work"}],
    "address": [{"line": ["3 Long Street"], "city": "Manchester", "postalCode": "M20 3LS"}],
}

RESOURCE = {
    "resourceType": "ServiceRequest",
    "contained": [PATIENT, CONDITION, SURGERY],
    "identifier": [
        {"system": "https://clinic.example/referrals", "value": "2026-11-00012345", "type": {"text": "Placer"}}
    ],
    "status": "active",
    "intent": "order",
    "priority": "routine",
    "category": [
        {"coding": [{"system": "http://hl7.org/fhir/us/sdoh-clinicalcare/CodeSystem/SDOHCC-CodeSystemTemporaryCodes",
                     "code": "employment-status", "display": "Employment Status"}]}
    ],
    "code": {
        "coding": [{"system": "http://snomed.info/sct", "code": "1098041000000101",
                    "display": "Referral to employment support service"}],
        "text": "Support to return to work",
    },
    "subject": {"reference": "#p", "display": "Rose Marple"},
    "occurrencePeriod": {"start": "2026-11-22", "end": "2027-05-22"},
    "authoredOn": "2026-11-22T10:15:00+00:00",
    "requester": {
        "identifier": {"system": "https://fhir.nhs.uk/Id/ods-organization-code", "value": "P84001"},
        "display": "The Long Street Surgery",
    },
    "performer": [{"reference": "HealthcareService/workwell-manchester.be-well", "display": "Be Well"}],
    "reasonCode": [
        {"coding": [{"system": "http://snomed.info/sct", "code": "279039007", "display": "Low back pain"}]},
        {"coding": [{"system": "http://snomed.info/sct", "code": "197480006", "display": "Anxiety disorder"}]},
    ],
    "reasonReference": [{"reference": "#c"}],
    "supportingInfo": [{"reference": "Consent/0123456789abcdef", "display": "Consent to referral"}],
    "note": [
        {"time": "2026-11-22T10:15:00+00:00",
         "text": "Has been off work for five weeks with back pain; worried about the lifting that "
                 "the job asks for. Employer is open to altered hours. Prefers to be called after "
                 "four in the afternoon, and to meet near home. Uses a hearing aid: “speak up”."},
        {"text": "A fit note of four weeks was written on 20 November; amended duties are advised."},
    ],
    "patientInstruction": "A coach will call you within two working days.",
}

with open(sys.argv[1], "w", encoding="utf-8") as file:
    json.dump(RESOURCE, file, ensure_ascii=False, separators=(",", ":"))

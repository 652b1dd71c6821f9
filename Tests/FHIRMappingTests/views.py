"""Parses what Goodwork writes with fhir.resources (R4B) and fhirkit (R4); tells every fault."""

import json
import sys

import fhirkit
from fhir.resources.R4B import get_fhir_model_class


def main():
    with open(sys.argv[1], encoding="utf-8") as file:
        resources = json.load(file)
    faults = []
    for resource in resources:
        name = f"{resource['resourceType']}/{resource.get('id', '-')}"
        for issue in fhirkit.validate(resource):
            faults.append(f"{name}: fhirkit: {issue}")
        try:
            get_fhir_model_class(resource["resourceType"]).model_validate(resource)
        except Exception as error:  # noqa: BLE001: whatever they say is told
            faults.append(f"{name}: fhir.resources: {str(error)[:300]}")
    with open(sys.argv[2], "w", encoding="utf-8") as file:
        json.dump({"checked": len(resources), "faults": faults}, file)


main()

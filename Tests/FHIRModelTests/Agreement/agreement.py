"""Compares Goodwork's tables and samples with fhir.resources (R4B) and fhirkit (R4).

Reads one JSON object from the file named first: `tables` (type -> element -> facts) and `samples`
(a path and a resource each). Writes what differs, a line each, to the file named second.
"""

import importlib
import json
import sys
import typing

import fhirkit
from fhir.resources.R4B import get_fhir_model_class


def facts(field):
    """Whether the element repeats, and the types that it may refer to."""
    many = "List[" in str(field.annotation)
    extra = field.json_schema_extra or {}
    required = extra.get("element_required", False) or field.is_required()
    return many, required, extra


# R4B adds these to R4.
R4B_ONLY = {"valueCodeableReference", "valueRatioRange"}
# R4 has this (datatypes.html, open types), and fhir.resources has it but for extensions.
LEFT_OUT = {"Extension.valueMeta"}


def compare(name, ours, differences):
    parts = name.split(".")
    model = get_fhir_model_class("".join(p[0].upper() + p[1:] for p in parts))
    theirs = {}
    for key, field in model.model_fields.items():
        alias = field.alias or key
        if alias in ("fhir_comments", "resourceType", "resource_type") or alias.startswith("_"):
            continue
        theirs[alias] = facts(field)
    for alias in sorted(set(theirs) - set(ours) - R4B_ONLY):
        differences.append(f"{name}.{alias}: they have it, we do not")
    for alias in sorted(set(ours) - set(theirs)):
        if f"{name}.{alias}" in LEFT_OUT:
            continue
        differences.append(f"{name}.{alias}: we have it, they do not")
    for alias in sorted(set(ours) & set(theirs)):
        many, required, extra = theirs[alias]
        if ours[alias]["many"] != many:
            differences.append(f"{name}.{alias}: many {ours[alias]['many']}, theirs {many}")
        if ours[alias]["required"] != bool(required) and not ours[alias]["choice"]:
            differences.append(
                f"{name}.{alias}: required {ours[alias]['required']}, theirs {required}"
            )
        targets = extra.get("enum_reference_types")
        mine = ours[alias]["targets"]
        if targets is not None and ours[alias]["type"] == "Reference":
            targets = [] if targets == ["Resource"] else sorted(targets)
            # R4B may refer to more than R4; nothing of R4 may be missing.
            if sorted(mine or []) != targets and not set(mine or []) < set(targets):
                differences.append(f"{name}.{alias}: targets {mine}, theirs {targets}")


def main():
    with open(sys.argv[1], encoding="utf-8") as file:
        asked = json.load(file)
    differences = []
    for name, ours in asked["tables"].items():
        try:
            compare(name, ours, differences)
        except KeyError as error:
            differences.append(f"{name}: no such type ({error})")
    checked = 0
    for sample in asked["samples"]:
        path, resource, is_right = sample["path"], sample["resource"], sample["right"]
        issues = [i for i in fhirkit.validate(resource) if str(i).startswith(("error", "fatal"))]
        if is_right and issues:
            differences.append(f"{path}: fhirkit says {'; '.join(map(str, issues))}")
        if not is_right and not issues:
            differences.append(f"{path}: fhirkit takes {json.dumps(resource)[:300]}")
        if is_right and sample["parse"]:
            try:
                model = get_fhir_model_class(resource["resourceType"])
                dumped = json.loads(model.model_validate(resource).model_dump_json())
                sample["dumped"] = dumped
            except Exception as error:  # noqa: BLE001: whatever they say is told
                says = str(error).replace("\n", " ")[:300]
                differences.append(f"{path}: fhir.resources says {says}")
        checked += 1
    with open(sys.argv[2], "w", encoding="utf-8") as file:
        dumped = [s["dumped"] for s in asked["samples"] if "dumped" in s]
        json.dump({"checked": checked, "differences": differences, "dumped": dumped}, file)


main()

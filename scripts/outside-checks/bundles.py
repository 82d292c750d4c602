#!/usr/bin/env python3
"""Validates FHIR resources with fhir.resources, and compares published examples with what Kinfold wrote of them.

    bundles.py validate FOLDER            every *.json of a folder, with every resource of its bundles
    bundles.py same EXAMPLES AGAIN        every example is the same JSON after Kinfold read and wrote it

The package has no model of R4 itself; R4B is R4 with other resources for medicines and evidence, none of which Kinfold
makes.
"""

import json
import sys
from pathlib import Path

from fhir.resources.R4B import get_fhir_model_class


def read(file):
    return json.loads(file.read_text())


def validate(folder):
    passed = failed = 0
    for file in sorted(Path(folder).glob("*.json")):
        whole = read(file)
        resources = [entry["resource"] for entry in whole.get("entry", [])]
        for resource in [whole, *resources]:
            kind = resource["resourceType"]
            try:
                get_fhir_model_class(kind).model_validate(resource)
                passed += 1
            except Exception as wrong:
                failed += 1
                print(f"{file.name}: {kind}/{resource.get('id')}\n{wrong}\n", file=sys.stderr)
        references(file, resources)
    print(f"fhir: {passed} passed, {failed} failed")
    return failed == 0 and passed > 10


def references(file, resources):
    """Within a bundle that is handed over, every reference leads somewhere."""
    known = {f"{resource['resourceType']}/{resource['id']}" for resource in resources}

    def walk(value):
        if isinstance(value, dict):
            to = value.get("reference")
            if isinstance(to, str) and to not in known:
                sys.exit(f"{file.name}: nothing there is {to}")
            for part in value.values():
                walk(part)
        elif isinstance(value, list):
            for part in value:
                walk(part)

    for resource in resources:
        walk(resource)


def same(examples, again):
    passed = failed = 0
    for file in sorted(Path(examples).glob("*.json")):
        # Numbers are compared as numbers: 1.50 and 1.5, and what a double does not tell apart, are one.
        if read(file) == read(Path(again) / file.name):
            passed += 1
        else:
            failed += 1
            print(f"{file.name} is another resource after Kinfold wrote it", file=sys.stderr)
    print(f"fhir examples: {passed} passed, {failed} failed")
    return failed == 0 and passed > 50


if __name__ == "__main__":
    fine = validate(sys.argv[2]) if sys.argv[1] == "validate" else same(sys.argv[2], sys.argv[3])
    sys.exit(not fine)

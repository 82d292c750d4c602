#!/usr/bin/env python3
"""Checks the return of FOLDER/2026, beside FOLDER/2025, with csc-validator-be-903: what its front end calls.

    peer.py FOLDER

Prints how many issues it lists. The list of providers is handed over as the workbook that it wants.
"""

import csv
import io
import json
import logging
import os
import sys

from lac_validator import lac_validator
from lac_validator.report import Report
from lac_validator.rules.ruleset_utils import get_year_ruleset
from openpyxl import Workbook


def tables(folder, description):
    for name in sorted(os.listdir(folder)):
        with open(os.path.join(folder, name), "rb") as file:
            content = file.read()
        # A table of a later rule set is not known to this one, which refuses the whole upload.
        if name != "dolo.csv":
            yield {"name": name, "file_content": content, "description": description}


def workbook(path):
    book = Workbook()
    with open(path, newline="", encoding="utf-8") as file:
        for row in csv.reader(file):
            book.active.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def main():
    logging.disable(logging.CRITICAL)
    folder = sys.argv[1]
    files = [*tables(f"{folder}/2026", "This year"), *tables(f"{folder}/2025", "Prev year")]
    providers = workbook(f"{folder}/providers.csv")
    files.append({"name": "providers.xlsx", "file_content": providers, "description": "CH lookup"})
    registry = get_year_ruleset("2026")
    done = lac_validator.LacValidator(
        metadata={"collectionYear": "2026", "localAuthority": "E10000016"}, files=files, registry=registry
    )
    report = Report(done.ds_results, registry)
    issues = lac_validator.create_issue_df(report.report, report.error_report)
    json.loads(issues.to_json(orient="records"))
    # The issue table has a line for each column; a finding is a rule and a row.
    found = issues[["rule_code", "tables_affected", "row_id"]].drop_duplicates()
    print(f"{len(found)} findings; {len(done.dones)} rules run, {len(done.skips)} skipped, {len(done.fails)} failed")


if __name__ == "__main__":
    main()

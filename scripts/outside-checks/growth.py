#!/usr/bin/env python3
"""What rcpchgrowth says about invented measurements, for Kinfold to be compared with.

    growth.py reference FILE          the British 1990 tables, in the form that Kinfold reads
    growth.py vectors FILE CURVES     measurements of invented children, and points of curves at any age

The same seed gives the same children.
"""

import csv
import json
import random
import sys
from datetime import date, timedelta
from importlib import resources
from pathlib import Path

from rcpchgrowth.centile_bands import centile_band_for_centile
from rcpchgrowth.date_calculations import chronological_decimal_age, corrected_decimal_age
from rcpchgrowth.global_functions import centile, measurement_from_sds, sds_for_measurement

MEASURES = {"weight": "weight", "height": "height", "head": "ofc", "bmi": "bmi"}
CHILDREN = 4000
POINTS = 4000
# Days since birth (and, for the negative ones, since the child was due) around which another table begins or one ends.
BORDERS = [-119, -105, 0, 14, 365, 730, 731, 1461, 6209, 6210, 6574, 6575, 7305, 7306]


def reference(target):
    """Writes the tables that the college's package has and Kinfold may not ship."""
    folder = Path(resources.files("rcpchgrowth.data_tables"))
    with open(target, "w", newline="") as file:
        out = csv.writer(file, lineterminator="\n")
        out.writerow(["part", "sex", "measure", "age", "l", "m", "s"])
        for part, source in (("uk90-preterm", "uk90_preterm"), ("uk90-child", "uk90_child")):
            table = json.loads((folder / f"{source}.json").read_text())["measurement"]
            for measure, theirs in MEASURES.items():
                for sex in ("male", "female"):
                    for row in table[theirs][sex]:
                        if row["M"] != "":
                            out.writerow([part, sex, measure, row["value"], row["L"], row["M"], row["S"]])


def asked(function, *args):
    """What the package answers, or None where it has no reference."""
    try:
        return function(*args)
    except (LookupError, ValueError):
        return None


def sds(measure, sex, age, value):
    return asked(sds_for_measurement, "uk-who", age, MEASURES[measure], value, sex)


def plausible(chance, measure, sex, age):
    """A value within five standard deviations, or any value where there is no reference."""
    wanted = chance.uniform(-5, 5)
    value = asked(measurement_from_sds, "uk-who", wanted, MEASURES[measure], sex, age)
    return round(value, 3) if value else round(chance.uniform(1, 60), 3)


def children(chance):
    """Sex, gestation in weeks and days (or none), days of age."""
    for border in BORDERS:
        for days in range(border - 2, border + 3):
            for sex in ("male", "female"):
                yield sex, (22, 0) if days < 0 else None, days + 126 if days < 0 else days
    while True:
        gestation = chance.choice([None, (chance.randint(22, 44), chance.randint(0, 6))])
        days = round(chance.triangular(0, 7400, 0)) if chance.random() < 0.7 else chance.randint(0, 120)
        yield chance.choice(["male", "female"]), gestation, days


def vectors(target, curves):
    chance = random.Random(1990)
    with open(target, "w", newline="") as file:
        out = csv.writer(file, lineterminator="\n")
        out.writerow("sex,born,weeks,days,on,measure,value,age,sds,centile,band,corrected_age,corrected_sds".split(","))
        for number, (sex, gestation, days) in enumerate(children(chance)):
            if number == CHILDREN:
                break
            born = date(2004, 1, 1) + timedelta(days=chance.randint(0, 7000))
            on = born + timedelta(days=days)
            age = chronological_decimal_age(born, on)
            corrected = corrected_decimal_age(born, on, *gestation) if gestation else None
            for measure in MEASURES:
                value = plausible(chance, measure, sex, age if corrected is None else corrected)
                score = sds(measure, sex, age, value)
                band = score is not None and abs(score) <= 4 and centile_band_for_centile(score, MEASURES[measure])
                out.writerow([
                    sex, born, *(gestation or ("", "")), on, measure, value, repr(age),
                    "" if score is None else repr(float(score)),
                    "" if score is None else repr(float(centile(score))),
                    band or "",
                    "" if corrected is None else repr(corrected),
                    "" if corrected is None else repr_or_none(sds(measure, sex, corrected, value)),
                ])
    with open(curves, "w", newline="") as file:
        out = csv.writer(file, lineterminator="\n")
        out.writerow("sex,measure,age,sds,value".split(","))
        written = 0
        while written < POINTS:
            sex, measure = chance.choice(["male", "female"]), chance.choice(list(MEASURES))
            # The day lying and standing meet has no row in either table; Kinfold takes the nearest.
            age = chance.choice([chance.uniform(-0.34, 0.1), chance.uniform(0, 20.1)])
            if 729.9 / 365.25 < age < 731.1 / 365.25:
                continue
            wanted = chance.uniform(-3, 3)
            value = asked(measurement_from_sds, "uk-who", wanted, MEASURES[measure], sex, age)
            # The package rounds the value to four decimals, so what counts is what it makes of it again.
            back = None if value is None else sds(measure, sex, age, value)
            out.writerow([sex, measure, repr(age), "" if back is None else repr(float(back)), value])
            written += 1


def repr_or_none(value):
    return "none" if value is None else repr(float(value))


if __name__ == "__main__":
    if sys.argv[1] == "reference":
        reference(sys.argv[2])
    else:
        vectors(sys.argv[2], sys.argv[3])

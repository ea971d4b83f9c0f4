"""Numbers and days as English writes them.

Belongs here: signs, units, months. Does not belong here: sentences (sprachen.py) and labels (translation.py).
"""

from datetime import date

MONATE = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
          "December")  # fmt: skip
# What stands beside a number; numbers themselves only change their signs.
WORTE = {
    "mindestens": "at least", "rund": "about", "Prozentpunkten": "percentage points", "Prozentpunkte": "percentage points",
    "je 1.000": "per 1,000", "je 100.000": "per 100,000", "Punkte": "points", "Jahren": "years", "Jahre": "years",
}  # fmt: skip


def to_english(text: str) -> str:
    """`−1.234,5 %` → `−1,234.5%`; the words beside a number in English."""
    text = text.replace("je\N{NO-BREAK SPACE}", "je ")
    for deutsch, englisch in WORTE.items():
        text = text.replace(deutsch, englisch.replace(",", "\0"))
    return text.translate(str.maketrans(",.", ".,")).replace("\0", ",").replace(" %", "%")


def write_day(tag: date) -> str:
    """`30 June 2021`."""
    return f"{tag.day} {MONATE[tag.month - 1]} {tag.year}"

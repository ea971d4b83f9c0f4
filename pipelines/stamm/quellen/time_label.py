"""Labels of time, in a file's name or in a cell → the day they stand for.

Belongs here: what a day, a month, a year or a school year looks like. Does not belong here: where a layout says it stands
(layout.py, layout_columns.py).
"""

import re
from datetime import date

# A day as files write it, in a name or in a cell: with hyphens or underscores, never mixed.
TAG = r"\d{4}-\d{2}-\d{2}|\d{4}_\d{2}_\d{2}"
PLATZHALTER = {"stichtag": TAG, "monat": r"\d{6}", "jahr": r"\d{4}"}
IN_DER_DATEI = date(9999, 12, 31)


def tag_von(text: str, form: str, tag: str = "12-31") -> date | None:
    """The day a time label stands for, or None: 2024 → its `tag`, 202406 → its last day, 2023/24 → 1 August 2023.

    A `datum` is 31.12.2023, 2023-12-31 or 2023_12_31.
    """
    try:
        if form == "jahr" and re.fullmatch(r"\d{4}", text):
            return date.fromisoformat(f"{text}-{tag}")
        if form == "monat" and (treffer := re.fullmatch(r"(\d{4})-?(\d{2})", text)):
            jahr, monat = int(treffer[1]), int(treffer[2])
            erster = date(jahr + monat // 12, monat % 12 + 1, 1)
            return date.fromordinal(erster.toordinal() - 1) if 1 <= monat <= 12 else None
        if form == "schuljahr" and (treffer := re.fullmatch(r"(\d{4})/(\d{2}|\d{4})", text)):
            folgt = (int(treffer[1]) + 1) % 100 == int(treffer[2]) % 100
            return date(int(treffer[1]), 8, 1) if folgt else None
        if form == "datum":
            if treffer := re.fullmatch(r"(\d{2})\.(\d{2})\.(\d{4})", text):
                return date(int(treffer[3]), int(treffer[2]), int(treffer[1]))
            if re.fullmatch(TAG, text):
                return date.fromisoformat(text.replace("_", "-"))
    except ValueError:
        return None
    return None

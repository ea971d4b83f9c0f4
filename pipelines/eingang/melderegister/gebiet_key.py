"""Area keys as an extract may write them: exactly, or without the leading zeros a spreadsheet took away.

Belongs here: which spelling means which area. Does not belong here: names of areas (eingang/tabelle/gebiet_lookup.py).
"""

from collections import Counter


def gebietsschluessel(gebiete: list[str]) -> dict[str, str]:
    """Spelling → area. A key that lost its zeros counts only where it means one area and is none itself."""
    kurz = {g: g.lstrip("0") for g in gebiete if g.isdecimal() and g.startswith("0")}
    wie_oft = Counter(kurz.values())
    ergaenzt = {k: g for g, k in kurz.items() if k and k not in gebiete and wie_oft[k] == 1}
    return {g: g for g in gebiete} | ergaenzt

"""The name of a municipality in a sentence: a town stands without an article, a county or a region with one.

Belongs here: prepositions before names. Does not belong here: the names themselves (dim.kommune).
"""

import re

KREIS = re.compile(r"kreis\b", re.IGNORECASE)
REGION = re.compile(r"\b(städte)?region\b", re.IGNORECASE)


def in_ort(name: str) -> str:
    """`in Lünen`, `im Kreis Mettmann`, `in der Städteregion Aachen`."""
    return f"{_mit_artikel(name, 'im', 'in der', 'in')} {name}"


def fuer_ort(name: str) -> str:
    """`für Lünen`, `für den Kreis Mettmann`, `für die Region Hannover`."""
    return f"{_mit_artikel(name, 'für den', 'für die', 'für')} {name}"


def _mit_artikel(name: str, kreis: str, region: str, stadt: str) -> str:
    return kreis if KREIS.search(name) else region if REGION.search(name) else stadt

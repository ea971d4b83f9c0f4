"""The key of a figure as a user types it: `marts.segregation: kommune=k; mass=eta2`.

Belongs here: its parts. Does not belong here: whether such a table, column or row exists (table_form.py, lookup.py).
"""

import re
from dataclasses import dataclass

from pipelines.foundation.findings import KonfigurationsFehler


@dataclass(frozen=True)
class Suche:
    """What was asked: conditions column → text, the table if it was named, the figure if it was named."""

    bedingungen: dict[str, str]
    tabelle: str | None = None
    kennzahl: str | None = None


def read_key(text: str, tabelle: str | None = None, kennzahl: str | None = None) -> Suche:
    """`marts.segregation: kommune=k; mass=eta2` → what is asked; the table may be missing or stand in `tabelle` alone.

    Raises: KonfigurationsFehler for a part that is no `spalte=wert`, a column named twice, two tables.
    """
    kopf = re.match(r"\s*([A-Za-z_][\w.]*)\s*:", text)
    genannt = kopf[1] if kopf else None
    if genannt and tabelle and _voll(genannt) != _voll(tabelle):
        raise KonfigurationsFehler(f"--wert nennt die Tabelle {genannt}, --tabelle aber {tabelle}.")
    bedingungen: dict[str, str] = {}
    # A value may hold a semicolon: a part begins with a column name.
    for teil in re.split(r";\s*(?=[A-Za-z_]+\s*=)", text[kopf.end() :] if kopf else text):
        if not teil.strip():
            continue
        name, gleich, wert = (t.strip() for t in teil.rstrip("; \t").partition("="))
        if not gleich or not name:
            raise KonfigurationsFehler(
                f"»{teil.strip()}« ist keine Angabe der Form spalte=wert. Beispiel: "
                '--wert "marts.migrationshintergrund: kommune=luenen; gebiet_id=01; stichtag=2021-06-30"'
            )
        if name in bedingungen:
            raise KonfigurationsFehler(f"Die Spalte {name} steht zweimal im Schlüssel.")
        bedingungen[name] = wert
    voll = _voll(genannt or tabelle) if genannt or tabelle else None
    return Suche(bedingungen, voll, kennzahl)


def _voll(tabelle: str | None) -> str:
    return tabelle if tabelle and "." in tabelle else f"marts.{tabelle}"

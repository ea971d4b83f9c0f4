"""Why a section of the report is empty, in a sentence that follows from what the municipality delivered.

Belongs here: those sentences. Does not belong here: why a single cell is empty (numbers.py).
"""

from collections.abc import Collection

from pipelines.veroeffentlichung.bericht.content import REGISTER, Bericht
from pipelines.veroeffentlichung.bericht.orte import fuer_ort, in_ort

# Section → what it would show, and by which feature a delivered figure would belong to it.
INHALT = {
    "kennzahlen": ("Zahlen zum Migrationshintergrund nach einer der Definitionen {fuer_ort} als Ganzes", "mh"),
    "gebiete": ("Zahlen zum Migrationshintergrund nach einer der Definitionen für Gebiete {in_ort}", "gebiete"),
    "zeitreihe": (
        "Zahlen zum Migrationshintergrund nach einer der Definitionen {fuer_ort} als Ganzes",
        "mh",
    ),
    "geschlecht": (
        "Zahlen zum Migrationshintergrund nach einer der Definitionen, getrennt nach Geschlecht",
        "geschlecht",
    ),
    "alter": ("Zahlen zum Migrationshintergrund nach einer der Definitionen, getrennt nach Altersgruppen", "alter"),
    "staaten": ("Zahlen nach Staatsangehörigkeit {fuer_ort} als Ganzes", "staaten"),
    "sicherheit": ("Anteile mit Migrationshintergrund nach einer der Definitionen {fuer_ort} als Ganzes", "mh"),
}
# Feature → what stands among the delivered figures; these are other figures than those the section would show.
GELIEFERT = {
    "mh": "Was dazu geliefert ist, steht",
    "gebiete": "Gelieferte Zahlen für Gebiete stehen",
    "geschlecht": "Gelieferte Zahlen nach Geschlecht stehen",
    "alter": "Gelieferte Zahlen nach Alter stehen",
    "staaten": "Was dazu geliefert ist, steht",
}
OHNE_AUSZUG = "Ein Auszug des Melderegisters, aus dem sie sich ergäben, ist nicht geliefert."


def has_register(b: Bericht) -> bool:
    """Whether an extract of the register is among the deliveries."""
    return any(li["quelle"] == REGISTER for li in b.lieferungen)


def warum_leer(b: Bericht, abschnitt: str, gliederungen: Collection[str]) -> tuple[str, str]:
    """(reason, what of the kind stands in the list of delivered figures; empty without any)."""
    was, merkmal = INHALT[abschnitt]
    name = b.kommune["name"]
    satz = f"Keine Daten: Veröffentlicht sind keine {was.format(fuer_ort=fuer_ort(name), in_ort=in_ort(name))}."
    return (satz if has_register(b) else f"{satz} {OHNE_AUSZUG}"), GELIEFERT[merkmal] if merkmal in gliederungen else ""


def warum_kein_vergleich(b: Bericht) -> str:
    """Which side of the comparison is missing."""
    if not has_register(b):
        return "Kein Vergleich: Ein Auszug des Melderegisters ist nicht geliefert."
    return "Kein Vergleich: Keine gelieferte Tabelle zählt nach einer der Definitionen, nach denen das Register ausgewertet ist."
